#include "tracer/check/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "tracer/check/judging/judge.hpp"
#include "tracer/check/judging/step_by_step.hpp"
#include "tracer/check/judging/transposition.hpp"
#include "tracer/check/reading/array_notation.hpp"
#include "tracer/check/reading/own_title.hpp"
#include "tracer/check/reading/reader.hpp"
#include "tracer/check/report/hints.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// The order in which statements are judged: that of the file, but what a statement uses of the
/// writer's own is judged before it. The adjoints of a table are worked out from below.
std::vector<std::size_t> order_of(const Answer& answer, Scope& scope) {
  const std::size_t count = answer.statements.size();
  std::vector<std::size_t> order, stack;
  std::vector<bool> begun(count), done(count);
  for (std::size_t root = 0; root < count; ++root) {
    stack.push_back(root);
    while (!stack.empty()) {
      const std::size_t at = stack.back();
      if (begun[at]) {
        stack.pop_back();
        if (!done[at]) order.push_back(at);
        done[at] = true;
        continue;
      }
      begun[at] = true;
      scope.stand_at(at);
      for (const WrittenSide& side : answer.statements[at].sides) {
        for_each_leaf(side.expr, [&](const Expr& leaf) {
          if (!leaf.is(Expr::Kind::symbol)) return;
          const auto before = scope.statement_defining(leaf.text());
          if (before && !begun[*before]) stack.push_back(*before);
        });
      }
    }
  }
  return order;
}

std::string reading_of(const Chain& statement) {
  std::string text;
  for (const WrittenSide& side : statement.sides)
    text += (text.empty() ? "" : " = ") + print(side.expr);
  return text;
}

/// NaN if it is not updated.
double value_after_update(const Solution& solution, const std::string& name) {
  for (const Update& update : solution.updates)
    if (update.parameter == name) return update.after;
  return std::numeric_limits<double>::quiet_NaN();
}

/// Where perceptrons learn, w = 0.3 may be w behind any step.
bool is_corrected(const Solution& solution, const std::string& name) {
  return solution.descent &&
         std::any_of(
             solution.descent->parameters.begin(), solution.descent->parameters.end(),
             [&](const Descent::Parameter& one) { return one.correction && one.name == name; });
}

/// Whether the answer is to the same exercise with other numbers: at least two given quantities,
/// and half of those that it states, have another value than in the problem. Empty if not.
std::string other_variant(const Answer& answer, const Solution& solution) {
  std::size_t stated = 0, different = 0;
  std::string example;
  for (const Chain& statement : answer.statements) {
    const Expr& name = statement.sides[0].expr;
    const Expr& number = statement.sides[1].expr;
    if (statement.assigns || statement.sides.size() != 2 || !name.is(Expr::Kind::symbol) ||
        !number.is(Expr::Kind::number))
      continue;
    const Item* item = solution.problem.find(name.text());
    if (item == nullptr || !item->number || is_corrected(solution, item->name)) continue;
    const double updated = value_after_update(solution, item->name);
    ++stated;
    const double here = item->number->value();
    const bool same = std::abs(number.value() - here) <= 1e-9 * std::abs(here);
    if (same || is_agreement(agreement(number.text(), here)) ||
        is_agreement(agreement(number.text(), updated)))
      continue;
    ++different;
    if (example.empty())
      example = fmt::format("{} = {} here, {} in the problem", print(name), print(number),
                            print(*item->number));
  }
  return different >= 2 && 2 * different >= stated ? example + ": another variant?" : "";
}

/// "error going back to out = 3.58" may be about something else than out: what is not right of out
/// is not read, rather than wrong.
std::vector<Finding> benefit_of_doubt(const Chain& statement, std::vector<Finding> findings) {
  if (std::none_of(findings.begin(), findings.end(), is_wrong)) return findings;
  if (statement.has_unread_side) {
    // What was not read may say that something else is meant; that it was not is reported.
    std::erase_if(findings, is_wrong);
    return findings;
  }
  if (statement.qualifier.empty()) return findings;
  return {not_compared(
      statement, fmt::format("with '{}' beside it, {} may be something else; it was not compared",
                             statement.qualifier, print(statement.sides.front().expr)))};
}

}  // namespace

Checker::Checker(const Solution& solution, CheckOptions options)
    : options_(options), vocabulary_(solution), truth_(solution), slips_(truth_), later_(solution) {
  if (options_.hint > 0) options_.show_answers = false;
}

