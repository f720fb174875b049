#include "tracer/check/truth/learned_names.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tracer/check/truth/known_by_numbers.hpp"
#include "tracer/check/truth/name_classes.hpp"
#include "tracer/check/truth/unification.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

/// The number at the end of a statement: of z = 0.2·0.6 + 0.1 = 0.22, 0.22; nothing if it has none.
const Expr* result_of(const Chain& statement) {
  const Expr& last = statement.sides.back().expr;
  return statement.sides.size() > 1 && last.is(Expr::Kind::number) ? &last : nullptr;
}

class NameLearner {
 public:
  NameLearner(Scope& scope, const Answer& answer, std::string_view text)
      : scope_(scope), answer_(answer), text_(text), known_(scope) {
    for (const Chain& statement : answer.statements)
      for (const WrittenSide& side : statement.sides)
        for_each_leaf(side.expr, [this](const Expr& leaf) {
          if (leaf.is(Expr::Kind::symbol)) ++uses_[leaf.text()];
        });
  }

  LearnedNames run() {
    constexpr int most_rounds = 5;
    for (int round = 0; round < most_rounds; ++round) {
      const std::size_t before = learned_.size() + disputed_.size();
      for (const auto step : {&NameLearner::learn_from_formulas, &NameLearner::learn_series,
                              &NameLearner::learn_from_values}) {
        (this->*step)();
        if (learned_.size() + disputed_.size() > before) break;  // the surest first
      }
      if (learned_.size() + disputed_.size() == before) break;
    }
    return {std::move(learned_), {own_.begin(), own_.end()}};
  }

 private:
  using Kind = KnownByNumbers::Kind;

  [[nodiscard]] const Problem& problem() const { return scope_.truth().solution().problem; }
  [[nodiscard]] bool has_samples() const {
    return !scope_.truth().solution().problem.samples.columns.empty();
  }
  [[nodiscard]] bool is_bound(const std::string& name) const { return meanings_.contains(name); }
  /// A name that the problem does not have.
  [[nodiscard]] bool is_open(const std::string& name) const {
    return !is_bound(name) && problem().find(name) == nullptr &&
           std::isnan(scope_.truth().value(Expr::symbol(name)).value) &&
           scope_.truth().definitions(Expr::symbol(name)).empty() && !disputed_.contains(name) &&
           name[0] != '?' && (name.find('[') == std::string::npos || !has_samples());
  }

  Expr with_meanings(const Expr& e) const {
    return substitute(e, [this](const Expr& leaf) {
      const auto found =
          leaf.is(Expr::Kind::symbol) ? meanings_.find(leaf.text()) : meanings_.end();
      return found == meanings_.end() ? leaf : found->second;
    });
  }

