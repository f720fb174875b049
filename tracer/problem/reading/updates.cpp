#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/requests.hpp"
#include "tracer/problem/reading/statements.hpp"

/// update all of E rate 0.5 momentum 0.9 repeat 100; ascend …
namespace chalkgrad {

namespace {

/// A number, or a quantity that is one.
Expr coefficient(Statement& statement) {
  if (statement.parser.peek().kind == Token::Kind::name)
    return Expr::symbol(statement.mentioned_name());
  return Expr::number(statement.numeral());
}

/// As coefficient; and what a setting of that name says, unless it is a quantity's.
Expr replaceable(Statement& statement, const std::string& name, Place& place) {
  place = statement.place(statement.parser.peek().span);
  Expr value = coefficient(statement);
  if (statement.draft.names.contains(name)) return value;
  Draft::Setting* setting = statement.draft.take_setting(name);
  if (setting == nullptr) return value;
  Statement other{statement.draft, setting->line, *setting->tokens};
  try {
    other.name();
    other.parser.expect("=");
    place = other.place(other.parser.peek().span);
    value = coefficient(other);
    expect_end(other);
  } catch (const SyntaxError& error) {
    statement.draft.fail({setting->line, error.span}, error.what(), error.hint);
  }
  return value;
}

/// `until change < 1e-6`, `until E < 0.01` or `until no change`.
UpdateStatement::Until until(Statement& statement) {
  UpdateStatement::Until result;
  if (statement.parser.peek().is_word("no") && statement.parser.peek(1).is_word("change")) {
    statement.parser.next();
    statement.parser.next();
    result.what = UpdateStatement::Until::What::unchanged;
    return result;
  }
  const Token& what = statement.parser.peek();
  if (!what.is_word("change")) {
    (void)statement.mentioned_name();
    result.what = UpdateStatement::Until::What::error;
    result.quantity = what.text;
  } else {
    statement.parser.next();
  }
  statement.parser.expect("<");
  const Span place = statement.parser.peek().span;
  result.limit = Expr::number(statement.numeral());
  if (result.what == UpdateStatement::Until::What::change && result.limit.value() <= 0)
    throw SyntaxError(place, "the change must be allowed to be positive",
                      "as in until change < 1e-6");
  return result;
}

/// Reads the options of one update, in any order; with commas or without.
class OptionReader {
 public:
  OptionReader(Statement& statement, UpdateStatement& update)
      : statement_(statement), parser_(statement.parser), update_(update) {}

  void run() {
    while (true) {
      const bool separated = parser_.peek().is(",") || parser_.peek().is(":");
      if (separated && option_follows(statement_, 1)) parser_.next();
      parser_.accept_word("with");
      if (parser_.peek().kind != Token::Kind::name) break;
      read_option();
    }
    if (!has_rate_) refuse_request(statement_, "'rate'", "as in update all rate 0.5");
    if (update_.rule == nullptr) update_.rule = &update_rules().front();
    take_coefficients();
    refuse_other_velocity();
    refuse_other_correction();
  }

 private:
  void read_option() {
    const Token& word = parser_.peek();
    if (accept_sample_by_sample()) {
      refuse_second(update_.sample_by_sample, word);
      update_.sample_by_sample = true;
    } else if (parser_.peek().is_word("velocity")) {
      refuse_second(update_.velocity.has_value(), word);
      parser_.next();
      update_.velocity = value_of("velocity", velocity_place_);
    } else if (accept_rate_decay()) {
      refuse_second(update_.rate_decay.has_value(), word);
      Place place;
      update_.rate_decay = value_of("rate_decay", place);
      refuse_negative(*update_.rate_decay, place, "the decay of a rate");
    } else if (accept_rate()) {
      refuse_second(has_rate_, word);
      has_rate_ = true;
      read_rate();
    } else if (parser_.accept_word("rule")) {
      if (update_rule_known_as(parser_.peek().text) == nullptr)
        refuse_request(statement_, "a rule", "as in rule perceptron");
      read_method();
    } else if (word.is_word("output") || word.is_word("target")) {
      std::vector<std::string>& list = word.is_word("output") ? outputs_ : targets_;
      refuse_second(!list.empty(), word);
      correction_place_ = statement_.place(parser_.next().span);
      for (const Mention& one : statement_.mentioned_names(option_follows))
        list.push_back(one.name);
    } else if (update_rule_known_as(word.text) != nullptr) {
      read_method();
    } else if (!coefficient_known_as(word.text).empty()) {
      read_coefficient();
    } else if (word.is_word("weight") || word.is_word("decay")) {
      refuse_second(update_.decay.has_value(), word);
      parser_.next();
      if (word.is_word("weight") && !parser_.accept_word("decay"))
        parser_.fail_expecting("'decay'");
      if (word.is_word("decay")) warn_of_decay(word);
      Place place;
      update_.decay = value_of("decay", place);
    } else if (means_repeat(word.text)) {
      refuse_second(update_.repeat.has_value(), word);
      parser_.next();
      accept_equals();
      update_.repeat = statement_.whole_number(1, most_steps);
    } else if (parser_.accept_word("until")) {
      refuse_second(update_.until.has_value(), word);
      update_.until = until(statement_);
    } else {
      refuse_option();
    }
  }

