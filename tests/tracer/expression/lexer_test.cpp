#include "tracer/expression/lexer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

std::string shown(const std::string& line) {
  std::string text;
  for (const Token& token : tokenize(line))
    if (token.kind != Token::Kind::end) text += "[" + token.text + "]";
  return text;
}

TEST(Lexer, CutsALineIntoTokens) {
  EXPECT_EQ(shown("net_h1 = w1*i1 + 0.5  # a comment"), "[net_h1][=][w1][*][i1][+][0.5]");
  EXPECT_EQ(shown("title \"a # b\""), "[title][a # b]");
  EXPECT_EQ(shown("1.5e-3 2e 3.x"), "[1.5e-3][2][e][3.][x]");
  EXPECT_EQ(shown("β_1·größe − 2×Ω"), "[β_1][*][größe][-][2][*][Ω]");
  EXPECT_EQ(shown("w5⁺≈3"), "[w5][⁺][≈][3]");
  EXPECT_EQ(shown("2·10⁻⁷·x·10"), "[2e-7][*][x][*][10]");
  EXPECT_EQ(shown("\t x\r"), "[x]");
  EXPECT_EQ(shown(""), "");
}

TEST(Lexer, ReadsOtherSpellings) {
  EXPECT_EQ(shown("x² + y³ − z⁻¹ x¹⁰"), "[x][^][2][+][y][^][3][-][z][^][-][1][x][^][10]");
  EXPECT_EQ(shown("(a)^²"), "[(][a][)][^][2]");
  EXPECT_EQ(shown("½*x ¾x ⅞(t)"),
            "[(][1][/][2][)][*][x][(][3][/][4][)][*][x][(][7][/][8][)][*][(][t][)]");
  EXPECT_EQ(shown("w₅ w₁₂ outₕ out_h₁ net_{h1} w_{h, 1}"),
            "[w5][w12][out_h][out_h1][net_h1][w_h_1]");
  EXPECT_EQ(shown("x^{2} e^{-z}"), "[x][^][(][2][)][e][^][(][-][z][)]");
  EXPECT_EQ(shown("a \\cdot b \\times c ∙ d ÷ e"), "[a][*][b][*][c][*][d][/][e]");
  EXPECT_EQ(shown("ϕ \u00B5 \u2126 ϵ_1"), "[φ][μ][\u03A9][ε_1]");
  EXPECT_EQ(shown("a\u00A0+\u2009b\u202F=\u3000c"), "[a][+][b][=][c]");
  EXPECT_EQ(shown("w1..w4 w1...w4 w1…w4 w1, ..., w4 w1,…,w4"),
            "[w1][..][w4][w1][..][w4][w1][..][w4][w1][..][w4][w1][..][w4]");
  // The number that a sheet prints, and a power of ten.
  EXPECT_EQ(shown("10² 3·10⁻²"), "[1e2][3e-2]");
}

TEST(Lexer, KnowsWhereTokensStand) {
  const auto tokens = tokenize("β = x");
  EXPECT_EQ(tokens[1].span.begin, 3u);
  EXPECT_EQ(tokens[2].span.begin, 5u);
  EXPECT_EQ(tokens[3].span.begin, 6u);
  EXPECT_EQ(tokens[3].kind, Token::Kind::end);
}

/// Where, what and what instead; "no error" if there is none.
std::string refusal(const std::string& line) {
  try {
    (void)tokenize(line);
  } catch (const SyntaxError& error) {
    return fmt::format("{}: {}{}", error.span.begin, error.what(),
                       error.hint.empty() ? "" : " [" + error.hint + "]");
  }
  return "no error";
}

