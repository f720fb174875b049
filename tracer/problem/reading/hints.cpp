#include "tracer/problem/reading/hints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "tracer/expression/function_names.hpp"
#include "tracer/expression/suggestion.hpp"

namespace chalkgrad {

std::string in_small_letters(std::string_view word) {
  std::string small(word);
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small;
}

namespace {

/// Whether the word is one of those in a list with blanks between them.
bool is_one_of(std::string_view word, std::string_view words) {
  const auto at = (" " + std::string(words) + " ").find(" " + std::string(word) + " ");
  return !word.empty() && at != std::string::npos;
}

constexpr std::string_view rate_words = "rate lr learning_rate learningrate eta η alpha α";
constexpr std::string_view repeat_words = "repeat steps epochs iterations";
constexpr std::string_view random_words =
    "rand randn random normal uniform gauss gaussian N U randint rnd xavier glorot he";
constexpr std::string_view all_words =
    "weights biases parameters params everything theta weight bias parameter";

constexpr std::string_view in_the_update =
    "this stands in the update, as in update all rate 0.5 momentum 0.9 repeat 100";
constexpr std::string_view no_word = "a definition has no word before it, as in y = w*x";

/// What people call a statement, and what it is.
struct Meant {
  std::string_view words, hint;
};
constexpr std::array statements = {
    Meant{"learning learning_rate learningrate lr eta η alpha α rate stepsize step_size",
          "the rate stands in the update, as in update all rate 0.5"},
    Meant{"momentum decay repeat until epoch epochs steps iterations optimizer optimiser sgd adam",
          in_the_update},
    Meant{"differentiate diff differential gradient gradients grad backward backprop derivative "
          "derivatives partial find compute ableiten ableitung",
          "did you mean 'derive'? as in derive E wrt w"},
    Meant{"param params parameter parameters trainable gewicht gewichte", "did you mean 'weight'?"},
    Meant{"const fixed hyperparameter konstante", "did you mean 'constant'?"},
    Meant{"given feature features eingabe", "did you mean 'input'?"},
    Meant{"label labels desired goal truth ziel expected soll sollwert", "did you mean 'target'?"},
    Meant{"offset threshold schwelle schwellwert", "did you mean 'bias'?"},
    Meant{"activation nonlinearity", "the activation is a function, as in out = sigmoid(net)"},
    Meant{"plot draw", "a plot is drawn by chalkgrad train --plot, a network by chalkgrad picture"},
    Meant{"clear clc close end while", "this is no program: a line is a definition or a statement"},
    Meant{"data dataset table batch rows examples example", "did you mean 'samples'?"},
    Meant{"neuron neurons dense linear hidden fc",
          "did you mean 'layer'? as in layer h1, h2 from x1, x2 weights w1..w4"},
    Meant{"check assert verify result answer should", "did you mean 'expect'?"},
    Meant{"name heading", "did you mean 'title'?"},
    Meant{"rng random_seed randomseed", "did you mean 'seed'?"},
    Meant{"train minimize minimise optimize optimise descent gradient_descent",
          "did you mean 'update'? as in update all rate 0.5"},
    Meant{"let var def variable set define float double loss cost error output outputs", no_word},
    Meant{"print show display return", "the sheet shows every quantity"},
    Meant{"import include using", "nothing is imported: every function is there"},
    Meant{"note rem comment", "a comment begins with #"}};

/// Statements as they are written.
constexpr std::array examples = {Meant{"title", "title \"One neuron\""},
                                 Meant{"input", "input x = 2"},
                                 Meant{"weight", "weight w = 0.5"},
                                 Meant{"bias", "bias b = 0.5"},
                                 Meant{"target", "target t = 1"},
                                 Meant{"constant", "constant k = 0.5"},
                                 Meant{"layer", "layer h1, h2 from x1, x2 weights w1..w4"},
                                 Meant{"samples", "samples x, t"},
                                 Meant{"seed", "seed 7"},
                                 Meant{"derive", "derive E wrt w"},
                                 Meant{"update", "update all rate 0.5"},
                                 Meant{"expect", "expect E = 0.2984"},
                                 Meant{"question", "question \"Find $dE/dw$.\""},
                                 Meant{"points", "points 2 for dE/dw"},
                                 Meant{"function", "function g(z), or g(z) = z^2"},
                                 Meant{"nice", "nice, by itself on a line"}};

/// Where a line goes wrong: the token that does not fit, and its neighbours.
struct Situation {
  const Token& before;
  const Token& here;
  const Token& after;
};

bool is_whole(const Token& token) {
  return token.kind == Token::Kind::number &&
         token.text.find_first_not_of("0123456789") == std::string::npos;
}

/// w1:w4, w1 to w4.
std::string of_range(const Situation& at) {
  const bool joins = at.here.is(":") || at.here.is_word("to") || at.here.is_word("bis");
  const auto is_indexed = [](const Token& token) {
    return token.kind == Token::Kind::name && token.text.back() >= '0' && token.text.back() <= '9';
  };
  return joins && is_indexed(at.before) && is_indexed(at.after)
             ? fmt::format("a range is written {}..{}", at.before.text, at.after.text)
             : std::string();
}

/// tanh^2(x), sin²(x), and remarks in brackets.
std::string of_power(const Situation& at) {
  return at.here.is("(") && at.before.kind == Token::Kind::number
             ? "the power stands behind the brackets, as in tanh(x)^2"
             : std::string();
}

std::string of_comma(const Situation& at) {
  const bool glued = at.here.is(",") && is_whole(at.before) && is_whole(at.after) &&
                     at.before.span.end == at.here.span.begin &&
                     at.here.span.end == at.after.span.begin;
  return glued ? fmt::format("a decimal fraction is written with a point: {}.{}", at.before.text,
                             at.after.text)
               : std::string();
}

std::string of_equals(const Situation& at) {
  if (at.here.is("=") && at.before.is("=")) return "write a single =";
  if (at.here.is(":") && at.after.is("=")) return "write = for a definition";
  if (at.here.is(":") && at.before.kind == Token::Kind::name) {
    if (is_statement_word(at.before.text))
      return fmt::format("write no colon, {}", hint_for_word(at.before.text));
    const std::string hint = did_you_mean(in_small_letters(at.before.text), statement_words());
    return hint.empty() ? "write =, as in w = 0.5" : hint;
  }
  if (at.here.is("≈")) return "write =";
  return {};
}

/// Sums and means over samples in other words.
std::string of_samples(const Situation& at) {
  const bool sum = is_one_of(in_small_letters(at.before.text), "sum total");
  const bool mean = is_one_of(in_small_letters(at.before.text), "mean average avg");
  const bool exact = at.before.is_word("sum") || at.before.is_word("mean");
  if ((sum || mean) && (at.here.is_word("samples") || (at.here.is_word("over") && !exact)))
    return fmt::format("write {} over samples of ...", sum ? "sum" : "mean");
  const bool over = at.before.is_word("over") || at.before.is_word("samples");
  return over ? "as in mean over samples of (t - y)^2" : "";
}

std::string of_separator(const Situation& at) {
  if (at.here.is(";") && at.after.kind == Token::Kind::end) return "a line needs no ; at its end";
  if (at.here.is_word("and") || at.here.is_word("und")) return "names are separated by commas";
  if (at.here.is("..") || at.before.is(".."))
    return at.here.kind == Token::Kind::number
               ? fmt::format("a range has two names, as in w1..w{}", at.here.text)
               : "a range has two names, as in w1..w4; a long sum is dot(w1..w4; x1..x4)";
  return {};
}

std::string of_choice(const Situation& at) {
  const bool arrow = (at.here.is("<") && at.after.is("-")) ||
                     (at.here.is("-") && at.after.is(">")) ||
                     (at.here.is(">") && (at.before.is("=") || at.before.is("-")));
  if (arrow) return "write =";
  const bool compares = at.here.is(">") || at.here.is("<") || at.here.is("≥") || at.here.is("≤");
  return compares || at.here.is_word("if") || at.here.is_word("for") || at.here.is_word("where")
             ? "choose with max(0, net), relu, abs or step"
             : "";
}

}  // namespace

const std::vector<std::string_view>& statement_words() {
  static const std::vector<std::string_view> words = {
      "title",   "input",    "weight", "bias",   "target",  "constant", "layer",
      "samples", "seed",     "derive", "update", "ascend",  "expect",   "alias",
      "require", "question", "points", "nice",   "function"};
  return words;
}

bool is_statement_word(std::string_view word) {
  const auto& words = statement_words();
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool means_rate(std::string_view word) { return is_one_of(word, rate_words); }
bool means_repeat(std::string_view word) { return is_one_of(word, repeat_words); }
bool means_random(std::string_view word) { return is_one_of(word, random_words); }
bool means_all(std::string_view word) { return is_one_of(in_small_letters(word), all_words); }

std::string hint_for_statement(const std::vector<Token>& line) {
  const std::string& word = line[0].text;
  const std::string small = in_small_letters(word);
  if (is_statement_word(small)) return fmt::format("did you mean '{}'?", small);
  const bool descends = small == "gradient" && line.size() > 1 && line[1].is_word("descent");
  if (descends || small == "learn" || (small == "step" && line.size() > 2))
    return "did you mean 'update'? as in update all rate 0.5";
  if (small == "def" || small == "lambda" || small == "func")
    return "a function is defined as in f(x) = x^2";
  for (const auto& [words, hint] : statements)
    if (is_one_of(small, words)) return std::string(hint);
  std::string hint = did_you_mean(small, statement_words());
  if (!hint.empty()) return hint;
  if (line.size() > 2 && line[1].kind == Token::Kind::name && line[2].is("="))
    return fmt::format("a name has no blank: {}_{}", word, line[1].text);
  return "a line is a definition, as in y = w*x, or begins with a word such as weight";
}

std::string hint_for_word(std::string_view word) {
  for (const Meant& one : examples)
    if (one.words == word) return fmt::format("as in {}", one.hint);
  return {};
}

std::string hint_for_sign_at_start(const std::vector<Token>& line) {
  const Token &first = line[0], &second = line[1];
  if (first.kind == Token::Kind::number && second.kind == Token::Kind::name)
    return "a name begins with a letter";
  if (first.is("∂")) return "a derivative is asked for, as in derive E wrt w";
  if ((first.is("-") && second.is("-")) || first.is(";") || first.is("<"))
    return "a comment begins with #";
  return "a line begins with a name or a word such as weight";
}

std::string hint_for_left_side(const std::vector<Token>& line) {
  const auto is_name = [&](std::size_t i) {
    return i < line.size() && line[i].kind == Token::Kind::name;
  };
  if (line[1].is("(")) {
    const std::string small = in_small_letters(line[0].text);
    if (is_one_of(small, "grad gradient diff derivative backward d"))
      return "a derivative is asked for, as in derive E wrt w";
    if (is_one_of(small, "print show disp display")) return "the sheet shows every quantity";
    if (is_one_of(small, "dense linear layer fc"))
      return "a layer is written as in layer h1, h2 from x1, x2 weights w1..w4";
    return "a function is defined as in f(x) = x^2";
  }
  if (line[1].is("^") && line.size() > 2 && line[2].is("="))
    return fmt::format("a hat is written {}_hat", line[0].text);
  // w1*x1 + b = net
  if (line.size() > 4 && line[line.size() - 3].is("=") && is_name(line.size() - 2))
    return fmt::format("the name stands first: {} = ...", line[line.size() - 2].text);
  const bool quotient = line.size() == 4 && is_name(0) && line[1].is("/") && is_name(2);
  if (quotient && line[0].text[0] == 'd' && line[2].text[0] == 'd')
    return fmt::format("write derive {} wrt {}", line[0].text.substr(1), line[2].text.substr(1));
  const bool two = line.size() > 4 && is_name(0) && is_name(2);
  if (two && line[1].is("/") && line[0].text[0] == 'd' && line[2].text[0] == 'd' && line[3].is("="))
    return fmt::format("write expect {}/{} = ..., or derive {} wrt {}", line[0].text, line[2].text,
                       line[0].text.substr(1), line[2].text.substr(1));
  if (two && line[1].is("-"))
    return fmt::format("a name has no -: {}_{}", line[0].text, line[2].text);
  if (line[1].is("+") && line.size() > 2 && line[2].is("="))
    return fmt::format("each name is defined once, as in u = {} + 1", line[0].text);
  if (line[1].kind == Token::Kind::end)
    return "a line is a definition, as in y = w*x, or begins with a word such as weight";
  return {};
}

std::string hint_at(const std::vector<Token>& line, Span place, const std::string& otherwise) {
  static const Token none;
  std::size_t at = 0;
  while (at < line.size() && line[at].span.begin < place.begin) ++at;
  if (at == line.size() || line[at].span.begin != place.begin) return otherwise;
  const Situation situation{at > 0 ? line[at - 1] : none, line[at],
                            at + 1 < line.size() ? line[at + 1] : none};
  const auto brackets = [&](std::string_view sign) {
    return std::count_if(line.begin(), line.begin() + static_cast<long>(at) + 1,
                         [&](const Token& token) { return token.is(sign); });
  };
  if (line[at].is(")") && brackets(")") > brackets("(")) return "no bracket is open here";
  if (line[at].is("=") && std::any_of(line.begin(), line.begin() + static_cast<long>(at) - (at > 0),
                                      [](const Token& token) { return token.is("="); }))
    return "a line has one =";
  if (line[0].is_word("title")) return otherwise.empty() ? "as in title \"One neuron\"" : otherwise;
  const bool raised = at > 2 && line[at - 2].is("^") && line[at - 3].kind == Token::Kind::name &&
                      (function_named(line[at - 3].text) || function_known_as(line[at - 3].text));
  if (raised)
    if (std::string hint = of_power(situation); !hint.empty()) return hint;
  for (const auto& judge : {of_range, of_comma, of_equals, of_separator, of_samples})
    if (std::string hint = judge(situation); !hint.empty()) return hint;
  return otherwise.empty() ? of_choice(situation) : otherwise;
}

}  // namespace chalkgrad
