#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/command_line.hpp"
#include "tracer/expression/utf8.hpp"

/// The executable as a user meets it: exit status, what goes to standard output, what to standard
/// error, and what is left behind.
namespace chalkgrad::testing {
namespace {

const std::string usage_tail = "chalkgrad --help and chalkgrad solve --help say more\n";

TEST_F(CommandLine, WritesTheSheetToStandardOutput) {
  const Result result = run("solve good.chalk");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_NE(result.out.find("∂y/∂w = x = 2"), std::string::npos) << result.out;
}

TEST_F(CommandLine, DecimalCommasAreForReadersAndNotForPrograms) {
  write("half.chalk", "input x = 0.5\nweight w = 3\ny = w*x\nderive y wrt w\n");
  EXPECT_NE(run("solve half.chalk --decimal-comma").out.find("∂y/∂w = x = 0,5"), std::string::npos);
  EXPECT_NE(run("picture half.chalk --values --decimal-comma --format dot").out.find("1,5"),
            std::string::npos);
  for (const char* json :
       {"solve half.chalk --format json", "solve half.chalk --style table --format json"})
    EXPECT_EQ(run(std::string(json) + " --decimal-comma").out, run(json).out) << json;
}

/// A label stands at the end of the line.
TEST_F(CommandLine, TextIsAsWideAsTheTerminalOrAsAsked) {
  const auto width = [&](const std::string& text) {
    const std::size_t end = text.find("(A1)");
    return end == std::string::npos
               ? end
               : utf8::display_width(
                     text.substr(text.rfind('\n', end) + 1, end + 4 - text.rfind('\n', end) - 1));
  };
  EXPECT_EQ(width(run("solve good.chalk").out), 108U);
  EXPECT_EQ(width(run("solve good.chalk --width 62").out), 62U);
  for (const auto& [columns, expected] :
       {std::pair{"70", 70U}, {"20", 50U}, {"5000", 140U}, {"x", 108U}, {"", 108U}}) {
    ::setenv("COLUMNS", columns, 1);
    EXPECT_EQ(width(run("solve good.chalk").out), expected) << columns;
    run("solve good.chalk -o sheet.txt");
    EXPECT_EQ(width(text_of(path("sheet.txt"))), 108U) << columns;
  }
  ::unsetenv("COLUMNS");
  expect_refused("solve good.chalk --width 49",
                 "chalkgrad: error: --width: Value 49 not in range 50 to 1000\n" + usage_tail);
}

TEST_F(CommandLine, WritesToAFile) {
  const Result result = run("solve good.chalk --format json -o sheet.json");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(text_of(path("sheet.json")), run("solve good.chalk --format json").out);
  EXPECT_EQ(run("solve good.chalk -o /dev/null").status, 0);
}

TEST_F(CommandLine, TheSuffixOfTheOutputDecides) {
  for (const auto& [suffix, format] : {std::pair{"tex", "latex"},
                                       {"html", "html"},
                                       {"md", "markdown"},
                                       {"json", "json"},
                                       {"txt", "text"},
                                       {"other", "text"}}) {
    EXPECT_EQ(run(fmt::format("solve good.chalk -o sheet.{}", suffix)).status, 0);
    EXPECT_EQ(text_of(path(fmt::format("sheet.{}", suffix))),
              run(fmt::format("solve good.chalk --format {}", format)).out);
  }
  EXPECT_EQ(run("solve good.chalk --format latex -o sheet.json").status, 0);
  EXPECT_EQ(text_of(path("sheet.json")), run("solve good.chalk --format latex").out);
  EXPECT_EQ(run("picture good.chalk -o network.dot").status, 0);
  EXPECT_EQ(text_of(path("network.dot")), run("picture good.chalk --format dot").out);
}

TEST_F(CommandLine, RefusesSuffixesThatNobodyWrites) {
  expect_refused(
      "solve good.chalk -o sheet.docx",
      "chalkgrad: error: --output: nothing here writes 'sheet.docx' (.docx): write a .md "
      "and convert it, with pandoc say\n" +
          usage_tail);
  expect_refused("picture good.chalk -o network.pdf",
                 "chalkgrad: error: --output: nothing here writes 'network.pdf' (.pdf): write a "
                 ".svg and convert it, with rsvg-convert say\n"
                 "chalkgrad --help and chalkgrad picture --help say more\n");
  EXPECT_EQ(run("train good.chalk --steps 3 --plot error.png").err,
            "chalkgrad: error: --plot: nothing here writes 'error.png' (.png): write a .svg and "
            "convert it, with rsvg-convert say\n"
            "chalkgrad --help and chalkgrad train --help say more\n");
}

/// What changes nothing, or is forgotten, is said; the sheet is written all the same.
TEST_F(CommandLine, WarnsOfWhatIsProbablyNotMeant) {
  EXPECT_EQ(run("solve good.chalk --seed 7").err,
            "chalkgrad: warning: --seed changes nothing: the problem has no random(...)\n");
  EXPECT_EQ(run("solve good.chalk --seed 7").status, 0);
  write("random.chalk", "weight w = random(-1, 1)\nE = w^2\nderive E wrt w\n");
  EXPECT_EQ(run("solve random.chalk --seed 7").err, "");
  EXPECT_EQ(run("solve good.chalk --seed 7 --set \"w=random(0, 1)\"").err.find("--seed"),
            std::string::npos);
  write("forgotten.chalk", "weight w = 2\nnet = 3*w\nE = net^2\n");
  const Result result = run("solve forgotten.chalk");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err,
            "forgotten.chalk:3:1: warning: nothing is derived: the file has no derive statement\n"
            "  E = net^2\n"
            "  ^ add derive E wrt all\n");
  EXPECT_EQ(run("solve forgotten.chalk --wrt w").err, "");
  EXPECT_EQ(run("picture forgotten.chalk").err, "");
  write("forward.chalk", "weight w = 2\ny = 3*w\nexpect y = 6\n");
  EXPECT_EQ(run("solve forward.chalk").err, "");
  write("sum.chalk", "y = 2*3\n");
  EXPECT_EQ(run("solve sum.chalk").err, "");
}

TEST_F(CommandLine, RefusesFilesThatAreNoText) {
  EXPECT_EQ(run("solve /dev/zero").err,
            "chalkgrad: error: cannot read '/dev/zero': it is larger than 64 MiB\n");
  write("utf16le.chalk", std::string("\xFF\xFEy\0=\0", 6));
  write("utf16be.chalk", std::string("\0y\0=\0001", 6));
  for (const char* name : {"utf16le.chalk", "utf16be.chalk"})
    EXPECT_EQ(run(fmt::format("solve {}", name)).err,
              fmt::format("chalkgrad: error: cannot read '{}': it is in UTF-16; save it as UTF-8\n",
                          name));
  EXPECT_EQ(run("solve good.chalk <good.chalk").status, 0);
}

TEST_F(CommandLine, ReadsFromAPipeAsSoonAsSomebodyWrites) {
  const std::string command = fmt::format(
      "cd '{}' && mkfifo pipe && (sleep 0.2; cat good.chalk >pipe) & cd '{}'; sleep 0.1; "
      "'{}' solve pipe >from_pipe 2>&1",
      path("").string(), path("").string(), CHALKGRAD_EXECUTABLE);
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(text_of(path("from_pipe")), run("solve good.chalk").out);
}

TEST_F(CommandLine, WritesThroughADanglingLink) {
  fs::create_symlink("target.txt", path("link.txt"));
  EXPECT_EQ(run("solve good.chalk -o link.txt").status, 0);
  EXPECT_TRUE(fs::is_symlink(path("link.txt")));
  EXPECT_EQ(text_of(path("target.txt")), run("solve good.chalk").out);
}

TEST_F(CommandLine, ReadsStandardInput) {
  EXPECT_EQ(run("solve - < good.chalk").out, run("solve good.chalk").out);
  EXPECT_EQ(run("solve - < /dev/null").err,
            "<stdin>:1:1: error: there is nothing to solve: the file defines no quantity\n"
            "  write a definition, as in y = 2*3\n");
}

TEST_F(CommandLine, AFailedExpectationIsReportedAndGivesStatusOne) {
  write("wrong.chalk",
        "x = 2/3\nexpect x = 0.6667\nexpect x = 0.67\nexpect x = 0.665\nexpect x = 0.668\n");
  const Result result = run("solve wrong.chalk");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, run("solve wrong.chalk -v").out);
  EXPECT_EQ(result.err,
            "wrong.chalk:4:8: error: x is 0.66667, not 0.665\n  expect x = 0.665\n         ^\n"
            "wrong.chalk:5:8: error: x is 0.66667, not 0.668\n  expect x = 0.668\n         ^\n");
  EXPECT_NE(result.out.find("0.6667"), std::string::npos);
}

