#include "tracer/cli/page_width.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace chalkgrad::cli {

namespace {

constexpr std::size_t least_width = 50, most_width = 140;

/// 0 where nothing says it.
std::size_t columns() {
  std::size_t wanted = 0;
  const char* variable = std::getenv("COLUMNS");  // NOLINT(concurrency-mt-unsafe): one thread
  const std::string_view text = variable != nullptr ? variable : "";
  const auto read = std::from_chars(text.data(), text.data() + text.size(), wanted);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return wanted;
  winsize window{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 ? window.ws_col : 0;
}

}  // namespace

std::size_t width_of_standard_output() {
  const std::size_t wanted = columns();
  return wanted == 0 ? 0 : std::clamp(wanted, least_width, most_width);
}

}  // namespace chalkgrad::cli
