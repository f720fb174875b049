#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// Errors in a problem file, told as a good compiler tells them: file, line, column, what is wrong,
/// the source line with the place marked, and what could be done.
namespace chalkgrad {

struct Diagnostic {
  std::size_t line = 1;  ///< from 1
  Span span{};           ///< bytes within the line
  std::string message{};
  std::string hint{};  ///< stands beside the mark; may be empty
};

/// The text of a file, by lines.
class Source {
 public:
  Source(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t line_count() const { return lines_.size(); }
  /// A line without its end; `number` counts from 1. Empty beyond the last.
  [[nodiscard]] std::string_view line(std::size_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> lines_;  // begin, length
};

/// The message with the marked source line, as printed; ends with a newline. Of a very long line
/// only the surroundings of the mark are shown; bytes that are not UTF-8 appear as question marks.
[[nodiscard]] std::string describe(const Diagnostic& diagnostic, const Source& source);

/// A problem that could not be read or has no solution: all its errors, in the order of the file.
class ProblemError : public std::runtime_error {
 public:
  explicit ProblemError(std::vector<Diagnostic> found)
      : std::runtime_error(found.empty() ? "" : found.front().message),
        diagnostics(std::move(found)) {}

  std::vector<Diagnostic> diagnostics;
};

}  // namespace chalkgrad
