#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tracer/check/reading/known_arrays.hpp"
#include "tracer/expression/expression.hpp"
#include "tracer/problem/solution.hpp"

/// The names that an answer may use, and the ways in which people write them.
///
/// w_5, w_{5} and w₅ are w5; net_{h_1} is net_h1; δ_{o1} and delta_o1 are ∂E/∂net_o1; E is the
/// error of the problem, whatever that is called there. A name means an expression over the names
/// of the problem, so that everything behind the reading knows one form only. Names that an answer
/// introduces are kept by whoever reads it. What was looked up once is remembered: not for several
/// threads at once.
namespace chalkgrad {

/// The sign before the name of a parameter that means what an update adds to it.
inline constexpr std::string_view change_mark = "Δ";

/// Between a name and the number of steps of training after which it is meant.
inline constexpr std::string_view after_steps = " after ";

class Vocabulary {
 public:
  /// What an answer may write in vectors and matrices: the problem's arrays, or also families of
  /// single quantities, h of h1 and h2.
  enum class Arrays { of_problem, and_families };
  explicit Vocabulary(const Solution& solution, Arrays arrays = Arrays::of_problem);

  /// Adds names for quantities, before those that were known: z1 is net_h1.
  void add_aliases(const Solution& solution, const std::vector<Alias>& aliases);

  /// A name that the writer uses for something of her own: e = y − t beside E.
  void forget(const std::string& name) {
    forgotten_.insert(name);
    meanings_.clear();
  }
  /// The same for a name that stands for a derivative: δ_5 is ∂E/∂net_o1.
  void add_derivative(const std::string& name, const Expr& derivative);

  /// What a written name stands for; nothing if it is unknown. A mark ⁺ at its end means after the
  /// update, [2] the second sample, an adjoint accent the derivative of the output.
  [[nodiscard]] std::optional<Expr> meaning(std::string_view written) const;

  /// The name of a quantity of the problem, without marks for updates and accents. A name that
  /// differs in case only is meant if there is just one, and so is one with the number of its
  /// layer, w_{11}^{(1)}, in a problem without samples.
  [[nodiscard]] std::optional<std::string> quantity(std::string_view written) const;

  /// The quantity that is meant by the beginning of its name beside another in a derivative: in
  /// ∂O1/∂net the net input of O1, in ∂net/∂w5 what uses w5. Nothing if that could be several.
  [[nodiscard]] std::optional<std::string> operand_of(const std::string& y,
                                                      std::string_view written) const;
  [[nodiscard]] std::optional<std::string> user_of(const std::string& x,
                                                   std::string_view written) const;

  /// The operation that a function name stands for, in any spelling (ReLU, σ, sigm); f and φ are
  /// the activation, if the problem has only one.
  [[nodiscard]] std::optional<Op> function(std::string_view written) const;

  /// Whether it is the name of an unspecified function, g of g(z).
  [[nodiscard]] bool is_unspecified(std::string_view name) const {
    return unspecified_.contains(name);
  }

  /// The same, and nothing but an underscore may be written otherwise.
  [[nodiscard]] std::optional<std::string> exact_quantity(std::string_view written) const;
  /// Whether it is a quantity of the problem without a definition.
  [[nodiscard]] bool is_given(std::string_view quantity) const { return given_.contains(quantity); }
  /// Whether the quantity is that operation of something.
  [[nodiscard]] bool is_value_of(std::string_view quantity, Op op) const;
  /// Whether the name says that it is a derivative, a δ or a change, so that nobody's own quantity
  /// is called so: dE_dw9, delta_3, grad_x.
  [[nodiscard]] bool is_reserved(std::string_view written) const;

  [[nodiscard]] bool has_samples() const { return has_samples_; }
  /// Whether the parameters change more than once.
  [[nodiscard]] bool has_training() const { return has_training_; }

  /// The quantity that everything is derived of; empty if there are several.
  [[nodiscard]] const std::string& output() const { return output_; }

  /// What the output has of that sample, where it is a sum or a mean over samples of something that
  /// is named; empty if it is not.
  [[nodiscard]] std::string loss_of_sample(std::size_t sample) const;

  /// The arrays of the problem; their names have meanings as those of quantities have.
  [[nodiscard]] const KnownArrays& arrays() const { return arrays_; }

  /// "did you mean 'out_h2'?"
  [[nodiscard]] std::string suggestion(std::string_view written) const;

 private:
  void add_quantities(const Solution& solution);
  void add_coefficients(const Solution& solution);
  void add_deltas(const Solution& solution);
  void add_deltas_of_outputs(const Solution& solution);
  void add_changes(const Solution& solution);
  void add_training(const Solution& solution);
  void add_indexed_deltas(const Solution& solution);
  void add_arrays(const Solution& solution, Arrays which);
  void add_deltas_of_layers(const std::map<std::string, Expr>& of_net_inputs);
  void add_elements_of_alias(const std::string& name, const std::string& array);
  void add_deltas_of_aliases(const Solution& solution, const std::vector<Alias>& aliases);
  void add_roles(const Solution& solution);
  [[nodiscard]] std::optional<Expr> find_meaning(std::string_view written) const;
  [[nodiscard]] std::optional<std::string> in_layer(std::string_view written) const;
  [[nodiscard]] std::optional<std::string> known_symbol(std::string_view written) const;
  [[nodiscard]] std::optional<Expr> marked_by_word(std::string_view written) const;
  [[nodiscard]] std::optional<Expr> derivative_named(std::string_view key) const;
  [[nodiscard]] bool names_output(const std::string& key) const;
  void find_activation(const Solution& solution);
  [[nodiscard]] std::optional<Expr> updated(std::string_view written) const;

  const Quantities& graph_;
  std::unordered_map<std::string, std::string> quantities_;    // by key
  std::unordered_map<std::string, std::string> without_case_;  // by key; empty if several
  std::set<std::string, std::less<>> given_;
  std::set<std::string, std::less<>> unspecified_;  // functions
  std::vector<std::string> names_;
  std::set<std::string, std::less<>> forgotten_;
  bool has_samples_ = false, has_training_ = false;
  std::set<std::string, std::less<>> trained_;    // what a table of training has
  std::map<std::string, std::string> columns_;    // of these what a sample has, by key
  std::set<std::string, std::less<>> steps_;      // after which it has it
  std::unordered_map<std::string, Expr> others_;  // by key: η, δ_o1, E
  std::string output_;
  bool has_update_ = false;
  std::optional<Op> activation_;
  KnownArrays arrays_;
  mutable std::unordered_map<std::string, std::optional<Expr>> meanings_;  // found so far
};

/// Whether a name is written as a δ: δ_o1, delta2, Err_o1.
[[nodiscard]] bool is_delta(std::string_view written);

/// What the spellings of a name have in common: without underscores, Greek letters in words, small
/// digits as plain ones, a hat at the end: ŷ1, y_hat_1 and \hat{y}_1 are y1hat.
[[nodiscard]] std::string name_key(std::string_view written);

}  // namespace chalkgrad
