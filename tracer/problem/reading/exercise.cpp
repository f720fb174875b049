#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tracer/expression/name.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/derivatives.hpp"
#include "tracer/problem/reading/statements.hpp"

/// question and points: what students are to do, and what it earns.
namespace chalkgrad {

namespace {

/// w5+ and w5⁺ at the end of a formula: the value after the update.
bool is_updated_name(const std::vector<Token>& tokens) {
  return tokens.size() == 3 && tokens[0].kind == Token::Kind::name &&
         (tokens[1].is("+") || tokens[1].is("⁺"));
}

/// What the tokens mean, with derivatives of quantities that there are. Nobody derives these: they
/// are forgotten again.
Expr formula(Statement& statement, const std::vector<Token>& written) {
  if (is_updated_name(written))
    return Target{.quantity = written[0].text, .updated = true}.symbol();
  Draft& draft = statement.draft;
  const auto derivatives = draft.derivatives;
  const auto names = draft.names;
  const std::vector<Token> tokens = with_derivatives(written, draft);
  Statement inner{draft, statement.line, tokens};
  const Expr read = inner.parser.expression();
  expect_end(inner);
  Expr shown = substitute(read, [&](const Expr& leaf) {
    const auto found =
        leaf.is(Expr::Kind::symbol) ? draft.derivatives.find(leaf.text()) : draft.derivatives.end();
    return found == draft.derivatives.end()
               ? leaf
               : Expr::derivative(found->second.first, found->second.second);
  });
  draft.derivatives = derivatives;
  draft.names = names;
  for (const Token& token : written) {
    bool is_name = false;
    for_each_leaf(shown, [&](const Expr& leaf) {
      is_name = is_name || (leaf.is(Expr::Kind::symbol) && leaf.text() == token.text);
    });
    if (is_name) draft.in_questions.push_back({token.text, statement.place(token.span)});
  }
  return shown;
}

/// The formulas between the signs of equality of y = w*x, with the signs. `at` is where it stands
/// in the line.
void add_mathematics(Statement& statement, std::string_view text, std::size_t at, Prose& prose) {
  std::size_t begin = 0;
  while (true) {
    const std::size_t sign = std::min(text.find('=', begin), text.size());
    std::vector<Token> tokens;
    try {
      tokens = tokenize(text.substr(begin, sign - begin));
      for (Token& token : tokens) {
        token.span.begin += at + begin;
        token.span.end += at + begin;
      }
    } catch (const SyntaxError& error) {
      const Span span{error.span.begin + at + begin, error.span.end + at + begin};
      throw SyntaxError(span, error.what(), error.hint);
    }
    prose.emplace_back(formula(statement, tokens));
    if (sign == text.size()) return;
    prose.emplace_back(" = ");
    begin = sign + 1;
  }
}

/// Points that all elements of an array share, or all samples.
std::vector<Target> elements_of(Draft& draft, const Points& points) {
  const Target& target = points.target;
  const auto names = [&](const std::string& name) -> std::vector<std::string> {
    if (draft.problem.index.contains(name)) return {name};
    if (const auto part = part_of_array(draft, name, points.place)) return part->elements;
    std::vector<std::string> samples;
    for (std::size_t k = 1; k <= draft.problem.samples.count; ++k)
      if (draft.problem.index.contains(name_in_sample(name, k)))
        samples.push_back(name_in_sample(name, k));
    return samples;
  };
  std::vector<Target> list;
  for (const std::string& quantity : names(target.quantity)) {
    Target one = target;
    one.quantity = quantity;
    if (!target.wrt) list.push_back(one);
    for (const std::string& wrt : target.wrt ? names(*target.wrt) : std::vector<std::string>()) {
      one.wrt = wrt;
      list.push_back(one);
    }
  }
  return list;
}

/// Why nobody would work that out; empty if it is asked for or on the way to it.
std::string reason_not_asked(const Problem& problem, const Target& target) {
  if (target.wrt) {
    for (const DeriveStatement& one : problem.derivations)
      if (one.output == target.quantity &&
          std::find(one.wrt.begin(), one.wrt.end(), *target.wrt) != one.wrt.end())
        return {};
    for (const UpdateStatement& one : problem.updates)
      if (std::find(one.parameters.begin(), one.parameters.end(), *target.wrt) !=
          one.parameters.end())
        return {};
    const bool on_the_way = problem.find(target.quantity)->definition.has_value() &&
                            !problem.derivations.empty() &&
                            problem.find(*target.wrt)->definition.has_value();
    return on_the_way
               ? ""
               : fmt::format("{} is not derived: add it to a derive statement", target.title());
  }
  if (target.updated) {
    for (const UpdateStatement& one : problem.updates)
      if (std::find(one.parameters.begin(), one.parameters.end(), target.quantity) !=
          one.parameters.end())
        return {};
    return fmt::format("no update changes {}", target.quantity);
  }
  return problem.find(target.quantity)->definition
             ? ""
             : fmt::format("{} is given, and nothing to work out", target.quantity);
}

}  // namespace

void read_question(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  const Span word = parser.next().span;
  const Token& token = parser.next();
  const std::string_view text = token.text;
  Prose prose;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t dollar = std::min(text.find('$', begin), text.size());
    if (dollar > begin) prose.emplace_back(std::string(text.substr(begin, dollar - begin)));
    if (dollar == text.size()) break;
    const std::size_t end = text.find('$', dollar + 1);
    const std::size_t at = token.span.begin + 1;  // behind the quotation mark
    if (end == std::string_view::npos)
      throw SyntaxError({at + dollar, at + dollar + 1}, "this '$' is never closed",
                        "mathematics stands between two of them, as in $dE/dw$");
    add_mathematics(statement, text.substr(dollar + 1, end - dollar - 1), at + dollar + 1, prose);
    begin = end + 1;
  }
  if (prose.empty())
    throw SyntaxError({word.begin, token.span.end}, "the question is empty",
                      "as in question \"Find $dE/dw$.\"");
  statement.draft.problem.exercise.questions.push_back(std::move(prose));
}

