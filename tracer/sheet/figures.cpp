#include "tracer/sheet/figures.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

/// The value of a line of figures, as a careful person works it out: 0.1 + 0.2 − 0.3 is 0.
Approximation work_out(const Expr& numbers) {
  return evaluate_with_error(numbers, [](const Expr&) { return Approximation{std::nan(""), 0}; });
}

[[noreturn]] void refuse(const std::string& name) {
  throw std::domain_error(
      fmt::format("--carry rounded: with numbers rounded to so few digits, {} has no value", name));
}

}  // namespace

Figures::Figures(const Quantities& quantities, const Derivation& derivation,
                 const Numerals& numerals,
                 const std::function<std::optional<Figure>(QuantityIndex)>& replace)
    : all_(quantities),
      numerals_(numerals),
      quantities_(quantities.size()),
      replaced_(quantities.size()) {
  const bool exact = numerals.carry == Carry::exact;
  for (QuantityIndex i = 0; i < quantities.size(); ++i) {
    const Quantity& quantity = quantities[i];
    if (const auto other = replace ? replace(i) : std::nullopt) {
      quantities_[i] = *other;
      replaced_[i] = true;
    } else if (quantity.given && !quantity.spelling.empty()) {
      quantities_[i] = {Expr::number(quantity.value, quantity.spelling), true, false};
    } else if (quantity.given || exact) {
      quantities_[i] = show(quantity.value, quantity.error, Numerals::Digits::known);
      // 1/3 in a table is used as it stands there; nothing states the digits it is put in with.
      if (sample_of(quantity.name) != 0 && quantity.given)
        quantities_[i].number = Expr::number(quantity.value, quantities_[i].number.text());
    } else if (const auto numbers = with_figures(quantities.definition(i))) {
      quantities_[i] = show(work_out(*numbers));
      if (!std::isfinite(quantities_[i].number.value()) || !quantities_[i].known)
        refuse(quantity.name);
    }
  }
  for (const Step& step : derivation.steps) steps_.push_back(step_figure(step));
}

Figure Figures::show(double value, double error, Numerals::Digits digits) const {
  if (std::isnan(value)) return {};
  const Numeral numeral = numerals_.show(value, error, digits);
  const auto decimal = Decimal::parse(numeral.text);
  const bool keeps = numerals_.keeps_values || !decimal;
  return {Expr::number(keeps ? value : decimal->value(), numeral.text), true, !numeral.exact};
}

Figure Figures::show(Approximation value) const { return show(value.value, value.error); }

Figure Figures::of_side(const Expr& e, Approximation exact) const {
  if (std::isnan(exact.value)) return {};
  if (const Figure* figure = find(e)) return *figure;
  if (numerals_.carry == Carry::exact) return show(exact);
  const auto numbers = with_figures(e);
  return numbers ? show(work_out(*numbers)) : show(exact);
}

Figure Figures::step_figure(const Step& step) const {
  if (std::isnan(step.value)) return {};
  // A derivative that is a quantity (∂net/∂w = out) has that quantity's figure: 0.40 stays 0.40.
  if (const Figure* figure = step.products.empty() ? find(step.simplified) : nullptr)
    return *figure;
  if (numerals_.carry == Carry::exact) return show(step.value, step.error);
  if (step.products.empty()) {
    const auto numbers = with_figures(step.simplified);
    if (!numbers) return show(step.value);
    const Figure figure = show(work_out(*numbers));
    if (!figure.known || !std::isfinite(figure.number.value())) refuse(print(step.symbol()));
    return figure;
  }
  for (const Step::Product& product : step.products)
    for (const StepIndex factor : product.factors)
      if (!steps_[factor].known) return {};
  // Each product is a figure of its own, before they are added.
  double total = 0;
  for (const auto& [negative, factors] : step.products) {
    double product = 1;
    for (const StepIndex factor : factors) product *= steps_[factor].number.value();
    if (step.products.size() > 1 && factors.size() > 1) product = show(product).number.value();
    total += negative ? -product : product;
  }
  if (!step.scale.is_number(1)) total *= work_out(step.scale).value;
  return show(total);
}

const Figure* Figures::find(const Expr& symbol) const {
  if (!symbol.is(Expr::Kind::symbol)) return nullptr;
  if (const auto own = defined_.find(symbol.text()); own != defined_.end())
    return own->second.known ? &own->second : nullptr;
  const auto i = all_.find(symbol.text());
  return i && quantities_[*i].known ? &quantities_[*i] : nullptr;
}

std::optional<Expr> Figures::with_figures(const Expr& e) const {
  return with_figures(
      e, evaluate_with_error(e, [this](const Expr& leaf) {
        const auto i = all_.find(leaf.text());
        if (i && !replaced_[*i]) return Approximation{all_[*i].value, all_[*i].error};
        const Figure* figure = find(leaf);
        return Approximation{figure != nullptr ? figure->number.value() : std::nan(""), 0};
      }));
}

std::optional<Expr> Figures::with_figures(const Expr& e, Approximation exact) const {
  constexpr int most_digits = 16;
  auto numbers = with_digits(e, numerals_);
  if (!numbers || numerals_.carry != Carry::exact) return numbers;
  if (are_telling(*numbers, exact)) return numbers;
  const auto as_usual = numbers;
  Numerals more = numerals_;
  more.precision = Precision::significant;
  for (more.count = numerals_.count + 1; more.count <= most_digits; ++more.count) {
    numbers = with_digits(e, more);
    if (are_telling(*numbers, exact)) return numbers;
  }
  // What is neither 0 nor infinite still says something.
  const double shown = work_out(*as_usual).value;
  return std::isfinite(shown) && shown != 0 ? as_usual : std::nullopt;
}

/// With these digits, but where a quantity's own figure has more.
std::optional<Expr> Figures::with_digits(const Expr& e, const Numerals& numerals) const {
  bool known = true;
  Expr numbers = substitute(e, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::number)) return leaf;
    const Figure* figure = find(leaf);
    known = known && figure != nullptr;
    if (figure == nullptr) return leaf;
    const auto i =
        figure->rounded && numerals.count > numerals_.count ? all_.find(leaf.text()) : std::nullopt;
    if (!i || replaced_[*i]) return figure->number;
    const std::string text = numerals.show(all_[*i].value, all_[*i].error).text;
    return Expr::number(Decimal::parse(text)->value(), text);
  });
  return known ? std::optional(numbers) : std::nullopt;
}

/// Whether the numbers come to what the line is worth, to its first digit at least.
bool Figures::are_telling(const Expr& numbers, Approximation exact) const {
  constexpr double first_digit = 0.1, of_few_digits = 0.4;
  if (!std::isfinite(exact.value)) return true;
  const double shown = work_out(numbers).value;
  if (!std::isfinite(shown)) return false;
  if (exact.value == 0) return true;
  const double tolerance = numerals_.count < 3 ? of_few_digits : first_digit;
  return std::abs(shown - exact.value) <= tolerance * std::abs(exact.value);
}

std::optional<Approximation> Figures::approximation_of(const Expr& e) const {
  const Approximation value = evaluate_with_error(e, all_);
  return std::isnan(value.value) ? std::nullopt : std::optional(value);
}

std::optional<double> Figures::value_of(const Expr& e) const {
  const auto found = approximation_of(e);
  return found ? std::optional(found->value) : std::nullopt;
}

bool Figures::uses_rounded(const Expr& e) const {
  bool rounded = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    const Figure* figure = find(leaf);
    rounded = rounded || (figure != nullptr && figure->rounded);
  });
  return rounded;
}

}  // namespace chalkgrad
