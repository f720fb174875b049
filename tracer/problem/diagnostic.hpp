#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// Errors in a problem file, told as a good compiler tells them: file, line, column, what is wrong,
/// the source line with the place marked, and what could be done.
namespace chalkgrad {

/// Where something stands in the file.
struct Place {
  std::size_t line = 1;
  Span span{};
};

struct Diagnostic {
  std::size_t line = 1;  ///< from 1
  Span span{};           ///< bytes within the line
  std::string message{};
  std::string hint{};  ///< stands beside the mark; may be empty
  bool warning = false;
};

/// The text of a file, by lines, and what the command line says to replace in it: settings, each
/// one more line after those of the file.
class Source {
 public:
  Source(std::string name, std::string text);
  /// Adds a setting, "act=tanh"; what is wrong in it is reported at `origin` ("--set").
  void add_setting(std::string origin, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// The lines of the file, without the settings; those have the numbers after it.
  [[nodiscard]] std::size_t line_count() const { return lines_.size(); }
  [[nodiscard]] std::size_t setting_count() const { return settings_.size(); }
  /// A line without its end; `number` counts from 1. Empty beyond the last.
  [[nodiscard]] std::string_view line(std::size_t number) const;
  /// Where a line stands, as messages say it: mazur.chalk:7, --set.
  [[nodiscard]] std::string origin(std::size_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> lines_;     // begin, length
  std::vector<std::pair<std::string, std::string>> settings_;  // origin, text
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

/// Throws a ProblemError with this one error.
[[noreturn]] void fail(const Place& place, std::string message, std::string hint = {});

}  // namespace chalkgrad
