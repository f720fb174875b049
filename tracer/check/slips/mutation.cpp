#include "tracer/check/slips/mutation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

using Mutations = std::vector<Mutation>;

bool is_leaf(const Expr& e) { return e.is(Expr::Kind::symbol) || e.is(Expr::Kind::derivative); }

/// 1 − o or 1 − o².
bool is_complement(const Expr& e) {
  return e.is(Expr::Kind::sum) && e.parts().size() == 2 && e.part(0).is_number(1) &&
         e.parts()[1].inverted;
}

bool has_derivatives(const Expr& e) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || leaf.is(Expr::Kind::derivative); });
  return found;
}

Expr without(const std::vector<Term>& parts, std::size_t at, bool sum) {
  std::vector<Term> rest = parts;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
  if (rest.size() == 1 && !rest[0].inverted) return rest[0].expr;
  if (rest[0].inverted && !sum) rest.insert(rest.begin(), {Expr(1.0), false});
  return sum ? Expr::sum(std::move(rest)) : Expr::product(std::move(rest));
}

/// The 3 of 1/3 or of a division, but not 2: that is a ½.
bool is_count(double value, bool inverted) {
  const double count = inverted ? value : std::round(1 / value);
  return count >= 3 && count == std::floor(count) &&
         (inverted || std::abs(value * count - 1) < 1e-9);
}

void mutate_product(const Expr& e, const Expr& rate, Mutations& list) {
  const std::vector<Term>& parts = e.parts();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Expr& part = parts[i].expr;
    if (is_complement(part))
      list.push_back({slip::complement, without(parts, i, false),
                      fmt::format("({}) is missing", print(part))});
    if (part == rate) {
      list.push_back(
          {slip::rate, without(parts, i, false), fmt::format("{} is missing", print(part))});
      list.push_back({slip::rate, e * rate, fmt::format("{} is there twice", print(part))});
    }
    if (part.is_number(0.5) || (part.is_number(2) && !parts[i].inverted))
      list.push_back({slip::half, without(parts, i, false),
                      part.is_number(2) ? "a 2 is missing" : "½ is missing"});
    if (part.is_number(1) && i + 1 < parts.size() && parts[i + 1].inverted &&
        parts[i + 1].expr.is_number(2) && parts.size() > 2) {
      std::vector<Term> rest = parts;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      list.push_back({slip::half, without(rest, i, false), "½ is missing"});
    }
    if (part.is(Expr::Kind::number) && is_count(part.value(), parts[i].inverted))
      list.push_back({slip::sum, without(parts, i, false),
                      fmt::format("1/{} is missing: the sum instead of the mean",
                                  parts[i].inverted ? part.value() : 1 / part.value())});
    if (part.is(Expr::Kind::derivative))
      list.push_back({slip::factor, without(parts, i, false),
                      fmt::format("{} is missing", print(part)), part});
  }
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i].inverted || parts[i + 1].inverted) continue;
    std::vector<Term> rest = parts;
    rest[i].expr = parts[i].expr + parts[i + 1].expr;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    list.push_back({slip::added, rest.size() == 1 ? rest[0].expr : Expr::product(rest),
                    "added instead of multiplied"});
  }
  if (parts.size() > 2 &&
      std::none_of(parts.begin(), parts.end(), [](const Term& one) { return one.inverted; }))
    list.push_back({slip::added, Expr::sum(parts), "added instead of multiplied"});
}

void mutate_sum(const Expr& e, Mutations& list) {
  const std::vector<Term>& parts = e.parts();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::vector<Term> turned = parts;
    turned[i].inverted = !turned[i].inverted;
    const std::string term = print(parts[i].expr);
    list.push_back({slip::sign, Expr::sum(turned), fmt::format("the sign of {} is wrong", term)});
    if (parts.size() < 2 || is_complement(e)) continue;
    const bool path = has_derivatives(parts[i].expr);
    list.push_back({path ? slip::path : slip::term, without(parts, i, true),
                    path ? fmt::format("the path {} is missing", term)
                         : fmt::format("the term {} is missing", term),
                    parts[i].expr});
  }
  if (parts.size() < 2 || is_complement(e)) return;
  const auto count = static_cast<double>(parts.size());
  list.push_back({slip::mean, e / Expr(count),
                  fmt::format("divided by {}: the mean instead of the sum", parts.size())});
}

void mutate_call(const Expr& e, Mutations& list) {
  const Op op = e.op();
  if (op == Op::sin || op == Op::cos || op == Op::tan || op == Op::tanh)
    list.push_back({slip::degrees,
                    Expr::call(op, {e.part(0) * Expr::number(std::numbers::pi / 180, "0.01745")}),
                    "degrees instead of radians"});
  if (op == Op::log)
    list.push_back({slip::log10, e / Expr(std::numbers::ln10), "log10 instead of ln"});
}

void mutate_here(const Expr& e, const Expr& rate, const Confusions& confusions, Mutations& list) {
  switch (e.kind()) {
    case Expr::Kind::product: return mutate_product(e, rate, list);
    case Expr::Kind::sum: return mutate_sum(e, list);
    case Expr::Kind::call: return mutate_call(e, list);
    case Expr::Kind::symbol:
    case Expr::Kind::derivative:
      for (const Confusion& one : confusions(e))
        list.push_back({one.slip, one.expr, one.description});
      break;
    default: break;
  }
}

Expr with_part(const Expr& e, std::size_t at, const Expr& part) {
  std::vector<Term> parts = e.parts();
  parts[at].expr = part;
  return with_parts(e, std::move(parts));
}

Mutations all_within(const Expr& e, const Expr& rate, const Confusions& confusions) {
  Mutations list;
  mutate_here(e, rate, confusions, list);
  if (is_leaf(e) || e.is(Expr::Kind::number)) return list;
  for (std::size_t i = 0; i < e.parts().size(); ++i)
    for (const Mutation& inner : all_within(e.part(i), rate, confusions))
      list.push_back({inner.slip, with_part(e, i, inner.expr), inner.description, inner.left_out});
  return list;
}

}  // namespace

Mutations mutations(const Expr& e, const Expr& rate, const Confusions& confusions) {
  Mutations list = {{slip::sign, -e, "the sign is wrong"}};
  for (Mutation& one : all_within(e, rate, confusions)) list.push_back(std::move(one));
  list.push_back({slip::half, Expr(0.5) * e, "½ too much, or a 2 missing"});
  list.push_back({slip::half, Expr(2.0) * e, "½ missing, or a 2 too much"});
  return list;
}

}  // namespace chalkgrad
