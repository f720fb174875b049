#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "tracer/expression/parser.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/dependencies.hpp"
#include "tracer/problem/problem.hpp"

namespace chalkgrad {

namespace {

constexpr std::array declared_roles = {Role::input, Role::weight, Role::bias, Role::target,
                                       Role::constant};
const std::vector<std::string_view> statement_words = {
    "title", "input", "weight", "bias", "target", "constant", "derive", "update", "expect"};

std::optional<Role> role_named(std::string_view word) {
  for (const Role role : declared_roles)
    if (role_name(role) == word) return role;
  return std::nullopt;
}

/// A name that a statement uses, to be looked up when the whole file is read.
struct Mention {
  std::string name;
  Place place;
};

/// Reads one statement a line. The line is recognised by its shape, so that no word is reserved:
/// `input` followed by a name is a declaration, `input = …` defines a quantity of that name.
class Reader {
 public:
  explicit Reader(const Source& source) : source_(source) {}

  Problem run() {
    for (line_ = 1; line_ <= source_.line_count(); ++line_) scan_line();
    for (line_ = 1; line_ <= source_.line_count(); ++line_) read_line();
    if (problem_.items.empty() && errors_.empty())
      fail({1, {}}, "there is nothing to solve: the file defines no quantity",
           "write a definition, as in y = 2*3");
    resolve_mentions();
    expand_all();
    order_items(problem_, errors_);
    if (!errors_.empty()) {
      std::stable_sort(errors_.begin(), errors_.end(),
                       [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; });
      throw ProblemError(std::move(errors_));
    }
    return std::move(problem_);
  }

 private:
  /// Tokens, and the names that the line defines: an expression may use them before they are read.
  void scan_line() {
    tokens_.emplace_back();
    try {
      tokens_.back() = tokenize(source_.line(line_));
      collect_names(tokens_.back());
    } catch (const SyntaxError& error) {
      fail({line_, error.span}, error.what(), error.hint);
      collect_names_before(error.span.begin);
    }
  }

  /// What stands before an error may define names, which other lines are right to use.
  void collect_names_before(std::size_t error) {
    try {
      collect_names(tokenize(source_.line(line_).substr(0, error)));
    } catch (const SyntaxError&) {
      // An open quote, say: no names there.
    }
  }

  void collect_names(const std::vector<Token>& line) {
    if (line.size() < 2 || line[0].kind != Token::Kind::name) return;
    if (line[1].is("=")) names_.insert(line[0].text);
    if (!role_named(line[0].text)) return;
    for (std::size_t i = 1; i < line.size(); ++i)
      if (line[i].kind == Token::Kind::name && (i == 1 || line[i - 1].is(",")))
        names_.insert(line[i].text);
  }

  [[nodiscard]] const std::vector<Token>& line_tokens() const { return tokens_[line_ - 1]; }

  void read_line() {
    if (line_tokens().size() < 2) return;
    try {
      read_statement();
    } catch (const SyntaxError& error) {
      fail({line_, error.span}, error.what(), error.hint);
    }
  }

  void read_statement() {
    const Token &first = line_tokens()[0], &second = line_tokens()[1];
    left_over_hint_.clear();
    ExpressionParser parser(line_tokens(), {[this](std::string_view name) {
                              return names_.contains(std::string(name));
                            }});
    const bool name_follows = second.kind == Token::Kind::name;
    if (first.is_word("title") && second.kind == Token::Kind::string) {
      read_title(parser);
    } else if (first.kind == Token::Kind::name && second.is("=")) {
      read_definition(parser);
    } else if (const auto role = role_named(first.text); role && name_follows) {
      read_declaration(parser, *role);
    } else if (first.is_word("derive") && name_follows) {
      read_derive(parser);
    } else if (first.is_word("update") && name_follows) {
      read_update(parser);
    } else if (first.is_word("expect") && (name_follows || second.is("∂"))) {
      read_expect(parser);
    } else {
      refuse_statement(first, second);
    }
    if (parser.peek().kind != Token::Kind::end)
      throw SyntaxError(
          parser.peek().span,
          fmt::format("expected the end of the line, but found {}", describe(parser.peek())),
          left_over_hint_);
  }

