#include "tracer/exercise/answer_variant.hpp"

#include <gtest/gtest.h>

#include <string>

/// Whose variant an answer is to, by what it says, by its file's name and by its folder's.
namespace chalkgrad {
namespace {

/// The label of the variant that was found, "" for none, or the error.
std::string found(const std::vector<Variant>& variants, const char* path, const char* text = "") {
  try {
    const Variant* variant = variant_of_answer(variants, path, text);
    return variant == nullptr ? "" : variant->label;
  } catch (const VariantsError& error) {
    return error.what();
  }
}

/// A table of these names, from variant 01 on.
std::vector<Variant> table_of(const std::vector<const char*>& names) {
  std::vector<Variant> variants;
  for (std::size_t i = 0; i < names.size(); ++i)
    variants.push_back({i + 1, variant_label(i + 1, names.size()), i, names[i]});
  return variants;
}

struct FileName {
  const char *path, *label;
};

TEST(AnswerVariant, IsFoundByItsFirstLinesItsNameOrItsFolder) {
  const std::vector<Variant> variants = {
      {1, "01", 7, "Anna Lee"}, {2, "02", 9, "Anna"}, {12, "12", 3, "Bo"}};
  EXPECT_EQ(found(variants, "x.txt", "Variant 12\nE = 3"), "12");
  EXPECT_EQ(found(variants, "01.txt", "my variant: 2\n"), "02");
  EXPECT_EQ(found(variants, "x.txt", "\n\nVariante Nr. 1"), "01");
  for (const FileName& one :
       {FileName{"01.txt", "01"}, FileName{"answer-2.txt", "02"}, FileName{"a/12/answer.txt", "12"},
        FileName{"2026/hw-7/12.txt", "12"}, FileName{"anna_lee.txt", "01"},
        FileName{"AnnaLee.txt", "01"}, FileName{"Anna_12345_assignsubmission.txt", "02"},
        FileName{"Bo (final).txt", "12"}, FileName{"12/x.txt", "12"}})
    EXPECT_EQ(found(variants, one.path), one.label) << one.path;
  for (const char* path : {"x.txt", "hw2/zoe.txt", "savannah.txt", "bob.txt", "2026/x.txt"})
    EXPECT_EQ(found(variants, path, "E = 3\nthe variation of x 3"), "") << path;
}

TEST(AnswerVariant, ThatTheTableHasNotIsSaidWithItsNumber) {
  const std::vector<Variant> variants = table_of({"Anna", "Bo"});
  EXPECT_EQ(found(variants, "x.txt", "variant 5"),
            "'x.txt' says variant 5, which the table has not");
  for (const std::string path : {"77.txt", "variant77.txt", "answer-77.md", "nr. 77.txt"})
    EXPECT_EQ(found(variants, path.c_str()),
              "'" + path + "' says variant 77, which the table has not");
}

TEST(AnswerVariant, TwoInTheFirstLinesAreAnError) {
  const std::vector<Variant> variants = table_of({"", "", ""});
  EXPECT_EQ(found(variants, "01.txt", "variant 3\nno, variant 2\n"),
            "'01.txt' says variants 3 and 2 in its first lines: leave the one that it answers");
  EXPECT_EQ(found(variants, "01.txt", "Variant 3\nmy variant is 03\n"), "03");
}

TEST(AnswerVariant, NamesAreTheSameInCapitalsAndDecomposed) {
  const std::vector<Variant> variants =
      table_of({"Müller", "Ångström Åsa", "Élodie", "Łukasz", "Straße", "Нина Чайкина", "Άννα"});
  for (const FileName& one :
       {FileName{"Mu\u0308ller.txt", "01"}, FileName{"MÜLLER.txt", "01"},
        FileName{"Ab3_Mu\u0308ller.txt", "01"}, FileName{"ÄNGSTRÖM.txt", ""},
        FileName{"ÅNGSTRÖM_ÅSA.txt", "02"}, FileName{"A\u030Asa A\u030Angstro\u0308m.txt", "02"},
        FileName{"A\u030ANGSTRO\u0308M, A\u030ASA.txt", "02"}, FileName{"élodie.txt", "03"},
        FileName{"łukasz.txt", "04"}, FileName{"STRASSE.txt", "05"}, FileName{"STRAẞE.txt", "05"},
        FileName{"ЧАИ\u0306КИНА_НИНА.txt", "06"}, FileName{"ΆΝΝΑ.txt", "07"},
        FileName{"Mueller.txt", "01"}, FileName{"lukasz.txt", "04"}, FileName{"ELODIE.txt", "03"}})
    EXPECT_EQ(found(variants, one.path), one.label) << one.path;
  const std::vector<Variant> alike = table_of({"Müller", "Mueller", "Muller"});
  EXPECT_EQ(found(alike, "mu\u0308ller.txt"), "01");
  EXPECT_EQ(found(alike, "mueller.txt"), "02");
  EXPECT_EQ(found(alike, "muller.txt"), "03");
}

TEST(AnswerVariant, TheNameThatFitsBestIsMeant) {
  const std::vector<Variant> variants = table_of({"a", "A", "A B", "A_B", "Lee", "Anna Lee"});
  for (const FileName& one :
       {FileName{"A.txt", "02"}, FileName{"a.txt", "01"}, FileName{"A_B.txt", "04"},
        FileName{"A B.txt", "03"}, FileName{"A_B_final.txt", "04"}, FileName{"Lee, Anna.txt", "06"},
        FileName{"Lee_1234_x.txt", "05"}, FileName{"LeeAnna.txt", "06"}})
    EXPECT_EQ(found(variants, one.path), one.label) << one.path;
  EXPECT_EQ(found(variants, "a_b.txt"),
            "'a_b.txt' has the names 'A B' and 'A_B': say on its first line which is its variant, "
            "as in variant 4");
  EXPECT_EQ(found(table_of({"Anna", "Bo"}), "anna_bo.txt"),
            "'anna_bo.txt' has the names 'Anna' and 'Bo': say on its first line which is its "
            "variant, as in variant 2");
  // A longer name that fits without its accents is longer still.
  EXPECT_EQ(found(table_of({"Anna", "Anna Müller"}), "Mueller, Anna.txt"), "02");
}

TEST(AnswerVariant, ANumberIsTheVariantOnlyWhereItCanBeNothingElse) {
  const std::vector<Variant> variants = table_of({"", "", "", "", "", "", "", "", "", "", "Meier"});
  for (const FileName& one :
       {FileName{"2026-11-03_meier.txt", "11"}, FileName{"3_meier.txt", "11"},
        FileName{"2026-11-03.txt", ""}, FileName{"3.11.2026.txt", ""},
        FileName{"20261103_zoe.txt", ""}, FileName{"2026-11-03_7.txt", "07"},
        FileName{"IMG_0004.txt", ""}, FileName{"IMG_4.txt", ""}, FileName{"scan 4.txt", ""},
        FileName{"Ab3_zoe.txt", ""}, FileName{"zoe3.txt", ""}, FileName{"hw3_7.txt", "07"},
        FileName{"hw3_variant7.txt", "07"}, FileName{"zoe_v7.txt", "07"},
        FileName{"zoe #7.txt", "07"}, FileName{"answer7.txt", "07"}, FileName{"7_final.txt", "07"},
        FileName{"12345_x.txt", ""}, FileName{"variant-7/answer.txt", "07"}})
    EXPECT_EQ(found(variants, one.path), one.label) << one.path;
  EXPECT_EQ(found(variants, "1-2.txt"),
            "'1-2.txt' has the numbers 1 and 2: say on its first line which is its variant, as in "
            "variant 2");
  EXPECT_EQ(found(variants, "3_12345.txt"),
            "'3_12345.txt' has the numbers 3 and 12345: say on its first line which is its "
            "variant, as in variant 3");
  EXPECT_EQ(found(variants, "7_v2.txt"),
            "'7_v2.txt' has the numbers 7 and 2: say on its first line which is its variant, as in "
            "variant 7");
}

}  // namespace
}  // namespace chalkgrad
