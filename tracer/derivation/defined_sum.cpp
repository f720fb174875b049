#include "tracer/derivation/defined_sum.hpp"

namespace chalkgrad {

namespace {

/// Of 1/4·(a + b) the constant and the terms; nothing of anything else.
std::optional<std::pair<Expr, std::vector<Term>>> constant_times_sum(const Expr& e) {
  if (!e.is(Expr::Kind::product)) return std::nullopt;
  std::vector<Term> constants, inside;
  for (const auto& [factor, divides] : e.parts()) {
    if (factor.is(Expr::Kind::number)) {
      constants.push_back({factor, divides});
    } else if (factor.is(Expr::Kind::sum) && !divides && inside.empty()) {
      inside = factor.parts();
    } else {
      return std::nullopt;
    }
  }
  if (constants.empty() || constants.front().inverted || inside.empty()) return std::nullopt;
  return std::pair{Expr::product(std::move(constants)), std::move(inside)};
}

}  // namespace

DefinedSum::DefinedSum(const Quantities& quantities, QuantityIndex y)
    : whole_(quantities.definition(y)) {
  terms_ = whole_.is(Expr::Kind::sum) ? whole_.parts() : std::vector<Term>{{whole_, false}};
  if (terms_.size() == 1) {
    if (auto scaled = constant_times_sum(terms_[0].expr)) {
      scale_ = terms_[0].inverted ? -scaled->first : scaled->first;
      terms_ = std::move(scaled->second);
    }
  }
  for (std::size_t place = 0; place < terms_.size(); ++place) {
    for_each_leaf(terms_[place].expr, [&](const Expr& leaf) {
      const auto i = leaf.is(Expr::Kind::symbol) ? quantities.find(leaf.text()) : std::nullopt;
      if (!i) return;
      const bool is_term = leaf.identity() == terms_[place].expr.identity();
      const auto [known, added] = standing_.try_emplace(*i, Standing{place, is_term});
      if (!added) known->second.alone = false;
    });
  }
}

std::optional<std::size_t> DefinedSum::place_of(QuantityIndex i) const {
  const auto found = standing_.find(i);
  const bool alone = found != standing_.end() && found->second.alone;
  return alone ? std::optional(found->second.place) : std::nullopt;
}

}  // namespace chalkgrad
