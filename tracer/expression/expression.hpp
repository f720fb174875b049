#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ops/op.hpp"
#include "tracer/numerals/decimal.hpp"

/// Expr: mathematics as a person writes it.
///
/// An immutable tree, cheap to copy (one shared pointer). It is also a scalar: the operations of
/// engine/ops.hpp instantiated with Expr give the symbolic derivative rules. Building an Expr keeps
/// what was written, in the order it was written; making it simpler is the business of
/// simplify.hpp.
///
/// Only the writing is normalised, so that one expression has one form and parse(print(e)) == e:
///   – a sum is a list of terms with signs, a product a list of factors that multiply or divide,
///   and
///     a sum (product) in first place is merged: (a − b) + c is a − b + c; a + (b + c) stays;
///   – a minus sign stands before the whole product: (−a)·b is −(a·b), and before a literal it
///     belongs to the literal: −(2·b) is (−2)·b. A zero has no sign.
/// Depth is bounded by whoever builds (the parser, the reader of graphs), so walkers may recurse.
/// It holds names, not references: what a name means is known to the problem or the graph.
namespace chalkgrad {

struct Term;

class Expr {
 public:
  enum class Kind {
    number,
    symbol,
    derivative,
    sum,
    product,
    power,
    call,
    cases,
    // Of arrays, as they are written; see docs/language.md.
    matrix,             ///< a grid of expressions, or a column of them
    transposed,         ///< Aᵀ
    elementwise,        ///< A ⊙ B, and quotients element by element
    elementwise_power,  ///< A.^2
    function,           ///< softmax(z), sum(A), cross_entropy(t; p): no operation on one number
  };

  Expr(double value);  // NOLINT: a literal, so that the operations' templates can write 1.0 − y
  /// A literal that prints as `spelling` (accepted by Decimal::parse): 0.10 stays 0.10.
  static Expr number(double value, std::string spelling);
  /// A literal read from its text, which Decimal::parse must accept.
  static Expr number(std::string_view spelling);
  /// A literal written plainly, or with a power of ten where that is shorter: 0.5, 10¹².
  static Expr number(const Decimal& decimal);
  static Expr symbol(std::string name);
  /// ∂of/∂wrt; `direct` means: with all other quantities that `of` uses held fixed.
  static Expr derivative(std::string of, std::string wrt, bool direct = false);
  static Expr sum(std::vector<Term> terms);
  static Expr product(std::vector<Term> factors);
  static Expr power(Expr base, Expr exponent);
  static Expr call(Op op, std::vector<Expr> arguments);
  /// positive, zero or negative according to the sign of left − right.
  static Expr cases(Expr left, Expr right, Expr positive, Expr zero, Expr negative);
  /// The elements row by row; `columns` is 0 for a vector, which is a column.
  static Expr matrix(std::vector<Expr> elements, std::size_t columns);
  static Expr transposed(Expr array);
  static Expr elementwise(std::vector<Term> factors);
  /// A vector that goes with the rows of a matrix.
  static Expr row(std::vector<Expr> elements);
  static Expr elementwise_power(Expr base, Expr exponent);
  /// An argument that is `inverted` stands behind a semicolon: it begins another list.
  static Expr function(std::string name, std::vector<Term> arguments);

  [[nodiscard]] Kind kind() const;
  [[nodiscard]] bool is(Kind k) const { return kind() == k; }
  [[nodiscard]] bool is_number(double value) const;
  /// A minus sign before a single term.
  [[nodiscard]] bool is_negation() const;
  /// Of a number; 0 for anything else.
  [[nodiscard]] double value() const;
  /// Of a number: how it prints. Of a symbol or function: its name. Of a derivative: the quantity
  /// differentiated.
  [[nodiscard]] const std::string& text() const;
  /// Of a derivative.
  [[nodiscard]] const std::string& wrt() const;
  [[nodiscard]] bool direct() const;
  /// Of a call.
  [[nodiscard]] Op op() const;
  /// Of a vector that is typeset in a row.
  [[nodiscard]] bool is_row() const;
  /// Of a matrix: 0 if it is a vector.
  [[nodiscard]] std::size_t columns() const;
  /// Terms of a sum, factors of a product; base and exponent; arguments; the five of cases.
  [[nodiscard]] const std::vector<Term>& parts() const;
  [[nodiscard]] const Expr& part(std::size_t i) const;
  /// How many nodes the tree has, counted as printed; saturates at one million.
  [[nodiscard]] std::size_t size() const;
  /// Distinguishes nodes, not expressions: for tables beside the tree, such as source positions.
  [[nodiscard]] const void* identity() const { return node_.get(); }

  /// The same expression. Literals are the same if their values are.
  friend bool operator==(const Expr& a, const Expr& b);

 private:
  struct Node;
  explicit Expr(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  static Expr make(Node node);
  std::shared_ptr<const Node> node_;
};

/// A part of a sum or product; `inverted` means subtracted or divided by.
struct Term {
  Expr expr;
  bool inverted = false;
  friend bool operator==(const Term&, const Term&) = default;
};

Expr operator-(const Expr& x);
Expr operator+(const Expr& a, const Expr& b);
Expr operator-(const Expr& a, const Expr& b);
Expr operator*(const Expr& a, const Expr& b);
Expr operator/(const Expr& a, const Expr& b);
Expr pow(const Expr& a, const Expr& b);

// What the operations call; see engine/ops/scalar.hpp.
Expr square(const Expr& x);
Expr abs(const Expr& x);
Expr sqrt(const Expr& x);
Expr exp(const Expr& x);
Expr expm1(const Expr& x);
Expr log(const Expr& x);
Expr log1p_exp(const Expr& x);
Expr logistic(const Expr& x);
Expr one_minus_square(const Expr& x);
Expr sigmoid_complement(const Expr& x, const Expr& y);
Expr tanh_complement(const Expr& x, const Expr& y);
Expr zero_wins(const Expr& a, const Expr& b);
Expr normal_distribution(const Expr& x);
Expr sin(const Expr& x);
Expr cos(const Expr& x);
Expr tan(const Expr& x);
Expr sinh(const Expr& x);
Expr cosh(const Expr& x);
Expr tanh(const Expr& x);
Expr asin(const Expr& x);
Expr acos(const Expr& x);
Expr atan(const Expr& x);
Expr erf(const Expr& x);
Expr unspecified(const Expr& g, const Expr& z);
Expr prime(const Expr& g);
Expr arguments(const Expr& u, const Expr& v);
Expr by_sign(const Expr& x, const Expr& positive, const Expr& zero, const Expr& negative);

/// The same sum, product, power, call or case distinction, of other parts; a leaf is itself. Sums
/// and products take any number of parts, the others as many as they have.
Expr with_parts(const Expr& e, std::vector<Term> parts);

/// The expression with every leaf (number, symbol, derivative) replaced by what `replace` returns.
Expr substitute(const Expr& e, const std::function<Expr(const Expr& leaf)>& replace);

/// Calls `visit` with every leaf, from left to right.
void for_each_leaf(const Expr& e, const std::function<void(const Expr& leaf)>& visit);

/// Whether the expression has arrays in it, by its own form: not where a name stands for one.
[[nodiscard]] bool is_of_arrays(const Expr& e);

/// The value of the expression, which is a number, where `value_of` gives that of symbols and
/// derivatives. Outside a domain the result is NaN or infinite.
double evaluate(const Expr& e, const std::function<double(const Expr& leaf)>& value_of);

}  // namespace chalkgrad
