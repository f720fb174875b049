#pragma once

#include <string>

#include "tracer/problem/training.hpp"
#include "tracer/render/sheet.hpp"

/// The steps of a training as a table: a part of a sheet, and by itself.
namespace chalkgrad {

/// How much of a training a table shows.
struct TrainingExcerpt {
  std::size_t rows = ~std::size_t{0};        ///< about so many, at even distances
  std::size_t parameters = ~std::size_t{0};  ///< the first of them
};

/// The table, and why the training ended.
[[nodiscard]] Section training_steps(const Training& training, const Numerals& numerals,
                                     const TrainingExcerpt& excerpt);

/// Columns aligned, with the digits asked for, and why it ended. Ends with a newline, as do the
/// others.
[[nodiscard]] std::string training_text(const Training& training, const Numerals& numerals);
/// A header and a line for each row, with numbers at full precision.
[[nodiscard]] std::string training_csv(const Training& training);
/// A contract: docs/json.md.
[[nodiscard]] std::string training_json(const Training& training);

}  // namespace chalkgrad
