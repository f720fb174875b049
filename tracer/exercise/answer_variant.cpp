#include "tracer/exercise/answer_variant.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tracer/exercise/student_names.hpp"
#include "tracer/expression/letters.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view decimal_digits = "0123456789";

/// What a number of too many digits is worth: no variant.
constexpr std::size_t no_variant = 0;

std::size_t number_of(std::string_view digits) {
  constexpr std::size_t most_digits = 18;
  return digits.size() > most_digits ? no_variant : std::stoull(std::string(digits));
}

/// A number in the name of a file, and what stands around it.
struct NumberInName {
  std::string_view digits{};
  std::string_view gap{};  ///< between it and the number or the beginning before it
  std::string word{};      ///< the last word of the gap
  bool is_glued = false;   ///< to letters before or behind it
};

std::vector<NumberInName> numbers_in(std::string_view folded_name) {
  std::vector<NumberInName> numbers;
  std::size_t end = 0;
  for (std::size_t begin = 0;
       (begin = folded_name.find_first_of(decimal_digits, end)) != std::string_view::npos;) {
    NumberInName one{.gap = folded_name.substr(end, begin - end)};
    end = std::min(folded_name.find_first_not_of(decimal_digits, begin), folded_name.size());
    one.digits = folded_name.substr(begin, end - begin);
    if (const auto words = words_of_name(one.gap); !words.empty()) one.word = words.back();
    const std::string_view behind =
        folded_name.substr(end, folded_name.find_first_of(decimal_digits, end) - end);
    one.is_glued = (!one.word.empty() && one.gap.ends_with(one.word)) ||
                   (!behind.empty() && !words_of_name(behind.substr(0, 1)).empty());
    numbers.push_back(std::move(one));
  }
  return numbers;
}

/// How many numbers from the first on are a date: 2026-11-03, 3.11.2026, 03.11.26, 2026-11,
/// 20261103.
std::size_t numbers_of_date(const std::vector<NumberInName>& numbers, std::size_t first) {
  const auto digits = [&](std::size_t i) {
    return first + i < numbers.size() ? numbers[first + i].digits.size() : 0;
  };
  const auto follows = [&](std::size_t i) {
    return digits(i) > 0 && digits(i) <= 2 && numbers[first + i].gap.size() == 1;
  };
  const std::string_view one = numbers[first].digits;
  const bool begins_with_year = one.starts_with("19") || one.starts_with("20");
  if (begins_with_year && one.size() == 8) return 1;
  if (begins_with_year && one.size() == 4) return follows(1) ? (follows(2) ? 3 : 2) : 0;
  const bool ends_with_year = digits(2) == 4 && numbers[first + 2].gap.size() == 1;
  return one.size() <= 2 && follows(1) && (follows(2) || ends_with_year) ? 3 : 0;
}

void leave_out_dates(std::vector<NumberInName>& numbers) {
  for (std::size_t i = 0; i < numbers.size();) {
    const std::size_t count = numbers_of_date(numbers, i);
    const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(i);
    numbers.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    if (count == 0) ++i;
  }
}

bool is_one_of(const std::string& word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether what stands before a number says that it is that of a variant.
bool says_variant(const NumberInName& one) {
  constexpr std::array<std::string_view, 5> words = {"v", "var", "nr", "no", "№"};
  return one.word.starts_with("variant") || is_one_of(one.word, words) || one.gap.ends_with('#');
}

bool says_answer(const NumberInName& one) {
  constexpr std::array<std::string_view, 6> words = {"answer",  "answers", "solution",
                                                     "student", "antwort", "abgabe"};
  return is_one_of(one.word, words);
}

/// Whether it may be a variant although nothing says so: a word of its own, that counts neither
/// pictures nor weeks, and has no more zeros than labels have.
bool may_be_variant(const NumberInName& one) {
  constexpr std::size_t digits_of_label = 2;
  constexpr std::array<std::string_view, 38> of_others = {
      "img",      "image",    "dsc",     "dscn",   "pxl",   "pic",     "photo",   "foto",
      "scan",     "scanned",  "picture", "bild",   "page",  "pages",   "seite",   "p",
      "sheet",    "blatt",    "ab",      "week",   "woche", "kw",      "hw",      "ha",
      "homework", "exercise", "ex",      "ub",     "task",  "aufgabe", "problem", "question",
      "frage",    "chapter",  "kapitel", "lesson", "class", "klasse"};
  const bool padded = one.digits.size() > digits_of_label && one.digits.front() == '0';
  return (says_answer(one) || !one.is_glued) && !padded && !is_one_of(one.word, of_others);
}

const Variant* with_number(std::span<const Variant> variants, std::size_t number) {
  const auto found = std::find_if(variants.begin(), variants.end(),
                                  [&](const Variant& one) { return one.number == number; });
  return found == variants.end() ? nullptr : &*found;
}

[[noreturn]] void refuse_unknown(std::string_view path, std::size_t number) {
  throw VariantsError(fmt::format("'{}' says variant {}, which the table has not", path, number));
}

/// "1, 2 and 3"
std::string in_a_row(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i)
    text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
  return text;
}

/// The variant of a file's name by its numbers.
class ByNumber {
 public:
  ByNumber(std::span<const Variant> variants, std::string_view path, std::string_view name)
      : variants_(variants), path_(path), folded_(folded(name)), numbers_(numbers_in(folded_)) {
    leave_out_dates(numbers_);
  }

