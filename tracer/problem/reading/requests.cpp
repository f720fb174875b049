#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/statements.hpp"

/// What is asked for: derive, update, expect.
namespace chalkgrad {

namespace {

/// A file asks for no more; `chalkgrad train --steps` may.
constexpr std::size_t most_steps = 1'000'000;

/// Throws "expected <wanted>, but found <what is there>", with that hint.
[[noreturn]] void refuse_request(const Statement& statement, std::string_view wanted,
                                 std::string hint) {
  const Token& found = statement.parser.peek();
  throw SyntaxError(found.span, fmt::format("expected {}, but found {}", wanted, describe(found)),
                    std::move(hint));
}

/// Whether an option of an update begins there, and not the name of a quantity.
bool option_follows(const Statement& statement, std::size_t ahead) {
  const Token &word = statement.parser.peek(ahead), &after = statement.parser.peek(ahead + 1);
  const bool known = word.is_word("with") || word.is_word("learning") || word.is_word("momentum") ||
                     word.is_word("weight") || word.is_word("decay") || word.is_word("until") ||
                     means_rate(word.text) || means_repeat(word.text);
  return word.kind == Token::Kind::name && known && !after.is(",") &&
         after.kind != Token::Kind::end && !statement.draft.names.contains(word.text);
}

/// The names of a list; `all` is left for expand_all unless it is a quantity.
std::vector<std::string> names_or_all(Statement& statement) {
  std::vector<std::string> names;
  if (statement.parser.peek().kind != Token::Kind::name)
    refuse_request(statement, "a name", "all means all weights and biases");
  for (const Mention& one : statement.name_list(option_follows)) {
    names.push_back(one.name);
    if (one.name != "all") statement.draft.mention(one.name, one.place);
  }
  return names;
}

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

/// `until change < 1e-6` or `until E < 0.01`.
UpdateStatement::Until until(Statement& statement) {
  UpdateStatement::Until result;
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

/// `rate`, or what else people call it: lr, eta, learning rate.
bool accept_rate(ExpressionParser& parser) {
  if (parser.peek().is_word("learning") && parser.peek(1).is_word("rate")) parser.next();
  if (parser.peek().kind != Token::Kind::name || !means_rate(parser.peek().text)) return false;
  parser.next();
  return true;
}

void read_rate(Statement& statement, UpdateStatement& update) {
  Place place;
  update.rate = replaceable(statement, "rate", place);
  if (update.rate.value() < 0)
    statement.draft.warn(place, "the rate is negative: each step goes uphill");
}

void read_momentum(Statement& statement, UpdateStatement& update) {
  Place place;
  update.momentum = replaceable(statement, "momentum", place);
  const bool literal = update.momentum->is(Expr::Kind::number);
  if (literal && (update.momentum->value() < 0 || update.momentum->value() >= 1))
    statement.draft.warn(place, "a momentum is usually between 0 and 1");
}

void warn_of_decay(Statement& statement, const Token& word) {
  statement.draft.warn(statement.place(word.span), "'decay' is read as weight decay",
                       "write weight decay, if the weights and not the rate decay");
}

[[noreturn]] void refuse_option(const Statement& statement, bool has_rate) {
  const Token& word = statement.parser.peek();
  if (!has_rate) refuse_request(statement, "'rate'", "as in update all rate 0.5");
  std::string hint = did_you_mean(word.text, {"momentum", "weight decay", "repeat", "until"});
  if (hint.empty()) hint = hint_at(statement.tokens, word.span);
  if (word.is_word("times") || word.is_word("for")) hint = "as in repeat 100";
  refuse_request(statement, "'momentum', 'weight decay', 'repeat' or 'until'", std::move(hint));
}

/// The rate, and what else stands behind the names, in any order; with commas or without.
void read_options(Statement& statement, UpdateStatement& update) {
  ExpressionParser& parser = statement.parser;
  bool has_rate = false;
  const auto refuse_second = [&](bool given, const Token& word) {
    if (given) throw SyntaxError(word.span, fmt::format("{} is given twice", describe(word)));
  };
  const auto accept_equals = [&] { return parser.accept("=") || parser.accept(":"); };
  while (true) {
    const bool separated = parser.peek().is(",") || parser.peek().is(":");
    if (separated && option_follows(statement, 1)) parser.next();
    parser.accept_word("with");
    const Token& word = parser.peek();
    if (word.kind != Token::Kind::name) break;
    if (accept_rate(parser)) {
      refuse_second(has_rate, word);
      has_rate = true;
      accept_equals();
      read_rate(statement, update);
    } else if (parser.accept_word("momentum")) {
      refuse_second(update.momentum.has_value(), word);
      accept_equals();
      read_momentum(statement, update);
    } else if (word.is_word("weight") || word.is_word("decay")) {
      refuse_second(update.decay.has_value(), word);
      parser.next();
      if (word.is_word("weight") && !parser.accept_word("decay")) parser.fail_expecting("'decay'");
      if (word.is_word("decay")) warn_of_decay(statement, word);
      accept_equals();
      Place place;
      update.decay = replaceable(statement, "decay", place);
    } else if (means_repeat(word.text)) {
      refuse_second(update.repeat.has_value(), word);
      parser.next();
      accept_equals();
      update.repeat = statement.whole_number(1, most_steps);
    } else if (parser.accept_word("until")) {
      refuse_second(update.until.has_value(), word);
      update.until = until(statement);
    } else {
      refuse_option(statement, has_rate);
    }
  }
  if (!has_rate) refuse_request(statement, "'rate'", "as in update all rate 0.5");
}

std::string without_d(const Token& name, bool curly) {
  if (curly) return name.text;
  if (name.text.size() < 2 || name.text[0] != 'd')
    throw SyntaxError(name.span, "expected a derivative, as in dE/dw5");
  return name.text.substr(1);
}

/// `when act = tanh`, as a name and its setting; empty if it does not stand here.
std::pair<std::string, std::string> condition(Statement& statement) {
  if (!statement.parser.accept_word("when")) return {};
  const Token& name = statement.name();
  if (!statement.draft.functions.is_own(name.text) && !statement.draft.names.contains(name.text))
    throw SyntaxError(name.span, fmt::format("the file has no {} to set", describe(name)));
  statement.parser.expect("=");
  const bool word = statement.parser.peek().kind == Token::Kind::name;
  return {name.text, word ? statement.parser.next().text : statement.numeral()};
}

/// Puts what `all` and the names of what has a value in each sample stand for in their place, and
/// the elements of arrays.
void expand(Draft& draft, std::vector<std::string>& names, const Place& place) {
  std::vector<std::string> expanded;
  for (const std::string& name : names) {
    if (draft.problem.index.contains(name)) {
      expanded.push_back(name);
    } else if (const auto part = part_of_array(draft, name, place)) {
      expanded.insert(expanded.end(), part->elements.begin(), part->elements.end());
    } else if (name == "all") {
      const std::vector<std::string> parameters = draft.problem.parameters();
      expanded.insert(expanded.end(), parameters.begin(), parameters.end());
    } else if (draft.problem.index.contains(name_in_sample(name, 1))) {
      for (std::size_t k = 1; k <= draft.problem.samples.count; ++k)
        expanded.push_back(name_in_sample(name, k));
    } else {
      expanded.push_back(name);
    }
  }
  std::set<std::string> seen;
  std::erase_if(expanded, [&](const std::string& name) { return !seen.insert(name).second; });
  names = std::move(expanded);
}

void check_all(Draft& draft, const std::vector<std::string>& names, Place place) {
  const bool says_all = std::find(names.begin(), names.end(), "all") != names.end();
  if (says_all && !draft.problem.index.contains("all") && draft.problem.parameters().empty() &&
      draft.errors.empty())
    draft.fail(place, "'all' means all weights and biases, and there are none");
}

/// w = 0.5 defines a quantity, which no update changes.
void refuse_update_of_number(Draft& draft, const std::string& name, const UpdateStatement& update) {
  const Item* item = draft.problem.find(name);
  if (item == nullptr || !item->definition || !item->definition->is(Expr::Kind::number)) return;
  draft.fail(update.place, fmt::format("'{}' is a definition, which no update changes", name),
             fmt::format("write weight {} = {} in line {}", name, item->definition->text(),
                         item->place.line));
}

/// A rate is a number, and no array.
void check_coefficients(Draft& draft, const UpdateStatement& update) {
  std::vector<std::string> names;
  for (const std::optional<Expr>& one : {std::optional(update.rate), update.momentum, update.decay})
    if (one && one->is(Expr::Kind::symbol)) names.push_back(one->text());
  if (update.until) names.push_back(update.until->quantity);
  for (const std::string& name : names)
    if (const Array* array = draft.arrays.find(name); array && !array->shape.is_number())
      draft.fail(
          update.place,
          fmt::format("'{}' is {}, but the update needs a number", name, describe(array->shape)),
          fmt::format("name one element, as in {}", array->element_name(0)));
}

void expand_derivations(Draft& draft) {
  std::vector<DeriveStatement> expanded;
  for (DeriveStatement& statement : draft.problem.derivations) {
    const bool is_quantity = draft.problem.index.contains("all");
    if (is_quantity && statement.wrt == std::vector<std::string>{"all"})
      draft.warn(statement.place, "'all' is the quantity of that name here",
                 "rename it, if all weights and biases are meant");
    check_all(draft, statement.wrt, statement.place);
    expand(draft, statement.wrt, statement.place);
    std::vector<std::string> outputs = {statement.output};
    if (statement.output != "all") expand(draft, outputs, statement.place);
    for (const std::string& output : outputs)
      expanded.push_back({output, statement.wrt, statement.place});
  }
  draft.problem.derivations = std::move(expanded);
}

}  // namespace

namespace {

/// `wrt`, or `with respect to`.
bool accept_wrt(ExpressionParser& parser) {
  if (parser.accept_word("wrt")) return true;
  if (!parser.peek().is_word("with") || !parser.peek(1).is_word("respect") ||
      !parser.peek(2).is_word("to"))
    return false;
  for (int i = 0; i < 3; ++i) parser.next();
  return true;
}

/// Of derive dE/dw the hint is derive E wrt w.
std::string hint_for_wrt(const Statement& statement) {
  const auto& tokens = statement.tokens;
  const std::string &above = tokens[1].text, &below = tokens.size() > 3 ? tokens[3].text : above;
  const bool quotient = tokens.size() > 3 && tokens[2].is("/") && above.size() > 1 &&
                        below.size() > 1 && above[0] == 'd' && below[0] == 'd' && above[1] != '2';
  if (quotient) return fmt::format("write derive {} wrt {}", above.substr(1), below.substr(1));
  const bool twice = above.starts_with("d2") || above.starts_with("d^2");
  return twice ? "there are no second derivatives" : fmt::format("as in derive {} wrt all", above);
}

}  // namespace

void read_derive(Statement& statement) {
  const Span word = statement.parser.next().span;
  DeriveStatement derive{.place = statement.place(word)};
  if (statement.parser.peek().is_word("wrt") && !statement.draft.names.contains("wrt"))
    refuse_request(statement, "the quantity to differentiate", "as in derive E wrt w");
  derive.output = statement.mentioned_name();
  if (!accept_wrt(statement.parser)) refuse_request(statement, "'wrt'", hint_for_wrt(statement));
  derive.wrt = names_or_all(statement);
  statement.draft.problem.derivations.push_back(std::move(derive));
}

void read_update(Statement& statement) {
  const Span word = statement.parser.next().span;
  UpdateStatement update{.place = statement.place(word)};
  update.parameters = names_or_all(statement);
  read_options(statement, update);
  statement.left_over_hint =
      statement.parser.peek().kind == Token::Kind::number
          ? "as in repeat 100"
          : "a coefficient is a decimal, or the name of a quantity: constant eta = 1/3";
  if (!statement.draft.problem.updates.empty())
    throw SyntaxError(word, "a file has one update", "name all its parameters in one statement");
  statement.draft.problem.updates.push_back(std::move(update));
}

void read_expect(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  Expectation expectation{.place = statement.place(parser.peek().span)};
  const bool curly = parser.accept("∂");
  const Token& first = statement.name();
  const Token name = {Token::Kind::name, statement.with_brackets(first).name, first.span};
  expectation.quantity = name.text;
  if (parser.accept("/")) {
    if (curly) parser.expect("∂");
    const Mention mention = statement.with_brackets(statement.name());
    const Token wrt = {Token::Kind::name, mention.name, mention.place.span};
    expectation.quantity = without_d(name, curly);
    expectation.wrt = without_d(wrt, curly);
    statement.draft.mention(*expectation.wrt, statement.place(wrt.span));
    expectation.place.span.end = wrt.span.end;
  } else if (parser.accept_word("after")) {
    expectation.steps = statement.whole_number(0, most_steps);
  } else {
    if (parser.peek().is("^") && parser.peek(1).is("+")) parser.next();  // w^+
    expectation.updated = parser.accept("+") || parser.accept("⁺");
    if (expectation.updated && statement.draft.arrays.in_file) {  // W+[1,2]
      Span end = name.span;
      for (const Token& token : statement.tokens)
        if (token.span.end <= parser.peek().span.begin) end = token.span;
      expectation.quantity =
          statement.with_brackets({Token::Kind::name, expectation.quantity, end}).name;
    }
  }
  statement.draft.mention(expectation.quantity, statement.place(name.span));
  if (!parser.accept("="))
    refuse_request(statement, "'='", parser.peek().is("≈") ? "write =" : "as in expect E = 0.2984");
  const bool array = statement.draft.arrays.in_file && parser.peek().is("[");
  if (array) read_expected_array(statement, expectation);
  if (!array) expectation.written = statement.numeral();
  statement.left_over_hint = "a published figure is written in digits";
  // The figures of a file are not those of its variants.
  const auto [variant, value] = condition(statement);
  const bool holds = statement.draft.is_set(variant, value);
  if (array && !holds) statement.draft.expected_arrays.pop_back();
  if (!array && holds) statement.draft.problem.expectations.push_back(std::move(expectation));
}

void expand_all(Draft& draft) {
  if (draft.arrays.in_file) expand_expected_arrays(draft);
  expand_derivations(draft);
  for (UpdateStatement& update : draft.problem.updates) {
    check_all(draft, update.parameters, update.place);
    check_coefficients(draft, update);
    expand(draft, update.parameters, update.place);
    for (const std::string& name : update.parameters) refuse_update_of_number(draft, name, update);
  }
  for (const Expectation& expectation : draft.problem.expectations)
    for (const std::string& name : {expectation.quantity, expectation.wrt.value_or("")})
      if (!draft.problem.index.contains(name) &&
          draft.problem.index.contains(name_in_sample(name, 1)))
        draft.fail(expectation.place, fmt::format("'{}' has a value in each sample", name),
                   fmt::format("say which, as in {}", name_in_sample(name, 1)));
}

}  // namespace chalkgrad
