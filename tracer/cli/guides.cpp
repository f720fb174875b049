#include "tracer/cli/guides.hpp"

#include <array>

#include "tracer/cli/files.hpp"

namespace chalkgrad::cli {

std::span<const Guide> shell_guides() {
  static constexpr std::array table = {Guide{"bash", bash_completion}, Guide{"zsh", zsh_completion},
                                       Guide{"fish", fish_completion}};
  return table;
}

int run(const GuideCommand& command) {
  const std::vector<CommandDescription> commands = describe_commands();
  for (const Guide& guide : shell_guides())
    if (guide.name == command.name) return write_file("-", guide.write(commands)), all_right;
  write_file("-", manual_page(commands));
  return all_right;
}

std::vector<std::string> choices_of(const OptionDescription& option) {
  std::vector<std::string> choices;
  if (option.value.find('|') == std::string::npos) return choices;
  for (std::size_t at = 0; at <= option.value.size();) {
    const std::size_t bar = std::min(option.value.find('|', at), option.value.size());
    choices.push_back(option.value.substr(at, bar - at));
    at = bar + 1;
  }
  return choices;
}

bool is_flag(const OptionDescription& option) { return !option.is_positional; }

}  // namespace chalkgrad::cli
