#include "tracer/check/reading/families.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t largest_family = 1'000;

/// W of w.
std::string with_capital(std::string name) {
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

class FamilyFinder {
 public:
  explicit FamilyFinder(const Problem& problem) : problem_(problem) {}

  std::vector<Family> run() {
    if (problem_.samples.count > 1) {
      over_samples();
    } else {
      by_index();
    }
    of_layers();
    return std::move(families_);
  }

 private:
  void add(std::string name, Shape shape, std::vector<std::string> elements) {
    const bool taken = problem_.find(name) != nullptr ||
                       std::any_of(families_.begin(), families_.end(),
                                   [&](const Family& one) { return one.name == name; });
    if (taken || elements.size() < 2 || elements.size() > largest_family) return;
    const bool given =
        std::all_of(elements.begin(), elements.end(), [this](const std::string& one) {
          const Item* item = problem_.find(one);
          return item != nullptr && !item->definition;
        });
    families_.push_back({std::move(name), shape, std::move(elements), given});
  }

  /// z of z[1], z[2], …; X of the columns x1 and x2, a row for each sample; w of w1 and w2.
  void over_samples() {
    std::map<std::string, std::vector<std::string>> by_name;
    std::vector<std::string> order;
    for (const Item& item : problem_.items) {
      if (sample_of(item.name) == 0) continue;
      const std::string base = item.name.substr(0, item.name.rfind('['));
      if (by_name[base].empty()) order.push_back(base);
      by_name[base].push_back(item.name);
    }
    const std::size_t count = problem_.samples.count;
    const auto whole = [&](const std::string& base) {
      return by_name.contains(base) && by_name[base].size() == count;
    };
    for (const std::string& base : order)
      if (whole(base)) add(base, Shape::vector(count), by_name[base]);
    std::vector<std::string> rows, inputs;
    for (const std::string& column : problem_.samples.columns) {
      const Item* first = problem_.find(column + "[1]");
      // The columns x1, x2 and not y.
      const bool counted = !column.empty() && is_digit(column.back());
      if (whole(column) && first != nullptr && first->role == Role::input && counted)
        inputs.push_back(column);
    }
    for (std::size_t i = 0; i < count && inputs.size() > 1; ++i)
      for (const std::string& column : inputs) rows.push_back(by_name[column][i]);
    if (inputs.size() > 1) add("X", Shape::matrix(count, inputs.size()), rows);
    by_index();
  }

  /// h of h1, h2, …, and W of w11, w12, ….
  void by_index() {
    std::map<std::string, std::map<std::string, std::string>> by_base;
    std::vector<std::string> order;
    for (const Item& item : problem_.items) {
      const auto digit = item.name.find_first_of("0123456789");
      if (digit == std::string::npos || digit == 0 ||
          item.name.find_first_not_of("0123456789", digit) != std::string::npos)
        continue;
      std::string base = item.name.substr(0, digit);
      if (base.ends_with('_')) base.pop_back();
      if (base.empty()) continue;
      auto& members = by_base[base];
      if (members.empty()) order.push_back(base);
      members.emplace(item.name.substr(digit), item.name);
    }
    for (const std::string& base : order) {
      if (vector_of(base, by_base[base])) continue;
      matrix_of(base, by_base[base]);
    }
  }

  /// A row of weights, and what they are multiplied by; nothing of what is no net input.
  struct Row {
    std::vector<std::string> weights{}, sources{};
  };
  std::optional<Row> row_of(const Item& item) const {
    if (!item.definition || !item.definition->is(Expr::Kind::sum)) return std::nullopt;
    Row row;
    for (const Term& term : item.definition->parts()) {
      const Expr& e = term.expr;
      if (e.is(Expr::Kind::symbol) && is_of(e, Role::bias)) continue;
      if (!e.is(Expr::Kind::product) || e.parts().size() != 2 || term.inverted) return std::nullopt;
      const bool first = is_of(e.part(0), Role::weight);
      const Expr &weight = e.part(first ? 0 : 1), &source = e.part(first ? 1 : 0);
      if (!is_of(weight, Role::weight) || !source.is(Expr::Kind::symbol)) return std::nullopt;
      row.weights.push_back(weight.text());
      row.sources.push_back(source.text());
    }
    return row;
  }
  [[nodiscard]] bool is_of(const Expr& e, Role role) const {
    const Item* item = e.is(Expr::Kind::symbol) ? problem_.find(e.text()) : nullptr;
    return item != nullptr && item->role == role;
  }

  /// The weights of neurons that have the same inputs, a row for each: (w1 … w4). Nobody writes
  /// that; an answer's W is it if it has these numbers.
  void of_layers() {
    std::map<std::vector<std::string>, std::vector<std::string>> by_sources;
    for (const Item& item : problem_.items) {
      const auto row = row_of(item);
      if (!row || row->sources.empty()) continue;
      std::vector<std::string>& weights = by_sources[row->sources];
      weights.insert(weights.end(), row->weights.begin(), row->weights.end());
    }
    for (const auto& [sources, weights] : by_sources) {
      const std::size_t rows = weights.size() / sources.size();
      const Shape shape = rows > 1 && sources.size() > 1 ? Shape::matrix(rows, sources.size())
                                                         : Shape::vector(weights.size());
      add("(" + weights.front() + " … " + weights.back() + ")", shape, weights);
    }
  }

  bool vector_of(const std::string& base, const std::map<std::string, std::string>& members) {
    std::vector<std::string> elements;
    for (std::size_t i = 1; i <= members.size(); ++i) {
      const auto one = members.find(std::to_string(i));
      if (one == members.end()) return false;
      elements.push_back(one->second);
    }
    add(base, Shape::vector(elements.size()), elements);
    add(with_capital(base), Shape::vector(elements.size()), elements);
    return true;
  }

  void matrix_of(const std::string& base, const std::map<std::string, std::string>& members) {
    std::size_t rows = 0, columns = 0;
    for (const auto& [index, name] : members) {
      if (index.size() != 2 || index[0] == '0' || index[1] == '0') return;
      rows = std::max(rows, static_cast<std::size_t>(index[0] - '0'));
      columns = std::max(columns, static_cast<std::size_t>(index[1] - '0'));
    }
    if (rows < 2 || columns < 2 || rows * columns != members.size()) return;
    std::vector<std::string> elements;
    for (const auto& [index, name] : members) elements.push_back(name);  // in their order
    add(with_capital(base), Shape::matrix(rows, columns), elements);
    add(base, Shape::matrix(rows, columns), elements);
  }

  const Problem& problem_;
  std::vector<Family> families_;
};

}  // namespace

std::vector<Family> families_of(const Problem& problem) { return FamilyFinder(problem).run(); }

}  // namespace chalkgrad
