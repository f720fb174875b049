#include "tracer/formats/table_layout.hpp"

#include <algorithm>
#include <numeric>

#include "tracer/expression/printer.hpp"
#include "tracer/typesetting/line_breaking.hpp"

namespace chalkgrad {

namespace {

using Lines = std::vector<std::string>;

class TableLayout {
 public:
  TableLayout(const Table& table, const CellFormat& format) : table_(table), format_(format) {}

  std::vector<TableBlock> run() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      double width = format_.width(content(table_.columns[c].head));
      for (const auto& row : table_.rows) width = std::max(width, format_.width(whole(row.at(c))));
      widths_.push_back(width);
    }
    std::vector<TableBlock> blocks;
    for (const auto& columns : in_blocks()) blocks.push_back(block(columns));
    return blocks;
  }

 private:
  std::string content(const Remark& remark) const {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text += word != nullptr ? format_.words(*word) : print(std::get<Expr>(part), format_.dialect);
    }
    return text;
  }

  std::string relation(const Table::Cell& cell) const {
    if (!cell.relation) return {};
    return std::string(format_.dialect.relation(*cell.relation)) + " ";
  }

  std::string whole(const Table::Cell& cell) const {
    return relation(cell) + content(cell.content);
  }

  /// Columns of numbers in as many blocks as they need; other columns are made narrower instead.
  std::vector<std::vector<std::size_t>> in_blocks() {
    std::vector<std::size_t> all(widths_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const bool all_numbers = std::all_of(table_.columns.begin(), table_.columns.end(),
                                         [](const auto& column) { return column.numbers; });
    if (!all_numbers) {
      make_narrower();
      return {all};
    }
    std::vector<std::vector<std::size_t>> blocks;
    double used = 0;
    for (const std::size_t c : all) {
      used += widths_[c] + format_.gap;
      if (blocks.empty() || (used > format_.room && blocks.back().size() > 1)) {
        blocks.push_back(c == 0 ? std::vector<std::size_t>{} : std::vector<std::size_t>{0});
        used = widths_[c] + format_.gap + (c == 0 ? 0 : widths_[0] + format_.gap);
      }
      blocks.back().push_back(c);
    }
    return blocks;
  }

  /// The widest columns that are no numbers share what room there is.
  void make_narrower() {
    const auto is_broken = [this](std::size_t c) { return !table_.columns[c].numbers; };
    const double gaps = format_.gap * static_cast<double>(widths_.size() - 1);
    const auto total = [&] { return std::accumulate(widths_.begin(), widths_.end(), gaps); };
    constexpr double narrowest = 16;
    while (total() > format_.room) {
      double widest = 0, second = narrowest;
      for (std::size_t c = 0; c < widths_.size(); ++c)
        if (is_broken(c)) widest = std::max(widest, widths_[c]);
      if (widest <= narrowest) return;
      double count = 0;
      for (std::size_t c = 0; c < widths_.size(); ++c) {
        if (!is_broken(c)) continue;
        if (widths_[c] == widest) ++count;
        if (widths_[c] < widest) second = std::max(second, widths_[c]);
      }
      const double least = std::max(second, widest - (total() - format_.room) / count);
      for (std::size_t c = 0; c < widths_.size(); ++c)
        if (is_broken(c) && widths_[c] == widest) widths_[c] = least;
    }
  }

  Lines lines_of(const Table::Cell& cell, double width) const {
    const std::string text = whole(cell);
    const auto* e = cell.content.size() == 1 ? std::get_if<Expr>(cell.content.data()) : nullptr;
    if (e == nullptr || format_.width(text) <= width) return {text};
    const double room = width - format_.width(relation(cell));
    Lines lines = break_lines(print_pieces(*e, format_.dialect), room, room, format_.width);
    for (std::string& line : lines)
      line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
    lines.front() = relation(cell) + lines.front();
    return lines;
  }

  TableBlock block(const std::vector<std::size_t>& columns) const {
    TableBlock result;
    TableBlock::Line head;
    for (const std::size_t c : columns) {
      result.numbers.push_back(table_.columns[c].numbers);
      result.widths.push_back(widths_[c]);
      head.cells.push_back(content(table_.columns[c].head));
      result.has_head = result.has_head || !head.cells.back().empty();
    }
    if (result.has_head) result.lines.push_back(std::move(head));
    for (const auto& row : table_.rows) {
      std::vector<Lines> cells;
      std::size_t height = 1;
      for (const std::size_t c : columns) {
        cells.push_back(lines_of(row[c], widths_[c]));
        height = std::max(height, cells.back().size());
      }
      for (std::size_t i = 0; i < height; ++i) {
        TableBlock::Line line{{}, i == 0};
        for (const Lines& cell : cells) line.cells.push_back(i < cell.size() ? cell[i] : "");
        result.lines.push_back(std::move(line));
      }
    }
    return result;
  }

  const Table& table_;
  const CellFormat& format_;
  std::vector<double> widths_;
};

}  // namespace

std::vector<TableBlock> lay_out(const Table& table, const CellFormat& format) {
  return TableLayout(table, format).run();
}

}  // namespace chalkgrad
