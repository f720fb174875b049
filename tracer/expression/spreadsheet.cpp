#include "tracer/expression/spreadsheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "engine/ops.hpp"
#include "tracer/expression/dialect.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

/// With the value of each operation that spreadsheets have no function for in its place.
Expr with_known_functions(const Expr& e) {
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts())
    parts.push_back({with_known_functions(part.expr), part.inverted});
  if (!e.is(Expr::Kind::call) || !description_of(e.op()).spreadsheet.empty())
    return with_parts(e, std::move(parts));
  Expr value = 0.0;
  with_operation(e.op(), [&]<class O>(O) {
    if constexpr (is_unary<O>) {
      value = O::value(parts[0].expr);
    } else {
      value = O::value(parts[0].expr, parts[1].expr);
    }
  });
  return value;
}

class SpreadsheetDialect final : public Dialect {
 public:
  explicit SpreadsheetDialect(const CellOf& cell_of) : cell_of_(cell_of) {}

  std::string number(std::string_view spelling) const override {
    if (spelling == "π" || spelling == "-π") return spelling == "π" ? "PI()" : "-PI()";
    std::string text(spelling);
    std::replace(text.begin(), text.end(), 'e', 'E');
    return text;
  }
  std::string symbol(std::string_view name) const override {
    return cell_of_(Expr::symbol(std::string(name)));
  }
  bool is_raised(std::string_view) const override { return false; }
  std::string derivative(std::string_view of, std::string_view wrt, bool direct) const override {
    return cell_of_(Expr::derivative(std::string(of), std::string(wrt), direct));
  }
  std::string call(Op op, const std::vector<std::string>& arguments) const override {
    std::string text;
    std::size_t next = 0;
    for (const char c : description_of(op).spreadsheet)
      text += c == '#' ? arguments[next++] : std::string(1, c);
    return text;
  }
  std::string power(const std::string& base, const std::string& exponent, bool) const override {
    // Powers are carried out from the left.
    const bool is_word = exponent.find_first_of("+-*/^(") == std::string::npos;
    return base + "^" + (is_word ? exponent : bracketed(exponent));
  }
  std::string bracketed(const std::string& inside) const override { return "(" + inside + ")"; }
  bool stacks_fractions() const override { return false; }
  std::string fraction(const std::string& above, const std::string& below) const override {
    return above + "/" + below;
  }
  std::string cases(const std::vector<Case>& list) const override {
    std::string text;
    for (const Case& one : list)
      text +=
          one.condition.empty() ? one.value : fmt::format("IF({},{},", one.condition, one.value);
    return text + std::string(list.size() - 1, ')');
  }
  std::string matrix(const std::vector<std::string>&, std::size_t) const override { return ""; }
  std::string transposed(const std::string&) const override { return ""; }
  std::string_view elementwise(bool) const override { return ""; }
  std::string elementwise_power(const std::string&, const std::string&, bool) const override {
    return "";
  }
  std::string function(std::string_view,
                       const std::vector<std::vector<std::string>>&) const override {
    return "";
  }
  std::string_view times(bool) const override { return "*"; }
  std::string_view plus() const override { return "+"; }
  std::string_view minus() const override { return "-"; }
  std::string_view leading_minus() const override { return "-"; }
  bool sign_belongs_to_base() const override { return true; }
  std::string_view relation(char kind) const override {
    if (kind == 'l' || kind == '<') return kind == 'l' ? "<=" : "<";
    return kind == 'g' ? ">=" : kind == '>' ? ">" : "=";
  }
  bool call_is_atom(Op) const override { return true; }

 private:
  const CellOf& cell_of_;
};

/// A case that does not hold is not worked out.
bool is_finite_throughout(const Expr& e, const ValueInCell& value_of) {
  if (!std::isfinite(evaluate(e, value_of))) return false;
  if (e.is(Expr::Kind::cases)) {
    const double left = evaluate(e.part(0), value_of), right = evaluate(e.part(1), value_of);
    return is_finite_throughout(e.part(0), value_of) && is_finite_throughout(e.part(1), value_of) &&
           is_finite_throughout(e.part(left > right   ? 2
                                       : left < right ? 4
                                                      : 3),
                                value_of);
  }
  return std::all_of(e.parts().begin(), e.parts().end(),
                     [&](const Term& part) { return is_finite_throughout(part.expr, value_of); });
}

}  // namespace

std::string spreadsheet_formula(const Expr& e, const CellOf& cell_of) {
  return print(with_known_functions(e), SpreadsheetDialect(cell_of));
}

bool is_computable_in_cells(const Expr& e, const ValueInCell& value_of) {
  return is_finite_throughout(with_known_functions(e), value_of);
}

}  // namespace chalkgrad
