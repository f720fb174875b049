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

namespace {

bool write_all(std::FILE* file, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
}

/// Writes a draft beside the file and puts it in its place, so that the file is never half-written.
void replace_file(const std::filesystem::path& path, const std::string& text) {
  std::error_code ignored;
  const auto before = std::filesystem::status(path, ignored);
  const std::string draft = fmt::format("{}.{}.part", path.string(), ::getpid());
  File file(std::fopen(draft.c_str(), "wb"), std::fclose);
  if (!file) fail("write", path);
  const bool written = write_all(file.get(), text);
  const bool closed = std::fclose(file.release()) == 0;
  if (written && closed) {
    if (std::filesystem::exists(before))
      std::filesystem::permissions(draft, before.permissions(), ignored);
    if (std::rename(draft.c_str(), path.c_str()) == 0) return;
  }
  const int why = errno;
  std::remove(draft.c_str());
  errno = why;
  fail("write", path);
}

}  // namespace

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code missing;
  return a != "-" && b != "-" && std::filesystem::equivalent(a, b, missing);
}

void write_file(const std::string& path, const std::string& text) {
  if (path == "-") {
    if (!write_all(stdout, text)) fail("write to", "standard output");
    return;
  }
  std::error_code missing;
  if (std::filesystem::exists(path, missing) && !std::filesystem::is_regular_file(path, missing)) {
    // A pipe or /dev/null cannot be replaced, only written to.
    const File file(std::fopen(path.c_str(), "wb"), std::fclose);
    if (!file || !write_all(file.get(), text)) fail("write", path);
    return;
  }
  // What a link points to is replaced, not the link.
  const auto target = std::filesystem::weakly_canonical(path, missing);
  replace_file(missing ? std::filesystem::path(path) : target, text);
}

}  // namespace chalkgrad::cli
