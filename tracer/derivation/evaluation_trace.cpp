#include "tracer/derivation/evaluation_trace.hpp"

#include <algorithm>
#include <limits>

#include "engine/ops.hpp"
#include "tracer/derivation/local.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

class Tracer {
 public:
  Tracer(const Quantities& quantities, QuantityIndex y, std::span<const QuantityIndex> xs,
         std::size_t lines_before)
      : quantities_(quantities),
        graph_(quantities.graph()),
        y_(quantities[y].node),
        letter_(unused_letter()),
        count_(lines_before),
        names_(y_ + 1, Expr(0.0)),
        line_of_(y_ + 1, none) {
    is_x_.resize(y_ + 1);
    for (const QuantityIndex x : xs)
      if (quantities[x].node <= y_) is_x_[quantities[x].node] = true;
    find_reached();
    for (const bool inputs : {true, false})
      for (NodeId id = 1; id <= y_; ++id)
        if (reached_[id] && is_operation(graph_.op(id)) != inputs) add_line(id);
  }

  EvaluationTrace reverse() {
    std::vector<std::vector<Term>> terms(y_ + 1);
    std::vector<Approximation> values(y_ + 1);
    terms[y_] = {{1.0, false}};
    values[y_] = {1, 0};
    for (NodeId id = y_; id > 0; --id) {
      if (line_of_[id] == none || terms[id].empty()) continue;
      const Expr bar = Expr::symbol(with_accent(names_[id].text(), adjoint_accent));
      std::reverse(terms[id].begin(), terms[id].end());  // the first user first
      finish(id, bar, simplify(Expr::sum(std::move(terms[id]))), values[id]);
      const Node& node = graph_.node(id);
      for (int i = 0; i < 2; ++i) {
        const NodeId operand = node.operand(i);
        if (operand == 0 || !depends_[operand]) continue;
        terms[operand].push_back({bar * rule(id, i), false});
        values[operand] = plus(values[operand], times(values[id], slope(node, i)));
      }
    }
    return std::move(result_);
  }

