#include "tracer/cli/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "tracer/cli/working_directory.hpp"

namespace chalkgrad::cli {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

int keep_open(std::FILE*) { return 0; }

[[noreturn]] void fail(const char* verb, const std::string& path) {
  throw FileError(fmt::format("cannot {} '{}': {}", verb, path, std::strerror(errno)));
}

[[noreturn]] void refuse(const std::string& path, std::string_view why) {
  throw FileError(fmt::format("cannot read '{}': {}", path, why));
}

/// A pipe that nobody writes to would be waited for forever.
void wait_for_writer(int file, const std::string& path) {
  constexpr int milliseconds = 10'000;
  pollfd input{.fd = file, .events = POLLIN, .revents = 0};
  if (poll(&input, 1, milliseconds) == 0) refuse(path, "a pipe, to which nobody writes");
}

File open_to_read(const std::string& path) {
  if (path == "-") return {stdin, keep_open};
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) fail("read", path);
  File stream(::fdopen(file, "rb"), std::fclose);
  if (!stream) fail("read", path);
  struct stat status {};
  if (::fstat(file, &status) == 0 && S_ISFIFO(status.st_mode)) wait_for_writer(file, path);
  ::fcntl(file, F_SETFL, ::fcntl(file, F_GETFL) & ~O_NONBLOCK);
  return stream;
}

/// The mark that UTF-16 begins with, or the zeros that it has between the letters.
bool is_utf16(std::string_view text) {
  using namespace std::string_view_literals;
  return text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv) ||
         (text.size() >= 4 && (text[0] == 0) == (text[2] == 0) &&
          (text[1] == 0) == (text[3] == 0) && (text[0] == 0) != (text[1] == 0));
}

}  // namespace

std::string read_file(const std::string& path) {
  const File file = open_to_read(path);
  std::string text;
  char buffer[1 << 16];
  for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;) {
    text.append(buffer, count);
    if (text.size() > largest_file) refuse(path, "it is larger than 64 MiB");
  }
  if (std::ferror(file.get())) fail("read", path);
  if (is_utf16(text)) refuse(path, "it is in UTF-16; save it as UTF-8");
  return text;
}

namespace {

bool write_all(std::FILE* file, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
}

/// A whole file beside the one whose place it will take, so that none is ever half-written.
class Draft {
 public:
  Draft(std::filesystem::path path, const std::string& text)
      : path_(std::move(path)), draft_(fmt::format("{}.{}.part", path_.string(), ::getpid())) {
    File file(std::fopen(draft_.c_str(), "wb"), std::fclose);
    if (!file) fail("write", path_);
    const bool written = write_all(file.get(), text);
    const bool closed = std::fclose(file.release()) == 0;
    if (!written || !closed) give_up();
    std::error_code ignored;
    const auto before = std::filesystem::status(path_, ignored);
    if (std::filesystem::exists(before))
      std::filesystem::permissions(draft_, before.permissions(), ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (!draft_.empty()) std::remove(draft_.c_str());
  }

  void put_in_place() {
    if (std::rename(draft_.c_str(), path_.c_str()) != 0) give_up();
    draft_.clear();
  }

 private:
  [[noreturn]] void give_up() {
    const int why = errno;
    std::remove(draft_.c_str());
    draft_.clear();
    errno = why;
    fail("write", path_);
  }

  std::filesystem::path path_;
  std::string draft_;
};

/// A pipe or /dev/null cannot be replaced, only written to.
bool is_replaceable(const std::string& path) {
  std::error_code missing;
  return path != "-" && (!std::filesystem::exists(path, missing) ||
                         std::filesystem::is_regular_file(path, missing));
}

/// What a link points to is replaced, not the link; also where it is not there yet.
std::filesystem::path target_of(std::filesystem::path path) {
  std::error_code missing;
  constexpr int most_links = 40;  // as many as the system follows
  for (int i = 0; i < most_links && std::filesystem::is_symlink(path, missing); ++i)
    path = path.parent_path() / std::filesystem::read_symlink(path, missing);
  const auto target = std::filesystem::weakly_canonical(path, missing);
  return missing ? path : target;
}

void write_through(const std::string& path, const std::string& text) {
  if (path == "-") {
    if (!write_all(stdout, text)) fail("write to", "standard output");
    return;
  }
  const File file(std::fopen(path.c_str(), "wb"), std::fclose);
  if (!file || !write_all(file.get(), text)) fail("write", path);
}

}  // namespace

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code missing;
  return a != "-" && b != "-" && std::filesystem::equivalent(a, b, missing);
}

void write_files(const std::vector<Output>& outputs) {
  std::vector<std::unique_ptr<Draft>> drafts;
  for (const Output& output : outputs)
    if (is_replaceable(output.path))
      drafts.push_back(std::make_unique<Draft>(target_of(output.path), output.text));
  for (const Output& output : outputs)
    if (!is_replaceable(output.path)) write_through(output.path, output.text);
  for (const auto& draft : drafts) draft->put_in_place();
}

void write_file(const std::string& path, const std::string& text) { write_files({{path, text}}); }

namespace {

[[noreturn]] void refuse_directory(const std::string& path, const std::error_code& why) {
  throw FileError(fmt::format("cannot write '{}': {}", path, why.message()));
}

}  // namespace

void refuse_directory_in_use(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return;
  if (!std::filesystem::is_directory(status))
    throw FileError(fmt::format("'{}' is no directory", path));
  if (!std::filesystem::is_empty(path, error))
    throw FileError(fmt::format("the directory '{}' is not empty: name a new one", path));
}

void write_directory(const std::string& path, const std::vector<Output>& files) {
  namespace fs = std::filesystem;
  refuse_directory_in_use(path);
  fs::path whole = fs::path(path).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  const SignalsWait wait;
  const fs::path draft = fmt::format("{}.{}.part", whole.string(), ::getpid());
  std::error_code error;
  try {
    if (!fs::create_directories(draft, error) && error) refuse_directory(path, error);
    for (const Output& file : files) {
      const fs::path target = draft / file.path;
      if (!fs::create_directories(target.parent_path(), error) && error)
        refuse_directory(path, error);
      write_through(target.string(), file.text);
    }
    fs::rename(draft, whole, error);  // an empty directory gives way
    if (error) refuse_directory(path, error);
  } catch (...) {
    fs::remove_all(draft, error);
    throw;
  }
}

}  // namespace chalkgrad::cli
