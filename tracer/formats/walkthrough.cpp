#include "tracer/formats/walkthrough.hpp"

#include <algorithm>
#include <cctype>

#include "tracer/expression/printer.hpp"
#include "tracer/expression/transliteration.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// What a line is about, and what else stands in it.
struct Mathematics {
  std::vector<Expr> subjects{}, others{};
};

void add_words(const Remark& remark, std::vector<Expr>& expressions) {
  for (const auto& part : remark)
    if (const auto* e = std::get_if<Expr>(&part)) expressions.push_back(*e);
}

Mathematics mathematics_at(const Sheet& sheet, const SheetPlace& place) {
  Mathematics found;
  const auto add_row = [&](const Row& row) {
    found.subjects.push_back(row.left);
    for (const Side& side : row.sides) found.others.push_back(side.expr);
  };
  const Part& part = sheet.sections[place.section].parts[place.part];
  if (const auto* group = std::get_if<Group>(&part)) {
    if (place.side == 0) add_row((*group)[place.row]);
  } else if (const auto* listings = std::get_if<std::vector<Listing>>(&part)) {
    for (const Row& entry : (*listings)[place.row].entries) add_row(entry);
  } else if (const auto* table = std::get_if<Table>(&part)) {
    for (const Table::Cell& cell : table->rows[place.row])
      add_words(cell.content,
                &cell == &table->rows[place.row].front() ? found.subjects : found.others);
  } else {
    add_words(std::get<Note>(part).words, found.others);
  }
  return found;
}

std::string in_lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

/// A line that is too wide, such as that of a table, in several: broken at blanks where it can be,
/// and what goes on below is indented.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  constexpr std::size_t indent = 6;
  const std::size_t room = std::max<std::size_t>(columns, 2 * indent);
  std::vector<std::string> lines;
  std::string rest = text;
  while (utf8::display_width(rest) > room) {
    std::size_t end = 0, blank = 0;
    for (std::size_t used = 0; end < rest.size();) {
      const auto c = utf8::decode(rest, end);
      const std::size_t bytes = c ? c->bytes : 1;
      used += utf8::display_width(std::string_view(rest).substr(end, bytes));
      if (used > room) break;
      if (rest[end] == ' ') blank = end;
      end += bytes;
    }
    // A break at a blank that is worth it.
    const std::size_t at = blank > end / 2 ? blank : end;
    lines.push_back(rest.substr(0, at));
    const std::size_t next = std::min(rest.find_first_not_of(' ', at), rest.size());
    rest = std::string(indent, ' ') + rest.substr(next);
  }
  lines.push_back(std::move(rest));
  return lines;
}

/// As somebody at a keyboard would write it.
std::string as_typed(std::string_view text) {
  std::string result = in_ascii(text);
  result.erase(std::remove(result.begin(), result.end(), ' '), result.end());
  return result;
}

}  // namespace

Walkthrough::Walkthrough(Sheet sheet, const TextOptions& options)
    : sheet_(std::move(sheet)), options_(options), lesson_(make_lesson(sheet_, {})) {
  set_width(options.width);
}

void Walkthrough::set_width(std::size_t columns) {
  options_.width = columns;
  lines_.clear();
  for (const TextLine& line : text_lines(sheet_, options_))
    for (std::string& part : wrapped(line.text, columns))
      lines_.push_back({std::move(part), lesson_.step_at(line.place)});
}

void Walkthrough::go_to(std::size_t step) {
  step_ = std::min(step, count() == 0 ? 0 : count() - 1);
  scrolled_ = 0;
}

bool Walkthrough::next() {
  const std::size_t before = step_;
  go_to(step_ + 1);
  return step_ != before;
}

bool Walkthrough::back() {
  const std::size_t before = step_;
  go_to(step_ == 0 ? 0 : step_ - 1);
  return step_ != before;
}

std::string Walkthrough::label() const {
  for (std::size_t i = step_ + 1; i-- > 0 && i < count();) {
    const SheetPlace &here = lesson_.steps[i].place, &now = lesson_.steps[step_].place;
    if (here.section != now.section || here.part != now.part || here.row != now.row) break;
    if (!lesson_.steps[i].label.empty()) return lesson_.steps[i].label;
  }
  return "";
}

bool Walkthrough::matches(const Expr& e, std::string_view what, bool whole) const {
  const std::string typed = as_typed(what);
  if (as_typed(print(e, ascii_dialect())) == typed || as_typed(print(e)) == typed) return true;
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::symbol)) found |= !whole && as_typed(leaf.text()) == typed;
    if (leaf.is(Expr::Kind::derivative))
      found |= as_typed(leaf.wrt()) == typed || (!whole && as_typed(leaf.text()) == typed);
  });
  return found;
}

bool Walkthrough::is_about(std::size_t step, std::string_view what, bool mention) const {
  const Mathematics line = mathematics_at(sheet_, lesson_.steps[step].place);
  const auto any = [&](const std::vector<Expr>& expressions, bool whole) {
    return std::any_of(expressions.begin(), expressions.end(),
                       [&](const Expr& e) { return matches(e, what, whole); });
  };
  return any(line.subjects, !mention) || (mention && any(line.others, false));
}

bool Walkthrough::find(std::string_view what) {
  if (as_typed(what).empty()) return false;
  const auto go_to_first = [&](const auto& is_it) {
    for (std::size_t i = 1; i <= count(); ++i) {
      const std::size_t step = (step_ + i) % count();
      if (!is_it(step)) continue;
      go_to(step);
      return true;
    }
    return false;
  };
  return go_to_first([&](std::size_t step) { return is_about(step, what, false); }) ||
         go_to_first([&](std::size_t step) {
           const std::string& label = lesson_.steps[step].label;
           return !label.empty() && in_lower_case(label) == in_lower_case(what);
         }) ||
         go_to_first([&](std::size_t step) { return is_about(step, what, true); });
}

std::vector<Walkthrough::Line> Walkthrough::screen(std::size_t height) {
  std::vector<Line> revealed;
  std::size_t end = 0;  // after the last line of the current step
  for (const Shown& line : lines_) {
    if (line.step > step_) continue;
    revealed.push_back({line.text, line.step == step_ && count() > 0});
    if (line.step == step_) end = revealed.size();
  }
  if (end == 0) end = revealed.size();
  const auto lowest = static_cast<long>(end > height ? end - height : 0);
  scrolled_ = std::clamp(scrolled_, -lowest, 0L);
  const auto begin = static_cast<std::size_t>(lowest + scrolled_);
  const std::size_t last = std::min(begin + height, revealed.size());
  return {revealed.begin() + static_cast<long>(begin), revealed.begin() + static_cast<long>(last)};
}

}  // namespace chalkgrad
