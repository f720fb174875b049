#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "tracer/expression/function_names.hpp"
#include "tracer/expression/parser.hpp"

/// Functions of lists of numbers, sum(a, b, c) or cross_entropy(t1, t2; p1, p2): what a call of
/// them stands for. They are formulas, not operations: on a sheet only what they stand for appears.
namespace chalkgrad {

/// What a call of a function of lists stands for; nothing if there is none of that name. Throws
/// SyntaxError if the arguments do not fit.
[[nodiscard]] std::optional<Expr> expand_list_function(const Token& call,
                                                       const ArgumentLists& lists);
[[nodiscard]] const std::vector<KnownFunction>& list_functions();

[[nodiscard]] bool is_list_function(std::string_view name);

/// exp(z_k)/(exp(z_1) + exp(z_2) + …), for each of the arguments.
[[nodiscard]] std::vector<Expr> softmax_of(const std::vector<Expr>& arguments);

}  // namespace chalkgrad
