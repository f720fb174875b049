#include "tracer/exercise/variants.hpp"

#include <gtest/gtest.h>

/// Tables of variants and names, and whose variant an answer is to.
namespace chalkgrad {
namespace {

template <class Call>
std::string error_of(const Call& call) {
  try {
    call();
  } catch (const VariantsError& error) {
    return error.what();
  }
  return "";
}

TEST(Variants, LabelsAreOfOneLength) {
  EXPECT_EQ(variant_label(3, 9), "03");
  EXPECT_EQ(variant_label(3, 30), "03");
  EXPECT_EQ(variant_label(3, 300), "003");
}

TEST(Variants, NamesAreReadFromLinesAndTables) {
  const std::vector<std::string> names = {"Anna Lee", "Müller, Max"};
  for (const char* csv : {"Anna Lee\n\"Müller, Max\"\n", "name\nAnna Lee\n\"Müller, Max\"",
                          "Name,class\r\nAnna Lee,9a\r\n\"Müller, Max\",9b\r\n\r\n",
                          "\xEF\xBB\xBFname\nAnna Lee\n\"Müller, Max\"\n\n"})
    EXPECT_EQ(read_names(csv, "class.csv"), names) << csv;
  EXPECT_EQ(read_names("Anna;9a\n", "class.csv"), std::vector<std::string>{"Anna"});
  EXPECT_EQ(error_of([] { (void)read_names("A\n\nB\n", "class.csv"); }),
            "class.csv:2: there is no name in this line");
  EXPECT_EQ(error_of([] { (void)read_names("A\nB\nA\n", "class.csv"); }),
            "class.csv:3: the name 'A' stands in line 1 already");
  EXPECT_EQ(error_of([] { (void)read_names("name\n", "class.csv"); }),
            "class.csv: there is no name");
  EXPECT_EQ(error_of([] { (void)read_names("A\xFF", "class.csv"); }),
            "class.csv:1: the name is not in UTF-8");
}

TEST(Variants, TheTableIsReadBack) {
  const std::vector<Variant> variants = {{1, "01", 7, "Anna \"A\" Lee"}, {2, "02", 9, "Bo, C"}};
  const std::string csv = variants_as_csv(variants);
  EXPECT_EQ(csv, "variant,seed,name\n01,7,\"Anna \"\"A\"\" Lee\"\n02,9,\"Bo, C\"\n");
  const std::vector<Variant> back = read_variants(csv, "v.csv");
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].name, "Anna \"A\" Lee");
  EXPECT_EQ(back[1].seed, 9u);
  EXPECT_EQ(back[1].label, "02");
  // As a spreadsheet saves it: other order, other separator, without the zeros.
  EXPECT_EQ(read_variants("seed;name;variant;mark\n5;Bo;1;\n", "v.csv")[0].seed, 5u);
}

TEST(Variants, SaysWhatIsWrongWithATable) {
  const auto error = [](const char* csv) {
    return error_of([csv] { (void)read_variants(csv, "v.csv"); });
  };
  EXPECT_EQ(error(""), "v.csv: the table is empty");
  EXPECT_EQ(error("variant,seed\n"), "v.csv: there is no variant");
  EXPECT_EQ(
      error("01,7\n"),
      "v.csv:1: the heading has no columns variant and seed, as chalkgrad sheets writes them");
  EXPECT_EQ(error("variant,seed\nx,7\n"), "v.csv:2: 'x' is no number of a variant");
  EXPECT_EQ(error("variant,seed\n1,-7\n"), "v.csv:2: '-7' is no seed");
  EXPECT_EQ(error("variant,seed\n1,7\n01,8\n"), "v.csv:3: variant 1 stands here twice");
}

TEST(Variants, AnAnswerIsFoundByItsFirstLinesItsNameOrItsFolder) {
  const std::vector<Variant> variants = {
      {1, "01", 7, "Anna Lee"}, {2, "02", 9, "Anna"}, {12, "12", 3, "Bo"}};
  struct Answer {
    const char *path, *text, *label;
  };
  for (const Answer& one :
       {Answer{"x.txt", "Variant 12\nE = 3", "12"}, Answer{"01.txt", "my variant: 2\n", "02"},
        Answer{"x.txt", "\n\nVariante Nr. 1", "01"}, Answer{"01.txt", "E = 3", "01"},
        Answer{"answer-2.txt", "", "02"}, Answer{"a/12/answer.txt", "E = 1", "12"},
        Answer{"2026/hw-7/12.txt", "", "12"}, Answer{"anna_lee.txt", "", "01"},
        Answer{"AnnaLee.txt", "", "01"}, Answer{"Anna_12345_assignsubmission.txt", "", "02"},
        Answer{"Bo (final).txt", "", "12"}}) {
    const Variant* found = variant_of_answer(variants, one.path, one.text);
    ASSERT_NE(found, nullptr) << one.path;
    EXPECT_EQ(found->label, one.label) << one.path;
  }
  for (const char* path : {"x.txt", "hw2/zoe.txt", "savannah.txt", "bob.txt", "99.txt"})
    EXPECT_EQ(variant_of_answer(variants, path, "E = 3\nthe variation of x 3"), nullptr) << path;
  EXPECT_EQ(error_of([&] { (void)variant_of_answer(variants, "x.txt", "variant 5"); }),
            "'x.txt' says variant 5, which the table has not");
  EXPECT_EQ(
      error_of([&] { (void)variant_of_answer(variants, "1-2.txt", ""); }),
      "'1-2.txt' names two variants, 01 and 02: say which on its first line, as in variant 2");
}

}  // namespace
}  // namespace chalkgrad