TEST_F(CommandLine, LastDigitIsSaid) {
  write("last.chalk", "x = 2/3\nexpect x = 0.6661\n");
  EXPECT_EQ(run("solve last.chalk").err,
            "last.chalk:2:8: error: x is 0.666667, not 0.6661\n  expect x = 0.6661\n         ^\n");
  write("last.chalk", "x = 2/3\nexpect x = 0.6674\n");
  EXPECT_EQ(run("solve last.chalk").status, 1);
  write("last.chalk", "x = -0.0190491182582781\nexpect x = -0.019049119\n");
  EXPECT_EQ(run("solve last.chalk").err,
            "last.chalk:2:8: error: x is -0.01904911826, not -0.019049119\n"
            "  expect x = -0.019049119\n         ^ the last digit is off by one\n");
}

TEST_F(CommandLine, OptionsChangeTheSheet) {
  const std::string mazur = std::string(CHALKGRAD_SOURCE_DIR) + "/worked_examples/mazur.chalk ";
  const auto has = [&](const std::string& options, const std::string& text) {
    const Result result = run("solve " + mazur + options);
    EXPECT_EQ(result.status, 0) << options << result.err;
    EXPECT_NE(result.out.find(text), std::string::npos) << options << "\n" << result.out;
  };
  has("--detail brief", "\n  ∂E_total/∂w5 = 0.7414·0.1868·0.5933 = 0.08217\n");
  has("--detail full", "1/2·2·(t1 − out_o1)^(2 − 1)·(−1)");
  has("", "0.7414·0.1868·0.40 = 0.05540");
  has("", "−0.2171·0.1755·0.50 = −0.01905");
  has("", "∂E_total/∂w1 = 0.03635·0.2413·0.05 = 0.0004386");
  has("", "w5⁺ = w5 − η·∂E_total/∂w5 = 0.40 − 0.5·0.08217 = 0.3589");
  for (const char* figure :
       {"0.593269992", "0.186815602", "0.082167041", "0.000438568", "0.35891648"})
    has("--decimals 9", figure);
  has("--rounding truncate", "= 0.5932");
  has("--rounding truncate --decimals 4", "= 0.0821 ");
  has("--significant 3", "= 0.0822 ");
  has("--carry rounded", "= 0.02357 ");
  has("--approx", "σ(net_h1) = σ(0.3775) ≈ 0.5933");
  has("--ascii", "dE_total/dw5 = 0.7414*0.1868*0.5933 = 0.08217");
  has("--wrt out_h1,b2", "∂E_total/∂b2 = ∂E_o1/∂b2 + ∂E_o2/∂b2");
  has("--wrt all", "∂E_total/∂b1");
  has("--format latex", "\\documentclass");
  has("--format latex --fragment", "% Given");
  has("--format json", "\"version\": 1");
  has("--format html", "<!DOCTYPE html>");
  has("--format markdown", "\n$$\n\\begin{aligned}\n");
  has("--format beamer", "{beamer}");
}

