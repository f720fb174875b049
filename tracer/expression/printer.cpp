#include "tracer/expression/printer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace chalkgrad {

namespace {

/// What must stand in a place at least this tightly bound, or be bracketed.
enum class Precedence { sum, product, power, atom };

/// Whether a minus sign may open what is printed here: at the very beginning it may.
enum class TermPlace { first, later };

class Printer {
 public:
  explicit Printer(const Dialect& dialect) : dialect_(dialect) {}

  std::vector<Piece> pieces(const Expr& e, TermPlace place) const {
    if (e.is(Expr::Kind::sum)) return sum(e, place);
    if (e.is(Expr::Kind::product)) return product(e, place);
    if (e.is(Expr::Kind::elementwise)) return elementwise(e, place);
    if (e.is(Expr::Kind::call)) return call_pieces(e);
    if (e.is(Expr::Kind::matrix) && !dialect_.stacks_fractions()) return matrix_pieces(e);
    if (e.is(Expr::Kind::function) && !dialect_.stacks_fractions()) return function_pieces(e);
    return {{single(e)}};
  }

  std::string whole(const Expr& e, TermPlace place = TermPlace::first) const {
    std::string text;
    for (const Piece& piece : pieces(e, place)) text += piece.text;
    return text;
  }

 private:
  std::string single(const Expr& e) const {
    switch (e.kind()) {
      case Expr::Kind::number: return dialect_.number(e.text());
      case Expr::Kind::symbol: return dialect_.symbol(e.text());
      case Expr::Kind::derivative: return dialect_.derivative(e.text(), e.wrt(), e.direct());
      case Expr::Kind::power: return power(e);
      case Expr::Kind::call: return call(e);
      case Expr::Kind::cases: return cases(e);
      case Expr::Kind::matrix: return dialect_.matrix(printed_parts(e), columns_of(e));
      case Expr::Kind::transposed: return transposed(e);
      case Expr::Kind::elementwise_power: return power(e);
      case Expr::Kind::function: return function(e);
      default: return whole(e);
    }
  }

  static bool is_scientific(const Expr& e) {
    return e.is(Expr::Kind::number) && e.text().find('e') != std::string::npos;
  }

  Precedence precedence(const Expr& e, TermPlace place) const {
    switch (e.kind()) {
      case Expr::Kind::sum: return Precedence::sum;
      case Expr::Kind::product:
      case Expr::Kind::elementwise: return Precedence::product;
      case Expr::Kind::transposed:
      case Expr::Kind::elementwise_power: return Precedence::power;
      case Expr::Kind::matrix:
      case Expr::Kind::function: return Precedence::atom;
      case Expr::Kind::derivative: return Precedence::product;
      case Expr::Kind::power: return Precedence::power;
      case Expr::Kind::cases:
        return dialect_.stacks_fractions() ? Precedence::sum : Precedence::atom;
      case Expr::Kind::call:
        return dialect_.call_is_atom(e.op()) ? Precedence::atom : Precedence::power;
      case Expr::Kind::symbol:
        return dialect_.is_raised(e.text()) ? Precedence::power : Precedence::atom;
      case Expr::Kind::number: break;
    }
    if (std::signbit(e.value()) && place == TermPlace::later) return Precedence::sum;
    if (std::signbit(e.value()) || is_scientific(e)) return Precedence::product;
    return Precedence::atom;
  }

  std::string in_place(const Expr& e, Precedence least, TermPlace place) const {
    return precedence(e, place) >= least ? whole(e, place) : dialect_.bracketed(whole(e));
  }

  std::vector<Piece> sum(const Expr& e, TermPlace place) const {
    std::vector<Piece> result;
    for (std::size_t i = 0; i < e.parts().size(); ++i) {
      const auto& [term, negative] = e.parts()[i];
      const TermPlace at = i == 0 && !negative ? place : TermPlace::later;
      const std::string sign(i == 0 ? (negative ? dialect_.leading_minus() : "")
                                    : (negative ? dialect_.minus() : dialect_.plus()));
      const bool shields =
          i == 0 && negative && dialect_.sign_belongs_to_base() && begins_with_power(term);
      std::vector<Piece> printed =
          shields                            ? std::vector<Piece>{{dialect_.bracketed(whole(term))}}
          : term.is(Expr::Kind::product)     ? product(term, at)
          : term.is(Expr::Kind::elementwise) ? elementwise(term, at)
          : term.is(Expr::Kind::matrix)
              ? pieces(term, at)
              : std::vector<Piece>{{in_place(term, Precedence::product, at)}};
      printed.front().text.insert(0, sign);
      append(result, std::move(printed), 0);
    }
    return result;
  }

