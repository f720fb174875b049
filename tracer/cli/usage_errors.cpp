#include "tracer/cli/usage_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tracer/expression/suggestion.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad::cli {

namespace {

/// What people call a format, and its name.
constexpr std::array other_names = {
    std::pair{"tex", "latex"},     std::pair{"md", "markdown"},  std::pair{"txt", "text"},
    std::pair{"plain", "text"},    std::pair{"htm", "html"},     std::pair{"web", "html"},
    std::pair{"slides", "beamer"}, std::pair{"graphviz", "dot"}, std::pair{"excel", "xlsx"},
    std::pair{"xls", "xlsx"},      std::pair{"ods", "xlsx"}};

/// What chalkgrad writes no files of, and what to do instead.
struct ForeignSuffix {
  std::string_view suffix, instead;
};
constexpr std::array foreign_suffixes = {
    ForeignSuffix{".pdf", "write a .svg and convert it, with rsvg-convert say"},
    ForeignSuffix{".png", "write a .svg and convert it, with rsvg-convert say"},
    ForeignSuffix{".jpg", "write a .svg and convert it, with rsvg-convert say"},
    ForeignSuffix{".docx", "write a .md and convert it, with pandoc say"},
    ForeignSuffix{".xls", "write a .xlsx"},
    ForeignSuffix{".ods", "write a .xlsx and convert it, with LibreOffice say"},
    ForeignSuffix{".odt", "write a .md and convert it, with pandoc say"},
    ForeignSuffix{".htm", "write a .html"},
    ForeignSuffix{".markdown", "write a .md"},
    ForeignSuffix{".latex", "write a .tex"},
    ForeignSuffix{".ps", "write a .pdf"},
    ForeignSuffix{".eps", "write a .pdf or .svg and convert it"},
    ForeignSuffix{".ipynb", "write a .md and convert it, with pandoc say"},
    ForeignSuffix{".gz", "write it without, and compress it"},
    ForeignSuffix{".pptx", "write slides with --format beamer"}};

}  // namespace

std::string hint_for_choice(const std::string& word, const std::vector<std::string_view>& names) {
  for (const auto& [other, name] : other_names)
    if (word == other && std::find(names.begin(), names.end(), name) != names.end())
      return fmt::format("; did you mean '{}'?", name);
  const std::string hint = did_you_mean(word, names);
  return hint.empty() ? hint : "; " + hint;
}

/// CLI11 would only say that a subcommand is required.
void refuse_unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return;
  const std::string hint = did_you_mean(argv[1], {names.begin(), names.end()});
  throw CLI::ExtrasError(
      fmt::format("unknown command '{}'{}{}", argv[1], hint.empty() ? "" : "; ", hint),
      CLI::ExitCodes::ExtrasError);
}

/// CLI11 lists what it does not know, values before their options; the first of them will do.
void refuse_unknown_options(const CLI::App& app, const CLI::ExtrasError& error) {
  const auto commands = app.get_subcommands();
  const CLI::App& command = commands.empty() ? app : *commands.front();
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  for (const std::string& word : app.remaining(true)) {
    if (!word.starts_with("--")) continue;
    const std::string name = word.substr(0, word.find('='));
    const std::string hint = did_you_mean(name, {known.begin(), known.end()});
    throw CLI::ExtrasError(
        fmt::format("unknown option '{}'{}{}", name, hint.empty() ? "" : "; ", hint),
        CLI::ExitCodes::ExtrasError);
  }
  throw error;
}

void refuse_what_cells_have_not(const SheetOptions& sheet) {
  if (sheet.style.value_or(Style::textbook) != Style::textbook)
    throw CLI::ValidationError("--style", "a spreadsheet has that of the textbook");
  if (sheet.numerals.carry != Carry::exact)
    throw CLI::ValidationError("--carry", "a spreadsheet carries all digits");
  if (sheet.exact) throw CLI::ValidationError("--exact", "a spreadsheet works in decimals");
}

void refuse_foreign_suffix(const std::string& option, const std::string& path) {
  for (const auto& [suffix, instead] : foreign_suffixes)
    if (in_lower_case(path).ends_with(suffix))
      throw CLI::ValidationError(
          option, fmt::format("nothing here writes '{}' ({}): {}", path, suffix, instead));
}

}  // namespace chalkgrad::cli
