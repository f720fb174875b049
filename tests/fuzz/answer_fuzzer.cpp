#include <string>

#include "tests/fuzz/fuzzing.hpp"
#include "tests/support/problems.hpp"
#include "tracer/check/reading/reader.hpp"

/// Whatever bytes an answer has, reading it never throws; all that was read, and all that could not
/// be read, is at a place in the file. Each answer is read with the names of a network of scalars,
/// and by other conventions with those of a problem with arrays and samples.
namespace chalkgrad {
namespace {

struct Known {
  explicit Known(const std::string& problem) : solution(testing::solve_text(problem)) {}
  Solution solution;
  Vocabulary vocabulary{solution};
};

void read(std::string_view text, const Known& known, const ReadingOptions& options) {
  const Answer answer = read_answer(text, known.vocabulary, options);
  for (const Chain& chain : answer.statements) {
    fuzzing::require(chain.sides.size() >= 2, "a statement has two sides");
    for (const WrittenSide& side : chain.sides) {
      fuzzing::require_within(side.span, text);
      for (const WrittenNumber& number : side.numbers) fuzzing::require_within(number.span, text);
    }
  }
  for (const Unreadable& one : answer.unreadable) {
    fuzzing::require_within(one.span, text);
    fuzzing::require(!one.message.empty(), "a message says something");
  }
  for (const Span& line : answer.passed_over) fuzzing::require_within(line, text);
}

}  // namespace
}  // namespace chalkgrad

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  using namespace chalkgrad;
  static const Known scalars(testing::example_text("mazur"));
  static const Known arrays(testing::example_text("softmax_regression"));
  const std::string_view text = fuzzing::text_of(bytes, count);
  read(text, scalars, {});
  read(text, arrays,
       {.decimal_comma = true,
        .conventions = {.negative_delta = true, .scanned = true, .from_zero = true},
        .open_names = true});
  return 0;
}
