#include "tracer/arrays/array_functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tracer/arrays/list_functions.hpp"
#include "tracer/arrays/square_matrices.hpp"

namespace chalkgrad {

namespace {

using Elements = std::vector<Expr>;

/// The elements of all arguments of all lists.
Elements all_elements(const ArrayArguments& arguments) {
  Elements all;
  for (const auto& list : arguments.lists)
    for (const ArrayValue& grid : list)
      all.insert(all.end(), grid.elements.begin(), grid.elements.end());
  return all;
}

Expr list_function(std::string_view name, std::vector<Elements> lists) {
  const Token call{Token::Kind::name, std::string(name), {}};
  try {
    return *expand_list_function(call, lists);
  } catch (const SyntaxError& error) {
    throw ShapeError(error.what(), error.hint);
  }
}

const ArrayValue& only(std::string_view name, const ArrayArguments& arguments) {
  if (arguments.lists.size() != 1 || arguments.lists[0].size() != 1)
    throw ShapeError(fmt::format("{} takes one array", name));
  return arguments.lists[0][0];
}

/// f(a, b) or f(a; b).
std::pair<ArrayValue, ArrayValue> two(std::string_view name, const ArrayArguments& arguments) {
  const auto& lists = arguments.lists;
  if (lists.size() == 2 && lists[0].size() == 1 && lists[1].size() == 1)
    return {lists[0][0], lists[1][0]};
  if (lists.size() != 1 || lists[0].size() != 2)
    throw ShapeError(fmt::format("{} takes two arrays", name));
  return {lists[0][0], lists[0][1]};
}

/// The largest or smallest of a list, by halves: the first of equal ones wins, as one after the
/// other.
Expr extreme(Op op, const Elements& list, std::size_t begin, std::size_t end) {
  if (end == begin + 1) return list[begin];
  constexpr std::size_t few = 20;
  const std::size_t middle = end - begin <= few ? end - 1 : begin + (end - begin) / 2;
  return Expr::call(op, {extreme(op, list, begin, middle), extreme(op, list, middle, end)});
}

Expr largest(const Elements& list) { return extreme(Op::max, list, 0, list.size()); }

Elements row_of(const ArrayValue& grid, std::size_t row) {
  const auto begin = grid.elements.begin() + static_cast<long>(row * grid.shape.columns);
  return {begin, begin + static_cast<long>(grid.shape.columns)};
}

Elements column_of(const ArrayValue& grid, std::size_t column) {
  Elements list;
  for (std::size_t row = 0; row < grid.shape.rows; ++row) list.push_back(grid.at(row, column));
  return list;
}

/// softmax and its logarithm, of a matrix row by row.
ArrayValue by_rows(const ArrayValue& grid, Elements (*of_list)(const Elements&)) {
  if (!grid.shape.is_matrix()) return {grid.shape, of_list(grid.elements)};
  ArrayValue result{grid.shape, {}};
  for (std::size_t row = 0; row < grid.shape.rows; ++row)
    for (Expr& e : of_list(row_of(grid, row))) result.elements.push_back(std::move(e));
  return result;
}

Elements softmax_list(const Elements& list) { return softmax_of(list); }

Elements log_softmax_list(const Elements& list) {
  Elements powers, result;
  for (const Expr& z : list) powers.push_back(Expr::call(Op::exp, {z}));
  const Expr total = Expr::call(Op::log, {list_function("sum", {powers})});
  for (const Expr& z : list) result.push_back(z - total);
  return result;
}

/// A loss of targets and predictions: of matrices the mean over the rows.
ArrayValue loss(std::string_view name, ArrayArguments arguments) {
  auto& lists = arguments.lists;
  // Beside a vector a matrix of one column is a vector, too.
  const auto is_column = [](const ArrayValue& grid) {
    return grid.shape.is_vector() || (grid.shape.is_matrix() && grid.shape.columns == 1);
  };
  bool vector = false, columns = true;
  for (const auto& list : lists)
    for (const ArrayValue& grid : list) {
      vector = vector || grid.shape.is_vector();
      columns = columns && is_column(grid);
    }
  for (auto& list : lists)
    for (ArrayValue& grid : list)
      if (vector && columns) grid.shape = Shape::vector(grid.shape.rows);
  const bool matrices = std::any_of(lists.begin(), lists.end(), [](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [](const ArrayValue& grid) { return grid.shape.is_matrix(); });
  });
  if (!matrices) {
    std::vector<Elements> scalars;
    const bool two_arrays = lists.size() == 1 && lists[0].size() == 2;
    for (const auto& list : lists) {
      if (two_arrays || scalars.empty() || !list.empty()) scalars.emplace_back();
      for (const ArrayValue& grid : list) {
        if (two_arrays && !scalars.back().empty()) scalars.emplace_back();
        scalars.back().insert(scalars.back().end(), grid.elements.begin(), grid.elements.end());
      }
    }
    return ArrayValue::number(list_function(name, std::move(scalars)));
  }
  const auto [t, p] = two(name, arguments);
  if (t.shape.rows != p.shape.rows || t.shape.columns != p.shape.columns)
    throw ShapeError(
        fmt::format("{} of {} and {} does not fit", name, describe(t.shape), describe(p.shape)),
        "targets and predictions have the same shape");
  Elements losses;
  for (std::size_t row = 0; row < t.shape.rows; ++row)
    losses.push_back(list_function(name, {row_of(t, row), row_of(p, row)}));
  return ArrayValue::number(list_function("mean", {losses}));
}

ArrayValue dot_product(std::string_view name, const ArrayArguments& arguments) {
  const auto [a, b] = two(name, arguments);
  if (a.shape.size() != b.shape.size())
    throw ShapeError(
        fmt::format("dot of {} and {} does not fit", describe(a.shape), describe(b.shape)),
        "both have as many elements");
  return ArrayValue::number(list_function("dot", {a.elements, b.elements}));
}

ArrayValue norm(const ArrayValue& grid) {
  Elements squares;
  for (const Expr& e : grid.elements) squares.push_back(Expr::power(e, 2.0));
  return ArrayValue::number(Expr::call(Op::sqrt, {list_function("sum", {squares})}));
}

/// How a window moves over an array.
struct Windows {
  Shape shape{};  ///< of what is moved over, with its padding
  Shape window{};
  std::size_t stride = 1, padding = 0;

