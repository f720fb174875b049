#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tracer/expression/function_names.hpp"
#include "tracer/expression/unreadable.hpp"
#include "tracer/problem/dependencies.hpp"
#include "tracer/problem/reading/array_scan.hpp"
#include "tracer/problem/reading/correction_rules.hpp"
#include "tracer/problem/reading/derivatives.hpp"
#include "tracer/problem/reading/draft.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/joined_lines.hpp"
#include "tracer/problem/reading/nice_numbers.hpp"
#include "tracer/problem/reading/read_once.hpp"
#include "tracer/problem/reading/recurrence.hpp"
#include "tracer/problem/reading/requirements.hpp"
#include "tracer/problem/reading/statements.hpp"
#include "tracer/problem/reading/upstream.hpp"

namespace chalkgrad {

namespace {

constexpr std::array declared_roles = {Role::input, Role::weight, Role::bias, Role::target,
                                       Role::constant};
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
  /// `random`, if it is not null, goes on where another reading ended.
  ProblemReader(const Source& source, std::optional<std::uint64_t> seed,
                const RandomNumbers* random = nullptr)
      : source_(source), seed_(seed), random_(random) {}

  Reading run() {
    const std::size_t lines = source_.line_count(), settings = source_.setting_count();
    for (line_ = 1; line_ <= lines; ++line_) written_.push_back(tokenized_line());
    join_arrays(written_);
    write_out_loops();
    write_out_upstream(written_, draft_);
    const std::size_t line_count = written_.size();
    for (line_ = lines + 1; line_ <= lines + settings; ++line_)
      written_.push_back(tokenized_line());
    draft_.arrays.in_file = has_arrays(written_);
    find_families(written_, draft_.arrays);
    for (at_ = 0; at_ < line_count; ++at_) scan_line();
    for (at_ = 0; at_ < line_count; ++at_)
      if (tokens().size() > 2 && (tokens()[1].is("=") || tokens()[0].is_word("require")))
        written_[at_].tokens = with_derivatives(std::move(written_[at_].tokens), draft_);
    for (; at_ < written_.size(); ++at_) scan_setting();
    problem().seed = seed_.value_or(problem().seed);
    draft_.random = random_ != nullptr ? *random_ : RandomNumbers(problem().seed);
    if (draft_.arrays.in_file) {
      // Each function where it is first called: by then the arrays in it are known.
      read_in_order_of_use(line_count);
    } else {
      draft_.functions.read_all(draft_);
      for (at_ = 0; at_ < line_count; ++at_) read_line();
    }
    if (problem().items.empty() && draft_.errors.empty() && !draft_.samples_place)
      draft_.fail({1, {}}, "there is nothing to solve: the file defines no quantity",
                  "write a definition, as in y = 2*3");
    expand_samples(draft_);
    draft_.check();
    expand_all(draft_);
    check_aliases(draft_);
    expand_points(draft_);
    if (draft_.errors.empty()) {
      require_nice_numbers(draft_);
      lend_sides(draft_);
      put_in_derivatives(draft_);
      refuse_circles();
      add_corrections(draft_);
      take_sides_back(draft_);
    }
    if (draft_.errors.empty() || problem().order.empty()) order_items(problem(), draft_.errors);
    if (draft_.errors.empty()) {
      if (draft_.arrays.in_file) lay_rows(problem());
      warn_of_names_in_questions(draft_);
      warn_of_what_is_hardly_meant(draft_);
    }
    if (!draft_.errors.empty()) {
      std::stable_sort(draft_.errors.begin(), draft_.errors.end(),
                       [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; });
      throw ProblemError(std::move(draft_.errors));
    }
    return {std::move(problem()), draft_.random, std::move(draft_.draws)};
  }

 private:
  Problem& problem() { return draft_.problem; }
  [[nodiscard]] const std::vector<Token>& tokens() const { return written_[at_].tokens; }

  /// A circle is found before anything goes round in it.
  void refuse_circles() {
    if (!draft_.errors.empty()) return;
    order_items(problem(), draft_.errors);
    if (draft_.errors.empty()) problem().order.clear();
  }

  WrittenLine tokenized_line() {
    const std::string_view text = source_.line(line_);
    WrittenLine line{
        line_,
        text.size() - text.substr(std::min(text.find_first_not_of(" \t"), text.size())).size(),
        {}};
    try {
      line.tokens = tokenize(text);
    } catch (const SyntaxError& error) {
      draft_.fail({line_, error.span}, error.what(), error.hint);
      draft_.excused.add(readable_tokens(source_.line(line_)));
      draft_.excused.add(readable_tokens(as_it_looks(source_.line(line_))));
    }
    return line;
  }

  void write_out_loops() {
    const bool loops = std::any_of(written_.begin(), written_.end(),
                                   [](const WrittenLine& line) { return is_loop(line.tokens); });
    if (!loops && !has_arrays(written_)) return;
    std::size_t at = 1;
    try {
      written_ = written_out(std::move(written_), at);
    } catch (const SyntaxError& error) {
      throw ProblemError({{at, error.span, error.what(), error.hint}});
    }
  }