TEST_F(CommandLine, DrawsPictures) {
  const std::string mazur = std::string(CHALKGRAD_SOURCE_DIR) + "/worked_examples/mazur.chalk";
  const auto has = [&](const std::string& options, const std::string& text) {
    const Result result = run("picture " + mazur + options);
    EXPECT_EQ(result.status, 0) << options << result.err;
    EXPECT_EQ(result.err, "") << options;
    EXPECT_NE(result.out.find(text), std::string::npos) << options << "\n" << result.out;
  };
  has("", "<svg ");
  has(" --format tikz", "\\begin{tikzpicture}");
  has(" --format dot", "digraph ");
  has(" --values", ">0.5933</tspan>");
  has(" --gradients", ">0.08217</tspan>");
  has(" --gradients --decimals 6", ">0.082167</tspan>");
  has(" --expanded", "class=\"node operation\"");
  EXPECT_EQ(run("picture " + mazur).out.find("0.5933"), std::string::npos);
  EXPECT_EQ(run("picture " + mazur + " -o net.svg").out, "");
  EXPECT_EQ(text_of(path("net.svg")), run("picture " + mazur).out);
}

TEST_F(CommandLine, ALargePictureIsAnOutline) {
  std::string inputs, sum = "y = w";
  for (int i = 1; i <= 90; ++i) {
    inputs += fmt::format("input x{} = {}\n", i, i);
    sum += fmt::format(" + x{}", i);
  }
  write("large.chalk", inputs + "weight w = 2\n" + sum + "\nderive y wrt w\n");
  const Result result = run("picture large.chalk");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err,
            "chalkgrad: warning: 181 nodes are more than a picture can show (60): this is an "
            "outline of its layers, without numbers\n");
  EXPECT_NE(result.out.find("an outline: 181 nodes are more than a picture can show"),
            std::string::npos);
}

TEST_F(CommandLine, PictureRefusesBadUsage) {
  const std::string tail = "chalkgrad --help and chalkgrad picture --help say more\n";
  expect_refused("picture good.chalk --format png",
                 "chalkgrad: error: --format: 'png' is not one of svg|tikz|dot\n" + tail);
  expect_refused("picture", "chalkgrad: error: FILE is required\n" + tail);
  expect_refused("picture good.chalk --digits 99",
                 "chalkgrad: error: --digits: Value 99 not in range 1 to 15\n" + tail);
  expect_refused("picture good.chalk -o good.chalk",
                 "chalkgrad: error: 'good.chalk' would be overwritten by its own sheet\n");
  expect_refused("picture missing.chalk",
                 "chalkgrad: error: cannot read 'missing.chalk': No such file or directory\n");
}

TEST_F(CommandLine, ShowPrintsTheSheetWhereThereIsNoTerminal) {
  EXPECT_EQ(run("show good.chalk < /dev/null").out, run("solve good.chalk").out);
  EXPECT_EQ(run("show good.chalk --ascii --detail full").out,
            run("solve good.chalk --ascii --detail full").out);
  EXPECT_EQ(run("show - < good.chalk").out, run("solve good.chalk").out);
  write("wrong.chalk", "x = 2\nexpect x = 3\n");
  EXPECT_EQ(run("show wrong.chalk").status, 1);
  EXPECT_EQ(run("show wrong.chalk").err,
            "wrong.chalk:2:8: error: x is 2, not 3\n  expect x = 3\n         ^\n");
  fs::remove(path("wrong.chalk"));
  expect_refused("show missing.chalk",
                 "chalkgrad: error: cannot read 'missing.chalk': No such file or directory\n");
  expect_refused("show good.chalk --mode forward",
                 "chalkgrad: error: --mode: forward goes with --style table\n"
                 "chalkgrad --help and chalkgrad show --help say more\n");
}

