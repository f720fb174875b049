#include "tracer/formats/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

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

/// Up to so many units the picture has room for everything that is written in it.
constexpr std::size_t most_units_in_full = 12;

std::size_t count_of_units(const Diagram& diagram) {
  return static_cast<std::size_t>(
      std::count_if(diagram.nodes.begin(), diagram.nodes.end(),
                    [](const Diagram::Node& node) { return node.shape != Diagram::Shape::small; }));
}

class HtmlRenderer {
 public:
  HtmlRenderer(const Sheet& sheet, const Diagram& diagram)
      : sheet_(sheet), lesson_(make_lesson(sheet, diagram)) {
    for (const LessonStep& step : lesson_.steps)
      if (!step.label.empty()) labels_.insert(step.label);
    for (std::size_t i = 0; i < lesson_.steps.size(); ++i) find_places(i);
  }

  std::string run() {
    const std::string title = sheet_.title.empty() ? "A derivation" : sheet_.title;
    text_ = fmt::format("<h1>{}</h1>\n", markup_text(title));
    add_picture();
    text_ +=
        "<div class=\"sheet\">\n<p class=\"start\" hidden>Press space to begin. Escape shows the "
        "whole "
        "sheet, <kbd>?</kbd> the keys.</p>\n";
    for (const Section& section : sheet_.sections) add_section(section);
    text_ += "</div>\n";
    return page_frame({.title = title, .body = text_, .data = steps_json()});
  }

 private:
  void add_picture() {
    if (lesson_.picture.nodes.empty()) return;
    const bool in_full = count_of_units(lesson_.picture) <= most_units_in_full;
    const Layout layout = in_full ? lay_out(lesson_.picture) : lay_out_closely(lesson_.picture);
    const auto address = [this](const std::string& quantity) {
      const auto place = places_.find(quantity);
      return place == places_.end() ? "" : address_of(place->second.step);
    };
    text_ += fmt::format(
        "<figure class=\"frame{}\" style=\"--wide:{:.0f};--high:{:.0f}\">\n{}",
        in_full ? "" : " close", layout.width, layout.height,
        render_svg(
            lesson_.picture, layout,
            {.standalone = false, .title = "The network of this problem", .address = address}));
    text_ += "</figure>\n";
  }

  /// What step number `i` works out, unless an earlier one did.
  void find_places(std::size_t i) {
    const SheetPlace& at = lesson_.steps[i].place;
    if (at.side > 0) return;
    const Part& part = sheet_.sections[at.section].parts[at.part];
    if (const auto* group = std::get_if<Group>(&part)) {
      add_place((*group)[at.row].left, i);
    } else if (const auto* listings = std::get_if<std::vector<Listing>>(&part)) {
      for (const Row& entry : (*listings)[at.row].entries) add_place(entry.left, i);
    } else if (const auto* table = std::get_if<Table>(&part)) {
      for (const Table::Cell& cell : table->rows[at.row])
        for (const auto& content : cell.content)
          if (const auto* symbol = std::get_if<Expr>(&content); symbol && !cell.relation)
            add_place(*symbol, i);
    }
  }

  void add_place(const Expr& what, std::size_t step) {
    if (what.is(Expr::Kind::symbol)) places_.try_emplace(what.text(), Place{what, step});
    if (what.is(Expr::Kind::derivative))
      places_.try_emplace(what.text() + "/" + what.wrt(), Place{what, step});
  }

  std::string address_of(std::size_t step) const {
    const std::string& label = lesson_.steps[step].label;
    return label.empty() ? fmt::format("#step-{}", step + 1) : "#" + label;
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
      if (i == 0)
        text_ += "<span class=\"left\">" + math(print(row.left, mathml_dialect())) + "</span>";
      text_ += "<span class=\"sides\">";
      const Remark* remark = nullptr;
      for (std::size_t k = stacked ? i : 0; k < (stacked ? i + 1 : row.sides.size()); ++k) {
        add_side(row.sides[k]);
        if (remark == nullptr && !row.sides[k].remark.empty()) remark = &row.sides[k].remark;
      }
      text_ += "</span>";
      if (remark != nullptr) text_ += "<span class=\"remark\">" + words(*remark) + "</span>";
      if (i == 0 && !row.label.empty())
        text_ += fmt::format("<span class=\"label\"><a id=\"{0}\" href=\"#{0}\">({0})</a></span>",
                             markup_text(row.label));
      text_ += "</div>\n";
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

  static std::string math(const std::string& inside) { return "<math>" + inside + "</math>"; }

  /// Words in which the label of a line is a link to it.
  std::string with_links(const std::string& words) const {
    std::string text;
    const auto is_letter_or_digit = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0;
    };
    for (std::size_t at = 0; at < words.size();) {
      std::size_t end = at;
      while (end < words.size() && is_letter_or_digit(words[end])) ++end;
      const std::string word = words.substr(at, std::max(end - at, std::size_t{1}));
      text += labels_.count(word) != 0 ? fmt::format("<a href=\"#{0}\">{0}</a>", word) : word;
      at += word.size();
    }
    return text;
  }

  std::string words(const Remark& remark) {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text += word != nullptr ? with_links(markup_text(*word))
                              : math(print(std::get<Expr>(part), mathml_dialect()));
    }
    return text;
  }

  /// What the script knows of the steps, and of the names in the mathematics: how each reads as the
  /// text of its element, and in which step it is worked out. What is empty is left out.
  std::string steps_json() const {
    nlohmann::json steps = nlohmann::json::array();
    for (const LessonStep& step : lesson_.steps) {
      nlohmann::json one = nlohmann::json::object();
      if (!step.label.empty()) one["label"] = step.label;
      if (!step.focus.paths.empty()) one["paths"] = step.focus.paths;
      if (!step.focus.nodes.empty()) one["nodes"] = step.focus.nodes;
      if (!step.focus.values.empty()) one["values"] = step.focus.values;
      if (!step.focus.gradients.empty()) one["gradients"] = step.focus.gradients;
      if (step.rule) one["rule"] = *step.rule + 1;
      if (step.sample != 0) one["sample"] = step.sample;
      steps.push_back(std::move(one));
    }
    nlohmann::json names = nlohmann::json::array();
    for (const auto& [name, place] : places_)
      names.push_back({name, text_within(print(place.what, mathml_dialect())), place.step + 1});
    return nlohmann::json({{"steps", steps}, {"names", names}, {"output", lesson_.picture.output}})
        .dump();
  }

  /// Markup without its tags; a name has no entities.
  static std::string text_within(const std::string& markup) {
    std::string text;
    bool in_tag = false;
    for (const char c : markup) {
      if (c == '<') in_tag = true;
      if (!in_tag) text += c;
      if (c == '>') in_tag = false;
    }
    return text;
  }

  struct Place {
    Expr what = 0.0;
    std::size_t step = 0;
  };

  const Sheet& sheet_;
  Lesson lesson_;
  std::set<std::string> labels_;
  std::map<std::string, Place> places_;  // by quantity, or by derivative as y/x
  std::size_t step_ = 0;
  std::string text_;
};

}  // namespace

std::string render_html(const Sheet& sheet, const Diagram& diagram) {
  return HtmlRenderer(sheet, diagram).run();
}

}  // namespace chalkgrad
