#include "tracer/formats/formats.hpp"

#include <array>

#include "tracer/formats/beamer.hpp"
#include "tracer/formats/csv.hpp"
#include "tracer/formats/html.hpp"
#include "tracer/formats/json.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/formats/text.hpp"

namespace chalkgrad {

namespace {

/// The picture of pages and slides, which reveal its numbers.
Diagram revealed_diagram(const Solution& solution, const SheetOptions& options) {
  return make_diagram(solution, {.numerals = options.numerals, .values = true, .gradients = true});
}

std::string as_text(const Solution& solution, const FormatOptions& options) {
  TextOptions text{.ascii = options.ascii};
  if (options.width > 0) text.width = options.width;
  return render_text(make_sheet(solution, options.sheet), text);
}
std::string as_latex(const Solution& solution, const FormatOptions& options) {
  return render_latex(make_sheet(solution, options.sheet),
                      {.fragment = options.fragment,
                       .pages = {.letter = options.letter, .type_size = options.type_size}});
}
std::string as_html(const Solution& solution, const FormatOptions& options) {
  return render_html(make_sheet(solution, options.sheet),
                     revealed_diagram(solution, options.sheet));
}
std::string as_markdown(const Solution& solution, const FormatOptions& options) {
  return render_markdown(make_sheet(solution, options.sheet));
}
std::string as_beamer(const Solution& solution, const FormatOptions& options) {
  return render_beamer(make_sheet(solution, options.sheet),
                       revealed_diagram(solution, options.sheet));
}
std::string as_csv(const Solution& solution, const FormatOptions& options) {
  return render_csv(make_sheet(solution, options.sheet));
}
std::string as_json(const Solution& solution, const FormatOptions& options) {
  SheetOptions sheet = options.sheet;
  sheet.numerals.decimal_comma = false;  // for programs
  return render_json(solution, sheet);
}

}  // namespace

std::span<const SheetFormat> sheet_formats() {
  static constexpr std::array table = {
      SheetFormat{.name = "text", .suffix = ".txt", .render = as_text, .can_be_plain = true},
      SheetFormat{.name = "latex",
                  .suffix = ".tex",
                  .render = as_latex,
                  .can_be_fragment = true,
                  .has_pages = true},
      SheetFormat{.name = "pdf",
                  .suffix = ".pdf",
                  .render = as_latex,
                  .has_pages = true,
                  .is_typeset = true},
      SheetFormat{.name = "html", .suffix = ".html", .render = as_html},
      SheetFormat{.name = "markdown", .suffix = ".md", .render = as_markdown},
      SheetFormat{.name = "beamer", .suffix = ".tex", .render = as_beamer},
      SheetFormat{.name = "csv", .suffix = ".csv", .render = as_csv},
      SheetFormat{.name = "xlsx", .suffix = ".xlsx", .workbook = make_workbook},
      SheetFormat{.name = "json", .suffix = ".json", .render = as_json}};
  return table;
}

}  // namespace chalkgrad
