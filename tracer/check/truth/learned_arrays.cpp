#include "tracer/check/truth/learned_arrays.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tracer/check/reading/array_chains.hpp"
#include "tracer/check/truth/name_classes.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// An array of the problem, or the derivative of the output by one.
struct Candidate {
  Expr symbol = 0.0;
  ArrayValue array{};
};

/// −0.4621 as it was written; empty if it is no number.
std::string numeral_of(const Expr& e) {
  if (e.is(Expr::Kind::number)) return e.text();
  if (e.is_negation() && e.part(0).is(Expr::Kind::number)) return "-" + e.part(0).text();
  return {};
}

bool is_of_numerals(const ArrayValue& value) {
  return !value.shape.is_number() &&
         std::none_of(value.elements.begin(), value.elements.end(),
                      [](const Expr& e) { return numeral_of(e).empty(); });
}

/// The problem's own way of writing first: h before H.
std::vector<std::string> names_of(const KnownArrays& arrays) {
  std::vector<std::string> names = arrays.names();
  std::stable_partition(names.begin(), names.end(), [](const std::string& name) {
    return name.empty() || name[0] < 'A' || name[0] > 'Z';
  });
  return names;
}

class ArrayLearner {
 public:
  ArrayLearner(Scope& scope, const Answer& answer, const KnownArrays& arrays, std::string_view text)
      : scope_(scope), answer_(answer), arrays_(arrays), text_(text), chains_(arrays, {}) {
    for (const std::string& name : names_of(arrays)) add_candidate(Expr::symbol(name));
    std::string output;
    for (const DeriveStatement& one : problem().derivations)
      output = output.empty() || output == one.output ? one.output : "?";
    if (output.empty() || output == "?") return;
    for (const std::string& name : names_of(arrays)) add_candidate(Expr::derivative(output, name));
  }

  LearnedNames run() {
    constexpr int most_rounds = 4;
    for (int round = 0; round < most_rounds; ++round) {
      const std::size_t before = learned_.size();
      for (const Chain& statement : answer_.statements) learn_from_numbers(statement);
      for (const Chain& statement : answer_.statements) learn_from_formula(statement);
      for (const Chain& statement : answer_.statements) learn_operand(statement);
      if (learned_.size() == before) break;
    }
    std::vector<std::string> own;
    for (const Chain& statement : answer_.statements) {
      const Expr& head = statement.sides[0].expr;
      const bool number =
          statement.sides.size() == 2 && !numeral_of(statement.sides[1].expr).empty();
      if (number && head.is(Expr::Kind::symbol) && arrays_.is_family(head.text()))
        own.push_back(head.text());
    }
    return {std::move(learned_), std::move(own)};
  }

 private:
  using Kind = KnownByNumbers::Kind;

  [[nodiscard]] const Problem& problem() const { return scope_.truth().solution().problem; }

  void add_candidate(Expr symbol) {
    constexpr std::size_t most = 200, largest = 1'000;
    auto array = arrays_.of(symbol);
    if (!array || array->elements.size() > largest || candidates_.size() >= most) return;
    candidates_.push_back({std::move(symbol), std::move(*array)});
  }

  [[nodiscard]] bool is_bound(const std::string& name) const { return meanings_.contains(name); }

  /// A name of the writer's own, or of an element.
  [[nodiscard]] bool is_open(const Expr& e) const {
    return e.is(Expr::Kind::symbol) && !is_bound(e.text()) && !arrays_.of(e) &&
           e.text()[0] != '?' && e.text().find('[') == std::string::npos;
  }
  [[nodiscard]] bool is_unknown(const Expr& e) const {
    return is_open(e) && problem().find(e.text()) == nullptr &&
           std::isnan(scope_.truth().value(e).value);
  }

  /// W of eight weights in the problem, which is a matrix of four here.
  [[nodiscard]] bool is_other_family(const Expr& head, const ArrayValue& numbers) const {
    if (!head.is(Expr::Kind::symbol) || is_bound(head.text()) || !arrays_.is_family(head.text()))
      return false;
    const auto array = arrays_.of(head);
    return array && array->elements.size() != numbers.elements.size();
  }

