#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tracer/arrays/array_value.hpp"
#include "tracer/expression/lexer.hpp"

/// What an expression over arrays stands for: a scalar expression for each element.
namespace chalkgrad {

/// A function of a file, f(z) = z^2: of one number, and so of arrays element by element; others are
/// written out where they are called.
struct FunctionBody {
  std::vector<std::string> parameters{};
  Expr body = 0.0;
};

/// What names mean.
struct ArrayScope {
  /// The array that a symbol stands for; nothing if it is a quantity.
  std::function<std::optional<ArrayValue>(const std::string&)> array{};
  /// A function of the file; null if there is none of that name.
  std::function<const FunctionBody*(const std::string&)> function{};
  /// As programs mean it: powers, and products that do not fit otherwise, go element by element.
  bool as_in_programs = false;
  /// v·h of two vectors is the sum of the products, as v @ h is.
  bool vectors_by_dot = false;
};

/// Where a part of an expression stands, for messages.
using SpanOf = std::function<std::optional<Span>(const Expr&)>;

/// Throws SyntaxError where shapes do not fit: it names both, with the place of the operation, or
/// `whole` where that is not known. An expression without arrays is itself. Linear in the elements
/// of its products.
[[nodiscard]] ArrayValue evaluate_arrays(const Expr& e, const ArrayScope& scope,
                                         const SpanOf& span_of = {}, Span whole = {});

/// The most elements that an array may have.
inline constexpr std::size_t most_elements = 100'000;

}  // namespace chalkgrad
