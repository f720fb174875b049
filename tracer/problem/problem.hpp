#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/expression/expression.hpp"
#include "tracer/problem/diagnostic.hpp"

/// Problem: what a .chalk file says, as data.
///
/// Reading checks everything that can be checked without numbers: the shape of each statement, that
/// each name is defined once, that each name used is defined, and that no definition needs itself.
/// The language is described in docs/language.md. What the numbers are is solution.hpp's business.
namespace chalkgrad {

/// Where something stands in the file.
struct Place {
  std::size_t line = 1;
  Span span{};
};

enum class Role { input, weight, bias, target, constant, defined };

/// "input", "weight", …; empty for a defined quantity.
[[nodiscard]] std::string_view role_name(Role role);

/// A name of the problem: given, with or without a number, or defined by an expression.
struct Item {
  std::string name{};
  Role role = Role::defined;
  std::optional<Expr> number{};      ///< of a given quantity; none if it is unknown
  std::optional<Expr> definition{};  ///< of a defined one
  Place place{};                     ///< of the name
  Place body{};                      ///< of the expression
  /// Where the parts of the definition stand, for messages; by Expr::identity.
  std::unordered_map<const void*, Span> spans{};
};

struct DeriveStatement {
  std::string output{};
  std::vector<std::string> wrt{};  ///< expanded: `all` is every weight and bias
  Place place{};
};

struct UpdateStatement {
  std::vector<std::string> parameters{};  ///< expanded
  Expr rate = 0.0;                        ///< a literal, or the symbol of a quantity
  Place place{};
};

/// A published figure: of a quantity, of a derivative, or of a quantity after the update.
struct Expectation {
  std::string quantity{};            ///< the name, without the mark of the update
  std::optional<std::string> wrt{};  ///< of a derivative
  bool updated = false;
  std::string written{};  ///< the numeral as it stands in the file
  Place place{};

  /// As a person writes it: dE_total/dw5, w5+, out_h1.
  [[nodiscard]] std::string title() const;
};

struct Problem {
  std::string title{};
  std::vector<Item> items{};  ///< in the order of the file
  std::vector<DeriveStatement> derivations{};
  std::vector<UpdateStatement> updates{};
  std::vector<Expectation> expectations{};

  [[nodiscard]] const Item* find(std::string_view name) const;
  /// The names of all weights and biases, in the order of the file.
  [[nodiscard]] std::vector<std::string> parameters() const;
  /// Positions in `items`, each after those its definition needs, otherwise in the order of the
  /// file.
  std::vector<std::size_t> order{};
  std::unordered_map<std::string, std::size_t> index{};  ///< from a name to its position in `items`
};

/// Reads a problem; throws ProblemError with every error that was found.
[[nodiscard]] Problem read_problem(const Source& source);

}  // namespace chalkgrad
