#include "tracer/cli/option_groups.hpp"

namespace chalkgrad::cli {

namespace {

std::vector<std::pair<std::string, Style>> choices_of_styles() {
  std::vector<std::pair<std::string, Style>> choices;
  for (const StyleRow& row : styles()) choices.emplace_back(row.name, row.style);
  return choices;
}

}  // namespace

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

void add_decimal_comma(CLI::App& command, Numerals& numerals) {
  command.add_flag("--decimal-comma", numerals.decimal_comma, "Write 0,74 for 0.74")
      ->group("Numbers");
}

void add_sheet(CLI::App& command, SheetOptions& sheet, Digits& digits) {
  add_choice<Detail>(
      command, "--detail", sheet.detail,
      {{"brief", Detail::brief}, {"standard", Detail::standard}, {"full", Detail::full}},
      "How much is written out (default standard)");
  command.add_flag("--long-way", sheet.long_way,
                   "Show the long way also where a derivative has a short form");
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
  add_decimal_comma(command, sheet.numerals);
  add_choice<Carry>(command, "--carry", sheet.numerals.carry,
                    {{"exact", Carry::exact}, {"rounded", Carry::rounded}},
                    "rounded: each shown number is what the next line uses (default exact)")
      ->group("Numbers");
  command
      .add_flag("--exact", sheet.exact,
                "Fractions, roots, π, e and logarithms where the numbers given allow it")
      ->group("Numbers");
  command.add_flag("--approx", sheet.approx, "Write ≈ wherever rounding happened")
      ->group("Numbers");
}

void add_pages(CLI::App& command, bool& letter, int& type_size, const std::string& paper,
               const std::string& group) {
  add_choice<bool>(command, "--paper", letter, {{"a4", false}, {"letter", true}}, paper)
      ->group(group);
  add_choice<int>(command, "--type-size", type_size, {{"10", 10}, {"11", 11}, {"12", 12}},
                  "The size of the type of LaTeX, in points (default 11)")
      ->group(group);
}

void add_wrt(CLI::App& command, std::vector<std::string>& wrt) {
  command.add_option("--wrt", wrt, "Derive with respect to these instead; all is possible")
      ->allow_extra_args(false)
      ->type_name("NAME,...");
}

}  // namespace chalkgrad::cli
