#include "tracer/derivation/deltas.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "tracer/derivation/local.hpp"
#include "tracer/derivation/recognition.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// What would be longer gets a δ of its own.
constexpr std::size_t longest_inline = 40;

/// Both factors in one list, so that no brackets are needed around the second.
Expr product_without_ones(const Expr& a, const Expr& b) {
  if (a.is_number(1)) return b;
  if (b.is_number(1)) return a;
  std::vector<Term> factors;
  for (const Expr* e : {&a, &b}) {
    if (e->is(Expr::Kind::product)) {
      factors.insert(factors.end(), e->parts().begin(), e->parts().end());
    } else {
      factors.push_back({*e, false});
    }
  }
  return Expr::product(std::move(factors));
}

class Sweep {
 public:
  Sweep(const Quantities& quantities, QuantityIndex y, std::span<const QuantityIndex> xs,
        bool named_after_output)
      : quantities_(quantities),
        recognition_(quantities),
        y_(y),
        named_after_output_(named_after_output),
        is_x_(y + 1),
        level_(y + 1),
        adjoint_(y + 1) {
    for (const QuantityIndex x : xs)
      if (x <= y) is_x_[x] = true;
    find_ways();
  }

  DeltaSweep run(std::span<const QuantityIndex> xs) {
    adjoint_[y_] = {.expr = 1.0, .value = {1, 0}};
    for (QuantityIndex q = y_ + 1; q-- > 0;) {
      if (!on_way_[q]) continue;
      if (q != y_) add_up(q);
      if (deserves_delta(q)) name_delta(q);
    }
    std::stable_sort(result_.deltas.begin(), result_.deltas.end(),
                     [this](const Delta& a, const Delta& b) {
                       return std::pair(level_[a.quantity], a.quantity) <
                              std::pair(level_[b.quantity], b.quantity);
                     });
    for (const QuantityIndex x : xs) {
      const bool depends = x <= y_ && on_way_[x];
      result_.gradients.push_back(depends ? adjoint_[x] : Delta{});
      result_.gradients.back().quantity = x;
    }
    return std::move(result_);
  }

 private:
  /// The quantities on some path from an x to y, and who uses them.
  void find_ways() {
    std::vector<bool> from_x(y_ + 1), to_y(y_ + 1);
    users_.resize(y_ + 1);
    for (QuantityIndex q = 0; q <= y_; ++q) {
      from_x[q] = is_x_[q];
      for (const QuantityIndex operand : quantities_[q].operands)
        from_x[q] = from_x[q] || from_x[operand];
    }
    to_y[y_] = true;
    on_way_.resize(y_ + 1);
    for (QuantityIndex q = y_ + 1; q-- > 0;) {
      if (!to_y[q]) continue;
      on_way_[q] = from_x[q];
      for (const QuantityIndex operand : quantities_[q].operands) {
        to_y[operand] = true;
        if (on_way_[q]) users_[operand].push_back(q);
      }
    }
    for (auto& users : users_) std::sort(users.begin(), users.end());
  }

  /// ∂y/∂q = Σ ∂y/∂c·∂c/∂q over the quantities c that use q.
  void add_up(QuantityIndex q) {
    Delta& adjoint = adjoint_[q];
    adjoint.quantity = q;
    std::vector<Term> terms;
    for (const QuantityIndex c : users_[q]) {
      level_[q] = std::max(level_[q], level_[c]);
      const LocalDerivative local = local_derivative(quantities_, c, q);
      const Expr simplified = recognition_.readable(local, c, q).expr;
      const Expr factor = simplified.is(Expr::Kind::derivative)
                              ? Expr::derivative(quantities_[c].name, quantities_[q].name)
                              : simplified;
      terms.push_back({product_without_ones(adjoint_[c].expr, factor), false});
      const Approximation slope{local.value, evaluate_with_error(simplified, quantities_).error};
      adjoint.value = plus(adjoint.value, times(adjoint_[c].value, slope));
      for (const std::string& convention : local.conventions) add_once(convention, adjoint);
      for (const std::string& convention : adjoint_[c].conventions) add_once(convention, adjoint);
    }
    adjoint.expr = simplify(Expr::sum(std::move(terms)));
  }

  static void add_once(const std::string& one, Delta& delta) {
    auto& list = delta.conventions;
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  }

  bool deserves_delta(QuantityIndex q) const {
    const Expr& e = adjoint_[q].expr;
    if (q == y_ || e.is(Expr::Kind::number) || e.is(Expr::Kind::symbol)) return false;
    if (quantities_[q].given) return false;
    int ways = 0;
    bool uses_x = false;
    bool is_one_of_several = false;
    for (const QuantityIndex operand : quantities_[q].operands) {
      if (on_way_[operand]) ++ways;
      uses_x = uses_x || is_x_[operand];
      is_one_of_several = is_one_of_several || (on_way_[operand] && users_[operand].size() > 1);
    }
    return uses_x || ways > 1 || is_one_of_several || e.size() > longest_inline;
  }

  void name_delta(QuantityIndex q) {
    Delta delta = adjoint_[q];
    ++level_[q];
    delta.name = unused_name(q);
    adjoint_[q].expr = Expr::symbol(delta.name);
    adjoint_[q].conventions.clear();
    result_.deltas.push_back(std::move(delta));
  }

  /// δ_h1 for net_h1, δ_q for any other.
  std::string unused_name(QuantityIndex q) {
    std::string name = quantities_[q].name;
    const bool net = name.starts_with("net_") && name.size() > 4;
    if (named_after_output_) {
      const std::string own(without_sample(name)), of(without_sample(quantities_[y_].name));
      const std::size_t sample = sample_of(name);
      name = own + "_" + of;
      if (sample != 0) name = name_in_sample(name, sample);
    }
    for (const std::string& candidate :
         {"δ_" + (net ? name.substr(4) : name), "δ_" + name, "δ_" + name + "_"}) {
      const std::string spelled_out = "delta" + candidate.substr(std::string("δ").size());
      if (quantities_.find(candidate) || quantities_.find(spelled_out)) continue;
      if (names_.insert(candidate).second) return candidate;
    }
    return "δ_" + name + "_" + std::to_string(q);
  }

  const Quantities& quantities_;
  Recognition recognition_;
  QuantityIndex y_;
  bool named_after_output_;
  std::vector<bool> is_x_, on_way_;
  std::vector<std::vector<QuantityIndex>> users_;
  std::vector<std::size_t> level_;  // how many deltas lie between a quantity and y, itself included
  std::vector<Delta> adjoint_;
  std::set<std::string> names_;
  DeltaSweep result_;
};

}  // namespace

DeltaSweep delta_sweep(const Quantities& quantities, QuantityIndex y,
                       std::span<const QuantityIndex> xs, bool named_after_output) {
  return Sweep(quantities, y, xs, named_after_output).run(xs);
}

}  // namespace chalkgrad
