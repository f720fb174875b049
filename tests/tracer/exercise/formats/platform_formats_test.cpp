#include "tracer/exercise/formats/platform_formats.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tests/support/xml.hpp"
#include "tracer/exercise/exercise_set.hpp"
#include "tracer/exercise/formats/zip_archive.hpp"
#include "tracer/exercise/papers.hpp"

/// Files for course platforms: well-formed, with every number that is asked for.
namespace chalkgrad {
namespace {

/// With everything in names and text that a format could trip over.
const std::string hostile =
    "title \"A & B <3> {x} ~ = # $ ]]> 'q'\"\ninput x = random(1, 3, step 0.1)\nweight w_a = 0.5\n"
    "y = w_a*x\nE = (1 - y)^2\nderive E wrt w_a\nupdate w_a rate 0.1\n"
    "question \"Mind {1:NUMERICAL:=2} ]]> \\ ~ = # & <b>, then $E = (1 - y)^2$.\"\n"
    "points 0.5 for y\npoints 1 for dE/dw_a\n";

PlatformExercise exercise_of(const std::string& text, std::size_t count) {
  const Source source("test.chalk", text);
  PlatformExercise exercise{.title = read_problem(source).title};
  for_each_variant(source, {.count = count}, [&](const SolvedVariant& one) {
    const auto slips = slips_of_answers(one.solution, one.asked, {}, 3);
    const SheetOptions options;
    const PaperSource paper{one.solution, one.variant, options, one.asked, slips};
    exercise.variants.push_back(
        {one.variant, papers()[0].make(paper), papers()[2].make(paper), one.asked, slips});
  });
  return exercise;
}

std::string rendered(std::string_view name, const PlatformExercise& exercise) {
  for (const PlatformFormat& format : platform_formats())
    if (format.name == name) return format.render(exercise);
  ADD_FAILURE() << "no format " << name;
  return {};
}

TEST(PlatformFormats, EachHasEveryNumberThatIsAsked) {
  const PlatformExercise exercise = exercise_of(hostile, 3);
  for (const PlatformFormat& format : platform_formats()) {
    const std::string text = format.render(exercise);
    for (const PlatformVariant& variant : exercise.variants)
      for (const Asked& one : variant.asked)
        EXPECT_NE(text.find(one.shown), std::string::npos) << format.name << ": " << one.shown;
  }
}

/// base64 of <svg/> is PHN2Zy8+.
TEST(PlatformFormats, PicturesAreFilesOrStandInTheText) {
  PlatformExercise exercise = exercise_of(hostile, 1);
  exercise.variants[0].picture = "<svg/>";
  const std::string moodle = rendered("moodle", exercise);
  EXPECT_NE(moodle.find("<p><img src=\"@@PLUGINFILE@@/network-01.svg\" alt=\"The network of this "
                        "problem\"/></p>\n<h2>Given</h2>"),
            std::string::npos)
      << moodle;
  EXPECT_NE(moodle.find("<file name=\"network-01.svg\" path=\"/\" "
                        "encoding=\"base64\">PHN2Zy8+</file>\n</questiontext>"),
            std::string::npos);
  const std::string qti = rendered("qti", exercise);
  EXPECT_NE(qti.find("<file href=\"variant-01.xml\"/><file href=\"network-01.svg\"/></resource>"),
            std::string::npos);
  EXPECT_NE(qti.find("<p><img src=\"network-01.svg\" alt="), std::string::npos);
  EXPECT_NE(qti.find("network-01.svg<svg/>"), std::string::npos);
  EXPECT_NE(rendered("rexams", exercise)
                .find("\n\n![The network of this problem](data:image/svg+xml;base64,PHN2Zy8+)\n\n"),
            std::string::npos);
  // GIFT has no files.
  EXPECT_EQ(rendered("gift", exercise).find("svg"), std::string::npos);
}

TEST(PlatformFormats, WeightsAreWhole) {
  std::vector<Asked> asked(3);
  EXPECT_EQ(weights_of(asked), (std::vector{1, 1, 1}));
  asked[0].points = 0.5;
  asked[1].points = 1;
  EXPECT_EQ(weights_of(asked), (std::vector{1, 2, 0}));
  asked[2].points = 1.0 / 3;
  EXPECT_EQ(weights_of(asked), (std::vector{3, 6, 2}));
}

/// The gaps of a cloze question: after unescaping, weight, type and answers can be told apart.
TEST(PlatformFormats, MoodleIsWellFormedAndKeepsItsGapsApart) {
  const std::string xml = rendered("moodle", exercise_of(hostile, 2));
  EXPECT_EQ(testing::xml_errors(xml), "") << xml;
  std::size_t gaps = 0;
  for (auto at = xml.find(":NUMERICAL:="); at != std::string::npos;
       at = xml.find(":NUMERICAL:=", at + 1))
    if (xml[xml.find_last_not_of("0123456789", at - 1)] == '{') ++gaps;
  // Three in each variant (all that is asked), and none by what the file says.
  EXPECT_EQ(gaps, 6u) << xml;
}

/// Of the escapes within a gap Moodle undoes only two; entities it undoes once, and shows HTML.
TEST(PlatformFormats, FeedbackIsShownAsItIs) {
  PlatformExercise exercise = exercise_of("input x = 3\ny = x^2/7\nderive y wrt x", 1);
  exercise.title = "A slip";
  exercise.variants[0].slips[0] = {{2.5, "2.5", R"(∂E/∂y is "x" if x < 1 & ~\} #1)"}};
  EXPECT_NE(rendered("moodle", exercise)
                .find("~%0%2.5:0.0001#∂E/∂y is &#38;quot;x&#38;quot; if x &#38;lt; 1 &#38;amp; "
                      "&#126;&#92;&#125; #1}"),
            std::string::npos)
      << rendered("moodle", exercise);
  EXPECT_NE(rendered("gift", exercise)
                .find(R"(=%0%2.5:0.0001#∂E/∂y is &quot;x&quot; if x &lt; 1 &amp; \~\\\} \#1)"),
            std::string::npos)
      << rendered("gift", exercise);
}

/// In the path of a category a stroke of the title's own is written twice.
TEST(PlatformFormats, AStrokeInATitleOpensNoCategory) {
  const auto category_of_title = [](const std::string& title) {
    return category_of(PlatformExercise{.title = title, .variants = {}});
  };
  EXPECT_EQ(category_of_title("One step"), "$course$/top/One step");
  EXPECT_EQ(category_of_title("in/out"), "$course$/top/in//out");
  EXPECT_EQ(category_of_title("/x/"), "$course$/top/ //x// ");
}

TEST(PlatformFormats, GiftEscapesWhatEndsItsParts) {
  const std::string gift = rendered("gift", exercise_of(hostile, 1));
  std::size_t open = 0, close = 0;
  for (std::size_t i = 0; i < gift.size(); ++i) {
    const bool escaped = i > 0 && gift[i - 1] == '\\';
    if (gift[i] == '{' && !escaped) ++open;
    if (gift[i] == '}' && !escaped) ++close;
  }
  EXPECT_EQ(open, 4u) << gift;  // y, dE/dw_a, w_a+ and the category's braces
  EXPECT_EQ(close, open);
}

/// Its grammar has no exponent; and what is close to 0 is not asked for as if it were 0.
TEST(PlatformFormats, GiftHasSmallNumbersInPlainDecimals) {
  const std::string gift = rendered(
      "gift",
      exercise_of("input x = 3\ny = 1e-9*x\nz = y/7\nderive z wrt x\npoints 1 for y, z", 1));
  EXPECT_NE(gift.find("\n=0.000000003:0.000000000001\n"), std::string::npos) << gift;
  EXPECT_NE(gift.find("\n=0.0000000004286:0.0000000000001\n"), std::string::npos) << gift;
}

TEST(PlatformFormats, QtiIsAPackageOfWellFormedItems) {
  const std::string zip = rendered("qti", exercise_of(hostile, 2));
  for (const char* name : {"imsmanifest.xml", "variant-01.xml", "variant-02.xml"})
    EXPECT_NE(zip.find(name), std::string::npos);
  for (auto at = zip.find("<?xml"); at != std::string::npos; at = zip.find("<?xml", at + 1)) {
    const auto end = std::min(zip.find("</assessmentItem>\n", at), zip.find("</manifest>\n", at));
    ASSERT_NE(end, std::string::npos);
    const std::string document = zip.substr(at, zip.find('\n', end) + 1 - at);
    EXPECT_EQ(testing::xml_errors(document), "") << document;
  }
}

/// Small numbers are asked for more exactly, and which are small differs from variant to variant.
TEST(PlatformFormats, AnRExerciseHasTheTolerancesOfEachVariant) {
  PlatformExercise exercise = exercise_of("input x = 3\ny = x^2/7\nderive y wrt x", 2);
  exercise.title = "`r 1` is no R";
  exercise.variants[1].asked[0].tolerance = 0.00001;
  const std::string rmd = rendered("rexams", exercise);
  EXPECT_NE(rmd.find("tolerances <- list(\nc(0.0001),\nc(0.00001))\n"), std::string::npos) << rmd;
  EXPECT_NE(rmd.find("\nextol: `r paste(tolerances[[k]], collapse = \"|\")`\n"), std::string::npos);
  EXPECT_NE(rmd.find("name <- r\"-(`r 1` is no R)-\"\n"), std::string::npos) << rmd;
  EXPECT_NE(rmd.find("\nexname: `r name`\n"), std::string::npos) << rmd;
}

// Made with Python's zipfile: the checksum of "hello" is 0x3610A686.
TEST(ZipArchive, IsTheFormatToTheByte) {
  const std::string archive = zip_archive({{"a.txt", "hello"}});
  EXPECT_EQ(archive.substr(0, 4), "PK\x03\x04");
  EXPECT_EQ(archive.substr(14, 4), std::string("\x86\xA6\x10\x36"));
  EXPECT_EQ(archive.size(), 30u + 5 + 5 + 46 + 5 + 22);
}

TEST(PlatformFormats, TheKeyIsATable) {
  const std::string key =
      rendered("csv", exercise_of("input x = 3\ny = x^2/7\nderive y wrt x\npoints 1 for y", 1));
  EXPECT_EQ(key,
            "variant,seed,name,quantity,value,shown,tolerance,points\n"
            "01,1,,y,1.2857142857142858,1.2857,0.0001,1\n"
            "01,1,,dy/dx,0.8571428571428571,0.8571,0.0001,0\n");
}

}  // namespace
}  // namespace chalkgrad
