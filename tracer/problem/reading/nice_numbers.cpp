#include "tracer/problem/reading/nice_numbers.hpp"

#include <set>

#include "engine/ops.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/problem/reading/derivatives.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view largest_net = "2", least_error = "0.1", least_derivative = "0.005";

class NiceNumbers {
 public:
  explicit NiceNumbers(Draft& draft) : draft_(draft), problem_(draft.problem) {}

  void run() {
    // Numbers first: what fails early is drawn again soonest.
    require_of_random_numbers();
    for (const Item& item : problem_.items) {
      if (!item.definition) continue;
      require_of_activations(*item.definition);
      require_of_targets(*item.definition);
    }
    for (const DeriveStatement& one : problem_.derivations)
      for (const std::string& x : one.wrt)
        if (problem_.find(one.output) != nullptr && problem_.find(x) != nullptr)
          require(size_of(Expr::symbol(name_of_derivative(draft_, one.output, x))),
                  ">=", Expr::number(least_derivative),
                  {"a derivative that is asked for is less than 0.005 in size",
                   Expr::derivative(one.output, x)});
  }

 private:
  static Expr size_of(Expr e) { return Expr::call(Op::abs, {std::move(e)}); }

  /// What to say of it if it cannot be had.
  struct Failure {
    std::string what;
    Expr about;
  };

  void require(Expr left, std::string relation, Expr right, Failure failure) {
    problem_.requirements.push_back({{std::move(left), std::move(right)},
                                     std::move(relation),
                                     *draft_.nice_place,
                                     std::move(failure.what),
                                     print(failure.about)});
  }

  void require_of_random_numbers() {
    std::vector<Expr> weights;
    for (const Item& item : problem_.items) {
      // Targets are often labels, 0 and 1, and nothing is worked out with them that would be
      // hidden.
      if (!item.draw || item.role == Role::target) continue;
      const Expr number = Expr::symbol(item.name);
      const Failure failure{"a random number is 0 or ±1", number};
      require(number, "!=", 0.0, failure);
      require(size_of(number), "!=", 1.0, failure);
      if (item.role == Role::weight) weights.push_back(number);
    }
    if (weights.size() < 2) return;
    std::string names;
    for (const Expr& weight : weights) names += (names.empty() ? "" : ", ") + weight.text();
    problem_.requirements.push_back({std::move(weights), "distinct", *draft_.nice_place,
                                     "two random weights are equal", std::move(names)});
  }

  void require_of_activations(const Expr& e) {
    if (e.is(Expr::Kind::call) && description_of(e.op()).is_activation &&
        seen_.insert(&e.part(0)).second) {
      require(size_of(e.part(0)), "<=", Expr::number(largest_net),
              {"the argument of an activation is not within ±2", e.part(0)});
      require(e.part(0), "!=", 0.0, {"the argument of an activation is 0", e.part(0)});
    }
    for (const Term& part : e.parts()) require_of_activations(part.expr);
  }

  /// Of each smallest part of a formula with one target and one other quantity: t − out, t·ln out.
  /// Returns the names in it.
  std::set<std::string> require_of_targets(const Expr& e) {
    if (e.is(Expr::Kind::symbol)) return {e.text()};
    std::set<std::string> names;
    bool paired = false;  // in a part of it
    for (const Term& part : e.parts()) {
      const auto inner = require_of_targets(part.expr);
      paired = paired || inner.contains(std::string(compared));
      names.insert(inner.begin(), inner.end());
    }
    if (paired || names.size() != 2) return names;
    const Item *one = problem_.find(*names.begin()), *other = problem_.find(*names.rbegin());
    if (one == nullptr || other == nullptr) return names;
    if (one->role != Role::target) std::swap(one, other);
    if (one->role != Role::target || other->role != Role::defined) return names;
    require(
        size_of(Expr::symbol(one->name) - Expr::symbol(other->name)),
        ">=", Expr::number(least_error),
        {"a target is less than 0.1 away from what it is compared with", Expr::symbol(one->name)});
    return {std::string(compared)};
  }

  static constexpr std::string_view compared = "\x01";  // a pair that is done with

  Draft& draft_;
  Problem& problem_;
  std::set<const void*> seen_;
};

}  // namespace

void require_nice_numbers(Draft& draft) {
  if (draft.nice_place) NiceNumbers(draft).run();
}

}  // namespace chalkgrad
