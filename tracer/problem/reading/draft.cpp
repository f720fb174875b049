#include "tracer/problem/reading/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/name_range.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/expression/unreadable.hpp"
#include "tracer/problem/reading/derivatives.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/statements.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view vectors_hint = "an array of them is defined as in x = [x1, x2]";

}  // namespace

void Draft::fail(Place place, std::string message, std::string hint) {
  // What is wrong in one place is wrong once: a unit defined twice has two quantities.
  if (!errors.empty() && errors.back().line == place.line &&
      errors.back().span.begin == place.span.begin && place.span.end > place.span.begin)
    return;
  errors.push_back({place.line, place.span, std::move(message), std::move(hint)});
}

void Draft::warn(Place place, std::string message, std::string hint) {
  problem.warnings.push_back({place.line, place.span, std::move(message), std::move(hint), true});
}

ArrayScope Draft::array_scope() const {
  return {[this](const std::string& symbol) { return arrays.grid_of(symbol); },
          [this](const std::string& name) { return functions.own(name); }};
}

ParseContext Draft::context(std::size_t line) {
  return {
      [this](std::string_view name) { return names.contains(std::string(without_sample(name))); },
      [this, line](const Token& name, const ArgumentLists& lists) {
        const bool lone = !arrays.in_file && lists.size() == 1 && lists[0].size() == 1 &&
                          (name.text == "sum" || name.text == "mean") &&
                          !lists[0][0].is(Expr::Kind::number);
        if (lone) lone_sums.push_back({{line, name.span}, name.text});
        if (auto called = derivatives_called(*this, name, lists)) return called;
        auto expanded = functions.expand(*this, name, lists);
        // A function whose own line could not be read has been reported there.
        if (!expanded && excused.contains(name.text)) return std::optional<Expr>(0.0);
        return expanded;
      },
      [this] { return functions.all(); },
      arrays.in_file,
      [this](std::string_view name) { return arrays.find(std::string(name)) != nullptr; },
      [this](const Token& name, const std::vector<ArrayIndex>& indices) {
        // One mistake has one message: a member that is missing because of another is not reported.
        const bool excused_member = !errors.empty() && arrays.families.contains(name.text);
        try {
          return arrays.element(name, indices);
        } catch (const SyntaxError&) {
          if (!excused_member) throw;
          return std::optional<Expr>(0.0);
        }
      }};
}

void Draft::add(Item item) {
  if (Setting* setting = take_setting(item.name)) apply_setting(item, *setting);
  if (sample_of(item.name) != 0) {
    const std::string name(without_sample(item.name));
    if (excused.contains(name)) return;
    excused.add(name);
    if (samples_place) {
      fail(item.place, "a quantity is defined for all samples at once",
           fmt::format("write {}", name));
    } else {
      fail(item.place, fmt::format("'{}' would be '{}' in a sample", item.name, name),
           fmt::format("a name has no brackets: {}{}", name, sample_of(item.name)));
    }
    return;
  }
  const auto [known, added] = problem.index.try_emplace(item.name, problem.items.size());
  if (!added) {
    fail(item.place, fmt::format("'{}' is defined twice", item.name),
         fmt::format("first in line {}", problem.items[known->second].place.line));
    return;
  }
  if (const Array* array = arrays.find(item.name))
    fail(item.place, fmt::format("'{}' is an array already", item.name),
         fmt::format("in line {}", array->line));
  if (functions.is_own(item.name) && item.role != Role::function)
    fail(item.place, fmt::format("'{}' is the name of a function already", item.name));
  problem.items.push_back(std::move(item));
}

void Draft::add_setting(const std::string& name, std::size_t line,
                        const std::vector<Token>& tokens) {
  const auto [known, added] = settings_.try_emplace(name, Setting{line, &tokens});
  if (!added) fail({line, tokens[0].span}, fmt::format("'{}' is set twice", name));
}

void Draft::rename_setting(const std::string& name, const std::string& quantity) {
  auto setting = settings_.extract(name);
  if (setting.empty() || name == quantity) return;
  setting.key() = quantity;
  settings_.insert(std::move(setting));
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
      read_given(statement, item);
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
}

