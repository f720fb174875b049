#include "tracer/exercise/student_names.hpp"

#include <algorithm>
#include <array>

#include "tracer/expression/letters.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// What stands between words: all of ASCII but letters and digits, blanks, dashes and apostrophes.
/// The sign before a capital (Capitals::marked) belongs to its word.
bool parts_words(char32_t c) {
  constexpr std::u32string_view others = U"\u00A0\u00B4\u02BC\u2018\u2019\u202F";
  constexpr char32_t first_dash = 0x2010, last_dash = 0x2015;
  if (c >= 0x80)
    return (c >= first_dash && c <= last_dash) || others.find(c) != std::u32string_view::npos;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !letter && !(c >= '0' && c <= '9') && c != '^';
}

using Words = std::vector<std::string>;
using Spelling = std::string (*)(std::string_view folded_text);

std::string as_folded(std::string_view folded_text) { return std::string(folded_text); }
constexpr std::array<Spelling, 3> spellings = {as_folded, without_umlauts, without_accents};

/// How well a name fits some words of a file's name, from the worst: in one word (annalee), in
/// another order (Lee, Anna), in its own, also with the same capitals, with all signs.
enum class Fit { none, in_one_word, in_other_order, in_order, same_capitals, to_the_letter };

/// Where a name stands: the words from `begin` to `end`.
struct Place {
  const Variant* variant = nullptr;
  std::size_t begin = 0, end = 0;
  bool without_accents = false;
  Fit fit = Fit::none;

  [[nodiscard]] bool gives_way_to(const Place& other) const {
    if (other.begin == begin && other.end == end)
      return without_accents != other.without_accents ? without_accents : fit < other.fit;
    return other.begin <= begin && end <= other.end;
  }
};

Words sorted(Words words) {
  std::sort(words.begin(), words.end());
  return words;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

/// Whether the text has this name as it is, and not within longer words.
bool has_to_the_letter(std::string_view text, std::string_view name) {
  const auto ends_at = [&](std::size_t at) {
    return at >= text.size() || parts_words(static_cast<unsigned char>(text[at]));
  };
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1))
    if ((at == 0 || ends_at(at - 1)) && ends_at(at + name.size())) return true;
  return false;
}

class NamesInFile {
 public:
  explicit NamesInFile(std::string_view file_name) : spelled_(folded(file_name, Capitals::marked)) {
    for (const Spelling spelling : spellings)
      words_.push_back(words_of_name(spelling(folded(file_name))));
  }

  void look_for(const Variant& variant) {
    const std::string name = folded(variant.name);
    for (std::size_t i = 0; i < spellings.size(); ++i)
      look_for(variant, words_of_name(spellings[i](name)), words_[i], i > 0);
  }

  [[nodiscard]] std::vector<const Variant*> found() const {
    std::vector<const Variant*> variants;
    for (const Place& one : places_) {
      const bool gives_way = std::any_of(places_.begin(), places_.end(), [&](const Place& other) {
        return other.variant != one.variant && one.gives_way_to(other);
      });
      if (!gives_way && std::find(variants.begin(), variants.end(), one.variant) == variants.end())
        variants.push_back(one.variant);
    }
    return variants;
  }

 private:
  void look_for(const Variant& variant, const Words& name, const Words& file, bool plain) {
    if (name.empty()) return;
    for (std::size_t i = 0; i + name.size() <= file.size(); ++i) {
      const Words here(file.begin() + static_cast<std::ptrdiff_t>(i),
                       file.begin() + static_cast<std::ptrdiff_t>(i + name.size()));
      const Fit fit = here == name                   ? spelled_alike(variant, i, plain)
                      : sorted(here) == sorted(name) ? Fit::in_other_order
                                                     : Fit::none;
      if (fit != Fit::none) places_.push_back({&variant, i, i + name.size(), plain, fit});
    }
    Words last_first = name;
    std::rotate(last_first.begin(), last_first.end() - 1, last_first.end());
    for (std::size_t i = 0; name.size() > 1 && i < file.size(); ++i)
      if (file[i] == joined(name) || file[i] == joined(last_first))
        places_.push_back({&variant, i, i + 1, plain, Fit::in_one_word});
  }

  [[nodiscard]] Fit spelled_alike(const Variant& variant, std::size_t begin, bool plain) const {
    if (plain) return Fit::in_order;
    const std::string name = folded(variant.name, Capitals::marked);
    const Words own = words_of_name(name), here = words_of_name(spelled_);
    const bool capitals =
        begin + own.size() <= here.size() &&
        std::equal(own.begin(), own.end(), here.begin() + static_cast<std::ptrdiff_t>(begin));
    return !capitals                           ? Fit::in_order
           : has_to_the_letter(spelled_, name) ? Fit::to_the_letter
                                               : Fit::same_capitals;
  }

  std::string spelled_;
  std::vector<Words> words_;  // in each spelling
  std::vector<Place> places_;
};

}  // namespace

std::vector<std::string> words_of_name(std::string_view folded_name) {
  Words words;
  bool within = false;
  for (std::size_t at = 0; at < folded_name.size();) {
    const auto c = utf8::decode(folded_name, at);
    const std::size_t bytes = c ? c->bytes : 1;
    const bool parts = c && parts_words(c->value);
    if (!parts && !within) words.emplace_back();
    if (!parts) words.back() += folded_name.substr(at, bytes);
    within = !parts;
    at += bytes;
  }
  return words;
}

std::vector<const Variant*> variants_named_in(std::span<const Variant> variants,
                                              std::string_view file_name) {
  NamesInFile names(file_name);
  for (const Variant& one : variants) names.look_for(one);
  return names.found();
}

}  // namespace chalkgrad
