#include "tracer/sheet/exact_figures.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <unordered_map>

#include "tracer/expression/exact.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

/// What the values of a solution are exactly, by their bits; and of the same with another sign.
class ExactValues {
 public:
  ExactValues(const Solution& solution, const Derivation& derivation) : solution_(solution) {
    add_quantities();
    for (const Step& step : derivation.steps) add_step(step, derivation);
    add_updates();
  }

  /// Nothing for a literal that is exact as it stands, or whose value has no such form.
  [[nodiscard]] std::optional<Expr> of(const Expr& literal) const {
    const auto decimal = Decimal::parse(literal.text());
    const auto found = written_.find(bits_of(literal.value()));
    if (!decimal || found == written_.end()) return std::nullopt;
    const auto& [written, is_fraction] = found->second;
    if (decimal->value() == literal.value() && !is_fraction) return std::nullopt;
    return written;
  }

 private:
  static std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

  /// Of numbers typed as decimals the decimals are what one expects: 0.45, and no 9/20.
  static bool is_finite_decimal(std::int64_t denominator) {
    for (const std::int64_t prime : {2, 5})
      while (denominator % prime == 0) denominator /= prime;
    return denominator == 1;
  }

  void remember(const std::optional<Exact>& exact, double value) {
    if (!exact || !std::isfinite(value)) return;
    // They are the same number, unless somebody has made a mistake.
    if (!(std::abs(exact->value() - value) <= 1e-9 * std::max(1.0, std::abs(value)))) return;
    // 1/4 is what it was written as, 0.25 too.
    const auto rational = exact->rational();
    const bool is_fraction = rational && !rational->is_decimal() && rational->denominator() != 1;
    if (rational && rational->is_decimal() && is_finite_decimal(rational->denominator())) return;
    for (const bool negated : {false, true})
      if (auto written = (negated ? exact->negated() : *exact).written())
        written_.try_emplace(bits_of(negated ? -value : value),
                             std::pair{std::move(*written), is_fraction});
  }

  [[nodiscard]] std::optional<Exact> of_leaf(const Expr& leaf) const {
    const auto found = by_symbol_.find(print(leaf));
    return found == by_symbol_.end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<Exact> worked_out(const Expr& formula) const {
    return exact_value(formula, [this](const Expr& leaf) { return of_leaf(leaf); });
  }

  void define(const Expr& symbol, const std::optional<Exact>& exact, double value) {
    remember(exact, value);
    if (exact) by_symbol_.insert_or_assign(print(symbol), *exact);
  }

  void add_quantities() {
    const Quantities& all = *solution_.quantities;
    for (QuantityIndex i = 0; i < all.size(); ++i) {
      const Item* item = solution_.problem.find(all[i].name);
      std::optional<Exact> exact;
      if (!all[i].given)
        exact = worked_out(all.definition(i));
      else if (item != nullptr && item->number)
        exact = worked_out(item->as_typed());
      define(Expr::symbol(all[i].name), exact, all[i].value);
    }
    if (!solution_.descent) return;
    for (const Coefficient& one : solution_.descent->coefficients())
      if (one.written.is(Expr::Kind::number))
        define(one.symbol, worked_out(one.written), one.value);
  }

  void add_step(const Step& step, const Derivation& derivation) {
    std::optional<Exact> exact;
    if (step.products.empty()) {
      exact = worked_out(step.simplified);
    } else {
      exact = worked_out(step.scale);
      std::optional<Exact> sum = Exact(0);
      for (const auto& [negative, factors] : step.products) {
        std::optional<Exact> product = Exact(negative ? -1 : 1);
        for (const StepIndex factor : factors) {
          const auto& known = steps_[factor];
          product = product && known ? product->times(*known) : std::nullopt;
        }
        double value = 1;
        for (const StepIndex factor : factors) value *= derivation.steps[factor].value;
        if (product) remember(negative ? product->negated() : product, value);
        sum = sum && product ? sum->plus(*product) : std::nullopt;
      }
      exact = exact && sum ? exact->times(*sum) : std::nullopt;
    }
    steps_.push_back(exact);
    define(step.symbol(), exact, step.value);
  }

  void add_updates() {
    for (std::size_t i = 0; i < solution_.updates.size(); ++i) {
      const Descent::Parameter& parameter = solution_.descent->parameters[i];
      const FirstStep step = first_step(*solution_.descent, parameter);
      for (std::size_t k = 0; k < step.states.size(); ++k)
        define(Expr::symbol(parameter.states[k]), worked_out(step.states[k]),
               solution_.updates[i].states[k].value);
      remember(worked_out(step.after), solution_.updates[i].after);
    }
  }

  const Solution& solution_;
  std::vector<std::optional<Exact>> steps_;
  std::map<std::string, Exact> by_symbol_;
  std::unordered_map<std::uint64_t, std::pair<Expr, bool>> written_;  // and if it is a fraction
};

Expr with_exact(const Expr& e, const ExactValues& values) {
  return substitute(e, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::number)) return leaf;
    return values.of(leaf).value_or(leaf);
  });
}

bool has_rounded(const Expr& e) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::number)) return;
    const auto decimal = Decimal::parse(leaf.text());
    found = found || (decimal && decimal->value() != leaf.value());
  });
  return found;
}

void make_exact(Row& row, const ExactValues& values, bool shows_decimal) {
  if (row.sides.empty()) return;
  const Expr last = row.sides.back().expr;
  const bool is_exact = last.is(Expr::Kind::number) && values.of(last);
  for (Side& side : row.sides) {
    side.expr = with_exact(side.expr, values);
    side.approximate = side.approximate && has_rounded(side.expr);
  }
  // w = 1/3 = 1/3
  for (std::size_t i = row.sides.size(); i-- > 1;) {
    Side& before = row.sides[i - 1];
    if (print(row.sides[i].expr) != print(before.expr)) continue;
    if (before.remark.empty()) before.remark = std::move(row.sides[i].remark);
    row.sides.erase(row.sides.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (!is_exact || !shows_decimal || print(row.sides.back().expr) == print(last)) return;
  Remark& remark = row.sides.back().remark;
  Remark decimal = {std::string("("), last, std::string(")")};
  if (!remark.empty()) decimal.back() = std::string("), ");
  decimal.insert(decimal.end(), remark.begin(), remark.end());
  remark = std::move(decimal);
}

}  // namespace

Sheet with_exact_figures(Sheet sheet, const Solution& solution, const Derivation& derivation) {
  const ExactValues values(solution, derivation);
  for (Section& section : sheet.sections)
    for (Part& part : section.parts) {
      if (auto* group = std::get_if<Group>(&part))
        for (Row& row : *group) make_exact(row, values, true);
      if (auto* listings = std::get_if<std::vector<Listing>>(&part))
        for (Listing& listing : *listings)
          for (Row& row : listing.entries) make_exact(row, values, false);
    }
  return sheet;
}

}  // namespace chalkgrad
