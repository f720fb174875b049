#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracer/check/check.hpp"
#include "tracer/exercise/asked.hpp"
#include "tracer/exercise/variants.hpp"

/// Marking a class: each answer against its own variant, with points.
namespace chalkgrad {

/// What each value that earns points has earned. All of its points where every number in the lines
/// about it is right, or right with a wrong number that it comes from (a slip costs once); none
/// where one of them is wrong, it does not appear, or no number is given. A slip in a step without
/// points costs the first value that follows from it. What does not appear where lines were not
/// read is to be looked for in these. A value that only stands within another line counts, too. The
/// last digit costs nothing. In an answer to another variant nothing is earned by what follows from
/// its numbers.
[[nodiscard]] std::vector<Earned> points_earned(const FileReport& report,
                                                const std::vector<Asked>& asked);

/// Checks answers to the variants of an exercise; solves each variant once, when it is needed.
class ClassMarker {
 public:
  /// The table and the source must outlive the marker. An empty table: all answers are to the
  /// problem as it stands. With `points`, a problem without points is refused (NothingToAsk).
  ClassMarker(const Source& source, std::span<const Variant> variants,
              std::optional<std::uint64_t> seed, CheckOptions options, bool points);
  ClassMarker(const ClassMarker&) = delete;
  ClassMarker& operator=(const ClassMarker&) = delete;
  ~ClassMarker();

  /// The report says in `failure` which variant could not be found. Throws ProblemError.
  [[nodiscard]] FileReport mark(const std::string& path, std::string text);

 private:
  struct Key;
  Key& key_of(const Variant* variant);
  void find_other_variant(const Variant& own, FileReport& report);

  const Source& source_;
  std::span<const Variant> variants_;
  std::optional<std::uint64_t> seed_;  // without variants
  CheckOptions options_;
  bool points_;
  std::map<std::size_t, std::unique_ptr<Key>> keys_;  // by number; 0 without variants
};

/// A row for each student and a column for each part, as CSV.
[[nodiscard]] std::string grades_as_csv(const std::vector<FileReport>& reports);

}  // namespace chalkgrad
