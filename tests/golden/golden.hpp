#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/problems.hpp"

namespace chalkgrad::testing {

/// Compares `made` with a file of the source tree; or writes that file, when the target
/// update_golden asks for it.
inline void expect_golden(const std::string& file, const std::string& made) {
  const std::string path = source_path(file);
  if (std::getenv("CHALKGRAD_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << made;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path;
  EXPECT_EQ(made, file_text(path));
}

}  // namespace chalkgrad::testing
