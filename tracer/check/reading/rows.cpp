#include "tracer/check/reading/rows.hpp"

#include <algorithm>
#include <string>

#include "tracer/check/reading/rewritten_signs.hpp"
#include "tracer/check/reading/transcript.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

bool is_operator(const Token& token) {
  return token.is("+") || token.is("-") || token.is("*") || token.is("/") || token.is(".*") ||
         token.is("./");
}

/// A relation that is no condition in brackets, as in (1 if z = 0, else 2).
bool has_relation(const AnswerRow& row) {
  return std::any_of(row.begin(), row.end(), [](const AnswerCell& cell) {
    int depth = 0;
    return std::any_of(cell.tokens.begin(), cell.tokens.end(), [&depth](const Token& token) {
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      return depth <= 0 && is_relation(token);
    });
  });
}

class RowReader {
 public:
  /// The text must outlive it.
  RowReader(std::string_view text, const NotationOptions& options)
      : text_(text), options_(options) {}

  std::vector<AnswerRow> run() {
    std::size_t at = 0;
    if (const auto begin = text_.find("\\begin{document}"); begin != std::string_view::npos)
      at = begin + std::string_view("\\begin{document}").size();
    while (at < text_.size()) {
      const std::size_t end = end_of_stretch(at);
      read_stretch({at, end});
      at = end + 1;
    }
    return std::move(rows_);
  }

 private:
  /// The end of the line; in LaTeX, of the line that closes what this one opens.
  std::size_t end_of_stretch(std::size_t begin) const {
    constexpr int most_lines = 40;
    std::size_t end = line_end(begin);
    for (int lines = 1; options_.latex && lines < most_lines && end < text_.size(); ++lines) {
      if (!is_open(text_.substr(begin, end - begin))) return end;
      end = line_end(end + 1);
    }
    if (options_.arrays && !options_.latex) return end_of_array(begin, end);
    return options_.latex && is_open(text_.substr(begin, end - begin)) ? line_end(begin) : end;
  }

  /// The end of the line in which the square brackets are closed that this one opens.
  std::size_t end_of_array(std::size_t begin, std::size_t first) const {
    constexpr int farthest = 500;
    std::size_t end = first;
    for (int lines = 0; lines < farthest; ++lines) {
      const std::string_view stretch = text_.substr(begin, end - begin);
      if (std::count(stretch.begin(), stretch.end(), '[') <=
          std::count(stretch.begin(), stretch.end(), ']'))
        return end;
      if (end >= text_.size()) break;
      end = line_end(end + 1);
    }
    return first;
  }

  std::size_t line_end(std::size_t begin) const {
    const auto end = text_.find('\n', begin);
    return end == std::string_view::npos ? text_.size() : end;
  }

  static bool is_open(std::string_view stretch) {
    int depth = 0;
    for (std::size_t at = 0; at < stretch.size(); ++at) {
      if (stretch[at] == '\\') {
        const std::string_view here = stretch.substr(at);
        const auto names = [&](std::string_view command) {
          if (!here.starts_with(command)) return false;
          const std::string_view kind =
              here.substr(command.size(), here.find('}') - command.size());
          return kind == "cases" || kind.ends_with("matrix");
        };
        if (names("\\begin{")) ++depth;
        if (names("\\end{")) --depth;
        ++at;
        continue;
      }
      if (stretch[at] == '%') {
        at = std::min(stretch.find('\n', at), stretch.size());
        continue;
      }
      if (stretch[at] == '{') ++depth;
      if (stretch[at] == '}') --depth;
    }
    return depth > 0;
  }

  void read_stretch(Span stretch) {
    AnswerRow row(1);
    std::size_t column = 0, measured = stretch.begin;
    for (Token& token : read_notation(text_, stretch, options_)) {
      if (token.is(notation::row)) {
        finish(std::move(row));
        row = AnswerRow(1);
        column = 0;
        continue;
      }
      const bool ampersand = token.is(notation::cell) && text_[token.span.begin] == '&';
      if (options_.latex) {
        column += ampersand ? 1 : 0;
      } else {
        column += utf8::display_width(
            text_.substr(measured, token.span.begin - std::min(measured, token.span.begin)));
        measured = std::max(measured, token.span.begin);
      }
      // b := 0.1   - 0.1*1.7: a gap before an operator divides nothing.
      const bool gap = !row.back().of_table && row.size() > 1 && row.back().tokens.empty() &&
                       !row[row.size() - 2].tokens.empty() && gap_ && !row.back().after_arrow;
      if (gap && is_operator(token) && ends_operand(row[row.size() - 2].tokens.back()) &&
          !is_sign_of_entry(row, token))
        row.pop_back();
      gap_ = token.is(notation::cell) && is_blank(text_[token.span.begin]);
      if (token.is(notation::cell) || token.is(notation::arrow)) {
        const bool drawn = ampersand && row.back().of_table;
        const bool tab =
            is_blank(text_[token.span.begin]) &&
            text_.substr(token.span.begin, token.span.end - token.span.begin).find('\t') !=
                std::string_view::npos;
        row.emplace_back();
        row.back().after_arrow = token.is(notation::arrow);
        row.back().of_table = ampersand || drawn || tab;
        continue;
      }
      if (row.back().tokens.empty()) row.back().column = column;
      row.back().tokens.push_back(std::move(token));
    }
    finish(std::move(row));
  }

