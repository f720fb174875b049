#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/ops.hpp"
#include "tracer/derivation/differentiate.hpp"
#include "tracer/derivation/own_value.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/simplify.hpp"
#include "tracer/problem/array_solution.hpp"
#include "tracer/sheet/sections/array_rows.hpp"

namespace chalkgrad {

namespace {

/// What is differentiated by in one output: arrays of which all elements are asked for, and the
/// other quantities.
struct Asked {
  std::vector<std::string> symbols{};   ///< in the order in which they are asked for
  std::vector<std::string> elements{};  ///< single ones, of arrays that are asked for or not
};

Asked asked_of(const SheetContext& sheet, const DerivedOutput& output) {
  const ArraysByElement arrays(sheet.solution.problem);
  std::set<std::string> names;
  for (const QuantityIndex x : output.xs) names.insert(sheet.quantities[x].name);
  std::map<const Array*, bool> known;
  const auto is_whole = [&](const Array& array) {
    const auto found = known.find(&array);
    if (found != known.end()) return found->second;
    return known[&array] =
               std::all_of(array.elements.begin(), array.elements.end(),
                           [&](const std::string& name) { return names.contains(name); });
  };
  Asked asked;
  std::set<std::string> listed;
  for (const QuantityIndex x : output.xs) {
    const std::string& name = sheet.quantities[x].name;
    const Array* array = arrays.find(name);
    if (array != nullptr && !is_whole(*array)) asked.elements.push_back(name);
    const std::string& symbol = array == nullptr ? name : array->shown;
    if (listed.insert(symbol).second) asked.symbols.push_back(symbol);
  }
  return asked;
}

/// relu′(z) = (1 if z > 0, else 0), for the derivatives that stand in formulas by that name.
class SlopeNames {
 public:
  void find(const Expr& e) {
    if (e.is(Expr::Kind::function) && e.text().ends_with("′")) names_.insert(e.text());
    for (const Term& part : e.parts()) find(part.expr);
  }

  [[nodiscard]] Group definitions(const SheetContext& sheet) const {
    Group group;
    const Expr z = Expr::symbol(unused_letter(sheet));
    for (const std::string& name : names_) {
      const std::string function = name.substr(0, name.size() - std::string_view("′").size());
      if (add_own(function, z, sheet, group)) continue;
      const auto op = function_named(function);
      if (!op || arity_of(*op) != 1) continue;
      Row row{.left = Expr::function(name, {{z, false}})};
      with_operation(*op, [&]<class O>(O) {
        if constexpr (is_unary<O>) row.sides.push_back({O::derivative(z, Expr::call(*op, {z}))});
        if constexpr (requires { O::convention; })
          if (is_used(sheet, O::convention)) row.sides.back().remark = {std::string(O::convention)};
      });
      group.push_back(std::move(row));
    }
    return group;
  }

 private:
  static bool mentions(const Expr& e, const Expr& name) {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) { found = found || leaf == name; });
    return found;
  }

  /// Whether some element is at the kink.
  static bool is_used(const SheetContext& sheet, std::string_view convention) {
    const auto& steps = sheet.solution.derivation.steps;
    return std::any_of(steps.begin(), steps.end(), [convention](const Step& step) {
      return std::find(step.conventions.begin(), step.conventions.end(), convention) !=
             step.conventions.end();
    });
  }

