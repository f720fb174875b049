#include "tracer/problem/reading/arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "tracer/arrays/row_vectors.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// w of W and w1 of W1: elements of a matrix are written small.
std::string on_the_board(const std::string& name) {
  std::string small = name;
  const bool single = std::all_of(name.begin() + 1, name.end(), is_digit);
  if (single) small[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(small[0])));
  return small;
}

/// h[1] as h_1, which may stand in names and is set as an index.
std::string without_brackets(const std::string& name) {
  std::string plain;
  for (const char c : name) {
    if (c == '[') plain += '_';
    if (c != '[' && c != ']') plain += c;
  }
  return plain;
}

std::string part_text(const Array& array, const std::vector<ArrayIndex>& indices) {
  std::string text;
  for (const ArrayIndex& one : indices) {
    if (!text.empty()) text += ",";
    text += one.all                 ? ":"
            : one.first == one.last ? fmt::format("{}", one.first)
                                    : fmt::format("{}..{}", one.first, one.last);
  }
  if (array.shape.is_matrix() && indices.size() == 1) text += ",:";
  return fmt::format("{}[{}]", array.shown, text);
}

ArrayValue symbols_of(const Array& array) {
  ArrayValue grid{array.shape, {}};
  for (const std::string& name : array.elements) grid.elements.push_back(Expr::symbol(name));
  return grid;
}

}  // namespace

std::vector<std::string> Arrays::element_names(const Array& array,
                                               const std::set<std::string>& taken) const {
  const auto names_from = [&](const std::string& base, bool apart) {
    const bool digits = is_digit(base.back());
    const bool large = array.shape.rows > 9 || array.shape.columns > 9;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < array.shape.size(); ++i) {
      const std::size_t row = i / array.shape.columns + 1, column = i % array.shape.columns + 1;
      if (array.shape.is_number()) {
        names.push_back(base);
      } else if (array.shape.is_vector()) {
        names.push_back(fmt::format("{}{}{}", base, digits || apart ? "_" : "", row));
      } else if (large || apart) {
        names.push_back(fmt::format("{}_{}_{}", base, row, column));
      } else {
        names.push_back(fmt::format("{}{}{}{}", base, digits ? "_" : "", row, column));
      }
    }
    return names;
  };
  const auto are_free = [&](const std::vector<std::string>& names) {
    return std::none_of(names.begin(), names.end(), [&](const std::string& name) {
      return taken.contains(name) || used_.contains(name) || arrays_.contains(name) ||
             shown_.contains(name);
    });
  };
  const bool family = array.name.find('[') != std::string::npos;
  const std::string base = family ? array.shown : array.name;
  std::vector<std::string> names = names_from(family ? base : on_the_board(base), family);
  if (are_free(names)) return names;
  names = names_from(base, true);
  for (std::string other = base; !are_free(names);) names = names_from(other += "_", true);
  return names;
}

Array& Arrays::add(const std::string& name, const Shape& shape, std::size_t line,
                   const std::set<std::string>& taken) {
  Array array{.name = name, .shown = name, .shape = shape, .line = line};
  if (name.find('[') != std::string::npos) {
    array.shown = without_brackets(name);
    while (taken.contains(array.shown) || used_.contains(array.shown) ||
           shown_.contains(array.shown))
      array.shown += "_";
  }
  std::vector<std::string> elements = element_names(array, taken);
  used_.insert(elements.begin(), elements.end());
  const std::string shown = array.shown;
  array.elements = std::move(elements);
  order_.push_back(name);
  shown_[shown] = name;
  return arrays_[name] = std::move(array);
}

Array& Arrays::add_view(const std::string& name, const Shape& shape, std::size_t line,
                        std::vector<std::string> elements) {
  order_.push_back(name);
  shown_[name] = name;
  return arrays_[name] = {.name = name,
                          .shown = name,
                          .shape = shape,
                          .elements = std::move(elements),
                          .line = line};
}

const Array* Arrays::find(const std::string& name) const {
  const auto found = arrays_.find(name);
  return found == arrays_.end() ? nullptr : &found->second;
}

Array* Arrays::find(const std::string& name) {
  const auto found = arrays_.find(name);
  return found == arrays_.end() ? nullptr : &found->second;
}

std::optional<ArrayValue> Arrays::grid_of(const std::string& symbol) const {
  if (const auto part = parts_.find(symbol); part != parts_.end()) return part->second;
  if (const auto shown = shown_.find(symbol); shown != shown_.end())
    if (const Array& array = arrays_.at(shown->second); !array.shape.is_number())
      return symbols_of(array);
  if (!families.contains(symbol)) return std::nullopt;
  // A family is its members from 1 on, one below the other.
  ArrayValue all;
  std::size_t count = 0;
  for (std::size_t k = 1; const Array* member = find(name_in_sample(symbol, k)); ++k) {
    if (count++ > 0 && member->shape.size() != all.shape.columns) return std::nullopt;
    all.shape = Shape::matrix(count, member->shape.size());
    for (const std::string& name : member->elements) all.elements.push_back(Expr::symbol(name));
  }
  if (count == 0) return std::nullopt;
  if (all.shape.columns == 1) all.shape = Shape::vector(count);
  return all;
}

