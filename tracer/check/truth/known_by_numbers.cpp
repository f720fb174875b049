#include "tracer/check/truth/known_by_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/ops.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t longest_form = 60;

bool has_derivatives_in_it(const Expr& e) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || leaf.is(Expr::Kind::derivative); });
  return found;
}

/// A product of products as one; a minus sign stays before it.
Expr flattened(const Expr& e) {
  if (e.is_negation()) return -flattened(e.part(0));
  if (!e.is(Expr::Kind::product)) return e;
  std::vector<Term> factors;
  bool negative = false;
  for (const Term& part : e.parts()) {
    Expr inner = part.inverted ? part.expr : flattened(part.expr);
    if (!part.inverted && inner.is_negation()) {
      negative = !negative;
      inner = inner.part(0);
    }
    if (!part.inverted && inner.is(Expr::Kind::product)) {
      factors.insert(factors.end(), inner.parts().begin(), inner.parts().end());
    } else {
      factors.push_back({inner, part.inverted});
    }
  }
  const Expr product = Expr::product(std::move(factors));
  return negative ? -product : product;
}

/// ∂E/∂out·∂out/∂net·∂net/∂h also as ∂E/∂net·∂net/∂h: how the reverse sweep has a chain. Nothing
/// of what is no chain.
std::vector<Expr> with_beginnings_joined(const Expr& chain) {
  std::vector<Expr> joined;
  if (!chain.is(Expr::Kind::product)) return joined;
  const auto& factors = chain.parts();
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const bool goes_on = i == 0 || factors[i].expr.text() == factors[i - 1].expr.wrt();
    if (factors[i].inverted || !factors[i].expr.is(Expr::Kind::derivative) || !goes_on) return {};
  }
  for (std::size_t end = 2; end < factors.size(); ++end) {
    std::vector<Term> rest(factors.begin() + static_cast<std::ptrdiff_t>(end), factors.end());
    rest.insert(rest.begin(),
                {Expr::derivative(factors[0].expr.text(), factors[end - 1].expr.wrt())});
    joined.push_back(Expr::product(std::move(rest)));
  }
  return joined;
}

std::string without_sign(const std::string& text) {
  return text.starts_with('-') ? text.substr(1) : text;
}

}  // namespace

void WrittenValues::add(const Expr& meaning, double value) {
  constexpr std::size_t most = 8;
  auto& list = values_[print(meaning)];
  if (list.size() < most) list.push_back(std::abs(value));
}

bool WrittenValues::may_be(const Expr& written, const Expr& meaning, double value) const {
  const std::string text = without_sign(written.text());
  const double number = std::abs(written.value()), meant = std::abs(value);
  if (std::abs(number - meant) <= 1e-12 * meant) return true;
  if (is_agreement(agreement(text, meant))) return true;
  if (meaning.is(Expr::Kind::number)) return false;
  const auto found = values_.find(print(meaning));
  return found != values_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](double one) {
           return number == one || is_agreement(agreement(text, one));
         });
}

KnownByNumbers::KnownByNumbers(Scope& scope) : scope_(scope) {
  constexpr std::size_t most_derivatives = 2'000;
  const Solution& solution = scope.truth().solution();
  const Quantities& all = *solution.quantities;
  const auto add = [this](Expr target, double value) {
    if (!std::isfinite(value)) return;
    by_size_.emplace(std::abs(value), targets_.size());
    targets_.push_back(std::move(target));
    values_.push_back(value);
  };
  for (QuantityIndex q = 0; q < all.size(); ++q)
    if (!all[q].given && !all[q].automatic) add(Expr::symbol(all[q].name), all[q].value);
  std::string& output = output_;
  for (const DeriveStatement& one : solution.problem.derivations)
    output = output.empty() || output == one.output ? one.output : "?";
  if (!output.empty() && output != "?" && all.size() <= most_derivatives)
    for (QuantityIndex q = 0; q < all.size(); ++q) {
      const Expr derivative = Expr::derivative(output, all[q].name);
      // By a target or an input nobody derives.
      const Item* item = solution.problem.find(all[q].name);
      const bool given =
          all[q].given &&
          !(item != nullptr && (item->role == Role::weight || item->role == Role::bias));
      if (all[q].automatic || all[q].name == output || given) continue;
      const double value = scope.value(derivative).value;
      if (value != 0) add(derivative, value);
    }
  forms_.resize(targets_.size());
}

