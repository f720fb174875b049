#include "tracer/expression/expression.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "engine/ops.hpp"

namespace chalkgrad {

/// A sheet has millions of these, most of them leaves.
struct Expr::Node {
  Kind kind = Kind::number;
  std::uint32_t size = 1;
  double value = 0;
  std::string text{};
  std::unique_ptr<const std::string> wrt{};
  bool direct = false;
  Op op = Op::none;
  std::uint32_t columns = 0;
  std::vector<Term> parts{};
};

namespace {

constexpr std::uint32_t largest_size = 1'000'000;

std::string spelling_of(const Decimal& number) {
  constexpr int smallest = -6, largest = 10, largest_whole = 15;
  constexpr std::size_t few_digits = 6;
  const int magnitude = number.magnitude();
  const bool large =
      magnitude >= largest && (number.digits.size() <= few_digits || magnitude > largest_whole);
  return magnitude < smallest || large ? number.scientific() : number.plain();
}

std::string shortest_spelling(double value) {
  if (value == std::numbers::pi) return "π";
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  return spelling_of(Decimal::shortest(value));
}

Expr negated_number(const Expr& number) {
  const std::string& text = number.text();
  if (number.value() == 0) return number;
  return Expr::number(-number.value(), text.starts_with('-') ? text.substr(1) : "-" + text);
}

/// The literal that a minus sign before `e` would belong to, if there is one: e itself, or the
/// first factor of the product e. Only a literal without a sign can take one.
bool takes_sign(const Expr& e) {
  const Expr& first = e.is(Expr::Kind::product) ? e.part(0) : e;
  return first.is(Expr::Kind::number) && !std::signbit(first.value());
}

Expr with_sign_taken(const Expr& e) {
  if (e.is(Expr::Kind::number)) return negated_number(e);
  std::vector<Term> factors = e.parts();
  factors[0].expr = negated_number(factors[0].expr);
  return Expr::product(std::move(factors));
}

void merge_first(std::vector<Term>& parts, Expr::Kind kind) {
  if (!parts[0].expr.is(kind) || parts[0].inverted) return;
  std::vector<Term> merged = parts[0].expr.parts();
  merged.insert(merged.end(), std::make_move_iterator(parts.begin() + 1),
                std::make_move_iterator(parts.end()));
  parts = std::move(merged);
}

std::vector<Term> plain_parts(std::vector<Expr> expressions) {
  std::vector<Term> parts;
  parts.reserve(expressions.size());
  for (Expr& e : expressions) parts.push_back({std::move(e), false});
  return parts;
}

}  // namespace

Expr Expr::make(Node node) {
  for (const Term& part : node.parts)
    node.size = std::min(largest_size, node.size + part.expr.node_->size);
  return Expr(std::make_shared<const Node>(std::move(node)));
}

/// The literals of the rules, and of what has not been filled in yet, exist once.
Expr::Expr(double value) {
  static const std::array common = {number(0, "0"), number(1, "1"), number(2, "2")};
  const auto known = std::find_if(common.begin(), common.end(),
                                  [value](const Expr& one) { return one.value() == value; });
  *this = known != common.end() ? *known : number(value, shortest_spelling(value));
}

Expr Expr::number(double value, std::string spelling) {
  if (value == 0 && spelling.starts_with('-')) spelling.erase(0, 1);
  return make(
      {.kind = Kind::number, .value = value == 0 ? 0.0 : value, .text = std::move(spelling)});
}

Expr Expr::number(std::string_view spelling) {
  return number(Decimal::parse(spelling).value().value(), std::string(spelling));
}

Expr Expr::number(const Decimal& decimal) { return number(decimal.value(), spelling_of(decimal)); }

Expr Expr::symbol(std::string name) {
  return make({.kind = Kind::symbol, .text = std::move(name)});
}

Expr Expr::derivative(std::string of, std::string wrt, bool direct) {
  return make({.kind = Kind::derivative,
               .text = std::move(of),
               .wrt = std::make_unique<const std::string>(std::move(wrt)),
               .direct = direct});
}

Expr Expr::sum(std::vector<Term> terms) {
  assert(!terms.empty());
  merge_first(terms, Kind::sum);
  if (terms[0].inverted && takes_sign(terms[0].expr))
    terms[0] = {with_sign_taken(terms[0].expr), false};
  if (terms.size() == 1 && !terms[0].inverted) return terms[0].expr;
  return make({.kind = Kind::sum, .parts = std::move(terms)});
}

Expr Expr::product(std::vector<Term> factors) {
  assert(!factors.empty() && !factors[0].inverted);
  if (factors.size() > 1 && factors[0].expr.is_negation()) {
    factors[0].expr = factors[0].expr.part(0);
    return -product(std::move(factors));
  }
  merge_first(factors, Kind::product);
  if (factors.size() == 1) return factors[0].expr;
  return make({.kind = Kind::product, .parts = std::move(factors)});
}

Expr Expr::power(Expr base, Expr exponent) {
  return make({.kind = Kind::power, .parts = plain_parts({std::move(base), std::move(exponent)})});
}

Expr Expr::call(Op op, std::vector<Expr> arguments) {
  return make({.kind = Kind::call, .op = op, .parts = plain_parts(std::move(arguments))});
}

Expr Expr::cases(Expr left, Expr right, Expr positive, Expr zero, Expr negative) {
  return make({.kind = Kind::cases,
               .parts = plain_parts({std::move(left), std::move(right), std::move(positive),
                                     std::move(zero), std::move(negative)})});
}

Expr Expr::matrix(std::vector<Expr> elements, std::size_t columns) {
  return make({.kind = Kind::matrix,
               .columns = static_cast<std::uint32_t>(columns),
               .parts = plain_parts(std::move(elements))});
}

Expr Expr::row(std::vector<Expr> elements) {
  return make({.kind = Kind::matrix, .text = "row", .parts = plain_parts(std::move(elements))});
}

Expr Expr::transposed(Expr array) {
  return make({.kind = Kind::transposed, .parts = plain_parts({std::move(array)})});
}

Expr Expr::elementwise(std::vector<Term> factors) {
  assert(!factors.empty() && !factors[0].inverted);
  if (factors.size() > 1 && factors[0].expr.is_negation()) {
    factors[0].expr = factors[0].expr.part(0);
    return -elementwise(std::move(factors));
  }
  merge_first(factors, Kind::elementwise);
  if (factors.size() == 1) return factors[0].expr;
  return make({.kind = Kind::elementwise, .parts = std::move(factors)});
}

Expr Expr::elementwise_power(Expr base, Expr exponent) {
  return make({.kind = Kind::elementwise_power,
               .parts = plain_parts({std::move(base), std::move(exponent)})});
}

Expr Expr::function(std::string name, std::vector<Term> arguments) {
  return make({.kind = Kind::function, .text = std::move(name), .parts = std::move(arguments)});
}

Expr::Kind Expr::kind() const { return node_->kind; }
bool Expr::is_number(double value) const {
  return node_->kind == Kind::number && node_->value == value;
}
bool Expr::is_negation() const { return node_->kind == Kind::sum && node_->parts.size() == 1; }
double Expr::value() const { return node_->value; }
const std::string& Expr::text() const { return node_->text; }
const std::string& Expr::wrt() const {
  static const std::string none;
  return node_->wrt ? *node_->wrt : none;
}
bool Expr::direct() const { return node_->direct; }
Op Expr::op() const { return node_->op; }
bool Expr::is_row() const { return node_->kind == Kind::matrix && !node_->text.empty(); }
std::size_t Expr::columns() const { return node_->columns; }
const std::vector<Term>& Expr::parts() const { return node_->parts; }
const Expr& Expr::part(std::size_t i) const { return node_->parts[i].expr; }
std::size_t Expr::size() const { return node_->size; }

bool operator==(const Expr& a, const Expr& b) {
  if (a.node_ == b.node_) return true;
  const Expr::Node &x = *a.node_, &y = *b.node_;
  if (x.kind != y.kind) return false;
  if (x.kind == Expr::Kind::number) return x.value == y.value;
  return x.text == y.text && a.wrt() == b.wrt() && x.direct == y.direct && x.op == y.op &&
         x.columns == y.columns && x.parts == y.parts;
}

Expr operator-(const Expr& x) { return Expr::sum({{x, true}}); }
Expr operator+(const Expr& a, const Expr& b) { return Expr::sum({{a, false}, {b, false}}); }
Expr operator-(const Expr& a, const Expr& b) { return Expr::sum({{a, false}, {b, true}}); }
Expr operator*(const Expr& a, const Expr& b) { return Expr::product({{a, false}, {b, false}}); }
Expr operator/(const Expr& a, const Expr& b) { return Expr::product({{a, false}, {b, true}}); }
Expr pow(const Expr& a, const Expr& b) { return Expr::power(a, b); }

Expr square(const Expr& x) { return Expr::power(x, 2.0); }
Expr unspecified(const Expr& g, const Expr& z) { return Expr::call(Op::unspecified, {g, z}); }
Expr prime(const Expr& g) { return Expr::call(Op::prime, {g}); }
Expr arguments(const Expr& u, const Expr& v) { return Expr::call(Op::arguments, {u, v}); }
Expr abs(const Expr& x) { return Expr::call(Op::abs, {x}); }
Expr sqrt(const Expr& x) { return Expr::call(Op::sqrt, {x}); }
Expr exp(const Expr& x) { return Expr::call(Op::exp, {x}); }
Expr expm1(const Expr& x) { return exp(x) - 1.0; }
Expr log(const Expr& x) { return Expr::call(Op::log, {x}); }
Expr log1p_exp(const Expr& x) { return log(1.0 + exp(x)); }
Expr logistic(const Expr& x) { return 1.0 / (1.0 + exp(-x)); }
Expr one_minus_square(const Expr& x) { return 1.0 - square(x); }
Expr sigmoid_complement(const Expr&, const Expr& y) { return 1.0 - y; }
Expr tanh_complement(const Expr&, const Expr& y) { return 1.0 - square(y); }
Expr zero_wins(const Expr& a, const Expr& b) { return a * b; }
Expr normal_distribution(const Expr& x) { return (1.0 + erf(x / sqrt(2.0))) / 2.0; }
Expr sin(const Expr& x) { return Expr::call(Op::sin, {x}); }
Expr cos(const Expr& x) { return Expr::call(Op::cos, {x}); }
Expr tan(const Expr& x) { return Expr::call(Op::tan, {x}); }
Expr sinh(const Expr& x) { return Expr::call(Op::sinh, {x}); }
Expr cosh(const Expr& x) { return Expr::call(Op::cosh, {x}); }
Expr tanh(const Expr& x) { return Expr::call(Op::tanh, {x}); }
Expr asin(const Expr& x) { return Expr::call(Op::asin, {x}); }
Expr acos(const Expr& x) { return Expr::call(Op::acos, {x}); }
Expr atan(const Expr& x) { return Expr::call(Op::atan, {x}); }
Expr erf(const Expr& x) { return Expr::call(Op::erf, {x}); }
Expr by_sign(const Expr& x, const Expr& positive, const Expr& zero, const Expr& negative) {
  // The sign of a − b is how a compares with b.
  const auto& parts = x.parts();
  if (x.is(Expr::Kind::sum) && parts.size() == 2 && !parts[0].inverted && parts[1].inverted)
    return Expr::cases(parts[0].expr, parts[1].expr, positive, zero, negative);
  return Expr::cases(x, 0.0, positive, zero, negative);
}

Expr with_parts(const Expr& e, std::vector<Term> parts) {
  switch (e.kind()) {
    case Expr::Kind::sum: return Expr::sum(std::move(parts));
    case Expr::Kind::product: return Expr::product(std::move(parts));
    case Expr::Kind::power: return Expr::power(parts[0].expr, parts[1].expr);
    case Expr::Kind::cases:
      return Expr::cases(parts[0].expr, parts[1].expr, parts[2].expr, parts[3].expr, parts[4].expr);
    case Expr::Kind::number:
    case Expr::Kind::symbol:
    case Expr::Kind::derivative: return e;
    case Expr::Kind::transposed: return Expr::transposed(parts[0].expr);
    case Expr::Kind::elementwise: return Expr::elementwise(std::move(parts));
    case Expr::Kind::elementwise_power:
      return Expr::elementwise_power(parts[0].expr, parts[1].expr);
    case Expr::Kind::function: return Expr::function(e.text(), std::move(parts));
    case Expr::Kind::matrix:
    case Expr::Kind::call: break;
  }
  std::vector<Expr> arguments;
  for (Term& part : parts) arguments.push_back(std::move(part.expr));
  if (e.is_row()) return Expr::row(std::move(arguments));
  return e.is(Expr::Kind::matrix) ? Expr::matrix(std::move(arguments), e.columns())
                                  : Expr::call(e.op(), std::move(arguments));
}

Expr substitute(const Expr& e, const std::function<Expr(const Expr& leaf)>& replace) {
  if (e.parts().empty()) return replace(e);
  std::vector<Term> parts;
  parts.reserve(e.parts().size());
  for (const Term& part : e.parts())
    parts.push_back({substitute(part.expr, replace), part.inverted});
  return with_parts(e, std::move(parts));
}

bool is_of_arrays(const Expr& e) {
  return e.kind() >= Expr::Kind::matrix ||
         std::any_of(e.parts().begin(), e.parts().end(),
                     [](const Term& part) { return is_of_arrays(part.expr); });
}

void for_each_leaf(const Expr& e, const std::function<void(const Expr& leaf)>& visit) {
  if (e.parts().empty()) visit(e);
  for (const Term& part : e.parts()) for_each_leaf(part.expr, visit);
}

namespace {

using ValueOf = std::function<double(const Expr& leaf)>;

double evaluate_call(const Expr& e, const ValueOf& value_of) {
  double result = 0;
  with_operation(e.op(), [&]<class O>(O) {
    if constexpr (is_unary<O>) {
      result = O::value(evaluate(e.part(0), value_of));
    } else {
      result = O::value(evaluate(e.part(0), value_of), evaluate(e.part(1), value_of));
    }
  });
  return result;
}

double evaluate_sum(const Expr& e, const ValueOf& value_of) {
  double total = evaluate(e.part(0), value_of);
  if (e.parts()[0].inverted) total = -total;
  for (std::size_t i = 1; i < e.parts().size(); ++i) {
    const double term = evaluate(e.part(i), value_of);
    total = e.parts()[i].inverted ? total - term : total + term;
  }
  return total;
}

double evaluate_product(const Expr& e, const ValueOf& value_of) {
  double result = evaluate(e.part(0), value_of);
  for (std::size_t i = 1; i < e.parts().size(); ++i) {
    const double factor = evaluate(e.part(i), value_of);
    result = e.parts()[i].inverted ? result / factor : result * factor;
  }
  return result;
}

}  // namespace

double evaluate(const Expr& e, const ValueOf& value_of) {
  switch (e.kind()) {
    case Expr::Kind::number: return e.value();
    case Expr::Kind::symbol:
    case Expr::Kind::derivative: return value_of(e);
    case Expr::Kind::sum: return evaluate_sum(e, value_of);
    case Expr::Kind::product: return evaluate_product(e, value_of);
    case Expr::Kind::power:
      return std::pow(evaluate(e.part(0), value_of), evaluate(e.part(1), value_of));
    case Expr::Kind::call: return evaluate_call(e, value_of);
    case Expr::Kind::cases: break;
    default: return std::numeric_limits<double>::quiet_NaN();  // an array is no number
  }
  const double left = evaluate(e.part(0), value_of), right = evaluate(e.part(1), value_of);
  return evaluate(e.part(left > right ? 2 : left < right ? 4 : 3), value_of);
}

}  // namespace chalkgrad
