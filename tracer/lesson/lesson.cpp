#include "tracer/lesson/lesson.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

using Edges = std::set<std::size_t>;

/// The derivatives in an expression, from left to right.
std::vector<Expr> derivatives_in(const Expr& e) {
  std::vector<Expr> found;
  for_each_leaf(e, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::derivative)) found.push_back(leaf);
  });
  return found;
}

/// The terms of the statement of a fork: of a sum, which may have a constant before it.
std::vector<Expr> terms_of_fork(const Expr& e) {
  if (e.is(Expr::Kind::sum)) {
    std::vector<Expr> terms;
    for (const Term& term : e.parts())
      if (!derivatives_in(term.expr).empty()) terms.push_back(term.expr);
    return terms;
  }
  if (e.is(Expr::Kind::product))
    for (const Term& factor : e.parts())
      if (factor.expr.is(Expr::Kind::sum)) return terms_of_fork(factor.expr);
  return derivatives_in(e).empty() ? std::vector<Expr>{} : std::vector<Expr>{e};
}

/// Which edges and nodes of a diagram lie between quantities.
class DrawnPaths {
 public:
  explicit DrawnPaths(const Diagram& diagram) : diagram_(diagram) {
    for (const auto& [use, drawn] : diagram.uses) {
      users_[use.first].push_back(use.second);
      operands_[use.second].push_back(use.first);
    }
  }

  bool knows(const std::string& quantity) const {
    return users_.count(quantity) != 0 || operands_.count(quantity) != 0;
  }

  /// Adds what lies on any path from x up to y.
  void add(const std::string& x, const std::string& y, Edges& edges, Edges& nodes) const {
    // In turns, so that a neuron of a thousand weights is not looked through for each of them.
    Search up(x, users_), down(y, operands_);
    bool is_up = true;
    while (is_up ? up.advance() : down.advance()) is_up = !is_up;
    for (const auto& [from, to] : is_up ? up.way_to(y) : down.way_to(x)) {
      const Diagram::Use& use = diagram_.uses.at(is_up ? std::pair(from, to) : std::pair(to, from));
      edges.insert(use.edges.begin(), use.edges.end());
      nodes.insert(use.nodes.begin(), use.nodes.end());
    }
  }

  /// Adds what the use of x in the definition of y itself is drawn as.
  void add_direct(const std::string& x, const std::string& y, Edges& edges, Edges& nodes) const {
    const auto use = diagram_.uses.find({x, y});
    if (use == diagram_.uses.end()) return;
    edges.insert(use->second.edges.begin(), use->second.edges.end());
    nodes.insert(use->second.nodes.begin(), use->second.nodes.end());
  }

  /// Adds what leads directly to y.
  void add_operands(const std::string& y, Edges& edges, Edges& nodes) const {
    const auto operands = operands_.find(y);
    if (operands == operands_.end()) return;
    for (const std::string& operand : operands->second) {
      const Diagram::Use& use = diagram_.uses.at({operand, y});
      edges.insert(use.edges.begin(), use.edges.end());
      nodes.insert(use.nodes.begin(), use.nodes.end());
    }
  }

  /// Adds what x leads to directly.
  void add_users(const std::string& x, Edges& edges) const {
    const auto users = users_.find(x);
    if (users == users_.end()) return;
    for (const std::string& user : users->second) {
      const Diagram::Use& use = diagram_.uses.at({x, user});
      edges.insert(use.edges.begin(), use.edges.end());
    }
  }

 private:
  using Neighbours = std::map<std::string, std::vector<std::string>>;

  /// What can be reached from a quantity, edge by edge.
  class Search {
   public:
    Search(const std::string& start, const Neighbours& next) : next_(next), found_{start} {
      begun_from_[start];
    }

