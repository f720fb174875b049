#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tracer/problem/reading/read_once.hpp"
#include "tracer/problem/reading/requirements.hpp"

/// A file is read, and its random numbers are drawn again until all requirements hold.
namespace chalkgrad {

namespace {

/// What was wrong with the draws so far.
struct Failures {
  std::vector<std::size_t> of{};  ///< how often each requirement was the first to fail
  std::size_t without_value = 0;
  std::optional<Diagnostic> no_value{};  ///< the last of these

  /// Whether the numbers of this draw are good; if not, that is counted.
  bool none_with(const Problem& problem,
                 const std::function<std::optional<double>(const std::string& name)>& replace) {
    of.resize(problem.requirements.size());
    try {
      const std::size_t failed = first_that_fails(problem, replace);
      if (failed == of.size()) return true;
      ++of[failed];
    } catch (const ProblemError& error) {
      ++without_value;
      no_value = error.diagnostics.front();
    }
    return false;
  }
};

/// "in every draw", "in 7 of 10000 draws"
std::string in_draws(std::size_t failures, std::size_t draws) {
  return failures == draws ? "in every draw" : fmt::format("in {} of {} draws", failures, draws);
}

/// Each requirement that failed, with how often it was the first to do so. Of those that one word
/// stands for, each kind once.
std::vector<Diagnostic> never_held(const Problem& problem, const Failures& failures,
                                   std::size_t draws) {
  struct Kind {
    const Requirement* first;
    std::vector<std::string> about;
    std::size_t count;
  };
  std::vector<Kind> kinds;
  for (std::size_t i = 0; i < failures.of.size(); ++i) {
    const Requirement& one = problem.requirements[i];
    if (failures.of[i] == 0) continue;
    const auto same = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) {
      return !one.failure.empty() && kind.first->failure == one.failure;
    });
    Kind& kind = same != kinds.end() ? *same : kinds.emplace_back(Kind{&one, {}, 0});
    kind.count += failures.of[i];
    if (kind.about.empty() || kind.about.back() != one.about) kind.about.push_back(one.about);
  }
  constexpr std::string_view hint = "the random numbers leave too little room";
  std::vector<Diagnostic> errors;
  for (const Kind& kind : kinds) {
    const Requirement& one = *kind.first;
    errors.push_back({one.place.line, one.place.span,
                      one.failure.empty()
                          ? fmt::format("this failed in {} of {} draws", kind.count, draws)
                          : fmt::format("{}: {}, {}", one.failure, fmt::join(kind.about, ", "),
                                        in_draws(kind.count, draws)),
                      std::string(hint)});
  }
  if (failures.no_value) {
    errors.push_back(*failures.no_value);
    errors.back().message += ", " + in_draws(failures.without_value, draws);
  }
  return errors;
}

/// What does not hold of the numbers as they are.
Diagnostic unfulfilled(const Problem& problem, const Failures& failures) {
  if (failures.no_value) return *failures.no_value;
  const auto failed = std::find_if(failures.of.begin(), failures.of.end(),
                                   [](std::size_t count) { return count > 0; });
  const Requirement& one =
      problem.requirements[static_cast<std::size_t>(failed - failures.of.begin())];
  return {
      one.place.line, one.place.span,
      one.failure.empty() ? "this does not hold" : fmt::format("{}: {}", one.failure, one.about),
      "without random numbers there is nothing to draw again"};
}

/// Draws the random numbers of a problem that does not fulfil its requirements, without reading it
/// again.
class Redraw {
 public:
  explicit Redraw(const Reading& reading)
      : problem_(reading.problem), draws_(reading.draws), random_(reading.random) {}

  /// The generator before the next draw.
  [[nodiscard]] const RandomNumbers& random() const { return random_; }
  /// Whether that draw is good; if not, the next draw is the one after it.
  bool is_good(Failures& failures) {
    RandomNumbers random = random_;
    std::vector<double> drawn;
    for (const Draw& draw : draws_) drawn.push_back(draw(random).value());
    const bool good =
        failures.none_with(problem_, [&](const std::string& name) -> std::optional<double> {
          const Item* item = problem_.find(name);
          return item->draw ? std::optional(drawn[*item->draw]) : std::nullopt;
        });
    if (!good) random_ = random;
    return good;
  }

 private:
  const Problem& problem_;
  const std::vector<Draw>& draws_;
  RandomNumbers random_;
};

}  // namespace

Problem read_problem(const Source& source, std::optional<std::uint64_t> seed) {
  constexpr std::size_t most_draws = 10'000, most_without_value = 1'000;
  Failures failures;
  std::optional<RandomNumbers> random;
  for (std::size_t draws = 1;; ++draws) {
    Reading reading = read_once(source, seed, random ? &*random : nullptr);
    Problem& problem = reading.problem;
    problem.draws = draws;
    problem.draws_without_value = failures.without_value;
    // Without random numbers, solving says what has no value.
    if (!problem.has_random_numbers && problem.requirements.empty()) return std::move(problem);
    if (failures.none_with(problem, {})) return std::move(problem);
    if (!problem.has_random_numbers) throw ProblemError({unfulfilled(problem, failures)});
    Redraw redraw(reading);
    const auto is_hopeless = [&] {
      return draws == most_draws ||
             (draws == most_without_value && failures.without_value == draws);
    };
    while (!is_hopeless() && !redraw.is_good(failures)) ++draws;
    if (is_hopeless()) throw ProblemError(never_held(problem, failures, draws));
    random = redraw.random();
  }
}

}  // namespace chalkgrad
