#pragma once

#include <optional>
#include <string>

#include "tracer/arrays/array_rules.hpp"

/// Parts of arrays: W[2,:], x[2..3], w12 of W, and the derivative of the whole where a part of it
/// is used: what reaches the part in its place, and 0 elsewhere, ∂E/∂W = [0, 1]·(∂E/∂W[2,:])ᵀ
/// (Petersen and Pedersen, The Matrix Cookbook, section 9.7: single-entry matrices).
namespace chalkgrad {

struct ArrayPart {
  Shape whole{}, own{};
  std::size_t row = 0, column = 0;    ///< where it begins, counted from 0
  std::size_t rows = 1, columns = 1;  ///< how much of the whole it covers
};

/// Nothing if it is no rectangle of the whole.
[[nodiscard]] std::optional<ArrayPart> part_of(const ArrayProgram& program, const std::string& part,
                                               const std::string& whole);

/// What reaches the part, as an array of the whole's shape; nothing where the zeros beside it would
/// fill a line.
[[nodiscard]] std::optional<ArrayGradient> in_its_place(const ArrayPart& part,
                                                        const ArrayGradient& g,
                                                        const std::map<std::string, Shape>& shapes);

/// [0, 1, 0]: whether an expression has one 1 in it, and zeros.
[[nodiscard]] bool is_unit_vector(const Expr& e);

}  // namespace chalkgrad
