#include "tracer/cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>
#include <span>

#include "tracer/check/report/statements.hpp"
#include "tracer/cli/guides.hpp"
#include "tracer/cli/option_groups.hpp"
#include "tracer/cli/usage_errors.hpp"
#include "tracer/cli/version.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad::cli {

namespace {

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
  command
      .add_option("--width", options.how.width,
                  "How wide text may be, in columns (default the terminal, or 108)")
      ->check(CLI::Range(50, 1000).description(""))
      ->type_name("N");
  command.add_flag("--fragment", options.how.fragment, "LaTeX: the mathematics alone");
  add_pages(command, options.how.letter, options.how.type_size, "The paper of LaTeX (default a4)");
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

std::string legend_of_verdicts() {
  std::string text = "Verdicts:";
  for (std::size_t i = 0; i < verdict_count; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    text += fmt::format("\n  {:<12}{}", verdict_name(verdict), verdict_meaning(verdict));
  }
  return text;
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
  command
      .add_option("--hint", options.check.hint,
                  "A hint at each mistake: 1 where, 2 also what kind, 3 also the right formula; "
                  "no true value")
      ->check(CLI::Range(1, 3).description(""))
      ->type_name("LEVEL");
  command.add_flag("--all", options.check.list_all, "List also what is right");
  command.add_flag("--echo", options.check.echo, "Show how each line was understood");
  command.add_flag("--decimal-comma", options.check.decimal_comma, "0,74 is 0.74");
  command.add_flag("--summary", options.summary,
                   "One line for each file, then totals, and which mistake was made how often");
  const std::string group = "A class";
  command
      .add_option("--variants", options.variants,
                  "Mark each answer against its own variant: the table that sheets has written")
      ->type_name("FILE")
      ->group(group);
  command.add_flag("--points", options.points, "Add up points, with follow-through")->group(group);
  command.add_option("--grades", options.grades, "Write a table of points, as CSV")
      ->type_name("OUT")
      ->group(group);
  command
      .add_option("--feedback", options.feedback,
                  "Write a page for each answer into this directory, new or empty")
      ->type_name("OUT")
      ->group(group);
  add_choice(command, "--format", options.format, choices_of(report_formats()),
             "The form of the report (default text)");
  command.footer(legend_of_verdicts());
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

/// A list of words, each a row of a table: question,scheme.
template <class Add>
void add_list(CLI::App& command, const std::string& name,
              const std::vector<std::string_view>& words, const std::string& description,
              const Add& add) {
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : "|") + std::string(word);
  const auto choose = [words, name, list, add](const std::vector<std::string>& chosen) {
    for (const std::string& word : chosen) {
      if (std::find(words.begin(), words.end(), word) == words.end())
        throw CLI::ValidationError(
            name, fmt::format("'{}' is not one of {}{}", word, list, hint_for_choice(word, words)));
      add(word);
    }
  };
  command.add_option_function<std::vector<std::string>>(name, choose, description)
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name(list + ",...");
}

template <class Row>
std::vector<std::string_view> names_of(std::span<const Row> table) {
  std::vector<std::string_view> names;
  for (const Row& row : table) names.push_back(row.name);
  return names;
}

/// The row of that name, once more in the list unless it is there.
template <class Row>
void choose_row(std::span<const Row> table, std::string_view name, std::vector<const Row*>& list) {
  for (const Row& row : table)
    if (row.name == name && std::find(list.begin(), list.end(), &row) == list.end())
      list.push_back(&row);
}

void add_papers(CLI::App& command, SheetsCommand& options) {
  add_list(command, "--parts", names_of(papers()), "Which papers (default all)",
           [&](const std::string& word) { choose_row(papers(), word, options.parts); });
  std::vector<std::string_view> formats = names_of(paper_formats());
  for (const std::string_view name : names_of(platform_formats())) formats.push_back(name);
  add_list(command, "--format", formats,
           "The forms of papers, and files for course platforms (default markdown)",
           [&](const std::string& word) {
             choose_row(paper_formats(), word, options.papers);
             choose_row(platform_formats(), word, options.platforms);
           });
  add_choice<Gaps>(command, "--blanks", options.gaps,
                   {{"values", Gaps::values}, {"formulas", Gaps::formulas}, {"frame", Gaps::frame}},
                   "What the blanks leave open: numbers, also formulas, or all lines (default "
                   "values)");
  command.add_flag("--bundle", options.bundle, "Also one file of all variants for each paper");
  const std::string pages = "Pages";
  command.add_option("--header", options.pages.header, "A line above each page")
      ->type_name("TEXT")
      ->group(pages);
  command.add_option("--footer", options.pages.footer, "A line below each page")
      ->type_name("TEXT")
      ->group(pages);
  add_pages(command, options.pages.letter, options.pages.type_size,
            "The paper of LaTeX and HTML (default a4)", pages);
}

void add_sheets(CLI::App& app, SheetsCommand& options, Digits& digits) {
  CLI::App& command = *app.add_subcommand(
      "sheets", "Write question, blanks, solution and marking scheme for a class");
  add_problem(command, options.problem);
  command.add_option("-o,--output", options.output, "The directory, new or empty")
      ->type_name("OUT");
  command.add_option("--variants", options.variants, "How many (default 1, or one for each name)")
      ->check(CLI::Range(std::size_t{1}, most_variants).description(""))
      ->type_name("N");
  command
      .add_option("--names", options.names, "A variant for each of these students, a name a line")
      ->type_name("FILE");
  add_papers(command, options);
  constexpr std::size_t most_seeds = 100'000;
  command
      .add_option("--stress", options.stress,
                  "Write nothing, but say how the results of N variants range")
      ->check(CLI::Range(std::size_t{1}, most_seeds).description(""))
      ->type_name("N");
  add_sheet(command, options.sheet, digits);
  command.add_flag("-v,--verbose", options.verbose, "Say on standard error what is being done");
}

void add_picture(CLI::App& app, PictureCommand& options, Digits& digits) {
  CLI::App& command = *app.add_subcommand("picture", "Draw the network of a problem");
  add_problem(command, options.problem);
  add_choice(command, "--format", options.format, choices_of(picture_formats()),
             "The form of the picture (default svg)");
  command.add_flag("--given", options.picture.given, "With the numbers that are given");
  command.add_flag("--values", options.picture.values, "With the numbers of the forward pass");
  command.add_flag("--gradients", options.picture.gradients,
                   "With the derivatives of the output by each quantity");
  command.add_flag("--expanded", options.picture.expanded, "Every elementary operation by itself");
  command.add_option("-o,--output", options.output, "Write there instead of standard output")
      ->type_name("OUT");
  add_digits(command, digits);
  add_rounding(command, options.picture.numerals);
  add_decimal_comma(command, options.picture.numerals);
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
  const auto row = std::find_if(
      table.begin(), table.end(),
      [&, lower = in_lower_case(output)](const Row& one) { return lower.ends_with(one.suffix); });
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
  SheetsCommand sheets{};
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
    add_sheets(app, sheets, digits);
    add_picture(app, picture, digits);
    add_show(app, show, digits);
  }

