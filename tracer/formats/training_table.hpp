#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tracer/numerals/numerals.hpp"
#include "tracer/problem/training.hpp"

/// The steps of a training as a table by itself, in each format that `train` writes.
namespace chalkgrad {

/// Columns aligned, with the digits asked for, and why it ended. Ends with a newline, as do the
/// others.
[[nodiscard]] std::string training_text(const Training& training, const Numerals& numerals);
/// A header and a line for each row, with numbers at full precision.
[[nodiscard]] std::string training_csv(const Training& training);
/// A contract: docs/json.md.
[[nodiscard]] std::string training_json(const Training& training);

struct TrainingFormat {
  std::string_view name;    ///< as in --format
  std::string_view suffix;  ///< of its files: ".csv"
  std::string (*render)(const Training& training, const Numerals& numerals);
};

/// All of them; the first is the default.
[[nodiscard]] std::span<const TrainingFormat> training_formats();

}  // namespace chalkgrad
