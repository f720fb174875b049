#include "tracer/check/reading/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "tracer/check/reading/answer_reader.hpp"
#include "tracer/check/reading/array_chains.hpp"
#include "tracer/check/reading/assembly.hpp"
#include "tracer/check/reading/heading.hpp"
#include "tracer/check/reading/implied_relation.hpp"
#include "tracer/check/reading/passed_over.hpp"
#include "tracer/check/reading/sample_names.hpp"
#include "tracer/check/reading/side.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

void AnswerReader::read(const AnswerRow& row) {
  main_ = last_ = nothing;
  awaiting_ = broken_ = false;
  left_over_.clear();
  for (const AnswerCell& cell : row) {
    AnswerCell whole = cell;
    const AnswerCell remark = take_remark(whole);
    read_cell(whole);
    if (!remark.tokens.empty()) read_cell(remark);
  }
}

Answer AnswerReader::take(bool of_program) {
  std::erase_if(answer_.statements,
                [](const Chain& statement) { return statement.sides.size() < 2; });
  const KnownArrays& arrays = known_.vocabulary->arrays();
  if (!arrays.any() || whole_arrays_) return std::move(answer_);
  ArrayChains chains(arrays, answer_.statements, of_program);
  std::vector<Chain> elements;
  for (Chain& statement : answer_.statements)
    for (Chain& one : chains.written_out(statement, answer_.unreadable))
      elements.push_back(std::move(one));
  answer_.statements = std::move(elements);
  return std::move(answer_);
}

/// What stands in brackets behind a formula and is a relation itself: "(x = 2 in this example)".
AnswerCell AnswerReader::take_remark(AnswerCell& cell) {
  AnswerCell remark;
  Tokens& tokens = cell.tokens;
  if (tokens.empty() || !tokens.back().is(")")) return remark;
  const std::size_t open = opening(tokens);
  if (open == nothing || open == 0) return remark;
  const Token& before = tokens[open - 1];
  const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(open);
  const bool behind_value = before.kind == Token::Kind::number || before.is(")");
  const bool cases =
      std::any_of(begin, tokens.end(), [](const Token& one) { return one.is_word("if"); });
  if (!behind_value || cases || !std::any_of(begin, tokens.end(), is_relation) ||
      !std::any_of(tokens.begin(), begin, is_relation))
    return remark;
  remark.tokens.assign(begin + 1, tokens.end() - 1);
  remark.column = cell.column;
  tokens.erase(begin, tokens.end());
  return remark;
}

/// Where the bracket opens that the last token closes.
std::size_t AnswerReader::opening(const Tokens& tokens) {
  int depth = 0;
  for (std::size_t at = tokens.size(); at-- > 0;) {
    if (tokens[at].is(")")) ++depth;
    if (tokens[at].is("(") && --depth == 0) return at;
  }
  return nothing;
}

void AnswerReader::read_cell(const AnswerCell& cell) {
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
      if (last_ != nothing) broken_ = false;
    } else if (!(before.empty() && (last_ != nothing || broken_))) {
      begin_statement(before);
    }
    const bool is_main = cell.begins_line || main_ == nothing;
    if (is_main && last_ != nothing) main_ = last_;
    if (last_ != nothing && cell.tokens[relation].is(notation::becomes)) {
      // "w5 ← …" says what w5 becomes; an arrow behind a formula begins a remark.
      if (answer_.statements[last_].sides.size() > 1) return;
      answer_.statements[last_].assigns = true;
    }
    const std::size_t end = next_relation(cell.tokens, relation + 1);
    const std::size_t side_end = end_of_side(cell.tokens, relation + 1, end);
    const bool takes_off = cell.tokens[relation].is(notation::takes_off);
    before = takes_off ? read_taken_off(cell.tokens, relation, side_end)
                       : read_right(cell.tokens, relation + 1, side_end);
    if (side_end < end) {
      before.clear();
      last_ = nothing;
      broken_ = false;
    }
    at = side_end;
  }
  left_over_ = std::move(before);
  if (!left_over_.empty()) last_ = nothing;
}

