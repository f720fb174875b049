#include "tracer/exercise/formats/html_fragment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/markup.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view page_style = R"(
body { font: 11pt/1.45 "Latin Modern Roman", Georgia, serif; max-width: 17cm; margin: 1.5cm auto; padding: 0 1em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.2em 0 0.3em; break-after: avoid; }
table { border-collapse: collapse; } th, td { padding: 0.15em 0.8em 0.15em 0; text-align: left; }
th { border-bottom: 1px solid; } td.number, th.number { text-align: right; }
.row { margin: 0.35em 0 0.35em 1em; break-inside: avoid; } .more { margin-left: 3em; }
.label, .remark { margin-left: 1.5em; color: #555; } header, footer { color: #555; }
svg { max-width: 100%; height: auto; } article + article { break-before: page; }
)";

class HtmlFragment {
 public:
  explicit HtmlFragment(HtmlMathematics mathematics) : mathematics_(mathematics) {}

  std::string run(const Sheet& sheet, const HtmlPicture& picture) {
    if (!sheet.title.empty()) text_ += fmt::format("<h1>{}</h1>\n", markup_text(sheet.title));
    for (std::size_t i = 0; i < sheet.sections.size(); ++i) {
      if (i == picture.before) text_ += picture.markup;
      const Section& section = sheet.sections[i];
      if (!section.heading.empty())
        text_ += fmt::format("<h2>{}</h2>\n", markup_text(section.heading));
      for (const Part& part : section.parts)
        std::visit([this](const auto& one) { add(one); }, part);
    }
    return std::move(text_);
  }

  [[nodiscard]] std::string formula(const std::string& printed) const {
    switch (mathematics_) {
      case HtmlMathematics::mathml: return "<math>" + printed + "</math>";
      case HtmlMathematics::tex: return "\\(" + markup_text(printed) + "\\)";
      case HtmlMathematics::plain: return markup_text(printed);
    }
    return printed;
  }

  [[nodiscard]] const Dialect& dialect() const {
    return mathematics_ == HtmlMathematics::mathml ? mathml_dialect()
           : mathematics_ == HtmlMathematics::tex  ? latex_dialect()
                                                   : text_dialect();
  }

 private:
  void add(const std::vector<Listing>& listings) {
    for (const Listing& listing : listings) {
      text_ += fmt::format("<p>{}: ", markup_text(listing.label));
      for (const Row& entry : listing.entries)
        text_ += formula(in_one(entry)) + (&entry == &listing.entries.back() ? "" : ", ");
      text_ += "</p>\n";
    }
  }

  void add(const Note& note) { text_ += "<p>" + words(note.words) + "</p>\n"; }

  void add(const Group& group) {
    for (const Row& row : group) {
      text_ += "<div class=\"row\">";
      text_ += row.stacked ? stacked(row) : formula(in_one(row)) + remarks(row);
      if (!row.label.empty())
        text_ += fmt::format(" <span class=\"label\">({})</span>", markup_text(row.label));
      text_ += "</div>\n";
    }
  }

  void add(const Table& table) {
    text_ += "<table>\n<thead><tr>";
    for (const Table::Column& column : table.columns)
      text_ += fmt::format("<th{}>{}</th>", of_numbers(column), words(column.head));
    text_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      text_ += "<tr>";
      for (std::size_t c = 0; c < row.size(); ++c) {
        std::string content = words(row[c].content);
        if (row[c].relation) content = formula(relation(*row[c].relation)) + " " + content;
        text_ += fmt::format("<td{}>{}</td>", of_numbers(table.columns[c]), content);
      }
      text_ += "</tr>\n";
    }
    text_ += "</tbody>\n</table>\n";
  }

  static std::string_view of_numbers(const Table::Column& column) {
    return column.numbers ? " class=\"number\"" : "";
  }

  [[nodiscard]] std::string relation(char kind) const {
    return std::string(dialect().relation(kind));
  }

  [[nodiscard]] std::string side(const Side& one) const {
    const std::string sign = relation(one.approximate ? '~' : '=');
    const std::string printed = print(one.expr, dialect());
    return mathematics_ == HtmlMathematics::mathml ? sign + printed : " " + sign + " " + printed;
  }

  [[nodiscard]] std::string in_one(const Row& row) const {
    std::string line = print(row.left, dialect());
    for (const Side& one : row.sides) line += side(one);
    return line;
  }

  [[nodiscard]] std::string stacked(const Row& row) const {
    std::string text;
    for (std::size_t i = 0; i < row.sides.size(); ++i) {
      const std::string line = (i == 0 ? print(row.left, dialect()) : "") + side(row.sides[i]);
      const std::string one = formula(line) + remark(row.sides[i].remark);
      text += i == 0 ? one : "<div class=\"more\">" + one + "</div>";
    }
    return text;
  }

  [[nodiscard]] std::string remark(const Remark& words_of_it) const {
    return words_of_it.empty() ? "" : " <span class=\"remark\">" + words(words_of_it) + "</span>";
  }

  [[nodiscard]] std::string remarks(const Row& row) const {
    std::string text;
    for (const Side& one : row.sides) text += remark(one.remark);
    return text;
  }

  [[nodiscard]] std::string words(const Remark& remark) const {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text +=
          word != nullptr ? markup_text(*word) : formula(print(std::get<Expr>(part), dialect()));
    }
    return text;
  }

  HtmlMathematics mathematics_;
  std::string text_;
};

}  // namespace

std::string html_fragment(const Sheet& sheet, HtmlMathematics mathematics,
                          const HtmlPicture& picture) {
  return HtmlFragment(mathematics).run(sheet, picture);
}

std::string html_formula(const Expr& e, HtmlMathematics mathematics) {
  const HtmlFragment fragment(mathematics);
  return fragment.formula(print(e, fragment.dialect()));
}

std::string html_document(const std::vector<std::string>& fragments, const HtmlPages& pages) {
  std::string text = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
      "<style>@page {{ size: {}; margin: 2cm; }}{}</style>\n</head>\n<body>\n",
      markup_text(pages.title), pages.letter ? "letter" : "A4", page_style);
  for (const std::string& fragment : fragments) {
    text += "<article>\n";
    if (!pages.header.empty()) text += "<header>" + markup_text(pages.header) + "</header>\n";
    text += fragment;
    if (!pages.footer.empty()) text += "<footer>" + markup_text(pages.footer) + "</footer>\n";
    text += "</article>\n";
  }
  return text + "</body>\n</html>\n";
}

}  // namespace chalkgrad
