#include "tracer/check/truth/scope.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tracer/check/reading/assembly.hpp"
#include "tracer/check/reading/reader.hpp"
#include "tracer/derivation/complement.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

constexpr int deepest_chain = 2000;

/// What z is in σ(z) = …: some number, another in each world.
double any_number(const std::string& name, std::size_t world) {
  const std::size_t mixed = std::hash<std::string>()(name) + 7919 * (world + 1);
  return 0.15 + 0.1 * static_cast<double>(mixed % 17);
}

}  // namespace

bool is_name(const Expr& e) { return e.is(Expr::Kind::symbol) || e.is(Expr::Kind::derivative); }

bool has_names(const Expr& e) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || !leaf.is(Expr::Kind::number); });
  return found;
}

Scope::Scope(Truth& truth, const Answer& answer) : truth_(truth) {
  for (std::size_t i = 0; i < answer.statements.size(); ++i) {
    const auto& sides = answer.statements[i].sides;
    if (!sides[0].expr.is(Expr::Kind::symbol)) continue;
    const std::string& name = sides[0].expr.text();
    if (!std::isnan(truth_.value(sides[0].expr).value)) continue;
    const bool of_problem = truth_.solution().problem.find(name) != nullptr ||
                            !truth_.definitions(sides[0].expr).empty();
    // w := w − η·g says nothing of what w is.
    bool of_itself = false;
    for_each_leaf(sides[1].expr,
                  [&](const Expr& leaf) { of_itself = of_itself || leaf == sides[0].expr; });
    if (of_problem || of_itself) continue;
    // What z = w·x comes to, printed below it, is known to more digits from the formula.
    stand_at(i);
    const Expr& value = sides[1].expr;
    if (sides.size() == 2 && value.is(Expr::Kind::number) && own_.contains(name) &&
        has_names(own_[name].back().expr) &&
        is_agreement(agreement(value.text(), this->value(sides[0].expr).value)))
      continue;
    own_[name].push_back({i, sides[1].expr, false, {}});
  }
}

Scope::Definition* Scope::definition_of(const std::string& name) {
  const auto found = own_.find(name);
  if (found == own_.end()) return nullptr;
  auto& list = found->second;
  const auto below =
      std::upper_bound(list.begin(), list.end(), statement_,
                       [](std::size_t at, const Definition& one) { return at < one.statement; });
  if (below != list.begin()) return &*std::prev(below);
  // What is worked out from numbers alone has no meaning before it is there.
  const Expr& first = list.front().expr;
  return has_names(first) || first.is(Expr::Kind::number) ? &list.front() : nullptr;
}

Expr Scope::with_own_definitions(const Expr& e, int depth) {
  constexpr int deepest = 20;
  constexpr std::size_t longest = 400;
  return substitute(e, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol)) return leaf;
    const Definition* own = definition_of(leaf.text());
    if (own == nullptr || depth >= deepest || own->expr.size() > longest) return leaf;
    return with_own_definitions(own->expr, depth + 1);
  });
}

std::optional<std::size_t> Scope::statement_defining(const std::string& name) {
  const Definition* found = definition_of(name);
  return found == nullptr ? std::nullopt : std::optional(found->statement);
}

Approximation Scope::value_of_leaf(std::size_t world, const Expr& leaf) {
  if (leaf.is(Expr::Kind::symbol)) {
    if (leaf.text()[0] == bound_mark) return {any_number(leaf.text(), world), 0};
    if (leaf.text() == no_number) return {no_value, 0};
    if (Definition* own = definition_of(leaf.text())) return value_of_definition(world, *own);
  }
  if (world == here) return truth_.value(leaf);
  const double value = truth_.value_in(world, leaf);
  // Other worlds are near: what rounding does to a sum here, it does there.
  const double like_here = leaf.is(Expr::Kind::derivative) ? 16 * truth_.value(leaf).error : 0;
  return {value, std::max(4 * std::numeric_limits<double>::epsilon() * std::abs(value), like_here)};
}

Approximation Scope::value_of_definition(std::size_t world, Definition& definition) {
  for (const auto& [known, value] : definition.values)
    if (known == world) return value;
  if (definition.being_evaluated || depth_ > deepest_chain) return {no_value, 0};
  definition.being_evaluated = true;
  ++depth_;
  const std::size_t from = statement_;
  statement_ = definition.statement;
  const Approximation value = value_in(world, definition.expr);
  statement_ = from;
  --depth_;
  definition.being_evaluated = false;
  definition.values.emplace_back(world, value);
  return value;
}

Approximation Scope::value_in(std::size_t world, const Expr& e) {
  return evaluate_with_error(truth_.is_saturated() ? with_complements(e) : e,
                             [&](const Expr& leaf) { return value_of_leaf(world, leaf); });
}

/// 1 − p, where p is σ(40), is σ(−40); a target that is 1 counts as one.
Expr Scope::with_complements(const Expr& e) {
  if (is_name(e) || e.is(Expr::Kind::number)) return e;
  std::vector<Term> parts = e.parts();
  if (e.is(Expr::Kind::sum) && parts.size() == 2 && parts[0].inverted != parts[1].inverted) {
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
      const Expr &one = parts[1 - i].expr, &y = parts[i].expr;
      const bool is_one = one.is_number(1) || (is_name(one) && truth_.value(one).value == 1);
      const Item* item =
          y.is(Expr::Kind::symbol) ? truth_.solution().problem.find(y.text()) : nullptr;
      const auto difference = is_one && item != nullptr && item->definition
                                  ? complement(*item->definition)
                                  : std::nullopt;
      if (difference) return parts[i].inverted ? *difference : -*difference;
    }
  }
  for (Term& part : parts) part.expr = with_complements(part.expr);
  return with_parts(e, std::move(parts));
}

Approximation Scope::value(const Expr& e) { return value_in(here, e); }

Sameness Scope::compare(const Expr& a, const Expr& b) {
  if (a == b) return Sameness::same;
  constexpr double tolerance = 1e-9;
  // In the second half of the worlds targets and constants keep their values: p1 − t1 is what it is
  // because the targets sum to 1.
  for (const std::size_t half : {std::size_t{0}, Truth::worlds / 2}) {
    bool agree = true;
    std::size_t compared = 0;
    for (std::size_t world = half; world < half + Truth::worlds / 2 && agree; ++world) {
      const Approximation left = value_in(world, a), right = value_in(world, b);
      if (!std::isfinite(left.value) || !std::isfinite(right.value)) continue;
      ++compared;
      const double size = std::max(std::abs(left.value), std::abs(right.value));
      agree = std::abs(left.value - right.value) <= tolerance * size + left.error + right.error;
    }
    if (agree && compared > 0) return Sameness::same;
    if (compared == 0 && half > 0) return Sameness::undecided;
  }
  return Sameness::different;
}

std::vector<Expr> Scope::definitions(const Expr& leaf) {
  // −δ is defined as δ is, with the other sign.
  if (leaf.is_negation()) {
    std::vector<Expr> list;
    if (is_name(leaf.part(0)))
      for (const Expr& one : definitions(leaf.part(0))) list.push_back(-one);
    return list;
  }
  if (leaf.is(Expr::Kind::symbol)) {
    if (const Definition* own = definition_of(leaf.text())) return {own->expr};
  }
  return truth_.definitions(leaf);
}

}  // namespace chalkgrad
