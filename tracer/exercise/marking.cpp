#include "tracer/exercise/marking.hpp"

#include <algorithm>

#include "tracer/check/reading/answer.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/formats/csv.hpp"

namespace chalkgrad {

namespace {

Earned::How how(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
    case Verdict::ok_digits:
    case Verdict::ok_carried:
    case Verdict::last_digit: return Earned::How::right;
    case Verdict::follows: return Earned::How::follows;
    case Verdict::wrong:
    case Verdict::mis_copy: return Earned::How::wrong;
    case Verdict::undecided:
    case Verdict::unreadable: return Earned::How::missing;
  }
  return Earned::How::missing;
}

/// The worst that was found of a value; of what was not found at all, missing.
class Worst {
 public:
  void add(const Finding& finding) {
    const Earned::How one = how(finding.verdict);
    if (one == Earned::How::missing || (first_ != nullptr && one <= how_)) return;
    how_ = one;
    first_ = &finding;
  }
  [[nodiscard]] const Finding* finding() const { return first_; }
  [[nodiscard]] Earned::How how_it_is() const {
    return first_ == nullptr ? Earned::How::missing : how_;
  }

 private:
  Earned::How how_ = Earned::How::missing;
  const Finding* first_ = nullptr;
};

}  // namespace

std::vector<Earned> points_earned(const FileReport& report, const std::vector<Asked>& asked) {
  std::map<std::string, Worst> in_own_lines, elsewhere;
  for (const Finding& finding : report.findings) {
    if (!finding.subject.empty()) in_own_lines[finding.subject].add(finding);
    if (!finding.quantity.empty()) elsewhere[finding.quantity].add(finding);
  }
  LineIndex lines(report.text);
  std::vector<Earned> list;
  for (const Asked& one : asked) {
    if (one.points == 0) continue;
    const std::string name = print(one.symbol);
    const Worst& own = in_own_lines[name];
    const Worst& worst = own.finding() != nullptr ? own : elsewhere[name];
    Earned earned{.quantity = name, .of = one.points, .how = worst.how_it_is()};
    // What follows from the numbers of another variant is another's work, or to be looked at.
    const bool follows = earned.how == Earned::How::follows && !report.is_of_other_variant;
    if (earned.how == Earned::How::right || follows) earned.points = one.points;
    if (worst.finding() != nullptr) earned.line = lines.position(worst.finding()->span.begin).line;
    list.push_back(std::move(earned));
  }
  return list;
}

struct ClassMarker::Key {
  Solution solution;
  std::vector<Asked> asked;
  Checker checker;

  Key(Solution solved, const CheckOptions& options, bool points)
      : solution(std::move(solved)), checker(solution, options) {
    if (!points) return;
    asked = what_is_asked(solution, {});
    if (total_points(asked) == 0)
      throw NothingToAsk("the problem gives no points: write points 2 for dE/dw5");
  }
};

ClassMarker::ClassMarker(const Source& source, std::span<const Variant> variants,
                         std::optional<std::uint64_t> seed, CheckOptions options, bool points)
    : source_(source), variants_(variants), seed_(seed), options_(options), points_(points) {}

ClassMarker::~ClassMarker() = default;

ClassMarker::Key& ClassMarker::key_of(const Variant* variant) {
  std::unique_ptr<Key>& key = keys_[variant == nullptr ? 0 : variant->number];
  if (key == nullptr)
    key = std::make_unique<Key>(
        solve(read_problem(source_, variant == nullptr ? seed_ : variant->seed)), options_,
        points_);
  return *key;
}

FileReport ClassMarker::mark(const std::string& path, std::string text) {
  const Variant* variant = nullptr;
  if (!variants_.empty()) {
    FileReport unknown;
    unknown.path = path;
    try {
      variant = variant_of_answer(variants_, path, text);
      if (variant == nullptr)
        unknown.failure =
            "nothing says which variant this answers: begin it with variant 3, or "
            "name the file so";
    } catch (const VariantsError& error) {
      unknown.failure = error.what();
    }
    if (!unknown.failure.empty()) return unknown;
  }
  Key& key = key_of(variant);
  FileReport report = key.checker.check(path, std::move(text));
  if (variant != nullptr) {
    report.variant = variant->label;
    report.student = variant->name;
  }
  if (points_) report.earned = points_earned(report, key.asked);
  return report;
}

std::string grades_as_csv(const std::vector<FileReport>& reports) {
  const auto full = std::find_if(reports.begin(), reports.end(),
                                 [](const FileReport& one) { return !one.earned.empty(); });
  std::string csv = "file,variant,name";
  if (full != reports.end())
    for (const Earned& one : full->earned) csv += "," + csv_field(one.quantity);
  csv += ",total,of,remark\n";
  for (const FileReport& report : reports) {
    csv += csv_field(report.path) + "," + report.variant + "," + csv_field(report.student);
    if (full != reports.end())
      for (std::size_t i = 0; i < full->earned.size(); ++i)
        csv += "," + (i < report.earned.size() ? points_in_digits(report.earned[i].points) : "");
    const PointsSum sum = points_sum(report);
    csv += report.earned.empty()
               ? ",,"
               : "," + points_in_digits(sum.points) + "," + points_in_digits(sum.of);
    csv += "," + csv_field(report.failure) + "\n";
  }
  return csv;
}

}  // namespace chalkgrad
