#include <fmt/format.h>

#include "tracer/cli/guides.hpp"

namespace chalkgrad::cli {

namespace {

/// Within single quotes of zsh, in a description between brackets.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_action(const OptionDescription& option) {
  const std::vector<std::string> choices = choices_of(option);
  if (!choices.empty()) return fmt::format(":value:({})", fmt::join(choices, " "));
  if (option.takes_file) return ":file:_files";
  return option.value.empty() ? "" : fmt::format(":{}: ", zsh_text(option.value));
}

std::string zsh_arguments(const CommandDescription& command) {
  std::string arguments;
  for (const OptionDescription& option : command.options)
    for (const std::string& name : option.names)
      if (is_flag(option))
        arguments += fmt::format(" \\\n        '{}[{}]{}'", name, zsh_text(option.description),
                                 zsh_action(option));
  return arguments;
}

}  // namespace

std::string zsh_completion(const std::vector<CommandDescription>& commands) {
  std::string list, branches;
  for (const CommandDescription& command : commands) {
    if (command.name.empty()) continue;
    list += fmt::format("    '{}:{}'\n", command.name, zsh_text(command.description));
    branches += fmt::format("      {})\n        _arguments{} \\\n        '*:file:_files' ;;\n",
                            command.name, zsh_arguments(command));
  }
  return fmt::format(R"(#compdef chalkgrad
# Completions of chalkgrad for zsh, written by chalkgrad --completion zsh.
_chalkgrad() {{
  local -a commands
  local state
  commands=(
{}  )
  _arguments -C{} \
        '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument) case $words[1] in
{}    esac ;;
  esac
}}
_chalkgrad "$@"
)",
                     list, zsh_arguments(commands.front()), branches);
}

}  // namespace chalkgrad::cli