  /// x   3   -0.07: the number of a column that is below 0, where nothing is said to be equal.
  bool is_sign_of_entry(const AnswerRow& row, const Token& token) const {
    const std::size_t next = token.span.end;
    return token.is("-") && next < text_.size() && is_digit(text_[next]) && !has_relation(row);
  }

  void finish(AnswerRow row) {
    drop_condition(row);
    drop_empty(row);
    if (row.empty() || is_rule(row)) return;
    divide_at_bars(row);
    divide_before_label(row);
    drop_empty(row);
    if (row.empty()) return;
    const Token& first = row.front().tokens.front();
    row.front().begins_line = true;
    if (is_aside(first)) return;
    if (!rows_.empty() && goes_on_below(first)) return go_on(std::move(row));
    if (!rows_.empty() && is_relation(first)) {
      latest_ = rows_.back().size();
      return append(std::move(row));
    }
    const bool enumerator = first.kind == Token::Kind::number && first.text.ends_with('.') &&
                            row.front().tokens.size() > 1 && is_first_in_line(first) &&
                            row.front().tokens[1].span.begin > first.span.end;
    if (enumerator) {
      drop_first(row);
      latest_ = 0;
      rows_.push_back(std::move(row));
      return;
    }
    if (is_operator(first) && !is_printed(row)) {
      if (!rows_.empty() && !is_bullet(row)) return attach(std::move(row));
      if (begins_with_bullet(row)) drop_first(row);
      if (row.empty()) return;
    }
    if (!rows_.empty() && is_remark(row)) return append(std::move(row));
    latest_ = 0;
    rows_.push_back(std::move(row));
  }

  /// A line that a dash begins, with a blank behind it, is said beside the formulas: "— power
  /// rule".
  bool is_aside(const Token& first) const {
    const auto back_over_blanks = [this](std::size_t at) {
      while (at > 0 && is_blank(text_[at - 1])) --at;
      return at;
    };
    if (text_.substr(first.span.begin).starts_with("-- ") && is_first_in_line(first)) return true;
    const std::size_t end = back_over_blanks(first.span.begin);
    if (end == first.span.begin) return false;
    for (const std::string_view dash : {"—", "--"}) {
      if (!text_.substr(0, end).ends_with(dash)) continue;
      const std::size_t begin = back_over_blanks(end - dash.size());
      return begin == 0 || text_[begin - 1] == '\n';
    }
    return false;
  }

  /// Words to the right of a formula, on a line of their own: "from B2, B3".
  bool is_remark(const AnswerRow& row) const {
    const bool of_table = row.back().of_table;
    if (of_table || !has_relation(rows_.back()) ||
        row.front().column <= rows_.back().front().column)
      return false;
    return std::all_of(row.begin(), row.end(), [](const AnswerCell& cell) {
      return std::all_of(cell.tokens.begin(), cell.tokens.end(), [](const Token& token) {
        return token.kind == Token::Kind::name || token.is(",") || token.is(":") || token.is("-") ||
               token.kind == Token::Kind::number;  // cross-entropy
      });
    });
  }

  /// ===== under a title.
  static bool is_rule(const AnswerRow& row) {
    return std::all_of(row.begin(), row.end(), [](const AnswerCell& cell) {
      return std::all_of(cell.tokens.begin(), cell.tokens.end(), [](const Token& token) {
        return is_relation(token) || is_operator(token) || token.is("|") || token.is(":");
      });
    });
  }

