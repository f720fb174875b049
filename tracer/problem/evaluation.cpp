#include "tracer/problem/evaluation.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/value.hpp"
#include "tracer/derivation/complement.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/numerals.hpp"

namespace chalkgrad {

namespace {

/// An operation that has no value, within the definition of an item.
struct NoValue {
  const Expr* written;  ///< the smallest expression around it that has a place in the file
  std::string message;
  std::string reason;
};

/// Records the definition of one item, operation by operation, in the order it is written.
/// Recursion is bounded: the parser limits how deep expressions nest.
class Recorder {
 public:
  Recorder(Evaluation& evaluation, RoundingErrors& errors, const Item& item)
      : evaluation_(evaluation), errors_(errors), item_(item) {}

  Value record(const Expr& e) {
    switch (e.kind()) {
      case Expr::Kind::number: return literal(e);
      case Expr::Kind::symbol: return graph().at(e.text());
      case Expr::Kind::sum: return sum(e);
      case Expr::Kind::product: return product(e);
      case Expr::Kind::cases: return cases(e);
      case Expr::Kind::power:
        return checked(e, [&] { return power(record(e.part(0)), e.part(1)); });
      default: return checked(e, [&] { return call(e); });
    }
  }

 private:
  Graph& graph() { return *evaluation_.graph; }

  Value literal(const Expr& e) {
    const Value value = graph().constant(e.value());
    evaluation_.spellings.emplace(value.id(), e.text());
    return value;
  }

  /// (a if l > r, else b) as when(l − r, a) + unless(l − r, b), and (a if l ≥ r, else b) the other
  /// way round, so that the first case has the sign of equality. The condition is recorded twice:
  /// it is no quantity.
  Value cases(const Expr& e) {
    const Expr &left = e.part(0), &right = e.part(1);
    const Expr &positive = e.part(2), &zero = e.part(3), &negative = e.part(4);
    if (zero == positive) {
      const Value other = of_case<ops::When>(right, left, negative);
      return of_case<ops::Unless>(right, left, positive) + other;
    }
    const Expr others =
        zero == negative ? negative : Expr::cases(right, left, negative, zero, zero);
    const Value other = of_case<ops::Unless>(left, right, others);
    return of_case<ops::When>(left, right, positive) + other;
  }

  /// The value of a case, then its condition: arguments would be recorded in the compiler's order.
  template <class O>
  Value of_case(const Expr& left, const Expr& right, const Expr& formula) {
    const Value value = record(formula);
    return apply<O>(difference(left, right), value);
  }

  Value difference(const Expr& left, const Expr& right) {
    const Value value = record(left), subtracted = record(right);
    return add(value, subtracted, true);
  }

  /// A written exponent is a literal to the engine too, which then asks for no derivative with
  /// respect to it: for (−2)² there is none.
  Value power(const Value& base, const Expr& exponent) {
    if (!exponent.is(Expr::Kind::number)) return pow(base, record(exponent));
    const Value result = pow(base, exponent.value());
    evaluation_.spellings.emplace(graph().node(result.id()).operand(1), exponent.text());
    return result;
  }

  Value sum(const Expr& e) {
    const auto& terms = e.parts();
    Value total = record(terms[0].expr);
    if (terms[0].inverted) total = -total;
    for (std::size_t i = 1; i < terms.size(); ++i) {
      const Value term = record(terms[i].expr);
      total = checked(e, [&] { return add(total, term, terms[i].inverted); });
    }
    return total;
  }

  /// a ± b, and exactly 0 where the terms cancel to within their rounding errors: 0.1 + 0.2 − 0.3
  /// is meant to be 0, and a ReLU or a maximum behind it must see that.
  Value add(const Value& a, const Value& b, bool negative) {
    if (const auto difference = negative ? accurate_difference(a, b) : std::nullopt)
      return graph().at(graph().record(Op::subtract, *difference, a.id(), 1, b.id(), -1));
    const double sum = negative ? a.value() - b.value() : a.value() + b.value();
    if (sum == 0 || !are_equal_but_for_noise(a, b, sum)) return negative ? a - b : a + b;
    return graph().at(
        graph().record(negative ? Op::subtract : Op::add, 0, a.id(), 1, b.id(), negative ? -1 : 1));
  }

  /// 1 − y or y − 1 for a y that saturates.
  std::optional<double> accurate_difference(const Value& a, const Value& b) {
    if (a.value() == 1) return complement(graph(), b.id());
    const auto turned = b.value() == 1 ? complement(graph(), a.id()) : std::nullopt;
    return turned ? std::optional(-*turned) : std::nullopt;
  }

  bool are_equal_but_for_noise(const Value& a, const Value& b, double apart) {
    return is_noise(apart, errors_.of(a.id()) + errors_.of(b.id()),
                    std::abs(a.value()) + std::abs(b.value()));
  }

  /// A maximum or minimum, where operands that are equal to within their rounding errors are a tie.
  template <class O>
  Value choose(const Value& a, const Value& b) {
    const double apart = a.value() - b.value();
    if (apart == 0 || !are_equal_but_for_noise(a, b, apart)) return apply<O>(a, b);
    const double tie = a.value();
    return graph().at(graph().record(O::code, tie, a.id(), O::derivative_a(tie, tie, tie), b.id(),
                                     O::derivative_b(tie, tie, tie)));
  }

