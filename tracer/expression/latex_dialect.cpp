#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "engine/ops.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

bool is_ascii(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

/// A name from C++ may hold any character: what is neither letter nor digit is escaped, as \% or by
/// its code, and cannot be a command.
std::string escaped(std::string_view word) {
  static constexpr std::string_view with_backslash = "_%$&#{}";
  std::string text;
  for (const char c : word) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<signed char>(c) < 0;
    if (plain) {
      text += c;
    } else if (with_backslash.find(c) != std::string_view::npos) {
      text += {'\\', c};
    } else {
      text += fmt::format("\\text{{[{}]}}", static_cast<int>(c));
    }
  }
  return text;
}

/// Letters beyond ASCII are for text mode; Greek ones among them are mathematics again.
std::string in_text_mode(std::string_view word) {
  std::string text = "\\text{";
  for (std::size_t at = 0; at < word.size();) {
    const auto c = utf8::decode(word, at);
    const std::size_t bytes = c ? c->bytes : 1;
    const std::string_view letter = word.substr(at, bytes);
    const auto greek = bytes > 1 ? greek_command(letter) : std::nullopt;
    text += greek ? "$" + *greek + "$" : escaped(letter);
    at += bytes;
  }
  return text + "}";
}

/// A word of a name: Greek, one italic letter (with its number), or upright.
std::string latex_word(std::string_view letters) {
  if (letters.find_first_not_of(":.0123456789") == std::string_view::npos)
    return std::string(letters);  // of W[1,:], x[2..3]
  if (const auto greek = greek_command(letters)) return *greek;
  if (!is_ascii(letters)) return in_text_mode(letters);
  const auto count = letters.size() - static_cast<std::size_t>(
                                          std::count_if(letters.begin(), letters.end(), is_digit));
  const bool alphanumeric = escaped(letters) == letters;
  if (count <= 1 && alphanumeric) return std::string(letters);
  return "\\mathrm{" + escaped(letters) + "}";
}

std::string latex_subscript(std::string_view list) {
  std::string text;
  while (true) {
    const auto comma = list.find(',');
    text += latex_word(list.substr(0, comma));
    if (comma == std::string_view::npos) return text;
    text += ",";
    list.remove_prefix(comma + 1);
  }
}

bool is_tall_latex(std::string_view inside) {
  return inside.find("\\frac") != std::string_view::npos ||
         inside.find("\\begin") != std::string_view::npos ||
         inside.find("\\sqrt") != std::string_view::npos;
}

std::string latex_function(Op op) {
  const auto description = description_of(op);
  if (!description.latex.empty()) return std::string(description.latex);
  const std::string_view name = description.formal.empty() ? name_of(op) : description.formal;
  return "\\operatorname{" + escaped(name) + "}";
}

/// softmax, relu′, or in words where the name has several: half squared error.
std::string latex_name_of_function(std::string_view name) {
  constexpr std::string_view prime = "′";
  if (name.ends_with(prime)) {
    const std::string_view base = name.substr(0, name.size() - prime.size());
    const auto op = function_named(base);
    return (op ? latex_function(*op) : latex_name_of_function(base)) + "'";
  }
  // A letter is in italics, as f(x) is.
  if (name.size() == 1 || greek_command(name)) return latex_word(name);
  if (name.find('_') == std::string_view::npos) return "\\operatorname{" + escaped(name) + "}";
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return "\\text{" + words + "}";
}

