#include "tracer/arrays/array_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/ops.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

Expr number_of(std::size_t n) { return {static_cast<double>(n)}; }

Expr call_of(const std::string& name, std::vector<Expr> arguments) {
  std::vector<Term> list;
  for (Expr& e : arguments) list.push_back({std::move(e), false});
  return Expr::function(name, std::move(list));
}

Shape larger(const ArrayGradient& a, const ArrayGradient& b) {
  if (a.shape.size() == b.shape.size()) return a.shape.is_vector() ? a.shape : b.shape;
  return broadcast(a.shape, b.shape);
}

/// The factors of a product that is one of numbers times something.
Expr product_of(const Expr& a, const Expr& b) {
  if (a.is_number(1)) return b;
  if (b.is_number(1)) return a;
  if (!b.is(Expr::Kind::product) || b.is_negation()) return a * b;
  std::vector<Term> factors = {{a, false}};
  factors.insert(factors.end(), b.parts().begin(), b.parts().end());
  return Expr::product(std::move(factors));
}

bool is_turned_product(const Expr& a, const Expr& b) {
  return a.is(Expr::Kind::transposed) ? a.part(0) == b
                                      : b.is(Expr::Kind::transposed) && b.part(0) == a;
}

/// A rule in scalars with arrays in place of its letters: products become ⊙.
Expr lifted(const Expr& e, const std::function<bool(const Expr&)>& is_array) {
  std::vector<Term> parts;
  for (const Term& part : e.parts()) {
    const bool array = is_array(part.expr);
    parts.push_back({array ? part.expr : lifted(part.expr, is_array), part.inverted});
  }
  const auto has_array = [&](const Expr& one) {
    bool found = is_array(one);
    const std::function<void(const Expr&)> search = [&](const Expr& inner_part) {
      found = found || is_array(inner_part);
      for (const Term& part : inner_part.parts())
        if (!found) search(part.expr);
    };
    search(one);
    return found;
  };
  if (e.is(Expr::Kind::product)) {
    std::vector<Term> numbers, arrays;
    for (const Term& part : parts) (has_array(part.expr) ? arrays : numbers).push_back(part);
    if (arrays.empty()) return Expr::product(std::move(numbers));
    if (arrays[0].inverted) {
      arrays.insert(arrays.begin(), {numbers.empty() ? Expr(1.0) : numbers[0].expr, false});
      numbers.clear();
    }
    Expr array = Expr::elementwise(std::move(arrays));
    if (numbers.empty()) return array;
    if (numbers[0].inverted) numbers.insert(numbers.begin(), {Expr(1.0), false});
    return product_of(Expr::product(std::move(numbers)), array);
  }
  if (e.is(Expr::Kind::power) && has_array(parts[0].expr))
    return Expr::elementwise_power(parts[0].expr, parts[1].expr);
  return e.parts().empty() ? e : with_parts(e, std::move(parts));
}

bool has_cases(const Expr& e) {
  return e.is(Expr::Kind::cases) ||
         std::any_of(e.parts().begin(), e.parts().end(),
                     [](const Term& part) { return has_cases(part.expr); });
}

/// a − (−b) is a + b; −(−1·b) is b.
Expr with_signs_drawn_out(std::vector<Term> terms) {
  for (Term& term : terms)
    while (term.expr.is_negation()) {
      term.inverted = !term.inverted;
      term.expr = term.expr.part(0);
    }
  if (terms.size() == 1 && !terms[0].inverted) return terms[0].expr;
  return Expr::sum(std::move(terms));
}

}  // namespace

Expr tidy(const Expr& e) {
  if (e.parts().empty() || e.is(Expr::Kind::matrix)) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts()) parts.push_back({tidy(part.expr), part.inverted});
  if (e.is(Expr::Kind::sum)) return with_signs_drawn_out(std::move(parts));
  if (!e.is(Expr::Kind::product)) return with_parts(e, std::move(parts));
  // A sign within a product stands before it.
  bool turned_within = false;
  for (Term& part : parts)
    if (part.expr.is_negation()) {
      turned_within = !turned_within;
      part.expr = part.expr.part(0);
    }
  if (turned_within) return tidy(-Expr::product(std::move(parts)));
  double above = 1, below = 1;
  std::size_t numbers = 0;
  std::vector<Term> others;
  for (const Term& part : parts) {
    const bool plain = part.expr.is(Expr::Kind::number) && part.expr.text() != "π";
    if (!plain) others.push_back(part);
    if (plain) (part.inverted ? below : above) *= part.expr.value();
    numbers += plain ? 1 : 0;
  }
  if (numbers == 1 && above == -1 && others.size() > 0 && !others[0].inverted)
    return -(others.size() == 1 ? others[0].expr : Expr::product(std::move(others)));
  const bool whole = above == std::floor(above) && below == std::floor(below) &&
                     std::abs(above) < 1e6 && below < 1e6 && below > 0 && above != 0;
  if (numbers < 2 || !whole || others.empty() || others[0].inverted)
    return with_parts(e, std::move(parts));
  const auto divisor =
      static_cast<double>(std::gcd(static_cast<long>(std::abs(above)), static_cast<long>(below)));
  above /= divisor;
  below /= divisor;
  const bool turned = above == -1;
  if (turned) above = 1;
  if (above != 1) others.insert(others.begin(), {Expr(above), false});
  if (below != 1) others.push_back({Expr(below), true});
  const Expr product = others.size() == 1 ? others[0].expr : Expr::product(std::move(others));
  return turned ? -product : product;
}

