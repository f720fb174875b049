#include <algorithm>
#include <string_view>

#include "engine/ops.hpp"
#include "tracer/arrays/array_algebra.hpp"
#include "tracer/arrays/array_functions.hpp"
#include "tracer/arrays/array_parts.hpp"
#include "tracer/arrays/array_passing.hpp"

/// The rules of losses, and of logarithms of softmax and sigmoid, whose derivative by the argument
/// is shorter than by the value: p − t (Goodfellow, Bengio and Courville, Deep Learning, 6.2.2).
namespace chalkgrad {

namespace {

std::string_view rule_of_loss(std::string_view name) {
  return name == "cross_entropy"          ? "cross-entropy"
         : name == "binary_cross_entropy" ? "binary cross-entropy"
                                          : "squared error";
}

bool is_logarithm(const Expr& e) { return e.is(Expr::Kind::call) && e.op() == Op::log; }

bool is_sigmoid(const Expr& e) { return e.is(Expr::Kind::call) && e.op() == Op::sigmoid; }

bool is_softmax(const Expr& e) {
  return e.is(Expr::Kind::function) && e.text() == "softmax" && e.parts().size() == 1;
}

/// The y of 1 − y.
std::optional<Expr> complement_of(const Expr& e) {
  if (!e.is(Expr::Kind::sum) || e.parts().size() != 2) return std::nullopt;
  const Term &one = e.parts()[0], &y = e.parts()[1];
  if (one.inverted || !one.expr.is_number(1) || !y.inverted) return std::nullopt;
  return y.expr;
}

/// a ⊙ log(h).
struct WeightedLogarithm {
  Expr weight = 0.0, argument = 0.0;
};

std::optional<WeightedLogarithm> weighted_logarithm(const Expr& e) {
  const bool product = e.is(Expr::Kind::product) || e.is(Expr::Kind::elementwise) ||
                       (e.is(Expr::Kind::function) && e.text() == "dot");
  if (!product || e.parts().size() != 2 || e.parts()[0].inverted || e.parts()[1].inverted)
    return std::nullopt;
  for (const std::size_t i : {1U, 0U})
    if (is_logarithm(e.part(i))) return WeightedLogarithm{e.part(1 - i), e.part(i).part(0)};
  return std::nullopt;
}

}  // namespace

void ArrayPassing::loss(const Expr& e, const ArrayGradient& g) {
  ArrayGradient t{e.part(0), shape(e.part(0))}, p{e.part(1), shape(e.part(1))};
  // Beside a vector a matrix of one column is a vector, too.
  const auto is_column = [](const Shape& one) { return one.is_matrix() && one.columns == 1; };
  if (t.shape.is_vector() && is_column(p.shape)) p.shape = t.shape;
  if (p.shape.is_vector() && is_column(t.shape)) t.shape = p.shape;
  if (matters(t.expr)) return fail(e, "a loss by its targets");
  const std::string& name = e.text();
  const bool probabilities = name == "cross_entropy" || name == "binary_cross_entropy";
  if (probabilities && short_form(name, t, p, g)) return;
  with_rule(std::string(rule_of_loss(name)), p.expr, element_product(g, loss_slope(name, t, p)));
}

/// Of a vector of targets and numbers that are predicted, half_squared_error(y; h_1, h_2), or of
/// lists of numbers: each by itself.
void ArrayPassing::loss_of_lists(const Expr& e, const ArrayGradient& g) {
  std::vector<Expr> targets, predictions;
  for (const Term& part : e.parts())
    (part.inverted || !predictions.empty() ? predictions : targets).push_back(part.expr);
  if (targets.size() == 1 && targets[0].is(Expr::Kind::symbol) && program_.elements_of) {
    const std::vector<std::string> names = program_.elements_of(targets[0].text());
    if (names.size() == predictions.size()) targets.assign(names.size(), 0.0);
    for (std::size_t i = 0; i < names.size() && i < targets.size(); ++i)
      targets[i] = Expr::symbol(names[i]);
  }
  bool numbers = targets.size() == predictions.size();
  for (const auto* list : {&targets, &predictions})
    for (const Expr& one : *list) numbers = numbers && shape(one).is_number();
  for (const Expr& one : targets) numbers = numbers && !matters(one);
  if (!numbers) return fail(e, "no rule");
  const std::string& name = e.text();
  const bool mean = name == "mean_squared_error" || name == "binary_cross_entropy";
  const ArrayGradient count{Expr(mean ? static_cast<double>(targets.size()) : 1.0), {}};
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const ArrayGradient slope = loss_slope(name, {targets[i], {}}, {predictions[i], {}});
    with_rule(std::string(rule_of_loss(name)), predictions[i],
              element_product(g, quotient(slope, count)));
  }
}

