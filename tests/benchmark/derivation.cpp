#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "tests/benchmark/growing.hpp"
#include "tests/support/problems.hpp"
#include "tracer/sheet/sheet.hpp"

/// How many steps of a derivation are built, derived and printed in a second, each phase apart, on
/// a 50-50-50-10 network with all 5,560 parameters; the same for Mazur's file as a whole; and how
/// time grows with the samples of a file and the weights of a neuron.
///
///     build/benchmark/tests/benchmark/chalkgrad_derivation_benchmark
namespace {

using namespace chalkgrad;

std::string layered_network() {
  const std::vector<std::size_t> sizes = {50, 50, 50, 10};
  std::string text = "input x1..x50 = random(-1, 1)\n", from = "x1..x50";
  std::size_t weight = 1, bias = 1;
  for (std::size_t layer = 1; layer < sizes.size(); ++layer) {
    const std::size_t units = sizes[layer], weights = units * sizes[layer - 1];
    const std::string w = fmt::format("w{}..w{}", weight, weight + weights - 1);
    const std::string b = fmt::format("b{}..b{}", bias, bias + units - 1);
    const std::string names = fmt::format("{0}1..{0}{1}", "hgo"[layer - 1], units);
    text += fmt::format("weight {} = random(-0.5, 0.5, step 0.001)\n", w);
    text += fmt::format("bias {} = random(-0.5, 0.5)\n", b);
    text +=
        fmt::format("layer {} from {} weights {} bias {} activation sigmoid\n", names, from, w, b);
    from = names;
    weight += weights;
    bias += units;
  }
  return text +
         "target t1..t10 = random(0, 1)\nE = half_squared_error(t1..t10; out_o1..out_o10)\n"
         "derive E wrt all\n";
}

/// The phases of a solution, from the file to its derivation.
struct Phases {
  Problem problem = testing::read_text(layered_network());
  Evaluation evaluation = evaluate_problem(problem);
  std::vector<NodeId> nodes = [this] {
    std::vector<NodeId> list;
    for (const Item& item : problem.items) list.push_back(evaluation.graph->find(item.name));
    return list;
  }();
  Quantities quantities{*evaluation.graph, nodes, evaluation.spellings};
  std::vector<std::pair<QuantityIndex, QuantityIndex>> pairs = [this] {
    std::vector<std::pair<QuantityIndex, QuantityIndex>> list;
    for (const std::string& x : problem.derivations.at(0).wrt)
      list.emplace_back(*quantities.find("E"), *quantities.find(x));
    return list;
  }();
  std::size_t steps = derive(quantities, pairs).steps.size();
};

const Phases& phases() {
  static const Phases all;
  return all;
}

void count_steps(benchmark::State& state, std::size_t steps) {
  state.counters["steps"] = static_cast<double>(steps);
  state.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(steps) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

void read(benchmark::State& state) {
  const std::string text = layered_network();
  for (auto _ : state) benchmark::DoNotOptimize(testing::read_text(text));
  count_steps(state, phases().steps);
}

void build(benchmark::State& state) {
  for (auto _ : state) {
    const Evaluation evaluation = evaluate_problem(phases().problem);
    const Quantities quantities(*evaluation.graph, phases().nodes, evaluation.spellings);
    benchmark::DoNotOptimize(quantities.size());
  }
  count_steps(state, phases().steps);
}

void derive_all(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(derive(phases().quantities, phases().pairs));
  count_steps(state, phases().steps);
}

void print_sheet(benchmark::State& state, Style style) {
  static const Solution solution = solve(phases().problem);
  for (auto _ : state)
    benchmark::DoNotOptimize(render_text(make_sheet(solution, {.style = style})));
  count_steps(state, phases().steps);
}

void mazur(benchmark::State& state) {
  const std::string text = testing::example_text("mazur");
  std::size_t steps = 0;
  for (auto _ : state) {
    const Solution solution = testing::solve_text(text);
    steps = solution.derivation.steps.size();
    benchmark::DoNotOptimize(render_text(make_sheet(solution, {})));
  }
  count_steps(state, steps);
}

/// From the file to the text of the sheet, for problems of growing size: time must grow as they do.
void solve_growing(benchmark::State& state, std::string (*problem)(long)) {
  const std::string text = problem(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(render_text(make_sheet(testing::solve_text(text), {})));
  state.SetComplexityN(state.range(0));
}

BENCHMARK(read)->Unit(benchmark::kMillisecond);
BENCHMARK(build)->Unit(benchmark::kMillisecond);
BENCHMARK(derive_all)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(print_sheet, textbook, Style::textbook)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(print_sheet, delta, Style::delta)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(print_sheet, table, Style::table)->Unit(benchmark::kMillisecond);
BENCHMARK(mazur)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve_growing, samples, benchmarks::many_samples)
    ->RangeMultiplier(2)
    ->Range(1024, 8192)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve_growing, wide_neuron, benchmarks::wide_neuron)
    ->RangeMultiplier(2)
    ->Range(1024, 8192)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
