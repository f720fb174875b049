#include "tracer/formats/html.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tracer/expression/markup.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/formats/html/assets.hpp"
#include "tracer/formats/html/page_frame.hpp"
#include "tracer/lesson/lesson.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/svg.hpp"

namespace chalkgrad {

namespace {

/// A side up to this width stays in one piece; a longer one may be broken between its terms.
constexpr std::size_t unbroken_width = 30;

/// A term may be broken, between its factors or within its brackets, when it gets longer than this:
/// then what is left fits a phone held upright.
constexpr std::size_t longest_piece = 16;

/// What closes the elements that are open at the end of this, and opens them again after a break.
std::pair<std::string, std::string> tags_around_break(std::string_view markup) {
  std::vector<std::string> open;
  for (auto at = markup.find('<'); at != std::string_view::npos; at = markup.find('<', at + 1)) {
    const std::string_view tag = markup.substr(at, markup.find('>', at) + 1 - at);
    if (tag[1] == '/') {
      open.pop_back();
    } else {
      open.emplace_back(tag);
    }
  }
  std::string closing, opening;
  for (const std::string& tag : open) {
    opening += tag;
    closing.insert(0, "</" + tag.substr(1, tag.find_first_of(" >") - 1) + ">");
  }
  return {closing, opening};
}

class HtmlRenderer {
 public:
  HtmlRenderer(const Sheet& sheet, const Diagram& diagram)
      : sheet_(sheet), lesson_(make_lesson(sheet, diagram)) {}

  std::string run() {
    const std::string title = sheet_.title.empty() ? "A derivation" : sheet_.title;
    text_ = fmt::format("<h1>{}</h1>\n", markup_text(title));
    add_picture();
    text_ += "<div class=\"sheet\">\n";
    for (const Section& section : sheet_.sections) add_section(section);
    text_ += "</div>\n";
    return page_frame({.title = title, .body = text_, .data = steps_json()});
  }

 private:
  void add_picture() {
    if (lesson_.picture.nodes.empty()) return;
    const Layout layout = lay_out(lesson_.picture);
    text_ += fmt::format("<figure class=\"frame\" style=\"--wide:{:.0f};--high:{:.0f}\">\n{}",
                         layout.width, layout.height,
                         render_svg(lesson_.picture, layout,
                                    {.standalone = false, .title = "The network of this problem"}));
    text_ += "</figure>\n";
  }

  void add_section(const Section& section) {
    text_ += "<section>\n";
    if (!section.heading.empty())
      text_ += fmt::format("<h2>{}</h2>\n", markup_text(section.heading));
    for (const Part& part : section.parts) std::visit([this](const auto& one) { add(one); }, part);
    text_ += "</section>\n";
  }

  /// The attributes of the element that is the next line.
  std::string line(std::string_view more = "") {
    return fmt::format("class=\"line{}\" id=\"step-{}\"", more, ++step_);
  }

  void add(const std::vector<Listing>& listings) {
    text_ += "<dl class=\"given\">\n";
    for (const Listing& listing : listings) {
      text_ += fmt::format("<div {}><dt>{}</dt><dd>", line(), markup_text(listing.label));
      for (const Row& entry : listing.entries) {
        std::string mathematics = print(entry.left, mathml_dialect());
        for (const Side& side : entry.sides)
          mathematics += relation(side) + print(side.expr, mathml_dialect());
        text_ += fmt::format("<span class=\"entry\">{}{}</span> ", math(mathematics),
                             &entry == &listing.entries.back() ? "" : ",");
      }
      text_ += "</dd></div>\n";
    }
    text_ += "</dl>\n";
  }

  void add(const Note& note) { text_ += fmt::format("<p {}>{}</p>\n", line(), words(note.words)); }

  void add(const Group& group) {
    text_ += "<div class=\"group\">\n";
    for (const Row& row : group) add_row(row);
    text_ += "</div>\n";
  }

