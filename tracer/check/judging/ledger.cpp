#include "tracer/check/judging/ledger.hpp"

#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

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
