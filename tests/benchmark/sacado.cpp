#include <Sacado_trad.hpp>

using SacadoValue = Sacado::Rad::ADvar<double>;

// The scalar's functions must be found beside it.
namespace Sacado::Rad {
inline SacadoValue relu(const SacadoValue& x) { return max(x, 0.0); }
inline SacadoValue sigmoid(const SacadoValue& x) { return 1.0 / (1.0 + exp(-x)); }
}  // namespace Sacado::Rad

#include "tests/benchmark/contestants.hpp"

namespace benchmarks {

namespace {

template <class W>
class SacadoRad final : public Contestant {
 public:
  [[nodiscard]] std::string name() const override { return "Sacado"; }

  double step(const Data& data, std::vector<double>& gradient) override {
    const std::vector<SacadoValue> parameters(data.parameters.begin(), data.parameters.end());
    const SacadoValue loss = total_loss<W, SacadoValue>(parameters, data.inputs, data.targets);
    Sacado::Rad::ADcontext<double>::Gradcomp();
    gradient.resize(parameter_count);
    for (std::size_t i = 0; i < parameter_count; ++i) gradient[i] = parameters[i].adj();
    return loss.val();
  }
};

}  // namespace

template <class W>
void add_sacado(Contestants& all) {
  all.push_back(std::make_unique<SacadoRad<W>>());
}
template void add_sacado<W1>(Contestants&);
template void add_sacado<W2>(Contestants&);

}  // namespace benchmarks
