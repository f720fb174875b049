#include "tracer/check/reading/macros.hpp"

#include <array>

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::array definitions = {std::string_view("newcommand"),
                                    std::string_view("renewcommand"),
                                    std::string_view("providecommand"), std::string_view("def"),
                                    std::string_view("DeclareMathOperator")};

bool is_definition(std::string_view command) {
  for (const std::string_view one : definitions)
    if (one == command) return true;
  return false;
}

std::size_t letters_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_letter(text[at])) ++at;
  return at;
}

void skip_blanks(std::string_view text, std::size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
}

/// \setlength and penalties say how a page looks, and nothing in a formula.
bool sets_up_the_page(std::string_view body) {
  return body.find("\\setlength") != std::string_view::npos ||
         body.find("penalty") != std::string_view::npos;
}

struct Definition {
  std::string name{};
  Macro macro{};
  std::size_t end = 0;
};

/// {\\pd}[2]{…} or \\pd[2]{…} or \\pd#1#2{…}.
Definition definition_at(std::string_view text, std::string_view command, std::size_t at) {
  Definition found;
  if (at < text.size() && text[at] == '*') ++at;
  std::string_view name = macro_argument(text, at);
  if (name.size() < 2 || name[0] != '\\') return found;
  found.name = name.substr(1);
  skip_blanks(text, at);
  if (at + 2 < text.size() && text[at] == '[' && is_digit(text[at + 1])) {
    found.macro.arguments = static_cast<std::size_t>(text[at + 1] - '0');
    at += 3;
  }
  while (at + 1 < text.size() && text[at] == '#' && is_digit(text[at + 1])) {
    ++found.macro.arguments;
    at += 2;
  }
  skip_blanks(text, at);
  if (at >= text.size() || text[at] != '{') return {};
  const std::string_view body = macro_argument(text, at);
  const bool is_operator = command == "DeclareMathOperator";
  found.macro.body = is_operator ? "\\operatorname{" + std::string(body) + "}" : std::string(body);
  found.end = at;
  return found;
}

}  // namespace

std::string_view macro_argument(std::string_view text, std::size_t& at) {
  skip_blanks(text, at);
  if (at >= text.size()) return {};
  const std::size_t begin = at;
  if (text[at] == '\\') {
    at = std::max(letters_end(text, at + 1), std::min(at + 2, text.size()));
    return text.substr(begin, at - begin);
  }
  if (text[at] != '{') return text.substr(at++, 1);
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
      continue;
    }
    depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
    if (depth == 0) return text.substr(begin + 1, at++ - begin - 1);
  }
  return {};
}

std::size_t end_of_definition(std::string_view text, std::string_view command, std::size_t at) {
  if (!is_definition(command)) return at;
  const Definition found = definition_at(text, command, at);
  return found.end > at ? found.end : at;
}

Macros macros_of(std::string_view text) {
  Macros macros;
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    const std::size_t end = letters_end(text, ++at);
    const std::string_view command = text.substr(at, end - at);
    at = end;
    if (!is_definition(command)) continue;
    Definition found = definition_at(text, command, end);
    if (found.end == 0) continue;
    at = found.end;
    if (sets_up_the_page(found.macro.body)) found.macro.body.clear();
    macros.insert_or_assign(found.name, std::move(found.macro));
  }
  return macros;
}

}  // namespace chalkgrad
