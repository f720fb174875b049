#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/check/alignment/hull.hpp"
#include "tracer/expression/expression.hpp"

/// What has been written so far in a file of answers: for each quantity the numbers that were given
/// for it, and whether they were right. Later lines may go on from them.
namespace chalkgrad {

/// A value that follows from what was written before, and whether all of that was right.
struct Carried {
  double value = 0;
  bool right = true;
  bool any = false;                    ///< something written before was used
  std::optional<std::size_t> cause{};  ///< where what is not right was written

  /// Goes on from another value, but keeps its own.
  void use(const Carried& other);
  /// From here to the true value, if all was right.
  [[nodiscard]] Range up_to(double truth) const;
};

class Ledger {
 public:
  struct Entry {
    std::string text{};
    double value = 0;
    bool right = true;
    std::size_t offset = 0;  ///< where it was written, or what it follows from

    [[nodiscard]] Carried carried() const;
  };

  void write(const Expr& meaning, Entry entry);
  /// The last entry for this meaning; none if nothing was written.
  [[nodiscard]] const Entry* last(const Expr& meaning) const;
  /// The last entry that is written like this number, or that this number is a rounding of.
  [[nodiscard]] const Entry* like(const Expr& meaning, std::string_view text) const;

 private:
  std::unordered_map<std::string, std::vector<Entry>> entries_;
};

}  // namespace chalkgrad
