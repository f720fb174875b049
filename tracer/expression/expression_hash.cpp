#include "tracer/expression/expression_hash.hpp"

#include <functional>
#include <string>

namespace chalkgrad {

std::size_t ExpressionHash::operator()(const Expr& e) const {
  constexpr std::size_t factor = 31, of_inverted = 37;
  if (e.is(Expr::Kind::number)) return std::hash<double>()(e.value());
  std::size_t hash = factor * static_cast<std::size_t>(e.kind()) + static_cast<std::size_t>(e.op());
  for (const std::string* text : {&e.text(), &e.wrt()})
    hash = factor * hash + std::hash<std::string>()(*text);
  const bool any_order = e.is(Expr::Kind::product);
  for (const Term& part : e.parts())
    hash = (any_order ? 1 : factor) * hash + (*this)(part.expr) * (part.inverted ? of_inverted : 1);
  return hash;
}

}  // namespace chalkgrad
