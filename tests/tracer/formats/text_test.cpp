#include "tracer/formats/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/support/problems.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {
namespace {

using testing::section_of;
using testing::sheet_of;

constexpr std::size_t page_width = TextOptions{}.width;

/// The derivatives of a problem, without labels and the blanks before them.
std::string derivatives(const std::string& problem, const SheetOptions& options = {}) {
  std::istringstream section(section_of(sheet_of(problem, options), "Derivatives"));
  std::string text;
  for (std::string line; std::getline(section, line);) {
    const auto label = line.find("(B");
    if (label != std::string::npos) line.erase(label);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

TEST(Text, LayoutOfAChain) {
  EXPECT_EQ(section_of(sheet_of("input x = 2\nweight w = 0.5\ntarget t = 0.8\ny = sigmoid(w*x)\n"
                                "E = 0.5*(t - y)^2\nderive E wrt w"),
                       "Derivatives"),
            "  ∂E/∂w = ∂E/∂y · ∂y/∂w                chain rule" + std::string(55, ' ') +
                "(B1)\n"
                "\n"
                "    ∂E/∂y = −(t − y)                   power rule" +
                std::string(55, ' ') +
                "(B2)\n"
                "          = −(0.8 − 0.7311)\n"
                "          = −0.06894\n"
                "    ∂y/∂w = y·(1 − y)·x                derivative of σ" +
                std::string(50, ' ') +
                "(B3)\n"
                "          = 0.7311·(1 − 0.7311)·2\n"
                "          = 0.3932\n"
                "\n"
                "  ∂E/∂w = −0.06894·0.3932 = −0.02711   from B2, B3\n");
}

TEST(Text, SmallDerivations) {
  struct Case {
    const char *problem, *lines;
  };
  for (const auto& [problem, lines] : {
           Case{"input a = 3\nb = pi\ny = a*b\nderive y wrt a", "  ∂y/∂a = b = π\n"},
           Case{"input x = 2\nweight a\ny = x*a/a\nderive y wrt a",
                "  ∂y/∂a = 0   quotient rule\n"},
           Case{"input a = 2, b = 3, c = 5\ny = a/b/c\nderive y wrt b",
                "  ∂y/∂b = −a/(b^2·c)   quotient rule\n        = −2/(3^2·5)\n"
                "        = −0.04444\n"},
           Case{"input a = 2, b = 3, c = 5\ny = a/b*c/a\nderive y wrt b",
                "  ∂y/∂b = −c/b^2   quotient rule\n        = −5/3^2\n        = −0.5556\n"},
           // A saturated neuron: 1 − out would be 0, σ's complement is not.
           Case{"input z = 40\ny = sigmoid(z)\nderive y wrt z",
                "  ∂y/∂z = y·(1 − y)   derivative of σ\n        = 4.248·10⁻¹⁸\n"},
           Case{"input a = 3\ny = a + a\nderive y wrt a", "  ∂y/∂a = 2\n"},
           Case{"input x = -3\ny = x*x*x\nderive y wrt x",
                "  ∂y/∂x = 3·x^2   product rule\n        = 3·(−3)^2\n        = 27\n"},
           Case{"input x = 3\na = 2*x\nb = x^2\ny = a*b\nderive y wrt x",
                "  ∂y/∂x = ∂y/∂a · ∂a/∂x + ∂y/∂b · ∂b/∂x   multivariable chain rule\n"
                "\n"
                "    ∂y/∂a = b = 9\n"
                "    ∂a/∂x = 2\n"
                "    ∂y/∂b = a = 6\n"
                "    ∂b/∂x = 2·x                           power rule\n"
                "          = 2·3\n"
                "          = 6\n"
                "\n"
                "  ∂y/∂x = 9·2 + 6·6 = 18 + 36 = 54        from B2, B3, B4, B5\n"},
           Case{"input x = 3, z = 1\ny = x^2\nderive y wrt z, y",
                "  ∂y/∂z = 0   y does not depend on z\n\n  ∂y/∂y = 1\n"},
           Case{"input x = 0\nh = relu(x)\nderive h wrt x",
                "  ∂h/∂x = 0   relu'(0) = 0 by convention\n"},
           // Conditions are decided where the numbers are known.
           Case{"input x = 3\nh = relu(x - 1)*x\nderive h wrt x",
                "  ∂h/∂x = x + relu(x − 1)   product rule, derivative of relu, because x − 1 = 2 > "
                "0\n"
                "        = 3 + relu(3 − 1)\n"
                "        = 5\n"},
           Case{"input a, b, c = 2, 5, 1\nm = max(a, b, c)\nderive m wrt a, b",
                "  ∂m/∂a = 0   derivative of max, because a = 2 < 5\n\n"
                "  ∂m/∂b = 1   derivative of max, because max(a, b) = 5 > 1 and b = 5 > 2\n"},
           Case{"input x\nh = relu(x)\nderive h wrt x",
                "  ∂h/∂x = (1 if x > 0, else 0)   derivative of relu\n"},
           Case{"input w\nh = 3*|w|\nderive h wrt w", "  ∂h/∂w = 3·sign(w)   derivative of abs\n"},
           // A penalty is a term of its own.
           Case{"weight w = 0.5\ninput x = 2\nL = (1 - w*x)^2\nJ = L + 0.1*w^2\nderive J wrt w",
                "  ∂J/∂w = ∂L/∂w + 0.2·w       sum rule\n\n"
                "    ∂L/∂w = −2·(1 − w·x)·x    power rule\n"
                "          = −2·(1 − 0.5·2)·2\n"
                "          = 0\n\n"
                "  ∂J/∂w = 0 + 0.2·0.5 = 0.1   from B2\n"},
           Case{
               "weight w = -0.5\ninput x = 2\nL = (1 - w*x)^2\nJ = L + |w| - 3*w^2\nderive J wrt w",
               "  ∂J/∂w = ∂L/∂w + sign(w) − 6·w             sum rule\n\n"
               "    ∂L/∂w = −2·(1 − w·x)·x                  power rule\n"
               "          = −2·(1 − (−0.5)·2)·2\n"
               "          = −8\n\n"
               "  ∂J/∂w = −8 + sign(−0.5) − 6·(−0.5) = −6   from B2\n"},
           Case{"input x = 4\na = x^2\nb = a + x\ny = a*b\nderive y wrt x",
                "  ∂y/∂x = ∂y/∂a · ∂a/∂x + ∂y/∂b · ∂b/∂x|direct   multivariable chain rule\n"
                "\n"
                "    ∂y/∂a = ∂y/∂b · ∂b/∂a + ∂y/∂a|direct         multivariable chain rule\n"
                "      ∂y/∂b = a = 16\n"
                "      ∂b/∂a = 1\n"
                "      ∂y/∂a|direct = b = 20                      the direct term: all else held "
                "fixed\n"
                "    ∂y/∂a = 16·1 + 20 = 16 + 20 = 36             from B3, B4, B5\n"
                "    ∂a/∂x = 2·x                                  power rule\n"
                "          = 2·4\n"
                "          = 8\n"
                "    ∂b/∂x|direct = 1                             the direct term: all else held "
                "fixed\n"
                "\n"
                "  ∂y/∂x = 36·8 + 16·1 = 288 + 16 = 304           from B2, B6, B3, B7\n"},
       })
    EXPECT_EQ(derivatives(problem), lines) << problem;
}

TEST(Text, BriefIsOneLineADerivative) {
  SheetOptions options;
  options.detail = Detail::brief;
  EXPECT_EQ(derivatives("input x = 2\nweight w = 0.5\ntarget t = 0.8\ny = sigmoid(w*x)\n"
                        "E = 0.5*(t - y)^2\nderive E wrt w",
                        options),
            "  ∂E/∂w = −0.06894·0.3932 = −0.02711\n");
}

TEST(Text, FullShowsTheRawLine) {
  SheetOptions options;
  options.detail = Detail::full;
  const std::string lines =
      derivatives("input t1 = 0.01, o = 0.75\nE = 1/2*(t1 - o)^2\nderive E wrt o", options);
  EXPECT_EQ(lines,
            "  ∂E/∂o = 1/2·2·(t1 − o)^(2 − 1)·(−1)   constant factor rule, power rule, difference "
            "rule\n"
            "        = −(t1 − o)\n"
            "        = −(0.01 − 0.75)\n"
            "        = 0.74\n");
}

TEST(Text, SymbolsOnlyEndInTheFormula) {
  EXPECT_EQ(derivatives("input x\nweight w\ntarget t\nn = w*x\ny = sigmoid(n)\nE = 1/2*(t - y)^2\n"
                        "derive E wrt w"),
            "  ∂E/∂w = ∂E/∂y · ∂y/∂n · ∂n/∂w   chain rule\n"
            "\n"
            "    ∂E/∂y = −(t − y)              power rule\n"
            "    ∂y/∂n = y·(1 − y)             derivative of σ\n"
            "    ∂n/∂w = x\n"
            "\n"
            "  ∂E/∂w = −(t − y)·y·(1 − y)·x    from B2, B3, B4\n");
}

TEST(Text, LongSumsAreWrappedAtTheirTerms) {
  std::string problem = "weight w1 = 1", definition = "\ny = w1*w1";
  for (int i = 2; i <= 20; ++i) {
    problem += ", w" + std::to_string(i) + " = 0." + std::to_string(i);
    definition += " + w" + std::to_string(i) + "*w" + std::to_string(i);
  }
  const std::string forward = section_of(sheet_of(problem + definition), "Forward pass");
  EXPECT_NE(forward.find("\n      + "), std::string::npos) << forward;
  std::istringstream lines(forward);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(utf8::display_width(line), page_width);
}

TEST(Text, NoLineIsTooLongAndNoneEndsInBlanks) {
  for (const char* example : {"mazur", "merceron", "linear", "activations", "general_formula"}) {
    const auto text = testing::file_text(
        testing::source_path(std::string("worked_examples/") + example + ".chalk"));
    for (const Detail detail : {Detail::brief, Detail::standard, Detail::full}) {
      SheetOptions options;
      options.detail = detail;
      std::istringstream lines(sheet_of(text, options));
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(utf8::display_width(line), page_width) << line;
        EXPECT_FALSE(line.ends_with(' ')) << line;
      }
    }
  }
}

TEST(Text, AsciiIsAscii) {
  const std::string sheet = sheet_of(
      "title \"Größe − ∂ 水\"\ninput x = 2e-9, größe = -1\nweight η = 0.5\n"
      "y = sigmoid(η*x)*größe\nderive y wrt η",
      {}, {.ascii = true});
  EXPECT_TRUE(std::all_of(sheet.begin(), sheet.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  })) << sheet;
  EXPECT_NE(sheet.find("dy/deta = "), std::string::npos) << sheet;
}

TEST(Text, ApproxMarksRounding) {
  SheetOptions options;
  options.approx = true;
  const std::string forward =
      section_of(sheet_of("input x = 2\na = x/3\nb = x*3\nc = a*3\n", options), "Forward pass");
  EXPECT_NE(forward.find("a = x/3 = 2/3 ≈ 0.6667"), std::string::npos) << forward;
  EXPECT_NE(forward.find("b = x·3 = 2·3 = 6"), std::string::npos) << forward;
  EXPECT_NE(forward.find("c = a·3 ≈ 0.6667·3 ≈ 2"), std::string::npos) << forward;
  options.numerals.carry = Carry::rounded;
  const std::string carried =
      section_of(sheet_of("input x = 2\na = x/3\nc = a*3\n", options), "Forward pass");
  EXPECT_NE(carried.find("c = a·3 = 0.6667·3 = 2.0001"), std::string::npos) << carried;
}

TEST(Text, NeverWritesTwoSignsInARow) {
  const std::string sheet = sheet_of(R"(
input x = -2, y = -0.5, z = 0
a = -x - y - -3
b = x - (y - x) + -y*x
c = (-x)^2/-y
d = a*b - z
e = d^2 + c
derive e wrt x, y
)");
  for (const char* bad : {"− −", "+ −", "−−", "−0 ", "−0\n", "--", "· −", "·−"})
    EXPECT_EQ(sheet.find(bad), std::string::npos) << bad << "\n" << sheet;
}

/// A condition is not lost where a row would fit a line.
TEST(Text, ARowWithSeveralRemarksHasALineForEach) {
  const std::string sheet = testing::sheet_of(
      "input z1, z2\ntarget t1, t2\np1, p2 = softmax(z1, z2)\nL = cross_entropy(t1, t2; p1, p2)\n"
      "derive L wrt z1");
  EXPECT_NE(sheet.find("= p1 − t1"), std::string::npos);
  EXPECT_NE(sheet.find("in short, if t1 + t2 = 1"), std::string::npos);
}

/// ≈ stands only where something was rounded, in every style.
TEST(Text, WholeNumbersAreEqualNotNearlySo) {
  const std::string text = "input a = 3\nb = a + a\nc = b*b + a\nderive c wrt a";
  for (const Style style : {Style::textbook, Style::delta, Style::paths, Style::table})
    EXPECT_EQ(testing::sheet_of(text, {.approx = true, .style = style}).find("≈"),
              std::string::npos)
        << static_cast<int>(style);
  EXPECT_NE(testing::sheet_of("input a = 0.3\nb = sin(a)\nc = b*a\nderive c wrt a",
                              {.approx = true, .style = Style::paths})
                .find("≈"),
            std::string::npos);
}

}  // namespace
}  // namespace chalkgrad
