#include "tests/support/random_network.hpp"

namespace chalkgrad::testing {

std::string random_network(Random& random) {
  const std::vector<std::string> activations = {"sigmoid",  "tanh",       "relu",
                                                "softplus", "leaky_relu", "elu"};
  std::string text = "input x1 = 0." + std::to_string(1 + below(random, 98)) + ", x2 = -" +
                     std::to_string(below(random, 3)) + ".5\ntarget t = 0.3\nbias b = 0.1\n";
  std::vector<std::string> layer = {"x1", "x2"};
  int weights = 0;
  const int depth = 1 + below(random, 3);
  for (int k = 0; k < depth; ++k) {
    std::vector<std::string> next;
    const int units = 1 + below(random, 3);
    for (int u = 0; u < units; ++u) {
      std::string net = "b";
      for (const std::string& source : layer) {
        const std::string w = "w" + std::to_string(++weights);
        text += "weight " + w + " = " + std::to_string(uniform(random, -1, 1)).substr(0, 5) + "\n";
        net += " + " + w + "*" + source;
      }
      const std::string id = std::to_string(k) + std::to_string(u);
      text += "net_" + id + " = " + net + "\n";
      text += "out_" + id + " = " + activations[static_cast<std::size_t>(below(random, 6))] +
              "(net_" + id + ")\n";
      next.push_back("out_" + id);
    }
    layer = next;
  }
  text += "E = ";
  for (const std::string& output : layer)
    text += (output == layer[0] ? "" : " + ") + std::string("1/2*(t - ") + output + ")^2";
  return text + "\nderive E wrt all\nupdate all rate 0.5\n";
}

}  // namespace chalkgrad::testing