  [[noreturn]] void refuse_statement(const Token& first, const Token& second) {
    const bool is_statement_word = std::find(statement_words.begin(), statement_words.end(),
                                             first.text) != statement_words.end();
    if (first.kind == Token::Kind::name && is_statement_word) {
      throw SyntaxError(second.span,
                        fmt::format("expected {} after '{}', but found {}",
                                    first.text == "title" ? "a text in quotes" : "a name",
                                    first.text, describe(second)));
    }
    if (first.kind == Token::Kind::name && second.kind == Token::Kind::name) {
      throw SyntaxError(first.span, fmt::format("unknown statement {}", describe(first)),
                        did_you_mean(first.text, statement_words));
    }
    if (first.kind == Token::Kind::name) {
      throw SyntaxError(second.span, fmt::format("expected '=' after {}, but found {}",
                                                 describe(first), describe(second)));
    }
    throw SyntaxError(first.span,
                      fmt::format("expected a statement, but found {}", describe(first)),
                      "a line begins with a name or a word such as weight");
  }

  void read_title(ExpressionParser& parser) {
    const Span span = parser.next().span;
    if (has_title_) fail({line_, span}, "the title is given twice");
    has_title_ = true;
    problem_.title = parser.next().text;
  }

  void read_declaration(ExpressionParser& parser, Role role) {
    parser.next();
    do {
      const Token& name = name_token(parser);
      Item item{.name = name.text, .role = role, .place = {line_, name.span}};
      if (parser.accept("=")) {
        const Token* first = &parser.peek();
        const std::string literal = numeral(parser);
        item.body = {line_, {first->span.begin, first->span.end}};
        left_over_hint_ = "a given number is written in digits; a definition may be an expression";
        item.number = Expr::number(literal);
        if (!std::isfinite(item.number->value()))
          throw SyntaxError(first->span, fmt::format("{} is too large for a number", literal));
      }
      add(std::move(item));
    } while (parser.accept(","));
  }

  /// A number with its sign, as text.
  std::string numeral(ExpressionParser& parser) const {
    const std::string sign = parser.accept("-") ? "-" : "";
    if (sign.empty()) parser.accept("+");
    if (parser.peek().kind != Token::Kind::number) parser.fail_expecting("a number");
    return sign + parser.next().text;
  }

  static const Token& name_token(ExpressionParser& parser) {
    if (parser.peek().kind != Token::Kind::name) parser.fail_expecting("a name");
    return parser.next();
  }

  void read_definition(ExpressionParser& parser) {
    const Token& name = parser.next();
    parser.next();
    Item item{.name = name.text, .place = {line_, name.span}};
    const Span first = parser.peek().span;
    item.definition = parser.expression();
    item.body = {line_, {first.begin, end_of_previous(parser)}};
    collect_spans(parser, item);
    add(std::move(item));
  }

  [[nodiscard]] std::size_t end_of_previous(const ExpressionParser& parser) const {
    std::size_t end = 0;
    for (const Token& token : line_tokens())
      if (token.span.end <= parser.peek().span.begin) end = std::max(end, token.span.end);
    return end;
  }

  /// Remembers where each part of the definition stands, and which names it mentions.
  void collect_spans(const ExpressionParser& parser, Item& item) {
    std::vector<const Expr*> waiting = {&*item.definition};
    while (!waiting.empty()) {
      const Expr& e = *waiting.back();
      waiting.pop_back();
      for (auto part = e.parts().rbegin(); part != e.parts().rend(); ++part)
        waiting.push_back(&part->expr);
      const auto span = parser.span_of(e);
      if (span) item.spans[e.identity()] = *span;
      const Place place{line_, span.value_or(item.body.span)};
      if (e.is(Expr::Kind::symbol)) mention(e.text(), place);
      if (e.is(Expr::Kind::derivative) || e.is(Expr::Kind::cases)) {
        fail(place, "a definition is made of quantities, numbers and functions only",
             e.is(Expr::Kind::cases) ? "use relu, abs, max or step" : "derivatives are derived");
      }
    }
  }

  void read_derive(ExpressionParser& parser) {
    const Span word = parser.next().span;
    DeriveStatement statement{.place = {line_, word}};
    if (parser.peek().is_word("wrt") && !names_.contains("wrt"))
      parser.fail_expecting("the quantity to differentiate");
    statement.output = mentioned_name(parser);
    if (!parser.accept_word("wrt")) parser.fail_expecting("'wrt'");
    statement.wrt = name_list(parser);
    problem_.derivations.push_back(std::move(statement));
  }

  void read_update(ExpressionParser& parser) {
    const Span word = parser.next().span;
    UpdateStatement statement{.place = {line_, word}};
    statement.parameters = name_list(parser);
    if (!parser.accept_word("rate")) parser.fail_expecting("'rate'");
    if (parser.peek().kind == Token::Kind::name) {
      statement.rate = Expr::symbol(mentioned_name(parser));
    } else {
      statement.rate = Expr::number(numeral(parser));
    }
    if (!problem_.updates.empty())
      throw SyntaxError(word, "a file has one update", "name all its parameters in one statement");
    problem_.updates.push_back(std::move(statement));
  }

