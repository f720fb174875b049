#include "tracer/expression/letters.hpp"

#include <array>
#include <map>
#include <utility>

#include "tracer/expression/transliteration.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

// An accent as a character of its own, and which letters it makes of which (Unicode 15,
// UnicodeData.txt): "aàeè" are a and à, e and è. A letter with two is made of one with the first.
struct Mark {
  char32_t mark;
  std::string_view pairs;
};
constexpr std::array marks = {
    Mark{0x0300, "aàeèiìoòuùüǜnǹеѐиѝēḕōṑwẁâầăằêềôồơờưừyỳ"},
    Mark{
        0x0301,
        "aáeéiíoóuúyýcćlĺnńrŕsśzźüǘgǵåǻæǽøǿϊΐαάεέηήιίϋΰοόυύωώгѓкќçḉēḗïḯkḱmḿõṍōṓpṕũṹwẃâấăắêếôốơớưứ"},
    Mark{0x0302, "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑạậẹệọộ"},
    Mark{0x0303, "aãnñoõiĩuũvṽâẫăẵeẽêễôỗơỡưữyỹ"},
    Mark{0x0304, "aāeēiīoōuūüǖäǟȧǡæǣǫǭöȫõȭȯȱyȳиӣуӯgḡḷḹṛṝ"},
    Mark{0x0306, "aăeĕgğiĭoŏuŭийуўжӂаӑеӗȩḝạặ"},
    Mark{0x0307, "cċeėgġzżaȧoȯbḃdḋfḟhḣmṁnṅpṗrṙsṡśṥšṧṣṩtṫwẇxẋyẏ"},
    Mark{0x0308, "aäeëiïoöuüyÿιϊυϋеёіїаӓәӛжӝзӟиӥоӧөӫэӭуӱчӵыӹhḧõṏūṻwẅxẍtẗ"},
    Mark{0x0309, "aảâẩăẳeẻêểiỉoỏôổơởuủưửyỷ"},
    Mark{0x030A, "aåuůwẘyẙ"},
    Mark{0x030B, "oőuűуӳ"},
    Mark{0x030C, "cčdďeělľnňrřsštťzžaǎiǐoǒuǔüǚgǧkǩʒǯjǰhȟ"},
    Mark{0x030F, "aȁeȅiȉoȍrȑuȕѵѷ"},
    Mark{0x0311, "aȃeȇiȋoȏrȓuȗ"},
    Mark{0x031B, "oơuư"},
    Mark{0x0323, "bḅdḍhḥkḳlḷmṃnṇrṛsṣtṭvṿwẉzẓaạeẹiịoọơợuụưựyỵ"},
    Mark{0x0324, "uṳ"},
    Mark{0x0325, "aḁ"},
    Mark{0x0326, "sștț"},
    Mark{0x0327, "cçgģkķlļnņrŗsştţeȩdḑhḩ"},
    Mark{0x0328, "aąeęiįuųoǫ"},
    Mark{0x032D, "dḓeḙlḽnṋtṱuṷ"},
    Mark{0x032E, "hḫ"},
    Mark{0x0330, "eḛiḭuṵ"},
    Mark{0x0331, "bḇdḏkḵlḻnṉrṟtṯzẕhẖ"}};

struct Letter {
  char32_t plain, mark;
};

const std::map<char32_t, Letter>& letters_with_marks() {
  static const std::map<char32_t, Letter> table = [] {
    std::map<char32_t, Letter> made;
    for (const Mark& one : marks)
      for (std::size_t at = 0; at < one.pairs.size();) {
        const auto plain = utf8::decode(one.pairs, at);
        const auto accented = utf8::decode(one.pairs, at + plain->bytes);
        made[accented->value] = {plain->value, one.mark};
        at += plain->bytes + accented->bytes;
      }
    return made;
  }();
  return table;
}

