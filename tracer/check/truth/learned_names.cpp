#include "tracer/check/truth/learned_names.hpp"

#include <algorithm>
#include <cmath>

#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/check/truth/name_classes.hpp"
#include "tracer/check/truth/name_learner.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

/// The number at the end of a statement: of z = 0.2·0.6 + 0.1 = 0.22, 0.22; nothing if it has none.
const Expr* result_of(const Chain& statement) {
  const Expr& last = statement.sides.back().expr;
  return statement.sides.size() > 1 && last.is(Expr::Kind::number) ? &last : nullptr;
}

/// w_13 of w_13⁺ and of w_13_new; empty for other names.
std::string without_update_mark(const std::string& name) {
  if (name.ends_with(updated_mark)) return name.substr(0, name.size() - updated_mark.size());
  const auto last = name.rfind('_');
  const bool says =
      last != std::string::npos && last > 0 && kind_of_word(name.substr(last + 1)) == Word::updated;
  return says ? name.substr(0, last) : std::string();
}

/// 0.7·y_1 − 0.5·y_2 + 0.3, and no factor ½ or 2 alone.
bool has_numbers_put_in(const Expr& e) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    found = found || (leaf.is(Expr::Kind::number) && leaf.text().find('.') != std::string::npos);
  });
  return found;
}

}  // namespace

NameLearner::NameLearner(Scope& scope, const Answer& answer, std::string_view text)
    : scope_(scope), answer_(answer), text_(text), known_(scope) {
  for (const Chain& statement : answer.statements)
    for (const WrittenSide& side : statement.sides)
      for_each_leaf(side.expr, [this](const Expr& leaf) {
        if (leaf.is(Expr::Kind::symbol)) ++uses_[leaf.text()];
      });
}

LearnedNames NameLearner::run() {
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

/// A name that the problem does not have.
bool NameLearner::is_open(const std::string& name) const {
  return !is_bound(name) && problem().find(name) == nullptr &&
         std::isnan(scope_.truth().value(Expr::symbol(name)).value) &&
         scope_.truth().definitions(Expr::symbol(name)).empty() && !disputed_.contains(name) &&
         name[0] != '?' && (name.find('[') == std::string::npos || !has_samples());
}

/// ŷ[2] of the second sample, where the problem has no ŷ.
bool NameLearner::is_open_in_sample(const std::string& name) const {
  return has_samples() && sample_of(name) > 0 && !is_bound(name) &&
         problem().find(name) == nullptr &&
         std::isnan(scope_.truth().value(Expr::symbol(name)).value);
}

Expr NameLearner::with_meanings(const Expr& e) const {
  return substitute(e, [this](const Expr& leaf) {
    const auto found = leaf.is(Expr::Kind::symbol) ? meanings_.find(leaf.text()) : meanings_.end();
    return found == meanings_.end() ? leaf : found->second;
  });
}

bool NameLearner::has_open_names(const Expr& e) const {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    found = found || (leaf.is(Expr::Kind::symbol) && is_open(leaf.text()) && !scope_.is_own(leaf));
  });
  return found;
}

void NameLearner::learn(const std::string& name, const Expr& meaning, Evidence evidence) {
  const bool taken = std::any_of(learned_.begin(), learned_.end(), [&](const LearnedName& one) {
    return one.meaning == meaning && evidence != Evidence::definition;
  });
  if (taken || is_bound(name)) return;
  meanings_.emplace(name, meaning);
  learned_.push_back({name, meaning, evidence, problem().find(name) != nullptr});
}

void NameLearner::learn_from_formulas() {
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
    if (one.meanings.size() > 1 || (one.other && one.meanings.size() == 1)) disputed_.insert(name);
    if (one.meanings.size() != 1 || one.other) continue;
    learn(name, one.meanings[0], one.by_definition ? Evidence::definition : Evidence::form);
  }
  for (std::size_t i = 0; i < answer_.statements.size(); ++i) {
    scope_.stand_at(i);
    learn_operands(answer_.statements[i]);
    learn_last_operand(answer_.statements[i]);
    learn_denominator(answer_.statements[i]);
    learn_updated(answer_.statements[i]);
    remember_result(answer_.statements[i]);
  }
}

