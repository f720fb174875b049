#include "tracer/check/reading/signs.hpp"

#include <array>

namespace chalkgrad {

namespace {

constexpr std::array written_signs = {
    WrittenSign{":=", ":="}, WrittenSign{"<--", "&"}, WrittenSign{"<-", ":="},
    WrittenSign{"←", ":="},  WrittenSign{"-=", "-="}, WrittenSign{">>>", "&"},
    WrittenSign{"~=", "≈"},  WrittenSign{"≈", "≈"},   WrittenSign{"≃", "≈"},
    WrittenSign{"≅", "≈"},   WrittenSign{"≐", "≈"},   WrittenSign{"≡", "="},
    WrittenSign{"=>", "→"},  WrittenSign{"->", "→"},  WrittenSign{"→", "→"},
    WrittenSign{"⇒", "→"},   WrittenSign{"⟹", "→"},   WrittenSign{"∴", "&"},
    WrittenSign{"•", "&"},   WrittenSign{">=", "≥"},  WrittenSign{"<=", "≤"},
    WrittenSign{"==", "="},  WrittenSign{"≥", "≥"},   WrittenSign{"≤", "≤"},
    WrittenSign{"−", "-"},   WrittenSign{"–", "-"},   WrittenSign{"—", "&"},
    WrittenSign{"·", "*"},   WrittenSign{"⋅", "*"},   WrittenSign{"∙", "*"},
    WrittenSign{"×", "*"},   WrittenSign{"∗", "*"},   WrittenSign{"÷", "/"},
    WrittenSign{"∕", "/"},   WrittenSign{"⁄", "/"},   WrittenSign{"∂", "∂"},
    WrittenSign{"…", "&"},   WrittenSign{"...", "&"}, WrittenSign{"⟨", "&"},
    WrittenSign{"$$", "&"},  WrittenSign{"$", "&"},   WrittenSign{"’", "'"},
    WrittenSign{"′", "'"}};
constexpr std::string_view keyboard_signs = "+-*/^(),=<>|:;'";

constexpr std::array raised_signs = {
    WrittenSign{"⁰", "0"}, WrittenSign{"¹", "1"}, WrittenSign{"²", "2"}, WrittenSign{"³", "3"},
    WrittenSign{"⁴", "4"}, WrittenSign{"⁵", "5"}, WrittenSign{"⁶", "6"}, WrittenSign{"⁷", "7"},
    WrittenSign{"⁸", "8"}, WrittenSign{"⁹", "9"}, WrittenSign{"⁻", "-"}, WrittenSign{"ⁿ", "n"}};
constexpr std::array lowered_signs = {
    WrittenSign{"₀", "0"}, WrittenSign{"₁", "1"}, WrittenSign{"₂", "2"}, WrittenSign{"₃", "3"},
    WrittenSign{"₄", "4"}, WrittenSign{"₅", "5"}, WrittenSign{"₆", "6"}, WrittenSign{"₇", "7"},
    WrittenSign{"₈", "8"}, WrittenSign{"₉", "9"}, WrittenSign{"ₒ", "o"}, WrittenSign{"ₕ", "h"},
    WrittenSign{"ᵢ", "i"}, WrittenSign{"ⱼ", "j"}, WrittenSign{"ₖ", "k"}, WrittenSign{"ₙ", "n"},
    WrittenSign{"ₜ", "t"}, WrittenSign{"ₐ", "a"}, WrittenSign{"ₑ", "e"}, WrittenSign{"ₓ", "x"}};
constexpr std::array vulgar_fractions = {
    VulgarFraction{"½", "1", "2"}, VulgarFraction{"⅓", "1", "3"}, VulgarFraction{"¼", "1", "4"},
    VulgarFraction{"¾", "3", "4"}, VulgarFraction{"⅔", "2", "3"}, VulgarFraction{"⅕", "1", "5"},
    VulgarFraction{"⅛", "1", "8"}, VulgarFraction{"⅙", "1", "6"}};

template <class Table>
auto leading(std::string_view text, const Table& table)
    -> std::optional<typename Table::value_type> {
  for (const auto& one : table)
    if (text.starts_with(one.written)) return one;
  return std::nullopt;
}

}  // namespace

std::optional<WrittenSign> leading_sign(std::string_view text) {
  if (const auto found = leading(text, written_signs)) return found;
  const std::string_view first = text.substr(0, 1);
  if (first.empty() || keyboard_signs.find(first) == std::string_view::npos) return std::nullopt;
  return WrittenSign{first, first};
}

std::optional<WrittenSign> leading_raised_sign(std::string_view text) {
  return leading(text, raised_signs);
}

std::optional<WrittenSign> leading_lowered_sign(std::string_view text) {
  return leading(text, lowered_signs);
}

std::optional<VulgarFraction> leading_fraction(std::string_view text) {
  return leading(text, vulgar_fractions);
}

}  // namespace chalkgrad
