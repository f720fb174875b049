#include "tracer/check/slips/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t longest_suspect = 80;

/// Whether a number is what a slip would give; a single digit proves nothing.
bool proves(std::string_view written, double value) {
  const auto decimal = Decimal::parse(written);
  if (!decimal || !std::isfinite(value) || value == 0) return false;
  const bool whole = written.find_first_of(".eE") == std::string_view::npos;
  if (decimal->digits.size() < 2 && !whole)
    return std::abs(decimal->value() - value) <= 1e-12 * std::abs(value);
  return is_agreement(agreement(written, value));
}

std::string negated(std::string_view written) {
  return written.starts_with('-') ? std::string(written.substr(1)) : "-" + std::string(written);
}

Slip named(const Mutation& mutation) { return {std::string(mutation.slip), mutation.description}; }

/// Whether one text is the other with two neighbouring digits swapped, or one digit replaced.
bool is_exchange(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return false;
  std::vector<std::size_t> different;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) different.push_back(i);
  if (different.size() == 1) return a[different[0]] != '-' && b[different[0]] != '-';
  return different.size() == 2 && different[1] == different[0] + 1 &&
         a[different[0]] == b[different[1]] && a[different[1]] == b[different[0]];
}

/// Whether `shorter` is `longer` without one digit that is not its last.
bool is_shorter_by_one(const std::string& shorter, const std::string& longer) {
  if (shorter.size() + 1 != longer.size()) return false;
  for (std::size_t i = 0; i + 1 < longer.size(); ++i)
    if (longer[i] != '.' && longer.substr(0, i) + longer.substr(i + 1) == shorter) return true;
  return false;
}

}  // namespace

std::optional<Slip> digit_slip(std::string_view written, double truth) {
  const auto decimal = Decimal::parse(written);
  if (!decimal || decimal->digits.size() < 2 || !std::isfinite(truth)) return std::nullopt;
  const Decimal exact = Decimal::of(truth);
  const int places = decimal->decimals();
  const std::string text = decimal->plain();
  const auto said = [](const std::string& like, const char* how) {
    return Slip{std::string(slip::digit),
                fmt::format("looks like {}{}", print(Expr::number(like)), how)};
  };
  for (const double scale : {10.0, 0.1, 100.0, 0.01}) {
    if (!proves(written, truth * scale)) continue;
    return said(exact.rounded(places + (scale < 1 ? -1 : 1), Rounding::half_up).plain(),
                " with the point moved");
  }
  for (const Rounding rounding : {Rounding::half_up, Rounding::truncate}) {
    const std::string right = exact.rounded(places, rounding).plain();
    if (is_exchange(text, right)) return said(right, "");
    const std::string longer = exact.rounded(places + 1, rounding).plain();
    if (is_shorter_by_one(text, longer)) return said(longer, " with a digit dropped");
    if (places > 0 && rounding == Rounding::half_up) {
      const std::string shorter = exact.rounded(places - 1, rounding).plain();
      if (is_shorter_by_one(shorter, text)) return said(shorter, " with a digit too many");
    }
  }
  return std::nullopt;
}

const SequentialUpdate& SlipFinder::sequential() {
  if (!sequential_) sequential_.emplace(truth_);
  return *sequential_;
}

/// The definitions of the subject, and these with the formulas of their factors written in.
std::vector<Expr> SlipFinder::formulas(Scope& scope, const Expr& subject) const {
  std::vector<Expr> list;
  const bool leaf = is_name(subject);
  if (leaf) {
    list = scope.definitions(subject);
  } else {
    list.push_back(subject);
  }
  const std::size_t count = list.size();
  for (std::size_t i = 0; i < count; ++i) {
    Expr expanded = substitute(list[i], [&](const Expr& part) {
      if (!part.is(Expr::Kind::derivative)) return part;
      for (const Expr& definition : scope.definitions(part)) {
        bool plain = true;
        for_each_leaf(definition, [&](const Expr& inner) {
          plain = plain && !inner.is(Expr::Kind::derivative);
        });
        if (plain) return definition;
      }
      return part;
    });
    if (!(expanded == list[i])) list.push_back(std::move(expanded));
  }
  std::erase_if(list, [](const Expr& e) { return e.size() > longest_suspect; });
  return list;
}

/// What is missing by what it is to the writer: the activation's derivative, the penalty's term.
void SlipFinder::name_what_is_missing(Scope& scope, const Expr& subject,
                                      std::vector<Candidate>& list) {
  const bool of_derivative = subject.is(Expr::Kind::derivative);
  for (Candidate& one : list) {
    Mutation& mutation = one.mutation;
    if (!mutation.left_out) continue;
    const Expr& part = *mutation.left_out;
    const Expr formula = in_short(part, scope);
    if (mutation.slip == slip::factor && !(formula == part))
      mutation.description = fmt::format("{} is missing: multiply by {}", print(part),
                                         print(Expr::product({{formula, false}})));
    bool parameter = false, derivatives = false;
    for_each_leaf(formula, [&](const Expr& leaf) {
      derivatives = derivatives || leaf.is(Expr::Kind::derivative);
      parameter = parameter ||
                  (leaf.is(Expr::Kind::symbol) && of_derivative && leaf.text() == subject.wrt());
    });
    const bool is_added = mutation.slip == slip::term || mutation.slip == slip::path;
    if (!is_added || !parameter || derivatives) continue;
    mutation.slip = slip::penalty;
    mutation.description = fmt::format("the penalty's term {} is missing", print(formula));
  }
}

