#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/statements.hpp"

/// alias z1 = net_h1, a1 = out_h1: how the paper calls things.
namespace chalkgrad {

namespace {

/// The quantity, array or family of a name; empty if it is none.
std::string meant_by(const Draft& draft, const std::string& name) {
  const Problem& problem = draft.problem;
  if (problem.find(name) != nullptr || problem.find(name_in_sample(name, 1)) != nullptr)
    return name;
  if (const Array* array = draft.arrays.find(name)) return array->shown;
  if (const auto unit = draft.units.find(name); unit != draft.units.end()) return unit->second;
  return {};
}

void check_alias(Draft& draft, Alias& alias) {
  const std::string meant = meant_by(draft, alias.quantity);
  if (meant.empty()) {
    std::vector<std::string_view> known;
    for (const Item& item : draft.problem.items) known.push_back(item.name);
    draft.fail(alias.place, fmt::format("unknown quantity '{}'", alias.quantity),
               did_you_mean(alias.quantity, known));
  } else if (!draft.units.contains(alias.name) && !meant_by(draft, alias.name).empty()) {
    draft.fail(alias.place, fmt::format("'{}' is a quantity already", alias.name),
               fmt::format("an alias is a name that the file does not have"));
  }
  if (!meant.empty()) alias.quantity = meant;
}

}  // namespace

void read_alias(Statement& statement) {
  statement.parser.next();
  std::vector<Alias>& all = statement.draft.problem.aliases;
  do {
    const Token name = statement.name();
    Alias alias{name.text, {}, statement.place(name.span)};
    statement.parser.expect("=");
    alias.quantity = statement.with_brackets(statement.name()).name;
    for (const Alias& one : all)
      if (one.name == alias.name)
        throw SyntaxError(name.span, fmt::format("'{}' is an alias twice", name.text),
                          fmt::format("it is {} in line {}", one.quantity, one.place.line));
    all.push_back(std::move(alias));
  } while (statement.parser.accept(","));
  statement.left_over_hint = "as in alias z1 = net_h1, a1 = out_h1";
}

void check_aliases(Draft& draft) {
  std::vector<Alias> expanded;
  for (Alias& alias : draft.problem.aliases) {
    check_alias(draft, alias);
    // Of what has a value in each sample, in each.
    const Problem& problem = draft.problem;
    const bool in_samples = problem.find(alias.quantity) == nullptr &&
                            problem.find(name_in_sample(alias.quantity, 1)) != nullptr;
    for (std::size_t k = 1; in_samples && k <= problem.samples.count; ++k)
      expanded.push_back(
          {name_in_sample(alias.name, k), name_in_sample(alias.quantity, k), alias.place});
    if (!in_samples) expanded.push_back(std::move(alias));
  }
  draft.problem.aliases = std::move(expanded);
}

}  // namespace chalkgrad