  /// In a file with arrays shapes must be known before they are used: first what is given, then
  /// definitions, each after those it needs, then what is asked for. Items keep the order of the
  /// file.
  void read_in_order_of_use(std::size_t line_count) {
    std::vector<std::size_t> place_of_item;
    const auto read = [&](std::size_t at) {
      at_ = at;
      read_line();
      place_of_item.resize(problem().items.size(), at);
    };
    for (const std::size_t at : order_of_reading(written_, line_count, draft_)) read(at);
    std::vector<std::size_t> order(place_of_item.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return place_of_item[a] < place_of_item[b];
    });
    std::vector<Item> items;
    for (const std::size_t i : order) {
      problem().index[problem().items[i].name] = items.size();
      items.push_back(std::move(problem().items[i]));
    }
    problem().items = std::move(items);
    draft_.functions.read_all(draft_);
    problem().functions = draft_.functions.of_one_number();
    problem().array_parts = draft_.arrays.parts();
    for (const std::string& name : draft_.arrays.names())
      problem().arrays.push_back(*draft_.arrays.find(name));
    std::stable_sort(problem().arrays.begin(), problem().arrays.end(),
                     [](const Array& a, const Array& b) { return a.line < b.line; });
  }

  /// function g(z)
  static bool is_function_declaration(const std::vector<Token>& line) {
    return line.size() > 3 && line[0].is_word("function") && is_name(line[1]) && line[2].is("(");
  }

  void declare_function() {
    const Token& name = tokens()[1];
    std::size_t arguments = 1;
    for (const Token& token : tokens()) arguments += token.is(",") ? 1 : 0;
    if (function_named(name.text) || is_list_function(name.text)) {
      draft_.fail({line_, name.span}, fmt::format("'{}' is a function already", name.text),
                  "choose another name");
    } else if (!draft_.functions.declare_unspecified(name.text, line_, arguments)) {
      draft_.fail({line_, name.span}, fmt::format("the function '{}' is defined twice", name.text),
                  fmt::format("first in line {}", draft_.functions.line_of(name.text)));
    } else {
      draft_.names.insert(name.text);
    }
  }

  /// The names that a line defines: an expression may use them before they are read.
  void scan_line() {
    line_ = written_[at_].number;
    if (tokens().size() < 2) return;
    if (is_function_declaration(tokens())) return declare_function();
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
    const Token &first = tokens()[0], &second = tokens()[1];
    // f(x) := x^2 is reported when it is read, and a call of f is right.
    if (is_name(first) && second.is("(")) draft_.excused.add(first.text);
    if (const auto name = broken_name(); !name.first.empty()) broken_names_.insert(name);
    if (tokens()[0].is_word("seed") && second.kind == Token::Kind::number && !seed_)
      seed_ = seed_of(second);
    const DefinedNames defined = defined_names(tokens());
    draft_.names.insert(defined.names.begin(), defined.names.end());
    for (const std::string& unit : defined.units) draft_.units.emplace(unit, "out_" + unit);
  }

  /// Of `net input = …` and `1net = …` the two parts, which are no name together.
  [[nodiscard]] std::pair<std::string, std::string> broken_name() const {
    const Token &first = tokens()[0], &second = tokens()[1];
    const bool two = tokens().size() > 3 && is_name(second) && tokens()[2].is("=") &&
                     (is_name(first) || first.kind == Token::Kind::number);
    if (!two || is_statement_word(first.text)) return {};
    return {first.text, second.text};
  }

  /// Whether the line goes wrong at a name that is reported where it is defined.
  [[nodiscard]] bool uses_broken_name(Span place) const {
    for (std::size_t i = 2; i < tokens().size(); ++i)
      if (tokens()[i].span.begin == place.begin)
        return broken_names_.contains({tokens()[i - 1].text, tokens()[i].text});
    return false;
  }

  static std::optional<std::uint64_t> seed_of(const Token& token) {
    constexpr std::size_t most_digits = 18;
    if (token.text.find_first_not_of("0123456789") != std::string::npos ||
        token.text.size() > most_digits)
      return std::nullopt;
    return std::stoull(token.text);
  }

