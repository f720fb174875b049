#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "engine/ops.hpp"
#include "tracer/expression/decimal_comma.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/picture/captions.hpp"
#include "tracer/picture/diagram.hpp"

namespace chalkgrad {

namespace {

/// σ(net): nothing but an activation of one quantity.
std::optional<std::string> activated(const Expr& definition) {
  if (!definition.is(Expr::Kind::call) || definition.parts().size() != 1) return std::nullopt;
  if (!description_of(definition.op()).is_activation || !definition.part(0).is(Expr::Kind::symbol))
    return std::nullopt;
  return definition.part(0).text();
}

/// Builds the picture of a network from its quantities.
class NetworkBuilder {
 public:
  NetworkBuilder(const Solution& solution, const PictureOptions& options)
      : solution_(solution),
        all_(*solution.quantities),
        captions_(solution, options),
        has_gradients_(options.gradients),
        node_of_(all_.size(), none) {
    diagram_.output = captions_.output();
    choose_sample();
    find_weighted();
  }

  bool is_network() const { return !on_edges_.empty(); }

  Diagram run() {
    for (QuantityIndex i = 0; i < all_.size(); ++i)
      if (is_shown(i) && !all_[i].given) add_defined(i);
    for (QuantityIndex i = 0; i < all_.size(); ++i)
      if (is_shown(i) && all_[i].given && on_edges_.count(i) == 0) add_given(i);
    for (QuantityIndex i = 0; i < all_.size(); ++i)
      if (is_shown(i) && !all_[i].given) add_edges(i);
    return std::move(diagram_);
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  /// A mini-batch is drawn once: for its first sample, as its derivation is written.
  void choose_sample() {
    const std::size_t count = solution_.problem.samples.count;
    for (QuantityIndex i = 0; i < all_.size() && sample_ == 0; ++i)
      sample_ = sample_of(all_[i].name);
    diagram_.sample = sample_;
    if (count > 1 && sample_ != 0)
      diagram_.remark = "shown for the first of " + std::to_string(count) + " samples" +
                        (has_gradients_ ? "; a parameter's derivative is over all of them" : "");
  }

  bool is_shown(QuantityIndex i) const {
    const std::size_t sample = sample_of(all_[i].name);
    if (sample != 0 && sample != sample_) return false;
    if (solution_.problem.auxiliary.contains(all_[i].name)) return false;
    // Such as a learning rate, which no quantity depends on.
    return !all_[i].given || std::any_of(all_[i].users.begin(), all_[i].users.end(),
                                         [this](QuantityIndex user) { return is_shown(user); });
  }

  Role role(QuantityIndex i) const {
    const Item* item = solution_.problem.find(all_[i].name);
    return item == nullptr ? Role::defined : item->role;
  }

  /// w·x as a term, where w is a weight and x is what it weights.
  std::optional<std::pair<QuantityIndex, QuantityIndex>> weighted(const Expr& term) const {
    if (!term.is(Expr::Kind::product) || term.parts().size() != 2) return std::nullopt;
    std::array<QuantityIndex, 2> found{};
    for (std::size_t k = 0; k < 2; ++k) {
      const auto& [factor, divides] = term.parts()[k];
      const auto i = factor.is(Expr::Kind::symbol) ? all_.find(factor.text()) : std::nullopt;
      if (divides || !i) return std::nullopt;
      found[k] = *i;
    }
    const bool first = role(found[0]) == Role::weight, second = role(found[1]) == Role::weight;
    if (first == second) return std::nullopt;
    return first ? std::pair{found[0], found[1]} : std::pair{found[1], found[0]};
  }

  /// The terms of a weighted sum, under an activation or not.
  static std::vector<Expr> terms_of(const Expr& definition) {
    const bool under_call = definition.is(Expr::Kind::call) && definition.parts().size() == 1;
    const Expr& sum = under_call ? definition.part(0) : definition;
    if (!sum.is(Expr::Kind::sum)) return {sum};
    std::vector<Expr> terms;
    for (const Term& term : sum.parts()) terms.push_back(term.expr);
    return terms;
  }

  /// Weights that only ever multiply in a weighted sum are written on edges.
  void find_weighted() {
    std::vector<std::size_t> as_weight(all_.size()), in_all(all_.size());
    for (QuantityIndex i = 0; i < all_.size(); ++i) {
      if (all_[i].given || !is_shown(i)) continue;
      const Expr definition = all_.definition(i);
      for_each_leaf(definition, [&](const Expr& leaf) {
        if (const auto k = leaf.is(Expr::Kind::symbol) ? all_.find(leaf.text()) : std::nullopt)
          ++in_all[*k];
      });
      for (const Expr& term : terms_of(definition)) {
        const auto pair = weighted(term);
        if (!pair) continue;
        weighted_[i].push_back(*pair);
        ++as_weight[pair->first];
      }
    }
    for (QuantityIndex i = 0; i < all_.size(); ++i)
      if (as_weight[i] > 0 && as_weight[i] == in_all[i]) on_edges_.insert(i);
    for (auto& [user, pairs] : weighted_) {
      std::erase_if(pairs, [this](const auto& pair) { return on_edges_.count(pair.first) == 0; });
      for (const auto& pair : pairs) is_weighted_.insert(pair.second);
    }
  }

  std::size_t add_node(Diagram::Shape shape, Caption caption) {
    diagram_.nodes.push_back({.shape = shape, .captions = {std::move(caption)}});
    depth_.push_back(0);
    return diagram_.nodes.size() - 1;
  }

  void add_defined(QuantityIndex i) {
    const auto net = activated(all_.definition(i));
    const auto k = net ? all_.find(*net) : std::nullopt;
    const bool joins = k && !all_[*k].given && all_[*k].users.size() == 1 && node_of_[*k] != none &&
                       diagram_.nodes[node_of_[*k]].captions.size() == 1;
    if (joins) {
      node_of_[i] = node_of_[*k];
      diagram_.nodes[node_of_[i]].captions.push_back(captions_.of_quantity(i));
      diagram_.uses[{*net, all_[i].name}].nodes.push_back(node_of_[i]);
      return;
    }
    node_of_[i] = add_node(Diagram::Shape::unit, captions_.of_quantity(i));
    for (const QuantityIndex operand : all_[i].operands)
      if (node_of_[operand] != none)
        depth_[node_of_[i]] = std::max(depth_[node_of_[i]], depth_[node_of_[operand]] + 1);
  }

  /// An input stands at the left. What else is given is small: by itself where it serves one layer
  /// as a whole, else attached to each of its users.
  void add_given(QuantityIndex i) {
    std::set<std::size_t> users;
    for (const QuantityIndex user : all_[i].users)
      if (is_shown(user)) users.insert(node_of_[user]);
    // A column of samples that was not declared is an input, though it may be a target.
    const bool is_late = std::none_of(users.begin(), users.end(),
                                      [this](std::size_t user) { return depth_[user] == 0; });
    if (is_weighted_.count(i) != 0 || (role(i) == Role::input && !is_late)) {
      node_of_[i] = add_node(Diagram::Shape::unit, captions_.of_quantity(i));
      return;
    }
    const std::size_t depth = depth_[*users.begin()];
    const bool one_layer = users.size() > 1 && std::all_of(users.begin(), users.end(), [&](auto u) {
                             return depth_[u] == depth;
                           });
    // More than two, above and below a node, would stand in each other's way.
    const bool crowded = users.size() == 1 && given_operands(*users.begin()) > 2;
    if (one_layer || crowded) {
      node_of_[i] = add_node(Diagram::Shape::small, captions_.of_quantity(i));
      return;
    }
    for (const std::size_t user : users) {
      const std::size_t node = add_node(Diagram::Shape::small, captions_.of_quantity(i));
      diagram_.nodes[node].attached = true;
      attached_[{i, user}] = node;
    }
  }

  /// How many small nodes lead to this one.
  std::size_t given_operands(std::size_t node) const {
    std::size_t count = 0;
    for (QuantityIndex i = 0; i < all_.size(); ++i)
      for (const QuantityIndex operand : all_[i].operands)
        if (node_of_[i] == node && all_[operand].given && is_shown(operand) &&
            on_edges_.count(operand) == 0 && is_weighted_.count(operand) == 0 &&
            role(operand) != Role::input)
          ++count;
    return count;
  }

  void add_edges(QuantityIndex i) {
    const auto activation = activated(all_.definition(i));
    for (const QuantityIndex operand : all_[i].operands) {
      if (!is_shown(operand) || on_edges_.count(operand) != 0) continue;
      if (activation && node_of_[operand] == node_of_[i]) continue;
      const auto attached = attached_.find({operand, node_of_[i]});
      const std::size_t from = attached != attached_.end() ? attached->second : node_of_[operand];
      Diagram::Edge edge{.from = from, .to = node_of_[i]};
      const std::size_t index = diagram_.edges.size();
      diagram_.uses[{all_[operand].name, all_[i].name}].edges.push_back(index);
      for (const auto& [weight, input] : weighted_[i]) {
        if (input != operand) continue;
        edge.captions.push_back(captions_.of_quantity(weight));
        diagram_.uses[{all_[weight].name, all_[i].name}].edges.push_back(index);
      }
      diagram_.edges.push_back(std::move(edge));
    }
  }

  const Solution& solution_;
  const Quantities& all_;
  Captions captions_;
  Diagram diagram_;
  bool has_gradients_;
  std::size_t sample_ = 0;
  std::vector<std::size_t> node_of_;  // of a quantity; none if it is not a node of its own
  std::vector<std::size_t> depth_;    // of a node, in defined quantities
  std::set<QuantityIndex> on_edges_, is_weighted_;
  std::map<QuantityIndex, std::vector<std::pair<QuantityIndex, QuantityIndex>>> weighted_;
  std::map<std::pair<QuantityIndex, std::size_t>, std::size_t> attached_;
};

/// "without y, on which E does not depend"; empty if all is drawn.
std::string what_is_not_drawn(const Solution& solution, const std::string& output) {
  const Quantities& all = *solution.quantities;
  const auto last = all.find(output);
  if (!last) return "";
  std::vector<bool> reached(all.size());
  std::vector<QuantityIndex> open = {*last};
  while (!open.empty()) {
    const QuantityIndex i = open.back();
    open.pop_back();
    if (reached[i]) continue;
    reached[i] = true;
    open.insert(open.end(), all[i].operands.begin(), all[i].operands.end());
  }
  constexpr std::size_t most = 3;
  std::size_t count = 0;
  std::string names;
  for (QuantityIndex i = 0; i < all.size(); ++i) {
    if (reached[i] || all[i].given || all[i].automatic) continue;
    if (++count <= most) names += (names.empty() ? "" : ", ") + all[i].name;
  }
  if (count > most) names += fmt::format(" and {} more", count - most);
  return count == 0 ? "" : fmt::format("without {}, on which {} does not depend", names, output);
}

void use_decimal_commas(std::optional<Expr>& number) {
  if (number) number = with_decimal_comma(*number);
}

void use_decimal_commas(std::vector<Caption>& captions) {
  for (Caption& caption : captions) {
    use_decimal_commas(caption.value);
    use_decimal_commas(caption.gradient);
  }
}

void use_decimal_commas(Diagram& diagram) {
  for (Diagram::Node& node : diagram.nodes) {
    use_decimal_commas(node.captions);
    use_decimal_commas(node.literal);
    if (node.literal) node.sign = with_decimal_comma(std::move(node.sign));
  }
  for (Diagram::Edge& edge : diagram.edges) use_decimal_commas(edge.captions);
}

}  // namespace

Diagram make_diagram(const Solution& solution, const PictureOptions& options) {
  const auto draw = [&] {
    if (options.expanded) return make_circuit(solution, options);
    NetworkBuilder builder(solution, options);
    return builder.is_network() ? with_boxes(builder.run(), solution.problem.arrays)
                                : make_circuit(solution, options);
  };
  Diagram diagram = draw();
  if (diagram.is_circuit) diagram.remark = what_is_not_drawn(solution, diagram.output);
  if (options.numerals.decimal_comma) use_decimal_commas(diagram);
  return diagram;
}

}  // namespace chalkgrad
