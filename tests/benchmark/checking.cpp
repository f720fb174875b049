#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tracer/check/check.hpp"
#include "tracer/formats/text.hpp"

/// How many lines of hand derivations are checked in a second: right sheets, and the slides with
/// their mistakes.
namespace {

using namespace chalkgrad;

std::string text_of(const std::string& name) {
  std::stringstream text;
  text << std::ifstream(std::string(CHALKGRAD_SOURCE_DIR) + "/worked_examples/" + name).rdbuf();
  return text.str();
}

Solution solution_of(const std::string& example) {
  return solve(read_problem(Source(example, text_of(example + ".chalk"))));
}

void check_again_and_again(benchmark::State& state, const std::string& example,
                           const std::string& answers) {
  const Solution solution = solution_of(example);
  Checker checker(solution);
  const auto lines = std::count(answers.begin(), answers.end(), '\n');
  for (auto _ : state) benchmark::DoNotOptimize(checker.check("answers", answers));
  state.SetItemsProcessed(state.iterations() * lines);
}

/// The first fifty lines of Mazur's sheet: one student's homework.
void homework(benchmark::State& state) {
  const std::string sheet = render_text(make_sheet(solution_of("mazur"), {}));
  std::size_t end = 0;
  for (int line = 0; line < 50; ++line) end = sheet.find('\n', end) + 1;
  check_again_and_again(state, "mazur", sheet.substr(0, end));
}
BENCHMARK(homework)->Unit(benchmark::kMillisecond);

void slides(benchmark::State& state) {
  check_again_and_again(state, "merceron", text_of("answers/merceron.txt"));
}
BENCHMARK(slides)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
