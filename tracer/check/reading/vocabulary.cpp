#include "tracer/check/reading/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "engine/ops.hpp"
#include "tracer/derivation/deltas.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// What people call the error if the problem calls it something else.
constexpr std::array names_of_an_error = {"E",       "L",     "C",    "J",      "Loss",
                                          "loss",    "Cost",  "cost", "Error",  "error",
                                          "E_total", "E_tot", "MSE",  "L_total"};

void collect_activations(const Expr& e, std::set<Op>& found) {
  switch (e.kind()) {
    case Expr::Kind::call:
      if (description_of(e.op()).is_activation) found.insert(e.op());
      [[fallthrough]];
    case Expr::Kind::power:
    case Expr::Kind::sum:
    case Expr::Kind::product:
    case Expr::Kind::cases:
      for (const Term& term : e.parts()) collect_activations(term.expr, found);
      break;
    default: break;
  }
}

bool strip(std::string_view& name, std::string_view mark) {
  if (name.size() <= mark.size() || !name.ends_with(mark)) return false;
  name.remove_suffix(mark.size());
  return true;
}

}  // namespace

std::string name_key(std::string_view written) {
  std::string key;
  for (std::size_t at = 0; at < written.size();) {
    const auto c = utf8::decode(written, at);
    const std::size_t bytes = c ? c->bytes : 1;
    const std::string_view letter = written.substr(at, bytes);
    const std::string_view greek = greek_word(letter);
    at += bytes;
    if (letter == "_" || letter == ",") continue;
    key += greek.empty() ? letter : greek;
  }
  return key;
}

Vocabulary::Vocabulary(const Solution& solution) : graph_(*solution.quantities) {
  add_quantities(solution);
  add_coefficients(solution);
  std::set<std::string> outputs;
  for (const DeriveStatement& statement : solution.problem.derivations)
    outputs.insert(statement.output);
  if (solution.descent) outputs.insert(solution.descent->output);
  if (outputs.size() == 1) output_ = *outputs.begin();
  add_deltas(solution);
  find_activation(solution);
  if (output_.empty()) return;
  for (const std::string name : names_of_an_error)
    if (!quantities_.contains(name_key(name)))
      others_.emplace(name_key(name), Expr::symbol(output_));
}

void Vocabulary::add_quantities(const Solution& solution) {
  for (const Item& item : solution.problem.items) {
    names_.push_back(item.name);
    quantities_.emplace(item.name, item.name);
  }
  for (const Item& item : solution.problem.items)
    quantities_.emplace(name_key(item.name), item.name);
  has_update_ = solution.descent.has_value();
}

void Vocabulary::add_coefficients(const Solution& solution) {
  if (!solution.descent) return;
  const auto add = [this](const Expr& symbol, std::initializer_list<const char*> names) {
    if (!symbol.is(Expr::Kind::symbol)) return;
    others_.emplace(name_key(symbol.text()), symbol);
    for (const std::string name : names)
      if (!quantities_.contains(name_key(name))) others_.emplace(name_key(name), symbol);
  };
  add(solution.rate_symbol, {"eta", "rate", "lr", "learning_rate", "alpha"});
  add(solution.momentum_symbol, {"mu", "momentum", "beta"});
  add(solution.decay_symbol, {"lambda", "decay"});
  for (const Descent::Parameter& parameter : solution.descent->parameters)
    if (!parameter.velocity.empty()) add(Expr::symbol(parameter.velocity), {});
}

void Vocabulary::add_deltas(const Solution& solution) {
  if (output_.empty()) return;
  const auto y = solution.quantities->find(output_);
  if (!y) return;
  // As the sheet names them; then every other quantity, as a person might.
  std::vector<QuantityIndex> xs;
  if (const auto derived = solution.gradients.find(output_); derived != solution.gradients.end())
    for (const auto& [x, gradient] : derived->second) xs.push_back(*solution.quantities->find(x));
  for (const Delta& delta : delta_sweep(*solution.quantities, *y, xs).deltas)
    others_.emplace(name_key(delta.name),
                    Expr::derivative(output_, (*solution.quantities)[delta.quantity].name));
  for (QuantityIndex q = 0; q < solution.quantities->size() && q <= *y; ++q) {
    const Quantity& quantity = (*solution.quantities)[q];
    if (quantity.given || quantity.automatic) continue;
    const Expr derivative = Expr::derivative(output_, quantity.name);
    const std::string& name = quantity.name;
    const auto add = [&](std::string_view rest) {
      others_.emplace(name_key("delta_" + std::string(rest)), derivative);
    };
    // δ_o1 for net_o1; δ_z for z.
    const std::string_view plain = without_sample(name);
    const auto underscore = plain.find('_');
    if (underscore != std::string_view::npos && underscore + 1 < plain.size() &&
        (plain.starts_with("net") || plain.starts_with("z") || plain.starts_with("a_") ||
         plain.starts_with("s_") || plain.starts_with("in")))
      add(std::string(name).substr(underscore + 1));
    add(name);
  }
}