std::vector<SlipFinder::Candidate> SlipFinder::find_candidates(Scope& scope, const Expr& subject) {
  std::vector<Candidate> list;
  const auto confused = [this](const Expr& leaf) { return confused_.in_formula(leaf); };
  const Expr rate = truth_.solution().rate_symbol();
  if (is_name(subject))
    for (Confusion& one : confused_.of_result(subject))
      list.push_back({{one.slip, one.expr, std::move(one.description), std::nullopt}, 0});
  for (const Expr& formula : formulas(scope, subject))
    for (Mutation& one : mutations(formula, rate, confused)) list.push_back({std::move(one), 0});
  name_what_is_missing(scope, subject, list);
  // A path that was left out is a better guess than another derivative of the same value; σ for
  // softplus′ is the poorest.
  std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) {
    const auto rank = [](const Candidate& one) {
      const std::string_view id = one.mutation.slip;
      if (id == slip::not_updated || id == slip::penalty) return 0;
      return id == slip::path ? 1 : id == slip::activation ? 3 : 2;
    };
    return rank(a) < rank(b);
  });
  for (Candidate& one : list) one.value = scope.value(one.mutation.expr).value;
  // A slip that changes nothing here explains nothing.
  const double truth = scope.value(subject).value;
  std::erase_if(list, [truth](const Candidate& one) {
    return !std::isfinite(one.value) || std::abs(one.value - truth) <= 1e-12 * std::abs(truth);
  });
  return list;
}

const std::vector<SlipFinder::Candidate>& SlipFinder::candidates(Scope& scope,
                                                                 const Expr& subject) {
  const std::string key = print(subject);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  bool own = false;
  for_each_leaf(subject, [&](const Expr& leaf) { own = own || scope.is_own(leaf); });
  if (!own) return known_.emplace(key, find_candidates(scope, subject)).first->second;
  of_one_file_ = find_candidates(scope, subject);
  return of_one_file_;
}

std::vector<std::pair<Slip, double>> SlipFinder::likely(Scope& scope, const Expr& subject) {
  std::vector<std::pair<Slip, double>> list;
  for (const Candidate& one : candidates(scope, subject))
    list.emplace_back(named(one.mutation), one.value);
  return list;
}

std::optional<Slip> SlipFinder::in_number(Scope& scope, const Expr& meaning,
                                          std::string_view written) {
  const double truth = scope.value(meaning).value;
  if (proves(negated(written), truth)) return Slip{std::string(slip::sign), "the sign is wrong"};
  constexpr std::size_t least_digits = 3;
  const auto decimal = Decimal::parse(written);
  const bool few = !decimal || decimal->digits.size() < least_digits;
  for (const Candidate& one : candidates(scope, meaning)) {
    if (few && one.mutation.slip == slip::net_for_out) continue;
    if (proves(written, one.value)) return named(one.mutation);
  }
  if (const auto value = sequential().value(meaning);
      value && std::abs(*value - truth) > 1e-12 * std::abs(truth) && proves(written, *value))
    return Slip{std::string(slip::updated),
                "deltas of hidden neurons taken with weights that were updated already"};
  if (auto slip = digit_slip(written, truth)) return slip;
  return another_derivative(scope, meaning, written);
}

/// The gradient of another layer, which three digits and more speak for.
std::optional<Slip> SlipFinder::another_derivative(Scope& scope, const Expr& meaning,
                                                   std::string_view written) {
  constexpr std::size_t most = 200, least_digits = 3;
  const auto decimal = Decimal::parse(written);
  const std::vector<Step>& steps = truth_.solution().derivation.steps;
  if (!meaning.is(Expr::Kind::derivative) || !decimal || decimal->digits.size() < least_digits ||
      steps.size() > most)
    return std::nullopt;
  const double truth = scope.value(meaning).value;
  for (const Step& step : steps) {
    const double value = scope.value(step.symbol()).value;
    if (step.of != meaning.text() || value == truth || !proves(written, value)) continue;
    return Slip{std::string(slip::derivative), fmt::format("that is {}", print(step.symbol()))};
  }
  return std::nullopt;
}

