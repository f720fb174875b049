#include "tracer/exercise/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tracer/exercise/student_names.hpp"
#include "tracer/expression/letters.hpp"
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

}  // namespace

std::string variant_label(std::size_t number, std::size_t count) {
  const std::size_t digits = std::max<std::size_t>(2, std::to_string(count).size());
  return fmt::format("{:0{}}", number, digits);
}

std::vector<std::string> read_names(std::string_view csv, std::string_view path) {
  std::vector<std::string> names;
  std::map<std::vector<std::string>, std::size_t> first;  // by its words
  const std::vector<std::string_view> lines = lines_of(csv);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string name = fields(lines[i]).front();
    if (i == 0 && in_small_ascii(name) == "name") continue;
    if (name.empty()) refuse(path, i + 1, "there is no name in this line");
    if (utf8::first_malformed(name)) refuse(path, i + 1, "the name is not in UTF-8");
    // An answer is found by the name of its file, which has no capitals to rely on.
    const auto [known, added] = first.emplace(words_of_name(folded(name)), i);
    if (!added) {
      const std::string earlier = fields(lines[known->second]).front();
      refuse(path, i + 1,
             earlier == name
                 ? fmt::format("the name '{}' stands in line {} already", name, known->second + 1)
                 : fmt::format("the name of a file cannot tell '{}' from '{}' in line {}", name,
                               earlier, known->second + 1));
    }
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

}  // namespace chalkgrad
