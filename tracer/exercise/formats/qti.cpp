#include "tracer/exercise/formats/qti.hpp"

#include <fmt/format.h>

#include "tracer/exercise/formats/embedded_picture.hpp"
#include "tracer/exercise/formats/html_fragment.hpp"
#include "tracer/exercise/formats/zip_archive.hpp"
#include "tracer/expression/markup.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view item_namespaces =
    R"(xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p1 http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd")";

std::string declaration(const Asked& asked, std::size_t number) {
  return fmt::format(
      "<responseDeclaration identifier=\"R{}\" cardinality=\"single\" baseType=\"float\">\n"
      "<correctResponse><value>{}</value></correctResponse>\n</responseDeclaration>\n",
      number, asked.shown);
}

/// Adds its points to the score if the answer is within the tolerance.
std::string processing(const Asked& asked, std::size_t number, double points) {
  return fmt::format(
      "<responseCondition>\n<responseIf>\n"
      "<equal toleranceMode=\"absolute\" tolerance=\"{1} {1}\">"
      "<variable identifier=\"R{0}\"/><correct identifier=\"R{0}\"/></equal>\n"
      "<setOutcomeValue identifier=\"SCORE\"><sum><variable identifier=\"SCORE\"/>"
      "<baseValue baseType=\"float\">{2}</baseValue></sum></setOutcomeValue>\n"
      "</responseIf>\n</responseCondition>\n",
      number, in_decimals(asked.tolerance), points_in_digits(points));
}

std::string item(const PlatformExercise& exercise, const PlatformVariant& one) {
  const bool has_points = total_points(one.asked) > 0;
  std::string declarations, fields, score;
  for (std::size_t i = 0; i < one.asked.size(); ++i) {
    const double points = has_points ? one.asked[i].points : 1;
    declarations += declaration(one.asked[i], i + 1);
    fields += fmt::format(
        "<p>{} = <textEntryInteraction responseIdentifier=\"R{}\" expectedLength=\"10\"/></p>\n",
        html_formula(one.asked[i].symbol, HtmlMathematics::plain), i + 1);
    score += processing(one.asked[i], i + 1, points);
  }
  const HtmlPicture picture{.markup = picture_as_html(one.picture.empty() ? "" : picture_file(one)),
                            .before = picture_before(one.question)};
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<assessmentItem {0} identifier=\"variant-{1}\" title=\"{2}, variant {1}\" "
      "adaptive=\"false\" timeDependent=\"false\">\n{3}"
      "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\">"
      "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>\n"
      "<itemBody>\n{4}{5}</itemBody>\n"
      "<responseProcessing>\n{6}</responseProcessing>\n</assessmentItem>\n",
      item_namespaces, one.variant.label, markup_text(exercise.title), declarations,
      html_fragment(one.question, HtmlMathematics::plain, picture), fields, score);
}

std::string manifest(const PlatformExercise& exercise) {
  std::string resources;
  for (const PlatformVariant& one : exercise.variants)
    resources += fmt::format(
        "<resource identifier=\"r{0}\" type=\"imsqti_item_xmlv2p1\" href=\"variant-{0}.xml\">"
        "<file href=\"variant-{0}.xml\"/>{1}</resource>\n",
        one.variant.label,
        one.picture.empty() ? "" : fmt::format("<file href=\"{}\"/>", picture_file(one)));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"chalkgrad\">\n"
      "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n"
      "<organizations/>\n<resources>\n{}</resources>\n</manifest>\n",
      resources);
}

}  // namespace

std::string render_qti(const PlatformExercise& exercise) {
  std::vector<ArchivedFile> files = {{"imsmanifest.xml", manifest(exercise)}};
  for (const PlatformVariant& one : exercise.variants) {
    files.push_back({fmt::format("variant-{}.xml", one.variant.label), item(exercise, one)});
    if (!one.picture.empty()) files.push_back({picture_file(one), one.picture});
  }
  return zip_archive(files);
}

}  // namespace chalkgrad
