#include "tracer/sheet/sections/derivation_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/sheet/sections/decided_reason.hpp"

namespace chalkgrad {

namespace {

/// "E_o2 does not depend on out_o1", about the terms of a sum that a folded step leaves out.
Remark independence(const Expr& sum, const std::string& folded, const std::string& x) {
  constexpr std::size_t most = 3;
  std::vector<Expr> terms;
  bool all_literals = true;
  for (const Term& term : sum.parts()) {
    if (term.expr.is(Expr::Kind::symbol) && term.expr.text() == folded) continue;
    all_literals = all_literals && term.expr.is(Expr::Kind::number);
    if (terms.size() <= most) terms.push_back(term.expr);
    if (terms.size() > most && !all_literals) break;
  }
  if (all_literals) return {};
  if (terms.size() > most) return {"the other terms do not depend on ", Expr::symbol(x)};
  Remark remark;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i > 0) remark.emplace_back(i + 1 == terms.size() ? " and " : ", ");
    remark.emplace_back(terms[i]);
  }
  remark.emplace_back(terms.size() == 1 ? " does not depend on " : " do not depend on ");
  remark.emplace_back(Expr::symbol(x));
  return remark;
}

Remark joined_words(const std::vector<std::string>& list) {
  return list.empty() ? Remark{} : Remark{fmt::format("{}", fmt::join(list, ", "))};
}

/// The literal that a figure is, or the symbol in its place while nothing is known; of a term that
/// is written in place its numbers.
Expr number_of(const Figures& figures, const Derivation& derivation, StepIndex i) {
  const Figure& figure = figures.of_step(i);
  const Step& step = derivation.steps[i];
  if (figure.known && step.written_in_place)
    if (const auto numbers = figures.with_figures(step.simplified, {step.value, step.error}))
      return *numbers;
  return figure.known ? figure.number : derivation.steps[i].symbol();
}

}  // namespace

std::string DerivationRows::label(StepIndex step) const {
  return step < numbers_.size() && numbers_[step] != 0 ? fmt::format("B{}", numbers_[step]) : "";
}

