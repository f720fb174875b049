#include "tracer/exercise/formats/gift.hpp"

#include <fmt/format.h>

#include "tracer/exercise/formats/html_fragment.hpp"
#include "tracer/expression/markup.hpp"
#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

namespace {

/// What has a meaning in GIFT is escaped; a blank line would end the question.
std::string gift_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("~=#{}:\\").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c == '\n' || c == '\r' ? ' ' : c;
  }
  return escaped;
}

/// Numbers in GIFT have no exponent.
std::string without_exponent(const std::string& shown) {
  const auto number = Decimal::parse(shown);
  return number ? number->plain() : shown;
}

}  // namespace

std::string render_gift(const PlatformExercise& exercise) {
  std::string text = fmt::format("$CATEGORY: {}\n", category_of(exercise));
  for (const PlatformVariant& one : exercise.variants) {
    const std::string question = html_fragment(one.question, HtmlMathematics::plain);
    for (std::size_t i = 0; i < one.asked.size(); ++i) {
      const Asked& asked = one.asked[i];
      const std::string tolerance = in_decimals(asked.tolerance);
      text +=
          fmt::format("\n::{}::[html]{}{{#\n={}:{}\n",
                      gift_text(fmt::format("{}, variant {}, {}", exercise.title, one.variant.label,
                                            asked.target.title())),
                      gift_text(question + "<p>" +
                                html_formula(asked.symbol, HtmlMathematics::plain) + " = ?</p>"),
                      without_exponent(asked.shown), tolerance);
      for (const AnswerSlip& slip : one.slips[i])
        text += fmt::format("=%0%{}:{}#{}\n", without_exponent(slip.shown), tolerance,
                            gift_text(markup_text(slip.description)));
      text += "}\n";
    }
  }
  return text;
}

}  // namespace chalkgrad