/// The definitions; these with the net input of an activation, and with the formulas of short
/// derivatives written in.
const std::vector<Expr>& KnownByNumbers::forms(std::size_t target) {
  std::vector<Expr>& list = forms_[target];
  if (!list.empty()) return list;
  constexpr std::size_t most = 12, short_formula = 12;
  const auto add = [&](const Expr& e) {
    const bool known = std::find(list.begin(), list.end(), e) != list.end();
    if (!known && e.size() <= longest_form && list.size() < most) list.push_back(e);
  };
  for (const Expr& definition : scope_.definitions(targets_[target])) {
    add(definition);
    add(flattened(definition));
    const bool calls = definition.is(Expr::Kind::call);
    const auto written_in = [&](const Expr& leaf, bool also_of_output) {
      if (calls && leaf.is(Expr::Kind::symbol))
        for (const Expr& inner : scope_.definitions(leaf)) return inner;
      if (leaf.is(Expr::Kind::derivative) && (also_of_output || leaf.text() != output_))
        for (const Expr& inner : scope_.definitions(leaf))
          if (inner.size() <= short_formula && !has_derivatives_in_it(inner)) return inner;
      return leaf;
    };
    for (const bool also_of_output : {false, true})
      add(flattened(substitute(
          definition, [&](const Expr& leaf) { return written_in(leaf, also_of_output); })));
    for (const Expr& joined : with_beginnings_joined(definition))
      add(flattened(substitute(joined, [&](const Expr& leaf) { return written_in(leaf, false); })));
  }
  if (list.empty()) list.push_back(targets_[target]);
  return list;
}

bool KnownByNumbers::is_of(std::size_t target, Kind kind) const {
  return kind == Kind::any ||
         targets_[target].is(Expr::Kind::derivative) == (kind == Kind::derivative);
}

std::vector<std::size_t> KnownByNumbers::near(double value, double distance, Kind kind) const {
  constexpr std::size_t most = 200;
  std::vector<std::size_t> list;
  const double size = std::abs(value);
  for (auto at = by_size_.lower_bound(size - distance);
       at != by_size_.end() && at->first <= size + distance && list.size() <= most; ++at)
    if (is_of(at->second, kind)) list.push_back(at->second);
  if (list.size() > most) list.clear();
  return list;
}

std::optional<Expr> KnownByNumbers::with_numbers(const Expr& formula, Kind kind,
                                                 const WrittenValues& written) {
  const double value = scope_.value(formula).value;  // 0.7·y_1 + 0.3 has names, which are known
  if (!std::isfinite(value)) return std::nullopt;
  std::optional<Expr> found;
  const auto attempt = [&](const std::vector<std::size_t>& list, bool by_form) {
    for (const std::size_t target : list) {
      const bool derivative = targets_[target].is(Expr::Kind::derivative);
      constexpr double rounded = 2e-3;
      const bool close = std::abs(value - values_[target]) <= rounded * std::abs(value);
      if (!by_form && !derivative && value * values_[target] < 0) continue;
      if (!has_numbers(target, formula, by_form || !close, written)) continue;
      if (found) return false;
      found = targets_[target];
    }
    return true;
  };
  // The numbers may be rounded; what is meant lies near.
  if (!attempt(near(value, 0.02 * std::abs(value) + 0.002, kind), false)) return std::nullopt;
  if (found) return found;
  // A sign may be wrong: then its numbers, if there are three at least, are those of one formula.
  std::size_t numbers = 0;
  for_each_leaf(formula, [&](const Expr& leaf) {
    numbers += std::abs(leaf.value()) != 1 && leaf.value() != 0 ? 1 : 0;
  });
  constexpr std::size_t least = 3, most_targets = 200;
  if (numbers < least || targets_.size() > most_targets) return std::nullopt;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < targets_.size(); ++i)
    if (is_of(i, kind)) all.push_back(i);
  return attempt(all, true) ? found : std::nullopt;
}

std::optional<Expr> KnownByNumbers::with_value(std::string_view number, Kind kind) const {
  constexpr std::size_t least_digits = 3;
  const auto decimal = Decimal::parse(number);
  if (!decimal || decimal->digits.size() < least_digits) return std::nullopt;
  const double value = decimal->value();
  std::optional<Expr> found;
  for (const std::size_t target : near(value, 0.02 * std::abs(value), kind)) {
    const bool derivative = targets_[target].is(Expr::Kind::derivative);
    const bool agrees = is_agreement(agreement(number, values_[target])) ||
                        (derivative && is_agreement(agreement(without_sign(std::string(number)),
                                                              std::abs(values_[target]))));
    if (!agrees) continue;
    if (found) return std::nullopt;
    found = targets_[target];
  }
  return found;
}

