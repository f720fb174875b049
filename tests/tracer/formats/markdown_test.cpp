#include "tracer/formats/markdown.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

std::string markdown_of(const std::string& problem, const SheetOptions& options = {}) {
  return render_markdown(make_sheet(testing::solve_text(problem), options));
}

TEST(Markdown, IsHeadingsListsAndAlignedMathematics) {
  EXPECT_EQ(markdown_of("title \"One *neuron*\"\ninput x = 2\nweight w = 0.50, v = 1\n"
                        "y = sigmoid(w*x)\nderive y wrt w"),
            R"(# One \*neuron\*

## Given

- input: $x = 2$
- weights: $w = 0.50$, $v = 1$

## Forward pass

$$
\begin{aligned}
\sigma(z) &= \frac{1}{1 + \mathrm{e}^{-z}}
\end{aligned}
$$

$$
\begin{aligned}
y &= \sigma(w \cdot x) = \sigma(0.50 \cdot 2) = 0.7311 && \text{(A1)}
\end{aligned}
$$

## Derivatives

$$
\begin{aligned}
\frac{\partial y}{\partial w} &= y \cdot (1 - y) \cdot x \qquad \text{derivative of }\sigma && \text{(B1)} \\
&= 0.7311 \cdot (1 - 0.7311) \cdot 2 \\
&= 0.3932
\end{aligned}
$$
)");
}

TEST(Markdown, TablesHaveNoBarsWithinCells) {
  const std::string text = markdown_of("input x = -2\ny = abs(x/2)\nz = relu(y)\nderive z wrt x",
                                       {.style = Style::table});
  const auto table = text.find("\n| ");
  ASSERT_NE(table, std::string::npos) << text;
  std::size_t bars = 0, rows = 0;
  for (auto at = table + 1; at < text.size() && text[at] == '|';) {
    const auto end = text.find('\n', at);
    const std::string row = text.substr(at, end - at);
    const auto here = static_cast<std::size_t>(std::count(row.begin(), row.end(), '|'));
    if (rows++ == 0) bars = here;
    EXPECT_EQ(here, bars) << row;
    at = end + 1;
  }
  EXPECT_GE(rows, 5u) << text;
}

TEST(Markdown, LinesAreBrokenOnlyAtEndsOfLines) {
  const std::string text =
      markdown_of(testing::example_text("activations"), {.detail = Detail::full});
  for (auto at = text.find("\\\\"); at != std::string::npos; at = text.find("\\\\", at + 2))
    EXPECT_EQ(text[at + 2], '\n') << text.substr(at, 40);
}

TEST(Markdown, NoBlankLineAndNoDollarWithinMathematics) {
  for (const std::string& example : testing::worked_examples()) {
    const std::string text = markdown_of(testing::example_text(example), {.detail = Detail::full});
    for (auto at = text.find("$$\n"); at != std::string::npos;) {
      const auto end = text.find("\n$$\n", at + 3);
      ASSERT_NE(end, std::string::npos) << example;
      const std::string block = text.substr(at + 3, end - at - 3);
      EXPECT_EQ(block.find("\n\n"), std::string::npos) << block;
      EXPECT_EQ(block.find('$'), std::string::npos) << block;
      at = text.find("$$\n", end + 4);
    }
  }
}

TEST(Markdown, WordsStayWords) {
  struct Case {
    const char *words, *markdown;
  };
  for (const auto& [words, markdown] :
       {Case{"plain words, 2-2-2", "plain words, 2-2-2"},
        Case{"*a* _b_ `c`", R"(\*a\* \_b\_ \`c\`)"},
        Case{"[x](y) <b> a & b", R"(\[x\](y) \<b\> a \& b)"},
        Case{"$1 | # ~ ^", R"(\$1 \| \# \~ \^)"}, Case{"- no list", R"(\- no list)"},
        Case{"Größe ∂η 水", "Größe ∂η 水"}, Case{"a\tb\x01\xff", "a b  "}, Case{"", ""}})
    EXPECT_EQ(markdown_text(words), markdown);
}

}  // namespace
}  // namespace chalkgrad
