#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/support/random_expression.hpp"
#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/vocabulary.hpp"

/// Right sheets with one slip planted in them, as a person makes it: the line is worked out on from
/// the slip, and nothing else is changed.
namespace chalkgrad::testing {

struct PlantedSlip {
  std::string text{};                         ///< the sheet with the slip
  std::string slip{};                         ///< its stable name
  std::string change{};                       ///< for messages
  std::size_t first_line = 0, last_line = 0;  ///< of the statement that was changed
};

/// The kinds of slips that can be planted.
const std::vector<std::string>& plantable_slips();

class SlipPlanter {
 public:
  /// `sheet` as text, without wrong lines.
  SlipPlanter(const Solution& solution, std::string sheet);

  /// Plants a slip of this kind at a random place; nothing if the sheet has no place for it, or the
  /// slip would hardly change the result. If `carry`, later lines go on from the wrong number.
  [[nodiscard]] std::optional<PlantedSlip> plant(const std::string& slip, Random& random,
                                                 bool carry = false);

 private:
  struct Edit {
    Span span;
    std::string text;
  };
  /// A chain whose numbers are known to stand for the leaves of a formula, in order.
  struct Line {
    std::size_t statement = 0;
    Expr subject = 0.0, formula = 0.0, numbers = 0.0;
    std::optional<std::size_t> formula_side{};  ///< where it stands in this chain
    std::size_t numbers_side = 0, result_side = 0;
  };
  std::optional<std::vector<Edit>> edits(const Line& line, const std::string& slip, Random& random);
  std::optional<std::vector<Edit>> change_result(const Line& line, const std::string& slip,
                                                 Random& random);
  std::optional<std::vector<Edit>> change_number(const Line& line, const std::string& slip,
                                                 Random& random);
  std::optional<std::vector<Edit>> change_formula(const Line& line, const std::string& slip,
                                                  Random& random);
  [[nodiscard]] std::vector<Edit> worked_out(const Line& line, const Expr* formula,
                                             const Expr& numbers) const;
  [[nodiscard]] std::string written_for(const Expr& leaf) const;
  void carry_on(const Line& from, const std::string& result, std::vector<Edit>& edits) const;
  [[nodiscard]] const WrittenSide& side(const Line& line, std::size_t at) const {
    return answer_.statements[line.statement].sides[at];
  }

  const Solution& solution_;
  std::string text_;
  Vocabulary vocabulary_;
  Answer answer_;
  std::vector<Line> lines_;
};

}  // namespace chalkgrad::testing
