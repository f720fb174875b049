#include "tracer/check/reading/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "tracer/check/reading/assembly.hpp"
#include "tracer/check/reading/side.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

using Tokens = std::vector<Token>;
using Names = std::set<std::string, std::less<>>;

/// v̄1 and v̇1; in ASCII v1_bar and v1_dot.
bool has_accent(std::string_view name) {
  return !name_parts(name).accent.empty() || name.ends_with("_bar") || name.ends_with("_dot");
}

bool mentions(const Expr& e, const std::function<bool(const Expr&)>& wanted) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || wanted(leaf); });
  return found;
}

/// Reads the rows of one file, with the names that are known before.
class AnswerReader {
 public:
  AnswerReader(const Vocabulary& vocabulary, const Names& introduced, bool latex)
      : names_(introduced),
        known_{&vocabulary, [this](std::string_view name) { return names_.contains(name); }, latex},
        latex_(latex) {}

  void read(const AnswerRow& row) {
    main_ = last_ = nothing;
    awaiting_ = false;
    left_over_.clear();
    for (const AnswerCell& cell : row) read_cell(cell);
  }

  /// What a statement z = … defines, by a name that is not known.
  const Names& defined() const { return defined_; }

  Answer take() {
    std::erase_if(answer_.statements,
                  [](const Chain& statement) { return statement.sides.size() < 2; });
    return std::move(answer_);
  }

 private:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  void read_cell(const AnswerCell& cell) {
    std::size_t at = 0;
    const std::size_t count = cell.tokens.size();
    Tokens before;
    if (awaiting_ && last_ != nothing && !is_relation(cell.tokens[0])) {
      // x = $0.5$
      at = next_relation(cell.tokens, 0);
      before = read_right(cell.tokens, 0, at);
    }
    while (at < count) {
      std::size_t relation = next_relation(cell.tokens, at);
      before.insert(before.end(), cell.tokens.begin() + static_cast<std::ptrdiff_t>(at),
                    cell.tokens.begin() + static_cast<std::ptrdiff_t>(relation));
      if (relation == count) break;
      if (relation == 0) {
        last_ = cell.begins_line && main_ != nothing ? main_ : last_;
        if (last_ == nothing && !left_over_.empty()) begin_statement(left_over_);
      } else if (!(before.empty() && last_ != nothing)) {
        begin_statement(before);
      }
      const bool is_main = cell.begins_line || main_ == nothing;
      if (is_main && last_ != nothing) main_ = last_;
      if (last_ != nothing && cell.tokens[relation].is(notation::becomes))
        answer_.statements[last_].assigns = true;
      const std::size_t end = next_relation(cell.tokens, relation + 1);
      before = read_right(cell.tokens, relation + 1, end);
      at = end;
    }
    left_over_ = std::move(before);
    if (!left_over_.empty()) last_ = nothing;
  }

  /// The next relation from there that is not part of a condition in brackets.
  static std::size_t next_relation(const Tokens& tokens, std::size_t at) {
    int depth = 0;
    bool condition = false;
    for (; at < tokens.size(); ++at) {
      if (tokens[at].is("(")) ++depth;
      if (tokens[at].is(")")) condition = --depth > 0 && condition;
      if (tokens[at].is_word("if") && depth > 0) condition = true;
      if (is_relation(tokens[at]) && !condition) return at;
    }
    return at;
  }

  void refuse(Span span, std::string message, std::string hint = {}) {
    const auto say = [&](std::string_view sign, std::string_view meant) {
      const auto at = message.find(sign);
      if (at != std::string::npos) message.replace(at, sign.size(), meant);
    };
    say("'&'", "the end of the formula");
    say("'?'", "something that has no meaning here");
    answer_.unreadable.push_back({span, std::move(message), std::move(hint)});
  }

  // --- the left side of the first relation

  void begin_statement(Tokens tokens) {
    last_ = nothing;
    take_mark_of_update(tokens);
    known_.blanks_multiply = latex_;  // "so out_h1 net_h1 = …" is no product
    auto side = longest_ending(tokens);
    answer_.statements.emplace_back();
    last_ = answer_.statements.size() - 1;
    if (side) answer_.statements.back().sides.push_back(std::move(*side));
  }

  /// w5+ = …
  static void take_mark_of_update(Tokens& tokens) {
    if (tokens.size() < 2 || !tokens.back().is("+")) return;
    Token& name = tokens[tokens.size() - 2];
    if (name.kind != Token::Kind::name) return;
    name.text += updated_mark;
    name.span.end = tokens.back().span.end;
    tokens.pop_back();
  }

