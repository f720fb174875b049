#include "tracer/check/reading/several_names.hpp"

#include <algorithm>

namespace chalkgrad {

namespace {

using TokenList = std::vector<Token>;

/// H1, H2 = f(z1), f(z2) are two relations.
void divide_several(AnswerRow& row) {
  if (row.empty() || (row.size() > 1 && row[1].of_table)) return;
  TokenList& tokens = row[0].tokens;
  TokenList names;
  std::size_t at = 0;
  while (at + 1 < tokens.size() && tokens[at].kind == Token::Kind::name) {
    names.push_back(tokens[at]);
    if (!tokens[at + 1].is(",")) break;
    at += 2;
  }
  if (names.size() < 2 || at + 1 >= tokens.size() || !is_relation(tokens[at + 1])) return;
  std::vector<TokenList> values(1);
  int depth = 0;
  for (std::size_t i = at + 2; i < tokens.size(); ++i) {
    if (is_relation(tokens[i])) return;
    depth += tokens[i].is("(") || tokens[i].is("[") ? 1 : 0;
    depth -= tokens[i].is(")") || tokens[i].is("]") ? 1 : 0;
    if (depth == 0 && tokens[i].is(",")) {
      values.emplace_back();
    } else {
      values.back().push_back(tokens[i]);
    }
  }
  const bool all =
      std::none_of(values.begin(), values.end(), [](const TokenList& one) { return one.empty(); });
  if (values.size() != names.size() || !all) return;
  AnswerRow divided;
  for (std::size_t i = 0; i < names.size(); ++i) {
    AnswerCell cell{.column = row[0].column, .begins_line = i == 0 && row[0].begins_line};
    cell.tokens = {names[i], tokens[at + 1]};
    cell.tokens.insert(cell.tokens.end(), values[i].begin(), values[i].end());
    divided.push_back(std::move(cell));
  }
  divided.insert(divided.end(), row.begin() + 1, row.end());  // a comment
  row = std::move(divided);
}

void replace_given(AnswerRow& row, std::size_t c, const std::vector<std::size_t>& names,
                   const std::vector<TokenList>& values, std::size_t relation, std::size_t end) {
  const TokenList tokens = row[c].tokens;
  AnswerRow cells;
  for (std::size_t i = 0; i < names.size(); ++i) {
    AnswerCell cell{.column = row[c].column, .begins_line = i == 0 && row[c].begins_line};
    cell.tokens = {tokens[names[i]], tokens[relation]};
    cell.tokens.insert(cell.tokens.end(), values[i].begin(), values[i].end());
    cells.push_back(std::move(cell));
  }
  if (end < tokens.size() && !(tokens[end].is(",") && end + 1 == tokens.size())) {
    AnswerCell rest{.column = row[c].column};
    rest.tokens.assign(tokens.begin() + static_cast<std::ptrdiff_t>(end), tokens.end());
    if (rest.tokens.front().is(",") || rest.tokens.front().is(";"))
      rest.tokens.erase(rest.tokens.begin());
    if (!rest.tokens.empty()) cells.push_back(std::move(rest));
  }
  row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
  row.insert(row.begin() + static_cast<std::ptrdiff_t>(c), cells.begin(), cells.end());
}

/// "We have x1, x2 = 0.6, 0.1 and b = 2": as many numbers as names, wherever they stand.
void divide_given(AnswerRow& row) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    constexpr std::size_t longest = 500;  // of a sentence that somebody wrote
    if (row[c].tokens.size() > longest) continue;
    const TokenList tokens = row[c].tokens;
    const std::size_t relation = static_cast<std::size_t>(
        std::find_if(tokens.begin(), tokens.end(), is_relation) - tokens.begin());
    if (relation >= tokens.size()) continue;
    std::vector<std::size_t> names;
    std::size_t at = relation;
    while (at >= 1 && tokens[at - 1].kind == Token::Kind::name) {
      names.insert(names.begin(), at - 1);
      if (at < 2 || !tokens[at - 2].is(",")) break;
      at -= 2;
    }
    if (names.size() < 2) continue;
    std::vector<TokenList> values;
    std::size_t end = relation + 1;
    while (values.size() < names.size() && end < tokens.size()) {
      TokenList value;
      if (tokens[end].is("-")) value.push_back(tokens[end++]);
      if (end >= tokens.size() || tokens[end].kind != Token::Kind::number) break;
      value.push_back(tokens[end++]);
      values.push_back(std::move(value));
      if (values.size() < names.size() && !(end < tokens.size() && tokens[end++].is(","))) break;
    }
    const bool ends = end >= tokens.size() || tokens[end].kind == Token::Kind::name ||
                      tokens[end].is(";") || tokens[end].is(",");
    if (values.size() != names.size() || !ends) continue;
    replace_given(row, c, names, values, relation, end);
  }
}

}  // namespace

void divide_several_names(AnswerRow& row) {
  divide_several(row);
  divide_given(row);
}

}  // namespace chalkgrad
