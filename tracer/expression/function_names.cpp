#include "tracer/expression/function_names.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/ops.hpp"
#include "tracer/expression/suggestion.hpp"

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

/// What is no function here, but a formula of some.
struct Formula {
  std::string_view name, formula;
};
constexpr std::array formulas = {
    Formula{"sqr", "x^2"},
    Formula{"norm", "abs(x) of a number, norm(x) of an array"},
    Formula{"arctanh", "1/2*ln((1 + x)/(1 - x))"},
    Formula{"atanh", "1/2*ln((1 + x)/(1 - x))"},
    Formula{"arcsinh", "ln(x + sqrt(x^2 + 1))"},
    Formula{"asinh", "ln(x + sqrt(x^2 + 1))"},
    Formula{"selu", "1.0507*x if x > 0, 1.7581*(exp(x) - 1) otherwise"},
    Formula{"mae", "abs(t - y), or the mean of such"},
    Formula{"mse", "mean_squared_error(t; y)"},
    Formula{"rmse", "sqrt(mean_squared_error(t; y))"},
    Formula{"l1", "abs(t - y)"},
    Formula{"l2", "squared_error(t; y)"},
    Formula{"nll", "-ln(p)"},
    Formula{"hinge", "max(0, 1 - t*y)"},
    Formula{"logit", "ln(x/(1 - x))"},
    Formula{"identity", "x alone"},
    Formula{"linear", "x alone"},
    Formula{"pow", "x^n"},
    Formula{"quotient", "a/b"},
    Formula{"heaviside", "step(x)"},
    Formula{"kl", "sum(p1*ln(p1/q1), p2*ln(p2/q2))"},
    Formula{"log2", "ln(x)/ln(2)"},
    Formula{"ld", "ln(x)/ln(2)"},
    Formula{"log10", "ln(x)/ln(10)"},
    Formula{"lg", "ln(x)/ln(10)"},
    Formula{"cot", "1/tan(x)"},
    Formula{"sec", "1/cos(x)"},
    Formula{"csc", "1/sin(x)"},
    Formula{"cbrt", "x^(1/3)"},
    Formula{"swish", "x*sigmoid(x)"},
    Formula{"silu", "x*sigmoid(x)"},
    Formula{"relu6", "min(6, relu(x))"},
    Formula{"hardtanh", "max(-1, min(1, x))"},
    Formula{"gaussian", "exp(-x^2)"}};

using FunctionsByName = std::unordered_map<std::string, Op>;

/// What an operation is called, by each of the names that `words_of` gives of it.
template <class WordsOf>
FunctionsByName functions_by(const WordsOf& words_of) {
  FunctionsByName functions;
  for_each_operation([&]<class O>(O) {
    if (has_sign(O::code)) return;
    for (std::string& word : words_of(O::name, description_of(O::code)))
      functions.insert_or_assign(std::move(word), O::code);
  });
  return functions;
}

std::optional<Op> found_in(const FunctionsByName& functions, const std::string& name) {
  const auto found = functions.find(name);
  return found == functions.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> words_in(std::string_view words) {
  std::vector<std::string> list;
  for_each_word(words, [&](std::string_view one) { list.emplace_back(one); });
  return list;
}

}  // namespace

std::optional<Op> function_named(std::string_view name) {
  static const FunctionsByName functions =
      functions_by([](std::string_view own, const ops::Description& description) {
        std::vector<std::string> words = words_in(description.also);
        words.emplace_back(own);
        return words;
      });
  return found_in(functions, std::string(name));
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
  static const FunctionsByName functions =
      functions_by([](std::string_view own, const ops::Description& description) {
        std::vector<std::string> words = words_in(description.known_as);
        words.push_back(without_case(own));
        return words;
      });
  return found_in(functions, without_case(name));
}

std::string hint_for_function(std::string_view written, const std::vector<KnownFunction>& further) {
  const auto meant = [](std::string_view name) { return fmt::format("did you mean '{}'?", name); };
  const std::string plain = without_case(written);
  for (const KnownFunction& one : further)
    if ((without_case(one.name) == plain || is_among(plain, one.known_as)) && one.name != written)
      return meant(one.name);
  if (const auto op = function_known_as(written)) return meant(name_of(*op));
  for (const Formula& one : formulas)
    if (one.name == plain) return fmt::format("write {}", one.formula);
  std::vector<std::string_view> known = function_names();
  for (const KnownFunction& one : further) known.push_back(one.name);
  return did_you_mean(written, known);
}

}  // namespace chalkgrad