  [[nodiscard]] const Variant* of_file() const {
    std::vector<const NumberInName*> said, possible;
    bool by_word = false;
    for (const NumberInName& one : numbers_) {
      if (says_variant(one)) said.push_back(&one);
      by_word = by_word || one.word.starts_with("variant");
      if (says_variant(one) || may_be_variant(one)) possible.push_back(&one);
    }
    // v2 may be the second version of what somebody handed in.
    const bool is_clear = by_word || known_among(possible) == known_among(said);
    return !said.empty() && is_clear ? the_one(said, true) : the_one(possible, is_all_digits());
  }

  /// Of a folder all of the name: hw2 and week03 are none.
  [[nodiscard]] const Variant* of_folder() const {
    std::vector<const NumberInName*> said;
    for (const NumberInName& one : numbers_)
      if (one.word.starts_with("variant")) said.push_back(&one);
    if (!said.empty()) return the_one(said, true);
    return is_all_digits() ? with_number(variants_, number_of(folded_)) : nullptr;
  }

 private:
  [[nodiscard]] bool is_all_digits() const {
    return !folded_.empty() &&
           std::all_of(folded_.begin(), folded_.end(), [](char c) { return is_digit(c); });
  }

  [[nodiscard]] std::set<std::size_t> known_among(
      const std::vector<const NumberInName*>& numbers) const {
    std::set<std::size_t> known;
    for (const NumberInName* one : numbers)
      if (with_number(variants_, number_of(one->digits)) != nullptr)
        known.insert(number_of(one->digits));
    return known;
  }

  /// Null where there is none that the table has; if it `must` be one, that is an error.
  [[nodiscard]] const Variant* the_one(const std::vector<const NumberInName*>& numbers,
                                       bool must) const {
    std::vector<std::string> written;
    std::set<std::size_t> different;
    for (const NumberInName* one : numbers) {
      must = must || says_answer(*one);
      if (different.insert(number_of(one->digits)).second) written.emplace_back(one->digits);
    }
    const std::set<std::size_t> known = known_among(numbers);
    if (different.size() == 1 && known.empty() && must) refuse_unknown(path_, *different.begin());
    if (known.empty()) return nullptr;
    if (different.size() > 1)
      throw VariantsError(fmt::format(
          "'{}' has the numbers {}: say on its first line which is its variant, as in variant {}",
          path_, in_a_row(written), *known.rbegin()));
    return with_number(variants_, *known.begin());
  }

  std::span<const Variant> variants_;
  std::string_view path_;
  std::string folded_;
  std::vector<NumberInName> numbers_;  // into the text before
};

const Variant* by_name(std::span<const Variant> variants, std::string_view path,
                       std::string_view name) {
  const std::vector<const Variant*> named = variants_named_in(variants, name);
  if (named.size() < 2) return named.empty() ? nullptr : named.front();
  std::vector<std::string> names;
  for (const Variant* one : named) names.push_back(fmt::format("'{}'", one->name));
  throw VariantsError(
      fmt::format("'{}' has the names {}: say on its first line which is its variant, as in "
                  "variant {}",
                  path, in_a_row(names), named.back()->number));
}

/// The numbers behind the word variant in the first lines, in the languages of those who mark.
std::vector<std::string> variants_said(std::string_view text) {
  constexpr int lines = 5;
  constexpr std::string_view word = "variant";
  constexpr std::size_t longest_gap = 14;  // variante Nr. 3
  std::size_t end = 0;
  for (int i = 0; i < lines && end < text.size(); ++i)
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  const std::string head = folded(text.substr(0, end));
  std::vector<std::string> said;
  std::set<std::size_t> different;
  for (auto at = head.find(word); at != std::string::npos; at = head.find(word, at + 1)) {
    const auto digit = head.find_first_of("0123456789\n", at);
    if (digit == std::string::npos || head[digit] == '\n' || digit > at + longest_gap) continue;
    const std::size_t last = std::min(head.find_first_not_of(decimal_digits, digit), head.size());
    const std::string digits = head.substr(digit, last - digit);
    if (different.insert(number_of(digits)).second) said.push_back(digits);
  }
  return said;
}

}  // namespace

const Variant* variant_of_answer(std::span<const Variant> variants, std::string_view path,
                                 std::string_view text) {
  const std::vector<std::string> said = variants_said(text);
  if (said.size() > 1)
    throw VariantsError(
        fmt::format("'{}' says variants {} in its first lines: leave the one that it answers", path,
                    in_a_row(said)));
  if (said.size() == 1) {
    if (const Variant* one = with_number(variants, number_of(said.front()))) return one;
    refuse_unknown(path, number_of(said.front()));
  }
  const std::size_t slash = path.rfind('/');
  const std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::string_view stem = file.substr(0, file.rfind('.'));
  if (const Variant* one = by_name(variants, path, stem)) return one;
  if (const Variant* one = ByNumber(variants, path, stem).of_file()) return one;
  if (slash == std::string_view::npos) return nullptr;
  const std::string_view folder = path.substr(0, slash);
  const std::string_view last = folder.substr(folder.rfind('/') + 1);
  if (const Variant* one = by_name(variants, path, last)) return one;
  return ByNumber(variants, path, last).of_folder();
}

}  // namespace chalkgrad
