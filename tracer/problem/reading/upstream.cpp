#include "tracer/problem/reading/upstream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace chalkgrad {

namespace {

struct UpstreamStatement {
  std::size_t at = 0;  ///< of the lines
  std::string of{}, wrt{}, constant{};
  std::size_t equals = 0;  ///< where its '=' stands
  bool is_array = false;
};

bool is_given_derivative(const std::vector<Token>& line) {
  if (line.size() < 5 || !line[0].is_word("given")) return false;
  return line[1].is("∂") || (line[1].kind == Token::Kind::name && line[1].text.size() > 1 &&
                             line[1].text.starts_with('d') && line[2].is("/"));
}

/// dL or ∂ L, from there; the name and how many tokens it takes.
std::optional<std::pair<std::string, std::size_t>> differential(const std::vector<Token>& line,
                                                                std::size_t at) {
  if (at >= line.size()) return std::nullopt;
  if (line[at].is("∂") && at + 1 < line.size() && line[at + 1].kind == Token::Kind::name)
    return std::pair{line[at + 1].text, std::size_t{2}};
  if (line[at].kind != Token::Kind::name || line[at].text.size() < 2 ||
      !line[at].text.starts_with('d'))
    return std::nullopt;
  return std::pair{line[at].text.substr(1), std::size_t{1}};
}

std::optional<UpstreamStatement> statement_of(const std::vector<Token>& line, std::size_t at) {
  const auto above = differential(line, 1);
  if (!above || 1 + above->second >= line.size() || !line[1 + above->second].is("/"))
    return std::nullopt;
  const std::size_t lower = 2 + above->second;
  const auto below = differential(line, lower);
  if (!below || lower + below->second + 1 >= line.size() || !line[lower + below->second].is("="))
    return std::nullopt;
  UpstreamStatement one{at, above->first, below->first, {}, lower + below->second};
  one.is_array = line[one.equals + 1].is("[");
  return one;
}

class Upstream {
 public:
  Upstream(std::vector<WrittenLine>& lines, Draft& draft) : lines_(lines), draft_(draft) {
    for (const WrittenLine& line : lines)
      for (const Token& token : line.tokens)
        if (token.kind == Token::Kind::name) names_.insert(token.text);
  }

  void run() {
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      const auto& line = lines_[at].tokens;
      if (!is_given_derivative(line)) continue;
      auto one = statement_of(line, at);
      if (!one) {
        draft_.fail({lines_[at].number, line[1].span}, "this derivative is not understood",
                    "as in given dL/dz = [1, 2]");
        lines_[at].tokens.clear();
        continue;
      }
      one->constant = free_name("g_" + one->wrt);
      outputs_[one->of].push_back(*one);
    }
    std::vector<WrittenLine> added;
    for (const auto& [output, given_ones] : outputs_)
      if (!refuse_defined(output, given_ones)) write_out(output, given_ones, added);
    lines_.insert(lines_.end(), added.begin(), added.end());
  }

 private:
  std::string free_name(std::string name) {
    while (!names_.insert(name).second) name += "_";
    return name;
  }

  /// L that has a formula has its derivatives from that.
  bool refuse_defined(const std::string& output, const std::vector<UpstreamStatement>& given_ones) {
    const bool defined = std::any_of(lines_.begin(), lines_.end(), [&](const WrittenLine& line) {
      return line.tokens.size() > 1 && line.tokens[0].is_word(output) && line.tokens[1].is("=");
    });
    if (!defined) return false;
    for (const UpstreamStatement& one : given_ones) {
      draft_.fail({lines_[one.at].number, lines_[one.at].tokens[1].span},
                  fmt::format("'{}' has a definition, so its derivatives are not given", output),
                  "leave out one of the two");
      lines_[one.at].tokens.clear();
    }
    return true;
  }

  void write_out(const std::string& output, const std::vector<UpstreamStatement>& given_ones,
                 std::vector<WrittenLine>& added) {
    const UpstreamStatement& first = given_ones.front();
    const Span place = lines_[first.at].tokens[1].span;
    WrittenLine definition{lines_[first.at].number, 0, {}};
    const auto push = [&](Token::Kind kind, std::string text) {
      definition.tokens.push_back({kind, std::move(text), place});
    };
    push(Token::Kind::name, output);
    push(Token::Kind::sign, "=");
    for (const UpstreamStatement& one : given_ones) {
      if (&one != &first) push(Token::Kind::sign, "+");
      if (one.is_array) {
        push(Token::Kind::name, "sum");
        push(Token::Kind::sign, "(");
      }
      push(Token::Kind::name, one.constant);
      push(Token::Kind::sign, one.is_array ? ".*" : "*");
      push(Token::Kind::name, one.wrt);
      if (one.is_array) push(Token::Kind::sign, ")");
      declare(one);
      draft_.problem.upstream.push_back({output, one.wrt, one.constant});
    }
    push(Token::Kind::end, "");
    added.push_back(std::move(definition));
  }

  /// given dL/dz = … as constant g_z = …
  void declare(const UpstreamStatement& one) {
    std::vector<Token>& line = lines_[one.at].tokens;
    const Span place = line[1].span;
    std::vector<Token> tokens = {{Token::Kind::name, "constant", line[0].span},
                                 {Token::Kind::name, one.constant, place}};
    tokens.insert(tokens.end(), line.begin() + static_cast<std::ptrdiff_t>(one.equals), line.end());
    line = std::move(tokens);
  }

  std::vector<WrittenLine>& lines_;
  Draft& draft_;
  std::set<std::string> names_;
  std::map<std::string, std::vector<UpstreamStatement>> outputs_;
};

}  // namespace

void write_out_upstream(std::vector<WrittenLine>& lines, Draft& draft) {
  Upstream(lines, draft).run();
}

}  // namespace chalkgrad
