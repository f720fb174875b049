#include <algorithm>
#include <cmath>

#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/check/truth/name_classes.hpp"
#include "tracer/check/truth/name_learner.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

/// z = w_1·x + b, where it is known what z is, or where it can be one thing only.
void NameLearner::learn_operands(const Chain& statement) {
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
bool NameLearner::may_be(const std::string& name, const Expr& leaf,
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

void NameLearner::unify_with_definitions(const Expr& head, const Expr& formula,
                                         const OpenNames& names, bool head_is_known) {
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

bool NameLearner::names_may_be(const std::string& name, const Expr& meaning) const {
  const Kind kind = kind_of_name(name);
  if (kind != Kind::any && meaning.is(Expr::Kind::derivative) != (kind == Kind::derivative))
    return false;
  return !std::any_of(learned_.begin(), learned_.end(),
                      [&](const LearnedName& one) { return one.meaning == meaning; });
}

/// z = w·x + b = 0.4·1.5 + 0.2: which number stands for which name, if the two sides have as
/// many.
std::map<std::string, Expr> NameLearner::numbers_beside(const Chain& statement,
                                                        std::size_t side) const {
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

std::set<std::string> NameLearner::open_names_in(const Expr& e) const {
  std::set<std::string> names;
  for_each_leaf(e, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::symbol) && is_open(leaf.text()) && !scope_.is_own(leaf))
      names.insert(leaf.text());
  });
  return names;
}

/// δ_3 = o_3·(1 − o_3)·w_53·δ_5, where all but w_53 is known: what makes it so, whatever the given
/// numbers are.
void NameLearner::learn_last_operand(const Chain& statement) {
  std::optional<Expr> meant;
  for (const WrittenSide& side : statement.sides) {
    const Expr e = with_meanings(side.expr);
    if (has_names(e) && open_names_in(e).empty() && !has_open_names(e) && !scope_.is_own(e)) {
      meant = e;
      break;
    }
  }
  if (!meant) return;
  for (const WrittenSide& side : statement.sides) {
    const Expr formula = with_meanings(side.expr);
    const bool delta = is_delta(statement.sides[0].expr.text());
    if (open_names_in(formula).size() == 1) learn_last_operand(formula, *meant, delta);
  }
}

void NameLearner::learn_last_operand(const Expr& formula, const Expr& meant, bool either_sign) {
  constexpr std::size_t most = 300, longest = 100;
  const std::string name = *open_names_in(formula).begin();
  if (formula.is(Expr::Kind::symbol) || formula.size() > longest) return;
  std::optional<Expr> found;
  bool several = false;
  const auto attempt = [&](const Expr& candidate) {
    if (several || (found && *found == candidate)) return;
    const Expr trial = substitute(formula, [&](const Expr& leaf) {
      return leaf.is(Expr::Kind::symbol) && leaf.text() == name ? candidate : leaf;
    });
    const double value = scope_.value(trial).value, wanted = scope_.value(meant).value;
    constexpr double close = 1e-9;
    const bool near = std::abs(std::abs(value) - std::abs(wanted)) <= close * std::abs(wanted);
    if (!near || wanted == 0) return;
    if (scope_.compare(trial, meant) != Sameness::same &&
        !(either_sign && scope_.compare(trial, -meant) == Sameness::same))
      return;
    several = found.has_value();
    found = candidate;
  };
  const Kind kind = kind_of_name(name);
  if (kind != Kind::derivative)
    for (std::size_t i = 0; i < problem().items.size() && i < most; ++i)
      if (letter_fits(name, problem().items[i])) attempt(Expr::symbol(problem().items[i].name));
  for (std::size_t i = 0; i < known_.targets().size() && i < most; ++i)
    if (kind == Kind::derivative && known_.targets()[i].is(Expr::Kind::derivative))
      attempt(known_.targets()[i]);
  if (found && !several) learn(name, *found, Evidence::form);
}

/// e = d − y_3 = 1 − 0.6051: d is the one given quantity that is 1, if the other numbers beside
/// names are theirs.
void NameLearner::learn_from_numbers_beside() {
  for (std::size_t s = 0; s < answer_.statements.size(); ++s) {
    const Chain& statement = answer_.statements[s];
    scope_.stand_at(s);
    for (std::size_t i = 0; i < statement.sides.size(); ++i) {
      const Expr formula = with_meanings(statement.sides[i].expr);
      const std::set<std::string> open = open_names_in(formula);
      if (open.size() != 1 || formula.is(Expr::Kind::symbol)) continue;
      const auto numbers = numbers_beside(statement, i);
      const auto beside = numbers.find(*open.begin());
      if (beside == numbers.end()) continue;
      std::size_t known = 0;
      bool all_agree = true;
      for (const auto& [name, number] : numbers) {
        if (open.contains(name)) continue;
        const Expr leaf = with_meanings(Expr::symbol(name));
        all_agree = all_agree && written_.may_be(number, leaf, scope_.value(leaf).value);
        ++known;
      }
      if (!all_agree || known == 0) continue;
      if (const auto given = given_with_value(*open.begin(), beside->second.text()))
        learn(*open.begin(), Expr::symbol(*given), Evidence::value);
    }
  }
}

}  // namespace chalkgrad
