#include "tracer/derivation/paths.hpp"

#include <algorithm>

namespace chalkgrad {

Paths::Paths(const Quantities& quantities, QuantityIndex y, QuantityIndex x)
    : all_(quantities), y_(y), x_(x) {
  if (y < x) return;
  std::vector<bool> from_x(y - x + 1), to_y(y - x + 1);
  from_x[0] = true;
  for (QuantityIndex i = x + 1; i <= y; ++i) {
    const auto& operands = all_[i].operands;
    from_x[i - x] = std::any_of(operands.begin(), operands.end(), [&](QuantityIndex operand) {
      return operand >= x && from_x[operand - x];
    });
  }
  if (!from_x[y - x]) return;
  to_y[y - x] = true;
  for (QuantityIndex i = y; i > x; --i) {
    if (!to_y[i - x]) continue;
    for (const QuantityIndex operand : all_[i].operands)
      if (operand >= x) to_y[operand - x] = true;
  }
  on_path_.resize(y - x + 1);
  for (QuantityIndex i = x; i <= y; ++i) {
    on_path_[i - x] = from_x[i - x] && to_y[i - x];
    if (on_path_[i - x]) between_.push_back(i);
  }
}

std::vector<QuantityIndex> Paths::bottlenecks() const {
  // The furthest quantity that each one is used by. In topological order, a quantity is a
  // bottleneck if no use of an earlier one jumps over it.
  std::vector<QuantityIndex> furthest(on_path_.size());
  for (const QuantityIndex user : between_)
    for (const QuantityIndex operand : all_[user].operands)
      if (contains(operand)) furthest[operand - x_] = user;
  std::vector<QuantityIndex> result;
  QuantityIndex reach = 0;
  for (const QuantityIndex i : between_) {
    if (reach <= i) result.push_back(i);
    reach = std::max(reach, furthest[i - x_]);
  }
  return result;
}

std::vector<QuantityIndex> Paths::users_of_x() const {
  std::vector<QuantityIndex> users;
  for (const QuantityIndex i : between_) {
    const auto& operands = all_[i].operands;
    if (std::binary_search(operands.begin(), operands.end(), x_)) users.push_back(i);
  }
  return users;
}

bool Paths::are_disjoint(const std::vector<QuantityIndex>& last) const {
  // Each quantity is claimed by the operand of y through which it is reached.
  std::vector<QuantityIndex> owner(on_path_.size(), 0);
  for (const QuantityIndex i : last) owner[i - x_] = i;
  for (auto at = between_.rbegin(); at != between_.rend(); ++at) {
    const QuantityIndex i = *at;
    if (i == y_ || i == x_ || owner[i - x_] == 0) continue;
    for (const QuantityIndex operand : all_[i].operands) {
      if (!contains(operand) || operand == x_) continue;
      QuantityIndex& claimed = owner[operand - x_];
      if (claimed != 0 && claimed != owner[i - x_]) return false;
      claimed = owner[i - x_];
    }
  }
  return true;
}

}  // namespace chalkgrad
