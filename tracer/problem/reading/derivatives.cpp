#include "tracer/problem/reading/derivatives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "tracer/derivation/derivation.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/problem/dependencies.hpp"
#include "tracer/problem/evaluation.hpp"
#include "tracer/problem/reading/derivative_formulas.hpp"
#include "tracer/problem/reading/newton_steps.hpp"
#include "tracer/problem/reading/statements.hpp"

namespace chalkgrad {

namespace {

/// E of dE, where E is a name and dE is none; empty otherwise.
std::string without_differential(const Token& token, const Draft& draft) {
  if (token.kind != Token::Kind::name || token.text.size() < 2 || token.text[0] != 'd') return {};
  const std::string rest = token.text.substr(1);
  const auto is_known = [&](const std::string& name) {
    return draft.names.contains(std::string(without_sample(name))) ||
           draft.arrays.find(name) != nullptr;
  };
  return !is_known(token.text) && is_known(rest) ? rest : std::string();
}

/// What stands from `at` on as ∂E or dE, and how many tokens it takes.
std::pair<std::string, std::size_t> differential(const std::vector<Token>& tokens, std::size_t at,
                                                 const Draft& draft) {
  if (at + 1 < tokens.size() && tokens[at].is("∂") && tokens[at + 1].kind == Token::Kind::name)
    return {tokens[at + 1].text, 2};
  if (at < tokens.size())
    if (std::string name = without_differential(tokens[at], draft); !name.empty()) return {name, 1};
  return {};
}

/// d2E/dw2, which is the derivative of dE/dw; empty for other tokens.
std::string second_derivative(const std::vector<Token>& tokens, std::size_t at, Draft& draft) {
  if (at + 2 >= tokens.size() || !tokens[at + 1].is("/")) return {};
  Token above = tokens[at], below = tokens[at + 2];
  if (!above.text.starts_with("d2") || !below.text.ends_with('2')) return {};
  above.text.erase(1, 1);
  below.text.pop_back();
  const std::string y = without_differential(above, draft), x = without_differential(below, draft);
  if (y.empty() || x.empty() || draft.names.contains(tokens[at].text)) return {};
  return name_of_derivative(draft, name_of_derivative(draft, y, x), x);
}

}  // namespace

std::string name_of_derivative(Draft& draft, const std::string& y, const std::string& x) {
  std::string name =
      draft.derivatives.contains(y) ? fmt::format("d({})/d{}", y, x) : fmt::format("d{}/d{}", y, x);
  draft.derivatives.try_emplace(name, y, x);
  draft.names.insert(name);
  return name;
}

std::vector<Token> with_derivatives(std::vector<Token> tokens, Draft& draft) {
  std::vector<Token> merged;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (const std::string twice = second_derivative(tokens, i, draft); !twice.empty()) {
      merged.push_back({Token::Kind::name, twice, {tokens[i].span.begin, tokens[i + 2].span.end}});
      i += 2;
      continue;
    }
    const auto [above, taken] = differential(tokens, i, draft);
    const std::size_t slash = i + taken;
    const bool divided = taken > 0 && slash < tokens.size() && tokens[slash].is("/");
    auto [below, more] =
        divided ? differential(tokens, slash + 1, draft) : std::pair<std::string, std::size_t>();
    if (more == 0) {
      merged.push_back(std::move(tokens[i]));
      continue;
    }
    std::size_t end = slash + more;
    // An element: dE/dW[1,2].
    while (end + 1 < tokens.size() && tokens[end + 1].is("[") &&
           tokens[end + 1].span.begin == tokens[end].span.end) {
      do below += tokens[++end].text;
      while (end + 1 < tokens.size() && !tokens[end].is("]"));
    }
    merged.push_back({Token::Kind::name,
                      name_of_derivative(draft, above, below),
                      {tokens[i].span.begin, tokens[end].span.end}});
    i = end;
  }
  return merged;
}

bool gives_derivatives(std::string_view name) {
  return name == "grad" || name == "jacobian" || name == "hessian";
}