/// The next relation from there that is not part of a condition in brackets.
std::size_t AnswerReader::next_relation(const Tokens& tokens, std::size_t at) {
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

/// dW, ∂, δ_1, grad_w.
bool AnswerReader::names_derivative(const Token& token) {
  return is_delta(token.text) || token.text.starts_with("grad") ||
         (token.text.size() > 1 && token.text[0] == 'd' && !looks_like_prose(token.text));
}

/// "z1 = 0.5  f1 = 0.3": where the name begins that stands before the next relation, if a value
/// ends before it; otherwise where the relation is.
std::size_t AnswerReader::end_of_side(const Tokens& tokens, std::size_t from,
                                      std::size_t relation) const {
  if (relation == tokens.size() || latex_ || relation < from + 2) return relation;
  std::size_t name = relation - 1;
  if (tokens[name].kind != Token::Kind::name) return relation;
  // dE / dw5 = …
  while (name >= from + 2 && tokens[name - 1].is("/") && tokens[name - 2].kind == Token::Kind::name)
    name -= 2;
  while (name > from && tokens[name - 1].is("∂")) --name;
  if (name <= from) return relation;
  const Token& before = tokens[name - 1];
  const std::size_t blanks = tokens[name].span.begin - before.span.end;
  // w - 0.2 dw is a product.
  const bool step = name >= from + 2 && (tokens[name - 2].is("-") || tokens[name - 2].is("+")) &&
                    blanks == 1 && names_derivative(tokens[name]);
  const bool after_value = before.kind == Token::Kind::number && blanks >= 1 && !step;
  const bool after_operand = (before.kind == Token::Kind::name || before.is(")")) && blanks >= 2;
  return after_value || after_operand ? name : relation;
}

/// w5 -= 0.5*g is w5 := w5 - (0.5*g).
Tokens AnswerReader::read_taken_off(const Tokens& tokens, std::size_t relation, std::size_t end) {
  if (last_ == nothing || answer_.statements[last_].sides.size() != 1) return {};
  answer_.statements[last_].assigns = true;
  const Span place = tokens[relation].span;
  Tokens right;
  if (relation > 0 && tokens[relation - 1].kind == Token::Kind::name)
    right.push_back(tokens[relation - 1]);
  right.push_back({Token::Kind::sign, "-", place});
  right.push_back({Token::Kind::sign, "(", place});
  right.insert(right.end(), tokens.begin() + static_cast<std::ptrdiff_t>(relation) + 1,
               tokens.begin() + static_cast<std::ptrdiff_t>(end));
  right.push_back({Token::Kind::sign, ")", right.back().span});
  return read_right(right, 0, right.size());
}

void AnswerReader::refuse(Span span, std::string message, std::string hint) {
  const auto say = [&](std::string_view sign, std::string_view meant) {
    const auto at = message.find(sign);
    if (at != std::string::npos) message.replace(at, sign.size(), meant);
  };
  say("'&'", "the end of the formula");
  say("'?'", "something that has no meaning here");
  if (last_ != nothing) answer_.statements[last_].has_unread_side = true;
  answer_.has_two_readings = answer_.has_two_readings || message.starts_with(two_readings_said);
  answer_.unreadable.push_back({span, std::move(message), std::move(hint)});
}

void AnswerReader::begin_statement(Tokens tokens) {
  last_ = nothing;
  Heading heading = read_heading(std::move(tokens), known_);
  known_.blanks_multiply = latex_;  // "so out_h1 net_h1 = …" is no product
  const std::size_t before = two_readings_;
  auto side = longest_ending(heading.tokens);
  broken_ = !side;  // nothing can be compared with it
  if (!side) return;
  answer_.statements.emplace_back();
  last_ = answer_.statements.size() - 1;
  answer_.statements.back().sides.push_back(std::move(*side));
  answer_.statements.back().has_two_readings = two_readings_ > before;
  answer_.statements.back().qualifier = std::move(heading.qualifier);
}

/// The longest expression that ends with the tokens: words of prose may stand before it.
std::optional<WrittenSide> AnswerReader::longest_ending(const Tokens& tokens) {
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

/// Whether prose may end before that token: what stands there is no part of a formula.
bool AnswerReader::may_begin(const Tokens& tokens, std::size_t at) const {
  const Token &before = tokens[at - 1], &first = tokens[at];
  if (first.is("*") || first.is("/") || first.is("^") || first.is(")") || first.is("+"))
    return false;
  // Something that is not understood, with what stands beside it, is not left out.
  const bool touches = before.span.end == first.span.begin;
  if (before.is(notation::unknown) || before.is(notation::prime) || before.is("ᵀ")) return false;
  if (at >= 2 && tokens[at - 2].is("^")) return false;  // V^T z
  if (before.is_word("Delta") || before.is_word("Δ") || before.is_word("∇")) return false;
  if (before.kind == Token::Kind::name && !looks_like_prose(before.text) &&
      !known_.is_name(before.text) && before.text.size() > 1)
    return false;
  if (first.is("(") && (before.kind != Token::Kind::sign || before.is(")"))) return false;
  if (touches && before.kind != Token::Kind::sign) return false;
  const bool inside = before.is("*") || before.is("/") || before.is("^") || before.is("∂") ||
                      before.is("+") || before.is("-");
  if (!inside) return !first.is("-") || is_sign_of_what_follows(tokens, at);
  // "Step 1 - w5 = …": a sign between words is a dash; b - 0.05*db is a difference.
  const bool says = first.kind == Token::Kind::name || first.is("∂");
  if (!before.is("-") || at < 2 || !says) return false;
  const std::size_t word = tokens[at - 2].kind == Token::Kind::number && at >= 3 ? at - 3 : at - 2;
  return tokens[word].kind != Token::Kind::name ||
         (tokens[word].text.size() > 1 && looks_like_prose(tokens[word].text));
}

/// "gives -0.5": with a blank before the sign and none behind it. a - 0.5 is a difference.
bool AnswerReader::is_sign_of_what_follows(const Tokens& tokens, std::size_t at) {
  const bool apart = tokens[at - 1].span.end < tokens[at].span.begin;
  const bool glued = at + 1 < tokens.size() && tokens[at + 1].span.begin == tokens[at].span.end;
  return tokens[at - 1].kind != Token::Kind::name || (apart && glued);
}

/// Whether there is anything but prose.
bool AnswerReader::worth_reporting(const Tokens& tokens) const {
  return std::any_of(tokens.begin(), tokens.end(), [this](const Token& token) {
    if (token.kind != Token::Kind::name) return token.kind == Token::Kind::number || token.is("∂");
    return known_.is_name(token.text) ||
           (token.text[0] == 'd' && known_.is_name(token.text.substr(1)));
  });
}

/// A single name that is not known: a quantity of the writer's own, or a function of any z.
bool AnswerReader::is_definition(const Expr& e) const {
  if (e.is(Expr::Kind::symbol)) return true;
  return (e.is(Expr::Kind::call) || e.is(Expr::Kind::function)) &&
         std::all_of(e.parts().begin(), e.parts().end(),
                     [](const Term& term) { return term.expr.is(Expr::Kind::symbol); });
}

/// Reads the tokens between two relations; returns those that are no part of the expression.
Tokens AnswerReader::read_right(const Tokens& tokens, std::size_t from, std::size_t to) {
  Tokens part(tokens.begin() + static_cast<std::ptrdiff_t>(from),
              tokens.begin() + static_cast<std::ptrdiff_t>(to));
  if (last_ == nothing) return broken_ ? Tokens{} : part;
  awaiting_ = part.empty() && to == tokens.size();
  if (part.empty()) return {};
  known_.blanks_multiply = true;
  try {
    refuse_decimal_commas(part);
    const std::size_t before = two_readings_;
    SideReading reading = read_side(part, known_);
    Chain& statement = answer_.statements[last_];
    statement.has_two_readings = statement.has_two_readings || two_readings_ > before;
    if (!reading.rest.empty() && is_factor_of_own(reading.rest.front()))
      throw SyntaxError(reading.rest.front().span,
                        "unknown quantity " + describe(reading.rest.front()),
                        suggestion(reading.rest.front().text));
    if (!reading.rest.empty() && !ends_expression(reading.rest.front()))
      throw SyntaxError(reading.rest.front().span,
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

namespace {

/// Whether the names that conventions are about are written anywhere.
void note_conventions(const std::vector<AnswerRow>& rows, Answer& answer) {
  for (const AnswerRow& row : rows)
    for (const AnswerCell& cell : row)
      for (const Token& token : cell.tokens) {
        if (token.kind != Token::Kind::name) continue;
        answer.writes_delta = answer.writes_delta || is_delta(token.text);
        answer.writes_e = answer.writes_e || token.text == "e";
        answer.counts_from_zero = answer.counts_from_zero || token.text.ends_with("[0]");
      }
}

}  // namespace

namespace {

/// z¹ and z^1 of a name: nobody writes a first power.
bool has_first_powers(std::string_view text) {
  for (const std::string_view written : {"^1", "¹"})
    for (auto at = text.find(written); at != std::string_view::npos;
         at = text.find(written, at + 1)) {
      const std::size_t end = at + written.size();
      const char next = end < text.size() ? text[end] : ' ';
      const bool whole = !is_digit(next) && next != '.' && next != '/';
      if (at > 0 && is_letter(text[at - 1]) && whole) return true;
    }
  return false;
}

}  // namespace

Answer read_answer(std::string_view text, const Vocabulary& vocabulary,
                   const ReadingOptions& options) {
  // "\n" within what a program prints is no command.
  const bool session = text.starts_with(">>") || text.find("\n>>") != std::string_view::npos;
  const bool latex = !session && looks_like_latex(text);
  const KnownNames known{&vocabulary, {}, latex};
  const bool arrays = vocabulary.arrays().any();
  const bool lists = arrays && text.find('[') != std::string_view::npos;
  const bool comma = options.decimal_comma ||
                     ((!lists || has_commas_with_blanks(text)) && has_decimal_commas_alone(text));
  const bool of_program = !latex && text.find('@') != std::string_view::npos;
  std::vector<AnswerRow> rows =
      with_implied_relations(read_rows(text, {.latex = latex,
                                              .decimal_comma = comma,
                                              .arrays = arrays,
                                              .scanned = options.conventions.scanned,
                                              .from_zero = options.conventions.from_zero,
                                              .of_program = of_program,
                                              .layers_above = options.conventions.layers_above}),
                             known);
  if (vocabulary.has_samples()) number_samples(rows, known);
  constexpr int most_passes = 4;
  Names introduced;
  for (int pass = 1;; ++pass) {
    AnswerReader reader(vocabulary, introduced, latex, options);
    for (const AnswerRow& row : rows) reader.read(row);
    const std::size_t before = introduced.size();
    introduced.insert(reader.defined().begin(), reader.defined().end());
    // Names are defined anywhere in the file: read again with them.
    if (introduced.size() > before && pass < most_passes) continue;
    Answer answer = reader.take(of_program);
    note_conventions(rows, answer);
    answer.looks_scanned = has_scanned_numbers(text);
    answer.has_first_powers = has_first_powers(text);
    answer.has_own_names = !introduced.empty();
    answer.passed_over = lines_passed_over(text, rows, answer, known);
    return answer;
  }
}

}  // namespace chalkgrad
