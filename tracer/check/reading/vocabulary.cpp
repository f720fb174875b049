#include "tracer/check/reading/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "engine/ops.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/derivation/deltas.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view hat = "hat";

bool strip(std::string_view& name, std::string_view mark) {
  if (name.size() <= mark.size() || !name.ends_with(mark)) return false;
  name.remove_suffix(mark.size());
  return true;
}

}  // namespace

bool is_delta(std::string_view written) {
  const std::string_view first = written.substr(0, 1);
  if (!first.empty() && is_letter(first.front()) && first.find_first_of("dDeE") != 0) return false;
  const std::string key = in_lower_case(name_key(written));
  return key.starts_with("delta") || (key.starts_with("err") && !key.starts_with("erro"));
}

std::string name_key(std::string_view written) {
  std::string key;
  bool hatted = false;
  for (std::size_t at = 0; at < written.size();) {
    if (static_cast<unsigned char>(written[at]) < 0x80) {  // most are
      if (written[at] != '_' && written[at] != ',') key += written[at];
      ++at;
      continue;
    }
    const auto c = utf8::decode(written, at);
    const std::size_t bytes = c ? c->bytes : 1;
    std::string_view letter = written.substr(at, bytes);
    at += bytes;
    if (letter == hat_accent) {
      hatted = true;
      continue;
    }
    if (const auto plain = without_accent(letter); plain && plain->second == hat_accent) {
      letter = plain->first;
      hatted = true;
    }
    const std::string_view greek = greek_word(letter);
    key += greek.empty() ? letter : greek;
  }
  // The hat stands behind the index.
  const auto within = key.find(hat);
  if (!hatted && within != std::string::npos && within > 0) {
    key.erase(within, hat.size());
    hatted = true;
  }
  return hatted ? key + std::string(hat) : key;
}

std::optional<std::string> Vocabulary::quantity(std::string_view written) const {
  if (forgotten_.contains(written)) return std::nullopt;
  if (const auto exact = quantities_.find(std::string(written)); exact != quantities_.end())
    return exact->second;
  const std::string key = name_key(written);
  const auto found = quantities_.find(key);
  if (found != quantities_.end()) return found->second;
  if (others_.contains(key)) return std::nullopt;
  // dfake is no D_fake where there is a quantity fake.
  if (written.starts_with('d') && quantities_.contains(name_key(written.substr(1))))
    return std::nullopt;
  const auto like = without_case_.find(in_lower_case(key));
  if (like != without_case_.end() && !like->second.empty()) return like->second;
  return in_layer(written);
}

bool Vocabulary::is_value_of(std::string_view quantity, Op op) const {
  const auto q = graph_.find(quantity);
  if (!q || graph_[*q].given) return false;
  const Expr definition = graph_.definition(*q);
  return definition.is(Expr::Kind::call) && definition.op() == op;
}

std::optional<std::string> Vocabulary::exact_quantity(std::string_view written) const {
  const auto found = quantities_.find(name_key(written));
  return found == quantities_.end() ? std::nullopt : std::optional(found->second);
}