    /// Follows one edge more; false if all have been followed.
    bool advance() {
      for (; at_ < found_.size(); ++at_, edge_ = 0) {
        const auto ends = next_.find(found_[at_]);
        if (ends == next_.end() || edge_ == ends->second.size()) continue;
        const std::string& end = ends->second[edge_++];
        const auto [known, added] = begun_from_.try_emplace(end);
        known->second.push_back(found_[at_]);
        if (added) found_.push_back(end);
        return true;
      }
      return false;
    }

    /// Of those that were followed, the edges that lead to `goal`.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> way_to(
        const std::string& goal) const {
      std::vector<std::pair<std::string, std::string>> edges;
      std::set<std::string> seen = {goal};
      std::vector<std::string> open = {goal};
      while (!open.empty()) {
        const std::string to = std::move(open.back());
        open.pop_back();
        const auto begun = begun_from_.find(to);
        if (begun == begun_from_.end()) continue;
        for (const std::string& from : begun->second) {
          edges.emplace_back(from, to);
          if (seen.insert(from).second) open.push_back(from);
        }
      }
      return edges;
    }

   private:
    const Neighbours& next_;
    std::vector<std::string> found_;
    std::map<std::string, std::vector<std::string>> begun_from_;  // by where an edge leads
    std::size_t at_ = 0, edge_ = 0;
  };

  const Diagram& diagram_;
  Neighbours users_, operands_;
};

class LessonMaker {
 public:
  LessonMaker(const Sheet& sheet, const Diagram& diagram)
      : sheet_(sheet), diagram_(diagram), paths_(diagram) {
    for (std::size_t i = 0; i < diagram.nodes.size(); ++i)
      for (const Caption& caption : diagram.nodes[i].captions)
        if (!caption.name.empty()) nodes_of_[caption.name].push_back(i);
  }

  std::vector<LessonStep> run() {
    for (at_.section = 0; at_.section < sheet_.sections.size(); ++at_.section) {
      const auto& parts = sheet_.sections[at_.section].parts;
      for (at_.part = 0; at_.part < parts.size(); ++at_.part)
        std::visit([this](const auto& part) { add(part); }, parts[at_.part]);
    }
    return std::move(steps_);
  }

 private:
  void add_step(std::size_t row, Focus focus) {
    at_.row = row;
    steps_.push_back({.place = at_, .focus = std::move(focus)});
  }

  void add(const std::vector<Listing>& listings) {
    for (std::size_t i = 0; i < listings.size(); ++i) {
      Focus focus;
      for (const Row& entry : listings[i].entries) show(entry.left, focus.values, focus.nodes);
      add_step(i, std::move(focus));
    }
  }

  void add(const Note&) { add_step(0, {}); }

