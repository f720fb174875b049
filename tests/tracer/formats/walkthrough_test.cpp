#include "tracer/formats/walkthrough.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {
namespace {

Walkthrough mazur(const SheetOptions& options = {}) {
  return Walkthrough(make_sheet(testing::solve_text(testing::example_text("mazur")), options));
}

std::string text_of(Walkthrough& walkthrough, std::size_t height = 1000) {
  std::string text;
  for (const Walkthrough::Line& line : walkthrough.screen(height)) text += line.text + "\n";
  return text;
}

std::string current(Walkthrough& walkthrough) {
  std::string text;
  for (const Walkthrough::Line& line : walkthrough.screen(1000))
    if (line.current && !line.text.empty()) text += line.text + "\n";
  return text;
}

TEST(Walkthrough, RevealsTheWholeSheetInOrder) {
  for (const std::string& example : testing::worked_examples())
    for (const Style style : {Style::textbook, Style::delta, Style::table}) {
      const Sheet sheet =
          make_sheet(testing::solve_text(testing::example_text(example)), {.style = style});
      Walkthrough walkthrough(sheet);
      std::size_t before = 0;
      do {
        const std::string text = text_of(walkthrough);
        EXPECT_GT(text.size(), before) << example << " step " << walkthrough.step();
        EXPECT_NE(current(walkthrough), "") << example << " step " << walkthrough.step();
        before = text.size();
      } while (walkthrough.next());
      EXPECT_EQ(text_of(walkthrough), render_text(sheet)) << example;
      EXPECT_EQ(walkthrough.step() + 1, walkthrough.count());
    }
}

TEST(Walkthrough, GoesBackTheSameWay) {
  Walkthrough walkthrough = mazur();
  std::vector<std::string> seen;
  do seen.push_back(text_of(walkthrough));
  while (walkthrough.next());
  for (auto text = seen.rbegin(); text != seen.rend(); ++text) {
    EXPECT_EQ(text_of(walkthrough), *text);
    walkthrough.back();
  }
  EXPECT_FALSE(walkthrough.back());
}

TEST(Walkthrough, TheCurrentLineIsAlwaysOnTheScreen) {
  Walkthrough walkthrough = mazur();
  for (const std::size_t height : {1u, 2u, 5u, 24u}) {
    walkthrough.first();
    do {
      const auto screen = walkthrough.screen(height);
      EXPECT_LE(screen.size(), height);
      EXPECT_TRUE(screen.back().current) << walkthrough.step() << " " << height;
    } while (walkthrough.next());
  }
}

TEST(Walkthrough, NothingIsCutOffAtTheMargin) {
  for (const std::size_t width : {30u, 70u, 80u}) {
    Walkthrough walkthrough = mazur({.style = Style::table});
    walkthrough.set_width(width);
    walkthrough.last();
    std::string all;
    for (const Walkthrough::Line& line : walkthrough.screen(10000)) {
      EXPECT_LE(utf8::display_width(line.text), width) << line.text;
      all += line.text;
    }
    EXPECT_NE(all.find("0.7414"), std::string::npos);
    EXPECT_NE(all.find("0.0004386"), std::string::npos);
  }
}

TEST(Walkthrough, ScrollsBackAndNotBeyond) {
  Walkthrough walkthrough = mazur();
  walkthrough.last();
  const std::string bottom = text_of(walkthrough, 10);
  walkthrough.scroll(-3);
  EXPECT_NE(text_of(walkthrough, 10), bottom);
  walkthrough.scroll(100);
  EXPECT_EQ(text_of(walkthrough, 10), bottom);
  walkthrough.scroll(-100000);
  EXPECT_TRUE(text_of(walkthrough, 10).starts_with("A 2-2-2 sigmoid network"));
  walkthrough.scroll(100000);
  EXPECT_EQ(text_of(walkthrough, 10), bottom);
}

TEST(Walkthrough, FindsWhatIsSought) {
  struct Case {
    const char *sought, *label;
  };
  for (const auto& [sought, label] :
       {Case{"net_o1", "A5"}, Case{"E_total", "A11"}, Case{"B7", "B7"}, Case{"b7", "B7"},
        Case{"dE_total/dw1", "B12"}, Case{"∂E_total/∂w1", "B12"}, Case{"w1+", "C1"},
        Case{" dE_total / dw5 ", "B1"}, Case{"eta", ""}, Case{"η", ""}, Case{"w5", ""}}) {
    Walkthrough walkthrough = mazur();
    walkthrough.last();
    EXPECT_TRUE(walkthrough.find(sought)) << sought;
    EXPECT_EQ(walkthrough.label(), label) << sought << ": " << current(walkthrough);
  }
  Walkthrough walkthrough = mazur();
  for (const char* sought : {"nowhere", "", " ", "b99", "\xff", "∂"}) {
    EXPECT_FALSE(walkthrough.find(sought)) << sought;
    EXPECT_EQ(walkthrough.step(), 0u);
  }
}

TEST(Walkthrough, FindsTheNextOneEachTime) {
  Walkthrough walkthrough = mazur();
  std::vector<std::string> labels;
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(walkthrough.find("w5"));
    labels.push_back(walkthrough.label() + ": " + std::to_string(walkthrough.step()));
  }
  // The weights, the chain rule, its last factor, its result.
  EXPECT_EQ(labels[0], ": 1");
  EXPECT_TRUE(labels[1].starts_with("B1:")) << labels[1];
  EXPECT_TRUE(labels[2].starts_with("B4:")) << labels[2];
}

TEST(Walkthrough, OfAnEmptySheetIsEmpty) {
  Walkthrough walkthrough{Sheet{}};
  EXPECT_EQ(walkthrough.count(), 0u);
  EXPECT_FALSE(walkthrough.next());
  EXPECT_FALSE(walkthrough.back());
  EXPECT_FALSE(walkthrough.find("x"));
  walkthrough.last();
  EXPECT_EQ(walkthrough.label(), "");
  EXPECT_TRUE(walkthrough.screen(10).empty());
}

TEST(Walkthrough, KeepsItsPlaceWhenTheWidthChanges) {
  Walkthrough walkthrough = mazur();
  ASSERT_TRUE(walkthrough.find("B8"));
  for (const std::size_t width : {40u, 200u, 1u, 80u}) {
    walkthrough.set_width(width);
    EXPECT_EQ(walkthrough.label(), "B8");
    EXPECT_NE(current(walkthrough).find("∂E_o2/"), std::string::npos);
  }
}

}  // namespace
}  // namespace chalkgrad