  static void refuse_second(bool given, const Token& word) {
    if (given) throw SyntaxError(word.span, fmt::format("{} is given twice", describe(word)));
  }

  void accept_equals() {
    if (!parser_.accept("=")) parser_.accept(":");
  }

  Expr value_of(const std::string& setting, Place& place) {
    accept_equals();
    return replaceable(statement_, setting, place);
  }

  /// `rate`, or what else people call it: lr, eta, learning rate.
  bool accept_rate() {
    if (parser_.peek().is_word("learning") && parser_.peek(1).is_word("rate")) parser_.next();
    if (parser_.peek().kind != Token::Kind::name || !means_rate(parser_.peek().text)) return false;
    parser_.next();
    return true;
  }

  bool accept_sample_by_sample() {
    const bool here = parser_.peek().is_word("sample") && parser_.peek(1).is_word("by") &&
                      parser_.peek(2).is_word("sample");
    for (int i = 0; here && i < 3; ++i) parser_.next();
    return here;
  }

  bool accept_rate_decay() {
    const std::size_t at = parser_.peek().is_word("learning") ? 1 : 0;
    if (!parser_.peek(at).is_word("rate") || !parser_.peek(at + 1).is_word("decay")) return false;
    for (std::size_t i = 0; i < at + 2; ++i) parser_.next();
    return true;
  }

  void read_rate() {
    Place place;
    update_.rate = value_of("rate", place);
    if (update_.rate.is(Expr::Kind::number) && update_.rate.value() < 0)
      statement_.draft.warn(place, "the rate is negative: each step goes uphill",
                            "write ascend in place of update, if that is meant");
  }

  void refuse_negative(const Expr& value, const Place& place, std::string_view what) const {
    if (value.is(Expr::Kind::number) && value.value() < 0)
      throw SyntaxError(place.span, fmt::format("{} is at least 0", what));
  }

  /// momentum 0.9, momentum 0.9 damped, rmsprop, adam
  void read_method() {
    const Token& word = parser_.next();
    if (update_.rule != nullptr)
      throw SyntaxError(word.span, word.text == update_.rule->word
                                       ? fmt::format("{} is given twice", describe(word))
                                       : std::string("an update has one method"));
    update_.rule = update_rule_known_as(word.text);
    const bool has_own = !update_.rule->coefficients.empty() &&
                         update_.rule->coefficients[0].word == update_.rule->word;
    if (!has_own) return;
    const Token& next = parser_.peek();
    const bool follows = next.kind == Token::Kind::number || next.is("=") || next.is(":") ||
                         next.is("-") || statement_.draft.names.contains(next.text);
    if (!follows && update_.rule->coefficients[0].by_default) return;
    Place place;
    const Expr value = value_of(std::string(update_.rule->word), place);
    given_.push_back({update_.rule->coefficients[0].word, value, place});
    const bool odd = value.is(Expr::Kind::number) && (value.value() < 0 || value.value() >= 1);
    if (odd && update_.rule->coefficients[0].is_momentum())
      statement_.draft.warn(place, "a momentum is usually between 0 and 1");
    if (update_.rule->word == "momentum" && parser_.accept_word("damped"))
      update_.rule = update_rule("damped momentum");
  }

  void read_coefficient() {
    const Token& word = parser_.next();
    const std::string_view name = coefficient_known_as(word.text);
    for (const Given& one : given_) refuse_second(one.word == name, word);
    Place place;
    const Expr value = value_of(std::string(name), place);
    given_.push_back({name, value, place});
  }

  /// Each coefficient of the rule: what is given, or what it is by default.
  void take_coefficients() {
    const UpdateRule& rule = *update_.rule;
    for (const UpdateCoefficient& one : rule.coefficients) {
      const bool damped = rule.word == "damped momentum";
      const auto found = std::find_if(given_.begin(), given_.end(), [&](const Given& given) {
        return given.word == one.word || (damped && given.word == "momentum");
      });
      if (found == given_.end()) {
        update_.coefficients.emplace_back(*one.by_default);
        continue;
      }
      const Expr& value = found->value;
      const bool wrong = value.is(Expr::Kind::number) && !(value.value() >= 0 && value.value() < 1);
      if (wrong && !one.is_momentum())
        throw SyntaxError(found->place.span, fmt::format("{} is at least 0 and below 1", one.word));
      update_.coefficients.push_back(value);
      given_.erase(found);
    }
    if (given_.empty()) return;
    const std::string owners = rules_with(given_.front().word);
    const bool several = owners.find(' ') != std::string::npos;
    throw SyntaxError(given_.front().place.span,
                      fmt::format("'{}' belongs to another method", given_.front().word),
                      fmt::format("{} {} it", owners, several ? "have" : "has"));
  }

