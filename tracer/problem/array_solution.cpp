#include "tracer/problem/array_solution.hpp"

#include <algorithm>
#include <cmath>

#include "tracer/derivation/partial_sweep.hpp"

namespace chalkgrad {

namespace {

/// Where an array or quantity is computed: behind what it needs.
struct Placed {
  std::size_t position = 0;
  ArrayDefinition definition{};
};

class ArraySolver {
 public:
  ArraySolver(const Solution& solution, std::string y) : solution_(solution), y_(std::move(y)) {
    for (const auto* arrays : {&problem().arrays, &problem().array_parts})
      for (const Array& array : *arrays) known_[array.shown] = &array;
  }

  ArraySolution run(const std::vector<std::string>& wanted) {
    result_.derivation = derive_arrays(program(), y_, wanted);
    for (const auto& [symbol, array] : known_) {
      shapes_[symbol] = array->shape;
      for (const std::string& name : array->elements)
        result_.values[symbol].push_back(value_of_quantity(name));
    }
    for (const ArrayDefinition& one : result_.derivation.automatic) {
      shapes_[one.symbol] = one.shape;
      result_.values[one.symbol] = worked_out(one.definition).value_or(std::vector<double>());
    }
    for (ArrayStep& step : result_.derivation.deltas) {
      shapes_[step.name] = step.shape;
      result_.values[step.name] = value_of(step);
    }
    for (ArrayStep& step : result_.derivation.gradients)
      result_.gradients.push_back(value_of(step));
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Problem& problem() const { return solution_.problem; }
  [[nodiscard]] const Graph& graph() const { return *solution_.evaluation.graph; }

  ArrayProgram program() {
    ArrayProgram program;
    std::map<std::string, std::size_t> position;
    for (std::size_t k = 0; k < problem().order.size(); ++k)
      position[problem().items[problem().order[k]].name] = k;
    std::vector<Placed> placed;
    std::set<std::string> elements;
    for (const Array& array : problem().arrays) {
      if (array.shape.is_number()) continue;
      program.shapes[array.shown] = array.shape;
      for (const std::string& name : array.elements) whole_of_[name] = array.shown;
      if (!array.definition) continue;
      Placed one{0, {array.shown, array.shape, *array.definition}};
      for (const std::string& name : array.elements) {
        one.position = std::max(one.position, position[name]);
        elements.insert(name);
      }
      placed.push_back(std::move(one));
    }
    for (const Array& part : problem().array_parts) {
      program.shapes[part.shown] = part.shape;
      const auto whole = whole_of_.find(part.elements.front());
      if (whole != whole_of_.end() && !whole_of_.contains(part.shown))
        whole_of_[part.shown] = whole->second;
    }
    for (const Item& item : problem().items)
      if (item.definition && !elements.contains(item.name))
        placed.push_back({position[item.name],
                          {item.name, {}, item.of_arrays ? *item.of_arrays : *item.definition}});
    std::sort(placed.begin(), placed.end(),
              [](const Placed& a, const Placed& b) { return a.position < b.position; });
    for (Placed& one : placed) program.definitions.push_back(std::move(one.definition));
    program.functions = problem().functions;
    program.whole_of = [this](const std::string& symbol) {
      const auto found = whole_of_.find(symbol);
      return found == whole_of_.end() ? std::string() : found->second;
    };
    program.elements_of = [this](const std::string& symbol) {
      const auto found = known_.find(symbol);
      return found == known_.end() ? std::vector<std::string>() : found->second->elements;
    };
    program.sums_to_one = [this](const std::string& symbol) { return sums_to_one(symbol); };
    program.is_taken = [this](const std::string& name) {
      return problem().find(name) != nullptr || known_.contains(name);
    };
    return program;
  }

  /// The numbers of a vector, or of each row.
  [[nodiscard]] bool sums_to_one(const std::string& symbol) const {
    const auto found = known_.find(symbol);
    if (found == known_.end()) return false;
    const Array& array = *found->second;
    const std::size_t row = array.shape.is_matrix() ? array.shape.columns : array.shape.size();
    for (std::size_t begin = 0; begin < array.elements.size(); begin += row) {
      double sum = 0;
      for (std::size_t i = begin; i < begin + row; ++i) sum += value_of_quantity(array.elements[i]);
      constexpr double noise = 1e-12;
      if (!(std::abs(sum - 1) < noise)) return false;
    }
    return true;
  }

  [[nodiscard]] double value_of_quantity(const std::string& name) const {
    const auto i = solution_.quantities->find(name);
    return i ? (*solution_.quantities)[*i].value : std::nan("");
  }

  std::optional<std::vector<double>> worked_out(const Expr& e) {
    const auto value = [this](const std::string& symbol) -> const std::vector<double>* {
      if (const auto found = result_.values.find(symbol); found != result_.values.end())
        return &found->second;
      if (const auto i = solution_.quantities->find(symbol))
        return &(single_[symbol] = {(*solution_.quantities)[*i].value});
      return nullptr;
    };
    try {
      return evaluate_over_arrays(e, shapes_, value, problem().functions);
    } catch (const SyntaxError&) {
      return std::nullopt;
    }
  }

  /// By the formula; and that held against the engine, where the elements are quantities.
  std::vector<double> value_of(ArrayStep& step) {
    auto by_formula = step.formula ? worked_out(*step.formula) : std::nullopt;
    auto swept = by_the_engine(step.symbol);
    if (by_formula && by_formula->size() != step.shape.size()) by_formula.reset();
    if (by_formula && swept && !agree(*by_formula, *swept)) by_formula.reset();
    if (!by_formula) step.formula.reset();
    if (swept) return *swept;
    return by_formula.value_or(std::vector<double>(step.shape.size(), std::nan("")));
  }

  std::optional<std::vector<double>> by_the_engine(const std::string& symbol) {
    const auto found = known_.find(symbol);
    std::vector<std::string> names = {symbol};
    if (found != known_.end()) names = found->second->elements;
    std::vector<double> values;
    for (const std::string& name : names) {
      if (problem().find(name) == nullptr) return std::nullopt;
      if (!sweep_) sweep_.emplace(graph(), graph().find(y_));
      values.push_back((*sweep_)[graph().find(name)]);
    }
    return values;
  }

  static bool agree(const std::vector<double>& a, const std::vector<double>& b) {
    // Where everything cancels, as for the sum of a softmax, there is rounding noise alone.
    constexpr double noise = 1e-9, nothing = 1e-15;
    double largest = 0;
    for (const double one : b) largest = std::max(largest, std::abs(one));
    for (std::size_t i = 0; i < a.size(); ++i)
      // What is not known may still be 0 where it does not matter.
      if (std::isfinite(b[i]) && !(std::isnan(a[i]) && b[i] == 0) &&
          !(std::abs(a[i] - b[i]) <= noise * (largest + std::abs(b[i])) + nothing))
        return false;
    return true;
  }

  const Solution& solution_;
  std::string y_;
  std::map<std::string, const Array*> known_;
  std::map<std::string, std::string> whole_of_;
  std::map<std::string, Shape> shapes_;
  std::map<std::string, std::vector<double>> single_;
  std::optional<PartialSweep> sweep_;
  ArraySolution result_;
};

}  // namespace

const std::vector<double>* ArraySolution::find(const std::string& symbol) const {
  const auto found = values.find(symbol);
  return found == values.end() ? nullptr : &found->second;
}

ArraySolution solve_over_arrays(const Solution& solution, const std::string& y,
                                const std::vector<std::string>& wanted) {
  return ArraySolver(solution, y).run(wanted);
}

ArrayValue array_over_arrays(
    const Expr& e, const std::map<std::string, Shape>& shapes,
    const std::function<const std::vector<double>*(const std::string&)>& value_of,
    const std::map<std::string, FunctionBody>& functions) {
  const ArrayScope scope{[&](const std::string& symbol) -> std::optional<ArrayValue> {
                           const std::vector<double>* values = value_of(symbol);
                           if (values == nullptr) return std::nullopt;
                           const auto shape = shapes.find(symbol);
                           ArrayValue array{shape == shapes.end() ? Shape{} : shape->second, {}};
                           for (const double value : *values) array.elements.emplace_back(value);
                           return array;
                         },
                         [&](const std::string& name) {
                           const auto found = functions.find(name);
                           return found == functions.end() ? nullptr : &found->second;
                         }};
  ArrayValue result = evaluate_arrays(e, scope);
  for (Expr& element : result.elements) {
    element = evaluate_with_error(element, [](const Expr& leaf) {
                return leaf.is(Expr::Kind::number) ? literal(leaf.value())
                                                   : Approximation{std::nan(""), 0};
              }).value;
  }
  return result;
}

std::vector<double> evaluate_over_arrays(
    const Expr& e, const std::map<std::string, Shape>& shapes,
    const std::function<const std::vector<double>*(const std::string&)>& value_of,
    const std::map<std::string, FunctionBody>& functions) {
  std::vector<double> result;
  for (const Expr& element : array_over_arrays(e, shapes, value_of, functions).elements)
    result.push_back(element.value());
  return result;
}

}  // namespace chalkgrad