void read_points(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  const Token& number = parser.peek();
  const double points = std::stod(number.text);
  constexpr double most = 1000;
  if (!(points > 0) || points > most)
    throw SyntaxError(number.span, fmt::format("points are more than 0 and at most {}", most));
  parser.next();
  if (!parser.accept_word("for")) parser.fail_expecting("'for'");
  do {
    Points one{.points = points};
    one.target = read_target(statement, one.place);
    statement.draft.problem.exercise.points.push_back(std::move(one));
  } while (parser.accept(","));
  statement.left_over_hint = "as in points 2 for dE/dw5, w5+";
}

void warn_of_names_in_questions(Draft& draft) {
  const std::set<std::string> of_updates = {"rate", "lr", "eta", "η"};
  std::vector<std::string_view> known;
  for (const Item& item : draft.problem.items) known.push_back(item.name);
  std::set<std::string> warned;
  for (const Mention& one : draft.in_questions) {
    const std::string array = one.name.substr(0, one.name.find('['));
    const bool is_known = draft.problem.index.contains(one.name) ||
                          draft.problem.index.contains(name_in_sample(one.name, 1)) ||
                          draft.names.contains(one.name) || draft.units.contains(one.name) ||
                          draft.arrays.find(array) != nullptr ||
                          draft.arrays.families.contains(array) || of_updates.contains(one.name);
    if (is_known || !warned.insert(one.name).second) continue;
    draft.warn(one.place, fmt::format("'{}' in a question is no quantity of the file", one.name),
               did_you_mean(one.name, known));
  }
}

void expand_points(Draft& draft) {
  if (!draft.errors.empty()) return;
  std::vector<Points> expanded;
  for (const Points& points : draft.problem.exercise.points) {
    const std::vector<Target> targets = elements_of(draft, points);
    if (points.target.steps || targets.empty()) {
      draft.fail(points.place, points.target.steps
                                   ? "points are given for the first step of an update"
                                   : fmt::format("'{}' is no quantity", points.target.title()));
      continue;
    }
    for (const Target& target : targets) {
      const auto twice = std::find_if(expanded.begin(), expanded.end(),
                                      [&](const Points& one) { return one.target == target; });
      const std::string reason = twice == expanded.end()
                                     ? reason_not_asked(draft.problem, target)
                                     : fmt::format("{} has points already", target.title());
      if (!reason.empty()) {
        draft.fail(points.place, reason,
                   twice == expanded.end() ? "" : fmt::format("in line {}", twice->place.line));
        break;
      }
      expanded.push_back(
          {target, points.points / static_cast<double>(targets.size()), points.place});
    }
  }
  draft.problem.exercise.points = std::move(expanded);
}

}  // namespace chalkgrad
