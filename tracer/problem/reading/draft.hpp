#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tracer/expression/parser.hpp"
#include "tracer/problem/problem.hpp"
#include "tracer/problem/reading/arrays.hpp"
#include "tracer/problem/reading/functions.hpp"
#include "tracer/problem/reading/random_numbers.hpp"
#include "tracer/problem/reading/scan.hpp"

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

/// A published array: numerals row by row.
struct ExpectedArray {
  Expectation expectation{};
  std::size_t rows = 0;
  std::vector<std::string> written{};
  Place place{};
};

class Draft {
 public:
  Problem problem{};
  /// Every name that some line defines, known before the lines are read.
  std::set<std::string> names{};
  /// The units of layers, and the names of their outputs: h1 → out_h1.
  std::map<std::string, std::string> units{};
  /// What lines that could not be read may have defined.
  Excused excused{};
  Functions functions{};
  Arrays arrays{};
  RandomNumbers random{1};
  std::vector<Draw> draws{};  ///< of all random numbers, in the order in which they were drawn
  std::optional<Place> seed_place{};
  std::vector<Diagnostic> errors{};

  std::vector<ExpectedArray> expected_arrays{};

  /// The table of samples: where it stands, and each row, as quantities without names.
  std::optional<Place> samples_place{};
  std::vector<Mention> columns{};
  std::vector<std::vector<Item>> rows{};
  std::size_t wrong_width = 0;  ///< how many numbers a row has that has too many or too few
  /// Definitions of the form `mean over samples of …`, by name.
  enum class Aggregate { mean, sum };
  std::map<std::string, Aggregate> aggregates{};
  /// Sums and means of a single value, which are no sums over samples.
  struct LoneSum {
    Place place{};
    std::string function{};
  };
  std::vector<LoneSum> lone_sums{};

  std::vector<Mention> in_questions{};  ///< names in the mathematics of questions
  std::optional<Place> nice_place{};    ///< of `nice`, which stands for requirements

  /// dE/dw in definitions: by what they are called while the file is read, of what and by what.
  std::map<std::string, std::pair<std::string, std::string>> derivatives{};

  /// Adds a quantity, with what a setting says in place of its number or definition.
  void add(Item item);
  /// Remembers that the name is used, to be looked up when the whole file is read.
  void mention(const std::string& name, Place place, bool in_formula = false) {
    mentions_.push_back({name, place, in_formula});
  }
  [[nodiscard]] const std::vector<Mention>& mentions() const { return mentions_; }
  /// Forgets those from that one on: their line could not be read.
  void forget_mentions(std::size_t from) { mentions_.resize(from); }
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
  /// What is set for W[1,2] is set for the quantity w12.
  void rename_setting(const std::string& name, const std::string& quantity);
  /// The setting of that name, marked as used; nothing if there is none.
  Setting* take_setting(const std::string& name);

  /// What names mean in expressions over arrays.
  [[nodiscard]] ArrayScope array_scope() const;
  /// How expressions of this file are read, in that line.
  [[nodiscard]] ParseContext context(std::size_t line);

  /// What can be checked only when the whole file is read: every name used is defined, every
  /// setting replaces something, `all` stands for something.
  void check();

 private:
  void check_mentions();
  [[nodiscard]] bool is_excused(const Mention& mention, const std::string& base) const;
  [[nodiscard]] std::string hint_for_unknown(const Mention& mention, const std::string& base) const;
  void check_settings();
  void apply_setting(Item& item, Setting& setting);

  std::vector<Mention> mentions_{};
  std::map<std::string, Setting> settings_{};
};

/// One statement while it is read.
struct Statement {
  Draft& draft;
  std::size_t line;
  const std::vector<Token>& tokens;
  ExpressionParser parser{tokens, draft.context(line)};
  std::string left_over_hint{};  ///< for what follows the statement on its line

  [[nodiscard]] Place place(Span span) const { return {line, span}; }
  /// The number with its sign that comes next, as text; throws SyntaxError if there is none.
  std::string numeral();
  /// The whole number that comes next, from `least` to `most`.
  std::size_t whole_number(std::size_t least, std::size_t most);
  const Token& name();
  /// The name with what stands in brackets behind it: W[1,2]. Only in a file with arrays.
  Mention with_brackets(const Token& name);
  /// The names that come next, separated by commas, with ranges written out. Ends before a comma
  /// behind which `stops` holds.
  using Stops = bool (*)(const Statement& statement, std::size_t ahead);
  std::vector<Mention> name_list(Stops stops = nullptr);
  /// As name_list, and each is a quantity that must exist.
  std::vector<Mention> mentioned_names(Stops stops = nullptr);
  std::string mentioned_name();
  /// The expression that comes next as the body of `item`, with where its parts stand. Throws
  /// SyntaxError if it is an array.
  void read_body(Item& item);
  /// As read_body, of an array or a number; of a number alone the definition is set.
  ArrayValue read_array_body(Item& item);
};

}  // namespace chalkgrad
