#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/sheet/sheet.hpp"

/// What is said of a command line that cannot be read, where CLI11 would say less: which word is
/// meant, and what writes a file that chalkgrad does not write.
namespace chalkgrad::cli {

/// "; did you mean 'latex'?", or nothing.
[[nodiscard]] std::string hint_for_choice(const std::string& word,
                                          const std::vector<std::string_view>& names);

/// Throws where the first argument is no command.
void refuse_unknown_command(const CLI::App& app, int argc, const char* const* argv);

/// Throws what is better than `error`: about the first option that is unknown.
[[noreturn]] void refuse_unknown_options(const CLI::App& app, const CLI::ExtrasError& error);

/// Throws where the options ask for what a spreadsheet has not: another style, rounded numbers.
void refuse_what_cells_have_not(const SheetOptions& sheet);

/// Throws where nothing here writes files with that suffix: .docx.
void refuse_foreign_suffix(const std::string& option, const std::string& path);

}  // namespace chalkgrad::cli
