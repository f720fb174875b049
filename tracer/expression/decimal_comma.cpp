#include "tracer/expression/decimal_comma.hpp"

namespace chalkgrad {

namespace {

bool is_decimal_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Expr with_decimal_comma(const Expr& e) {
  return substitute(e, [](const Expr& leaf) {
    const auto point = leaf.is(Expr::Kind::number) ? leaf.text().find('.') : std::string::npos;
    if (point == std::string::npos) return leaf;
    std::string spelling = leaf.text();
    spelling[point] = ',';
    return Expr::number(leaf.value(), std::move(spelling));
  });
}

std::string with_decimal_comma(std::string words) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i)
    if (words[i] == '.' && is_decimal_digit(words[i - 1]) && is_decimal_digit(words[i + 1]))
      words[i] = ',';
  return words;
}

}  // namespace chalkgrad
