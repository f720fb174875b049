#include "tracer/arrays/array_rules.hpp"

#include <algorithm>

#include "tracer/arrays/array_algebra.hpp"
#include "tracer/arrays/array_passing.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

void add_rules(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const std::string& rule : more)
    if (std::find(list.begin(), list.end(), rule) == list.end()) list.push_back(rule);
}

}  // namespace

void Contributions::add(const std::string& symbol, const ArrayGradient& gradient,
                        const Shape& shape, const std::vector<std::string>& rules) {
  Contribution& known = all_[symbol];
  ArrayGradient whole = gradient;
  if (whole.shape.size() == shape.size()) whole.shape = shape;
  known.shape = shape;
  whole.expr = whole.shape.is_number() && !is_of_arrays(whole.expr) ? simplify(whole.expr)
                                                                    : tidy(whole.expr);
  // What is defined first is used first; the sweep comes from the other end.
  known.total = known.total ? sum_of(whole, *known.total) : whole;
  add_rules(known.rules, rules);
}

void Contributions::add_to_argument(const std::string& symbol, const ArrayGradient& gradient,
                                    const std::string& rule) {
  Contribution& known = all_[symbol];
  known.of_argument = known.of_argument ? sum_of(*known.of_argument, gradient) : gradient;
  add_rules(known.rules, {rule});
}

void Contributions::fail(const std::string& symbol, const std::string& why) {
  all_[symbol].has_no_rule = true;
  add_rules(all_[symbol].rules, {why});
}

Contribution Contributions::take(const std::string& symbol) {
  auto node = all_.extract(symbol);
  if (node.empty()) return {};
  Contribution known = std::move(node.mapped());
  // A number or a row beside a whole array goes to each element by itself; alone it is written out.
  if (known.total && known.shape) known.total = spread(*known.total, *known.shape);
  return known;
}

void ArrayRules::pass_on(const ArrayDefinition& definition, const Contribution& known,
                         Contributions& contributions) const {
  ArrayPassing(program_, is_relevant_, definition, contributions).run(known);
}

}  // namespace chalkgrad
