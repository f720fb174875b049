#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"

/// Sixty answers in sixty hands to twelve networks: notations, languages and layouts as people have
/// them, written for this purpose. Beside each answer stands the truth of its lines as its writer
/// knows it: right, wrong, follows, or a definition.
///
/// What is not judged so yet stands in not_yet.txt, line by line with what comes out: nothing joins
/// it unseen, and what has become right must leave it.
namespace chalkgrad {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// What was found on each line, in one word.
std::map<std::size_t, std::string> found_by_line(const FileReport& report) {
  const auto rank = [](std::string_view word) {
    static const std::vector<std::string_view> order = {"right", "follows", "unread", "wrong"};
    return std::find(order.begin(), order.end(), word) - order.begin();
  };
  LineIndex lines(report.text);
  std::map<std::size_t, std::string> found;
  for (const Finding& one : report.findings) {
    std::string word = "right";
    if (one.verdict == Verdict::wrong || one.verdict == Verdict::mis_copy ||
        one.verdict == Verdict::last_digit)
      word = "wrong";
    if (one.verdict == Verdict::unreadable || one.verdict == Verdict::undecided) word = "unread";
    if (one.verdict == Verdict::follows) word = "follows";
    std::string& line = found[lines.position(one.span.begin).line];
    if (line.empty() || rank(word) > rank(line)) line = word;
  }
  return found;
}

/// The lines whose outcome is not the truth: "first/02_net221_mitchell.txt 9 unread".
std::vector<std::string> differences(const fs::path& answer, Checker& checker) {
  const FileReport report = checker.check(answer.string(), contents(answer));
  auto found = found_by_line(report);
  std::istringstream truth(contents(fs::path(answer).replace_extension(".truth")));
  std::vector<std::string> list;
  std::size_t line = 0;
  for (std::string verdict; truth >> line >> verdict; truth.ignore(1000, '\n')) {
    std::string word = found.contains(line) ? found[line] : "silent";
    const bool unjudged = word == "silent" || word == "unread";
    if (verdict == "definition") verdict = unjudged ? word : "right";
    if (word != verdict)
      list.push_back(answer.parent_path().filename().string() + "/" + answer.filename().string() +
                     " " + std::to_string(line) + " " + word);
  }
  return list;
}

TEST(SixtyHands, AreJudgedAsTheirWritersKnow) {
  const fs::path hands = fs::path(CHALKGRAD_SOURCE_DIR) / "tests/tracer/check/hands";
  std::set<std::string> now, expected;
  for (const char* set : {"first", "second"}) {
    std::map<std::string, std::vector<fs::path>> by_problem;  // of 02_net221_mitchell.txt net221
    for (const auto& entry : fs::directory_iterator(hands / set)) {
      const std::string name = entry.path().filename().string();
      if (name[0] >= '0' && name[0] <= '9' && entry.path().extension() != ".truth")
        by_problem[name.substr(3, name.find('_', 3) - 3)].push_back(entry.path());
    }
    for (const auto& [problem, answers] : by_problem) {
      const Solution solution = testing::solve_text(contents(hands / set / (problem + ".chalk")));
      for (const fs::path& answer : answers) {
        Checker checker(solution, {});
        for (std::string& one : differences(answer, checker)) now.insert(std::move(one));
      }
    }
  }
  std::istringstream list(contents(hands / "not_yet.txt"));
  for (std::string line; std::getline(list, line);)
    if (!line.empty()) expected.insert(line);
  std::string fresh, mended;
  for (const std::string& one : now)
    if (!expected.contains(one)) fresh += one + "\n";
  for (const std::string& one : expected)
    if (!now.contains(one)) mended += one + "\n";
  EXPECT_EQ(fresh, "") << "is not judged as its writer knows, and was before";
  EXPECT_EQ(mended, "") << "is judged rightly now: take it from not_yet.txt";
}

}  // namespace
}  // namespace chalkgrad
