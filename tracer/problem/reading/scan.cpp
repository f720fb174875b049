#include "tracer/problem/reading/scan.hpp"

#include <algorithm>

#include "tracer/expression/name_range.hpp"
#include "tracer/numerals/ascii.hpp"
#include "tracer/problem/problem.hpp"
#include "tracer/problem/reading/hints.hpp"

namespace chalkgrad {

namespace {

bool is_name_token(const Token& token) { return token.kind == Token::Kind::name; }

bool is_role_word(const Token& token) {
  for (const Role role : {Role::input, Role::weight, Role::bias, Role::target, Role::constant})
    if (token.is_word(role_name(role))) return true;
  return false;
}

bool is_request_word(const Token& token) {
  return token.is_word("derive") || token.is_word("update") || token.is_word("ascend") ||
         token.is_word("expect") || token.is_word("alias") || token.is_word("require");
}

/// sqrt(2) and pi in a list of numbers, and not a name behind a comma.
bool is_part_of_number(const std::vector<Token>& line, std::size_t i) {
  const Token none, &after = i + 1 < line.size() ? line[i + 1] : none;
  const bool constant = line[i].is_word("pi") || line[i].is_word("π");
  return after.is("(") || (constant && !after.is("="));
}

/// Names in places where a name is defined: at the beginning, and behind a comma or a range.
DefinedNames names_in_list(const std::vector<Token>& line, std::size_t begin, bool units) {
  DefinedNames defined;
  for (std::size_t i = begin; i < line.size(); ++i) {
    if (units && line[i].is_word("from")) break;
    if (!is_name_token(line[i]) || (i > begin && is_part_of_number(line, i)) ||
        (i > begin && !line[i - 1].is(",") && !line[i - 1].is(";") && !line[i - 1].is("..")))
      continue;
    std::vector<std::string> found = {line[i].text};
    if (line[i - (i > begin ? 1 : 0)].is("..") && i > begin + 1) {
      try {
        found = names_between(line[i - 2], line[i]);
      } catch (const SyntaxError&) {
        found.push_back(line[i - 2].text);  // reported when the line is read
      }
    }
    for (std::string& name : found) {
      if (units) defined.names.insert(defined.names.end(), {"net_" + name, "out_" + name});
      (units ? defined.units : defined.names).push_back(std::move(name));
    }
  }
  return defined;
}

/// Where the equals sign stands in `a, b, c1..c3 = …`; 0 if the line is something else.
std::size_t equals_sign(const std::vector<Token>& line) {
  std::size_t at = 0;
  while (at < line.size() && (is_name_token(line[at]) || line[at].is(",") || line[at].is("..")) &&
         (at == 0 || !is_name_token(line[at]) || !is_name_token(line[at - 1])))
    ++at;
  const bool single = at + 1 >= line.size() || !line[at + 1].is("=");
  return at < line.size() && line[at].is("=") && single ? at : 0;
}

std::string stem_of(const std::string& name) {
  std::size_t end = name.size();
  while (end > 0 && is_digit(name[end - 1])) --end;
  return name.substr(0, end);
}

}  // namespace

bool is_function_definition(const std::vector<Token>& line) {
  if (line.size() < 5 || !is_name_token(line[0]) || !line[1].is("(")) return false;
  std::size_t at = 2;
  while (at + 1 < line.size() && (is_name_token(line[at]) || line[at].is(","))) ++at;
  return line[at].is(")") && line[at + 1].is("=");
}

DefinedNames defined_names(const std::vector<Token>& line) {
  if (line.size() < 2 || !is_name_token(line[0])) return {};
  if (line[0].is_word("layer") && is_name_token(line[1])) return names_in_list(line, 1, true);
  // Also of a line that cannot be read, so that its names are not reported as unknown.
  if (is_name_token(line[1])) {
    // `expect E = 1` defines neither.
    return is_request_word(line[0]) ? DefinedNames{} : names_in_list(line, 1, false);
  }
  const std::size_t equals = equals_sign(line);
  if (equals == 0) return {};
  return names_in_list({line.begin(), line.begin() + static_cast<long>(equals)}, 0, false);
}

std::vector<Token> readable_tokens(std::string_view line) {
  std::vector<Token> tokens;
  const auto append = [&](std::string_view text) {
    std::vector<Token> found = tokenize(text);
    found.pop_back();  // the end
    tokens.insert(tokens.end(), found.begin(), found.end());
  };
  constexpr int most_errors = 20;  // then it is no formula
  for (int i = 0; i < most_errors; ++i) {
    std::size_t good = 0, bad = 0;
    try {
      append(line);
      break;
    } catch (const SyntaxError& error) {
      good = error.span.begin;
      bad = std::clamp<std::size_t>(error.span.end, 1, line.size());
    }
    try {
      append(line.substr(0, good));
    } catch (const SyntaxError&) {
      // An open quote, say: no names there.
    }
    line.remove_prefix(bad);
  }
  return tokens;
}

void Excused::add(const std::vector<Token>& line) {
  if (line.empty() || is_request_word(line[0]) || line[0].is_word("title") ||
      line[0].is_word("seed"))
    return;
  const auto equals_signs =
      std::count_if(line.begin(), line.end(), [](const Token& token) { return token.is("="); });
  if (const std::size_t equals = equals_sign(line); equals > 0 && equals_signs == 1) {
    const auto left =
        names_in_list({line.begin(), line.begin() + static_cast<long>(equals)}, 0, false);
    names_.insert(left.names.begin(), left.names.end());
    return;
  }
  const bool is_layer = line[0].is_word("layer");
  anything_ = anything_ || !is_role_word(line[0]);
  for (const Token& token : line) {
    const bool quoted = token.kind == Token::Kind::string;
    if ((!is_name_token(token) && !quoted) || is_statement_word(token.text)) continue;
    std::vector<std::string> found = {token.text};
    if (is_layer) found.insert(found.end(), {"net_" + token.text, "out_" + token.text});
    for (const std::string& name : found) {
      names_.insert(name);
      stems_.insert(stem_of(name));
    }
  }
}

bool Excused::contains(const std::string& name) const {
  if (names_.contains(name)) return true;
  const std::string stem = stem_of(name);
  return stem.size() < name.size() && stems_.contains(stem);
}

}  // namespace chalkgrad