ArrayGradient negative(const ArrayGradient& a) {
  return {a.expr.is_negation() ? a.expr.part(0) : -a.expr, a.shape};
}

namespace {

/// c·a, with 1/n as a division.
ArrayGradient times_number(double c, const ArrayGradient& a) {
  const double n = std::round(1 / c);
  if (c < 1 && n < 1e6 && 1 / n == c) return quotient(a, {Expr(n), {}});
  return element_product({Expr(c), {}}, a);
}

/// A number times something: r/2 is ½ and r.
std::pair<double, Expr> with_coefficient(const Expr& e) {
  if (e.is(Expr::Kind::number) && e.text() != "π") return {e.value(), 1.0};
  if (e.is_negation()) {
    auto [coefficient, rest] = with_coefficient(e.part(0));
    return {-coefficient, rest};
  }
  if (!e.is(Expr::Kind::product)) return {1, e};
  double coefficient = 1;
  std::vector<Term> others;
  for (const Term& part : e.parts()) {
    if (!part.expr.is(Expr::Kind::number) || part.expr.text() == "π") {
      others.push_back(part);
    } else {
      coefficient =
          part.inverted ? coefficient / part.expr.value() : coefficient * part.expr.value();
    }
  }
  if (others.empty() || others[0].inverted) return {1, e};
  return {coefficient, others.size() == 1 ? others[0].expr : Expr::product(std::move(others))};
}

}  // namespace

ArrayGradient sum_of(const ArrayGradient& a, const ArrayGradient& b) {
  const Expr &x = a.expr, &y = b.expr;
  const Shape shape = larger(a, b);
  const auto [c, rest] = with_coefficient(x);
  const auto [d, other] = with_coefficient(y);
  const double sum = c + d;
  if (rest == other && sum == std::floor(sum) && sum != 0)
    return {sum == 1 ? rest : product_of(Expr(sum), rest), shape};
  const bool products = x.is(Expr::Kind::product) && y.is(Expr::Kind::product) &&
                        x.parts().size() == 2 && y.parts().size() == 2 && x.part(1) == y.part(1) &&
                        is_turned_product(x.part(0), y.part(0));
  // xᵀ·A·x has the derivative (A + Aᵀ)·x.
  if (products) {
    const bool turned = x.part(0).is(Expr::Kind::transposed);
    return {(turned ? y.part(0) + x.part(0) : x.part(0) + y.part(0)) * x.part(1), shape};
  }
  std::vector<Term> terms = {{x, false}};
  if (y.is(Expr::Kind::sum)) {
    terms.insert(terms.end(), y.parts().begin(), y.parts().end());
  } else {
    terms.push_back({y, false});
  }
  return {Expr::sum(std::move(terms)), shape};
}

ArrayGradient element_product(const ArrayGradient& a, const ArrayGradient& b) {
  if (a.expr.is_number(1) && a.shape.is_number()) return b;
  if (b.expr.is_number(1) && b.shape.is_number()) return a;
  if (a.shape.is_number()) return {product_of(a.expr, b.expr), b.shape};
  if (b.shape.is_number()) return {product_of(b.expr, a.expr), a.shape};
  std::vector<Term> factors = {{a.expr, false}};
  if (b.expr.is(Expr::Kind::elementwise)) {
    factors.insert(factors.end(), b.expr.parts().begin(), b.expr.parts().end());
  } else {
    factors.push_back({b.expr, false});
  }
  return {Expr::elementwise(std::move(factors)), larger(a, b)};
}

ArrayGradient element_quotient(const ArrayGradient& a, const ArrayGradient& b) {
  if (b.shape.is_number()) return quotient(a, b);
  return {Expr::elementwise({{a.expr, false}, {b.expr, true}}), larger(a, b)};
}

ArrayGradient quotient(const ArrayGradient& a, const ArrayGradient& number) {
  if (number.expr.is_number(1)) return a;
  return {a.expr / number.expr, a.shape};
}

