#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/check/reading/families.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/problem/solution.hpp"

/// What the arrays of a problem stand for in an answer: W, W⁺, ∂E/∂W and δ_z are their elements,
/// one for each, so that everything behind the reading judges numbers.
namespace chalkgrad {

class KnownArrays {
 public:
  KnownArrays() = default;
  /// `output` is what everything is derived of; empty if there are several.
  KnownArrays(const Solution& solution, const std::string& output);

  /// Names of families are taken where no array has them.
  void add(const std::vector<Family>& families);

  [[nodiscard]] bool any() const { return !arrays_.empty(); }
  /// The names of arrays, and what a δ or a net input without a name in the file stands for.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] const std::map<std::string, Expr>& deltas() const { return deltas_; }
  [[nodiscard]] bool is_given(const std::string& name) const;
  /// Whether the problem has no such array, but quantities that may be read as one.
  [[nodiscard]] bool is_family(const std::string& name) const;

  /// The elements of a symbol or derivative; nothing if it is about no array.
  [[nodiscard]] std::optional<ArrayValue> of(const Expr& leaf) const;
  /// Of a δ that has no quantity, δ_net_h: what its elements are worth. Null for other names.
  [[nodiscard]] const ArrayValue* delta_of_net_input(const std::string& symbol) const;
  /// W[1,2], x[2..3]; nothing if there is no such array. Throws SyntaxError where there is no such
  /// element.
  [[nodiscard]] std::optional<Expr> element(const Token& name,
                                            const std::vector<ArrayIndex>& indices) const;
  /// Whether arrays of so many rows are matrices of one column, and never vectors.
  [[nodiscard]] bool are_columns(std::size_t rows) const;
  [[nodiscard]] bool is_function(const std::string& name) const;
  [[nodiscard]] const FunctionBody* function(const std::string& name) const;

 private:
  struct Known {
    Shape shape{};
    std::vector<Expr> elements{};
    bool given = false, family = false;
    std::optional<std::vector<Expr>> slopes{};  ///< of a net input: ∂E/∂ its elements
  };
  std::map<std::string, ArrayValue> deltas_of_net_inputs_{};
  void add_net_inputs(const Solution& solution);
  void add_states(const Descent& descent);

  std::map<std::string, Known> arrays_{};
  std::map<std::string, Expr> deltas_{};
  std::map<std::string, FunctionBody> functions_{};
  std::string output_{};
};

}  // namespace chalkgrad
