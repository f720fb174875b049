#include <fmt/format.h>

#include "tracer/expression/name.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/statements.hpp"

/// What is no error, but probably not what was meant. Only what nobody writes on purpose: a false
/// alarm is worse than none.
namespace chalkgrad {

namespace {

using Names = std::set<std::string, std::less<>>;

/// Every name that something uses, also by way of a layer or a function.
Names used_names(const Draft& draft) {
  Names used;
  for (const Mention& one : draft.mentions()) used.insert(one.name);
  for (const Mention& one : draft.columns) used.insert(one.name);
  for (const Item& item : draft.problem.items)
    if (item.definition)
      for_each_leaf(*item.definition, [&](const Expr& leaf) {
        if (leaf.is(Expr::Kind::symbol)) used.insert(leaf.text());
      });
  return used;
}

/// An array of which nothing is used, once; rows of which nothing is are those of words that do not
/// occur. Returns the names of elements, which are not spoken of one by one.
Names warn_of_unused_arrays(Draft& draft, const Names& used) {
  Names elements;
  for (const std::string& name : draft.arrays.names()) {
    const Array& array = *draft.arrays.find(name);
    if (array.shape.is_number()) continue;
    std::size_t unused = 0;
    for (const std::string& element : array.elements) unused += used.contains(element) ? 0 : 1;
    elements.insert(array.elements.begin(), array.elements.end());
    const Item* first = draft.problem.find(array.elements.front());
    if (unused == 0 || first == nullptr || first->definition || sample_of(first->name) != 0)
      continue;
    const std::size_t size = array.elements.size(), row = array.shape.columns;
    if (unused == size) {
      draft.warn(first->place, fmt::format("'{}' is given, but nothing uses it", name));
    } else if (row == 0 || unused % row != 0) {
      draft.warn(first->place,
                 fmt::format("of the {} elements of '{}', nothing uses {}", size, name, unused));
    }
  }
  return elements;
}

/// What is given and never used, and a rate that no update has.
void warn_of_what_is_not_used(Draft& draft, const Names& used) {
  const Names elements = warn_of_unused_arrays(draft, used);
  for (const Item& item : draft.problem.items) {
    if (used.contains(item.name) || sample_of(item.name) != 0 || elements.contains(item.name))
      continue;
    const bool is_number = !item.definition || item.definition->is(Expr::Kind::number);
    std::string plain = in_small_letters(item.name);
    std::erase(plain, '_');
    if (is_number && (means_rate(item.name) || means_rate(plain))) {
      draft.warn(item.place, fmt::format("'{}' is used by nothing", item.name),
                 "the rate stands in the update, as in update all rate 0.5");
    } else if (is_number && (means_repeat(item.name) || item.name == "momentum")) {
      draft.warn(item.place, fmt::format("'{}' is used by nothing", item.name),
                 "this stands in the update, as in update all rate 0.5 repeat 100");
    } else if (!item.definition) {
      draft.warn(item.place, fmt::format("'{}' is given, but nothing uses it", item.name));
    }
  }
}

/// A column of the table that no formula has.
void warn_of_columns(Draft& draft) {
  const auto& columns = draft.problem.samples.columns;
  if (!draft.samples_place || draft.arrays.in_file) return;
  Names used;
  for (const Mention& one : draft.mentions()) used.insert(std::string(without_sample(one.name)));
  for (const Item& item : draft.problem.items)
    if (item.definition)
      for_each_leaf(*item.definition, [&](const Expr& leaf) {
        if (leaf.is(Expr::Kind::symbol)) used.insert(std::string(without_sample(leaf.text())));
      });
  for (const std::string& column : columns)
    if (!used.contains(column))
      draft.warn(*draft.samples_place, fmt::format("the column '{}' is used by nothing", column));
}

void warn_of_seed(Draft& draft) {
  if (draft.seed_place && !draft.problem.has_random_numbers)
    draft.warn(*draft.seed_place, "the seed is used by nothing",
               "a random number is written random(-1, 1)");
}

void warn_of_lone_sums(Draft& draft) {
  if (!draft.samples_place) return;
  for (const Draft::LoneSum& sum : draft.lone_sums)
    draft.warn(sum.place, fmt::format("a {} of one value is that value", sum.function),
               fmt::format("write {} over samples of ..., if all samples are meant", sum.function));
}

bool is_name_of_error(std::string_view name) {
  const std::string small = in_small_letters(name);
  return small == "e" || small == "l" || small == "j" || small == "c" || small == "loss" ||
         small == "error" || small == "cost";
}

/// The error of each sample is derived, and nothing brings the samples together.
void warn_of_samples_apart(Draft& draft, const Names& used) {
  if (!draft.aggregates.empty() || draft.problem.samples.count < 2 || !draft.lone_sums.empty())
    return;
  Names dependent;  // on a target
  for (const std::size_t i : draft.problem.order) {
    const Item& item = draft.problem.items[i];
    bool depends = item.role == Role::target;
    if (item.definition)
      for_each_leaf(*item.definition, [&](const Expr& leaf) {
        depends = depends || (leaf.is(Expr::Kind::symbol) && dependent.contains(leaf.text()));
      });
    if (depends) dependent.insert(item.name);
  }
  for (const DeriveStatement& derive : draft.problem.derivations) {
    const std::string name(without_sample(derive.output));
    const bool is_error = is_name_of_error(name);
    if (sample_of(derive.output) != 1 || (!dependent.contains(derive.output) && !is_error))
      continue;
    if (used.contains(derive.output)) continue;
    draft.warn(
        derive.place,
        fmt::format("'{}' is derived in each sample, and nothing brings them together", name),
        fmt::format("write L = mean over samples of {}, and derive L", name));
    return;
  }
}

}  // namespace

void warn_of_what_is_hardly_meant(Draft& draft) {
  const Names used = used_names(draft);
  warn_of_what_is_not_used(draft, used);
  warn_of_columns(draft);
  warn_of_seed(draft);
  warn_of_lone_sums(draft);
  warn_of_samples_apart(draft, used);
}

}  // namespace chalkgrad