TEST(Lexer, RefusesWhatHasNoMeaning) {
  struct Case {
    std::string line, message;
  };
  for (const auto& [line, message] : {
           Case{"title \"a", "6: this quote is never closed"},
           Case{"\"a\xc3\"", "2: the byte 0xC3 is not UTF-8"},
           Case{"x = 水", "4: '水' has no meaning here [names are of Latin and Greek letters]"},
           Case{std::string("a\0b", 3), "1: a control character (U+0000) has no place here"},
           Case{"x = y ? 1 : 2",
                "6: '?' has no meaning here [choose with max(0, net), relu, abs or step]"},
           Case{"dE/dw = ?",
                "8: '?' has no meaning here [a derivative is asked for, as in derive E wrt w]"},
           Case{"title “A”", "6: '“' has no meaning here [write straight quotes: \"]"},
           Case{"w = 5%", "5: '%' has no meaning here [write 0.05 for 5%]"},
           Case{"% remark", "0: '%' has no meaning here [a comment begins with #]"},
           Case{"// remark", "0: '//' has no meaning here [a comment begins with #]"},
           Case{"w ~ N(0, 1)",
                "2: '~' has no meaning here [write =, as in weight w = random(-1, 1)]"},
           Case{"x^{(2)}", "2: '^{(' has no meaning here [a sample is written out[2]]"},
           Case{"{x}", "0: '{' has no meaning here [write round brackets]"},
           Case{"f'(x)",
                "1: ''' has no meaning here [a derivative is asked for, as in derive g wrt "
                "net]"},
           Case{"x' = 1", "1: ''' has no meaning here [a name has no prime; write y_new, say]"},
           Case{"np.exp(x)", "2: '.' has no meaning here [write exp without 'np.']"},
           Case{"net.h = 1", "3: '.' has no meaning here [a name has no point: net_h]"},
           Case{"\\sigma(z)", "0: '\\sigma' has no meaning here [write sigmoid(...)]"},
           Case{"\\eta", "0: '\\eta' has no meaning here [write eta or η]"},
           Case{"\\frac{1}{2}", "0: '\\frac' has no meaning here [write (a)/(b)]"},
           Case{"2½", "1: '2½' could be a sum or a product [write 2 + 1/2 or 2*1/2]"},
           Case{"x½", "1: expected an operator between 'x' and '½' [write * for a product]"},
       })
    EXPECT_EQ(refusal(line), message) << line;
}

/// What cannot be seen, or looks like something else, is called by its name.
TEST(Lexer, NamesWhatCannotBeSeen) {
  struct Case {
    const char *line, *message;
  };
  for (const auto& [line, message] :
       {Case{"a\u200B", "an invisible character (U+200B zero width space) has no place here"},
        Case{"a\u00AD", "an invisible character (U+00AD soft hyphen) has no place here"},
        Case{"a\uFEFF", "an invisible character (U+FEFF byte order mark) has no place here"},
        Case{"a\u202E", "an invisible character (U+202E right-to-left override) has no place here"},
        Case{"a\u2066", "an invisible character (U+2066 left-to-right isolate) has no place here"},
        Case{"a\u2062", "an invisible character (U+2062 invisible times) has no place here"}})
    EXPECT_EQ(refusal(line), fmt::format("1: {} [delete it]", message));
  EXPECT_EQ(refusal("a\u030A"),
            "1: a combining character (U+030A) has no place here [write a letter that has its "
            "accent, or a word: y_hat]");
  EXPECT_EQ(refusal("\u0430"),
            "0: '\u0430' (U+0430, a Cyrillic letter) has no meaning here [write the Latin a]");
  EXPECT_EQ(refusal("\u0436"),
            "0: '\u0436' has no meaning here [names are of Latin and Greek letters]");
  EXPECT_EQ(refusal("\u2014"),
            "0: '\u2014' (U+2014 em dash) has no meaning here [write - for a minus]");
  EXPECT_EQ(refusal("\u2010"),
            "0: '\u2010' (U+2010 hyphen) has no meaning here [write - for a minus]");
  EXPECT_EQ(refusal("\uFF57"), "0: '\uFF57' (U+FF57) has no meaning here [write w]");
  EXPECT_EQ(refusal("\U0001D464"), "0: '\U0001D464' (U+1D464) has no meaning here [write w]");
}

TEST(Lexer, DescribesTokensBriefly) {
  EXPECT_EQ(describe(tokenize("x")[0]), "'x'");
  EXPECT_EQ(describe(tokenize("")[0]), "the end of the line");
  EXPECT_EQ(describe(tokenize(std::string(100, 'a'))[0]), "'" + std::string(40, 'a') + "...'");
}

}  // namespace
}  // namespace chalkgrad
