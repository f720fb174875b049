#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tracer/expression/parser.hpp"
#include "tracer/problem/problem.hpp"
#include "tracer/problem/reading/functions.hpp"
#include "tracer/problem/reading/random_numbers.hpp"

/// A problem while it is read, statement by statement: what is known so far, and all that is wrong.
///
/// Reading has three rounds: the lines are scanned for the names they define, then read, then what
/// was read is checked as a whole. The statements are in files of their own, which add to a draft.
namespace chalkgrad {

/// A name where it is used.
struct Mention {
  std::string name{};
  Place place{};
  bool in_formula = false;  ///< within an expression, and not in a list of names
};

class Draft {
 public:
  Problem problem{};
  /// Every name that some line defines, known before the lines are read.
  std::set<std::string> names{};
  /// The units of layers, and the names of their outputs: h1 → out_h1.
  std::map<std::string, std::string> units{};
  Functions functions{};
  RandomNumbers random{1};
  std::vector<Diagnostic> errors{};

  /// The table of samples: where it stands, and the numbers of each row, with their places.
  struct Cell {
    Expr number;
    Place place{};
  };
  std::optional<Place> samples_place{};
  std::vector<Mention> columns{};
  std::vector<std::vector<Cell>> rows{};
  /// Definitions of the form `mean over samples of …`, by name.
  enum class Aggregate { mean, sum };
  std::map<std::string, Aggregate> aggregates{};

  /// Adds a quantity, with what a setting says in place of its number or definition.
  void add(Item item);
  /// Remembers that the name is used, to be looked up when the whole file is read.
  void mention(const std::string& name, Place place, bool in_formula = false) {
    mentions_.push_back({name, place, in_formula});
  }
  void fail(Place place, std::string message, std::string hint = {});
  /// What is no error, but probably not meant.
  void warn(Place place, std::string message, std::string hint = {});

  /// A line of the command line that replaces something: name = …, or name(z) = ….
  struct Setting {
    std::size_t line;
    const std::vector<Token>* tokens;
    bool used = false;
  };
  void add_setting(const std::string& name, std::size_t line, const std::vector<Token>& tokens);
  /// Whether name=value is the only setting; without a name, whether there is none.
  [[nodiscard]] bool is_set(const std::string& name, const std::string& value) const;
  /// The setting of that name, marked as used; nothing if there is none.
  Setting* take_setting(const std::string& name);

  /// How expressions of this file are read.
  [[nodiscard]] ParseContext context();

  /// What can be checked only when the whole file is read: every name used is defined, every
  /// setting replaces something, `all` stands for something.
  void check();

 private:
  void check_mentions();
  void check_settings();
  void check_use();
  void apply_setting(Item& item, Setting& setting);

  std::vector<Mention> mentions_{};
  std::map<std::string, Setting> settings_{};
};

/// One statement while it is read.
struct Statement {
  Draft& draft;
  std::size_t line;
  const std::vector<Token>& tokens;
  ExpressionParser parser{tokens, draft.context()};
  std::string left_over_hint{};  ///< for what follows the statement on its line

  [[nodiscard]] Place place(Span span) const { return {line, span}; }
  /// The number with its sign that comes next, as text; throws SyntaxError if there is none.
  std::string numeral();
  /// The whole number that comes next, from `least` to `most`.
  std::size_t whole_number(std::size_t least, std::size_t most);
  const Token& name();
  /// The names that come next, separated by commas, with ranges written out.
  std::vector<Mention> name_list();
  /// As name_list, and each is a quantity that must exist.
  std::vector<Mention> mentioned_names();
  std::string mentioned_name();
  /// The expression that comes next as the body of `item`, with where its parts stand.
  void read_body(Item& item);
};

}  // namespace chalkgrad
