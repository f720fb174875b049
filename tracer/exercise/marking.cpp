#include "tracer/exercise/marking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "tracer/check/reading/answer.hpp"
#include "tracer/exercise/answer_variant.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/decimal.hpp"
#include "tracer/typesetting/csv_field.hpp"

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

/// Whether a side has come to a number: 0.4626, 1.2·10⁻³, or what is still to be worked out of
/// numbers alone.
bool is_of_numbers(std::string_view reading) {
  bool digit = false;
  for (const char c : reading) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (letter) return false;
    digit = digit || (c >= '0' && c <= '9');
  }
  return digit;
}

/// What was found of a value: the worst of it, and whether a number is there.
class Found {
 public:
  void add(const Finding& finding) {
    const Earned::How one = how(finding.verdict);
    if (one == Earned::How::missing) return;
    has_number_ = has_number_ || is_of_numbers(finding.reading);
    if (first_ != nullptr && one <= how_) return;
    how_ = one;
    first_ = &finding;
  }
  [[nodiscard]] const Finding* finding() const { return first_; }
  [[nodiscard]] Earned::How how_it_is() const {
    if (first_ == nullptr) return Earned::How::missing;
    return has_number_ || how_ == Earned::How::wrong ? how_ : Earned::How::formula;
  }

 private:
  Earned::How how_ = Earned::How::missing;
  const Finding* first_ = nullptr;
  bool has_number_ = false;
};

/// Lines with numbers, and relations, that were not read.
std::vector<std::size_t> lines_not_read(const FileReport& report) {
  const LineIndex lines(report.text);
  std::set<std::size_t> numbers;
  for (const Span& line : report.passed_over) numbers.insert(lines.line_of(line.begin));
  for (const Finding& finding : report.findings)
    if (finding.verdict == Verdict::unreadable) numbers.insert(lines.line_of(finding.span.begin));
  return {numbers.begin(), numbers.end()};
}

/// A slip in what earns nothing by itself costs the first value that follows from it.
void charge_slips_elsewhere(const FileReport& report, const std::set<std::string>& with_points,
                            LineIndex& lines, std::vector<Earned>& list) {
  const auto slip =
      std::find_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return how(finding.verdict) == Earned::How::wrong &&
               !with_points.contains(finding.subject) && !with_points.contains(finding.quantity);
      });
  if (slip == report.findings.end()) return;
  const std::size_t line = lines.position(slip->span.begin).line;
  const auto first = std::find_if(list.begin(), list.end(), [&](const Earned& one) {
    return one.how == Earned::How::follows && one.line >= line;
  });
  if (first == list.end()) return;
  first->how = Earned::How::wrong;
  first->points = 0;
  first->line = line;
}

}  // namespace

std::vector<Earned> points_earned(const FileReport& report, const std::vector<Asked>& asked) {
  std::map<std::string, Found> in_own_lines, elsewhere;
  for (const Finding& finding : report.findings) {
    if (!finding.subject.empty()) in_own_lines[finding.subject].add(finding);
    if (!finding.quantity.empty()) elsewhere[finding.quantity].add(finding);
  }
  LineIndex lines(report.text);
  const std::vector<std::size_t> not_read = lines_not_read(report);
  std::vector<Earned> list;
  std::set<std::string> with_points;
  for (const Asked& one : asked) {
    if (one.points == 0) continue;
    const std::string name = print(one.symbol);
    with_points.insert(name);
    const Found& own = in_own_lines[name];
    const Found& found = own.finding() != nullptr ? own : elsewhere[name];
    Earned earned{.quantity = name, .of = one.points, .how = found.how_it_is()};
    // What follows from the numbers of another variant is another's work, or to be looked at.
    const bool follows = earned.how == Earned::How::follows && !report.is_of_other_variant;
    if (earned.how == Earned::How::right || follows) earned.points = one.points;
    if (found.finding() != nullptr) earned.line = lines.position(found.finding()->span.begin).line;
    // It may stand there, and only whoever looks knows.
    if (earned.how == Earned::How::missing && !not_read.empty()) {
      earned.how = Earned::How::not_read;
      earned.lines_not_read = not_read;
    }
    list.push_back(std::move(earned));
  }
  charge_slips_elsewhere(report, with_points, lines, list);
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
  if (variant != nullptr && !report.is_of_other_variant) find_other_variant(*variant, report);
  if (points_) report.earned = points_earned(report, key.asked);
  return report;
}

namespace {

/// A number that was written for a quantity.
struct NumberOff {
  std::string quantity{}, numeral{};
  bool wrong = false;  ///< by itself, and not because it follows from another
  bool given = false;
};

/// What tells whose numbers an answer has: values with enough digits, and given numbers of any.
struct NumbersFound {
  std::vector<NumberOff> off{};
  std::set<std::string> right{};
};

NumbersFound numbers_found(const FileReport& report, const Solution& solution) {
  constexpr std::size_t telling = 3;
  NumbersFound evidence;
  for (const Finding& one : report.findings) {
    std::string numeral = report.text.substr(one.span.begin, one.span.end - one.span.begin);
    const auto decimal = Decimal::parse(numeral);
    if (!decimal || one.quantity.empty()) continue;
    const auto q = solution.quantities->find(one.quantity);
    const bool given = q && (*solution.quantities)[*q].given;
    if (!given && decimal->digits.size() < telling) continue;
    const Earned::How is = how(one.verdict);
    if (is == Earned::How::right && !given) evidence.right.insert(one.quantity);
    if (is == Earned::How::wrong || is == Earned::How::follows)
      evidence.off.push_back({one.quantity, std::move(numeral), is == Earned::How::wrong, given});
  }
  return evidence;
}

}  // namespace

/// Two numbers that are wrong by themselves, or a given one, and are those of one other variant,
/// and more values like that than are right here. What follows from a wrong value is no proof
/// alone: it is the same number once more, and one slip may well give a number that another variant
/// has.
void ClassMarker::find_other_variant(const Variant& own, FileReport& report) {
  constexpr std::size_t proof = 2;
  const NumbersFound evidence = numbers_found(report, key_of(&own).solution);
  if (evidence.off.size() < proof) return;
  for (const Variant& other : variants_) {
    if (other.number == own.number) continue;
    const Solution& solution = key_of(&other).solution;
    std::set<std::string> agreeing, by_themselves;
    bool given = false;
    for (const NumberOff& one : evidence.off) {
      const auto found = solution.quantities->find(one.quantity);
      if (!found || !is_agreement(agreement(one.numeral, (*solution.quantities)[*found].value)))
        continue;
      agreeing.insert(one.quantity);
      if (one.wrong) by_themselves.insert(one.quantity);
      given = given || (one.wrong && one.given);
    }
    if (agreeing.size() < proof || (by_themselves.size() < proof && !given) ||
        agreeing.size() < evidence.right.size())
      continue;
    report.is_of_other_variant = true;
    report.conventions.push_back(fmt::format("these are the numbers of variant {}{}", other.label,
                                             other.name.empty() ? "" : ", " + other.name));
    return;
  }
}

namespace {

/// What whoever enters the grades must look at.
std::string remark_of(const FileReport& report) {
  for (const Earned& one : report.earned)
    if (one.how == Earned::How::not_read) return how_in_words(one);
  return report.failure;
}

}  // namespace

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
    csv += "," + csv_field(remark_of(report)) + "\n";
  }
  return csv;
}

}  // namespace chalkgrad