namespace {

/// The quantities that are named: of arrays their elements.
std::vector<std::string> quantities_named(const Draft& draft, const Token& function,
                                          const std::vector<Expr>& list) {
  std::vector<std::string> names;
  for (const Expr& e : list) {
    if (!e.is(Expr::Kind::symbol))
      throw SyntaxError(function.span, fmt::format("{} takes names", describe(function)),
                        fmt::format("as in {}(E; w1, w2)", function.text));
    if (const Array* array = draft.arrays.find(e.text()))
      names.insert(names.end(), array->elements.begin(), array->elements.end());
    else
      names.push_back(e.text());
  }
  return names;
}

}  // namespace

std::optional<Expr> derivatives_called(Draft& draft, const Token& name,
                                       const ArgumentLists& lists) {
  if (!gives_derivatives(name.text) || draft.names.contains(name.text)) return std::nullopt;
  const bool several = name.text == "jacobian";
  if (lists.size() != 2 || lists[0].empty() || lists[1].empty() ||
      (!several && lists[0].size() != 1))
    throw SyntaxError(
        name.span, fmt::format("{} is written {}", describe(name),
                               several ? "jacobian(y1, y2; x1, x2)" : name.text + "(E; w1, w2)"));
  const auto ys = quantities_named(draft, name, lists[0]);
  const auto xs = quantities_named(draft, name, lists[1]);
  std::vector<Expr> elements;
  if (name.text == "hessian") {
    for (const std::string& row : xs)
      for (const std::string& column : xs)
        elements.push_back(
            Expr::symbol(name_of_derivative(draft, name_of_derivative(draft, ys[0], row), column)));
    return Expr::matrix(std::move(elements), xs.size());
  }
  for (const std::string& y : ys)
    for (const std::string& x : xs)
      elements.push_back(Expr::symbol(name_of_derivative(draft, y, x)));
  if (several) return Expr::matrix(std::move(elements), xs.size());
  // Of one array the gradient has its shape.
  const Array* array = lists[1].size() == 1 ? draft.arrays.find(lists[1][0].text()) : nullptr;
  if (array != nullptr && array->shape.is_matrix())
    return Expr::matrix(std::move(elements), array->shape.columns);
  return array_of(Shape::vector(xs.size()), std::move(elements));
}

namespace {

/// Derives what definitions are about, and puts it in; round by round, since a derivative may be
/// one of what is defined by another.
class DerivativesPutIn {
 public:
  explicit DerivativesPutIn(Draft& draft) : draft_(draft), problem_(draft.problem) {}

  void run() {
    resolve_names();
    if (!draft_.errors.empty()) return;
    for (const Item& item : problem_.items)
      if (item.definition && item.definition->is(Expr::Kind::symbol) && item.name[0] != '\x01' &&
          draft_.derivatives.contains(item.definition->text()))
        names_of_slopes_.try_emplace(item.definition->text(), item.name);
    for (Item& item : problem_.items) {
      if (!item.definition || !has_derivative(*item.definition)) continue;
      item.with_derivatives = shown(*item.definition);
      if (item.name[0] != '\x01') note_shown(*item.definition);
    }
    for (Array& array : problem_.arrays)
      if (array.definition) array.definition = shown(*array.definition, Named::no);
    while (true) {
      const std::set<std::string> open = find_open();
      if (open.empty()) break;
      const auto ready = find_ready(open);
      if (ready.empty()) return refuse_circle(open);
      if (!derive_ready(ready)) return;
      for (Item& item : problem_.items)
        if (item.definition) item.definition = with_formulas(*item.definition);
    }
    // Second derivatives are shown as they come out.
    for (Item& item : problem_.items)
      if (item.with_derivatives) item.with_derivatives = with_formulas(*item.with_derivatives);
    for (Array& array : problem_.arrays)
      if (array.definition) array.definition = with_formulas(*array.definition);
    for (const auto& [name, derivative] : draft_.derivatives)
      if (shown_.contains(name)) add_to_what_is_derived(derivative);
  }

 private:
  using Pair = std::pair<std::string, std::string>;

  /// W[1,2] is w12, and everything must be a quantity.
  void resolve_names() {
    name_quantities();
    for (const auto& [name, derivative] : draft_.derivatives) {
      const Item* of = problem_.find(derivative.first);
      if (derivative.first == derivative.second)
        draft_.fail(place_of(name), fmt::format("{} is a derivative by itself", name));
      else if (of != nullptr && (!of->definition || of->definition->is(Expr::Kind::number)))
        draft_.fail(place_of(name), fmt::format("'{}' depends on nothing", of->name),
                    "a derivative is that of a definition");
    }
  }

