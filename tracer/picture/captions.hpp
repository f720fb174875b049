#pragma once

#include <string>

#include "engine/backward.hpp"
#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/figures.hpp"

/// What is written beside a quantity or a node of the graph: its name, its value, and the output's
/// derivative with respect to it, with the digits that the sheet shows.
namespace chalkgrad {

/// The quantity whose derivatives a picture shows: the first that is derived, or else the last that
/// nothing uses.
[[nodiscard]] std::string output_of(const Solution& solution);

class Captions {
 public:
  Captions(const Solution& solution, const PictureOptions& options);

  [[nodiscard]] const std::string& output() const { return output_; }
  [[nodiscard]] Caption of_quantity(QuantityIndex i) const;
  /// Of a node without a name.
  [[nodiscard]] Caption of_node(NodeId node) const;

 private:
  [[nodiscard]] Expr gradient(NodeId node) const;

  const Solution& solution_;
  PictureOptions options_;
  Figures figures_;
  std::string output_;
  Gradients gradients_;
  std::map<std::string, StepIndex> steps_;  // those that derive the output, by wrt
};

}  // namespace chalkgrad