TEST_F(CommandLine, VerboseSpeaksOnStandardErrorOnly) {
  const Result result = run("solve good.chalk -v");
  EXPECT_EQ(result.out, run("solve good.chalk").out);
  EXPECT_EQ(result.err,
            "chalkgrad: debug: good.chalk: 5 lines\n"
            "chalkgrad: debug: quantities: 3, nodes: 3, steps: 1\n"
            "chalkgrad: debug: expect y = 6: ok\n");
}

TEST_F(CommandLine, HelpAndVersion) {
  EXPECT_EQ(run("--version").out, "chalkgrad 0.2.0\n");
  EXPECT_EQ(run("--version").status, 0);
  EXPECT_NE(run("--help").out.find("solve"), std::string::npos);
  EXPECT_NE(run("solve --help").out.find("--detail brief|standard|full"), std::string::npos);
  EXPECT_EQ(run("solve --help").status, 0);
}

TEST_F(CommandLine, RefusesBadUsage) {
  expect_refused("", "chalkgrad: error: A subcommand is required\n" + usage_tail);
  expect_refused("slove good.chalk",
                 "chalkgrad: error: unknown command 'slove'; did you mean 'solve'?\n" + usage_tail);
  expect_refused("draw good.chalk", "chalkgrad: error: unknown command 'draw'\n" + usage_tail);
  expect_refused("solve", "chalkgrad: error: FILE is required\n" + usage_tail);
  expect_refused("solve good.chalk --format tex",
                 "chalkgrad: error: --format: 'tex' is not one of "
                 "text|latex|pdf|html|markdown|beamer|csv|xlsx|json; "
                 "did you mean 'latex'?\n" +
                     usage_tail);
  expect_refused("solve good.chalk --lang de",
                 "chalkgrad: error: unknown option '--lang'\n" + usage_tail);
  expect_refused(
      "solve good.chalk --digit 3",
      "chalkgrad: error: unknown option '--digit'; did you mean '--digits'?\n" + usage_tail);
  expect_refused(
      "solve good.chalk --detail some",
      "chalkgrad: error: --detail: 'some' is not one of brief|standard|full\n" + usage_tail);
  expect_refused("solve good.chalk --digits 0",
                 "chalkgrad: error: --digits: Value 0 not in range 1 to 15\n" + usage_tail);
  expect_refused("solve good.chalk --digits 4 --decimals 3",
                 "chalkgrad: error: --digits excludes --decimals\n" + usage_tail);
  expect_refused("solve good.chalk --fragment",
                 "chalkgrad: error: --fragment: goes with --format latex\n" + usage_tail);
  expect_refused("solve good.chalk --ascii --format json",
                 "chalkgrad: error: --ascii: goes with --format text\n" + usage_tail);
  expect_refused("solve good.chalk --width 60 -o sheet.tex",
                 "chalkgrad: error: --width: goes with --format text\n" + usage_tail);
  expect_refused("solve good.chalk --colour",
                 "chalkgrad: error: unknown option '--colour'\n" + usage_tail);
  expect_refused("solve good.chalk --wrt v", "chalkgrad: error: --wrt: unknown quantity 'v'\n");
}

TEST_F(CommandLine, RefusesWhatItCannotReadOrWrite) {
  expect_refused("solve missing.chalk",
                 "chalkgrad: error: cannot read 'missing.chalk': No such file or directory\n");
  expect_refused("solve .", "chalkgrad: error: cannot read '.': Is a directory\n");
  expect_refused("solve good.chalk -o nowhere/sheet.txt",
                 "chalkgrad: error: cannot write 'nowhere/sheet.txt': No such file or directory\n");
}

TEST_F(CommandLine, LeavesNoPartialFile) {
  write("bad.chalk", "y = ln(0)\n");
  write("sheet.txt", "what was there before");
  const Result result = run("solve bad.chalk -o sheet.txt");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(text_of(path("sheet.txt")), "what was there before");
  EXPECT_EQ(run("solve bad.chalk -o new.txt").status, 2);
  EXPECT_FALSE(fs::exists(path("new.txt")));
}

TEST_F(CommandLine, NeverOverwritesTheProblem) {
  const std::string before = text_of(path("good.chalk"));
  fs::create_symlink("good.chalk", path("link"));
  for (const char* output : {"good.chalk", "./good.chalk", "link"})
    expect_refused(fmt::format("solve good.chalk -o {}", output),
                   "chalkgrad: error: 'good.chalk' would be overwritten by its own sheet\n");
  EXPECT_EQ(text_of(path("good.chalk")), before);
}

