#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tracer/expression/expression.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/lexer.hpp"

/// Reading mathematics: by precedence, as the printer writes it.
///
/// + − * / ^ with the usual precedence, ^ to the right and tighter than a minus sign (−3^2 = −9),
/// calls of the engine's operations and of functions that whoever reads knows to expand, |x|,
/// derivatives ∂y/∂x, and (1 if x > 0, else 0). Implicit
/// multiplication is refused with a hint: 2x may mean 2·x, but 1/2x means two things.
namespace chalkgrad {

/// The arguments of a call as they are written: in f(a, b; c) two lists.
using ArgumentLists = std::vector<std::vector<Expr>>;

/// What stands between the brackets behind an array's name: 2, 2..3, or : for all.
struct ArrayIndex {
  std::size_t first = 0, last = 0;  ///< both the same for a single one; of a family also 0
  bool all = false;
  Span span{};
};

struct ParseContext {
  /// Whether a name is that of a quantity. It tells dE/dw5 (a derivative, if dE and dw5 are no
  /// quantities but E and w5 are) from a quotient, and pi from a name. Empty: all names are
  /// quantities.
  std::function<bool(std::string_view)> is_quantity{};
  /// What a call stands for that is no operation of the engine, as sum(a, b, c); nothing if there
  /// is no function of that name. May throw SyntaxError; the token is that of the name.
  std::function<std::optional<Expr>(const Token&, const ArgumentLists&)> expand{};
  /// What `expand` knows, for suggestions.
  std::function<std::vector<KnownFunction>()> expandable{};
  /// Whether there are arrays: [1, 2], Aᵀ, A .* B, and functions of them. Otherwise .* is *.
  bool arrays = false;
  /// Whether a name is that of an array: K^T is transposed also where there is an array T.
  std::function<bool(std::string_view)> is_array{};
  /// What an array's name means with that behind it: W[1,2], W[1,:], x[2..3]; the token has the
  /// name and the place of the whole. Nothing if it is no array. May throw SyntaxError.
  std::function<std::optional<Expr>(const Token&, const std::vector<ArrayIndex>&)> element{};
};

/// Reads tokens from left to right; throws SyntaxError where they do not fit.
class ExpressionParser {
 public:
  /// The tokens must end with Token::Kind::end and outlive the parser.
  explicit ExpressionParser(const std::vector<Token>& tokens, ParseContext context = {})
      : tokens_(tokens), context_(std::move(context)) {}

  /// The longest expression from here; stops before whatever cannot continue it (a comma, a
  /// relation). Throws if an operand or a closing bracket is missing, or brackets nest deeper than
  /// 200.
  Expr expression();
  /// An expression, or several with their conditions: a if x < 0, b if 0 <= x < 1, c otherwise. The
  /// first that holds counts.
  Expr piecewise();
  /// The longest product from here, with its sign; stops before + and −, and before another number
  /// or name, so that a row of numbers can be read one by one.
  Expr product();

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& next();
  /// Steps over that sign if it comes next.
  bool accept(std::string_view sign);
  bool accept_word(std::string_view word);
  /// Throws "expected <what>, but found <token>".
  [[noreturn]] void fail_expecting(std::string_view what) const;
  void expect(std::string_view sign);

  /// Where a symbol or call that `expression` returned stands in the line.
  [[nodiscard]] std::optional<Span> span_of(const Expr& e) const;

  /// The arguments in brackets that come next, ranges of names written out.
  ArgumentLists arguments(const Token& function);
  /// The brackets that come next behind an array's name, one after the other: [2][1], [1,2],
  /// [2..3]. `name` may end in one that belongs to it: out[2]. Whole numbers may be sums: [3-1].
  std::vector<ArrayIndex> indices(const Token& name);

 private:
  Expr parse(int least_binding);
  Expr operand(int least_binding);
  Expr raised(Expr base);
  Expr named();
  Expr matrix();
  std::vector<Expr> row_of_matrix();
  std::optional<Expr> element_of(const Token& name, std::size_t first_token);
  std::optional<Expr> named_argument();
  ArrayIndex array_index();
  std::size_t whole_number_of_index();
  [[nodiscard]] bool is_turned_over() const;
  Expr call(const Token& name);
  Expr operation(Op op, const Token& name, std::vector<Expr> operands);
  [[noreturn]] void refuse_function(const Token& name, const Token& open) const;
  std::vector<Expr> argument();
  Expr in_brackets();
  Expr between_bars();
  Expr cases(Expr positive);
  struct Comparison {
    Expr left;
    std::string_view relation;  ///< < <= > >=
    Expr right;
  };
  std::vector<Comparison> comparisons();
  struct Condition {
    Expr left;
    char kind;  ///< > = or g for ≥
    Expr right;
  };
  Condition condition();
  std::optional<Expr> derivative();
  bool is_quantity(std::string_view name) const;
  void refuse_implicit_multiplication(const Token& left) const;
  Expr placed(Expr e, std::size_t first_token);

  const std::vector<Token>& tokens_;
  ParseContext context_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool in_row_ = false;  // what stands side by side is no product
  std::unordered_map<const void*, Span> spans_{};
  std::vector<Expr> kept_{};  // so that identities in spans_ stay unique
};

/// The whole line as one expression; throws SyntaxError if something is left over.
[[nodiscard]] Expr parse_expression(std::string_view line, ParseContext context = {});

}  // namespace chalkgrad
