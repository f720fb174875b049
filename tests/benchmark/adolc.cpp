#include <adolc/adolc.h>

// The scalar's functions must be visible before the templates of the workload.
inline adouble relu(const adouble& x) { return fmax(x, 0.0); }
inline adouble sigmoid(const adouble& x) { return 1.0 / (1.0 + exp(-x)); }

#include "tests/benchmark/contestants.hpp"

namespace benchmarks {

namespace {

template <class W>
class Adolc final : public Contestant {
 public:
  [[nodiscard]] std::string name() const override { return "ADOL-C"; }

  double step(const Data& data, std::vector<double>& gradient) override {
    constexpr short tape = 1;
    double loss = 0;
    trace_on(tape, 1);
    {
      std::vector<adouble> parameters(parameter_count);
      for (std::size_t i = 0; i < parameter_count; ++i) parameters[i] <<= data.parameters[i];
      adouble result = total_loss<W, adouble>(parameters, data.inputs, data.targets);
      result >>= loss;
    }
    trace_off();
    gradient.resize(parameter_count);
    double one = 1;
    fos_reverse(tape, 1, static_cast<int>(parameter_count), &one, gradient.data());
    return loss;
  }
};

}  // namespace

template <class W>
void add_adolc(Contestants& all) {
  all.push_back(std::make_unique<Adolc<W>>());
}
template void add_adolc<W1>(Contestants&);
template void add_adolc<W2>(Contestants&);

}  // namespace benchmarks
