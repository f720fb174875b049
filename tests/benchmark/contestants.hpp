#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/benchmark/workload.hpp"

/// Who takes part: each computes the loss and, but for plain double, its 337 derivatives.
namespace benchmarks {

class Contestant {
 public:
  virtual ~Contestant() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  /// One full step: record, sweep, read the derivatives into `gradient`. Returns the loss.
  virtual double step(const Data& data, std::vector<double>& gradient) = 0;
  [[nodiscard]] virtual bool has_gradient() const { return true; }
  /// Bytes for each elementary operation, adjoints included; 0 where that is not known.
  [[nodiscard]] virtual double bytes_per_operation() const { return 0; }
};

using Contestants = std::vector<std::unique_ptr<Contestant>>;

/// Elementary operations of a step: each sum, product and activation counts as one.
template <class W>
double operation_count();

// Each in a file of its own; those that were not found at configure time are not built.
template <class W>
void add_plain_double(Contestants& all);
template <class W>
void add_hand_written(Contestants& all);
template <class W>
void add_chalkgrad(Contestants& all);
template <class W>
void add_adolc(Contestants& all);
template <class W>
void add_sacado(Contestants& all);

}  // namespace benchmarks