  static bool begins_with_power(const Expr& term) {
    return (term.is(Expr::Kind::product) ? term.part(0) : term).is(Expr::Kind::power);
  }

  /// More pieces at the end of a list; the first of them begins at that depth.
  static void append(std::vector<Piece>& list, std::vector<Piece> more, int depth) {
    more.front().depth = depth;
    std::move(more.begin(), more.end(), std::back_inserter(list));
  }

  /// A call, whose only argument may be broken if it stands in plain brackets.
  std::vector<Piece> call_pieces(const Expr& e) const {
    const std::string text = call(e);
    const bool in_a_line = !dialect_.stacks_fractions();
    if (e.parts().size() != 1 || !(e.part(0).is(Expr::Kind::sum) || in_a_line)) return {{text}};
    const std::string argument = whole(e.part(0));
    const std::string frame = dialect_.call(e.op(), {""});
    if (!frame.ends_with("()") || frame.substr(0, frame.size() - 1) + argument + ")" != text)
      return {{text}};
    return between(frame.substr(0, frame.size() - 1), pieces(e.part(0), TermPlace::first), ")");
  }

  static std::vector<Piece> between(const std::string& open, std::vector<Piece> inside,
                                    const std::string& close) {
    for (Piece& piece : inside) piece.depth += 2;
    inside.front().text.insert(0, open);
    inside.back().text += close;
    return inside;
  }

  /// A factor of a product that is not divided by. One in brackets may be broken inside them.
  std::vector<Piece> factor(const Expr& e, TermPlace place) const {
    const bool first_number = place == TermPlace::first && e.is(Expr::Kind::number);
    if (e.is(Expr::Kind::derivative) || first_number) return {{single(e)}};
    if (precedence(e, place) >= Precedence::power) return pieces(e, place);
    const std::string inside = whole(e);
    const std::string text = dialect_.bracketed(inside);
    if (!e.is(Expr::Kind::sum)) return {{text}};
    const std::size_t open = text.find(inside);
    return between(text.substr(0, open), sum(e, TermPlace::first),
                   text.substr(open + inside.size()));
  }

  std::vector<Piece> product(const Expr& e, TermPlace place) const {
    const bool spaced = std::all_of(e.parts().begin(), e.parts().end(), [](const Term& part) {
      return part.expr.is(Expr::Kind::derivative);
    });
    return dialect_.stacks_fractions() ? stacked_product(e, place, spaced)
                                       : product_in_line(e, place, spaced);
  }

  void append_factor(std::vector<Piece>& list, std::vector<Piece> factor, bool spaced) const {
    if (!list.empty()) factor.front().text.insert(0, dialect_.times(spaced));
    append(list, std::move(factor), list.empty() ? 0 : 1);
  }

  std::vector<Piece> product_in_line(const Expr& e, TermPlace place, bool spaced) const {
    std::vector<Piece> result;
    for (const auto& [part, divides] : e.parts()) {
      const TermPlace at = result.empty() ? place : TermPlace::later;
      if (divides) {
        result.push_back({"/" + in_place(part, Precedence::power, TermPlace::later), 1});
      } else {
        append_factor(result, factor(part, at), spaced);
      }
    }
    return result;
  }

  /// Factors up to a run of divisors make a fraction with them, and the next begins after it:
  /// a/b·c/d is the product of two fractions. So fractions nest only as the expression does.
  std::vector<Piece> stacked_product(const Expr& e, TermPlace place, bool spaced) const {
    std::vector<Piece> result;
    const auto& parts = e.parts();
    for (std::size_t i = 0; i < parts.size();) {
      const std::size_t above = i;
      while (i < parts.size() && !parts[i].inverted) ++i;
      const std::size_t below = i;
      while (i < parts.size() && parts[i].inverted) ++i;
      const TermPlace at = result.empty() ? place : TermPlace::later;
      if (below < i) {
        append_factor(result, {{fraction(parts, above, below, i, at)}}, spaced);
        continue;
      }
      for (std::size_t k = above; k < below; ++k)
        append_factor(result, factor(parts[k].expr, k == 0 ? place : TermPlace::later), spaced);
    }
    return result;
  }

