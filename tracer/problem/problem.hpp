#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/arrays/array.hpp"
#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/expression/expression.hpp"
#include "tracer/problem/diagnostic.hpp"
#include "tracer/problem/exercise.hpp"
#include "tracer/problem/update_rules.hpp"

/// Problem: what a .chalk file says, as data.
///
/// Reading checks everything that can be checked without numbers: the shape of each statement, that
/// each name is defined once, that each name used is defined, and that no definition needs itself.
/// What the language has beyond names and definitions (layers, samples, functions) is expanded by
/// the reader, in reading/, and not seen here. The language is described in docs/language.md. What
/// the numbers are is solution.hpp's business.
namespace chalkgrad {

/// A function is the name g of an unspecified one, which has no number (ops::Unspecified).
enum class Role { input, weight, bias, target, constant, function, defined };

/// "input", "weight", …; empty for a defined quantity.
[[nodiscard]] std::string_view role_name(Role role);

/// A name of the problem: given, with or without a number, or defined by an expression.
struct Item {
  std::string name{};
  Role role = Role::defined;
  std::optional<Expr> number{};       ///< of a given quantity; none if it is unknown
  std::optional<Expr> written{};      ///< the number as it was typed, if not in digits: 1/3, π/6
  std::optional<std::size_t> draw{};  ///< of a random number: as how-manieth it was drawn, from 0
  std::optional<Expr> definition{};   ///< of a defined one
  /// The definition as it was written, if it has derivatives: g = ∂E/∂w.
  std::optional<Expr> with_derivatives{};
  std::optional<Expr> of_arrays{};  ///< the definition as it was written, if it is over arrays
  Place place{};                    ///< of the name
  Place body{};                     ///< of the expression
  /// Where the parts of the definition stand, for messages; by Expr::identity.
  std::unordered_map<const void*, Span> spans{};

  /// The number as it was typed; there must be one.
  [[nodiscard]] const Expr& as_typed() const { return written ? *written : *number; }
};

struct DeriveStatement {
  std::string output{};
  std::vector<std::string> wrt{};  ///< expanded: `all` is every weight and bias
  Place place{};
  bool is_automatic = false;  ///< not of the file: a definition uses the derivatives
};

/// What the rule of a perceptron, or the delta rule, makes a step of: the errors t − y of outputs.
struct Correction {
  std::vector<std::string> outputs{}, targets{};  ///< as the file names them, without samples
  /// A quantity for each sample, or one, whose slope is −(t − y)·∂net/∂w. Not shown on a sheet.
  std::vector<std::string> criteria{};
  /// (t − y)·∂net/∂w of the first sample, in the order of the parameters.
  std::vector<Expr> of_parameters{};
  std::vector<std::string>
      columns{};  ///< of a table of the steps: what each sample has, x1, net, y
};

/// What `update` and `ascend` ask for; descent.hpp says what a step is.
struct UpdateStatement {
  std::vector<std::string> parameters{};  ///< expanded
  std::string output{};                   ///< of which derivatives; empty if that is to be found
  bool ascends = false;
  bool sample_by_sample = false;     ///< a step for each sample, in the order of the table
  const UpdateRule* rule = nullptr;  ///< of update_rules(): plain descent unless it says more
  // Each of these is a literal, or the symbol of a quantity.
  Expr rate = 0.0;                   ///< η
  std::vector<Expr> coefficients{};  ///< of the rule: μ
  std::optional<Expr> decay{};       ///< λ, of weights; biases do not decay
  std::optional<Expr> rate_decay{};
  std::optional<Expr> velocity{};          ///< before the first step; 0 if it is not given
  std::vector<std::string> directions{};   ///< of Newton's method: the quantities that are the step
  std::optional<Correction> correction{};  ///< of the rules of perceptrons
  std::optional<std::size_t> repeat{};     ///< how many steps, at least 1
  /// Stop when E, or its change in a step, falls below a limit; or when a pass over the samples
  /// has changed no parameter.
  struct Until {
    enum class What { change, error, unchanged } what = What::change;
    std::string quantity{};  ///< of an error: E
    Expr limit = 0.0;
  };
  std::optional<Until> until{};
  Place place{};

  /// Whether it is more than a single step.
  [[nodiscard]] bool is_training() const {
    return repeat.value_or(1) > 1 || until || sample_by_sample;
  }
};

/// A published figure.
struct Expectation : Target {
  std::string written{};  ///< the numeral as it stands in the file
  Place place{};
};

/// The table of samples: how the columns were named, and how many rows there are. The numbers are
/// given quantities, x[1], x[2], ….
struct Samples {
  std::vector<std::string> columns{};
  std::size_t count = 0;
};

/// What random numbers must fulfil: |net| <= 2, 0.1 < p < 0.9, distinct(w1, w2).
struct Requirement {
  std::vector<Expr> sides{};
  std::string relation{};  ///< between each two sides, with blanks: "< <="; or "distinct"
  Place place{};
  std::string
      failure{};        ///< what it is if it does not hold, where the file has one word for several
  std::string about{};  ///< and of what: a name or a formula
};

/// How a paper calls a quantity or an array: z1 = net_h1.
struct Alias {
  std::string name{};
  std::string quantity{};  ///< of an array its symbol
  Place place{};
};

/// given dL/dz = …: L stands for what is above, and sheets do not show it.
struct UpstreamDerivative {
  std::string of{}, wrt{};
  std::string constant{};  ///< g_z, which has its numbers
};

struct Problem {
  std::string title{};
  Samples samples{};
  std::vector<Item> items{};  ///< in the order of the file
  /// How quantities stand in columns and grids, in the order of the file; h[2] in the second
  /// sample.
  std::vector<Array> arrays{};
  std::vector<Array> array_parts{};  ///< W[1,:], x[2..3], where a definition has them
  std::vector<Alias> aliases{};      ///< each of a name of its own
  /// The functions that definitions over arrays call.
  std::map<std::string, FunctionBody> functions{};
  std::vector<DeriveStatement> derivations{};
  std::vector<UpdateStatement> updates{};
  std::vector<Expectation> expectations{};
  Exercise exercise{};
  std::vector<Diagnostic> warnings{};  ///< what is allowed, but hardly meant
  std::vector<Requirement> requirements{};
  std::vector<UpstreamDerivative> upstream{};
  std::set<std::string, std::less<>> auxiliary{};  ///< quantities that sheets do not show
  std::size_t draws = 1;  ///< how often random numbers were drawn until all requirements held
  std::size_t draws_without_value = 0;  ///< of these, in which a definition had none: ln(0)
  bool has_random_numbers = false;      ///< so that a seed makes a difference
  std::uint64_t seed = 1;               ///< of the random numbers

  [[nodiscard]] const Item* find(std::string_view name) const;
  /// Whether sheets do not show it: what is above the exercise, or what only a rule needs.
  [[nodiscard]] bool is_hidden(std::string_view name) const;
  /// The names of all weights and biases, in the order of the file.
  [[nodiscard]] std::vector<std::string> parameters() const;
  /// Positions in `items`, each after those its definition needs, otherwise in the order of the
  /// file.
  std::vector<std::size_t> order{};
  std::unordered_map<std::string, std::size_t> index{};  ///< from a name to its position in `items`
};

/// Reads a problem; throws ProblemError with every error that was found. `seed` replaces the one in
/// the file. Ranges, layers, functions, samples and the like are expanded: what is read is named
/// scalar quantities.
[[nodiscard]] Problem read_problem(const Source& source,
                                   std::optional<std::uint64_t> seed = std::nullopt);

}  // namespace chalkgrad
