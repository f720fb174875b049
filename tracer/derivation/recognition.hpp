#pragma once

#include <map>
#include <string>
#include <vector>

#include "tracer/derivation/local.hpp"
#include "tracer/derivation/quantities.hpp"

/// Named quantities within products. What equals a named quantity is printed by its name; where it
/// is a whole subexpression the graph shows it (Quantities), where it is some of the factors of a
/// product it takes looking: exp(z1)/(exp(z1) + exp(z2))·w is p1·w, if p1 is defined so. This is
/// what gives the derivative of a softmax its two cases, p1·(1 − p1) and −p1·p2.
namespace chalkgrad {

class Recognition {
 public:
  /// Looks at all definitions once; linear in their length.
  explicit Recognition(const Quantities& quantities);

  /// The expression with such factors by their names, and what they then have in common taken out
  /// of a sum. Returns it unchanged if there are none. The value is the same, but for rounding.
  [[nodiscard]] Expr recognise(const Expr& e) const;

  /// A local derivative as it is read: simplified, with names, through its own value if that is
  /// shorter.
  struct Readable {
    Expr expr;
    bool is_through_own_value = false;
  };
  [[nodiscard]] Readable readable(const LocalDerivative& local, QuantityIndex y,
                                  QuantityIndex x) const;

 private:
  /// A quantity defined as a quotient by a sum.
  struct Quotient {
    std::string name;
    std::vector<Expr> numerator;
  };
  [[nodiscard]] bool recognise_in(std::vector<Term>& factors) const;
  static bool put_name(const Quotient& quotient, const Expr& divisor, std::vector<Term>& factors);

  const Quantities& quantities_;
  std::map<std::string, std::vector<Quotient>> by_divisor_{};  // as printed
};

}  // namespace chalkgrad
