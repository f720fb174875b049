#pragma once

#include <csignal>
#include <filesystem>

/// Work with files that nobody is to find afterwards.
namespace chalkgrad::cli {

/// A new directory among the system's temporary ones, which goes with this object. Throws
/// FileError.
class WorkingDirectory {
 public:
  WorkingDirectory();
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  ~WorkingDirectory();

  std::filesystem::path path{};
};

/// Holds signals back while it lives: for work that takes moments and must not end halfway.
class SignalsWait {
 public:
  SignalsWait();
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait();

 private:
  sigset_t before_{};
};

}  // namespace chalkgrad::cli
