#include "engine/replay.hpp"

#include <algorithm>
#include <array>

#include "engine/ops.hpp"

namespace chalkgrad {

/// Runs a program in L lanes. A slot's lanes stand side by side; the loops over them have a fixed
/// length and no branches, so that the compiler turns them into vector instructions.
template <int L>
struct Replay::Machine {
  const Replay& replay;
  double* values;
  double* adjoints;  // 0 before and after a reverse pass, except those of leaves, which collect

  using Forward = void (*)(const Machine&, const Instruction&);
  using Reverse = void (*)(const Machine&, const Instruction&);

  [[nodiscard]] double* value(Slot slot) const { return values + std::size_t{slot} * L; }
  [[nodiscard]] double* adjoint(Slot slot) const { return adjoints + std::size_t{slot} * L; }

  void forward() const {
    for (const Instruction& i : replay.program_)
      forward_table[static_cast<std::size_t>(i.op)](*this, i);
  }
  void reverse() const {
    const auto& program = replay.program_;
    for (auto i = program.rbegin(); i != program.rend(); ++i)
      reverse_table[static_cast<std::size_t>(i->op)](*this, *i);
  }

  template <class O>
  static void forward_of(const Machine& m, const Instruction& i) {
    const double *a = m.value(i.a), *b = m.value(i.b);
    double* const y = m.value(i.out);
    for (int k = 0; k < L; ++k) {
      if constexpr (is_unary<O>) {
        check_domain<O>(a[k]);
      } else {
        check_domain<O>(a[k], b[k]);
      }
    }
    std::array<double, L> result;
    for (std::size_t k = 0; k < L; ++k) {
      if constexpr (is_unary<O>) {
        result[k] = O::value(a[k]);
      } else {
        result[k] = O::value(a[k], b[k]);
      }
    }
    std::copy(result.begin(), result.end(), y);
  }

  template <class O>
  static void reverse_of(const Machine& m, const Instruction& i) {
    const double *a = m.value(i.a), *b = m.value(i.b), *y = m.value(i.out);
    const auto t = m.take(i.out);
    if constexpr (is_unary<O>) {
      m.add(i.a, t, [&](std::size_t k) { return O::derivative(a[k], y[k]); });
    } else {
      m.add(i.a, t, [&](std::size_t k) { return O::derivative_a(a[k], b[k], y[k]); });
      m.add(i.b, t, [&](std::size_t k) { return O::derivative_b(a[k], b[k], y[k]); });
    }
  }

  static void forward_run(const Machine& m, const Instruction& i) {
    auto sum = m.load(m.value(i.a));
    const Pair* const pairs = m.replay.pairs_.data() + i.first;
    for (std::uint32_t j = 0; j < i.count; ++j) {
      const double *left = m.value(pairs[j].left), *right = m.value(pairs[j].right);
      for (std::size_t k = 0; k < L; ++k) sum[k] += left[k] * right[k];
    }
    std::copy(sum.begin(), sum.end(), m.value(i.out));
  }

  static void reverse_run(const Machine& m, const Instruction& i) {
    const auto t = m.take(i.out);
    const Pair* const pairs = m.replay.pairs_.data() + i.first;
    for (std::uint32_t j = i.count; j-- > 0;) {
      const double *left = m.value(pairs[j].left), *right = m.value(pairs[j].right);
      m.add(pairs[j].left, t, [right](std::size_t k) { return right[k]; });
      m.add(pairs[j].right, t, [left](std::size_t k) { return left[k]; });
    }
    m.add(i.a, t, [](std::size_t) { return 1.0; });
  }

  static std::array<double, L> load(const double* from) {
    std::array<double, L> result;
    std::copy_n(from, L, result.begin());
    return result;
  }

  /// The adjoint of a slot, which is reset for the next pass.
  [[nodiscard]] std::array<double, L> take(Slot slot) const {
    const auto t = load(adjoint(slot));
    std::fill_n(adjoint(slot), L, 0.0);
    return t;
  }

