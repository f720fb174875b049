#pragma once

#include <string_view>

/// What an operation says of itself beside its mathematics: how it is written, by what other names
/// people know it, and what it is to a reader. The engine makes no use of it; who prints, draws,
/// explains or reads operations asks here and keeps no list of its own.
namespace chalkgrad::ops {

/// Every text may be empty: then the name stands for it.
struct Description {
  std::string_view text{};    ///< in Unicode text: "σ"
  std::string_view ascii{};   ///< in ASCII text
  std::string_view latex{};   ///< a command: "\\sigma"; empty: \operatorname with the next
  std::string_view formal{};  ///< in MathML, and in LaTeX without a command: "ReLU", "arcsin"
  std::string_view symbol{};  ///< in a node of a circuit: "×"; empty: as in text
  /// In a formula of a spreadsheet, with # for each operand: "LN(#)"; empty: its value is written
  /// out there.
  std::string_view spreadsheet{};
  /// Other names that a .chalk file may use, with blanks between: "ln".
  std::string_view also{};
  /// What else people call it, in lower case and without underscores: "logistic sigma". `check`
  /// reads these; a problem file is told the right name.
  std::string_view known_as{};
  bool is_activation = false;  ///< a neuron may have it
  bool is_explained = false;   ///< a sheet states its definition: not known by heart
  bool is_exact = false;       ///< its value is not rounded: a selection, a sign
  bool is_threshold = false;   ///< its derivative is 0 wherever it exists
  bool is_constant = false;    ///< what it is applied to is treated as a constant
};

}  // namespace chalkgrad::ops
