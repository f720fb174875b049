#include "tests/support/random_expression.hpp"

#include "engine/ops.hpp"

namespace chalkgrad::testing {

namespace {

Expr random_literal(Random& random) {
  static const std::vector<std::string> spellings = {"0",     "1",      "2",     "0.5",  "0.10",
                                                     "3.",    "-3",     "-0.25", "12",   "1.5e-7",
                                                     "-2e30", "0.0001", "1e-9",  "-1e12"};
  return Expr::number(
      spellings[static_cast<std::size_t>(below(random, static_cast<int>(spellings.size())))]);
}

Expr random_leaf(Random& random, const std::vector<std::string>& symbols) {
  const int kind = below(random, 10);
  if (kind < 3) return random_literal(random);
  const auto pick = [&] {
    return symbols[static_cast<std::size_t>(below(random, static_cast<int>(symbols.size())))];
  };
  if (kind == 3) return Expr::derivative(pick(), pick(), below(random, 3) == 0);
  if (kind == 4) return Expr::symbol(pick() + "⁺");
  return Expr::symbol(pick());
}

std::vector<Term> random_parts(Random& random, const std::vector<std::string>& symbols, int depth) {
  std::vector<Term> parts;
  const int count = 1 + below(random, 4);
  for (int i = 0; i < count; ++i)
    parts.push_back({random_expression(random, symbols, depth - 1), below(random, 2) == 0});
  return parts;
}

Expr random_call(Random& random, const std::vector<std::string>& symbols, int depth) {
  // The operations that are written as functions: after the arithmetic ones, and not square.
  constexpr int first = static_cast<int>(Op::sqrt), last = static_cast<int>(Op::max);
  const auto op = static_cast<Op>(first + below(random, last - first + 1));
  std::vector<Expr> arguments;
  for (int i = 0; i < arity_of(op); ++i)
    arguments.push_back(random_expression(random, symbols, depth - 1));
  return Expr::call(op, std::move(arguments));
}

}  // namespace

Expr random_expression(Random& random, const std::vector<std::string>& symbols, int depth) {
  if (depth == 0) return random_leaf(random, symbols);
  switch (below(random, 6)) {
    case 0: return Expr::sum(random_parts(random, symbols, depth));
    case 1: {
      std::vector<Term> factors = random_parts(random, symbols, depth);
      factors[0].inverted = false;
      return Expr::product(std::move(factors));
    }
    case 2:
      return Expr::power(random_expression(random, symbols, depth - 1),
                         random_expression(random, symbols, depth - 1));
    case 3: return random_call(random, symbols, depth);
    case 4:
      return Expr::cases(random_expression(random, symbols, depth - 1),
                         random_expression(random, symbols, depth - 1),
                         random_expression(random, symbols, depth - 1),
                         random_expression(random, symbols, depth - 1),
                         random_expression(random, symbols, depth - 1));
    default: return random_leaf(random, symbols);
  }
}

}  // namespace chalkgrad::testing
