#pragma once

#include <functional>
#include <string>

#include "tracer/expression/expression.hpp"

/// An expression as a formula of a spreadsheet, over cells: C5*C7+C9, IF(C12>0,C12,0.01*C12).
///
/// It is printed by a dialect as every other writing is, with the English names of functions, as
/// they stand in files whatever the language of the program that opens them. What a spreadsheet
/// reads otherwise than mathematics does is bracketed: there −x^2 is (−x)^2, and a^b^c is (a^b)^c.
/// An operation that spreadsheets have no function for stands as its own value: 1/(1+EXP(-C8)).
/// It is not a calculation: whether a spreadsheet can carry it out, is_computable_in_cells says.
namespace chalkgrad {

/// The address of the cell that has a quantity or a derivative: C5.
using CellOf = std::function<std::string(const Expr& leaf)>;

/// The formula, without the equals sign before it. No arrays, and no function without a formula.
[[nodiscard]] std::string spreadsheet_formula(const Expr& e, const CellOf& cell_of);

/// The number in that cell.
using ValueInCell = std::function<double(const Expr& leaf)>;

/// Whether all that is worked out on the way to its value is finite: a spreadsheet goes on with no
/// infinity, where 1/(1 + e^800) is 0.
[[nodiscard]] bool is_computable_in_cells(const Expr& e, const ValueInCell& value_of);

}  // namespace chalkgrad
