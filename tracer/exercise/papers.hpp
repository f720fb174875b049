#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tracer/exercise/asked.hpp"
#include "tracer/exercise/slips_of_answers.hpp"
#include "tracer/exercise/variants.hpp"
#include "tracer/sheet/sheet.hpp"

/// Papers: what a class is handed, each a sheet made of one derivation. The question says what is
/// given and asked; the blanks are the solution with gaps; the solution is what `solve` prints; the
/// scheme says what each value earns.
///
/// In question and blanks no number stands that is worked out: they are made of what the file
/// gives, of names and of formulas alone.
namespace chalkgrad {

/// What the blanks leave open.
enum class Gaps {
  values,    ///< every number that is worked out; formulas stand
  formulas,  ///< also every formula
  frame,     ///< all lines: room to write beside what is asked for
};

/// All that papers are made of.
struct PaperSource {
  const Solution& solution;
  const Variant& variant;
  const SheetOptions& options;
  const std::vector<Asked>& asked;
  const std::vector<AnswerSlips>& slips;  ///< as `asked`; for the scheme
  Gaps gaps = Gaps::values;
};

struct Paper {
  std::string_view name;  ///< as in --parts, and of its files
  Sheet (*make)(const PaperSource& source);
  bool has_picture = false;  ///< the network, with given numbers only
};

/// With how many digits answers are wanted, as a sentence: those that the solution has.
[[nodiscard]] std::string digits_wanted(const Numerals& numerals);

/// question, blanks, solution, scheme.
[[nodiscard]] std::span<const Paper> papers();

}  // namespace chalkgrad