  void name_quantities() {
    for (auto& [name, derivative] : draft_.derivatives)
      for (std::string* one : {&derivative.first, &derivative.second}) {
        if (draft_.derivatives.contains(*one) || problem_.find(*one) != nullptr) continue;
        const Place place = place_of(name);
        const auto part = part_of_array(draft_, *one, place);
        if (part && part->elements.size() == 1) {
          *one = part->elements[0];
        } else if (part) {
          draft_.fail(place,
                      fmt::format("{} is {}, and {} would be one number", *one,
                                  describe(part->shape), name),
                      fmt::format("write grad({}; {})", derivative.first, derivative.second));
        } else if (problem_.find(name_in_sample(*one, 1)) != nullptr) {
          draft_.fail(place, fmt::format("'{}' has a value in each sample", *one));
        } else {
          draft_.fail(place, fmt::format("'{}' is no quantity, and {} no derivative", *one, name));
        }
      }
  }

  Place place_of(const std::string& name) const {
    for (const Mention& mention : draft_.mentions())
      if (mention.name == name) return mention.place;
    for (const Item& item : problem_.items)
      if (item.definition && uses(*item.definition, name)) return item.body;
    return {};
  }

  static bool uses(const Expr& e, const std::string& name) {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      found = found || (leaf.is(Expr::Kind::symbol) && leaf.text() == name);
    });
    return found;
  }

  bool has_derivative(const Expr& e) const {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      found = found || (leaf.is(Expr::Kind::symbol) && draft_.derivatives.contains(leaf.text()));
    });
    return found;
  }

  /// What definitions of the file use, and not requirements alone.
  void note_shown(const Expr& e) {
    for_each_leaf(e, [&](const Expr& leaf) {
      for (std::string name = leaf.is(Expr::Kind::symbol) ? leaf.text() : ""; !name.empty();) {
        const auto found = draft_.derivatives.find(name);
        if (found == draft_.derivatives.end()) return;
        shown_.insert(name);
        name = found->second.first;
      }
    });
  }

  /// Whether slopes are called by names; not in a matrix, whose elements have lines of their own.
  enum class Named { no, yes };
  /// As a sheet writes it: ∂E/∂w, and of second derivatives ∂g/∂v where g = ∂E/∂w has that name,
  /// the others as they come out.
  Expr shown(const Expr& e, Named slopes = Named::yes) const {
    return substitute(e, [&](const Expr& leaf) {
      const auto found = leaf.is(Expr::Kind::symbol) ? draft_.derivatives.find(leaf.text())
                                                     : draft_.derivatives.end();
      if (found == draft_.derivatives.end()) return leaf;
      const auto& [of, wrt] = found->second;
      if (!draft_.derivatives.contains(of)) return Expr::derivative(of, wrt);
      const auto named = names_of_slopes_.find(of);
      return slopes == Named::no || named == names_of_slopes_.end()
                 ? leaf
                 : Expr::derivative(named->second, wrt);
    });
  }

  /// The derivatives that definitions still have, and those that these are derivatives of.
  std::set<std::string> find_open() const {
    std::set<std::string> open;
    const std::function<void(const std::string&)> add = [&](const std::string& name) {
      const auto found = draft_.derivatives.find(name);
      if (found == draft_.derivatives.end() || formulas_.contains(name)) return;
      open.insert(name);
      add(found->second.first);
    };
    for (const Item& item : problem_.items)
      if (item.definition)
        for_each_leaf(*item.definition, [&](const Expr& leaf) {
          if (leaf.is(Expr::Kind::symbol)) add(leaf.text());
        });
    return open;
  }

  /// Those of what depends on none of them.
  std::vector<std::string> find_ready(const std::set<std::string>& open) {
    waiting_.clear();
    for (bool more = true; more;) {
      more = false;
      for (const Item& item : problem_.items) {
        if (!item.definition || waiting_.contains(item.name)) continue;
        bool waits = false;
        for_each_leaf(*item.definition, [&](const Expr& leaf) {
          if (leaf.is(Expr::Kind::symbol))
            waits = waits || waiting_.contains(leaf.text()) || open.contains(leaf.text());
        });
        if (waits) more = waiting_.insert(item.name).second;
      }
    }
    std::vector<std::string> ready;
    for (const std::string& name : open) {
      const auto& [y, x] = draft_.derivatives.at(name);
      if (!open.contains(y) && !waiting_.contains(y) && !waiting_.contains(x))
        ready.push_back(name);
    }
    return ready;
  }

  void refuse_circle(const std::set<std::string>& open) {
    draft_.fail(place_of(*open.begin()), fmt::format("{} needs itself", *open.begin()),
                "it is used in the definition of what it is a derivative of");
  }

  bool derive_ready(const std::vector<std::string>& ready) {
    Problem known;
    for (const Item& item : problem_.items)
      if (!waiting_.contains(item.name)) add(known, item);
    for (const auto& [name, formula] : formulas_) {
      Item item{.name = name};
      item.definition = formula;
      add(known, item);
    }
    std::vector<Diagnostic> errors;
    order_items(known, errors);
    if (!errors.empty()) return false;  // the circle is reported for the whole file
    const Evaluation evaluation = evaluate_problem(known, {}, WithoutValue::leave_unknown);
    std::vector<NodeId> nodes;
    for (const Item& item : known.items) nodes.push_back(evaluation.graph->find(item.name));
    const Quantities quantities(*evaluation.graph, nodes, evaluation.spellings);
    std::vector<std::pair<QuantityIndex, QuantityIndex>> pairs;
    for (const std::string& name : ready) {
      const auto& [y, x] = draft_.derivatives.at(name);
      pairs.emplace_back(*quantities.find(y), *quantities.find(x));
    }
    try {
      const Derivation derivation = derive(quantities, pairs);
      const std::vector<Expr> formulas = derivative_formulas(derivation, quantities);
      for (std::size_t i = 0; i < ready.size(); ++i)
        if (!add_formula(ready[i], formulas[i])) return false;
    } catch (const DerivativeError& error) {
      draft_.fail(place_of(ready.front()), error.what());
      return false;
    }
    return true;
  }

  static void add(Problem& problem, Item item) {
    problem.index.emplace(item.name, problem.items.size());
    problem.items.push_back(std::move(item));
  }

  bool add_formula(const std::string& name, const Expr& formula) {
    constexpr std::size_t longest = 20'000;
    if (formula.size() > longest) {
      draft_.fail(place_of(name), fmt::format("the formula of {} is too long", name));
      return false;
    }
    bool is_open = false;
    for_each_leaf(formula,
                  [&](const Expr& leaf) { is_open = is_open || leaf.is(Expr::Kind::derivative); });
    if (is_open)
      draft_.fail(place_of(name), fmt::format("{} has no formula of quantities", name),
                  "it goes through a function of several arguments that has none");
    formulas_.emplace(name, formula);
    return !is_open;
  }

  Expr with_formulas(const Expr& e) const {
    return substitute(e, [&](const Expr& leaf) {
      const auto found =
          leaf.is(Expr::Kind::symbol) ? formulas_.find(leaf.text()) : formulas_.end();
      return found == formulas_.end() ? leaf : found->second;
    });
  }

  /// What a definition uses, the sheet derives first.
  void add_to_what_is_derived(const Pair& derivative) {
    if (draft_.derivatives.contains(derivative.first)) return;
    for (const DeriveStatement& one : problem_.derivations)
      if (one.output == derivative.first &&
          std::find(one.wrt.begin(), one.wrt.end(), derivative.second) != one.wrt.end())
        return;
    auto last = problem_.derivations.begin();
    while (last != problem_.derivations.end() && last->is_automatic) {
      if (last->output == derivative.first) {
        last->wrt.push_back(derivative.second);
        return;
      }
      ++last;
    }
    problem_.derivations.insert(
        last, {.output = derivative.first, .wrt = {derivative.second}, .is_automatic = true});
  }

  Draft& draft_;
  Problem& problem_;
  std::map<std::string, std::string> names_of_slopes_;  // g of g = ∂E/∂w
  std::set<std::string> shown_;                         // in definitions of the file
  std::set<std::string> waiting_;  // what depends on a derivative without a formula
  std::map<std::string, Expr> formulas_;
};

}  // namespace

void put_in_derivatives(Draft& draft) {
  add_newton_steps(draft);
  if (draft.errors.empty() && !draft.derivatives.empty()) DerivativesPutIn(draft).run();
}

}  // namespace chalkgrad