/// The name at the head of a statement, if it may be learnt from what stands there: one that is
/// open; or one of the problem, o1, that is something else for the writer, as its formula says.
std::string NameLearner::name_of_head(const Chain& statement) const {
  const std::string& name = statement.sides[0].expr.text();
  if (name.ends_with(updated_mark)) return {};
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

void NameLearner::add_what_is_said(const Chain& statement, const std::string& name, Said& said) {
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
      if (!meant && has_numbers_put_in(side)) meant = known_.with_numbers(side, kind, written_);
      if (!meant && kind == Kind::derivative && has_numbers_put_in(side))
        meant = known_.derivative_worth(scope_.value(side));
    } else {
      meant = known_.with_numbers(side, kind, written_);
    }
    if (of_problem && meant && *meant == statement.sides[0].expr) return;
    if (of_problem && meant && !definition && problem().find(name) != nullptr) return;
    if (of_problem && !meant && i == 1 && is_own_for_the_writer(statement, side)) own_.insert(name);
    if (meant && is_delta(name) && known_.is_by_activation(*meant)) return;
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
bool NameLearner::is_own_for_the_writer(const Chain& statement, const Expr& side) const {
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

bool NameLearner::depends_on(const Expr& e, const std::string& name) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    found = found || (leaf.is(Expr::Kind::symbol) && leaf.text() == name);
  });
  return found;
}

/// ∂E/∂β = … = −4.33: β is what E has that derivative by; and J̃ of ∂J̃/∂w likewise.
void NameLearner::learn_denominator(const Chain& statement) {
  const Expr& head = statement.sides[0].expr;
  if (!head.is(Expr::Kind::derivative)) return;
  const bool of = is_open(head.text()), by = is_open(head.wrt());
  if (of == by) return;
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
  if (!meant) return;
  const Expr known = with_meanings(Expr::symbol(of ? head.wrt() : head.text()));
  if (by && meant->text() == known.text())
    learn(head.wrt(), Expr::symbol(meant->wrt()), Evidence::value);
  if (of && meant->wrt() == known.text())
    learn(head.text(), Expr::symbol(meant->text()), Evidence::value);
}

/// w_13⁺ = 0.7 + 0.5·0.0944·0.5474 = 0.7258: the one weight that is 0.7 before and 0.7258 after.
void NameLearner::learn_updated(const Chain& statement) {
  const Expr* result = result_of(statement);
  const Expr& head = statement.sides[0].expr;
  if (result == nullptr || !head.is(Expr::Kind::symbol) || statement.sides.size() < 3) return;
  const std::string name = without_update_mark(head.text());
  if (name.empty() || !is_open(name)) return;
  std::optional<Expr> before;
  for_each_leaf(statement.sides[statement.sides.size() - 2].expr, [&](const Expr& leaf) {
    if (!before && leaf.is(Expr::Kind::number)) before = leaf;
  });
  std::optional<std::string> found;
  for (const Update& update : scope_.truth().solution().updates) {
    const Expr parameter = Expr::symbol(update.parameter);
    if (!before || !is_agreement(agreement(before->text(), scope_.value(parameter).value)) ||
        !is_agreement(agreement(result->text(), update.after)))
      continue;
    if (found) return;
    found = update.parameter;
  }
  if (found) learn(name, Expr::symbol(*found), Evidence::form);
}

void NameLearner::remember_result(const Chain& statement) {
  const Expr* result = result_of(statement);
  const Expr& head = statement.sides[0].expr;
  if (result == nullptr || !head.is(Expr::Kind::symbol)) return;
  if (is_open(head.text()) || is_open_in_sample(head.text()))
    results_.emplace(head.text(), result->text());
  const Expr meaning = with_meanings(head);
  if (is_open(head.text()) && statement.sides.size() == 2) {
    const auto [stated, is_new] = stated_.emplace(head.text(), result->text());
    if (!is_new && stated->second != result->text()) changing_.insert(head.text());
  }
  if (!is_open(head.text())) written_.add(meaning, result->value());
}

LearnedNames learn_names(Scope& scope, const Answer& answer, std::string_view text) {
  return NameLearner(scope, answer, text).run();
}

}  // namespace chalkgrad
