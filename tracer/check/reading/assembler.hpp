#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/expression/expression.hpp"
#include "tracer/expression/lexer.hpp"

/// The one pass over the tokens of a side that assemble (assembly.hpp) makes. Everybody else calls
/// that.
///
/// Numbers, products without a sign and brackets are in assembly.cpp, names in assembly_names.cpp,
/// because what a name is decides whether what follows multiplies it. Tokens come out at the end of
/// a list, from which it is seen what stands before.
namespace chalkgrad {

class Assembler {
 public:
  Assembler(std::vector<Token> tokens, const KnownNames& known)
      : in_(std::move(tokens)), known_(known) {}

  std::vector<Token> run();

 private:
  const Token* peek(std::size_t ahead = 0) const;
  bool is(std::size_t ahead, std::string_view sign) const;
  bool is_name(std::size_t ahead) const;
  bool is_number(std::size_t ahead) const;
  std::span<const Token> rest() const { return std::span(in_).subspan(at_); }

  void push(Token::Kind kind, std::string text, Span span);
  void push_sign(std::string_view text, Span span);
  void next();

  // --- products without a sign

  bool after_operand() const;
  bool touches() const;
  bool is_lost_thin_space() const;
  void multiply();
  void refuse_two_readings(Span next) const;
  std::string text_of(std::size_t from, std::size_t to) const;
  std::size_t start_of_last_operand() const { return start_of_operand(out_.size() - 1); }
  std::size_t start_of_operand(std::size_t at) const;
  std::size_t matching_open(std::size_t at) const;

  // --- numbers

  void number();

  // --- derivatives

  bool differential();
  bool differential_operator();
  void emit_derivative(const std::string& y, const std::string& x, std::size_t count);
  void emit_negative(const Expr& derivative);

  // --- names

  void name();
  void change();
  bool derivative_of_function();
  std::optional<Expr> meaning_of(const std::string& written) const;
  bool introduced(std::string_view name) const;
  static std::string_view without_mark(std::string_view name);
  void known_name(const std::optional<Expr>& meaning, bool primed);
  void refuse_letter_in_number(const Token& name) const;
  static bool is_keyword(const Token& token);
  bool split_into_names();
  std::vector<std::vector<std::string>> splits_of(const std::string& text) const;
  void collect_splits(const std::string& text, std::size_t from, std::vector<std::string>& parts,
                      std::vector<std::vector<std::string>>& readings) const;
  bool goes_on_as_formula() const;
  void unknown_name();
  [[nodiscard]] bool is_open_letter(const Token& token) const;
  static bool is_no_number(std::string_view word);
  bool unspecified_function();
  void function_name(Op op, bool primed);
  void array_as_argument();
  void move_power_behind_call();
  bool is_exponential(const Token& token) const;
  void exponential();

  // --- brackets

  void open();
  bool holds_prose() const;
  bool has_meaning(std::size_t ahead) const;
  bool is_word_of_prose(std::size_t ahead) const;
  void prime();

  std::vector<Token> in_;
  const KnownNames& known_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool last_is_function_ = false, last_is_known_ = false;
  std::vector<Token> out_;
};

}  // namespace chalkgrad
