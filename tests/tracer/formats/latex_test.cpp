#include "tracer/formats/latex.hpp"
#include "tracer/typesetting/latex_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

std::string latex_of(const std::string& problem, const LatexOptions& options = {}) {
  return render_latex(make_sheet(testing::solve_text(problem), {}), options);
}

TEST(Latex, FragmentIsTheMathematicsAlone) {
  EXPECT_EQ(latex_of("input x = 2\nweight w = 0.50\ny = sigmoid(w*x)\nderive y wrt w",
                     {.fragment = true}),
            R"(% Given
\begin{align*}
\text{input}\quad & x = 2 \\
\text{weight}\quad & w = 0.50
\end{align*}

% Forward pass
\begin{align*}
\sigma(z) &= \frac{1}{1 + \mathrm{e}^{-z}}
\end{align*}
\begin{align*}
y &= \sigma(w \cdot x) = \sigma(0.50 \cdot 2) = 0.7311 \tag{A1}
\end{align*}

% Derivatives
\begin{align*}
\frac{\partial y}{\partial w} &= y \cdot (1 - y) \cdot x \qquad \text{derivative of $\sigma$} \tag{B1} \\
&= 0.7311 \cdot (1 - 0.7311) \cdot 2 \\
&= 0.3932
\end{align*}
)");
}

TEST(Latex, DocumentIsComplete) {
  const std::string document = latex_of("title \"T\"\ny = 2*3");
  EXPECT_TRUE(document.starts_with("\\documentclass")) << document;
  EXPECT_TRUE(document.ends_with("\\end{document}\n"));
  for (const char* package : {"amsmath", "geometry", "lmodern"})
    EXPECT_NE(document.find(package), std::string::npos) << package;
}

TEST(Latex, APageWithoutAHeaderHasNoRuleThere) {
  const char* no_rule = "\\renewcommand{\\headrulewidth}{0pt}";
  EXPECT_NE(latex_document({"x"}, {.footer = "Foot"}).find(no_rule), std::string::npos);
  for (const LatexPages& pages : {LatexPages{}, LatexPages{.header = "Head", .footer = "Foot"}})
    EXPECT_EQ(latex_document({"x"}, pages).find(no_rule), std::string::npos);
}

/// A tabular would run off the page.
TEST(Latex, ManyGivenNumbersAreAParagraph) {
  std::string numbers = "0.5";
  for (int i = 2; i <= 300; ++i) numbers += ", 0.5";
  const std::string many = latex_of("weight w1..w300 = " + numbers + "\ny = 2*w1");
  EXPECT_NE(many.find("\\hanging\\makebox[7em][l]{weights}%\n$w_{1} = 0.5$,\n"), std::string::npos)
      << many;
  EXPECT_EQ(many.find("tabular"), std::string::npos);
  EXPECT_NE(latex_of("weight w = 0.5\ny = 2*w").find("tabular"), std::string::npos);
}

TEST(Latex, StepsAreIndentedAndStayWithWhatTheyBelongTo) {
  const std::string sheet = latex_of("input x = 2\nweight w = 3\ny = w*x\nE = y^2\nderive E wrt w");
  const std::size_t derivatives = sheet.find("\\subsection*{Derivatives}");
  ASSERT_NE(derivatives, std::string::npos);
  EXPECT_EQ(sheet.substr(derivatives), R"(\subsection*{Derivatives}
\together
\begin{align*}
\frac{\partial E}{\partial w} &= \frac{\partial E}{\partial y} \cdot \frac{\partial y}{\partial w} \qquad \text{chain rule} \tag{B1}
\end{align*}
\atlevel{1.5}%
\begin{align*}
\frac{\partial E}{\partial y} &= 2 \cdot y \qquad \text{power rule} \tag{B2} \\
&= 2 \cdot 6 \\
&= 12 \\[0.6ex]
\frac{\partial y}{\partial w} &= x = 2 \tag{B3}
\end{align*}
\atlevel{0}%
\apart
\begin{align*}
\frac{\partial E}{\partial w} &= 12 \cdot 2 = 24 \qquad \text{from B2, B3}
\end{align*}

\end{document}
)");
}

TEST(Latex, MatricesBelowEachOtherHaveRoomBetweenThem) {
  EXPECT_NE(latex_of("input x = [1, 2]\nweight W = [1, 2; 3, 4]\nbias b = [1, 0]\nz = W @ x + b")
                .find("\\end{pmatrix}$ \\\\\n\\noalign{\\smallskip}\nweight"),
            std::string::npos);
}

TEST(Latex, WordsAreEscaped) {
  struct Case {
    const char *words, *latex;
  };
  for (const auto& [words, latex] : {
           Case{"100% of a_b & c#d", "100\\% of a\\_b \\& c\\#d"},
           Case{"\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"},
           Case{"$x$ ^ ~", "\\$x\\$ \\textasciicircum{} \\textasciitilde{}"},
           Case{"a < b > c | \"d\"", "a $<$ b $>$ c $|$ ''d''"},
           Case{"∂E/∂w · η", "$\\partial$E/$\\partial$w $\\cdot$ $\\eta$"},
           Case{"Größe", "Größe"},
           Case{"x ∈ ℝ, a ≠ b ⇒ ∇L",
                "x $\\in$ $\\mathbf{R}$, a $\\ne$ b $\\Rightarrow$ $\\nabla$L"},
           Case{"Învățare: „țap”, x₁⁰", "Învă\\c{t}are: ,,\\c{t}ap'', x$_{1}$$^{0}$"},
           Case{"水 😀", "[U+6C34] [U+1F600]"},
       })
    EXPECT_EQ(latex_text(words), latex);
}

TEST(Latex, NothingFromTheUserReachesItUnescaped) {
  const std::string document = latex_of(
      "title \"\\\\input{evil} 50% $a_b$ & #1 ~ ^\"\ninput a_b_c = 1, _ = 2, größe_1 = 3\n"
      "y_x = a_b_c*_ + größe_1\nderive y_x wrt a_b_c, _");
  EXPECT_EQ(document.find("\\input"), std::string::npos);
  EXPECT_NE(document.find("50\\% \\$a\\_b\\$ \\& \\#1"), std::string::npos) << document;
  EXPECT_NE(document.find("a_{b,c}"), std::string::npos);
  EXPECT_EQ(document.find("a_b_c"), std::string::npos);
}

TEST(Latex, MeasuresWidthsRoughly) {
  EXPECT_NEAR(latex_width("12345"), 5, 0.1);
  EXPECT_LT(latex_width("\\frac{\\partial E}{\\partial w}"), 5);
  EXPECT_GT(latex_width("a + b + c"), latex_width("a \\cdot b \\cdot c"));
  EXPECT_EQ(latex_width(""), 0);
}

/// Larger type leaves room for fewer signs: the same sheet, broken earlier.
TEST(Latex, PagesAreOfTheChosenPaperAndType) {
  const Solution solution = testing::solve_text(testing::example_text("mazur"));
  const Sheet sheet = make_sheet(solution, {});
  const auto lines = [&](const LatexPages& pages) {
    const std::string text = render_latex(sheet, {.pages = pages});
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_TRUE(render_latex(sheet, {.pages = {.letter = true, .type_size = 12}})
                  .starts_with("\\documentclass[12pt,letterpaper]{article}"));
  EXPECT_GT(lines({.type_size = 12}), lines({}));
  EXPECT_LE(lines({.type_size = 10}), lines({}));
}

}  // namespace
}  // namespace chalkgrad