TEST_F(CommandLine, AReplacedFileKeepsItsLinkAndPermissions) {
  write("sheet.txt", "old");
  fs::permissions(path("sheet.txt"), fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("sheet.txt", path("link"));
  EXPECT_EQ(run("solve good.chalk -o link").status, 0);
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(text_of(path("sheet.txt")), run("solve good.chalk").out);
  EXPECT_EQ(fs::status(path("sheet.txt")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

/// Every bad input: the message with its position, and nothing else.
TEST_F(CommandLine, RefusesBadFiles) {
  const std::pair<std::string, std::string> table[] = {
      {"",
       "1:1: error: there is nothing to solve: the file defines no quantity\n"
       "  write a definition, as in y = 2*3\n"},
      {"out_h2 = 1\ny = 2*out_h3\n",
       "2:7: error: unknown quantity 'out_h3'\n"
       "  y = 2*out_h3\n"
       "        ^~~~~~ did you mean 'out_h2'?\n"},
      {"a = b\nb = a + 1\n",
       "1:1: error: 'a' needs itself: a needs b needs a\n"
       "  a = b\n"
       "  ^ a definition cannot go in a circle\n"},
      {"y = 1\ny = 2\n",
       "2:1: error: 'y' is defined twice\n"
       "  y = 2\n"
       "  ^ first in line 1\n"},
      {"x = 1..2\n",
       "1:6: error: expected the end of the line, but found '..'\n"
       "  x = 1..2\n"
       "       ^~ a range has two names, as in w1..w4; a long sum is dot(w1..w4; x1..x4)\n"},
      {"y = (1 + 2\n",
       "1:5: error: this '(' is never closed\n"
       "  y = (1 + 2\n"
       "      ^\n"},
      {"y = 1 + 2)\n",
       "1:10: error: expected the end of the line, but found ')'\n"
       "  y = 1 + 2)\n"
       "           ^ no bracket is open here\n"},
      {"y = sigmod(1)\n",
       "1:5: error: unknown function 'sigmod'\n"
       "  y = sigmod(1)\n"
       "      ^~~~~~ did you mean 'sigmoid'?\n"},
      {"y = sigmoid(1, 2)\n",
       "1:5: error: sigmoid takes 1 argument, not 2\n"
       "  y = sigmoid(1, 2)\n"
       "      ^~~~~~~~~~~~~\n"},
      {"a = 0\ny = 1/a\n",
       "2:5: error: 'y' has no value: 1/a, where a is 0\n"
       "  y = 1/a\n"
       "      ^~~ division by zero\n"},
      {"a = 0-2\ny = ln(a)\n",
       "2:5: error: 'y' has no value: ln(a), where a is −2\n"
       "  y = ln(a)\n"
       "      ^~~~~ the logarithm needs a positive argument\n"},
      {"x = 2\ny = 3*x\nderive y wrt z\n",
       "3:14: error: unknown quantity 'z'\n"
       "  derive y wrt z\n"
       "               ^\n"},
      {"y = 1\xFF"
       " + 2\n",
       "1:6: error: the byte 0xFF is not UTF-8\n"
       "  y = 1? + 2\n"
       "       ^\n"},
      {"y = 2x\nz = w\n",
       "1:6: error: expected an operator between '2' and 'x'\n"
       "  y = 2x\n"
       "       ^ write * for a product\n"
       "bad.chalk:2:5: error: unknown quantity 'w'\n"
       "  z = w\n"
       "      ^\n"},
  };
  for (const auto& [text, message] : table) {
    write("bad.chalk", text);
    expect_refused("solve bad.chalk", "bad.chalk:" + message);
  }
}

TEST_F(CommandLine, ALineOfAMegabyteIsRefusedInALine) {
  const std::string name(1'000'000, 'x');
  write("bad.chalk", "y = " + name + "\n");
  expect_refused("solve bad.chalk",
                 fmt::format("bad.chalk:1:5: error: unknown quantity '{}...'\n"
                             "  y = {}...\n      ^{}\n",
                             name.substr(0, 40), name.substr(0, 120), std::string(119, '~')));
}

TEST_F(CommandLine, FullDeviceIsAnError) {
  const Result result = run("solve good.chalk -o /dev/full");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err, "chalkgrad: error: cannot write '/dev/full': No space left on device\n");
}

TEST_F(CommandLine, WritesEveryStyle) {
  write("net.chalk", "input x = 2\nweight w = 3\nnet = w*x\ny = sigmoid(net)\nderive y wrt w\n");
  EXPECT_NE(run("solve net.chalk --style delta").out.find("δ_net = ∂y/∂net = y·(1 − y)"),
            std::string::npos);
  EXPECT_NE(run("solve net.chalk --style paths").out.find("There is one path from w to y."),
            std::string::npos);
  EXPECT_NE(run("solve net.chalk --style table").out.find("w̄"), std::string::npos);
  EXPECT_NE(run("solve net.chalk --style table --mode forward --ascii").out.find("w_dot"),
            std::string::npos);
  const Result json = run("solve net.chalk --style delta --format json");
  EXPECT_NE(json.out.find("\"style\": \"delta\""), std::string::npos);
  EXPECT_NE(json.out.find("\"left\": \"δ_net\""), std::string::npos);
}

TEST_F(CommandLine, RefusesTooManyPaths) {
  write("paths.chalk", "weight w = 1\na = 2*w\nb = w + a\nc = a*b + w\nderive c wrt w\n");
  expect_refused(
      "solve paths.chalk --style paths --max-paths 2 -o sheet",
      "chalkgrad: error: --style paths: there are 4 paths from w to c, and at most 2 are "
      "written out; --max-paths N allows more\n");
  EXPECT_EQ(run("solve paths.chalk --style paths --max-paths 4").status, 0);
}

TEST_F(CommandLine, SetsWhatTheFileSays) {
  write("set.chalk",
        "act(z) = sigmoid(z)\nweight w = 0.5\ny = act(w)\nderive y wrt w\n"
        "update w rate 0.5\nexpect y = 0.6225\n");
  const Result result = run("solve set.chalk --set act=tanh --set w=0.1 --set rate=0.25");
  EXPECT_EQ(result.status, 0);  // the figures of the file are not those of the variant
  EXPECT_NE(result.out.find("y = tanh(w) = tanh(0.1) = 0.09967"), std::string::npos);
  EXPECT_NE(result.out.find("η = 0.25"), std::string::npos);
  expect_refused("solve set.chalk --set v=1",
                 "--set:1: error: the file has no 'v' to replace\n  v=1\n  ^\n");
}

TEST_F(CommandLine, RefusesTooManyTraces) {
  write("traces.chalk", "weight w1..w200 = random(0, 1)\ny = sum(w1..w200)\nderive y wrt all\n");
  expect_refused("solve traces.chalk --style table --mode forward",
                 "chalkgrad: error: --mode forward: a trace for each of 200 variables is too long; "
                 "name some of them with --wrt\n");
  EXPECT_EQ(run("solve traces.chalk --style table --mode forward --wrt w2..w4,w9").status, 0);
  EXPECT_EQ(run("solve traces.chalk --wrt w4..w2").err,
            "chalkgrad: error: --wrt: 'w4' to 'w2' is no range: it counts down\n");
}

TEST_F(CommandLine, TheSeedMayBeGiven) {
  write("random.chalk", "seed 7\nweight w = random(-1, 1, step 0.05)\ny = w^2\nderive y wrt w\n");
  EXPECT_EQ(run("solve random.chalk").out, run("solve random.chalk --seed 7").out);
  EXPECT_NE(run("solve random.chalk").out, run("solve random.chalk --seed 9").out);
  EXPECT_EQ(run("solve random.chalk --seed x").status, 2);
  EXPECT_EQ(run("solve random.chalk --seed -1").status, 2);
}

class Train : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("train.chalk", "weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.25\n");
  }
};

TEST_F(Train, WritesTheStepsInThreeFormats) {
  EXPECT_EQ(run("train train.chalk --steps 3").out,
            "  step         E       w\n     0         1       1\n     1      0.25     0.5\n"
            "     2    0.0625    0.25\n     3   0.01563   0.125\n\n"
            "  Stopped after 3 steps, as asked.\n");
  EXPECT_EQ(run("train train.chalk --steps 5 --every 2 --format csv").out,
            "step,E,w\n0,1,1\n2,0.0625,0.25\n4,0.00390625,0.0625\n5,0.0009765625,0.03125\n");
  const Result json = run("train train.chalk --steps 1 --format json -o steps.json");
  EXPECT_EQ(json.out + json.err, "");
  EXPECT_EQ(text_of(path("steps.json")),
            "{\n  \"version\": 1,\n  \"output\": \"E\",\n  \"steps\": 1,\n"
            "  \"stopped\": \"steps\",\n  \"rows\": [\n    {\n      \"step\": 0,\n"
            "      \"value\": 1.0,\n      \"parameters\": {\n        \"w\": 1.0\n      }\n    },\n"
            "    {\n      \"step\": 1,\n      \"value\": 0.25,\n      \"parameters\": {\n"
            "        \"w\": 0.5\n      }\n    }\n  ]\n}\n");
}

TEST_F(Train, ARunThatDivergesIsWrittenUpToThere) {
  const Result result = run("train train.chalk --steps 2000 --every 400 --set rate=2 --format csv");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(
      result.err,
      "train.chalk:4:1: error: the training diverges in step 324: 'E' has no value: w^2 is too "
      "large\n  update w rate 0.25\n  ^~~~~~ a smaller rate may help\n");
  EXPECT_EQ(result.out.substr(0, 14), "step,E,w\n0,1,1");
}

TEST_F(Train, DrawsPlotsBesideTheTable) {
  write("two.chalk", "weight u = 1, w = 1\nE = u^2 + 3*w^2\nderive E wrt w\nupdate all rate 0.1\n");
  const Result result = run("train two.chalk --steps 4 --every 2 --plot error.svg --path way.svg");
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out, run("train two.chalk --steps 4 --every 2").out);
  const std::string error = text_of(path("error.svg")), way = text_of(path("way.svg"));
  EXPECT_TRUE(error.starts_with("<svg ")) << error;
  EXPECT_TRUE(way.starts_with("<svg ")) << way;
  EXPECT_EQ(run("train two.chalk --steps 4 --plot log.svg --log-scale -o /dev/null").status, 0);
  EXPECT_NE(text_of(path("log.svg")), error);
  // Only the table can go to standard output beside a plot that does.
  EXPECT_EQ(run("train two.chalk --steps 4 --plot - -o table.txt").out, error);
  EXPECT_EQ(run("train two.chalk --steps 4 --path way2.svg --over w,u -o /dev/null").status, 0);
  EXPECT_NE(text_of(path("way2.svg")), way) << "the axes change places";
}

