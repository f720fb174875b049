#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tracer/check/check.hpp"
#include "tracer/check/reading/array_notation.hpp"
#include "tracer/check/reading/reader.hpp"
#include "tracer/check/truth/learned_arrays.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/ascii.hpp"

/// The part of the checker that chooses in which way an answer is read: the names that are learnt
/// from it, the conventions of its writer, vectors of what the problem has singly.
namespace chalkgrad {

namespace {

std::size_t count_wrong(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), is_wrong));
}

std::size_t count_unread(const Checker::Judged& judged) {
  return judged.answer.unreadable.size() +
         static_cast<std::size_t>(
             std::count_if(judged.findings.begin(), judged.findings.end(),
                           [](const Finding& one) { return one.verdict == Verdict::unreadable; }));
}

/// Without what could not be compared.
std::size_t count_accused(const Checker::Judged& judged) {
  return count_wrong(judged.findings) + judged.answer.unreadable.size() - count_unread(judged);
}

/// What came of each statement that was judged, by where it begins; what could not be read is not
/// in it.
enum class Outcome { right, follows, wrong };
std::map<std::size_t, Outcome> outcomes(const Checker::Judged& judged) {
  std::map<std::size_t, Outcome> all;
  for (const Finding& one : judged.findings) {
    if (one.statement >= judged.answer.statements.size()) continue;
    const std::size_t begin = judged.answer.statements[one.statement].sides[0].span.begin;
    const Outcome outcome = one.verdict == Verdict::follows ? Outcome::follows
                            : is_wrong(one)                 ? Outcome::wrong
                                                            : Outcome::right;
    const auto [found, added] = all.emplace(begin, outcome);
    found->second = std::max(found->second, outcome);
  }
  return all;
}

/// Whether at least so many statements more are right, none is wrong that was right, and what is
/// read now and wrong is not more than what is read now and right.
bool is_gain(const Checker::Judged& before, const Checker::Judged& after, std::size_t least) {
  const auto old = outcomes(before), now = outcomes(after);
  std::size_t gained = 0, wrong = 0;
  for (const auto& [begin, outcome] : now) {
    const auto known = old.find(begin);
    const bool is_new = known == old.end();
    if (!is_new && known->second == Outcome::right && outcome != Outcome::right) return false;
    // What follows from a mistake is right work with these names.
    if (outcome != Outcome::wrong && (is_new || known->second == Outcome::wrong)) ++gained;
    if (outcome == Outcome::wrong && is_new) ++wrong;
  }
  // So is a side that can be read now.
  if (wrong == 0 && count_unread(after) < count_unread(before)) ++gained;
  return gained >= least && gained >= wrong;
}

/// The statements in which nothing is wrong.
std::size_t count_right_statements(const Checker::Judged& judged) {
  const auto all = outcomes(judged);
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [](const auto& one) { return one.second == Outcome::right; }));
}

/// δ = o·(1 − o)·(t − o): a formula in names with the other sign says what its writer means by δ,
/// whereas a number may agree by chance.
bool has_turned_formula(const Checker::Judged& judged) {
  return std::any_of(judged.findings.begin(), judged.findings.end(), [](const Finding& one) {
    return one.verdict == Verdict::wrong && one.slip == "sign" &&
           std::any_of(one.reading.begin(), one.reading.end(), is_letter);
  });
}

constexpr const char* said_of_negative_delta = "δ is read as −∂E/∂net, which the updates add";

/// "read as: z1 = net_h1, a1 = out_h1".
std::string names_in_words(const std::vector<LearnedName>& names,
                           const std::vector<std::string>& own) {
  std::string said;
  for (const std::string& name : own)
    said += fmt::format("{}{} a quantity of your own", said.empty() ? "read as: " : ", ", name);
  for (const LearnedName& one : names)
    said +=
        fmt::format("{}{} = {}", said.empty() ? "read as: " : ", ", one.name, print(one.meaning));
  return said;
}

}  // namespace

