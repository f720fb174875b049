#pragma once

#include <map>
#include <string>
#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/known_arrays.hpp"

/// A statement about arrays as statements about their elements: z = W·x = [0.6, 1.3] says two
/// things, of z1 and of z2.
namespace chalkgrad {

class ArrayChains {
 public:
  /// With `dots`, the product of two vectors is a number if both readings fit.
  ArrayChains(const KnownArrays& known, const std::vector<Chain>& statements, bool dots = false);

  /// The statements that this one stands for, itself if it is about numbers. Where shapes do not
  /// fit, none, and what is wrong goes to `unreadable`.
  std::vector<Chain> written_out(const Chain& statement, std::vector<Unreadable>& unreadable);

  /// What a side is worth, element by element; nothing where shapes do not fit.
  [[nodiscard]] std::optional<ArrayValue> value_of(const WrittenSide& side) const;

 private:
  [[nodiscard]] std::optional<ArrayValue> array_of_leaf(const Expr& leaf) const;
  [[nodiscard]] bool is_about_arrays(const Chain& statement) const;
  [[nodiscard]] ArrayValue evaluate(const WrittenSide& side) const;
  [[nodiscard]] ArrayValue evaluate(const Expr& written, Span span) const;
  [[nodiscard]] Expr with_columns(const Expr& e, bool all) const;
  void introduce(const Chain& statement, const Shape& shape);
  std::vector<Chain> elements_of(Chain statement);

  const KnownArrays& known_;
  bool dots_;
  std::map<std::string, ArrayValue> own_{};  ///< arrays of the writer's own
};

}  // namespace chalkgrad
