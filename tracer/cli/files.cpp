#include "tracer/cli/files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace chalkgrad::cli {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

int keep_open(std::FILE*) { return 0; }

[[noreturn]] void fail(const char* verb, const std::string& path) {
  throw FileError(fmt::format("cannot {} '{}': {}", verb, path, std::strerror(errno)));
}

}  // namespace

std::string read_file(const std::string& path) {
  const File file =
      path == "-" ? File(stdin, keep_open) : File(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) fail("read", path);
  std::string text;
  char buffer[1 << 16];
  for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;)
    text.append(buffer, count);
  if (std::ferror(file.get())) fail("read", path);
  return text;
}

void write_file(const std::string& path, const std::string& text) {
  if (path == "-") {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!written || std::fflush(stdout) != 0) fail("write to", "standard output");
    return;
  }
  // What is no ordinary file (a pipe, /dev/null) cannot be replaced, only written to.
  std::error_code ignored;
  const bool replace =
      !std::filesystem::exists(path, ignored) || std::filesystem::is_regular_file(path, ignored);
  const std::string draft = replace ? fmt::format("{}.{}.part", path, ::getpid()) : path;
  File file(std::fopen(draft.c_str(), "wb"), std::fclose);
  if (!file) fail("write", path);
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  const bool closed = std::fclose(file.release()) == 0;
  if (written && closed && (!replace || std::rename(draft.c_str(), path.c_str()) == 0)) return;
  const int why = errno;
  if (replace) std::remove(draft.c_str());
  errno = why;
  fail("write", path);
}

}  // namespace chalkgrad::cli