/// By the names that are learnt nothing may become wrong that was right, and what is read and wrong
/// only with them is less than what is right. Names that a value alone speaks for are left out
/// first. The sign of δ is tried together with them: neither can be told without the other.
std::optional<Vocabulary> Checker::learn(const std::string& text, Judged& judged,
                                         Conventions& conventions, FileReport& report) {
  if (!judged.answer.has_own_names && judged.answer.unreadable.empty() &&
      count_wrong(judged.findings) == 0)
    return std::nullopt;
  const LearnedNames learned = learn_in_rounds(text);
  std::size_t tried = static_cast<std::size_t>(-1);
  struct Choice {
    Evidence least;
    bool of_problem;  ///< also names that the problem has for something else
  };
  for (const Choice choice : {Choice{Evidence::value, true}, Choice{Evidence::value, false},
                              Choice{Evidence::form, false}, Choice{Evidence::definition, false}}) {
    std::vector<LearnedName> some;
    bool renames = false;
    for (const LearnedName& one : learned.names) {
      if (one.evidence > choice.least || (one.of_problem && !choice.of_problem)) continue;
      some.push_back(one);
      renames = renames || one.of_problem;
    }
    if ((some.empty() && learned.own.empty()) || some.size() == tried) continue;
    tried = some.size();
    const Vocabulary vocabulary = with_names(some, learned.own);
    for (const bool negative : {false, true}) {
      if (negative && !judged.answer.writes_delta) continue;
      const Conventions other{.negative_delta = negative};
      Judged again = judge(text, other, vocabulary);
      // What the problem calls otherwise is not learnt for the sake of one statement.
      if (!is_gain(judged, again, negative || renames ? 2 : 1)) continue;
      if (!negative && judged.answer.writes_delta && count_wrong(again.findings) > 0) {
        Judged turned = judge(text, {.negative_delta = true}, vocabulary);
        const bool by_formulas = has_turned_formula(again) && !has_turned_formula(turned);
        if ((by_formulas || is_gain(again, turned, 2)) &&
            count_wrong(turned.findings) < count_wrong(again.findings)) {
          again = std::move(turned);
          conventions.negative_delta = true;
        }
      }
      conventions.negative_delta = conventions.negative_delta || negative;
      judged = std::move(again);
      report.conventions.push_back(names_in_words(some, learned.own));
      if (conventions.negative_delta) report.conventions.emplace_back(said_of_negative_delta);
      return vocabulary;
    }
  }
  return std::nullopt;
}

/// What is known after the first round makes more readable: d_sigmoid(y1), once y1 is an
/// activation.
LearnedNames Checker::learn_in_rounds(const std::string& text) {
  constexpr int most_rounds = 3;
  LearnedNames all;
  std::vector<std::string> numbers;  // that are no families here
  if (base_->arrays().any()) {
    const Answer whole = read_answer(
        text, *base_,
        {.decimal_comma = options_.decimal_comma, .open_names = true, .whole_arrays = true});
    const Answer none;
    Scope scope(truth_, none);
    LearnedNames arrays = learn_array_names(scope, whole, base_->arrays(), text);
    all.names = std::move(arrays.names);
    numbers = std::move(arrays.own);
  }
  for (int round = 0; round < most_rounds; ++round) {
    const Answer open = read_answer(
        text, all.names.empty() && numbers.empty() ? *base_ : with_names(all.names, numbers),
        {.decimal_comma = options_.decimal_comma, .open_names = true});
    Scope scope(truth_, open);
    LearnedNames found = learn_names(scope, open, text);
    all.own = std::move(found.own);  // with more names known it may be another matter
    const std::size_t before = all.names.size();
    for (LearnedName& one : found.names) {
      const bool known =
          std::any_of(all.names.begin(), all.names.end(),
                      [&](const LearnedName& other) { return other.name == one.name; });
      if (!known) all.names.push_back(std::move(one));
    }
    if (all.names.size() == before) break;
  }
  all.own.insert(all.own.end(), numbers.begin(), numbers.end());
  // What was the writer's own as long as nothing else was known.
  std::erase_if(all.own, [&](const std::string& name) {
    return std::any_of(all.names.begin(), all.names.end(),
                       [&](const LearnedName& one) { return one.name == name; });
  });
  return all;
}

