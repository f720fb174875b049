#include "tracer/formats/html.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/markup.hpp"
#include "tracer/lesson/lesson.hpp"

// What the pages do is tested in a browser: tests/browser.
namespace chalkgrad {
namespace {

std::string page_of(const std::string& problem, const SheetOptions& options = {}) {
  const Solution solution = testing::solve_text(problem);
  return render_html(make_sheet(solution, options),
                     make_diagram(solution, {.values = true, .gradients = true}));
}

TEST(Html, IsOneFileThatAsksForNothingFromOutside) {
  const std::string page = page_of(testing::example_text("mazur"));
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>")) << page.substr(0, 40);
  EXPECT_NE(page.find("Content-Security-Policy"), std::string::npos);
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (const char* outside : {"http://www", "https://", "src=\"", "@import", "<link", "<iframe"}) {
    auto at = page.find(outside);
    // The name space of SVG is a name, not an address.
    while (at != std::string::npos && page.compare(at, 26, "http://www.w3.org/2000/svg") == 0)
      at = page.find(outside, at + 1);
    EXPECT_EQ(at, std::string::npos) << outside;
  }
  EXPECT_LT(page.size(), 250'000u);
}

TEST(Html, HasAnElementForEachStep) {
  for (const std::string& example : testing::worked_examples()) {
    const Solution solution = testing::solve_text(testing::example_text(example));
    const Sheet sheet = make_sheet(solution, {});
    const Diagram diagram = make_diagram(solution, {.values = true, .gradients = true});
    const std::string page = render_html(sheet, diagram);
    const std::size_t steps = make_lesson(sheet, diagram).steps.size();
    for (std::size_t i = 1; i <= steps; ++i)
      EXPECT_NE(page.find(" id=\"step-" + std::to_string(i) + "\""), std::string::npos) << example;
    EXPECT_EQ(page.find(" id=\"step-" + std::to_string(steps + 1) + "\""), std::string::npos);
  }
}

TEST(Html, WordsOfTheUserAreText) {
  const std::string page =
      page_of("title \"<script>alert(1)</script> & 'x' </title>\"\ny = 2*3\nderive y wrt y");
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;x&#39; &lt;/title&gt;"),
            std::string::npos);
}

TEST(Html, OfNothingIsAPage) {
  const std::string page = render_html({}, {});
  EXPECT_NE(page.find("<h1>A derivation</h1>"), std::string::npos);
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

TEST(Markup, EscapesAndDropsWhatXmlForbids) {
  EXPECT_EQ(markup_text("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(markup_text("a\x01\tb\xff\xc3\xb6\xef\xbf\xbe"), "a  b \xc3\xb6 ");
}

}  // namespace
}  // namespace chalkgrad
