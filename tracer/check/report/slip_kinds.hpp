#pragma once

#include <span>
#include <string_view>

/// The kinds of slips that people make: one table, from which reports, summaries and hints take
/// their words. Which formula a slip gives is the business of the folder slips/.
namespace chalkgrad {

/// The stable names of slips, as in JSON.
namespace slip {
inline constexpr std::string_view sign = "sign";
inline constexpr std::string_view complement = "missing-complement";  ///< (1 − o) forgotten
inline constexpr std::string_view neuron = "wrong-neuron";
inline constexpr std::string_view net_for_out = "net-for-out";  ///< or out for net
inline constexpr std::string_view updated = "updated-weight";
inline constexpr std::string_view not_updated = "not-updated";  ///< w⁺ = w
inline constexpr std::string_view half = "half";                ///< ½ or 2 missing or doubled
inline constexpr std::string_view rate = "rate";                ///< η missing or doubled
inline constexpr std::string_view digit = "digit";
inline constexpr std::string_view added = "added";  ///< instead of multiplied
inline constexpr std::string_view degrees = "degrees";
inline constexpr std::string_view log10 = "log10";
inline constexpr std::string_view activation = "other-activation";
inline constexpr std::string_view mean = "mean-for-sum";
inline constexpr std::string_view sum = "sum-for-mean";
inline constexpr std::string_view penalty = "missing-penalty";
inline constexpr std::string_view bias = "bias-times-input";
inline constexpr std::string_view factor = "missing-factor";
inline constexpr std::string_view path = "missing-path";
inline constexpr std::string_view term = "missing-term";
inline constexpr std::string_view derivative = "wrong-derivative";
inline constexpr std::string_view transposed = "transposed";
inline constexpr std::string_view early = "rounded-early";  ///< allowed, but said
}  // namespace slip

struct SlipKind {
  std::string_view id;
  std::string_view title;  ///< what it is, in a table of a class: "the sign"
  std::string_view hint;   ///< what to look for, without the answer: "Look at the signs."
};

/// All of them, in the order of docs/marking.md.
[[nodiscard]] std::span<const SlipKind> slip_kinds();
/// Null if there is no slip of that name.
[[nodiscard]] const SlipKind* find_slip_kind(std::string_view id);

}  // namespace chalkgrad
