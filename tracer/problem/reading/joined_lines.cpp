#include "tracer/problem/reading/joined_lines.hpp"

#include <optional>

namespace chalkgrad {

namespace {

/// How many brackets are open behind the line, and where the first of them stands.
int depth_after(const WrittenLine& line, int depth, std::optional<Span>& opened) {
  for (const Token& token : line.tokens) {
    if (token.is("[") && depth++ == 0) opened = token.span;
    if (token.is("]")) --depth;
  }
  return depth;
}

}  // namespace

void join_arrays(std::vector<WrittenLine>& lines) {
  std::optional<std::size_t> never_closed;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::optional<Span> opened;
    int depth = depth_after(lines[i], 0, opened);
    if (depth <= 0 || never_closed) continue;
    std::size_t end = i;
    while (depth > 0 && ++end < lines.size()) depth = depth_after(lines[end], depth, opened);
    if (depth > 0) {
      never_closed = i;  // nor is any below it
      continue;
    }
    std::vector<Token>& first = lines[i].tokens;
    for (std::size_t k = i + 1; k <= end; ++k) {
      if (!first.empty() && first.back().kind == Token::Kind::end) first.pop_back();
      for (Token& token : lines[k].tokens) {
        token.span = *opened;
        first.push_back(std::move(token));
      }
      lines[k].tokens.clear();
    }
    i = end;
  }
}

}  // namespace chalkgrad
