#pragma once

#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/report/report.hpp"
#include "tracer/check/truth/scope.hpp"

namespace chalkgrad {

/// Arrays that were written with rows and columns exchanged, a gradient of W as X·δᵀ in place of
/// δ·Xᵀ: one finding that says so, in place of one for each element. Where the shape alone shows it
/// the elements have been judged as if turned, and the finding comes beside what is wrong in them.
/// The findings are those of all statements, in any order. Linear in elements and findings.
void name_transposed(std::vector<Finding>& findings, const Answer& answer, Scope& scope);

}  // namespace chalkgrad
