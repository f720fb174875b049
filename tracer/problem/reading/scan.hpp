#pragma once

#include <set>
#include <string>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// What a line defines, found before it is read: expressions may use names of later lines, and a
/// line that cannot be read must not make its names unknown to others.
namespace chalkgrad {

struct DefinedNames {
  std::vector<std::string> names{};
  std::vector<std::string> units{};  ///< of a layer
};

/// The names that the statement defines, as far as its shape tells.
[[nodiscard]] DefinedNames defined_names(const std::vector<Token>& line);

/// name(a, b) = …
[[nodiscard]] bool is_function_definition(const std::vector<Token>& line);

/// The tokens of a line that has unreadable characters, without these.
[[nodiscard]] std::vector<Token> readable_tokens(std::string_view line);

/// Names that lines which could not be read may have defined. They are not reported as unknown: one
/// mistake has one message.
class Excused {
 public:
  /// Adds what the line may have defined.
  void add(const std::vector<Token>& line);
  void add(const std::string& name) { names_.insert(name); }

  [[nodiscard]] bool contains(const std::string& name) const;
  /// Whether some line may have defined anything: a layer, or what is no statement.
  [[nodiscard]] bool may_be_anything() const { return anything_; }
  [[nodiscard]] bool is_empty() const { return names_.empty() && !anything_; }

 private:
  std::set<std::string> names_{};
  std::set<std::string> stems_{};  ///< w of w1, w2, …
  bool anything_ = false;
};

}  // namespace chalkgrad
