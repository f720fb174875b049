#include "tracer/derivation/path_sum.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "tracer/derivation/paths.hpp"

namespace chalkgrad {

namespace {

/// A natural number of any size, in groups of nine digits, the lowest first.
using Natural = std::vector<std::uint32_t>;

void add(Natural& a, const Natural& b) {
  constexpr std::uint32_t base = 1'000'000'000;
  std::uint32_t carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
    if (i == a.size()) a.push_back(0);
    const std::uint32_t sum = a[i] + (i < b.size() ? b[i] : 0) + carry;
    a[i] = sum % base;
    carry = sum / base;
  }
}

std::string digits(const Natural& number) {
  if (number.empty()) return "0";
  std::string text = std::to_string(number.back());
  for (std::size_t i = number.size() - 1; i-- > 0;) text += fmt::format("{:09}", number[i]);
  return text;
}

}  // namespace

std::string count_paths(const Quantities& quantities, QuantityIndex y, QuantityIndex x) {
  const Paths paths(quantities, y, x);
  if (!paths.exist()) return "0";
  std::vector<Natural> count(y - x + 1);
  count[0] = {1};
  for (const QuantityIndex q : paths.quantities())
    for (const QuantityIndex operand : quantities[q].operands)
      if (paths.contains(operand) && q != x) add(count[q - x], count[operand - x]);
  return digits(count[y - x]);
}

std::vector<std::vector<QuantityIndex>> all_paths(const Quantities& quantities, QuantityIndex y,
                                                  QuantityIndex x) {
  const Paths paths(quantities, y, x);
  if (!paths.exist()) return {};
  std::vector<std::vector<QuantityIndex>> users(y - x + 1);
  for (const QuantityIndex q : paths.quantities())
    for (const QuantityIndex operand : quantities[q].operands)
      if (paths.contains(operand) && q != x) users[operand - x].push_back(q);
  std::vector<std::vector<QuantityIndex>> result;
  std::vector<QuantityIndex> path = {x};
  std::vector<std::size_t> next = {0};  // which user of each quantity on the path comes next
  while (!path.empty()) {
    const QuantityIndex at = path.back();
    if (at == y) result.push_back(path);
    if (at == y || next.back() == users[at - x].size()) {
      path.pop_back();
      next.pop_back();
      continue;
    }
    const QuantityIndex user = users[at - x][next.back()++];
    path.push_back(user);
    next.push_back(0);
  }
  return result;
}

}  // namespace chalkgrad