/// Capitals stand this far before their small letters; or, with 1, in turns with them, the capitals
/// at numbers of the parity of the first.
struct CaseRange {
  char32_t first, last, distance;
};
constexpr std::array case_ranges = {
    CaseRange{'A', 'Z', 32},     CaseRange{0xC0, 0xD6, 32},    CaseRange{0xD8, 0xDE, 32},
    CaseRange{0x100, 0x137, 1},  CaseRange{0x139, 0x148, 1},   CaseRange{0x14A, 0x177, 1},
    CaseRange{0x179, 0x17E, 1},  CaseRange{0x1A0, 0x1A5, 1},   CaseRange{0x1AF, 0x1B0, 1},
    CaseRange{0x1CD, 0x1DC, 1},  CaseRange{0x1DE, 0x1EF, 1},   CaseRange{0x1F4, 0x1F5, 1},
    CaseRange{0x1F8, 0x21F, 1},  CaseRange{0x222, 0x233, 1},   CaseRange{0x386, 0x386, 38},
    CaseRange{0x388, 0x38A, 37}, CaseRange{0x38C, 0x38C, 64},  CaseRange{0x38E, 0x38F, 63},
    CaseRange{0x391, 0x3AB, 32}, CaseRange{0x400, 0x40F, 80},  CaseRange{0x410, 0x42F, 32},
    CaseRange{0x460, 0x481, 1},  CaseRange{0x48A, 0x4BF, 1},   CaseRange{0x4C1, 0x4CE, 1},
    CaseRange{0x4D0, 0x52F, 1},  CaseRange{0x1E00, 0x1E95, 1}, CaseRange{0x1EA0, 0x1EFF, 1}};

char32_t small_letter(char32_t c) {
  constexpr char32_t y_with_dots = 0x178, cyrillic_palochka = 0x4C0;  // beside no letter of theirs
  if (c == y_with_dots) return 0xFF;
  if (c == cyrillic_palochka) return 0x4CF;
  for (const CaseRange& range : case_ranges) {
    if (c < range.first || c > range.last) continue;
    const bool is_capital = range.distance != 1 || (c - range.first) % 2 == 0;
    return is_capital ? c + range.distance : c;
  }
  return c;
}

constexpr char32_t first_mark = 0x300, last_mark = 0x36F;

class Folding {
 public:
  explicit Folding(Capitals capitals) : capitals_(capitals) {}

  void add(char32_t c) {
    constexpr char32_t sharp_s = 0xDF, capital_sharp_s = 0x1E9E, final_sigma = 0x3C2;
    constexpr char32_t dotted_i = 0x130, dotless_i = 0x131;
    if (c == dotless_i) return add_plain('i');
    if (c == sharp_s) return add_text("ss");
    const char32_t small = c == dotted_i ? U'i' : c == capital_sharp_s ? sharp_s : small_letter(c);
    if (small != c && capitals_ == Capitals::marked) text_ += '^';
    if (small == sharp_s) return add_text("ss");
    add_plain(small == final_sigma ? U'σ' : small);
  }

  std::string take() { return std::move(text_); }

 private:
  void add_plain(char32_t c) {
    const auto found = letters_with_marks().find(c);
    if (found == letters_with_marks().end()) {
      text_ += utf8::encode(c);
      return;
    }
    add_plain(found->second.plain);
    text_ += utf8::encode(found->second.mark);
  }
  void add_text(std::string_view text) { text_ += text; }

  Capitals capitals_;
  std::string text_;
};

/// Calls `one` with each character and its bytes; what is no UTF-8 is passed on byte by byte.
template <class Call>
void for_each_character(std::string_view text, const Call& one) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    const std::size_t bytes = c ? c->bytes : 1;
    one(c ? c->value : U'\uFFFD', text.substr(at, bytes));
    at += bytes;
  }
}

}  // namespace

std::string folded(std::string_view text, Capitals capitals) {
  Folding folding(capitals);
  for_each_character(text, [&](char32_t c, std::string_view) { folding.add(c); });
  return folding.take();
}

std::string without_umlauts(std::string_view folded_text) {
  constexpr char32_t two_dots = 0x308;
  std::string text;
  for_each_character(folded_text, [&](char32_t c, std::string_view bytes) {
    const bool umlaut = c == two_dots && !text.empty() &&
                        std::string_view("aou").find(text.back()) != std::string_view::npos;
    text += umlaut ? "e" : bytes;
  });
  return without_accents(text);
}

std::string without_accents(std::string_view folded_text) {
  std::string text;
  for_each_character(folded_text, [&](char32_t c, std::string_view bytes) {
    constexpr char32_t first_latin = 0xC0, last_latin = 0x17F;
    if (c >= first_mark && c <= last_mark) return;
    text += c >= first_latin && c <= last_latin ? in_ascii(bytes) : std::string(bytes);
  });
  return text;
}

}  // namespace chalkgrad
