#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "tracer/check/truth/truth.hpp"

/// What is true after so many steps of a training, where an answer that works out several steps by
/// hand goes on: w is what the last step made of it, and all that depends on it has other values.
///
/// Each is the truth of the same problem with other numbers for the parameters. Of methods that
/// keep something, momentum or Adam, what they have kept is not known there; forward values and
/// derivatives are right all the same.
namespace chalkgrad {

class LaterSteps {
 public:
  /// The solution must outlive it.
  explicit LaterSteps(const Solution& solution) : solution_(solution) {}

  /// How many there are; 0 without a training, and for problems that are too long to be solved
  /// again for a line of an answer.
  [[nodiscard]] std::size_t count() const;

  /// After that step, counted from 1; null where the problem cannot be solved there, as for a
  /// derivative that does not exist. Solves it when it is first asked for.
  [[nodiscard]] Truth* after(std::size_t step);

  /// Whether it is a parameter that a step changes.
  [[nodiscard]] bool updates(const std::string& name) const;
  /// Whether steps correct errors sample by sample: that after k steps is about sample k mod n + 1.
  [[nodiscard]] bool correct() const;
  /// n, at least 1.
  [[nodiscard]] std::size_t samples() const;
  /// Whether it is given, so that it is the same in each step unless an update changes it.
  [[nodiscard]] bool is_given(const std::string& name) const;
  /// Whether an update in a later step is known as well.
  [[nodiscard]] bool know_updates() const;

 private:
  struct Step {
    explicit Step(Solution after) : solution(std::move(after)), truth(solution) {}
    Solution solution;
    Truth truth;
  };
  const Solution& solution_;
  std::map<std::size_t, std::unique_ptr<Step>> steps_{};
};

}  // namespace chalkgrad
