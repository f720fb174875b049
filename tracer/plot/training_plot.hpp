#pragma once

#include <array>
#include <string>

#include "tracer/plot/axis.hpp"
#include "tracer/problem/error_surface.hpp"

/// Pictures of a training, as SVG: how the error falls, and how two parameters find their way down.
/// They show the rows that the training kept.
namespace chalkgrad {

/// The error after each step. On a logarithmic scale errors of 0 and below are left out, which a
/// remark says; if there are no others, the plot is empty. Linear in the rows.
[[nodiscard]] std::string error_plot(const Training& training, const std::string& title,
                                     Scale scale);

/// The way of two parameters, given by their indices in the descent, over lines of equal error
/// where all other parameters are as they were in the end.
[[nodiscard]] std::string path_plot(const Training& training, const Evaluation& evaluation,
                                    const std::string& title,
                                    const std::array<std::size_t, 2>& two);

}  // namespace chalkgrad
