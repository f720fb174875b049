#include "tracer/check/reading/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

struct WordList {
  Word kind;
  std::string_view words;  ///< separated by blanks, and one before the first and after the last
};
constexpr std::array meanings_of_words = {
    WordList{Word::updated,
             " new newer updated update neu neue neuer neues nuevo nueva nouveau nouvelle nuovo "
             "nuova novo nova baru next after "},
    WordList{Word::former,
             " old previous current alt alte alter altes viejo anterior ancien ancienne vecchio "
             "lama before "},
    WordList{Word::gradient,
             " gradient grad gradients slope derivative partial gradiente gradientes derivada "
             "ableitung steigung dérivée derivata turunan gradien "},
    WordList{Word::change,
             " change changes delta difference error errors adjustment correction increment step "
             "änderung fehler differenz cambio erreur changement errore perubahan galat "
             "sensitivity share part contribution "},
    WordList{Word::relating,
             " of to for from at in on wrt by with respect going back into von zu für an nach bei "
             "auf de del della du des para por al en dari untuk respecto terhadap per "
             "par rapport à em relação ao a the der die das dem den bzgl bezüglich nach "},
    WordList{Word::value,
             " value values output outputs input inputs activation weight weights bias biases net "
             "neuron node unit result sum loss cost total wert ausgabe ausgang eingang gewicht "
             "valor salida entrada peso valeur sortie entrée poids valore uscita nilai "},
    WordList{
        Word::equals,
        " is equals equal ist gleich es est vale adalah è é are becomes wird vaut beträgt ergibt "
        "liefert yields gives igual "},
};

/// By the word: an answer has many, and each is looked up several times.
std::unordered_map<std::string, Word> kinds_of_words() {
  std::unordered_map<std::string, Word> kinds;
  for (const auto& [kind, words] : meanings_of_words)
    for (std::size_t begin = 1; begin < words.size();) {
      const std::size_t end = words.find(' ', begin);
      kinds.emplace(words.substr(begin, end - begin), kind);
      begin = end + 1;
    }
  return kinds;
}

}  // namespace

std::optional<Word> kind_of_word(std::string_view word) {
  static const std::unordered_map<std::string, Word> kinds = kinds_of_words();
  const auto found = kinds.find(in_lower_case(word));
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

bool is_foreign_letter(char32_t c) {
  struct Script {
    char32_t first, last;
  };
  constexpr std::array scripts = {Script{0x400, 0x52F},    // Cyrillic
                                  Script{0x590, 0x6FF},    // Hebrew, Arabic
                                  Script{0x900, 0xE7F},    // of India, Thai
                                  Script{0x2E80, 0x2FFF},  // radicals
                                  Script{0x3040, 0x30FF},  // kana
                                  Script{0x3400, 0x9FFF},  // Chinese
                                  Script{0xAC00, 0xD7A3},  // Korean
                                  Script{0xF900, 0xFAFF}};
  return std::any_of(scripts.begin(), scripts.end(),
                     [c](const Script& one) { return c >= one.first && c <= one.last; });
}

std::string_view meaning_of_foreign(std::string_view words) {
  struct Stem {
    std::string_view stem, meant;
    enum class Part { whole, first, anywhere } part;
  };
  using Part = Stem::Part;
  constexpr std::array stems = {Stem{"更新", "new", Part::anywhere},
                                Stem{"新", "new", Part::anywhere},
                                Stem{"нов", "new", Part::first},
                                Stem{"Нов", "new", Part::first},
                                Stem{"обновл", "new", Part::first},
                                Stem{"Обновл", "new", Part::first},
                                Stem{"旧", "old", Part::anywhere},
                                Stem{"стар", "old", Part::first},
                                Stem{"梯度", "gradient", Part::anywhere},
                                Stem{"导数", "gradient", Part::anywhere},
                                Stem{"градиент", "gradient", Part::first},
                                Stem{"Градиент", "gradient", Part::first},
                                Stem{"производн", "gradient", Part::first},
                                Stem{"Производн", "gradient", Part::first},
                                Stem{"равн", "is", Part::first},
                                Stem{"равен", "is", Part::first},
                                Stem{"это", "is", Part::whole},
                                Stem{"составля", "is", Part::first},
                                Stem{"по", "by", Part::whole},
                                Stem{"для", "of", Part::whole},
                                Stem{"等于", "is", Part::anywhere},
                                Stem{"关于", "by", Part::whole},
                                Stem{"对", "by", Part::whole},
                                Stem{"的", "of", Part::whole},
                                Stem{"为", "is", Part::anywhere},
                                Stem{"是", "is", Part::anywhere}};
  for (const Stem& one : stems) {
    const bool found = one.part == Part::whole   ? words == one.stem
                       : one.part == Part::first ? words.starts_with(one.stem)
                                                 : words.find(one.stem) != words.npos;
    if (found) return one.meant;
  }
  return {};
}

bool counts_steps(std::string_view word) {
  constexpr std::string_view words =
      " step iteration iter epoch schritt epoche durchgang paso iteración época étape itération "
      "époque passo iterazione epoca passo iteração langkah шаг итерация эпоха ";
  return words.find(" " + in_lower_case(word) + " ") != std::string_view::npos;
}

bool looks_like_prose(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); ++letters) {
    const auto c = utf8::decode(word, at);
    if (!c || !is_name_start(c->value) || word[at] == '_') return false;
    if (!greek_word(word.substr(at, c->bytes)).empty()) return false;
    at += c->bytes;
  }
  return letters >= 2;
}

}  // namespace chalkgrad
