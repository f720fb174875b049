#include "tracer/check/report/slip_kinds.hpp"

#include <algorithm>
#include <array>

namespace chalkgrad {

std::span<const SlipKind> slip_kinds() {
  static constexpr std::array table = {
      SlipKind{slip::sign, "a sign", "Look at the signs."},
      SlipKind{slip::complement, "half of the activation's derivative is missing",
               "The derivative of the activation has one factor more."},
      SlipKind{slip::neuron, "another neuron's number",
               "A number belongs to another neuron, weight or input: look at the indices."},
      SlipKind{slip::net_for_out, "net taken for out, or out for net",
               "Tell apart what goes into a neuron and what comes out of it."},
      SlipKind{slip::updated, "a weight after the update",
               "All derivatives are taken with the weights before the update."},
      SlipKind{slip::not_updated, "the update is missing",
               "That is the value before the update: something must be subtracted."},
      SlipKind{slip::half, "½ or 2", "Look at the factors ½ and 2."},
      SlipKind{slip::rate, "the learning rate", "Look at the learning rate."},
      SlipKind{slip::digit, "a digit", "A number was copied wrongly: look at its digits."},
      SlipKind{slip::added, "added instead of multiplied",
               "Along a path derivatives are multiplied; over paths they are added."},
      SlipKind{slip::degrees, "degrees for radians", "The calculator counts in degrees."},
      SlipKind{slip::log10, "log10 for ln", "The logarithm is the natural one."},
      SlipKind{slip::activation, "another activation's derivative",
               "That is the derivative of another activation."},
      SlipKind{slip::mean, "the mean for the sum", "Is it a sum or a mean?"},
      SlipKind{slip::sum, "the sum for the mean", "Is it a sum or a mean?"},
      SlipKind{slip::penalty, "the penalty's term is missing",
               "The penalty has a derivative, too."},
      SlipKind{slip::bias, "a bias multiplied by an input",
               "A bias has no input: the derivative by it is that of the net input."},
      SlipKind{slip::factor, "a factor of the chain is missing",
               "A factor of the chain rule is missing."},
      SlipKind{slip::path, "a path is missing", "There is another path; paths are added."},
      SlipKind{slip::term, "a term is missing", "A term of a sum is missing."},
      SlipKind{slip::derivative, "another derivative",
               "That is another derivative: look at what "
               "is derived, and by what."},
      SlipKind{slip::transposed, "transposed",
               "Rows and columns are exchanged; a gradient has the shape of its parameter."},
      SlipKind{slip::early, "rounded early", "Keep more digits until the end."},
  };
  return table;
}

const SlipKind* find_slip_kind(std::string_view id) {
  const auto kinds = slip_kinds();
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [id](const SlipKind& one) { return one.id == id; });
  return found == kinds.end() ? nullptr : &*found;
}

}  // namespace chalkgrad
