#include "tests/support/planted_slips.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "tracer/check/reading/reader.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad::testing {

namespace {

bool is_leaf(const Expr& e) { return e.is(Expr::Kind::symbol) || e.is(Expr::Kind::derivative); }

bool has(const Expr& e, Expr::Kind kind) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || leaf.is(kind); });
  return found;
}

bool has_names(const Expr& e) {
  return has(e, Expr::Kind::symbol) || has(e, Expr::Kind::derivative);
}

std::vector<Expr> leaves(const Expr& e) {
  std::vector<Expr> list;
  for_each_leaf(e, [&](const Expr& leaf) { list.push_back(leaf); });
  return list;
}

Expr with_leaf(const Expr& e, std::size_t which, const Expr& other) {
  std::size_t at = 0;
  return substitute(e, [&](const Expr& leaf) { return at++ == which ? other : leaf; });
}

double value_of(const Expr& numbers) {
  return evaluate(numbers, [](const Expr&) { return std::nan(""); });
}

double unit_of(const std::string& text) {
  const auto decimal = Decimal::parse(text);
  return decimal ? std::pow(10.0, decimal->exponent) : 1;
}

/// A value written with as many places as that text, or to four significant digits if it is whole.
std::string written_like(double value, const std::string& text) {
  const auto like = Decimal::parse(text);
  const Decimal exact = Decimal::shortest(value);
  const bool whole = text.find_first_of(".e") == std::string::npos;
  const int places =
      whole || !like ? std::max(0, 3 - exact.magnitude()) : std::max(-like->exponent, 0);
  return exact.rounded(places, Rounding::half_up).plain();
}

/// `other` in place of a literal that stands for `before`, and may have taken a minus sign in.
Expr with_sign_of(const Expr& literal, const std::string& before, const std::string& other) {
  const bool turned = !before.empty() && (before[0] == '-') != (literal.text()[0] == '-');
  const Expr number = Expr::number(other);
  return turned ? -number : number;
}

bool is_complement(const Expr& e) {
  return e.is(Expr::Kind::sum) && e.parts().size() == 2 && e.part(0).is_number(1) &&
         e.parts()[1].inverted;
}

Expr without(const Expr& e, std::size_t at) {
  std::vector<Term> parts = e.parts();
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at));
  if (parts.size() == 1 && !parts[0].inverted) return parts[0].expr;
  return e.is(Expr::Kind::sum) ? Expr::sum(std::move(parts)) : Expr::product(std::move(parts));
}

/// Applies a change to the product or sum itself, below a minus sign that stands before it.
template <class Change>
Expr below_sign(const Expr& e, Change change) {
  return e.is_negation() ? -change(e.part(0)) : change(e);
}

const Expr& whole(const Expr& e) { return e.is_negation() ? e.part(0) : e; }

}  // namespace

const std::vector<std::string>& plantable_slips() {
  static const std::vector<std::string> list = {"sign",         "missing-complement",
                                                "wrong-neuron", "updated-weight",
                                                "half",         "rate",
                                                "digit",        "added",
                                                "degrees",      "log10",
                                                "missing-path", "missing-factor"};
  return list;
}

SlipPlanter::SlipPlanter(const Solution& solution, std::string sheet)
    : solution_(solution), text_(std::move(sheet)), vocabulary_(solution) {
  answer_ = read_answer(text_, vocabulary_);
  std::map<std::string, Expr> formulas;
  for (std::size_t i = 0; i < answer_.statements.size(); ++i) {
    const auto& sides = answer_.statements[i].sides;
    Line line{.statement = i, .subject = sides[0].expr};
    if (!is_leaf(line.subject)) continue;
    for (std::size_t at = 1; at < sides.size(); ++at) {
      const Expr& e = sides[at].expr;
      if (has_names(e)) {
        line.formula_side = at;
        formulas.insert_or_assign(print(line.subject), e);
      } else if (!e.is(Expr::Kind::number) && line.numbers_side == 0) {
        line.numbers_side = at;
        line.numbers = e;
      } else if (e.is(Expr::Kind::number) && line.numbers_side > 0 && line.result_side == 0) {
        line.result_side = at;
      }
    }
    const auto formula = formulas.find(print(line.subject));
    if (formula == formulas.end() || line.result_side != line.numbers_side + 1) continue;
    line.formula = formula->second;
    if (line.formula_side && *line.formula_side + 1 != line.numbers_side) continue;
    if (leaves(line.formula).size() == leaves(line.numbers).size()) lines_.push_back(line);
  }
}

