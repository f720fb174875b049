#include <algorithm>

#include "tracer/check/reading/families.hpp"
#include "tracer/check/truth/name_classes.hpp"
#include "tracer/check/truth/name_learner.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

/// a1 and a2 are out_h1 and out_h2, so a3 is out_h3; one of them is enough where the value
/// agrees.
void NameLearner::learn_series() {
  std::map<std::string, std::map<std::string, std::size_t>> templates;
  for (const LearnedName& one : learned_) {
    const auto [base, index] = indexed(one.name);
    if (index.empty() || !one.meaning.is(Expr::Kind::symbol)) continue;
    for (const std::string& like : templates_of(one.meaning.text(), index)) ++templates[base][like];
  }
  std::set<std::string> tried;
  for (const Chain& statement : answer_.statements)
    for (const WrittenSide& side : statement.sides)
      for_each_leaf(side.expr, [&](const Expr& leaf) {
        if (!leaf.is(Expr::Kind::symbol) || !tried.insert(leaf.text()).second) return;
        learn_as_next(leaf.text(), templates);
        learn_beside(leaf.text());
      });
  learn_by_place();
}

/// net_4 is net_h2, so o_4 is its activation, if the number agrees.
void NameLearner::learn_beside(const std::string& name) {
  const auto index = indexed(name).second;
  const auto stated = results_.find(name);
  if (index.empty() || !is_open(name) || stated == results_.end()) return;
  for (const LearnedName& one : std::vector<LearnedName>(learned_)) {
    if (indexed(one.name).second != index || !one.meaning.is(Expr::Kind::symbol)) continue;
    for (const Item& item : problem().items) {
      const bool of_it = item.definition && item.definition->is(Expr::Kind::call) &&
                         item.definition->part(0) == one.meaning;
      const Expr symbol = Expr::symbol(item.name);
      if (of_it && is_agreement(agreement(stated->second, scope_.value(symbol).value)))
        return learn(name, symbol, Evidence::form);
    }
  }
}

void NameLearner::learn_as_next(
    const std::string& name,
    const std::map<std::string, std::map<std::string, std::size_t>>& templates) {
  if (!is_open(name)) return;
  const auto [base, index] = indexed(name);
  const auto found = index.empty() ? templates.end() : templates.find(base);
  if (found == templates.end()) return;
  std::set<std::string> sure, possible;
  for (const auto& [like, count] : found->second) {
    std::string quantity = like;
    quantity.replace(quantity.find('#'), 1, index);
    const Item* item = problem().find(quantity);
    if (item == nullptr) continue;
    const auto stated = stated_.find(name);
    const double value = scope_.value(Expr::symbol(quantity)).value;
    const bool agrees = stated != stated_.end() && is_agreement(agreement(stated->second, value));
    (count > 1 || agrees ? sure : possible).insert(quantity);
  }
  if (sure.size() == 1) learn(name, Expr::symbol(*sure.begin()), Evidence::form);
}

/// p2 is nothing of the first sample.
bool NameLearner::index_fits(const std::string& name, const std::string& quantity) const {
  const std::size_t sample = sample_of(quantity);
  const std::string index = indexed(name).second;
  return sample == 0 || index.empty() || index == std::to_string(sample);
}

/// A name with a value only: that of one given quantity, or of one that is worked out.
void NameLearner::learn_from_values() {
  for (const auto& [name, number] : stated_) {
    if (!is_open(name) || uses_[name] < 2 || changing_.contains(name)) continue;
    if (const auto given = given_with_value(name, number)) {
      if (index_fits(name, *given)) learn(name, Expr::symbol(*given), Evidence::value);
    } else if (const auto meant = known_.with_value(number, kind_of_name(name))) {
      if (!meant->is(Expr::Kind::symbol) || index_fits(name, meant->text()))
        learn(name, *meant, Evidence::value);
    }
  }
  learn_from_numbers_beside();
  learn_families();
  learn_target();
}

