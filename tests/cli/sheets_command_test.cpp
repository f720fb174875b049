#include <gtest/gtest.h>

#include "tests/support/command_line.hpp"

/// `chalkgrad sheets`, and `check` of a class: what is written, and that nothing is half-written.
namespace chalkgrad::testing {
namespace {

class Sheets : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write(
        "sheet.chalk",
        "title \"A step\"\nseed 5\ninput x = random(1, 3, step 0.1)\nweight w = random(0.1, 0.9)\n"
        "target t = 0.2\nout = sigmoid(w*x)\nE = 1/2*(t - out)^2\nderive E wrt w\n"
        "update w rate 0.5\nquestion \"Do one step.\"\npoints 1 for out\npoints 2 for dE/dw, w+\n");
    write("class.csv", "name\nAnna Lee\nBo\n");
  }

  std::string files_in(const std::string& directory) const {
    std::vector<std::string> names;
    for (const auto& file : fs::recursive_directory_iterator(path(directory)))
      if (file.is_regular_file())
        names.push_back(fs::relative(file.path(), path(directory)).string());
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) list += name + " ";
    return list;
  }
};

TEST_F(Sheets, FromOneFileToThePapersOfAClass) {
  const Result result = run("sheets sheet.chalk -o papers --names class.csv");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out + result.err, "");
  EXPECT_EQ(files_in("papers"),
            "01/blanks.md 01/network.svg 01/question.md 01/scheme.md 01/solution.md 02/blanks.md "
            "02/network.svg 02/question.md 02/scheme.md 02/solution.md variants.csv ");
  EXPECT_NE(text_of(path("papers/02/question.md"))
                .find("Do one step.\n\n![The network of this problem](network.svg)\n\n## Given\n"),
            std::string::npos)
      << text_of(path("papers/02/question.md"));
  EXPECT_EQ(text_of(path("papers/02/solution.md")).find("network.svg"), std::string::npos);
  EXPECT_EQ(text_of(path("papers/variants.csv")), "variant,seed,name\n01,5,Anna Lee\n02,6,Bo\n");
  EXPECT_NE(text_of(path("papers/02/question.md")).find("Variant 02 (seed 6): Bo"),
            std::string::npos);
}

TEST_F(Sheets, AllFormatsAtOnce) {
  fs::create_directory(path("empty"));
  const Result result = run(
      "sheets sheet.chalk -o empty/ --variants 2 --seed 9 --parts question,solution --format "
      "html,latex,moodle,gift,qti,rexams,csv --bundle --header Top --footer Foot --paper letter");
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(files_in("empty"),
            "01/question.html 01/question.tex 01/solution.html 01/solution.tex 02/question.html "
            "02/question.tex 02/solution.html 02/solution.tex exercise.Rmd exercise.gift "
            "exercise.xml exercise.zip key.csv question.html question.tex solution.html "
            "solution.tex variants.csv ");
  const std::string bundle = text_of(path("empty/question.tex"));
  EXPECT_NE(bundle.find("letterpaper"), std::string::npos);
  EXPECT_NE(bundle.find("\\lhead{Top}"), std::string::npos);
  EXPECT_NE(bundle.find("Variant 01 (seed 9)"), std::string::npos);
  EXPECT_NE(bundle.find("Variant 02 (seed 10)"), std::string::npos);
}

TEST_F(Sheets, APictureBesideMarkdownIsFoundFromTheBundle) {
  ASSERT_EQ(run("sheets sheet.chalk -o papers --variants 2 --parts question --bundle").status, 0);
  EXPECT_EQ(
      files_in("papers"),
      "01/network.svg 01/question.md 02/network.svg 02/question.md question.md variants.csv ");
  const std::string bundle = text_of(path("papers/question.md"));
  for (const char* picture : {"](01/network.svg)", "](02/network.svg)"})
    EXPECT_NE(bundle.find(picture), std::string::npos) << bundle;
  // The picture has the numbers that are given, and none that is worked out.
  const std::string svg = text_of(path("papers/02/network.svg"));
  EXPECT_NE(svg.find("<svg"), std::string::npos);
}

TEST_F(Sheets, TheSameSeedIsTheSamePaper) {
  EXPECT_EQ(run("sheets sheet.chalk -o a --variants 2").status, 0);
  EXPECT_EQ(run("sheets sheet.chalk -o b --variants 1 --seed 6").status, 0);
  const std::string second = text_of(path("a/02/solution.md"));
  std::string first = text_of(path("b/01/solution.md"));
  first.replace(first.find("Variant 01"), 10, "Variant 02");
  EXPECT_EQ(first, second);
  // And it is what solve says of that seed.
  const std::string solved = run("solve sheet.chalk --seed 6 --format markdown").out;
  EXPECT_NE(second.find(solved.substr(solved.find("## Given"))), std::string::npos);
}

