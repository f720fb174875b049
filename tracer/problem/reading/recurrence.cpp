#include "tracer/problem/reading/recurrence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t most_lines = 20'000;
constexpr std::string_view loop_example = "as in for s in 1..3: h[s] = tanh(w*h[s-1])";

/// The value of 3 - 1 + 2 from `at` on, which goes behind it; nothing if no number stands there.
std::optional<long> whole_number(const std::vector<Token>& line, std::size_t& at) {
  long total = 0;
  for (bool minus = false;; ++at) {
    const Token& token = line[at];
    constexpr std::size_t most_digits = 9;
    if (token.kind != Token::Kind::number || token.text.size() > most_digits ||
        token.text.find_first_not_of("0123456789") != std::string::npos)
      return std::nullopt;
    total += (minus ? -1 : 1) * std::stol(token.text);
    ++at;
    if (!line[at].is("+") && !line[at].is("-")) return total;
    minus = line[at].is("-");
  }
}

/// h[2-1] as the name h[1]; what else stands in brackets is left.
std::vector<Token> with_members(const std::vector<Token>& line) {
  std::vector<Token> result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Token& name = line[i];
    const bool opens = name.kind == Token::Kind::name && i + 3 < line.size() &&
                       line[i + 1].is("[") && line[i + 1].span.begin == name.span.end &&
                       without_sample(name.text) == name.text;
    std::size_t at = i + 2;
    const auto index = opens ? whole_number(line, at) : std::nullopt;
    if (index && *index >= 0 && line[at].is("]")) {
      result.push_back({Token::Kind::name,
                        fmt::format("{}[{}]", name.text, *index),
                        {name.span.begin, line[at].span.end}});
      i = at;
    } else {
      result.push_back(name);
    }
  }
  return result;
}

struct Loop {
  std::string letter{};
  long first = 0, last = 0;
  std::size_t body = 0;  ///< where in the line what is repeated begins
};

Loop loop_of(const std::vector<Token>& line) {
  const auto refuse = [&](std::size_t at, std::string_view wanted) {
    throw SyntaxError(line[at].span,
                      fmt::format("expected {}, but found {}", wanted, describe(line[at])),
                      std::string(loop_example));
  };
  Loop loop{.letter = line[1].text};
  if (!line[2].is_word("in") && !line[2].is("=")) refuse(2, "'in'");
  std::size_t at = 3;
  const auto first = whole_number(line, at);
  if (!first) refuse(at, "a whole number");
  if (!line[at].is("..")) refuse(at, "'..'");
  const auto last = whole_number(line, ++at);
  if (!last) refuse(at, "a whole number");
  if (!line[at].is(":")) refuse(at, "':'");
  loop.first = *first;
  loop.last = *last;
  loop.body = at + 1;
  return loop;
}

std::vector<Token> with_letter(const std::vector<Token>& line, const std::string& letter,
                               long value) {
  std::vector<Token> result = line;
  for (Token& token : result)
    if (token.is_word(letter)) token = {Token::Kind::number, std::to_string(value), token.span};
  return result;
}

}  // namespace

bool is_loop(const std::vector<Token>& line) {
  return line.size() > 3 && line[0].is_word("for") && line[1].kind == Token::Kind::name;
}

std::vector<WrittenLine> written_out(std::vector<WrittenLine> lines, std::size_t& at) {
  std::vector<WrittenLine> result;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    WrittenLine& line = lines[i];
    at = line.number;
    if (!is_loop(line.tokens)) {
      line.tokens = with_members(line.tokens);
      result.push_back(std::move(line));
      continue;
    }
    const Loop loop = loop_of(line.tokens);
    std::vector<WrittenLine> body;
    const auto begin = line.tokens.begin() + static_cast<long>(loop.body);
    if (line.tokens.end() - begin > 1)
      body.push_back({line.number, line.indent, {begin, line.tokens.end()}});
    const Span word = line.tokens[0].span;
    const std::size_t indent = line.indent, number = line.number;
    while (i + 1 < lines.size() && (lines[i + 1].tokens.size() < 2 || lines[i + 1].indent > indent))
      body.push_back(std::move(lines[++i]));
    at = number;
    if (std::all_of(body.begin(), body.end(),
                    [](const WrittenLine& one) { return one.tokens.size() < 2; }))
      throw SyntaxError(word, "this loop repeats nothing", std::string(loop_example));
    for (long value = loop.first; value <= loop.last; ++value) {
      std::vector<WrittenLine> once;
      for (const WrittenLine& one : body)
        once.push_back({one.number, one.indent, with_letter(one.tokens, loop.letter, value)});
      for (WrittenLine& one : written_out(std::move(once), at)) {
        result.push_back(std::move(one));
        if (result.size() > most_lines) {
          at = number;
          throw SyntaxError(word,
                            fmt::format("written out, this is more than {} lines", most_lines));
        }
      }
    }
  }
  return result;
}

}  // namespace chalkgrad
