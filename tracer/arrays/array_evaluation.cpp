#include "tracer/arrays/array_evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/arrays/array_functions.hpp"
#include "tracer/derivation/differentiate.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

class ArrayEvaluation {
 public:
  ArrayEvaluation(const ArrayScope& scope, const SpanOf& span_of, Span whole)
      : scope_(scope), span_of_(span_of), whole_(whole) {}

  ArrayValue of(const Expr& e) {
    switch (e.kind()) {
      case Expr::Kind::symbol: return symbol(e);
      case Expr::Kind::sum: return within(e, [&] { return sum(e); });
      case Expr::Kind::product: return within(e, [&] { return product(e); });
      case Expr::Kind::power: return within(e, [&] { return power(e); });
      case Expr::Kind::cases: return within(e, [&] { return cases(e); });
      case Expr::Kind::call: return within(e, [&] { return call(e); });
      case Expr::Kind::matrix: return within(e, [&] { return matrix(e); });
      case Expr::Kind::transposed: return transposed(of(e.part(0)));
      case Expr::Kind::elementwise: return within(e, [&] { return elementwise(e); });
      case Expr::Kind::elementwise_power: {
        const ArrayValue base = of(e.part(0)), exponent = of(e.part(1));
        return within(e, [&] { return combined(base, exponent, Expr::power); });
      }
      case Expr::Kind::function: return within(e, [&] { return function(e); });
      default: return ArrayValue::number(e);
    }
  }

 private:
  /// What does not fit is reported at the smallest expression around it.
  template <class Evaluate>
  ArrayValue within(const Expr& e, const Evaluate& evaluate) {
    try {
      return evaluate();
    } catch (const ShapeError& error) {
      const auto span = span_of_ ? span_of_(e) : std::nullopt;
      throw SyntaxError(span.value_or(whole_), error.what(), error.hint);
    }
  }

  ArrayValue symbol(const Expr& e) {
    if (auto array = scope_.array(e.text())) return *array;
    return ArrayValue::number(e);
  }

  template <class Operation>
  static ArrayValue combined(const ArrayValue& a, const ArrayValue& b, const Operation& operation) {
    ArrayValue result{broadcast(a.shape, b.shape), {}};
    for (std::size_t row = 0; row < result.shape.rows; ++row)
      for (std::size_t column = 0; column < result.shape.columns; ++column)
        result.elements.push_back(operation(broadcast_at(a, result.shape, row, column),
                                            broadcast_at(b, result.shape, row, column)));
    return result;
  }

  ArrayValue sum(const Expr& e) {
    std::vector<ArrayValue> grids;
    Shape shape;
    for (const Term& term : e.parts()) {
      grids.push_back(of(term.expr));
      shape = grids.size() == 1 ? grids[0].shape : broadcast(shape, grids.back().shape);
    }
    if (shape.is_number()) return ArrayValue::number(rebuilt(e, grids));
    ArrayValue result{shape, {}};
    for (std::size_t row = 0; row < shape.rows; ++row)
      for (std::size_t column = 0; column < shape.columns; ++column) {
        std::vector<Term> terms;
        for (std::size_t i = 0; i < grids.size(); ++i)
          terms.push_back({broadcast_at(grids[i], shape, row, column), e.parts()[i].inverted});
        result.elements.push_back(Expr::sum(std::move(terms)));
      }
    return result;
  }

  /// The same expression where nothing in it was an array: its places in the file stay known.
  static Expr rebuilt(const Expr& e, const std::vector<ArrayValue>& grids) {
    std::vector<Term> parts;
    bool same = true;
    for (std::size_t i = 0; i < grids.size(); ++i) {
      const Expr& part = grids[i].elements.front();
      same = same && part.identity() == e.part(i).identity();
      parts.push_back({part, e.parts()[i].inverted});
    }
    return same ? e : with_parts(e, std::move(parts));
  }

  ArrayValue product(const Expr& e) {
    std::vector<ArrayValue> grids;
    for (const Term& factor : e.parts()) grids.push_back(of(factor.expr));
    if (std::all_of(grids.begin(), grids.end(),
                    [](const ArrayValue& grid) { return grid.shape.is_number(); }))
      return ArrayValue::number(rebuilt(e, grids));
    ArrayValue result = std::move(grids[0]);
    for (std::size_t i = 1; i < grids.size(); ++i)
      result = e.parts()[i].inverted ? divided_by(result, grids[i], e.part(i))
                                     : multiplied(result, grids[i], e, i);
    return result;
  }

