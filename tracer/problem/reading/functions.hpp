#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/arrays/list_functions.hpp"
#include "tracer/expression/parser.hpp"

/// The functions of a file, act(z) = sigmoid(z), and those of lists, sum(a, b, c): what a call of
/// them stands for. On the sheet only what it stands for appears.
namespace chalkgrad {

class Draft;

class Functions {
 public:
  /// The line `name(parameters) = body` defines a function; it is read when it is first needed.
  /// False if there is one of that name already.
  bool declare(const std::string& name, std::size_t line, const std::vector<Token>& tokens);
  /// function g(z), f(u, v): one without a body, of so many arguments. False as above.
  bool declare_unspecified(const std::string& name, std::size_t line, std::size_t arguments);
  /// Reads the bodies of all functions of the file, and reports what is wrong with them.
  void read_all(Draft& draft);

  [[nodiscard]] bool is_own(const std::string& name) const { return own_.contains(name); }
  /// Those of a single number, by name.
  [[nodiscard]] std::map<std::string, FunctionBody> of_one_number() const;
  /// A function of the file that could be read; null if there is none.
  [[nodiscard]] const FunctionBody* own(const std::string& name) const;
  [[nodiscard]] std::size_t line_of(const std::string& name) const { return own_.at(name).line; }
  [[nodiscard]] std::vector<std::string_view> own_names() const;
  /// The names of functions that are no operation of the engine.
  [[nodiscard]] std::vector<KnownFunction> all() const;

  /// What a call stands for; nothing if there is no function of that name. The token has the name
  /// of the function and the place of the whole call. Throws SyntaxError if the arguments do not
  /// fit, a function calls itself, or what the call stands for would be too long to write. In a
  /// file with arrays it stands for itself: what it means depends on the shapes.
  [[nodiscard]] std::optional<Expr> expand(Draft& draft, const Token& call,
                                           const ArgumentLists& lists);
  /// The function of that name, one of the engine's or of the file, of one argument.
  [[nodiscard]] std::optional<Expr> apply(Draft& draft, const Token& name, const Expr& argument);

 private:
  enum class State { unread, open, read, broken };
  struct Own : FunctionBody {
    Own(std::size_t number, const std::vector<Token>* line_tokens)
        : line(number), tokens(line_tokens) {}
    std::size_t line;
    const std::vector<Token>* tokens;
    State state = State::unread;
    bool is_unspecified = false;
    bool is_of_one_number = false;  ///< and so of arrays element by element; in a file with arrays
  };

  void read(Draft& draft, const std::string& name, Own& own);
  void read_body(Draft& draft, const std::string& name, Own& own);
  void settle(const Draft& draft, Own& own) const;
  [[nodiscard]] Expr written_out(const Expr& e) const;
  static void check_arguments(const Token& call, const Own& own, const ArgumentLists& lists);
  [[noreturn]] void refuse_circle(const Token& call) const;

  std::map<std::string, Own> own_{};
  std::vector<std::string> open_{};  ///< the functions being read, each for the one before it
};

}  // namespace chalkgrad
