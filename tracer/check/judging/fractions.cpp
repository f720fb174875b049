#include "tracer/check/judging/fractions.hpp"

#include <fmt/format.h>

#include <cmath>

namespace chalkgrad {

namespace {

bool is_whole(const Expr& e) {
  return e.is(Expr::Kind::number) && e.text() != "π" &&
         e.text().find_first_of(".eE") == std::string::npos;
}

/// Takes the fractions of a side together, and the places of its numbers with them.
class Fractions {
 public:
  explicit Fractions(const WrittenSide& side) : side_(side) {}

  WrittenSide run() {
    WrittenSide result;
    result.expr = taken_together(side_.expr);
    result.span = side_.span;
    result.numbers = std::move(numbers_);
    return result;
  }
  [[nodiscard]] bool found() const { return found_; }

 private:
  Expr taken_together(const Expr& e) {
    if (e.parts().empty()) {
      if (e.is(Expr::Kind::number)) numbers_.push_back(next());
      return e;
    }
    const auto& parts = e.parts();
    std::vector<Term> together;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool begins = e.is(Expr::Kind::product) && i + 1 < parts.size() &&
                          is_whole(parts[i].expr) && is_whole(parts[i + 1].expr) &&
                          !parts[i].inverted && parts[i + 1].inverted &&
                          parts[i + 1].expr.value() != 0;
      if (!begins) {
        together.push_back({taken_together(parts[i].expr), parts[i].inverted});
        continue;
      }
      const double value = parts[i].expr.value() / parts[i + 1].expr.value();
      WrittenNumber number = next();
      number.span.end = next().span.end;
      number.text = fmt::format("{:.12g}", value);
      together.push_back({Expr::number(value, number.text), false});
      numbers_.push_back(std::move(number));
      found_ = true;
      ++i;
    }
    if (e.is(Expr::Kind::product) && together.size() == 1) return together[0].expr;
    return with_parts(e, std::move(together));
  }

  /// The place of the number that comes next.
  WrittenNumber next() {
    return at_ < side_.numbers.size() ? side_.numbers[at_++] : WrittenNumber{"", side_.span};
  }

  const WrittenSide& side_;
  std::size_t at_ = 0;
  std::vector<WrittenNumber> numbers_;
  bool found_ = false;
};

}  // namespace

std::optional<Chain> with_fractions_as_numbers(const Chain& statement) {
  Chain result = statement;
  bool found = false;
  for (WrittenSide& side : result.sides) {
    Fractions fractions(side);
    WrittenSide together = fractions.run();
    if (!fractions.found()) continue;
    side = std::move(together);
    found = true;
  }
  return found ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace chalkgrad
