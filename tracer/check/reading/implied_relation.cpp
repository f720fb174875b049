#include "tracer/check/reading/implied_relation.hpp"

#include <algorithm>

#include "tracer/check/reading/generic_indices.hpp"
#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/several_names.hpp"
#include "tracer/check/reading/unit_tables.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

using TokenList = std::vector<Token>;

bool has_relation(const TokenList& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), is_relation);
}

/// Whether a number stands there, with a sign or a bracket before it or not.
bool begins_value(const TokenList& tokens, std::size_t at) {
  while (at < tokens.size() && (tokens[at].is("-") || tokens[at].is("+") || tokens[at].is("(")))
    ++at;
  while (at + 1 < tokens.size() && tokens[at].is("[")) ++at;
  if (at + 1 < tokens.size() && tokens[at].is("-")) ++at;
  return at < tokens.size() && tokens[at].kind == Token::Kind::number;
}

Token sign_at(std::string_view sign, const Span& place) {
  return {Token::Kind::sign, std::string(sign), {place.begin, place.begin}};
}

class Relations {
 public:
  explicit Relations(const KnownNames& known) : known_(known) {}

  void in_row(AnswerRow& row) const {
    for (AnswerCell& cell : row)
      if (defines_function(cell.tokens)) cell.tokens.clear();
    std::erase_if(row, [](const AnswerCell& cell) { return cell.tokens.empty(); });
    divide_several_names(row);
    for (AnswerCell& cell : row) divide_at_conjunctions(cell.tokens);
    for (AnswerCell& cell : row) in_cell(cell.tokens);
    if (row.size() == 3) name_formula_value(row);
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      if (row[i + 1].after_arrow) {
        behind_arrow(row, i);
      } else if (row[i + 1].of_table) {
        across_cells(row, i);
      }
    }
    std::erase_if(row, [](const AnswerCell& cell) { return cell.tokens.empty(); });
  }

  /// A name alone in its row, and a number alone in the next.
  void answered(AnswerRow& row, AnswerRow& next) const {
    if (row.size() != 1 || next.size() != 1 || !is_value(next[0].tokens)) return;
    TokenList& tokens = row[0].tokens;
    if (tokens.size() != 1 || !known_.is_name(tokens[0].text)) return;
    tokens.push_back(sign_at("=", next[0].tokens[0].span));
    tokens.insert(tokens.end(), next[0].tokens.begin(), next[0].tokens.end());
    next[0].tokens.clear();
  }

 private:
  /// Whether the tokens before that one end with a name that is known; w5(new), dE/dw5.
  bool ends_with_name(const TokenList& tokens, std::size_t end) const {
    if (end == 0) return false;
    if (tokens[end - 1].is(")")) {
      while (end > 0 && !tokens[end - 1].is("(")) --end;
      if (end < 2) return false;
      --end;
    }
    const Token& last = tokens[end - 1];
    if (last.kind != Token::Kind::name) return false;
    if (known_.is_name(last.text)) return true;
    if (end >= 2 && kind_of_word(last.text) == Word::updated)
      return ends_with_name(tokens, end - 1);
    return last.text.starts_with('d') && known_.is_name(last.text.substr(1));
  }

  /// sig = lambda z: 1/(1 + np.exp(-z)) says nothing of a quantity.
  static bool defines_function(const TokenList& tokens) {
    for (std::size_t at = 1; at + 2 < tokens.size(); ++at)
      if (tokens[at].is_word("lambda") && is_relation(tokens[at - 1]) &&
          tokens[at + 1].kind == Token::Kind::name &&
          (tokens[at + 2].is(":") || tokens[at + 2].is(",")))
        return true;
    return false;
  }

  /// "net = 0.4 y out = 0.5987": between a value and a name that a relation follows, the letter
  /// is a word.
  void divide_at_conjunctions(TokenList& tokens) const {
    for (std::size_t at = 2; at + 2 < tokens.size(); ++at) {
      const Token &before = tokens[at - 1], &word = tokens[at], &name = tokens[at + 1];
      const bool conjunction = word.kind == Token::Kind::name &&
                               (word.text == "y" || word.text == "e" || word.text == "i" ||
                                word.text == "a" || word.text == "u" || word.text == "et" ||
                                word.text == "und" || word.text == "and" || word.text == "dan");
      const bool apart = word.span.begin > before.span.end && name.span.begin > word.span.end;
      const bool behind_value = before.kind == Token::Kind::number || before.is(")");
      if (!conjunction || !apart || !behind_value || name.kind != Token::Kind::name) continue;
      std::size_t next = at + 2;
      while (next + 1 < tokens.size() && (tokens[next].is("/") || tokens[next].is("∂") ||
                                          tokens[next].kind == Token::Kind::name))
        ++next;
      if (is_relation(tokens[next]))
        tokens[at] = {Token::Kind::sign, std::string(notation::cell), word.span};
    }
  }

  /// name: 0.5, name is 0.5; "the sum is −12 + 2 = −10".
  void in_cell(TokenList& tokens) const {
    for (std::size_t at = 1; at < tokens.size(); ++at) {
      if (is_relation(tokens[at])) return;
      const bool said = tokens[at].is(":") || (tokens[at].kind == Token::Kind::name &&
                                               kind_of_word(tokens[at].text) == Word::equals);
      if (!said || !begins_value(tokens, at + 1)) continue;
      if (ends_with_name(tokens, at)) {
        tokens[at] = {Token::Kind::sign, "=", tokens[at].span};
        return;
      }
      if (!is_prose(tokens, at) || !has_relation(tokens)) continue;
      tokens.erase(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1);
      return;
    }
  }

  /// "a soma" of "a soma é −12 + 2 = −10": the sign behind it is none between words.
  bool is_prose(const TokenList& tokens, std::size_t end) const {
    return std::all_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(end),
                       [this](const Token& one) {
                         return one.kind == Token::Kind::name && !known_.is_name(one.text) &&
                                (looks_like_prose(one.text) || one.text.size() == 1);
                       });
  }

  void behind_arrow(AnswerRow& row, std::size_t at) const {
    TokenList &left = row[at].tokens, &right = row[at + 1].tokens;
    if (!begins_value(right, 0)) return;
    if (!has_relation(left)) {
      if (!ends_with_name(left, left.size())) return;
      left.push_back(sign_at(notation::becomes, right.front().span));
    } else {
      // w5: 0.40 → 0.3589
      const bool from_to = left.size() >= 3 && is_relation(left[left.size() - 2]) &&
                           left.back().kind == Token::Kind::number && is_value(right);
      if (!from_to || !ends_with_name(left, left.size() - 2)) return;
      TokenList renewed(left.begin(), left.end() - 2);
      renewed.push_back(sign_at(notation::becomes, right.front().span));
      renewed.insert(renewed.end(), right.begin(), right.end());
      right = std::move(renewed);
      return;
    }
    left.insert(left.end(), right.begin(), right.end());
    right.clear();
  }

  /// | out_h1 | 0.5933 |, | dE/dw5 = 0.7414·0.1868·0.5933 | 0.0822 |
  void across_cells(AnswerRow& row, std::size_t at) const {
    TokenList &left = row[at].tokens, &right = row[at + 1].tokens;
    if (left.empty() || !is_value(right)) return;
    const bool formula =
        has_relation(left) && !is_relation(left.back()) && !is_value(after_relation(left));
    if (!formula && (has_relation(left) || !is_one_name(left))) return;
    left.push_back(sign_at("=", right.front().span));
    left.insert(left.end(), right.begin(), right.end());
    right.clear();
  }

  /// | ∂E/∂w1 | −0.48·1.5 | −0.72 |; where words stand in the first cell, the line is judged by its
  /// numbers.
  void name_formula_value(AnswerRow& row) const {
    TokenList &label = row[0].tokens, &formula = row[1].tokens, &value = row[2].tokens;
    const bool worked_out = formula.size() > 1 && !is_value(formula) && !has_relation(formula) &&
                            std::any_of(formula.begin(), formula.end(), [](const Token& token) {
                              return token.kind == Token::Kind::number;
                            });
    if (!row[1].of_table || !row[2].of_table || has_relation(label) || !worked_out ||
        !is_value(value))
      return;
    if (ends_with_name(label, label.size())) {
      label.push_back(sign_at("=", formula.front().span));
      label.insert(label.end(), formula.begin(), formula.end());
    } else {
      label = formula;
    }
    label.push_back(sign_at("=", value.front().span));
    label.insert(label.end(), value.begin(), value.end());
    formula.clear();
    value.clear();
  }

  static TokenList after_relation(const TokenList& tokens) {
    const auto last = std::find_if(tokens.rbegin(), tokens.rend(), is_relation);
    return {last.base(), tokens.end()};
  }

  /// Nothing but a name or a derivative.
  bool is_one_name(const TokenList& tokens) const {
    if (!ends_with_name(tokens, tokens.size())) return false;
    return std::all_of(tokens.begin(), tokens.end(), [](const Token& token) {
      return token.kind == Token::Kind::name || token.is("∂") || token.is("/") || token.is("(") ||
             token.is(")");
    });
  }

  const KnownNames& known_;
};

