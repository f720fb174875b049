#include "tracer/derivation/local.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "engine/ops.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/dialect.hpp"

namespace chalkgrad {

namespace {

void add_once(std::vector<std::string>& list, std::string entry) {
  if (std::find(list.begin(), list.end(), entry) == list.end()) list.push_back(std::move(entry));
}

/// What the rule of an operation is called; `both` says whether both its operands depend on x.
std::string rule_of(Op op, int operand, bool both) {
  switch (op) {
    case Op::identity: return "identity";
    case Op::negate: return "constant factor rule";
    case Op::add: return "sum rule";
    case Op::subtract: return "difference rule";
    case Op::multiply: return both ? "product rule" : "constant factor rule";
    case Op::divide: return operand == 0 && !both ? "constant factor rule" : "quotient rule";
    case Op::power: return operand == 0 ? "power rule" : "derivative of an exponential";
    case Op::square: return "power rule";
    case Op::when:
    case Op::unless: return "case by case";
    case Op::unspecified:
    case Op::arguments: return "chain rule";
    default: break;
  }
  const auto description = description_of(op);
  const std::string_view name = description.text.empty() ? name_of(op) : description.text;
  return description.is_threshold
             ? fmt::format("the derivative of {} is 0 wherever it exists", name)
             : fmt::format("derivative of {}", name);
}

/// Sums, differences and constant factors everybody sees; the others are worth a remark.
bool is_telling(Op op, int operand, bool both) {
  switch (op) {
    case Op::identity:
    case Op::negate:
    case Op::add:
    case Op::subtract: return false;
    case Op::when:
    case Op::unless: return operand == 1;
    case Op::unspecified:
    case Op::arguments: return false;
    case Op::multiply: return both;
    case Op::divide: return operand == 1 || both;
    default: return true;
  }
}

class LocalWalk {
 public:
  LocalWalk(const Quantities& quantities, QuantityIndex y, QuantityIndex x)
      : quantities_(quantities), graph_(quantities.graph()), y_(y), x_(x) {}

  LocalDerivative run() {
    find_ways();
    if (ways_.empty()) return std::move(result_);
    std::vector<Visit> waiting = {{quantities_[y_].node, {}, {}, 1.0}};
    while (!waiting.empty()) {
      const Visit visit = std::move(waiting.back());
      waiting.pop_back();
      step(visit, waiting);
    }
    if (is_too_long()) {
      result_.raw = Expr::derivative(quantities_[y_].name, quantities_[x_].name);
    } else if (!occurrences_.empty()) {
      result_.raw = Expr::sum(std::move(occurrences_));
    }
    return std::move(result_);
  }

 private:
  /// A node on the way from y to an occurrence of x, and the product of the rules so far: those
  /// that stand before the derivative of this node, and those behind it, the innermost last.
  struct Visit {
    NodeId node;
    std::vector<Term> before;
    std::vector<std::vector<Term>> behind;
    double value;
  };

  /// From the occurrences of x up to y: for each operation on a way, which of its operands are. A
  /// run of sums is one operation with many operands, as it is to whoever reads it: what stands
  /// between its end and an operand hands the derivative on.
  void find_ways() {
    const auto& all = quantities_[y_].occurrences;
    const auto of_x =
        std::equal_range(all.begin(), all.end(), std::pair{x_, Use{}},
                         [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto occurrence = of_x.first; occurrence != of_x.second; ++occurrence) {
      Use use = occurrence->second;
      while (true) {
        const NodeId operation = quantities_.end_of_sum(use.user);
        std::vector<Use>& operands = ways_[operation];
        operands.push_back(use);
        if (operands.size() > 1 || operation == quantities_[y_].node) break;
        use = quantities_.use_of(operation);
      }
    }
    for (auto& [operation, operands] : ways_) std::sort(operands.begin(), operands.end());
  }

  void step(const Visit& visit, std::vector<Visit>& waiting) {
    note_convention(graph_.op(visit.node), graph_.node(visit.node));
    const std::vector<Use>& operands = ways_.at(visit.node);
    if (!is_too_long()) note_rules_of_sum(visit.node, operands.front().user);
    // The last operand first onto the stack, so that the first is taken from it first.
    for (auto use = operands.rbegin(); use != operands.rend(); ++use) {
      const Node& node = graph_.node(use->user);
      Visit next{node.operand(use->operand), {}, {}, visit.value * node.derivative[use->operand]};
      if (!is_too_long()) {
        next.before = visit.before;
        next.behind = visit.behind;
        add_rule(next, *use, operands.size() > 1);
      }
      waiting.push_back(std::move(next));
    }
    while (!waiting.empty() && is_x(waiting.back().node)) {
      arrive(waiting.back());
      waiting.pop_back();
    }
  }

  bool is_x(NodeId node) const { return quantities_.quantity_at(node) == x_; }

  /// Those of the operations of a run of sums from its end to the first that is on a way.
  void note_rules_of_sum(NodeId end, NodeId first) {
    if (end == first) return;
    add_once(result_.all_rules, rule_of(graph_.op(end), 0, false));
    const NodeId other = quantities_.other_of_sum(end);
    if (other >= first) add_once(result_.all_rules, rule_of(graph_.op(other), 0, false));
  }

  /// (a·b)' is a'·b or a·b': the other factor keeps its side.
  void add_rule(Visit& visit, Use use, bool both) {
    const Op op = graph_.op(use.user);
    std::vector<Term> factors = factors_of(rule_at(use.user, use.operand, both));
    if (use.operand == 0 && (op == Op::multiply || op == Op::divide)) {
      visit.behind.push_back(std::move(factors));
    } else {
      visit.before.insert(visit.before.end(), factors.begin(), factors.end());
    }
  }

  /// A rule as factors of a product: 1 is none, and a product is several.
  static std::vector<Term> factors_of(const Expr& rule) {
    if (rule.is_number(1)) return {};
    if (rule.is(Expr::Kind::product)) return rule.parts();
    return {{rule, false}};
  }

  void arrive(const Visit& visit) {
    result_.value += visit.value;
    result_.size += std::abs(visit.value);
    if (is_too_long()) return;
    std::vector<Term> factors = visit.before;
    for (auto behind = visit.behind.rbegin(); behind != visit.behind.rend(); ++behind)
      factors.insert(factors.end(), behind->begin(), behind->end());
    // "1/b" behind another factor is a division by b.
    std::vector<Term> product;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const bool divided_one = !factors[i].inverted && factors[i].expr.is_number(1) &&
                               i + 1 < factors.size() && factors[i + 1].inverted;
      if (!divided_one || product.empty()) product.push_back(factors[i]);
    }
    length_ += product.size() + 1;
    if (is_too_long()) {
      occurrences_.clear();
      return;
    }
    occurrences_.push_back(
        {product.empty() ? Expr(1.0) : Expr::product(std::move(product)), false});
  }

