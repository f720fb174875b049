#include "tracer/exercise/formats/moodle.hpp"

#include <fmt/format.h>

#include "tracer/exercise/formats/embedded_picture.hpp"
#include "tracer/exercise/formats/html_fragment.hpp"
#include "tracer/expression/markup.hpp"
#include "tracer/formats/html/page_frame.hpp"

namespace chalkgrad {

namespace {

/// Feedback within a gap. Moodle shows it as HTML after it has undone entities once, and of all
/// escapes undoes only two; so it is written as HTML, with entities for what could end it.
std::string in_gap(std::string_view text) {
  std::string feedback;
  for (const char c : markup_text(text))
    feedback += std::string_view("&}~\\").find(c) != std::string_view::npos
                    ? fmt::format("&#{};", static_cast<int>(c))
                    : std::string(1, c);
  return feedback;
}

/// Sections of markup that the XML reader leaves alone.
std::string unread(std::string text) {
  for (auto at = text.find("]]>"); at != std::string::npos; at = text.find("]]>", at + 12))
    text.replace(at, 3, "]]]]><![CDATA[>");
  return "<![CDATA[" + text + "]]>";
}

/// Markup in which nothing is taken for a gap: browsers, and MathJax, see the same characters.
std::string without_braces(const std::string& markup) {
  std::string text;
  for (const char c : markup) text += c == '{' ? "&#123;" : c == '}' ? "&#125;" : std::string(1, c);
  return text;
}

/// {2:NUMERICAL:=0.0822:0.0001~%0%-0.0822:0.0001#the sign is wrong}
std::string gap(const Asked& asked, const AnswerSlips& slips, int weight) {
  const std::string tolerance = in_decimals(asked.tolerance);
  std::string text = fmt::format("{{{}:NUMERICAL:={}:{}", weight, asked.shown, tolerance);
  for (const AnswerSlip& slip : slips)
    text += fmt::format("~%0%{}:{}#{}", slip.shown, tolerance, in_gap(slip.description));
  return text + "}";
}

}  // namespace

std::string render_moodle(const PlatformExercise& exercise) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n";
  xml += fmt::format(
      "<question type=\"category\">\n<category><text>{}</text></category>\n</question>\n",
      markup_text(category_of(exercise)));
  for (const PlatformVariant& one : exercise.variants) {
    const std::vector<int> weights = weights_of(one.asked);
    const std::string file = one.picture.empty() ? "" : picture_file(one);
    const HtmlPicture picture{
        .markup = picture_as_html(file.empty() ? "" : "@@PLUGINFILE@@/" + file),
        .before = picture_before(one.question)};
    std::string text = without_braces(html_fragment(one.question, HtmlMathematics::tex, picture));
    for (std::size_t i = 0; i < one.asked.size(); ++i)
      if (weights[i] > 0)
        text +=
            fmt::format("<p>{} = {}</p>\n", html_formula(one.asked[i].symbol, HtmlMathematics::tex),
                        gap(one.asked[i], one.slips[i], weights[i]));
    xml += fmt::format(
        "<question type=\"cloze\">\n<name><text>{}, variant {}</text></name>\n"
        "<questiontext format=\"html\"><text>{}</text>{}</questiontext>\n"
        "<generalfeedback format=\"html\"><text>{}</text></generalfeedback>\n"
        "<penalty>0.3333333</penalty>\n<hidden>0</hidden>\n</question>\n",
        markup_text(exercise.title), one.variant.label, unread(text),
        file.empty() ? ""
                     : fmt::format("\n<file name=\"{}\" path=\"/\" encoding=\"base64\">{}</file>\n",
                                   file, base64(one.picture)),
        unread(html_fragment(one.solution, HtmlMathematics::tex)));
  }
  return xml + "</quiz>\n";
}

}  // namespace chalkgrad
