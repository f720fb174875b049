#include "tracer/check/reading/differential.hpp"

#include <fmt/format.h>

#include <string_view>

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

 private:
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

bool begins_with_differential(std::span<const Token> tokens, const KnownNames& known) {
  return DifferentialReader(tokens, known).is_differential();
}

}  // namespace chalkgrad
