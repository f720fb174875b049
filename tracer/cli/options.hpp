#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tracer/check/report/formats.hpp"
#include "tracer/exercise/formats/paper_formats.hpp"
#include "tracer/exercise/formats/platform_formats.hpp"
#include "tracer/exercise/papers.hpp"
#include "tracer/formats/formats.hpp"
#include "tracer/formats/training_table.hpp"
#include "tracer/picture/formats.hpp"
#include "tracer/sheet/sheet.hpp"

/// What the command line asks for. The contract is in docs/command_line.md.
namespace chalkgrad::cli {

/// What every command needs to know about the problem.
struct ProblemOptions {
  std::string file{};
  std::vector<std::string> settings{};  ///< "act=tanh"
  std::vector<std::string> aliases{};   ///< "z1=net_h1"
  std::optional<std::uint64_t> seed{};
};

struct TrainOptions {
  ProblemOptions problem{};
  std::string output = "-";
  std::optional<std::size_t> steps{};  ///< none: as the file says
  std::size_t every = 1;
  const TrainingFormat* format = &training_formats().front();
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
  const SheetFormat* format = &sheet_formats().front();
  FormatOptions how{};
  bool typeset = false;  ///< by pdflatex: the output is a PDF
  bool verbose = false;
};

struct CheckCommand {
  ProblemOptions problem{};
  std::vector<std::string> answers{};
  CheckOptions check{};
  const ReportFormat* format = &report_formats().front();
  bool summary = false;
  std::string variants{};  ///< the table of variants; empty: none
  bool points = false;     ///< also where grades are written
  std::string grades{};    ///< a table; empty: none
  std::string feedback{};  ///< the directory of a page for each; empty: none
  bool verbose = false;
};

struct SheetsCommand {
  ProblemOptions problem{};
  std::string output{};                   ///< the directory
  std::optional<std::size_t> variants{};  ///< none: one, or one for each name
  std::string names{};                    ///< a list of names; empty: none
  std::vector<const Paper*> parts{};      ///< never empty
  std::vector<const PaperFormat*> papers{};
  std::vector<const PlatformFormat*> platforms{};
  Gaps gaps = Gaps::values;
  PaperPages pages{};
  bool bundle = false;                  ///< also one file of all variants
  std::optional<std::size_t> stress{};  ///< over so many variants, and no papers
  SheetOptions sheet{};
  bool verbose = false;
};

/// More students no class has.
inline constexpr std::size_t most_variants = 1000;

struct PictureCommand {
  ProblemOptions problem{};
  std::string output = "-";
  const PictureFormat* format = &picture_formats().front();
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

/// --completion bash, --man.
struct GuideCommand {
  std::string name{};
  bool verbose = false;
};

using Command = std::variant<SolveOptions, TrainOptions, CheckCommand, SheetsCommand,
                             PictureCommand, ShowCommand, GuideCommand>;

/// An option as it is told in help, manual and completions: all of them read the one table that
/// the command line is read with.
struct OptionDescription {
  std::vector<std::string> names{};  ///< "-o", "--output"; FILE
  std::string value{};               ///< "OUT", "text|json"; empty: none
  std::string group{};               ///< "Numbers"
  std::string description{};
  bool is_positional = false;
  bool takes_file = false;
};

struct CommandDescription {
  std::string name{};  ///< empty: the program itself
  std::string description{};
  std::vector<OptionDescription> options{};
};

/// The program itself, then its commands, in the order of --help.
[[nodiscard]] std::vector<CommandDescription> describe_commands();

/// Reads the command line. Prints help, the version or what is wrong with it itself, and returns
/// the exit status in `status`, if there is nothing to run.
[[nodiscard]] std::optional<Command> read_command_line(int argc, const char* const* argv,
                                                       int& status);

}  // namespace chalkgrad::cli
