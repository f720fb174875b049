#include "tracer/exercise/exercise_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace chalkgrad {

namespace {

/// What two variants must not have in common: all their given numbers.
std::string given_numbers(const Problem& problem) {
  std::string numbers;
  for (const Item& item : problem.items)
    if (item.number) numbers += item.number->text() + ' ';
  return numbers;
}

/// Nothing where by these random numbers what is asked for has none, as the slope of √x at 0; with
/// others it may have. Of the first variant that is an error.
std::optional<SolvedVariant> solved(const Source& source, std::uint64_t seed,
                                    const Numerals& numerals, bool is_last_try) {
  Problem problem = read_problem(source, seed);
  const bool is_final = is_last_try || !problem.has_random_numbers;
  try {
    SolvedVariant one;
    one.solution = solve(std::move(problem));
    one.asked = what_is_asked(one.solution, numerals);
    return one;
  } catch (const ProblemError&) {
    if (is_final) throw;
  } catch (const NothingToAsk&) {
    if (is_final) throw;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Variant> for_each_variant(const Source& source, const VariantsWanted& wanted,
                                      const std::function<void(const SolvedVariant&)>& use) {
  // Seeds that give what there was are passed over; not for ever.
  const std::size_t most_seeds = 100 + 20 * wanted.count;
  constexpr std::size_t most_tries = 100;  // for a first one
  std::vector<Variant> variants;
  std::set<std::string> seen;
  std::uint64_t seed = wanted.seed ? *wanted.seed : read_problem(source).seed;
  for (std::size_t tried = 0; variants.size() < wanted.count; ++tried, ++seed) {
    if (tried == most_seeds)
      throw VariantsError(fmt::format(
          "only {} different exercises were found with {} seeds, and {} are wanted: give the "
          "random numbers more room",
          variants.size(), tried, wanted.count));
    std::optional<SolvedVariant> found =
        solved(source, seed, wanted.numerals, variants.empty() && tried + 1 == most_tries);
    if (!found) continue;
    SolvedVariant& one = *found;
    const Problem& problem = one.solution.problem;
    if (problem.has_random_numbers && !seen.insert(given_numbers(problem)).second) continue;
    const std::size_t number = variants.size() + 1;
    one.variant = {number, variant_label(number, wanted.count), seed,
                   wanted.names.empty() ? std::string() : wanted.names[number - 1]};
    use(one);
    variants.push_back(one.variant);
  }
  return variants;
}

namespace {

/// What is known of one result after many seeds.
struct ResultRange {
  std::string title{};
  double least = INFINITY, largest = -INFINITY;
  std::size_t degenerate = 0, given = 0;

  void add(const Asked& asked, const std::set<double>& given_values) {
    const auto written = Decimal::parse(asked.shown);
    const double shown = written ? written->value() : asked.value;
    title = asked.target.title();
    least = std::min(least, asked.value);
    largest = std::max(largest, asked.value);
    if (shown == 0 || std::abs(shown) == 1)
      ++degenerate;
    else if (given_values.contains(shown))
      ++given;
  }
};

std::set<double> given_values_of(const Problem& problem) {
  std::set<double> values;
  for (const Item& item : problem.items)
    if (item.number) values.insert(item.number->value());
  return values;
}

}  // namespace

std::string stress_report(const Source& source, const VariantsWanted& wanted) {
  std::vector<ResultRange> ranges;
  std::size_t draws = 0, most_draws = 0, without_value = 0;
  const auto variants = for_each_variant(source, wanted, [&](const SolvedVariant& one) {
    const std::set<double> given = given_values_of(one.solution.problem);
    ranges.resize(std::max(ranges.size(), one.asked.size()));
    for (std::size_t i = 0; i < one.asked.size(); ++i) ranges[i].add(one.asked[i], given);
    draws += one.solution.problem.draws;
    most_draws = std::max(most_draws, one.solution.problem.draws);
    without_value += one.solution.problem.draws_without_value;
  });
  std::size_t widest = std::string_view("result").size();
  for (const ResultRange& range : ranges) widest = std::max(widest, range.title.size());
  std::string text = fmt::format(
      "{} variants, seeds {} to {}; numbers were drawn {:.1f} times each, "
      "at most {}{}\n\n",
      variants.size(), variants.front().seed, variants.back().seed,
      static_cast<double>(draws) / static_cast<double>(variants.size()), most_draws,
      without_value == 0 ? "" : fmt::format("; {} draws gave something no value", without_value));
  text += fmt::format("{:<{}}  {:>12}  {:>12}  {:>10}  {:>12}\n", "result", widest, "least",
                      "largest", "0 or +-1", "also given");
  for (const ResultRange& range : ranges)
    text += fmt::format("{:<{}}  {:>12}  {:>12}  {:>10}  {:>12}\n", range.title, widest,
                        wanted.numerals.show(range.least).text,
                        wanted.numerals.show(range.largest).text, range.degenerate, range.given);
  return text;
}

}  // namespace chalkgrad