  /// "because net = 3 > 0" says which case holds: a condition, and no claim of its own. Without a
  /// comparison it is read like everything else.
  static void drop_condition(AnswerRow& row) {
    const auto compares = [](const Token& token) { return token.is("<") || token.is(">"); };
    for (auto cell = row.begin(); cell != row.end(); ++cell) {
      std::vector<Token>& tokens = cell->tokens;
      const auto because = std::find_if(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.is_word("because");
      });
      if (because == tokens.end()) continue;
      const bool is_condition =
          std::any_of(because, tokens.end(), compares) ||
          std::any_of(cell + 1, row.end(), [&](const AnswerCell& other) {
            return std::any_of(other.tokens.begin(), other.tokens.end(), compares);
          });
      if (!is_condition) return;
      tokens.erase(because, tokens.end());
      row.erase(cell + 1, row.end());
      return;
    }
  }

  static void drop_empty(AnswerRow& row) {
    std::erase_if(row, [](const AnswerCell& cell) { return cell.tokens.empty(); });
  }

  /// w5 | 0.40: bars with blanks at both sides, and no relation.
  static bool has_bars_between(const AnswerRow& row) {
    if (has_relation(row)) return false;
    bool bars = false;
    for (const AnswerCell& cell : row)
      for (std::size_t i = 0; i < cell.tokens.size(); ++i) {
        if (!cell.tokens[i].is("|")) continue;
        const bool apart = (i == 0 || cell.tokens[i - 1].span.end < cell.tokens[i].span.begin) &&
                           (i + 1 == cell.tokens.size() ||
                            cell.tokens[i].span.end < cell.tokens[i + 1].span.begin);
        if (!apart) return false;
        bars = true;
      }
    return bars;
  }

  /// | w5 | 0.40 |: a row of a table that is drawn with bars.
  static void divide_at_bars(AnswerRow& row) {
    const bool drawn = row.front().tokens.size() >= 3 && row.front().tokens.front().is("|") &&
                       row.back().tokens.back().is("|");
    if (!drawn && !has_bars_between(row)) return;
    AnswerRow divided;
    for (AnswerCell& cell : row) {
      divided.emplace_back();
      divided.back().column = cell.column;
      for (Token& token : cell.tokens) {
        if (token.is("|")) {
          divided.emplace_back();
          divided.back().column = cell.column;
          divided.back().of_table = true;
        } else {
          divided.back().tokens.push_back(std::move(token));
        }
      }
    }
    row = std::move(divided);
  }

  /// (A12001) at the end of a line, however few blanks are before it: a broken formula goes on
  /// below, and not behind its label.
  static void divide_before_label(AnswerRow& row) {
    auto& tokens = row.back().tokens;
    const std::size_t size = tokens.size();
    if (size < 4 || !tokens[size - 1].is(")") || !tokens[size - 3].is("(")) return;
    const Token &label = tokens[size - 2], &before = tokens[size - 4];
    const std::string& name = label.text;
    const bool apart = before.span.end < tokens[size - 3].span.begin && !is_operator(before);
    if (!apart || label.kind != Token::Kind::name || name.size() < 2 || name[0] < 'A' ||
        name[0] > 'Z' || name.find_first_not_of("0123456789", 1) != std::string::npos)
      return;
    AnswerCell last{row.back()};
    last.tokens.assign(tokens.end() - 3, tokens.end());
    tokens.resize(size - 3);
    row.push_back(std::move(last));
  }

  /// Whether the row above ends in the middle of a formula, and this is the next line.
  bool goes_on_below(const Token& first) const {
    const Token& last = rows_.back().back().tokens.back();
    if (!is_relation(last) && !is_operator(last) && !breaks_off_in_call(last)) return false;
    const std::string_view between =
        text_.substr(last.span.end, first.span.begin - std::min(last.span.end, first.span.begin));
    return std::count(between.begin(), between.end(), '\n') <= 1;
  }

  /// conv([[1, 2], [3, 4]], and the other array below it.
  bool breaks_off_in_call(const Token& last) const {
    if (!options_.arrays || !(last.is(",") || last.is(";"))) return false;
    constexpr std::size_t longest = 2'000;
    if (rows_.back().back().tokens.size() > longest) return false;
    int depth = 0;
    for (const Token& token : rows_.back().back().tokens)
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    return depth > 0;
  }

  void go_on(AnswerRow row) {
    auto& tokens = rows_.back().back().tokens;
    auto& first = row.front().tokens;
    tokens.insert(tokens.end(), first.begin(), first.end());
    row.erase(row.begin());
    append(std::move(row));
  }

  /// Numbers with nothing between them but blanks, as programs print them, and no part of a
  /// formula: "-0.1057542 -0.2115084".
  bool is_printed(const AnswerRow& row) const {
    std::size_t numbers = 0;
    for (const AnswerCell& cell : row) {
      for (std::size_t i = 0; i < cell.tokens.size(); ++i) {
        const Token& token = cell.tokens[i];
        const bool glued = i + 1 < cell.tokens.size() && token.is("-") &&
                           cell.tokens[i + 1].kind == Token::Kind::number &&
                           cell.tokens[i + 1].span.begin == token.span.end &&
                           (i == 0 || token.span.begin > cell.tokens[i - 1].span.end);
        if (token.kind != Token::Kind::number && !glued) return false;
        numbers += token.kind == Token::Kind::number ? 1 : 0;
      }
    }
    return numbers > 1 || rows_.empty() || row.front().column <= rows_.back().front().column;
  }

  void append(AnswerRow row) {
    for (AnswerCell& cell : row) rows_.back().push_back(std::move(cell));
  }

  bool is_first_in_line(const Token& token) const {
    std::size_t at = token.span.begin;
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    return at == 0 || text_[at - 1] == '\n';
  }

  /// "- dE/dw5 = …": a sign of one byte, with a blank behind it.
  bool begins_with_bullet(const AnswerRow& row) const {
    const auto& tokens = row.front().tokens;
    const bool ascii = tokens[0].span.end - tokens[0].span.begin == 1 && !tokens[0].is("+");
    const bool alone = tokens.size() == 1 || tokens[1].span.begin > tokens[0].span.end;
    return ascii && alone && is_first_in_line(tokens[0]);
  }

  /// An item of a list, and not the continuation of the line above.
  bool is_bullet(const AnswerRow& row) const {
    if (!has_relation(rows_.back())) return true;
    if (!begins_with_bullet(row)) return false;
    return has_relation(row) || row.front().column <= rows_.back().front().column;
  }

  static void drop_first(AnswerRow& row) {
    row.front().tokens.erase(row.front().tokens.begin());
    if (!row.front().tokens.empty()) return;
    row.erase(row.begin());
    if (!row.empty()) row.front().begins_line = true;
  }

  /// Each cell goes back to the one it was broken off.
  void attach(AnswerRow row) {
    AnswerRow& above = rows_.back();
    for (AnswerCell& cell : row) {
      if (!is_operator(cell.tokens.front())) {
        cell.begins_line = false;
        above.push_back(std::move(cell));
        continue;
      }
      std::size_t home = latest_;
      for (std::size_t i = latest_; i < above.size(); ++i)
        if (above[i].column <= cell.column) home = i;
      auto& tokens = above[home].tokens;
      tokens.insert(tokens.end(), cell.tokens.begin(), cell.tokens.end());
    }
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t'; }
  static bool ends_operand(const Token& token) {
    return token.kind == Token::Kind::number || token.is(")");
  }

  std::string_view text_;
  NotationOptions options_;
  bool gap_ = false;  // the last token was a stretch of blanks
  std::vector<AnswerRow> rows_;
  std::size_t latest_ = 0;  // the first cell of the last line in the last row
};

}  // namespace

