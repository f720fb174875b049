#include "tracer/arrays/array_rules.hpp"

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/arrays/array_algebra.hpp"
#include "tracer/arrays/array_functions.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

class Passing {
 public:
  Passing(const ArrayProgram& program, const std::function<bool(const std::string&)>& is_relevant,
          const ArrayDefinition& definition, Contributions& contributions)
      : program_(program),
        is_relevant_(is_relevant),
        definition_(definition),
        contributions_(contributions) {}

  void run(const Contribution& known) {
    if (known.of_argument) {
      rules_ = known.rules;
      back(definition_.definition.part(0), *known.of_argument);
      rules_.clear();
    }
    if (known.has_no_rule || !known.total) {
      if (!known.of_argument || known.has_no_rule)
        fail(definition_.definition, "of which there is no rule over arrays");
      return;
    }
    back(definition_.definition, *known.total);
  }

 private:
  Shape shape(const Expr& e) const { return shape_of(e, program_.shapes); }

  bool matters(const Expr& e) const {
    if (e.is(Expr::Kind::symbol)) return is_relevant_(e.text());
    return std::any_of(e.parts().begin(), e.parts().end(),
                       [this](const Term& part) { return matters(part.expr); });
  }

  /// What reaches the names within has no rule.
  void fail(const Expr& e, const std::string& why) {
    for_each_leaf(e, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol) || !is_relevant_(leaf.text())) return;
      const std::string whole = program_.whole_of ? program_.whole_of(leaf.text()) : "";
      contributions_.fail(whole.empty() ? leaf.text() : whole, why);
    });
  }

  void back(const Expr& e, const ArrayGradient& g) {
    if (!matters(e)) return;
    switch (e.kind()) {
      case Expr::Kind::symbol: return symbol(e, g);
      case Expr::Kind::sum: return sum(e, g);
      case Expr::Kind::product: return product(e, g);
      case Expr::Kind::transposed: return back(e.part(0), transposed_of(g, program_.shapes));
      case Expr::Kind::elementwise: return elementwise(e, g);
      case Expr::Kind::power:
      case Expr::Kind::elementwise_power: return power(e, g);
      case Expr::Kind::call: return call(e, g);
      case Expr::Kind::function: return function(e, g);
      default: return fail(e, "no rule");
    }
  }

  void with_rule(const std::string& rule, const Expr& e, const ArrayGradient& g) {
    if (!matters(e)) return;
    if (rule == "element by element" && shape(e).is_number()) return back(e, g);
    rules_.push_back(rule);
    back(e, g);
    rules_.pop_back();
  }

  void symbol(const Expr& e, const ArrayGradient& g) {
    const std::string whole = program_.whole_of ? program_.whole_of(e.text()) : "";
    if (!whole.empty()) return contributions_.fail(whole, "a part of an array");
    contributions_.add(e.text(), g, shape(e), rules_);
  }

  void sum(const Expr& e, const ArrayGradient& g) {
    const Shape whole = shape(e);
    for (const Term& term : e.parts()) {
      if (!matters(term.expr)) continue;
      const ArrayGradient signed_g = term.inverted ? negative(g) : g;
      const Shape own = shape(term.expr);
      if (own == whole || own.size() == whole.size()) {
        back(term.expr, signed_g);
      } else {
        with_rule(own.is_number()      ? "a number added everywhere: the sum"
                  : is_row(own, whole) ? "a row added to each row: the column sums"
                                       : "a column added to each column: the row sums",
                  term.expr, gathered(signed_g, whole, own));
      }
    }
  }

  /// The factors but the last, and the last.
  static Expr but_last(const Expr& e) {
    std::vector<Term> factors(e.parts().begin(), e.parts().end() - 1);
    return factors.size() == 1 ? factors[0].expr : Expr::product(std::move(factors));
  }

  void product(const Expr& e, const ArrayGradient& g) {
    const Expr left = but_last(e), &right = e.parts().back().expr;
    const Shape a = shape(left), b = shape(right);
    if (e.parts().back().inverted) {
      back(left, quotient(g, {right, b}));
      if (matters(right))
        back(right, negative(quotient(inner(g, {left, a}), {Expr::power(right, 2.0), {}})));
      return;
    }
    if (a.is_number() || b.is_number()) {
      if (matters(left))
        back(left, a.is_number() ? inner(g, {right, b}) : element_product({right, b}, g));
      if (matters(right))
        back(right, b.is_number() ? inner(g, {left, a}) : element_product({left, a}, g));
      return;
    }
    // A product with one element is a number, but a column of one element stays one.
    const bool column = g.shape.is_vector() && g.shape.size() == 1;
    const ArrayGradient whole = column ? g : spread(g, shape(e));
    if (matters(left))
      with_rule(b.is_vector() ? "product with a vector" : "product", left,
                matrix_product(whole, transposed_of({right, b}, program_.shapes)));
    if (matters(right))
      with_rule("transposed on the way back", right,
                matrix_product(transposed_of({left, a}, program_.shapes), whole));
  }

  void elementwise(const Expr& e, const ArrayGradient& g) {
    const Shape whole = shape(e);
    for (std::size_t i = 0; i < e.parts().size(); ++i) {
      const Expr& one = e.part(i);
      if (!matters(one)) continue;
      ArrayGradient slope = g;
      for (std::size_t k = 0; k < e.parts().size(); ++k) {
        const ArrayGradient other{e.part(k), shape(e.part(k))};
        if (k == i) continue;
        slope =
            e.parts()[k].inverted ? element_quotient(slope, other) : element_product(slope, other);
      }
      if (e.parts()[i].inverted)
        slope = negative(element_quotient(slope, {Expr::elementwise_power(one, 2.0), shape(one)}));
      pass(one, slope, whole, "element by element");
    }
  }

  /// Also where the operand is smaller than the result, over which it was spread.
  void pass(const Expr& operand, const ArrayGradient& g, const Shape& whole,
            const std::string& rule) {
    const Shape own = shape(operand);
    with_rule(rule, operand, own.size() == whole.size() ? g : gathered(g, whole, own));
  }

  /// n·a^(n − 1)
  void power(const Expr& e, const ArrayGradient& g) {
    const Expr &base = e.part(0), &exponent = e.part(1);
    if (matters(exponent) || !shape(exponent).is_number())
      return fail(e, "a power with an exponent that varies");
    const bool number = exponent.is(Expr::Kind::number);
    // ‖x‖² is x·x
    if (base.is(Expr::Kind::function) && base.text() == "norm" && exponent.is_number(2))
      return back(base.part(0), element_product(element_product(g, {Expr(2.0), {}}),
                                                {base.part(0), shape(base.part(0))}));
    const Expr less = number ? Expr(exponent.value() - 1) : exponent - 1.0;
    Expr slope = less.is_number(1)         ? base
                 : less.is_number(0)       ? Expr(1.0)
                 : e.is(Expr::Kind::power) ? Expr::power(base, less)
                                           : Expr::elementwise_power(base, less);
    const Shape own = shape(base);
    with_rule("element by element", base,
              element_product(element_product(g, {exponent, {}}), {slope, own}));
  }

  void call(const Expr& e, const ArrayGradient& g) {
    if (e.parts().size() != 1) return fail(e, "no rule");
    const Expr& x = e.part(0);
    const bool whole = e.identity() == definition_.definition.identity();
    const ArrayGradient value{whole ? Expr::symbol(definition_.symbol) : e, shape(e)};
    with_rule("element by element", x,
              element_product(g, slope_of(e.op(), {x, value.shape}, value)));
  }

  void function(const Expr& e, const ArrayGradient& g) {
    const std::string& name = e.text();
    const Expr& first = e.part(0);
    const Shape own = shape(first);
    const bool single = e.parts().size() == 1;
    if (is_loss(name) && e.parts().size() == 2) return loss(e, g);
    if (name == "sum" && single)
      return back(first, own.is_number() ? g : ArrayGradient{g.expr, {}});
    if (name == "mean" && single)
      return back(first, quotient(g, {Expr(static_cast<double>(own.size())), {}}));
    if (name == "dot" && e.parts().size() == 2) {
      back(first, element_product(g, {e.part(1), shape(e.part(1))}));
      return back(e.part(1), element_product(g, {first, own}));
    }
    if (name == "norm" && single)
      return back(first, element_product(g, quotient({first, own}, {named(e), {}})));
    if (name == "softmax" && single)
      return with_rule("softmax", first, softmax_slope(g, {named(e), own}));
    if (name == "flatten" && single)
      return with_rule("back in their places", first, reshaped(g, own));
    if (name == "transpose" && single) return back(first, transposed_of(g, program_.shapes));
    if (name == "column_sums" || name == "row_sums") return back(first, {g.expr, g.shape});
    if (name == "conv") return convolution(e, g);
    if (name == "concat") return concatenation(e, g);
    if (name == "max_pool") return fail(e, "max-pool: to the largest");
    if (program_.functions.contains(name) && single)
      return with_rule("element by element", first,
                       element_product(g, {Expr::function(name + "′", {{first, false}}), own}));
    fail(e, "no rule");
  }

  /// The name of what is defined in place of its whole definition.
  Expr named(const Expr& e) const {
    return e.identity() == definition_.definition.identity() ? Expr::symbol(definition_.symbol) : e;
  }

  void convolution(const Expr& e, const ArrayGradient& g) {
    std::size_t padding = 0, stride = 1;
    for (std::size_t i = 2; i < e.parts().size(); ++i)
      (e.part(i).text() == "stride" ? stride : padding) =
          static_cast<std::size_t>(e.part(i).part(0).value());
    const Expr &array = e.part(0), &kernel = e.part(1);
    const Shape size = shape(kernel);
    const bool square = size.is_vector() || size.rows == size.columns;
    if (stride != 1 || !square || padding + 1 > size.rows)
      return fail(e, "convolution with a stride");
    const ArrayGradient whole = spread(g, shape(e));
    const auto padded = [](const Expr& a, const Expr& b, std::size_t zeros) {
      std::vector<Term> arguments = {{a, false}, {b, false}};
      if (zeros > 0)
        arguments.push_back(
            {Expr::function("padding", {{Expr(static_cast<double>(zeros)), false}}), false});
      return Expr::function("conv", std::move(arguments));
    };
    with_rule("convolution of what it moves over", kernel,
              {padded(array, whole.expr, padding), size});
    with_rule(
        "the kernel turned on the way back", array,
        {padded(whole.expr, Expr::function("turned", {{kernel, false}}), size.rows - 1 - padding),
         shape(array)});
  }

  void concatenation(const Expr& e, const ArrayGradient& g) {
    const ArrayGradient whole = spread(g, shape(e));
    std::size_t begin = 1;
    for (const Term& part : e.parts()) {
      const Shape own = shape(part.expr);
      const auto at = [](std::size_t i) { return Term{Expr(static_cast<double>(i)), false}; };
      const Expr piece =
          Expr::function("elements", {{whole.expr, false}, at(begin), at(begin + own.size() - 1)});
      with_rule("its elements", part.expr, {piece, own});
      begin += own.size();
    }
  }

  void loss(const Expr& e, const ArrayGradient& g) {
    ArrayGradient t{e.part(0), shape(e.part(0))}, p{e.part(1), shape(e.part(1))};
    // Beside a vector a matrix of one column is a vector, too.
    const auto is_column = [](const Shape& one) { return one.is_matrix() && one.columns == 1; };
    if (t.shape.is_vector() && is_column(p.shape)) p.shape = t.shape;
    if (p.shape.is_vector() && is_column(t.shape)) t.shape = p.shape;
    if (matters(t.expr)) return fail(e, "a loss by its targets");
    const Expr& predicted = p.expr;
    const std::string& name = e.text();
    const bool probabilities = name == "cross_entropy" || name == "binary_cross_entropy";
    if (probabilities && short_form(name, t, p, g)) return;
    with_rule(name == "cross_entropy"          ? "cross-entropy"
              : name == "binary_cross_entropy" ? "binary cross-entropy"
                                               : "squared error",
              predicted, element_product(g, loss_slope(name, t, p)));
  }

  /// p − t, where p is a softmax or sigmoid: what reaches its argument.
  bool short_form(const std::string& name, const ArrayGradient& t, const ArrayGradient& p,
                  const ArrayGradient& g) {
    const bool binary = name == "binary_cross_entropy";
    const Expr* function = &p.expr;
    const ArrayDefinition* definition = nullptr;
    if (p.expr.is(Expr::Kind::symbol)) {
      for (const ArrayDefinition& one : program_.definitions)
        if (one.symbol == p.expr.text()) definition = &one;
      if (definition == nullptr) return false;
      function = &definition->definition;
    }
    const bool fits = binary ? function->is(Expr::Kind::call) && function->op() == Op::sigmoid
                             : function->is(Expr::Kind::function) &&
                                   function->text() == "softmax" && function->parts().size() == 1;
    if (!fits || (!binary && !(t.expr.is(Expr::Kind::symbol) && program_.sums_to_one &&
                               program_.sums_to_one(t.expr.text()))))
      return false;
    const double count = static_cast<double>(binary                ? p.shape.size()
                                             : p.shape.is_matrix() ? p.shape.rows
                                                                   : 1);
    ArrayGradient slope{p.expr - t.expr, p.shape};
    if (count != 1) slope = quotient(slope, {Expr(count), {}});
    slope = element_product(g, slope);
    const std::string rule =
        binary ? "sigmoid with binary cross-entropy" : "softmax with cross-entropy";
    if (definition != nullptr) {
      contributions_.add_to_argument(definition->symbol, slope, rule);
    } else {
      with_rule(rule, function->part(0), slope);
    }
    return true;
  }

  const ArrayProgram& program_;
  const std::function<bool(const std::string&)>& is_relevant_;
  const ArrayDefinition& definition_;
  Contributions& contributions_;
  std::vector<std::string> rules_;
};

