#include "tracer/expression/markup.hpp"

#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

std::string markup_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    const std::size_t bytes = c ? c->bytes : 1;
    const bool control = !c || c->value < 0x20 || (c->value >= 0x7F && c->value < 0xA0) ||
                         c->value == 0xFFFE || c->value == 0xFFFF;
    switch (control ? ' ' : text[at]) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += control ? " " : std::string(text.substr(at, bytes));
    }
    at += bytes;
  }
  return result;
}

std::size_t width_without_tags(std::string_view markup) {
  std::string text;
  bool inside = false;
  for (const char c : markup) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return utf8::display_width(text);
}

}  // namespace chalkgrad
