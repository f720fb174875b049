#include "tracer/exercise/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tracer/expression/utf8.hpp"
#include "tracer/typesetting/csv_field.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// The fields of a line, separated by commas or, where it has none, by semicolons (RFC 4180, and
/// what spreadsheets write where the comma is the decimal point). A field ends with its line.
std::vector<std::string> fields(std::string_view line) {
  const char separator =
      line.find(',') == std::string_view::npos && line.find(';') != std::string_view::npos ? ';'
                                                                                           : ',';
  std::vector<std::string> list(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      list.back() += line[i++];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == separator && !quoted) {
      list.emplace_back();
    } else {
      list.back() += line[i];
    }
  }
  for (std::string& field : list) field = std::string(trimmed(field));
  return list;
}

/// The lines of a table, without the mark at the beginning of UTF-8 and empty lines at the end.
std::vector<std::string_view> lines_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  while (!lines.empty() && trimmed(lines.back()).empty()) lines.pop_back();
  return lines;
}

std::string in_small_ascii(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

/// "Anna Lee" and "anna_lee" as " anna lee ": words in small letters.
std::string words_of(std::string_view text) {
  std::string words = " ";
  for (const char c : in_small_ascii(text)) {
    const bool between = std::string_view(" _-.,'()").find(c) != std::string_view::npos;
    if (!between || words.back() != ' ') words += between ? ' ' : c;
  }
  return words.back() == ' ' ? words : words + " ";
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  constexpr std::size_t most_digits = 18;
  if (text.empty() || text.size() > most_digits ||
      text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return std::stoull(std::string(text));
}

[[noreturn]] void refuse(std::string_view path, std::size_t line, const std::string& why) {
  throw VariantsError(fmt::format("{}:{}: {}", path, line, why));
}

/// The numbers without a point in a text, outside of longer words: 3 of "answer-03".
std::set<std::size_t> numbers_in(std::string_view text) {
  std::set<std::size_t> numbers;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = text.find_first_of("0123456789", i);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
    if (const auto number = whole_number(text.substr(begin, end - begin))) numbers.insert(*number);
    i = end;
  }
  return numbers;
}

/// The number behind the word variant in the first lines, in the languages of those who mark.
std::optional<std::size_t> variant_said(std::string_view text) {
  constexpr int lines = 5;
  std::size_t end = 0;
  for (int i = 0; i < lines && end < text.size(); ++i)
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  const std::string head = in_small_ascii(text.substr(0, end));
  for (auto at = head.find("varia"); at != std::string::npos; at = head.find("varia", at + 1)) {
    const auto digit = head.find_first_of("0123456789\n", at);
    if (digit == std::string::npos || head[digit] == '\n' || digit > at + 14) continue;
    const std::size_t last = std::min(head.find_first_not_of("0123456789", digit), head.size());
    if (const auto number = whole_number(head.substr(digit, last - digit))) return *number;
  }
  return std::nullopt;
}

const Variant* with_number(std::span<const Variant> variants, std::size_t number) {
  const auto found = std::find_if(variants.begin(), variants.end(),
                                  [&](const Variant& one) { return one.number == number; });
  return found == variants.end() ? nullptr : &*found;
}

/// The variant of the longest name whose words the file's name has in a row, or in one: annalee.
const Variant* with_name(std::span<const Variant> variants, std::string_view stem) {
  const std::string words = words_of(stem);
  const Variant* best = nullptr;
  std::size_t longest = 1;
  for (const Variant& one : variants) {
    const std::string name = words_of(one.name);
    std::string joined = name;
    std::erase(joined, ' ');
    const bool has = words.find(name) != std::string::npos || words == " " + joined + " ";
    if (name.size() <= longest || !has) continue;
    best = &one;
    longest = name.size();
  }
  return best;
}

/// Of a file's or folder's name the one number that the table has.
const Variant* with_number_in(std::span<const Variant> variants, std::string_view path,
                              std::string_view name) {
  const Variant* found = nullptr;
  for (const std::size_t number : numbers_in(name)) {
    const Variant* one = with_number(variants, number);
    if (one != nullptr && found != nullptr)
      throw VariantsError(
          fmt::format("'{}' names two variants, {} and {}: say which on its first "
                      "line, as in variant {}",
                      path, found->label, one->label, one->number));
    if (one != nullptr) found = one;
  }
  return found;
}

}  // namespace

