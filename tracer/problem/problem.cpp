#include "tracer/problem/problem.hpp"

#include <algorithm>

namespace chalkgrad {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::input: return "input";
    case Role::weight: return "weight";
    case Role::bias: return "bias";
    case Role::target: return "target";
    case Role::constant: return "constant";
    case Role::function: return "function";
    case Role::defined: break;
  }
  return "";
}

const Item* Problem::find(std::string_view name) const {
  const auto found = index.find(std::string(name));
  return found == index.end() ? nullptr : &items[found->second];
}

std::vector<std::string> Problem::parameters() const {
  std::vector<std::string> names;
  for (const Item& item : items)
    if (item.role == Role::weight || item.role == Role::bias) names.push_back(item.name);
  return names;
}

bool Problem::is_hidden(std::string_view name) const {
  if (auxiliary.contains(name)) return true;
  return std::any_of(upstream.begin(), upstream.end(),
                     [name](const UpstreamDerivative& one) { return one.of == name; });
}

}  // namespace chalkgrad
