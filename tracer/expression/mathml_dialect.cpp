#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "engine/ops.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/markup.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view minus_sign = R"(<mo form="prefix">−</mo>)";

std::string row(std::string_view inside) { return fmt::format("<mrow>{}</mrow>", inside); }

/// A word of a name: one letter (a browser slants it), or upright; h1 is a letter and a number.
std::string mathml_word(std::string_view letters) {
  if (const std::string_view greek = greek_letter(letters); !greek.empty())
    return fmt::format("<mi>{}</mi>", greek);
  if (!letters.empty() && std::all_of(letters.begin(), letters.end(), is_digit))
    return fmt::format("<mn>{}</mn>", letters);
  const bool numbered = letters.size() > 1 &&
                        std::isalpha(static_cast<unsigned char>(letters[0])) &&
                        std::all_of(letters.begin() + 1, letters.end(), is_digit);
  if (numbered) return row(fmt::format("<mi>{}</mi><mn>{}</mn>", letters[0], letters.substr(1)));
  return fmt::format("<mi>{}</mi>", markup_text(letters));
}

std::string mathml_subscript(std::string_view list) {
  std::string text;
  while (true) {
    const auto comma = list.find(',');
    text += mathml_word(list.substr(0, comma));
    // One element needs no row around it.
    if (comma == std::string_view::npos) return text.find("<mo") == text.npos ? text : row(text);
    text += R"(<mo separator="true">,</mo>)";
    list.remove_prefix(comma + 1);
  }
}

/// Whether brackets around this must grow.
bool is_tall_mathml(std::string_view inside) {
  return inside.find("<mfrac>") != std::string_view::npos ||
         inside.find("<msqrt>") != std::string_view::npos ||
         inside.find("<mtable") != std::string_view::npos;
}

std::string mathml_function(Op op) {
  const std::string_view formal = description_of(op).formal;
  return markup_text(formal.empty() ? name_of(op) : formal);
}