/// What the sheet shows for a name: what was given, or its first result.
std::string SlipPlanter::written_for(const Expr& leaf) const {
  for (const Chain& chain : answer_.statements)
    if (chain.sides[0].expr == leaf && chain.sides.back().expr.is(Expr::Kind::number))
      return chain.sides.back().expr.text();
  return {};
}

std::vector<SlipPlanter::Edit> SlipPlanter::worked_out(const Line& line, const Expr* formula,
                                                       const Expr& numbers) const {
  const WrittenSide& result = side(line, line.result_side);
  std::vector<Edit> edits;
  if (formula != nullptr && line.formula_side)
    edits.push_back({side(line, *line.formula_side).span, print(*formula)});
  edits.push_back({side(line, line.numbers_side).span, print(numbers)});
  const double value = value_of(numbers);
  // 0.8 where 0.7882 is right is a rounding, and no slip.
  if (numbers.is(Expr::Kind::number) &&
      agreement(numbers.text(), result.expr.value()) != Agreement::wrong)
    return {};
  const std::string text = written_like(value, result.expr.text());
  edits.push_back({result.span, print(Expr::number(text))});
  // Where the result hardly changes, there is nothing to find.
  const bool same = !std::isfinite(value) ||
                    std::abs(value - result.expr.value()) < 3 * unit_of(text) ||
                    std::abs(value - result.expr.value()) < 3 * unit_of(result.expr.text());
  return same ? std::vector<Edit>{} : edits;
}

std::optional<std::vector<SlipPlanter::Edit>> SlipPlanter::change_result(const Line& line,
                                                                         const std::string& slip,
                                                                         Random& random) {
  const WrittenSide& result = side(line, line.result_side);
  const std::string& text = result.expr.text();
  if (text.find('e') != std::string::npos || result.expr.value() == 0) return std::nullopt;
  if (slip == "sign") return std::vector<Edit>{{result.span, print(-result.expr)}};
  if (slip == "degrees" || slip == "log10") {
    // The argument in degrees; the decimal logarithm.
    bool found = false;
    const auto change = [&](const auto& self, const Expr& e) -> Expr {
      if (e.is(Expr::Kind::number) || is_leaf(e)) return e;
      if (e.is(Expr::Kind::call) && (e.op() == Op::sin || e.op() == Op::cos) && slip == "degrees") {
        found = true;
        return Expr::call(e.op(), {e.part(0) * Expr(std::numbers::pi / 180)});
      }
      if (e.is(Expr::Kind::call) && e.op() == Op::log && slip == "log10") {
        found = true;
        return e / Expr(std::numbers::ln10);
      }
      std::vector<Term> parts = e.parts();
      if (e.is(Expr::Kind::call) && parts.size() == 1)
        return Expr::call(e.op(), {self(self, parts[0].expr)});
      for (Term& part : parts) part.expr = found ? part.expr : self(self, part.expr);
      if (e.is(Expr::Kind::sum)) return Expr::sum(parts);
      if (e.is(Expr::Kind::product)) return Expr::product(parts);
      return e;
    };
    const double value = value_of(change(change, line.numbers));
    const std::string other = written_like(value, text);
    if (!found || std::abs(value - result.expr.value()) < 3 * unit_of(other)) return std::nullopt;
    return std::vector<Edit>{{result.span, print(Expr::number(other))}};
  }
  std::string digits = text;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < digits.size(); ++i)
    if (digits[i] >= '0' && digits[i] <= '9') places.push_back(i);
  if (places.size() < 4) return std::nullopt;
  const std::size_t at =
      static_cast<std::size_t>(below(random, static_cast<int>(places.size()) - 1));
  switch (below(random, 3)) {
    case 0: digits[places[at]] = static_cast<char>('0' + below(random, 10)); break;
    case 1: std::swap(digits[places[at]], digits[places[at + 1]]); break;
    default: digits.erase(places[at], 1);
  }
  const auto decimal = Decimal::parse(digits);
  // A value between the right one and that of the digits before it is right, too.
  const double before = value_of(line.numbers), right = result.expr.value();
  if (decimal && (decimal->value() - before) * (decimal->value() - right) <= 0) return std::nullopt;
  if (!decimal || std::abs(decimal->value() - result.expr.value()) <
                      3 * std::max(unit_of(text), unit_of(digits)))
    return std::nullopt;
  return std::vector<Edit>{{result.span, print(Expr::number(digits))}};
}