TEST_F(Train, ADivergingRunIsPlottedUpToThere) {
  EXPECT_EQ(run("train train.chalk --steps 2000 --set rate=2 --plot error.svg -o /dev/null").status,
            2);
  EXPECT_NE(text_of(path("error.svg")).find("diverged in step 324"), std::string::npos);
}

TEST_F(Train, RefusesPlotsThatMakeNoSense) {
  const std::string tail = "chalkgrad --help and chalkgrad train --help say more\n";
  expect_refused("train train.chalk --steps 3 --log-scale",
                 "chalkgrad: error: --log-scale: goes with --plot\n" + tail);
  expect_refused("train train.chalk --steps 3 --over w,u",
                 "chalkgrad: error: --over: goes with --path\n" + tail);
  expect_refused("train train.chalk --steps 3 --plot - ",
                 "chalkgrad: error: two outputs go to standard output; say -o for the table\n");
  expect_refused("train train.chalk --steps 3 --plot a.svg --path a.svg --over w,u",
                 "chalkgrad: error: two outputs go to 'a.svg'\n");
  expect_refused("train train.chalk --steps 3 --plot train.chalk",
                 "chalkgrad: error: 'train.chalk' would be overwritten by its own plot\n");
  expect_refused("train train.chalk --steps 3 --path a.svg",
                 "chalkgrad: error: --path: needs two parameters, and only w is trained\n");
  const std::string mazur = std::string(CHALKGRAD_SOURCE_DIR) + "/worked_examples/mazur.chalk";
  const std::string train = "train " + mazur + " --steps 3 --path a.svg";
  expect_refused(train, "chalkgrad: error: --path: say which two parameters, as in --over w1,w2\n");
  expect_refused(train + " --over w1,w1", "chalkgrad: error: --over: 'w1' is there twice\n");
  expect_refused(train + " --over w1,w2,w3",
                 "chalkgrad: error: --over: two parameters are needed, not 3\n");
  expect_refused(train + " --over w1,net_h1",
                 "chalkgrad: error: --over: 'net_h1' is not a parameter that is trained\n");
  expect_refused(train + " --over w1,w9",
                 "chalkgrad: error: --over: 'w9' is not a parameter that is trained; did you mean "
                 "'w8'?\n");
  EXPECT_EQ(run(train + " --over 'w1, w2' -o /dev/null").status, 0);
  fs::remove(path("a.svg"));
  // Together or not at all.
  expect_refused("train train.chalk --steps 3 --plot a.svg -o nowhere/table.txt",
                 "chalkgrad: error: cannot write 'nowhere/table.txt': No such file or directory\n");
  expect_refused("train train.chalk --steps 3 --plot nowhere/a.svg",
                 "chalkgrad: error: cannot write 'nowhere/a.svg': No such file or directory\n");
}