  /// Hands t · derivative on to an operand; an adjoint of 0 hands on nothing.
  template <class D>
  void add(Slot operand, const std::array<double, L>& t, D derivative) const {
    double* const __restrict to = adjoint(operand);  // values stand elsewhere
    for (std::size_t k = 0; k < L; ++k) {
      const double handed_on = t[k] * derivative(k);
      to[k] += t[k] != 0 ? handed_on : 0.0;
    }
  }

  /// By the code of the operation; a run has the code of its fused nodes.
  template <class Kernel, class OfOperation>
  static constexpr auto table(Kernel run, OfOperation of) {
    std::array<Kernel, static_cast<std::size_t>(Op::multiply_add) + 1> kernels{};
    for_each_operation([&]<class O>(O) { kernels[static_cast<std::size_t>(O::code)] = of(O{}); });
    kernels[static_cast<std::size_t>(Op::multiply_add)] = run;
    return kernels;
  }
  inline static const auto forward_table =
      table<Forward>(&forward_run, []<class O>(O) -> Forward { return &forward_of<O>; });
  inline static const auto reverse_table =
      table<Reverse>(&reverse_run, []<class O>(O) -> Reverse { return &reverse_of<O>; });
};

namespace {

/// How often each node up to y is used by those that y depends on: 0, 1 or more.
std::vector<std::uint8_t> count_uses(const Graph& graph, NodeId y) {
  std::vector<std::uint8_t> uses(y + std::size_t{1});
  const auto use = [&](NodeId id) { uses[id] = static_cast<std::uint8_t>(uses[id] == 0 ? 1 : 2); };
  use(y);
  for (NodeId id = y; id > 0; --id) {
    if (uses[id] == 0) continue;
    const Node& node = graph.node(id);
    for (const NodeId operand : node.operands()) use(operand);
    if (node.is_fused()) use(id - 1);
  }
  return uses;
}

/// Whether `product` is multiplied for this addition alone, directly before it, and for nothing
/// else: then the two can be one, as if they had been fused when they were recorded.
bool is_for_sum_alone(const Graph& graph, NodeId product, NodeId sum,
                      const std::vector<std::uint8_t>& uses) {
  const Node& add = graph.node(sum);
  if (uses[sum] == 0 || add.op() != Op::add || add.operand(1) != product || product + 1 != sum)
    return false;
  const Node& multiply = graph.node(product);
  // Were the sum to begin with a factor, the two ways would add up its adjoint in another order.
  return multiply.op() == Op::multiply && uses[product] == 1 &&
         add.operand(0) != multiply.operand(0) && add.operand(0) != multiply.operand(1);
}

}  // namespace

Replay::Replay(Value y) : tape_(y.tape()) {
  compile(y.graph(), y.id());
  const std::size_t slots = is_leaf_.size();
  values_.resize(slots * lanes);
  adjoints_.resize(slots * lanes);
  gradient_.resize(slots);
}

bool Replay::extends_run(NodeId before, const std::vector<std::uint8_t>& uses) const {
  return !program_.empty() && program_.back().op == Op::multiply_add &&
         program_.back().out == slots_[before] && uses[before] == 1;
}

void Replay::compile(const Graph& graph, NodeId y) {
  const std::vector<std::uint8_t> uses = count_uses(graph, y);
  slots_.resize(y + std::size_t{1});
  is_leaf_ = {false};  // slot 0 is that of "no operand"
  leaf_values_ = {0};
  for (NodeId id = 1; id <= y; ++id) {
    if (uses[id] == 0) continue;
    const Node& node = graph.node(id);
    const auto slot = static_cast<Slot>(is_leaf_.size());
    slots_[id] = slot;
    is_leaf_.push_back(!is_operation(node.op()));
    leaf_values_.push_back(node.value);
    if (is_leaf_.back()) {
      leaves_.push_back(slot);
      continue;
    }
    if (id < y && is_for_sum_alone(graph, id, id + 1, uses)) continue;
    const bool both = node.op() == Op::add && is_for_sum_alone(graph, id - 1, id, uses);
    if (!both && !node.is_fused()) {
      program_.push_back({node.op(), slot, slots_[node.operand(0)], slots_[node.operand(1)]});
      continue;
    }
    const Node& product = both ? graph.node(id - 1) : node;
    const NodeId before = both ? node.operand(0) : id - 1;
    if (!extends_run(before, uses)) {
      program_.push_back({Op::multiply_add, slot, slots_[before], 0,
                          static_cast<std::uint32_t>(pairs_.size()), 0});
    }
    pairs_.push_back({slots_[product.operand(0)], slots_[product.operand(1)]});
    program_.back().out = slot;
    ++program_.back().count;
  }
  output_ = slots_[y];
}

Replay::Slot Replay::leaf_slot(Value leaf) const {
  if (leaf.tape() != tape_) refuse_mixture(leaf.tape(), tape_);
  const Slot slot = leaf.id() < slots_.size() ? slots_[leaf.id()] : 0;
  if (slot != 0 && !is_leaf_[slot])
    throw GraphError("only a leaf can be set in a replay or asked for");
  return slot;
}

void Replay::set(Value leaf, double value) {
  if (const Slot slot = leaf_slot(leaf); slot != 0) leaf_values_[slot] = value;
}

double Replay::operator[](Value leaf) const { return gradient_[leaf_slot(leaf)]; }

double Replay::value() {
  for (const Slot leaf : leaves_) values_[leaf] = leaf_values_[leaf];
  Machine<1>{*this, values_.data(), adjoints_.data()}.forward();
  return values_[output_];
}

double Replay::run() {
  const double y = value();
  std::fill_n(adjoints_.begin(), is_leaf_.size(), 0.0);
  adjoints_[output_] = 1;
  Machine<1>{*this, values_.data(), adjoints_.data()}.reverse();
  sum_gradients(1);
  return y;
}

double Replay::run(std::span<const Value> inputs, std::span<const double> rows) {
  if (inputs.empty() || rows.size() % inputs.size() != 0)
    throw GraphError("each row of samples must have a value for every input");
  std::vector<Slot> columns;
  for (const Value& input : inputs) columns.push_back(leaf_slot(input));
  for (const Slot leaf : leaves_)
    std::fill_n(values_.begin() + leaf * lanes, lanes, leaf_values_[leaf]);
  std::fill(adjoints_.begin(), adjoints_.end(), 0.0);  // an earlier run may have been broken off
  const Machine<lanes> machine{*this, values_.data(), adjoints_.data()};
  const std::size_t count = rows.size() / inputs.size();
  double total = 0;
  for (std::size_t first = 0; first < count; first += lanes) {
    const std::size_t active = std::min<std::size_t>(lanes, count - first);
    for (std::size_t k = 0; k < lanes; ++k) {
      // Lanes without a sample repeat the last one, and are not counted.
      const double* row = &rows[(first + std::min(k, active - 1)) * inputs.size()];
      for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c] != 0) machine.value(columns[c])[k] = row[c];
    }
    machine.forward();
    for (std::size_t k = 0; k < active; ++k) {
      total += machine.value(output_)[k];
      machine.adjoint(output_)[k] += 1;
    }
    machine.reverse();
  }
  sum_gradients(lanes);
  return total;
}

/// The lanes of each leaf's adjoint, added up.
void Replay::sum_gradients(std::size_t width) {
  for (const Slot leaf : leaves_) {
    double sum = 0;
    for (std::size_t k = 0; k < width; ++k) sum += adjoints_[leaf * width + k];
    gradient_[leaf] = sum;
  }
}

}  // namespace chalkgrad
