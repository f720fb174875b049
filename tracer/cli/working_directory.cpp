#include "tracer/cli/working_directory.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include "tracer/cli/files.hpp"

namespace chalkgrad::cli {

WorkingDirectory::WorkingDirectory() {
  const std::filesystem::path among = std::filesystem::temp_directory_path();
  std::string name = (among / "chalkgrad-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw FileError(
        fmt::format("cannot make a directory in '{}': {}", among.string(), std::strerror(errno)));
  path = name;
}

WorkingDirectory::~WorkingDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

SignalsWait::SignalsWait() {
  sigset_t all;
  sigfillset(&all);
  ::sigprocmask(SIG_BLOCK, &all, &before_);
}

SignalsWait::~SignalsWait() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace chalkgrad::cli
