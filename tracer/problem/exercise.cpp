#include "tracer/problem/exercise.hpp"

#include "tracer/expression/name.hpp"

namespace chalkgrad {

std::string Target::title() const {
  if (wrt) return "d" + quantity + "/d" + *wrt;
  if (steps) return quantity + " after " + std::to_string(*steps);
  return updated ? quantity + "+" : quantity;
}

Expr Target::symbol() const {
  if (wrt) return Expr::derivative(quantity, *wrt);
  return Expr::symbol(updated ? quantity + std::string(updated_mark) : quantity);
}

}  // namespace chalkgrad
