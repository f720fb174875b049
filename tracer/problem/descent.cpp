#include "tracer/problem/descent.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/derivation/paths.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

bool depends(const Quantities& quantities, const std::string& y, const std::string& x) {
  return Paths(quantities, *quantities.find(y), *quantities.find(x)).exist();
}

/// The derived quantity that an update is about: the one that depends on its parameters, and the
/// last of them if one leads to the other (E_total, not E_o1).
std::string output_of(const Problem& problem, const Quantities& quantities,
                      const UpdateStatement& update) {
  std::vector<std::string> outputs;
  for (const DeriveStatement& derive : problem.derivations)
    if (std::find(outputs.begin(), outputs.end(), derive.output) == outputs.end())
      outputs.push_back(derive.output);
  if (outputs.empty())
    fail(update.place, "the update needs a derivative, and the file derives none",
         "add a statement such as derive E wrt all");
  if (outputs.size() == 1) return outputs.front();
  std::erase_if(outputs, [&](const std::string& output) {
    return std::none_of(update.parameters.begin(), update.parameters.end(),
                        [&](const std::string& x) { return depends(quantities, output, x); });
  });
  const std::vector<std::string> candidates = outputs;
  std::erase_if(outputs, [&](const std::string& output) {
    return std::any_of(candidates.begin(), candidates.end(), [&](const std::string& other) {
      return other != output && depends(quantities, other, output);
    });
  });
  if (outputs.size() == 1) return outputs.front();
  const auto of_samples = [&](const std::string& output) {
    return sample_of(output) != 0 && without_sample(output) == without_sample(outputs.front());
  };
  if (!outputs.empty() && std::all_of(outputs.begin(), outputs.end(), of_samples))
    fail(update.place,
         fmt::format("'{}' has a value in each sample", without_sample(outputs.front())),
         "derive what brings them together, as in mean over samples of ...");
  fail(update.place, "the update could use the derivatives of several quantities",
       "derive one quantity that depends on its parameters");
}

double number(const Quantities& quantities, const std::optional<Expr>& coefficient) {
  if (!coefficient) return 0;
  if (coefficient->is(Expr::Kind::number)) return coefficient->value();
  return quantities[*quantities.find(coefficient->text())].value;
}

}  // namespace

Descent descent_of(const Problem& problem, const Quantities& quantities) {
  const UpdateStatement& update = problem.updates.front();
  Descent descent{.output = output_of(problem, quantities, update),
                  .rate = number(quantities, update.rate),
                  .momentum = number(quantities, update.momentum),
                  .decay = number(quantities, update.decay)};
  for (const std::string& name : update.parameters) {
    const Item& item = *problem.find(name);
    if (item.definition)
      fail(update.place, fmt::format("'{}' is defined by others and cannot be updated", name),
           "an update changes given quantities");
    const std::string velocity = quantities.find("v_" + name) ? "velocity_" + name : "v_" + name;
    descent.parameters.push_back({name, update.decay && item.role == Role::weight,
                                  update.momentum ? velocity : std::string()});
  }
  return descent;
}

}  // namespace chalkgrad
