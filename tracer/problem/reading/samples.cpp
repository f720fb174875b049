#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/statements.hpp"

/// A table of samples, and the network written once for each of them.
namespace chalkgrad {

namespace {

/// So many quantities would fill a machine, not a sheet.
constexpr std::size_t most_quantities = 1'000'000;

/// The names of a header, with commas between them or without.
std::vector<Mention> header(Statement& statement) {
  std::vector<Mention> columns;
  // Of a list with arrays the names are read one by one.
  const auto ends = [](const Statement& one, std::size_t) { return one.draft.arrays.in_file; };
  while (statement.parser.peek().kind == Token::Kind::name) {
    const bool array = is_array_column(statement);
    for (Mention& one : array ? array_column(statement) : statement.name_list(ends))
      columns.push_back(std::move(one));
    if (statement.draft.arrays.in_file) statement.parser.accept(",");
    statement.parser.accept("|");
  }
  return columns;
}

class SampleExpansion {
 public:
  explicit SampleExpansion(Draft& draft) : draft_(draft) {}

  void run() {
    if (!check_columns()) return;
    name_aggregated();
    find_repeated();
    for (const auto& [name, kind] : draft_.aggregates)
      if (!repeated_.contains(own_error(name)))
        draft_.fail(item(name).body, fmt::format("'{}' does not depend on the samples", name),
                    "samples are the columns of the table, and what is computed from them");
    if (repeated_.size() * draft_.rows.size() > most_quantities)
      return draft_.fail(*draft_.samples_place,
                         fmt::format("{} quantities for each of {} samples are too many",
                                     repeated_.size(), draft_.rows.size()));
    rewrite();
  }

 private:
  std::vector<Item>& items() { return draft_.problem.items; }
  Item& item(const std::string& name) { return items()[draft_.problem.index.at(name)]; }

  /// The name under which the body of a mean over samples is computed for each of them: E⁽²⁾ of E,
  /// unless the body is a quantity itself.
  [[nodiscard]] std::string own_error(const std::string& name) {
    const Expr& body = *item(name).definition;
    return body.is(Expr::Kind::symbol) ? body.text() : name;
  }

  bool check_columns() {
    const std::size_t errors = draft_.errors.size();
    if (draft_.rows.empty())
      draft_.fail(*draft_.samples_place, "the table of samples has no rows",
                  "each line below it has a number for each column");
    for (const auto& [name, place, in_formula] : draft_.columns) {
      if (std::find(columns_.begin(), columns_.end(), name) != columns_.end())
        draft_.fail(place, fmt::format("the column '{}' is there twice", name));
      columns_.push_back(name);
      const Item* known = draft_.problem.find(name);
      if (known == nullptr) {
        draft_.add({.name = name, .role = Role::input, .place = place});
      } else if (known->definition || known->number) {
        draft_.fail(place,
                    fmt::format("'{}' has a {} in line {}, and a column", name,
                                known->definition ? "definition" : "number", known->place.line),
                    "declare it without one");
      }
    }
    for (const Item& one : items()) {
      const bool varies = one.role == Role::input || one.role == Role::target;
      const bool is_column =
          std::find(columns_.begin(), columns_.end(), one.name) != columns_.end();
      if (varies && !one.number && !is_column)
        draft_.fail(one.place, fmt::format("'{}' has no column in the table of samples", one.name),
                    "add a column, or give it a number here");
    }
    return draft_.errors.size() == errors;
  }

  /// E = mean over samples of (t − y)² is the mean of E⁽¹⁾, E⁽²⁾, …, each defined by the body.
  void name_aggregated() {
    for (const auto& [name, kind] : draft_.aggregates)
      if (own_error(name) == name) bodies_.insert(name);
  }