/// Whether another message says why the name is not known.
bool Draft::is_excused(const Mention& mention, const std::string& base) const {
  const std::string item(without_sample(base));
  const bool sample = item != base && names.contains(item) && !errors.empty();
  const bool requested = !mention.in_formula && excused.may_be_anything();
  return sample || requested || excused.contains(item);
}

/// Every name used must be defined; an unknown one is reported where it is first used.
void Draft::check_mentions() {
  constexpr std::size_t most_unknown = 100;  // more would not be read
  std::set<std::string> reported;
  std::size_t line_of_vectors = 0;  // where vectors were reported: once for each line
  for (const Mention& mention : mentions_) {
    const std::string& name = mention.name;
    const bool updated = name.ends_with(updated_mark);
    const std::string base = updated ? name.substr(0, name.size() - updated_mark.size()) : name;
    // A name whose own line could not be read has been reported there.
    const std::string array = base.substr(0, base.find('['));
    const bool is_known = problem.index.contains(base) || names.contains(base) ||
                          arrays.find(array) != nullptr || arrays.families.contains(array);
    if (!updated && (is_known || is_excused(mention, base))) continue;
    if (line_of_vectors == mention.place.line || !reported.insert(name).second) continue;
    std::string hint = hint_for_unknown(mention, base);
    if (hint == vectors_hint) {
      if (!excused.is_empty()) continue;
      line_of_vectors = mention.place.line;
    }
    const Token shown{Token::Kind::name, name, {}};
    fail(mention.place, "unknown quantity " + describe(shown), std::move(hint));
    if (reported.size() == most_unknown) break;
  }
}

std::string Draft::hint_for_unknown(const Mention& mention, const std::string& base) const {
  const std::string& name = mention.name;
  const std::string item(without_sample(base));
  if (name.find('[') != std::string::npos && !problem.samples.count)
    return fmt::format("an array is given or defined, as in input {} = [1, 2]",
                       name.substr(0, name.find('[')));
  if (name == "e" && mention.in_formula) return "for a power of e, write exp(x)";
  if (const auto unit = units.find(base); unit != units.end())
    return fmt::format("the output of this unit is '{}'", unit->second);
  if (item != base && problem.index.contains(name_in_sample(item, 1)))
    return fmt::format("there are {} samples", problem.samples.count);
  if (!mention.in_formula && means_all(base)) return "all means all weights and biases";
  if (base == "all") return "say which quantity, as in derive E wrt all";
  if (!mention.in_formula && base.ends_with("_new") &&
      names.contains(base.substr(0, base.size() - 4)))
    return fmt::format("the value after the update is {}+", base.substr(0, base.size() - 4));
  if (problem.index.contains(base + "1") && problem.index.contains(base + "2"))
    return std::string(vectors_hint);
  std::vector<std::string_view> known;
  for (const Item& one : problem.items) known.push_back(one.name);
  const auto find = [&](auto&& is_meant) {
    return std::find_if(known.begin(), known.end(), is_meant);
  };
  const std::string seen = as_it_looks(base);
  const auto twin =
      find([&](std::string_view one) { return as_it_looks(one) == seen && one != base; });
  if (twin != known.end()) {
    const std::string alike = look_alike_in(base);
    return alike.empty() ? fmt::format("the '{}' of line {} has {}", *twin,
                                       problem.find(*twin)->place.line, look_alike_in(*twin))
                         : fmt::format("this has {}, which the other has not", alike);
  }
  const auto other_case = find([&](std::string_view one) {
    return std::equal(one.begin(), one.end(), base.begin(), base.end(), [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) ==
             std::tolower(static_cast<unsigned char>(b));
    });
  });
  if (other_case != known.end()) return fmt::format("did you mean '{}'?", *other_case);
  if (function_named(name) || functions.is_own(name))
    return "a function needs its arguments in brackets";
  return did_you_mean(name, known);
}

