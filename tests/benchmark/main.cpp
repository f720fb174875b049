#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <map>

#include "engine/backward.hpp"
#include "tests/benchmark/contestants.hpp"

/// Times all contestants in one run, their repetitions interleaved at random, and prints the
/// minimum of each as a multiple of plain double. Before that, their gradients must agree to 1e-12.
namespace benchmarks {
namespace {

/// Collects the minimum over the repetitions of each benchmark.
class Minimum final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      const double time = run.real_accumulated_time / static_cast<double>(run.iterations);
      const auto [known, added] = times_.emplace(run.run_name.function_name, time);
      if (!added) known->second = std::min(known->second, time);
    }
    std::fputc('.', stderr);
  }
  /// Seconds; 0 if it did not run.
  [[nodiscard]] double operator[](const std::string& name) const {
    const auto found = times_.find(name);
    return found == times_.end() ? 0 : found->second;
  }

 private:
  std::map<std::string, double> times_{};
};

template <class W>
Contestants contestants() {
  Contestants all;
  add_plain_double<W>(all);
  add_hand_written<W>(all);
  add_chalkgrad<W>(all);
#ifdef CHALKGRAD_WITH_SACADO
  add_sacado<W>(all);
#endif
#ifdef CHALKGRAD_WITH_ADOLC
  add_adolc<W>(all);
#endif
  return all;
}

/// Whether all gradients are those of the hand-written adjoint, to 1e-12 relative.
bool agree(const char* workload, const Contestants& all, const Data& data) {
  std::vector<double> expected, gradient;
  const double loss = all[1]->step(data, expected);
  bool right = true;
  for (const auto& contestant : all) {
    const double other = contestant->step(data, gradient);
    bool same = std::abs(other - loss) <= 1e-12 * loss;
    for (std::size_t i = 0; contestant->has_gradient() && i < parameter_count; ++i)
      same = same && std::abs(gradient[i] - expected[i]) <= 1e-12 * std::abs(expected[i]) + 1e-16;
    if (!same) fmt::print(stderr, "{}: {} has another gradient\n", workload, contestant->name());
    right = right && same;
  }
  return right;
}

template <class W>
void enter(const Contestants& all, const Data& data) {
  for (const auto& contestant : all) {
    benchmark::RegisterBenchmark((std::string(W::name) + " " + contestant->name()).c_str(),
                                 [&data, &contestant](benchmark::State& state) {
                                   std::vector<double> gradient;
                                   for (auto _ : state)
                                     benchmark::DoNotOptimize(contestant->step(data, gradient));
                                 });
  }
}

constexpr int chain_length = 10'000'000;

/// Builds, sweeps and forgets a chain of 10^7 operations.
void deep_chain(benchmark::State& state) {
  chalkgrad::Graph graph;
  chalkgrad::Gradients gradients;
  for (auto _ : state) {
    graph.reset();
    const chalkgrad::Value x = graph.variable(0.5);
    chalkgrad::Value y = x;
    for (int i = 0; i < chain_length; ++i) y = -y;
    backward(y, gradients);
    benchmark::DoNotOptimize(gradients[x]);
  }
}

void deep_chain_plain(benchmark::State& state) {
  for (auto _ : state) {
    double y = 0.5;
    for (int i = 0; i < chain_length; ++i) {
      y = -y;
      benchmark::DoNotOptimize(y);
    }
  }
}

template <class W>
void print_table(const Contestants& all, const Minimum& times) {
  const double plain = times[std::string(W::name) + " " + all[0]->name()];
  fmt::print("\n{}   {:.0f} operations, plain double {:.2f} µs\n\n", W::name, operation_count<W>(),
             plain * 1e6);
  fmt::print("  {:24} {:>10} {:>14} {:>10}\n", "", "µs", "times plain", "bytes/op");
  for (const auto& contestant : all) {
    const double time = times[std::string(W::name) + " " + contestant->name()];
    const double bytes = contestant->bytes_per_operation();
    fmt::print("  {:24} {:10.1f} {:14.2f} {:>10}\n", contestant->name(), time * 1e6, time / plain,
               bytes > 0 ? fmt::format("{:.1f}", bytes) : "");
  }
}

int run(int argc, char** argv) {
  const Data data;
  const Contestants first = contestants<W1>(), second = contestants<W2>();
  if (!agree(W1::name, first, data) || !agree(W2::name, second, data)) return 1;
  if (argc == 3 && std::string(argv[1]) == "--steps") {  // for instruction counts
    std::vector<double> gradient;
    const bool is_w1 = std::string(argv[2]) == W1::name;
    for (int i = 0; i < 100; ++i) (is_w1 ? first : second)[2]->step(data, gradient);
    return 0;
  }
  enter<W1>(first, data);
  enter<W2>(second, data);
  benchmark::RegisterBenchmark("deep chain", deep_chain)->MinTime(0.1);
  benchmark::RegisterBenchmark("deep chain plain", deep_chain_plain)->MinTime(0.1);
  std::vector<char*> arguments(argv, argv + argc);
  std::string repetitions = "--benchmark_repetitions=25", minimum = "--benchmark_min_time=0.02",
              interleaving = "--benchmark_enable_random_interleaving=true";
  arguments.insert(arguments.begin() + 1,
                   {repetitions.data(), minimum.data(), interleaving.data()});
  auto count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  Minimum times;
  benchmark::RunSpecifiedBenchmarks(&times);
  std::fputc('\n', stderr);
  print_table<W1>(first, times);
  print_table<W2>(second, times);
  fmt::print("\nA chain of 10^7 operations: {:.1f} ns each to record and sweep; plain {:.1f} ns\n",
             times["deep chain"] * 1e9 / chain_length,
             times["deep chain plain"] * 1e9 / chain_length);
  return 0;
}

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) { return benchmarks::run(argc, argv); }
