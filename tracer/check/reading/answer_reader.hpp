#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/known_names.hpp"
#include "tracer/check/reading/rows.hpp"

/// The pass over the rows of a file that read_answer (reader.hpp) makes, with the names that are
/// known before. Everybody else calls that.
///
/// How rows become statements is in reader.cpp; what a side means for its statement, and which
/// names it may use or define, in statement_sides.cpp.
namespace chalkgrad {

using Tokens = std::vector<Token>;
using Names = std::set<std::string, std::less<>>;

class AnswerReader {
 public:
  AnswerReader(const Vocabulary& vocabulary, const Names& introduced, bool latex,
               const ReadingOptions& options)
      : names_(introduced),
        known_{&vocabulary, [this](std::string_view name) { return names_.contains(name); }, latex,
               options.conventions},
        latex_(latex),
        open_names_(options.open_names),
        whole_arrays_(options.whole_arrays) {
    known_.note_two_readings = [this] { ++two_readings_; };
    if (open_names_)
      known_.note_unknown = [this](const std::string& name) { defined_.insert(name); };
  }

  void read(const AnswerRow& row);
  /// What a statement z = … defines, by a name that is not known.
  const Names& defined() const { return defined_; }

  /// Of a program, v*h of two vectors goes element by element, and v @ h, which is read as v·h,
  /// does not.
  Answer take(bool of_program);

 private:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  static AnswerCell take_remark(AnswerCell& cell);
  static std::size_t opening(const Tokens& tokens);
  void read_cell(const AnswerCell& cell);
  static std::size_t next_relation(const Tokens& tokens, std::size_t at);
  static bool names_derivative(const Token& token);
  std::size_t end_of_side(const Tokens& tokens, std::size_t from, std::size_t relation) const;
  Tokens read_taken_off(const Tokens& tokens, std::size_t relation, std::size_t end);
  void refuse(Span span, std::string message, std::string hint = {});

  // --- the left side of the first relation

  void begin_statement(Tokens tokens);
  std::optional<WrittenSide> longest_ending(const Tokens& tokens);
  bool may_begin(const Tokens& tokens, std::size_t at) const;
  static bool is_sign_of_what_follows(const Tokens& tokens, std::size_t at);
  bool worth_reporting(const Tokens& tokens) const;
  bool is_definition(const Expr& e) const;

  // --- the other sides

  Tokens read_right(const Tokens& tokens, std::size_t from, std::size_t to);
  static void refuse_decimal_commas(const Tokens& tokens);
  bool ends_expression(const Token& token) const;
  bool is_factor_of_own(const Token& token) const;
  void add_side(WrittenSide side, const Tokens& part);
  bool accept_definition(Chain& statement, const WrittenSide& side);
  bool accept_function(Expr& left, const WrittenSide& side, Span span);
  static bool refers_to_later(const Expr& e);
  Expr with_its_gradient(const Chain& statement, const Expr& e) const;
  static Expr bind(const Chain& statement, const Expr& e);

  // --- names

  bool is_own(const Expr& e) const;
  bool is_unknown(const Expr& leaf) const;
  bool has_unknown(const Expr& e) const;
  bool unknown_in(const Chain& statement, const Expr& e) const;
  std::string suggestion(const std::string& name) const;
  SyntaxError unknown_name(const WrittenSide& side, const Tokens& tokens) const;

  Names names_;
  KnownNames known_;
  bool latex_, open_names_, whole_arrays_;
  Names defined_;
  Answer answer_;
  std::size_t main_ = nothing, last_ = nothing;
  bool broken_ = false;  ///< the first side of the statement at hand could not be read
  Tokens left_over_;
  std::size_t two_readings_ = 0;  ///< so far
  bool awaiting_ = false;         ///< the cell before ended with a relation
};

}  // namespace chalkgrad
