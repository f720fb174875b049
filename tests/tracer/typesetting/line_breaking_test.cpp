#include "tracer/typesetting/line_breaking.hpp"

#include <gtest/gtest.h>

#include "tracer/expression/parser.hpp"

namespace chalkgrad {
namespace {

std::string broken(const std::string& text, double first, double others) {
  const auto width = [](const std::string& piece) { return static_cast<double>(piece.size()); };
  std::string joined;
  for (const std::string& line :
       break_lines(print_pieces(parse_expression(text), ascii_dialect()), first, others, width))
    joined += "[" + line + "]";
  return joined;
}

TEST(LineBreaking, BreaksBetweenTermsFirst) {
  EXPECT_EQ(broken("a*b + c*d + e*f", 40, 40), "[a*b + c*d + e*f]");
  EXPECT_EQ(broken("a*b + c*d + e*f", 10, 10), "[a*b + c*d][ + e*f]");
  EXPECT_EQ(broken("a*b + c*d + e*f", 8, 8), "[a*b][ + c*d][ + e*f]");
  EXPECT_EQ(broken("a*b + c*d + e*f", 3, 12), "[a*b][ + c*d + e*f]");
}

TEST(LineBreaking, BreaksATermThatIsTooLong) {
  EXPECT_EQ(broken("a*b*c*d*e + f", 6, 6), "[a*b*c][*d*e][ + f]");
  // What follows a broken term begins a new line, lest it read as part of the term.
  EXPECT_EQ(broken("a*b*c*d + e", 6, 6), "[a*b*c][*d][ + e]");
  EXPECT_EQ(broken("(a*b + c*d + e)*f", 10, 10), "[(a*b + c*d][ + e)][*f]");
  EXPECT_EQ(broken("sin(a*b*c)", 4, 4), "[sin(a][*b][*c)]");
  EXPECT_EQ(broken("sin(a + b + c)", 4, 4), "[sin(a][ + b][ + c)]");
}

}  // namespace
}  // namespace chalkgrad
