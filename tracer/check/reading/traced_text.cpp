#include "tracer/check/reading/traced_text.hpp"

#include <algorithm>
#include <numeric>

namespace chalkgrad {

TracedText::TracedText(std::string_view text) : text_(text), origins_(text.size()) {
  std::iota(origins_.begin(), origins_.end(), std::size_t{0});
}

std::size_t TracedText::origin(std::size_t at) const {
  return at < origins_.size() ? origins_[at] : end_origin(at);
}

std::size_t TracedText::end_origin(std::size_t at) const {
  return at == 0 || origins_.empty() ? 0 : origins_[std::min(at, origins_.size()) - 1] + 1;
}

void TracedText::append(const TracedText& piece) {
  text_ += piece.text_;
  origins_.insert(origins_.end(), piece.origins_.begin(), piece.origins_.end());
}

void TracedText::append(std::string_view added) {
  append(added, origins_.empty() ? 0 : origins_.back());
}

void TracedText::append(std::string_view added, std::size_t place) {
  text_ += added;
  origins_.insert(origins_.end(), added.size(), place);
}

TracedText TracedText::part(std::size_t begin, std::size_t end) const {
  TracedText piece;
  piece.text_ = text_.substr(begin, end - begin);
  piece.origins_.assign(origins_.begin() + static_cast<std::ptrdiff_t>(begin),
                        origins_.begin() + static_cast<std::ptrdiff_t>(end));
  return piece;
}

TracedText TracedText::trimmed() const {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text_.find_first_not_of(blanks);
  if (first == std::string::npos) return {};
  return part(first, text_.find_last_not_of(blanks) + 1);
}

std::vector<TracedText> TracedText::split(char separator) const {
  std::vector<TracedText> pieces;
  std::size_t begin = 0;
  int depth = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < text_.size(); ++at) {
    const char c = text_[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '"') quote = c;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (c != separator || depth > 0) continue;
    pieces.push_back(part(begin, at));
    begin = at + 1;
  }
  pieces.push_back(part(begin, text_.size()));
  return pieces;
}

void TracedText::replace_line_breaks() {
  std::replace(text_.begin(), text_.end(), '\n', ' ');
  std::replace(text_.begin(), text_.end(), '\r', ' ');
}

}  // namespace chalkgrad
