#include "tracer/check/truth/learned_names.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tracer/expression/name.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

/// A number in a formula: as it was written, or a value of which nothing was written.
bool is_written_as(const Expr& written, double value) {
  const std::string text = written.text();
  const Decimal size = Decimal::parse(text).value_or(Decimal{});
  const double number = std::abs(size.value()), meant = std::abs(value);
  if (std::abs(number - meant) <= 1e-12 * meant) return true;
  return is_agreement(agreement(text.starts_with('-') ? text.substr(1) : text, meant));
}

class NameLearner {
 public:
  NameLearner(Scope& scope, const Answer& answer, std::string_view text)
      : scope_(scope), answer_(answer), text_(text) {
    const Quantities& all = *solution().quantities;
    for (QuantityIndex q = 0; q < all.size(); ++q)
      if (!all[q].given && !all[q].automatic && std::isfinite(all[q].value))
        by_value_.emplace(all[q].value, q);
  }

  LearnedNames run() {
    for (std::size_t i = 0; i < answer_.statements.size(); ++i) {
      const Chain& statement = answer_.statements[i];
      const Expr& name = statement.sides[0].expr;
      if (!name.is(Expr::Kind::symbol) || !statement.element.empty()) continue;
      scope_.stand_at(i);
      if (scope_.is_own(name))
        learn(statement, name.text());
      else
        learn_otherwise(statement, name.text());
    }
    LearnedNames learned;
    for (const std::string& name : order_) {
      const Found& found = found_.at(name);
      if (found.quantities.size() != 1 || found.quantities.begin()->empty()) continue;
      Alias alias{name, *found.quantities.begin(), {}};
      (found.by_definition ? learned.by_definition : learned.by_numbers)
          .push_back(std::move(alias));
    }
    return learned;
  }

 private:
  struct Found {
    std::set<std::string> quantities{};  ///< an empty name for what is none of them
    bool by_definition = true;
  };

  [[nodiscard]] const Solution& solution() const { return scope_.truth().solution(); }

  Found& found_of(const std::string& name) {
    const auto [found, is_new] = found_.try_emplace(name);
    if (is_new) order_.push_back(name);
    return found->second;
  }

  void learn(const Chain& statement, const std::string& name) {
    Found& found = found_of(name);
    const Expr& definition = statement.sides[1].expr;
    if (has_names(definition)) {
      found.quantities.insert(equal_quantity(Expr::symbol(name)));
    } else if (!definition.is(Expr::Kind::number)) {
      found.by_definition = false;
      found.quantities.insert(quantity_of_numbers(definition));
    }
  }

  /// o1 is the unit's activation for us, and its net input for her, if the numbers say so.
  void learn_otherwise(const Chain& statement, const std::string& quantity) {
    const Span span = statement.sides[0].span;
    const std::string written(text_.substr(span.begin, span.end - span.begin));
    const Expr& definition = statement.sides[1].expr;
    const bool plain = !written.empty() && written.find_first_of(" \\{}()^") == std::string::npos;
    if (!plain || solution().problem.find(written) != nullptr || has_names(definition) ||
        definition.is(Expr::Kind::number))
      return;
    const std::string meant = quantity_of_numbers(definition);
    if (meant.empty() || meant == quantity) return;
    Found& found = found_of(written);
    found.by_definition = false;
    found.quantities.insert(meant);
  }

  /// The one quantity that is worth the same in every world; empty if there is none, or several.
  std::string equal_quantity(const Expr& own) {
    const Approximation value = scope_.value(own);
    if (!std::isfinite(value.value) || value.value == 0) return {};
    const double near = 1e-9 * std::abs(value.value) + value.error + 1e-300;
    std::string equal;
    for (auto at = by_value_.lower_bound(value.value - near);
         at != by_value_.end() && at->first <= value.value + near; ++at) {
      const std::string& name = (*solution().quantities)[at->second].name;
      if (scope_.compare(own, Expr::symbol(name)) != Sameness::same) continue;
      if (!equal.empty()) return {};
      equal = name;
    }
    return equal;
  }

