#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name_range.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/dependencies.hpp"
#include "tracer/problem/reading/draft.hpp"
#include "tracer/problem/reading/statements.hpp"

namespace chalkgrad {

namespace {

constexpr std::array declared_roles = {Role::input, Role::weight, Role::bias, Role::target,
                                       Role::constant};
const std::vector<std::string_view> statement_words = {"title",  "input",    "weight", "bias",
                                                       "target", "constant", "layer",  "samples",
                                                       "seed",   "derive",   "update", "expect"};

std::optional<Role> role_named(std::string_view word) {
  for (const Role role : declared_roles)
    if (role_name(role) == word) return role;
  return std::nullopt;
}

bool is_name(const Token& token) { return token.kind == Token::Kind::name; }

/// Reads one statement a line. The line is recognised by its shape, so that no word is reserved:
/// `input` followed by a name is a declaration, `input = …` defines a quantity of that name.
class ProblemReader {
 public:
  ProblemReader(const Source& source, std::optional<std::uint64_t> seed)
      : source_(source), seed_(seed) {}

  Problem run() {
    const std::size_t lines = source_.line_count(), settings = source_.setting_count();
    for (line_ = 1; line_ <= lines + settings; ++line_) tokenize_line();
    for (line_ = 1; line_ <= lines; ++line_) scan_line();
    for (line_ = lines + 1; line_ <= lines + settings; ++line_) scan_setting();
    draft_.random = RandomNumbers(seed_.value_or(1));
    draft_.functions.read_all(draft_);
    for (line_ = 1; line_ <= lines; ++line_) read_line();
    if (problem().items.empty() && draft_.errors.empty() && !draft_.samples_place)
      draft_.fail({1, {}}, "there is nothing to solve: the file defines no quantity",
                  "write a definition, as in y = 2*3");
    expand_samples(draft_);
    draft_.check();
    expand_all(draft_);
    order_items(problem(), draft_.errors);
    if (!draft_.errors.empty()) {
      std::stable_sort(draft_.errors.begin(), draft_.errors.end(),
                       [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; });
      throw ProblemError(std::move(draft_.errors));
    }
    return std::move(problem());
  }

 private:
  Problem& problem() { return draft_.problem; }
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_[line_ - 1]; }

  void tokenize_line() {
    tokens_.emplace_back();
    try {
      tokens_.back() = tokenize(source_.line(line_));
    } catch (const SyntaxError& error) {
      draft_.fail({line_, error.span}, error.what(), error.hint);
      try {
        // What stands before an error may define names, which other lines are right to use.
        collect_names(tokenize(source_.line(line_).substr(0, error.span.begin)));
      } catch (const SyntaxError&) {
        // An open quote, say: no names there.
      }
    }
  }

  /// The names that a line defines: an expression may use them before they are read.
  void scan_line() {
    if (tokens().size() < 2) return;
    if (is_function_definition(tokens())) {
      const Token& name = tokens()[0];
      const bool taken = function_named(name.text).has_value() || is_list_function(name.text);
      if (taken) {
        draft_.fail({line_, name.span}, fmt::format("'{}' is a function already", name.text),
                    "choose another name");
      } else if (!draft_.functions.declare(name.text, line_, tokens())) {
        draft_.fail({line_, name.span},
                    fmt::format("the function '{}' is defined twice", name.text),
                    fmt::format("first in line {}", draft_.functions.line_of(name.text)));
      }
      return;
    }
    const Token& second = tokens()[1];
    if (tokens()[0].is_word("seed") && second.kind == Token::Kind::number && !seed_)
      seed_ = seed_of(second);
    collect_names(tokens());
  }

  /// name(a, b) = …
  static bool is_function_definition(const std::vector<Token>& line) {
    if (line.size() < 5 || !is_name(line[0]) || !line[1].is("(")) return false;
    std::size_t at = 2;
    while (at + 1 < line.size() && (is_name(line[at]) || line[at].is(","))) ++at;
    return line[at].is(")") && line[at + 1].is("=");
  }

