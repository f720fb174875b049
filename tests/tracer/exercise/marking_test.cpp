#include "tracer/exercise/marking.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/formats/text.hpp"

/// Points for answers, with follow-through, and a class against its own variants.
namespace chalkgrad {
namespace {

const std::string unit_of_class =
    "input x = random(1, 9, step 0.5)\nweight w = random(0.1, 0.9)\ntarget t = 0.8\nnet = w*x\n"
    "out = sigmoid(net)\nE = 1/2*(t - out)^2\nderive E wrt w\nupdate w rate 0.5\n"
    "points 1 for net\npoints 1.5 for out\npoints 2 for dE/dw, w+\n";

struct Marked {
  std::string earned;
  FileReport report;
};

/// "net 1, out 0 wrong, …"
Marked mark(const std::string& problem, const std::string& answer) {
  const Source source("test.chalk", problem);
  ClassMarker marker(source, {}, std::nullopt, {}, true);
  Marked marked{{}, marker.mark("answer.txt", answer)};
  for (const Earned& one : marked.report.earned)
    marked.earned += fmt::format("{}{} {} {}", marked.earned.empty() ? "" : ", ", one.quantity,
                                 points_in_digits(one.points), how_name(one.how));
  return marked;
}

std::string with_input(const std::string& x) {
  std::string text = unit_of_class;
  text.replace(text.find("random(1, 9, step 0.5)"), 22, x);
  return text.replace(text.find("random(0.1, 0.9)"), 16, "0.5");
}

// NumPy, x = 2: net = 1, out = 0.7310585786, dE/dw = -0.0271109, w+ = 0.5135555.
TEST(Marking, ASlipCostsOnce) {
  const std::string problem = with_input("2");
  EXPECT_EQ(mark(problem, "net = 0.5*2 = 1\nout = 0.7311\ndE/dw = -0.0271\nw+ = 0.5136\n").earned,
            "net 1 right, out 1.5 right, ∂E/∂w 2 right, w⁺ 2 right");
  EXPECT_EQ(mark(problem,
                 "net = 0.5*2 = 1\nout = 0.7311\n"
                 "dE/dw = -(0.8 - 0.7311)*0.7311*(1 - 0.7311) = -0.01355\n"
                 "w+ = 0.5 - 0.5*(-0.01355) = 0.5068\n")
                .earned,
            "net 1 right, out 1.5 right, ∂E/∂w 0 wrong, w⁺ 2 follows");
  EXPECT_EQ(mark(problem, "net = 1\nw+ = 0.57\n").earned,
            "net 1 right, out 0 missing, ∂E/∂w 0 missing, w⁺ 0 wrong");
  EXPECT_EQ(mark(problem, "nothing\n").earned,
            "net 0 missing, out 0 missing, ∂E/∂w 0 missing, w⁺ 0 missing");
}

/// (1 − out) forgotten in ∂E/∂net, and gone on from with all digits; Python: (out − t)·out =
/// −0.05040022, times x −0.1008004, the right one −0.0135547.
TEST(Marking, ASlipCarriedInAllItsDigitsCostsOnce) {
  std::string problem = with_input("2");
  problem.replace(problem.find("points 1 for net"), 16, "points 1 for dE/dnet");
  EXPECT_EQ(mark(problem, "out = 0.7311\ndE/dnet = -0.0504\ndE/dw = -0.1008004\n").earned,
            "out 1.5 right, ∂E/∂w 2 follows, ∂E/∂net 0 wrong, w⁺ 0 missing");
}

/// A wrong number times a right one that was rounded on paper only; Python: −0.777777·σ(1) =
/// −0.568601, and −0.568633 with 0.7311.
TEST(Marking, BehindASlipRightNumbersMayHaveAllTheirDigits) {
  const std::string problem =
      "input x = 2\nweight w = 0.5, v = 0.3\ntarget t = 0.8\nh = sigmoid(w*x)\ny = v*h\n"
      "E = 1/2*(t - y)^2\nderive E wrt v\npoints 1 for h\npoints 1 for dE/dy\npoints 2 for dE/dv\n";
  for (const char* written : {"-0.568601", "-0.568633"})
    EXPECT_EQ(mark(problem, std::string("h = 0.7311\ndE/dy = -0.777777\ndE/dv = ") + written + "\n")
                  .earned,
              "h 1 right, ∂E/∂v 2 follows, ∂E/∂y 0 wrong")
        << written;
}

TEST(Marking, AFormulaWithoutItsNumberEarnsNothing) {
  const std::string problem = with_input("2");
  EXPECT_EQ(mark(problem,
                 "net = w*x\nout = sigmoid(net)\ndE/dw = dE/dout*dout/dnet*dnet/dw\n"
                 "w+ = w - 0.5*dE/dw\n")
                .earned,
            "net 0 formula only, out 0 formula only, ∂E/∂w 0 formula only, w⁺ 0 formula only");
  EXPECT_EQ(mark(problem, "net = w*x = 1\n").earned.substr(0, 11), "net 1 right");
}

TEST(Marking, WhatWasNotReadIsNotCalledMissing) {
  const FileReport report =
      mark(with_input("2"), "net is roughly 0.9 or so, 5 kg\nout about 7.3 foo\nw+ = 0.57\n")
          .report;
  const std::string text = report_as_text(report, {});
  EXPECT_NE(text.find("  net    0 of 1  not read, lines 1, 2\n"
                      "  out    0 of 1.5  not read, lines 1, 2\n"
                      "  ∂E/∂w  0 of 2  not read, lines 1, 2\n"
                      "  w⁺     0 of 2  wrong, line 3\n"),
            std::string::npos)
      << text;
  EXPECT_NE(report_as_markdown(report, {}).find("| 0 | 1 | not read, lines 1, 2 |"),
            std::string::npos);
  EXPECT_NE(report_as_html(report, {}).find("<td>not read, lines 1, 2</td>"), std::string::npos);
  EXPECT_EQ(grades_as_csv({report}),
            "file,variant,name,net,out,∂E/∂w,w⁺,total,of,remark\n"
            "answer.txt,,,0,0,0,0,0,6.5,\"not read, lines 1, 2\"\n");
}

TEST(Marking, ASlipInAStepWithoutPointsCostsWhatFollowsFirst) {
  EXPECT_EQ(mark(with_input("2"),
                 "net = 1\nout = 0.7311\ndE/dout = 0.8 - 0.7311 = 0.0689\n"
                 "dE/dw = 0.0689*0.1966*2 = 0.0271\n"
                 "w+ = 0.5 - 0.5*0.0271 = 0.4865\n")
                .earned,
            "net 1 right, out 1.5 right, ∂E/∂w 0 wrong, w⁺ 2 follows");
}

TEST(Marking, ThePointsStandInEveryReport) {
  const FileReport report = mark(with_input("2"), "net = 1\nout = 0.77\n").report;
  const std::string text = report_as_text(report, {});
  EXPECT_NE(text.find("answer.txt: 1 of 6.5 points\n"
                      "  net    1 of 1\n"
                      "  out    0 of 1.5  wrong, line 2\n"
                      "  ∂E/∂w  0 of 2  missing\n"
                      "  w⁺     0 of 2  missing\n"),
            std::string::npos)
      << text;
  EXPECT_NE(report_as_markdown(report, {}).find("**1 of 6.5 points**"), std::string::npos);
  EXPECT_NE(report_as_json({report}, {}).find("\"how\": \"missing\""), std::string::npos);
  const std::string page = report_as_html(report, {});
  EXPECT_NE(page.find("<mark class=\"wrong\">0.77</mark>"), std::string::npos) << page;
  EXPECT_NE(page.find("<strong>1 of 6.5 points</strong>"), std::string::npos);
}

TEST(Marking, NothingOfAnAnswerIsReadAsMarkup) {
  const std::string page =
      report_as_html(mark(with_input("2"), "<script>x</script> net = 2 </pre>\n").report, {});
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

/// −0.18 for −0.1 is a sign; that another variant has net = −0.18, and so its out, proves nothing.
TEST(Marking, ASlipThatGivesTheNumberOfAnotherVariantIsASlip) {
  const Source source("test.chalk",
                      "input x = random from 0.2, 0.9\ntarget t = 0.8\nnet = 0.5*x - 0.28\n"
                      "out = sigmoid(net)\nderive out wrt x\npoints 1 for net\npoints 1 for out\n");
  std::vector<Variant> variants;
  for (std::size_t seed = 1; variants.size() < 8; ++seed)
    variants.push_back({variants.size() + 1, fmt::format("{}", variants.size() + 1), seed, ""});
  ClassMarker marker(source, variants, std::nullopt, {}, true);
  for (const Variant& one : variants) {
    const bool small =
        solve(read_problem(source, one.seed)).problem.find("x")->number->value() == 0.2;
    const FileReport report =
        marker.mark(one.label + ".txt",
                    small ? "net = 0.1700\nout = 0.5424\n" : "net = -0.1800\nout = 0.4551\n");
    EXPECT_TRUE(report.conventions.empty()) << one.label;
    EXPECT_EQ(points_sum(report).points, 1);
  }
}

TEST(Marking, EachAnswerIsToItsOwnVariant) {
  const Source source("test.chalk", unit_of_class);
  const std::vector<Variant> variants = {{1, "01", 4, "Anna"}, {2, "02", 9, ""}};
  ClassMarker marker(source, variants, std::nullopt, {}, true);
  const auto sheet_of = [&](std::uint64_t seed) {
    return render_text(make_sheet(solve(read_problem(source, seed)), {}));
  };
  EXPECT_EQ(points_sum(marker.mark("anna.txt", sheet_of(4))).points, 6.5);
  EXPECT_EQ(points_sum(marker.mark("02.txt", sheet_of(9))).points, 6.5);
  EXPECT_EQ(marker.mark("02.txt", sheet_of(9)).variant, "02");
  EXPECT_EQ(marker.mark("anna.txt", "net = 1\n").student, "Anna");
  // Another's numbers, worked out rightly, are not one's own answer.
  EXPECT_EQ(points_sum(marker.mark("anna.txt", sheet_of(9))).points, 0);
  // Also where nothing says what was given: the values tell.
  std::string work = sheet_of(9);
  work = work.substr(work.find("Forward pass"));
  const FileReport copied = marker.mark("anna.txt", work);
  EXPECT_EQ(points_sum(copied).points, 0);
  EXPECT_EQ(copied.conventions, std::vector<std::string>{"these are the numbers of variant 02"});
  EXPECT_EQ(marker.mark("x.txt", "net = 1\n").failure,
            "nothing says which variant this answers: begin it with variant 3, or name the file "
            "so");
  EXPECT_EQ(marker.mark("x.txt", "variant 7\n").failure,
            "'x.txt' says variant 7, which the table has not");
}

TEST(Marking, GradesAreATable) {
  FileReport one = mark(with_input("2"), "net = 1\n").report;
  one.path = "a, b.txt";
  FileReport failed;
  failed.path = "c.txt";
  failed.failure = "cannot read 'c.txt'";
  EXPECT_EQ(grades_as_csv({one, failed}),
            "file,variant,name,net,out,∂E/∂w,w⁺,total,of,remark\n"
            "\"a, b.txt\",,,1,0,0,0,1,6.5,\n"
            "c.txt,,,,,,,,,cannot read 'c.txt'\n");
}

TEST(Marking, AProblemWithoutPointsHasNoneToGive) {
  EXPECT_THROW((void)mark("input x = 2\ny = x^2\nderive y wrt x", "y = 4"), NothingToAsk);
}

}  // namespace
}  // namespace chalkgrad
