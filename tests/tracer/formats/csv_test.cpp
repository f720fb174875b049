#include "tracer/formats/csv.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/typesetting/csv_field.hpp"

namespace chalkgrad {
namespace {

TEST(Csv, HasARowForEachLine) {
  const Solution solution = testing::solve_text(
      "input x = 2\nweight w = 0.5\nf = max(w, x)*x + w\nderive f wrt w\nupdate w rate 0.1");
  EXPECT_EQ(render_csv(make_sheet(solution, {})),
            "section,label,quantity,formula,numbers,value\n"
            "Given,,x,,,2\n"
            "Given,,w,,,0.5\n"
            "Given,,eta,,,0.1\n"
            "Forward pass,A1,f,\"max(w, x)*x + w\",\"max(0.5, 2)*2 + 0.5\",4.5\n"
            "Derivatives,B1,df/dw,,,1\n"
            "Update,C1,w+,w - eta*df/dw,0.5 - 0.1*1,0.4\n"
            "Update,,f+,,,4.4\n");
}

TEST(Csv, FieldsAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a, \"b\""), "\"a, \"\"b\"\"\"");
  EXPECT_EQ(csv_field("1;2"), "\"1;2\"");
}

}  // namespace
}  // namespace chalkgrad
