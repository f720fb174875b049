#include "tracer/problem/reading/newton_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tracer/arrays/square_matrices.hpp"
#include "tracer/problem/reading/derivatives.hpp"

namespace chalkgrad {

namespace {

class NewtonSteps {
 public:
  explicit NewtonSteps(Draft& draft) : draft_(draft), problem_(draft.problem) {}

  void run() {
    for (UpdateStatement& update : problem_.updates)
      if (update.rule != nullptr && update.rule->solves) add_newton_step(update);
  }

 private:
  void add_newton_step(UpdateStatement& update) {
    constexpr std::size_t most = 4;
    const std::size_t n = update.parameters.size();
    if (n > most || n == 0)
      return draft_.fail(update.place,
                         fmt::format("newton solves for at most {} parameters, not {}", most, n),
                         "update fewer of them");
    if (update.decay || update.sample_by_sample)
      return draft_.fail(update.place, "newton takes neither weight decay nor single samples",
                         "write the penalty into what is derived");
    if (update.output.empty()) {
      std::set<std::string> outputs;
      for (const DeriveStatement& one : problem_.derivations) outputs.insert(one.output);
      if (outputs.size() != 1)
        return draft_.fail(update.place, "newton needs to know of which quantity",
                           "as in update w of E rate 1 newton");
      update.output = *outputs.begin();
    }
    const auto gradient = [&](std::size_t i) {
      return name_of_derivative(draft_, update.output, update.parameters[i]);
    };
    Array g = new_array("g", Shape::vector(n), update),
          h = new_array("H", Shape::matrix(n, n), update),
          s = new_array("s", Shape::vector(n), update);
    ArrayValue matrix{h.shape, {}}, right{g.shape, {}};
    std::vector<Expr> elements;
    for (std::size_t i = 0; i < n; ++i) {
      elements.push_back(Expr::symbol(gradient(i)));
      right.elements.push_back(add_element(g, i, elements.back(), update.place));
    }
    g.definition = array_of(g.shape, std::exchange(elements, {}));
    for (std::size_t k = 0; k < n * n; ++k) {
      elements.push_back(
          Expr::symbol(name_of_derivative(draft_, gradient(k / n), update.parameters[k % n])));
      matrix.elements.push_back(add_element(h, k, elements.back(), update.place));
    }
    h.definition = array_of(h.shape, std::move(elements));
    const ArrayValue solution = solution_of(matrix, right);
    for (std::size_t i = 0; i < n; ++i) add_element(s, i, solution.elements[i], update.place);
    s.definition =
        Expr::function("solve", {{Expr::symbol(h.shown), false}, {Expr::symbol(g.shown), false}});
    update.directions = s.elements;
    for (Array* one : {&g, &h, &s}) problem_.arrays.push_back(std::move(*one));
  }

  /// With a name that the file does not have.
  Array new_array(std::string name, const Shape& shape, const UpdateStatement& update) const {
    const auto is_taken = [&](const std::string& one) {
      return draft_.names.contains(one) ||
             std::any_of(problem_.arrays.begin(), problem_.arrays.end(),
                         [&](const Array& array) { return array.shown == one; });
    };
    if (is_taken(name)) name += "_" + update.output;
    while (is_taken(name)) name += "_";
    return {.name = name, .shown = name, .shape = shape, .line = update.place.line};
  }

  Expr add_element(Array& array, std::size_t i, const Expr& definition, const Place& place) {
    const std::size_t columns = array.shape.columns;
    std::string name = array.shape.is_matrix()
                           ? fmt::format("{}_{}{}", array.name, i / columns + 1, i % columns + 1)
                           : fmt::format("{}_{}", array.name, i + 1);
    while (problem_.find(name) != nullptr) name += "_";
    Item item{.name = name, .place = place, .body = place};
    item.definition = definition;
    problem_.index.emplace(name, problem_.items.size());
    problem_.items.push_back(std::move(item));
    array.elements.push_back(name);
    return Expr::symbol(name);
  }

  Draft& draft_;
  Problem& problem_;
};

}  // namespace

void add_newton_steps(Draft& draft) { NewtonSteps(draft).run(); }

}  // namespace chalkgrad
