#include "tracer/problem/reading/array_scan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "tracer/expression/name.hpp"
#include "tracer/problem/reading/derivatives.hpp"
#include "tracer/problem/reading/scan.hpp"

namespace chalkgrad {

namespace {

bool is_name_of_member(const Token& token) {
  return token.kind == Token::Kind::name && without_sample(token.text) != token.text;
}

bool is_given_word(const Token& token) {
  for (const Role role : {Role::input, Role::weight, Role::bias, Role::target, Role::constant})
    if (token.is_word(role_name(role))) return true;
  return false;
}

bool is_request(const std::vector<Token>& line) {
  return line.size() > 1 && (line[1].kind == Token::Kind::name || line[1].is("∂")) &&
         (line[0].is_word("derive") || line[0].is_word("update") || line[0].is_word("ascend") ||
          line[0].is_word("expect") || line[0].is_word("alias") || line[0].is_word("require"));
}

/// What a line defines, a member of a family under its own name and the family's.
std::vector<std::string> defined_in(const std::vector<Token>& line) {
  DefinedNames defined = defined_names(line);
  std::vector<std::string> names = std::move(defined.names);
  names.insert(names.end(), defined.units.begin(), defined.units.end());
  for (std::size_t i = names.size(); i-- > 0;)
    if (const std::string_view base = without_sample(names[i]); base != names[i])
      names.emplace_back(base);
  return names;
}

bool is_definition(const std::vector<Token>& line) {
  if (line.size() < 3 || line[0].kind != Token::Kind::name || is_function_definition(line))
    return false;
  if (line[0].is_word("layer") && line[1].kind == Token::Kind::name) return true;
  const bool list = line[1].is("=") || line[1].is(",") || line[1].is("..");
  return list &&
         std::any_of(line.begin(), line.end(), [](const Token& token) { return token.is("="); });
}

class ReadingOrder {
 public:
  ReadingOrder(const std::vector<WrittenLine>& lines, std::size_t count, Draft& draft)
      : lines_(lines), count_(count), draft_(draft), state_(count, State::fresh) {}

  std::vector<std::size_t> run() {
    for (std::size_t i = 0; i < count_; ++i) {
      const auto& line = lines_[i].tokens;
      if (is_definition(line)) {
        for (const std::string& name : defined_in(line)) definers_[name].push_back(i);
      } else if (!is_request(line)) {
        order_.push_back(i);
      }
    }
    for (std::size_t i = 0; i < count_; ++i)
      if (is_function_definition(lines_[i].tokens)) functions_[lines_[i].tokens[0].text] = i;
    for (std::size_t i = 0; i < count_; ++i)
      if (is_definition(lines_[i].tokens)) visit(i);
    for (std::size_t i = 0; i < count_; ++i)
      if (is_request(lines_[i].tokens)) order_.push_back(i);
    return std::move(order_);
  }

 private:
  enum class State { fresh, open, done };
  struct Visit {
    std::size_t line;
    std::vector<std::size_t> needs;
    std::size_t next = 0;
  };

  [[nodiscard]] std::vector<std::size_t> needs_of(std::size_t line) const {
    // Also what the functions need that it calls: y = f(x) needs W where f(v) = W*v.
    std::vector<std::size_t> needs, waiting = {line};
    std::set<std::size_t> functions;
    while (!waiting.empty()) {
      const std::size_t next = waiting.back();
      waiting.pop_back();
      for (const std::size_t function : add_needs(next, needs))
        if (functions.insert(function).second) waiting.push_back(function);
    }
    return needs;
  }

  /// Returns the lines of the functions that it calls.
  std::vector<std::size_t> add_needs(std::size_t line, std::vector<std::size_t>& needs) const {
    std::vector<std::size_t> called;
    const auto& tokens = lines_[line].tokens;
    std::set<std::string> parameters;
    if (is_function_definition(tokens))
      for (std::size_t i = 2; i < tokens.size() && !tokens[i].is(")"); ++i)
        parameters.insert(tokens[i].text);
    const bool layer = tokens[0].is_word("layer") && !tokens[1].is("=");
    std::size_t at = 1;
    while (!layer && at < tokens.size() && !tokens[at].is("=")) ++at;
    while (layer && at < tokens.size() && !tokens[at].is_word("from")) ++at;
    for (; at < tokens.size(); ++at) {
      if (tokens[at].kind != Token::Kind::name || parameters.contains(tokens[at].text)) continue;
      const auto function = functions_.find(tokens[at].text);
      if (function != functions_.end()) called.push_back(function->second);
      auto found = definers_.find(tokens[at].text);
      if (found == definers_.end() && is_name_of_member(tokens[at]) &&
          !draft_.arrays.families.contains(std::string(without_sample(tokens[at].text))))
        found = definers_.find(std::string(without_sample(tokens[at].text)));
      if (found != definers_.end())
        needs.insert(needs.end(), found->second.begin(), found->second.end());
    }
    return called;
  }