  /// The name before a statement as it stands there; empty if it is more than one word.
  [[nodiscard]] std::string written(const Chain& statement) const {
    const Span span = statement.sides[0].span;
    std::string name(text_.substr(span.begin, span.end - span.begin));
    const bool plain = std::all_of(name.begin(), name.end(),
                                   [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
    return plain ? name : std::string();
  }

  /// `written` is what the writer calls it, if the reader took it for a name of the problem.
  void learn(const std::string& name, const Expr& meaning, Evidence evidence,
             const std::string& written = {}) {
    const bool taken = std::any_of(learned_.begin(), learned_.end(), [&](const LearnedName& one) {
      return one.meaning == meaning && evidence == Evidence::form;
    });
    if (taken || is_bound(name)) return;
    meanings_.emplace(name, meaning);
    const std::string& called = written.empty() || name == written ? name : written;
    learned_.push_back({called, meaning, evidence, problem().find(name) != nullptr});
  }

  Expr with_meanings(const Expr& e) const {
    return substitute(e, [this](const Expr& leaf) {
      if (leaf.is(Expr::Kind::derivative)) {
        const auto by = meanings_.find(leaf.wrt());
        return by == meanings_.end() || !by->second.is(Expr::Kind::symbol)
                   ? leaf
                   : Expr::derivative(leaf.text(), by->second.text(), leaf.direct());
      }
      const auto found =
          leaf.is(Expr::Kind::symbol) ? meanings_.find(leaf.text()) : meanings_.end();
      return found == meanings_.end() ? leaf : found->second;
    });
  }

  /// The array at the end of a statement, if it is one of numbers.
  std::optional<ArrayValue> numbers_of(const Chain& statement) const {
    for (std::size_t i = statement.sides.size(); i-- > 1;)
      if (auto value = chains_.value_of(statement.sides[i]); value && is_of_numerals(*value))
        return value;
    return std::nullopt;
  }

  bool agrees(const ArrayValue& numbers, const ArrayValue& array) {
    const bool line = numbers.shape.size() == array.shape.size() &&
                      (numbers.shape.rows == 1 || numbers.shape.columns == 1) &&
                      (array.shape.rows == 1 || array.shape.columns == 1);
    if (!(numbers.shape.rows == array.shape.rows && numbers.shape.columns == array.shape.columns) &&
        !line)
      return false;
    for (std::size_t i = 0; i < array.elements.size(); ++i)
      if (!is_agreement(
              agreement(numeral_of(numbers.elements[i]), scope_.value(array.elements[i]).value)))
        return false;
    return true;
  }

  bool is_same(const ArrayValue& value, const ArrayValue& array) {
    if (value.shape.rows != array.shape.rows || value.shape.columns != array.shape.columns)
      return false;
    for (std::size_t i = 0; i < array.elements.size(); ++i)
      if (scope_.compare(value.elements[i], array.elements[i]) != Sameness::same) return false;
    return true;
  }

  /// The one candidate of that kind that a test holds for.
  template <class Test>
  std::optional<Expr> only(Kind kind, const Test& test) {
    const Candidate* found = nullptr;
    for (const Candidate& one : candidates_) {
      if (one.symbol.is(Expr::Kind::derivative) != (kind == Kind::derivative)) continue;
      if (!test(one.array)) continue;
      // w and W are one family.
      if (found != nullptr && found->array.elements != one.array.elements) return std::nullopt;
      if (found == nullptr) found = &one;
    }
    return found == nullptr ? std::nullopt : std::optional(found->symbol);
  }

  /// h = (−0.1489, …), and ∂L/∂s = (…).
  void learn_from_numbers(const Chain& statement) {
    const Expr& head = statement.sides[0].expr;
    const bool denominator =
        head.is(Expr::Kind::derivative) && is_unknown(Expr::symbol(head.wrt()));
    const auto numbers = numbers_of(statement);
    if (!numbers || !(denominator || is_open(head) || is_other_family(head, *numbers))) return;
    const Kind kind = denominator ? Kind::derivative : kind_of_name(head.text());
    const auto meant = only(kind, [&](const ArrayValue& array) { return agrees(*numbers, array); });
    if (!meant) return;
    if (!denominator) return learn(head.text(), *meant, Evidence::value, written(statement));
    if (meant->text() == head.text())
      learn(head.wrt(), Expr::symbol(meant->wrt()), Evidence::value);
  }

  [[nodiscard]] std::set<std::string> unknown_names(const Expr& e) const {
    std::set<std::string> names;
    for_each_leaf(e, [&](const Expr& leaf) {
      if (is_unknown(leaf)) names.insert(leaf.text());
    });
    return names;
  }

  /// s = W2·h + c, where all on the right is known.
  void learn_from_formula(const Chain& statement) {
    const Expr& head = statement.sides[0].expr;
    if (!is_open(head)) return;
    for (std::size_t i = 1; i < statement.sides.size(); ++i) {
      WrittenSide side = statement.sides[i];
      side.expr = with_meanings(side.expr);
      if (!has_names(side.expr) || !unknown_names(side.expr).empty()) continue;
      const auto value = chains_.value_of(side);
      if (!value || value->shape.is_number()) continue;
      const auto meant = only(kind_of_name(head.text()),
                              [&](const ArrayValue& array) { return is_same(*value, array); });
      if (meant) learn(head.text(), *meant, Evidence::definition);
      return;
    }
  }

  /// z1 = W1·x + b1, where one name is left that is not known, or that is an element's.
  void learn_operand(const Chain& statement) {
    const Expr head = with_meanings(statement.sides[0].expr);
    const auto wanted = arrays_.of(head);
    if (!wanted) return;
    for (std::size_t i = 1; i < statement.sides.size(); ++i) {
      const Expr formula = with_meanings(statement.sides[i].expr);
      if (!has_names(formula)) continue;
      std::set<std::string> open = unknown_names(formula);
      if (open.empty() && !fits(formula, statement.sides[i], *wanted)) open = elements_in(formula);
      if (open.size() != 1) return;
      const std::string& name = *open.begin();
      const Candidate* found = nullptr;
      for (const Candidate& one : candidates_) {
        if (!one.symbol.is(Expr::Kind::symbol)) continue;
        const Expr trial = substitute(formula, [&](const Expr& leaf) {
          return leaf.is(Expr::Kind::symbol) && leaf.text() == name ? one.symbol : leaf;
        });
        if (!fits(trial, statement.sides[i], *wanted)) continue;
        if (found && found->array.elements != one.array.elements) return;
        if (found == nullptr) found = &one;
      }
      if (found != nullptr) learn(name, found->symbol, Evidence::form);
      return;
    }
  }

  bool fits(const Expr& formula, const WrittenSide& side, const ArrayValue& wanted) {
    WrittenSide trial = side;
    trial.expr = formula;
    const auto value = chains_.value_of(trial);
    return value && is_same(*value, wanted);
  }

  /// b1 of W·x + b1, which is an element of b.
  [[nodiscard]] std::set<std::string> elements_in(const Expr& e) const {
    std::set<std::string> names;
    for_each_leaf(e, [&](const Expr& leaf) {
      if (!is_open(leaf) || problem().find(leaf.text()) == nullptr) return;
      for (const Candidate& one : candidates_)
        for (const Expr& element : one.array.elements)
          if (element == leaf) names.insert(leaf.text());
    });
    return names;
  }

  Scope& scope_;
  const Answer& answer_;
  const KnownArrays& arrays_;
  std::string_view text_;
  ArrayChains chains_;
  std::vector<Candidate> candidates_;
  std::map<std::string, Expr> meanings_;
  std::vector<LearnedName> learned_;
};

}  // namespace

LearnedNames learn_array_names(Scope& scope, const Answer& answer, const KnownArrays& arrays,
                               std::string_view text) {
  return ArrayLearner(scope, answer, arrays, text).run();
}

}  // namespace chalkgrad
