#include "tracer/exercise/slips_of_answers.hpp"

#include <algorithm>
#include <cmath>

#include "tracer/check/slips/slips.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// Whether one could be taken for the other, written with the digits of the sheet.
bool is_near(double a, double b, double tolerance) { return std::abs(a - b) <= 2 * tolerance; }

/// How likely a slip is in that answer: 0 the likeliest. In an update η and its sign are what goes
/// wrong; another quantity is a good guess only where nothing else is.
int rank(const Slip& one, double value, const Asked& asked) {
  const bool turned = !asked.target.wrt && is_near(value, -asked.value, asked.tolerance);
  const bool far_fetched = one.id == slip::neuron || one.id == slip::activation ||
                           one.description.ends_with(" 1 is wrong");
  if (far_fetched || turned) return 2;
  if (one.id == slip::mean) return 1;
  return asked.target.updated && one.id != slip::rate && one.id != slip::sign ? 1 : 0;
}

AnswerSlips slips_of(const Asked& asked, SlipFinder& finder, Scope& scope, const Numerals& numerals,
                     std::size_t most) {
  AnswerSlips slips;
  const auto add = [&](double value, const std::string& description) {
    const bool tells = slips.size() < most && !is_near(value, asked.value, asked.tolerance) &&
                       std::none_of(slips.begin(), slips.end(), [&](const AnswerSlip& one) {
                         return is_near(one.value, value, asked.tolerance);
                       });
    if (tells) slips.push_back({value, numerals.show(value).text, description});
  };
  if (asked.target.wrt) add(-asked.value, "the sign is wrong");
  auto likely = finder.likely(scope, asked.symbol);
  // Of an update with a wrong sign, the one that goes up is nearest.
  const auto order = [&](const std::pair<Slip, double>& one) {
    const double away = asked.target.updated ? std::abs(one.second - asked.value) : 0;
    return std::pair(rank(one.first, one.second, asked), away);
  };
  std::stable_sort(likely.begin(), likely.end(),
                   [&](const auto& a, const auto& b) { return order(a) < order(b); });
  constexpr std::size_t longest = 48;  // more nobody reads beside a number
  for (const auto& [slip, value] : likely)
    if (utf8::display_width(slip.description) <= longest) add(value, slip.description);
  return slips;
}

}  // namespace

std::vector<AnswerSlips> slips_of_answers(const Solution& solution, const std::vector<Asked>& asked,
                                          const Numerals& numerals, std::size_t most) {
  Truth truth(solution);
  SlipFinder finder(truth);
  const Answer nothing_written;
  Scope scope(truth, nothing_written);
  std::vector<AnswerSlips> list;
  for (const Asked& one : asked) list.push_back(slips_of(one, finder, scope, numerals, most));
  return list;
}

}  // namespace chalkgrad