/// Of several with that number, the one that a letter like this is used for.
std::optional<std::string> NameLearner::given_with_value(const std::string& name,
                                                         const std::string& number) const {
  const auto decimal = Decimal::parse(number);
  std::vector<const Item*> found;
  for (const Item& item : problem().items) {
    const bool same = item.number && decimal && item.number->value() == decimal->value();
    const bool free = std::none_of(learned_.begin(), learned_.end(), [&](const LearnedName& one) {
      return one.meaning == Expr::symbol(item.name);
    });
    if (same && free && letter_fits(name, item)) found.push_back(&item);
  }
  return found.size() == 1 ? std::optional(found[0]->name) : std::nullopt;
}

/// t and d are what the one target is called, where its own name is used for something else.
void NameLearner::learn_target() {
  const Item* target = nullptr;
  for (const Item& item : problem().items) {
    if (item.role != Role::target) continue;
    if (target != nullptr) return;
    target = &item;
  }
  if (target == nullptr) return;
  // ŷ is the output that the problem calls y; then her y is the target.
  for (const LearnedName& one : std::vector<LearnedName>(learned_)) {
    const std::string& name = one.meaning.text();
    const bool hatted = one.name == name + "_hat" && one.meaning.is(Expr::Kind::symbol);
    if (hatted && uses_.contains(name) && !is_bound(name))
      return learn(name, Expr::symbol(target->name), Evidence::form);
  }
  // a^{(2)} is the output that the problem calls y, and y something else: if she has no other name
  // for the target, it is that.
  for (const LearnedName& one : std::vector<LearnedName>(learned_)) {
    const std::string& name = one.meaning.text();
    const bool of_target = letter_fits(name, *target) && !uses_.contains(target->name);
    if (one.meaning.is(Expr::Kind::symbol) && one.name != name && of_target && name.size() == 1 &&
        uses_.contains(name) && !is_bound(name))
      return learn(name, Expr::symbol(target->name), Evidence::form);
  }
  if (!is_bound(target->name)) return;
  for (const char* name : {"t", "d"})
    if (uses_.contains(name) && is_open(name))
      return learn(name, Expr::symbol(target->name), Evidence::form);
}

namespace {

/// 4 and 1 of w_41, w_4_1 and w_{4,1}; nothing for other names.
std::optional<std::pair<char, char>> two_indices(const std::string& name) {
  std::string digits;
  const auto first = name.find_first_of("0123456789");
  if (first == std::string::npos || first == 0) return std::nullopt;
  for (const char c : name.substr(first)) {
    if (is_digit(c)) digits += c;
    if (!is_digit(c) && c != '_' && c != ',') return std::nullopt;
  }
  return digits.size() == 2 ? std::optional(std::pair(digits[0], digits[1])) : std::nullopt;
}

std::string base_of(const std::string& name) {
  return name.substr(0, name.find_first_of("_0123456789"));
}

/// The weight that a source has in a net input, w·x + …; nothing if there is none.
std::optional<std::string> weight_between(const Expr& definition, const std::string& source) {
  if (!definition.is(Expr::Kind::sum)) return std::nullopt;
  for (const Term& term : definition.parts()) {
    const Expr& product = term.expr;
    if (!product.is(Expr::Kind::product) || product.parts().size() != 2) continue;
    for (const std::size_t k : {std::size_t{0}, std::size_t{1}}) {
      const Expr &weight = product.part(k), &x = product.part(1 - k);
      if (weight.is(Expr::Kind::symbol) && x.is(Expr::Kind::symbol) && x.text() == source)
        return weight.text();
    }
  }
  return std::nullopt;
}

}  // namespace

