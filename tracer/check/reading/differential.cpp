#include "tracer/check/reading/differential.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "tracer/check/reading/words.hpp"

namespace chalkgrad {

namespace {

class DifferentialReader {
 public:
  DifferentialReader(std::span<const Token> tokens, const KnownNames& known)
      : tokens_(tokens), known_(known) {}

  std::optional<WrittenDerivative> derivative() const {
    if (auto found = gradient()) return found;
    const auto above = differential_at(0);
    if (above && is(above->tokens, "/")) {
      const std::size_t lower = above->tokens + 1;
      if (const auto below = differential_at(lower))
        return WrittenDerivative{above->quantity, below->quantity, lower + below->tokens};
      // ∂O1/∂net, where O1 has one net input.
      const auto [word, count] = word_after_d(lower);
      const auto operand = known_.vocabulary->operand_of(above->quantity, word);
      if (count > 0 && operand) return WrittenDerivative{above->quantity, *operand, lower + count};
      if (count > 0 && !known_.is_name(tokens_[lower].text))
        throw SyntaxError(tokens_[lower + count - 1].span,
                          fmt::format("unknown quantity '{}'", word),
                          known_.vocabulary->suggestion(word));
    } else if (const auto [word, count] = word_after_d(0); count > 0 && is(count, "/")) {
      const auto below = differential_at(count + 1);
      const auto user = below ? known_.vocabulary->user_of(below->quantity, word) : std::nullopt;
      if (user) return WrittenDerivative{*user, below->quantity, count + 1 + below->tokens};
    }
    if (is(0, "∂")) refuse_unknown_derivative();
    return std::nullopt;
  }

  bool is_differential() const { return differential_at(0).has_value(); }

  std::optional<WrittenOperator> differential_operator() const {
    const bool sign = is_d(0) || (is_name(0) && tokens_[0].text == "δ");
    if (!sign) return std::nullopt;
    if (is(1, "(")) {
      const std::size_t close = closing(1);
      const auto below = is(close + 1, "/") ? differential_at(close + 2) : std::nullopt;
      // ∂(E)/∂w is the derivative of a quantity.
      if (!below || close == 3) return std::nullopt;
      return WrittenOperator{below->quantity, 2, close, close + 2 + below->tokens};
    }
    const auto below = is(1, "/") ? differential_at(2) : std::nullopt;
    if (!below) return std::nullopt;
    const std::size_t begin = 2 + below->tokens;
    const std::size_t open = is_name(begin) && is(begin + 1, "(") ? begin + 1 : begin;
    if (is(open, "(")) {
      const std::size_t end = closing(open) + 1;
      return WrittenOperator{below->quantity, begin, std::min(end, tokens_.size()),
                             std::min(end, tokens_.size())};
    }
    if (!is_name(begin)) return std::nullopt;
    return WrittenOperator{below->quantity, begin, begin + 1, begin + 1};
  }

 private:
  std::size_t closing(std::size_t open) const {
    int depth = 0;
    for (std::size_t at = open; at < tokens_.size(); ++at) {
      if (is(at, "(")) ++depth;
      if (is(at, ")") && --depth == 0) return at;
    }
    return tokens_.size();
  }

  struct Found {
    std::string quantity;
    std::size_t tokens;
  };
  struct Word {
    std::string_view text;
    std::size_t tokens;
  };

  bool is(std::size_t at, std::string_view sign) const {
    return at < tokens_.size() && tokens_[at].is(sign);
  }
  bool is_name(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == Token::Kind::name;
  }
  bool is_d(std::size_t at) const {
    return is(at, "∂") || (at < tokens_.size() && tokens_[at].is_word("d"));
  }

  /// The quantity that stands there, in brackets or not.
  std::optional<Found> quantity_at(std::size_t at) const {
    const bool bracket = is(at, "(");
    if (bracket) ++at;
    if (!is_name(at) || (bracket && !is(at + 1, ")"))) return std::nullopt;
    auto name = quantity_named(tokens_[at].text);
    if (!name) return std::nullopt;
    return Found{std::move(*name), bracket ? std::size_t{3} : std::size_t{1}};
  }

