#pragma once

#include <stdexcept>
#include <string>
#include <vector>

/// Reading and writing whole files for the commands. No mathematics, no formats: bytes, and errors
/// that name the file and the reason.
namespace chalkgrad::cli {

/// A file that cannot be read or written; says which and why.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// More than this, in bytes, no exercise and no class of answers has.
inline constexpr std::size_t largest_file = 64 << 20;

/// The whole file; "-" is standard input. Throws FileError, also for more than `largest_file` and
/// for UTF-16; of a pipe that nobody writes to, after ten seconds.
[[nodiscard]] std::string read_file(const std::string& path);

/// Whether two paths lead to one file that exists; "-" is none.
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

/// Writes all of it or nothing: a file appears under its name only when it is complete, and one
/// that is replaced keeps its permissions. "-" is standard output. Throws FileError.
void write_file(const std::string& path, const std::string& text);

struct Output {
  std::string path{}, text{};
};

/// The same for several: if one of them cannot be written, none of the files is changed.
void write_files(const std::vector<Output>& outputs);

/// Throws FileError if there is something in the directory, or it is none.
void refuse_directory_in_use(const std::string& path);

/// A directory with these files, whose paths are within it: all of them or no directory. It must be
/// new or empty. A signal that would end this program waits until it is written.
void write_directory(const std::string& path, const std::vector<Output>& files);

}  // namespace chalkgrad::cli
