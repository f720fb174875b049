#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tracer/arrays/array_derivation.hpp"

/// The rules of the reverse sweep over arrays: what a definition passes on to what it uses.
namespace chalkgrad {

/// ∂E/∂ of something. The shape is that of it, or one that is spread over it: a number, a row.
struct ArrayGradient {
  Expr expr = 0.0;
  Shape shape{};
};

/// What is known of a symbol's derivative.
struct Contribution {
  std::optional<ArrayGradient> total{};  ///< none if a part of it has no rule
  /// Of a function whose loss goes with it: what reaches its argument, p − t of softmax(z).
  std::optional<ArrayGradient> of_argument{};
  std::optional<Shape> shape{};  ///< that of the symbol, once something has reached it
  std::vector<std::string> rules{};
  bool has_no_rule = false;

  [[nodiscard]] std::optional<Expr> formula() const {
    return total && !has_no_rule ? std::optional(total->expr) : std::nullopt;
  }
};

class Contributions {
 public:
  /// Adds to what is known; a gradient that is spread is written out.
  void add(const std::string& symbol, const ArrayGradient& gradient, const Shape& shape,
           const std::vector<std::string>& rules);
  void add_whole(const std::string& symbol, const ArrayGradient& gradient) {
    all_[symbol].total = gradient;
  }
  void add_to_argument(const std::string& symbol, const ArrayGradient& gradient,
                       const std::string& rule);
  /// There is no rule for what reaches it.
  void fail(const std::string& symbol, const std::string& why);
  [[nodiscard]] bool has(const std::string& symbol) const { return all_.contains(symbol); }
  Contribution take(const std::string& symbol);

 private:
  std::map<std::string, Contribution> all_{};
};

class ArrayRules {
 public:
  ArrayRules(const ArrayProgram& program, std::function<bool(const std::string&)> is_relevant)
      : program_(program), is_relevant_(std::move(is_relevant)) {}

  /// From the derivative of what is defined to those of what its definition uses.
  void pass_on(const ArrayDefinition& definition, const Contribution& known,
               Contributions& contributions) const;

 private:
  const ArrayProgram& program_;
  std::function<bool(const std::string&)> is_relevant_;
};

}  // namespace chalkgrad