ArrayGradient inner(const ArrayGradient& a, const ArrayGradient& b) {
  if (a.shape.is_number() && b.shape.is_number()) return {product_of(a.expr, b.expr), {}};
  if (a.shape.is_number()) return {product_of(a.expr, call_of("sum", {b.expr})), {}};
  if (a.expr.is_negation()) return negative(inner({a.expr.part(0), a.shape}, b));
  return {call_of("sum", {element_product(a, b).expr}), {}};
}

ArrayGradient matrix_product(const ArrayGradient& a, const ArrayGradient& b) {
  if (a.shape.is_number() || b.shape.is_number()) return element_product(a, b);
  const Shape shape = b.shape.is_vector() ? Shape::vector(a.shape.rows)
                                          : Shape::matrix(a.shape.rows, b.shape.columns);
  return {product_of(a.expr, b.expr), shape};
}

ArrayGradient transposed_of(const ArrayGradient& a, const std::map<std::string, Shape>& shapes) {
  const Expr& e = a.expr;
  if (a.shape.is_number()) return a;
  Shape shape = Shape::matrix(a.shape.columns, a.shape.rows);
  if (shape.columns == 1) shape = Shape::vector(shape.rows);
  const auto turned = [&](const Expr& one) {
    if (one.is(Expr::Kind::transposed)) return one.part(0);
    return shape_of(one, shapes).is_number() ? one : Expr::transposed(one);
  };
  if (!e.is(Expr::Kind::product)) return {turned(e), shape};
  // (c·A·B)ᵀ = c·Bᵀ·Aᵀ
  std::vector<Term> numbers, arrays, divisors;
  for (const Term& part : e.parts()) {
    const bool number = shape_of(part.expr, shapes).is_number();
    (part.inverted ? divisors : number ? numbers : arrays).push_back(part);
  }
  std::vector<Term> factors = std::move(numbers);
  for (auto part = arrays.rbegin(); part != arrays.rend(); ++part)
    factors.push_back({turned(part->expr), false});
  factors.insert(factors.end(), divisors.begin(), divisors.end());
  return {Expr::product(std::move(factors)), shape};
}

ArrayGradient spread(const ArrayGradient& a, const Shape& shape) {
  if (a.shape == shape || a.shape.size() == shape.size()) return {a.expr, shape};
  std::vector<Expr> sizes = {number_of(shape.rows)};
  if (shape.is_matrix()) sizes.push_back(number_of(shape.columns));
  const ArrayGradient ones{call_of("ones", std::move(sizes)), shape};
  return element_product(a, ones);
}

bool is_row(const Shape& own, const Shape& whole) {
  if (own.is_matrix()) return own.rows == 1;
  return own.is_vector() && whole.is_matrix() && own.rows == whole.columns;
}

ArrayGradient gathered(const ArrayGradient& a, const Shape& whole, const Shape& own) {
  if (a.shape.is_number()) {
    const ArrayGradient count{number_of(whole.size() / own.size()), {}};
    return spread(element_product(count, a), own);
  }
  if (a.expr.is_negation()) return negative(gathered({a.expr.part(0), a.shape}, whole, own));
  if (own.is_number()) return {call_of("sum", {a.expr}), {}};
  return {call_of(is_row(own, whole) ? "column_sums" : "row_sums", {a.expr}), own};
}

ArrayGradient reshaped(const ArrayGradient& a, const Shape& shape) {
  if (a.shape.is_number()) return a;
  if (shape.is_vector()) return {a.expr, shape};
  return {call_of("reshape", {a.expr, number_of(shape.rows), number_of(shape.columns)}), shape};
}

ArrayGradient slope_of(Op op, const ArrayGradient& x, const ArrayGradient& y) {
  Expr slope = 1.0;
  with_operation(op, [&]<class O>(O) {
    if constexpr (is_unary<O>)
      slope = simplify(O::derivative(Expr::symbol("\x01"), Expr::symbol("\x02")));
  });
  if (has_cases(slope))
    return {Expr::function(std::string(name_of(op)) + "′", {{x.expr, false}}), x.shape};
  if (x.shape.is_number()) {
    const Expr plain = substitute(slope, [&](const Expr& leaf) {
      return !leaf.is(Expr::Kind::symbol) ? leaf : leaf.text() == "\x01" ? x.expr : y.expr;
    });
    return {plain, {}};
  }
  const Expr arrays = lifted(slope, [](const Expr& e) { return e.is(Expr::Kind::symbol); });
  const Expr result = substitute(arrays, [&](const Expr& leaf) {
    return !leaf.is(Expr::Kind::symbol) ? leaf : leaf.text() == "\x01" ? x.expr : y.expr;
  });
  bool constant = true;
  for_each_leaf(arrays,
                [&](const Expr& leaf) { constant = constant && !leaf.is(Expr::Kind::symbol); });
  return {result, constant ? Shape{} : x.shape};
}

