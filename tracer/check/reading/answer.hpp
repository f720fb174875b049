#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/expression.hpp"
#include "tracer/expression/lexer.hpp"

/// Answer: what a hand derivation says, as data.
///
/// A file of answers is a list of statements, a = b = c, each a chain of sides. Everything refers
/// to the text by byte offsets into the whole file, because a chain may go on over several lines.
/// Names are those of the problem, however they were written. What is right is judge.hpp's
/// business.
namespace chalkgrad {

/// A number as it was written.
struct WrittenNumber {
  std::string text{};  ///< with its sign if that belongs to it; what Decimal::parse accepts
  Span span{};
};

struct WrittenSide {
  Expr expr = 0.0;
  Span span{};
  /// The numbers in `expr`, from left to right, as many as it has number leaves.
  std::vector<WrittenNumber> numbers{};
};

/// Where a statement about an element stands in its array.
struct PlaceInGrid {
  std::size_t rows = 1, columns = 1, place = 0;  ///< counted row by row, from 0
  std::string whole{};                           ///< ∂E/∂W, as the statement begins
  /// The sides that were written with rows and columns exchanged.
  std::vector<std::size_t> turned_sides{};
};

/// At least two sides; each equality between neighbours is a link.
struct Chain {
  std::vector<WrittenSide> sides{};
  bool assigns = false;  ///< it is written with := or <-
  /// Words before the name that leave open whether the name itself is meant; usually empty.
  std::string qualifier{};
  std::string element{};  ///< of an array: "row 2, column 1"; usually empty
  PlaceInGrid grid{};
  bool defines = false;  ///< its first link defines a name of the writer's own
  bool has_unread_side = false;
  bool has_two_readings = false;  ///< 1/2 (a − b), of which one was taken
};

/// A relation that could not be read.
struct Unreadable {
  Span span{};
  std::string message{};
  std::string hint{};
};

struct Answer {
  std::vector<Chain> statements{};
  std::vector<Unreadable> unreadable{};
  /// Whether the file has what a convention is about.
  bool writes_delta = false, writes_e = false, looks_scanned = false, counts_from_zero = false;
  bool has_first_powers = false;  ///< a¹, which nobody writes for a
  bool has_two_readings = false;  ///< 1/2 (a − b) was refused
  bool has_own_names = false;     ///< names are defined that the problem does not have
  /// Lines with numbers that belong to nothing above, in the order of the file.
  std::vector<Span> passed_over{};
};

/// Lines of a text, by byte offset.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  struct Position {
    std::size_t line = 1, column = 1;  ///< from 1; columns as they are shown
  };
  /// Logarithmic, and linear in the way from the last place asked for in the same line.
  [[nodiscard]] Position position(std::size_t offset);
  /// The line alone; logarithmic.
  [[nodiscard]] std::size_t line_of(std::size_t offset) const;
  /// The line around an offset, without its end.
  [[nodiscard]] Span line_around(std::size_t offset);
  [[nodiscard]] std::size_t count() const { return starts_.size(); }
  [[nodiscard]] Span line(std::size_t number) const;  ///< from 1

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
  struct {
    std::size_t line = 0, offset = 0, column = 1;
  } measured_;
};

}  // namespace chalkgrad
