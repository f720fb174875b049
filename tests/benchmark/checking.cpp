#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/benchmark/growing.hpp"
#include "tracer/check/check.hpp"
#include "tracer/formats/text.hpp"

/// How many lines of hand derivations are checked in a second: right sheets, and the slides with
/// their mistakes; and how time grows with the length of a sheet.
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

/// The sheet that was printed for a problem, checked: time must grow as the sheet does.
void own_sheet(benchmark::State& state, std::string (*problem)(long)) {
  const Solution solution = solve(read_problem(Source("growing", problem(state.range(0)))));
  const std::string sheet = render_text(make_sheet(solution, {}));
  for (auto _ : state) {
    Checker checker(solution);
    benchmark::DoNotOptimize(checker.check("sheet", sheet));
  }
  state.SetComplexityN(state.range(0));
  state.SetItemsProcessed(state.iterations() * std::count(sheet.begin(), sheet.end(), '\n'));
}
BENCHMARK_CAPTURE(own_sheet, samples, benchmarks::many_samples)
    ->RangeMultiplier(2)
    ->Range(512, 4096)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(own_sheet, wide_neuron, benchmarks::wide_neuron)
    ->RangeMultiplier(2)
    ->Range(512, 4096)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
