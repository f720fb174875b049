#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/expression.hpp"

/// Formulas as people get them wrong: one slip at a time.
///
/// A slip is named only where working out the formula with that slip in it gives what was written;
/// this is the list of the formulas to work out.
namespace chalkgrad {

/// The stable names of slips, as in JSON.
namespace slip {
inline constexpr std::string_view sign = "sign";
inline constexpr std::string_view complement = "missing-complement";  ///< (1 − o) forgotten
inline constexpr std::string_view neuron = "wrong-neuron";
inline constexpr std::string_view updated = "updated-weight";
inline constexpr std::string_view half = "half";  ///< ½ or 2 missing or doubled
inline constexpr std::string_view rate = "rate";  ///< η missing or doubled
inline constexpr std::string_view digit = "digit";
inline constexpr std::string_view added = "added";  ///< instead of multiplied
inline constexpr std::string_view degrees = "degrees";
inline constexpr std::string_view log10 = "log10";
inline constexpr std::string_view factor = "missing-factor";
inline constexpr std::string_view path = "missing-path";
inline constexpr std::string_view term = "missing-term";
inline constexpr std::string_view derivative = "wrong-derivative";
}  // namespace slip

struct Mutation {
  std::string_view slip{};
  Expr expr = 0.0;
  std::string description{};  ///< "(1 − out_o1) is missing"
};

/// What else a name may be taken for, with the slip that this is.
using Confusions = std::function<std::vector<std::pair<std::string_view, Expr>>(const Expr& leaf)>;

/// Every single slip in the formula, the likely ones first; `rate` is the symbol of η. Quadratic in
/// the size of the formula.
[[nodiscard]] std::vector<Mutation> mutations(const Expr& e, const Expr& rate,
                                              const Confusions& confusions);

}  // namespace chalkgrad
