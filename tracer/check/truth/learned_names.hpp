#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/truth/scope.hpp"

/// What the writer's own names are, from what she says of them.
///
/// z1 = w1·x1 + w2·x2 + b1 is net_h1, if that is the only quantity which has this value whatever
/// the given numbers are. z1 = .2·.5 + .3·1 + .1 is net_h1, if its numbers are those that the
/// definition of net_h1 has, each of them, and of no other; a = w_1·x + b, with numbers behind it
/// or with the problem's letters beside it, says what w_1 and b are. If a1 and a2 are out_h1 and
/// out_h2, a3 is out_h3. A value alone is evidence only together with another line that uses the
/// name. A name that is defined in two ways is learnt from neither.
///
/// Names are learnt from an answer that was read with its unknown names left open
/// (ReadingOptions::open_names).
namespace chalkgrad {

enum class Evidence { definition, form, value };

struct LearnedName {
  std::string name{};
  Expr meaning = 0.0;  ///< the symbol of a quantity, or a derivative of the output
  Evidence evidence = Evidence::form;
  bool of_problem = false;  ///< the problem has that name for something else
};

struct LearnedNames {
  std::vector<LearnedName> names{};
  /// What the problem has, written otherwise, and the writer uses for something of her own: e = y −
  /// t where the problem has E.
  std::vector<std::string> own{};
};

/// In the order in which they are written. A few passes over the answer; what is compared with each
/// quantity of the problem is bounded.
[[nodiscard]] LearnedNames learn_names(Scope& scope, const Answer& answer, std::string_view text);

}  // namespace chalkgrad
