#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/requests.hpp"
#include "tracer/problem/reading/statements.hpp"

/// What is asked for: derive and expect; and what `all` stands for there and in updates.
namespace chalkgrad {

namespace {

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

/// E of E[1], E[2] is no quantity.
bool refuse_family(Draft& draft, const std::string& name, const Place& place) {
  if (draft.problem.index.contains(name) || !draft.arrays.families.contains(name)) return false;
  draft.fail(place, fmt::format("'{0}' has members such as {0}[1] and no value of its own", name),
             "say which is meant");
  return true;
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
    } else if (!refuse_family(draft, name, place)) {
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

/// `of E`: one number.
void check_output(Draft& draft, const UpdateStatement& update) {
  const std::string& name = update.output;
  if (name.empty() || draft.problem.index.contains(name)) return;
  if (refuse_family(draft, name, update.place)) return;
  if (draft.problem.index.contains(name_in_sample(name, 1)))
    draft.fail(update.place, fmt::format("'{}' has a value in each sample", name),
               "name what brings them together, as in mean over samples of ...");
  else if (const Array* array = draft.arrays.find(name))
    draft.fail(
        update.place,
        fmt::format("'{}' is {}, but an update needs a number", name, describe(array->shape)),
        fmt::format("name one element, as in {}", array->element_name(0)));
}

/// A rate is a number, and no array.
void check_coefficients(Draft& draft, const UpdateStatement& update) {
  std::vector<std::string> names;
  std::vector<std::optional<Expr>> all = {update.rate, update.decay, update.rate_decay,
                                          update.velocity};
  all.insert(all.end(), update.coefficients.begin(), update.coefficients.end());
  for (const std::optional<Expr>& one : all)
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

/// Throws "expected <wanted>, but found <what is there>", with that hint.
void refuse_request(const Statement& statement, std::string_view wanted, std::string hint) {
  const Token& found = statement.parser.peek();
  throw SyntaxError(found.span, fmt::format("expected {}, but found {}", wanted, describe(found)),
                    std::move(hint));
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

Target read_target(Statement& statement, Place& place) {
  ExpressionParser& parser = statement.parser;
  Target target;
  place = statement.place(parser.peek().span);
  const bool curly = parser.accept("∂");
  const Token& first = statement.name();
  const Token name = {Token::Kind::name, statement.with_brackets(first).name, first.span};
  target.quantity = name.text;
  if (parser.accept("/")) {
    if (curly) parser.expect("∂");
    const Mention mention = statement.with_brackets(statement.name());
    const Token wrt = {Token::Kind::name, mention.name, mention.place.span};
    target.quantity = without_d(name, curly);
    target.wrt = without_d(wrt, curly);
    statement.draft.mention(*target.wrt, statement.place(wrt.span));
    place.span.end = wrt.span.end;
  } else if (parser.accept_word("after")) {
    target.steps = statement.whole_number(0, most_steps);
  } else {
    if (parser.peek().is("^") && parser.peek(1).is("+")) parser.next();  // w^+
    target.updated = parser.accept("+") || parser.accept("⁺");
    if (target.updated && statement.draft.arrays.in_file) {  // W+[1,2]
      Span end = name.span;
      for (const Token& token : statement.tokens)
        if (token.span.end <= parser.peek().span.begin) end = token.span;
      target.quantity = statement.with_brackets({Token::Kind::name, target.quantity, end}).name;
    }
  }
  statement.draft.mention(target.quantity, statement.place(name.span));
  return target;
}

void read_expect(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  Expectation expectation;
  static_cast<Target&>(expectation) = read_target(statement, expectation.place);
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
    check_output(draft, update);
    for (const std::string& name : update.parameters) refuse_update_of_number(draft, name, update);
  }
  for (const Expectation& expectation : draft.problem.expectations)
    for (const std::string& name : {expectation.quantity, expectation.wrt.value_or("")})
      if (!refuse_family(draft, name, expectation.place) && !draft.problem.index.contains(name) &&
          draft.problem.index.contains(name_in_sample(name, 1)))
        draft.fail(expectation.place, fmt::format("'{}' has a value in each sample", name),
                   fmt::format("say which, as in {}", name_in_sample(name, 1)));
}

}  // namespace chalkgrad
