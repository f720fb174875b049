#include <string>

#include "tests/fuzz/fuzzing.hpp"
#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/expression/utf8.hpp"

/// Whatever bytes an answer has, checking it never throws, and ends in findings at places in the
/// file that every format of the report can show. The checker is a new one each time, so that an
/// input does the same again by itself.
namespace chalkgrad {
namespace {

void check(const Solution& solution, std::string_view text, const CheckOptions& options) {
  Checker checker(solution, options);
  const FileReport report = checker.check("t", std::string(text));
  for (const Finding& finding : report.findings) fuzzing::require_within(finding.span, text);
  for (const Echo& echo : report.echoes) fuzzing::require_within(echo.span, text);
  for (const Span& line : report.passed_over) fuzzing::require_within(line, text);
  for (const ReportFormat& format : report_formats()) {
    const std::string shown =
        format.one != nullptr ? format.one(report, options) : format.all({report}, options);
    // A page brings its fonts: to look through them takes longer than the check.
    if (format.name != "html" && utf8::first_malformed(shown)) {
      std::fprintf(stderr, "%s\n", shown.c_str());
      fuzzing::require(false, "a report is UTF-8");
    }
  }
}

}  // namespace
}  // namespace chalkgrad

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  using namespace chalkgrad;
  static const Solution scalars = testing::solve_text(testing::example_text("mazur"));
  static const Solution arrays = testing::solve_text(testing::example_text("softmax_regression"));
  const std::string_view text = fuzzing::text_of(bytes, count);
  check(scalars, text, {.echo = true, .list_all = true});
  check(arrays, text, {.decimal_comma = true, .hint = 1});
  return 0;
}