class LatexDialect final : public Dialect {
 public:
  std::string number(std::string_view spelling) const override {
    if (spelling == "π" || spelling == "-π") return spelling == "π" ? "\\pi" : "-\\pi";
    if (spelling.ends_with("inf")) return spelling == "inf" ? "\\infty" : "-\\infty";
    const auto e = spelling.find('e');
    std::string mantissa(spelling.substr(0, e));
    // A bare comma would have room behind it, as in a list.
    if (const auto comma = mantissa.find(','); comma != std::string::npos)
      mantissa.replace(comma, 1, "{,}");
    if (e == std::string_view::npos) return mantissa;
    const std::string power = fmt::format("10^{{{}}}", spelling.substr(e + 1));
    // 10^{-9} reads better than 1 \\cdot 10^{-9}.
    if (mantissa == "1" || mantissa == "-1") return (mantissa == "1" ? "" : "-") + power;
    return fmt::format("{} \\cdot {}", mantissa, power);
  }
  std::string symbol(std::string_view name) const override {
    if (is_blank_name(name)) return fmt::format("\\underline{{\\hspace{{{}ex}}}}", name.size());
    const NameParts parts = name_parts(name);
    // Δw is no word, but a change of w.
    const std::string_view changed = of_change(parts.base);
    std::string text = changed.empty() ? latex_word(parts.base) : "\\Delta " + latex_word(changed);
    if (!parts.accent.empty())
      text = std::string(accent_of(parts.accent).command) + "{" + text + "}";
    if (!parts.subscript.empty()) text += "_{" + latex_subscript(parts.subscript) + "}";
    const std::string raised =
        (parts.sample.empty() ? "" : "(" + parts.sample + ")") + (parts.updated ? "+" : "");
    return raised.empty() ? text : text + "^{" + raised + "}";
  }
  std::string derivative(std::string_view of, std::string_view wrt, bool direct) const override {
    const std::string text =
        fmt::format("\\frac{{\\partial {}}}{{\\partial {}}}", symbol(of), symbol(wrt));
    return direct ? "\\left." + text + "\\right|_{\\text{direct}}" : text;
  }
  std::string call(Op op, const std::vector<std::string>& arguments) const override {
    const std::string list = fmt::format("{}", fmt::join(arguments, ", "));
    if (op == Op::sqrt) return "\\sqrt{" + list + "}";
    // Upright, so that it is not taken for a quantity named e.
    if (op == Op::exp) return "\\mathrm{e}^{" + list + "}";
    if (op == Op::abs)
      return is_tall_latex(list) ? "\\left|" + list + "\\right|" : "\\lvert " + list + "\\rvert ";
    // \mathopen{} takes away the space that TeX puts between a function and \left.
    const std::string_view close = is_tall_latex(list) ? "\\mathopen{}" : "";
    return latex_function(op) + std::string(close) + bracketed(list);
  }
  std::string power(const std::string& base, const std::string& exponent, bool) const override {
    return base + "^{" + exponent + "}";
  }
  std::string bracketed(const std::string& inside) const override {
    return is_tall_latex(inside) ? "\\left(" + inside + "\\right)" : "(" + inside + ")";
  }
  bool stacks_fractions() const override { return true; }
  std::string fraction(const std::string& numerator,
                       const std::string& denominator) const override {
    return "\\frac{" + numerator + "}{" + denominator + "}";
  }
  std::string cases(const std::vector<Case>& list) const override {
    std::string text = "\\begin{cases} ";
    for (const Case& one : list) {
      text += one.value + " & ";
      if (one.condition.empty()) return text + "\\text{otherwise} \\end{cases}";
      text += "\\text{if } " + one.condition + " \\\\ ";
    }
    return text;
  }
  std::string matrix(const std::vector<std::string>& elements, std::size_t columns) const override {
    std::string text = "\\begin{pmatrix} ";
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const bool row = i > 0 && (columns == 0 || i % columns == 0);
      text += (i == 0 ? "" : row ? " \\\\ " : " & ") + elements[i];
    }
    return text + " \\end{pmatrix}";
  }
  std::string transposed(const std::string& array) const override {
    return array + "^{\\mathsf{T}}";
  }
  std::string_view elementwise(bool divides) const override {
    return divides ? " \\oslash " : " \\odot ";
  }
  std::string elementwise_power(const std::string& base, const std::string& exponent,
                                bool) const override {
    return base + "^{\\circ " + exponent + "}";
  }
  std::string function(std::string_view name,
                       const std::vector<std::vector<std::string>>& lists) const override {
    const std::string upright = latex_name_of_function(name);
    if (is_named_argument(name)) return fmt::format("\\text{{{} }}{}", name, lists[0][0]);
    std::string text;
    for (const auto& list : lists)
      text += fmt::format("{}{}", text.empty() ? "" : ";\\, ", fmt::join(list, ", "));
    return upright + (is_tall_latex(text) ? "\\mathopen{}" : "") + bracketed(text);
  }
  std::string_view times(bool) const override { return " \\cdot "; }
  std::string_view minus() const override { return " - "; }
  std::string_view leading_minus() const override { return "-"; }
  std::string_view relation(char kind) const override {
    if (kind == 'l' || kind == '<') return kind == 'l' ? "\\le" : "<";
    return kind == 'g' ? "\\ge" : kind == '~' ? "\\approx" : kind == '>' ? ">" : "=";
  }
  bool call_is_atom(Op op) const override { return op != Op::exp; }
};

}  // namespace

const Dialect& latex_dialect() {
  static const LatexDialect dialect;
  return dialect;
}

}  // namespace chalkgrad
