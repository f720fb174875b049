#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tracer/expression/expression.hpp"
#include "tracer/problem/diagnostic.hpp"

/// Exercise: what students are to do with a problem, and what it earns. The numbers and papers that
/// come from it are the business of tracer/exercise; here is what the file says.
namespace chalkgrad {

/// A quantity, a derivative, or a quantity after the update: what a file can publish a figure of,
/// and give points for.
struct Target {
  std::string quantity{};              ///< the name, without the mark of the update
  std::optional<std::string> wrt{};    ///< of a derivative
  bool updated = false;                ///< after the update
  std::optional<std::size_t> steps{};  ///< after that many steps of training

  /// As a person types it: dE_total/dw5, w5+, out_h1, E after 100.
  [[nodiscard]] std::string title() const;
  /// As a sheet writes it: ∂E_total/∂w5, w5⁺, out_h1. Not of one after several steps.
  [[nodiscard]] Expr symbol() const;

  bool operator==(const Target&) const = default;
};

/// Words and mathematics in turn.
using Prose = std::vector<std::variant<std::string, Expr>>;

/// `points 2 for dE/dw5`: of one target. Where the file names an array, its elements share them.
struct Points {
  Target target{};
  double points = 0;  ///< greater than 0
  Place place{};
};

struct Exercise {
  std::vector<Prose> questions{};  ///< in the order of the file, without numbers
  std::vector<Points> points{};    ///< each target once
};

}  // namespace chalkgrad