  Value product(const Expr& e) {
    const auto& factors = e.parts();
    Value result = record(factors[0].expr);
    for (std::size_t i = 1; i < factors.size(); ++i) {
      const Value factor = record(factors[i].expr);
      if (factors[i].inverted && factor.value() == 0)
        refuse(e, factors[i].expr, 0, "division by zero");
      result = checked(e, [&] { return factors[i].inverted ? result / factor : result * factor; });
    }
    return result;
  }

  Value call(const Expr& e) {
    Value result = record(e.part(0));
    with_operation(e.op(), [&]<class O>(O) {
      if constexpr (is_unary<O>) {
        result = apply_with_zeros<O>(result);
      } else {
        // A tie goes to the first operand; beside a number that is the number, as hinge losses and
        // max(0, net) want it, in whichever order they are written.
        const Value second = record(e.part(1));
        const bool number_first = e.part(1).is(Expr::Kind::number);
        result = number_first ? choose<O>(second, result) : choose<O>(result, second);
      }
    });
    return result;
  }

  /// cos(π/2) is 0: where the operand is not exact, a value within the error that this makes of a
  /// sine, cosine or tangent is no value.
  template <class O>
  Value apply_with_zeros(const Value& x) {
    const Value result = apply<O>(x);
    if constexpr (O::code == Op::sin || O::code == Op::cos || O::code == Op::tan) {
      const double y = result.value(), slope = O::derivative(x.value(), y);
      if (y != 0 && std::abs(y) <= std::abs(slope) * errors_.of(x.id()))
        return graph().at(graph().record(O::code, 0, x.id(), slope));
    }
    return result;
  }

  /// Runs an operation; refuses one outside its domain, or with a result too large for a double.
  template <class Operation>
  Value checked(const Expr& e, Operation operation) {
    try {
      const Value result = operation();
      if (std::isinf(result.value())) {
        throw NoValue{&e,
                      fmt::format("'{}' has no value: {} is too large", item_.name, shortened(e)),
                      "a number can be at most 1.8e308"};
      }
      return result;
    } catch (const DomainError& error) {
      if (e.is(Expr::Kind::power)) {
        const Expr numbers = Expr::power(shown(error.operands[0]), shown(error.operands[1]));
        throw NoValue{
            &e,
            fmt::format("'{}' has no value: {} is {}", item_.name, shortened(e), print(numbers)),
            error.what()};
      }
      refuse(e, e.part(0), error.operands[0], error.what());
    }
  }

  /// Refuses an operand: "'y' has no value: x − 3 is −1", with the place of the operation around
  /// it.
  [[noreturn]] void refuse(const Expr& around, const Expr& operand, double value,
                           const std::string& reason) const {
    std::string message = fmt::format("'{}' has no value: {}", item_.name, shortened(around));
    if (!operand.is(Expr::Kind::number))
      message += fmt::format(", where {} is {}", shortened(operand), print(shown(value)));
    throw NoValue{&around, message, reason};
  }

  static Expr shown(double value) { return Expr::number(value, Numerals{}.show(value).text); }

  static std::string shortened(const Expr& e) {
    constexpr std::size_t most = 40;
    return e.size() > most ? "the expression" : print(e);
  }

  Evaluation& evaluation_;
  RoundingErrors& errors_;
  const Item& item_;
};

Diagnostic diagnostic_of(const NoValue& error, const Item& item) {
  const auto span = item.spans.find(error.written->identity());
  return {item.body.line, span == item.spans.end() ? item.body.span : span->second, error.message,
          error.reason};
}

}  // namespace

Evaluation evaluate_problem(
    const Problem& problem,
    const std::function<std::optional<double>(const std::string& name)>& replace,
    WithoutValue without_value) {
  Evaluation evaluation;
  evaluation.graph = std::make_unique<Graph>();
  Graph& graph = *evaluation.graph;
  RoundingErrors errors(graph);
  for (const std::size_t position : problem.order) {
    const Item& item = problem.items[position];
    if (item.definition) {
      try {
        (void)Recorder(evaluation, errors, item).record(*item.definition).named(item.name);
      } catch (const NoValue& error) {
        if (without_value == WithoutValue::refuse) throw ProblemError({diagnostic_of(error, item)});
        (void)graph.unknown(item.name);
      }
      continue;
    }
    const auto replaced = replace ? replace(item.name) : std::nullopt;
    if (!item.number && !replaced) {
      (void)graph.unknown(item.name);
      continue;
    }
    const double value = replaced.value_or(item.number ? item.number->value() : 0);
    const bool varies = item.role == Role::weight || item.role == Role::bias;
    const Value leaf = varies ? graph.variable(item.name, value) : graph.constant(item.name, value);
    // 1/3 is shown in digits, as what is computed.
    if (item.number && !item.written && !replaced)
      evaluation.spellings.emplace(leaf.id(), item.number->text());
  }
  return evaluation;
}

}  // namespace chalkgrad
