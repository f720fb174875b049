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
<button type="button" id="previous">◀ Back</button>
<button type="button" id="next">Next ▶</button>
<output id="status" aria-live="polite">The whole sheet</output>
<progress id="progress" max="1" value="0" aria-label="Progress"></progress>
<label>Go to <input id="goto" type="text" size="4" autocomplete="off" placeholder="B5"></label>
<button type="button" id="whole">Whole sheet</button>
<span class="looks"><label>Theme <select id="theme">
<option value="">System</option><option value="light">Light</option><option value="dark">Dark</option>
<option value="chalkboard">Chalkboard</option></select></label>
<button type="button" id="smaller" aria-label="A−, smaller text">A−</button>
<button type="button" id="larger" aria-label="A+, larger text">A+</button></span>
</nav>
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