  void add(const Table& table) {
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      Focus focus;
      for (const Table::Cell& cell : table.rows[i])
        for (const auto& part : cell.content)
          if (const auto* symbol = std::get_if<Expr>(&part); symbol && !cell.relation)
            show(*symbol, focus.values, focus.nodes);
      focus.gradients = focus.values;
      // A row of the samples: each number is that of its column's quantity in this sample.
      for (std::size_t c = 0; c < table.rows[i].size(); ++c) {
        const Remark& head = table.columns[c].head;
        const auto* column = head.size() == 1 ? std::get_if<Expr>(&head[0]) : nullptr;
        if (column == nullptr || !column->is(Expr::Kind::symbol)) continue;
        show(Expr::symbol(name_in_sample(column->text(), i + 1)), focus.values, focus.nodes);
      }
      add_step(i, std::move(focus));
    }
  }

  /// As what a quantity is drawn: of a mini-batch one sample is, and stands for the others.
  std::string drawn(const std::string& name) const {
    if (diagram_.sample == 0 || sample_of(name) == 0) return name;
    return name_in_sample(without_sample(name), diagram_.sample);
  }

  /// A quantity that is in the picture. Its number appears only where it is its own.
  void show(const Expr& symbol, std::vector<std::string>& names,
            std::vector<std::size_t>& nodes) const {
    if (!symbol.is(Expr::Kind::symbol)) return;
    const std::string name = drawn(symbol.text());
    if (!paths_.knows(name)) return;
    if (name == symbol.text()) names.push_back(name);
    if (const auto found = nodes_of_.find(name); found != nodes_of_.end())
      nodes.insert(nodes.end(), found->second.begin(), found->second.end());
  }

  /// Adds the edges of one factor.
  void add_factor(const Expr& factor, Edges& edges, Edges& nodes) const {
    const std::string x = drawn(factor.wrt()), y = drawn(factor.text());
    if (factor.direct()) {
      paths_.add_direct(x, y, edges, nodes);
    } else {
      paths_.add(x, y, edges, nodes);
    }
  }

  void add(const Group& group) {
    rules_.clear();
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Row& row = group[i];
      const Focus focus = focus_of(row);
      const std::optional<std::size_t> rule = rule_of(row);
      const std::size_t lines = is_stacked(row) ? row.sides.size() : 1;
      for (std::size_t line = 0; line < lines; ++line) {
        const bool last = line + 1 == lines;
        Focus now = focus;
        if (!last) {
          now.values.clear();
          now.gradients.clear();
        }
        // The output's own derivative is 1 from the beginning of the way back.
        if (row.left.is(Expr::Kind::derivative) && !goes_back_) {
          goes_back_ = true;
          now.gradients.push_back(diagram_.output);
        }
        add_step(i, std::move(now));
        LessonStep& step = steps_.back();
        step.place.side = line;
        step.end_side = last ? row.sides.size() : line + 1;
        if (line == 0) step.label = row.label;
        step.rule = rule;
        step.sample = sample_of_row(row);
      }
    }
  }

  /// The step with the rule that the row belongs to, if it stands in the same group. A row that
  /// states a rule is one for those below it.
  std::optional<std::size_t> rule_of(const Row& row) {
    const auto depth = static_cast<std::size_t>(row.depth);
    const std::string left = print(row.left);
    rules_.resize(std::max(rules_.size(), depth + 1));
    for (std::size_t deeper = depth + 1; deeper < rules_.size(); ++deeper) rules_[deeper].reset();
    std::optional<std::size_t> rule;
    if (rules_[depth] && rules_[depth]->first == left) {
      rule = rules_[depth]->second;
      rules_[depth].reset();
      return rule;
    }
    for (std::size_t d = depth; d-- > 0 && !rule;)
      if (rules_[d]) rule = rules_[d]->second;
    rules_[depth] = {left, steps_.size()};
    return rule;
  }

  static std::size_t sample_of_row(const Row& row) {
    if (row.left.is(Expr::Kind::symbol)) return chalkgrad::sample_of(row.left.text());
    if (!row.left.is(Expr::Kind::derivative)) return 0;
    return std::max(chalkgrad::sample_of(row.left.text()), chalkgrad::sample_of(row.left.wrt()));
  }

  Focus focus_of(const Row& row) {
    const std::optional<Expr> derivative = derivative_of(row);
    if (derivative) return focus_of_derivative(row, *derivative);
    Focus focus;
    if (!row.left.is(Expr::Kind::symbol)) return focus;
    const std::string name = drawn(row.left.text());
    Edges edges, nodes;
    if (name.ends_with(updated_mark)) {
      const std::string parameter = name.substr(0, name.size() - updated_mark.size());
      paths_.add_users(parameter, edges);
      if (const auto found = nodes_of_.find(parameter); found != nodes_of_.end())
        focus.nodes = found->second;
    } else {
      show(row.left, focus.values, focus.nodes);
      paths_.add_operands(name, edges, nodes);
    }
    if (!edges.empty()) focus.paths.emplace_back(edges.begin(), edges.end());
    return focus;
  }

  /// What the row is about: its left side, or what its left side is short for, as in δ = ∂E/∂net.
  static std::optional<Expr> derivative_of(const Row& row) {
    if (row.left.is(Expr::Kind::derivative)) return row.left;
    if (!row.sides.empty() && row.left.is(Expr::Kind::symbol) &&
        row.sides[0].expr.is(Expr::Kind::derivative))
      return row.sides[0].expr;
    return std::nullopt;
  }

  Focus focus_of_derivative(const Row& row, const Expr& derivative) {
    Focus focus;
    Edges nodes;
    const std::string &y = derivative.text(), &x = derivative.wrt();
    std::vector<Expr>& terms = statements_[print(derivative)];
    for (const Side& side : row.sides)
      if (std::vector<Expr> found = terms_of_fork(side.expr); found.size() > 1)
        terms = std::move(found);
    const auto add_path = [&focus](const Edges& edges) {
      std::vector<std::size_t> path(edges.begin(), edges.end());
      // The samples of a mini-batch have one picture, and so one path.
      if (std::find(focus.paths.begin(), focus.paths.end(), path) == focus.paths.end())
        focus.paths.push_back(std::move(path));
    };
    for (const Expr& term : terms) {
      Edges edges;
      const std::vector<Expr> factors = derivatives_in(term);
      for (const Expr& factor : factors) add_factor(factor, edges, nodes);
      if (factors.front().text() != y)
        paths_.add(drawn(factors.front().text()), drawn(y), edges, nodes);
      add_path(edges);
    }
    if (terms.empty()) {
      Edges edges;
      add_factor(derivative, edges, nodes);
      if (!edges.empty()) add_path(edges);
    }
    focus.nodes.assign(nodes.begin(), nodes.end());
    const bool has_result = !row.sides.empty() && row.sides.back().expr.is(Expr::Kind::number);
    if (has_result && y == diagram_.output && !derivative.direct() && paths_.knows(x))
      focus.gradients.push_back(x);
    return focus;
  }

  const Sheet& sheet_;
  const Diagram& diagram_;
  DrawnPaths paths_;
  std::map<std::string, std::vector<std::size_t>> nodes_of_;
  std::map<std::string, std::vector<Expr>> statements_;  // the terms at a fork, by what is derived
  std::vector<LessonStep> steps_;
  SheetPlace at_{};
  bool goes_back_ = false;
  /// Of the group at hand, by depth: the derivative that a rule was stated for, and in which step.
  std::vector<std::optional<std::pair<std::string, std::size_t>>> rules_;
};

