#pragma once

#include <functional>
#include <optional>

#include "tracer/expression/parser.hpp"
#include "tracer/problem/reading/array_value.hpp"

/// What an expression over arrays stands for: a scalar expression for each element.
namespace chalkgrad {

class Draft;

/// Where a part of an expression stands, for messages.
using SpanOf = std::function<std::optional<Span>(const Expr&)>;

/// Throws SyntaxError where shapes do not fit: it names both, with the place of the operation, or
/// `whole` where that is not known. An expression without arrays is itself.
[[nodiscard]] ArrayValue evaluate_arrays(Draft& draft, const Expr& e, const SpanOf& span_of,
                                         Span whole);

}  // namespace chalkgrad