  /// act(z) = z·σ(k·z) and act′(z), of a function of the file.
  static bool add_own(const std::string& name, const Expr& z, const SheetContext& sheet,
                      Group& group) {
    const auto& functions = sheet.solution.problem.functions;
    const auto own = functions.find(name);
    if (own == functions.end() || own->second.parameters.size() != 1) return false;
    const Expr parameter = Expr::symbol(own->second.parameters[0]);
    const Expr body = substitute(own->second.body,
                                 [&](const Expr& leaf) { return leaf == parameter ? z : leaf; });
    Expr slope = simplify(
        differentiate(body, [&](const Expr& leaf) { return Expr(leaf == z ? 1.0 : 0.0); }));
    const Expr own_value = Expr::symbol(name);
    // Of any z, also where a factor of the function is 0: none that divides by one.
    if (const auto shorter = through_own_value(body, own_value, z, slope);
        shorter && !mentions(*shorter, z))
      slope = substitute(*shorter, [&](const Expr& leaf) {
        return leaf == own_value ? Expr::function(name, {{z, false}}) : leaf;
      });
    for (const auto& [left, side] : {std::pair(name, body), std::pair(name + "′", slope)}) {
      Row row{.left = Expr::function(left, {{z, false}})};
      row.sides.push_back({side});
      group.push_back(std::move(row));
    }
    return true;
  }

  std::set<std::string> names_;
};

class MatrixRows {
 public:
  MatrixRows(const SheetContext& sheet, const DerivedOutput& output, Figures& figures,
             std::size_t& count)
      : sheet_{sheet.solution, sheet.quantities, sheet.options, figures},
        figures_(figures),
        y_(sheet.quantities[output.y].name),
        asked_(asked_of(sheet, output)),
        arrays_(solve_over_arrays(sheet.solution, y_, asked_.symbols)),
        count_(count) {
    for (const Array& array : sheet.solution.problem.arrays) shapes_[array.shown] = array.shape;
    for (const Array& part : sheet.solution.problem.array_parts) shapes_[part.shown] = part.shape;
    for (const ArrayDefinition& one : arrays_.derivation.automatic) shapes_[one.symbol] = one.shape;
    for (const ArrayStep& step : arrays_.derivation.deltas) shapes_[step.name] = step.shape;
  }

  std::vector<Section> sections() {
    Group automatic = net_inputs(), deltas, gradients;
    for (const ArrayStep& step : arrays_.derivation.deltas) deltas.push_back(delta_row(step));
    for (std::size_t i = 0; i < arrays_.derivation.gradients.size(); ++i) {
      const ArrayStep& step = arrays_.derivation.gradients[i];
      gradients.push_back(
          gradient_row(step, value_figure(step.shape, arrays_.gradients[i], step.formula)));
    }
    for (const std::string& element : asked_.elements) gradients.push_back(element_row(element));
    std::vector<Section> sections;
    Section sweep{"Reverse sweep", {}};
    if (Group slopes = slopes_.definitions(sheet_); !slopes.empty())
      sweep.parts.emplace_back(std::move(slopes));
    if (!automatic.empty()) sweep.parts.emplace_back(std::move(automatic));
    if (!deltas.empty()) sweep.parts.emplace_back(std::move(deltas));
    if (!sweep.parts.empty()) sections.push_back(std::move(sweep));
    sections.push_back({"Derivatives", {}});
    sections.back().parts.emplace_back(std::move(gradients));
    return sections;
  }

 private:
  std::string label() { return fmt::format("B{}", ++count_); }

  /// With Carry::rounded from the figures before it.
  Figure value_figure(const Shape& shape, const std::vector<double>& exact,
                      const std::optional<Expr>& formula) const {
    std::vector<double> values = exact;
    if (formula && !sheet_.carries_exact())
      if (const auto numbers = figures_.with_figures(*formula, {std::nan(""), 0}))
        values = evaluate_over_arrays(
            *numbers, {}, [](const std::string&) { return nullptr; },
            sheet_.solution.problem.functions);
    Figure whole{0.0, values.size() == shape.size(), false};
    std::vector<Expr> elements;
    for (const double value : values) {
      const Figure figure = figures_.show(value);
      whole.known = whole.known && figure.known;
      whole.rounded = whole.rounded || figure.rounded;
      elements.push_back(figure.number);
    }
    if (whole.known) whole.number = array_of(shape, std::move(elements));
    return whole;
  }

