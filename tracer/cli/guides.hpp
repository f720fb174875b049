#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/cli/options.hpp"

/// What is told of the commands beside --help: completions for shells and the manual page, each
/// written from the table of options and in a file of its own. None of them knows an option by
/// name.
namespace chalkgrad::cli {

[[nodiscard]] std::string bash_completion(const std::vector<CommandDescription>& commands);
[[nodiscard]] std::string zsh_completion(const std::vector<CommandDescription>& commands);
[[nodiscard]] std::string fish_completion(const std::vector<CommandDescription>& commands);
/// chalkgrad(1) in the man macros.
[[nodiscard]] std::string manual_page(const std::vector<CommandDescription>& commands);

struct Guide {
  std::string_view name;  ///< "bash"
  std::string (*write)(const std::vector<CommandDescription>& commands);
};

/// Those for shells.
[[nodiscard]] std::span<const Guide> shell_guides();

/// Writes the guide to standard output.
int run(const GuideCommand& command);

/// The words that an option may have: of "text|json" both, of "OUT" none.
[[nodiscard]] std::vector<std::string> choices_of(const OptionDescription& option);

/// Whether it begins with a dash; the others are told by their place.
[[nodiscard]] bool is_flag(const OptionDescription& option);

}  // namespace chalkgrad::cli