std::string variant_label(std::size_t number, std::size_t count) {
  const std::size_t digits = std::max<std::size_t>(2, std::to_string(count).size());
  return fmt::format("{:0{}}", number, digits);
}

std::vector<std::string> read_names(std::string_view csv, std::string_view path) {
  std::vector<std::string> names;
  std::map<std::string, std::size_t> first;
  const std::vector<std::string_view> lines = lines_of(csv);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string name = fields(lines[i]).front();
    if (i == 0 && in_small_ascii(name) == "name") continue;
    if (name.empty()) refuse(path, i + 1, "there is no name in this line");
    if (utf8::first_malformed(name)) refuse(path, i + 1, "the name is not in UTF-8");
    const auto [known, added] = first.emplace(name, i + 1);
    if (!added)
      refuse(path, i + 1,
             fmt::format("the name '{}' stands in line {} already", name, known->second));
    names.push_back(name);
  }
  if (names.empty()) throw VariantsError(fmt::format("{}: there is no name", path));
  return names;
}

std::string variants_as_csv(std::span<const Variant> variants) {
  const bool named = std::any_of(variants.begin(), variants.end(),
                                 [](const Variant& one) { return !one.name.empty(); });
  std::string csv = named ? "variant,seed,name\n" : "variant,seed\n";
  for (const Variant& one : variants)
    csv += named ? fmt::format("{},{},{}\n", one.label, one.seed, csv_field(one.name))
                 : fmt::format("{},{}\n", one.label, one.seed);
  return csv;
}

std::vector<Variant> read_variants(std::string_view csv, std::string_view path) {
  const std::vector<std::string_view> lines = lines_of(csv);
  if (lines.empty()) throw VariantsError(fmt::format("{}: the table is empty", path));
  const std::vector<std::string> head = fields(lines.front());
  const auto column = [&](std::string_view word) {
    const auto found = std::find_if(head.begin(), head.end(), [&](const std::string& one) {
      return in_small_ascii(one) == word;
    });
    return static_cast<std::size_t>(found - head.begin());
  };
  const std::size_t number = column("variant"), seed = column("seed"), name = column("name");
  if (number == head.size() || seed == head.size())
    refuse(path, 1, "the heading has no columns variant and seed, as chalkgrad sheets writes them");
  std::vector<Variant> variants;
  std::set<std::size_t> numbers;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> row = fields(lines[i]);
    const auto cell = [&](std::size_t at) { return at < row.size() ? row[at] : std::string(); };
    const auto one = whole_number(cell(number)), its_seed = whole_number(cell(seed));
    if (!one) refuse(path, i + 1, fmt::format("'{}' is no number of a variant", cell(number)));
    if (!its_seed) refuse(path, i + 1, fmt::format("'{}' is no seed", cell(seed)));
    if (!numbers.insert(*one).second)
      refuse(path, i + 1, fmt::format("variant {} stands here twice", *one));
    variants.push_back({*one, cell(number), *its_seed, cell(name)});
  }
  if (variants.empty()) throw VariantsError(fmt::format("{}: there is no variant", path));
  return variants;
}

const Variant* variant_of_answer(std::span<const Variant> variants, std::string_view path,
                                 std::string_view text) {
  if (const auto said = variant_said(text)) {
    if (const Variant* one = with_number(variants, *said)) return one;
    throw VariantsError(fmt::format("'{}' says variant {}, which the table has not", path, *said));
  }
  const std::size_t slash = path.rfind('/');
  const std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::string_view stem = file.substr(0, file.rfind('.'));
  if (const Variant* one = with_name(variants, stem)) return one;
  if (const Variant* one = with_number_in(variants, path, stem)) return one;
  if (slash == std::string_view::npos) return nullptr;
  const std::string_view folder = path.substr(0, slash);
  const std::string_view last = folder.substr(folder.rfind('/') + 1);
  if (const Variant* one = with_name(variants, last)) return one;
  // Of a folder all of the name: hw2 and week03 are none.
  const bool all_digits = last.find_first_not_of("0123456789") == std::string_view::npos;
  return all_digits ? with_number_in(variants, path, last) : nullptr;
}

}  // namespace chalkgrad