  static std::optional<std::uint64_t> seed_of(const Token& token) {
    constexpr std::size_t most_digits = 18;
    if (token.text.find_first_not_of("0123456789") != std::string::npos ||
        token.text.size() > most_digits)
      return std::nullopt;
    return std::stoull(token.text);
  }

  void collect_names(const std::vector<Token>& line) {
    if (line.size() < 2 || !is_name(line[0])) return;
    const bool declares = role_named(line[0].text) && is_name(line[1]);
    const bool is_layer = line[0].is_word("layer") && is_name(line[1]);
    const bool is_request =
        line[0].is_word("derive") || line[0].is_word("update") || line[0].is_word("expect");
    // Also of a line that cannot be read, so that its names are not reported as unknown.
    if (declares || is_layer || (is_name(line[1]) && !is_request)) {
      collect_list(line, 1, is_layer);
      return;
    }
    // `expect E = 1` defines neither.
    if (is_name(line[1])) return;
    std::size_t at = 0;
    while (at + 1 < line.size() && !line[at].is("=") &&
           (is_name(line[at]) || line[at].is(",") || line[at].is("..")))
      ++at;
    if (line[at].is("="))
      collect_list({line.begin(), line.begin() + static_cast<long>(at)}, 0, false);
  }

  /// Names in places where a name is defined: at the beginning, and behind a comma or a range.
  void collect_list(const std::vector<Token>& line, std::size_t begin, bool units) {
    for (std::size_t i = begin; i < line.size(); ++i) {
      if (units && line[i].is_word("from")) return;
      if (!is_name(line[i]) ||
          (i > begin && !line[i - 1].is(",") && !line[i - 1].is(";") && !line[i - 1].is("..")))
        continue;
      std::vector<std::string> found = {line[i].text};
      if (line[i - (i > begin ? 1 : 0)].is("..") && i > begin + 1) {
        try {
          found = names_between(line[i - 2], line[i]);
        } catch (const SyntaxError&) {
          found.push_back(line[i - 2].text);  // reported when the line is read
        }
      }
      for (const std::string& name : found) {
        if (units) draft_.units.emplace(name, "out_" + name);
        if (!units) draft_.names.insert(name);
        if (units) draft_.names.insert({"net_" + name, "out_" + name});
      }
    }
  }

  void scan_setting() {
    const auto& line = tokens();
    if (line.empty()) return;
    if (line.size() < 4 || !is_name(line[0]) ||
        (!line[1].is("=") && !is_function_definition(line))) {
      const Span span = line.size() > 1 ? line[1].span : line[0].span;
      draft_.fail({line_, span}, "expected a name, '=' and what is set",
                  "as in --set w5=0.3 or --set act=tanh");
      return;
    }
    draft_.add_setting(line[0].text, line_, line);
  }

  void read_line() {
    if (tokens().size() < 2) return;
    try {
      read_statement();
    } catch (const SyntaxError& error) {
      draft_.fail({line_, error.span}, error.what(), error.hint);
    }
  }

  void read_statement() {
    if (is_function_definition(tokens())) return;  // has been read
    Statement statement{draft_, line_, tokens()};
    const bool was_table = in_table_;
    in_table_ = false;
    if (!read_named(statement) && !read_table(statement, was_table))
      refuse_statement(tokens()[0], tokens()[1]);
    expect_end(statement);
  }

  /// Statements that begin with a name; false if this is none.
  bool read_named(Statement& statement) {
    const Token &first = tokens()[0], &second = tokens()[1];
    if (!is_name(first)) return false;
    const auto role = role_named(first.text);
    if (second.is("=")) {
      read_definition(statement);
    } else if (second.is(",") || second.is("..")) {
      if (!defines_several()) return false;
      read_vector_definition(statement);
    } else if (first.is_word("title") && second.kind == Token::Kind::string) {
      read_title(statement);
    } else if (first.is_word("seed") && second.kind == Token::Kind::number) {
      read_seed(statement);
    } else if (!is_name(second) && !(first.is_word("expect") && second.is("∂"))) {
      return false;
    } else if (role) {
      read_declaration(statement, *role);
    } else if (first.is_word("layer")) {
      read_layer(statement);
    } else if (first.is_word("derive")) {
      read_derive(statement);
    } else if (first.is_word("update")) {
      read_update(statement);
    } else if (first.is_word("expect")) {
      read_expect(statement);
    } else {
      return false;
    }
    return true;
  }