  [[nodiscard]] bool is_flat() const { return shape.is_vector(); }
  [[nodiscard]] static std::size_t count(std::size_t length, std::size_t size, std::size_t step) {
    return (length - size) / step + 1;
  }
  [[nodiscard]] Shape result() const {
    const std::size_t rows = count(shape.rows, window.rows, stride);
    return is_flat() ? Shape::vector(rows)
                     : Shape::matrix(rows, count(shape.columns, window.columns, stride));
  }
};

Windows windows_over(std::string_view name, const ArrayValue& array, const Shape& window,
                     std::size_t stride, std::size_t padding) {
  Windows windows{array.shape, window, stride, padding};
  windows.shape.rows += 2 * padding;
  if (!windows.is_flat()) windows.shape.columns += 2 * padding;
  const bool fits = window.rows <= windows.shape.rows && window.columns <= windows.shape.columns;
  if (!fits || window.size() == 0 || stride == 0)
    throw ShapeError(fmt::format("{} of {} does not fit into {}", name, describe(window),
                                 describe(windows.shape)),
                     stride == 0 ? "the stride is at least 1" : "the window is no larger");
  return windows;
}

/// Of each window the elements, row by row; nothing where it lies on the padding.
std::vector<std::vector<std::optional<Expr>>> elements_in(const Windows& windows,
                                                          const ArrayValue& array) {
  std::vector<std::vector<std::optional<Expr>>> all;
  const Shape result = windows.result();
  const auto element = [&](std::size_t row, std::size_t column) -> std::optional<Expr> {
    const std::size_t p = windows.padding, q = windows.is_flat() ? 0 : p;
    const bool outside =
        row < p || row >= p + array.shape.rows || column < q || column >= q + array.shape.columns;
    if (outside) return std::nullopt;
    return array.at(row - p, column - q);
  };
  for (std::size_t i = 0; i < result.rows; ++i)
    for (std::size_t j = 0; j < result.columns; ++j) {
      auto& one = all.emplace_back();
      for (std::size_t row = 0; row < windows.window.rows; ++row)
        for (std::size_t column = 0; column < windows.window.columns; ++column)
          one.push_back(element(i * windows.stride + row, j * windows.stride + column));
    }
  return all;
}

/// Cross-correlation, as deep learning calls convolution: the kernel is not turned.
ArrayValue convolution(std::string_view name, const ArrayArguments& arguments) {
  const auto [array, kernel] = two(name, arguments);
  if (array.shape.is_number() || array.shape.rank != kernel.shape.rank)
    throw ShapeError(fmt::format("{} of {} with {} does not fit", name, describe(array.shape),
                                 describe(kernel.shape)),
                     "both are vectors, or both are matrices");
  const Windows windows = windows_over(name, array, kernel.shape, arguments.stride.value_or(1),
                                       arguments.padding.value_or(0));
  ArrayValue result{windows.result(), {}};
  for (const auto& window : elements_in(windows, array)) {
    std::vector<std::pair<Expr, Expr>> pairs;
    for (std::size_t i = 0; i < window.size(); ++i)
      if (window[i]) pairs.emplace_back(kernel.elements[i], *window[i]);
    result.elements.push_back(sum_of_products(pairs));
  }
  return result;
}

/// Pools of size × size, side by side unless a stride is given.
ArrayValue pooled(std::string_view name, const ArrayArguments& arguments) {
  const auto [array, size] = two(name, arguments);
  const Expr& number = size.elements.front();
  const double value = number.value();
  const bool whole = size.shape.is_number() && number.is(Expr::Kind::number) && value >= 1 &&
                     value <= 1e6 && value == static_cast<double>(static_cast<std::size_t>(value));
  if (!whole || array.shape.is_number())
    throw ShapeError(fmt::format("{} takes an array and the size of a pool", name),
                     fmt::format("as in {}(X, 2)", name));
  const auto n = static_cast<std::size_t>(value);
  const Shape window = array.shape.is_vector() ? Shape::vector(n) : Shape::matrix(n, n);
  const Windows windows = windows_over(name, array, window, arguments.stride.value_or(n), 0);
  ArrayValue result{windows.result(), {}};
  for (const auto& inside : elements_in(windows, array)) {
    Elements one;
    for (const auto& element : inside) one.push_back(*element);
    result.elements.push_back(name == "max_pool" ? largest(one) : list_function("mean", {one}));
  }
  return result;
}

ArrayValue by_lines(std::string_view name, const ArrayValue& grid) {
  if (!grid.shape.is_matrix()) throw ShapeError(fmt::format("{} takes a matrix", name));
  const bool rows = name.starts_with("row"), sums = name.ends_with("sums");
  // A column beside the rows of the matrix, or a row below its columns.
  ArrayValue result{rows ? Shape::matrix(grid.shape.rows, 1) : Shape::vector(grid.shape.columns),
                    {}};
  for (std::size_t i = 0; i < result.shape.rows; ++i)
    result.elements.push_back(
        list_function(sums ? "sum" : "mean", {rows ? row_of(grid, i) : column_of(grid, i)}));
  return result;
}

ArrayValue column(Elements elements) {
  const std::size_t length = elements.size();
  return {Shape::vector(length), std::move(elements)};
}

constexpr std::array<std::string_view, 5> losses = {"half_squared_error", "squared_error",
                                                    "mean_squared_error", "cross_entropy",
                                                    "binary_cross_entropy"};

/// Whole numbers among the arguments, from the second on: reshape(A, 2, 3).
std::vector<std::size_t> sizes_of(std::string_view name, const ArrayArguments& arguments,
                                  std::size_t from) {
  std::vector<std::size_t> sizes;
  const auto& list = arguments.lists[0];
  for (std::size_t i = from; i < list.size(); ++i) {
    const double value = list[i].elements.front().value();
    if (!list[i].shape.is_number() || value < 1 || value > 1e6 ||
        value != static_cast<double>(static_cast<std::size_t>(value)))
      throw ShapeError(fmt::format("{} takes whole numbers", name));
    sizes.push_back(static_cast<std::size_t>(value));
  }
  return sizes;
}

Shape shape_of_sizes(std::string_view name, const std::vector<std::size_t>& sizes) {
  if (sizes.empty() || sizes.size() > 2)
    throw ShapeError(fmt::format("{} takes the number of rows and of columns", name));
  if (sizes.size() == 2 && sizes[0] * sizes[1] > 1'000'000)
    throw ShapeError("an array is too large");
  return sizes.size() == 1 ? Shape::vector(sizes[0]) : Shape::matrix(sizes[0], sizes[1]);
}

ArrayValue reshaped_array(std::string_view name, const ArrayArguments& arguments) {
  const ArrayValue& array = arguments.lists[0][0];
  const Shape shape = shape_of_sizes(name, sizes_of(name, arguments, 1));
  if (shape.size() != array.shape.size())
    throw ShapeError(fmt::format("{} is no {}", describe(array.shape), describe(shape)));
  return {shape, array.elements};
}

ArrayValue some_elements(std::string_view name, const ArrayArguments& arguments) {
  const ArrayValue& array = arguments.lists[0][0];
  const auto range = sizes_of(name, arguments, 1);
  if (range.size() != 2 || range[0] > range[1] || range[1] > array.elements.size())
    throw ShapeError(fmt::format("{} takes the first and the last", name));
  return column({array.elements.begin() + static_cast<long>(range[0]) - 1,
                 array.elements.begin() + static_cast<long>(range[1])});
}

}  // namespace

