#pragma once

#include <functional>
#include <string_view>

#include "engine/ops/op.hpp"
#include "tracer/arrays/array_rules.hpp"

/// Building derivatives over arrays as a person writes them: without factors 1, with transposed
/// products turned over, with numbers in front.
namespace chalkgrad {

[[nodiscard]] ArrayGradient negative(const ArrayGradient& a);
[[nodiscard]] ArrayGradient sum_of(const ArrayGradient& a, const ArrayGradient& b);
/// a ⊙ b, or a number times an array.
[[nodiscard]] ArrayGradient element_product(const ArrayGradient& a, const ArrayGradient& b);
[[nodiscard]] ArrayGradient element_quotient(const ArrayGradient& a, const ArrayGradient& b);
/// An array divided by a number.
[[nodiscard]] ArrayGradient quotient(const ArrayGradient& a, const ArrayGradient& number);
/// Σ a ⊙ b, a number.
[[nodiscard]] ArrayGradient inner(const ArrayGradient& a, const ArrayGradient& b);
[[nodiscard]] ArrayGradient matrix_product(const ArrayGradient& a, const ArrayGradient& b);
/// Of a product the factors in the other order, each transposed but for numbers.
[[nodiscard]] ArrayGradient transposed_of(const ArrayGradient& a,
                                          const std::map<std::string, Shape>& shapes);
/// Written out where it is smaller than that shape: g·ones(2, 3).
[[nodiscard]] ArrayGradient spread(const ArrayGradient& a, const Shape& shape);
/// What reaches an operand of that shape which was spread over the whole: sums.
[[nodiscard]] ArrayGradient gathered(const ArrayGradient& a, const Shape& whole, const Shape& own);
[[nodiscard]] bool is_row(const Shape& own, const Shape& whole);
[[nodiscard]] ArrayGradient reshaped(const ArrayGradient& a, const Shape& shape);

/// With its number factors in one: 1/2/4·2·r is r/4.
[[nodiscard]] Expr tidy(const Expr& e);

/// A formula of numbers, w − η·m/(√v + ε), as one of arrays, element by element.
[[nodiscard]] Expr over_arrays(const Expr& e,
                               const std::function<bool(const Expr& leaf)>& is_array);
/// Of such a formula with arrays of numbers in it the numbers of one place.
[[nodiscard]] Expr element_of(const Expr& e, std::size_t place);

/// f′ element by element, from the operation's own rule: h ⊙ (1 − h), relu′(z).
[[nodiscard]] ArrayGradient slope_of(Op op, const ArrayGradient& x, const ArrayGradient& y);
/// p ⊙ (g − Σ g ⊙ p), of a matrix row by row.
[[nodiscard]] ArrayGradient softmax_slope(const ArrayGradient& g, const ArrayGradient& p);

/// The same of log(softmax(z)), g − p·Σ g; where g is a number times t, and the numbers of t sum to
/// 1 (`sums_to_one`), that number times t − p.
[[nodiscard]] ArrayGradient log_softmax_slope(const ArrayGradient& g, const ArrayGradient& p,
                                              bool sums_to_one);
/// c·a of −c·a or c·a, with c a number: what is left of a gradient without its numbers.
[[nodiscard]] Expr rest_of(const Expr& e);
/// g·(a − b); of a negative number g written as (b − a).
[[nodiscard]] ArrayGradient times_difference(const ArrayGradient& g, const ArrayGradient& a,
                                             const ArrayGradient& b);

/// By the predictions.
[[nodiscard]] ArrayGradient loss_slope(std::string_view name, const ArrayGradient& t,
                                       const ArrayGradient& p);

}  // namespace chalkgrad
