#include "tracer/typesetting/latex_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

struct Escape {
  std::string_view written, latex;
};
constexpr std::array escapes = {Escape{"\\", "\\textbackslash{}"},
                                Escape{"{", "\\{"},
                                Escape{"}", "\\}"},
                                Escape{"$", "\\$"},
                                Escape{"&", "\\&"},
                                Escape{"#", "\\#"},
                                Escape{"%", "\\%"},
                                Escape{"_", "\\_"},
                                Escape{"^", "\\textasciicircum{}"},
                                Escape{"~", "\\textasciitilde{}"},
                                Escape{"<", "$<$"},
                                Escape{">", "$>$"},
                                Escape{"|", "$|$"},
                                Escape{"\"", "''"},
                                Escape{"∂", "$\\partial$"},
                                Escape{"·", "$\\cdot$"},
                                Escape{"−", "$-$"},
                                Escape{"×", "$\\times$"},
                                Escape{"≈", "$\\approx$"},
                                Escape{"≤", "$\\le$"},
                                Escape{"≥", "$\\ge$"},
                                Escape{"→", "$\\to$"},
                                Escape{"′", "$'$"},
                                Escape{"⊙", "$\\odot$"},
                                Escape{"√", "$\\surd$"},
                                Escape{"∞", "$\\infty$"},
                                Escape{"½", "$\\frac{1}{2}$"},
                                Escape{"²", "$^{2}$"},
                                Escape{"³", "$^{3}$"},
                                Escape{"⁺", "$^{+}$"},
                                Escape{"–", "--"},
                                Escape{"—", "---"},
                                Escape{"‘", "`"},
                                Escape{"’", "'"},
                                Escape{"“", "``"},
                                Escape{"”", "''"},
                                Escape{"…", "\\dots{}"},
                                Escape{"∑", "$\\sum$"},
                                Escape{"∏", "$\\prod$"},
                                Escape{"∫", "$\\int$"},
                                Escape{"∇", "$\\nabla$"},
                                Escape{"≠", "$\\ne$"},
                                Escape{"±", "$\\pm$"},
                                Escape{"∓", "$\\mp$"},
                                Escape{"÷", "$\\div$"},
                                Escape{"∈", "$\\in$"},
                                Escape{"∉", "$\\notin$"},
                                Escape{"∋", "$\\ni$"},
                                Escape{"∀", "$\\forall$"},
                                Escape{"∃", "$\\exists$"},
                                Escape{"∅", "$\\emptyset$"},
                                Escape{"∪", "$\\cup$"},
                                Escape{"∩", "$\\cap$"},
                                Escape{"⊂", "$\\subset$"},
                                Escape{"⊆", "$\\subseteq$"},
                                Escape{"⊃", "$\\supset$"},
                                Escape{"⊇", "$\\supseteq$"},
                                Escape{"∧", "$\\wedge$"},
                                Escape{"∨", "$\\vee$"},
                                Escape{"¬", "$\\neg$"},
                                Escape{"∝", "$\\propto$"},
                                Escape{"∼", "$\\sim$"},
                                Escape{"≡", "$\\equiv$"},
                                Escape{"≪", "$\\ll$"},
                                Escape{"≫", "$\\gg$"},
                                Escape{"≃", "$\\simeq$"},
                                Escape{"⊕", "$\\oplus$"},
                                Escape{"⊗", "$\\otimes$"},
                                Escape{"∘", "$\\circ$"},
                                Escape{"∗", "$*$"},
                                Escape{"⋆", "$\\star$"},
                                Escape{"⊤", "$\\top$"},
                                Escape{"⊥", "$\\perp$"},
                                Escape{"∥", "$\\parallel$"},
                                Escape{"‖", "$\\|$"},
                                Escape{"⟨", "$\\langle$"},
                                Escape{"⟩", "$\\rangle$"},
                                Escape{"⌈", "$\\lceil$"},
                                Escape{"⌉", "$\\rceil$"},
                                Escape{"⌊", "$\\lfloor$"},
                                Escape{"⌋", "$\\rfloor$"},
                                Escape{"←", "$\\gets$"},
                                Escape{"↔", "$\\leftrightarrow$"},
                                Escape{"↦", "$\\mapsto$"},
                                Escape{"↑", "$\\uparrow$"},
                                Escape{"↓", "$\\downarrow$"},
                                Escape{"⇒", "$\\Rightarrow$"},
                                Escape{"⇐", "$\\Leftarrow$"},
                                Escape{"⇔", "$\\Leftrightarrow$"},
                                Escape{"ℝ", "$\\mathbf{R}$"},
                                Escape{"ℕ", "$\\mathbf{N}$"},
                                Escape{"ℤ", "$\\mathbf{Z}$"},
                                Escape{"ℚ", "$\\mathbf{Q}$"},
                                Escape{"ℂ", "$\\mathbf{C}$"},
                                Escape{"ℓ", "$\\ell$"},
                                Escape{"ℒ", "$\\mathcal{L}$"},
                                Escape{"⋅", "$\\cdot$"},
                                Escape{"•", "$\\bullet$"},
                                Escape{"°", "$^{\\circ}$"},
                                Escape{"¼", "$\\frac{1}{4}$"},
                                Escape{"¾", "$\\frac{3}{4}$"},
                                Escape{"§", "\\S{}"},
                                Escape{"†", "\\dag{}"},
                                Escape{"‡", "\\ddag{}"},
                                Escape{"€", "EUR"},
                                Escape{"ț", "\\c{t}"},
                                Escape{"ș", "\\c{s}"},
                                Escape{"Ț", "\\c{T}"},
                                Escape{"Ș", "\\c{S}"},
                                Escape{"„", ",,"},
                                Escape{"«", "\\guillemotleft{}"},
                                Escape{"»", "\\guillemotright{}"},
                                Escape{"¿", "\\textquestiondown{}"},
                                Escape{"¡", "\\textexclamdown{}"},
                                Escape{"‑", "-"},
                                Escape{"⁰", "$^{0}$"},
                                Escape{"¹", "$^{1}$"},
                                Escape{"⁴", "$^{4}$"},
                                Escape{"⁵", "$^{5}$"},
                                Escape{"⁶", "$^{6}$"},
                                Escape{"⁷", "$^{7}$"},
                                Escape{"⁸", "$^{8}$"},
                                Escape{"⁹", "$^{9}$"},
                                Escape{"₀", "$_{0}$"},
                                Escape{"₁", "$_{1}$"},
                                Escape{"₂", "$_{2}$"},
                                Escape{"₃", "$_{3}$"},
                                Escape{"₄", "$_{4}$"},
                                Escape{"₅", "$_{5}$"},
                                Escape{"₆", "$_{6}$"},
                                Escape{"₇", "$_{7}$"},
                                Escape{"₈", "$_{8}$"},
                                Escape{"₉", "$_{9}$"}};

