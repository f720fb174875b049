#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/problems.hpp"

/// Completions and manual page, which are written from the table of options.
namespace chalkgrad {
namespace {

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), count);
  const int status = pclose(pipe);
  EXPECT_EQ(status, 0) << command << "\n" << text;
  return text;
}

std::string guide(const std::string& options) {
  return output_of(std::string(CHALKGRAD_EXECUTABLE) + " " + options);
}

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

/// The flags in the completion, which are those of the command line.
std::set<std::string> flags() {
  std::set<std::string> found;
  std::istringstream lines(guide("--completion bash"));
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find("flags='");
    if (at == std::string::npos) continue;
    std::istringstream words(line.substr(at + 7, line.rfind('\'') - at - 7));
    for (std::string word; words >> word;) found.insert(word);
  }
  return found;
}

TEST(Guides, EveryOptionIsInTheManualAndInTheDocumentation) {
  const std::string manual = guide("--man");
  const std::string page = testing::file_text(testing::source_path("docs/command_line.md"));
  const std::set<std::string> all = flags();
  EXPECT_GT(all.size(), 35u);
  for (const std::string& flag : all) {
    std::string escaped;
    for (const char c : flag) escaped += c == '-' ? "\\-" : std::string(1, c);
    EXPECT_NE(manual.find("\\fB" + escaped + "\\fR"), std::string::npos) << flag;
    EXPECT_NE(page.find(flag), std::string::npos) << flag << " is not in docs/command_line.md";
  }
}

TEST(Guides, BashCompletesCommandsOptionsAndTheirValues) {
  const std::string script = "bash -c 'eval \"$(" + std::string(CHALKGRAD_EXECUTABLE) +
                             R"~( --completion bash)"
    compopt() { :; }
    complete_line() {
      COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _chalkgrad; echo "${COMPREPLY[*]}"
    }
    complete_line chalkgrad s
    complete_line chalkgrad solve x.chalk --st
    complete_line chalkgrad solve --style d
    complete_line chalkgrad train --format ""')~";
  EXPECT_EQ(output_of(script), "solve sheets show\n--style\ndelta\ntext csv json\n");
}

TEST(Guides, OtherShellsReadTheirCompletions) {
  for (const auto& [shell, without_running] :
       {std::pair<std::string, std::string>{"zsh", "-n"}, {"fish", "--no-execute"}}) {
    const std::string text = guide("--completion " + shell);
    EXPECT_NE(text.find("no-answers"), std::string::npos);
    if (!is_installed(shell)) continue;
    EXPECT_EQ(output_of(std::string(CHALKGRAD_EXECUTABLE) + " --completion " + shell + " | " +
                        shell + " " + without_running + " /dev/stdin 2>&1"),
              "");
  }
}

}  // namespace
}  // namespace chalkgrad
