#include "tracer/expression/letters.hpp"

#include <gtest/gtest.h>

/// Spellings of one word, in capitals or decomposed, are one text; different words are not.
namespace chalkgrad {
namespace {

TEST(Letters, CapitalsAndDecomposedLettersAreFolded) {
  EXPECT_EQ(folded("MÜLLER"), folded("Mu\u0308ller"));
  EXPECT_EQ(folded("Straße"), "strasse");
  EXPECT_EQ(folded("STRAẞE"), "strasse");
  EXPECT_EQ(folded("ŁÓDŹ"), folded("Ło\u0301dz\u0301"));
  EXPECT_EQ(folded("ÇŞĞŐŸĐÞÆŒ"), folded("çşğőÿđþæœ"));
  EXPECT_EQ(folded("Ýŷ"), folded("y\u0301Y\u0302"));
  EXPECT_EQ(folded("ISTANBUL İZMİR ısı"), "istanbul izmir isi");
  EXPECT_EQ(folded("ΆΈΉΊΌΎΏΪΫ ΟΔΟΣ"), folded("άέήίόύώϊϋ οδος"));
  EXPECT_EQ(folded("ЁЙЇ ЦАРЬ ЂЏ ҐӘ"), folded("е\u0308и\u0306і\u0308 царь ђџ ґә"));
  EXPECT_EQ(folded("NGUYỄN THẾ"), folded("Nguye\u0302\u0303n The\u0302\u0301"));
  EXPECT_NE(folded("Müller"), folded("Muller"));
  EXPECT_EQ(folded("李\xFF"
                   "3_"),
            "李\uFFFD"
            "3_");
}

TEST(Letters, MarkedCapitalsAreToldApart) {
  EXPECT_EQ(folded("Äb", Capitals::marked), folded("A\u0308b", Capitals::marked));
  EXPECT_NE(folded("Äb", Capitals::marked), folded("äb", Capitals::marked));
  EXPECT_EQ(folded("ab", Capitals::marked), "ab");
}

TEST(Letters, AccentsMayBeLeftOut) {
  EXPECT_EQ(without_umlauts(folded("Jürgen Größe-Ægir")), "juergen groesse-aegir");
  EXPECT_EQ(without_accents(folded("Łukasz Gößl Çelik Søren")), "lukasz gossl celik soren");
  EXPECT_EQ(without_accents(folded("Нина Ёж")), "нина еж");
}

}  // namespace
}  // namespace chalkgrad
