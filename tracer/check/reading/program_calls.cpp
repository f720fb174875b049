#include "tracer/check/reading/program_calls.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace chalkgrad {

namespace {

using TokenList = std::vector<Token>;

struct BinaryCall {
  std::string_view name, sign;
};
constexpr std::array binary_calls = {BinaryCall{"multiply", ".*"}, BinaryCall{"matmul", "*"},
                                     BinaryCall{"mm", "*"},        BinaryCall{"power", ".^"},
                                     BinaryCall{"pow", ".^"},      BinaryCall{"divide", "./"}};

/// A call that begins at a name: where its bracket closes, and the commas of its own.
struct Call {
  std::size_t close = 0;
  std::vector<std::size_t> commas{};
};

std::optional<Call> call_at(const TokenList& tokens, std::size_t name) {
  if (name + 1 >= tokens.size() || tokens[name].kind != Token::Kind::name ||
      !tokens[name + 1].is("(") || tokens[name].span.end != tokens[name + 1].span.begin)
    return std::nullopt;
  constexpr std::size_t longest = 2'000;  // nobody's call is longer
  Call call;
  int depth = 0;
  for (std::size_t at = name + 1; at < std::min(tokens.size(), name + longest); ++at) {
    if (tokens[at].is("(") || tokens[at].is("[")) ++depth;
    if ((tokens[at].is(")") || tokens[at].is("]")) && --depth == 0) {
      call.close = at;
      return call;
    }
    if (tokens[at].is(",") && depth == 1) call.commas.push_back(at);
  }
  return std::nullopt;
}

Token sign_at(std::string_view text, const Token& place) {
  return {Token::Kind::sign, std::string(text), place.span};
}

/// The axis of sum(a, axis=0, keepdims=True); PyTorch calls it dim.
std::optional<int> axis_of(const TokenList& tokens, const Call& call) {
  for (const std::size_t comma : call.commas) {
    const bool named = comma + 3 < call.close && tokens[comma + 2].is("=") &&
                       (tokens[comma + 1].is_word("axis") || tokens[comma + 1].is_word("dim"));
    if (!named) continue;
    const bool negative = tokens[comma + 3].is("-");
    const Token& number = tokens[comma + (negative ? 4 : 3)];
    if (number.kind == Token::Kind::number && (number.text == "0" || number.text == "1"))
      return negative ? 1 : number.text[0] - '0';
  }
  return std::nullopt;
}

class ProgramCalls {
 public:
  explicit ProgramCalls(TokenList tokens) : in_(std::move(tokens)) {}

  TokenList run() {
    for (std::size_t at = 0; at < in_.size();) at = step(at);
    return std::move(out_);
  }

 private:
  std::size_t step(std::size_t at) {
    const auto call = call_at(in_, at);
    if (call && sum_along(at, *call)) return call->close + 1;
    if (call && between(at, *call)) return call->close + 1;
    out_.push_back(in_[at]);
    return at + 1;
  }

  bool sum_along(std::size_t name, const Call& call) {
    const std::string_view word = in_[name].text;
    if ((word != "sum" && word != "mean") || call.commas.empty()) return false;
    const auto axis = axis_of(in_, call);
    if (!axis) return false;
    Token renamed = in_[name];
    renamed.text = *axis == 0 ? (word == "sum" ? "column_sums" : "column_means")
                              : (word == "sum" ? "row_sums" : "row_means");
    out_.push_back(std::move(renamed));
    out_.push_back(in_[name + 1]);
    copy(name + 2, call.commas.front());
    out_.push_back(in_[call.close]);
    return true;
  }

  bool between(std::size_t name, const Call& call) {
    if (call.commas.size() != 1) return false;
    for (const BinaryCall& one : binary_calls) {
      if (in_[name].text != one.name) continue;
      const std::size_t comma = call.commas.front();
      out_.push_back(in_[name + 1]);
      out_.push_back(in_[name + 1]);
      copy(name + 2, comma);
      out_.push_back(sign_at(")", in_[comma]));
      out_.push_back(sign_at(one.sign, in_[comma]));
      out_.push_back(sign_at("(", in_[comma]));
      copy(comma + 1, call.close);
      out_.push_back(in_[call.close]);
      out_.push_back(in_[call.close]);
      return true;
    }
    return false;
  }

  /// With the calls in them.
  void copy(std::size_t begin, std::size_t end) {
    const auto first = in_.begin();
    for (Token& token : with_program_calls(TokenList(first + static_cast<std::ptrdiff_t>(begin),
                                                     first + static_cast<std::ptrdiff_t>(end))))
      out_.push_back(std::move(token));
  }

  TokenList in_, out_;
};

}  // namespace

std::vector<Token> with_program_calls(std::vector<Token> tokens) {
  return ProgramCalls(std::move(tokens)).run();
}

std::vector<Token> with_indicators(std::vector<Token> tokens) {
  const auto multiplies = [&](std::size_t at) {
    return at < tokens.size() && (tokens[at].is("*") || tokens[at].is(".*"));
  };
  TokenList result;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    std::size_t close = at, sign = 0;
    bool plain = tokens[at].is("(");
    while (plain && ++close < tokens.size() && !tokens[close].is(")")) {
      const bool compares = tokens[close].is(">") || tokens[close].is("≥");
      plain = !tokens[close].is("(") && !tokens[close].is(",") && !tokens[close].is_word("if") &&
              !tokens[close].is("=") && !(compares && sign > 0);
      if (compares) sign = close;
    }
    plain = plain && close < tokens.size() && sign > at + 1 && sign + 1 < close &&
            (multiplies(close + 1) || (at > 0 && multiplies(at - 1)));
    if (!plain) {
      result.push_back(tokens[at]);
      continue;
    }
    const Span place{tokens[sign].span.begin, tokens[sign].span.begin};
    result.push_back(tokens[at]);
    result.push_back({Token::Kind::number, "1", {tokens[at].span.begin, tokens[at].span.begin}});
    result.push_back({Token::Kind::name, "if", place});
    result.insert(result.end(), tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                  tokens.begin() + static_cast<std::ptrdiff_t>(close));
    result.push_back(sign_at(",", tokens[sign]));
    result.push_back({Token::Kind::name, "else", place});
    result.push_back({Token::Kind::number, "0", place});
    result.push_back(tokens[close]);
    at = close;
  }
  return result;
}

std::vector<Token> with_commas_in_maxima(std::vector<Token> tokens) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool extreme = tokens[at].is_word("max") || tokens[at].is_word("min") ||
                         tokens[at].is_word("máx") || tokens[at].is_word("mín");
    if (!extreme || at + 1 >= tokens.size() || !tokens[at + 1].is("(")) continue;
    tokens[at].text =
        tokens[at].text.starts_with("ma") || tokens[at].text.starts_with("má") ? "max" : "min";
    int depth = 0;
    for (std::size_t inside = at + 1; inside < tokens.size(); ++inside) {
      depth += tokens[inside].is("(") ? 1 : tokens[inside].is(")") ? -1 : 0;
      if (depth == 0) break;
      if (depth == 1 && tokens[inside].is(";")) tokens[inside].text = ",";
    }
  }
  return tokens;
}

}  // namespace chalkgrad
