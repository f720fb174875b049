#include "tracer/check/reading/own_title.hpp"

#include <gtest/gtest.h>

/// A title is prose, however it is escaped; the rest of a text stays where it is.
namespace chalkgrad {
namespace {

struct TitleCase {
  const char *title, *text, *rest;
};

TEST(OwnTitle, IsBlankedWhereAnAnswerRepeatsIt) {
  for (const auto& [title, text, rest] :
       {TitleCase{"f = w^2", "f = w^2\n=======\nf = 4\n", "       \n=======\nf = 4\n"},
        TitleCase{"f = w^2", "{\\Large f = w\\textasciicircum{}2\\par}\n",
                  "                                     \n"},
        TitleCase{"keep_0.8", "# keep\\_0.8\nw = 0.8", "           \nw = 0.8"},
        TitleCase{"Aufgabe 2.3", "Lösung\nAufgabe 2.3\nAufgabe 2.3\n",
                  "Lösung\n           \nAufgabe 2.3\n"},
        TitleCase{"XOR", "w1 = 0.5\n", "w1 = 0.5\n"}, TitleCase{"", "\nw1 = 0.5", "\nw1 = 0.5"},
        TitleCase{"=", "=\n", "=\n"}, TitleCase{"XOR", "", ""}})
    EXPECT_EQ(without_title(text, title), rest) << title;
}

}  // namespace
}  // namespace chalkgrad
