#include <fmt/format.h>

#include "tracer/problem/reading/read_once.hpp"
#include "tracer/problem/reading/requirements.hpp"

/// A file is read, and its random numbers are drawn again until all requirements hold.
namespace chalkgrad {

namespace {

/// Each requirement that failed, with how often it was the first to do so.
std::vector<Diagnostic> never_held(const Problem& problem, const std::vector<std::size_t>& failures,
                                   std::size_t draws) {
  std::vector<Diagnostic> errors;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    const Place& place = problem.requirements[i].place;
    if (failures[i] > 0)
      errors.push_back({place.line, place.span,
                        fmt::format("this failed in {} of {} draws", failures[i], draws),
                        "the random numbers leave too little room"});
  }
  return errors;
}

/// Draws the random numbers of a problem that does not fulfil its requirements, without reading it
/// again.
class Redraw {
 public:
  explicit Redraw(const Reading& reading)
      : problem_(reading.problem), draws_(reading.draws), random_(reading.random) {}

  /// The generator before the next draw.
  [[nodiscard]] const RandomNumbers& random() const { return random_; }
  /// Whether that draw fulfils the requirements; if not, the next draw is the one after it, and
  /// the first requirement that failed is counted.
  bool is_fulfilled(std::vector<std::size_t>& failures) {
    RandomNumbers random = random_;
    std::vector<double> drawn;
    for (const Draw& draw : draws_) drawn.push_back(draw(random).value());
    const std::size_t failed =
        first_that_fails(problem_, [&](const std::string& name) -> std::optional<double> {
          const Item* item = problem_.find(name);
          return item->draw ? std::optional(drawn[*item->draw]) : std::nullopt;
        });
    if (failed == failures.size()) return true;
    ++failures[failed];
    random_ = random;
    return false;
  }

 private:
  const Problem& problem_;
  const std::vector<Draw>& draws_;
  RandomNumbers random_;
};

}  // namespace

Problem read_problem(const Source& source, std::optional<std::uint64_t> seed) {
  constexpr std::size_t most_draws = 10'000;
  std::vector<std::size_t> failures;
  std::optional<RandomNumbers> random;
  for (std::size_t draws = 1;; ++draws) {
    Reading reading = read_once(source, seed, random ? &*random : nullptr);
    Problem& problem = reading.problem;
    const std::size_t failed = problem.requirements.empty() ? 0 : first_that_fails(problem);
    problem.draws = draws;
    if (failed == problem.requirements.size()) return std::move(problem);
    failures.resize(problem.requirements.size());
    ++failures[failed];
    if (!problem.has_random_numbers) {
      const Place& place = problem.requirements[failed].place;
      throw ProblemError({{place.line, place.span, "this does not hold",
                           "without random numbers there is nothing to draw again"}});
    }
    Redraw redraw(reading);
    while (draws < most_draws && !redraw.is_fulfilled(failures)) ++draws;
    if (draws == most_draws) throw ProblemError(never_held(problem, failures, draws));
    random = redraw.random();
  }
}

}  // namespace chalkgrad
