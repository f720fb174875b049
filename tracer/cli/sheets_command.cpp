#include "tracer/cli/sheets_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/cli/typesetter.hpp"
#include "tracer/exercise/exercise_set.hpp"
#include "tracer/exercise/formats/embedded_picture.hpp"
#include "tracer/picture/diagram.hpp"

namespace chalkgrad::cli {

namespace {

/// A file within the directory; what is still LaTeX goes through pdflatex first.
struct WrittenPaper {
  std::string path{};
  std::string bytes{};
  bool is_typeset = false;
};

/// The papers of all variants, in all formats.
class ClassPapers {
 public:
  explicit ClassPapers(const SheetsCommand& options) : options_(options) {
    if (options.bundle) bundles_.resize(options.parts.size());
    exercise_.title = "Exercise";
  }

  void add(const SolvedVariant& one) {
    const bool slips = has_part("scheme") || !options_.platforms.empty();
    const std::vector<AnswerSlips> slips_of_it =
        slips ? slips_of_answers(one.solution, one.asked, options_.sheet.numerals, most_slips)
              : std::vector<AnswerSlips>(one.asked.size());
    const PaperSource source{one.solution, one.variant, options_.sheet,
                             one.asked,    slips_of_it, options_.gaps};
    for (std::size_t i = 0; i < options_.parts.size(); ++i) add_paper(i, source);
    if (!options_.platforms.empty()) add_to_platforms(source);
  }

  /// After all variants.
  std::vector<WrittenPaper> finish(const std::vector<Variant>& variants) {
    for (std::size_t i = 0; i < bundles_.size(); ++i)
      for (const PaperFormat* format : options_.papers)
        files_.push_back({fmt::format("{}{}", options_.parts[i]->name, format->suffix),
                          format->render(bundles_[i], options_.pages), format->is_typeset});
    for (const PlatformFormat* format : options_.platforms)
      files_.push_back({std::string(format->file), format->render(exercise_)});
    files_.push_back({"variants.csv", variants_as_csv(variants)});
    return std::move(files_);
  }

 private:
  static constexpr std::size_t most_slips = 4;

  [[nodiscard]] bool has_part(std::string_view name) const {
    return std::any_of(options_.parts.begin(), options_.parts.end(),
                       [&](const Paper* part) { return part->name == name; });
  }

  void add_paper(std::size_t part, const PaperSource& source) {
    const Paper& paper = *options_.parts[part];
    SetPaper set{.sheet = with_usage_errors([&] { return paper.make(source); })};
    if (paper.has_picture) {
      set.picture = picture_of(source);
      add_picture_beside(set, source.variant.label);
    }
    for (const PaperFormat* format : options_.papers)
      files_.push_back({fmt::format("{}/{}{}", source.variant.label, paper.name, format->suffix),
                        format->render({set}, options_.pages), format->is_typeset});
    if (!options_.bundle) return;
    if (!set.picture_file.empty())
      set.picture_file = fmt::format("{}/{}", source.variant.label, set.picture_file);
    bundles_[part].push_back(std::move(set));
  }

  [[nodiscard]] Diagram picture_of(const PaperSource& source) const {
    Diagram picture =
        make_diagram(source.solution, {.numerals = options_.sheet.numerals, .given = true});
    return picture.nodes.size() > most_nodes ? make_outline(picture) : picture;
  }

  void add_picture_beside(SetPaper& set, const std::string& folder) {
    const bool wanted = std::any_of(options_.papers.begin(), options_.papers.end(),
                                    [](const PaperFormat* one) { return one->has_picture_beside; });
    std::string svg = wanted ? picture_as_svg(set.picture) : std::string();
    if (svg.empty()) return;
    set.picture_file = "network.svg";
    files_.push_back({fmt::format("{}/{}", folder, set.picture_file), std::move(svg)});
  }