  std::optional<std::string> quantity_named(std::string_view written) const {
    if (auto name = known_.vocabulary->quantity(written)) return name;
    const auto meaning = known_.vocabulary->meaning(written);
    if (meaning && meaning->is(Expr::Kind::symbol)) return meaning->text();
    // Where names are left open, ∂E/∂β is one of what β is.
    if (!meaning && known_.note_unknown) {
      if (known_.introduced && known_.introduced(written)) return std::string(written);
      if (written.size() <= 12 && !looks_like_prose(written) && written != "d")
        known_.note_unknown(std::string(written));
    }
    return std::nullopt;
  }

  /// One half of a derivative: ∂E, d E, d(E), dE, δE.
  std::optional<Found> differential_at(std::size_t at) const {
    if (is_d(at)) {
      auto found = quantity_at(at + 1);
      if (found) ++found->tokens;
      return found;
    }
    if (!is_name(at)) return std::nullopt;
    const std::string_view text = tokens_[at].text;
    if (text == "δ") {
      auto found = quantity_at(at + 1);
      if (found) ++found->tokens;
      return found;
    }
    for (const std::string_view prefix : {"d", "δ"}) {
      if (!text.starts_with(prefix) || text.size() == prefix.size()) continue;
      if (known_.vocabulary->quantity(text)) continue;
      if (auto name = quantity_named(text.substr(prefix.size()))) return Found{std::move(*name), 1};
    }
    return std::nullopt;
  }

  /// What stands behind ∂ or d, whatever it is, and how many tokens both take; 0 if there is no ∂.
  Word word_after_d(std::size_t at) const {
    if (is_d(at) && is_name(at + 1)) return {tokens_[at + 1].text, 2};
    if (!is_name(at) || !tokens_[at].text.starts_with('d') || tokens_[at].text.size() == 1)
      return {{}, 0};
    return {std::string_view(tokens_[at].text).substr(1), 1};
  }

  /// ∂ stands before nothing but a quantity.
  void refuse_unknown_derivative() const {
    for (const std::size_t at : {std::size_t{0}, std::size_t{3}}) {
      if (!is(at, "∂") || !is_name(at + 1)) continue;
      const Token& name = tokens_[at + 1];
      if (!quantity_named(name.text))
        throw SyntaxError(name.span, fmt::format("unknown quantity {}", describe(name)),
                          known_.vocabulary->suggestion(name.text));
    }
    throw SyntaxError(tokens_[0].span, "expected a derivative, as in ∂E/∂w5");
  }

  /// grad(w5), w5.grad.
  std::optional<WrittenDerivative> gradient() const {
    const std::string& output = known_.vocabulary->output();
    if (!is_name(0) || output.empty()) return std::nullopt;
    const std::string_view text = tokens_[0].text;
    if (text.starts_with("grad ")) {
      if (const auto name = quantity_named(text.substr(5)))
        return WrittenDerivative{output, *name, 1};
    }
    // ∇_w5 E, ∇_w5
    constexpr std::string_view nabla = "∇_";
    if (text.starts_with(nabla)) {
      if (const auto name = quantity_named(text.substr(nabla.size()))) {
        const auto of = quantity_at(1);
        return WrittenDerivative{output, *name, of && of->quantity == output ? 1 + of->tokens : 1};
      }
    }
    if (text == "grad" && is(1, "(")) {
      if (const auto found = quantity_at(1))
        return WrittenDerivative{output, found->quantity, found->tokens + 1};
    }
    return std::nullopt;
  }

  std::span<const Token> tokens_;
  const KnownNames& known_;
};

}  // namespace

std::optional<WrittenDerivative> leading_derivative(std::span<const Token> tokens,
                                                    const KnownNames& known) {
  return DifferentialReader(tokens, known).derivative();
}

std::optional<WrittenOperator> leading_differential_operator(std::span<const Token> tokens,
                                                             const KnownNames& known) {
  return DifferentialReader(tokens, known).differential_operator();
}

bool begins_with_differential(std::span<const Token> tokens, const KnownNames& known) {
  return DifferentialReader(tokens, known).is_differential();
}

}  // namespace chalkgrad