  /// The one quantity whose definition has these numbers.
  std::string quantity_of_numbers(const Expr& formula) {
    const double value = evaluate(formula, [](const Expr&) { return std::nan(""); });
    if (!std::isfinite(value)) return {};
    // The numbers may be rounded; what is meant lies near.
    const double near = 0.02 * std::abs(value) + 0.002;
    constexpr std::size_t most = 200;
    std::string equal;
    std::size_t tried = 0;
    for (auto at = by_value_.lower_bound(value - near);
         at != by_value_.end() && at->first <= value + near; ++at) {
      if (++tried > most) return {};
      const double exact = (*solution().quantities)[at->second].value;
      constexpr double rounded = 2e-3;
      const bool written_out = is_function_written_out(at->second, formula) &&
                               std::abs(value - exact) <= rounded * std::abs(exact);
      if (!written_out && !has_these_numbers(at->second, formula)) continue;
      if (!equal.empty()) return {};
      equal = (*solution().quantities)[at->second].name;
    }
    return equal;
  }

  /// 1/(1 + e^(−0.3775)) for σ(net_h1): beside ones and twos it has the operand's value alone.
  [[nodiscard]] bool is_function_written_out(QuantityIndex q, const Expr& formula) const {
    const Quantities& all = *solution().quantities;
    const Expr definition = all.definition(q);
    if (!definition.is(Expr::Kind::call) || definition.parts().size() != 1 ||
        !definition.part(0).is(Expr::Kind::symbol) || formula.is(Expr::Kind::call))
      return false;
    const auto operand = all.find(definition.part(0).text());
    bool found = false, others = false;
    for_each_leaf(formula, [&](const Expr& leaf) {
      const double size = std::abs(leaf.value());
      if (operand && is_written_as(leaf, all[*operand].value))
        found = true;
      else
        others = others || (size != 0 && size != 1 && size != 2);
    });
    return found && !others;
  }

  /// Each number of the formula is one of the definition, and all that matter there are used.
  [[nodiscard]] bool has_these_numbers(QuantityIndex q, const Expr& formula) const {
    const Quantities& all = *solution().quantities;
    const Expr definition = all.definition(q);
    std::vector<double> values;
    for_each_leaf(definition, [&](const Expr& leaf) {
      const auto of = leaf.is(Expr::Kind::symbol) ? all.find(leaf.text()) : std::nullopt;
      values.push_back(of                            ? all[*of].value
                       : leaf.is(Expr::Kind::number) ? leaf.value()
                                                     : std::nan(""));
    });
    std::vector<bool> used(values.size());
    std::size_t matched = 0;
    bool all_found = true;
    for_each_leaf(formula, [&](const Expr& leaf) {
      if (!all_found || leaf.value() == 0 || std::abs(leaf.value()) == 1) return;
      std::size_t k = 0;
      while (k < values.size() && (used[k] || !is_written_as(leaf, values[k]))) ++k;
      all_found = k < values.size();
      if (!all_found) return;
      used[k] = true;
      ++matched;
    });
    if (!all_found || matched == 0) return false;
    const bool call = formula.is(Expr::Kind::call);
    if (call != definition.is(Expr::Kind::call) || (call && formula.op() != definition.op()))
      return false;
    if (!call && matched < 2) return false;
    return nothing_left(definition, used);
  }

  /// What is not used may be left out: a 0 and what it is multiplied by, a factor 1.
  [[nodiscard]] bool nothing_left(const Expr& definition, const std::vector<bool>& used) const {
    const Quantities& all = *solution().quantities;
    std::size_t at = 0;
    const std::function<bool(const Expr&)> may_be_missing = [&](const Expr& e) {
      if (e.parts().empty()) {
        const bool is_used = used[at++];
        const auto of = e.is(Expr::Kind::symbol) ? all.find(e.text()) : std::nullopt;
        const double value = of ? all[*of].value : e.is(Expr::Kind::number) ? e.value() : 1;
        return is_used || value == 0 || std::abs(value) == 1;
      }
      bool whole = true, zero = false;
      for (const Term& part : e.parts()) {
        const bool missing = may_be_missing(part.expr);
        whole = whole && missing;
        const auto of =
            part.expr.is(Expr::Kind::symbol) ? all.find(part.expr.text()) : std::nullopt;
        zero = zero || (of && all[*of].value == 0);
      }
      return whole || (e.is(Expr::Kind::product) && zero);
    };
    return may_be_missing(definition);
  }

  Scope& scope_;
  const Answer& answer_;
  std::string_view text_;
  std::multimap<double, QuantityIndex> by_value_;
  std::map<std::string, Found> found_;
  std::vector<std::string> order_;
};

}  // namespace

LearnedNames learn_names(Scope& scope, const Answer& answer, std::string_view text) {
  return NameLearner(scope, answer, text).run();
}

}  // namespace chalkgrad
