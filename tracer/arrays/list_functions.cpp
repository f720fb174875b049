#include "tracer/arrays/list_functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

/// Functions of lists, and what each stands for.
namespace chalkgrad {

namespace {

using Entries = std::vector<Expr>;

Expr total(const Entries& list) {
  std::vector<Term> terms;
  for (const Expr& one : list) terms.push_back({one, false});
  return Expr::sum(std::move(terms));
}

/// 1/n·e
Expr divided(const Expr& e, std::size_t n) {
  if (n == 1) return e;
  return Expr::product({{1.0, false}, {static_cast<double>(n), true}, {e, false}});
}

Expr square_of_difference(const Expr& a, const Expr& b) { return Expr::power(a - b, 2.0); }

// Formulas of two lists of the same length; a are the targets, b the predictions.

Expr dot(const Entries& a, const Entries& b) {
  Entries products;
  for (std::size_t i = 0; i < a.size(); ++i) products.push_back(a[i] * b[i]);
  return total(products);
}

/// Σ ½·(t − o)²
Expr half_squared_error(const Entries& t, const Entries& o) {
  Entries terms;
  for (std::size_t i = 0; i < t.size(); ++i)
    terms.push_back(divided(square_of_difference(t[i], o[i]), 2));
  return total(terms);
}

/// Σ (t − o)², as Keras has it: without ½
Expr squared_error(const Entries& t, const Entries& o) {
  Entries terms;
  for (std::size_t i = 0; i < t.size(); ++i) terms.push_back(square_of_difference(t[i], o[i]));
  return total(terms);
}

/// 1/n·Σ (t − o)²
Expr mean_squared_error(const Entries& t, const Entries& o) {
  return divided(squared_error(t, o), t.size());
}

/// −Σ t·ln p
Expr cross_entropy(const Entries& t, const Entries& p) {
  Entries logarithms;
  for (const Expr& one : p) logarithms.push_back(Expr::call(Op::log, {one}));
  return -dot(t, logarithms);
}

/// −1/n·Σ (t·ln p + (1 − t)·ln(1 − p))
Expr binary_cross_entropy(const Entries& t, const Entries& p) {
  Entries terms;
  for (std::size_t i = 0; i < t.size(); ++i) {
    terms.push_back(t[i] * Expr::call(Op::log, {p[i]}));
    terms.push_back((1.0 - t[i]) * Expr::call(Op::log, {1.0 - p[i]}));
  }
  return -divided(total(terms), t.size());
}

struct OfPairs {
  std::string_view name;
  Expr (*formula)(const Entries&, const Entries&);
  std::string_view usage;
  std::string_view known_as{};
};
constexpr std::array of_pairs = {
    OfPairs{"dot", dot, "dot(w1, w2; x1, x2)", "dotproduct scalarproduct inner"},
    OfPairs{"half_squared_error", half_squared_error, "half_squared_error(t1, t2; o1, o2)",
            "halfmse hse quadraticcost"},
    OfPairs{"squared_error", squared_error, "squared_error(t1, t2; o1, o2)", "sse squarederrors"},
    OfPairs{"mean_squared_error", mean_squared_error, "mean_squared_error(t1, t2; o1, o2)",
            "mse mseloss l2loss meansquareerror"},
    OfPairs{"cross_entropy", cross_entropy, "cross_entropy(t1, t2; p1, p2)",
            "ce xent crossentropyloss categoricalcrossentropy"},
    OfPairs{"binary_cross_entropy", binary_cross_entropy, "binary_cross_entropy(t1, t2; p1, p2)",
            "bce bceloss logloss binarycrossentropyloss"}};

Expr expand_pairs(const OfPairs& function, const Token& call, const ArgumentLists& lists) {
  // f(t, o) of single numbers needs no semicolon.
  if (lists.size() == 1 && lists[0].size() == 2)
    return function.formula({lists[0][0]}, {lists[0][1]});
  if (lists.size() != 2)
    throw SyntaxError(call.span,
                      fmt::format("{} takes two lists, separated by a semicolon", call.text),
                      fmt::format("as in {}", function.usage));
  if (lists[0].empty() || lists[1].empty())
    throw SyntaxError(call.span, fmt::format("a list of {} is empty", call.text),
                      fmt::format("as in {}", function.usage));
  if (lists[0].size() != lists[1].size())
    throw SyntaxError(
        call.span, fmt::format("the lists of {} have {} and {} entries, and must match", call.text,
                               lists[0].size(), lists[1].size()));
  return function.formula(lists[0], lists[1]);
}

}  // namespace

const std::vector<KnownFunction>& list_functions() {
  static const std::vector<KnownFunction> functions = [] {
    std::vector<KnownFunction> all = {
        {"sum", "summe total"}, {"mean", "average avg mittelwert"}, {"softmax", {}}};
    for (const OfPairs& function : of_pairs) all.push_back({function.name, function.known_as});
    return all;
  }();
  return functions;
}

bool is_list_function(std::string_view name) {
  return std::any_of(list_functions().begin(), list_functions().end(),
                     [name](const KnownFunction& one) { return one.name == name; });
}

std::optional<Expr> expand_list_function(const Token& call, const ArgumentLists& lists) {
  for (const OfPairs& function : of_pairs)
    if (function.name == call.text) return expand_pairs(function, call, lists);
  if (call.text == "softmax")
    throw SyntaxError(call.span, "softmax gives as many values as it takes arguments",
                      "write p1, p2 = softmax(z1, z2)");
  if (call.text != "sum" && call.text != "mean") return std::nullopt;
  if (lists.size() != 1) throw SyntaxError(call.span, fmt::format("{} takes one list", call.text));
  if (lists[0].empty())
    throw SyntaxError(call.span, fmt::format("the list of {} is empty", call.text));
  return call.text == "sum" ? total(lists[0]) : divided(total(lists[0]), lists[0].size());
}

std::vector<Expr> softmax_of(const std::vector<Expr>& arguments) {
  Entries powers;
  for (const Expr& z : arguments) powers.push_back(Expr::call(Op::exp, {z}));
  std::vector<Expr> result;
  for (const Expr& power : powers) result.push_back(power / total(powers));
  return result;
}

}  // namespace chalkgrad