/// Where w_31 and w_32 are the weights of x_1 and x_2 in net_3, w_41 is that of x_1 in net_4; or
/// the other way round, if that is how the known ones are written.
void NameLearner::learn_by_place() {
  std::map<std::string, std::set<std::string>> labels;  // of a quantity, by what it is called
  const auto label = [&](const std::string& name, const std::string& quantity) {
    const std::string index = indexed(name).second;
    if (index.size() == 1) labels[quantity].insert(index);
  };
  for (const LearnedName& one : learned_)
    if (one.meaning.is(Expr::Kind::symbol)) label(one.name, one.meaning.text());
  for (const Item& item : problem().items)
    if (item.role == Role::input) label(item.name, item.name);
  // A net input has the label of its activation.
  for (const Item& item : problem().items)
    if (item.definition && item.definition->parts().size() == 1 &&
        item.definition->part(0).is(Expr::Kind::symbol) && labels.contains(item.name))
      labels[item.definition->part(0).text()].insert(labels[item.name].begin(),
                                                     labels[item.name].end());
  std::map<std::pair<char, char>, std::string> by_place;  // to and from
  for (const Item& item : problem().items) {
    if (!item.definition || !labels.contains(item.name)) continue;
    for (const auto& [source, of_source] : labels)
      if (const auto weight = weight_between(*item.definition, source))
        for (const std::string& to : labels[item.name])
          for (const std::string& from : of_source) by_place[{to[0], from[0]}] = *weight;
  }
  const auto turned = [](std::pair<char, char> place) {
    return std::pair(place.second, place.first);
  };
  std::map<std::string, std::pair<int, int>> votes;  // of a letter: to first, and from first
  for (const LearnedName& one : learned_) {
    const auto place = two_indices(one.name);
    if (!place || !one.meaning.is(Expr::Kind::symbol)) continue;
    const auto is = [&](std::pair<char, char> where) {
      const auto found = by_place.find(where);
      return found != by_place.end() && found->second == one.meaning.text() ? 1 : 0;
    };
    votes[base_of(one.name)].first += is(*place);
    votes[base_of(one.name)].second += is(turned(*place));
  }
  for (const auto& [name, count] : std::map<std::string, std::size_t>(uses_)) {
    std::string plain = name;
    for (const std::string_view mark : {updated_mark, std::string_view("Δ")}) {
      if (plain.ends_with(mark)) plain.resize(plain.size() - mark.size());
      if (plain.starts_with(mark)) plain.erase(0, mark.size());
    }
    const auto place = two_indices(plain);
    if (!place || !is_open(plain)) continue;
    const auto [to_first, from_first] = votes[base_of(plain)];
    if ((to_first > 0) == (from_first > 0)) continue;
    const auto found = by_place.find(to_first > 0 ? *place : turned(*place));
    if (found != by_place.end()) learn(plain, Expr::symbol(found->second), Evidence::form);
  }
}

/// ŷ_1 = 1.5, ŷ_2 = 2 and ŷ_3 = 3 are the y of three samples, if no other family has these numbers.
void NameLearner::learn_families() {
  using Stated = std::pair<std::string, std::string>;  // the name, and its number
  std::map<std::string, std::map<std::size_t, Stated>> by_base;
  for (const auto& [name, number] : results_) {
    const bool of_sample = name.ends_with(']');
    const auto [base, index] =
        of_sample ? std::pair(name.substr(0, name.find('[')), std::to_string(sample_of(name)))
                  : indexed(name);
    const bool open = of_sample ? is_open_in_sample(name) : is_open(name);
    if (index.empty() || index.size() > 3 || !open || changing_.contains(name)) continue;
    by_base[base].emplace(std::stoul(index), std::pair(name, number));
  }
  const std::vector<Family> families = families_of(problem());
  for (const auto& group : by_base) {
    const std::map<std::size_t, Stated>& numbers = group.second;
    const Family* found = nullptr;
    bool several = false;
    for (const Family& family : families) {
      const bool fits =
          family.shape.is_vector() && numbers.size() == family.elements.size() &&
          std::all_of(numbers.begin(), numbers.end(), [&](const auto& one) {
            if (one.first == 0 || one.first > family.elements.size()) return false;
            const Expr element = Expr::symbol(family.elements[one.first - 1]);
            return is_agreement(agreement(one.second.second, scope_.value(element).value));
          });
      if (!fits || (found != nullptr && found->elements == family.elements)) continue;
      several = several || found != nullptr;
      found = &family;
    }
    const bool constant = std::all_of(numbers.begin(), numbers.end(), [&](const auto& one) {
      return one.second.second == numbers.begin()->second.second;
    });
    if (found == nullptr || several || constant) continue;
    for (const auto& [index, stated] : numbers)
      learn(stated.first, Expr::symbol(found->elements[index - 1]), Evidence::value);
  }
}

}  // namespace chalkgrad
