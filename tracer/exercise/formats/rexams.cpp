#include "tracer/exercise/formats/rexams.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tracer/exercise/formats/embedded_picture.hpp"
#include "tracer/formats/html/page_frame.hpp"
#include "tracer/formats/markdown.hpp"

namespace chalkgrad {

namespace {

/// A raw string of R that the text cannot end.
std::string r_string(const std::string& text) {
  std::string dashes = "-";
  while (text.find(")" + dashes + "\"") != std::string::npos) dashes += '-';
  return fmt::format("r\"{0}({1}){0}\"", dashes, text);
}

/// Headings would end the part of the exercise that they stand in.
std::string without_headings(const Sheet& sheet, const std::string& picture = {}) {
  Sheet plain = sheet;
  plain.title.clear();
  for (Section& section : plain.sections) {
    if (section.heading.empty()) continue;
    section.parts.insert(section.parts.begin(), Note{{section.heading + ":"}});
    section.heading.clear();
  }
  const std::string address = picture.empty() ? "" : "data:image/svg+xml;base64," + base64(picture);
  return markdown_with_picture(plain, picture_before(sheet), address);
}

std::string r_vector(const std::vector<std::string>& elements) {
  return fmt::format("c({})", fmt::join(elements, ", "));
}

}  // namespace

std::string render_rexams(const PlatformExercise& exercise) {
  std::vector<std::string> questions, solutions, values, tolerances;
  for (const PlatformVariant& one : exercise.variants) {
    questions.push_back(r_string(without_headings(one.question, one.picture)));
    solutions.push_back(r_string(without_headings(one.solution)));
    std::vector<std::string> numbers, margins;
    for (const Asked& asked : one.asked) {
      numbers.push_back(asked.shown);
      margins.push_back(in_decimals(asked.tolerance));
    }
    values.push_back(r_vector(numbers));
    tolerances.push_back(r_vector(margins));
  }
  const std::vector<Asked>& asked = exercise.variants.front().asked;
  std::vector<std::string> names, types, points;
  const bool has_points = total_points(asked) > 0;
  for (const Asked& one : asked) {
    names.push_back("* " + markdown_text(one.target.title()));
    types.emplace_back("num");
    points.push_back(has_points ? points_in_digits(one.points) : "1");
  }
  return fmt::format(R"(```{{r variants, echo = FALSE, results = "hide"}}
questions <- c(
{})
solutions <- c(
{})
values <- list(
{})
tolerances <- list(
{})
name <- {}
k <- sample(length(questions), 1)
```

Question
========

```{{r question, echo = FALSE, results = "asis"}}
cat(questions[k])
```

Answerlist
----------

{}

Solution
========

```{{r solution, echo = FALSE, results = "asis"}}
cat(solutions[k])
```

Meta-information
================
exname: `r name`
extype: cloze
exclozetype: {}
exsolution: `r paste(values[[k]], collapse = "|")`
extol: `r paste(tolerances[[k]], collapse = "|")`
expoints: {}
)",
                     fmt::join(questions, ",\n"), fmt::join(solutions, ",\n"),
                     fmt::join(values, ",\n"), fmt::join(tolerances, ",\n"),
                     r_string(exercise.title), fmt::join(names, "\n"), fmt::join(types, "|"),
                     fmt::join(points, "|"));
}

}  // namespace chalkgrad
