#include "tracer/derivation/paths.hpp"

#include <algorithm>
#include <numeric>

namespace chalkgrad {

bool Numbering::enter(QuantityIndex i) {
  const std::size_t slot = slot_of(i);
  if (slots_[slot] != 0) return false;
  entries_.push_back(i);
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  if (2 * entries_.size() > slots_.size()) grow();
  return true;
}

std::optional<std::size_t> Numbering::find(QuantityIndex i) const {
  const std::uint32_t found = slots_[slot_of(i)];
  return found == 0 ? std::nullopt : std::optional<std::size_t>(found - 1);
}

/// Where i stands, or would stand.
std::size_t Numbering::slot_of(QuantityIndex i) const {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = (i * golden >> 32) & mask;
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1] != i) slot = (slot + 1) & mask;
  return slot;
}

void Numbering::grow() {
  slots_.assign(4 * slots_.size(), 0);
  for (std::size_t k = 0; k < entries_.size(); ++k)
    slots_[slot_of(entries_[k])] = static_cast<std::uint32_t>(k + 1);
}

namespace {

enum class Direction { up, down };

/// What can be reached from a quantity in one direction, as far as another.
class Cone {
 public:
  Cone(const Quantities& all, Direction direction, QuantityIndex from, QuantityIndex limit)
      : all_(all), direction_(direction), limit_(limit) {
    found_.enter(from);
    ends_ = ends_of(from);
  }

  /// Follows one edge more; false if all have been followed.
  bool advance() {
    while (ends_.empty()) {
      if (++next_ == found_.entries().size()) return false;
      ends_ = ends_of(found_.entries()[next_]);
    }
    found_.enter(ends_.front());
    ends_ = ends_.subspan(1);
    return true;
  }

  /// Where one edge from the quantity leads: to its users or its operands, within the limit.
  [[nodiscard]] std::span<const QuantityIndex> ends_of(QuantityIndex i) const {
    if (direction_ == Direction::up) {
      const auto& users = all_[i].users;
      return {users.begin(), std::upper_bound(users.begin(), users.end(), limit_)};
    }
    const auto& operands = all_[i].operands;
    return {std::lower_bound(operands.begin(), operands.end(), limit_), operands.end()};
  }

  /// Of a cone of which all edges have been followed: the quantities from which they lead to its
  /// limit, in topological order.
  [[nodiscard]] std::vector<QuantityIndex> leading_to_limit() const {
    std::vector<QuantityIndex> list = found_.entries();
    std::sort(list.begin(), list.end());
    if (direction_ == Direction::up) std::reverse(list.begin(), list.end());
    std::vector<bool> leads(list.size());
    std::erase_if(list, [&](QuantityIndex i) {
      const auto ends = ends_of(i);
      const bool found =
          i == limit_ || std::any_of(ends.begin(), ends.end(),
                                     [&](QuantityIndex end) { return leads[*found_.find(end)]; });
      leads[*found_.find(i)] = found;
      return !found;
    });
    if (direction_ == Direction::up) std::reverse(list.begin(), list.end());
    return list;
  }

 private:
  const Quantities& all_;
  Direction direction_;
  QuantityIndex limit_;
  Numbering found_;
  std::size_t next_ = 0;                   // whose edges are followed
  std::span<const QuantityIndex> ends_{};  // those of them that are left
};

}  // namespace

Paths::Paths(const Quantities& quantities, QuantityIndex y, QuantityIndex x) {
  if (y < x) return;
  Cone up(quantities, Direction::up, x, y), down(quantities, Direction::down, y, x);
  bool is_up = true;
  while (is_up ? up.advance() : down.advance()) is_up = !is_up;
  const Cone& searched = is_up ? up : down;
  for (const QuantityIndex i : searched.leading_to_limit()) between_.enter(i);

  std::vector<std::pair<std::size_t, std::size_t>> edges;  // from operand to user
  operand_count_.resize(between_.entries().size());
  first_user_.resize(operand_count_.size() + 1);
  for (std::size_t place = 0; place < operand_count_.size(); ++place) {
    for (const QuantityIndex end : searched.ends_of(this->quantities()[place])) {
      const auto other = between_.find(end);
      if (!other) continue;
      edges.emplace_back(is_up ? place : *other, is_up ? *other : place);
      ++first_user_[edges.back().first + 1];
      ++operand_count_[edges.back().second];
    }
  }
  std::partial_sum(first_user_.begin(), first_user_.end(), first_user_.begin());
  users_.resize(edges.size());
  std::vector<std::size_t> next(first_user_.begin(), first_user_.end() - 1);
  for (const auto& [operand, user] : edges) users_[next[operand]++] = user;
}

std::vector<QuantityIndex> Paths::bottlenecks() const {
  // In topological order, a quantity is a bottleneck if no use of an earlier one jumps over it.
  std::vector<QuantityIndex> result;
  std::size_t reach = 0;
  for (std::size_t place = 0; place < quantities().size(); ++place) {
    if (reach <= place) result.push_back(quantities()[place]);
    if (!users(place).empty()) reach = std::max(reach, users(place).back());
  }
  return result;
}

std::vector<QuantityIndex> Paths::users_of_x() const {
  std::vector<QuantityIndex> result;
  for (const std::size_t user : users(0)) result.push_back(quantities()[user]);
  return result;
}

std::vector<QuantityIndex> Paths::operands_of_y() const {
  std::vector<QuantityIndex> result;
  const std::size_t y = quantities().size() - 1;
  for (std::size_t place = 0; place < y; ++place)
    if (users(place).back() == y) result.push_back(quantities()[place]);
  return result;
}

bool Paths::come_by_others_to(QuantityIndex user_of_x) const {
  return operand_count_[*between_.find(user_of_x)] > 1;
}

bool Paths::are_disjoint(const std::vector<QuantityIndex>& last) const {
  // Each quantity belongs to the operand of y through which it is reached; 0, which is x, to none.
  std::vector<std::size_t> owner(quantities().size(), 0);
  for (const QuantityIndex i : last) owner[*between_.find(i)] = *between_.find(i);
  const std::size_t y = quantities().size() - 1;
  for (std::size_t place = y; place-- > 1;) {
    for (const std::size_t user : users(place)) {
      if (user == y || owner[user] == 0) continue;
      std::size_t& own = owner[place];
      if (own != 0 && own != owner[user]) return false;
      own = owner[user];
    }
  }
  return true;
}

}  // namespace chalkgrad
