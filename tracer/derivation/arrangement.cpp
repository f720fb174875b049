#include "tracer/derivation/arrangement.hpp"

#include <algorithm>

namespace chalkgrad {

namespace {

constexpr int deepest_shown = 2;

class Arranger {
 public:
  Arranger(const Derivation& derivation, const std::function<bool(StepIndex)>& concluded_only)
      : derivation_(derivation), concluded_only_(concluded_only), height_(derivation.steps.size()) {
    result_.numbers.resize(derivation.steps.size());
    // A step uses earlier ones, so one pass from the front knows all heights.
    for (StepIndex i = 0; i < derivation.steps.size(); ++i) {
      const Step& step = derivation.steps[i];
      for (const Step::Product& product : step.products)
        for (const StepIndex factor : product.factors)
          height_[i] = std::max(height_[i], height_[factor] + 1);
      if (step.rule == Rule::folded && height_[i] == 1) height_[i] = 0;
    }
  }

  Arrangement run(const std::vector<StepIndex>& roots) {
    std::vector<bool> is_root(derivation_.steps.size());
    for (const StepIndex root : roots) is_root[root] = true;
    for (const StepIndex step : needed_steps(derivation_, roots)) {
      if ((is_root[step] || height_[step] >= deepest_shown) && !is_shown(step)) add_block(step);
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_shown(StepIndex step) const { return result_.numbers[step] != 0; }

  void add_block(StepIndex root) {
    result_.blocks.push_back({root, {}});
    add(root, 0);
  }

  /// Recurses at most twice: deeper steps have blocks of their own, shown before.
  void add(StepIndex index, int depth) {
    const Step& step = derivation_.steps[index];
    std::vector<Entry>& entries = result_.blocks.back().entries;
    if (concluded_only_ && concluded_only_(index)) {
      add_used(step, depth);
      result_.numbers[index] = ++count_;
      entries.push_back({index, Entry::Part::whole, depth});
      return;
    }
    result_.numbers[index] = ++count_;
    if (step.rule == Rule::folded) {
      const StepIndex folded = step.products[0].factors[0];
      if (!is_shown(folded) && derivation_.steps[folded].products.empty()) {
        result_.numbers[folded] = count_;
        entries.push_back({index, Entry::Part::whole, depth, true});
        return;
      }
    }
    const std::size_t statement = entries.size();
    entries.push_back({index, Entry::Part::statement, depth});
    add_used(step, depth);
    if (entries.size() == statement + 1) {
      entries[statement].part = Entry::Part::whole;
    } else {
      entries.push_back({index, Entry::Part::conclusion, depth});
    }
  }

  void add_used(const Step& step, int depth) {
    for (const Step::Product& product : step.products)
      for (const StepIndex factor : product.factors)
        if (!is_shown(factor) && !derivation_.steps[factor].written_in_place)
          add(factor, depth + 1);
  }

  const Derivation& derivation_;
  const std::function<bool(StepIndex)>& concluded_only_;
  std::vector<int> height_;
  std::size_t count_ = 0;
  Arrangement result_;
};

}  // namespace

Arrangement arrange(const Derivation& derivation, const std::vector<StepIndex>& roots,
                    const std::function<bool(StepIndex)>& concluded_only) {
  return Arranger(derivation, concluded_only).run(roots);
}

std::vector<StepIndex> needed_steps(const Derivation& derivation,
                                    const std::vector<StepIndex>& roots) {
  std::vector<bool> seen(derivation.steps.size());
  std::vector<StepIndex> result;
  struct Visit {
    StepIndex step;
    bool left;
  };
  for (const StepIndex root : roots) {
    std::vector<Visit> waiting = {{root, false}};
    while (!waiting.empty()) {
      const auto [step, left] = waiting.back();
      waiting.pop_back();
      if (left) result.push_back(step);
      if (left || seen[step]) continue;
      seen[step] = true;
      waiting.push_back({step, true});
      const auto& products = derivation.steps[step].products;
      for (auto product = products.rbegin(); product != products.rend(); ++product)
        for (auto factor = product->factors.rbegin(); factor != product->factors.rend(); ++factor)
          waiting.push_back({*factor, false});
    }
  }
  return result;
}

}  // namespace chalkgrad