Checker::Judged Checker::judge(const std::string& text, const Conventions& conventions,
                               const Vocabulary& vocabulary) {
  Judged judged;
  judged.answer = read_answer(
      text, vocabulary, {.decimal_comma = options_.decimal_comma, .conventions = conventions});
  const Answer& answer = judged.answer;
  Scope scope(truth_, answer);
  judged.variant = other_variant(answer, truth_.solution());
  CheckOptions options = options_;
  options.name_slips = judged.variant.empty();  // nothing is learnt from slips in another exercise
  Judge judge(scope, slips_, answer, options);
  StepByStep steps(later_, answer, options);
  for (const std::size_t i : order_of(answer, scope)) {
    const Chain& statement = answer.statements[i];
    std::vector<Finding> findings = steps.judge(statement, i, judge.judge(statement, i));
    for (Finding& finding : benefit_of_doubt(statement, std::move(findings))) {
      if (!statement.element.empty())
        finding.place = statement.element + (finding.place.empty() ? "" : ", " + finding.place);
      judged.findings.push_back(std::move(finding));
    }
  }
  if (vocabulary.arrays().any()) name_transposed(judged.findings, answer, scope);
  return judged;
}

namespace {

std::size_t count_wrong(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), is_wrong));
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
  constexpr int most_rounds = 2;
  LearnedNames all;
  for (int round = 0; round < most_rounds; ++round) {
    const Answer open = read_answer(text, round == 0 ? vocabulary_ : with_names(all.names, all.own),
                                    {.decimal_comma = options_.decimal_comma, .open_names = true});
    Scope scope(truth_, open);
    LearnedNames found = learn_names(scope, open, text);
    if (found.names.empty() && found.own.empty()) break;
    for (LearnedName& one : found.names) {
      const bool known =
          std::any_of(all.names.begin(), all.names.end(),
                      [&](const LearnedName& other) { return other.name == one.name; });
      if (!known) all.names.push_back(std::move(one));
    }
    for (std::string& name : found.own)
      if (std::find(all.own.begin(), all.own.end(), name) == all.own.end())
        all.own.push_back(std::move(name));
  }
  return all;
}

Vocabulary Checker::with_names(const std::vector<LearnedName>& names,
                               const std::vector<std::string>& own) const {
  Vocabulary vocabulary = vocabulary_;
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
  Judged best = judge(text, conventions, vocabulary_);
  if (!best.variant.empty()) {
    report.conventions.push_back(best.variant);
    report.is_of_other_variant = true;
    return best;
  }
  const std::optional<Vocabulary> learned = learn(text, best, conventions, report);
  const Vocabulary& vocabulary = learned ? *learned : vocabulary_;
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
  if (vocabulary_.has_samples())
    attempt(&Conventions::own_loss, least_statements,
            "the derivatives of a sample are those of its own loss; the mean comes after");
  if (best.answer.looks_scanned)
    attempt(&Conventions::scanned, 1, "O and l within numbers are read as the digits 0 and 1");
  if (best.answer.counts_from_zero && vocabulary_.has_samples())
    attempt(&Conventions::from_zero, least_statements, "samples are counted from 0");
  if (best.answer.writes_e && vocabulary_.exact_quantity("e"))
    attempt(&Conventions::euler, 1, "e is read as Euler's number");
  return best;
}

namespace {

/// The text of a report, which is printed, in pages and tables too, and so has to be UTF-8: a byte
/// that is none is a question mark, so that everything stands where it stood.
void make_printable(std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    if (!c) text[at] = '?';
    at += c ? c->bytes : 1;
  }
}

}  // namespace

FileReport Checker::check(std::string path, std::string text) {
  FileReport report;
  report.path = std::move(path);
  report.text = std::move(text);
  std::string text_of_answer = without_title(report.text, truth_.solution().problem.title);
  if (vocabulary_.arrays().any()) blank_labels_within_arrays(text_of_answer);
  Judged judged = judge_by_best_conventions(text_of_answer, report);
  report.findings = std::move(judged.findings);
  const Answer& answer = judged.answer;
  report.passed_over = answer.passed_over;
  if (options_.echo)
    for (const Chain& statement : answer.statements)
      report.echoes.push_back(
          {{statement.sides.front().span.begin, statement.sides.back().span.end},
           reading_of(statement)});
  for (const Unreadable& one : answer.unreadable) {
    Finding finding;
    finding.span = one.span;
    finding.verdict = Verdict::unreadable;
    finding.statement = static_cast<std::size_t>(-1);
    finding.message = one.hint.empty() ? one.message : one.message + "; " + one.hint;
    report.findings.push_back(std::move(finding));
  }
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  if (options_.hint > 0) keep_to_hints(report, options_.hint);
  make_printable(report.text);
  return report;
}

}  // namespace chalkgrad
