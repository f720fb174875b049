#include "tracer/check/reading/known_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "tracer/arrays/array_algebra.hpp"
#include "tracer/arrays/array_functions.hpp"
#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/problem/array_solution.hpp"

namespace chalkgrad {

KnownArrays::KnownArrays(const Solution& solution, const std::string& output)
    : functions_(solution.problem.functions), output_(output) {
  const Problem& problem = solution.problem;
  for (const auto* list : {&problem.arrays, &problem.array_parts})
    for (const Array& array : *list) {
      if (array.shape.is_number()) continue;
      Known known{.shape = array.shape, .given = !array.definition};
      for (const std::string& name : array.elements) known.elements.push_back(Expr::symbol(name));
      arrays_.emplace(array.shown, std::move(known));
    }
  if (any() && solution.descent) add_states(*solution.descent);
  if (any() && !output.empty()) add_net_inputs(solution);
}

void KnownArrays::add(const std::vector<Family>& families) {
  for (const Family& family : families) {
    Known known{.shape = family.shape, .given = family.given, .family = true};
    for (const std::string& name : family.elements) known.elements.push_back(Expr::symbol(name));
    arrays_.emplace(family.name, std::move(known));
  }
}

/// v_W of an array W, each of whose elements has one.
void KnownArrays::add_states(const Descent& descent) {
  std::unordered_map<std::string_view, const Descent::Parameter*> updated;
  for (const Descent::Parameter& one : descent.parameters) updated[one.name] = &one;
  std::map<std::string, Known> states;
  for (const auto& [name, known] : arrays_) {
    const auto first = updated.find(known.elements.front().text());
    if (first == updated.end()) continue;
    const Descent::Group& group = descent.group_of(*first->second);
    for (std::size_t k = 0; k < group.rule->states.size(); ++k) {
      Known state{.shape = known.shape};
      for (const Expr& element : known.elements) {
        const auto one = updated.find(element.text());
        if (one == updated.end() || one->second->group != first->second->group) break;
        state.elements.push_back(Expr::symbol(one->second->states[k]));
      }
      if (state.elements.size() == known.elements.size())
        states.emplace(fmt::format("{}_{}", group.rule->states[k].symbol, name), std::move(state));
    }
  }
  arrays_.merge(states);
}

/// The sheet's own names: δ_z of z, and net_h, which has a name of its own.
void KnownArrays::add_net_inputs(const Solution& solution) {
  std::vector<std::string> wanted;
  const auto derived = solution.gradients.find(output_);
  if (derived == solution.gradients.end()) return;
  for (const Array& array : solution.problem.arrays)
    if (!array.shape.is_number() && derived->second.contains(array.elements.front()))
      wanted.push_back(array.shown);
  const ArraySolution arrays = solve_over_arrays(solution, output_, wanted);
  for (std::size_t k = 0; k < arrays.derivation.automatic.size(); ++k) {
    const ArrayDefinition& net = arrays.derivation.automatic[k];
    const ArrayDefinition& value = arrays.derivation.rewritten[k];
    const ArrayScope scope{[this](const std::string& symbol) { return of(Expr::symbol(symbol)); },
                           [this](const std::string& name) { return function(name); }};
    try {
      const ArrayValue elements = evaluate_arrays(net.definition, scope);
      Known known{.shape = net.shape, .elements = elements.elements};
      arrays_.emplace(net.symbol, known);
      // ∂E/∂net_h by ∂E/∂h: the slopes of the function between them.
      const ArrayValue outs =
          of(Expr::symbol(value.symbol)).value_or(ArrayValue::number(Expr::symbol(value.symbol)));
      std::vector<Expr> slopes;
      if (value.definition.is(Expr::Kind::call)) {
        const Expr slope =
            slope_of(value.definition.op(), {Expr::symbol("x"), {}}, {Expr::symbol("y"), {}}).expr;
        for (std::size_t i = 0; i < outs.elements.size(); ++i) {
          const Expr here =
              slope.is(Expr::Kind::function)
                  ? evaluate_arrays(with_parts(slope, {{elements.elements[i], false}}), scope)
                        .elements.front()
                  : substitute(slope, [&](const Expr& leaf) {
                      return !leaf.is(Expr::Kind::symbol) ? leaf
                             : leaf.text() == "x"         ? elements.elements[i]
                                                          : outs.elements[i];
                    });
          slopes.push_back(Expr::derivative(output_, outs.elements[i].text()) * here);
        }
      } else if (functions_.contains(value.definition.text())) {
        for (std::size_t i = 0; i < outs.elements.size(); ++i) {
          const Expr slope =
              Expr::function(value.definition.text() + "′", {{elements.elements[i], false}});
          slopes.push_back(Expr::derivative(output_, outs.elements[i].text()) *
                           evaluate_arrays(slope, scope).elements.front());
        }
      } else if (value.definition.text() == "softmax") {
        std::vector<Expr> upstream;
        for (const Expr& p : outs.elements) upstream.push_back(Expr::derivative(output_, p.text()));
        const ArrayGradient gradient =
            softmax_slope({array_of(net.shape, std::move(upstream)), net.shape},
                          {array_of(net.shape, outs.elements), net.shape});
        slopes = evaluate_arrays(gradient.expr, scope).elements;
      }
      if (!slopes.empty()) arrays_[net.symbol].slopes = std::move(slopes);
    } catch (const SyntaxError&) {
      // What has no rule over arrays has no name either.
    }
  }
  for (const ArrayStep& step : arrays.derivation.deltas) {
    const auto known = arrays_.find(step.symbol);
    if (known != arrays_.end() && known->second.slopes) {
      deltas_.emplace(step.name, Expr::symbol(step.name));
      deltas_of_net_inputs_[step.name] = {known->second.shape, *known->second.slopes};
    } else {
      deltas_.emplace(step.name, Expr::derivative(output_, step.symbol));
    }
  }
}

const ArrayValue* KnownArrays::delta_of_net_input(const std::string& symbol) const {
  const auto found = deltas_of_net_inputs_.find(symbol);
  return found == deltas_of_net_inputs_.end() ? nullptr : &found->second;
}

std::vector<std::string> KnownArrays::names() const {
  std::vector<std::string> list;
  for (const auto& [name, known] : arrays_) list.push_back(name);
  return list;
}

bool KnownArrays::is_given(const std::string& name) const {
  const auto found = arrays_.find(name);
  return found != arrays_.end() && found->second.given;
}

bool KnownArrays::is_family(const std::string& name) const {
  const auto found = arrays_.find(name);
  return found != arrays_.end() && found->second.family;
}

std::optional<ArrayValue> KnownArrays::of(const Expr& leaf) const {
  const bool derivative = leaf.is(Expr::Kind::derivative);
  std::string name = derivative ? leaf.wrt() : leaf.text(), mark, before;
  if (!derivative && name.ends_with(updated_mark)) {
    mark = updated_mark;
    name.resize(name.size() - updated_mark.size());
  }
  if (!derivative && name.starts_with(change_mark)) {
    before = change_mark;
    name.erase(0, change_mark.size());
  }
  const auto found = arrays_.find(name);
  if (found == arrays_.end()) return std::nullopt;
  const Known& known = found->second;
  ArrayValue value{known.shape, {}};
  for (std::size_t i = 0; i < known.elements.size(); ++i) {
    const Expr& element = known.elements[i];
    if (derivative && known.slopes && leaf.text() == output_) {
      value.elements.push_back((*known.slopes)[i]);
    } else if (derivative) {
      if (!element.is(Expr::Kind::symbol)) return std::nullopt;
      value.elements.push_back(Expr::derivative(leaf.text(), element.text(), leaf.direct()));
    } else {
      const bool plain = mark.empty() && before.empty();
      value.elements.push_back(plain ? element : Expr::symbol(before + element.text() + mark));
    }
  }
  return value;
}

std::optional<Expr> KnownArrays::element(const Token& name,
                                         const std::vector<ArrayIndex>& indices) const {
  const auto whole = of(Expr::symbol(name.text));
  if (!whole) return std::nullopt;
  const Shape& shape = whole->shape;
  if (indices.size() > (shape.is_vector() ? 1U : 2U)) return std::nullopt;
  std::vector<Expr> part;
  const auto range = [&](std::size_t k, std::size_t length) {
    ArrayIndex one = k < indices.size() ? indices[k] : ArrayIndex{.all = true};
    if (one.all) return std::pair<std::size_t, std::size_t>(1, length);
    if (one.first < 1 || one.last > length)
      throw SyntaxError(name.span, fmt::format("'{}' is {}", name.text, describe(shape)));
    return std::pair(one.first, one.last);
  };
  const auto [top, bottom] = range(0, shape.rows);
  const auto [left, right] = range(1, shape.columns);
  for (std::size_t row = top; row <= bottom; ++row)
    for (std::size_t column = left; column <= right; ++column)
      part.push_back(whole->elements[(row - 1) * shape.columns + column - 1]);
  if (part.size() == 1) return part.front();
  const bool vector = top == bottom || left == right;
  return Expr::matrix(std::move(part), vector ? 0 : right - left + 1);
}

bool KnownArrays::are_columns(std::size_t rows) const {
  bool columns = false;
  for (const auto& [name, known] : arrays_) {
    if (known.shape.rows != rows || known.shape.columns != 1) continue;
    if (known.shape.is_vector()) return false;
    columns = true;
  }
  return columns;
}

bool KnownArrays::is_function(const std::string& name) const {
  return is_array_function(name) || functions_.contains(name);
}

const FunctionBody* KnownArrays::function(const std::string& name) const {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : &found->second;
}

}  // namespace chalkgrad
