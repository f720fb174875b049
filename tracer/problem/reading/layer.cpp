#include <fmt/format.h>

#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/problem/reading/statements.hpp"

/// layer h1, h2 from i1, i2 weights w1..w4 bias b1 activation act
namespace chalkgrad {

namespace {

struct Layer {
  std::vector<Mention> units{};
  std::vector<std::string> inputs{};  ///< quantities
  std::vector<std::string> weights{}, biases{};
  Place weights_place{}, biases_place{};
  std::optional<Token> activation{};  ///< none: linear
};

constexpr std::string_view example =
    "as in layer h1, h2 from x1, x2 weights w1..w4 bias b activation sigmoid";

[[noreturn]] void refuse(const Statement& statement, std::string_view wanted,
                         std::string_view hint) {
  const Token& found = statement.parser.peek();
  throw SyntaxError(found.span, fmt::format("expected {}, but found {}", wanted, describe(found)),
                    std::string(hint));
}

/// Whether a clause begins there, and not the name of a quantity.
bool clause_follows(const Statement& statement, std::size_t ahead) {
  const Token &word = statement.parser.peek(ahead), &after = statement.parser.peek(ahead + 1);
  const bool known = word.is_word("weights") || word.is_word("weight") || word.is_word("bias") ||
                     word.is_word("biases") || word.is_word("activation") || word.is_word("with");
  return known && !after.is(",") && after.kind != Token::Kind::end &&
         !statement.draft.names.contains(word.text);
}

/// The list of names behind the word that comes next, with its place.
std::vector<std::string> clause(Statement& statement, Place& place) {
  const Span word = statement.parser.next().span;
  if (!statement.parser.accept("=")) statement.parser.accept(":");
  if (statement.parser.peek().kind == Token::Kind::number)
    refuse(statement, "a name", "weights and biases have names, given in a line of their own");
  std::vector<std::string> names;
  Span span = word;
  for (const Mention& one : statement.mentioned_names(clause_follows)) {
    names.push_back(one.name);
    if (names.size() == 1) span = one.place.span;
    span.end = one.place.span.end;
  }
  place = statement.place(span);
  return names;
}

void read_inputs(Statement& statement, Layer& layer) {
  if (!statement.parser.accept_word("from"))
    refuse(statement, "'from' and the inputs of the layer", example);
  for (const Mention& input : statement.name_list(clause_follows)) {
    const auto unit = statement.draft.units.find(input.name);
    const bool is_unit = unit != statement.draft.units.end();
    const bool excused = statement.draft.excused.contains(input.name);
    if (!is_unit && !excused && !statement.draft.names.contains(input.name) &&
        statement.draft.arrays.find(input.name) == nullptr) {
      statement.draft.fail(input.place, fmt::format("unknown unit or quantity '{}'", input.name),
                           "a layer is fed by quantities or by the units of another layer");
    }
    layer.inputs.push_back(is_unit ? unit->second : input.name);
  }
}

Layer read_clauses(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  Layer layer;
  layer.units = statement.name_list();
  read_inputs(statement, layer);
  while (true) {
    if (parser.peek().is(",") && clause_follows(statement, 1)) parser.next();
    parser.accept_word("with");
    const Token& word = parser.peek();
    if (word.kind != Token::Kind::name) break;
    const auto refuse_second = [&](bool given) {
      if (given) throw SyntaxError(word.span, fmt::format("{} are given twice", describe(word)));
    };
    if (word.is_word("weights") || word.is_word("weight")) {
      refuse_second(!layer.weights.empty());
      layer.weights = clause(statement, layer.weights_place);
    } else if (word.is_word("bias") || word.is_word("biases")) {
      refuse_second(!layer.biases.empty());
      layer.biases = clause(statement, layer.biases_place);
    } else if (word.is_word("activation")) {
      refuse_second(layer.activation.has_value());
      parser.next();
      if (!parser.accept("=")) parser.accept(":");
      layer.activation = statement.name();
    } else {
      refuse(statement, "'weights', 'bias' or 'activation'", example);
    }
  }
  if (layer.weights.empty())
    refuse(statement, "'weights' and their names",
           "as in weights w1..w4, which are given in a line of their own");
  return layer;
}

void check_counts(Statement& statement, const Layer& layer) {
  const std::size_t units = layer.units.size(), inputs = layer.inputs.size();
  const auto count = [](std::size_t n, std::string_view what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  if (layer.weights.size() != units * inputs) {
    statement.draft.fail(
        layer.weights_place,
        fmt::format(
            "this layer needs {}, one for each of {} and each of {}, but {} given",
            count(units * inputs, "weight"), count(units, "unit"), count(inputs, "input"),
            layer.weights.size() == 1 ? "1 is" : fmt::format("{} are", layer.weights.size())),
        "weights run unit by unit");
  }
  if (layer.biases.size() > 1 && layer.biases.size() != units) {
    statement.draft.fail(layer.biases_place,
                         fmt::format("this layer needs one bias, or one for each of {}, but {} are "
                                     "given",
                                     count(units, "unit"), layer.biases.size()));
  }
}

/// w1*i1 + w2*i2 + b1, as it is written by hand.
Expr net_of(const Layer& layer, std::size_t unit) {
  const std::size_t inputs = layer.inputs.size();
  std::vector<Term> terms;
  for (std::size_t i = 0; i < inputs; ++i)
    terms.push_back(
        {Expr::symbol(layer.weights[unit * inputs + i]) * Expr::symbol(layer.inputs[i]), false});
  if (!layer.biases.empty())
    terms.push_back({Expr::symbol(layer.biases[layer.biases.size() == 1 ? 0 : unit]), false});
  return Expr::sum(std::move(terms));
}

}  // namespace

namespace {

/// The names of arrays replaced by those of their elements.
void write_out(const Draft& draft, std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const std::string& name : names) {
    const Array* array = draft.arrays.find(name);
    if (array == nullptr) all.push_back(name);
    if (array != nullptr) all.insert(all.end(), array->elements.begin(), array->elements.end());
  }
  names = std::move(all);
}

/// layer h from x weights W bias b activation tanh: net_h = W*x + b, out_h = tanh(net_h).
void define_layer_of_arrays(Statement& statement, const Layer& layer) {
  Draft& draft = statement.draft;
  const std::string& unit = layer.units[0].name;
  const Place& place = layer.units[0].place;
  const auto symbol = [&](const std::string& name) {
    const auto known = draft.arrays.symbol_of(name);
    return known ? *known : Expr::symbol(name);
  };
  if (layer.inputs.size() != 1 || layer.biases.size() > 1)
    throw SyntaxError(layer.weights_place.span,
                      "a layer from arrays has one input, one matrix of weights and one bias",
                      "as in layer h from x weights W bias b activation tanh");
  Expr net = symbol(layer.weights[0]) * symbol(layer.inputs[0]);
  if (!layer.biases.empty()) net = net + symbol(layer.biases[0]);
  define_array(draft, "net_" + unit, place, net);
  const Expr input = symbol("net_" + unit);
  const bool linear = !layer.activation || layer.activation->text == "none";
  const bool softmax = !linear && layer.activation->text == "softmax";
  const Expr out = linear    ? input
                   : softmax ? Expr::function("softmax", {{input, false}})
                             : *draft.functions.apply(draft, *layer.activation, input);
  define_array(draft, "out_" + unit, place, out);
}

}  // namespace

void read_layer(Statement& statement) {
  Layer layer = read_clauses(statement);
  if (statement.draft.arrays.in_file) {
    const Array* weights =
        layer.weights.size() == 1 ? statement.draft.arrays.find(layer.weights[0]) : nullptr;
    if (weights != nullptr && weights->shape.is_matrix() && layer.units.size() == 1)
      return define_layer_of_arrays(statement, layer);
    for (auto* names : {&layer.inputs, &layer.weights, &layer.biases})
      write_out(statement.draft, *names);
  }
  const std::size_t errors = statement.draft.errors.size();
  check_counts(statement, layer);
  if (statement.draft.errors.size() > errors) return;
  const bool is_softmax = layer.activation && layer.activation->text == "softmax" &&
                          !statement.draft.functions.is_own("softmax");
  const bool is_linear = !layer.activation || layer.activation->text == "none";
  std::vector<Expr> nets;
  for (const Mention& unit : layer.units) nets.push_back(Expr::symbol("net_" + unit.name));
  const std::vector<Expr> probabilities = is_softmax ? softmax_of(nets) : nets;
  const auto add = [&](const std::string& name, const Expr& definition, Place place) {
    const Expr written_out = statement.draft.arrays.in_file
                                 ? evaluate_arrays(
                                       definition, statement.draft.array_scope(),
                                       [](const Expr&) { return std::nullopt; }, place.span)
                                       .elements.front()
                                 : definition;
    statement.draft.add({.name = name, .definition = written_out, .place = place, .body = place});
  };
  for (std::size_t i = 0; i < layer.units.size(); ++i) {
    const std::string& unit = layer.units[i].name;
    const Place& place = layer.units[i].place;
    add("net_" + unit, net_of(layer, i), place);
    const Expr out = is_softmax || is_linear ? probabilities[i]
                                             : *statement.draft.functions.apply(
                                                   statement.draft, *layer.activation, nets[i]);
    add("out_" + unit, out, place);
  }
}

}  // namespace chalkgrad
