#pragma once

#include <vector>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/check/reading/rows.hpp"

/// Tables with a row for each neuron or each weight, and a column for what is said of it: neuron,
/// net, out, δ; weight, old, gradient, new. Each cell becomes a statement, net_h1 = 0.3775.
///
/// A column whose heading says nothing, and a row whose name is not known, stay as they are.
namespace chalkgrad {

void read_unit_tables(std::vector<AnswerRow>& rows, const KnownNames& known);

}  // namespace chalkgrad