  /// Nobody reads a line of thousands of factors; beyond that only the value is worked out.
  [[nodiscard]] bool is_too_long() const { return length_ > longest_line; }

  Expr rule_at(NodeId id, int operand, bool both) {
    const Node& node = graph_.node(id);
    const Op op = graph_.op(id);
    add_once(result_.all_rules, rule_of(op, operand, both));
    if (is_telling(op, operand, both)) add_once(result_.rules, rule_of(op, operand, both));
    if (op == Op::arguments) return partial(id, operand);
    // ∂f/∂u is written where u is.
    if (op == Op::unspecified && graph_.op(node.operand(1)) == Op::arguments) return 1.0;
    const Expr& rule = symbolic_rule(op, operand);
    if (rule.is(Expr::Kind::number)) return rule;
    if (op == Op::when || op == Op::unless) {
      const auto [left, right] = sides_of_condition(quantities_.read(node.operand(0)));
      return Expr::cases(left, right, rule.part(2), rule.part(3), rule.part(4));
    }
    return substitute(rule, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return leaf;
      if (leaf.text() == "y") {
        const auto quantity = quantities_.quantity_at(id);
        return quantity ? Expr::symbol(quantities_[*quantity].name) : quantities_.read(id);
      }
      return quantities_.read(node.operand(leaf.text() == "b" ? 1 : 0));
    });
  }

  /// ∂f/∂u of f(u, v), at the arguments u, v; 1 on the way to further ones.
  Expr partial(NodeId id, int operand) {
    const NodeId argument = graph_.node(id).operand(operand);
    const bool goes_on = !quantities_.quantity_at(argument) && graph_.op(argument) == Op::arguments;
    if (goes_on) return 1.0;
    NodeId function = id;
    while (graph_.op(function) == Op::arguments) function = quantities_.use_of(function).user;
    return Expr::derivative(quantities_.read(graph_.node(function).operand(0)).text(),
                            quantities_.read(argument).text());
  }

  void note_convention(Op op, const Node& node) {
    with_operation(op, [&]<class O>(O) {
      if constexpr (requires { O::convention; }) {
        bool used = false;
        if constexpr (is_unary<O>) {
          used = O::at_kink(graph_.node(node.operand(0)).value);
        } else {
          // What noise alone separates was recorded as a tie.
          const double first = graph_.node(node.operand(0)).value;
          const double second = graph_.node(node.operand(1)).value;
          const bool tie = is_noise(first - second, HUGE_VAL, std::abs(first) + std::abs(second));
          used = O::at_kink(first, tie ? first : second);
        }
        if (used) add_once(result_.conventions, std::string(O::convention));
      }
    });
  }

  const Quantities& quantities_;
  const Graph& graph_;
  QuantityIndex y_, x_;
  static constexpr std::size_t longest_line = 20'000;
  std::size_t length_ = 0;  // of the raw line so far, in factors
  std::unordered_map<NodeId, std::vector<Use>> ways_;
  std::vector<Term> occurrences_;
  LocalDerivative result_;
};

}  // namespace

const Expr& symbolic_rule(Op op, int operand) {
  static const std::vector<std::array<Expr, 2>> rules = [] {
    std::vector<std::array<Expr, 2>> all;
    const Expr x = Expr::symbol("x"), y = Expr::symbol("y"), a = Expr::symbol("a"),
               b = Expr::symbol("b");
    for_each_operation([&]<class O>(O) {
      if constexpr (is_unary<O>) {
        all.push_back({O::derivative(x, y), 0.0});
      } else {
        all.push_back({O::derivative_a(a, b, y), O::derivative_b(a, b, y)});
      }
    });
    return all;
  }();
  return rules.at(operation_index(op)).at(static_cast<std::size_t>(operand));
}

LocalDerivative local_derivative(const Quantities& quantities, QuantityIndex y, QuantityIndex x) {
  return LocalWalk(quantities, y, x).run();
}

}  // namespace chalkgrad