std::vector<Group> DerivationRows::in_full(const std::vector<StepIndex>& roots) {
  find_first_sample(roots);
  const Arrangement arrangement = arrange(derivation_, roots, [this](StepIndex index) {
    return is_by_numbers(derivation_.steps[index], index);
  });
  numbers_ = arrangement.numbers;
  std::vector<Group> groups;
  for (const Block& block : arrangement.blocks) {
    Group group;
    for (const Entry& entry : block.entries) {
      Row row = entry_row(entry);
      if (!row.sides.empty()) group.push_back(std::move(row));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

Group DerivationRows::in_brief(const std::vector<StepIndex>& roots, bool with_statement) {
  find_first_sample(roots);
  shown_in_brief_.resize(derivation_.steps.size());
  std::vector<bool> is_root(derivation_.steps.size());
  for (const StepIndex root : roots) is_root[root] = true;
  Group group;
  for (const StepIndex index : needed_steps(derivation_, roots)) {
    if (shown_in_brief_[index] || !label(index).empty()) continue;
    if (!is_root[index] && !(with_statement ? is_worth_a_line(index) : is_product_or_sum(index)))
      continue;
    const bool by_numbers = with_statement && is_by_numbers(derivation_.steps[index], index);
    group.push_back(by_numbers ? numbers_row({index}) : brief_row(index, with_statement));
    if (by_numbers) group.back().sides.back().remark.clear();
    const Step& step = derivation_.steps[index];
    if (step.products.empty() && !step.conventions.empty())
      group.back().sides.back().remark = joined_words(step.conventions);
    shown_in_brief_[index] = true;
  }
  return group;
}

/// A factor that can be read off the definition (∂net/∂w = x) needs no line of its own.
bool DerivationRows::is_worth_a_line(StepIndex index) const {
  const Step& step = derivation_.steps[index];
  if (step.rule == Rule::local) return !step.simplified.parts().empty() && !step.written_in_place;
  return !step.products.empty();
}

bool DerivationRows::is_product_or_sum(StepIndex index) const {
  const Step& step = derivation_.steps[index];
  const bool goes_back_to_local =
      step.rule == Rule::folded && derivation_.steps[step.products[0].factors[0]].products.empty();
  return !step.products.empty() && !goes_back_to_local;
}

Row DerivationRows::brief_row(StepIndex index, bool with_statement) {
  const Step& step = derivation_.steps[index];
  Row row{.left = step.symbol()};
  if (step.products.empty()) {
    add_local(row, step, index);
  } else {
    if (with_statement || step.rule == Rule::folded) add_statement(row, step);
    add_numbers(row, step, index);
  }
  if (step.rule != Rule::independent)
    for (Side& side : row.sides) side.remark.clear();
  if (!step.products.empty()) add_short_form(row, step);
  row.stacked = false;
  return row;
}

void DerivationRows::find_first_sample(const std::vector<StepIndex>& roots) {
  if (first_sample_ != 0) return;
  for (const StepIndex index : needed_steps(derivation_, roots))
    for (const std::string& name : {derivation_.steps[index].of, derivation_.steps[index].wrt})
      if (first_sample_ == 0) first_sample_ = sample_of(name);
}

/// What the first sample shows in symbols, the others repeat with their numbers.
bool DerivationRows::is_by_numbers(const Step& step, StepIndex index) const {
  const auto is_other = [this](const std::string& name) {
    return sample_of(name) != 0 && sample_of(name) != first_sample_;
  };
  return options_.detail == Detail::standard && figures_.of_step(index).known &&
         (is_other(step.of) || is_other(step.wrt)) && step.rule != Rule::independent;
}

/// ∂E⁽²⁾/∂w = numbers = value.
Row DerivationRows::numbers_row(const Entry& entry) const {
  const Step& step = derivation_.steps[entry.step];
  Row row{.left = step.symbol(), .depth = entry.depth};
  row.label = label(entry.step);
  if (step.products.empty()) {
    const auto decided = decided_by(figures_, step.simplified);
    const Expr& formula = decided ? decided->expr : step.simplified;
    const bool rounded = figures_.uses_rounded(formula);
    if (const auto numbers = figures_.with_figures(formula, {step.value, step.error}))
      add_side(row, *numbers, rounded && options_.numerals.carry == Carry::exact);
    if (decided && !row.sides.empty()) row.sides.back().of_case = OfCase::numbers;
    add_value(row, figures_.of_step(entry.step), rounded);
    if (decided) row.sides.back().remark = reason_of(*decided, figures_);
    if (!step.conventions.empty()) row.sides.back().remark = joined_words(step.conventions);
    return row;
  }
  add_numbers(row, step, entry.step);
  row.sides.back().remark = references(step);
  return row;
}

Row DerivationRows::entry_row(const Entry& entry) const {
  const Step& step = derivation_.steps[entry.step];
  if (is_by_numbers(step, entry.step)) return numbers_row(entry);
  Row row{.left = step.symbol(), .depth = entry.depth};
  if (entry.part != Entry::Part::conclusion) row.label = label(entry.step);
  if (step.products.empty()) {
    add_local(row, step, entry.step);
    return row;
  }
  if (entry.part != Entry::Part::conclusion) add_statement(row, step);
  if (entry.with_folded) {
    const StepIndex folded = step.products[0].factors[0];
    add_local(row, derivation_.steps[folded], folded);
    row.stacked = true;
    return row;
  }
  if (entry.part == Entry::Part::statement) return row;
  row.stacked = entry.part == Entry::Part::whole;
  const std::size_t first = row.sides.size();
  add_numbers(row, step, entry.step);
  if (row.sides.size() > first) {
    Remark& remark =
        entry.part == Entry::Part::whole ? row.sides[first].remark : row.sides.back().remark;
    if (remark.empty()) remark = references(step);
  }
  add_short_form(row, step);
  return row;
}

/// The op rules' line (in full detail), what is left of it, with numbers, and the value.
void DerivationRows::add_local(Row& row, const Step& step, StepIndex index) const {
  const bool full = options_.detail == Detail::full;
  const std::size_t first = row.sides.size();
  if (step.rule == Rule::independent) {
    add_side(row, Expr(0.0), false,
             {Expr::symbol(step.of), " does not depend on ", Expr::symbol(step.wrt)});
    return;
  }
  const Figure& figure = figures_.of_step(index);
  const auto decided =
      figure.known ? decided_by(figures_, step.simplified) : std::optional<DecidedCases>();
  const Expr& formula = decided ? decided->expr : step.simplified;
  // The rules of the cases that do not hold were not used.
  const bool by_cases =
      std::find(step.rules.begin(), step.rules.end(), "case by case") != step.rules.end();
  const Remark rules = step.short_form       ? reason_alone(*step.short_form)
                       : full                ? joined_words(step.all_rules)
                       : decided && by_cases ? Remark{}
                                             : joined_words(step.rules);
  if (full) add_side(row, step.raw, false, rules);
  if (full && decided) add_side(row, step.simplified, false);
  const bool first_of_all = row.sides.size() == first;
  add_side(row, formula, false, first_of_all && !decided ? rules : Remark{});
  if (decided) row.sides.back().of_case = OfCase::formula;
  if (figure.known) {
    const bool rounded = figures_.uses_rounded(formula);
    if (const auto numbers = figures_.with_figures(formula, {step.value, step.error});
        numbers && options_.detail != Detail::brief) {
      add_side(row, *numbers, rounded && options_.numerals.carry == Carry::exact);
    }
    add_value(row, figure, rounded);
  }
  if (decided && step.conventions.empty()) add_reason(row, *decided, full ? Remark{} : rules);
  if (!step.conventions.empty()) row.sides.back().remark = joined_words(step.conventions);
  if (step.direct && row.sides[first].remark.empty())
    row.sides[first].remark = {"the direct term: all else held fixed"};
  const bool one_line = formula.parts().empty() && row.sides.size() <= first + 2;
  row.stacked = !one_line;
}

/// The rule and why its case holds, beside the formula.
void DerivationRows::add_reason(Row& row, const DecidedCases& decided, Remark rules) const {
  for (Side& side : row.sides) {
    if (!(side.expr == decided.expr) || !side.remark.empty()) continue;
    side.remark = std::move(rules);
    const Remark why = reason_of(decided, figures_);
    if (!side.remark.empty() && !why.empty()) side.remark.emplace_back(", ");
    side.remark.insert(side.remark.end(), why.begin(), why.end());
    return;
  }
}

/// The products in numbers, their values if there are several, and the total; or the formula.
void DerivationRows::add_numbers(Row& row, const Step& step, StepIndex index) const {
  const Figure& figure = figures_.of_step(index);
  const bool has_formula = !step.formula.is(Expr::Kind::derivative);
  if (has_formula && (!figure.known || options_.detail == Detail::full))
    add_side(row, step.formula, false);
  if (!figure.known) return;
  const bool rounded = uses_rounded_steps(step);
  const bool carries_exact = options_.numerals.carry == Carry::exact;
  add_side(row,
           derivation_.with_numbers(
               step, [&](StepIndex i) { return number_of(figures_, derivation_, i); }),
           rounded && carries_exact);
  const bool has_products =
      std::any_of(step.products.begin(), step.products.end(),
                  [](const auto& product) { return product.factors.size() > 1; });
  if (step.products.size() > 1 && has_products) {
    std::vector<Term> terms;
    bool products_rounded = false;
    for (const auto& [negative, factors] : step.products) {
      Approximation product{1, 0};
      for (const StepIndex factor : factors) {
        const Step& used = derivation_.steps[factor];
        product = times(product, carries_exact
                                     ? Approximation{used.value, used.error}
                                     : Approximation{figures_.of_step(factor).number.value(), 0});
      }
      const Figure shown = figures_.show(product.value, product.error);
      products_rounded = products_rounded || shown.rounded;
      terms.push_back({shown.number, negative});
    }
    add_side(row, Expr::sum(std::move(terms)), products_rounded || (rounded && carries_exact));
  }
  add_value(row, figure, rounded);
}

Remark reason_of(const ShortForm& form) {
  if (!form.reason.empty()) return {"in short: " + form.reason};
  return {form.certain ? "in short, because " : "in short, if ", form.targets, " = 1"};
}

Remark reason_alone(const ShortForm& form) {
  if (!form.reason.empty()) return {form.reason};
  return {"softmax with cross-entropy, because ", form.targets, " = 1"};
}

/// = p1 − t1, with the reason, and with numbers.
void DerivationRows::add_short_form(Row& row, const Step& step) const {
  if (!step.short_form) return;
  const auto& [form, targets, certain, reason] = *step.short_form;
  add_side(row, form, false, reason_of(*step.short_form));
  if (const auto numbers = figures_.with_figures(form, {step.value, step.error});
      numbers && certain) {
    const bool rounded = figures_.uses_rounded(form);
    add_side(row, *numbers, rounded && options_.numerals.carry == Carry::exact);
    add_value(row, figures_.show(step.value, step.error), rounded);
  }
}

void DerivationRows::add_statement(Row& row, const Step& step) const {
  add_side(row, derivation_.statement(step), false, statement_remark(step));
}

/// A side that says the same as the one before it is left out.
void DerivationRows::add_side(Row& row, const Expr& e, bool approximate, Remark remark) const {
  const Expr& before = row.sides.empty() ? row.left : row.sides.back().expr;
  if (print(before) == print(e) && !row.sides.empty()) {
    if (row.sides.back().remark.empty()) row.sides.back().remark = std::move(remark);
    return;
  }
  row.sides.push_back(
      {.expr = e, .approximate = options_.approx && approximate, .remark = std::move(remark)});
}

void DerivationRows::add_value(Row& row, const Figure& figure, bool from_rounded) const {
  const bool exact_carry = options_.numerals.carry == Carry::exact;
  add_side(row, figure.number, figure.rounded || (from_rounded && exact_carry));
}

Remark DerivationRows::statement_remark(const Step& step) const {
  if (step.rule == Rule::folded)
    return independence(step.sum, derivation_.steps[step.products[0].factors[0]].of, step.wrt);
  return {std::string(rule_name(step.rule))};
}

Remark DerivationRows::references(const Step& step) const {
  std::vector<std::string> labels;
  std::unordered_set<std::string> seen;
  for (const Step::Product& product : step.products)
    for (const StepIndex factor : product.factors)
      if (std::string one = label(factor); !one.empty() && seen.insert(one).second)
        labels.push_back(std::move(one));
  if (labels.empty()) return {};
  return {fmt::format("from {}", fmt::join(labels, ", "))};
}

bool DerivationRows::uses_rounded_steps(const Step& step) const {
  return std::any_of(step.products.begin(), step.products.end(), [&](const auto& product) {
    return std::any_of(product.factors.begin(), product.factors.end(),
                       [&](StepIndex factor) { return figures_.of_step(factor).rounded; });
  });
}

}  // namespace chalkgrad
