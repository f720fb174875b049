#include "tracer/check/reading/signs.hpp"

#include <array>

#include "tracer/expression/written_signs.hpp"

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
    WrittenSign{"，", "&"},  WrittenSign{"、", "&"},  WrittenSign{"；", "&"},
    WrittenSign{"。", "&"},  WrittenSign{"：", ":"},  WrittenSign{"（", "("},
    WrittenSign{"）", ")"},  WrittenSign{"＝", "="},  WrittenSign{"＋", "+"},
    WrittenSign{"－", "-"},  WrittenSign{"「", "&"},  WrittenSign{"」", "&"},
    WrittenSign{"…", "&"},   WrittenSign{"...", "&"}, WrittenSign{"⟨", "&"},
    WrittenSign{"$$", "&"},  WrittenSign{"$", "&"},   WrittenSign{"’", "'"},
    WrittenSign{"′", "'"}};
constexpr std::string_view keyboard_signs = "+-*/^(),=<>|:;'";

}  // namespace

std::optional<WrittenSign> leading_sign(std::string_view text) {
  if (const auto found = first_written(written_signs, text)) return found;
  const std::string_view first = text.substr(0, 1);
  if (first.empty() || keyboard_signs.find(first) == std::string_view::npos) return std::nullopt;
  return WrittenSign{first, first};
}

std::optional<WrittenSign> leading_raised_sign(std::string_view text) {
  if (text.starts_with("ⁿ")) return WrittenSign{"ⁿ", "n"};
  const auto found = raised_sign(text);
  return found ? std::optional(WrittenSign{found->written, found->meant}) : std::nullopt;
}

std::optional<WrittenSign> leading_lowered_sign(std::string_view text) {
  const auto found = lowered_sign(text);
  return found ? std::optional(WrittenSign{found->written, found->meant}) : std::nullopt;
}

std::optional<VulgarFraction> leading_fraction(std::string_view text) {
  const auto found = fraction_sign(text);
  return found ? std::optional(VulgarFraction{found->written, found->above, found->below})
               : std::nullopt;
}

}  // namespace chalkgrad
