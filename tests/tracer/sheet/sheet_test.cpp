#include "tracer/sheet/sheet.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

std::string headings(const Sheet& sheet) {
  std::string text;
  for (const Section& section : sheet.sections) text += section.heading + "; ";
  return text;
}

TEST(Sheet, HasTheSectionsThatThereIsSomethingFor) {
  const std::string problem = "weight w = 1, v = 2\ny = w*v\n";
  const auto sections = [&](const std::string& more) {
    return headings(make_sheet(testing::solve_text(problem + more), {}));
  };
  EXPECT_EQ(sections(""), "Given; Forward pass; ");
  EXPECT_EQ(sections("derive y wrt w"), "Given; Forward pass; Derivatives; ");
  EXPECT_EQ(sections("derive y wrt w\nupdate w rate 1"),
            "Given; Forward pass; Derivatives; Update; ");
  EXPECT_EQ(sections("derive y wrt w\nupdate all rate 1"),
            "Given; Forward pass; Derivatives; The other derivatives, in the same way; Update; ");
  EXPECT_EQ(headings(make_sheet(testing::solve_text("y = 2*3"), {})), "Forward pass; ");
}

TEST(Sheet, ExplainsTheFunctionsThatAreUsed) {
  const Sheet sheet =
      make_sheet(testing::solve_text("input z = 1\ny = sigmoid(z)\nw = sin(z)"), {});
  const auto& functions = std::get<Group>(sheet.sections.at(1).parts.at(0));
  ASSERT_EQ(functions.size(), 1u);
  // z is a quantity here, so the function is explained with x.
  EXPECT_EQ(functions[0].left, Expr::call(Op::sigmoid, {Expr::symbol("x")}));
}

TEST(Sheet, SaysThatNothingIsDerivedThroughStop) {
  const auto last_part = [](const std::string& definition) {
    return make_sheet(testing::solve_text("weight w = 3\n" + definition + "\nderive E wrt w"), {})
        .sections.back()
        .parts.back();
  };
  const Note expected{
      {"What stands in stop(…) is treated as a constant: nothing is derived through it."}};
  for (const char* definition : {"E = w*stop(w)", "E = stop(w) + w", "E = w^2\nF = stop(E)"}) {
    const auto part = last_part(definition);
    ASSERT_TRUE(std::holds_alternative<Note>(part)) << definition;
    EXPECT_EQ(std::get<Note>(part).words, expected.words) << definition;
  }
  EXPECT_FALSE(std::holds_alternative<Note>(last_part("E = w^2")));
}

TEST(Sheet, TheLearningRateIsEtaUnlessThatIsTaken) {
  const auto rate = [](const std::string& name) {
    return testing::solve_text("weight " + name + " = 1\nE = " + name + "^2\nderive E wrt " + name +
                               "\nupdate " + name + " rate 0.5")
        .rate_symbol()
        .text();
  };
  EXPECT_EQ(rate("w"), "η");
  EXPECT_EQ(rate("eta"), "rate");
}

}  // namespace
}  // namespace chalkgrad
