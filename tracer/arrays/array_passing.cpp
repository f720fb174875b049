#include "tracer/arrays/array_passing.hpp"

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/arrays/array_algebra.hpp"
#include "tracer/arrays/array_parts.hpp"

namespace chalkgrad {

namespace {

/// The factors of a product but the last.
Expr but_last(const Expr& e) {
  std::vector<Term> factors(e.parts().begin(), e.parts().end() - 1);
  return factors.size() == 1 ? factors[0].expr : Expr::product(std::move(factors));
}

/// (√v)² is v.
Expr square_of(const Expr& e) {
  return e.is(Expr::Kind::call) && e.op() == Op::sqrt ? e.part(0) : Expr::power(e, 2.0);
}

}  // namespace

void ArrayPassing::run(const Contribution& known) {
  if (known.of_argument) {
    rules_ = known.rules;
    back(definition_.definition.part(0), *known.of_argument);
    rules_.clear();
  }
  if (known.has_no_rule || !known.total) {
    if (!known.of_argument || known.has_no_rule)
      fail(definition_.definition, "of which there is no rule over arrays");
    return;
  }
  back(definition_.definition, *known.total);
}

bool ArrayPassing::matters(const Expr& e) const {
  if (e.is(Expr::Kind::symbol)) return is_relevant_(e.text());
  if (e.is(Expr::Kind::call) && e.op() == Op::stop) return false;
  return std::any_of(e.parts().begin(), e.parts().end(),
                     [this](const Term& part) { return matters(part.expr); });
}

/// What reaches the names within has no rule.
void ArrayPassing::fail(const Expr& e, const std::string& why) {
  for_each_leaf(e, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol) || !is_relevant_(leaf.text())) return;
    const std::string whole = program_.whole_of ? program_.whole_of(leaf.text()) : "";
    contributions_.fail(whole.empty() ? leaf.text() : whole, why);
  });
}

void ArrayPassing::back(const Expr& e, const ArrayGradient& g) {
  if (!matters(e)) return;
  switch (e.kind()) {
    case Expr::Kind::symbol: return symbol(e, g);
    case Expr::Kind::sum: return sum(e, g);
    case Expr::Kind::product: return product(e, g);
    case Expr::Kind::transposed: return back(e.part(0), transposed_of(g, program_.shapes));
    case Expr::Kind::elementwise: return elementwise(e, g);
    case Expr::Kind::power:
    case Expr::Kind::elementwise_power: return power(e, g);
    case Expr::Kind::call: return call(e, g);
    case Expr::Kind::function: return function(e, g);
    default: return fail(e, "no rule");
  }
}

void ArrayPassing::with_rule(const std::string& rule, const Expr& e, const ArrayGradient& g) {
  if (!matters(e)) return;
  if (rule == "element by element" && shape(e).is_number()) return back(e, g);
  rules_.push_back(rule);
  back(e, g);
  rules_.pop_back();
}

void ArrayPassing::symbol(const Expr& e, const ArrayGradient& g) {
  const std::string whole = program_.whole_of ? program_.whole_of(e.text()) : "";
  if (whole.empty()) return contributions_.add(e.text(), g, shape(e), rules_);
  const auto part = part_of(program_, e.text(), whole);
  const auto placed =
      part ? in_its_place(*part, spread(g, shape(e)), program_.shapes) : std::nullopt;
  if (!placed) return contributions_.fail(whole, "a part of an array");
  rules_.push_back("a part of an array, 0 elsewhere");
  contributions_.add(whole, *placed, part->whole, rules_);
  rules_.pop_back();
}

void ArrayPassing::sum(const Expr& e, const ArrayGradient& g) {
  const Shape whole = shape(e);
  if (e.parts().size() == 2 && e.parts()[0].inverted == e.parts()[1].inverted &&
      log_likelihood(e.part(0), e.part(1), e.parts()[0].inverted ? negative(g) : g))
    return;
  for (const Term& term : e.parts()) {
    if (!matters(term.expr)) continue;
    const ArrayGradient signed_g = term.inverted ? negative(g) : g;
    const Shape own = shape(term.expr);
    if (own == whole || own.size() == whole.size()) {
      back(term.expr, signed_g);
    } else {
      with_rule(own.is_number()      ? "a number added everywhere: the sum"
                : is_row(own, whole) ? "a row added to each row: the column sums"
                                     : "a column added to each column: the row sums",
                term.expr, gathered(signed_g, whole, own));
    }
  }
}

