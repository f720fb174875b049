#include "tracer/derivation/short_form.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

/// The short form of ∂L/∂z1, or "none".
std::string of(const std::string& text) {
  const Solution solution = testing::solve_text(text + "\nderive L wrt z1");
  const Step& step = solution.derivation.steps[solution.derivation.requested[0]];
  if (!step.short_form) return "none";
  const auto& [expr, targets, certain, reason] = *step.short_form;
  if (!reason.empty()) return print(expr) + ", " + reason;
  return print(expr) + (certain ? ", because " : ", if ") + print(targets) + " is 1";
}

TEST(ShortForm, IsFoundForSoftmaxWithCrossEntropy) {
  const std::string softmax = "input z1 = 1, z2 = -0.5, z3 = 0.25\np1..p3 = softmax(z1..z3)\n";
  struct Case {
    const char *rest, *form;
  };
  for (const auto& [rest, form] : {
           Case{"target t1..t3 = 0, 1, 0\nL = cross_entropy(t1..t3; p1..p3)",
                "p1 − t1, because t1 + t2 + t3 is 1"},
           Case{"target t1..t3 = 0.1, 0.7, 0.2\nL = -(t1*ln(p1) + t2*ln(p2) + t3*ln(p3))",
                "p1 − t1, because t1 + t2 + t3 is 1"},
           Case{"target t1..t3\nL = -t1*ln(p1) - t2*ln(p2) - t3*ln(p3)",
                "p1 − t1, if t1 + t2 + t3 is 1"},
           Case{"L = cross_entropy(0.2, 0.3, 0.5; p1..p3)",
                "p1 − 0.2, because 0.2 + 0.3 + 0.5 is 1"},
           // The targets sum to 2, or the formula is another one: there is no short form.
           Case{"target t1..t3 = 1, 1, 0\nL = cross_entropy(t1..t3; p1..p3)", "none"},
           Case{"target t1..t3 = 0, 1, 0\nL = t1*ln(p1) + t2*ln(p2) + t3*ln(p3)", "none"},
           Case{"target t1..t3 = 0, 1, 0\nL = cross_entropy(t1..t3; p1, p2, z3)", "none"},
           Case{"target t1..t3 = 0, 1, 0\nL = half_squared_error(t1..t3; p1..p3)", "none"},
       })
    EXPECT_EQ(of(softmax + rest), form) << rest;
}

/// −ln p_c, as with one target that is 1; held to the chain rule's values for every x and class.
TEST(ShortForm, IsFoundForTheLogarithmOfOneValue) {
  const std::string softmax =
      "input z1 = 1, z2 = -0.5, z3 = 0.25, x = 2\nconstant T = 4, G = 3\nweight w = 0.3\n";
  struct Case {
    const char *rest, *wrt, *form;
  };
  for (const auto& [rest, wrt, form] : {
           Case{"p1..p3 = softmax(z1..z3)\nL = -ln(p2)", "z2", "p2 − 1"},
           Case{"p1..p3 = softmax(z1..z3)\nL = -ln(p2)", "z1", "p1"},
           Case{"p1..p3 = softmax(z1..z3)\nL = G*ln(p2)", "z2", "G·(1 − p2)"},
           Case{"p1..p3 = softmax(z1..z3)\nL = G*ln(p2)", "z3", "−G·p3"},
           Case{"p1..p3 = softmax(z1/T, z2/T, z3/T)\nL = -ln(p2)", "z2", "(p2 − 1)/T"},
           Case{"p1..p2 = softmax(w*x, z2)\nL = -ln(p2)", "w", "p1·x"},
           Case{"p1..p2 = softmax(w*x, z2)\nL = -ln(p2) + w^2", "w", "none"},
           Case{"p1..p2 = softmax(w*x, w*z2)\nL = -ln(p2)", "w", "none"},
           Case{"p1..p2 = softmax(w*x, z2)\nL = -w*ln(p2)", "w", "none"},
       }) {
    const Solution solution =
        testing::solve_text(softmax + rest + "\nderive L wrt " + std::string(wrt));
    const Step& step = solution.derivation.steps[solution.derivation.requested[0]];
    EXPECT_EQ(step.short_form ? print(step.short_form->expr) : "none", form) << rest;
    if (!step.short_form) continue;
    const double value = evaluate_with_error(step.short_form->expr, *solution.quantities).value;
    EXPECT_NEAR(value, solution.gradients.at("L").at(wrt), 1e-14) << rest;
  }
}

/// p − t whatever the target is, with a loss of the file's own as well.
TEST(ShortForm, IsFoundForSigmoidWithBinaryCrossEntropy) {
  const std::string neuron = "input z1 = 0.5\np = sigmoid(z1)\n";
  struct Case {
    const char *rest, *form;
  };
  const char* reason = "p − t, sigmoid with binary cross-entropy";
  for (const auto& [rest, form] : {
           Case{"target t = 1\nL = binary_cross_entropy(t; p)", reason},
           Case{"target t = 0.3\nL = -t*ln(p) - (1 - t)*ln(1 - p)", reason},
           Case{"target t\nL = -(t*ln(p) + (1 - t)*ln(1 - p))", reason},
           Case{"input q = 0.2\ntarget t, s = 1, 0\nL = -(t*ln(p) + (1 - t)*ln(1 - p)) - "
                "(s*ln(q) + (1 - s)*ln(1 - q))",
                reason},
           Case{"L = binary_cross_entropy(0.25; p)", "p − 0.25, sigmoid with binary cross-entropy"},
           // Something is missing, weighted, or p is used elsewhere.
           Case{"target t = 1\nL = -t*ln(p)", "−t·(1 − p), logarithm of a sigmoid"},
           Case{"L = -ln(1 - p)", "p, logarithm of a sigmoid"},
           Case{"constant G = 3\nL = G*ln(p)", "G·(1 − p), logarithm of a sigmoid"},
           Case{"target t = 1\nL = -t*ln(p) - (2 - t)*ln(1 - p)", "none"},
           Case{"target t = 1\nL = -2*t*ln(p) - (1 - t)*ln(1 - p)", "none"},
           Case{"target t = 1\nL = t*ln(p) + (1 - t)*ln(1 - p)",
                "t − p, sigmoid with binary cross-entropy"},
           Case{"target t = 1\nL = t*ln(p) - (1 - t)*ln(1 - p)", "none"},
           Case{"target t = 1\nL = binary_cross_entropy(t; p) + p^2", "none"},
           Case{"target t = 1\nL = half_squared_error(t; p)", "none"},
       })
    EXPECT_EQ(of(neuron + rest), form) << rest;
}

}  // namespace
}  // namespace chalkgrad