  ArrayValue multiplied(const ArrayValue& a, const ArrayValue& b, const Expr& e,
                        std::size_t i) const {
    const bool fits = a.shape.columns == b.shape.rows || a.shape.is_number() || b.shape.is_number();
    try {
      ArrayValue product = times(a, b);
      std::size_t length = 0;
      for (const Expr& element : product.elements) length += element.size();
      if (length > longest_in_all)
        throw ShapeError("written out, this product is too long",
                         "give its factors names of their own, or take smaller ones");
      return product;
    } catch (const ShapeError& error) {
      if (scope_.vectors_by_dot && a.shape.is_vector() && a.shape == b.shape)
        return times(transposed(a), b);
      if (scope_.as_in_programs && !fits)
        return combined(a, b, [](const Expr& x, const Expr& y) { return x * y; });
      const Expr& left = e.part(i - 1);
      if (left.size() + e.part(i).size() > most_shown) throw;
      std::string hint = error.hint;
      for (const auto& [letter, factor] : {std::pair("A^T", left), std::pair("B^T", e.part(i))})
        if (const auto at = hint.find(letter);
            at != std::string::npos && factor.is(Expr::Kind::symbol))
          hint.replace(at, 1, print(factor));
      throw ShapeError(fmt::format("{}·{}: {}", print(left), print(e.part(i)), error.what()), hint);
    }
  }

  static ArrayValue divided_by(const ArrayValue& a, const ArrayValue& b, const Expr& divisor) {
    if (!a.shape.is_number() && !b.shape.is_number())
      throw ShapeError(
          fmt::format("{} is {}, by which nothing is divided",
                      divisor.size() > most_shown ? "this" : print(divisor), describe(b.shape)),
          "write ./ element by element");
    return combined(a, b, [](const Expr& x, const Expr& y) { return x / y; });
  }

  /// A⁻¹, xᵗ and ‖w‖² as other tools write them, before what a dot would mean.
  static std::string hint_for_power(const Expr& e, const Shape& base) {
    const Expr &below = e.part(0), &exponent = e.part(1);
    if (below.is(Expr::Kind::matrix) && base.size() == 1) return "round brackets group: (a + b)^2";
    if (exponent.is_number(-1) && base.rows == base.columns) return "the inverse is inverse(A)";
    if (exponent.is(Expr::Kind::symbol) && (exponent.text() == "t" || exponent.text() == "T"))
      return "transposed is x^T";
    if (below.is(Expr::Kind::call) && below.op() == Op::abs) return "the length is norm(w)";
    return "write .^ element by element";
  }

  ArrayValue power(const Expr& e) {
    const ArrayValue base = of(e.part(0)), exponent = of(e.part(1));
    if (scope_.as_in_programs && !base.shape.is_number())
      return combined(base, exponent, Expr::power);
    if (!base.shape.is_number() || !exponent.shape.is_number())
      throw ShapeError(fmt::format("{} has no power",
                                   describe(base.shape.is_number() ? exponent.shape : base.shape)),
                       hint_for_power(e, base.shape));
    // The square of a length has no root in it, and a derivative where it is 0.
    const Expr& root = base.elements.front();
    const bool squared_norm = e.part(0).is(Expr::Kind::function) && e.part(0).text() == "norm" &&
                              exponent.elements.front().is_number(2) && root.is(Expr::Kind::call) &&
                              root.op() == Op::sqrt;
    if (squared_norm) return ArrayValue::number(root.part(0));
    return ArrayValue::number(rebuilt(e, {base, exponent}));
  }

  ArrayValue elementwise(const Expr& e) {
    ArrayValue result = of(e.part(0));
    for (std::size_t i = 1; i < e.parts().size(); ++i)
      result = combined(result, of(e.part(i)), [&](const Expr& x, const Expr& y) {
        return e.parts()[i].inverted ? x / y : x * y;
      });
    return result;
  }

  ArrayValue call(const Expr& e) {
    std::vector<ArrayValue> grids;
    for (const Term& argument : e.parts()) grids.push_back(of(argument.expr));
    if (std::all_of(grids.begin(), grids.end(),
                    [](const ArrayValue& grid) { return grid.shape.is_number(); }))
      return ArrayValue::number(rebuilt(e, grids));
    if (grids.size() == 2)
      return combined(grids[0], grids[1], [&](const Expr& x, const Expr& y) {
        return Expr::call(e.op(), {x, y});
      });
    ArrayValue result{grids[0].shape, {}};
    for (const Expr& x : grids[0].elements) result.elements.push_back(Expr::call(e.op(), {x}));
    return result;
  }

  /// Element by element, as the condition is for each.
  ArrayValue cases(const Expr& e) {
    std::vector<ArrayValue> parts;
    Shape shape;
    for (const Term& part : e.parts()) {
      parts.push_back(of(part.expr));
      shape = broadcast(shape, parts.back().shape);
    }
    if (shape.is_number()) return ArrayValue::number(rebuilt(e, parts));
    ArrayValue result{shape, {}};
    for (std::size_t row = 0; row < shape.rows; ++row)
      for (std::size_t column = 0; column < shape.columns; ++column) {
        std::vector<Term> here;
        for (const ArrayValue& part : parts)
          here.push_back({broadcast_at(part, shape, row, column), false});
        result.elements.push_back(with_parts(e, std::move(here)));
      }
    return result;
  }

