#include "tracer/check/slips/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/name.hpp"
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

/// Quantities of the same kind: another weight, the output of another neuron.
void SlipFinder::add_siblings(const Expr& leaf,
                              std::vector<std::pair<std::string_view, Expr>>& list) {
  constexpr std::size_t most = 40;
  const Problem& problem = truth_.solution().problem;
  const Item* item = problem.find(leaf.text());
  if (item == nullptr) return;
  const std::string base = name_parts(item->name).base;
  for (const Item& other : problem.items) {
    if (&other == item || other.role != item->role || list.size() >= most) continue;
    const bool same_kind = item->definition ? name_parts(other.name).base == base : true;
    if (same_kind) list.emplace_back(slip::neuron, Expr::symbol(other.name));
  }
}

std::vector<std::pair<std::string_view, Expr>> SlipFinder::confusions(const Expr& leaf) {
  std::vector<std::pair<std::string_view, Expr>> list;
  if (leaf.is(Expr::Kind::symbol)) {
    const Expr after = Expr::symbol(leaf.text() + std::string(updated_mark));
    if (truth_.updated_parameter(leaf.text()) != nullptr) list.emplace_back(slip::updated, after);
    add_siblings(leaf, list);
    return list;
  }
  for (const Step& step : truth_.solution().derivation.steps) {
    const bool same_kind = name_parts(step.of).base == name_parts(leaf.text()).base &&
                           name_parts(step.wrt).base == name_parts(leaf.wrt()).base;
    if (same_kind && !(step.symbol() == leaf)) list.emplace_back(slip::neuron, step.symbol());
    if (list.size() > 40) break;
  }
  return list;
}

const std::vector<SlipFinder::Candidate>& SlipFinder::candidates(Scope& scope,
                                                                 const Expr& subject) {
  const std::string key = print(subject);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  std::vector<Candidate> list;
  const auto confused = [this](const Expr& leaf) { return confusions(leaf); };
  const Expr rate = truth_.solution().rate_symbol();
  if (is_name(subject))
    for (const auto& [id, other] : confusions(subject))
      list.push_back({{id, other, fmt::format("that is {}", print(other))}, 0});
  for (const Expr& formula : formulas(scope, subject))
    for (Mutation& one : mutations(formula, rate, confused)) list.push_back({std::move(one), 0});
  // A path that was left out is a better guess than another derivative of the same value.
  std::stable_partition(list.begin(), list.end(),
                        [](const Candidate& one) { return one.mutation.slip == slip::path; });
  for (Candidate& one : list) one.value = scope.value(one.mutation.expr).value;
  // A slip that changes nothing here explains nothing.
  const double truth = scope.value(subject).value;
  std::erase_if(list, [truth](const Candidate& one) {
    return !std::isfinite(one.value) || std::abs(one.value - truth) <= 1e-12 * std::abs(truth);
  });
  bool own = false;
  for_each_leaf(subject, [&](const Expr& leaf) { own = own || scope.is_own(leaf); });
  if (!own) return known_.emplace(key, std::move(list)).first->second;
  of_one_file_ = std::move(list);
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
  for (const Candidate& one : candidates(scope, meaning))
    if (proves(written, one.value)) return named(one.mutation);
  if (const auto value = sequential().value(meaning);
      value && std::abs(*value - truth) > 1e-12 * std::abs(truth) && proves(written, *value))
    return Slip{std::string(slip::updated),
                "deltas of hidden neurons taken with weights that were updated already"};
  return digit_slip(written, truth);
}

std::optional<Slip> SlipFinder::in_result(Scope& scope, const std::optional<Expr>& subject,
                                          std::string_view written, const WorkingSide* before) {
  if (before != nullptr && before->has_numbers() && before->slotted.size() <= longest_suspect) {
    std::vector<double> values;
    for (const Slot& slot : before->slots) values.push_back(slot.value);
    const double digits = value_with(before->slotted, values, scope);
    if (proves(negated(written), digits)) return Slip{std::string(slip::sign), "the sign is wrong"};
    const auto none = [](const Expr&) { return std::vector<std::pair<std::string_view, Expr>>{}; };
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

}  // namespace chalkgrad
