#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// A text that was put together anew from pieces of another, and knows of each byte where it stood
/// there: what is read from it is reported in its own place.
namespace chalkgrad {

class TracedText {
 public:
  TracedText() = default;
  /// All of it, as it stands.
  explicit TracedText(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  /// Where the byte stood, of text that was added, what stood before it; `at` ≤ size().
  [[nodiscard]] std::size_t origin(std::size_t at) const;
  /// Where the byte before that place ended.
  [[nodiscard]] std::size_t end_origin(std::size_t at) const;

  void append(const TracedText& piece);
  /// Text that is not in the original stands where the last byte does, or at a place that is given.
  void append(std::string_view added);
  void append(std::string_view added, std::size_t place);

  [[nodiscard]] TracedText part(std::size_t begin, std::size_t end) const;
  /// Without blanks and line breaks around it.
  [[nodiscard]] TracedText trimmed() const;
  /// Between separators that stand in no bracket or string.
  [[nodiscard]] std::vector<TracedText> split(char separator) const;
  void replace_line_breaks();

 private:
  std::string text_{};
  std::vector<std::size_t> origins_{};
};

}  // namespace chalkgrad