/// Takes numbers out of a picture that no step works out, so that they leave no gaps.
void keep_revealed(Diagram& picture, const std::vector<LessonStep>& steps) {
  std::set<std::string> values, gradients;
  for (const LessonStep& step : steps) {
    values.insert(step.focus.values.begin(), step.focus.values.end());
    gradients.insert(step.focus.gradients.begin(), step.focus.gradients.end());
  }
  const auto keep = [&](Caption& caption) {
    if (values.count(caption.owner()) == 0) caption.value.reset();
    if (gradients.count(caption.owner()) == 0) caption.gradient.reset();
  };
  for (Diagram::Node& node : picture.nodes)
    std::for_each(node.captions.begin(), node.captions.end(), keep);
  for (Diagram::Edge& edge : picture.edges)
    std::for_each(edge.captions.begin(), edge.captions.end(), keep);
}

}  // namespace

bool is_stacked(const Row& row) { return row.stacked || has_several_remarks(row); }

std::size_t Lesson::step_at(const SheetPlace& place) const {
  const auto after = std::upper_bound(
      steps.begin(), steps.end(), place,
      [](const SheetPlace& at, const LessonStep& step) { return at < step.place; });
  return after == steps.begin() ? 0 : static_cast<std::size_t>(after - steps.begin()) - 1;
}

Lesson make_lesson(const Sheet& sheet, const Diagram& diagram) {
  Lesson lesson{diagram, LessonMaker(sheet, diagram).run()};
  if (diagram.nodes.size() > most_nodes) {
    lesson.picture = make_outline(diagram);
    for (LessonStep& step : lesson.steps) step.focus = {};
  }
  keep_revealed(lesson.picture, lesson.steps);
  return lesson;
}

}  // namespace chalkgrad
