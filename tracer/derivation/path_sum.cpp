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
  std::vector<Natural> count(paths.quantities().size());
  count[0] = {1};
  for (std::size_t place = 0; place < count.size(); ++place)
    for (const std::size_t user : paths.users(place)) add(count[user], count[place]);
  return digits(count.back());
}

std::vector<std::vector<QuantityIndex>> all_paths(const Quantities& quantities, QuantityIndex y,
                                                  QuantityIndex x) {
  const Paths paths(quantities, y, x);
  if (!paths.exist()) return {};
  std::vector<std::vector<QuantityIndex>> result;
  std::vector<std::size_t> path = {0};  // by places
  std::vector<std::size_t> next = {0};  // which user of each quantity on the path comes next
  while (!path.empty()) {
    const std::size_t at = path.back();
    const bool complete = at + 1 == paths.quantities().size();
    if (complete) {
      result.emplace_back();
      for (const std::size_t place : path) result.back().push_back(paths.quantities()[place]);
    }
    if (complete || next.back() == paths.users(at).size()) {
      path.pop_back();
      next.pop_back();
      continue;
    }
    path.push_back(paths.users(at)[next.back()++]);
    next.push_back(0);
  }
  return result;
}

}  // namespace chalkgrad
