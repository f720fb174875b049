#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tracer/render/sheet.hpp"

/// What the command line asks for. The contract is in docs/command_line.md.
namespace chalkgrad::cli {

enum class Format { text, latex, json };

struct SolveOptions {
  std::string file{};
  std::string output = "-";  ///< "-" is standard output
  std::vector<std::string> wrt{};
  Format format = Format::text;
  SheetOptions sheet{};
  bool ascii = false;
  bool fragment = false;
  bool verbose = false;
};

/// Exit statuses of every command.
enum Status { all_right = 0, statement_wrong = 1, unusable = 2 };

/// Reads the command line. Prints help, the version or what is wrong with it itself, and returns
/// the exit status in `status`, if there is nothing to run.
[[nodiscard]] std::optional<SolveOptions> read_command_line(int argc, const char* const* argv,
                                                            int& status);

}  // namespace chalkgrad::cli
