#include "tracer/expression/name_range.hpp"

#include <fmt/format.h>

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t most_index_digits = 9;
constexpr std::size_t most_names = 100'000;

struct Numbered {
  std::string_view stem;
  std::string_view digits;
};

Numbered numbered(std::string_view name) {
  std::size_t end = name.size();
  while (end > 0 && is_digit(name[end - 1])) --end;
  return {name.substr(0, end), name.substr(end)};
}

}  // namespace

std::vector<std::string> names_between(const Token& first, const Token& last) {
  const Span span{first.span.begin, last.span.end};
  const auto refuse = [&](std::string_view why) {
    throw SyntaxError(span,
                      fmt::format("{} to {} is no range: {}", describe(first), describe(last), why),
                      "a range counts up, as in w1..w8");
  };
  const Numbered from = numbered(first.text), to = numbered(last.text);
  if (from.digits.empty() || to.digits.empty()) refuse("both names must end in a number");
  if (from.stem != to.stem) refuse("the names differ before their numbers");
  if (from.digits.size() > most_index_digits || to.digits.size() > most_index_digits)
    refuse("the numbers are too long");
  const auto begin = std::stoul(std::string(from.digits)), end = std::stoul(std::string(to.digits));
  if (end < begin) refuse("it counts down");
  if (end - begin >= most_names) refuse("it has more than 100000 names");
  const std::size_t length = from.digits.starts_with('0') ? from.digits.size() : 1;
  std::vector<std::string> names;
  for (auto number = begin; number <= end; ++number)
    names.push_back(fmt::format("{}{:0{}}", from.stem, number, length));
  return names;
}

}  // namespace chalkgrad