  /// The factors from `above` over those from `below`; a sign goes before the fraction.
  std::string fraction(const std::vector<Term>& parts, std::size_t above, std::size_t below,
                       std::size_t end, TermPlace place) const {
    const Expr& first = parts[above].expr;
    const bool negative = first.is(Expr::Kind::number) && std::signbit(first.value());
    const bool sign_first = negative && place == TermPlace::first;
    std::string numerator = written(parts, above, below);
    if (sign_first) {
      const std::string number = dialect_.number(first.text());
      numerator.replace(0, number.size(), dialect_.number(first.text().substr(1)));
    }
    return std::string(sign_first ? dialect_.leading_minus() : "") +
           dialect_.fraction(numerator, written(parts, below, end));
  }

  /// The factors from `begin` to `end`, multiplied; one alone needs no brackets.
  std::string written(const std::vector<Term>& parts, std::size_t begin, std::size_t end) const {
    if (end == begin + 1) return whole(parts[begin].expr);
    std::vector<Piece> factors;
    for (std::size_t k = begin; k < end; ++k)
      append_factor(factors,
                    factor(parts[k].expr, k == begin ? TermPlace::first : TermPlace::later), false);
    std::string text;
    for (const Piece& piece : factors) text += piece.text;
    return text;
  }

  std::string power(const Expr& e) const {
    const Expr& exponent = e.part(1);
    const bool atom = precedence(exponent, TermPlace::later) >= Precedence::power;
    std::string base = in_place(e.part(0), Precedence::atom, TermPlace::later);
    // 3.^2 would be a power element by element.
    if (e.part(0).is(Expr::Kind::number) && base.ends_with('.')) base.pop_back();
    return e.is(Expr::Kind::power) ? dialect_.power(base, whole(exponent), atom)
                                   : dialect_.elementwise_power(base, whole(exponent), atom);
  }

  /// W2ᵀ·δ ⊙ h ⊙ (1 − h): a matrix product in first place needs no brackets.
  std::vector<Piece> elementwise(const Expr& e, TermPlace place) const {
    std::vector<Piece> result;
    for (const auto& [part, divides] : e.parts()) {
      if (result.empty()) {
        result = part.is(Expr::Kind::product) ? product(part, place) : factor(part, place);
        continue;
      }
      std::vector<Piece> more = factor(part, TermPlace::later);
      more.front().text.insert(0, dialect_.elementwise(divides));
      append(result, std::move(more), 1);
    }
    return result;
  }

  /// In a line a vector is a vector.
  std::size_t columns_of(const Expr& e) const {
    return e.is_row() && dialect_.stacks_fractions() ? e.parts().size() : e.columns();
  }

  /// Numbers that are turned over are written turned over, where matrices are set in rows.
  std::string transposed(const Expr& e) const {
    const Expr& array = e.part(0);
    if (!dialect_.stacks_fractions() || !array.is(Expr::Kind::matrix))
      return dialect_.transposed(in_place(array, Precedence::atom, TermPlace::later));
    const std::vector<std::string> elements = printed_parts(array);
    const std::size_t columns = std::max<std::size_t>(1, columns_of(array));
    const std::size_t rows = elements.size() / columns;
    std::vector<std::string> turned;
    for (std::size_t k = 0; k < elements.size(); ++k)
      turned.push_back(elements[(k % rows) * columns + k / rows]);
    return dialect_.matrix(turned, rows);
  }

  /// In a line a matrix may be broken between its rows, a vector between its elements.
  std::vector<Piece> matrix_pieces(const Expr& e) const {
    constexpr std::size_t few = 4;
    const std::string text = dialect_.matrix(printed_parts(e), e.columns());
    const std::string_view between = e.columns() == 0 ? ", " : "], ";
    if (e.parts().size() <= few) return {{text}};
    std::vector<Piece> rows;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t next = text.find(between, at);
      const std::size_t end = next == std::string::npos ? text.size() : next + between.size();
      rows.push_back({text.substr(at, end - at), rows.empty() ? 0 : 3});
      at = end;
    }
    return rows;
  }