std::optional<std::vector<SlipPlanter::Edit>> SlipPlanter::change_number(const Line& line,
                                                                         const std::string& slip,
                                                                         Random& random) {
  const std::vector<Expr> meanings = leaves(line.formula);
  const auto which = static_cast<std::size_t>(below(random, static_cast<int>(meanings.size())));
  const Expr& meaning = meanings[which];
  std::string other;
  if (slip == "updated-weight") {
    if (!meaning.is(Expr::Kind::symbol)) return std::nullopt;
    // In its own update there is no other weight to use.
    if (line.subject.is(Expr::Kind::symbol) && line.subject.text().ends_with(updated_mark))
      return std::nullopt;
    other = written_for(Expr::symbol(meaning.text() + std::string(updated_mark)));
  } else {
    if (!meaning.is(Expr::Kind::symbol)) return std::nullopt;
    const Item* item = solution_.problem.find(meaning.text());
    if (item == nullptr) return std::nullopt;
    std::vector<std::string> siblings;
    for (const Item& one : solution_.problem.items)
      if (one.role == item->role && one.name != item->name &&
          name_parts(one.name).base == name_parts(item->name).base)
        siblings.push_back(one.name);
    if (siblings.empty()) return std::nullopt;
    other = written_for(Expr::symbol(
        siblings[static_cast<std::size_t>(below(random, static_cast<int>(siblings.size())))]));
  }
  if (other.empty()) return std::nullopt;
  // 0.5 is a rounding of 0.4626, and no slip.
  const Expr number = leaves(line.numbers)[which];
  const Expr replacement = with_sign_of(number, written_for(meaning), other);
  if (agreement(replacement.text(), number.value()) != Agreement::wrong) return std::nullopt;
  auto edits = worked_out(line, nullptr, with_leaf(line.numbers, which, replacement));
  if (edits.empty()) return std::nullopt;
  return edits;
}

std::optional<std::vector<SlipPlanter::Edit>> SlipPlanter::change_formula(const Line& line,
                                                                          const std::string& slip,
                                                                          Random& random) {
  const Expr &formula = whole(line.formula), &numbers = whole(line.numbers);
  const bool product = formula.is(Expr::Kind::product), sum = formula.is(Expr::Kind::sum);
  if (formula.kind() != numbers.kind() || formula.parts().size() != numbers.parts().size() ||
      line.formula.is_negation() != line.numbers.is_negation() || !(product || sum))
    return std::nullopt;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < formula.parts().size(); ++i) {
    const Expr& part = formula.part(i);
    const bool fits =
        slip == "missing-complement" ? product && is_complement(part)
        : slip == "missing-factor"   ? product && part.is(Expr::Kind::derivative)
        : slip == "missing-path"
            ? sum && has(part, Expr::Kind::derivative) && line.subject.is(Expr::Kind::derivative)
        : slip == "half" ? product && i + 1 < formula.parts().size() && part.is_number(1) &&
                               formula.part(i + 1).is_number(2)
        : slip == "rate"
            ? sum && part.is(Expr::Kind::product) && part.part(0) == solution_.rate_symbol()
        : slip == "added" ? product && i + 1 < formula.parts().size() &&
                                !formula.parts()[i].inverted && !formula.parts()[i + 1].inverted
                          : false;
    if (fits) places.push_back(i);
  }
  if (places.empty()) return std::nullopt;
  const std::size_t at =
      places[static_cast<std::size_t>(below(random, static_cast<int>(places.size())))];
  const auto change = [&](const Expr& e) {
    if (slip == "half") return without(without(e, at + 1), at);
    if (slip == "rate") {
      std::vector<Term> parts = e.parts();
      parts[at].expr = without(parts[at].expr, 0);
      return Expr::sum(std::move(parts));
    }
    if (slip == "added") {
      std::vector<Term> parts = e.parts();
      parts[at].expr = parts[at].expr + parts[at + 1].expr;
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
      return parts.size() == 1 ? parts[0].expr : Expr::product(std::move(parts));
    }
    return without(e, at);
  };
  const Expr other = below_sign(line.formula, change);
  // Whoever adds has the formula right, and so has often whoever forgets something.
  const bool formula_too = slip != "added" && below(random, 2) == 0;
  const Expr changed = below_sign(line.numbers, change);
  // (1 − 0.12²) is nearly 1: what is left may be a rounding of the product.
  const double right = side(line, line.result_side).expr.value();
  const bool left_out = slip == "missing-complement" || slip == "missing-factor";
  if (left_out && std::abs(value_of(changed) - right) < 0.05 * std::abs(right)) return std::nullopt;
  auto edits = worked_out(line, formula_too ? &other : nullptr, changed);
  if (edits.empty()) return std::nullopt;
  return edits;
}

