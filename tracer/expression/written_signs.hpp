#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Other ways to write a sign, a letter or a blank of a problem file: tables, nothing else. What is
/// here is read, since it can mean one thing only; what is not is for unreadable.hpp to name.
namespace chalkgrad {

/// What stands at the beginning of a text, and what it means in tokens.
struct Spelling {
  std::string_view written, meant;
};

/// The first of a table whose spelling a text begins with. Most texts begin with none of them, and
/// their first byte says so.
template <class Table>
[[nodiscard]] auto first_written(const Table& table, std::string_view text)
    -> std::optional<typename Table::value_type> {
  for (const auto& one : table)
    if (!text.empty() && text.front() == one.written.front() && text.starts_with(one.written))
      return one;
  return std::nullopt;
}

/// × is *, − is -.
[[nodiscard]] std::optional<Spelling> typographic_sign(std::string_view text);

/// A small digit or sign above the line: ² is 2.
[[nodiscard]] std::optional<Spelling> raised_sign(std::string_view text);

/// A small digit or letter below the line: ₕ is h.
[[nodiscard]] std::optional<Spelling> lowered_sign(std::string_view text);

/// A Greek letter in another shape, which names have in the usual one: ϕ is φ.
[[nodiscard]] std::optional<Spelling> letter_shape(std::string_view text);

/// A LaTeX command that is a sign or a blank: \cdot is *, \quad is a blank.
[[nodiscard]] std::optional<Spelling> sign_command(std::string_view text);

struct FractionSign {
  std::string_view written, above, below;
};

/// ½ is 1 above 2.
[[nodiscard]] std::optional<FractionSign> fraction_sign(std::string_view text);

/// How many bytes a blank takes that stands here, also one that breaks no line or is thin; 0 if
/// there is none.
[[nodiscard]] std::size_t blank_length(std::string_view text);

}  // namespace chalkgrad
