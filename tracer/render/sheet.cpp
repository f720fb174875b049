#include "tracer/render/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/ops.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/render/derivation_rows.hpp"

namespace chalkgrad {

namespace {

/// The functions that a sheet explains: those a student may not know by heart.
constexpr std::array explained = {Op::sigmoid,    Op::softplus, Op::gelu, Op::relu,
                                  Op::leaky_relu, Op::elu,      Op::sign, Op::step};

class SheetMaker {
 public:
  SheetMaker(const Solution& solution, const SheetOptions& options)
      : solution_(solution),
        quantities_(*solution.quantities),
        options_(options),
        figures_(quantities_, solution.derivation, options.numerals),
        rows_(solution.derivation, figures_, options) {}

  Sheet run() {
    sheet_.title = solution_.problem.title;
    add(given());
    add(forward());
    add_derivatives();
    add_update();
    return std::move(sheet_);
  }

 private:
  void add(Section section) {
    if (!section.listings.empty() || !section.groups.empty())
      sheet_.sections.push_back(std::move(section));
  }

  Section given() const {
    Section section{.heading = "Given"};
    for (const Role role : {Role::input, Role::weight, Role::bias, Role::target, Role::constant}) {
      Listing listing;
      for (const Item& item : solution_.problem.items) {
        if (item.role != role) continue;
        Row entry{.left = Expr::symbol(item.name)};
        if (item.number) entry.sides.push_back({*item.number});
        listing.entries.push_back(std::move(entry));
      }
      const bool several = listing.entries.size() > 1;
      listing.label = fmt::format("{}{}", role_name(role),
                                  !several             ? ""
                                  : role == Role::bias ? "es"
                                                       : "s");
      if (!listing.entries.empty()) section.listings.push_back(std::move(listing));
    }
    if (!solution_.updates.empty() && solution_.problem.updates.front().rate.is(Expr::Kind::number))
      section.listings.push_back(
          {"learning rate", {{.left = solution_.rate_symbol, .sides = {{rate_figure().number}}}}});
    return section;
  }

  Section forward() const {
    Section section{.heading = "Forward pass"};
    Group definitions = function_definitions();
    if (!definitions.empty()) section.groups.push_back(std::move(definitions));
    Group group;
    for (QuantityIndex i = 0; i < quantities_.size(); ++i) {
      const Item* item = solution_.problem.find(quantities_[i].name);
      if (quantities_[i].automatic || (item != nullptr && item->definition))
        group.push_back(forward_row(i, fmt::format("A{}", group.size() + 1)));
    }
    if (!group.empty()) section.groups.push_back(std::move(group));
    return section;
  }

  Row forward_row(QuantityIndex i, std::string label) const {
    const Quantity& quantity = quantities_[i];
    Row row{.left = Expr::symbol(quantity.name), .label = std::move(label)};
    const Figure& figure = figures_.of_quantity(i);
    const auto add_side = [&](const Expr& e, bool approximate) {
      if (row.sides.empty() || print(row.sides.back().expr) != print(e))
        row.sides.push_back({e, options_.approx && approximate});
    };
    if (quantity.given) {
      if (figure.known) add_side(figure.number, false);
      return row;
    }
    const Expr definition = quantities_.definition(i);
    const bool rounded =
        figures_.uses_rounded(definition) && options_.numerals.carry == Carry::exact;
    add_side(definition, false);
    if (!figure.known) return row;
    if (const auto numbers = figures_.with_figures(definition);
        numbers && options_.detail != Detail::brief) {
      add_side(*numbers, rounded);
    }
    add_side(figure.number, rounded || figure.rounded);
    return row;
  }

  /// σ(z) = 1/(1 + e^(−z)) and the like, for the functions that the definitions use.
  Group function_definitions() const {
    Group group;
    const Expr z = Expr::symbol(unused_letter());
    for (const Op op : explained) {
      bool used = false;
      for (const Item& item : solution_.problem.items)
        used = used || (item.definition && calls(*item.definition, op));
      if (!used) continue;
      with_operation(op, [&]<class O>(O) {
        if constexpr (is_unary<O>)
          group.push_back({.left = Expr::call(op, {z}), .sides = {{O::value(z)}}});
      });
    }
    return group;
  }

  /// A name for the argument of a function, that no quantity has.
  std::string unused_letter() const {
    for (const char* letter : {"z", "x", "u", "s", "ξ", "ζ"})
      if (!quantities_.find(letter)) return letter;
    return "argument";
  }

  static bool calls(const Expr& e, Op op) {
    if (e.is(Expr::Kind::call) && e.op() == op) return true;
    return std::any_of(e.parts().begin(), e.parts().end(),
                       [op](const Term& part) { return calls(part.expr, op); });
  }

  void add_derivatives() {
    std::vector<StepIndex> roots = solution_.derived;
    const bool full = options_.detail == Detail::full;
    if (full)
      roots.insert(roots.end(), solution_.needed_for_update.begin(),
                   solution_.needed_for_update.end());
    Section section{.heading = "Derivatives"};
    if (options_.detail == Detail::brief) {
      Group group = rows_.in_brief(roots, false);
      if (!group.empty()) section.groups.push_back(std::move(group));
    } else if (!roots.empty()) {
      section.groups = rows_.in_full(roots);
    }
    add(std::move(section));
    if (full || solution_.needed_for_update.empty()) return;
    Section others{.heading = solution_.derived.empty() ? "Derivatives"
                                                        : "The other derivatives, in the same way"};
    Group group = rows_.in_brief(solution_.needed_for_update, options_.detail != Detail::brief);
    if (!group.empty()) others.groups.push_back(std::move(group));
    add(std::move(others));
  }