  /// Names separated by commas, or `all`, which is left for expand_all unless it is a quantity.
  std::vector<std::string> name_list(ExpressionParser& parser) {
    std::vector<std::string> names;
    do {
      const Token& name = name_token(parser);
      names.push_back(name.text);
      if (name.text != "all") mention(name.text, {line_, name.span});
    } while (parser.accept(","));
    return names;
  }

  std::string mentioned_name(ExpressionParser& parser) {
    const Token& name = name_token(parser);
    mention(name.text, {line_, name.span});
    return name.text;
  }

  void read_expect(ExpressionParser& parser) {
    parser.next();
    Expectation expectation{.place = {line_, parser.peek().span}};
    const bool curly = parser.accept("∂");
    const Token& name = name_token(parser);
    expectation.quantity = name.text;
    if (parser.accept("/")) {
      if (curly) parser.expect("∂");
      const Token& wrt = name_token(parser);
      expectation.quantity = without_d(name, curly);
      expectation.wrt = without_d(wrt, curly);
      mention(*expectation.wrt, {line_, wrt.span});
      expectation.place.span.end = wrt.span.end;
    } else {
      expectation.updated = parser.accept("+") || parser.accept("⁺");
    }
    mention(expectation.quantity, {line_, name.span});
    parser.expect("=");
    expectation.written = numeral(parser);
    problem_.expectations.push_back(std::move(expectation));
  }

  static std::string without_d(const Token& name, bool curly) {
    if (curly) return name.text;
    if (name.text.size() < 2 || name.text[0] != 'd')
      throw SyntaxError(name.span, "expected a derivative, as in dE/dw5");
    return name.text.substr(1);
  }

  void add(Item item) {
    const auto [known, added] = problem_.index.try_emplace(item.name, problem_.items.size());
    if (!added) {
      fail(item.place, fmt::format("'{}' is defined twice", item.name),
           fmt::format("first in line {}", problem_.items[known->second].place.line));
      return;
    }
    problem_.items.push_back(std::move(item));
  }

  void mention(const std::string& name, Place place) { mentions_.push_back({name, place}); }

  void fail(Place place, std::string message, std::string hint = {}) {
    errors_.push_back({place.line, place.span, std::move(message), std::move(hint)});
  }

  /// Every name used must be defined; an unknown one is reported where it is first used.
  void resolve_mentions() {
    std::vector<std::string_view> known;
    for (const Item& item : problem_.items) known.push_back(item.name);
    constexpr std::size_t most_unknown = 100;  // more would not be read
    std::set<std::string> reported;
    for (const auto& [name, place] : mentions_) {
      const std::string base = name.ends_with("⁺") ? name.substr(0, name.size() - 3) : name;
      // A name whose own line could not be read has been reported there.
      if (base == name && (problem_.index.contains(name) || names_.contains(name))) continue;
      if (!reported.insert(name).second) continue;
      std::string hint = did_you_mean(name, known);
      if (hint.empty() && name == "e") hint = "for a power of e, write exp(x)";
      if (hint.empty() && function_named(name)) hint = "a function needs its arguments in brackets";
      const Token shown{Token::Kind::name, name, {}};
      fail(place, "unknown quantity " + describe(shown), std::move(hint));
      if (reported.size() == most_unknown) break;
    }
  }

  void expand_all() {
    for (DeriveStatement& statement : problem_.derivations) expand(statement.wrt, statement.place);
    for (UpdateStatement& statement : problem_.updates)
      expand(statement.parameters, statement.place);
  }

  void expand(std::vector<std::string>& names, Place place) {
    std::vector<std::string> expanded;
    for (const std::string& name : names) {
      if (name != "all" || problem_.index.contains("all")) {
        expanded.push_back(name);
        continue;
      }
      const std::vector<std::string> parameters = problem_.parameters();
      if (parameters.empty()) fail(place, "'all' means all weights and biases, and there are none");
      expanded.insert(expanded.end(), parameters.begin(), parameters.end());
    }
    std::set<std::string> seen;
    std::erase_if(expanded, [&](const std::string& name) { return !seen.insert(name).second; });
    names = std::move(expanded);
  }

  const Source& source_;
  std::size_t line_ = 1;
  std::string left_over_hint_;  // for what follows a statement on its line
  bool has_title_ = false;
  std::vector<std::vector<Token>> tokens_;  // of each line; none where it cannot be read
  std::set<std::string> names_;
  Problem problem_;
  std::vector<Mention> mentions_;
  std::vector<Diagnostic> errors_;
};

}  // namespace

Problem read_problem(const Source& source) { return Reader(source).run(); }

}  // namespace chalkgrad
