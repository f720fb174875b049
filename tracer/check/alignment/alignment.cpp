#include "tracer/check/alignment/alignment.hpp"

#include <algorithm>
#include <cmath>

namespace chalkgrad {

namespace {

constexpr int deepest_definition = 3, most_comparisons = 4000;
constexpr std::size_t longest_group = 5, most_grouped = 14;

bool has_slots(const Expr& e) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || NumberSlot::of(leaf).has_value(); });
  return found;
}

void take_better(std::optional<Alignment>& best, std::optional<Alignment> other) {
  if (other && (!best || other->mismatches < best->mismatches)) best = std::move(other);
}

Alignment joined(Alignment a, const Alignment& b) {
  a.pairs.insert(a.pairs.end(), b.pairs.begin(), b.pairs.end());
  a.mismatches += b.mismatches;
  return a;
}

/// The factors of a product, the sign of a negated one in the first of them.
std::vector<Term> signed_factors(const Expr& e) {
  if (e.is(Expr::Kind::product)) return e.parts();
  if (!e.is_negation()) return {{e, false}};
  std::vector<Term> factors = signed_factors(e.part(0));
  factors[0].expr = -factors[0].expr;
  return factors;
}

/// The terms of a sum; of a negated sum, each with the other sign.
std::vector<Term> signed_terms(const Expr& e) {
  if (e.is_negation() && e.part(0).is(Expr::Kind::sum) && !e.part(0).is_negation()) {
    std::vector<Term> terms = e.part(0).parts();
    for (Term& term : terms) term.inverted = !term.inverted;
    return terms;
  }
  if (e.is(Expr::Kind::sum)) return e.parts();
  return {{e, false}};
}

Expr group_of(const std::vector<Term>& parts, std::size_t from, std::size_t count, bool sum) {
  std::vector<Term> group(parts.begin() + static_cast<std::ptrdiff_t>(from),
                          parts.begin() + static_cast<std::ptrdiff_t>(from + count));
  if (count == 1 && !group[0].inverted) return group[0].expr;
  if (group[0].inverted && !sum) group.insert(group.begin(), {Expr(1.0), false});
  return sum ? Expr::sum(std::move(group)) : Expr::product(std::move(group));
}

bool is_sum(const Expr& e) {
  return (e.is(Expr::Kind::sum) && !e.is_negation()) ||
         (e.is_negation() && e.part(0).is(Expr::Kind::sum) && !e.part(0).is_negation());
}

bool is_product(const Expr& e) {
  return e.is(Expr::Kind::product) || (e.is_negation() && e.part(0).is(Expr::Kind::product));
}

}  // namespace

/// Counts how deep the alignment is in the expressions.
class Aligner::Nesting {
 public:
  explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --depth_; }

 private:
  int& depth_;
};

Expr NumberSlot::symbol(std::size_t number) { return Expr::symbol(mark + std::to_string(number)); }

std::optional<std::size_t> NumberSlot::of(const Expr& leaf) {
  if (!leaf.is(Expr::Kind::symbol) || leaf.text()[0] != mark) return std::nullopt;
  return std::stoul(leaf.text().substr(1));
}

std::optional<Alignment> Aligner::align(const Expr& written, const Expr& symbolic) {
  // Most lines keep the order of the formula; only then is anything else tried.
  Result best;
  for (const bool thorough : {false, true}) {
    thorough_ = thorough;
    budget_ = most_comparisons;
    take_better(best, align(written, symbolic, 0));
    if (best && best->mismatches == 0) break;
  }
  return best;
}

std::optional<Alignment> Aligner::align_in_order(const Expr& written, const Expr& symbolic) {
  thorough_ = false;
  budget_ = most_comparisons;
  return align(written, symbolic, 0);
}

Aligner::Result Aligner::align(const Expr& written, const Expr& symbolic, int depth) {
  constexpr int deepest_nesting = 60;
  const Nesting nesting(nesting_);
  if (--budget_ < 0 || nesting_ > deepest_nesting) return std::nullopt;
  if (symbolic.is(Expr::Kind::number)) return literal(written, symbolic);
  if (const auto slot = NumberSlot::of(written))
    return Alignment{{{*slot, symbolic}}, fits(*slot, symbolic) ? 0 : 1};
  if (!has_slots(written)) {
    if (scope_.compare(written, symbolic) == Sameness::same) return Alignment{};
    return std::nullopt;
  }
  Result best = align_parts(written, symbolic, depth);
  if (best && best->mismatches == 0) return best;
  take_better(best, by_definition(written, symbolic, depth));
  return best;
}

bool Aligner::fits(std::size_t slot, const Expr& meaning) {
  const auto [known, added] = fitting_[slot].try_emplace(meaning);
  if (added) known->second = fits_(slot, meaning);
  return known->second;
}

/// A number of the formula itself, as ½ or the 1 of 1 − o: it must be written as it is.
Aligner::Result Aligner::literal(const Expr& written, const Expr& symbolic) {
  const double value = evaluate(written, [&](const Expr& leaf) {
    const auto slot = NumberSlot::of(leaf);
    return slot ? slots_[*slot] : scope_.value(leaf).value;
  });
  if (!(std::abs(value - symbolic.value()) <= 1e-12 * std::abs(value))) return std::nullopt;
  return Alignment{};
}

