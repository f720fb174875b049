#include "tracer/sheet/styles.hpp"

#include <algorithm>
#include <array>

#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

std::span<const StyleRow> styles() {
  static constexpr std::array table = {StyleRow{Style::textbook, "textbook", textbook_sections},
                                       StyleRow{Style::delta, "delta", delta_sections},
                                       StyleRow{Style::paths, "paths", path_sections},
                                       StyleRow{Style::table, "table", trace_sections}};
  return table;
}

const StyleRow& row_of(Style style) {
  return *std::find_if(styles().begin(), styles().end(),
                       [style](const StyleRow& row) { return row.style == style; });
}

}  // namespace chalkgrad
