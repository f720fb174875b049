#include <algorithm>
#include <string>

#include "tests/fuzz/fuzzing.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/problem/problem.hpp"

/// Whatever bytes a problem file has, reading it ends in a problem or in a ProblemError, with at
/// least one error, each at a place in the file and with a message that can be printed; in bounded
/// time and memory, and without undefined behaviour.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  using namespace chalkgrad;
  const Source source("t", std::string(fuzzing::text_of(bytes, count)));
  const auto require_printable = [&](const Diagnostic& one) {
    fuzzing::require(one.line >= 1 && one.line <= std::max<std::size_t>(1, source.line_count()),
                     "a message has a line of the file");
    fuzzing::require_within(one.span, source.line(one.line));
    fuzzing::require(!one.message.empty(), "a message says something");
    fuzzing::require(!utf8::first_malformed(describe(one, source)), "a message is UTF-8");
  };
  try {
    const Problem problem = read_problem(source);
    for (const Diagnostic& warning : problem.warnings) require_printable(warning);
    fuzzing::require(problem.order.size() == problem.items.size(), "all quantities are in order");
  } catch (const ProblemError& error) {
    fuzzing::require(!error.diagnostics.empty(), "an error has a message");
    for (const Diagnostic& diagnostic : error.diagnostics) require_printable(diagnostic);
  }
  return 0;
}
