#include "tracer/check/truth/unification.hpp"

#include <algorithm>

namespace chalkgrad {

namespace {

bool is_leaf(const Expr& e) {
  return e.is(Expr::Kind::symbol) || e.is(Expr::Kind::derivative) || e.is(Expr::Kind::number);
}

/// Goes through pairs that are still to be laid over each other; each choice is tried in turn.
class Unifier {
 public:
  Unifier(const OpenNames& names, std::size_t most) : names_(names), most_(most) {}

  std::vector<Bindings> run(const Expr& formula, const Expr& definition) {
    match(formula, definition, [this] { found_.push_back(bindings_); });
    return std::move(found_);
  }

 private:
  using Continue = std::function<void()>;

  void match(const Expr& a, const Expr& b, const Continue& go_on) {
    constexpr int most_attempts = 20'000;
    if (found_.size() >= most_ || ++attempts_ > most_attempts) return;
    if (a.is(Expr::Kind::symbol) && names_.is_open(a.text())) return bind(a.text(), b, go_on);
    if (a == b) return go_on();
    if (a.kind() != b.kind() || is_leaf(a) || a.parts().size() != b.parts().size()) return;
    if (a.is(Expr::Kind::call) && a.op() != b.op()) return;
    if (a.is(Expr::Kind::function) && a.text() != b.text()) return;
    const bool ordered = !(a.is(Expr::Kind::sum) || a.is(Expr::Kind::product)) ||
                         a.parts().size() > longest_permuted;
    std::vector<bool> used(b.parts().size());
    match_parts(a.parts(), b.parts(), 0, used, ordered, go_on);
  }

  void match_parts(const std::vector<Term>& a, const std::vector<Term>& b, std::size_t at,
                   std::vector<bool>& used, bool ordered, const Continue& go_on) {
    if (at == a.size()) return go_on();
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (used[i] || a[at].inverted != b[i].inverted || (ordered && i != at)) continue;
      used[i] = true;
      match(a[at].expr, b[i].expr, [&] { match_parts(a, b, at + 1, used, ordered, go_on); });
      used[i] = false;
    }
  }

  void bind(const std::string& name, const Expr& leaf, const Continue& go_on) {
    if (!leaf.is(Expr::Kind::symbol) && !leaf.is(Expr::Kind::derivative)) return;
    const auto bound = bindings_.find(name);
    if (bound != bindings_.end()) {
      if (bound->second == leaf) go_on();
      return;
    }
    const bool taken = std::any_of(bindings_.begin(), bindings_.end(),
                                   [&](const auto& one) { return one.second == leaf; });
    if (taken || !names_.may_be(name, leaf)) return;
    bindings_.emplace(name, leaf);
    go_on();
    bindings_.erase(name);
  }

  static constexpr std::size_t longest_permuted = 8;
  const OpenNames& names_;
  std::size_t most_;
  int attempts_ = 0;
  Bindings bindings_;
  std::vector<Bindings> found_;
};

}  // namespace

std::vector<Bindings> unify(const Expr& formula, const Expr& definition, const OpenNames& names,
                            std::size_t most) {
  return Unifier(names, most).run(formula, definition);
}

}  // namespace chalkgrad
