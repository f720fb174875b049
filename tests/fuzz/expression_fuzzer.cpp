#include <string>

#include "tests/fuzz/fuzzing.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"

/// Whatever stands in a line, parsing it as an expression, with arrays or without, ends in an
/// expression or in a SyntaxError at a place in the line; and what an expression is printed as is
/// parsed again, and printed the same, unless its brackets nest deeper than is read.
namespace chalkgrad {
namespace {

void parse_and_print(std::string_view line, bool arrays) {
  const ParseContext context{.is_quantity = [](std::string_view name) { return name.size() <= 2; },
                             .arrays = arrays};
  std::string printed;
  try {
    printed = print(parse_expression(line, context));
  } catch (const SyntaxError& error) {
    fuzzing::require_within(error.span, line);
    fuzzing::require(*error.what() != '\0', "a message says something");
    return;
  }
  fuzzing::require(!utf8::first_malformed(printed), "what is printed is UTF-8");
  try {
    const std::string again = print(parse_expression(printed, context));
    if (again != printed) std::fprintf(stderr, "%s\n%s\n", printed.c_str(), again.c_str());
    fuzzing::require(again == printed, "what is printed is parsed as the same");
  } catch (const SyntaxError& error) {
    const std::string_view message = error.what();
    if (message.starts_with("the expression nests deeper than")) return;
    std::fprintf(stderr, "%s\n%s\n", printed.c_str(), error.what());
    fuzzing::require(false, "what is printed can be parsed");
  }
}

}  // namespace
}  // namespace chalkgrad

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string_view line = chalkgrad::fuzzing::text_of(bytes, count);
  chalkgrad::parse_and_print(line, false);
  chalkgrad::parse_and_print(line, true);
  return 0;
}
