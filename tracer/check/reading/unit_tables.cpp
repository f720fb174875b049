#include "tracer/check/reading/unit_tables.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

enum class Column { nothing, label, net, out, delta, itself, gradient, change, updated };

struct Heading {
  Column kind;
  std::string_view words;  ///< in lower case, with blanks between and around them
};
constexpr std::array headings = {
    Heading{
        Column::label,
        " neuron neurona neurone unit node knoten einheit gewicht weight peso poids parameter "
        "parámetro name größe quantity variable bobot param quantité grandeur cantidad magnitud "
        "grandeza quantidade величина вес параметр нейрон веса "},
    Heading{Column::net, " net netto netz neta z in input eingang netzeingabe preactivation "},
    Heading{Column::out,
            " out output ausgabe aktivierung activation tanh sigmoid relu a o h sal salida saída "
            "activación sortie "
            "aus "},
    Heading{Column::delta, " δ delta error_term fehler "},
    Heading{Column::itself,
            " value wert valor valeur valore старое значение ancien old alt viejo antigo before "
            "vorher nilai w "},
    Heading{Column::gradient,
            " gradient grad gradiente ableitung derivative derivada dérivée ∂e/∂w gradien градиент "
            "производная "},
    Heading{Column::change, " δw Δw change änderung step schritt cambio "},
    Heading{Column::updated, " new neu nuevo novo baru nouveau w+ w⁺ updated after nachher "}};

Column column_of(const AnswerCell& cell) {
  std::string text;
  for (const Token& token : cell.tokens) {
    if (token.kind == Token::Kind::number || is_relation(token)) return Column::nothing;
    text += token.text;
  }
  const std::string entry = " " + in_lower_case(text) + " ";
  for (const Heading& one : headings)
    if (!text.empty() && one.words.find(entry) != std::string_view::npos) return one.kind;
  const auto& tokens = cell.tokens;
  // net_j and δ_k: the index is any.
  if (tokens.size() == 1 && tokens[0].kind == Token::Kind::name) {
    const auto index = tokens[0].text.find('_');
    if (index != std::string::npos && index + 2 == tokens[0].text.size()) {
      AnswerCell plain;
      plain.tokens.push_back(tokens[0]);
      plain.tokens[0].text.resize(index);
      return column_of(plain);
    }
  }
  // ∂E/∂w
  const bool derivative = tokens.size() >= 3 && (tokens[0].is("∂") || text[0] == 'd') &&
                          text.find('/') != std::string::npos && text.ends_with('w');
  return derivative ? Column::gradient : Column::nothing;
}

class UnitTables {
 public:
  explicit UnitTables(const KnownNames& known) : known_(known) {}