std::optional<Slip> SlipFinder::in_result(Scope& scope, const std::optional<Expr>& subject,
                                          std::string_view written, const WorkingSide* before) {
  if (before != nullptr && before->has_numbers() && before->slotted.size() <= longest_suspect) {
    std::vector<double> values;
    for (const Slot& slot : before->slots) values.push_back(slot.value);
    const double digits = value_with(before->slotted, values, scope);
    if (proves(negated(written), digits)) return Slip{std::string(slip::sign), "the sign is wrong"};
    const auto none = [](const Expr&) { return std::vector<Confusion>{}; };
    for (const Mutation& one : mutations(before->slotted, truth_.solution().rate_symbol(), none)) {
      const double value = value_with(one.expr, values, scope);
      // What is missing is shown as it was written, not as a slot.
      if (std::abs(value - digits) > 1e-12 * std::abs(digits) && proves(written, value))
        return Slip{std::string(one.slip),
                    one.description.find('#') == std::string::npos
                        ? one.description
                        : "a part of the line is missing or has another sign"};
    }
    if (auto slip = digit_slip(written, digits)) return slip;
  }
  return subject ? in_number(scope, *subject, written) : std::nullopt;
}

std::optional<Slip> SlipFinder::in_side(Scope& scope, const Expr& subject, const WorkingSide& side,
                                        const std::function<bool(std::size_t, const Expr&)>& fits) {
  std::vector<double> values;
  for (const Slot& slot : side.slots) values.push_back(slot.value);
  Aligner aligner(scope, values, fits);
  constexpr int most_attempts = 400;
  int attempts = 0;
  for (const Candidate& one : candidates(scope, subject)) {
    if (++attempts > most_attempts) break;
    const auto alignment = aligner.align(side.slotted, one.mutation.expr);
    if (alignment && alignment->mismatches == 0) return named(one.mutation);
  }
  return std::nullopt;
}

std::optional<Slip> SlipFinder::in_formula(Scope& scope, const Expr& subject, const Expr& written) {
  const double here = scope.value(written).value;
  if (!std::isfinite(here) && std::isfinite(scope.value(subject).value)) return std::nullopt;
  if (scope.compare(written, -subject) == Sameness::same)
    return Slip{std::string(slip::sign), "the sign is wrong"};
  constexpr int most_checked = 60;
  int comparisons = 0;
  for (const Candidate& one : candidates(scope, subject)) {
    const bool possible =
        !std::isfinite(here) ||
        std::abs(here - one.value) <= 1e-9 * std::max(std::abs(here), std::abs(one.value));
    if (!possible || ++comparisons > most_checked) continue;
    if (scope.compare(written, one.mutation.expr) == Sameness::same) return named(one.mutation);
  }
  if (auto two = two_in_formula(scope, subject, written)) return two;
  // Does the chain telescope? ∂a/∂b·∂b/∂c.
  if (!written.is(Expr::Kind::product)) return std::nullopt;
  const std::vector<Term>& factors = written.parts();
  for (std::size_t i = 0; i + 1 < factors.size(); ++i) {
    const Expr &left = factors[i].expr, &right = factors[i + 1].expr;
    if (!left.is(Expr::Kind::derivative) || !right.is(Expr::Kind::derivative)) return std::nullopt;
    if (left.wrt() == right.text()) continue;
    return Slip{std::string(slip::factor),
                fmt::format("{} and {} do not meet: ∂{}/∂{} is missing between them", print(left),
                            print(right), left.wrt(), right.text())};
  }
  const bool chain = subject.is(Expr::Kind::derivative) &&
                     factors.front().expr.is(Expr::Kind::derivative) &&
                     factors.back().expr.is(Expr::Kind::derivative);
  if (chain &&
      (factors.front().expr.text() != subject.text() || factors.back().expr.wrt() != subject.wrt()))
    return Slip{std::string(slip::derivative),
                fmt::format("this chain is ∂{}/∂{}", factors.front().expr.text(),
                            factors.back().expr.wrt())};
  return std::nullopt;
}

/// A sign and a missing factor in one line: what neither explains, both may.
std::optional<Slip> SlipFinder::two_in_formula(Scope& scope, const Expr& subject,
                                               const Expr& written) {
  constexpr std::size_t most = 60, longest = 40;
  const double here = scope.value(written).value;
  if (!std::isfinite(here) || --searches_for_two_left_ < 0) return std::nullopt;
  const auto none = [](const Expr&) { return std::vector<Confusion>{}; };
  std::size_t looked_at = 0;
  // A copy: the list of a name of the writer's own is made anew with each.
  const std::vector<Candidate> first = candidates(scope, subject);
  for (const Candidate& one : first) {
    if (one.mutation.expr.size() > longest || ++looked_at > most) continue;
    for (const Mutation& two :
         mutations(one.mutation.expr, truth_.solution().rate_symbol(), none)) {
      const double value = scope.value(two.expr).value;
      if (std::abs(here - value) > 1e-9 * std::abs(here) || two.slip == slip::added) continue;
      if (scope.compare(written, two.expr) != Sameness::same) continue;
      return Slip{std::string(one.mutation.slip),
                  fmt::format("{}; and {}", one.mutation.description, two.description)};
    }
  }
  return std::nullopt;
}

}  // namespace chalkgrad