  /// A call may be broken between its arguments, and within them.
  std::vector<Piece> function_pieces(const Expr& e) const {
    if (is_named_argument(e.text())) return {{function(e)}};
    std::vector<Piece> result;
    for (const Term& argument : e.parts()) {
      std::vector<Piece> more = pieces(argument.expr, TermPlace::first);
      if (!result.empty()) result.back().text += argument.inverted ? "; " : ", ";
      for (Piece& piece : more) piece.depth += 2;
      std::move(more.begin(), more.end(), std::back_inserter(result));
    }
    const std::string printed = function(e);
    result.front().text.insert(0, printed.substr(0, printed.find('(') + 1));
    result.front().depth = 0;
    result.back().text += ")";
    return result;
  }

  std::vector<std::string> printed_parts(const Expr& e) const {
    std::vector<std::string> printed;
    for (const Term& part : e.parts()) printed.push_back(whole(part.expr));
    return printed;
  }

  std::string function(const Expr& e) const {
    std::vector<std::vector<std::string>> lists(1);
    for (const Term& argument : e.parts()) {
      if (argument.inverted) lists.emplace_back();
      lists.back().push_back(whole(argument.expr));
    }
    const bool matrix = e.parts().size() == 1 && e.part(0).is(Expr::Kind::matrix);
    const std::string text = dialect_.function(e.text(), lists);
    return matrix && dialect_.stacks_fractions() ? in_own_brackets(text, whole(e.part(0))) : text;
  }

  /// u, v, …
  void add_arguments(const Expr& e, std::vector<std::string>& list) const {
    if (!e.is(Expr::Kind::call) || e.op() != Op::arguments) return list.push_back(whole(e));
    add_arguments(e.part(0), list);
    list.push_back(whole(e.part(1)));
  }

  /// g(z), g′(z), g″(z), f(u, v)
  std::string unspecified(const Expr& e) const {
    std::string primes;
    const Expr* function = &e.part(0);
    for (; function->is(Expr::Kind::call) && function->op() == Op::prime;
         function = &function->part(0))
      primes += "′";
    std::vector<std::string> list;
    add_arguments(e.part(1), list);
    return dialect_.function(function->text() + primes, {std::move(list)});
  }

  /// The brackets of a single matrix are those of the call, where they are tall.
  std::string call(const Expr& e) const {
    if (e.op() == Op::unspecified) return unspecified(e);
    const bool matrix = e.parts().size() == 1 && e.part(0).is(Expr::Kind::matrix);
    const std::string text = dialect_.call(e.op(), printed_parts(e));
    return matrix && dialect_.stacks_fractions() ? in_own_brackets(text, whole(e.part(0))) : text;
  }

  std::string in_own_brackets(std::string text, const std::string& matrix) const {
    const std::string twice = dialect_.bracketed(matrix);
    const std::size_t at = text.find(twice);
    return at == std::string::npos ? text : text.replace(at, twice.size(), matrix);
  }

  std::string condition(const Expr& e, char kind) const {
    const Expr *left = &e.part(0), *right = &e.part(1);
    // A number stands on the right: |r| ≤ 1, not 1 ≥ |r|.
    if (kind != '=' && left->is(Expr::Kind::number) && !right->is(Expr::Kind::number)) {
      std::swap(left, right);
      kind = kind == 'g' ? 'l' : '<';
    }
    return whole(*left) + " " + std::string(dialect_.relation(kind)) + " " + whole(*right);
  }

  std::string cases(const Expr& e) const {
    const Expr &positive = e.part(2), &zero = e.part(3), &negative = e.part(4);
    std::vector<Dialect::Case> list;
    list.push_back({whole(positive), condition(e, positive == zero ? 'g' : '>')});
    if (zero != positive && zero != negative) list.push_back({whole(zero), condition(e, '=')});
    list.push_back({whole(negative), ""});
    return dialect_.cases(list);
  }

  const Dialect& dialect_;
};

}  // namespace

std::string print(const Expr& e, const Dialect& dialect) { return Printer(dialect).whole(e); }

std::vector<Piece> print_pieces(const Expr& e, const Dialect& dialect) {
  return Printer(dialect).pieces(e, TermPlace::first);
}

}  // namespace chalkgrad