  void add_row(const Row& row) {
    const bool stacked = is_stacked(row);
    const std::size_t lines = stacked ? row.sides.size() : 1;
    for (std::size_t i = 0; i < lines; ++i) {
      const bool nested = row.depth > 0;
      text_ += fmt::format("<div {}>", line(nested   ? i == 0 ? " nested" : " nested more"
                                            : i == 0 ? ""
                                                     : " more"));
      text_ += "<span class=\"left\">";
      if (i == 0) text_ += math(print(row.left, mathml_dialect()));
      text_ += "</span><span class=\"sides\">";
      const Remark* remark = nullptr;
      for (std::size_t k = stacked ? i : 0; k < (stacked ? i + 1 : row.sides.size()); ++k) {
        add_side(row.sides[k]);
        if (remark == nullptr && !row.sides[k].remark.empty()) remark = &row.sides[k].remark;
      }
      text_ += "</span><span class=\"remark\">";
      if (remark != nullptr) text_ += words(*remark);
      text_ += "</span><span class=\"label\">";
      if (i == 0 && !row.label.empty())
        text_ += fmt::format("<a id=\"{0}\" href=\"#{0}\">({0})</a>", markup_text(row.label));
      text_ += "</span></div>\n";
    }
  }

  /// A long side is several pieces of mathematics, between which a window breaks the line where it
  /// must: between terms, and where these are too long within them.
  void add_side(const Side& side) {
    std::string now = relation(side);
    const bool whole = utf8::display_width(print(side.expr)) <= unbroken_width;
    std::size_t width = 0;
    for (const Piece& piece : print_pieces(side.expr, mathml_dialect())) {
      if (!whole && width > 0 && (piece.depth == 0 || width > longest_piece)) {
        const auto [closing, opening] = tags_around_break(now);
        text_ += math(now + closing) + "<wbr>";
        now = opening;
        width = 0;
      }
      now += piece.text;
      width += width_without_tags(piece.text);
    }
    text_ += math(now) + "<wbr>";
  }

  void add(const Table& table) {
    text_ += "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n";
    const bool has_head =
        std::any_of(table.columns.begin(), table.columns.end(),
                    [](const Table::Column& column) { return !column.head.empty(); });
    if (has_head) {
      text_ += "<thead><tr>";
      for (const Table::Column& column : table.columns)
        text_ += column.head.empty() ? "<td></td>"
                                     : fmt::format("<th scope=\"col\">{}</th>", words(column.head));
      text_ += "</tr></thead>\n";
    }
    text_ += "<tbody>\n";
    for (const auto& row : table.rows) {
      text_ += fmt::format("<tr {}>", line());
      for (std::size_t c = 0; c < row.size(); ++c) {
        text_ += table.columns[c].numbers ? "<td class=\"number\">" : "<td>";
        if (row[c].relation)
          text_ += math(std::string(mathml_dialect().relation(*row[c].relation)));
        text_ += words(row[c].content) + "</td>";
      }
      text_ += "</tr>\n";
    }
    text_ += "</tbody></table></div>\n";
  }

  static std::string relation(const Side& side) {
    return std::string(mathml_dialect().relation(side.approximate ? '~' : '='));
  }

  static std::string math(const std::string& inside) {
    return "<math displaystyle=\"true\">" + inside + "</math>";
  }

  static std::string words(const Remark& remark) {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text += word != nullptr ? markup_text(*word)
                              : math(print(std::get<Expr>(part), mathml_dialect()));
    }
    return text;
  }

  std::string steps_json() const {
    nlohmann::json steps = nlohmann::json::array();
    for (const LessonStep& step : lesson_.steps) {
      steps.push_back({{"label", step.label},
                       {"paths", step.focus.paths},
                       {"nodes", step.focus.nodes},
                       {"values", step.focus.values},
                       {"gradients", step.focus.gradients}});
    }
    return steps.dump();
  }

  const Sheet& sheet_;
  Lesson lesson_;
  std::size_t step_ = 0;
  std::string text_;
};

}  // namespace

std::string render_html(const Sheet& sheet, const Diagram& diagram) {
  return HtmlRenderer(sheet, diagram).run();
}

}  // namespace chalkgrad
