#include <gtest/gtest.h>
#include <sys/wait.h>

#include "tests/support/command_line.hpp"
#include "tests/support/pseudo_terminal.hpp"

/// `solve` where a spreadsheet is asked for. What is in the cells other tests look at
/// (tests/tracer/formats/workbook_test.cpp, tests/spreadsheet).
namespace {

using chalkgrad::testing::CommandLine;
using chalkgrad::testing::text_of;

class XlsxFile : public CommandLine {
 protected:
  static constexpr const char* usage_tail =
      "chalkgrad --help and chalkgrad solve --help say more\n";
};

TEST_F(XlsxFile, IsWrittenByFormatAndBySuffix) {
  EXPECT_EQ(run("solve good.chalk -o sheet.xlsx").status, 0);
  const std::string bytes = text_of(path("sheet.xlsx"));
  EXPECT_TRUE(bytes.starts_with("PK\x03\x04"));
  EXPECT_EQ(run("solve good.chalk --format xlsx").out, bytes);
}

TEST_F(XlsxFile, IsNothingForATerminal) {
  chalkgrad::testing::PseudoTerminal terminal(
      {CHALKGRAD_EXECUTABLE, "solve", path("good.chalk").string(), "--format", "xlsx"}, {24, 100},
      "vt100");
  EXPECT_EQ(WEXITSTATUS(terminal.wait()), 2);
  EXPECT_NE(terminal.output().find(
                "a spreadsheet is nothing for a terminal: name a file, as in -o sheet.xlsx"),
            std::string::npos)
      << terminal.output();
}

TEST_F(XlsxFile, IsNotWrittenWithoutNumbers) {
  write("symbols.chalk", "input x\nweight w = 2\ny = w*x\nderive y wrt w\n");
  (void)run("solve good.chalk");  // so that the files of the test's own are there
  expect_refused("solve symbols.chalk -o sheet.xlsx",
                 "chalkgrad: error: a spreadsheet needs numbers, and 'x' has none\n");
}

TEST_F(XlsxFile, HasNoStyleAndCarriesAllDigits) {
  expect_refused(
      "solve good.chalk -o sheet.xlsx --style delta",
      std::string("chalkgrad: error: --style: a spreadsheet has that of the textbook\n") +
          usage_tail);
  expect_refused(
      "solve good.chalk --format xlsx --carry rounded",
      std::string("chalkgrad: error: --carry: a spreadsheet carries all digits\n") + usage_tail);
}

TEST_F(XlsxFile, LeavesNothingAmongTemporaryFiles) {
  chalkgrad::testing::fs::create_directory(path("tmp"));
  const std::string command =
      fmt::format("cd '{}' && TMPDIR=\"$PWD/tmp\" '{}' solve good.chalk -o sheet.xlsx",
                  path("").string(), CHALKGRAD_EXECUTABLE);
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_TRUE(chalkgrad::testing::fs::is_empty(path("tmp")));
  EXPECT_NE(text_of(path("sheet.xlsx")), "");
}

}  // namespace