void Vocabulary::find_activation(const Solution& solution) {
  std::set<Op> found;
  for (const Item& item : solution.problem.items)
    if (item.definition) collect_activations(*item.definition, found);
  if (found.size() == 1) activation_ = *found.begin();
}

std::optional<std::string> Vocabulary::quantity(std::string_view written) const {
  if (const auto exact = quantities_.find(std::string(written)); exact != quantities_.end())
    return exact->second;
  const auto found = quantities_.find(name_key(written));
  return found == quantities_.end() ? std::nullopt : std::optional(found->second);
}

namespace {

std::optional<std::string> only_one(const Quantities& all, const std::vector<QuantityIndex>& list,
                                    std::string_view beginning) {
  std::optional<std::string> found;
  for (const QuantityIndex i : list) {
    if (!all[i].name.starts_with(beginning) || all[i].given) continue;
    if (found) return std::nullopt;
    found = all[i].name;
  }
  return found;
}

}  // namespace

std::optional<std::string> Vocabulary::operand_of(const std::string& y,
                                                  std::string_view written) const {
  const auto i = graph_.find(y);
  return i ? only_one(graph_, graph_[*i].operands, written) : std::nullopt;
}

std::optional<std::string> Vocabulary::user_of(const std::string& x,
                                               std::string_view written) const {
  const auto i = graph_.find(x);
  return i ? only_one(graph_, graph_[*i].users, written) : std::nullopt;
}

std::optional<Expr> Vocabulary::updated(std::string_view written) const {
  if (!has_update_) return std::nullopt;
  if (const auto name = quantity(written)) return Expr::symbol(*name + std::string(updated_mark));
  const auto other = others_.find(name_key(written));
  if (other == others_.end() || !other->second.is(Expr::Kind::symbol)) return std::nullopt;
  return Expr::symbol(other->second.text() + std::string(updated_mark));
}

std::optional<Expr> Vocabulary::meaning(std::string_view written) const {
  if (auto name = quantity(written)) return Expr::symbol(std::move(*name));
  const auto other = others_.find(name_key(written));
  if (other != others_.end()) return other->second;
  std::string_view rest = written;
  for (const std::string_view mark : {"⁺", "_new", "_neu", "_updated", "new", "_next"})
    if (strip(rest, mark)) return updated(rest);
  for (const std::string_view mark : {"_old", "_alt"})
    if (strip(rest, mark)) return meaning(rest);
  if (rest.starts_with("new_")) return updated(rest.substr(4));
  std::string plain(written);
  if (strip(rest, "_bar")) {
    plain = rest;
  } else if (const auto accent = plain.find(adjoint_accent); accent != std::string::npos) {
    plain.erase(accent, adjoint_accent.size());
  } else {
    return std::nullopt;
  }
  const auto name = quantity(plain);
  if (!name || output_.empty()) return std::nullopt;
  return Expr::derivative(output_, *name);
}

std::optional<Op> Vocabulary::function(std::string_view written) const {
  if (const auto op = function_named(written)) return op;
  std::string lower;
  for (const char c : name_key(written))
    lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (const auto op = function_named(lower)) return op;
  if (const auto op = function_known_as(lower)) return op;
  const bool stands_for_activation =
      lower == "f" || lower == "g" || lower == "phi" || lower == "act" || lower == "h";
  return stands_for_activation ? activation_ : std::nullopt;
}

std::string Vocabulary::suggestion(std::string_view written) const {
  return did_you_mean(written, {names_.begin(), names_.end()});
}

}  // namespace chalkgrad