  void choose_formats() {
    if (sheets.parts.empty())
      for (const Paper& one : papers()) sheets.parts.push_back(&one);
    if (sheets.papers.empty() && sheets.platforms.empty())
      sheets.papers.push_back(&paper_formats().front());
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
    if ((solve.how.letter || solve.how.type_size != 11) && !solve.format->has_pages)
      throw CLI::ValidationError(solve.how.letter ? "--paper" : "--type-size",
                                 "goes with --format latex or pdf");
    if (train.logarithmic && train.plot.empty())
      throw CLI::ValidationError("--log-scale", "goes with --plot");
    if (!train.over.empty() && train.path.empty())
      throw CLI::ValidationError("--over", "goes with --path");
    if (solve.how.ascii && !solve.format->can_be_plain)
      throw CLI::ValidationError("--ascii", "goes with --format text");
    if (solve.how.width > 0 && !solve.format->can_be_plain)
      throw CLI::ValidationError("--width", "goes with --format text");
    if (solve.format->workbook != nullptr) refuse_what_cells_have_not(solve.how.sheet);
    if (app.got_subcommand("sheets") && sheets.output.empty() && !sheets.stress)
      throw CLI::RequiredError("-o: the directory of the papers");
    for (const SheetOptions& sheet : {solve.how.sheet, show.sheet, sheets.sheet})
      if (sheet.mode == Mode::forward && sheet.style != Style::table)
        throw CLI::ValidationError("--mode", "forward goes with --style table");
    for (const SheetOptions& sheet : {solve.how.sheet, show.sheet, sheets.sheet})
      if (sheet.exact && sheet.numerals.carry != Carry::exact)
        throw CLI::ValidationError("--exact", "goes with --carry exact");
  }

  [[nodiscard]] Command command() {
    if (app.got_subcommand("check")) {
      check.points = check.points || !check.grades.empty();
      return check;
    }
    if (app.got_subcommand("sheets")) return digits.apply(sheets.sheet.numerals), sheets;
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