ArrayGradient softmax_slope(const ArrayGradient& g, const ArrayGradient& p) {
  const ArrayGradient whole = spread(g, p.shape);
  const Expr weighted =
      p.shape.is_matrix()
          ? call_of("row_sums", {Expr::elementwise({{whole.expr, false}, {p.expr, false}})})
          : call_of("dot", {whole.expr, p.expr});
  return {Expr::elementwise({{p.expr, false}, {whole.expr - weighted, false}}), p.shape};
}

Expr rest_of(const Expr& e) { return with_coefficient(e).second; }

ArrayGradient times_difference(const ArrayGradient& g, const ArrayGradient& a,
                               const ArrayGradient& b) {
  const auto split = with_coefficient(g.expr);
  const bool turned = split.first < 0;
  const ArrayGradient slope{turned ? b.expr - a.expr : a.expr - b.expr, larger(a, b)};
  return element_product({turned ? tidy(negative(g).expr) : g.expr, g.shape}, slope);
}

ArrayGradient log_softmax_slope(const ArrayGradient& g, const ArrayGradient& p, bool sums_to_one) {
  if (sums_to_one) {
    const auto [c, t] = with_coefficient(g.expr);
    const Expr slope = c < 0 ? p.expr - t : t - p.expr;
    return times_number(std::abs(c), {slope, p.shape});
  }
  const ArrayGradient whole = spread(g, p.shape);
  const Expr sum = call_of(p.shape.is_matrix() ? "row_sums" : "sum", {whole.expr});
  const Expr share =
      p.shape.is_matrix() ? Expr::elementwise({{p.expr, false}, {sum, false}}) : sum * p.expr;
  return {whole.expr - share, p.shape};
}

ArrayGradient loss_slope(std::string_view name, const ArrayGradient& t, const ArrayGradient& p) {
  const Shape& shape = p.shape;
  const bool each = name == "mean_squared_error" || name == "binary_cross_entropy";
  const auto count = static_cast<double>(each ? shape.size() : shape.is_matrix() ? shape.rows : 1);
  ArrayGradient slope;
  if (name == "cross_entropy") {
    slope = negative(element_quotient(t, p));
  } else if (name == "binary_cross_entropy") {
    const ArrayGradient variance = element_product(p, {1.0 - p.expr, p.shape});
    slope = element_quotient({p.expr - t.expr, shape}, variance);
  } else {
    slope = {p.expr - t.expr, shape};
    if (name != "half_squared_error") slope = element_product({Expr(2.0), {}}, slope);
  }
  slope.shape = shape;
  return quotient(slope, {Expr(count), {}});
}

namespace {

bool has_array(const Expr& e, const std::function<bool(const Expr&)>& is_array) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    found = found || (!leaf.is(Expr::Kind::number) && is_array(leaf));
  });
  return found;
}

}  // namespace

Expr over_arrays(const Expr& e, const std::function<bool(const Expr&)>& is_array) {
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts())
    parts.push_back({over_arrays(part.expr, is_array), part.inverted});
  if (e.is(Expr::Kind::power) && has_array(e.part(0), is_array))
    return Expr::elementwise_power(parts[0].expr, parts[1].expr);
  if (!e.is(Expr::Kind::product)) return with_parts(e, std::move(parts));
  std::vector<Term> numbers, arrays;
  for (std::size_t i = 0; i < parts.size(); ++i)
    (has_array(e.part(i), is_array) ? arrays : numbers).push_back(parts[i]);
  const bool by_elements = arrays.size() > 1 || (arrays.size() == 1 && arrays[0].inverted);
  if (!by_elements) return with_parts(e, std::move(parts));
  if (arrays[0].inverted) arrays.insert(arrays.begin(), {Expr(1.0), false});
  numbers.push_back({Expr::elementwise(std::move(arrays)), false});
  return numbers.size() == 1 ? numbers[0].expr : Expr::product(std::move(numbers));
}

Expr element_of(const Expr& e, std::size_t place) {
  if (e.is(Expr::Kind::matrix)) return e.part(place);
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts()) parts.push_back({element_of(part.expr, place), part.inverted});
  if (e.is(Expr::Kind::elementwise)) return Expr::product(std::move(parts));
  if (e.is(Expr::Kind::elementwise_power)) return Expr::power(parts[0].expr, parts[1].expr);
  return with_parts(e, std::move(parts));
}

}  // namespace chalkgrad
