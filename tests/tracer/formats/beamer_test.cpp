#include "tracer/formats/beamer.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <stdexcept>

#include "tests/support/problems.hpp"
#include "tracer/lesson/lesson.hpp"

// That all of it compiles is tested in tests/typesetting/slides.sh.
namespace chalkgrad {
namespace {

std::string slides_of(const std::string& problem, const SheetOptions& options = {}) {
  const Solution solution = testing::solve_text(problem);
  return render_beamer(make_sheet(solution, options),
                       make_diagram(solution, {.values = true, .gradients = true}));
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

/// The steps that the slides show, from 1: of each frame its first, and one more for each overlay.
std::set<std::size_t> steps_shown(const std::string& text) {
  std::set<std::size_t> steps;
  for (auto at = text.find("\\begin{frame}"); at != std::string::npos;
       at = text.find("\\begin{frame}", at + 1)) {
    const std::string frame = text.substr(at, text.find("\\end{frame}", at) - at);
    std::smatch first;
    const std::regex first_step("\\{\\\\firststep\\}\\{(\\d+)\\}"), overlay("\\\\onslide<(\\d+)->");
    if (!std::regex_search(frame, first, first_step)) throw std::runtime_error(frame);
    const std::size_t begin = std::stoul(first[1]);
    steps.insert(begin);
    for (std::sregex_iterator i(frame.begin(), frame.end(), overlay), end; i != end; ++i)
      steps.insert(begin + std::stoul((*i)[1]) - 1);
  }
  return steps;
}

TEST(Beamer, HasASlideForEachStep) {
  for (const std::string& example : testing::worked_examples()) {
    const Solution solution = testing::solve_text(testing::example_text(example));
    for (const Detail detail : {Detail::brief, Detail::standard, Detail::full}) {
      const Sheet sheet = make_sheet(solution, {.detail = detail});
      const Diagram diagram = make_diagram(solution, {.values = true, .gradients = true});
      const std::set<std::size_t> shown = steps_shown(render_beamer(sheet, diagram));
      const std::size_t steps = make_lesson(sheet, diagram).steps.size();
      EXPECT_EQ(shown.size(), steps) << example;
      EXPECT_EQ(*shown.begin(), 1u) << example;
      EXPECT_EQ(*shown.rbegin(), steps) << example;
    }
  }
}

TEST(Beamer, HasThePictureOnceAndOnEveryFrame) {
  const std::string text = slides_of(testing::example_text("mazur"));
  EXPECT_EQ(count(text, "\\begin{tikzpicture}"), 1u);
  EXPECT_EQ(count(text, "\n\\network\n"), count(text, "\\begin{frame}"));
  EXPECT_NE(text.find("\\fromstep{7}{$0.3775$}"), std::string::npos) << "net_h1 is step 7";
}

TEST(Beamer, APieceOfThePictureSaysWhatChangesInIt) {
  // Steps: 1 x, 2 w, 3 y, 4 E, 5 the chain rule, 6 to 8 the first factor, 9 the second, 10 the
  // result.
  const std::string text = slides_of("input x = 2\nweight w = 3\ny = w*x\nE = y^2\nderive E wrt w");
  for (const char* piece :
       {"\\piece{\\insteps{lit}{4,5,6,7,8,10}}{\\draw[wire, -latex, look] (309.4,61.0)",
        "\\piece{}{\\node[caption] at (272.4,41.0) {$y$};}",
        "\\piece{\\known{8}}{\\node[caption, gradient] at (272.4,81.0) {\\fromstep{8}{$12$}};}",
        "\\piece{\\known{2}}{\\node[caption, font=\\small] at (166.7,52.2) "
        "{$w$\\fromstep{2}{${}={}$$3$}};}",
        "\\piece{\\known{10}}{\\node[caption, font=\\small, gradient] at (166.7,69.8) "
        "{\\fromstep{10}{$24$}};}"})
    EXPECT_NE(text.find(piece), std::string::npos) << piece;
}

TEST(Beamer, WithoutAPictureHasMoreLinesOnAFrame) {
  const Solution solution = testing::solve_text(testing::example_text("mazur"));
  const Sheet sheet = make_sheet(solution, {});
  const std::string with = render_beamer(sheet, make_diagram(solution, {})),
                    without = render_beamer(sheet, {});
  EXPECT_EQ(without.find("\\network"), std::string::npos);
  EXPECT_LT(count(without, "\\begin{frame}"), count(with, "\\begin{frame}"));
  EXPECT_EQ(steps_shown(without), steps_shown(with));
}

TEST(Beamer, AnEmptyProblemIsAnEmptyDocument) {
  const std::string text = render_beamer({}, {});
  EXPECT_EQ(count(text, "\\begin{frame}"), 0u);
  EXPECT_TRUE(text.ends_with("\\begin{document}\n\n\\end{document}\n"));
}

TEST(Beamer, NothingFromTheUserReachesItUnescaped) {
  const std::string text = slides_of("title \"\\\\input{x} 100% $a$ & #1\"\ny = 2*3");
  EXPECT_EQ(text.find("\\input{x}"), std::string::npos);
  EXPECT_NE(text.find("100\\% \\$a\\$ \\& \\#1"), std::string::npos);
}

}  // namespace
}  // namespace chalkgrad
