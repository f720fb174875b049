#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tracer/check/report/report.hpp"
#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/sheet.hpp"

/// What the command line asks for. The contract is in docs/command_line.md.
namespace chalkgrad::cli {

enum class Format { text, latex, html, markdown, beamer, json };

/// What every command needs to know about the problem.
struct ProblemOptions {
  std::string file{};
  std::vector<std::string> settings{};  ///< "act=tanh"
  std::optional<std::uint64_t> seed{};
};

struct TrainOptions {
  enum class Format { text, csv, json };
  ProblemOptions problem{};
  std::string output = "-";
  std::optional<std::size_t> steps{};  ///< none: as the file says
  std::size_t every = 1;
  Format format = Format::text;
  std::string plot{};               ///< where the plot of the error goes; empty: nowhere
  bool logarithmic = false;         ///< its scale
  std::string path{};               ///< where the plot of the way of two parameters goes
  std::vector<std::string> over{};  ///< these two
  Numerals numerals{};
  bool verbose = false;
};

struct SolveOptions {
  ProblemOptions problem{};
  std::string output = "-";  ///< "-" is standard output
  std::vector<std::string> wrt{};
  Format format = Format::text;
  SheetOptions sheet{};
  bool ascii = false;
  bool fragment = false;
  bool verbose = false;
};

struct CheckCommand {
  enum class Format { text, json, markdown };
  ProblemOptions problem{};
  std::vector<std::string> answers{};
  CheckOptions check{};
  Format format = Format::text;
  bool summary = false;
  bool verbose = false;
};

struct PictureCommand {
  enum class Format { svg, tikz, dot };
  ProblemOptions problem{};
  std::string output = "-";
  Format format = Format::svg;
  PictureOptions picture{};
  bool verbose = false;
};

struct ShowCommand {
  ProblemOptions problem{};
  std::vector<std::string> wrt{};
  SheetOptions sheet{};
  bool ascii = false;
  bool verbose = false;
};

/// Exit statuses of every command.
enum Status { all_right = 0, statement_wrong = 1, unusable = 2 };

using Command = std::variant<SolveOptions, TrainOptions, CheckCommand, PictureCommand, ShowCommand>;

/// Reads the command line. Prints help, the version or what is wrong with it itself, and returns
/// the exit status in `status`, if there is nothing to run.
[[nodiscard]] std::optional<Command> read_command_line(int argc, const char* const* argv,
                                                       int& status);

}  // namespace chalkgrad::cli
