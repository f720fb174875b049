#pragma once

#include "tracer/numerals/numerals.hpp"
#include "tracer/problem/training.hpp"
#include "tracer/sheet/sheet.hpp"

/// The steps of a training as a section of a sheet.
namespace chalkgrad {

/// How much of a training a table shows.
struct TrainingExcerpt {
  std::size_t rows = ~std::size_t{0};        ///< about so many, at even distances
  std::size_t parameters = ~std::size_t{0};  ///< the first of them
};

/// The table, and why the training ended.
[[nodiscard]] Section training_steps(const Training& training, const Numerals& numerals,
                                     const TrainingExcerpt& excerpt);

}  // namespace chalkgrad
