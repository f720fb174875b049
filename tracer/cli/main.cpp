#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <exception>

#include "tracer/cli/check_command.hpp"
#include "tracer/cli/guides.hpp"
#include "tracer/cli/options.hpp"
#include "tracer/cli/picture_command.hpp"
#include "tracer/cli/sheets_command.hpp"
#include "tracer/cli/show_command.hpp"
#include "tracer/cli/solve_command.hpp"
#include "tracer/cli/train_command.hpp"

namespace {

/// Diagnostics go to standard error; colours only when that is a terminal.
void set_up_logging(bool verbose) {
  auto logger = spdlog::stderr_color_st("chalkgrad");
  logger->set_pattern("%n: %^%l%$: %v");
  logger->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace

int main(int argc, char** argv) {
  using namespace chalkgrad::cli;
  int status = all_right;
  try {
    const auto options = read_command_line(argc, argv, status);
    if (!options) return status;
    return std::visit(
        [](const auto& command) {
          set_up_logging(command.verbose);
          return run(command);
        },
        *options);
  } catch (const std::exception& error) {
    if (!spdlog::get("chalkgrad")) set_up_logging(false);
    spdlog::error("{}", error.what());
    return unusable;
  }
}
