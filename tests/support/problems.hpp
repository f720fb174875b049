#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tracer/formats/latex.hpp"
#include "tracer/formats/text.hpp"
#include "tracer/problem/solution.hpp"

/// Problems in tests are written as they are in files.
namespace chalkgrad::testing {

inline Problem read_text(const std::string& text) {
  return read_problem(Source("test.chalk", text));
}

inline Solution solve_text(const std::string& text, const std::vector<std::string>& wrt = {}) {
  return solve(read_problem(Source("test.chalk", text)), wrt);
}

/// The messages of everything that is wrong with a problem, as the user sees them; empty if nothing
/// is.
inline std::string errors_of(const std::string& text) {
  const Source source("test.chalk", text);
  try {
    (void)solve(read_problem(source));
    return {};
  } catch (const ProblemError& error) {
    std::string messages;
    for (const Diagnostic& diagnostic : error.diagnostics) messages += describe(diagnostic, source);
    return messages;
  }
}

/// What a problem is warned of, as the user sees it; it must be solvable.
inline std::string warnings_of(const std::string& text) {
  const Source source("test.chalk", text);
  std::string messages;
  for (const Diagnostic& warning : solve(read_problem(source)).problem.warnings)
    messages += describe(warning, source);
  return messages;
}

inline std::string sheet_of(const std::string& text, const SheetOptions& options = {},
                            const TextOptions& text_options = {}) {
  return render_text(make_sheet(solve_text(text), options), text_options);
}

/// The sheet from the heading on, without the heading.
inline std::string section_of(const std::string& sheet, const std::string& heading) {
  const auto at = sheet.find("\n" + heading + "\n\n");
  if (at == std::string::npos) return {};
  const auto begin = at + heading.size() + 3;
  // The next heading is the next line that is not indented.
  auto end = begin;
  while (end < sheet.size()) {
    const auto line = sheet.substr(end, sheet.find('\n', end) - end);
    if (!line.empty() && line[0] != ' ') break;
    end += line.size() + 1;
  }
  std::string section = sheet.substr(begin, std::min(end, sheet.size()) - begin);
  while (section.ends_with("\n\n")) section.pop_back();
  return section;
}

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string source_path(const std::string& path) {
  return std::string(CHALKGRAD_SOURCE_DIR) + "/" + path;
}

/// The names of the worked examples, in alphabetical order.
inline std::vector<std::string> worked_examples() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(source_path("worked_examples")))
    if (file.path().extension() == ".chalk") names.push_back(file.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

inline std::string example_text(const std::string& name) {
  return file_text(source_path("worked_examples/" + name + ".chalk"));
}

}  // namespace chalkgrad::testing