  void read(std::vector<AnswerRow>& rows) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
      AnswerRow& row = rows[at];
      if (row.empty()) continue;
      if (row.size() <= columns_.size() && row.size() > 1 && is_row_of_values(row)) {
        if (auto statements = statements_of(row)) {
          row = std::move(*statements);
        } else {
          read_layer(rows, at);
        }
      } else if (row.size() == heads_.size() + 1 && !heads_.empty()) {
        if (auto statements = statements_below(row)) row = std::move(*statements);
      } else if (!begin_table(row)) {
        columns_.clear();
        heads_ = parameters_in(row);
      }
    }
  }

 private:
  /// A table with a column for each parameter, and rows for what is said of them: w, v and b above
  /// "gradient" and "new".
  std::vector<std::string> parameters_in(const AnswerRow& row) const {
    std::vector<std::string> heads;
    for (const AnswerCell& cell : row) {
      const bool name = cell.tokens.size() == 1 && cell.tokens[0].kind == Token::Kind::name;
      const auto quantity = name ? known_.vocabulary->quantity(cell.tokens[0].text) : std::nullopt;
      if (!quantity || !known_.vocabulary->is_given(*quantity)) return {};
      heads.push_back(cell.tokens[0].text);
    }
    return heads.size() > 1 ? heads : std::vector<std::string>{};
  }

  /// Nothing where the first cell does not say what the row is about.
  std::optional<AnswerRow> statements_below(const AnswerRow& row) const {
    const Column kind = column_of(row[0]);
    if (kind == Column::nothing || kind == Column::label) return std::nullopt;
    AnswerRow cells;
    for (std::size_t i = 1; i < row.size(); ++i) {
      AnswerCell cell = row[i];
      cell.of_table = false;
      const auto name = is_value(cell.tokens) ? name_in(kind, heads_[i - 1]) : std::nullopt;
      if (!name) return std::nullopt;
      prefix(cell, *name);
      cell.begins_line = cells.empty();
      cells.push_back(std::move(cell));
    }
    return cells;
  }

  /// Of a problem in arrays: h1, h2 and h3 are a layer, and each column one of its arrays. Which,
  /// is found out where names are learnt.
  void read_layer(std::vector<AnswerRow>& rows, std::size_t first) const {
    constexpr std::size_t most = 64;
    if (!known_.vocabulary->arrays().any()) return;
    const std::string label = rows[first][0].tokens[0].text;
    if (label.size() < 2 || !label.ends_with('1')) return;
    const std::string base = label.substr(0, label.size() - 1);
    std::size_t end = first;
    while (end < rows.size() && end - first < most && rows[end].size() > 1 &&
           rows[end].size() <= columns_.size() && is_row_of_values(rows[end]) &&
           rows[end][0].tokens[0].text == base + std::to_string(end - first + 1))
      ++end;
    if (end - first < 2) return;
    AnswerRow arrays;
    for (std::size_t column = 1; column < columns_.size(); ++column)
      if (auto cell = array_in(rows, first, end, column, base)) arrays.push_back(std::move(*cell));
    if (arrays.empty()) return;
    arrays.front().begins_line = true;
    rows[first] = std::move(arrays);
    for (std::size_t at = first + 1; at < end; ++at) rows[at].clear();
  }

  /// net_h = [−0.15, −0.5, 0.25]; nothing where not each row has a value there.
  std::optional<AnswerCell> array_in(const std::vector<AnswerRow>& rows, std::size_t first,
                                     std::size_t end, std::size_t column,
                                     const std::string& base) const {
    const Column kind = columns_[column];
    if (kind != Column::net && kind != Column::out && kind != Column::delta) return std::nullopt;
    const std::string_view name = kind == Column::net   ? "net_"
                                  : kind == Column::out ? "out_"
                                                        : "delta_";
    AnswerCell cell{.column = rows[first][0].column};
    for (std::size_t at = first; at < end; ++at) {
      if (column >= rows[at].size() || !is_value(rows[at][column].tokens)) return std::nullopt;
      const std::vector<Token>& value = rows[at][column].tokens;
      const std::size_t place = value.front().span.begin;
      const auto sign = [&](std::string_view text) {
        cell.tokens.push_back({Token::Kind::sign, std::string(text), {place, place}});
      };
      if (at == first) {
        cell.tokens.push_back({Token::Kind::name, std::string(name) + base, {place, place}});
        sign("=");
      }
      sign(at == first ? "[" : ",");
      cell.tokens.insert(cell.tokens.end(), value.begin(), value.end());
    }
    const std::size_t last = cell.tokens.back().span.end;
    cell.tokens.push_back({Token::Kind::sign, "]", {last, last}});
    return cell;
  }

  static void prefix(AnswerCell& cell, const std::string& name) {
    const std::size_t place = cell.tokens.front().span.begin;
    cell.tokens.insert(cell.tokens.begin(), {{Token::Kind::name, name, {place, place}},
                                             {Token::Kind::sign, "=", {place, place}}});
  }

  bool begin_table(const AnswerRow& row) {
    std::vector<Column> columns;
    std::size_t meant = 0;
    for (const AnswerCell& cell : row) {
      columns.push_back(column_of(cell));
      meant += columns.back() != Column::nothing && columns.size() > 1 ? 1 : 0;
    }
    if (row.size() < 2 || meant == 0) return false;
    // Above the names there may be nothing.
    if (columns[0] != Column::nothing && columns[0] != Column::label)
      columns.insert(columns.begin(), Column::label);
    // The first column names the row, whatever stands above it.
    const bool words = std::none_of(row.front().tokens.begin(), row.front().tokens.end(),
                                    [](const Token& one) { return is_relation(one); });
    if (!words || (row.size() == 2 && columns[0] != Column::label)) return false;
    columns[0] = Column::label;
    columns_ = std::move(columns);
    return true;
  }

  bool is_row_of_values(const AnswerRow& row) const {
    if (row[0].tokens.size() != 1 || row[0].tokens[0].kind != Token::Kind::name) return false;
    return std::any_of(row.begin() + 1, row.end(),
                       [](const AnswerCell& cell) { return is_value(cell.tokens); });
  }

  std::optional<std::string> first_known(std::initializer_list<std::string_view> prefixes,
                                         const std::string& unit) const {
    for (const std::string_view prefix : prefixes) {
      const auto meaning = known_.vocabulary->meaning(std::string(prefix) + unit);
      if (meaning && meaning->is(Expr::Kind::symbol)) return meaning->text();
    }
    return std::nullopt;
  }

  /// How the quantity of that column is called in the row of that unit; nothing if that is unknown.
  std::optional<std::string> name_in(Column column, const std::string& unit) const {
    const Vocabulary& vocabulary = *known_.vocabulary;
    const bool given = vocabulary.quantity(unit) && vocabulary.is_given(*vocabulary.quantity(unit));
    switch (column) {
      case Column::out:
        if (given) return std::nullopt;
        return first_known({"out_", "a_", "o_", "h_", "y_", ""}, unit);
      case Column::net: {
        if (given) return std::nullopt;
        if (auto name = first_known({"net_", "z_", "in_", "s_", "net", "z"}, unit)) return name;
        const auto out = name_in(Column::out, unit);
        return out ? vocabulary.operand_of(*out, "") : std::nullopt;
      }
      case Column::delta: {
        const std::string name = "delta_" + unit;
        const auto meaning = vocabulary.meaning(name);
        const bool derivative = meaning && meaning->is(Expr::Kind::derivative);
        return derivative ? std::optional(name) : std::nullopt;
      }
      case Column::itself: return vocabulary.meaning(unit) ? std::optional(unit) : std::nullopt;
      case Column::gradient:
        return vocabulary.quantity(unit) ? std::optional("grad " + unit) : std::nullopt;
      case Column::change:
        return given ? std::optional(std::string(change_mark) + unit) : std::nullopt;
      case Column::updated:
        return given ? std::optional(unit + std::string(updated_mark)) : std::nullopt;
      case Column::label:
      case Column::nothing: break;
    }
    return std::nullopt;
  }

  /// Nothing where none of the row's values has a name.
  std::optional<AnswerRow> statements_of(const AnswerRow& row) const {
    AnswerRow cells;
    bool any = false;
    // "sortie" is what everything is derived of.
    constexpr std::string_view outputs = " output sortie ausgabe salida saída keluaran выход ";
    const std::string& word = row[0].tokens[0].text;
    const bool output = !known_.is_name(word) && !known_.vocabulary->output().empty() &&
                        outputs.find(" " + in_lower_case(word) + " ") != std::string_view::npos;
    const std::string& unit = output ? known_.vocabulary->output() : word;
    for (std::size_t i = 1; i < row.size(); ++i) {
      AnswerCell cell = row[i];
      cell.of_table = false;
      const auto name = is_value(cell.tokens) ? name_in(columns_[i], unit) : std::nullopt;
      any = any || name;
      if (name) prefix(cell, *name);
      cell.begins_line = cells.empty();
      cells.push_back(std::move(cell));
    }
    return any ? std::optional(std::move(cells)) : std::nullopt;
  }

  const KnownNames& known_;
  std::vector<Column> columns_;
  std::vector<std::string> heads_;
};

}  // namespace

void read_unit_tables(std::vector<AnswerRow>& rows, const KnownNames& known) {
  UnitTables(known).read(rows);
}

}  // namespace chalkgrad
