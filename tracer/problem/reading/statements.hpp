#pragma once

#include "tracer/problem/reading/draft.hpp"

/// The statements of the language, each in a file of its own. Each function reads what follows the
/// words by which the statement was recognised, and throws SyntaxError where the line cannot be
/// read on; what is wrong in other ways it reports to the draft.
namespace chalkgrad {

/// weight w1..w8 = 0.15, 0.20, …
void read_declaration(Statement& statement, Role role);
/// The number that comes next, for `item`: a numeral, or an expression of numbers alone, such as
/// 1/3, pi/6 or sqrt(2). In a row of numbers without commas, a product at most.
enum class InRow { no, yes };
void read_number(Statement& statement, Item& item, InRow in_row = InRow::no);
/// As read_number, or random(-1, 1).
void read_given(Statement& statement, Item& item);

/// y = expression; E = mean over samples of loss
void read_definition(Statement& statement);
/// What stands behind the equals sign of a definition, as the body of `item`.
void read_right_side(Statement& statement, Item& item);
/// p1, p2, p3 = softmax(z1, z2, z3)
void read_vector_definition(Statement& statement);

/// layer h1, h2 from i1, i2 weights w1..w4 bias b1 activation sigmoid
void read_layer(Statement& statement);

/// samples x1, x2, t
void read_samples(Statement& statement);
/// One line of the table.
void read_sample(Statement& statement);
/// Writes each quantity that depends on a column of the table once for each sample, and the sums
/// and means over samples as sums. After all lines are read.
void expand_samples(Draft& draft);

/// derive E wrt w1, w2
void read_derive(Statement& statement);
/// update all rate 0.5 momentum 0.9
void read_update(Statement& statement);
/// expect w5+ = 0.35891648
void read_expect(Statement& statement);
/// Puts the parameters in place of `all`, and every sample's quantity in place of one that has a
/// value in each.
void expand_all(Draft& draft);

/// Warns of what is no error, but probably not what was meant. After everything else.
void warn_of_what_is_hardly_meant(Draft& draft);

/// Throws SyntaxError if something is left over on the line.
void expect_end(Statement& statement);

}  // namespace chalkgrad
