#pragma once

#include <optional>
#include <string>

#include "tracer/check/alignment/working.hpp"
#include "tracer/check/judging/ledger.hpp"

/// What is said to the writer: one or two sentences for each finding that is not plainly right.
namespace chalkgrad::wording {

/// The truth in as many digits as were written and one more look: 0.1868 (0.186815602).
[[nodiscard]] std::string number_beside(double truth, std::string_view written);

void explain_number(Finding& finding, const Slot& slot, Scope& scope, const CheckOptions& options,
                    const Ledger::Entry* earlier);
void explain_result(Finding& finding, const Slot& slot, const WorkingSide* before,
                    std::optional<double> digits_give, Scope& scope, const CheckOptions& options);
void explain_value(Finding& finding, const WorkingSide& side, double truth, Scope& scope,
                   const CheckOptions& options);
void explain_formula(Finding& finding, const Expr& written, const Expr& subject, Scope& scope,
                     const CheckOptions& options);

}  // namespace chalkgrad::wording
