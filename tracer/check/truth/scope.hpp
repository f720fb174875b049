#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/truth/truth.hpp"

/// What names mean in one file of answers: those of the problem, the writer's own (z = w1·i1 + b1),
/// and those that stand for any number (σ(z) = …).
///
/// Here expressions get their values, and are compared. Where a name of the writer's own is defined
/// several times, the definition above a statement counts; if there is none, the one below.
namespace chalkgrad {

class Scope {
 public:
  /// The answer must not change while the scope lives.
  Scope(Truth& truth, const Answer& answer);

  /// From which statement names are looked at.
  void stand_at(std::size_t statement) { statement_ = statement; }

  /// The value at the problem's numbers; numbers in the expression count as written.
  [[nodiscard]] Approximation value(const Expr& e);
  /// Whether two expressions are the same whatever the given numbers are.
  [[nodiscard]] Sameness compare(const Expr& a, const Expr& b);
  [[nodiscard]] std::vector<Expr> definitions(const Expr& leaf);
  /// The expression with the writer's own names replaced by what they were defined as.
  [[nodiscard]] Expr with_own_definitions(const Expr& e, int depth = 0);
  /// The statement that defines a name of the writer's own, seen from where we stand.
  [[nodiscard]] std::optional<std::size_t> statement_defining(const std::string& name);
  /// Whether the name is one of the writer's own.
  [[nodiscard]] bool is_own(const Expr& leaf) const {
    return leaf.is(Expr::Kind::symbol) && own_.contains(leaf.text());
  }
  [[nodiscard]] Truth& truth() { return truth_; }

 private:
  struct Definition {
    std::size_t statement = 0;
    Expr expr = 0.0;
    bool being_evaluated = false;
    std::vector<std::pair<std::size_t, Approximation>> values{};  ///< by world, `here` first
  };
  static constexpr std::size_t here = static_cast<std::size_t>(-1);

  Definition* definition_of(const std::string& name);
  Approximation value_of_leaf(std::size_t world, const Expr& leaf);
  Approximation value_of_definition(std::size_t world, Definition& definition);
  Approximation value_in(std::size_t world, const Expr& e);
  Expr with_complements(const Expr& e);

  Truth& truth_;
  std::unordered_map<std::string, std::vector<Definition>> own_;
  std::size_t statement_ = 0;
  int depth_ = 0;
};

/// Whether the expression is the name of something: a symbol or a derivative.
[[nodiscard]] bool is_name(const Expr& e);
/// Whether there is a name in it.
[[nodiscard]] bool has_names(const Expr& e);

}  // namespace chalkgrad
