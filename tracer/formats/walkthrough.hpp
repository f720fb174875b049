#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/formats/text.hpp"
#include "tracer/lesson/lesson.hpp"

/// Walkthrough: a sheet in lines of text, revealed step by step on a screen of some size. It knows
/// what is to be seen after each command, and nothing of terminals or keys.
namespace chalkgrad {

class Walkthrough {
 public:
  /// Begins with the first line.
  explicit Walkthrough(Sheet sheet, const TextOptions& options = {});

  /// Breaks the lines anew. Linear in the length of the sheet.
  void set_width(std::size_t columns);

  /// These say whether there was anywhere to go.
  bool next();
  bool back();
  void first() { go_to(0); }
  void last() { go_to(count()); }

  /// Looks back at lines above the screen (negative), or returns towards the current one.
  void scroll(long lines) { scrolled_ += lines; }

  /// Goes to the next step about a quantity, from the current one on and then from the beginning:
  /// one that works it out or derives by it or, where there is none, one that mentions it. Also
  /// takes a label (B5) or a derivative (dE/dw5). False if the sheet has no such thing.
  bool find(std::string_view what);

  /// From 0; count() is 0 for an empty sheet.
  [[nodiscard]] std::size_t step() const { return step_; }
  [[nodiscard]] std::size_t count() const { return lesson_.steps.size(); }
  /// "B5", or of the row to which this line belongs; empty if it has none.
  [[nodiscard]] std::string label() const;

  struct Line {
    std::string text{};
    bool current = false;
  };
  /// At most `height` lines, with the current one at the bottom unless scrolled.
  [[nodiscard]] std::vector<Line> screen(std::size_t height);

 private:
  void go_to(std::size_t step);
  [[nodiscard]] bool matches(const Expr& e, std::string_view what, bool whole) const;
  [[nodiscard]] bool is_about(std::size_t step, std::string_view what, bool mention) const;

  Sheet sheet_;
  TextOptions options_;
  Lesson lesson_;
  struct Shown {
    std::string text{};
    std::size_t step = 0;
  };
  std::vector<Shown> lines_;
  std::size_t step_ = 0;
  long scrolled_ = 0;
};

}  // namespace chalkgrad