  /// Numbers, or arrays that are its rows.
  ArrayValue matrix(const Expr& e) {
    std::vector<ArrayValue> grids;
    for (const Term& element : e.parts()) grids.push_back(of(element.expr));
    const bool numbers = std::all_of(grids.begin(), grids.end(),
                                     [](const ArrayValue& grid) { return grid.shape.is_number(); });
    ArrayValue result;
    for (ArrayValue& grid : grids)
      result.elements.insert(result.elements.end(), grid.elements.begin(), grid.elements.end());
    if (numbers) {
      result.shape = e.columns() == 0 ? Shape::vector(grids.size())
                                      : Shape::matrix(grids.size() / e.columns(), e.columns());
      return result;
    }
    for (const ArrayValue& grid : grids)
      if (e.columns() > 1 || !grid.shape.is_vector() || grid.shape != grids[0].shape)
        throw ShapeError("an array where a number is needed",
                         "the rows of a matrix are vectors of the same length");
    result.shape = Shape::matrix(grids.size(), grids[0].shape.rows);
    return result;
  }

  ArrayValue function(const Expr& e) {
    ArrayArguments arguments{.lists = {{}}};
    for (const Term& part : e.parts()) {
      if (part.inverted) arguments.lists.emplace_back();
      if (part.expr.is(Expr::Kind::function) && is_named_argument(part.expr.text())) {
        auto& named = part.expr.text() == "stride" ? arguments.stride : arguments.padding;
        named = whole_number(part.expr);
      } else {
        arguments.lists.back().push_back(of(part.expr));
      }
    }
    if (e.text().ends_with(prime)) return slope(e, arguments);
    // np.dot of matrices is their product.
    const bool pair = e.text() == "dot" && arguments.lists.size() == 1 &&
                      arguments.lists[0].size() == 2 && scope_.as_in_programs;
    if (pair &&
        (arguments.lists[0][0].shape.is_matrix() || arguments.lists[0][1].shape.is_matrix()))
      return times(arguments.lists[0][0], arguments.lists[0][1]);
    if (const auto* own = scope_.function ? scope_.function(e.text()) : nullptr)
      return own_function(e, *own, arguments);
    if (auto result = apply_array_function(e.text(), arguments)) return *result;
    throw ShapeError(fmt::format("{} is no function of arrays", e.text()));
  }

  /// relu′(z), element by element.
  ArrayValue slope(const Expr& e, const ArrayArguments& arguments) {
    const std::string name = e.text().substr(0, e.text().size() - prime.size());
    const auto op = function_named(name);
    const auto* own = scope_.function ? scope_.function(name) : nullptr;
    if ((!op || arity_of(*op) != 1) && own == nullptr)
      throw ShapeError(fmt::format("{} is no function", e.text()));
    ArrayValue result = arguments.lists[0].at(0);
    for (Expr& element : result.elements) {
      const Expr x = element;
      if (own != nullptr) {
        const Expr body = substitute(own->body, [&](const Expr& leaf) {
          return leaf.is(Expr::Kind::symbol) && leaf.text() == own->parameters[0] ? argument()
                                                                                  : leaf;
        });
        const Expr derivative = simplify(differentiate(
            body, [&](const Expr& leaf) { return Expr(leaf == argument() ? 1.0 : 0.0); }));
        element = of(substitute(derivative, [&](const Expr& leaf) {
                    return leaf == argument() ? x : leaf;
                  })).elements.front();
        continue;
      }
      with_operation(*op, [&]<class O>(O) {
        if constexpr (is_unary<O>) element = O::derivative(x, Expr::call(*op, {x}));
      });
    }
    return result;
  }

  static const Expr& argument() {
    static const Expr z = Expr::symbol("argument of the function");
    return z;
  }

  static std::size_t whole_number(const Expr& named) {
    const double value = named.part(0).value();
    constexpr double most = 1000;
    if (value < 0 || value > most || value != static_cast<double>(static_cast<std::size_t>(value)))
      throw ShapeError(fmt::format("{} is a whole number, as in {} 2", named.text(), named.text()));
    return static_cast<std::size_t>(value);
  }

  ArrayValue own_function(const Expr& e, const FunctionBody& own, const ArrayArguments& arguments) {
    ArrayValue result = arguments.lists[0].at(0);
    for (Expr& element : result.elements) {
      const Expr argument = element;
      const Expr body = substitute(own.body, [&](const Expr& leaf) {
        const bool parameter = leaf.is(Expr::Kind::symbol) && leaf.text() == own.parameters[0];
        return parameter ? argument : leaf;
      });
      element = of(body).elements.front();
      if (element.size() > longest)
        throw ShapeError(fmt::format("written out, this call of {} is too long", e.text()),
                         "define quantities for its parts");
    }
    return result;
  }

  static constexpr std::string_view prime = "′";
  static constexpr std::size_t most_shown = 12, longest = 100'000, longest_in_all = 500'000;
  const ArrayScope& scope_;
  const SpanOf& span_of_;
  Span whole_;
};

}  // namespace

ArrayValue evaluate_arrays(const Expr& e, const ArrayScope& scope, const SpanOf& span_of,
                           Span whole) {
  ArrayValue grid = ArrayEvaluation(scope, span_of, whole).of(e);
  if (grid.shape.size() > most_elements)
    throw SyntaxError(
        whole, fmt::format("{} has more than {} elements", describe(grid.shape), most_elements));
  return grid;
}

}  // namespace chalkgrad
