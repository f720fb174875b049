#include "tracer/check/reading/commands.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

struct Meaning {
  std::string_view word, sign;
};
constexpr std::array sign_commands = {Meaning{"cdot", "*"},
                                      Meaning{"times", "*"},
                                      Meaning{"ast", "*"},
                                      Meaning{"div", "/"},
                                      Meaning{"approx", "≈"},
                                      Meaning{"simeq", "≈"},
                                      Meaning{"cong", "≈"},
                                      Meaning{"doteq", "≈"},
                                      Meaning{"coloneqq", ":="},
                                      Meaning{"gets", ":="},
                                      Meaning{"leftarrow", ":="},
                                      Meaning{"partial", "∂"},
                                      Meaning{"ge", "≥"},
                                      Meaning{"geq", "≥"},
                                      Meaning{"le", "≤"},
                                      Meaning{"leq", "≤"},
                                      Meaning{"lvert", "|"},
                                      Meaning{"rvert", "|"},
                                      Meaning{"vert", "|"},
                                      Meaning{"quad", "&"},
                                      Meaning{"qquad", "&"},
                                      Meaning{"to", "→"},
                                      Meaning{"rightarrow", "→"},
                                      Meaning{"Rightarrow", "→"},
                                      Meaning{"implies", "→"},
                                      Meaning{"iff", "→"},
                                      Meaning{"Longrightarrow", "→"},
                                      Meaning{"longrightarrow", "→"},
                                      Meaning{"over", "\\over"},
                                      Meaning{"par", "&"},
                                      Meaning{"item", "&"},
                                      Meaning{"newline", "\\\\"},
                                      Meaning{"cr", "\\\\"},
                                      Meaning{"prime", "'"},
                                      Meaning{"therefore", "&"},
                                      Meaning{"because", "&"},
                                      Meaning{"lbrack", "("},
                                      Meaning{"rbrack", ")"},
                                      Meaning{"ldots", "&"},
                                      Meaning{"dots", "&"},
                                      Meaning{"cdots", "&"},
                                      Meaning{"sum", "?"},
                                      Meaning{"prod", "?"},
                                      Meaning{"int", "?"},
                                      Meaning{"odot", "?"},
                                      Meaning{"circ", "?"},
                                      Meaning{"otimes", "?"},
                                      Meaning{"top", "?"}};

constexpr std::string_view look_alone[] = {
    "displaystyle", "textstyle", "limits",     "nonumber", "notag",    "hline",
    "toprule",      "midrule",   "bottomrule", "strut",    "phantom",  "rm",
    "it",           "bf",        "bfseries",   "itshape",  "Large",    "large",
    "small",        "medskip",   "smallskip",  "bigskip",  "noindent", "centering",
    "displaybreak", "pagebreak", "nopagebreak"};
constexpr std::string_view delimiter_commands[] = {"left", "right", "middle", "big",   "Big",
                                                   "bigg", "Bigg",  "bigl",   "bigr",  "Bigl",
                                                   "Bigr", "biggl", "biggr",  "Biggl", "Biggr"};
constexpr std::string_view dropped[] = {"tag",      "label", "vspace", "hspace", "mathopen",
                                        "color",    "ref",   "eqref",  "cite",   "textcolor",
                                        "colorbox", "rule",  "noalign"};
constexpr std::string_view fraction_commands[] = {"frac",  "dfrac",    "tfrac",
                                                  "cfrac", "nicefrac", "sfrac"};
constexpr std::string_view word_commands[] = {
    "mathrm",     "text",       "textrm",     "operatorname", "mathit",  "mathsf",
    "mathbf",     "textit",     "textbf",     "mathtt",       "emph",    "mbox",
    "boldsymbol", "bm",         "textnormal", "mathcal",      "mathscr", "mathbb",
    "mathfrak",   "mathnormal", "pmb",        "symbf"};
constexpr std::string_view contents[] = {"boxed", "underline", "mathstrut", "ensuremath", "cancel"};
constexpr std::string_view function_commands[] = {
    "exp",  "ln",     "log",    "sin",    "cos", "tan", "sinh",  "cosh",
    "tanh", "arcsin", "arccos", "arctan", "max", "min", "infty", "ell"};

bool is_one_of(std::string_view word, std::span<const std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::optional<std::string_view> sign_of_command(std::string_view word) {
  for (const Meaning& one : sign_commands)
    if (one.word == word) return one.sign;
  return std::nullopt;
}

Command kind_of_command(std::string_view word) {
  if (word == "sqrt") return Command::root;
  if (word == "bar" || word == "overline") return Command::bar;
  if (word == "dot") return Command::dot;
  if (word == "hat" || word == "widehat") return Command::hat;
  if (word == "Vert" || word == "lVert" || word == "rVert") return Command::norm;
  if (word == "tilde" || word == "widetilde") return Command::tilde;
  if (word == "underbrace" || word == "overbrace") return Command::brace;
  if (word == "nabla") return Command::nabla;
  if (word == "begin") return Command::begin;
  if (word == "end") return Command::end;
  if (is_one_of(word, fraction_commands)) return Command::fraction;
  if (is_one_of(word, word_commands)) return Command::word;
  if (is_one_of(word, delimiter_commands)) return Command::delimiter;
  if (is_one_of(word, dropped)) return Command::drop_argument;
  if (is_one_of(word, contents)) return Command::contents;
  if (is_one_of(word, look_alone)) return Command::nothing;
  if (is_one_of(word, function_commands) || greek_command(plain_word(word))) return Command::name;
  return Command::other;
}

std::string_view plain_word(std::string_view word) {
  if (word == "varphi") return "phi";
  if (word == "varepsilon") return "epsilon";
  if (word == "vartheta") return "theta";
  if (word == "infty") return "∞";
  return word;
}

}  // namespace chalkgrad