bool is_relation(const Token& token) {
  return token.is("=") || token.is("≈") || token.is(notation::becomes) ||
         token.is(notation::takes_off);
}

bool is_value(const std::vector<Token>& tokens) {
  std::size_t at = 0;
  while (at < tokens.size() && (tokens[at].is("-") || tokens[at].is("+"))) ++at;
  return at + 1 == tokens.size() && tokens[at].kind == Token::Kind::number;
}

bool looks_like_latex(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 1))
    if (at + 1 < text.size() && ((text[at + 1] >= 'a' && text[at + 1] <= 'z') ||
                                 text[at + 1] == '[' || text[at + 1] == '('))
      return true;
  return false;
}

std::vector<AnswerRow> read_rows(std::string_view text, const NotationOptions& options) {
  const auto session = options.latex ? std::nullopt : session_as_relations(text);
  const std::string rewritten =
      with_rewritten_signs(session ? std::string_view(session->text()) : text, options.latex);
  const Macros macros = options.latex ? macros_of(text) : Macros{};
  NotationOptions with_macros = options;
  with_macros.macros = &macros;
  for (const std::string_view step : {"(n+1)", "(t+1)", "(k+1)", "(n + 1)", "(t + 1)", "(k + 1)"})
    with_macros.names_next_step =
        with_macros.names_next_step || text.find(step) != std::string_view::npos;
  std::vector<AnswerRow> rows = RowReader(rewritten, with_macros).run();
  if (session)
    for (AnswerRow& row : rows)
      for (AnswerCell& cell : row)
        for (Token& token : cell.tokens)
          token.span = {session->origin(token.span.begin), session->end_origin(token.span.end)};
  return rows;
}

}  // namespace chalkgrad