std::string latex_character(std::string_view character, char32_t c) {
  for (const Escape& escape : escapes)
    if (escape.written == character) return std::string(escape.latex);
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return " ";
  if (c < 0x80 || is_accented_latin(c)) return std::string(character);
  if (const auto greek = greek_command(character)) return "$" + *greek + "$";
  return fmt::format("[U+{:04X}]", static_cast<unsigned>(c));
}

/// Reads mathematics just far enough to add up widths.
class Ruler {
 public:
  explicit Ruler(std::string_view text, bool in_words = false) : text_(text), in_words_(in_words) {}

  double run() {
    double width = 0;
    while (at_ < text_.size() && text_[at_] != '}') width += item();
    return width;
  }

 private:
  double braces() {
    if (at_ >= text_.size() || text_[at_] != '{') return item();
    ++at_;
    const double width = run();
    if (at_ < text_.size()) ++at_;
    return width;
  }

  double item() {
    const char c = text_[at_];
    if (c == '{') return braces();
    if (c == '\\') return command();
    ++at_;
    if (c == '_' || c == '^') return 0.7 * braces();
    if (c == ' ' || c == '&') return in_words_ ? 0.6 : 0;
    if (c == '=' || c == '+' || c == '-' || c == '>' || c == '<') return 2.7;
    if (c == '(' || c == ')' || c == '.' || c == ',' || c == '|') return 0.7;
    if ((static_cast<unsigned char>(c) & 0xC0u) == 0x80) return 0;
    return std::isdigit(static_cast<unsigned char>(c)) ? 1.0 : 1.15;
  }

  /// {42ex}
  double length_in_ex() {
    constexpr double digits_in_ex = 0.88;
    double number = 0;
    for (++at_; at_ < text_.size() && text_[at_] != '}'; ++at_)
      if (std::isdigit(static_cast<unsigned char>(text_[at_])))
        number = 10 * number + (text_[at_] - '0');
    if (at_ < text_.size()) ++at_;
    return digits_in_ex * number;
  }

  double command() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_]))) ++at_;
    if (at_ == begin) return at_++, 0.6;  // \, \; \{
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name == "frac") {
      const double above = braces();
      return std::max(above, braces()) + 0.6;
    }
    if (name == "mathrm" || name == "text" || name == "operatorname") return 0.85 * braces();
    if (name == "underline") return braces();
    if (name == "hspace") return length_in_ex();
    if (name == "begin" || name == "end") return braces(), 1.5;
    if (name == "left" || name == "right" || name == "mathopen") return 0.3;
    if (name == "bar" || name == "dot") return braces();
    if (name == "sqrt") return braces() + 1.8;
    if (name == "cdot") return 1.6;
    if (name == "quad") return 2;
    if (name == "approx" || name == "ge") return 2.7;
    const bool word =
        name.size() > 2 &&
        (name.starts_with("arc") || name == "sin" || name == "cos" || name == "tan" ||
         name == "sinh" || name == "cosh" || name == "tanh" || name == "max" || name == "min");
    return word ? static_cast<double>(name.size()) : 1.2;
  }

  std::string_view text_;
  bool in_words_;
  std::size_t at_ = 0;
};

}  // namespace

std::string latex_text(const std::string& words) {
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    const auto c = utf8::decode(words, at);
    const std::size_t bytes = c ? c->bytes : 1;
    text += c ? latex_character(std::string_view(words).substr(at, bytes), c->value) : "?";
    at += bytes;
  }
  return text;
}

double latex_width(const std::string& mathematics) { return Ruler(mathematics).run(); }

double latex_height(const std::string& mathematics) {
  constexpr double of_fraction = 1.5, of_row = 1.25;
  // The tallest of the environments, each with its rows.
  double tallest = 0;
  constexpr std::string_view begin = "\\begin{", end = "\\end{", row = "\\\\";
  for (auto at = mathematics.find(begin); at != std::string::npos;
       at = mathematics.find(begin, at + 1)) {
    const auto close = std::min(mathematics.find(end, at), mathematics.size());
    double rows = 1;
    for (auto next = mathematics.find(row, at); next < close;
         next = mathematics.find(row, next + row.size()))
      ++rows;
    tallest = std::max(tallest, of_row * rows);
  }
  const bool fraction = mathematics.find("\\frac") != std::string::npos;
  return std::max(fraction ? of_fraction + std::max(0.0, tallest - 1) : 1, tallest);
}

double latex_text_width(const std::string& words) { return 0.85 * Ruler(words, true).run(); }

}  // namespace chalkgrad