  /// The columns, and every definition that needs one, other than by a mean or sum over samples.
  void find_repeated() {
    std::map<std::string, std::vector<std::size_t>> users;
    for (std::size_t i = 0; i < items().size(); ++i) {
      const Item& one = items()[i];
      if (!one.definition) continue;
      for_each_leaf(*one.definition, [&](const Expr& leaf) {
        if (leaf.is(Expr::Kind::symbol)) users[leaf.text()].push_back(i);
      });
    }
    std::vector<std::string> waiting = columns_;
    repeated_.insert(columns_.begin(), columns_.end());
    while (!waiting.empty()) {
      const std::string name = std::move(waiting.back());
      waiting.pop_back();
      for (const std::size_t user : users[name]) {
        const std::string& found = items()[user].name;
        const bool sums_up = draft_.aggregates.contains(found);
        if (sums_up && bodies_.contains(found)) repeated_.insert(found);
        if (!sums_up && repeated_.insert(found).second) waiting.push_back(found);
      }
    }
  }

  /// The name of a mean or sum is that of the whole, also within a sample; only its body is
  /// repeated.
  Expr in_sample(const Expr& e, std::size_t sample) const {
    return substitute(e, [&](const Expr& leaf) {
      const bool repeated = leaf.is(Expr::Kind::symbol) && varying_.contains(leaf.text()) &&
                            !bodies_.contains(leaf.text());
      return repeated ? Expr::symbol(name_in_sample(leaf.text(), sample)) : leaf;
    });
  }

  /// Given quantities first, then the samples, one after the other, then the rest.
  void rewrite() {
    rewrite_arrays();
    std::vector<Item> old = std::move(items());
    items().clear();
    items().reserve(old.size() + repeated_.size() * draft_.rows.size());
    draft_.problem.index.clear();
    const auto add = [&](Item one) {
      draft_.problem.index.emplace(one.name, items().size());
      items().push_back(std::move(one));
    };
    for (const Item& one : old)
      if (!one.definition && !repeated_.contains(one.name)) add(one);
    for (std::size_t sample = 1; sample <= draft_.rows.size(); ++sample)
      for (const Item& one : old)
        if (repeated_.contains(one.name)) add(of_sample(one, sample));
    for (Item& one : old) {
      const auto aggregate = draft_.aggregates.find(one.name);
      if (aggregate != draft_.aggregates.end()) {
        one.definition = over_samples(one, aggregate->second);
        one.of_arrays.reset();
      } else if (!one.definition || repeated_.contains(one.name)) {
        continue;
      }
      add(std::move(one));
    }
    draft_.problem.samples = {columns_, draft_.rows.size()};
  }

  /// h of a sample is h[2], whose elements are h1[2], h2[2].
  void rewrite_arrays() {
    varying_ = repeated_;
    for (const auto* arrays : {&draft_.problem.arrays, &draft_.problem.array_parts})
      for (const Array& array : *arrays)
        if (repeated_.contains(array.elements.front())) varying_.insert(array.shown);
    for (auto* arrays : {&draft_.problem.arrays, &draft_.problem.array_parts}) {
      const std::vector<Array> old = std::move(*arrays);
      arrays->clear();
      for (const Array& array : old)
        if (!varying_.contains(array.shown)) arrays->push_back(array);
      for (std::size_t sample = 1; sample <= draft_.rows.size(); ++sample)
        for (const Array& array : old)
          if (varying_.contains(array.shown)) arrays->push_back(in_sample(array, sample));
    }
  }

  Array in_sample(Array array, std::size_t sample) const {
    array.name = name_in_sample(array.name, sample);
    array.shown = name_in_sample(array.shown, sample);
    for (std::string& element : array.elements)
      if (repeated_.contains(element)) element = name_in_sample(element, sample);
    if (array.definition) array.definition = in_sample(*array.definition, sample);
    return array;
  }