std::optional<std::vector<SlipPlanter::Edit>> SlipPlanter::edits(const Line& line,
                                                                 const std::string& slip,
                                                                 Random& random) {
  if (slip == "sign" || slip == "digit" || slip == "degrees" || slip == "log10")
    return change_result(line, slip, random);
  if (slip == "wrong-neuron" || slip == "updated-weight") return change_number(line, slip, random);
  return change_formula(line, slip, random);
}

/// Works later lines out again with what is wrong now.
void SlipPlanter::carry_on(const Line& from, const std::string& result,
                           std::vector<Edit>& edits) const {
  std::map<std::string, std::string> changed = {{print(from.subject), result}};
  for (const Line& line : lines_) {
    if (line.statement <= from.statement || changed.contains(print(line.subject))) continue;
    Expr numbers = line.numbers;
    const std::vector<Expr> meanings = leaves(line.formula);
    bool touched = false;
    for (std::size_t i = 0; i < meanings.size(); ++i) {
      if (!is_leaf(meanings[i])) continue;
      const auto found = changed.find(print(meanings[i]));
      if (found == changed.end()) continue;
      numbers = with_leaf(
          numbers, i, with_sign_of(leaves(numbers)[i], written_for(meanings[i]), found->second));
      touched = true;
    }
    if (!touched || !std::isfinite(value_of(numbers))) continue;
    const WrittenSide& written = side(line, line.result_side);
    const std::string text = written_like(value_of(numbers), written.expr.text());
    edits.push_back({side(line, line.numbers_side).span, print(numbers)});
    edits.push_back({written.span, print(Expr::number(text))});
    changed[print(line.subject)] = text;
  }
}

std::optional<PlantedSlip> SlipPlanter::plant(const std::string& slip, Random& random, bool carry) {
  constexpr int attempts = 60;
  for (int attempt = 0; attempt < attempts && !lines_.empty(); ++attempt) {
    const Line& line =
        lines_[static_cast<std::size_t>(below(random, static_cast<int>(lines_.size())))];
    auto list = edits(line, slip, random);
    if (!list || list->empty()) continue;
    PlantedSlip planted;
    planted.slip = slip;
    for (const Edit& edit : *list) planted.change += " | " + edit.text;
    const std::string result = list->back().text;
    LineIndex lines(text_);
    const auto& sides = answer_.statements[line.statement].sides;
    planted.first_line = lines.position(sides.front().span.begin).line;
    planted.last_line = lines.position(sides.back().span.end).line;
    if (carry) {
      const auto number = tokenize(result);
      const bool negative = number[0].is("-");
      if (number.size() != (negative ? 3u : 2u)) continue;
      carry_on(line, (negative ? "-" : "") + number[negative ? 1 : 0].text, *list);
    }
    std::sort(list->begin(), list->end(),
              [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
    planted.text = text_;
    for (const Edit& edit : *list) {
      // A side that goes on over several lines keeps them, so that line numbers stay.
      const auto newlines =
          std::count(text_.begin() + static_cast<std::ptrdiff_t>(edit.span.begin),
                     text_.begin() + static_cast<std::ptrdiff_t>(edit.span.end), '\n');
      if (newlines > 0) {
        planted.text.clear();
        break;
      }
      planted.text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
    }
    if (!planted.text.empty()) return planted;
  }
  return std::nullopt;
}

}  // namespace chalkgrad::testing
