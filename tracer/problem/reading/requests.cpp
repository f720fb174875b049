#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/problem/reading/statements.hpp"

/// What is asked for: derive, update, expect.
namespace chalkgrad {

namespace {

/// A file asks for no more; `chalkgrad train --steps` may.
constexpr std::size_t most_steps = 1'000'000;

/// The names of a list; `all` is left for expand_all unless it is a quantity.
std::vector<std::string> names_or_all(Statement& statement) {
  std::vector<std::string> names;
  for (const Mention& one : statement.name_list()) {
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

void read_options(Statement& statement, UpdateStatement& update) {
  ExpressionParser& parser = statement.parser;
  const auto refuse_second = [&](bool given, const Token& word) {
    if (given) throw SyntaxError(word.span, fmt::format("{} is given twice", describe(word)));
  };
  Place place;
  while (parser.peek().kind == Token::Kind::name) {
    const Token& word = parser.peek();
    if (word.is_word("momentum")) {
      refuse_second(update.momentum.has_value(), word);
      parser.next();
      update.momentum = replaceable(statement, "momentum", place);
      const bool literal = update.momentum->is(Expr::Kind::number);
      if (literal && (update.momentum->value() < 0 || update.momentum->value() >= 1))
        statement.draft.warn(place, "a momentum is usually between 0 and 1");
    } else if (word.is_word("weight") || word.is_word("decay")) {
      refuse_second(update.decay.has_value(), word);
      parser.next();
      if (word.is_word("weight") && !parser.accept_word("decay")) parser.fail_expecting("'decay'");
      if (word.is_word("decay"))
        statement.draft.warn(statement.place(word.span), "'decay' is read as weight decay",
                             "write weight decay, if the weights and not the rate decay");
      update.decay = replaceable(statement, "decay", place);
    } else if (word.is_word("repeat")) {
      refuse_second(update.repeat.has_value(), word);
      parser.next();
      update.repeat = statement.whole_number(1, most_steps);
    } else if (word.is_word("until")) {
      refuse_second(update.until.has_value(), word);
      parser.next();
      update.until = until(statement);
    } else {
      parser.fail_expecting("'momentum', 'weight decay', 'repeat' or 'until'");
    }
  }
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

/// Puts what `all` and the names of what has a value in each sample stand for in their place.
void expand(const Draft& draft, std::vector<std::string>& names) {
  std::vector<std::string> expanded;
  for (const std::string& name : names) {
    if (draft.problem.index.contains(name)) {
      expanded.push_back(name);
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

void expand_derivations(Draft& draft) {
  std::vector<DeriveStatement> expanded;
  for (DeriveStatement& statement : draft.problem.derivations) {
    check_all(draft, statement.wrt, statement.place);
    expand(draft, statement.wrt);
    std::vector<std::string> outputs = {statement.output};
    if (statement.output != "all") expand(draft, outputs);
    for (const std::string& output : outputs)
      expanded.push_back({output, statement.wrt, statement.place});
  }
  draft.problem.derivations = std::move(expanded);
}

}  // namespace

void read_derive(Statement& statement) {
  const Span word = statement.parser.next().span;
  DeriveStatement derive{.place = statement.place(word)};
  if (statement.parser.peek().is_word("wrt") && !statement.draft.names.contains("wrt"))
    statement.parser.fail_expecting("the quantity to differentiate");
  derive.output = statement.mentioned_name();
  if (!statement.parser.accept_word("wrt")) statement.parser.fail_expecting("'wrt'");
  derive.wrt = names_or_all(statement);
  statement.draft.problem.derivations.push_back(std::move(derive));
}

void read_update(Statement& statement) {
  const Span word = statement.parser.next().span;
  UpdateStatement update{.place = statement.place(word)};
  update.parameters = names_or_all(statement);
  if (!statement.parser.accept_word("rate")) statement.parser.fail_expecting("'rate'");
  Place rate_place;
  update.rate = replaceable(statement, "rate", rate_place);
  statement.left_over_hint = "a coefficient is a number, or the name of a quantity";
  if (update.rate.value() < 0)
    statement.draft.warn(rate_place, "the rate is negative: each step goes uphill");
  read_options(statement, update);
  if (!statement.draft.problem.updates.empty())
    throw SyntaxError(word, "a file has one update", "name all its parameters in one statement");
  statement.draft.problem.updates.push_back(std::move(update));
}

void read_expect(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  Expectation expectation{.place = statement.place(parser.peek().span)};
  const bool curly = parser.accept("∂");
  const Token& name = statement.name();
  expectation.quantity = name.text;
  if (parser.accept("/")) {
    if (curly) parser.expect("∂");
    const Token& wrt = statement.name();
    expectation.quantity = without_d(name, curly);
    expectation.wrt = without_d(wrt, curly);
    statement.draft.mention(*expectation.wrt, statement.place(wrt.span));
    expectation.place.span.end = wrt.span.end;
  } else if (parser.accept_word("after")) {
    expectation.steps = statement.whole_number(0, most_steps);
  } else {
    expectation.updated = parser.accept("+") || parser.accept("⁺");
  }
  statement.draft.mention(expectation.quantity, statement.place(name.span));
  parser.expect("=");
  expectation.written = statement.numeral();
  // The figures of a file are not those of its variants.
  const auto [variant, value] = condition(statement);
  if (statement.draft.is_set(variant, value))
    statement.draft.problem.expectations.push_back(std::move(expectation));
}

void expand_all(Draft& draft) {
  expand_derivations(draft);
  for (UpdateStatement& update : draft.problem.updates) {
    check_all(draft, update.parameters, update.place);
    expand(draft, update.parameters);
  }
  for (const Expectation& expectation : draft.problem.expectations)
    for (const std::string& name : {expectation.quantity, expectation.wrt.value_or("")})
      if (!draft.problem.index.contains(name) &&
          draft.problem.index.contains(name_in_sample(name, 1)))
        draft.fail(expectation.place, fmt::format("'{}' has a value in each sample", name),
                   fmt::format("say which, as in {}", name_in_sample(name, 1)));
}

}  // namespace chalkgrad
