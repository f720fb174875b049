#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "tracer/check/truth/truth.hpp"

/// Backpropagation with a classic slip: each layer is updated before the error is handed on, so
/// that the deltas of hidden neurons are taken with weights that were updated already.
namespace chalkgrad {

class SequentialUpdate {
 public:
  /// Linear in the problem; nothing is known if it has no update.
  explicit SequentialUpdate(Truth& truth);

  /// What a derivative of the output, or a quantity after the update, comes to with the slip.
  [[nodiscard]] std::optional<double> value(const Expr& leaf) const;

 private:
  void sweep(Truth& truth);
  void evaluate_after(const Solution& solution);
  [[nodiscard]] double local(Truth& truth, const Expr& derivative) const;

  std::string output_;
  std::unordered_map<std::string, double> adjoints_, parameters_, after_;
};

}  // namespace chalkgrad
