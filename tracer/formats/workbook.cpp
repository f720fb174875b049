#include "tracer/formats/workbook.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <unordered_map>

#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/spreadsheet.hpp"

namespace chalkgrad {

namespace {

// What Excel can hold; other programs hold no less.
constexpr std::size_t longest_cell_formula = 8192, longest_cell_text = 32767, most_rows = 1048576;

/// As many digits as a sheet would show, also of numbers that are exact with fewer: they change.
std::string cell_format(double value, const Numerals& numerals) {
  const std::string shown = numerals.show(value).text;
  if (const auto exponent = shown.find('e'); exponent != std::string::npos) {
    const auto point = shown.find('.');
    const std::size_t decimals = point < exponent ? exponent - point - 1 : 0;
    return fmt::format("0{}{}E+00", decimals > 0 ? "." : "", std::string(decimals, '0'));
  }
  const int significant = numerals.count - 1 - Decimal::shortest(value).magnitude();
  const int decimals = numerals.precision == Precision::decimals ? numerals.count
                       : numerals.precision == Precision::digits
                           ? std::max(numerals.count, significant)
                           : std::max(0, significant);
  return decimals == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(decimals), '0');
}

class WorkbookMaker {
 public:
  WorkbookMaker(const Solution& solution, const Numerals& numerals)
      : solution_(solution), quantities_(*solution.quantities), numerals_(numerals) {}

  Workbook run() {
    refuse_what_has_no_number();
    workbook_.title = solution_.problem.title;
    add_given();
    add_forward_pass();
    add_derivatives();
    if (solution_.descent) {
      add_update();
      add_forward_pass_after();
    }
    if (workbook_.rows.size() + Workbook::first_row > most_rows)
      throw SheetTooLong(fmt::format("a spreadsheet has {} rows, and this one would have {}",
                                     most_rows, workbook_.rows.size() + Workbook::first_row));
    write_formulas();
    return std::move(workbook_);
  }

 private:
  using Kind = Workbook::Row::Kind;

  void refuse_what_has_no_number() const {
    for (QuantityIndex i = 0; i < quantities_.size(); ++i)
      if (!std::isfinite(quantities_[i].value))
        throw UsageError(
            fmt::format("a spreadsheet needs numbers, and '{}' has none", quantities_[i].name));
  }

  void add_heading(std::string text) {
    workbook_.rows.push_back({.name = std::move(text)});
    formulas_.emplace_back();
  }

  /// A row for what `symbol` stands for, unless there is one.
  void add(const Expr& symbol, Workbook::Row row, std::optional<Expr> formula) {
    if (!places_.try_emplace(print(symbol), workbook_.rows.size()).second) return;
    row.name = print(symbol);
    if (row.kind == Kind::computed) row.number_format = cell_format(row.value, numerals_);
    if (formula && row.written.empty()) row.written = print(*formula);
    workbook_.rows.push_back(std::move(row));
    formulas_.push_back(std::move(formula));
  }

  void add_given() {
    add_heading("Given");
    for (const Role role : {Role::input, Role::weight, Role::bias, Role::target, Role::constant})
      for (const Item& item : solution_.problem.items) {
        if (item.role != role) continue;
        // 1/3 is a formula of its own.
        std::optional<Expr> written;
        if (item.written && !is_of_arrays(*item.written)) written = item.written;
        add(Expr::symbol(item.name),
            {.kind = Kind::given,
             .value = item.number->value(),
             .remark = std::string(role_name(role))},
            std::move(written));
      }
    if (!solution_.descent) return;
    for (const Coefficient& one : solution_.descent->coefficients())
      if (one.written.is(Expr::Kind::number))
        add(one.symbol, {.kind = Kind::given, .value = one.value, .remark = one.label},
            std::nullopt);
  }

  /// Nothing of a quantity that is given.
  [[nodiscard]] std::optional<Expr> definition_of(QuantityIndex i) const {
    const Item* item = solution_.problem.find(quantities_[i].name);
    if (item != nullptr && !item->definition) return std::nullopt;
    if (item != nullptr && quantities_[i].given) return item->definition;
    return quantities_.definition(i);
  }

  void add_forward_pass() {
    add_heading("Forward pass");
    std::set<std::string_view> results;
    for (const StepIndex i : solution_.derived) results.insert(solution_.derivation.steps[i].of);
    for (QuantityIndex i = 0; i < quantities_.size(); ++i)
      if (auto definition = definition_of(i);
          definition && !solution_.problem.auxiliary.contains(quantities_[i].name))
        add(Expr::symbol(quantities_[i].name),
            {.kind = Kind::computed,
             .value = quantities_[i].value,
             .is_result = results.contains(quantities_[i].name)},
            std::move(definition));
  }

