#pragma once

#include <optional>

#include "tracer/derivation/decided_cases.hpp"
#include "tracer/sheet/figures.hpp"
#include "tracer/sheet/sheet.hpp"

/// Which case holds at the numbers of a sheet, and why, in words.
namespace chalkgrad {

/// The case distinctions of an expression where they are decided by the numbers; nothing if there
/// are none, or not all is known.
[[nodiscard]] std::optional<DecidedCases> decided_by(const Figures& figures, const Expr& e);
/// "because net = 3 > 0"; nothing at a kink, where a convention decides and says so itself.
[[nodiscard]] Remark reason_of(const DecidedCases& decided, const Figures& figures);

}  // namespace chalkgrad
