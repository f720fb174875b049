#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/signs.hpp"

/// The one pass over a text that read_notation makes. Everybody else calls that.
///
/// Text and LaTeX are one class in two files, notation.cpp and latex.cpp, because each may stand
/// within the other: \frac{w₅·x²}{2} between words, \text{net} within a formula. Tokens go to the
/// end of a list, where a mark or subscript may still change the last name. Groups are nested only
/// so deep as people write them, so that no text exhausts the stack.
namespace chalkgrad {

class NotationReader {
 public:
  NotationReader(std::string_view text, Span stretch, const NotationOptions& options);

  [[nodiscard]] std::vector<Token> run();

 private:
  static constexpr int deepest = 100;
  static constexpr std::string_view nabla_sign = "∇";

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  void emit(Token::Kind kind, std::string text, std::size_t begin) {
    tokens_.push_back({kind, std::move(text), {begin, at_}});
  }
  void sign(std::string_view text, std::size_t begin) {
    emit(Token::Kind::sign, std::string(text), begin);
  }
  void append(std::vector<Token> tokens);
  void in_brackets(std::vector<Token> tokens, std::size_t begin);

  void next();

  // Text: notation.cpp.
  using LeadingSign = std::optional<WrittenSign> (*)(std::string_view text);
  void foreign_words();
  void blanks();
  bool known_sign();
  void two_stars();
  bool sign_of_arrays();
  bool transposed(std::size_t begin);
  [[nodiscard]] static bool is_part(const std::vector<Token>& inside);
  void part(std::size_t name, std::string text, const std::vector<Token>& inside);
  void square_bracket();
  std::string small_signs(LeadingSign leading);
  void small_power(const std::string& digits, std::size_t begin);
  bool vulgar_fraction();
  void number();
  void scanned(std::size_t length);
  void name();
  bool library_prefix(const std::string& word);
  std::string letters();
  void subscript(std::size_t name);
  bool raised_sample(std::string& text);
  bool word_for_sign(const std::string& word, std::size_t begin);
  bool layer_above(std::size_t begin);
  void of_layer(std::string_view number);
  void raised_group();
  bool step_in_brackets();
  [[nodiscard]] static bool is_update_mark(const std::vector<Token>& inside, std::size_t at);
  bool method_call();
  void norm_bar(std::size_t begin);
  void mark_updated(std::size_t begin);
  [[nodiscard]] bool after_name() const {
    return !tokens_.empty() && tokens_.back().kind == Token::Kind::name;
  }
  [[nodiscard]] static std::string joined(const std::vector<Token>& inside);
  std::vector<Token> group();

  // LaTeX: latex.cpp.
  void skip_comment();
  void skip_past(char close);
  void braces();
  void fraction(std::vector<Token> above, std::vector<Token> below, std::size_t begin);
  void command();
  void punctuation(std::size_t begin);
  void run_command(std::string_view word, std::size_t begin);
  bool own_command(std::string_view word, std::size_t begin);
  void delimiter();
  void root(std::size_t begin);
  void word_in_braces(std::size_t begin);
  void accented(std::string_view accent, std::size_t begin);
  [[nodiscard]] static bool is_aside(const std::vector<Token>& inside);
  void hatted(std::size_t begin);
  void braced_and_noted(std::size_t begin);
  void nabla(std::size_t begin);
  void escaped_subscript();
  void environment(std::size_t begin);
  void matrix(std::size_t begin);
  void cases(std::size_t begin);
  void close_case(std::vector<Token>& value, bool otherwise, std::size_t begin);

  std::string_view text_;
  std::size_t at_;
  NotationOptions options_;
  int norms_ = 0;        // that are open
  int array_depth_ = 0;  // square brackets that are open
  int depth_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace chalkgrad
