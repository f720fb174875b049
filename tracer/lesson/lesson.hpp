#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/sheet.hpp"

/// Lesson: a sheet as a sequence of steps, each revealing one line, and what of the picture the
/// line is about.
///
/// In the forward pass a step fills in the value of its quantity; going back, it lights up the
/// edges that its derivative passes over, each path through a fork by itself, and fills in what
/// comes out. A page, slides and a terminal show a lesson in their own ways; what is a step and
/// what it is about is decided here, once. The steps follow the sheet: every line of it is in
/// exactly one.
namespace chalkgrad {

/// What a step shows in the picture.
struct Focus {
  std::vector<std::vector<std::size_t>> paths{};  ///< edges; more than one path at a fork
  std::vector<std::size_t> nodes{};
  std::vector<std::string> values{};     ///< quantities whose value appears with this step
  std::vector<std::string> gradients{};  ///< quantities whose derivative appears
};

struct LessonStep {
  SheetPlace place{};        ///< where its line begins
  std::size_t end_side = 0;  ///< of a row of a group, the sides from place.side to before this one
  std::string label{};       ///< "B5", at the first step of that row
  Focus focus{};
  /// Of a factor's line, and of the line that puts the factors together: the step that states the
  /// rule which they belong to.
  std::optional<std::size_t> rule{};
  std::size_t sample = 0;  ///< the one that its line is about; 0 if it is about none
};

struct Lesson {
  /// With the numbers that some step works out. An outline where the whole is not legible; then no
  /// step has a focus.
  Diagram picture{};
  std::vector<LessonStep> steps{};

  /// Which step reveals what stands there. Logarithmic.
  [[nodiscard]] std::size_t step_at(const SheetPlace& place) const;
};

/// Linear in the sheet, times the size of the picture.
[[nodiscard]] Lesson make_lesson(const Sheet& sheet, const Diagram& diagram);

/// Whether each side of a row is a line of its own.
[[nodiscard]] bool is_stacked(const Row& row);

}  // namespace chalkgrad
