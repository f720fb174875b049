#include "tracer/formats/html/page_frame.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "tracer/expression/markup.hpp"
#include "tracer/formats/html/assets.hpp"

namespace chalkgrad {

namespace {

std::string from_hexadecimal(std::string_view digits) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(value(digits[i]) * 16 + value(digits[i + 1]));
  return bytes;
}

/// Within a script element only its end tag has a meaning, and < can be written otherwise.
std::string data_text(const std::string& json) {
  std::string text;
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

constexpr std::string_view controls = R"(<nav class="controls" aria-label="Steps" hidden>
<progress id="progress" max="1" value="0" aria-label="Progress"></progress>
<button type="button" id="previous" aria-label="Back">◀<span class="wide"> Back</span></button>
<button type="button" id="next" aria-label="Next"><span class="wide">Next </span>▶</button>
<output id="status" aria-live="polite">The whole sheet</output>
<label><span class="wide">Go to </span><input id="goto" type="text" size="4" autocomplete="off" placeholder="B5" aria-label="Go to"></label>
<button type="button" id="whole" aria-label="Whole sheet" aria-pressed="false">☰<span class="wide"> Whole sheet</span></button>
<span class="looks"><button type="button" id="theme" aria-label="Theme: system">◐<span class="wide"> <span id="theme-name">System</span></span></button>
<button type="button" id="smaller" aria-label="A−, smaller text">A−</button>
<button type="button" id="larger" aria-label="A+, larger text">A+</button>
<button type="button" id="help" aria-label="?, the keys">?</button></span>
</nav>
<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2><table>
<tr><th scope="row">space, →, ↓, PageDown, a click or tap</th><td>the next line</td></tr>
<tr><th scope="row">←, ↑, PageUp, Backspace, shift and space, a swipe</th><td>the one before</td></tr>
<tr><th scope="row">Home, End</th><td>the first line, the last</td></tr>
<tr><th scope="row">Escape</th><td>the whole sheet, and back to the step</td></tr>
<tr><th scope="row">Tab</th><td>the quantities of the line; Enter goes to where one is worked out</td></tr>
<tr><th scope="row">+, −, 0</th><td>the picture larger, smaller, as it was; also wheel and pinch</td></tr>
<tr><th scope="row">h, j, k, l</th><td>the picture to the left, down, up, to the right; also by dragging</td></tr>
<tr><th scope="row">?</th><td>these keys</td></tr>
</table><button type="button" id="close">Close</button></dialog>
)";

}  // namespace

std::string base64(std::string_view bytes) {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k <= bytes.size() ? alphabet[group >> (18 - 6 * k) & 63u] : '=';
  }
  return text;
}

std::string page_frame(const PageContent& content) {
  const std::string hash = base64(from_hexadecimal(assets::script_sha256));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "script-src 'sha256-{}'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; "
      "form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
      "<style>\n@font-face {{ font-family: \"Chalkgrad Math\"; src: "
      "url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n{}</style>\n</head>\n<body>\n"
      "<main>\n{}</main>\n{}"
      "<script type=\"application/json\" id=\"lesson\">{}</script>\n<script>{}</script>\n"
      "</body>\n</html>\n",
      hash, markup_text(content.title), base64(assets::font), assets::style, content.body, controls,
      data_text(content.data), assets::script);
}

}  // namespace chalkgrad
