#include "tracer/check/judging/ledger.hpp"

#include <algorithm>
#include <cmath>

#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

void Carried::use(const Carried& other) {
  any = any || other.any;
  right = right && other.right;
  if (!cause) cause = other.cause;
}

Range Carried::up_to(double truth) const {
  if (!right || !std::isfinite(truth)) return {value, value};
  return {std::min(value, truth), std::max(value, truth)};
}

Carried Ledger::Entry::carried() const {
  return {value, right, true, right ? std::nullopt : std::optional(offset)};
}

void Ledger::write(const Expr& meaning, Entry entry) {
  constexpr std::size_t most = 16;  // of one quantity; more is no derivation
  auto& list = entries_[print(meaning)];
  if (list.size() == most) list.erase(list.begin());
  list.push_back(std::move(entry));
}

const Ledger::Entry* Ledger::last(const Expr& meaning) const {
  const auto found = entries_.find(print(meaning));
  return found == entries_.end() ? nullptr : &found->second.back();
}

const Ledger::Entry* Ledger::like(const Expr& meaning, std::string_view text) const {
  const auto found = entries_.find(print(meaning));
  if (found == entries_.end()) return nullptr;
  for (auto entry = found->second.rbegin(); entry != found->second.rend(); ++entry)
    if (entry->text == text || is_agreement(agreement(text, entry->value))) return &*entry;
  return nullptr;
}

}  // namespace chalkgrad
