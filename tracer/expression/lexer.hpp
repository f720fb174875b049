#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Tokens of written mathematics, shared by problem files and by sheets that are read back.
///
/// Typographic signs come out as their plain counterparts: − as -, · and × as *, ² as ^2, ½ as
/// (1/2), w₅ as w5 and w_{5} as w_5, so that whoever reads tokens knows one form only. A number may
/// carry a power of ten as sheets print it (1.234·10⁻⁷).
namespace chalkgrad {

/// A stretch of a line, in bytes.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What was expected and is not there, and where.
class SyntaxError : public std::runtime_error {
 public:
  SyntaxError(Span where, const std::string& message, std::string suggestion = {})
      : std::runtime_error(message), span(where), hint(std::move(suggestion)) {}

  Span span;
  std::string hint;  ///< stands beside the caret; may be empty
};

struct Token {
  enum class Kind {
    number,  ///< text is what Decimal::parse accepts
    name,  ///< text is the name; of a quantity of sample 2: out[2], also where out⁽²⁾ is written
    string,  ///< text is what stands between the quotes
    sign,    ///< text is one of + - * / ^ ( ) [ ] , = < > | : ; .. .* ./ .^ ∂ ⁺ ᵀ ≈ ≥ ≤
    end,     ///< of the line
  };
  Kind kind = Kind::end;
  std::string text{};
  Span span{};

  [[nodiscard]] bool is(std::string_view sign) const { return kind == Kind::sign && text == sign; }
  [[nodiscard]] bool is_word(std::string_view word) const {
    return kind == Kind::name && text == word;
  }
};

/// The tokens of a line, the last of which is `end`. A # outside quotes starts a comment.
/// Throws SyntaxError at a byte that is not UTF-8, a character that has no meaning here
/// (unreadable.hpp says what could be written), a number with two points, or a quote that is not
/// closed. Linear.
[[nodiscard]] std::vector<Token> tokenize(std::string_view line);

/// How a token is called in a message: "'+'", "the end of the line".
[[nodiscard]] std::string describe(const Token& token);

}  // namespace chalkgrad
