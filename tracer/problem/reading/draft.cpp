#include "tracer/problem/reading/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <set>

#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/name_range.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/statements.hpp"

namespace chalkgrad {

void Draft::fail(Place place, std::string message, std::string hint) {
  errors.push_back({place.line, place.span, std::move(message), std::move(hint)});
}

void Draft::warn(Place place, std::string message, std::string hint) {
  problem.warnings.push_back({place.line, place.span, std::move(message), std::move(hint), true});
}

ParseContext Draft::context() {
  return {
      [this](std::string_view name) { return names.contains(std::string(without_sample(name))); },
      [this](const Token& name, const ArgumentLists& lists) {
        return functions.expand(*this, name, lists);
      },
      [this] { return functions.all(); }};
}

void Draft::add(Item item) {
  if (Setting* setting = take_setting(item.name)) apply_setting(item, *setting);
  if (sample_of(item.name) != 0) {
    fail(item.place, "a quantity is defined for all samples at once",
         fmt::format("write {}", without_sample(item.name)));
    return;
  }
  const auto [known, added] = problem.index.try_emplace(item.name, problem.items.size());
  if (!added) {
    fail(item.place, fmt::format("'{}' is defined twice", item.name),
         fmt::format("first in line {}", problem.items[known->second].place.line));
    return;
  }
  if (functions.is_own(item.name))
    fail(item.place, fmt::format("'{}' is the name of a function already", item.name));
  problem.items.push_back(std::move(item));
}

void Draft::add_setting(const std::string& name, std::size_t line,
                        const std::vector<Token>& tokens) {
  const auto [known, added] = settings_.try_emplace(name, Setting{line, &tokens});
  if (!added) fail({line, tokens[0].span}, fmt::format("'{}' is set twice", name));
}

bool Draft::is_set(const std::string& name, const std::string& value) const {
  if (name.empty()) return settings_.empty();
  const auto found = settings_.find(name);
  if (settings_.size() != 1 || found == settings_.end()) return false;
  std::string text;
  for (std::size_t i = 2; i < found->second.tokens->size(); ++i)
    text += found->second.tokens->at(i).text;
  return text == value;
}

Draft::Setting* Draft::take_setting(const std::string& name) {
  const auto found = settings_.find(name);
  if (found == settings_.end()) return nullptr;
  found->second.used = true;
  return &found->second;
}

/// A number for a given quantity, a definition for a defined one.
void Draft::apply_setting(Item& item, Setting& setting) {
  Statement statement{*this, setting.line, *setting.tokens};
  try {
    statement.name();
    statement.parser.expect("=");
    if (item.definition) {
      item.spans.clear();
      read_right_side(statement, item);
    } else {
      item.number = read_number(statement, item);
    }
    if (statement.parser.peek().is(","))
      statement.left_over_hint =
          "a fraction is written with a point, another name with --set again";
    expect_end(statement);
  } catch (const SyntaxError& error) {
    fail({setting.line, error.span}, error.what(), error.hint);
  }
}

void Draft::check() {
  check_mentions();
  check_settings();
  check_use();
}

/// What is given and never used, and a rate that no update has.
void Draft::check_use() {
  std::set<std::string, std::less<>> used;
  for (const Mention& one : mentions_) used.insert(one.name);
  for (const Mention& one : columns) used.insert(one.name);
  // Also what a layer or a function stands for.
  for (const Item& item : problem.items)
    if (item.definition)
      for_each_leaf(*item.definition, [&](const Expr& leaf) {
        if (leaf.is(Expr::Kind::symbol)) used.insert(leaf.text());
      });
  static constexpr std::array rates = {
      "lr", "learning_rate", "learningrate", "eta", "rate", "alpha", "η", "α"};
  for (const Item& item : problem.items) {
    if (used.contains(item.name) || sample_of(item.name) != 0) continue;
    const bool is_number = !item.definition || item.definition->is(Expr::Kind::number);
    if (is_number && std::find(rates.begin(), rates.end(), item.name) != rates.end()) {
      warn(item.place, fmt::format("'{}' is used by nothing", item.name),
           "the rate stands in the update, as in update all rate 0.5");
    } else if (!item.definition) {
      warn(item.place, fmt::format("'{}' is given, but nothing uses it", item.name));
    }
  }
}

/// Every name used must be defined; an unknown one is reported where it is first used.
void Draft::check_mentions() {
  std::vector<std::string_view> known;
  for (const Item& item : problem.items) known.push_back(item.name);
  constexpr std::size_t most_unknown = 100;  // more would not be read
  std::set<std::string> reported;
  for (const auto& [name, place, in_formula] : mentions_) {
    const bool updated = name.ends_with(updated_mark);
    const std::string base = updated ? name.substr(0, name.size() - updated_mark.size()) : name;
    // A name whose own line could not be read has been reported there.
    const std::string item(without_sample(base));
    const bool is_known = problem.index.contains(base) || names.contains(base) ||
                          (item != base && names.contains(item) && !errors.empty());
    if ((!updated && is_known) || !reported.insert(name).second) continue;
    std::string hint = did_you_mean(name, known);
    const auto other_case = std::find_if(known.begin(), known.end(), [&](std::string_view one) {
      return std::equal(one.begin(), one.end(), base.begin(), base.end(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) ==
               std::tolower(static_cast<unsigned char>(b));
      });
    });
    if (other_case != known.end()) hint = fmt::format("did you mean '{}'?", *other_case);
    if (const auto unit = units.find(base); unit != units.end())
      hint = fmt::format("the output of this unit is '{}'", unit->second);
    if (item != base && problem.index.contains(name_in_sample(item, 1)))
      hint = fmt::format("there are {} samples", problem.samples.count);
    if (name == "e" && in_formula) hint = "for a power of e, write exp(x)";
    if (hint.empty() && (function_named(name) || functions.is_own(name)))
      hint = "a function needs its arguments in brackets";
    const Token shown{Token::Kind::name, name, {}};
    fail(place, "unknown quantity " + describe(shown), std::move(hint));
    if (reported.size() == most_unknown) break;
  }
}

