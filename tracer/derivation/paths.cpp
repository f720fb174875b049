#include "tracer/derivation/paths.hpp"

#include <algorithm>

namespace chalkgrad {

Paths::Paths(const Quantities& quantities, QuantityIndex y, QuantityIndex x)
    : all_(quantities), y_(y), x_(x) {
  if (y < x) return;
  // What depends on x is followed by its users, not looked for among all that lies between.
  std::vector<bool> from_x(y - x + 1);
  std::vector<QuantityIndex> reached = {x};
  from_x[0] = true;
  for (std::size_t next = 0; next < reached.size(); ++next) {
    for (const QuantityIndex user : all_[reached[next]].users) {
      if (user > y) break;
      if (from_x[user - x]) continue;
      from_x[user - x] = true;
      reached.push_back(user);
    }
  }
  if (!from_x[y - x]) return;
  std::sort(reached.begin(), reached.end());
  on_path_.resize(y - x + 1);
  for (auto i = reached.rbegin(); i != reached.rend(); ++i)
    on_path_[*i - x] = *i == y || leads_to_y(*i);
  for (const QuantityIndex i : reached)
    if (on_path_[i - x]) between_.push_back(i);
}

/// Whether a user of it does, which has been decided before.
bool Paths::leads_to_y(QuantityIndex i) const {
  const auto& users = all_[i].users;
  return std::any_of(users.begin(), users.end(),
                     [this](QuantityIndex user) { return contains(user); });
}

std::vector<QuantityIndex> Paths::bottlenecks() const {
  // In topological order, a quantity is a bottleneck if no use of an earlier one jumps over it.
  std::vector<QuantityIndex> result;
  QuantityIndex reach = 0;
  for (const QuantityIndex i : between_) {
    if (reach <= i) result.push_back(i);
    const auto& users = all_[i].users;
    const auto furthest = std::find_if(users.rbegin(), users.rend(),
                                       [this](QuantityIndex user) { return contains(user); });
    if (i != y_ && furthest != users.rend()) reach = std::max(reach, *furthest);
  }
  return result;
}

std::vector<QuantityIndex> Paths::users_of_x() const {
  std::vector<QuantityIndex> users;
  for (const QuantityIndex user : all_[x_].users)
    if (contains(user)) users.push_back(user);
  return users;
}

bool Paths::are_disjoint(const std::vector<QuantityIndex>& last) const {
  // Each quantity belongs to the operand of y through which it is reached; 0 for none yet.
  std::vector<QuantityIndex> owner(on_path_.size(), 0);
  for (const QuantityIndex i : last) owner[i - x_] = i;
  for (auto at = between_.rbegin(); at != between_.rend(); ++at) {
    const QuantityIndex i = *at;
    if (i == y_ || i == x_) continue;
    for (const QuantityIndex user : all_[i].users) {
      if (!contains(user) || user == y_ || owner[user - x_] == 0) continue;
      QuantityIndex& own = owner[i - x_];
      if (own != 0 && own != owner[user - x_]) return false;
      own = owner[user - x_];
    }
  }
  return true;
}

}  // namespace chalkgrad
