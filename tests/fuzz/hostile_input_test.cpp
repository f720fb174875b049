#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "tests/support/problems.hpp"
#include "tests/support/random_expression.hpp"
#include "tests/support/slow_build.hpp"
#include "tests/support/xml.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/formats/beamer.hpp"
#include "tracer/formats/html.hpp"
#include "tracer/formats/json.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/formats/walkthrough.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/svg.hpp"

/// Whatever bytes come in, the answer is a sheet or a list of errors with positions, never a crash.
namespace chalkgrad {
namespace {

using testing::below;
using testing::Random;

std::vector<std::string> seeds() {
  std::vector<std::string> texts;
  for (const std::string& example : testing::worked_examples())
    texts.push_back(testing::example_text(example));
  return texts;
}

std::string mutated(std::string text, Random& random) {
  static const std::vector<std::string> pieces = {"(",
                                                  ")",
                                                  "|",
                                                  "=",
                                                  "+",
                                                  "-",
                                                  "*",
                                                  "/",
                                                  "^",
                                                  ",",
                                                  "\n",
                                                  "0",
                                                  "1e308",
                                                  "-1",
                                                  "∂",
                                                  "⁺",
                                                  "\"",
                                                  "#",
                                                  "\xff",
                                                  "\xe2",
                                                  std::string(1, '\0'),
                                                  "sqrt(",
                                                  "log(",
                                                  "derive ",
                                                  "expect ",
                                                  " wrt all",
                                                  "all",
                                                  "w5",
                                                  "x*x",
                                                  "1/0",
                                                  "·10⁻⁷",
                                                  "if",
                                                  "else",
                                                  "1e+5",
                                                  "1E5",
                                                  "10⁻⁹",
                                                  "'",
                                                  "..",
                                                  "[2]",
                                                  "⁽¹⁾",
                                                  ";",
                                                  "repeat 0",
                                                  "samples x, t\n1 2\n",
                                                  "layer h1 from x weights w ",
                                                  "softmax(",
                                                  "sum(",
                                                  "random(0, 1)",
                                                  "f(x) = ",
                                                  " momentum 0.9",
                                                  " until change < ",
                                                  " when ",
                                                  "mean over samples of "};
  const int changes = 1 + below(random, 4);
  for (int i = 0; i < changes && !text.empty(); ++i) {
    const auto at = static_cast<std::size_t>(below(random, static_cast<int>(text.size())));
    const auto& piece =
        pieces[static_cast<std::size_t>(below(random, static_cast<int>(pieces.size())))];
    switch (below(random, 4)) {
      case 0: text.erase(at, static_cast<std::size_t>(1 + below(random, 10))); break;
      case 1: text.insert(at, piece); break;
      case 2: text.replace(at, 1, piece); break;
      default:
        text.insert(
            at, text.substr(static_cast<std::size_t>(below(random, static_cast<int>(text.size()))),
                            30));
    }
  }
  return text;
}

/// Every way to write a sheet of it. Figures that are rounded may leave a domain, and say so.
void expect_sheets(const Solution& solution) {
  const Numerals coarse{.precision = Precision::decimals, .count = 0, .carry = Carry::rounded};
  const SheetOptions styles[] = {{},
                                 {.detail = Detail::brief, .approx = true},
                                 {.detail = Detail::full},
                                 {.detail = Detail::full, .numerals = coarse},
                                 {.style = Style::delta},
                                 {.style = Style::paths},
                                 {.style = Style::table},
                                 {.numerals = coarse, .style = Style::delta},
                                 {.style = Style::table, .mode = Mode::forward}};
  for (const SheetOptions& style : styles) {
    try {
      const Sheet sheet = make_sheet(solution, style);
      EXPECT_FALSE(utf8::first_malformed(render_text(sheet)));
      const std::string ascii = render_text(sheet, {.ascii = true});
      EXPECT_TRUE(std::all_of(ascii.begin(), ascii.end(), [](char c) { return (c & 0x80) == 0; }));
      EXPECT_FALSE(utf8::first_malformed(render_latex(sheet)));
    } catch (const SheetTooLong& error) {
      EXPECT_EQ(style.style, Style::paths) << error.what();
    } catch (const std::domain_error& error) {
      EXPECT_EQ(style.numerals.carry, Carry::rounded) << error.what();
    }
  }
  EXPECT_FALSE(render_json(solution).empty());
}

/// What a lecture is made of.
void expect_pictures(const Solution& solution) {
  const Sheet sheet = make_sheet(solution, {});
  const Diagram diagram = make_diagram(solution, {.values = true, .gradients = true});
  const std::string page = render_html(sheet, diagram);
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_FALSE(utf8::first_malformed(page));
  EXPECT_FALSE(utf8::first_malformed(render_markdown(sheet)));
  EXPECT_FALSE(utf8::first_malformed(render_beamer(sheet, diagram)));
  const Diagram shown = diagram.nodes.size() > most_nodes ? make_outline(diagram) : diagram;
  const std::string svg = render_svg(shown, lay_out(shown), {.title = solution.problem.title});
  EXPECT_EQ(testing::xml_errors(svg), "") << svg;
  EXPECT_FALSE(utf8::first_malformed(svg));
  Walkthrough walkthrough(sheet, {.ascii = true, .width = 40});
  walkthrough.last();
  EXPECT_EQ(walkthrough.screen(7).empty(), sheet.sections.empty());
}

TEST(HostileInput, MutatedFilesGiveASheetOrErrors) {
  const auto texts = seeds();
  int solved = 0, refused = 0;
  for (unsigned seed = 1; seed <= static_cast<unsigned>(testing::rounds(2000)); ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const std::string text = mutated(texts[seed % texts.size()], random);
    const Source source("t", text);
    try {
      const Solution solution = solve(read_problem(source));
      expect_sheets(solution);
      expect_pictures(solution);
      ++solved;
    } catch (const ProblemError& error) {
      ++refused;
      EXPECT_FALSE(error.diagnostics.empty());
      for (const Diagnostic& diagnostic : error.diagnostics) {
        EXPECT_GE(diagnostic.line, 1u);
        EXPECT_LE(diagnostic.line, std::max<std::size_t>(1, source.line_count()));
        EXPECT_FALSE(utf8::first_malformed(describe(diagnostic, source)));
        EXPECT_TRUE(describe(diagnostic, source).starts_with("t:"));
      }
    }
  }
  EXPECT_GT(solved, testing::rounds(100));
  EXPECT_GT(refused, testing::rounds(500));
}

TEST(HostileInput, RandomBytes) {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    std::string text;
    for (int i = below(random, 300); i > 0; --i) text += static_cast<char>(below(random, 256));
    const std::string errors = testing::errors_of(text);
    EXPECT_FALSE(utf8::first_malformed(errors));
  }
}

}  // namespace
}  // namespace chalkgrad
