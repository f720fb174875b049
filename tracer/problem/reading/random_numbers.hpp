#pragma once

#include <cstdint>
#include <functional>
#include <random>

#include "tracer/numerals/decimal.hpp"

/// Random exercises: the same seed gives the same numbers on every platform and with every
/// compiler. The generator is the one the standard fixes (std::mt19937_64); the library's
/// distributions, which it does not fix, are not used.
namespace chalkgrad {

/// A grid of decimals: low, low + step, …, up to high.
struct Grid {
  Decimal low{}, high{}, step{};
};

class RandomNumbers {
 public:
  explicit RandomNumbers(std::uint64_t seed) : generator_(seed) {}

  /// One of the numbers of the grid, each as likely as any other, with the decimals of its finest
  /// part. Throws std::invalid_argument if the grid is empty, its step is not positive, or it has
  /// more than 10^15 numbers.
  [[nodiscard]] Decimal draw(const Grid& grid);
  /// A whole number from 0 to count − 1, each as likely as any other; count is at least 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t count);

 private:
  std::mt19937_64 generator_;
};

/// How a number of a file is drawn: the same each time, but for the state of the generator.
using Draw = std::function<Decimal(RandomNumbers&)>;

}  // namespace chalkgrad
