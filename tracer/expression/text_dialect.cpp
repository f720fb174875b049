#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/transliteration.hpp"

namespace chalkgrad {

namespace {

/// 1.234e-7 → {1.234, -7}; no exponent gives an empty one.
std::pair<std::string, std::string> split_exponent(std::string_view spelling) {
  const auto e = spelling.find('e');
  if (e == std::string_view::npos || spelling.ends_with("e")) return {std::string(spelling), ""};
  return {std::string(spelling.substr(0, e)), std::string(spelling.substr(e + 1))};
}

std::string with_unicode_minus(std::string_view spelling) {
  return spelling.starts_with('-') ? "−" + std::string(spelling.substr(1)) : std::string(spelling);
}

std::string superscript(std::string_view digits) {
  static constexpr std::string_view raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : digits) text += c == '-' ? "⁻" : std::string(raised[c - '0']);
  return text;
}

/// What text and ASCII have in common: quotients in a line, powers with a caret.
class LineDialect : public Dialect {
 public:
  std::string power(const std::string& base, const std::string& exponent,
                    bool exponent_is_atom) const override {
    return base + "^" + (exponent_is_atom ? exponent : bracketed(exponent));
  }
  std::string bracketed(const std::string& inside) const override { return "(" + inside + ")"; }
  bool stacks_fractions() const override { return false; }
  std::string fraction(const std::string& above, const std::string& below) const override {
    return above + "/" + below;
  }
  std::string cases(const std::vector<Case>& list) const override {
    std::string text = "(";
    for (const Case& one : list) {
      if (!one.condition.empty()) text += one.value + " if " + one.condition + ", ";
      if (one.condition.empty()) text += "else " + one.value + ")";
    }
    return text;
  }
  bool call_is_atom(Op) const override { return true; }
  std::string matrix(const std::vector<std::string>& elements, std::size_t columns) const override {
    if (columns == 0) return fmt::format("[{}]", fmt::join(elements, ", "));
    std::string text;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      text += i % columns == 0 ? (i == 0 ? "[" : "], [") : ", ";
      text += elements[i];
    }
    return "[" + text + "]]";
  }
  std::string elementwise_power(const std::string& base, const std::string& exponent,
                                bool exponent_is_atom) const override {
    return base + ".^" + (exponent_is_atom ? exponent : bracketed(exponent));
  }
  std::string function(std::string_view name,
                       const std::vector<std::vector<std::string>>& lists) const override {
    if (is_named_argument(name)) return fmt::format("{} {}", name, lists[0][0]);
    std::string text;
    for (const auto& list : lists)
      text += fmt::format("{}{}", text.empty() ? "" : "; ", fmt::join(list, ", "));
    return fmt::format("{}({})", function_name(name), text);
  }

 protected:
  virtual std::string function_name(std::string_view name) const { return std::string(name); }
};

class TextDialect final : public LineDialect {
 public:
  std::string number(std::string_view spelling) const override {
    if (spelling == "inf" || spelling == "-inf") return spelling == "inf" ? "∞" : "−∞";
    const auto [mantissa, exponent] = split_exponent(spelling);
    const std::string text = with_unicode_minus(mantissa);
    if (exponent.empty()) return text;
    // 10⁻⁹ reads better than 1·10⁻⁹.
    const std::string sign = mantissa == "1" ? "" : mantissa == "-1" ? "−" : text + "·";
    return sign + "10" + superscript(exponent);
  }
  /// As written, but for the sample: out[2] is out⁽²⁾.
  std::string symbol(std::string_view name) const override {
    const std::size_t sample = sample_of(name);
    if (sample == 0) return std::string(name);
    const bool updated = name.ends_with(updated_mark);
    if (updated) name.remove_suffix(updated_mark.size());
    return fmt::format("{}⁽{}⁾{}", without_sample(name), superscript(std::to_string(sample)),
                       updated ? updated_mark : "");
  }
  std::string derivative(std::string_view of, std::string_view wrt, bool direct) const override {
    return fmt::format("∂{}/∂{}{}", symbol(of), symbol(wrt), direct ? "|direct" : "");
  }
  std::string call(Op op, const std::vector<std::string>& arguments) const override {
    if (op == Op::abs) return "|" + arguments[0] + "|";
    const std::string_view text = description_of(op).text;
    const std::string_view name = text.empty() ? name_of(op) : text;
    return fmt::format("{}({})", name, fmt::join(arguments, ", "));
  }
  std::string transposed(const std::string& array) const override { return array + "ᵀ"; }
  std::string_view elementwise(bool divides) const override { return divides ? " ⊘ " : " ⊙ "; }
  std::string_view times(bool spaced) const override { return spaced ? " · " : "·"; }
  std::string_view minus() const override { return " − "; }
  std::string_view leading_minus() const override { return "−"; }
  std::string_view relation(char kind) const override {
    if (kind == 'l' || kind == '<') return kind == 'l' ? "≤" : "<";
    return kind == 'g' ? "≥" : kind == '~' ? "≈" : kind == '>' ? ">" : "=";
  }
};

class AsciiDialect final : public LineDialect {
 public:
  std::string number(std::string_view spelling) const override {
    return spelling == "π" ? "pi" : spelling == "-π" ? "-pi" : std::string(spelling);
  }
  std::string symbol(std::string_view name) const override {
    const std::string_view accent = name_parts(name).accent;
    std::string plain(name);
    const auto at = accent.empty() ? std::string::npos : plain.find(accent);
    if (at == std::string::npos) return in_ascii(name);
    plain.erase(at, accent.size());
    return in_ascii(plain) + "_" + std::string(accent_of(accent).word);
  }
  std::string derivative(std::string_view of, std::string_view wrt, bool direct) const override {
    return fmt::format("d{}/d{}{}", symbol(of), symbol(wrt), direct ? "|direct" : "");
  }
  std::string call(Op op, const std::vector<std::string>& arguments) const override {
    const std::string_view ascii = description_of(op).ascii;
    return fmt::format("{}({})", ascii.empty() ? name_of(op) : ascii, fmt::join(arguments, ", "));
  }
  std::string transposed(const std::string& array) const override { return array + "^T"; }
  std::string_view elementwise(bool divides) const override { return divides ? " ./ " : " .* "; }
  std::string_view times(bool spaced) const override { return spaced ? " * " : "*"; }
  std::string_view minus() const override { return " - "; }
  std::string_view leading_minus() const override { return "-"; }
  std::string_view relation(char kind) const override {
    if (kind == 'l' || kind == '<') return kind == 'l' ? "<=" : "<";
    return kind == 'g' ? ">=" : kind == '~' ? "~=" : kind == '>' ? ">" : "=";
  }

 protected:
  /// relu'(z)
  std::string function_name(std::string_view name) const override {
    constexpr std::string_view prime = "′";
    if (!name.ends_with(prime)) return in_ascii(name);
    return in_ascii(name.substr(0, name.size() - prime.size())) + "'";
  }
};

}  // namespace

bool Dialect::is_raised(std::string_view name) const {
  return name.ends_with(updated_mark) || sample_of(name) != 0;
}

const Dialect& text_dialect() {
  static const TextDialect dialect;
  return dialect;
}

const Dialect& ascii_dialect() {
  static const AsciiDialect dialect;
  return dialect;
}

}  // namespace chalkgrad
