#pragma once

#include <compare>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "tracer/derivation/derivation.hpp"
#include "tracer/numerals/numerals.hpp"
#include "tracer/problem/solution.hpp"
#include "tracer/sheet/figures.hpp"
#include "tracer/sheet/styles.hpp"

/// Sheet: a solution sheet before it is typeset. Rows of expressions with relations, remarks and
/// labels.
///
/// What a sheet says, in which detail, and with which digits is decided here, once; the formats
/// (text, LaTeX, later HTML) only lay it out. A sheet holds no formatted mathematics: its sides are
/// Expr, its remarks mix words with Expr.
namespace chalkgrad {

enum class Detail { brief, standard, full };

/// Which trace a table has beside the values.
enum class Mode { reverse, forward };

struct SheetOptions {
  Detail detail = Detail::standard;
  Numerals numerals{};
  bool approx = false;           ///< ≈ instead of = wherever rounding happened
  std::optional<Style> style{};  ///< none: matrix where the parameters are arrays, else textbook
  Mode mode = Mode::reverse;     ///< of a table
  bool exact = false;            ///< 7/12 for 0.5833, as long as everything is rational, roots, π
  bool long_way = false;         ///< also where a derivative has a short form; as in full detail
  std::size_t max_paths = 200;   ///< more between two quantities are refused
};

/// Words and mathematics in turn.
using Remark = std::vector<std::variant<std::string, Expr>>;

/// Whether a side is what the case comes to that holds at these numbers: whoever sees it knows
/// which one does.
enum class OfCase { none, formula, numbers };

/// One side of a chain of equalities, with the relation before it.
struct Side {
  Expr expr = 0.0;
  bool approximate = false;
  Remark remark{};
  OfCase of_case = OfCase::none;
};

/// left = side = side …, a line or several.
struct Row {
  Expr left = 0.0;
  std::vector<Side> sides{};  ///< none for a bare symbol
  bool stacked = false;       ///< each side on a line of its own
  int depth = 0;              ///< how deep the step nests: 0, 1 or 2
  std::string label{};        ///< "B2"; may be empty
};

/// Whether more than one side has a remark: a line has room for one.
[[nodiscard]] bool has_several_remarks(const Row& row);

/// Rows that belong together, aligned at their relations.
using Group = std::vector<Row>;

/// A line of given numbers: "weights  w1 = 0.15, w2 = 0.20".
struct Listing {
  std::string label{};
  std::vector<Row> entries{};
};

/// A sentence on a line of its own.
struct Note {
  Remark words{};
};

/// A table. Where it is too wide, columns of numbers go on below, and others are broken.
struct Table {
  struct Column {
    Remark head{};
    bool numbers = false;  ///< aligned at the right
  };
  struct Cell {
    Remark content{};
    std::optional<char> relation{};  ///< '=' or '~' before it
  };
  std::vector<Column> columns{};
  std::vector<std::vector<Cell>> rows{};
};

using Part = std::variant<std::vector<Listing>, Group, Table, Note>;

struct Section {
  std::string heading{};
  std::vector<Part> parts{};
};

struct Sheet {
  std::string title{};
  std::vector<Section> sections{};
};

/// Where in a sheet something stands: of a group a side of a row, of a table a row, of listings one
/// of them, of a note all.
struct SheetPlace {
  std::size_t section = 0, part = 0, row = 0, side = 0;

  auto operator<=>(const SheetPlace&) const = default;
};

/// More paths, or more traces, than anybody would read; says how many.
class SheetTooLong : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole sheet of a solved problem. Throws SheetTooLong in the styles of
/// paths and traces.
[[nodiscard]] Sheet make_sheet(const Solution& solution, const SheetOptions& options);

/// The derivation alone: the requested steps and all they use, and what the automatic names stand
/// for.
[[nodiscard]] Sheet make_derivation_sheet(const Quantities& quantities,
                                          const Derivation& derivation,
                                          const SheetOptions& options);

}  // namespace chalkgrad
