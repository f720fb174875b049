#include "tracer/arrays/array_algebra.hpp"
#include "tracer/arrays/array_functions.hpp"
#include "tracer/arrays/array_passing.hpp"

/// The rules of functions of arrays: sums, softmax, convolution.
namespace chalkgrad {

void ArrayPassing::function(const Expr& e, const ArrayGradient& g) {
  const std::string& name = e.text();
  const bool single = e.parts().size() == 1;
  if (is_loss(name) && e.parts().size() == 2) return loss(e, g);
  if (is_loss(name)) return loss_of_lists(e, g);
  if (single && function_of_one(e, g)) return;
  if (name == "dot" && e.parts().size() == 2) return dot(e, g);
  if (name == "outer" && e.parts().size() == 2) return outer(e, g);
  if (name == "reshape")
    return with_rule("back in their places", e.part(0), reshaped(g, shape(e.part(0))));
  if (name == "conv") return convolution(e, g);
  if (name == "concat") return concatenation(e, g);
  if (name == "max_pool") return fail(e, "max-pool: to the largest");
  if (name == "mean_pool") return fail(e, "mean-pool: in equal parts");
  if (single && (name == "max" || name == "min"))
    return fail(e, name == "max" ? "to the largest" : "to the smallest");
  fail(e, "no rule");
}

bool ArrayPassing::function_of_one(const Expr& e, const ArrayGradient& g) {
  const std::string& name = e.text();
  const Expr& x = e.part(0);
  const Shape own = shape(x);
  const auto count = [](std::size_t n) { return ArrayGradient{Expr(static_cast<double>(n)), {}}; };
  if (name == "sum") {
    back(x, own.is_number() ? g : ArrayGradient{g.expr, {}});
  } else if (name == "mean") {
    back(x, quotient(g, count(own.size())));
  } else if (name == "norm") {
    back(x, element_product(g, quotient({x, own}, {named(e), {}})));
  } else if (name == "softmax") {
    with_rule("softmax", x, softmax_slope(g, {named(e), own}));
  } else if (name == "log_softmax") {
    // With p = softmax(z), ∂/∂z_j of log p_k is 1 − p_j for j = k, and −p_j elsewhere.
    const ArrayGradient p{Expr::function("softmax", {{x, false}}), own};
    with_rule("log of softmax", x, log_softmax_slope(g, p, sums_to_one(rest_of(g.expr))));
  } else if (name == "flatten") {
    with_rule("back in their places", x, reshaped(g, own));
  } else if (name == "transpose") {
    back(x, transposed_of(g, program_.shapes));
  } else if (name == "column_sums" || name == "row_sums") {
    back(x, {g.expr, g.shape});
  } else if (name == "column_means" || name == "row_means") {
    back(x, quotient({g.expr, g.shape}, count(name == "row_means" ? own.columns : own.rows)));
  } else if (program_.functions.contains(name)) {
    with_rule("element by element", x,
              element_product(g, {Expr::function(name + "′", {{x, false}}), own}));
  } else {
    return false;
  }
  return true;
}

void ArrayPassing::dot(const Expr& e, const ArrayGradient& g) {
  for (const std::size_t i : {0U, 1U}) {
    const Expr &one = e.part(i), &other = e.part(1 - i);
    if (matters(one)) back(one, element_product(g, {other, shape(other)}));
  }
}

/// u·vᵀ
void ArrayPassing::outer(const Expr& e, const ArrayGradient& g) {
  const Expr &u = e.part(0), &v = e.part(1);
  const ArrayGradient whole = spread(g, shape(e));
  if (matters(u)) with_rule("outer product", u, matrix_product(whole, {v, shape(v)}));
  if (matters(v))
    with_rule("transposed on the way back", v,
              matrix_product(transposed_of(whole, program_.shapes), {u, shape(u)}));
}

void ArrayPassing::convolution(const Expr& e, const ArrayGradient& g) {
  std::size_t padding = 0, stride = 1;
  for (std::size_t i = 2; i < e.parts().size(); ++i)
    (e.part(i).text() == "stride" ? stride : padding) =
        static_cast<std::size_t>(e.part(i).part(0).value());
  const Expr &array = e.part(0), &kernel = e.part(1);
  const Shape size = shape(kernel);
  const bool square = size.is_vector() || size.rows == size.columns;
  if (stride != 1 || !square || padding + 1 > size.rows)
    return fail(e, "convolution with a stride");
  const ArrayGradient whole = spread(g, shape(e));
  const auto padded = [](const Expr& a, const Expr& b, std::size_t zeros) {
    std::vector<Term> arguments = {{a, false}, {b, false}};
    if (zeros > 0)
      arguments.push_back(
          {Expr::function("padding", {{Expr(static_cast<double>(zeros)), false}}), false});
    return Expr::function("conv", std::move(arguments));
  };
  with_rule("convolution of what it moves over", kernel,
            {padded(array, whole.expr, padding), size});
  with_rule(
      "the kernel turned on the way back", array,
      {padded(whole.expr, Expr::function("turned", {{kernel, false}}), size.rows - 1 - padding),
       shape(array)});
}

void ArrayPassing::concatenation(const Expr& e, const ArrayGradient& g) {
  const ArrayGradient whole = spread(g, shape(e));
  std::size_t begin = 1;
  for (const Term& part : e.parts()) {
    const Shape own = shape(part.expr);
    const auto at = [](std::size_t i) { return Term{Expr(static_cast<double>(i)), false}; };
    const Expr piece =
        Expr::function("elements", {{whole.expr, false}, at(begin), at(begin + own.size() - 1)});
    with_rule("its elements", part.expr, {piece, own});
    begin += own.size();
  }
}

}  // namespace chalkgrad
