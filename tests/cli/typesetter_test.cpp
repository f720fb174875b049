#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/pseudo_terminal.hpp"

/// `solve` where a PDF is asked for: pdflatex runs, and leaves nothing behind but the PDF. Where it
/// is missing, or fails, or is interrupted, stands a script of that name.
namespace {

namespace fs = std::filesystem;

class Typesetter : public ::testing::Test {
 protected:
  struct Result {
    int status;
    std::string out, err;
  };

  void SetUp() override {
    fs::create_directories(directory_ / "tmp");
    fs::create_directories(directory_ / "bin");
    std::ofstream(directory_ / "good.chalk") << "weight w = 1/3\ny = w^2\nderive y wrt w\n";
  }
  void TearDown() override { fs::remove_all(directory_); }

  [[nodiscard]] fs::path path(const std::string& name) const { return directory_ / name; }

  [[nodiscard]] std::string text_of(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return text.str();
  }

  /// A pdflatex that does what the script says.
  void stand_in(const std::string& script) const {
    std::ofstream(path("bin/pdflatex")) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(path("bin/pdflatex"), fs::perms::owner_all);
  }

  /// With `shell` around the command, in the test's own directory and with its own place for
  /// temporary files.
  [[nodiscard]] Result run_shell(const std::string& shell) const {
    const std::string command =
        fmt::format("cd '{}' && export TMPDIR=\"$PWD/tmp\" && {{ {}; }} >out 2>err",
                    directory_.string(), shell);
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), text_of("out"), text_of("err")};
  }
  [[nodiscard]] Result run(const std::string& arguments,
                           const std::string& environment = "") const {
    return run_shell(fmt::format("{} '{}' {}", environment, CHALKGRAD_EXECUTABLE, arguments));
  }

  [[nodiscard]] bool left_nothing() const {
    return fs::is_empty(path("tmp")) && !fs::exists(path("sheet.pdf"));
  }

 private:
  fs::path directory_ = fs::temp_directory_path() / fmt::format("chalkgrad-pdf-{}", ::getpid());
};

/// Whether pdflatex can be run; where everything has to be there, a failure otherwise.
bool has_pdflatex() {
  if (std::system("command -v pdflatex >/dev/null 2>&1") == 0) return true;
  EXPECT_EQ(std::getenv("CHALKGRAD_NOTHING_MISSING"), nullptr) << "there is no pdflatex here";
  return false;
}

TEST_F(Typesetter, WritesAPdf) {
  if (!has_pdflatex()) GTEST_SKIP() << "there is no pdflatex here";
  for (const char* arguments :
       {"solve good.chalk -o sheet.pdf", "solve good.chalk --format pdf -o sheet.pdf",
        "solve good.chalk --format latex -o sheet.pdf"}) {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 0) << arguments;
    EXPECT_EQ(result.out + result.err, "") << arguments;
    EXPECT_TRUE(text_of("sheet.pdf").starts_with("%PDF-")) << arguments;
    EXPECT_TRUE(fs::is_empty(path("tmp"))) << arguments;
    fs::remove(path("sheet.pdf"));
  }
  const Result result = run("solve good.chalk --format pdf");
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(result.out.starts_with("%PDF-"));
}

TEST_F(Typesetter, SaysWhatToDoWithoutPdflatex) {
  const Result result = run("solve good.chalk -o sheet.pdf", "PATH=/nowhere");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(
      result.err,
      "chalkgrad: error: there is no pdflatex here: install it (on Debian "
      "texlive-latex-recommended, texlive-pictures and lmodern), or write a .tex with --format "
      "latex and set it elsewhere\n");
  EXPECT_TRUE(left_nothing());
}

TEST_F(Typesetter, SaysWhyPdflatexFailed) {
  stand_in("echo '(sheet.tex'; echo '! LaTeX Error: File `lmodern.sty not found.'; exit 1");
  const Result result = run("solve good.chalk -o sheet.pdf", "PATH=\"$PWD/bin:$PATH\"");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(
      result.err,
      "chalkgrad: error: pdflatex could not set the sheet: LaTeX Error: File `lmodern.sty not "
      "found.; --format latex writes the document\n");
  EXPECT_TRUE(left_nothing());
}

TEST_F(Typesetter, AnInterruptEndsPdflatexAndLeavesNothing) {
  stand_in(fmt::format("echo $$ > '{}'; sleep 60", path("started").string()));
  const Result result = run_shell(fmt::format(
      "PATH=\"$PWD/bin:$PATH\" '{}' solve good.chalk -o sheet.pdf & p=$!; "
      "for i in $(seq 400); do [ -s started ] && break; sleep 0.05; done; kill -TERM $p; wait $p; "
      "echo \"status $?\"; kill -0 $(cat started) 2>/dev/null && echo 'pdflatex runs on'; true",
      CHALKGRAD_EXECUTABLE));
  EXPECT_EQ(result.out, "status 143\n") << result.err;
  EXPECT_TRUE(fs::exists(path("started")));
  EXPECT_TRUE(left_nothing());
}

TEST_F(Typesetter, APdfIsNothingForATerminal) {
  chalkgrad::testing::PseudoTerminal terminal(
      {CHALKGRAD_EXECUTABLE, "solve", path("good.chalk").string(), "--format", "pdf"}, {24, 100},
      "vt100");
  EXPECT_EQ(WEXITSTATUS(terminal.wait()), 2);
  EXPECT_NE(
      terminal.output().find("a PDF is nothing for a terminal: name a file, as in -o sheet.pdf"),
      std::string::npos)
      << terminal.output();
}

TEST_F(Typesetter, OtherFormatsMakeNoPdf) {
  const Result result = run("solve good.chalk --format html -o sheet.pdf");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(
      result.err,
      "chalkgrad: error: 'sheet.pdf' is no PDF with this --format: give it another suffix, or "
      "leave --format out\n"
      "chalkgrad --help and chalkgrad solve --help say more\n");
  EXPECT_TRUE(left_nothing());
}

}  // namespace
