#include "tracer/exercise/asked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "engine/backward.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

class Asking {
 public:
  Asking(const Solution& solution, const Numerals& numerals)
      : solution_(solution), numerals_(numerals) {}

  std::vector<Asked> run() {
    for (const Points& one : solution_.problem.exercise.points)
      points_[key(one.target)] = one.points;
    std::vector<Target> quantities, derivatives, updates;
    for (const DeriveStatement& one : solution_.problem.derivations)
      for (const std::string& x : one.wrt)
        if (!one.is_automatic) add(derivatives, {.quantity = one.output, .wrt = x});
    for (const Update& one : solution_.updates)
      add(updates, {.quantity = one.parameter, .updated = true});
    for (const Points& one : solution_.problem.exercise.points)
      add(one.target.wrt ? derivatives : one.target.updated ? updates : quantities, one.target);
    for (const auto& list : {quantities, derivatives, updates})
      for (const Target& target : list) asked_.push_back(asked(target));
    if (asked_.empty())
      throw NothingToAsk("nothing is asked for: the file has no derive statement and no points");
    return std::move(asked_);
  }

 private:
  using Key = std::tuple<std::string, std::string, bool>;
  static Key key(const Target& one) {
    return {one.quantity, one.wrt.value_or(std::string()), one.updated};
  }

  void add(std::vector<Target>& list, Target target) {
    if (seen_.insert(key(target)).second) list.push_back(std::move(target));
  }

  Asked asked(const Target& target) {
    const Approximation known = value_of(target);
    Asked one{.target = target, .symbol = target.symbol(), .value = known.value};
    if (!std::isfinite(one.value))
      throw NothingToAsk(
          fmt::format("{} has no number, and none can be asked for", target.title()));
    const Numeral numeral = numerals_.show(known.value, known.error);
    one.shown = numeral.text;
    one.tolerance = numerals_.unit_of(numeral);
    const auto points = points_.find(key(target));
    if (points != points_.end()) one.points = points->second;
    return one;
  }

  Approximation value_of(const Target& target) {
    const double nothing = std::nan("");
    if (target.updated) {
      for (const Update& one : solution_.updates)
        if (one.parameter == target.quantity) return {one.after, one.error};
      return {nothing, 0};
    }
    const Quantity& quantity =
        (*solution_.quantities)[*solution_.quantities->find(target.quantity)];
    if (!target.wrt) return {quantity.value, quantity.error};
    if (const auto row = solution_.gradients.find(target.quantity);
        row != solution_.gradients.end())
      if (const auto found = row->second.find(*target.wrt); found != row->second.end())
        return {found->second, 0};
    if (std::isnan(quantity.value)) return {nothing, 0};
    auto [sweep, added] = sweeps_.try_emplace(target.quantity);
    if (added) backward(solution_.evaluation.graph->at(quantity.node), sweep->second);
    return {sweep->second[solution_.evaluation.graph->find(*target.wrt)], 0};
  }

  const Solution& solution_;
  const Numerals& numerals_;
  std::map<Key, double> points_;
  std::set<Key> seen_;
  std::map<std::string, Gradients> sweeps_;
  std::vector<Asked> asked_;
};

}  // namespace

std::vector<Asked> what_is_asked(const Solution& solution, const Numerals& numerals) {
  return Asking(solution, numerals).run();
}

double total_points(const std::vector<Asked>& asked) {
  double total = 0;
  for (const Asked& one : asked) total += one.points;
  return total;
}

}  // namespace chalkgrad