void Draft::check_settings() {
  std::vector<std::string_view> known = functions.own_names();
  for (const Item& item : problem.items) known.push_back(item.name);
  for (const auto& [name, setting] : settings_) {
    if (setting.used || names.contains(name)) continue;
    const Token& token = setting.tokens->front();
    const Token& value = setting.tokens->at(2);
    const bool is_function = setting.tokens->at(1).is("(") || function_named(value.text);
    std::string hint = did_you_mean(name, known);
    if (hint.empty() && is_function)
      hint = fmt::format("let the file have {}(z) = sigmoid(z), and use {} in it", name, name);
    fail({setting.line, token.span}, fmt::format("the file has no {} to replace", describe(token)),
         std::move(hint));
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
  if (parser.peek().kind == Token::Kind::string)
    throw SyntaxError(parser.peek().span, "expected a name, but found " + describe(parser.peek()),
                      "a name has no quotes");
  if (parser.peek().kind != Token::Kind::name) parser.fail_expecting("a name");
  return parser.next();
}

Mention Statement::with_brackets(const Token& name) {
  std::string text = name.text;
  Span span = name.span;
  while (parser.peek().is("[") && parser.peek().span.begin == span.end) {
    const Span open = parser.peek().span;
    while (!parser.peek().is("]") && parser.peek().kind != Token::Kind::end)
      text += parser.next().text;
    if (parser.peek().kind == Token::Kind::end) throw SyntaxError(open, "this '[' is never closed");
    span.end = parser.peek().span.end;
    text += parser.next().text;
  }
  return {text, place(span)};
}

std::vector<Mention> Statement::name_list(Stops stops) {
  std::vector<Mention> list;
  do {
    const Token& first = name();
    const bool brackets =
        draft.arrays.in_file && parser.peek().is("[") && parser.peek().span.begin == first.span.end;
    if (brackets || !parser.accept("..")) {
      list.push_back(brackets ? with_brackets(first) : Mention{first.text, place(first.span)});
      continue;
    }
    const Token& last = name();
    for (std::string& one : names_between(first, last))
      list.push_back({std::move(one), place({first.span.begin, last.span.end})});
  } while ((stops == nullptr || !stops(*this, 1)) && parser.accept(","));
  return list;
}

std::vector<Mention> Statement::mentioned_names(Stops stops) {
  std::vector<Mention> list = name_list(stops);
  for (const Mention& one : list) draft.mention(one.name, one.place);
  return list;
}

std::string Statement::mentioned_name() {
  const Token& token = name();
  const Mention one = with_brackets(token);
  draft.mention(one.name, one.place);
  return one.name;
}

void Statement::read_body(Item& item) {
  const ArrayValue grid = read_array_body(item);
  if (!grid.shape.is_number())
    throw SyntaxError(item.body.span,
                      fmt::format("{} where a number is needed", describe(grid.shape)),
                      "as sum(x), or one element, x[1]");
}

ArrayValue Statement::read_array_body(Item& item) {
  const Span first = parser.peek().span;
  item.definition = parser.piecewise();
  std::size_t end = first.end;
  for (const Token& token : tokens)
    if (token.span.end <= parser.peek().span.begin) end = std::max(end, token.span.end);
  item.body = place({first.begin, end});
  bool of_arrays = false;
  std::vector<const Expr*> waiting = {&*item.definition};
  while (!waiting.empty()) {
    const Expr& e = *waiting.back();
    waiting.pop_back();
    for (auto part = e.parts().rbegin(); part != e.parts().rend(); ++part)
      waiting.push_back(&part->expr);
    const auto span = parser.span_of(e);
    if (span) item.spans[e.identity()] = *span;
    const Place where = place(span.value_or(item.body.span));
    const bool array = e.is(Expr::Kind::symbol) && draft.arrays.grid_of(e.text());
    of_arrays = of_arrays || array || e.kind() >= Expr::Kind::matrix;
    if (e.is(Expr::Kind::symbol) && !array) draft.mention(e.text(), where, true);
    if (e.is(Expr::Kind::derivative))
      draft.fail(where, "a definition is made of quantities, numbers and functions only",
                 "derivatives are derived");
  }
  if (!of_arrays) return ArrayValue::number(*item.definition);
  item.of_arrays = item.definition;
  const Expr written = *item.definition;
  ArrayValue grid = evaluate_arrays(
      written, draft.array_scope(), [this](const Expr& e) { return parser.span_of(e); },
      item.body.span);
  if (grid.shape.is_number()) item.definition = grid.elements.front();
  return grid;
}

}  // namespace chalkgrad