TEST_F(Sheets, ItsSolutionsAreMarkedInFull) {
  ASSERT_EQ(run("sheets sheet.chalk -o papers --variants 3").status, 0);
  const Result result =
      run("check sheet.chalk --variants papers/variants.csv --points --grades grades.csv "
          "--feedback pages papers/*/solution.md");
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_EQ(text_of(path("grades.csv")),
            "file,variant,name,out,∂E/∂w,w⁺,total,of,remark\n"
            "papers/01/solution.md,01,,1,2,2,5,5,\n"
            "papers/02/solution.md,02,,1,2,2,5,5,\n"
            "papers/03/solution.md,03,,1,2,2,5,5,\n");
  EXPECT_EQ(files_in("pages"), "solution-2.html solution-3.html solution.html ");
}

TEST_F(Sheets, StressWritesNothing) {
  const Result result = run("sheets sheet.chalk --stress 20");
  EXPECT_EQ(result.status, 0);
  EXPECT_NE(result.out.find("20 variants, seeds 5 to "), std::string::npos) << result.out;
}

TEST_F(Sheets, RefusesWhatCannotBe) {
  const auto refused = [this](const std::string& arguments, const std::string& message) {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(result.out, "") << arguments;
    EXPECT_EQ(result.err, message) << arguments;
    for (const auto& file : fs::directory_iterator(path(".")))
      EXPECT_EQ(file.path().string().find(".part"), std::string::npos) << arguments;
  };
  const std::string tail = "chalkgrad --help and chalkgrad sheets --help say more\n";
  refused("sheets sheet.chalk",
          "chalkgrad: error: -o: the directory of the papers is required\n" + tail);
  refused("sheets sheet.chalk -o sheet.chalk", "chalkgrad: error: 'sheet.chalk' is no directory\n");
  refused("sheets sheet.chalk -o .",
          "chalkgrad: error: the directory '.' is not empty: name a new one\n");
  refused("sheets sheet.chalk -o new --names class.csv --variants 3",
          "chalkgrad: error: --variants says 3, but 'class.csv' has 2 names\n");
  write("twice.csv", "Bo\nBo\n");
  refused("sheets sheet.chalk -o new --names twice.csv",
          "chalkgrad: error: twice.csv:2: the name 'Bo' stands in line 1 already\n");
  refused(
      "sheets sheet.chalk -o new --parts exam",
      "chalkgrad: error: --parts: 'exam' is not one of question|blanks|solution|scheme\n" + tail);
  refused("sheets sheet.chalk -o new --variants 0",
          "chalkgrad: error: --variants: Value 0 not in range 1 to 1000\n" + tail);
  write("symbols.chalk", "input x\ny = x^2\nderive y wrt x\n");
  refused("sheets symbols.chalk -o new",
          "chalkgrad: error: dy/dx has no number, and none can be asked for\n");
  write("never.chalk", "input x = random(1, 3)\ny = x^2\nderive y wrt x\nrequire y > 10\n");
  refused("sheets never.chalk -o new",
          "never.chalk:4:9: error: this failed in 10000 of 10000 draws\n  require y > 10\n"
          "          ^~~~~~ the random numbers leave too little room\n");
  EXPECT_FALSE(fs::exists(path("new")));
}

TEST_F(Sheets, GradesNeverReplaceWhatIsMarked) {
  write("v.csv", "variant,seed\n01,5\n");
  write("01.txt", "out = 0.5\n");
  fs::create_symlink("sheet.chalk", path("link"));
  fs::create_hard_link(path("01.txt"), path("hard.txt"));
  const std::string before = text_of(path("sheet.chalk"));
  for (const auto& [grades, input] :
       {std::pair{"sheet.chalk", "sheet.chalk"}, std::pair{"./link", "sheet.chalk"},
        std::pair{"v.csv", "v.csv"}, std::pair{"hard.txt", "01.txt"}})
    expect_refused(fmt::format("check sheet.chalk --variants v.csv 01.txt --grades {}", grades),
                   fmt::format("chalkgrad: error: '{}' would be overwritten by the table of "
                               "grades\n",
                               input));
  EXPECT_EQ(text_of(path("sheet.chalk")), before);
  // A table of an earlier run gives way, as an earlier sheet does to solve -o.
  write("grades.csv", "earlier");
  EXPECT_EQ(run("check sheet.chalk --variants v.csv 01.txt --grades grades.csv").status, 1);
  EXPECT_EQ(text_of(path("grades.csv")).substr(0, 5), "file,");
}

TEST_F(Sheets, CheckRefusesTablesItCannotRead) {
  write("answer.txt", "out = 0.5\n");
  write("broken.csv", "variant\n1\n");
  expect_refused("check sheet.chalk --variants broken.csv answer.txt",
                 "chalkgrad: error: broken.csv:1: the heading has no columns variant and seed, as "
                 "chalkgrad sheets writes them\n");
  expect_refused("check good.chalk --points good.chalk",
                 "chalkgrad: error: the problem gives no points: write points 2 for dE/dw5\n");
}

}  // namespace
}  // namespace chalkgrad::testing
