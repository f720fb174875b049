#pragma once

#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "tracer/check/truth/scope.hpp"
#include "tracer/expression/expression_hash.hpp"

/// Which written number stands for what: 0.7414·0.1816·0.5932 against
/// ∂E/∂out_o1·∂out_o1/∂net_o1·∂net_o1/∂w5.
///
/// An expression with numbers is laid over a symbolic one of the same shape. Terms and factors are
/// paired in order, or, if that fits better, in another; one number may stand for several factors
/// in a row, and several for one name, by the name's definition. It says what each number was meant
/// to be; whether it is right is judged elsewhere.
namespace chalkgrad {

/// A written number, standing in an expression as a symbol of its own.
struct NumberSlot {
  static constexpr char mark = '#';
  [[nodiscard]] static Expr symbol(std::size_t number);
  /// The number of the slot that a leaf is; nothing for any other.
  [[nodiscard]] static std::optional<std::size_t> of(const Expr& leaf);
};

struct Alignment {
  struct Pair {
    std::size_t slot = 0;
    Expr meaning = 0.0;  ///< over names
  };
  std::vector<Pair> pairs{};  ///< slots without a pair are the formula's own numbers
  int mismatches = 0;
};

class Aligner {
 public:
  /// `fits` tells whether the number in a slot may be what its meaning is worth.
  Aligner(Scope& scope, std::vector<double> slots,
          std::function<bool(std::size_t slot, const Expr& meaning)> fits)
      : scope_(scope), slots_(std::move(slots)), fits_(std::move(fits)), fitting_(slots_.size()) {}

  /// The alignment with the fewest mismatches; nothing if the shapes differ.
  [[nodiscard]] std::optional<Alignment> align(const Expr& written, const Expr& symbolic);
  /// As align, in the order of the formula alone.
  [[nodiscard]] std::optional<Alignment> align_in_order(const Expr& written, const Expr& symbolic);

 private:
  using Result = std::optional<Alignment>;
  Result align(const Expr& written, const Expr& symbolic, int depth);
  Result align_parts(const Expr& written, const Expr& symbolic, int depth);
  Result align_terms(const std::vector<Term>& written, const std::vector<Term>& symbolic, bool sum,
                     int depth);
  Result in_order(const std::vector<Term>& written, const std::vector<Term>& symbolic, bool sum,
                  int depth);
  Result in_groups(const std::vector<Term>& written, const std::vector<Term>& symbolic, bool sum,
                   int depth);
  Result in_any_order(const std::vector<Term>& written, const std::vector<Term>& symbolic, bool sum,
                      int depth);
  Result by_definition(const Expr& written, const Expr& symbolic, int depth);
  Result pair(const Term& written, const Term& symbolic, bool sum, int depth);
  Result literal(const Expr& written, const Expr& symbolic);
  bool fits(std::size_t slot, const Expr& meaning);

  Scope& scope_;
  std::vector<double> slots_;
  std::function<bool(std::size_t, const Expr&)> fits_;
  /// What it has said of each slot: in other orders the same numbers come to the same names.
  std::vector<std::unordered_map<Expr, bool, ExpressionHash>> fitting_;
  int budget_ = 0;  // of comparisons, so that strange lines end
  bool thorough_ = false;
  class Nesting;
  int nesting_ = 0;
};

}  // namespace chalkgrad
