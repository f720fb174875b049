#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/problems.hpp"

/// Every ```chalk example in the documentation is a whole file that solves, and whose figures hold.
namespace chalkgrad {
namespace {

std::vector<std::string> examples_of(const std::string& page) {
  std::vector<std::string> examples;
  static const std::string fence = "\n```chalk\n", end = "\n```\n";
  for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at + 1)) {
    const auto begin = at + fence.size();
    examples.push_back(page.substr(begin, page.find(end, begin) + 1 - begin));
  }
  return examples;
}

TEST(Documentation, EveryExampleSolves) {
  std::vector<std::string> pages = {testing::source_path("README.md")};
  for (const auto& file : std::filesystem::directory_iterator(testing::source_path("docs")))
    if (file.path().extension() == ".md") pages.push_back(file.path().string());
  std::size_t count = 0;
  for (const std::string& page : pages) {
    for (const std::string& example : examples_of(testing::file_text(page))) {
      ++count;
      EXPECT_EQ(testing::errors_of(example), "") << page << "\n" << example;
      if (::testing::Test::HasFailure()) return;
      for (const ExpectationResult& result : testing::solve_text(example).expectations)
        EXPECT_TRUE(is_agreement(result.verdict))
            << page << ": " << result.expectation.title() << " = " << result.value;
    }
  }
  EXPECT_GE(count, 15u);
}

}  // namespace
}  // namespace chalkgrad