/// Rows of numbers under a row of names: a column for each quantity. A first column that counts
/// says which sample, or which step of training, the row is about.
class HeadedTables {
 public:
  explicit HeadedTables(const KnownNames& known) : known_(known) {}

  void read(std::vector<AnswerRow>& rows) const {
    std::vector<Token> heading;
    for (AnswerRow& row : rows) {
      const auto numbers = numbers_of(row);
      if (!heading.empty() && numbers.size() == heading.size()) {
        row = cells_of(heading, numbers, row.front().column);
      } else {
        heading = heading_of(row);
        if (heading.empty()) heading = columns_of_samples(row);
      }
    }
  }

 private:
  /// The names in a row that has nothing else; at least two, and all but the first are known.
  std::vector<Token> heading_of(const AnswerRow& row) const {
    std::vector<Token> names;
    for (const AnswerCell& cell : row) {
      for (const Token& token : cell.tokens) {
        if (token.kind != Token::Kind::name) return {};
        if (!names.empty() && !known_.is_name(token.text) && !is_column_of_samples(token.text))
          return {};
        names.push_back(token);
      }
    }
    if (names.size() < 2) return {};
    return names;
  }

  /// Of a table of samples, Sample | z | ŷ | ŷ − y, whose first column counts: a name for each
  /// column that is about a quantity, and none for the others.
  std::vector<Token> columns_of_samples(const AnswerRow& row) const {
    constexpr std::size_t least = 3;
    const Token none{Token::Kind::end, "", {}};
    std::vector<Token> names;
    std::size_t known = 0;
    for (const AnswerCell& cell : row) {
      const bool name = cell.tokens.size() == 1 && cell.tokens[0].kind == Token::Kind::name;
      if (names.empty() && (!name || known_.is_name(cell.tokens[0].text))) return {};
      const bool words = std::any_of(cell.tokens.begin(), cell.tokens.end(), [](const Token& one) {
        return one.kind == Token::Kind::name;
      });
      if (!words) return {};
      // x_i and ŷ_i may be called so by the writer alone.
      const bool meant = name && !names.empty() &&
                         (is_column_of_samples(cell.tokens[0].text) || counts(cell.tokens[0].text));
      known += meant ? 1 : 0;
      names.push_back(names.empty() || meant ? cell.tokens[0] : none);
    }
    const bool samples = known_.vocabulary->has_samples();
    return names.size() >= least && known > 0 && samples ? names : std::vector<Token>{};
  }