  [[nodiscard]] bool defines_several() const {
    return std::any_of(tokens().begin(), tokens().end(),
                       [](const Token& token) { return token.is("="); });
  }

  /// The table of samples: its header, in the line of `samples` or the next, and its rows.
  bool read_table(Statement& statement, bool was_table) {
    const Token &first = tokens()[0], &second = tokens()[1];
    const bool alone = second.kind == Token::Kind::end || second.is(":");
    const bool heads = first.is_word("samples") && (is_name(second) || alone);
    const bool is_row = first.kind == Token::Kind::number || first.is("-") || first.is("+");
    if (!heads && !was_table) return false;
    if (!heads && is_row && !draft_.columns.empty()) {
      in_table_ = true;
      read_sample(statement);
      return true;
    }
    if (!heads && (!is_name(first) || !draft_.columns.empty())) return false;
    in_table_ = true;
    read_samples(statement);
    for (const Mention& column : draft_.columns) draft_.names.insert(column.name);
    return true;
  }

  void read_title(Statement& statement) {
    const Span span = statement.parser.next().span;
    if (has_title_) draft_.fail({line_, span}, "the title is given twice");
    has_title_ = true;
    problem().title = statement.parser.next().text;
  }

  void read_seed(Statement& statement) {
    const Span span = statement.parser.next().span;
    const Token& number = statement.parser.next();
    if (has_seed_) draft_.fail({line_, span}, "the seed is given twice");
    has_seed_ = true;
    if (!seed_of(number))
      throw SyntaxError(
          number.span,
          fmt::format("expected a whole number as the seed, but found {}", describe(number)));
  }

  [[noreturn]] void refuse_statement(const Token& first, const Token& second) {
    const bool is_statement_word = std::find(statement_words.begin(), statement_words.end(),
                                             first.text) != statement_words.end();
    if (is_name(first) && is_statement_word) {
      const std::string_view wanted = first.text == "title"  ? "a text in quotes"
                                      : first.text == "seed" ? "a whole number"
                                                             : "a name";
      throw SyntaxError(second.span, fmt::format("expected {} after '{}', but found {}", wanted,
                                                 first.text, describe(second)));
    }
    if (is_name(first) && is_name(second)) {
      throw SyntaxError(first.span, fmt::format("unknown statement {}", describe(first)),
                        did_you_mean(first.text, statement_words));
    }
    if (is_name(first)) {
      throw SyntaxError(second.span, fmt::format("expected '=' after {}, but found {}",
                                                 describe(first), describe(second)));
    }
    throw SyntaxError(first.span,
                      fmt::format("expected a statement, but found {}", describe(first)),
                      "a line begins with a name or a word such as weight");
  }

  const Source& source_;
  std::optional<std::uint64_t> seed_;
  std::size_t line_ = 1;
  bool has_title_ = false, has_seed_ = false;
  bool in_table_ = false;                   // the line before belonged to the table of samples
  std::vector<std::vector<Token>> tokens_;  // of each line; none where it cannot be read
  Draft draft_;
};

}  // namespace

void expect_end(Statement& statement) {
  const Token& token = statement.parser.peek();
  if (token.kind == Token::Kind::end) return;
  throw SyntaxError(token.span,
                    fmt::format("expected the end of the line, but found {}", describe(token)),
                    token.is(";") ? "names are separated by commas, statements by lines"
                                  : statement.left_over_hint);
}

Problem read_problem(const Source& source, std::optional<std::uint64_t> seed) {
  return ProblemReader(source, seed).run();
}

}  // namespace chalkgrad
