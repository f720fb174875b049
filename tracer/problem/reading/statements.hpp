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
/// Whether random(…) or random from … comes next.
[[nodiscard]] bool begins_random(const ExpressionParser& parser);
/// random(-1, 1), random(-1, 1, step 0.05, except 0) or random from 0.1, 0.3: a number for each of
/// `items`.
void read_random(Statement& statement, std::vector<Item>& items);
/// Whether a number stands there, and not a name: digits, a bracket, pi, sqrt(2).
[[nodiscard]] bool number_follows(const Statement& statement, std::size_t ahead);

/// Whether the name that comes next is that of an array: W = [[…]], x[3].
[[nodiscard]] bool declares_array(const Statement& statement);
/// W = [[1, 2], [3, 4]]; x[3]; W[2, 3] = random(-1, 1)
void read_array_declaration(Statement& statement, Role role);
/// Whether a column that is an array comes next, x[2] or one that is known; and its elements.
[[nodiscard]] bool is_array_column(const Statement& statement);
std::vector<Mention> array_column(Statement& statement);
/// Adds what a definition means: a number, an array, or a member of a family.
void add_definition(Draft& draft, Item item, const ArrayValue& grid);
/// The array or number that an expression over arrays is. Throws SyntaxError.
void define_array(Draft& draft, const std::string& name, const Place& place, const Expr& written);

/// y = expression; E = mean over samples of loss
void read_definition(Statement& statement);
/// What stands behind the equals sign of a definition, as the body of `item`.
ArrayValue read_right_side(Statement& statement, Item& item);
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
/// dE/dw5, w5+, out_h1 or E after 100, and where it stands.
[[nodiscard]] Target read_target(Statement& statement, Place& place);
/// expect w5+ = 0.35891648
void read_expect(Statement& statement);
/// The elements that the name of an array stands for, or of a part of one: W, W[1,:], h[2][1].
/// Nothing if it is neither; without elements if it is reported that there is no such part.
[[nodiscard]] std::optional<Array> part_of_array(Draft& draft, const std::string& name,
                                                 const Place& place);
/// expect W+ = [[0.1, 0.2], [0.3, 0.4]], from the bracket on.
void read_expected_array(Statement& statement, const Expectation& expectation);
/// Puts elements in place of arrays in what is expected.
void expand_expected_arrays(Draft& draft);
/// Puts the parameters in place of `all`, and every sample's quantity in place of one that has a
/// value in each.
void expand_all(Draft& draft);

/// function g(z), which has no formula
void read_function(Statement& statement);
/// question "Find $dE/dw5$."
void read_question(Statement& statement);
/// points 2 for dE/dw5, w5+
void read_points(Statement& statement);
/// Puts elements in place of arrays in what earns points, and looks whether it is asked for. After
/// all lines are read.
void expand_points(Draft& draft);

/// Of names in questions that the file has not: a slip of the pen, or a letter of their own. After
/// all lines are read.
void warn_of_names_in_questions(Draft& draft);

/// alias z1 = net_h1, a1 = out_h1
void read_alias(Statement& statement);
/// Whether aliases name what there is, and have names of their own. After all lines are read.
void check_aliases(Draft& draft);

/// Warns of what is no error, but probably not what was meant. After everything else.
void warn_of_what_is_hardly_meant(Draft& draft);

/// Throws SyntaxError if something is left over on the line.
void expect_end(Statement& statement);

}  // namespace chalkgrad