  static bool counts(const std::string& name) {
    return name.size() > 2 && (name.ends_with("_i") || name.ends_with("_n"));
  }

  bool is_column_of_samples(const std::string& name) const {
    return known_.is_name(name_in_sample(name, 1));
  }

  /// 1/3 or −1/3, alone in a cell, as one number.
  static std::optional<Token> fraction_of(const AnswerCell& cell) {
    std::vector<Token> tokens;
    for (const Token& token : cell.tokens)
      if (!token.is("(") && !token.is(")")) tokens.push_back(token);
    const bool negative = !tokens.empty() && tokens.front().is("-");
    const std::size_t first = negative ? 1 : 0;
    if (tokens.size() != first + 3 || tokens[first].kind != Token::Kind::number ||
        !tokens[first + 1].is("/") || tokens[first + 2].kind != Token::Kind::number)
      return std::nullopt;
    Token fraction = tokens[first];
    fraction.text = (negative ? "-" : "") + fraction.text + "/" + tokens[first + 2].text;
    fraction.span = {tokens.front().span.begin, tokens.back().span.end};
    return fraction;
  }

  /// The numbers in a row that has nothing else, with their signs.
  static std::vector<Token> numbers_of(const AnswerRow& row) {
    std::vector<Token> numbers;
    for (const AnswerCell& cell : row) {
      if (const auto fraction = fraction_of(cell)) {
        numbers.push_back(*fraction);
        continue;
      }
      bool negative = false;
      std::size_t begin = 0;
      for (const Token& token : cell.tokens) {
        if (token.is("-") && !negative) {
          negative = true;
          begin = token.span.begin;
          continue;
        }
        if (token.kind != Token::Kind::number) return {};
        numbers.push_back(token);
        if (negative) {
          numbers.back().text = "-" + numbers.back().text;
          numbers.back().span.begin = begin;
        }
        negative = false;
      }
      if (negative) return {};
    }
    return numbers;
  }