const std::vector<KnownFunction>& array_functions() {
  static const std::vector<KnownFunction> functions = {
      {"norm", "length"},
      {"log_softmax", "logsoftmax"},
      {"conv", "conv1d conv2d convolve convolution correlate"},
      {"max_pool", "maxpool maxpooling maxpool2d"},
      {"mean_pool", "avg_pool avgpool averagepool meanpool"},
      {"flatten", "ravel vec"},
      {"reshape", {}},
      {"elements", "slice"},
      {"turned", "flip rot180"},
      {"ones", {}},
      {"zeros", {}},
      {"concat", "concatenate hstack vstack cat"},
      {"transpose", {}},
      {"outer", {}},
      {"det", "determinant"},
      {"inverse", "inv"},
      {"solve", "linsolve"},
      {"row_sums", {}},
      {"row_means", {}},
      {"column_sums", {}},
      {"column_means", {}}};
  return functions;
}

bool is_array_function(std::string_view name) {
  const auto& all = array_functions();
  return is_list_function(name) ||
         std::any_of(all.begin(), all.end(),
                     [name](const KnownFunction& one) { return one.name == name; });
}

bool is_loss(std::string_view name) {
  return std::find(losses.begin(), losses.end(), name) != losses.end();
}

std::optional<ArrayValue> apply_array_function(std::string_view name,
                                               const ArrayArguments& arguments) {
  if (arguments.lists.empty() || arguments.lists[0].empty())
    throw ShapeError(fmt::format("{} needs an argument", name));
  if (is_loss(name)) return loss(name, arguments);
  if (name == "sum" || name == "mean") {
    if (arguments.lists.size() != 1) throw ShapeError(fmt::format("{} takes one list", name));
    return ArrayValue::number(list_function(name, {all_elements(arguments)}));
  }
  if (name == "max" || name == "min")
    return ArrayValue::number(extreme(name == "max" ? Op::max : Op::min, all_elements(arguments), 0,
                                      all_elements(arguments).size()));
  if (name == "dot") {
    const bool lists = arguments.lists.size() == 2 &&
                       (arguments.lists[0].size() > 1 || arguments.lists[1].size() > 1);
    return lists ? loss(name, arguments) : dot_product(name, arguments);
  }
  if (name == "softmax" || name == "log_softmax") {
    const ArrayValue all =
        arguments.lists[0].size() > 1 ? column(all_elements(arguments)) : only(name, arguments);
    return by_rows(all, name == "softmax" ? softmax_list : log_softmax_list);
  }
  if (name == "norm") return norm(only(name, arguments));
  if (name == "conv") return convolution(name, arguments);
  if (name == "max_pool" || name == "mean_pool") return pooled(name, arguments);
  if (name == "flatten") return column(only(name, arguments).elements);
  if (name == "concat") return column(all_elements(arguments));
  if (name == "ones" || name == "zeros") {
    const Shape shape = shape_of_sizes(name, sizes_of(name, arguments, 0));
    return ArrayValue{shape, std::vector<Expr>(shape.size(), Expr(name == "ones" ? 1.0 : 0.0))};
  }
  if (name == "reshape") return reshaped_array(name, arguments);
  if (name == "elements") return some_elements(name, arguments);
  if (name == "turned") {
    ArrayValue turned = only(name, arguments);
    std::reverse(turned.elements.begin(), turned.elements.end());
    return turned;
  }
  if (name == "det") return ArrayValue::number(determinant(only(name, arguments)));
  if (name == "inverse") return inverse(only(name, arguments));
  if (name == "solve") {
    const auto [matrix, right] = two(name, arguments);
    return solution_of(matrix, right);
  }
  if (name == "transpose") return transposed(only(name, arguments));
  if (name == "outer") {
    const auto [a, b] = two(name, arguments);
    return times(column(a.elements), transposed(column(b.elements)));
  }
  if (name.starts_with("row_") || name.starts_with("column_"))
    return by_lines(name, only(name, arguments));
  return std::nullopt;
}

}  // namespace chalkgrad
