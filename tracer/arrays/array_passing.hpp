#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tracer/arrays/array_rules.hpp"

/// One definition, and what its derivative passes on: the walk from what is defined down to the
/// names in it, with the gradient that reaches each part on the way.
///
/// The rules stand in three files: operators here beside the walk, functions and windows in
/// array_function_rules, losses and logarithms with their short forms in array_loss_rules. It is
/// no derivation: what it gives is held to the scalar derivatives afterwards.
namespace chalkgrad {

class ArrayPassing {
 public:
  ArrayPassing(const ArrayProgram& program,
               const std::function<bool(const std::string&)>& is_relevant,
               const ArrayDefinition& definition, Contributions& contributions)
      : program_(program),
        is_relevant_(is_relevant),
        definition_(definition),
        contributions_(contributions) {}

  void run(const Contribution& known);

 private:
  [[nodiscard]] Shape shape(const Expr& e) const { return shape_of(e, program_.shapes); }
  [[nodiscard]] bool matters(const Expr& e) const;
  /// What reaches the names within has no rule.
  void fail(const Expr& e, const std::string& why);
  void back(const Expr& e, const ArrayGradient& g);
  void with_rule(const std::string& rule, const Expr& e, const ArrayGradient& g);
  /// The name of what is defined in place of its whole definition.
  [[nodiscard]] Expr named(const Expr& e) const;
  /// The definition of a symbol; null of what is given.
  [[nodiscard]] const ArrayDefinition* definition_of(const Expr& e) const;

  // operators
  void symbol(const Expr& e, const ArrayGradient& g);
  void sum(const Expr& e, const ArrayGradient& g);
  void product(const Expr& e, const ArrayGradient& g);
  void divided_by_array(const Expr& left, const Expr& x, const ArrayGradient& g);
  void elementwise(const Expr& e, const ArrayGradient& g);
  void power(const Expr& e, const ArrayGradient& g);
  void call(const Expr& e, const ArrayGradient& g);
  /// Also where the operand is smaller than the result, over which it was spread.
  void pass(const Expr& operand, const ArrayGradient& g, const Shape& whole,
            const std::string& rule);

  // functions of arrays
  void function(const Expr& e, const ArrayGradient& g);
  /// Of those that take one array and nothing else; whether there is a rule.
  bool function_of_one(const Expr& e, const ArrayGradient& g);
  void dot(const Expr& e, const ArrayGradient& g);
  void outer(const Expr& e, const ArrayGradient& g);
  void convolution(const Expr& e, const ArrayGradient& g);
  void concatenation(const Expr& e, const ArrayGradient& g);

  // losses and logarithms
  void loss(const Expr& e, const ArrayGradient& g);
  void loss_of_lists(const Expr& e, const ArrayGradient& g);
  bool short_form(const std::string& name, const ArrayGradient& t, const ArrayGradient& p,
                  const ArrayGradient& g);
  /// log(softmax(z)), log(σ(z)), log(1 − σ(z)): what reaches z.
  bool logarithm(const Expr& argument, const ArrayGradient& g);
  /// a ⊙ log(h) + (1 − a) ⊙ log(1 − h), for h = σ(z): a − h reaches z. Whether these terms are it.
  bool log_likelihood(const Expr& a, const Expr& b, const ArrayGradient& g);
  /// To the argument of a function that is named or stands in the formula.
  void to_argument(const Expr& function, const ArrayGradient& g, const std::string& rule);
  [[nodiscard]] bool sums_to_one(const Expr& e) const;
  [[nodiscard]] std::optional<std::pair<Expr, Expr>> number_times_array(const Expr& e) const;

  const ArrayProgram& program_;
  const std::function<bool(const std::string&)>& is_relevant_;
  const ArrayDefinition& definition_;
  Contributions& contributions_;
  std::vector<std::string> rules_{};
};

}  // namespace chalkgrad
