#include "tracer/check/truth/name_classes.hpp"

#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view one : words)
    if (word == one) return true;
  return false;
}

/// The letters before the first index, in lower case.
std::string letters_of(std::string_view name) {
  const std::string key = in_lower_case(name_key(name));
  return key.substr(0, key.find_first_of("0123456789[⁺'"));
}

}  // namespace

KnownByNumbers::Kind kind_of_name(std::string_view name) {
  const std::string letters = letters_of(name);
  if (is_delta(name) || letters.starts_with("grad") || letters.starts_with("delta"))
    return KnownByNumbers::Kind::derivative;
  // d1, do, dh are derivatives; d alone is as often what is desired.
  const bool has_more = name.size() > 1 && name[0] == 'd';
  return has_more ? KnownByNumbers::Kind::derivative : KnownByNumbers::Kind::quantity;
}

bool letter_fits(std::string_view name, const Item& item) {
  const std::string letters = letters_of(name);
  const bool weight = is_one_of(letters, {"w", "v", "u", "theta", "weight", "peso", "gewicht"});
  const bool bias = is_one_of(letters, {"b", "bias", "sesgo", "biais"});
  const bool input = is_one_of(letters, {"x", "i", "in", "input", "entrada", "eingang"});
  const bool target = is_one_of(letters, {"t", "target", "y", "ziel", "soll"});
  switch (item.role) {
    case Role::weight: return !bias && !input && !target;
    case Role::bias: return !input && !target;
    case Role::input: return !weight && !bias;
    case Role::target: return !weight && !bias;
    default: return true;
  }
}

std::pair<std::string, std::string> indexed(const std::string& name) {
  const auto first = name.find_first_of("0123456789");
  if (first == std::string::npos || first == 0) return {name, {}};
  const auto last = name.find_first_not_of("0123456789", first);
  if (last != std::string::npos) return {name, {}};
  return {name.substr(0, first), name.substr(first)};
}

std::vector<std::string> templates_of(const std::string& quantity, const std::string& index) {
  std::vector<std::string> list;
  for (auto at = quantity.find(index); at != std::string::npos; at = quantity.find(index, at + 1)) {
    std::string like = quantity;
    list.push_back(like.replace(at, index.size(), "#"));
  }
  return list;
}

}  // namespace chalkgrad