  Item of_sample(const Item& one, std::size_t sample) const {
    Item copy{.name = name_in_sample(one.name, sample),
              .role = one.role,
              .place = one.place,
              .body = one.body};
    if (one.definition) {
      copy.definition = in_sample(*one.definition, sample);
      if (one.of_arrays) copy.of_arrays = in_sample(*one.of_arrays, sample);
      return copy;
    }
    const auto column = std::find(columns_.begin(), columns_.end(), one.name) - columns_.begin();
    const Item& cell = draft_.rows[sample - 1].at(static_cast<std::size_t>(column));
    copy.number = cell.number;
    copy.written = cell.written;
    copy.place = copy.body = cell.body;
    return copy;
  }

  /// 1/n·(E⁽¹⁾ + E⁽²⁾ + …)
  Expr over_samples(const Item& one, Draft::Aggregate kind) {
    const std::string& name = bodies_.contains(one.name) ? one.name : one.definition->text();
    std::vector<Term> terms;
    for (std::size_t sample = 1; sample <= draft_.rows.size(); ++sample)
      terms.push_back({Expr::symbol(name_in_sample(name, sample)), false});
    const auto count = static_cast<double>(terms.size());
    Expr sum = Expr::sum(std::move(terms));
    if (kind == Draft::Aggregate::sum || count == 1) return sum;
    return Expr::product({{1.0, false}, {count, true}, {sum, false}});
  }

  Draft& draft_;
  std::vector<std::string> columns_;
  std::set<std::string> bodies_;    // aggregates whose body has no name of its own
  std::set<std::string> repeated_;  // what has a value in each sample
  std::set<std::string> varying_;   // the same, and arrays of it
};

}  // namespace

namespace {

/// Rows with decimal commas have twice as many numbers.
std::string hint_for_width(const Statement& statement, std::size_t numbers) {
  if (numbers <= statement.draft.columns.size()) return {};
  for (const Token& token : statement.tokens)
    if (std::string hint = hint_at(statement.tokens, token.span); token.is(",") && !hint.empty())
      return hint;
  return {};
}

}  // namespace

void read_samples(Statement& statement) {
  Draft& draft = statement.draft;
  const bool heads = statement.parser.peek().is_word("samples");
  const Span word = heads ? statement.parser.next().span : statement.parser.peek().span;
  statement.parser.accept(":");
  if (heads && draft.samples_place)
    throw SyntaxError(word, "a file has one table of samples",
                      fmt::format("the first is in line {}", draft.samples_place->line));
  if (heads) draft.samples_place = statement.place(word);
  draft.columns = header(statement);
}

void read_sample(Statement& statement) {
  std::vector<Item> row;
  const Span first = statement.parser.peek().span;
  while (statement.parser.peek().kind != Token::Kind::end) {
    try {
      read_number(statement, row.emplace_back(), InRow::yes);
    } catch (const SyntaxError& error) {
      throw SyntaxError(error.span, error.what(),
                        "a row has numbers, with commas, blanks or | between them");
    }
    if (!statement.parser.accept(",")) statement.parser.accept("|");
  }
  Draft& draft = statement.draft;
  const std::size_t columns = draft.columns.size();
  if (row.size() != columns) {
    // What is wrong with the whole table is said once.
    const bool again = draft.wrong_width == row.size();
    draft.wrong_width = row.size();
    draft.rows.push_back(std::vector<Item>(columns));
    if (again) return;
    throw SyntaxError(
        {first.begin, row.back().body.span.end},
        fmt::format("this sample has {} number{}, but the table has {} column{}", row.size(),
                    row.size() == 1 ? "" : "s", columns, columns == 1 ? "" : "s"),
        hint_for_width(statement, row.size()));
  }
  statement.draft.rows.push_back(std::move(row));
}

void expand_samples(Draft& draft) {
  if (draft.samples_place) {
    // A table that could not be read has been reported.
    if (draft.errors.empty()) SampleExpansion(draft).run();
    return;
  }
  if (draft.excused.may_be_anything()) return;  // also a table
  for (const auto& [name, kind] : draft.aggregates) {
    const Item* item = draft.problem.find(name);
    if (item != nullptr)
      draft.fail(item->body, "there are no samples", "add a table, as in samples x, t");
  }
}

}  // namespace chalkgrad