void ArrayPassing::product(const Expr& e, const ArrayGradient& g) {
  const Expr left = but_last(e), &right = e.parts().back().expr;
  const Shape a = shape(left), b = shape(right);
  if (e.parts().back().inverted) {
    if (!b.is_number()) return divided_by_array(left, right, g);
    back(left, quotient(g, {right, b}));
    if (matters(right))
      back(right, negative(quotient(inner(g, {left, a}), {square_of(right), {}})));
    return;
  }
  if (a.is_number() || b.is_number()) {
    if (matters(left))
      back(left, a.is_number() ? inner(g, {right, b}) : element_product({right, b}, g));
    if (matters(right))
      back(right, b.is_number() ? inner(g, {left, a}) : element_product({left, a}, g));
    return;
  }
  // A product with one element is a number, but a column of one element stays one.
  const bool column = g.shape.is_vector() && g.shape.size() == 1;
  const ArrayGradient whole = column ? g : spread(g, shape(e));
  if (matters(left))
    with_rule(b.is_vector() ? "product with a vector" : "product", left,
              matrix_product(whole, transposed_of({right, b}, program_.shapes)));
  if (matters(right))
    with_rule("transposed on the way back", right,
              matrix_product(transposed_of({left, a}, program_.shapes), whole));
}

/// c ⊘ x: −g·c ⊘ x.^2
void ArrayPassing::divided_by_array(const Expr& left, const Expr& x, const ArrayGradient& g) {
  const ArrayGradient divisor{x, shape(x)};
  if (matters(left)) back(left, inner(g, element_quotient({Expr(1.0), {}}, divisor)));
  if (!matters(x)) return;
  const ArrayGradient square{Expr::elementwise_power(x, 2.0), shape(x)};
  with_rule("element by element", x,
            negative(element_quotient(element_product({left, shape(left)}, g), square)));
}

void ArrayPassing::elementwise(const Expr& e, const ArrayGradient& g) {
  const Shape whole = shape(e);
  for (std::size_t i = 0; i < e.parts().size(); ++i) {
    const Expr& one = e.part(i);
    if (!matters(one)) continue;
    ArrayGradient slope = g;
    for (std::size_t k = 0; k < e.parts().size(); ++k) {
      const ArrayGradient other{e.part(k), shape(e.part(k))};
      if (k == i) continue;
      slope =
          e.parts()[k].inverted ? element_quotient(slope, other) : element_product(slope, other);
    }
    if (e.parts()[i].inverted) {
      // (√v)² is v.
      const bool root = one.is(Expr::Kind::call) && one.op() == Op::sqrt;
      const Expr square = root ? one.part(0) : Expr::elementwise_power(one, 2.0);
      slope = negative(element_quotient(slope, {square, shape(one)}));
    }
    pass(one, slope, whole, "element by element");
  }
}

/// Also where the operand is smaller than the result, over which it was spread.
void ArrayPassing::pass(const Expr& operand, const ArrayGradient& g, const Shape& whole,
                        const std::string& rule) {
  const Shape own = shape(operand);
  with_rule(rule, operand, own.size() == whole.size() ? g : gathered(g, whole, own));
}

/// n·a^(n − 1)
void ArrayPassing::power(const Expr& e, const ArrayGradient& g) {
  const Expr &base = e.part(0), &exponent = e.part(1);
  if (matters(exponent) || !shape(exponent).is_number())
    return fail(e, "a power with an exponent that varies");
  const bool number = exponent.is(Expr::Kind::number);
  // ‖x‖² is x·x
  if (base.is(Expr::Kind::function) && base.text() == "norm" && exponent.is_number(2))
    return back(base.part(0), element_product(element_product(g, {Expr(2.0), {}}),
                                              {base.part(0), shape(base.part(0))}));
  const Expr less = number ? Expr(exponent.value() - 1) : exponent - 1.0;
  Expr slope = less.is_number(1)         ? base
               : less.is_number(0)       ? Expr(1.0)
               : e.is(Expr::Kind::power) ? Expr::power(base, less)
                                         : Expr::elementwise_power(base, less);
  const Shape own = shape(base);
  with_rule("element by element", base,
            element_product(element_product(g, {exponent, {}}), {slope, own}));
}

void ArrayPassing::call(const Expr& e, const ArrayGradient& g) {
  const bool ramp = e.parts().size() == 2 && e.op() == Op::max;
  for (const std::size_t i : {0U, 1U}) {
    // max(0, x) is relu(x).
    if (!ramp || !e.part(i).is_number(0)) continue;
    const Expr& x = e.part(1 - i);
    return with_rule("element by element", x,
                     element_product(spread(g, shape(x)), slope_of(Op::relu, {x, shape(x)}, {})));
  }
  if (e.parts().size() != 1) return fail(e, "no rule");
  const Expr& x = e.part(0);
  if (e.op() == Op::log && logarithm(x, g)) return;
  const bool whole = e.identity() == definition_.definition.identity();
  const ArrayGradient value{whole ? Expr::symbol(definition_.symbol) : e, shape(e)};
  with_rule("element by element", x, element_product(g, slope_of(e.op(), {x, value.shape}, value)));
}

Expr ArrayPassing::named(const Expr& e) const {
  return e.identity() == definition_.definition.identity() ? Expr::symbol(definition_.symbol) : e;
}

const ArrayDefinition* ArrayPassing::definition_of(const Expr& e) const {
  if (!e.is(Expr::Kind::symbol)) return nullptr;
  for (const ArrayDefinition& one : program_.definitions)
    if (one.symbol == e.text()) return &one;
  return nullptr;
}

}  // namespace chalkgrad
