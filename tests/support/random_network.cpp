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
  const std::vector<std::string> methods = {"",
                                            "",
                                            "",
                                            " momentum 0.9",
                                            " momentum 0.9 damped",
                                            " nesterov 0.8",
                                            " adagrad",
                                            " rmsprop",
                                            " adam",
                                            " adam beta1 0.5 weight decay 0.01",
                                            " weight decay 0.1 rate decay 0.5"};
  const std::string verb = below(random, 8) == 0 ? "ascend" : "update";
  return text + "\nderive E wrt all\n" + verb + " all rate 0.5" +
         methods[static_cast<std::size_t>(below(random, 11))] + "\n";
}

}  // namespace chalkgrad::testing