  /// Only momentum has a velocity that the first step depends on as it stands: Nesterov's slope
  /// would be taken elsewhere.
  void refuse_other_velocity() const {
    if (update_.velocity && (update_.rule->states.empty() || update_.rule->looks_ahead ||
                             update_.rule->states[0].word != "velocity"))
      throw SyntaxError(velocity_place_.span, "'velocity' belongs to another method",
                        "momentum has it");
  }

  /// The rules of perceptrons are about errors t − y, and nothing is added to them.
  void refuse_other_correction() {
    const bool corrects = update_.rule->is_correction();
    if (!corrects && (!outputs_.empty() || !targets_.empty()))
      throw SyntaxError(correction_place_.span, "an output and a target belong to another method",
                        "as in rule perceptron output y target t");
    if (!corrects) return;
    if (update_.ascends || update_.decay)
      throw SyntaxError(
          update_.place.span,
          fmt::format("the {} rule neither ascends nor lets weights decay", update_.rule->word));
    update_.correction = Correction{.outputs = std::move(outputs_), .targets = std::move(targets_)};
  }

  void warn_of_decay(const Token& word) {
    statement_.draft.warn(statement_.place(word.span), "'decay' is read as weight decay",
                          "write weight decay, or rate decay, if the rate decays");
  }

  [[noreturn]] void refuse_option() {
    const Token& word = parser_.peek();
    if (!has_rate_) refuse_request(statement_, "'rate'", "as in update all rate 0.5");
    std::vector<std::string_view> words = words_of_updates();
    words.insert(words.end(), {"weight decay", "rate decay", "velocity", "sample by sample", "rule",
                               "repeat", "until"});
    std::string hint = did_you_mean(word.text, words);
    if (hint.empty()) hint = hint_at(statement_.tokens, word.span);
    if (word.is_word("times") || word.is_word("for")) hint = "as in repeat 100";
    refuse_request(statement_, "a method, 'weight decay', 'rate decay', 'repeat' or 'until'",
                   std::move(hint));
  }

  struct Given {
    std::string_view word{};
    Expr value = 0.0;
    Place place{};
  };
  Statement& statement_;
  ExpressionParser& parser_;
  UpdateStatement& update_;
  bool has_rate_ = false;
  Place velocity_place_, correction_place_;
  std::vector<std::string> outputs_, targets_;
  std::vector<Given> given_;
};

/// Steps are counted for all statements together, and one condition ends them.
void refuse_other_repetition(const Statement& statement, const UpdateStatement& update) {
  for (const UpdateStatement& one : statement.draft.problem.updates) {
    if (one.until && update.until)
      throw SyntaxError(update.place.span, "a file has one 'until'",
                        fmt::format("the other stands in line {}", one.place.line));
    if (one.repeat && update.repeat && one.repeat != update.repeat)
      throw SyntaxError(update.place.span, "the updates of a file are repeated equally often",
                        fmt::format("line {} says repeat {}", one.place.line, *one.repeat));
  }
}

}  // namespace

bool option_follows(const Statement& statement, std::size_t ahead) {
  const Token &word = statement.parser.peek(ahead), &after = statement.parser.peek(ahead + 1);
  const bool known = word.is_word("with") || word.is_word("learning") || word.is_word("weight") ||
                     word.is_word("decay") || word.is_word("velocity") || word.is_word("until") ||
                     word.is_word("sample") || word.is_word("rule") || word.is_word("output") ||
                     word.is_word("target") || means_rate(word.text) || means_repeat(word.text) ||
                     update_rule_known_as(word.text) != nullptr ||
                     !coefficient_known_as(word.text).empty();
  return word.kind == Token::Kind::name && known && !after.is(",") &&
         after.kind != Token::Kind::end && !statement.draft.names.contains(word.text);
}

void read_update(Statement& statement) {
  const Token& word = statement.parser.next();
  UpdateStatement update{.ascends = word.is_word("ascend"), .place = statement.place(word.span)};
  update.parameters = names_or_all(statement);
  if (statement.parser.accept_word("of")) update.output = statement.mentioned_name();
  OptionReader(statement, update).run();
  statement.left_over_hint =
      statement.parser.peek().kind == Token::Kind::number
          ? "as in repeat 100"
          : "a coefficient is a decimal, or the name of a quantity: constant eta = 1/3";
  refuse_other_repetition(statement, update);
  statement.draft.problem.updates.push_back(std::move(update));
}

}  // namespace chalkgrad
