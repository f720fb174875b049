#include "tracer/typesetting/svg_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/markup.hpp"
#include "tracer/expression/name.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// One letter, perhaps with a number: x, h1.
bool is_one_letter(std::string_view letters) {
  return !letters.empty() && !is_digit(letters[0]) &&
         std::all_of(letters.begin() + 1, letters.end(), is_digit);
}

/// A word of a name as a person writes it: Greek, one italic letter, or upright.
std::string svg_word(std::string_view letters, std::string_view kind, std::string_view shift) {
  const std::string_view greek = greek_letter(letters);
  const std::string_view shown = greek.empty() ? letters : greek;
  const bool single = !greek.empty() || is_one_letter(letters);
  const std::string classes =
      fmt::format("{}{}{}", single ? "italic" : "", single && !kind.empty() ? " " : "", kind);
  return fmt::format("<tspan{}{}>{}</tspan>",
                     classes.empty() ? "" : fmt::format(" class=\"{}\"", classes), shift,
                     markup_text(shown));
}

}  // namespace

std::string svg_name(std::string_view name) {
  const NameParts parts = name_parts(name);
  std::string text = svg_word(parts.base, "", "");
  // What follows goes back up by as much as the subscript went down.
  double down = 0;
  if (!parts.subscript.empty()) {
    text += svg_word(parts.subscript, "index", " dy=\"4\"");
    down = 4;
  }
  const std::string raised = (parts.sample.empty() ? "" : "(" + parts.sample + ")") +
                             (parts.updated ? std::string("+") : std::string());
  if (!raised.empty())
    text += fmt::format("<tspan class=\"index\" dy=\"{}\">{}</tspan>", -6 - down, raised);
  const double back = raised.empty() ? -down : 6;
  // A space of no width, because the shift belongs to a character.
  if (back != 0) text += fmt::format("<tspan dy=\"{}\">\u200B</tspan>", back);
  return text;
}

}  // namespace chalkgrad