  /// The longest expression that ends with the tokens: words of prose may stand before it.
  std::optional<WrittenSide> longest_ending(const Tokens& tokens) {
    constexpr std::size_t most_attempts = 200;
    std::optional<SyntaxError> first_error;
    std::size_t attempts = 0;
    for (std::size_t from = 0; from < tokens.size() && attempts < most_attempts; ++from) {
      // Of a long line, all of it or its end.
      if (from == 1 && tokens.size() > most_attempts) from = tokens.size() - most_attempts + 2;
      if (from > 0 && !may_begin(tokens, from)) continue;
      ++attempts;
      try {
        const Tokens part(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end());
        SideReading reading = read_side(part, known_);
        if (!reading.rest.empty()) continue;
        if (!has_unknown(reading.side.expr) || is_definition(reading.side.expr))
          return std::move(reading.side);
        if (!first_error) first_error = unknown_name(reading.side, part);
      } catch (const SyntaxError& error) {
        if (!first_error && worth_reporting(tokens)) first_error = error;
      }
    }
    if (first_error) refuse(first_error->span, first_error->what(), first_error->hint);
    return std::nullopt;
  }

  static bool may_begin(const Tokens& tokens, std::size_t at) {
    const Token &before = tokens[at - 1], &first = tokens[at];
    // Δw5 and ∇w5 are not w5.
    if (before.is_word("Delta") || before.is_word("nabla") || before.is_word("Δ") ||
        before.is(notation::unknown))
      return false;
    if (first.is("*") || first.is("/") || first.is("^") || first.is(")")) return false;
    const bool inside = before.is("*") || before.is("/") || before.is("^") || before.is("∂") ||
                        before.is("+") || before.is("-");
    // "Step 1 - w5 = …": a sign between words is a dash.
    return !inside || (before.is("-") && at >= 2);
  }

  /// Whether there is anything but prose.
  bool worth_reporting(const Tokens& tokens) const {
    return std::any_of(tokens.begin(), tokens.end(), [this](const Token& token) {
      if (token.kind != Token::Kind::name)
        return token.kind == Token::Kind::number || token.is("∂");
      return known_.is_name(token.text) ||
             (token.text[0] == 'd' && known_.is_name(token.text.substr(1)));
    });
  }

  /// A single name that is not known: a quantity of the writer's own, or a function of any z.
  bool is_definition(const Expr& e) const {
    if (e.is(Expr::Kind::symbol)) return true;
    return e.is(Expr::Kind::call) &&
           std::all_of(e.parts().begin(), e.parts().end(),
                       [](const Term& term) { return term.expr.is(Expr::Kind::symbol); });
  }

  // --- the other sides

  /// Reads the tokens between two relations; returns those that are no part of the expression.
  Tokens read_right(const Tokens& tokens, std::size_t from, std::size_t to) {
    Tokens part(tokens.begin() + static_cast<std::ptrdiff_t>(from),
                tokens.begin() + static_cast<std::ptrdiff_t>(to));
    if (last_ == nothing) return part;
    awaiting_ = part.empty() && to == tokens.size();
    if (part.empty()) return {};
    known_.blanks_multiply = true;
    try {
      refuse_decimal_commas(part);
      SideReading reading = read_side(part, known_);
      if (!reading.rest.empty() && !ends_expression(reading.rest.front()))
        throw SyntaxError(
            reading.rest.front().span,
            fmt::format("expected an operator or the end of the formula, but found {}",
                        describe(reading.rest.front())));
      add_side(std::move(reading.side), part);
      if (!reading.rest.empty() && to < tokens.size()) last_ = nothing;
      return std::move(reading.rest);
    } catch (const SyntaxError& error) {
      refuse(error.span, error.what(), error.hint);
      return {};
    }
  }