Vocabulary Checker::with_names(const std::vector<LearnedName>& names,
                               const std::vector<std::string>& own) const {
  Vocabulary vocabulary = *base_;
  for (const std::string& name : own) vocabulary.forget(name);
  std::vector<Alias> aliases;
  for (const LearnedName& one : names)
    if (one.meaning.is(Expr::Kind::symbol)) aliases.push_back({one.name, one.meaning.text(), {}});
  vocabulary.add_aliases(truth_.solution(), aliases);
  for (const LearnedName& one : names)
    if (one.meaning.is(Expr::Kind::derivative)) vocabulary.add_derivative(one.name, one.meaning);
  return vocabulary;
}

/// A convention is the writer's if by it at least two statements more are right, and nothing is
/// wrong that was right without it.
Checker::Judged Checker::judge_by_best_conventions(const std::string& text, FileReport& report) {
  constexpr std::size_t least_statements = 2;
  Conventions conventions;
  Judged best = judge(text, conventions, *base_);
  if (!best.variant.empty()) {
    report.conventions.push_back(best.variant);
    report.is_of_other_variant = true;
    return best;
  }
  const std::optional<Vocabulary> learned = learn(text, best, conventions, report);
  const Vocabulary& vocabulary = learned ? *learned : *base_;
  const auto attempt = [&](bool Conventions::*one, std::size_t least, const char* said) {
    const std::size_t unread = best.answer.unreadable.size();
    if (count_wrong(best.findings) + unread == 0) return;
    Conventions other = conventions;
    other.*one = true;
    Judged judged = judge(text, other, vocabulary);
    if (count_right_statements(judged) < count_right_statements(best) + least ||
        count_wrong(judged.findings) + judged.answer.unreadable.size() >=
            count_wrong(best.findings) + unread ||
        count_wrong(judged.findings) > count_wrong(best.findings))
      return;
    conventions = other;
    best = std::move(judged);
    report.conventions.emplace_back(said);
  };
  if (best.answer.writes_delta && !conventions.negative_delta)
    attempt(&Conventions::negative_delta, least_statements, said_of_negative_delta);
  if (base_->has_samples())
    attempt(&Conventions::own_loss, least_statements,
            "the derivatives of a sample are those of its own loss; the mean comes after");
  if (best.answer.has_first_powers && !base_->has_samples()) {
    constexpr std::size_t least_read = 3;
    Conventions other = conventions;
    other.layers_above = true;
    if (Judged judged = judge(text, other, vocabulary); is_gain(best, judged, least_read)) {
      conventions = other;
      best = std::move(judged);
      report.conventions.emplace_back("a number above a name is that of its layer");
    }
  }
  if (best.answer.looks_scanned)
    attempt(&Conventions::scanned, 1, "O and l within numbers are read as the digits 0 and 1");
  if (best.answer.counts_from_zero && base_->has_samples())
    attempt(&Conventions::from_zero, least_statements, "samples are counted from 0");
  if (best.answer.writes_e && base_->exact_quantity("e"))
    attempt(&Conventions::euler, 1, "e is read as Euler's number");
  if (best.answer.has_two_readings) {
    Conventions other = conventions;
    other.fraction_first = true;
    Judged judged = judge(text, other, vocabulary);
    if (count_accused(judged) <= count_accused(best) && count_unread(judged) < count_unread(best)) {
      conventions = other;
      best = std::move(judged);
      report.conventions.emplace_back("1/2 (…) is read as (1/2)·(…), where that is true");
    }
  }
  return best;
}

/// Where an answer has vectors and matrices and the problem has none, they may be families of its
/// quantities; if with them more is right, and nothing wrong that was right.
Checker::Judged Checker::judge_in_best_reading(const std::string& text, FileReport& report) {
  base_ = &vocabulary_;
  Judged judged = judge_by_best_conventions(text, report);
  const bool all_read = judged.answer.unreadable.empty() && judged.answer.passed_over.empty();
  if (all_read || vocabulary_.arrays().any() || !judged.variant.empty() || !writes_arrays(text))
    return judged;
  if (!families_) families_.emplace(truth_.solution(), Vocabulary::Arrays::and_families);
  if (!families_->arrays().any()) return judged;
  base_ = &*families_;
  FileReport other;
  Judged with_families = judge_by_best_conventions(text, other);
  base_ = &vocabulary_;
  if (!is_gain(judged, with_families, 1)) return judged;
  report.conventions = std::move(other.conventions);
  return with_families;
}

}  // namespace chalkgrad
