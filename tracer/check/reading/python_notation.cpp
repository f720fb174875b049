#include "tracer/check/reading/python_notation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// [0,1] as [1,2]; a colon between numbers is left alone.
TracedText counted_from_one(const TracedText& index) {
  constexpr std::size_t longest = 6;
  const std::string& text = index.text();
  TracedText result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    const bool range = (at > 0 && text[at - 1] == ':') || (end < text.size() && text[end] == ':');
    if (end == at || end - at > longest || range) {
      result.append(index.part(at, std::max(end, at + 1)));
      at = std::max(end, at + 1) - 1;
      continue;
    }
    result.append(std::to_string(std::stoul(text.substr(at, end - at)) + 1), index.origin(at));
    at = end - 1;
  }
  return result;
}

}  // namespace

bool has_assignment(std::string_view code) {
  int depth = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (code[at] == '(' || code[at] == '[') ++depth;
    if (code[at] == ')' || code[at] == ']') --depth;
    if (code[at] != '=' || depth > 0) continue;
    const bool compares =
        (at + 1 < code.size() && code[at + 1] == '=') ||
        (at > 0 && std::string_view("=<>!").find(code[at - 1]) != std::string_view::npos);
    if (!compares) return true;
  }
  return false;
}

bool is_call_of(std::string_view code, std::string_view call) {
  if (!code.starts_with(call) || !code.ends_with(')')) return false;
  int depth = 0;
  for (std::size_t at = call.size() - 1; at < code.size(); ++at) {
    if (code[at] == '(') ++depth;
    if (code[at] == ')' && --depth == 0) return at + 1 == code.size();
  }
  return false;
}

std::size_t begin_of_comment(std::string_view code) {
  char quote = '\0';
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (quote != '\0') {
      if (code[at] == quote) quote = '\0';
    } else if (code[at] == '"' || code[at] == '\'') {
      quote = code[at];
    } else if (code[at] == '#') {
      return at;
    }
  }
  return code.size();
}

/// A loop or a definition has no value; what it prints speaks for itself.
bool is_compound(std::string_view code) {
  constexpr std::array<std::string_view, 6> words = {"for ",  "while ", "if ",
                                                     "with ", "def ",   "class "};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return code.starts_with(word); });
}

/// w.data - 0.1*w.grad without the methods that say how the value is wanted; W[0,1] counted from 1.
TracedText python_code(const TracedText& code) {
  constexpr std::array<std::string_view, 7> methods = {".data",  ".detach()", ".item()", ".numpy()",
                                                       ".cpu()", ".tolist()", ".clone()"};
  const std::string& text = code.text();
  TracedText result;
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '_');
  };
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto method = std::find_if(methods.begin(), methods.end(), [&](std::string_view one) {
      return rest.starts_with(one) && !(one.back() != ')' && is_part(at + one.size()));
    });
    if (text[at] == '"' || text[at] == '\'') quoted = !quoted;
    const std::size_t close = text[at] == '[' ? text.find(']', at) : std::string::npos;
    const bool index =
        !quoted && close != std::string::npos && at > 0 && is_part(at - 1) &&
        std::string_view(text).substr(at + 1, close - at - 1).find_first_not_of("0123456789,: ") ==
            std::string_view::npos;
    if (!quoted && method != methods.end()) {
      at += method->size() - 1;
    } else if (index) {
      result.append(counted_from_one(code.part(at, close + 1)));
      at = close;
    } else {
      result.append(code.part(at, at + 1));
    }
  }
  return result;
}

/// loss.item(), x.data, h.detach().numpy(): the value that the name has.
TracedText without_methods(TracedText code) {
  constexpr std::array<std::string_view, 9> methods = {".item()",  ".data",     ".detach()",
                                                       ".numpy()", ".tolist()", ".cpu()",
                                                       ".values",  ".value",    ".eval()"};
  constexpr int most = 8;  // nobody asks for more in one line
  bool again = true;
  for (int round = 0; again && round < most; ++round) {
    again = false;
    for (const std::string_view method : methods) {
      if (!code.text().ends_with(method) || code.size() == method.size()) continue;
      code = code.part(0, code.size() - method.size());
      again = true;
    }
    // a.round(4), round(a, 4)
    const auto at = code.text().rfind(".round(");
    if (at != std::string::npos && at > 0 && code.text().find(')', at) + 1 == code.size()) {
      code = code.part(0, at);
      again = true;
    }
    for (const std::string_view call : {"round(", "np.round(", "float("}) {
      if (!is_call_of(code.text(), call)) continue;
      code = code.part(call.size(), code.size() - 1).split(',').front().trimmed();
      again = true;
    }
  }
  return code;
}

/// tensor(0.1142, grad_fn=<AddBackward0>) is 0.1142; np.float64(0.5) is 0.5.
TracedText without_type(const TracedText& value) {
  for (const std::string_view type :
       {"tensor(", "torch.tensor(", "array(", "np.array(", "np.float64(", "np.float32(", "Array(",
        "Value(", "Variable("}) {
    if (!value.text().starts_with(type) || !value.text().ends_with(')')) continue;
    const TracedText inside = value.part(type.size(), value.size() - 1);
    if (inside.text().find(')') != std::string::npos) continue;  // array(a) + array(b)
    return inside.split(',').front().trimmed();
  }
  return value;
}

/// The argument of Value(data=-10.0, grad=0.0) with that name.
std::optional<TracedText> named_argument(const TracedText& value, std::string_view name) {
  const auto open = value.text().find('(');
  if (open == std::string::npos || !value.text().ends_with(')')) return std::nullopt;
  for (const TracedText& one : value.part(open + 1, value.size() - 1).split(',')) {
    const TracedText argument = one.trimmed();
    if (argument.text().starts_with(name) && argument.size() > name.size() &&
        argument.text()[name.size()] == '=')
      return argument.part(name.size() + 1, argument.size()).trimmed();
  }
  return std::nullopt;
}

}  // namespace chalkgrad
