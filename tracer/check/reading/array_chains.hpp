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
  ArrayChains(const KnownArrays& known, const std::vector<Chain>& statements);

  /// The statements that this one stands for, itself if it is about numbers. Where shapes do not
  /// fit, none, and what is wrong goes to `unreadable`.
  std::vector<Chain> written_out(Chain statement, std::vector<Unreadable>& unreadable);

 private:
  [[nodiscard]] std::optional<ArrayValue> array_of_leaf(const Expr& leaf) const;
  [[nodiscard]] bool is_about_arrays(const Chain& statement) const;
  [[nodiscard]] ArrayValue evaluate(const WrittenSide& side) const;
  [[nodiscard]] ArrayValue evaluate(const Expr& written, Span span) const;
  [[nodiscard]] Expr with_columns(const Expr& e, bool all) const;
  void introduce(const Chain& statement, const Shape& shape);

  const KnownArrays& known_;
  std::map<std::string, ArrayValue> own_{};  ///< arrays of the writer's own
};

}  // namespace chalkgrad
