#include "tracer/check/judging/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/check/slips/confusions.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/numerals.hpp"

namespace chalkgrad::wording {

namespace {

/// A number at about nine digits.
std::string precise(double x) {
  Numerals numerals;
  numerals.precision = Precision::significant;
  numerals.count = 9;
  return print(Expr::number(x, Decimal::of(x).shortened().digits.size() <= 9
                                   ? Decimal::of(x).shortened().plain()
                                   : numerals.show(x).text));
}

int decimals_of(std::string_view written) {
  const auto decimal = Decimal::parse(written);
  return decimal ? std::clamp(decimal->decimals(), 0, 15) : 4;
}

std::string rounded(double x, int decimals) {
  if (!std::isfinite(x)) return std::isnan(x) ? "not a number" : x > 0 ? "∞" : "−∞";
  const std::string text = Decimal::of(x).rounded(decimals, Rounding::half_up).plain();
  return print(Expr::number(x, text));
}

bool has_fraction(double x) { return std::isfinite(x) && x != std::floor(x); }

}  // namespace

std::string number_beside(double truth, std::string_view written) {
  if (!std::isfinite(truth)) return rounded(truth, 0);
  if (decimals_of(written) == 0) return precise(truth);
  const Decimal exact = Decimal::of(truth);
  const std::string shown = rounded(truth, decimals_of(written));
  const bool all_shown =
      distance(exact.rounded(decimals_of(written), Rounding::half_up), exact).is_zero();
  const auto same = Decimal::parse(written);
  // Rounded to the digits that were written it might look like what was written.
  if (same && distance(exact.rounded(decimals_of(written), Rounding::half_up), *same).is_zero())
    return precise(truth);
  return all_shown ? shown : fmt::format("{} ({})", shown, precise(truth));
}

void explain_number(Finding& finding, const Slot& slot, Scope& scope, const CheckOptions& options,
                    const Ledger::Entry* earlier) {
  const std::string meaning = print(in_short(*slot.meaning, scope));
  switch (finding.verdict) {
    case Verdict::ok_digits:
      finding.message = "truncated";
      if (options.show_answers)
        finding.message +=
            fmt::format(" (rounding gives {})", rounded(slot.truth, decimals_of(slot.text)));
      break;
    case Verdict::ok_carried: finding.message = "as you rounded it before"; break;
    case Verdict::follows:
      finding.message = "as you wrote it before, where it is wrong";
      (void)earlier;
      break;
    case Verdict::last_digit:
      finding.message = options.show_answers
                            ? fmt::format("the last digit is off by one; {} = {}", meaning,
                                          number_beside(slot.truth, slot.text))
                            : "the last digit is off by one";
      break;
    default:
      finding.message = options.show_answers
                            ? fmt::format("you wrote {}; {} = {}", print(Expr::number(slot.text)),
                                          meaning, number_beside(slot.truth, slot.text))
                            : fmt::format("you wrote {}; that is not {}",
                                          print(Expr::number(slot.text)), meaning);
  }
}

void explain_result(Finding& finding, const Slot& slot, const WorkingSide* before,
                    std::optional<double> digits_give, Scope&, const CheckOptions& options) {
  const int decimals = decimals_of(slot.text);
  // What right digits give is the answer.
  const std::string digits =
      digits_give && options.show_answers
          ? fmt::format("your digits give {}", decimals == 0 && has_fraction(*digits_give)
                                                   ? precise(*digits_give)
                                                   : rounded(*digits_give, decimals))
          : "";
  switch (finding.verdict) {
    case Verdict::ok_digits:
      finding.message = "truncated";
      if (options.show_answers)
        finding.message += fmt::format(" (rounding gives {})", rounded(slot.truth, decimals));
      break;
    case Verdict::ok_carried:
      finding.message = "right with the rounded numbers it comes from";
      if (options.show_answers && std::isfinite(slot.truth))
        finding.message += fmt::format(" (unrounded: {})", precise(slot.truth));
      break;
    case Verdict::follows:
      finding.message = before != nullptr && !before->has_numbers() && !before->sound
                            ? "right for the formula before it, which is wrong"
                            : "right with the wrong number it comes from";
      if (slot.value == 0 || std::abs(slot.value) == 1)
        finding.message += fmt::format("; but {} may make the rest too easy", slot.text);
      break;
    case Verdict::mis_copy:
      finding.message = digits.empty()
                            ? std::string("It is the right value, but not what stands before it.")
                            : fmt::format("It is the right value, but {}.", digits);
      break;
    case Verdict::undecided: finding.message = "there is no value to compare it with"; break;
    case Verdict::last_digit:
      finding.message = "the last digit is off by one";
      if (options.show_answers && std::isfinite(slot.truth))
        finding.message +=
            fmt::format("; {} = {}", finding.quantity, number_beside(slot.truth, slot.text));
      break;
    case Verdict::wrong: {
      const bool known = options.show_answers && std::isfinite(slot.truth);
      if (known)
        finding.message =
            fmt::format("{} = {}", finding.quantity, number_beside(slot.truth, slot.text));
      if (!digits.empty() && before != nullptr)
        finding.message += (finding.message.empty() ? "" : "; ") + digits;
      if (finding.message.empty())
        finding.message = finding.quantity.empty()
                              ? "that is not what stands before it"
                              : fmt::format("that is not {}", finding.quantity);
      break;
    }
    default: break;
  }
}

void explain_value(Finding& finding, const WorkingSide& side, double truth, Scope& scope,
                   const CheckOptions& options) {
  int decimals = 4;
  std::string longest = "0.0000";
  for (const Slot& slot : side.slots) {
    if (decimals_of(slot.text) <= decimals) continue;
    decimals = decimals_of(slot.text);
    longest = slot.text;
  }
  std::vector<double> values;
  for (const Slot& slot : side.slots) values.push_back(slot.value);
  if (options.show_answers)
    finding.message = fmt::format("your digits give {}",
                                  rounded(value_with(side.slotted, values, scope), decimals));
  else
    finding.message = finding.quantity.empty() ? "that is not what stands before it"
                                               : "that is not " + finding.quantity;
  if (options.show_answers && std::isfinite(truth))
    finding.message += fmt::format("; {} = {}", finding.quantity, number_beside(truth, longest));
}

void explain_formula(Finding& finding, const Expr& written, const Expr& subject, Scope& scope,
                     const CheckOptions& options) {
  const double here = scope.value(written).value, truth = scope.value(subject).value;
  finding.message = fmt::format("that is not {}", print(subject));
  if (!std::isfinite(here) || !std::isfinite(truth)) return;
  if (std::abs(here - truth) <= 1e-12 * std::abs(truth)) {
    finding.message += ": it has the same value here, but only by coincidence";
  } else if (options.show_answers) {
    finding.message += fmt::format(": it comes to {}, not {}", precise(here), precise(truth));
  }
}

}  // namespace chalkgrad::wording