/// w_11[1] is w1_11 or w11, if there is only one of them.
std::optional<std::string> Vocabulary::in_layer(std::string_view written) const {
  const auto open = written.find('['), close = written.find(']');
  if (has_samples_ || open == std::string_view::npos || close == std::string_view::npos ||
      close < open)
    return std::nullopt;
  const std::string before = name_key(written.substr(0, open));
  const std::string layer(written.substr(open + 1, close - open - 1));
  const std::string behind = name_key(written.substr(close + 1));
  const auto digit = std::min(before.find_first_of("0123456789"), before.size());
  const std::string base = before.substr(0, digit), index = before.substr(digit) + behind;
  std::set<std::string> found;
  // A weight of the second layer is not one of the first that has its indices.
  const std::string without_layer = layer == "1" || layer == "0" ? base + index : std::string();
  for (const std::string& key : {base + layer + index, base + index + layer, without_layer}) {
    const auto one = quantities_.find(key);
    if (one != quantities_.end() && key != base) found.insert(one->second);
  }
  return found.size() == 1 ? std::optional(*found.begin()) : std::nullopt;
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

/// An answer names the same few quantities again and again, and is read several times.
std::optional<Expr> Vocabulary::meaning(std::string_view written) const {
  constexpr std::size_t most = 10'000;  // of a hostile file not every name is kept
  std::string name(written);
  if (const auto known = meanings_.find(name); known != meanings_.end()) return known->second;
  if (meanings_.size() >= most) meanings_.clear();
  std::optional<Expr> found = find_meaning(written);
  meanings_.emplace(std::move(name), found);
  return found;
}

std::optional<Expr> Vocabulary::find_meaning(std::string_view written) const {
  if (forgotten_.contains(written)) return std::nullopt;
  if (auto name = quantity(written)) return Expr::symbol(std::move(*name));
  const std::string key = name_key(written);
  const auto other = others_.find(key);
  if (other != others_.end()) return other->second;
  // Err_o1 is δ_o1.
  if (is_delta(written) && !key.starts_with("delta")) {
    // and Δ_5, where no parameter of that name changes.
    constexpr std::string_view capital = "Delta", err = "err";
    const std::size_t word = key.starts_with(capital) ? capital.size() : err.size();
    const auto delta = others_.find("delta" + key.substr(word));
    if (delta != others_.end()) return delta->second;
  }
  // δ_H1 of h1
  constexpr std::string_view delta_word = "delta";
  if (is_delta(written) && key.starts_with(delta_word) && key.find('[') == std::string::npos) {
    const auto of = quantity(key.substr(delta_word.size()));
    const auto delta = of ? others_.find(std::string(delta_word) + name_key(*of)) : others_.end();
    if (delta != others_.end()) return delta->second;
  }
  std::string_view rest = written;
  // E after 100: in a table of training.
  if (const auto after = rest.find(after_steps); after != std::string_view::npos) {
    const auto column = columns_.find(name_key(rest.substr(0, after)));
    const auto name = column == columns_.end() ? known_symbol(rest.substr(0, after))
                                               : std::optional(column->second);
    const std::string_view steps = rest.substr(after + after_steps.size());
    return name && trained_.contains(*name) && steps_.contains(steps)
               ? std::optional(Expr::symbol(*name + std::string(rest.substr(after))))
               : std::nullopt;
  }
  if (strip(rest, updated_mark) || strip(rest, "new")) return updated(rest);
  if (auto marked = marked_by_word(written)) return marked;
  if (auto derivative = derivative_named(key)) return derivative;
  // g_w, as the papers of optimisers write it.
  if (written.starts_with("g_") && !output_.empty())
    if (auto by = quantity(written.substr(2)); by && is_given(*by))
      return Expr::derivative(output_, *by);
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

/// The quantity, or the symbol of the rate or a velocity, that a name stands for.
std::optional<std::string> Vocabulary::known_symbol(std::string_view written) const {
  if (auto exact = quantity(written)) return exact;
  const auto other = others_.find(name_key(written));
  if (other == others_.end() || !other->second.is(Expr::Kind::symbol)) return std::nullopt;
  return other->second.text();
}

/// w5_new, new_w5, w5_alt.
std::optional<Expr> Vocabulary::marked_by_word(std::string_view written) const {
  const auto last = written.rfind('_'), first = written.find('_');
  if (last == std::string_view::npos || last == 0 || last + 1 == written.size())
    return std::nullopt;
  const auto mark = [this](std::string_view word, std::string_view name) -> std::optional<Expr> {
    const auto kind = kind_of_word(word);
    if (kind == Word::updated) return updated(name);
    if (kind == Word::former) return meaning(name);
    return std::nullopt;
  };
  if (auto found = mark(written.substr(last + 1), written.substr(0, last))) return found;
  return mark(written.substr(0, first), written.substr(first + 1));
}

bool Vocabulary::names_output(const std::string& key) const {
  const auto one = quantities_.find(key);
  if (one != quantities_.end()) return one->second == output_;
  const auto other = others_.find(key);
  return other != others_.end() && other->second.is(Expr::Kind::symbol) &&
         other->second.text() == output_;
}

/// dE_dw5, dw5, grad_w5, dnet_o1_dw5: as programs call derivatives.
std::optional<Expr> Vocabulary::derivative_named(std::string_view key) const {
  if (output_.empty()) return std::nullopt;
  const auto known = [this](std::string_view name) -> std::optional<std::string> {
    if (name.empty()) return std::nullopt;
    if (auto exact = quantity(name)) return exact;
    const auto other = others_.find(std::string(name));
    const bool symbol = other != others_.end() && other->second.is(Expr::Kind::symbol) &&
                        graph_.find(other->second.text());
    return symbol ? std::optional(other->second.text()) : std::nullopt;
  };
  for (const std::string_view prefix : {"gradient", "grad", "d"}) {
    if (!key.starts_with(prefix)) continue;
    const auto by = known(key.substr(prefix.size()));
    if (by && *by != output_) return Expr::derivative(output_, *by);
  }
  if (!key.starts_with('d')) return std::nullopt;
  for (auto at = key.find('d', 2); at != std::string_view::npos; at = key.find('d', at + 1)) {
    const auto of = known(key.substr(1, at - 1)), by = known(key.substr(at + 1));
    if (of && by) return Expr::derivative(*of, *by);
  }
  return std::nullopt;
}

std::string Vocabulary::loss_of_sample(std::size_t sample) const {
  const auto output = graph_.find(output_);
  if (!output || sample == 0) return {};
  std::string found;
  for (const QuantityIndex i : graph_[*output].operands) {
    if (sample_of(graph_[i].name) != sample || graph_[i].given) continue;
    if (!found.empty()) return {};
    found = graph_[i].name;
  }
  return found;
}

bool Vocabulary::is_reserved(std::string_view written) const {
  const std::string key = name_key(written);
  if (key.starts_with("delta") || key.starts_with("Delta") || key.starts_with("grad") ||
      key.starts_with("∇") || written.starts_with("d_"))
    return true;
  if (!key.starts_with('d')) return false;
  for (auto at = key.find('d', 2); at != std::string_view::npos; at = key.find('d', at + 1))
    if (names_output(key.substr(1, at - 1))) return true;
  return false;
}

std::optional<Op> Vocabulary::function(std::string_view written) const {
  if (const auto op = function_named(written)) return op;
  const std::string lower = in_lower_case(name_key(written));
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
