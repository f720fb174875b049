#include <fmt/format.h>

#include "tracer/cli/guides.hpp"

namespace chalkgrad::cli {

namespace {

/// Within single quotes of fish.
std::string fish_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string fish_option(const OptionDescription& option, std::string_view condition) {
  std::string line = fmt::format("complete -c chalkgrad -n '{}'", condition);
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  const std::vector<std::string> choices = choices_of(option);
  if (!choices.empty()) {
    line += fmt::format(" -x -a '{}'", fmt::join(choices, " "));
  } else if (!option.value.empty()) {
    line += option.takes_file ? " -r" : " -x";
  }
  return line + fmt::format(" -d '{}'\n", fish_text(option.description));
}

}  // namespace

std::string fish_completion(const std::vector<CommandDescription>& commands) {
  std::string text =
      "# Completions of chalkgrad for fish, written by chalkgrad --completion fish.\n";
  for (const CommandDescription& command : commands) {
    const bool program = command.name.empty();
    const std::string condition =
        program ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + command.name;
    if (!program)
      text += fmt::format("complete -c chalkgrad -f -n __fish_use_subcommand -a {} -d '{}'\n",
                          command.name, fish_text(command.description));
    for (const OptionDescription& option : command.options)
      if (is_flag(option)) text += fish_option(option, condition);
  }
  return text;
}

}  // namespace chalkgrad::cli
