#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/arrays/array.hpp"
#include "tracer/arrays/array_value.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/problem/problem.hpp"

/// The arrays of a file while it is read: their elements' names, and what W[1,:] and h[2] stand
/// for.
///
/// An element has the name that is written on a board, w12 of W and x1 of x, unless something else
/// has it: then W_1_2. Members of a family, h[0], h[1], …, are arrays or numbers of their own.
namespace chalkgrad {

class Arrays {
 public:
  /// Whether the file has arrays at all; otherwise nothing here is used.
  bool in_file = false;
  /// h of h[0], h[1], …, which lines of their own define.
  std::set<std::string> families{};

  /// Gives a new array its elements' names; `taken` are names that other quantities have.
  Array& add(const std::string& name, const Shape& shape, std::size_t line,
             const std::set<std::string>& taken);
  /// As add, where the elements are quantities that have names.
  Array& add_view(const std::string& name, const Shape& shape, std::size_t line,
                  std::vector<std::string> elements);

  /// By its name in the file; nothing if there is none.
  [[nodiscard]] const Array* find(const std::string& name) const;
  [[nodiscard]] Array* find(const std::string& name);
  /// In the order in which they were added.
  [[nodiscard]] const std::vector<std::string>& names() const { return order_; }

  /// Parts of arrays that are used, by the symbols that stand for them; and families as a whole.
  [[nodiscard]] std::vector<Array> parts() const;

  /// What a symbol in an expression over arrays stands for: an array, a part of one, or a family;
  /// nothing if it is a quantity.
  [[nodiscard]] std::optional<ArrayValue> grid_of(const std::string& symbol) const;
  /// The symbol for an array, or a family of that name; nothing if there is none.
  [[nodiscard]] std::optional<Expr> symbol_of(const std::string& name) const;

  /// What the name with brackets behind it means, as a symbol: of a quantity, or for grid_of.
  /// Nothing if the name is no array and no family. Throws SyntaxError where there is no such part.
  [[nodiscard]] std::optional<Expr> element(const Token& name,
                                            const std::vector<ArrayIndex>& indices);
  /// The names of the quantities in it.
  [[nodiscard]] std::vector<std::string> elements_of(const Expr& symbol) const;

 private:
  [[nodiscard]] std::optional<Expr> member_of_family(const Token& name,
                                                     const std::vector<ArrayIndex>& indices);
  Expr part_of(const Array& array, const std::vector<ArrayIndex>& indices);
  [[nodiscard]] std::vector<std::string> element_names(const Array& array,
                                                       const std::set<std::string>& taken) const;

  std::map<std::string, Array> arrays_{};
  std::vector<std::string> order_{};
  std::unordered_map<std::string, std::string> shown_{};  ///< from a symbol to the array's name
  std::unordered_map<std::string, ArrayValue> parts_{};   ///< W[1,:], x[2..3]
  std::set<std::string> used_{};                          ///< names of elements
};

/// Says of vectors that go with the rows of a matrix that they lie.
void lay_rows(Problem& problem);

}  // namespace chalkgrad
