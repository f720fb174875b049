#include "tracer/formats/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/printer.hpp"
#include "tracer/expression/transliteration.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/formats/table_layout.hpp"
#include "tracer/typesetting/line_breaking.hpp"

namespace chalkgrad {

namespace {

using utf8::display_width;

std::string blanks(std::size_t count) { return std::string(count, ' '); }

std::string without_blanks_at_end(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// A line before its remark and label are put in their columns.
struct Line {
  std::string main{};
  std::string remark{};
  std::string label{};
  std::size_t row = 0, side = 0;  ///< of the group
};

class TextRenderer {
 public:
  explicit TextRenderer(const TextOptions& options)
      : width_(std::max<std::size_t>(40, options.width)),
        ascii_(options.ascii),
        dialect_(options.ascii ? ascii_dialect() : text_dialect()) {}

  std::vector<TextLine> run(const Sheet& sheet) {
    if (!sheet.title.empty()) {
      const std::string title = plain(sheet.title);
      put(title);
      put(std::string(display_width(title), '='));
    }
    for (const Section& section : sheet.sections) {
      at_ = {.section = static_cast<std::size_t>(&section - sheet.sections.data())};
      add_section(section);
    }
    return std::move(lines_);
  }

 private:
  void put(std::string line) { lines_.push_back({std::move(line), at_}); }

  void add_section(const Section& section) {
    if (!lines_.empty()) put("");
    if (!section.heading.empty()) {
      put(section.heading);
      put("");
    }
    for (const Part& part : section.parts) {
      at_ = {.section = at_.section, .part = static_cast<std::size_t>(&part - &section.parts[0])};
      if (&part != &section.parts.front()) put("");
      std::visit([this](const auto& one) { add(one); }, part);
    }
  }

  void add(const std::vector<Listing>& listings) { add_listings(listings); }
  void add(const Group& group) { add_group(group); }

  void add(const Table& table) {
    constexpr std::size_t indent = 2, gap = 3;
    const auto width = [](const std::string& text) {
      return static_cast<double>(display_width(text));
    };
    const auto words = [this](const std::string& text) { return plain(text); };
    const auto room = static_cast<double>(width_ - indent);
    const auto blocks = lay_out(table, {dialect_, width, words, room, gap});
    for (const TableBlock& block : blocks) {
      if (&block != &blocks.front()) put("");
      // What cannot be broken may be wider than its column.
      std::vector<std::size_t> widths;
      for (const double wide : block.widths) widths.push_back(static_cast<std::size_t>(wide));
      for (const TableBlock::Line& line : block.lines)
        for (std::size_t c = 0; c < line.cells.size(); ++c)
          widths[c] = std::max(widths[c], display_width(line.cells[c]));
      at_.row = 0;
      for (const TableBlock::Line& line : block.lines) {
        const auto number = static_cast<std::size_t>(&line - &block.lines[0]);
        if (line.begins_row && number > (block.has_head ? 1 : 0)) ++at_.row;
        std::string text = blanks(indent);
        for (std::size_t c = 0; c < line.cells.size(); ++c) {
          const std::string& cell = line.cells[c];
          const std::string padding = blanks(widths[c] - display_width(cell));
          text +=
              (c == 0 ? "" : blanks(gap)) + (block.numbers[c] ? padding + cell : cell + padding);
        }
        put(without_blanks_at_end(std::move(text)));
      }
    }
  }

  /// Broken between words.
  void add(const Note& note) {
    std::string line = " ";
    const std::string all = words(note.words);
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t blank = std::min(all.find(' ', at), all.size());
      const std::string word = all.substr(at, blank - at);
      if (display_width(line + word) + 1 > width_ && line.size() > 1) {
        put(line);
        line = " ";
      }
      line += " " + word;
      at = blank + 1;
    }
    put(line);
  }

  void add_listings(const std::vector<Listing>& listings) {
    std::size_t column = 0;
    for (const Listing& listing : listings) column = std::max(column, display_width(listing.label));
    for (const Listing& listing : listings) {
      at_.row = static_cast<std::size_t>(&listing - listings.data());
      std::string line =
          "  " + listing.label + blanks(column - display_width(listing.label)) + "  ";
      const std::size_t indent = column + 4;
      for (std::size_t i = 0; i < listing.entries.size(); ++i) {
        const bool last = i + 1 == listing.entries.size();
        std::string entry = one_line(listing.entries[i]);
        if (!last) entry += ",";
        if (indent + display_width(entry) > width_ && !listing.entries[i].sides.empty()) {
          if (display_width(line) > indent) {
            put(without_blanks_at_end(line));
            line = blanks(indent);
          }
          line = put_long_entry(line, listing.entries[i], last ? "" : ",") + " ";
          continue;
        }
        if (display_width(line) > indent && display_width(line + entry) > width_) {
          put(without_blanks_at_end(line));
          line = blanks(indent);
        }
        line += entry + " ";
      }
      put(without_blanks_at_end(line));
    }
  }

  /// An array that fills more than a line, broken between its rows; returns its last line.
  std::string put_long_entry(std::string line, const Row& entry, std::string_view comma) {
    line += print(entry.left, dialect_);
    for (std::size_t k = 0; k + 1 < entry.sides.size(); ++k)
      line += relation(entry.sides[k]) + print(entry.sides[k].expr, dialect_);
    line += relation(entry.sides.back());
    const std::size_t begin = display_width(line);
    const double room = width_ > begin ? static_cast<double>(width_ - begin) : 1;
    const auto width = [](const std::string& text) {
      return static_cast<double>(display_width(text));
    };
    const auto lines =
        break_lines(print_pieces(entry.sides.back().expr, dialect_), room, room, width);
    for (const std::string& part : lines) {
      if (&part != &lines.front()) {
        put(without_blanks_at_end(std::move(line)));
        line = blanks(begin);
      }
      line += part;
    }
    return line + std::string(comma);
  }

  std::string one_line(const Row& row) const {
    std::string text = print(row.left, dialect_);
    for (const Side& side : row.sides) text += relation(side) + print(side.expr, dialect_);
    return text;
  }

  std::string relation(const Side& side) const {
    return fmt::format(" {} ", dialect_.relation(side.approximate ? '~' : '='));
  }

  void add_group(const Group& group) {
    std::vector<Line> lines;
    for (const Row& row : group) {
      // A derivation's own lines stand apart from the steps nested in it.
      const bool stands_apart =
          &row != &group.front() && (row.depth == 0) != ((&row)[-1].depth == 0);
      const std::size_t first = lines.size();
      if (stands_apart) lines.emplace_back();
      add_row(row, lines);
      for (std::size_t i = first; i < lines.size(); ++i)
        lines[i].row = static_cast<std::size_t>(&row - group.data());
    }
    std::size_t column = 0;
    for (const Line& line : lines)
      if (!line.remark.empty()) column = std::max(column, display_width(line.main) + 3);
    column = std::min(column, width_ * 2 / 3);
    for (const Line& line : lines) add_line(line, column);
  }

  void add_row(const Row& row, std::vector<Line>& lines) const {
    const std::string indent = blanks(2 + 2 * static_cast<std::size_t>(row.depth));
    if (!row.stacked && !has_several_remarks(row)) {
      Line line{indent + one_line(row), {}, row.label};
      for (const Side& side : row.sides)
        if (line.remark.empty()) line.remark = words(side.remark);
      const bool room = row.sides.size() < 2 ? fits(line) : fits_with_remark(line);
      if (room || row.sides.empty()) {
        lines.push_back(std::move(line));
        return;
      }
    }
    const std::string left = print(row.left, dialect_);
    const std::size_t first = lines.size();
    std::string before = indent + left;
    // A very wide left side stands on a line of its own.
    const bool wide = display_width(before) > width_ / 2;
    const std::string below = blanks(wide ? indent.size() + 2 : display_width(before));
    if (wide) {
      lines.push_back({before, {}, {}});
      before = below;
    }
    for (std::size_t i = 0; i < row.sides.size(); ++i) {
      const std::size_t begin = lines.size();
      add_side(before, row.sides[i], lines);
      for (std::size_t k = begin; k < lines.size(); ++k) lines[k].side = i;
      before = below;
    }
    lines[first].label = row.label;
  }

  bool fits(const Line& line) const {
    return display_width(line.main) + space_of_label(line) <= width_;
  }
  bool fits_with_remark(const Line& line) const {
    const std::size_t remark = line.remark.empty() ? 0 : display_width(line.remark) + 3;
    return display_width(line.main) + remark + space_of_label(line) <= width_;
  }
  static std::size_t space_of_label(const Line& line) {
    return line.label.empty() ? 0 : display_width(line.label) + 4;
  }

  /// One side, broken where it is too long; its remark goes to the last of its lines.
  void add_side(const std::string& before, const Side& side, std::vector<Line>& lines) const {
    const std::string start = before + relation(side);
    const std::size_t indent = display_width(start);
    const double room = static_cast<double>(width_ - std::min(width_, indent + 8));
    const auto width = [](const std::string& piece) {
      return static_cast<double>(display_width(piece));
    };
    const auto broken = break_lines(print_pieces(side.expr, dialect_), room, room, width);
    for (const std::string& part : broken) {
      const bool first = &part == &broken.front();
      // The sign before the break moves to the new line, where it is read as "go on".
      lines.push_back(
          {first ? start + part : blanks(indent) + part.substr(part.find_first_not_of(' ')),
           {},
           {}});
    }
    lines.back().remark = words(side.remark);
  }

  void add_line(const Line& line, std::size_t column) {
    at_.row = line.row;
    at_.side = line.side;
    std::string text = line.main;
    const auto pad_to = [&](std::size_t at) {
      if (display_width(text) < at) text += blanks(at - display_width(text));
    };
    if (!line.remark.empty()) {
      const std::size_t at = std::max(column, display_width(text) + 3);
      const std::size_t room = width_ - std::min(width_, space_of_label(line));
      if (at + display_width(line.remark) <= room) {
        pad_to(at);
      } else if (const std::size_t needed = display_width(line.remark);
                 display_width(text) + 3 + needed <= room) {
        pad_to(room - needed);
      } else {
        add_label(text, line.label);
        put(without_blanks_at_end(std::move(text)));
        add_remark_below(line.remark, column);
        return;
      }
      text += line.remark;
    }
    add_label(text, line.label);
    put(without_blanks_at_end(std::move(text)));
  }

  /// A remark on lines of its own, broken after commas, in its column if it fits there.
  void add_remark_below(const std::string& remark, std::size_t column) {
    // A dash says that the line is no formula.
    const std::string dash = ascii_ ? "-- " : "— ";
    const std::size_t needed = std::min(display_width(remark) + display_width(dash), width_ - 4);
    const std::size_t indent = std::min(column, width_ - needed);
    std::string line;
    for (std::size_t at = 0; at < remark.size();) {
      const std::size_t comma = std::min(remark.find(", ", at), remark.size() - 1);
      const std::string part = remark.substr(at, comma + 1 - at);
      if (!line.empty() && indent + display_width(dash + line + part) > width_) {
        put(blanks(indent) + dash + line);
        line.clear();
      }
      line += line.empty() ? part.substr(part.find_first_not_of(' ')) : part;
      at = comma + 1;
    }
    put(blanks(indent) + dash + line);
  }

  void add_label(std::string& text, const std::string& label) const {
    if (label.empty()) return;
    const std::size_t used = display_width(text) + label.size() + 2;
    text += blanks(used < width_ ? width_ - used : 2) + "(" + label + ")";
  }

  std::string words(const Remark& remark) const {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text += word != nullptr ? plain(*word) : print(std::get<Expr>(part), dialect_);
    }
    return text;
  }

  /// Words of the sheet or the user: control characters never, and ASCII only if that is asked for.
  std::string plain(const std::string& text) const {
    std::string result = ascii_ ? in_ascii(text) : text;
    for (std::size_t at = 0; at < result.size();) {
      const auto c = utf8::decode(result, at);
      const std::size_t bytes = c ? c->bytes : 1;
      const bool control = !c || c->value < 0x20 || (c->value >= 0x7F && c->value < 0xA0);
      if (control) result.replace(at, bytes, " ");
      at += control ? 1 : bytes;
    }
    return result;
  }

  std::size_t width_;
  bool ascii_;
  const Dialect& dialect_;
  SheetPlace at_{};
  std::vector<TextLine> lines_;
};

}  // namespace

std::vector<TextLine> text_lines(const Sheet& sheet, const TextOptions& options) {
  return TextRenderer(options).run(sheet);
}

std::string render_text(const Sheet& sheet, const TextOptions& options) {
  const std::vector<TextLine> lines = text_lines(sheet, options);
  std::size_t length = 0;
  for (const TextLine& line : lines) length += line.text.size() + 1;
  std::string text;
  text.reserve(length);
  for (const TextLine& line : lines) (text += line.text) += '\n';
  return text;
}

}  // namespace chalkgrad
