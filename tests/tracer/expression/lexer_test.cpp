#include "tracer/expression/lexer.hpp"

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

TEST(Lexer, KnowsWhereTokensStand) {
  const auto tokens = tokenize("β = x");
  EXPECT_EQ(tokens[1].span.begin, 3u);
  EXPECT_EQ(tokens[2].span.begin, 5u);
  EXPECT_EQ(tokens[3].span.begin, 6u);
  EXPECT_EQ(tokens[3].kind, Token::Kind::end);
}

TEST(Lexer, RefusesWhatHasNoMeaning) {
  const auto message = [](const std::string& line) {
    try {
      (void)tokenize(line);
    } catch (const SyntaxError& error) {
      return std::to_string(error.span.begin) + ": " + error.what();
    }
    return std::string("no error");
  };
  EXPECT_EQ(message("a ? b"), "2: '?' has no meaning here");
  EXPECT_EQ(message("title \"a"), "6: this quote is never closed");
  EXPECT_EQ(message("\"a\xc3\""), "2: the byte 0xC3 is not UTF-8");
  EXPECT_EQ(message("x = 水"), "4: '水' has no meaning here");
  EXPECT_EQ(message("1..2"), "0: '1..2' is not a number");
  EXPECT_EQ(message(std::string("a\0b", 3)), "1: a control character (U+0000) has no place here");
}

TEST(Lexer, DescribesTokensBriefly) {
  EXPECT_EQ(describe(tokenize("x")[0]), "'x'");
  EXPECT_EQ(describe(tokenize("")[0]), "the end of the line");
  EXPECT_EQ(describe(tokenize(std::string(100, 'a'))[0]), "'" + std::string(40, 'a') + "...'");
}

}  // namespace
}  // namespace chalkgrad
