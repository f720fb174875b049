#include "tracer/exercise/papers.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/exercise/exercise_set.hpp"
#include "tracer/exercise/formats/html_fragment.hpp"
#include "tracer/expression/decimal_comma.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/formats/text.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/ascii.hpp"

/// The papers of an exercise: what each says, and what question and blanks never say.
namespace chalkgrad {
namespace {

const std::string one_unit =
    "title \"One unit\"\ninput x = 2\nweight w = 0.5\ntarget t = 0.8\nnet = w*x\n"
    "out = sigmoid(net)\nE = 1/2*(t - out)^2\nderive E wrt w\nupdate w rate 0.5\n"
    "question \"Do one step, and find $dE/dw$.\"\npoints 1 for net\npoints 2 for dE/dw\n";

Sheet paper(std::string_view name, const Solution& solution, Gaps gaps = Gaps::values,
            const SheetOptions& options = {}) {
  const Variant variant{3, "03", 7, "Anna Lee"};
  const std::vector<Asked> asked = what_is_asked(solution, options.numerals);
  std::vector<AnswerSlips> slips(asked.size());
  if (name == "scheme") slips = slips_of_answers(solution, asked, options.numerals, 3);
  for (const Paper& one : papers())
    if (one.name == name) return one.make({solution, variant, options, asked, slips, gaps});
  ADD_FAILURE() << "no paper " << name;
  return {};
}

TEST(Papers, TheQuestionSaysWhatIsGivenAndAsked) {
  EXPECT_EQ(render_text(paper("question", testing::solve_text(one_unit)), {.width = 60}),
            R"(One unit
========

  Variant 03 (seed 7): Anna Lee

  Do one step, and find ∂E/∂w.

Given

  input          x = 2
  weight         w = 0.5
  target         t = 0.8
  learning rate  η = 0.5

Network

  σ(z) = 1/(1 + exp(−z))

  net = w·x
  out = σ(net)
  E = 1/2·(t − out)^2

Asked

  quantity   points
  net             1
  ∂E/∂w           2
  w⁺

  Altogether 3 points. Give numbers with 4 decimals and 4
  significant digits at least.
)");
}

TEST(Papers, BlanksLeaveOpenWhatIsWorkedOut) {
  const Solution solution = testing::solve_text(one_unit);
  const std::string values = render_text(paper("blanks", solution), {.width = 100});
  EXPECT_NE(
      values.find("net = w·x = " + std::string(36, '_') + " = " + std::string(18, '_') + "  "),
      std::string::npos)
      << values;
  EXPECT_NE(values.find("∂E/∂w = ∂E/∂out · ∂out/∂net · ∂net/∂w"), std::string::npos);
  EXPECT_NE(values.find("∂E/∂out = −(t − out)"), std::string::npos);
  EXPECT_NE(values.find("w⁺ = w − η·∂E/∂w = ____"), std::string::npos);
  const std::string formulas = render_text(paper("blanks", solution, Gaps::formulas));
  EXPECT_EQ(formulas.find("−(t − out)"), std::string::npos) << formulas;
  EXPECT_NE(formulas.find("∂E/∂out = ____"), std::string::npos);
  const std::string frame = render_text(paper("blanks", solution, Gaps::frame));
  EXPECT_EQ(frame.find("net = w·x"), std::string::npos) << frame;
  EXPECT_NE(frame.find("∂E/∂w = ____"), std::string::npos);
}

/// Which case holds is for the student to find, and so is how long a number is: but for what is
/// given the blanks of all variants are one paper.
TEST(Papers, BlanksSayNothingOfTheNumbersThatAreWorkedOut) {
  const std::string by_cases =
      "huber(r) = 1/2*r^2 if |r| <= 1, |r| - 1/2 otherwise\nramp(z) = 0 if z < 0, 3*z otherwise\n"
      "input x, u = random(-3, 3, step 0.01)\nweight w, v = random(-2, 2, step 0.1, except 0)\n"
      "target t = random(-1, 1, step 0.1)\nnet = w*x\nm = max(v*u, net)\nh = relu(m)\n"
      "k = ramp(net)\nE = huber(h + k - t)\nderive E wrt w, v\nupdate w, v rate 0.1\n";
  const Source source("test.chalk", by_cases);
  for (const Style style : {Style::textbook, Style::delta, Style::paths, Style::table})
    for (const Detail detail : {Detail::brief, Detail::standard, Detail::full})
      for (const Gaps gaps : {Gaps::values, Gaps::formulas}) {
        std::set<std::string> different;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
          const Sheet sheet = paper("blanks", solve(read_problem(source, seed)), gaps,
                                    {.detail = detail, .style = style});
          const std::string text = render_text(sheet, {.width = 140});
          different.insert(text.substr(text.find("\nForward pass\n")));
        }
        EXPECT_EQ(different.size(), 1u)
            << static_cast<int>(style) << static_cast<int>(detail) << *different.begin();
      }
}

TEST(Papers, TheSchemeSaysWhatEarnsPointsAndWhatSlipsGive) {
  const std::string scheme =
      render_text(paper("scheme", testing::solve_text(one_unit)), {.width = 100});
  // NumPy: out = 0.7310585786, dE/dw = -0.02711093.
  EXPECT_NE(scheme.find("  A1     net               1      0.0001        1\n"
                        "  B1     ∂E/∂w      −0.02711     0.00001        2\n"),
            std::string::npos)
      << scheme;
  EXPECT_NE(scheme.find("0.02711   the sign is wrong"), std::string::npos) << scheme;
}

TEST(Papers, TheSchemeIsInTheOrderOfTheLines) {
  const std::string scheme = render_text(
      paper("scheme", testing::solve_text("input x = 2\nweight w = 0.5\na = w*x\nb = a^2\nc = 3*b\n"
                                          "derive c wrt w\npoints 1 for c, a, b, dc/db")),
      {.width = 100});
  std::string labels;
  for (std::size_t at = scheme.find("\nPoints"); at < scheme.find("Altogether");
       at = scheme.find("\n  ", at + 1))
    labels += scheme.substr(at + 3, 2) + " ";
  EXPECT_EQ(labels, "in li A1 A2 A3 B1 B2 Al ") << scheme;
}

TEST(Papers, DecimalCommasChangeNothingButThePoints) {
  const Solution solution = testing::solve_text(one_unit);
  for (const Paper& one : papers()) {
    const std::string points = render_text(paper(one.name, solution));
    SheetOptions options;
    options.numerals.decimal_comma = true;
    const std::string commas = render_text(paper(one.name, solution, Gaps::values, options));
    EXPECT_EQ(commas, with_decimal_comma(points)) << one.name;
    EXPECT_NE(commas, points) << one.name;
  }
}

/// The numerals in a text, with their places.
std::set<std::string> numerals_of(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins =
        is_digit(text[at]) &&
        (at == 0 || !(is_letter(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '.'));
    std::size_t end = at;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
    if (begins && end > at) found.insert(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return found;
}

/// No number that is asked for, or on the way to it, stands in question or blanks, in any format.
TEST(Papers, NoAnswerIsFoundInQuestionOrBlanks) {
  for (unsigned seed = 1; seed <= testing::rounds(40); ++seed) {
    testing::Random random(seed);
    const std::string file = testing::random_network(random);
    SCOPED_TRACE(::testing::Message() << "seed " << seed << "\n" << file);
    const Solution solution = testing::solve_text(file);
    std::set<std::string> given = numerals_of(file);
    std::vector<double> worked_out;
    for (const Asked& one : what_is_asked(solution, {})) worked_out.push_back(one.value);
    for (QuantityIndex q = 0; q < solution.quantities->size(); ++q)
      if (!(*solution.quantities)[q].given) worked_out.push_back((*solution.quantities)[q].value);
    std::set<std::string> shown;
    for (const Style style : {Style::textbook, Style::delta, Style::paths, Style::table}) {
      const SheetOptions options{.style = style};
      std::vector<Sheet> sheets = {paper("question", solution, Gaps::values, options)};
      for (const Gaps gaps : {Gaps::values, Gaps::formulas, Gaps::frame})
        sheets.push_back(paper("blanks", solution, gaps, options));
      for (const Sheet& sheet : sheets)
        for (const std::string& text :
             {render_text(sheet), render_latex(sheet), render_markdown(sheet),
              html_fragment(sheet, HtmlMathematics::plain)})
          shown.merge(numerals_of(text));
    }
    for (const std::string& numeral : shown) {
      const bool tells = numeral.find('.') != std::string::npos && numeral.size() > 4;
      if (!tells || given.contains(numeral)) continue;
      for (const double value : worked_out)
        EXPECT_FALSE(is_agreement(agreement(numeral, std::abs(value)))) << numeral;
    }
  }
}

TEST(Papers, AskForWhatTheFileDerivesAndUpdates) {
  const auto asked = [](const std::string& text) {
    std::string list;
    for (const Asked& one : what_is_asked(testing::solve_text(text), {}))
      list += one.target.title() + "=" + one.shown + " ";
    return list;
  };
  EXPECT_EQ(asked(one_unit), "net=1 dE/dw=-0.02711 w+=0.5136 ");
  EXPECT_EQ(asked("input x = 3\ny = x^2\nz = y + 1\nderive z wrt x\npoints 1 for y, dz/dy"),
            "y=9 dz/dx=6 dz/dy=1 ");
  const auto error = [](const std::string& text) {
    try {
      (void)what_is_asked(testing::solve_text(text), {});
    } catch (const NothingToAsk& problem) {
      return std::string(problem.what());
    }
    return std::string();
  };
  EXPECT_EQ(error("input x = 3\ny = x^2"),
            "nothing is asked for: the file has no derive statement and no points");
  EXPECT_EQ(error("input x\ny = x^2\nderive y wrt x"),
            "dy/dx has no number, and none can be asked for");
}

TEST(ExerciseSet, SeedsThatGiveAnExerciseAgainArePassedOver) {
  const Source source("test.chalk", "input x = random(1, 3, step 1)\ny = x^2\nderive y wrt x");
  std::set<double> values;
  const auto use = [&](const SolvedVariant& one) { values.insert(one.asked[0].value); };
  const std::vector<Variant> three = for_each_variant(source, {.count = 3}, use);
  EXPECT_EQ(values.size(), 3u);
  EXPECT_EQ(three.back().label, "03");
  try {
    for_each_variant(source, {.count = 4}, use);
    ADD_FAILURE() << "four of three";
  } catch (const VariantsError& error) {
    EXPECT_STREQ(error.what(),
                 "only 3 different exercises were found with 180 seeds, and 4 are wanted: give the "
                 "random numbers more room");
  }
}

TEST(ExerciseSet, NumbersThatGiveNoValueAreDrawnAgain) {
  const Source source("test.chalk",
                      "input x = random from 0, 2, 3\ny = ln(x)\nderive y wrt x\npoints 1 for y");
  const std::string report = stress_report(source, {.count = 2, .seed = 1});
  EXPECT_NE(report.find(" draws gave something no value\n"), std::string::npos) << report;
  // Nor is a derivative asked for where there is none.
  const Source root("test.chalk", "input x = random from 0, 4\ny = sqrt(x)\nderive y wrt x");
  for_each_variant(root, {.count = 1, .seed = 1},
                   [](const SolvedVariant& one) { EXPECT_EQ(one.asked[0].value, 0.25); });
  const Source never("test.chalk", "input x = random from 0, 4\ninput u\ny = u*x\nderive y wrt x");
  try {
    for_each_variant(never, {.count = 1, .seed = 1}, [](const SolvedVariant&) {});
    ADD_FAILURE() << "a variant of symbols";
  } catch (const NothingToAsk& error) {
    EXPECT_STREQ(error.what(), "dy/dx has no number, and none can be asked for");
  }
}

TEST(ExerciseSet, StressSaysHowResultsRange) {
  const Source source("test.chalk",
                      "input x = random(1, 3, step 1)\ny = x - 1\nz = y*x\n"
                      "derive z wrt x\npoints 1 for y");
  EXPECT_EQ(stress_report(source, {.count = 3, .seed = 1}).substr(0, 11), "3 variants,");
  const std::string report = stress_report(source, {.count = 3, .seed = 1});
  EXPECT_NE(report.find("\ny                  0             2           2             0\n"),
            std::string::npos)
      << report;
}

}  // namespace
}  // namespace chalkgrad