  /// 0,5933 without --decimal-comma would be two numbers.
  static void refuse_decimal_commas(const Tokens& tokens) {
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
      const Token &before = tokens[i - 1], &after = tokens[i + 1];
      const bool numbers = before.kind == Token::Kind::number && after.kind == Token::Kind::number;
      if (!numbers || !tokens[i].is(",") || before.span.end != tokens[i].span.begin ||
          after.span.begin != tokens[i].span.end)
        continue;
      throw SyntaxError({before.span.begin, after.span.end}, "a number with a comma",
                        "--decimal-comma reads it as a decimal point");
    }
  }

  /// Words, full stops, closing brackets: what may stand behind a formula in a sentence.
  bool ends_expression(const Token& token) const {
    if (token.kind == Token::Kind::name) return !known_.is_name(token.text);
    return token.is(",") || token.is(";") || token.is(":") || token.is(")") ||
           token.is(notation::cell) || token.is("|") || token.is("<") || token.is(">") ||
           token.is("≥") || token.is("≤");
  }

  void add_side(WrittenSide side, const Tokens& part) {
    Chain& statement = answer_.statements[last_];
    if (!statement.sides.empty() && has_unknown(statement.sides[0].expr) &&
        statement.sides.size() == 1 && !accept_definition(statement, side)) {
      statement.sides.clear();
      if (main_ == last_) main_ = nothing;
      last_ = nothing;
      return;
    }
    if (unknown_in(statement, side.expr)) {
      const SyntaxError error = unknown_name(side, part);
      return refuse(error.span, error.what(), error.hint);
    }
    side.expr = bind(statement, side.expr);
    statement.sides.push_back(std::move(side));
  }

  /// z = w1·i1 defines z; σ(z) = … is said of any z. An unknown name before a mere number is an
  /// error.
  bool accept_definition(Chain& statement, const WrittenSide& side) {
    Expr& left = statement.sides[0].expr;
    const Span span = statement.sides[0].span;
    if (left.is(Expr::Kind::call)) {
      left = substitute(left, [](const Expr& leaf) {
        return leaf.is(Expr::Kind::symbol) ? Expr::symbol(bound_mark + leaf.text()) : leaf;
      });
      return true;
    }
    const std::string name = left.text();
    const bool accented = has_accent(name);
    const bool known_right = !has_unknown(side.expr) && mentions(side.expr, [](const Expr& leaf) {
      return !leaf.is(Expr::Kind::number);
    });
    if (known_right || accented || refers_to_later(side.expr)) {
      defined_.insert(name);
      return true;
    }
    refuse(span, "unknown quantity " + describe({Token::Kind::name, name, span}), suggestion(name));
    return false;
  }

  /// v̄1 = 2·v̄5, where v̄5 is defined further down.
  static bool refers_to_later(const Expr& e) {
    return mentions(
        e, [](const Expr& leaf) { return leaf.is(Expr::Kind::symbol) && has_accent(leaf.text()); });
  }

  static Expr bind(const Chain& statement, const Expr& e) {
    if (statement.sides.empty()) return e;  // its left side could not be read
    return substitute(e, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return leaf;
      const std::string bound = bound_mark + leaf.text();
      const bool is_bound = mentions(statement.sides[0].expr, [&](const Expr& of) {
        return of.is(Expr::Kind::symbol) && of.text() == bound;
      });
      return is_bound ? Expr::symbol(bound) : leaf;
    });
  }

  // --- names

  bool is_unknown(const Expr& leaf) const {
    return leaf.is(Expr::Kind::symbol) && leaf.text()[0] != bound_mark &&
           !known_.is_name(leaf.text()) && !defined_.contains(leaf.text()) &&
           leaf.text() != no_number;
  }
  bool has_unknown(const Expr& e) const {
    return mentions(e, [this](const Expr& leaf) { return is_unknown(leaf); });
  }

  /// Whether a side has a name that is neither known nor bound by the statement's first side.
  bool unknown_in(const Chain& statement, const Expr& e) const {
    return has_unknown(bind(statement, e));
  }

  std::string suggestion(const std::string& name) const {
    constexpr std::size_t longest = 60;
    return name.size() > longest ? "" : known_.vocabulary->suggestion(name);
  }

  SyntaxError unknown_name(const WrittenSide& side, const Tokens& tokens) const {
    std::string name;
    for_each_leaf(side.expr, [&](const Expr& leaf) {
      if (name.empty() && is_unknown(leaf)) name = leaf.text();
    });
    Span span = side.span;
    const std::string shown = describe({Token::Kind::name, name, span});
    for (const Token& token : tokens)
      if (token.kind == Token::Kind::name && token.text == name) span = token.span;
    return {span, "unknown quantity " + shown, suggestion(name)};
  }

  Names names_;
  KnownNames known_;
  bool latex_;
  Names defined_;
  Answer answer_;
  std::size_t main_ = nothing, last_ = nothing;
  Tokens left_over_;
  bool awaiting_ = false;  ///< the cell before ended with a relation
};

}  // namespace

Answer read_answer(std::string_view text, const Vocabulary& vocabulary,
                   const ReadingOptions& options) {
  const bool latex = looks_like_latex(text);
  const std::vector<AnswerRow> rows = read_rows(text, {latex, options.decimal_comma});
  constexpr int most_passes = 4;
  Names introduced;
  for (int pass = 1;; ++pass) {
    AnswerReader reader(vocabulary, introduced, latex);
    for (const AnswerRow& row : rows) reader.read(row);
    const std::size_t before = introduced.size();
    introduced.insert(reader.defined().begin(), reader.defined().end());
    // Names are defined anywhere in the file: read again with them.
    if (introduced.size() == before || pass == most_passes) return reader.take();
  }
}

}  // namespace chalkgrad
