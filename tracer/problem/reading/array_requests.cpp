#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/problem/reading/statements.hpp"

/// What derive, update and expect mean by the name of an array, or of a part of one.
namespace chalkgrad {

namespace {

const Array* array_named(const Draft& draft, const std::string& name) {
  const auto& arrays = draft.problem.arrays;
  const auto found = std::find_if(arrays.begin(), arrays.end(),
                                  [&](const Array& one) { return one.name == name; });
  return found == arrays.end() ? nullptr : &*found;
}

/// The quantities of all samples, one after the other.
std::optional<Array> array_of_all_samples(const Draft& draft, const std::string& name) {
  Array all{.name = name};
  for (std::size_t k = 1; k <= draft.problem.samples.count; ++k) {
    const Array* one = array_named(draft, name_in_sample(name, k));
    if (one == nullptr) return std::nullopt;
    all.shape = Shape::matrix(k, one->shape.size());
    all.elements.insert(all.elements.end(), one->elements.begin(), one->elements.end());
  }
  return all.elements.empty() ? std::nullopt : std::optional(all);
}

}  // namespace

std::optional<Array> part_of_array(Draft& draft, const std::string& name, const Place& place) {
  if (!draft.arrays.in_file) return std::nullopt;
  if (const Array* whole = array_named(draft, name)) return *whole;
  if (auto all = array_of_all_samples(draft, name)) return all;
  const std::string base = name.substr(0, name.find('['));
  if (base == name) return std::nullopt;
  try {
    const std::vector<Token> tokens = tokenize(name);
    ExpressionParser parser(tokens);
    const Token& first = parser.next();
    std::vector<ArrayIndex> indices = parser.indices(first);
    std::string sample;  // of h[2][1] the first bracket, where h has a value in each sample
    const bool varies = array_named(draft, name_in_sample(base, 1)) != nullptr &&
                        array_named(draft, base) == nullptr;
    if (varies && draft.samples_place && !draft.arrays.families.contains(base)) {
      sample = fmt::format("[{}]", indices.front().first);
      indices.erase(indices.begin());
    }
    const Token token{Token::Kind::name, base, place.span};
    const auto symbol = draft.arrays.element(token, indices);
    if (!symbol) return std::nullopt;
    const auto grid = draft.arrays.grid_of(symbol->text());
    Array part{.name = name, .shape = grid ? grid->shape : Shape{}};
    for (const std::string& element : draft.arrays.elements_of(*symbol))
      part.elements.push_back(element + sample);
    return part;
  } catch (const SyntaxError& error) {
    draft.fail(place, error.what(), error.hint);
    return Array{.name = name};
  }
}

void read_expected_array(Statement& statement, const Expectation& expectation) {
  ExpressionParser& parser = statement.parser;
  const Span begin = parser.peek().span;
  ExpectedArray expected{expectation, 0, {}, {}};
  const bool nested = parser.peek(1).is("[");
  parser.expect("[");
  std::size_t columns = 0;
  do {
    if (nested) parser.expect("[");
    const std::size_t before = expected.written.size();
    do {
      expected.written.push_back(statement.numeral());
    } while (parser.accept(","));
    if (nested) parser.expect("]");
    const std::size_t row = expected.written.size() - before;
    if (columns != 0 && row != columns)
      throw SyntaxError(parser.peek().span, "the rows of a matrix are of equal length");
    columns = row;
    ++expected.rows;
  } while (parser.accept(nested ? "," : ";"));
  parser.expect("]");
  expected.place = statement.place(begin);
  statement.draft.expected_arrays.push_back(std::move(expected));
}

void expand_expected_arrays(Draft& draft) {
  std::vector<Expectation> expectations;
  for (const Expectation& one : draft.problem.expectations) {
    const std::string& wrt = one.wrt.value_or("");
    Expectation copy = one;
    bool known = true;
    for (const auto& [name, target] : {std::pair(&one.quantity, &copy.quantity),
                                       std::pair(&wrt, one.wrt ? &*copy.wrt : nullptr)}) {
      if (target == nullptr || draft.problem.index.contains(*name)) continue;
      const auto part = part_of_array(draft, *name, one.place);
      if (!part || part->elements.empty()) continue;
      known = part->elements.size() == 1;
      if (known) *target = part->elements[0];
      if (!known)
        draft.fail(
            one.place,
            fmt::format("'{}' is {}, but a number is expected", *name, describe(part->shape)),
            "as in expect x = [1, 2]");
    }
    if (known) expectations.push_back(std::move(copy));
  }
  draft.problem.expectations = std::move(expectations);
  for (const ExpectedArray& expected : draft.expected_arrays) {
    const Expectation& one = expected.expectation;
    const std::string& name = one.wrt ? *one.wrt : one.quantity;
    const auto part = part_of_array(draft, name, one.place);
    const std::size_t count = expected.written.size();
    if (!part || part->elements.empty()) {
      if (!part) draft.fail(one.place, fmt::format("'{}' is no array", name));
      continue;
    }
    const bool fits = part->shape.size() == count &&
                      (part->shape.rows == expected.rows || part->shape.is_vector());
    if (!fits) {
      draft.fail(expected.place,
                 fmt::format("'{}' is {}, but {} number{} in {} row{} are expected", name,
                             describe(part->shape), count, count == 1 ? "" : "s", expected.rows,
                             expected.rows == 1 ? "" : "s"));
      continue;
    }
    for (std::size_t i = 0; i < count; ++i) {
      Expectation element = one;
      (one.wrt ? *element.wrt : element.quantity) = part->elements[i];
      element.written = expected.written[i];
      draft.problem.expectations.push_back(std::move(element));
    }
  }
}

}  // namespace chalkgrad