  void add_update() {
    if (solution_.updates.empty()) return;
    Section section{.heading = "Update"};
    Group group;
    std::vector<std::pair<QuantityIndex, Figure>> updated;
    for (const Update& one : solution_.updates) {
      group.push_back(update_row(one, fmt::format("C{}", group.size() + 1), updated));
    }
    section.groups.push_back(std::move(group));
    if (auto after = result_after(updated); !after.empty())
      section.groups.push_back(std::move(after));
    add(std::move(section));
  }

  /// w⁺ = w − η·∂E/∂w, with numbers, and the value.
  Row update_row(const Update& one, std::string label,
                 std::vector<std::pair<QuantityIndex, Figure>>& updated) const {
    const QuantityIndex i = *quantities_.find(one.parameter);
    const Expr parameter = Expr::symbol(one.parameter);
    const Step& step = solution_.derivation.steps[one.gradient];
    Row row{.left = Expr::symbol(one.parameter + std::string(updated_mark)),
            .label = std::move(label)};
    const Figure &before = figures_.of_quantity(i), &slope = figures_.of_step(one.gradient);
    if (options_.detail != Detail::brief || !before.known)
      row.sides.push_back({parameter - solution_.rate_symbol * step.symbol()});
    const Figure rate = rate_figure();
    if (!before.known || !slope.known || !rate.known) return row;
    const bool exact = options_.numerals.carry == Carry::exact;
    const Figure after =
        exact ? figures_.show(one.after, one.error)
              : figures_.show(before.number.value() - rate.number.value() * slope.number.value());
    updated.emplace_back(i, after);
    const bool rounded = exact && (slope.rounded || rate.rounded);
    row.sides.push_back({before.number - rate.number * slope.number, options_.approx && rounded});
    row.sides.push_back({after.number, options_.approx && (rounded || after.rounded)});
    return row;
  }

  /// The learning rate: a literal, or the figure of the quantity that it is.
  Figure rate_figure() const {
    const Expr& rate = solution_.problem.updates.front().rate;
    if (rate.is(Expr::Kind::number)) return {rate, true, false};
    return figures_.of_quantity(*quantities_.find(rate.text()));
  }

  /// The differentiated quantity after the step, so that one sees what it was good for.
  Group result_after(const std::vector<std::pair<QuantityIndex, Figure>>& updated) const {
    if (!solution_.after || updated.size() != solution_.updates.size()) return {};
    const QuantityIndex i = *quantities_.find(solution_.update_output);
    Figure figure;
    if (options_.numerals.carry == Carry::exact) {
      const NodeId node = solution_.after->graph->find(solution_.update_output);
      const double value = solution_.after->graph->node(node).value;
      if (std::isnan(value)) return {};
      figure = figures_.show(value, solution_.errors_after.at(solution_.update_output));
    } else {
      const Figures again(quantities_, {}, options_.numerals, [&](QuantityIndex at) {
        for (const auto& [parameter, value] : updated)
          if (parameter == at) return std::optional(value);
        return std::optional<Figure>();
      });
      figure = again.of_quantity(i);
    }
    if (!figure.known) return {};
    const Figure& before = figures_.of_quantity(i);
    Row row{.left = Expr::symbol(solution_.update_output + std::string(updated_mark))};
    row.sides.push_back({figure.number,
                         options_.approx && figure.rounded,
                         {"after this step; before it was ", before.number}});
    return {row};
  }

  const Solution& solution_;
  const Quantities& quantities_;
  SheetOptions options_;
  Figures figures_;
  DerivationRows rows_;
  Sheet sheet_;
};

}  // namespace

Sheet make_sheet(const Solution& solution, const SheetOptions& options) {
  return SheetMaker(solution, options).run();
}

Sheet make_derivation_sheet(const Quantities& quantities, const Derivation& derivation,
                            const SheetOptions& options) {
  const Figures figures(quantities, derivation, options.numerals);
  Sheet sheet;
  Section section;
  Group names;
  for (QuantityIndex i = 0; i < quantities.size(); ++i) {
    if (!quantities[i].automatic || quantities[i].given) continue;
    Row row{.left = Expr::symbol(quantities[i].name), .sides = {{quantities.definition(i)}}};
    if (figures.of_quantity(i).known) row.sides.push_back({figures.of_quantity(i).number});
    names.push_back(std::move(row));
  }
  if (!names.empty()) section.groups.push_back(std::move(names));
  DerivationRows rows(derivation, figures, options);
  if (options.detail == Detail::brief) {
    section.groups.push_back(rows.in_brief(derivation.requested, false));
  } else {
    for (Group& group : rows.in_full(derivation.requested))
      section.groups.push_back(std::move(group));
  }
  sheet.sections.push_back(std::move(section));
  return sheet;
}

}  // namespace chalkgrad
