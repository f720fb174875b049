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
/// Throws VariantsError for an empty line, a name given twice, or no name.
[[nodiscard]] std::vector<std::string> read_names(std::string_view csv, std::string_view path);

/// variants.csv: a heading (variant, seed, and name if there are names), then a line each.
[[nodiscard]] std::string variants_as_csv(std::span<const Variant> variants);
/// The same back; columns may stand in any order, and others beside them. Throws VariantsError.
[[nodiscard]] std::vector<Variant> read_variants(std::string_view csv, std::string_view path);

/// Which variant an answer is to: by what its first five lines say (variant 3), else by its file's
/// name (03.txt, answer-3.txt, anna_lee.txt where the table has that name) or that of its folder.
/// Null if nothing tells. Throws VariantsError where it names a variant that the table has not, or
/// two.
[[nodiscard]] const Variant* variant_of_answer(std::span<const Variant> variants,
                                               std::string_view path, std::string_view text);

}  // namespace chalkgrad
