#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "tracer/derivation/quantities.hpp"

/// The definition of a quantity as scale·(a ± b ± …), and which of its terms are quantities: what
/// the sum rule asks for. A definition that is no sum is one of a single term. It is read once, so
/// that each term can be asked for in constant time.
namespace chalkgrad {

class DefinedSum {
 public:
  DefinedSum(const Quantities& quantities, QuantityIndex y);

  /// The definition as it is read.
  [[nodiscard]] const Expr& whole() const { return whole_; }
  /// 1/4 of 1/4·(a + b), which is a mean; 1 if it is a plain sum.
  [[nodiscard]] const Expr& scale() const { return scale_; }
  [[nodiscard]] bool is_scaled() const { return !scale_.is_number(1); }
  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
  /// Which of the terms is this quantity, if it stands nowhere else in the definition.
  [[nodiscard]] std::optional<std::size_t> place_of(QuantityIndex i) const;

 private:
  Expr whole_, scale_ = 1.0;
  std::vector<Term> terms_{};
  struct Standing {
    std::size_t place = 0;
    bool alone = true;
  };
  std::unordered_map<QuantityIndex, Standing> standing_{};
};

}  // namespace chalkgrad