/// p − t, where p is a softmax or sigmoid: what reaches its argument.
bool ArrayPassing::short_form(const std::string& name, const ArrayGradient& t,
                              const ArrayGradient& p, const ArrayGradient& g) {
  const bool binary = name == "binary_cross_entropy";
  const ArrayDefinition* definition = definition_of(p.expr);
  if (p.expr.is(Expr::Kind::symbol) && definition == nullptr) return false;
  const Expr& function = definition != nullptr ? definition->definition : p.expr;
  if (!(binary ? is_sigmoid(function) : is_softmax(function))) return false;
  if (!binary && !sums_to_one(t.expr)) return false;
  const double count = static_cast<double>(binary                ? p.shape.size()
                                           : p.shape.is_matrix() ? p.shape.rows
                                                                 : 1);
  ArrayGradient slope{p.expr - t.expr, p.shape};
  if (count != 1) slope = quotient(slope, {Expr(count), {}});
  to_argument(p.expr, element_product(g, slope),
              binary ? "sigmoid with binary cross-entropy" : "softmax with cross-entropy");
  return true;
}

void ArrayPassing::to_argument(const Expr& function, const ArrayGradient& g,
                               const std::string& rule) {
  if (const ArrayDefinition* definition = definition_of(function))
    return contributions_.add_to_argument(definition->symbol, g, rule);
  with_rule(rule, function.part(0), g);
}

bool ArrayPassing::sums_to_one(const Expr& e) const {
  if (is_unit_vector(e)) return true;
  return e.is(Expr::Kind::symbol) && program_.sums_to_one && program_.sums_to_one(e.text());
}

/// G·[0, 1, 0] as the two.
std::optional<std::pair<Expr, Expr>> ArrayPassing::number_times_array(const Expr& e) const {
  if (!e.is(Expr::Kind::product)) return std::nullopt;
  std::vector<Term> numbers;
  std::optional<Expr> array;
  for (const Term& part : e.parts()) {
    if (shape(part.expr).is_number()) {
      numbers.push_back(part);
    } else if (array || part.inverted) {
      return std::nullopt;
    } else {
      array = part.expr;
    }
  }
  const bool plain = std::all_of(numbers.begin(), numbers.end(),
                                 [](const Term& one) { return one.expr.is(Expr::Kind::number); });
  if (!array || numbers.empty() || plain) return std::nullopt;
  return std::pair{Expr::product(std::move(numbers)), *array};
}

bool ArrayPassing::logarithm(const Expr& argument, const ArrayGradient& g) {
  const auto body_of = [this](const Expr& e) {
    const ArrayDefinition* definition = definition_of(e);
    return definition != nullptr ? definition->definition : e;
  };
  const auto complement = complement_of(argument);
  const Expr& h = complement ? *complement : argument;
  if (is_sigmoid(body_of(h))) {
    const ArrayGradient rest{complement ? h : 1.0 - h, shape(h)};
    to_argument(h, element_product(complement ? negative(g) : g, rest), "log of sigmoid");
    return true;
  }
  if (complement) return false;
  // −log p_c, where p_c is an element or a part of the softmax.
  ArrayGradient whole = spread(g, shape(argument));
  Expr p = argument;
  const std::string name = argument.is(Expr::Kind::symbol) && program_.whole_of
                               ? program_.whole_of(argument.text())
                               : std::string();
  if (!name.empty()) {
    const auto part = part_of(program_, argument.text(), name);
    const auto placed = part ? in_its_place(*part, whole, program_.shapes) : std::nullopt;
    if (!placed) return false;
    p = Expr::symbol(name);
    whole = *placed;
  }
  if (!is_softmax(body_of(p))) return false;
  if (const auto split = number_times_array(whole.expr); split && sums_to_one(split->second)) {
    to_argument(p, times_difference({split->first, {}}, {split->second, shape(p)}, {p, shape(p)}),
                "log of softmax");
    return true;
  }
  to_argument(p, log_softmax_slope(whole, {p, shape(p)}, sums_to_one(rest_of(whole.expr))),
              "log of softmax");
  return true;
}

bool ArrayPassing::log_likelihood(const Expr& a, const Expr& b, const ArrayGradient& g) {
  auto first = weighted_logarithm(a), second = weighted_logarithm(b);
  if (!first || !second) return false;
  if (complement_of(first->argument)) std::swap(first, second);
  const auto h = complement_of(second->argument);
  if (!h || !(*h == first->argument)) return false;
  const auto weight = complement_of(second->weight), other = complement_of(first->weight);
  const bool fits = (weight && *weight == first->weight) || (other && *other == second->weight);
  if (!fits || matters(first->weight)) return false;
  const ArrayDefinition* definition = definition_of(*h);
  if (!is_sigmoid(definition != nullptr ? definition->definition : *h)) return false;
  to_argument(*h, times_difference(g, {first->weight, shape(first->weight)}, {*h, shape(*h)}),
              "log-likelihood of a sigmoid");
  return true;
}

}  // namespace chalkgrad