  AnswerRow cells_of(const std::vector<Token>& heading, const std::vector<Token>& numbers,
                     std::size_t column) const {
    AnswerRow cells;
    const bool counts = !known_.is_name(heading[0].text) || known_.is_counter(heading[0].text);
    for (std::size_t i = counts ? 1 : 0; i < heading.size(); ++i) {
      if (heading[i].kind == Token::Kind::end) continue;
      const std::string name =
          counts ? name_in_row(heading[0].text, heading[i].text, numbers[0].text) : heading[i].text;
      AnswerCell cell{.column = column};
      const Span place = numbers[i].span;
      cell.tokens.push_back({Token::Kind::name, name, {place.begin, place.begin}});
      cell.tokens.push_back(sign_at("=", place));
      Token number = numbers[i];
      if (number.text.starts_with('-')) {
        cell.tokens.push_back(sign_at("-", place));
        number.text.erase(0, 1);
      }
      const std::size_t over = number.text.find('/');
      const std::string below = over == std::string::npos ? "" : number.text.substr(over + 1);
      number.text.resize(std::min(over, number.text.size()));
      cell.tokens.push_back(number);
      if (!below.empty()) {
        cell.tokens.push_back(sign_at("/", {place.end, place.end}));
        cell.tokens.push_back({Token::Kind::number, below, {place.end, place.end}});
      }
      cell.begins_line = cells.empty();
      cells.push_back(std::move(cell));
    }
    return cells;
  }

  std::string name_in_row(const std::string& counted, const std::string& name,
                          const std::string& number) const {
    const std::string after = name + std::string(after_steps) + number;
    // Of a perceptron's training a row has the sample of its step.
    if (counts_steps(counted) && known_.is_name(after)) return after;
    if (!known_.is_name(name)) return name + "[" + number + "]";
    return number == "0" && !known_.is_name(after) ? name : after;
  }

  const KnownNames& known_;
};

}  // namespace

std::vector<AnswerRow> with_implied_relations(std::vector<AnswerRow> rows,
                                              const KnownNames& known) {
  HeadedTables(known).read(rows);
  read_unit_tables(rows, known);
  const Relations relations(known);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    relations.in_row(rows[i]);
    rows[i] = with_each_index(rows[i], known);
    if (i + 1 < rows.size()) relations.answered(rows[i], rows[i + 1]);
  }
  for (AnswerRow& row : rows)
    std::erase_if(row, [](const AnswerCell& cell) { return cell.tokens.empty(); });
  std::erase_if(rows, [](const AnswerRow& row) { return row.empty(); });
  return rows;
}

}  // namespace chalkgrad
