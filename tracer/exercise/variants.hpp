#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Variants: the same exercise with other numbers, one for each student. A variant is a number, a
/// seed and perhaps a name; the table of them (variants.csv) is what finds an answer its key.
namespace chalkgrad {

struct Variant {
  std::size_t number = 1;  ///< from 1
  std::string label{};     ///< the number with as many digits as all have: 01
  std::uint64_t seed = 0;
  std::string name{};  ///< of the student; may be empty
};

/// A table or a list of names that cannot be read; says in which line and why.
class VariantsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// 3 as "03" beside 30 others; two digits at least.
[[nodiscard]] std::string variant_label(std::size_t number, std::size_t count);

/// One name a line, the first column of a table; a first line that says "name" is its heading.
/// Throws VariantsError for an empty line, no name, a name given twice, or two that names of files
/// cannot tell apart.
[[nodiscard]] std::vector<std::string> read_names(std::string_view csv, std::string_view path);

/// variants.csv: a heading (variant, seed, and name if there are names), then a line each.
[[nodiscard]] std::string variants_as_csv(std::span<const Variant> variants);
/// The same back; columns may stand in any order, and others beside them. Throws VariantsError.
[[nodiscard]] std::vector<Variant> read_variants(std::string_view csv, std::string_view path);

}  // namespace chalkgrad
