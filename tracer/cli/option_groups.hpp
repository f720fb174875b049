#pragma once

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tracer/cli/options.hpp"
#include "tracer/cli/usage_errors.hpp"

/// Options that several commands share, with their descriptions and checks: an option has one name,
/// one default and one check, here.
namespace chalkgrad::cli {

/// The three rules of digits; at most one may be given.
struct Digits {
  std::optional<int> digits{}, decimals{}, significant{};

  void apply(Numerals& numerals) const {
    const auto use = [&](const std::optional<int>& count, Precision precision) {
      if (!count) return;
      numerals.precision = precision;
      numerals.count = *count;
    };
    use(digits, Precision::digits);
    use(decimals, Precision::decimals);
    use(significant, Precision::significant);
  }
};

/// An option that takes one of a few words; says which if it is given another.
template <class T, class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value,
                        const std::vector<std::pair<std::string, T>>& choices,
                        const std::string& description) {
  std::string list;
  for (const auto& choice : choices) list += (list.empty() ? "" : "|") + choice.first;
  const auto choose = [&value, choices, name, list](const std::string& word) {
    for (const auto& [known, meaning] : choices) {
      if (known != word) continue;
      value = meaning;
      return;
    }
    std::vector<std::string_view> names;
    for (const auto& choice : choices) names.push_back(choice.first);
    throw CLI::ValidationError(
        name, fmt::format("'{}' is not one of {}{}", word, list, hint_for_choice(word, names)));
  };
  return command.add_option_function<std::string>(name, choose, description)->type_name(list);
}

/// The rows of a table by their names.
template <class Row>
std::vector<std::pair<std::string, const Row*>> choices_of(std::span<const Row> table) {
  std::vector<std::pair<std::string, const Row*>> choices;
  for (const Row& row : table) choices.emplace_back(row.name, &row);
  return choices;
}

/// --digits, --decimals, --significant.
void add_digits(CLI::App& command, Digits& digits);
/// The file, --set and --seed.
void add_problem(CLI::App& command, ProblemOptions& options);
void add_rounding(CLI::App& command, Numerals& numerals);
void add_decimal_comma(CLI::App& command, Numerals& numerals);
/// What decides how a sheet is written.
void add_sheet(CLI::App& command, SheetOptions& sheet, Digits& digits);
/// --paper and --type-size.
void add_pages(CLI::App& command, bool& letter, int& type_size, const std::string& paper,
               const std::string& group = "Pages");
void add_wrt(CLI::App& command, std::vector<std::string>& wrt);

}  // namespace chalkgrad::cli