class MathmlDialect final : public Dialect {
 public:
  std::string number(std::string_view spelling) const override {
    const bool negative = spelling.starts_with('-');
    if (negative) spelling.remove_prefix(1);
    const std::string text = spelling == "π"     ? "<mi>π</mi>"
                             : spelling == "inf" ? "<mi>∞</mi>"
                                                 : positive(spelling);
    return negative ? row(std::string(minus_sign) + text) : text;
  }
  std::string symbol(std::string_view name) const override {
    if (is_blank_name(name)) return fmt::format("<mtext>{}</mtext>", name);
    // Δ stands before the whole of w₁, not under the index.
    if (const std::string_view changed = of_change(name); !changed.empty())
      return row("<mi>Δ</mi>" + symbol(changed));
    const NameParts parts = name_parts(name);
    std::string base = mathml_word(parts.base);
    if (!parts.accent.empty())
      base = fmt::format(R"(<mover accent="true">{}<mo stretchy="false">{}</mo></mover>)", base,
                         accent_of(parts.accent).above);
    std::string raised;
    if (!parts.sample.empty()) raised += "<mtext>(" + parts.sample + ")</mtext>";
    if (parts.updated) raised += R"(<mo form="postfix">+</mo>)";
    if (!raised.empty()) raised = row(raised);
    if (!parts.subscript.empty() && !raised.empty())
      return fmt::format("<msubsup>{}{}{}</msubsup>", base, mathml_subscript(parts.subscript),
                         raised);
    if (!parts.subscript.empty())
      return fmt::format("<msub>{}{}</msub>", base, mathml_subscript(parts.subscript));
    return raised.empty() ? base : fmt::format("<msup>{}{}</msup>", base, raised);
  }
  std::string derivative(std::string_view of, std::string_view wrt, bool direct) const override {
    const std::string text =
        fmt::format("<mfrac><mrow><mi>∂</mi>{}</mrow><mrow><mi>∂</mi>{}</mrow></mfrac>", symbol(of),
                    symbol(wrt));
    return direct ? fmt::format(
                        "<msub><mrow>{}<mo stretchy=\"true\" form=\"postfix\">|</mo></mrow>"
                        "<mtext>direct</mtext></msub>",
                        text)
                  : text;
  }
  std::string call(Op op, const std::vector<std::string>& arguments) const override {
    const std::string list =
        fmt::format("{}", fmt::join(arguments, R"(<mo separator="true">,</mo>)"));
    if (op == Op::sqrt) return "<msqrt>" + row(list) + "</msqrt>";
    // Upright, so that it is not taken for a quantity named e.
    if (op == Op::exp)
      return fmt::format(R"(<msup><mi mathvariant="normal">e</mi>{}</msup>)", row(list));
    if (op == Op::abs)
      return row(fmt::format(
          R"(<mo form="prefix" stretchy="true">|</mo>{}<mo form="postfix" stretchy="true">|</mo>)",
          list));
    return row(fmt::format("<mi>{}</mi><mo>&#x2061;</mo>{}", mathml_function(op), bracketed(list)));
  }
  std::string power(const std::string& base, const std::string& exponent, bool) const override {
    return fmt::format("<msup>{}{}</msup>", row(base), row(exponent));
  }
  std::string bracketed(const std::string& inside) const override {
    const std::string_view size = is_tall_mathml(inside) ? "" : " stretchy=\"false\"";
    return row(fmt::format("<mo{0}>(</mo>{1}<mo{0}>)</mo>", size, inside));
  }
  bool stacks_fractions() const override { return true; }
  std::string fraction(const std::string& above, const std::string& below) const override {
    return fmt::format("<mfrac>{}{}</mfrac>", row(above), row(below));
  }
  std::string cases(const std::vector<Case>& list) const override {
    std::string rows;
    for (const Case& one : list) {
      const std::string condition = one.condition.empty()
                                        ? "<mtext>otherwise</mtext>"
                                        : "<mtext>if&#xA0;</mtext>" + one.condition;
      rows += fmt::format("<mtr><mtd>{}</mtd><mtd>{}</mtd></mtr>", row(one.value), row(condition));
    }
    return row(fmt::format(
        R"(<mo form="prefix" stretchy="true">{{</mo><mtable class="cases">{}</mtable>)", rows));
  }
  std::string matrix(const std::vector<std::string>& elements, std::size_t columns) const override {
    std::string rows;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const bool begins = columns == 0 || i % columns == 0;
      if (begins) rows += i == 0 ? "<mtr>" : "</mtr><mtr>";
      rows += fmt::format("<mtd>{}</mtd>", row(elements[i]));
    }
    return row(fmt::format(R"(<mo form="prefix" stretchy="true">(</mo><mtable class="matrix">)"
                           R"({}</mtr></mtable><mo form="postfix" stretchy="true">)</mo>)",
                           rows));
  }
  std::string transposed(const std::string& array) const override {
    return fmt::format(R"(<msup>{}<mi mathvariant="normal">T</mi></msup>)", row(array));
  }
  std::string_view elementwise(bool divides) const override {
    return divides ? R"(<mo>⊘</mo>)" : R"(<mo>⊙</mo>)";
  }
  std::string elementwise_power(const std::string& base, const std::string& exponent,
                                bool) const override {
    return fmt::format("<msup>{}<mrow><mo form=\"prefix\">∘</mo>{}</mrow></msup>", row(base),
                       exponent);
  }
  std::string function(std::string_view name,
                       const std::vector<std::vector<std::string>>& lists) const override {
    if (is_named_argument(name))
      return row(fmt::format("<mtext>{}&#xA0;</mtext>{}", name, lists[0][0]));
    std::string text;
    for (const auto& list : lists)
      text += fmt::format("{}{}", text.empty() ? "" : R"(<mo separator="true">;</mo>)",
                          fmt::join(list, R"(<mo separator="true">,</mo>)"));
    return row(fmt::format("<mi>{}</mi><mo>&#x2061;</mo>{}", markup_text(name), bracketed(text)));
  }
  std::string_view times(bool) const override { return R"(<mo>⋅</mo>)"; }
  std::string_view plus() const override { return R"(<mo form="infix">+</mo>)"; }
  std::string_view minus() const override { return R"(<mo form="infix">−</mo>)"; }
  std::string_view leading_minus() const override { return minus_sign; }
  std::string_view relation(char kind) const override {
    if (kind == 'l') return R"(<mo>≤</mo>)";
    if (kind == '<') return R"(<mo>&lt;</mo>)";
    return kind == 'g'   ? R"(<mo>≥</mo>)"
           : kind == '~' ? R"(<mo>≈</mo>)"
           : kind == '>' ? R"(<mo>&gt;</mo>)"
                         : R"(<mo>=</mo>)";
  }
  bool call_is_atom(Op op) const override { return op != Op::exp; }

 private:
  static std::string positive(std::string_view spelling) {
    const auto e = spelling.find('e');
    if (e == std::string_view::npos) return fmt::format("<mn>{}</mn>", markup_text(spelling));
    const std::string_view mantissa = spelling.substr(0, e);
    std::string exponent(spelling.substr(e + 1));
    const bool negative = exponent.starts_with('-');
    if (negative) exponent.erase(0, 1);
    const std::string power = fmt::format("<msup><mn>10</mn><mrow>{}<mn>{}</mn></mrow></msup>",
                                          negative ? minus_sign : std::string_view(), exponent);
    // 10⁻⁹ reads better than 1·10⁻⁹.
    return mantissa == "1" ? power : row(fmt::format("<mn>{}</mn><mo>⋅</mo>{}", mantissa, power));
  }
};

}  // namespace

const Dialect& mathml_dialect() {
  static const MathmlDialect dialect;
  return dialect;
}

}  // namespace chalkgrad