void add_rules(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const std::string& rule : more)
    if (std::find(list.begin(), list.end(), rule) == list.end()) list.push_back(rule);
}

}  // namespace

void Contributions::add(const std::string& symbol, const ArrayGradient& gradient,
                        const Shape& shape, const std::vector<std::string>& rules) {
  Contribution& known = all_[symbol];
  ArrayGradient whole = spread(gradient, shape);
  whole.expr = whole.shape.is_number() && !is_of_arrays(whole.expr) ? simplify(whole.expr)
                                                                    : tidy(whole.expr);
  // What is defined first is used first; the sweep comes from the other end.
  known.total = known.total ? sum_of(whole, *known.total) : whole;
  add_rules(known.rules, rules);
}

void Contributions::add_to_argument(const std::string& symbol, const ArrayGradient& gradient,
                                    const std::string& rule) {
  Contribution& known = all_[symbol];
  known.of_argument = known.of_argument ? sum_of(*known.of_argument, gradient) : gradient;
  add_rules(known.rules, {rule});
}

void Contributions::fail(const std::string& symbol, const std::string& why) {
  all_[symbol].has_no_rule = true;
  add_rules(all_[symbol].rules, {why});
}

Contribution Contributions::take(const std::string& symbol) {
  auto node = all_.extract(symbol);
  return node.empty() ? Contribution{} : std::move(node.mapped());
}

void ArrayRules::pass_on(const ArrayDefinition& definition, const Contribution& known,
                         Contributions& contributions) const {
  Passing(program_, is_relevant_, definition, contributions).run(known);
}

}  // namespace chalkgrad
