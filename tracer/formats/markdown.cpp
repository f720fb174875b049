#include "tracer/formats/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/formats/latex_lines.hpp"

namespace chalkgrad {

namespace {

/// In digits; a page of GitHub or a notebook is wider than paper.
constexpr LatexWidths page_widths{.line = 86, .label = 7};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// Mathematics within \text stands between dollars, which would end it here: the words are cut
/// there instead, \text{at $x$ and} into \text{at }x\text{ and}.
std::string without_dollars(const std::string& mathematics) {
  std::string result;
  bool within = false;
  for (std::size_t at = 0; at < mathematics.size(); ++at) {
    const bool escaped = at > 0 && mathematics[at - 1] == '\\';
    if (mathematics[at] != '$' || escaped) {
      result += mathematics[at];
      continue;
    }
    result += within ? "\\text{" : "}";
    within = !within;
  }
  replace_all(result, "\\text{}", "");
  return result;
}

/// GitHub allows no \operatorname, and takes the backslash off an underscore, which only \text
/// survives.
std::string in_common_commands(std::string mathematics) {
  replace_all(mathematics, "\\operatorname{", "\\mathrm{");
  static constexpr std::string_view upright = "\\mathrm{";
  for (auto at = mathematics.find(upright); at != std::string::npos;
       at = mathematics.find(upright, at + 1)) {
    const auto end = mathematics.find('}', at);
    const auto underscore = mathematics.find("\\_", at);
    if (underscore < end) mathematics.replace(at, upright.size(), "\\text{");
  }
  return mathematics;
}

class MarkdownRenderer {
 public:
  std::string run(const Sheet& sheet) {
    if (!sheet.title.empty()) text_ = fmt::format("# {}\n", markdown_text(sheet.title));
    for (const Section& section : sheet.sections) {
      if (!section.heading.empty())
        begin() += fmt::format("## {}\n", markdown_text(section.heading));
      for (const Part& part : section.parts)
        std::visit([this](const auto& one) { add(one); }, part);
    }
    return std::move(text_);
  }

 private:
  /// A blank line, and the text to go on with.
  std::string& begin() { return text_ += text_.empty() ? "" : "\n"; }

  void add(const std::vector<Listing>& listings) {
    begin();
    for (const Listing& listing : listings) {
      text_ += fmt::format("- {}: ", markdown_text(listing.label));
      for (const Row& entry : listing.entries)
        text_ += inline_mathematics(latex_row(entry)) +
                 (&entry == &listing.entries.back() ? "\n" : ", ");
    }
  }

  void add(const Note& note) { begin() += words(note.words) + "\n"; }

  void add(const Group& group) {
    const std::vector<LatexLine> lines = latex_lines(group, page_widths);
    const bool labelled = std::any_of(lines.begin(), lines.end(),
                                      [](const LatexLine& line) { return !line.label.empty(); });
    begin() += "$$\n\\begin{aligned}\n";
    for (const LatexLine& line : lines) {
      std::string row = line.left + (line.left.empty() ? "&" : " &") + line.right;
      if (!line.remark.empty()) row += " \\qquad \\text{" + line.remark + "}";
      // Two columns on, so that the labels stand below each other.
      if (labelled && !line.label.empty()) row += " && \\text{(" + line.label + ")}";
      row = in_common_commands(without_dollars(row));
      replace_all(row, "\\\\ ", "\\\\\n");
      text_ += row + (&line == &lines.back() ? "\n" : " \\\\\n");
    }
    text_ += "\\end{aligned}\n$$\n";
  }

  void add(const Table& table) {
    begin();
    std::string rule;
    for (const Table::Column& column : table.columns) {
      text_ += "| " + in_cell(words(column.head)) + " ";
      rule += column.numbers ? "|--:" : "|:--";
    }
    text_ += "|\n" + rule + "|\n";
    for (const auto& row : table.rows) {
      for (const Table::Cell& cell : row) text_ += "| " + in_cell(content(cell)) + " ";
      text_ += "|\n";
    }
  }

  /// The relation and the mathematics after it are one formula.
  static std::string content(const Table::Cell& cell) {
    if (!cell.relation) return words(cell.content);
    const std::string relation(latex_dialect().relation(*cell.relation));
    if (cell.content.size() == 1)
      if (const auto* e = std::get_if<Expr>(&cell.content.front()))
        return inline_mathematics(relation + " " + print(*e, latex_dialect()));
    return inline_mathematics(relation) + " " + words(cell.content);
  }

  /// A bar or a line's end would end the cell.
  static std::string in_cell(std::string text) {
    replace_all(text, "\\\\ ", "\\cr ");
    replace_all(text, "left|", "left\\vert ");
    replace_all(text, "right|", "right\\vert ");
    return text;
  }

  static std::string inline_mathematics(const std::string& latex) {
    const std::string mathematics = in_common_commands(without_dollars(latex));
    const auto end = mathematics.find_last_not_of(' ');
    return "$" + mathematics.substr(0, end + 1) + "$";
  }

  static std::string words(const Remark& remark) {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text += word != nullptr ? markdown_text(*word)
                              : inline_mathematics(print(std::get<Expr>(part), latex_dialect()));
    }
    return text;
  }

  std::string text_;
};

}  // namespace

std::string render_markdown(const Sheet& sheet) { return MarkdownRenderer().run(sheet); }

std::string markdown_text(std::string_view words) {
  static constexpr std::string_view special = "\\`*_{}[]<>#|$~^@&!\"'";
  std::string result;
  for (std::size_t at = 0; at < words.size();) {
    const auto c = utf8::decode(words, at);
    const std::size_t bytes = c ? c->bytes : 1;
    const bool control = !c || c->value < 0x20 || (c->value >= 0x7F && c->value < 0xA0);
    if (!control && special.find(words[at]) != std::string_view::npos) result += '\\';
    result += control ? " " : std::string(words.substr(at, bytes));
    at += bytes;
  }
  // At the beginning these make a list; elsewhere they are themselves.
  const auto first = result.find_first_not_of(' ');
  if (first != std::string::npos && (result[first] == '-' || result[first] == '+'))
    result.insert(first, "\\");
  return result;
}

}  // namespace chalkgrad