/// y = 0.1·1 = 0.1, w = 0.1 + 0.1·0.9 = 0.19; y = 0.38, w = 0.19 − 0.1·1.38·2 = −0.086.
TEST_F(Train, GoesOverTheTableOnceSampleBySample) {
  write("pass.chalk",
        "samples x, t\n1, 1\n2, -1\nweight w = 0.1\ny = w*x\ne = half_squared_error(t; y)\n"
        "J = sum over samples of e\nupdate w of J rate 0.1 sample by sample\n");
  const Result ran = run("train pass.chalk");
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("   0.19\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("−0.086\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("Stopped after 2 steps"), std::string::npos) << ran.out;
  fs::remove(path("pass.chalk"));
}

TEST_F(Train, RefusesWhatCannotBeTrained) {
  write("none.chalk", "weight w = 1\nE = w^2\nderive E wrt w\n");
  expect_refused("train none.chalk --steps 3",
                 "none.chalk:1:1: error: there is nothing to train: the file has no update\n"
                 "  weight w = 1\n  ^ add a statement such as update all rate 0.5\n");
  fs::remove(path("none.chalk"));
  expect_refused("train train.chalk",
                 "train.chalk:4:1: error: the update does not say how often\n"
                 "  update w rate 0.25\n  ^~~~~~ say --steps 100, or repeat 100 in the file\n");
  EXPECT_EQ(run("train train.chalk --steps 0").status, 2);
  EXPECT_EQ(run("train train.chalk --steps x").status, 2);
  EXPECT_EQ(run("train train.chalk --steps 3 --every 0").status, 2);
  EXPECT_EQ(run("train missing.chalk --steps 3").status, 2);
}

