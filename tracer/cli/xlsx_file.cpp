#include "tracer/cli/xlsx_file.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cstdint>
#include <ctime>
#include <map>
#include <memory>
#include <string>

#include "tracer/cli/files.hpp"
#include "tracer/cli/working_directory.hpp"

namespace chalkgrad::cli {

namespace {

// Columns, counted from 0, and their widths in characters.
constexpr lxw_col_t name = 0, written = 1, value = Workbook::value_column - 'A', remark = 3;
constexpr double name_width = 16, written_width = 52, value_width = 14, remark_width = 34,
                 title_height = 26;

constexpr lxw_color_t ink = 0x1F3864, shade = 0xD9E2F3, input_ink = 0x3F3F76, input_fill = 0xFFE699,
                      grey = 0x595959, input_edge = 0xBF9000, black = LXW_COLOR_BLACK,
                      white = LXW_COLOR_WHITE;

class XlsxWriter {
 public:
  XlsxWriter(const Workbook& workbook, const std::string& path)
      : workbook_(workbook),
        file_(there(workbook_new(path.c_str())), lxw_workbook_free),
        sheet_(there(workbook_add_worksheet(file_.get(), "Solution"))) {}

  void run() {
    set_up();
    write_head();
    for (std::size_t i = 0; i < workbook_.rows.size(); ++i)
      write(workbook_.rows[i], static_cast<lxw_row_t>(i + Workbook::first_row - 1));
    check(workbook_close(file_.release()));
  }

 private:
  static constexpr lxw_row_t heading_row = Workbook::first_row - 2;

  [[noreturn]] static void fail(lxw_error error) {
    throw FileError(fmt::format("cannot write the spreadsheet: {}", lxw_strerror(error)));
  }
  template <class Object>
  static Object* there(Object* made) {
    if (made == nullptr) fail(LXW_ERROR_MEMORY_MALLOC_FAILED);
    return made;
  }
  static void check(lxw_error error) {
    if (error != LXW_NO_ERROR) fail(error);
  }

  /// Nothing in the file tells when it was made.
  void set_up() {
    constexpr std::time_t first_day = 315532800;  // 1 January 1980, as zip archives know it
    std::string title = workbook_.title;
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.created = first_day;
    check(workbook_set_properties(file_.get(), &properties));
    check(worksheet_set_column(sheet_, name, name, name_width, nullptr));
    check(worksheet_set_column(sheet_, written, written, written_width, nullptr));
    check(worksheet_set_column(sheet_, value, value, value_width, nullptr));
    check(worksheet_set_column(sheet_, remark, remark, remark_width, nullptr));
    worksheet_freeze_panes(sheet_, Workbook::first_row - 1, name + 1);
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(sheet_, a4);
    worksheet_fit_to_pages(sheet_, 1, 0);
    check(worksheet_repeat_rows(sheet_, heading_row, heading_row));
  }

  lxw_format* format(bool is_bold, lxw_color_t color = black) {
    lxw_format* made = there(workbook_add_format(file_.get()));
    format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(made, color);
    if (is_bold) format_set_bold(made);
    return made;
  }

  void write_head() {
    lxw_format* title = format(true, ink);
    constexpr double large = 16;
    format_set_font_size(title, large);
    check(worksheet_set_row(sheet_, 0, title_height, nullptr));
    text(0, name, workbook_.title.empty() ? "Solution" : workbook_.title, title);
    lxw_format* note = format(false, grey);
    format_set_italic(note);
    text(1, name, "Change a number in a coloured cell, and everything below follows.", note);
    text(heading_row, name, "Quantity", head(LXW_ALIGN_LEFT, 0));
    text(heading_row, written, "Formula", head(LXW_ALIGN_LEFT, 0));
    text(heading_row, value, "Value", head(LXW_ALIGN_RIGHT, 0));
    text(heading_row, remark, "Remark", head(LXW_ALIGN_LEFT, 1));
  }

  void write(const Workbook::Row& row, lxw_row_t at) {
    if (row.kind == Workbook::Row::Kind::heading) {
      text(at, name, row.name, section_);
      for (const lxw_col_t column : {written, value, remark})
        check(worksheet_write_blank(sheet_, at, column, section_));
      return;
    }
    text(at, name, row.name, row.is_result ? result_ : plain_);
    text(at, written, row.written, wrapped_);
    text(at, remark, row.remark, remark_);
    lxw_format* number = number_format(row);
    check(row.formula.empty()
              ? worksheet_write_number(sheet_, at, value, row.value, number)
              : worksheet_write_formula_num(sheet_, at, value, ("=" + row.formula).c_str(), number,
                                            row.value));
  }

  void text(lxw_row_t at, lxw_col_t column, const std::string& words, lxw_format* format) {
    if (!words.empty()) check(worksheet_write_string(sheet_, at, column, words.c_str(), format));
  }

  lxw_format* wrapped(std::uint8_t indent) {
    lxw_format* made = format(false, grey);
    format_set_indent(made, indent);
    format_set_text_wrap(made);
    return made;
  }

  lxw_format* head(std::uint8_t align, std::uint8_t indent) {
    lxw_format* made = format(true, white);
    format_set_bg_color(made, ink);
    format_set_align(made, align);
    format_set_indent(made, indent);
    return made;
  }

  lxw_format* section() {
    lxw_format* made = format(true, ink);
    format_set_bg_color(made, shade);
    return made;
  }

  /// One for each way in which numbers are shown.
  lxw_format* number_format(const Workbook::Row& row) {
    const bool is_given = row.kind == Workbook::Row::Kind::given;
    const std::string key =
        fmt::format("{}{}{}", is_given ? 'g' : 'c', row.is_result ? 'r' : ' ', row.number_format);
    const auto [known, added] = numbers_.try_emplace(key, nullptr);
    if (!added) return known->second;
    lxw_format* made = format(row.is_result, is_given ? input_ink : black);
    if (is_given) {
      format_set_bg_color(made, input_fill);
      format_set_border(made, LXW_BORDER_THIN);
      format_set_border_color(made, input_edge);
    }
    if (!row.number_format.empty()) format_set_num_format(made, row.number_format.c_str());
    return known->second = made;
  }

  const Workbook& workbook_;
  std::unique_ptr<lxw_workbook, decltype(&lxw_workbook_free)> file_;  // until it is closed
  lxw_worksheet* sheet_;
  lxw_format *plain_ = format(false), *result_ = format(true), *wrapped_ = wrapped(0),
             *remark_ = wrapped(1), *section_ = section();
  std::map<std::string, lxw_format*> numbers_;
};

}  // namespace

std::string xlsx_of(const Workbook& workbook) {
  const SignalsWait wait;
  const WorkingDirectory work;
  const std::string path = (work.path / "sheet.xlsx").string();
  XlsxWriter(workbook, path).run();
  return read_file(path);
}

}  // namespace chalkgrad::cli
