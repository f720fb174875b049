#pragma once

#include <functional>

#include "tracer/cli/options.hpp"
#include "tracer/problem/solution.hpp"
#include "tracer/sheet/sheet.hpp"

/// What commands that read a problem have in common: its file with the settings, and how its errors
/// are told.
namespace chalkgrad::cli {

/// The file, with what --set replaces. Throws FileError if it cannot be read, or `output` would
/// overwrite it.
[[nodiscard]] Source read_source(const ProblemOptions& options, const std::string& output);

/// Runs a command; if the problem has errors, they go to standard error, and the status is
/// `unusable`.
int with_diagnostics(const Source& source, const std::function<int()>& command);

/// What the reader warns of, and a seed that changes nothing.
void report_warnings(const Problem& problem, const Source& source, const ProblemOptions& options);

/// That a file with weights asks for no derivative, of whoever writes a derivation.
void report_what_is_not_derived(const Solution& solution, const Source& source);

/// What `make` returns; throws UsageError where a sheet would be too long.
template <class Make>
auto with_usage_errors(const Make& make) {
  try {
    return make();
  } catch (const SheetTooLong& error) {
    throw UsageError(error.what());
  }
}

/// What solving found: published figures that do not agree, a training that diverges.
void report_findings(const Solution& solution, const Source& source);

}  // namespace chalkgrad::cli