  void scan_setting() {
    line_ = written_[at_].number;
    if (draft_.arrays.in_file) written_[at_].tokens = with_element_name(tokens());
    const auto& line = tokens();
    if (line.empty()) return;
    if (line[0].is_word("alias") && line.size() > 1 && !line[1].is("=")) return read_line();
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
    line_ = written_[at_].number;
    if (tokens().size() < 2) {
      // The rows of a table whose head cannot be read are not what is wrong.
      broken_table_ = broken_table_ || begins_table(source_.line(line_));
      return;
    }
    if (broken_table_ && is_row()) return;
    broken_table_ = false;
    const std::size_t mentions = draft_.mentions().size();
    const bool was_table = in_table_;
    try {
      read_statement();
    } catch (const SyntaxError& error) {
      draft_.forget_mentions(mentions);
      in_table_ = was_table;
      broken_table_ = broken_table_ || tokens()[0].is_word("samples");
      // What is wrong with every row is said once.
      const bool again = was_table && is_row() && row_error_ == error.what();
      if (is_row()) row_error_ = error.what();
      if (again) return;
      draft_.excused.add(tokens());
      if (uses_broken_name(error.span)) return;
      draft_.fail({line_, error.span}, error.what(), hint_at(tokens(), error.span, error.hint));
    }
  }

  /// A line of numbers.
  [[nodiscard]] bool is_row() const {
    const Token& first = tokens()[0];
    return first.kind == Token::Kind::number || first.is("-") || first.is("+") || first.is("(");
  }

  static bool begins_table(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line.starts_with("samples");
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
    } else if (first.is_word("question") && second.kind == Token::Kind::string) {
      read_question(statement);
    } else if (first.is_word("points") && second.kind == Token::Kind::number) {
      read_points(statement);
    } else if (is_function_declaration(tokens())) {
      read_function(statement);
    } else if (first.is_word("nice") && second.kind == Token::Kind::end) {
      draft_.nice_place = statement.place(statement.parser.next().span);
    } else if (!is_name(second) && !(first.is_word("expect") && second.is("∂")) &&
               !(first.is_word("require") && begins_requirement(second))) {
      return false;
    } else if (role) {
      read_declaration(statement, *role);
    } else if (first.is_word("layer")) {
      read_layer(statement);
    } else if (first.is_word("derive")) {
      read_derive(statement);
    } else if (first.is_word("update") || first.is_word("ascend")) {
      read_update(statement);
    } else if (first.is_word("expect")) {
      read_expect(statement);
    } else if (first.is_word("alias")) {
      read_alias(statement);
    } else if (first.is_word("require")) {
      read_requirement(statement);
    } else {
      return false;
    }
    return true;
  }

  static bool begins_requirement(const Token& second) {
    return second.kind == Token::Kind::number || second.is("|") || second.is("-") ||
           second.is("(") || second.is("∂");
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
    if (!heads && !was_table) return false;
    const bool constant = first.is_word("pi") || first.is_word("π") || second.is("(");
    if (!heads && (is_row() || constant) && !draft_.columns.empty()) {
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
    if (draft_.seed_place) draft_.fail({line_, span}, "the seed is given twice");
    draft_.seed_place = statement.place(span);
    if (!seed_of(number))
      throw SyntaxError(
          number.span,
          fmt::format("expected a whole number as the seed, but found {}", describe(number)));
  }

  [[noreturn]] void refuse_statement(const Token& first, const Token& second) {
    if (is_name(first) && is_statement_word(first.text)) {
      const std::string_view wanted = first.text == "title"  ? "a text in quotes"
                                      : first.text == "seed" ? "a whole number"
                                                             : "a name";
      throw SyntaxError(
          second.span,
          fmt::format("expected {} after '{}', but found {}", wanted, first.text, describe(second)),
          hint_for_word(first.text));
    }
    const bool words =
        is_name(second) || second.kind == Token::Kind::number || second.kind == Token::Kind::string;
    if (is_name(first) && words)
      throw SyntaxError(first.span, fmt::format("unknown statement {}", describe(first)),
                        hint_for_statement(tokens()));
    if (is_name(first))
      throw SyntaxError(
          second.span,
          fmt::format("expected '=' after {}, but found {}", describe(first), describe(second)),
          hint_for_left_side(tokens()));
    throw SyntaxError(first.span,
                      fmt::format("expected a statement, but found {}", describe(first)),
                      hint_for_sign_at_start(tokens()));
  }

  const Source& source_;
  std::optional<std::uint64_t> seed_;
  std::size_t line_ = 1;
  bool has_title_ = false;
  std::string row_error_;
  bool broken_table_ = false;         // its head could not be read
  bool in_table_ = false;             // the line before belonged to the table of samples
  std::vector<WrittenLine> written_;  // each line, loops written out, and the settings
  std::size_t at_ = 0;                // which of them is read
  std::set<std::pair<std::string, std::string>> broken_names_;
  const RandomNumbers* random_ = nullptr;
  Draft draft_;
};

}  // namespace

Reading read_once(const Source& source, std::optional<std::uint64_t> seed,
                  const RandomNumbers* random) {
  return ProblemReader(source, seed, random).run();
}

void expect_end(Statement& statement) {
  const Token& token = statement.parser.peek();
  if (token.kind == Token::Kind::end) return;
  throw SyntaxError(token.span,
                    fmt::format("expected the end of the line, but found {}", describe(token)),
                    token.is(";") ? "names are separated by commas, statements by lines"
                                  : statement.left_over_hint);
}

}  // namespace chalkgrad
