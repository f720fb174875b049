#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/pseudo_terminal.hpp"

/// `chalkgrad show` as somebody at a terminal meets it.
namespace {

using chalkgrad::testing::PseudoTerminal;

const std::string mazur = CHALKGRAD_SOURCE_DIR "/worked_examples/mazur.chalk";

PseudoTerminal show(const std::string& file, PseudoTerminal::Size size = {24, 80},
                    const std::string& type = "vt100", std::vector<std::string> options = {}) {
  std::vector<std::string> command = {CHALKGRAD_EXECUTABLE, "show", file};
  command.insert(command.end(), options.begin(), options.end());
  return PseudoTerminal(command, size, type);
}

std::string status_line(const PseudoTerminal& terminal) { return terminal.screen().back(); }

TEST(Show, StepsForthAndBack) {
  PseudoTerminal terminal = show(mazur);
  ASSERT_TRUE(terminal.shows("1 of 67"));
  EXPECT_EQ(terminal.screen()[0], "A 2-2-2 sigmoid network, one step of gradient descent");
  EXPECT_EQ(terminal.screen()[5], "  inputs         i1 = 0.05, i2 = 0.10");
  EXPECT_EQ(terminal.screen()[6], "") << "the next line is not revealed yet";
  EXPECT_EQ(status_line(terminal), "        1 of 67   space next  b back  / find  ? keys  q quit");
  terminal.type(" ");
  EXPECT_TRUE(terminal.shows("2 of 67"));
  EXPECT_TRUE(terminal.screen()[6].starts_with("  weights        w1 = 0.15")) << terminal.text();
  terminal.type("\r\r");
  EXPECT_TRUE(terminal.shows("4 of 67"));
  terminal.type("b");
  EXPECT_TRUE(terminal.shows("3 of 67"));
  terminal.type("bbb");
  EXPECT_TRUE(terminal.shows("this is the first line"));
  terminal.type("G");
  EXPECT_TRUE(terminal.shows("67 of 67"));
  EXPECT_TRUE(terminal.shows("E_total⁺ = 0.2910")) << terminal.text();
  terminal.type(" ");
  EXPECT_TRUE(terminal.shows("this is the last line"));
  terminal.type("g");
  EXPECT_TRUE(terminal.shows(" 1 of 67"));
  terminal.type("q");
  EXPECT_EQ(terminal.wait(), 0);
}

TEST(Show, ShowsItsKeys) {
  PseudoTerminal terminal = show(mazur);
  ASSERT_TRUE(terminal.shows("1 of 67"));
  terminal.type("?");
  EXPECT_TRUE(terminal.shows("these keys")) << terminal.text();
  EXPECT_TRUE(terminal.shows("any key returns"));
  terminal.type(" ");
  EXPECT_TRUE(terminal.shows(" 1 of 67")) << "the key is for the list of keys only";
  terminal.type("q");
  EXPECT_EQ(terminal.wait(), 0);
}

TEST(Show, FindsQuantitiesLabelsAndDerivatives) {
  PseudoTerminal terminal = show(mazur);
  ASSERT_TRUE(terminal.shows("1 of 67"));
  terminal.type("/net_o2\r");
  EXPECT_TRUE(terminal.shows("(A7)")) << terminal.text();
  terminal.type("/b10\r");
  EXPECT_TRUE(terminal.shows("(B10)")) << terminal.text();
  terminal.type("/∂E_total/∂w1\r");
  EXPECT_TRUE(terminal.shows("(B12)")) << terminal.text();
  terminal.type("/dE_total/dw5\r");
  EXPECT_TRUE(terminal.shows("(B1)")) << terminal.text();
  terminal.type(
      "/wx\x7f"
      "5");
  EXPECT_TRUE(terminal.shows("/w5")) << terminal.text();
  terminal.type("\r");
  EXPECT_TRUE(terminal.shows("(B4)")) << terminal.text();
  terminal.type("/nowhere\r");
  EXPECT_TRUE(terminal.shows("'nowhere' is not in this sheet")) << terminal.text();
  terminal.type("/\x1b");
  EXPECT_TRUE(terminal.shows("(B4)")) << "escape leaves the search\n" << terminal.text();
  terminal.type("q");
  EXPECT_EQ(terminal.wait(), 0);
}

TEST(Show, FollowsTheSizeOfTheWindow) {
  PseudoTerminal terminal = show(mazur);
  ASSERT_TRUE(terminal.shows("1 of 67"));
  terminal.type("/A1\r");
  ASSERT_TRUE(terminal.shows("(A1)"));
  terminal.resize({10, 120});
  EXPECT_TRUE(terminal.shows("net_h1 = w1·i1 + w2·i2 + b1 = 0.15·0.05 + 0.20·0.10 + 0.35 = 0.3775"))
      << terminal.text();
  terminal.resize({3, 44});
  EXPECT_TRUE(terminal.shows("(A1)   7 of 67")) << terminal.text();
  EXPECT_TRUE(terminal.shows("= 0.3775")) << "its end is what one wants to see\n"
                                          << terminal.text();
  terminal.resize({1, 10});
  terminal.type("  ");
  terminal.resize({24, 80});
  EXPECT_TRUE(terminal.shows("(A3)   9 of 67")) << terminal.text();
  terminal.type("q");
  EXPECT_EQ(terminal.wait(), 0);
}

TEST(Show, RestoresTheScreen) {
  const std::string enter = "\x1b[?1049h", leave = "\x1b[?1049l";
  for (const int signal : {0, SIGINT, SIGTERM, SIGHUP}) {
    PseudoTerminal terminal = show(mazur, {24, 80}, "xterm");
    ASSERT_TRUE(terminal.shows("1 of 67"));
    EXPECT_NE(terminal.output().find(enter), std::string::npos);
    EXPECT_EQ(terminal.output().find(leave), std::string::npos);
    if (signal == 0) {
      terminal.type("q");
    } else if (signal == SIGINT) {
      terminal.type("\x03");
    } else {
      terminal.send_signal(signal);
    }
    const int status = terminal.wait();
    EXPECT_NE(terminal.output().find(leave), std::string::npos) << signal;
    if (signal == 0) {
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    } else {
      EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << signal;
    }
  }
}

TEST(Show, PrintsTheSheetOnATerminalWithoutAddressableCursor) {
  PseudoTerminal terminal = show(mazur, {200, 120}, "dumb");
  EXPECT_EQ(terminal.wait(), 0);
  EXPECT_NE(terminal.output().find("E_total⁺ = 0.2910"), std::string::npos);
}

TEST(Show, HasTheOptionsOfASheet) {
  PseudoTerminal terminal = show(mazur, {24, 80}, "vt100", {"--ascii", "--style", "delta"});
  ASSERT_TRUE(terminal.shows("1 of"));
  terminal.type("/delta_o1\r");
  EXPECT_TRUE(terminal.shows("delta_o1 = ")) << terminal.text();
  terminal.type("q");
  EXPECT_EQ(terminal.wait(), 0);
}

TEST(Show, ReportsWhatDoesNotHoldAfterwards) {
  const auto file =
      std::filesystem::temp_directory_path() / fmt::format("chalkgrad_show_{}.chalk", getpid());
  std::ofstream(file) << "y = 2*3\nexpect y = 7\n";
  PseudoTerminal terminal = show(file.string());
  ASSERT_TRUE(terminal.shows("1 of"));
  terminal.type("q");
  const int status = terminal.wait();
  std::filesystem::remove(file);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 1);
  EXPECT_NE(terminal.output().find("y is 6, not 7"), std::string::npos) << terminal.output();
}

}  // namespace
