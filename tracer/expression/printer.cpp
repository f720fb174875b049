#include "tracer/expression/printer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

/// What must stand in a place at least this tightly bound, or be bracketed.
enum class Precedence { sum, product, power, atom };

/// Whether a minus sign may open what is printed here: at the very beginning it may.
enum class Place { first, later };

class Printer {
 public:
  explicit Printer(const Dialect& dialect) : dialect_(dialect) {}

  std::vector<Piece> pieces(const Expr& e, Place place) const {
    if (e.is(Expr::Kind::sum)) return sum(e, place);
    if (e.is(Expr::Kind::product)) return product(e, place);
    return {{single(e)}};
  }

  std::string whole(const Expr& e, Place place = Place::first) const {
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
      default: return whole(e);
    }
  }

  static bool is_scientific(const Expr& e) {
    return e.is(Expr::Kind::number) && e.text().find('e') != std::string::npos;
  }

  Precedence precedence(const Expr& e, Place place) const {
    switch (e.kind()) {
      case Expr::Kind::sum: return Precedence::sum;
      case Expr::Kind::product: return Precedence::product;
      case Expr::Kind::derivative: return Precedence::product;
      case Expr::Kind::power: return Precedence::power;
      case Expr::Kind::cases:
        return dialect_.stacks_fractions() ? Precedence::sum : Precedence::atom;
      case Expr::Kind::call:
        return dialect_.call_is_atom(e.op()) ? Precedence::atom : Precedence::power;
      case Expr::Kind::symbol:
        return e.text().ends_with(updated_mark) ? Precedence::power : Precedence::atom;
      case Expr::Kind::number: break;
    }
    if (std::signbit(e.value()) && place == Place::later) return Precedence::sum;
    if (std::signbit(e.value()) || is_scientific(e)) return Precedence::product;
    return Precedence::atom;
  }

  std::string in_place(const Expr& e, Precedence least, Place place) const {
    return precedence(e, place) >= least ? whole(e, place) : dialect_.bracketed(whole(e));
  }

  std::vector<Piece> sum(const Expr& e, Place place) const {
    std::vector<Piece> result;
    for (std::size_t i = 0; i < e.parts().size(); ++i) {
      const auto& [term, negative] = e.parts()[i];
      const Place at = i == 0 && !negative ? place : Place::later;
      const std::string sign(i == 0 ? (negative ? dialect_.leading_minus() : "")
                                    : (negative ? dialect_.minus() : " + "));
      std::vector<Piece> printed =
          term.is(Expr::Kind::product)
              ? product(term, at)
              : std::vector<Piece>{{in_place(term, Precedence::product, at)}};
      printed.front().text.insert(0, sign);
      append(result, std::move(printed), 0);
    }
    return result;
  }

  /// More pieces at the end of a list; the first of them begins at that depth.
  static void append(std::vector<Piece>& list, std::vector<Piece> more, int depth) {
    more.front().depth = depth;
    std::move(more.begin(), more.end(), std::back_inserter(list));
  }

  /// A factor of a product that is not divided by. One in brackets may be broken inside them,
  /// unless the brackets have to grow with what is in them.
  std::vector<Piece> factor(const Expr& e, Place place) const {
    const bool bare = e.is(Expr::Kind::derivative) || (is_scientific(e) && e.value() > 0);
    const bool first_number = place == Place::first && e.is(Expr::Kind::number);
    if (bare || first_number) return {{single(e)}};
    if (precedence(e, place) >= Precedence::power) return {{whole(e, place)}};
    if (!e.is(Expr::Kind::sum) || dialect_.bracketed(whole(e)) != "(" + whole(e) + ")")
      return {{dialect_.bracketed(whole(e))}};
    std::vector<Piece> inside = sum(e, Place::first);
    for (Piece& piece : inside) piece.depth += 2;
    inside.front().text.insert(0, "(");
    inside.back().text += ")";
    return inside;
  }

  std::vector<Piece> product(const Expr& e, Place place) const {
    const bool spaced = std::all_of(e.parts().begin(), e.parts().end(), [](const Term& part) {
      return part.expr.is(Expr::Kind::derivative);
    });
    std::vector<Piece> result = factor(e.part(0), place);
    for (std::size_t i = 1; i < e.parts().size(); ++i) {
      const auto& [part, divides] = e.parts()[i];
      if (!divides) {
        std::vector<Piece> printed = factor(part, Place::later);
        printed.front().text.insert(0, dialect_.times(spaced));
        append(result, std::move(printed), 1);
      } else if (dialect_.stacks_fractions()) {
        result = {{stacked(e, i, result, place)}};
      } else {
        result.push_back({"/" + in_place(part, Precedence::power, Place::later), 1});
      }
    }
    return result;
  }

  /// The first i factors, printed as `before`, over the i-th. A sign goes before the fraction.
  std::string stacked(const Expr& e, std::size_t i, const std::vector<Piece>& before,
                      Place place) const {
    const Expr& first = e.part(0);
    const std::string denominator = whole(e.part(i));
    if (i > 1) {
      std::string numerator;
      for (const Piece& piece : before) numerator += piece.text;
      return dialect_.fraction(numerator, denominator);
    }
    const bool negative = first.is(Expr::Kind::number) && std::signbit(first.value());
    if (!negative || place == Place::later) return dialect_.fraction(whole(first), denominator);
    return std::string(dialect_.leading_minus()) +
           dialect_.fraction(dialect_.number(first.text().substr(1)), denominator);
  }

  std::string power(const Expr& e) const {
    const Expr& exponent = e.part(1);
    const bool atom = precedence(exponent, Place::later) >= Precedence::power;
    return dialect_.power(in_place(e.part(0), Precedence::atom, Place::later), whole(exponent),
                          atom);
  }

  std::string call(const Expr& e) const {
    std::vector<std::string> arguments;
    for (const Term& argument : e.parts()) arguments.push_back(whole(argument.expr));
    return dialect_.call(e.op(), arguments);
  }

  std::string condition(const Expr& e, char kind) const {
    return whole(e.part(0)) + " " + std::string(dialect_.relation(kind)) + " " + whole(e.part(1));
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
  return Printer(dialect).pieces(e, Place::first);
}

}  // namespace chalkgrad
