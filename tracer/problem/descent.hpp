#pragma once

#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"
#include "tracer/problem/problem.hpp"

/// Gradient descent as the update statement asks for it, with its numbers.
///
/// One step is v ← μ·v + ∂E/∂w + λ·w, then w ← w − η·v, with v = 0 before the first: heavy-ball
/// momentum with the rate outside (Sutskever et al., On the importance of initialization and
/// momentum in deep learning, 2013, in the form PyTorch uses), and weight decay as L2
/// regularisation of the weights alone (Goodfellow, Bengio, Courville, Deep Learning, 7.1).
namespace chalkgrad {

struct Descent {
  std::string output{};  ///< E
  struct Parameter {
    std::string name{};
    bool decays = false;     ///< a weight, where λ is not 0
    std::string velocity{};  ///< what v is called, v_w; empty without momentum
  };
  std::vector<Parameter> parameters{};
  double rate = 0, momentum = 0, decay = 0;  ///< η, μ, λ; not a number if unknown
};

/// Reads the update statement of a problem that has one. Throws ProblemError if it updates a
/// defined quantity, or the file derives nothing, or several quantities, that it could use.
[[nodiscard]] Descent descent_of(const Problem& problem, const Quantities& quantities);

}  // namespace chalkgrad
