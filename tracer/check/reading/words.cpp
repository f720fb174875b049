#include "tracer/check/reading/words.hpp"

#include <array>
#include <string>

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
             "auf de del della du des para por al en dari untuk respecto terhadap per "},
    WordList{Word::value,
             " value values output outputs input inputs activation weight weights bias biases net "
             "neuron node unit result sum loss cost total wert ausgabe ausgang eingang gewicht "
             "valor salida entrada peso valeur sortie entrée poids valore uscita nilai "},
    WordList{Word::equals, " is equals equal ist gleich es est vale adalah è are becomes wird "},
};

}  // namespace

std::optional<Word> kind_of_word(std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return std::nullopt;
  const std::string entry = " " + in_lower_case(word) + " ";
  for (const WordList& one : meanings_of_words)
    if (one.words.find(entry) != std::string_view::npos) return one.kind;
  return std::nullopt;
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