  [[nodiscard]] bool has_open_names(const Expr& e) const {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      found =
          found || (leaf.is(Expr::Kind::symbol) && is_open(leaf.text()) && !scope_.is_own(leaf));
    });
    return found;
  }

  void learn(const std::string& name, const Expr& meaning, Evidence evidence) {
    const bool taken = std::any_of(learned_.begin(), learned_.end(), [&](const LearnedName& one) {
      return one.meaning == meaning && evidence != Evidence::definition;
    });
    if (taken || is_bound(name)) return;
    meanings_.emplace(name, meaning);
    learned_.push_back({name, meaning, evidence, problem().find(name) != nullptr});
  }

  /// What the statements about a name say of it, all together: one thing, or nothing.
  struct Said {
    std::vector<Expr> meanings{};
    bool by_definition = false, other = false;
  };

  void learn_from_formulas() {
    std::map<std::string, Said> said;
    std::vector<std::string> order;
    for (std::size_t i = 0; i < answer_.statements.size(); ++i) {
      const Chain& statement = answer_.statements[i];
      const Expr& head = statement.sides[0].expr;
      if (!head.is(Expr::Kind::symbol) || !statement.element.empty()) continue;
      scope_.stand_at(i);
      const std::string name = name_of_head(statement);
      if (name.empty()) continue;
      const auto [one, is_new] = said.try_emplace(name);
      if (is_new) order.push_back(name);
      add_what_is_said(statement, name, one->second);
    }
    for (const std::string& name : order) {
      const Said& one = said.at(name);
      if (one.meanings.size() > 1 || (one.other && one.meanings.size() == 1))
        disputed_.insert(name);
      if (one.meanings.size() != 1 || one.other) continue;
      learn(name, one.meanings[0], one.by_definition ? Evidence::definition : Evidence::form);
    }
    for (std::size_t i = 0; i < answer_.statements.size(); ++i) {
      scope_.stand_at(i);
      learn_operands(answer_.statements[i]);
      learn_denominator(answer_.statements[i]);
      remember_result(answer_.statements[i]);
    }
  }

  /// The name at the head of a statement, if it may be learnt from what stands there: one that is
  /// open; or one of the problem, o1, that is something else for the writer, as its formula says.
  std::string name_of_head(const Chain& statement) const {
    const std::string& name = statement.sides[0].expr.text();
    if (is_open(name)) return name;
    if (is_bound(name) || name.find('[') != std::string::npos) return {};
    const Span span = statement.sides[0].span;
    const std::string written(text_.substr(span.begin, span.end - span.begin));
    const bool plain = !written.empty() && written.find_first_of(" \\{}()^[]") == std::string::npos;
    if (!plain || is_bound(written) || disputed_.contains(written)) return {};
    const Item* item = problem().find(name);
    // z1 that the problem writes otherwise; t and y, which the writer takes for y and o; J that is
    // another quantity for her, as a formula says.
    const bool otherwise = problem().find(written) == nullptr;
    const bool given = item != nullptr && !item->definition && item->role == Role::target;
    const bool formula = item != nullptr && item->definition && has_names(statement.sides[1].expr);
    return otherwise || given || formula ? written : std::string();
  }

  void add_what_is_said(const Chain& statement, const std::string& name, Said& said) {
    const bool of_problem = statement.sides[0].expr.text() != name || !is_open(name);
    const Kind kind = kind_of_name(name);
    for (std::size_t i = 1; i < statement.sides.size(); ++i) {
      const Expr side = with_meanings(statement.sides[i].expr);
      if (side.is(Expr::Kind::number) || has_open_names(side)) continue;
      std::optional<Expr> meant;
      bool definition = false;
      if (has_names(side)) {
        if (side == Expr::symbol(name) || depends_on(side, name)) continue;
        meant = known_.equal(side, kind, kind == Kind::derivative);
        definition = meant.has_value();
      } else {
        meant = known_.with_numbers(side, kind, written_);
      }
      if (of_problem && meant && *meant == statement.sides[0].expr) return;
      if (of_problem && meant && !definition && problem().find(name) != nullptr) return;
      if (of_problem && !meant && i == 1 && is_own_for_the_writer(statement, side))
        own_.insert(name);
      if (meant) {
        said.by_definition = said.by_definition || definition;
        if (std::find(said.meanings.begin(), said.meanings.end(), *meant) == said.meanings.end())
          said.meanings.push_back(*meant);
        return;
      }
      if (has_names(side) && !of_problem && i == 1 && scope_.value(side).value != 0)
        said.other = said.other || std::isfinite(scope_.value(side).value);
    }
  }

  /// e = y − t is no E, though E is written otherwise only: another value, and not by a factor ½.
  bool is_own_for_the_writer(const Chain& statement, const Expr& side) const {
    const Expr& quantity = statement.sides[0].expr;
    const Item* item = problem().find(quantity.text());
    if (item == nullptr || !item->definition) return false;
    const double here = scope_.value(side).value, value = scope_.value(quantity).value;
    if (!std::isfinite(here) || !std::isfinite(value)) return false;
    constexpr double far = 0.05;
    for (const double factor : {1.0, -1.0, 0.5, 2.0})
      if (std::abs(here - factor * value) <= far * std::abs(value)) return false;
    return true;
  }

  static bool depends_on(const Expr& e, const std::string& name) {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      found = found || (leaf.is(Expr::Kind::symbol) && leaf.text() == name);
    });
    return found;
  }

  /// ∂E/∂β = … = −4.33: β is what E has that derivative by.
  void learn_denominator(const Chain& statement) {
    const Expr& head = statement.sides[0].expr;
    if (!head.is(Expr::Kind::derivative) || !is_open(head.wrt())) return;
    std::optional<Expr> meant;
    for (std::size_t i = 1; i < statement.sides.size() && !meant; ++i) {
      const Expr side = with_meanings(statement.sides[i].expr);
      if (has_open_names(side)) continue;
      if (side.is(Expr::Kind::number)) {
        meant = known_.with_value(side.text(), Kind::derivative);
      } else if (has_names(side)) {
        meant = known_.equal(side, Kind::derivative, false);
      } else {
        meant = known_.with_numbers(side, Kind::derivative, written_);
      }
    }
    if (meant && meant->text() == head.text())
      learn(head.wrt(), Expr::symbol(meant->wrt()), Evidence::value);
  }

  /// z = w_1·x + b, where it is known what z is, or where it can be one thing only.
  void learn_operands(const Chain& statement) {
    const Expr head = with_meanings(statement.sides[0].expr);
    if (!is_name(head)) return;
    for (std::size_t i = 1; i < statement.sides.size(); ++i) {
      const Expr formula = with_meanings(statement.sides[i].expr);
      if (!has_open_names(formula)) continue;
      const std::map<std::string, Expr> numbers = numbers_beside(statement, i);
      const OpenNames names{
          [this](const std::string& name) {
            return is_open(name) && !scope_.is_own(Expr::symbol(name));
          },
          [&](const std::string& name, const Expr& leaf) { return may_be(name, leaf, numbers); }};
      const bool head_is_known = head.is(Expr::Kind::derivative) || !is_open(head.text());
      unify_with_definitions(head, formula, names, head_is_known);
      return;
    }
  }

  /// An open name may stand for a leaf if the number beside it agrees, or the number that the file
  /// gives it; and a weight's letter for no input.
  bool may_be(const std::string& name, const Expr& leaf,
              const std::map<std::string, Expr>& numbers) const {
    if (std::any_of(learned_.begin(), learned_.end(),
                    [&](const LearnedName& one) { return one.meaning == leaf; }))
      return false;
    const double value = scope_.value(leaf).value;
    const auto beside = numbers.find(name);
    if (beside != numbers.end() && !written_.may_be(beside->second, leaf, value)) return false;
    const auto stated = stated_.find(name);
    if (stated != stated_.end() && !is_agreement(agreement(stated->second, value))) return false;
    const Item* item = leaf.is(Expr::Kind::symbol) ? problem().find(leaf.text()) : nullptr;
    return item == nullptr || beside != numbers.end() || letter_fits(name, *item);
  }

  void unify_with_definitions(const Expr& head, const Expr& formula, const OpenNames& names,
                              bool head_is_known) {
    constexpr std::size_t most_targets = 300, most_ways = 8;
    std::vector<std::pair<Expr, Bindings>> ways;
    for (std::size_t target = 0; target < known_.targets().size() && target < most_targets;
         ++target) {
      const Expr& meaning = known_.targets()[target];
      if (head_is_known ? !(meaning == head) : !names_may_be(head.text(), meaning)) continue;
      for (const Expr& form : known_.forms(target))
        for (const Expr& turned : {formula, -formula})
          if (ways.size() < most_ways && (turned == formula || meaning.is(Expr::Kind::derivative)))
            for (Bindings& one : unify(turned, form, names, most_ways))
              ways.emplace_back(meaning, std::move(one));
    }
    if (ways.empty()) return;
    // What all ways have in common is sure.
    for (const auto& binding : ways.front().second) {
      const bool common = std::all_of(ways.begin(), ways.end(), [&](const auto& way) {
        const auto found = way.second.find(binding.first);
        return found != way.second.end() && found->second == binding.second;
      });
      if (common) learn(binding.first, binding.second, Evidence::form);
    }
    const bool one_head = std::all_of(
        ways.begin(), ways.end(), [&](const auto& way) { return way.first == ways.front().first; });
    if (!head_is_known && one_head) learn(head.text(), ways.front().first, Evidence::form);
  }

  bool names_may_be(const std::string& name, const Expr& meaning) const {
    const Kind kind = kind_of_name(name);
    if (kind != Kind::any && meaning.is(Expr::Kind::derivative) != (kind == Kind::derivative))
      return false;
    return !std::any_of(learned_.begin(), learned_.end(),
                        [&](const LearnedName& one) { return one.meaning == meaning; });
  }

  /// z = w·x + b = 0.4·1.5 + 0.2: which number stands for which name, if the two sides have as
  /// many.
  std::map<std::string, Expr> numbers_beside(const Chain& statement, std::size_t side) const {
    std::map<std::string, Expr> numbers;
    std::vector<Expr> names;
    for_each_leaf(statement.sides[side].expr, [&](const Expr& leaf) { names.push_back(leaf); });
    for (std::size_t i = side + 1; i < statement.sides.size(); ++i) {
      const Expr& other = statement.sides[i].expr;
      if (has_names(other) || other.is(Expr::Kind::number)) continue;
      std::vector<Expr> leaves;
      for_each_leaf(other, [&](const Expr& leaf) { leaves.push_back(leaf); });
      if (leaves.size() != names.size()) continue;
      for (std::size_t k = 0; k < names.size(); ++k)
        if (names[k].is(Expr::Kind::symbol)) numbers.emplace(names[k].text(), leaves[k]);
      break;
    }
    return numbers;
  }

  void remember_result(const Chain& statement) {
    const Expr* result = result_of(statement);
    const Expr& head = statement.sides[0].expr;
    if (result == nullptr || !head.is(Expr::Kind::symbol)) return;
    const Expr meaning = with_meanings(head);
    if (is_open(head.text()) && statement.sides.size() == 2) {
      const auto [stated, is_new] = stated_.emplace(head.text(), result->text());
      if (!is_new && stated->second != result->text()) changing_.insert(head.text());
    }
    if (!is_open(head.text())) written_.add(meaning, result->value());
  }

  /// a1 and a2 are out_h1 and out_h2, so a3 is out_h3; one of them is enough where the value
  /// agrees.
  void learn_series() {
    std::map<std::string, std::map<std::string, std::size_t>> templates;
    for (const LearnedName& one : learned_) {
      const auto [base, index] = indexed(one.name);
      if (index.empty() || !one.meaning.is(Expr::Kind::symbol)) continue;
      for (const std::string& like : templates_of(one.meaning.text(), index))
        ++templates[base][like];
    }
    std::set<std::string> tried;
    for (const Chain& statement : answer_.statements)
      for (const WrittenSide& side : statement.sides)
        for_each_leaf(side.expr, [&](const Expr& leaf) {
          if (!leaf.is(Expr::Kind::symbol) || !tried.insert(leaf.text()).second) return;
          learn_as_next(leaf.text(), templates);
          learn_beside(leaf.text());
        });
  }

  /// net_4 is net_h2, so o_4 is its activation, if the number agrees.
  void learn_beside(const std::string& name) {
    const auto index = indexed(name).second;
    const auto stated = stated_.find(name);
    if (index.empty() || !is_open(name) || stated == stated_.end()) return;
    for (const LearnedName& one : std::vector<LearnedName>(learned_)) {
      if (indexed(one.name).second != index || !one.meaning.is(Expr::Kind::symbol)) continue;
      for (const Item& item : problem().items) {
        const bool of_it = item.definition && item.definition->is(Expr::Kind::call) &&
                           item.definition->part(0) == one.meaning;
        const Expr symbol = Expr::symbol(item.name);
        if (of_it && is_agreement(agreement(stated->second, scope_.value(symbol).value)))
          return learn(name, symbol, Evidence::form);
      }
    }
  }

  void learn_as_next(const std::string& name,
                     const std::map<std::string, std::map<std::string, std::size_t>>& templates) {
    if (!is_open(name)) return;
    const auto [base, index] = indexed(name);
    const auto found = index.empty() ? templates.end() : templates.find(base);
    if (found == templates.end()) return;
    std::set<std::string> sure, possible;
    for (const auto& [like, count] : found->second) {
      std::string quantity = like;
      quantity.replace(quantity.find('#'), 1, index);
      const Item* item = problem().find(quantity);
      if (item == nullptr) continue;
      const auto stated = stated_.find(name);
      const double value = scope_.value(Expr::symbol(quantity)).value;
      const bool agrees = stated != stated_.end() && is_agreement(agreement(stated->second, value));
      (count > 1 || agrees ? sure : possible).insert(quantity);
    }
    if (sure.size() == 1) learn(name, Expr::symbol(*sure.begin()), Evidence::form);
  }

  /// A name with a value only: that of one given quantity, or of one that is worked out.
  void learn_from_values() {
    for (const auto& [name, number] : stated_) {
      if (!is_open(name) || uses_[name] < 2 || changing_.contains(name)) continue;
      if (const auto given = given_with_value(name, number)) {
        learn(name, Expr::symbol(*given), Evidence::value);
      } else if (const auto meant = known_.with_value(number, kind_of_name(name))) {
        learn(name, *meant, Evidence::value);
      }
    }
    learn_target();
  }

  /// Of several with that number, the one that a letter like this is used for.
  std::optional<std::string> given_with_value(const std::string& name,
                                              const std::string& number) const {
    const auto decimal = Decimal::parse(number);
    std::vector<const Item*> found;
    for (const Item& item : problem().items) {
      const bool same = item.number && decimal && item.number->value() == decimal->value();
      const bool free = std::none_of(learned_.begin(), learned_.end(), [&](const LearnedName& one) {
        return one.meaning == Expr::symbol(item.name);
      });
      if (same && free && letter_fits(name, item)) found.push_back(&item);
    }
    return found.size() == 1 ? std::optional(found[0]->name) : std::nullopt;
  }

  /// t and d are what the one target is called, where its own name is used for something else.
  void learn_target() {
    const Item* target = nullptr;
    for (const Item& item : problem().items) {
      if (item.role != Role::target) continue;
      if (target != nullptr) return;
      target = &item;
    }
    if (target == nullptr) return;
    // ŷ is the output that the problem calls y; then her y is the target.
    for (const LearnedName& one : std::vector<LearnedName>(learned_)) {
      const std::string& name = one.meaning.text();
      const bool hatted = one.name == name + "_hat" && one.meaning.is(Expr::Kind::symbol);
      if (hatted && uses_.contains(name) && !is_bound(name))
        return learn(name, Expr::symbol(target->name), Evidence::form);
    }
    if (!is_bound(target->name)) return;
    for (const char* name : {"t", "d"})
      if (uses_.contains(name) && is_open(name))
        return learn(name, Expr::symbol(target->name), Evidence::form);
  }

  Scope& scope_;
  const Answer& answer_;
  std::string_view text_;
  KnownByNumbers known_;
  WrittenValues written_;
  std::map<std::string, Expr> meanings_;
  std::map<std::string, std::string> stated_;  ///< z = 0.4: the number of an open name
  std::map<std::string, std::size_t> uses_;
  std::set<std::string> disputed_, own_;
  std::set<std::string> changing_;  ///< with more than one number

  std::vector<LearnedName> learned_;
};

}  // namespace

LearnedNames learn_names(Scope& scope, const Answer& answer, std::string_view text) {
  return NameLearner(scope, answer, text).run();
}

}  // namespace chalkgrad