  EvaluationTrace forward() {
    std::vector<Approximation> values(y_ + 1);
    for (NodeId id = 1; id <= y_; ++id) {
      if (line_of_[id] == none || !depends_[id]) continue;
      const auto dot = [this](NodeId of) {
        return Expr::symbol(with_accent(names_[of].text(), tangent_accent));
      };
      if (is_x_[id]) {
        values[id] = {1, 0};
        finish(id, dot(id), 1.0, values[id]);
        continue;
      }
      const Node& node = graph_.node(id);
      std::vector<Term> terms;
      for (int i = 0; i < 2; ++i) {
        const NodeId operand = node.operand(i);
        if (operand == 0 || !depends_[operand]) continue;
        terms.push_back({dot(operand) * rule(id, i), false});
        values[id] = plus(values[id], times(values[operand], slope(node, i)));
      }
      finish(id, dot(id), simplify(Expr::sum(std::move(terms))), values[id]);
    }
    return std::move(result_);
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  /// v, unless quantities are named so.
  std::string unused_letter() const {
    for (const char* letter : {"v", "u", "s", "q"}) {
      bool taken = false;
      for (QuantityIndex i = 0; i < quantities_.size(); ++i)
        taken =
            taken || (!quantities_[i].automatic && name_parts(quantities_[i].name).base == letter);
      if (!taken) return letter;
    }
    return "node";
  }

  /// The nodes that y needs, and which of them depend on an x.
  void find_reached() {
    reached_.resize(y_ + 1);
    depends_.resize(y_ + 1);
    reached_[y_] = true;
    for (NodeId id = y_; id > 0; --id) {
      if (!reached_[id]) continue;
      for (const NodeId operand : graph_.node(id).operands()) reached_[operand] = true;
    }
    reached_[0] = false;
    for (NodeId id = 1; id <= y_; ++id) {
      depends_[id] = is_x_[id];
      for (const NodeId operand : graph_.node(id).operands())
        depends_[id] = depends_[id] || (reached_[id] && depends_[operand]);
    }
  }

  void add_line(NodeId id) {
    const auto own = quantities_.quantity_at(id);
    const bool named = own && quantities_[*own].node == id;
    const std::string name = named ? quantities_[*own].name : "";
    if (!is_operation(graph_.op(id))) {
      names_[id] = quantities_.read(id);
      if (!is_x_[id]) return;
    }
    if (is_literal(id)) {
      names_[id] = operation(id);
      return;
    }
    TraceLine line{.name = name, .input = !is_operation(graph_.op(id))};
    line.value = graph_.node(id).value;
    line.error = named ? quantities_[*own].error : 0;
    if (!line.input) {
      line.name = letter_ + std::to_string(++count_);
      line.quantity = named && !quantities_[*own].automatic ? name : "";
      line.expr = operation(id);
      names_[id] = Expr::symbol(line.name);
    }
    line_of_[id] = result_.lines.size();
    result_.lines.push_back(std::move(line));
  }

  /// An operation on literals alone, like 1/2, is one to whoever reads.
  bool is_literal(NodeId id) const {
    if (!graph_.name(id).empty() || id == y_ || quantities_.quantity_at(id)) return false;
    for (const NodeId operand : graph_.node(id).operands())
      if (operand != 0 && (line_of_[operand] != none || !graph_.name(operand).empty()))
        return false;
    return true;
  }

  /// The operation of a node over the names of its operands.
  Expr operation(NodeId id) const {
    const Node& node = graph_.node(id);
    const Expr &a = names_[node.operand(0)], &b = names_[node.operand(1)];
    switch (const Op op = graph_.op(id)) {
      case Op::identity: return a;
      case Op::negate: return -a;
      case Op::add: return a + b;
      case Op::subtract: return a - b;
      case Op::multiply: return a * b;
      case Op::divide: return a / b;
      case Op::power: return pow(a, b);
      case Op::square: return square(a);
      // The two cases of a definition are lines of their own, each 0 where the other holds.
      case Op::when: return Expr::cases(a, 0.0, b, 0.0, 0.0);
      case Op::unless: return Expr::cases(a, 0.0, 0.0, b, b);
      default: return arity_of(op) == 1 ? Expr::call(op, {a}) : Expr::call(op, {a, b});
    }
  }

  /// ∂v/∂operand, as the operation's own rule gives it, over names of lines.
  Expr rule(NodeId id, int operand) const {
    const Node& node = graph_.node(id);
    return substitute(symbolic_rule(graph_.op(id), operand), [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return leaf;
      if (leaf.text() == "y") return names_[id];
      return names_[node.operand(leaf.text() == "b" ? 1 : 0)];
    });
  }

  static Approximation slope(const Node& node, int operand) {
    const double value = node.derivative[operand];
    constexpr double few_units = 4 * std::numeric_limits<double>::epsilon();
    const bool exact = value == 0 || value == 1 || value == -1;
    return {value, exact ? 0 : few_units * std::abs(value)};
  }

  void finish(NodeId id, const Expr& name, Expr derivative, Approximation value) {
    TraceLine& line = result_.lines[line_of_[id]];
    line.derivative_name = name;
    line.derivative = std::move(derivative);
    line.derivative_value = value;
  }

  const Quantities& quantities_;
  const Graph& graph_;
  NodeId y_;
  std::string letter_;
  std::size_t count_;
  std::vector<bool> is_x_, reached_, depends_;
  std::vector<Expr> names_;           // by node, how expressions call it
  std::vector<std::size_t> line_of_;  // by node
  EvaluationTrace result_;
};

}  // namespace

EvaluationTrace reverse_trace(const Quantities& quantities, QuantityIndex y,
                              std::span<const QuantityIndex> xs, std::size_t lines_before) {
  return Tracer(quantities, y, xs, lines_before).reverse();
}

EvaluationTrace forward_trace(const Quantities& quantities, QuantityIndex y, QuantityIndex x) {
  return Tracer(quantities, y, {&x, 1}, 0).forward();
}

}  // namespace chalkgrad
