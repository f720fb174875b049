#include "tracer/expression/function_names.hpp"

#include <cctype>
#include <string>

#include "engine/ops.hpp"

namespace chalkgrad {

namespace {

/// The operations that are written with signs, not with a name.
bool has_sign(Op op) {
  return op == Op::identity || op == Op::negate || op == Op::add || op == Op::subtract ||
         op == Op::multiply || op == Op::divide;
}

template <class F>
void for_each_word(std::string_view words, F&& visit) {
  while (!words.empty()) {
    const auto blank = words.find(' ');
    visit(words.substr(0, blank));
    words.remove_prefix(blank == std::string_view::npos ? words.size() : blank + 1);
  }
}

bool is_among(std::string_view word, std::string_view words) {
  bool found = false;
  for_each_word(words, [&](std::string_view one) { found = found || one == word; });
  return found;
}

std::string without_case(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c != '_') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain;
}

template <class Accepts>
std::optional<Op> function_that(const Accepts& accepts) {
  std::optional<Op> found;
  for_each_operation([&]<class O>(O) {
    if (!has_sign(O::code) && accepts(O::name, description_of(O::code))) found = O::code;
  });
  return found;
}

}  // namespace

std::optional<Op> function_named(std::string_view name) {
  return function_that([name](std::string_view own, const ops::Description& description) {
    return own == name || is_among(name, description.also);
  });
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for_each_operation([&]<class O>(O) {
    if (!has_sign(O::code)) names.push_back(O::name);
  });
  for_each_operation([&]<class O>(O) {
    for_each_word(description_of(O::code).also,
                  [&](std::string_view one) { names.push_back(one); });
  });
  return names;
}

std::optional<Op> function_known_as(std::string_view name) {
  const std::string plain = without_case(name);
  return function_that([&plain](std::string_view own, const ops::Description& description) {
    return without_case(own) == plain || is_among(plain, description.known_as);
  });
}

}  // namespace chalkgrad
