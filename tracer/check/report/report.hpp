#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// Report: what was found in files of answers, as data. How it is shown is the business of the
/// folder report/.
namespace chalkgrad {

enum class Verdict {
  ok,          ///< agrees with the true value, rounded
  ok_digits,   ///< agrees, cut off instead of rounded
  ok_carried,  ///< agrees with the rounded numbers it was worked out from
  follows,     ///< correct work with a number that was wrong before
  mis_copy,    ///< the right result, but not that of the numbers before it
  last_digit,  ///< the last digit is off by one
  wrong,
  undecided,   ///< there is nothing to compare with
  unreadable,  ///< a relation that could not be read
};
inline constexpr std::size_t verdict_count = 9;

/// The stable name of a verdict, as in JSON: ok, ok-digits, ….
[[nodiscard]] std::string_view verdict_name(Verdict verdict);

/// What was found about one link of a chain, or about one number in it.
struct Finding {
  Span span{};             ///< what was judged, in the file
  std::string reading{};   ///< as it was understood
  std::string quantity{};  ///< what it was judged against; may be empty
  double value = std::numeric_limits<double>::quiet_NaN();  ///< the true value, if it has one
  Verdict verdict = Verdict::ok;
  std::string slip{};         ///< the stable name of the slip; empty if none was recognised
  std::string message{};      ///< empty where there is nothing to say
  std::string subject{};      ///< what the statement is about; may be empty
  std::string place{};        ///< "factor 2 of 3 (∂out_o1/∂net_o1)", "result"; may be empty
  std::string formula{};      ///< the right one in names, if it was asked for; "∂E/∂w = …"
  std::size_t statement = 0;  ///< findings of one statement belong together
  std::optional<std::size_t> cause{};  ///< where what it follows from was written, if that is known
};

/// Whether it is anything but right: what follows from a mistake is.
[[nodiscard]] bool is_wrong(const Finding& finding);

/// How a statement was understood, for --echo.
struct Echo {
  Span span{};
  std::string reading{};
};

/// What a value that is asked for has earned, where an exercise gives points.
struct Earned {
  /// formula: without its number; not_read: nowhere, but lines were not read
  enum class How { right, follows, wrong, formula, not_read, missing };
  std::string quantity{};  ///< ∂E/∂w5
  double points = 0, of = 0;
  How how = How::missing;
  std::size_t line = 0;                       ///< where it stands in the answer; 0 if it does not
  std::vector<std::size_t> lines_not_read{};  ///< in which it may stand, if it was not read
};

struct FileReport {
  std::string path{};
  std::string variant{};             ///< of the exercise that it was marked against; may be empty
  std::string student{};             ///< whose variant that is; may be empty
  bool is_of_other_variant = false;  ///< its given numbers are not those of the problem
  std::vector<Earned> earned{};      ///< if points were asked for
  std::string text{};
  std::string failure{};            ///< why the file could not be read at all
  std::vector<Finding> findings{};  ///< in the order of the file
  std::vector<Echo> echoes{};       ///< if asked for; in the order of the file
  std::vector<Span> passed_over{};  ///< lines with numbers that were not read
  /// What the writer means otherwise than the problem, a sentence each.
  std::vector<std::string> conventions{};
};

struct CheckOptions {
  bool strict = false;  ///< rounding only: nothing cut off, nothing carried
  bool accept_last_digit = false;
  bool show_answers = true;  ///< whether messages may tell the true value
  bool decimal_comma = false;
  bool echo = false;  ///< keep how each statement was understood
  bool name_slips = true;
  bool list_all = false;  ///< also what is right
  int hint = 0;           ///< a level of hints.hpp; 0: findings as they are
};

/// The characters that were judged, at most so many bytes of them, as they stand in the file: a
/// span may begin or end within a character that was read as two, such as ½ or ².
[[nodiscard]] std::string_view written(const FileReport& report, const Finding& finding,
                                       std::size_t most = std::numeric_limits<std::size_t>::max());

enum class CheckStatus { all_right = 0, statement_wrong = 1, unusable = 2 };

struct Counts {
  std::array<std::size_t, verdict_count> of{};
  [[nodiscard]] std::size_t operator[](Verdict verdict) const {
    return of[static_cast<std::size_t>(verdict)];
  }
};
[[nodiscard]] Counts count(const FileReport& report);

/// right, follows, wrong, formula only, not read, missing.
[[nodiscard]] std::string_view how_name(Earned::How how);
/// The same with its lines: "wrong, line 3", "not read, lines 1, 2".
[[nodiscard]] std::string how_in_words(const Earned& earned);

struct PointsSum {
  double points = 0, of = 0;
};
[[nodiscard]] PointsSum points_sum(const FileReport& report);
/// 2, 0.5, 0.333: at most three decimals.
[[nodiscard]] std::string points_in_digits(double points);

/// unusable if anything could not be read or decided, a line with numbers was passed over, or
/// nothing was checked; statement_wrong if
/// anything is wrong, follows from it, is a mis-copy or off in the last digit; otherwise all_right.
[[nodiscard]] CheckStatus status_of(const FileReport& report, const CheckOptions& options);

}  // namespace chalkgrad
