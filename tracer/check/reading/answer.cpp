#include "tracer/check/reading/answer.hpp"

#include <algorithm>

#include "tracer/problem/excerpt.hpp"

namespace chalkgrad {

LineIndex::LineIndex(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '\n' && at + 1 < text.size()) starts_.push_back(at + 1);
}

Span LineIndex::line(std::size_t number) const {
  const std::size_t begin = starts_[number - 1];
  std::size_t end = number < starts_.size() ? starts_[number] : text_.size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return {begin, end};
}

LineIndex::Position LineIndex::position(std::size_t offset) {
  offset = std::min(offset, text_.size());
  const std::size_t line = line_of(offset);
  const std::size_t begin = starts_[line - 1];
  // Places are asked for from front to back; a long line is measured once.
  if (measured_.line != line || measured_.offset > offset) measured_ = {line, begin, 1};
  const std::string_view further = text_.substr(measured_.offset, offset - measured_.offset);
  measured_ = {line, offset, measured_.column + column_of(further, further.size()) - 1};
  return {line, measured_.column};
}

std::size_t LineIndex::line_of(std::size_t offset) const {
  const auto after =
      std::upper_bound(starts_.begin(), starts_.end(), std::min(offset, text_.size()));
  return static_cast<std::size_t>(after - starts_.begin());
}

Span LineIndex::line_around(std::size_t offset) { return line(line_of(offset)); }

}  // namespace chalkgrad