  /// What is asked for in its order, each behind the steps it uses that were not there yet.
  void add_derivatives() {
    const std::vector<Step>& steps = solution_.derivation.steps;
    std::vector<StepIndex> asked = solution_.derived;
    asked.insert(asked.end(), solution_.needed_for_update.begin(),
                 solution_.needed_for_update.end());
    if (asked.empty()) return;
    add_heading("Derivatives");
    const std::set<StepIndex> results(asked.begin(), asked.end());
    std::vector<bool> opened(steps.size());
    std::vector<StepIndex> open(asked.rbegin(), asked.rend());
    while (!open.empty()) {
      const StepIndex i = open.back();
      if (opened[i]) {
        open.pop_back();
        add_derivative(steps[i], results.contains(i));
        continue;
      }
      opened[i] = true;
      for (auto product = steps[i].products.rbegin(); product != steps[i].products.rend();
           ++product)
        for (auto factor = product->factors.rbegin(); factor != product->factors.rend(); ++factor)
          if (!opened[*factor] && !steps[*factor].written_in_place) open.push_back(*factor);
    }
  }

  void add_derivative(const Step& step, bool is_result) {
    std::string remark(rule_name(step.rule));
    if (remark.empty()) remark = fmt::format("{}", fmt::join(step.rules, ", "));
    add(step.symbol(),
        {.kind = Kind::computed,
         .value = step.value,
         .remark = std::move(remark),
         .is_result = is_result},
        step.products.empty() ? step.simplified : solution_.derivation.statement(step));
  }

  static Expr updated(const std::string& name) {
    return Expr::symbol(name + std::string(updated_mark));
  }

  void add_update() {
    add_heading("Update");
    for (std::size_t i = 0; i < solution_.updates.size(); ++i) {
      const Update& update = solution_.updates[i];
      const Descent::Parameter& parameter = solution_.descent->parameters[i];
      const FirstStep step = first_step(*solution_.descent, parameter);
      for (std::size_t k = 0; k < step.states.size(); ++k)
        add(Expr::symbol(parameter.states[k]),
            {.kind = Kind::computed, .value = update.states[k].value}, step.states[k]);
      add(updated(update.parameter),
          {.kind = Kind::computed, .value = update.after, .is_result = true}, step.after);
    }
  }

  /// What depends on the parameters once more, with those that the step has led to; if all of it
  /// has a value there.
  void add_forward_pass_after() {
    if (!solution_.after) return;
    struct Moved {
      QuantityIndex quantity;
      Expr formula;
      double value;
    };
    std::unordered_map<std::string, double> values;
    for (const Update& update : solution_.updates) values[update.parameter] = update.after;
    std::vector<Moved> moved;
    for (QuantityIndex i = 0; i < quantities_.size(); ++i) {
      const auto definition = definition_of(i);
      if (!definition || solution_.problem.auxiliary.contains(quantities_[i].name)) continue;
      bool moves = false;
      const Expr formula = substitute(*definition, [&](const Expr& leaf) {
        if (!leaf.is(Expr::Kind::symbol) || !values.contains(leaf.text())) return leaf;
        moves = true;
        return updated(leaf.text());
      });
      if (!moves) continue;
      const double value = evaluate(*definition, [&](const Expr& leaf) {
        const auto found = values.find(leaf.text());
        return found != values.end() ? found->second : value_at(leaf);
      });
      if (!std::isfinite(value)) return;
      values[quantities_[i].name] = value;
      moved.push_back({i, formula, value});
    }
    if (moved.empty()) return;
    add_heading("Forward pass after the update");
    for (Moved& one : moved)
      add(updated(quantities_[one.quantity].name), {.kind = Kind::computed, .value = one.value},
          std::move(one.formula));
  }

  [[nodiscard]] double value_at(const Expr& leaf) const {
    return leaf.is(Expr::Kind::number) ? leaf.value()
                                       : workbook_.rows[places_.at(print(leaf))].value;
  }

  [[nodiscard]] std::string cell_of(const Expr& leaf) const {
    return fmt::format("{}{}", Workbook::value_column,
                       places_.at(print(leaf)) + Workbook::first_row);
  }

  /// When it is known where everything stands. What a spreadsheet could not carry out, as e^800 on
  /// the way to a 0, stays a number.
  void write_formulas() {
    for (std::size_t i = 0; i < formulas_.size(); ++i) {
      Workbook::Row& row = workbook_.rows[i];
      if (!formulas_[i]) continue;
      if (!is_computable_in_cells(*formulas_[i],
                                  [this](const Expr& leaf) { return value_at(leaf); })) {
        row.remark = "a number: what leads to it is too large for a spreadsheet";
        continue;
      }
      row.formula =
          spreadsheet_formula(*formulas_[i], [this](const Expr& leaf) { return cell_of(leaf); });
      if (row.formula.size() >= longest_cell_formula || row.written.size() > longest_cell_text)
        throw SheetTooLong(
            fmt::format("the formula of '{}' is longer than the {} characters that "
                        "a cell of a spreadsheet can have",
                        row.name, longest_cell_formula));
    }
  }

  const Solution& solution_;
  const Quantities& quantities_;
  const Numerals& numerals_;
  Workbook workbook_;
  std::vector<std::optional<Expr>> formulas_;            ///< of the rows
  std::unordered_map<std::string, std::size_t> places_;  ///< of rows, by what they are about
};

}  // namespace

Workbook make_workbook(const Solution& solution, const SheetOptions& options) {
  return WorkbookMaker(solution, options.numerals).run();
}

}  // namespace chalkgrad
