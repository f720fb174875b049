#include "tracer/check/reading/generic_indices.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace chalkgrad {

namespace {

constexpr std::string_view index_letters = "ijklmnp";

/// i of z_i, jk of w_jk; empty for other names.
std::string generic_index(const std::string& name) {
  const auto bar = name.rfind('_');
  if (bar == std::string::npos || bar == 0 || bar + 1 == name.size()) return {};
  const std::string index = name.substr(bar + 1);
  const bool generic = index.size() <= 2 && std::all_of(index.begin(), index.end(), [](char c) {
                         return index_letters.find(c) != std::string_view::npos;
                       });
  return generic ? index : std::string();
}

bool has_numbers_put_in(const AnswerCell& cell) {
  return std::any_of(cell.tokens.begin(), cell.tokens.end(), [](const Token& token) {
    return token.kind == Token::Kind::number && token.text.find('.') != std::string::npos;
  });
}

/// Puts a digit for the letter; false where the problem has one of the names not.
class Choice {
 public:
  Choice(const AnswerCell& cell, const KnownNames& known) : cell_(cell), known_(known) {}

  bool with(char digit, AnswerCell& result) const {
    result = cell_;
    for (Token& token : result.tokens) {
      if (token.kind != Token::Kind::name || known_.is_name(token.text)) continue;
      const std::size_t size = generic_index(token.text).size();
      if (size == 0) continue;
      token.text.replace(token.text.size() - size, size, size, digit);
      if (!is_known(token.text)) return false;
    }
    return true;
  }

 private:
  /// dz_1 and grad z_1 are known as z_1 is.
  [[nodiscard]] bool is_known(const std::string& name) const {
    if (known_.is_name(name)) return true;
    for (const std::string_view prefix : {"d", "grad ", "Δ", "∇_"})
      if (name.starts_with(prefix) && known_.is_name(name.substr(prefix.size()))) return true;
    return false;
  }

  const AnswerCell& cell_;
  const KnownNames& known_;
};

/// Whether there is one letter in the indices of the names that are not known. Of two, the order is
/// a matter of convention, and one that is on one side alone may mean a sum.
bool has_one_letter(const AnswerCell& cell, const KnownNames& known) {
  std::string letters;
  for (const Token& token : cell.tokens) {
    if (token.kind != Token::Kind::name || known.is_name(token.text)) continue;
    for (const char c : generic_index(token.text))
      if (letters.find(c) == std::string::npos) letters += c;
  }
  return letters.size() == 1;
}

std::vector<AnswerCell> choices_of(const AnswerCell& cell, const KnownNames& known) {
  constexpr char most = '9';
  std::vector<AnswerCell> found;
  const auto relation = std::find_if(cell.tokens.begin(), cell.tokens.end(), is_relation);
  // What it is said of has the index, too.
  const bool left = std::any_of(cell.tokens.begin(), relation, [](const Token& token) {
    return token.kind == Token::Kind::name && !generic_index(token.text).empty();
  });
  if (relation == cell.tokens.end() || !left || !has_one_letter(cell, known) ||
      has_numbers_put_in(cell))
    return found;
  const Choice choice(cell, known);
  AnswerCell one;
  for (char digit = '1'; digit <= most; ++digit)
    if (choice.with(digit, one)) found.push_back(one);
  return found;
}

}  // namespace

AnswerRow with_each_index(const AnswerRow& row, const KnownNames& known) {
  AnswerRow result;
  for (const AnswerCell& cell : row) {
    const std::vector<AnswerCell> choices = choices_of(cell, known);
    if (choices.size() < 2) {
      result.push_back(cell);
    } else {
      result.insert(result.end(), choices.begin(), choices.end());
    }
  }
  return result;
}

}  // namespace chalkgrad
