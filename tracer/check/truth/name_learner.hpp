#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tracer/check/truth/known_by_numbers.hpp"
#include "tracer/check/truth/learned_names.hpp"
#include "tracer/check/truth/unification.hpp"

/// The passes over an answer that learn_names (learned_names.hpp) makes. Everybody else calls that.
///
/// What a formula says of the name before it is in learned_names.cpp; what it says of the names in
/// it, in learned_operands.cpp; and what names say of each other, in learned_series.cpp.
namespace chalkgrad {

class NameLearner {
 public:
  NameLearner(Scope& scope, const Answer& answer, std::string_view text);

  LearnedNames run();

 private:
  using Kind = KnownByNumbers::Kind;

  // --- the name before a formula: learned_names.cpp

  [[nodiscard]] const Problem& problem() const { return scope_.truth().solution().problem; }
  [[nodiscard]] bool has_samples() const { return !problem().samples.columns.empty(); }
  [[nodiscard]] bool is_bound(const std::string& name) const { return meanings_.contains(name); }
  [[nodiscard]] bool is_open(const std::string& name) const;
  [[nodiscard]] bool is_open_in_sample(const std::string& name) const;
  Expr with_meanings(const Expr& e) const;
  [[nodiscard]] bool has_open_names(const Expr& e) const;
  void learn(const std::string& name, const Expr& meaning, Evidence evidence);

  /// What the statements about a name say of it, all together: one thing, or nothing.
  struct Said {
    std::vector<Expr> meanings{};
    bool by_definition = false, other = false;
  };
  void learn_from_formulas();
  std::string name_of_head(const Chain& statement) const;
  void add_what_is_said(const Chain& statement, const std::string& name, Said& said);
  bool is_own_for_the_writer(const Chain& statement, const Expr& side) const;
  static bool depends_on(const Expr& e, const std::string& name);
  void learn_denominator(const Chain& statement);
  void learn_updated(const Chain& statement);
  void remember_result(const Chain& statement);

  // --- the names in a formula: learned_operands.cpp

  void learn_operands(const Chain& statement);
  bool may_be(const std::string& name, const Expr& leaf,
              const std::map<std::string, Expr>& numbers) const;
  void unify_with_definitions(const Expr& head, const Expr& formula, const OpenNames& names,
                              bool head_is_known);
  bool names_may_be(const std::string& name, const Expr& meaning) const;
  std::map<std::string, Expr> numbers_beside(const Chain& statement, std::size_t side) const;
  void learn_last_operand(const Chain& statement);
  void learn_last_operand(const Expr& formula, const Expr& meant, bool either_sign);
  std::set<std::string> open_names_in(const Expr& e) const;
  void learn_from_numbers_beside();

  // --- what names say of each other: learned_series.cpp

  void learn_series();
  void learn_beside(const std::string& name);
  void learn_as_next(const std::string& name,
                     const std::map<std::string, std::map<std::string, std::size_t>>& templates);
  void learn_by_place();
  void learn_families();
  void learn_from_values();
  [[nodiscard]] bool index_fits(const std::string& name, const std::string& quantity) const;
  std::optional<std::string> given_with_value(const std::string& name,
                                              const std::string& number) const;
  void learn_target();

  Scope& scope_;
  const Answer& answer_;
  std::string_view text_;
  KnownByNumbers known_;
  WrittenValues written_;
  std::map<std::string, Expr> meanings_;
  std::map<std::string, std::string> stated_;   ///< z = 0.4: the number of an open name
  std::map<std::string, std::string> results_;  ///< the number at the end of z = 0.5·2 = 1
  std::map<std::string, std::size_t> uses_;
  std::set<std::string> disputed_, own_;
  std::set<std::string> changing_;  ///< with more than one number
  std::vector<LearnedName> learned_;
};

}  // namespace chalkgrad