std::vector<Array> Arrays::parts() const {
  std::vector<Array> list;
  const auto add = [&](const std::string& symbol, const ArrayValue& part) {
    Array& one = list.emplace_back(Array{.name = symbol, .shown = symbol, .shape = part.shape});
    for (const Expr& e : part.elements) one.elements.push_back(e.text());
  };
  for (const auto& [symbol, part] : parts_) add(symbol, part);
  for (const std::string& family : families)
    if (const auto all = grid_of(family)) add(family, *all);
  std::sort(list.begin(), list.end(),
            [](const Array& a, const Array& b) { return a.name < b.name; });
  return list;
}

std::optional<Expr> Arrays::symbol_of(const std::string& name) const {
  if (const Array* array = find(name))
    return Expr::symbol(array->shape.is_number() ? array->elements.front() : array->shown);
  return families.contains(name) ? std::optional(Expr::symbol(name)) : std::nullopt;
}

std::optional<Expr> Arrays::member_of_family(const Token& name,
                                             const std::vector<ArrayIndex>& indices) {
  const ArrayIndex& first = indices.front();
  if (first.all || first.first != first.last) return std::nullopt;
  const std::string member = fmt::format("{}[{}]", name.text, first.first);
  const Array* array = find(member);
  if (array == nullptr)
    throw SyntaxError(name.span, fmt::format("there is no {}", member),
                      first.first == 0 ? fmt::format("give it, as in input {} = 0", member)
                                       : "each member is defined by a line of its own");
  if (indices.size() == 1) return symbol_of(member);
  return part_of(*array, {indices.begin() + 1, indices.end()});
}

std::optional<Expr> Arrays::element(const Token& name, const std::vector<ArrayIndex>& indices) {
  if (families.contains(name.text)) return member_of_family(name, indices);
  const Array* array = find(name.text);
  if (array == nullptr) return std::nullopt;
  return part_of(*array, indices);
}

Expr Arrays::part_of(const Array& array, const std::vector<ArrayIndex>& indices) {
  const Shape& shape = array.shape;
  const std::size_t dimensions = shape.is_number() ? 0 : shape.is_vector() ? 1 : 2;
  if (indices.size() > dimensions)
    throw SyntaxError(indices.back().span, fmt::format("'{}' is {}, which has no such element",
                                                       array.name, describe(shape)));
  for (std::size_t k = 0; k < indices.size(); ++k) {
    const std::size_t length = k == 0 ? shape.rows : shape.columns;
    const ArrayIndex& one = indices[k];
    if (one.all || (one.first >= 1 && one.last <= length)) continue;
    throw SyntaxError(one.span, fmt::format("'{}' is {}: its {} are counted from 1 to {}",
                                            array.name, describe(shape),
                                            shape.is_vector() ? "elements"
                                            : k == 0          ? "rows"
                                                              : "columns",
                                            length));
  }
  ArrayIndex rows = indices[0], columns = indices.size() > 1 ? indices[1] : ArrayIndex{.all = true};
  if (rows.all) rows = {1, shape.rows, true, rows.span};
  if (columns.all) columns = {1, shape.columns, true, columns.span};
  ArrayValue part;
  for (std::size_t row = rows.first; row <= rows.last; ++row)
    for (std::size_t column = columns.first; column <= columns.last; ++column)
      part.elements.push_back(Expr::symbol(array.elements[(row - 1) * shape.columns + column - 1]));
  const std::size_t height = rows.last - rows.first + 1, width = columns.last - columns.first + 1;
  const bool one_row = !indices[0].all && height == 1 && indices[0].first == indices[0].last;
  const bool one_column = indices.size() > 1 && !indices[1].all && width == 1;
  if (part.elements.size() == 1 && (shape.is_vector() ? one_row : one_row && one_column))
    return part.elements.front();
  if (shape.is_vector() || one_column) {
    part.shape = Shape::vector(height);
  } else {
    part.shape = one_row ? Shape::vector(width) : Shape::matrix(height, width);
  }
  const std::string text = part_text(array, indices);
  parts_[text] = std::move(part);
  return Expr::symbol(text);
}

std::vector<std::string> Arrays::elements_of(const Expr& symbol) const {
  const auto grid = grid_of(symbol.text());
  if (!grid) return {symbol.text()};
  std::vector<std::string> names;
  for (const Expr& e : grid->elements) names.push_back(e.text());
  return names;
}

void lay_rows(Problem& problem) {
  std::vector<Expr> definitions;
  std::map<std::string, Shape> shapes;
  for (const auto* list : {&problem.arrays, &problem.array_parts})
    for (const Array& array : *list) {
      shapes[array.shown] = array.shape;
      if (array.definition) definitions.push_back(*array.definition);
    }
  for (const Item& item : problem.items)
    if (item.of_arrays) definitions.push_back(*item.of_arrays);
  const std::set<std::string> rows = row_vectors(definitions, shapes);
  for (auto* list : {&problem.arrays, &problem.array_parts})
    for (Array& array : *list) array.shape.lies = rows.contains(array.shown);
}

}  // namespace chalkgrad