  Group net_inputs() {
    Group group;
    for (const ArrayDefinition& one : arrays_.derivation.automatic) {
      RowBuilder row(sheet_, Expr::symbol(one.symbol), label());
      row.side(one.definition, false, {std::string("the net input, by a name of its own")});
      const Figure value = value_figure(one.shape, arrays_.values[one.symbol], one.definition);
      add_worked_out(row, sheet_, one.definition, value, one.shape);
      figures_.define(one.symbol, value);
      group.push_back(row.row());
    }
    return group;
  }

  /// f′(z) worked out of all digits of z, where all digits are carried.
  Expr with_exact_slopes(const Expr& e) const {
    if (e.parts().empty() || !sheet_.carries_exact()) return e;
    if (!e.is(Expr::Kind::function) || !e.text().ends_with("′")) {
      std::vector<Term> parts;
      for (const Term& part : e.parts())
        parts.push_back({with_exact_slopes(part.expr), part.inverted});
      return with_parts(e, std::move(parts));
    }
    try {
      ArrayValue slopes = array_over_arrays(
          e, shapes_, [this](const std::string& symbol) { return arrays_.find(symbol); },
          sheet_.solution.problem.functions);
      for (Expr& slope : slopes.elements) {
        const Figure shown = figures_.show(slope.value());
        if (!shown.known) return e;
        slope = shown.number;
      }
      return array_of(slopes.shape, std::move(slopes.elements));
    } catch (const SyntaxError&) {
      return e;  // of something that is no array
    }
  }

  static Remark rules_of(const ArrayStep& step) {
    if (step.rules.empty()) return {};
    return {fmt::format("{}", fmt::join(step.rules, ", "))};
  }

  void add_formula(RowBuilder& row, const ArrayStep& step, const Figure& value) {
    if (!step.formula) {
      Remark remark = rules_of(step);
      if (remark.empty()) remark = {std::string("element by element: --style textbook")};
      if (value.known && !is_too_large(step.shape)) {
        row.side(value.number, value.rounded, std::move(remark));
      } else {
        row.remark(std::move(remark));
      }
      return;
    }
    slopes_.find(*step.formula);
    row.side(*step.formula, false, rules_of(step));
    add_worked_out(row, sheet_, with_exact_slopes(*step.formula), value, step.shape);
  }

  Row delta_row(const ArrayStep& step) {
    RowBuilder row(sheet_, Expr::symbol(step.name), label());
    row.side(Expr::derivative(y_, step.symbol));
    const Figure value = value_figure(step.shape, arrays_.values[step.name], step.formula);
    add_formula(row, step, value);
    figures_.define(step.name, value);
    return row.row();
  }

  Row gradient_row(const ArrayStep& step, const Figure& value) {
    RowBuilder row(sheet_, Expr::derivative(y_, step.symbol), label());
    add_formula(row, step, value);
    return row.row();
  }

  /// ∂E/∂w12, an element of ∂E/∂W.
  Row element_row(const std::string& name) {
    RowBuilder row(sheet_, Expr::derivative(y_, name), label());
    const Figure value = figures_.show(sheet_.solution.gradients.at(y_).at(name));
    if (value.known)
      row.side(value.number, value.rounded, {std::string("an element of the array above")});
    return row.row();
  }

  SheetContext sheet_;
  Figures& figures_;
  std::string y_;
  Asked asked_;
  ArraySolution arrays_;
  std::map<std::string, Shape> shapes_;
  SlopeNames slopes_;
  std::size_t& count_;
};

}  // namespace

std::vector<Section> matrix_sections(const SheetContext& sheet) {
  std::vector<Section> sections;
  std::size_t count = 0;
  for (const DerivedOutput& output : derived_outputs(sheet)) {
    Figures figures = sheet.figures;  // each output has deltas of its own
    for (Section& section : MatrixRows(sheet, output, figures, count).sections())
      sections.push_back(std::move(section));
  }
  return sections;
}

}  // namespace chalkgrad