  /// A platform may hand any variant to anybody: without names.
  void add_to_platforms(const PaperSource& of_student) {
    Variant nobodys = of_student.variant;
    nobodys.name.clear();
    const PaperSource source{of_student.solution, nobodys,          of_student.options,
                             of_student.asked,    of_student.slips, of_student.gaps};
    if (!source.solution.problem.title.empty()) exercise_.title = source.solution.problem.title;
    PlatformVariant one{.variant = of_student.variant};
    one.question = with_usage_errors([&] { return papers()[0].make(source); });
    // Each value has a field of its own; with how many digits must still be said.
    one.question.sections.back() = {.heading = {},
                                    .parts = {Note{{digits_wanted(options_.sheet.numerals)}}}};
    one.solution = make_sheet(source.solution, source.options);
    one.picture = picture_as_svg(picture_of(source));
    // What earns nothing beside what earns points has no field.
    const bool has_points = total_points(source.asked) > 0;
    for (std::size_t i = 0; i < source.asked.size(); ++i) {
      if (has_points && source.asked[i].points == 0) continue;
      one.asked.push_back(source.asked[i]);
      one.slips.push_back(source.slips[i]);
    }
    exercise_.variants.push_back(std::move(one));
  }

  const SheetsCommand& options_;
  std::vector<WrittenPaper> files_;
  std::vector<std::vector<SetPaper>> bundles_;
  PlatformExercise exercise_;
};

/// "[####      ] 12 of 30", on a terminal only.
void show_progress(std::size_t done, std::size_t all) {
  if (::isatty(STDERR_FILENO) == 0) return;
  constexpr std::size_t width = 30;
  const std::size_t filled = width * done / std::max<std::size_t>(all, 1);
  fmt::print(stderr, "\r[{:<{}}] {} of {}{}", std::string(filled, '#'), width, done, all,
             done == all ? "\n" : "");
}

void set_what_is_latex(std::vector<WrittenPaper>& files) {
  std::vector<std::string> documents;
  for (WrittenPaper& file : files)
    if (file.is_typeset) documents.push_back(std::move(file.bytes));
  if (documents.empty()) return;
  const std::size_t all = documents.size();
  std::vector<std::string> pdfs =
      pdfs_of(documents, [&](std::size_t done) { show_progress(done, all); });
  std::size_t next = 0;
  for (WrittenPaper& file : files)
    if (file.is_typeset) file.bytes = std::move(pdfs[next++]);
}

VariantsWanted variants_wanted(const SheetsCommand& options) {
  VariantsWanted wanted{.seed = options.problem.seed, .numerals = options.sheet.numerals};
  if (!options.names.empty()) {
    wanted.names = read_names(read_file(options.names), options.names);
    if (options.variants && *options.variants != wanted.names.size())
      throw UsageError(fmt::format("--variants says {}, but '{}' has {} names", *options.variants,
                                   options.names, wanted.names.size()));
    if (wanted.names.size() > most_variants)
      throw UsageError(fmt::format("'{}' has {} names, more than the {} variants that are possible",
                                   options.names, wanted.names.size(), most_variants));
  }
  wanted.count =
      !wanted.names.empty() ? wanted.names.size() : options.variants.value_or(std::size_t{1});
  return wanted;
}

int print_stress_report(const SheetsCommand& options, const Source& source) {
  VariantsWanted wanted{
      .count = *options.stress, .seed = options.problem.seed, .numerals = options.sheet.numerals};
  write_file("-", stress_report(source, wanted));
  return all_right;
}

}  // namespace

int run(const SheetsCommand& options) {
  const Source source = read_source(options.problem, "-");
  return with_diagnostics(source, [&] {
    const Problem problem = read_problem(source, options.problem.seed);
    report_warnings(problem, source, options.problem);
    if (options.stress) return print_stress_report(options, source);
    const VariantsWanted wanted = variants_wanted(options);
    if (wanted.count > 1 && !problem.has_random_numbers)
      spdlog::warn("the problem has no random(...): all {} variants are alike", wanted.count);
    refuse_directory_in_use(options.output);
    ClassPapers papers_of_class(options);
    const std::vector<Variant> variants = for_each_variant(
        source, wanted, [&](const SolvedVariant& one) { papers_of_class.add(one); });
    std::vector<WrittenPaper> files = papers_of_class.finish(variants);
    set_what_is_latex(files);
    std::vector<Output> outputs;
    for (WrittenPaper& file : files)
      outputs.push_back({std::move(file.path), std::move(file.bytes)});
    write_directory(options.output, outputs);
    spdlog::info("{} files for {} variants are in '{}'", outputs.size(), variants.size(),
                 options.output);
    return static_cast<int>(all_right);
  });
}

}  // namespace chalkgrad::cli