TEST_F(CommandLine, CheckJudgesAnswers) {
  write("right.txt", "y = w*x = 3*2 = 6\n");
  write("wrong.txt", "y = w*x = 3*2 = 7\ndy/dw = x = 2\n");
  write("prose.txt", "nothing here\n");
  write("other.txt", "z = 5\n");
  EXPECT_EQ(run("check good.chalk right.txt").status, 0);
  EXPECT_EQ(run("check good.chalk right.txt").out, "right.txt: 3 ok\n");
  const Result wrong = run("check good.chalk wrong.txt");
  EXPECT_EQ(wrong.status, 1);
  EXPECT_EQ(wrong.out,
            "wrong.txt:1: y: wrong\n"
            "    y = w*x = 3*2 = 7\n"
            "                    ^ y = 6; your digits give 6\n"
            "wrong.txt: 4 ok, 1 wrong\n");
  EXPECT_EQ(run("check good.chalk prose.txt").status, 2);
  EXPECT_EQ(run("check good.chalk prose.txt").out, "prose.txt: nothing to check\n");
  EXPECT_EQ(run("check good.chalk other.txt").status, 2);
  EXPECT_EQ(run("check good.chalk other.txt").out,
            "other.txt:1:1: unreadable\n"
            "    z = 5\n"
            "    ^ unknown quantity 'z'\n"
            "other.txt: 1 unreadable\n");
  EXPECT_EQ(run("check good.chalk - <right.txt").out, "<stdin>: 3 ok\n");
}

TEST_F(CommandLine, CheckSumsUpAClass) {
  write("right.txt", "y = 6\n");
  write("wrong.txt", "y = 7\n");
  const Result result = run("check good.chalk right.txt missing.txt wrong.txt --summary");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out,
            "right.txt: 1 ok\n"
            "missing.txt: cannot read 'missing.txt': No such file or directory\n"
            "wrong.txt: 1 wrong\n"
            "3 files: 1 all right, 1 with mistakes, 1 not decided; 1 ok, 1 wrong\n"
            "  wrong in y: 1 of 2\n");
  EXPECT_EQ(run("check good.chalk right.txt wrong.txt --summary --format csv").out,
            "mistake,slip,quantity,files,of\nwrong,,y,1,2\n");
  EXPECT_EQ(run("check good.chalk right.txt wrong.txt --format csv").out,
            "file,line,column,written,quantity,verdict,slip,message\n"
            "right.txt,1,5,6,y,ok,,\nwrong.txt,1,5,7,y,wrong,,y = 6\n");
  EXPECT_NE(run("check good.chalk wrong.txt --summary --format json")
                .out.find("\"what\": \"wrong\",\n      \"files\": 1,\n      \"of\": 1"),
            std::string::npos);
  EXPECT_NE(run("check good.chalk wrong.txt --summary --format html")
                .out.find("<tr><td>wrong</td><td>y</td><td>1 of 1</td></tr>"),
            std::string::npos);
  const Result markdown = run("check good.chalk wrong.txt --format markdown");
  EXPECT_EQ(markdown.status, 1);
  EXPECT_EQ(markdown.out,
            "## wrong.txt\n\n1 wrong\n\nthe first mistake is in line 1, y: y = 6\n\n| line | "
            "written | verdict | "
            "|\n|-----:|---------|---------|---|\n"
            "| 1 | `7` | wrong | y = 6 |\n\n");
}

TEST_F(CommandLine, CheckWritesJson) {
  write("wrong.txt", "y = 7\n");
  const Result result = run("check good.chalk wrong.txt --format json");
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.out.find("\"path\": \"wrong.txt\",\n      \"status\": 1,"), std::string::npos);
  for (const char* part :
       {"\"line\": 1", "\"column\": 5", "\"written\": \"7\"", "\"reading\": \"7\"",
        "\"quantity\": \"y\"", "\"value\": 6.0", "\"verdict\": \"wrong\"", "\"slip\": null",
        "\"message\": \"y = 6\"", "\"unreadable\": 0"})
    EXPECT_NE(result.out.find(part), std::string::npos) << part << result.out;
  EXPECT_EQ(run("check good.chalk wrong.txt --format json --no-answers").out.find("6.0"),
            std::string::npos);
}

TEST_F(CommandLine, CheckRefusesBadUsage) {
  EXPECT_EQ(run("check good.chalk").status, 2);
  EXPECT_EQ(run("check - - <good.chalk").status, 2);
  EXPECT_EQ(run("check missing.chalk a.txt").status, 2);
  EXPECT_EQ(run("check good.chalk a.txt --format pdf").status, 2);
}

}  // namespace
}  // namespace chalkgrad::testing