std::optional<Expr> KnownByNumbers::equal(const Expr& formula, Kind kind, bool either_sign) {
  const Approximation value = scope_.value(formula);
  if (!std::isfinite(value.value) || value.value == 0) return std::nullopt;
  const double distance = 1e-9 * std::abs(value.value) + value.error + 1e-300;
  std::optional<Expr> found;
  for (const std::size_t target : near(value.value, distance, kind)) {
    const bool same = scope_.compare(formula, targets_[target]) == Sameness::same;
    if (!same && !(either_sign && scope_.compare(formula, -targets_[target]) == Sameness::same))
      continue;
    if (found) return std::nullopt;
    found = targets_[target];
  }
  return found;
}

bool KnownByNumbers::has_numbers(std::size_t target, const Expr& formula, bool same_form,
                                 const WrittenValues& written) {
  const std::vector<Expr>& list = forms(target);
  return std::any_of(list.begin(), list.end(), [&](const Expr& form) {
    return form_has_numbers(form, formula, same_form, written);
  });
}

/// Each number of the formula is one of the definition, and all that matter there are used.
bool KnownByNumbers::form_has_numbers(const Expr& form, const Expr& formula, bool same_form,
                                      const WrittenValues& written) {
  std::vector<Expr> leaves;
  for_each_leaf(form, [&](const Expr& leaf) { leaves.push_back(leaf); });
  std::vector<bool> used(leaves.size());
  std::size_t matched = 0;
  bool all_found = true;
  for_each_leaf(formula, [&](const Expr& leaf) {
    const bool name = is_name(leaf);
    if (!all_found || (!name && (leaf.value() == 0 || std::abs(leaf.value()) == 1))) return;
    const auto is = [&](const Expr& meant) {
      return name ? leaf == meant : written.may_be(leaf, meant, scope_.value(meant).value);
    };
    std::size_t k = 0;
    while (k < leaves.size() && (used[k] || !is(leaves[k]))) ++k;
    all_found = k < leaves.size();
    if (!all_found) return;
    used[k] = true;
    ++matched;
  });
  if (!all_found || matched == 0) return false;
  const bool call = formula.is(Expr::Kind::call), is_call = form.is(Expr::Kind::call);
  if (call && is_call && formula.op() != form.op()) return false;
  if (same_form && call != is_call) return false;
  if (!is_call && matched < 2) return false;
  return nothing_left(form, used);
}

/// What is not used may be left out: a 0 and what it is multiplied by, a factor 1.
bool KnownByNumbers::nothing_left(const Expr& form, const std::vector<bool>& used) {
  std::size_t at = 0;
  const std::function<bool(const Expr&)> may_be_missing = [&](const Expr& e) {
    if (e.parts().empty()) {
      const bool is_used = used[at++];
      const double value = scope_.value(e).value;
      return is_used || value == 0 || std::abs(value) == 1;
    }
    bool whole = true, zero = false;
    for (const Term& part : e.parts()) {
      const bool missing = may_be_missing(part.expr);
      whole = whole && missing;
      zero = zero || (is_name(part.expr) && scope_.value(part.expr).value == 0);
    }
    return whole || (e.is(Expr::Kind::product) && zero);
  };
  return may_be_missing(form);
}

std::optional<Expr> KnownByNumbers::derivative_worth(const Approximation& value) {
  if (!std::isfinite(value.value) || value.value == 0) return std::nullopt;
  const double distance = 1e-9 * std::abs(value.value) + value.error;
  std::optional<Expr> of_net, of_parameter;
  for (const std::size_t target : near(value.value, distance, Kind::derivative)) {
    const bool given = scope_.definitions(Expr::symbol(targets_[target].wrt())).empty();
    std::optional<Expr>& found = given ? of_parameter : of_net;
    if (found) return std::nullopt;
    found = targets_[target];
  }
  return of_net ? of_net : of_parameter;
}

bool KnownByNumbers::is_by_activation(const Expr& target) {
  if (!target.is(Expr::Kind::derivative)) return false;
  for (const Expr& definition : scope_.definitions(Expr::symbol(target.wrt())))
    if (definition.is(Expr::Kind::call) && description_of(definition.op()).is_activation)
      return true;
  return false;
}

}  // namespace chalkgrad
