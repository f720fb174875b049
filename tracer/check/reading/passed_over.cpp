#include "tracer/check/reading/passed_over.hpp"

#include <algorithm>

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

class Lines {
 public:
  Lines(std::string_view text, const Answer& answer)
      : index_(text), read_(index_.count() + 2, false) {
    for (const Chain& statement : answer.statements) {
      cover({statement.sides.front().span.begin, statement.sides.back().span.end});
      for (const WrittenSide& side : statement.sides) cover(side.span);
    }
    for (const Unreadable& one : answer.unreadable) cover(one.span);
  }

  bool is_read(const Token& token) { return read_[index_.line_of(token.span.begin)]; }
  std::size_t line_of(const Token& token) { return index_.line_of(token.span.begin); }
  Span span_of(std::size_t line) const { return index_.line(line); }

 private:
  void cover(Span span) {
    const std::size_t last = index_.line_of(span.end);
    for (std::size_t line = index_.line_of(span.begin); line <= last; ++line) read_[line] = true;
  }

  LineIndex index_;
  std::vector<bool> read_;
};

bool is_written_with_fraction(const Token& number) {
  return number.text.find_first_of(".eE") + 1 < number.text.size() &&
         number.text.find_first_of(".eE") != std::string::npos;
}

/// Whether a whole number stands where a value would: behind a sign, or alone in its cell.
bool stands_as_value(const AnswerCell& cell, std::size_t at) {
  if (at == 0) return cell.tokens.size() == 1 && cell.of_table;
  const Token& before = cell.tokens[at - 1];
  // 10⁻⁵, 10^{-5}
  const std::size_t bracket = at >= 3 && cell.tokens[at - 2].is("(") ? 1 : 0;
  if (before.is("-") && at >= 2 + bracket && cell.tokens[at - 2 - bracket].is("^")) return false;
  return before.is(":") || before.is("-") || before.is("=") || before.is("≈");
}

}  // namespace

std::vector<Span> lines_passed_over(std::string_view text, const std::vector<AnswerRow>& rows,
                                    const Answer& answer, const KnownNames& known) {
  Lines lines(text, answer);
  std::vector<Span> result;
  std::size_t latest = 0;
  for (const AnswerRow& row : rows) {
    const bool names = std::any_of(row.begin(), row.end(), [&](const AnswerCell& cell) {
      return std::any_of(cell.tokens.begin(), cell.tokens.end(), [&](const Token& token) {
        return token.kind == Token::Kind::name && known.is_name(token.text);
      });
    });
    for (const AnswerCell& cell : row) {
      for (std::size_t i = 0; i < cell.tokens.size(); ++i) {
        const Token& token = cell.tokens[i];
        if (token.kind != Token::Kind::number || lines.is_read(token)) continue;
        if (i > 0 && cell.tokens[i - 1].is_word("than")) continue;  // a limit is no value
        if (!is_written_with_fraction(token) && !(names && stands_as_value(cell, i))) continue;
        const std::size_t line = lines.line_of(token);
        if (line == latest) continue;
        latest = line;
        result.push_back(lines.span_of(line));
      }
    }
  }
  return result;
}

bool has_decimal_commas_alone(std::string_view text) {
  bool comma = false;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (!is_digit(text[i - 1]) || !is_digit(text[i + 1])) continue;
    if (text[i] == '.') return false;
    if (text[i] != ',') continue;
    // 1,2,3 is a list.
    std::size_t end = i + 1;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end + 1 < text.size() && text[end] == ',' && is_digit(text[end + 1])) return false;
    comma = true;
  }
  return comma;
}

bool has_commas_with_blanks(std::string_view text) {
  const auto begins_number = [&](std::size_t at) {
    const std::string_view rest = text.substr(std::min(at, text.size()));
    const std::size_t sign = rest.starts_with("−") ? 3 : rest.starts_with("-") ? 1 : 0;
    return sign < rest.size() && is_digit(rest[sign]);
  };
  for (std::size_t at = text.find(", "); at != std::string_view::npos; at = text.find(", ", at + 1))
    if (at > 0 && is_digit(text[at - 1]) && begins_number(at + 2)) return true;
  return false;
}

}  // namespace chalkgrad