void Draft::check_settings() {
  std::vector<std::string_view> known = functions.own_names();
  for (const Item& item : problem.items) known.push_back(item.name);
  for (const auto& [name, setting] : settings_) {
    if (setting.used || names.contains(name)) continue;
    const Token& token = setting.tokens->front();
    fail({setting.line, token.span}, fmt::format("the file has no {} to replace", describe(token)),
         did_you_mean(name, known));
  }
}

std::string Statement::numeral() {
  const std::string sign = parser.accept("-") ? "-" : "";
  if (sign.empty()) parser.accept("+");
  if (parser.peek().kind != Token::Kind::number) parser.fail_expecting("a number");
  return sign + parser.next().text;
}

std::size_t Statement::whole_number(std::size_t least, std::size_t most) {
  const Token& token = parser.peek();
  constexpr std::size_t most_digits = 15;
  const bool digits = token.kind == Token::Kind::number && token.text.size() <= most_digits &&
                      token.text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) parser.fail_expecting("a whole number");
  const std::size_t number = std::stoull(token.text);
  if (number < least || number > most)
    throw SyntaxError(token.span, fmt::format("expected a whole number from {} to {}, but found {}",
                                              least, most, describe(token)));
  parser.next();
  return number;
}

const Token& Statement::name() {
  if (parser.peek().kind != Token::Kind::name) parser.fail_expecting("a name");
  return parser.next();
}

std::vector<Mention> Statement::name_list() {
  std::vector<Mention> list;
  do {
    const Token& first = name();
    if (!parser.accept("..")) {
      list.push_back({first.text, place(first.span)});
      continue;
    }
    const Token& last = name();
    for (std::string& one : names_between(first, last))
      list.push_back({std::move(one), place({first.span.begin, last.span.end})});
  } while (parser.accept(","));
  return list;
}

std::vector<Mention> Statement::mentioned_names() {
  std::vector<Mention> list = name_list();
  for (const Mention& one : list) draft.mention(one.name, one.place);
  return list;
}

std::string Statement::mentioned_name() {
  const Token& token = name();
  draft.mention(token.text, place(token.span));
  return token.text;
}

void Statement::read_body(Item& item) {
  const Span first = parser.peek().span;
  item.definition = parser.expression();
  std::size_t end = first.end;
  for (const Token& token : tokens)
    if (token.span.end <= parser.peek().span.begin) end = std::max(end, token.span.end);
  item.body = place({first.begin, end});
  std::vector<const Expr*> waiting = {&*item.definition};
  while (!waiting.empty()) {
    const Expr& e = *waiting.back();
    waiting.pop_back();
    for (auto part = e.parts().rbegin(); part != e.parts().rend(); ++part)
      waiting.push_back(&part->expr);
    const auto span = parser.span_of(e);
    if (span) item.spans[e.identity()] = *span;
    const Place where = place(span.value_or(item.body.span));
    if (e.is(Expr::Kind::symbol)) draft.mention(e.text(), where, true);
    if (e.is(Expr::Kind::derivative) || e.is(Expr::Kind::cases)) {
      draft.fail(
          where, "a definition is made of quantities, numbers and functions only",
          e.is(Expr::Kind::cases) ? "use relu, abs, max or step" : "derivatives are derived");
    }
  }
}

}  // namespace chalkgrad