  void visit(std::size_t root) {
    if (state_[root] != State::fresh) return;
    std::vector<Visit> path = {{root, needs_of(root)}};
    state_[root] = State::open;
    while (!path.empty()) {
      Visit& top = path.back();
      if (top.next == top.needs.size()) {
        state_[top.line] = State::done;
        if (!broken_.contains(top.line)) order_.push_back(top.line);
        path.pop_back();
        continue;
      }
      const std::size_t need = top.needs[top.next++];
      if (state_[need] == State::open) {
        report_circle(path, need);
      } else if (state_[need] == State::fresh) {
        state_[need] = State::open;
        path.push_back({need, needs_of(need)});
      }
    }
  }

  void report_circle(const std::vector<Visit>& path, std::size_t begin) {
    std::vector<std::size_t> circle;
    for (const Visit& open : path)
      if (!circle.empty() || open.line == begin) circle.push_back(open.line);
    if (std::any_of(circle.begin(), circle.end(),
                    [&](std::size_t line) { return broken_.contains(line); }))
      return;
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    broken_.insert(circle.begin(), circle.end());
    const auto name = [&](std::size_t line) { return defined_in(lines_[line].tokens).front(); };
    std::vector<std::string> names;
    for (const std::size_t line : circle) {
      names.push_back(name(line));
      draft_.excused.add(lines_[line].tokens);
      for (const std::string& one : defined_in(lines_[line].tokens)) draft_.excused.add(one);
    }
    names.push_back(names.front());
    const WrittenLine& first = lines_[circle.front()];
    draft_.fail({first.number, first.tokens[0].span},
                fmt::format("'{}' needs itself: {}", names.front(), fmt::join(names, " needs ")),
                "a definition cannot go in a circle");
  }

  const std::vector<WrittenLine>& lines_;
  std::size_t count_;
  Draft& draft_;
  std::vector<State> state_;
  std::map<std::string, std::vector<std::size_t>> definers_;
  std::map<std::string, std::size_t> functions_;
  std::set<std::size_t> broken_;
  std::vector<std::size_t> order_;
};

}  // namespace

bool has_arrays(const std::vector<WrittenLine>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const WrittenLine& line) {
    const auto& tokens = line.tokens;
    if (is_loop(tokens)) return true;
    const bool head = !tokens.empty() && (is_given_word(tokens[0]) || tokens[0].is_word("samples"));
    const bool defines = tokens.size() > 1 && is_name_of_member(tokens[0]) && tokens[1].is("=");
    const bool defines_something = tokens.size() > 1 && tokens[1].is("=");
    return defines || std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
             return token.is("[") || (head && is_name_of_member(token)) ||
                    (defines_something && gives_derivatives(token.text));
           });
  });
}

void find_families(const std::vector<WrittenLine>& lines, Arrays& arrays) {
  // With samples y[2] is y in the second one, and defined for all of them at once.
  const bool samples = std::any_of(lines.begin(), lines.end(), [](const WrittenLine& line) {
    return line.tokens.size() > 1 && line.tokens[0].is_word("samples") && !line.tokens[1].is("=");
  });
  if (samples) return;
  for (const WrittenLine& line : lines) {
    const auto& tokens = line.tokens;
    if (tokens.size() > 2 && is_name_of_member(tokens[0]) && tokens[1].is("="))
      arrays.families.emplace(without_sample(tokens[0].text));
    if (tokens.empty() || !is_given_word(tokens[0])) continue;
    for (const Token& token : tokens)
      if (token.kind == Token::Kind::name && token.text.ends_with("[0]"))
        arrays.families.emplace(without_sample(token.text));
  }
}

std::vector<std::size_t> order_of_reading(const std::vector<WrittenLine>& lines, std::size_t count,
                                          Draft& draft) {
  return ReadingOrder(lines, count, draft).run();
}

std::vector<Token> with_element_name(const std::vector<Token>& line) {
  if (line.size() < 4 || line[0].kind != Token::Kind::name || !line[1].is("[")) return line;
  std::size_t close = 1;
  Token name = line[0];
  while (close < line.size() && !line[close].is("=")) name.text += line[close++].text;
  name.span.end = line[close - 1].span.end;
  std::vector<Token> result = {std::move(name)};
  result.insert(result.end(), line.begin() + static_cast<long>(close), line.end());
  return result;
}

}  // namespace chalkgrad
