#include "tracer/cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "tracer/cli/version.hpp"
#include "tracer/expression/suggestion.hpp"

namespace chalkgrad::cli {

namespace {

/// The three rules of digits; at most one may be given.
struct Digits {
  std::optional<int> digits{}, decimals{}, significant{};

  void apply(Numerals& numerals) const {
    const auto use = [&](const std::optional<int>& count, Precision precision) {
      if (!count) return;
      numerals.precision = precision;
      numerals.count = *count;
    };
    use(digits, Precision::digits);
    use(decimals, Precision::decimals);
    use(significant, Precision::significant);
  }
};

/// An option that takes one of a few words; says which if it is given another.
template <class T>
CLI::Option* add_choice(CLI::App& command, const std::string& name, T& value,
                        const std::vector<std::pair<std::string, T>>& choices,
                        const std::string& description) {
  std::string list;
  for (const auto& choice : choices) list += (list.empty() ? "" : "|") + choice.first;
  const auto choose = [&value, choices, name, list](const std::string& word) {
    for (const auto& [known, meaning] : choices) {
      if (known != word) continue;
      value = meaning;
      return;
    }
    throw CLI::ValidationError(name, "'" + word + "' is not one of " + list);
  };
  return command.add_option_function<std::string>(name, choose, description)->type_name(list);
}

void add_digits(CLI::App& command, Digits& digits) {
  constexpr int most = 15;  // a double has no more to show
  const std::string group = "Numbers";
  auto* by_digits = command.add_option("--digits", digits.digits,
                                       "At least N decimals and N significant digits (default 4)");
  auto* by_decimals = command.add_option("--decimals", digits.decimals, "N decimals");
  auto* by_significant =
      command.add_option("--significant", digits.significant, "N significant digits");
  by_digits->check(CLI::Range(1, most).description(""))->type_name("N")->group(group);
  by_decimals->check(CLI::Range(0, most).description(""))->type_name("N")->group(group);
  by_significant->check(CLI::Range(1, most).description(""))->type_name("N")->group(group);
  by_digits->excludes(by_decimals)->excludes(by_significant);
  by_decimals->excludes(by_significant);
}

void add_solve(CLI::App& app, SolveOptions& options, Digits& digits) {
  CLI::App& command = *app.add_subcommand("solve", "Write the chain-rule derivation of a problem");
  command.add_option("FILE", options.file, "The problem, a .chalk file; - is standard input")
      ->required()
      ->type_name("");
  command.add_option("--wrt", options.wrt, "Derive with respect to these instead; all is possible")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME,...");
  add_choice<Format>(command, "--format", options.format,
                     {{"text", Format::text}, {"latex", Format::latex}, {"json", Format::json}},
                     "The form of the sheet (default text)");
  add_choice<Detail>(
      command, "--detail", options.sheet.detail,
      {{"brief", Detail::brief}, {"standard", Detail::standard}, {"full", Detail::full}},
      "How much is written out (default standard)");
  command.add_option("-o,--output", options.output, "Write to this file")->type_name("OUT");
  command.add_flag("--ascii", options.ascii, "Text without characters beyond ASCII");
  command.add_flag("--fragment", options.fragment, "LaTeX: the mathematics alone");
  add_digits(command, digits);
  Numerals& numerals = options.sheet.numerals;
  add_choice<Rounding>(command, "--rounding", numerals.rounding,
                       {{"half-up", Rounding::half_up},
                        {"half-even", Rounding::half_even},
                        {"truncate", Rounding::truncate}},
                       "How digits are cut off (default half-up)")
      ->group("Numbers");
  add_choice<Carry>(command, "--carry", numerals.carry,
                    {{"exact", Carry::exact}, {"rounded", Carry::rounded}},
                    "rounded: each shown number is what the next line uses (default exact)")
      ->group("Numbers");
  command.add_flag("--approx", options.sheet.approx, "Write ≈ wherever rounding happened")
      ->group("Numbers");
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
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

}  // namespace

std::optional<SolveOptions> read_command_line(int argc, const char* const* argv, int& status) {
  SolveOptions options;
  Digits digits;
  CLI::App app("chalkgrad: automatic differentiation that shows its working", "chalkgrad");
  app.set_version_flag("--version", "chalkgrad " + std::string(version));
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format(
        "chalkgrad: error: {}\nchalkgrad --help and chalkgrad solve --help say more\n",
        error.what());
  });
  add_solve(app, options, digits);
  try {
    refuse_unknown_command(app, argc, argv);
    app.parse(argc, argv);
    if (options.fragment && options.format != Format::latex)
      throw CLI::ValidationError("--fragment", "goes with --format latex");
    if (options.ascii && options.format != Format::text)
      throw CLI::ValidationError("--ascii", "goes with --format text");
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr);
    status = code == 0 ? all_right : unusable;
    return std::nullopt;
  }
  digits.apply(options.sheet.numerals);
  return options;
}

}  // namespace chalkgrad::cli
