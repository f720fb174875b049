#include <fmt/format.h>

#include "tracer/cli/guides.hpp"
#include "tracer/cli/version.hpp"

namespace chalkgrad::cli {

namespace {

/// Words for the man macros: minus signs that can be copied, nothing read as a request.
std::string roff(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result : result;
}

std::string heading_of(const OptionDescription& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back("\\fB" + roff(name) + "\\fR");
  return fmt::format("{}{}", fmt::join(names, ", "),
                     option.value.empty() ? "" : " \\fI" + roff(option.value) + "\\fR");
}

void add_options(std::string& text, const CommandDescription& command) {
  for (const OptionDescription& option : command.options)
    text += fmt::format(".TP\n{}\n{}.\n", heading_of(option), roff(option.description));
}

/// "chalkgrad solve FILE [options]".
std::string synopsis(const CommandDescription& command) {
  std::string line = fmt::format("\\fBchalkgrad {}\\fR", command.name);
  for (const OptionDescription& option : command.options)
    if (option.is_positional) line += fmt::format(" \\fI{}\\fR", option.names.front());
  return line + " [\\fIoptions\\fR]";
}

}  // namespace

std::string manual_page(const std::vector<CommandDescription>& commands) {
  std::string text = fmt::format(
      ".\\\" Written by chalkgrad \\-\\-man from the table of options.\n"
      ".TH CHALKGRAD 1 \"\" \"chalkgrad {}\" \"User Commands\"\n.SH NAME\n"
      "chalkgrad \\- automatic differentiation that shows its working\n.SH SYNOPSIS\n",
      version);
  for (const CommandDescription& command : commands)
    if (!command.name.empty()) text += synopsis(command) + "\n.br\n";
  text +=
      ".SH DESCRIPTION\n"
      "chalkgrad reads the network of an exercise from a file in the language of\n"
      ".BR chalkgrad (5)\n"
      "and writes the chain\\-rule derivation that a careful colleague would have written by "
      "hand;\n"
      "it checks derivations that somebody else wrote, trains, and draws the network.\n"
      "A file called \\- is standard input.\n";
  for (const CommandDescription& command : commands) {
    if (command.name.empty()) {
      text += ".SH OPTIONS\n";
    } else {
      text += fmt::format(".SH \"{}\"\n{}.\n", roff("chalkgrad " + command.name),
                          roff(command.description));
    }
    add_options(text, command);
  }
  text +=
      ".SH \"EXIT STATUS\"\n.TP\n.B 0\nAll right.\n.TP\n.B 1\n"
      "Solved, but an expectation of the file does not agree; or a mistake was found.\n"
      ".TP\n.B 2\nBad usage, unreadable input, no solution: nothing was written; or a training "
      "that\n"
      "diverged; or something could not be read or decided.\n"
      ".SH \"SEE ALSO\"\n.BR chalkgrad (5)\n";
  return text;
}

}  // namespace chalkgrad::cli
