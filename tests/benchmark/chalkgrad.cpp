#include "engine/backward.hpp"
#include "engine/replay.hpp"
#include "tests/benchmark/contestants.hpp"

namespace benchmarks {

namespace {

using chalkgrad::Gradients;
using chalkgrad::Graph;
using chalkgrad::Replay;
using chalkgrad::Value;

/// Records the whole step anew each time.
template <class W>
class Recording final : public Contestant {
 public:
  [[nodiscard]] std::string name() const override { return "chalkgrad"; }

  double step(const Data& data, std::vector<double>& gradient) override {
    graph_.reset();
    parameters_.clear();
    inputs_.clear();
    for (const double p : data.parameters) parameters_.push_back(graph_.variable(p));
    for (const double x : data.inputs) inputs_.push_back(graph_.constant(x));
    const Value loss = total_loss<W, Value>(parameters_, inputs_, data.targets);
    backward(loss, gradients_);
    gradient.resize(parameter_count);
    for (std::size_t i = 0; i < parameter_count; ++i) gradient[i] = gradients_[parameters_[i]];
    return loss.value();
  }
  [[nodiscard]] double bytes_per_operation() const override {
    return graph_.size() * (sizeof(chalkgrad::Node) + sizeof(double)) / operation_count<W>();
  }

 private:
  Graph graph_{};
  Gradients gradients_{};
  std::vector<Value> parameters_{}, inputs_{};
};

/// Records one sample, once, and replays it over all of them; the penalty is a replay of its own.
template <class W>
class Replaying final : public Contestant {
 public:
  Replaying() {
    const Data data;
    for (const double p : data.parameters) parameters_.push_back(graph_.variable(p));
    inputs_ = {graph_.constant(0.1), graph_.constant(0.2), graph_.constant(1.0)};
    const Value any = parameters_[0];
    std::vector<Value> in(inputs_.begin(), inputs_.begin() + input_count), h1(hidden, any),
        h2(hidden, any), out(1, any);
    sample_ = std::make_unique<Replay>(
        W::template loss<Value>(parameters_, in, inputs_.back(), h1, h2, out));
    if constexpr (W::has_penalty) penalty_ = std::make_unique<Replay>(W::penalty(parameters_));
  }
  [[nodiscard]] std::string name() const override { return "chalkgrad, replayed"; }

  double step(const Data& data, std::vector<double>& gradient) override {
    rows_.clear();
    for (std::size_t s = 0; s < sample_count; ++s) {
      const double* const in = &data.inputs[input_count * s];
      rows_.insert(rows_.end(), in, in + input_count);
      rows_.push_back(data.targets[s]);
    }
    for (std::size_t i = 0; i < parameter_count; ++i)
      sample_->set(parameters_[i], data.parameters[i]);
    double loss = sample_->run(inputs_, rows_) / sample_count;
    gradient.resize(parameter_count);
    for (std::size_t i = 0; i < parameter_count; ++i)
      gradient[i] = (*sample_)[parameters_[i]] / sample_count;
    if constexpr (W::has_penalty) {
      for (std::size_t i = 0; i < parameter_count; ++i)
        penalty_->set(parameters_[i], data.parameters[i]);
      loss += penalty_->run();
      for (std::size_t i = 0; i < parameter_count; ++i) gradient[i] += (*penalty_)[parameters_[i]];
    }
    return loss;
  }

 private:
  Graph graph_{};
  std::vector<Value> parameters_{}, inputs_{};
  std::unique_ptr<Replay> sample_{}, penalty_{};
  std::vector<double> rows_{};
};

}  // namespace

template <class W>
void add_chalkgrad(Contestants& all) {
  all.push_back(std::make_unique<Recording<W>>());
  all.push_back(std::make_unique<Replaying<W>>());
}
template void add_chalkgrad<W1>(Contestants&);
template void add_chalkgrad<W2>(Contestants&);

}  // namespace benchmarks
