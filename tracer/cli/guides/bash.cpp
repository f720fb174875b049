#include <fmt/format.h>

#include "tracer/cli/guides.hpp"

namespace chalkgrad::cli {

namespace {

/// The words of a command after which its value is completed by choices, by files, or not at all.
std::string bash_values(const CommandDescription& command) {
  std::string cases;
  for (const OptionDescription& option : command.options) {
    if (!is_flag(option) || option.value.empty()) continue;
    const std::vector<std::string> choices = choices_of(option);
    cases += fmt::format("        {}) ", fmt::join(option.names, "|"));
    if (!choices.empty())
      cases +=
          fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\")); ", fmt::join(choices, " "));
    else if (option.takes_file)
      cases += "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")); ";
    cases += "return ;;\n";
  }
  return cases;
}

std::string bash_flags(const CommandDescription& command) {
  std::vector<std::string> names;
  for (const OptionDescription& option : command.options)
    if (is_flag(option)) names.insert(names.end(), option.names.begin(), option.names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace

std::string bash_completion(const std::vector<CommandDescription>& commands) {
  std::vector<std::string> names;
  std::string branches;
  for (const CommandDescription& command : commands) {
    if (!command.name.empty()) names.push_back(command.name);
    branches += fmt::format("    {})\n      case $before in\n{}      esac\n      flags='{}' ;;\n",
                            command.name.empty() ? "''" : command.name, bash_values(command),
                            bash_flags(command));
  }
  return fmt::format(R"(# Completions of chalkgrad for bash, written by chalkgrad --completion bash.
_chalkgrad() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= flags i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {1}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case $command in
{0}  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
  elif [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '{2}' -- "$word"))
  else
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -F _chalkgrad chalkgrad
)",
                     branches, fmt::join(names, "|"), fmt::join(names, " "));
}

}  // namespace chalkgrad::cli
