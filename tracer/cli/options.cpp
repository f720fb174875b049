#include "tracer/cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>
#include <span>

#include "tracer/cli/guides.hpp"
#include "tracer/cli/usage_errors.hpp"
#include "tracer/cli/version.hpp"

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
template <class T, class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value,
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
    std::vector<std::string_view> names;
    for (const auto& choice : choices) names.push_back(choice.first);
    throw CLI::ValidationError(
        name, fmt::format("'{}' is not one of {}{}", word, list, hint_for_choice(word, names)));
  };
  return command.add_option_function<std::string>(name, choose, description)->type_name(list);
}

/// The rows of a table by their names.
template <class Row>
std::vector<std::pair<std::string, const Row*>> choices_of(std::span<const Row> table) {
  std::vector<std::pair<std::string, const Row*>> choices;
  for (const Row& row : table) choices.emplace_back(row.name, &row);
  return choices;
}

std::vector<std::pair<std::string, Style>> choices_of_styles() {
  std::vector<std::pair<std::string, Style>> choices;
  for (const StyleRow& row : styles()) choices.emplace_back(row.name, row.style);
  return choices;
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

void add_problem(CLI::App& command, ProblemOptions& options) {
  command.add_option("FILE", options.file, "The problem, a .chalk file; - is standard input")
      ->required()
      ->type_name("");
  command
      .add_option("--set", options.settings,
                  "Replace a number or definition of the file: w5=0.3, act=tanh, rate=0.1")
      ->allow_extra_args(false)
      ->type_name("NAME=...");
  const auto whole_number = [](const std::string& text) {
    constexpr std::size_t most_digits = 18;
    const bool digits = !text.empty() && text.size() <= most_digits &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::string() : "'" + text + "' is not a whole number of at most 18 digits";
  };
  command.add_option("--seed", options.seed, "The seed of random numbers")
      ->check(CLI::Validator(whole_number, ""))
      ->type_name("N");
}

void add_rounding(CLI::App& command, Numerals& numerals) {
  add_choice<Rounding>(command, "--rounding", numerals.rounding,
                       {{"half-up", Rounding::half_up},
                        {"half-even", Rounding::half_even},
                        {"truncate", Rounding::truncate}},
                       "How digits are cut off (default half-up)")
      ->group("Numbers");
}

/// What decides how a sheet is written.
void add_sheet(CLI::App& command, SheetOptions& sheet, Digits& digits) {
  add_choice<Detail>(
      command, "--detail", sheet.detail,
      {{"brief", Detail::brief}, {"standard", Detail::standard}, {"full", Detail::full}},
      "How much is written out (default standard)");
  add_choice<Style>(command, "--style", sheet.style, choices_of_styles(),
                    "How the derivation is written (default matrix where whole arrays are derived, "
                    "otherwise textbook)");
  add_choice<Mode>(command, "--mode", sheet.mode,
                   {{"reverse", Mode::reverse}, {"forward", Mode::forward}},
                   "The trace of --style table: adjoints or tangents (default reverse)");
  command
      .add_option("--max-paths", sheet.max_paths,
                  "With --style paths: refuse to write more of them (default 200)")
      ->type_name("N");
  add_digits(command, digits);
  add_rounding(command, sheet.numerals);
  add_choice<Carry>(command, "--carry", sheet.numerals.carry,
                    {{"exact", Carry::exact}, {"rounded", Carry::rounded}},
                    "rounded: each shown number is what the next line uses (default exact)")
      ->group("Numbers");
  command.add_flag("--approx", sheet.approx, "Write ≈ wherever rounding happened")
      ->group("Numbers");
}

void add_wrt(CLI::App& command, std::vector<std::string>& wrt) {
  command.add_option("--wrt", wrt, "Derive with respect to these instead; all is possible")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME,...");
}

void add_train(CLI::App& app, TrainOptions& options, Digits& digits) {
  CLI::App& command =
      *app.add_subcommand("train", "Repeat the update of a problem, and print the steps");
  add_problem(command, options.problem);
  constexpr std::size_t most_steps = 1'000'000'000;
  command.add_option("--steps", options.steps, "How many steps (default as the update says)")
      ->check(CLI::Range(std::size_t{1}, most_steps).description(""))
      ->type_name("N");
  command.add_option("--every", options.every, "Print every K-th step and the last (default 1)")
      ->check(CLI::Range(std::size_t{1}, most_steps).description(""))
      ->type_name("K");
  add_choice(command, "--format", options.format, choices_of(training_formats()),
             "The form of the table (default text)");
  command.add_option("-o,--output", options.output, "Write to this file")->type_name("OUT");
  const std::string plots = "Plots";
  command.add_option("--plot", options.plot, "Draw the error over the steps, as SVG")
      ->type_name("OUT")
      ->group(plots);
  command.add_flag("--log-scale", options.logarithmic, "--plot: on a logarithmic scale")
      ->group(plots);
  command
      .add_option("--path", options.path,
                  "Draw the way of two parameters over contour lines of the error, as SVG")
      ->type_name("OUT")
      ->group(plots);
  command.add_option("--over", options.over, "--path: which two")
      ->delimiter(',')
      ->transform(CLI::Validator(
          [](std::string& name) {
            name = CLI::detail::trim(name);
            return std::string();
          },
          ""))
      ->allow_extra_args(false)
      ->type_name("NAME,NAME")
      ->group(plots);
  add_digits(command, digits);
  add_rounding(command, options.numerals);
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

void add_solve(CLI::App& app, SolveOptions& options, Digits& digits) {
  CLI::App& command = *app.add_subcommand("solve", "Write the chain-rule derivation of a problem");
  add_problem(command, options.problem);
  add_wrt(command, options.wrt);
  add_choice(command, "--format", options.format, choices_of(sheet_formats()),
             "The form of the sheet (default text)");
  add_sheet(command, options.how.sheet, digits);
  command.add_option("-o,--output", options.output, "Write to this file")->type_name("OUT");
  command.add_flag("--ascii", options.how.ascii, "Text without characters beyond ASCII");
  command.add_flag("--fragment", options.how.fragment, "LaTeX: the mathematics alone");
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

void add_check(CLI::App& app, CheckCommand& options) {
  CLI::App& command =
      *app.add_subcommand("check", "Verify hand derivations against a problem, link by link");
  add_problem(command, options.problem);
  command
      .add_option("ANSWERS", options.answers,
                  "Answers in text, Markdown or LaTeX; - is standard input")
      ->required()
      ->type_name("");
  command
      .add_option("--alias", options.problem.aliases,
                  "How the answers call things: z1=net_h1,a1=out_h1")
      ->allow_extra_args(false)
      ->type_name("NAME=NAME,...");
  command.add_flag("--strict", options.check.strict,
                   "Rounding only: nothing cut off, no result of rounded numbers");
  command.add_flag("--ulp", options.check.accept_last_digit,
                   "Accept a last digit that is off by one");
  command.add_flag("--no-answers{false}", options.check.show_answers,
                   "Say where a mistake is, but never the true value");
  command.add_flag("--echo", options.check.echo, "Show how each line was understood");
  command.add_flag("--decimal-comma", options.check.decimal_comma, "0,74 is 0.74");
  command.add_flag("--summary", options.summary, "One line for each file, then totals");
  add_choice(command, "--format", options.format, choices_of(report_formats()),
             "The form of the report (default text)");
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

void add_picture(CLI::App& app, PictureCommand& options, Digits& digits) {
  CLI::App& command = *app.add_subcommand("picture", "Draw the network of a problem");
  add_problem(command, options.problem);
  add_choice(command, "--format", options.format, choices_of(picture_formats()),
             "The form of the picture (default svg)");
  command.add_flag("--values", options.picture.values, "With the numbers of the forward pass");
  command.add_flag("--gradients", options.picture.gradients,
                   "With the derivatives of the output by each quantity");
  command.add_flag("--expanded", options.picture.expanded, "Every elementary operation by itself");
  command.add_option("-o,--output", options.output, "Write there instead of standard output")
      ->type_name("OUT");
  add_digits(command, digits);
  add_rounding(command, options.picture.numerals);
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

void add_show(CLI::App& app, ShowCommand& options, Digits& digits) {
  CLI::App& command =
      *app.add_subcommand("show", "Step through the derivation of a problem in the terminal");
  add_problem(command, options.problem);
  add_wrt(command, options.wrt);
  add_sheet(command, options.sheet, digits);
  command.add_flag("--ascii", options.ascii, "Nothing beyond ASCII");
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

/// Without --format, the suffix of the output decides.
template <class Row>
void choose_by_suffix(const CLI::App& command, const std::string& output, const Row*& format,
                      std::span<const Row> table) {
  if (!command.parsed() || command.count("--output") == 0) return;
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const Row& one) { return output.ends_with(one.suffix); });
  if (row == table.end()) return refuse_foreign_suffix("--output", output);
  if (command.count("--format") == 0) format = &*row;
}

/// The commands with their options, and what they are read into.
struct CommandLine {
  CLI::App app{"chalkgrad: automatic differentiation that shows its working", "chalkgrad"};
  SolveOptions solve{};
  TrainOptions train{};
  CheckCommand check{};
  PictureCommand picture{};
  ShowCommand show{};
  Digits digits{};
  std::string guide{};

  CommandLine() {
    app.set_version_flag("--version", "chalkgrad " + std::string(version));
    app.require_subcommand(0, 1);
    std::vector<std::pair<std::string, std::string>> guides;
    for (const Guide& one : shell_guides()) guides.emplace_back(one.name, one.name);
    add_choice(app, "--completion", guide, guides, "Print what completes commands in this shell");
    app.add_flag_function(
        "--man", [this](std::int64_t) { guide = "man"; }, "Print the manual page");
    app.failure_message([](const CLI::App* shown, const CLI::Error& error) {
      std::string command = "solve";
      for (const CLI::App* one : shown->get_subcommands()) command = one->get_name();
      return fmt::format(
          "chalkgrad: error: {}\nchalkgrad --help and chalkgrad {} --help say more\n", error.what(),
          command);
    });
    add_solve(app, solve, digits);
    add_train(app, train, digits);
    add_check(app, check);
    add_picture(app, picture, digits);
    add_show(app, show, digits);
  }

  void choose_formats() {
    choose_by_suffix(*app.get_subcommand("solve"), solve.output, solve.format, sheet_formats());
    // Slides and sheets in LaTeX become a PDF by the name of the output, other formats do not.
    const bool is_pdf = solve.output.ends_with(".pdf");
    solve.typeset = solve.format->is_typeset || (is_pdf && solve.format->suffix == ".tex");
    if (is_pdf && !solve.typeset)
      throw CLI::ParseError(
          fmt::format("'{}' is no PDF with this --format: give it another suffix, or leave "
                      "--format out",
                      solve.output),
          CLI::ExitCodes::ValidationError);
    choose_by_suffix(*app.get_subcommand("train"), train.output, train.format, training_formats());
    choose_by_suffix(*app.get_subcommand("picture"), picture.output, picture.format,
                     picture_formats());
    refuse_foreign_suffix("--plot", train.plot);
    refuse_foreign_suffix("--path", train.path);
  }

  /// What one option alone cannot tell.
  void refuse_what_does_not_go_together() const {
    if (guide.empty() && app.get_subcommands().empty()) throw CLI::RequiredError("A subcommand");
    if (solve.how.fragment && !solve.format->can_be_fragment)
      throw CLI::ValidationError("--fragment", "goes with --format latex");
    if (train.logarithmic && train.plot.empty())
      throw CLI::ValidationError("--log-scale", "goes with --plot");
    if (!train.over.empty() && train.path.empty())
      throw CLI::ValidationError("--over", "goes with --path");
    if (solve.how.ascii && !solve.format->can_be_plain)
      throw CLI::ValidationError("--ascii", "goes with --format text");
    for (const SheetOptions& sheet : {solve.how.sheet, show.sheet})
      if (sheet.mode == Mode::forward && sheet.style != Style::table)
        throw CLI::ValidationError("--mode", "forward goes with --style table");
  }

  [[nodiscard]] Command command() {
    if (app.got_subcommand("check")) return check;
    if (app.got_subcommand("picture")) return digits.apply(picture.picture.numerals), picture;
    if (app.got_subcommand("show")) return digits.apply(show.sheet.numerals), show;
    if (app.got_subcommand("train")) return digits.apply(train.numerals), train;
    return digits.apply(solve.how.sheet.numerals), solve;
  }
};

std::vector<OptionDescription> options_of(const CLI::App& app) {
  std::vector<OptionDescription> options;
  for (const CLI::Option* option : app.get_options()) {
    OptionDescription one{.group = option->get_group(), .description = option->get_description()};
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    if (one.names.empty()) one.names.push_back(option->get_name());
    one.is_positional = option->get_positional();
    if (option->get_expected_max() > 0) one.value = option->get_type_name();
    one.takes_file = one.is_positional || one.value == "OUT";
    options.push_back(std::move(one));
  }
  return options;
}

}  // namespace

std::vector<CommandDescription> describe_commands() {
  const CommandLine line;
  std::vector<CommandDescription> commands = {
      {"", line.app.get_description(), options_of(line.app)}};
  for (const CLI::App* command : line.app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back({command->get_name(), command->get_description(), options_of(*command)});
  return commands;
}

std::optional<Command> read_command_line(int argc, const char* const* argv, int& status) {
  CommandLine line;
  try {
    refuse_unknown_command(line.app, argc, argv);
    try {
      line.app.parse(argc, argv);
    } catch (const CLI::ExtrasError& error) {
      refuse_unknown_options(line.app, error);
    }
    line.choose_formats();
    line.refuse_what_does_not_go_together();
  } catch (const CLI::ParseError& error) {
    const int code = line.app.exit(error, std::cout, std::cerr);
    status = code == 0 ? all_right : unusable;
    return std::nullopt;
  }
  if (!line.guide.empty()) return GuideCommand{line.guide};
  return line.command();
}

}  // namespace chalkgrad::cli
