#pragma once

#include <span>
#include <string_view>
#include <vector>

/// The styles in which a derivation can be written. A style is an enumerator here, a row of the
/// table and a file in sections/; whoever offers styles, or says which one it is, reads the table.
namespace chalkgrad {

struct SheetContext;
struct Section;

/// How a derivation is written; all end in the same number.
enum class Style {
  textbook,  ///< the chain rule, one factor after the other
  delta,     ///< the reverse sweep with δ = ∂E/∂net, as courses on backpropagation write it
  paths,     ///< every path from the parameter to the output, and their sum
  matrix,    ///< the reverse sweep over vectors and matrices, δ = Wᵀ·δ ⊙ h ⊙ (1 − h)
  table,     ///< the evaluation trace of the autodiff literature, with adjoints or tangents
};

struct Problem;

struct StyleRow {
  Style style;
  std::string_view name;  ///< as in --style
  std::vector<Section> (*derivatives)(const SheetContext&);
};

/// All of them.
[[nodiscard]] std::span<const StyleRow> styles();

[[nodiscard]] const StyleRow& row_of(Style style);

/// matrix where the parameters are arrays, and derivatives of whole ones are asked for.
[[nodiscard]] Style default_style(const Problem& problem);

}  // namespace chalkgrad
