#pragma once

#include <stdexcept>
#include <string>

namespace chalkgrad::cli {

/// A file that cannot be read or written; says which and why.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole file; "-" is standard input.
[[nodiscard]] std::string read_file(const std::string& path);

/// Writes all of it or nothing: a file appears under its name only when it is complete. "-" is
/// standard output.
void write_file(const std::string& path, const std::string& text);

}  // namespace chalkgrad::cli