Aligner::Result Aligner::align_parts(const Expr& written, const Expr& symbolic, int depth) {
  if (written.is_negation() && symbolic.is_negation())
    return align(written.part(0), symbolic.part(0), depth);
  if (is_sum(written) && is_sum(symbolic))
    return align_terms(signed_terms(written), signed_terms(symbolic), true, depth);
  if ((is_product(written) && (is_product(symbolic) || symbolic.is_negation())) ||
      (is_product(symbolic) && written.is_negation()))
    return align_terms(signed_factors(written), signed_factors(symbolic), false, depth);
  const bool same_kind = written.kind() == symbolic.kind() &&
                         written.parts().size() == symbolic.parts().size() &&
                         (written.is(Expr::Kind::power) || written.is(Expr::Kind::cases) ||
                          (written.is(Expr::Kind::call) && written.op() == symbolic.op()));
  if (same_kind) {
    Alignment all;
    for (std::size_t i = 0; i < written.parts().size(); ++i) {
      auto one = align(written.part(i), symbolic.part(i), depth);
      if (!one) return std::nullopt;
      all = joined(std::move(all), *one);
    }
    return all;
  }
  // −(−0.74) for a number; x·x for x².
  if (written.is_negation()) return align(written.part(0), -symbolic, depth);
  if (is_product(written) && symbolic.is(Expr::Kind::power) && symbolic.part(1).is_number(2))
    return align_terms(signed_factors(written),
                       {{symbolic.part(0), false}, {symbolic.part(0), false}}, false, depth);
  return std::nullopt;
}

Aligner::Result Aligner::by_definition(const Expr& written, const Expr& symbolic, int depth) {
  const bool negated = symbolic.is_negation();
  const Expr& leaf = negated ? symbolic.part(0) : symbolic;
  if (depth >= deepest_definition || !is_name(leaf)) return std::nullopt;
  Result best;
  for (const Expr& definition : scope_.definitions(leaf)) {
    take_better(best, align(written, negated ? -definition : definition, depth + 1));
    if (best && best->mismatches == 0) break;
  }
  return best;
}

Aligner::Result Aligner::align_terms(const std::vector<Term>& written,
                                     const std::vector<Term>& symbolic, bool sum, int depth) {
  Result best;
  if (written.size() == symbolic.size()) best = in_order(written, symbolic, sum, depth);
  if ((best && best->mismatches == 0) || !thorough_) return best;
  if (written.size() <= most_grouped && symbolic.size() <= most_grouped)
    take_better(best, in_groups(written, symbolic, sum, depth));
  if (best && best->mismatches == 0) return best;
  if (written.size() == symbolic.size() && written.size() <= most_grouped)
    take_better(best, in_any_order(written, symbolic, sum, depth));
  return best;
}

/// One term against one term; a sign that differs belongs to the meaning.
Aligner::Result Aligner::pair(const Term& written, const Term& symbolic, bool sum, int depth) {
  if (written.inverted == symbolic.inverted) return align(written.expr, symbolic.expr, depth);
  if (sum) return align(written.expr, -symbolic.expr, depth);
  return align(written.expr, Expr(1.0) / symbolic.expr, depth);
}

Aligner::Result Aligner::in_order(const std::vector<Term>& written,
                                  const std::vector<Term>& symbolic, bool sum, int depth) {
  Alignment all;
  for (std::size_t i = 0; i < written.size(); ++i) {
    auto one = pair(written[i], symbolic[i], sum, depth);
    if (!one) return std::nullopt;
    all = joined(std::move(all), *one);
  }
  return all;
}

/// The best way to cut both lists into groups, one to one, one to many or many to one.
Aligner::Result Aligner::in_groups(const std::vector<Term>& written,
                                   const std::vector<Term>& symbolic, bool sum, int depth) {
  const std::size_t n = written.size(), m = symbolic.size();
  std::vector<std::vector<Result>> best(n + 1, std::vector<Result>(m + 1));
  best[0][0] = Alignment{};
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      if (!best[i][j]) continue;
      for (std::size_t a = 1; a <= longest_group && i + a <= n; ++a) {
        for (std::size_t b = 1; b <= (a == 1 ? longest_group : 1) && j + b <= m; ++b) {
          if (a == n && b == m) continue;  // that is where we come from
          Result one = a == 1 && b == 1 ? pair(written[i], symbolic[j], sum, depth)
                                        : align(group_of(written, i, a, sum),
                                                group_of(symbolic, j, b, sum), depth);
          if (one) take_better(best[i + a][j + b], joined(*best[i][j], *one));
        }
      }
    }
  }
  return std::move(best[n][m]);
}

Aligner::Result Aligner::in_any_order(const std::vector<Term>& written,
                                      const std::vector<Term>& symbolic, bool sum, int depth) {
  Alignment all;
  std::vector<bool> used(symbolic.size());
  for (const Term& one : written) {
    Result best;
    std::size_t which = 0;
    for (std::size_t j = 0; j < symbolic.size(); ++j) {
      if (used[j]) continue;
      auto candidate = pair(one, symbolic[j], sum, depth);
      if (!candidate || (best && candidate->mismatches >= best->mismatches)) continue;
      best = std::move(candidate);
      which = j;
    }
    if (!best) return std::nullopt;
    used[which] = true;
    all = joined(std::move(all), *best);
  }
  return all;
}

}  // namespace chalkgrad
