#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

/// The executable as a user meets it, in a directory of the test's own.
namespace chalkgrad::testing {

namespace fs = std::filesystem;

inline std::string text_of(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class CommandLine : public ::testing::Test {
 protected:
  struct Result {
    int status;
    std::string out, err;
  };

  void SetUp() override {
    fs::create_directories(directory_);
    write("good.chalk", "input x = 2\nweight w = 3\ny = w*x\nderive y wrt w\nexpect y = 6\n");
  }
  void TearDown() override { fs::remove_all(directory_); }

  fs::path path(const std::string& name) const { return directory_ / name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }

  /// Runs in the test's own directory.
  Result run(const std::string& arguments) const {
    const std::string command = fmt::format("cd '{}' && '{}' {} >out 2>err", directory_.string(),
                                            CHALKGRAD_EXECUTABLE, arguments);
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), text_of(path("out")), text_of(path("err"))};
  }

  /// Exit status 2, that message, nothing on standard output, no file left behind.
  void expect_refused(const std::string& arguments, const std::string& message) const {
    const auto files_before = count_files();
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(result.out, "") << arguments;
    EXPECT_EQ(result.err, message) << arguments;
    EXPECT_EQ(count_files(), std::max<std::ptrdiff_t>(files_before, 3)) << arguments;
  }

 private:
  std::ptrdiff_t count_files() const {
    std::ptrdiff_t own = 0;
    for (const auto& file : fs::directory_iterator(directory_)) {
      const auto name = file.path().filename();
      if (name != "out" && name != "err") ++own;
    }
    return own + 2;
  }

  fs::path directory_ = fs::temp_directory_path() / fmt::format("chalkgrad-test-{}", ::getpid());
};

}  // namespace chalkgrad::testing
