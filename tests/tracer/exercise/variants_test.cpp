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

TEST(Variants, NamesThatFilesCannotTellApartAreRefused) {
  const auto error = [](const char* csv) {
    return error_of([csv] { (void)read_names(csv, "class.csv"); });
  };
  EXPECT_EQ(error("A B\nA_B\n"),
            "class.csv:2: the name of a file cannot tell 'A_B' from 'A B' in line 1");
  EXPECT_EQ(error("name\nÅsa\nBo\n\u00E5sa\n"),
            "class.csv:4: the name of a file cannot tell 'åsa' from 'Åsa' in line 2");
  EXPECT_EQ(error("Straße\nStrasse\n"),
            "class.csv:2: the name of a file cannot tell 'Strasse' from 'Straße' in line 1");
  EXPECT_EQ(error("Müller\nMueller\nMuller\nAnna Lee\nLee Anna\nLee\n"), "");
}

}  // namespace
}  // namespace chalkgrad
