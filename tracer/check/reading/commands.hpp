#pragma once

#include <optional>
#include <string_view>

/// What the commands of LaTeX are to a reader of mathematics: a table, nothing else.
namespace chalkgrad {

enum class Command {
  nothing,        ///< \displaystyle, \, – changes the look alone
  delimiter,      ///< \left, \right, \big
  drop_argument,  ///< \tag{A1}
  fraction,       ///< \frac, \dfrac, \tfrac
  root,           ///< \sqrt
  word,           ///< \mathrm, \text, \operatorname
  bar,            ///< \bar, \overline
  dot,            ///< \dot
  hat,            ///< \hat, \widehat
  tilde,          ///< \tilde, \widetilde
  brace,          ///< \underbrace{…}_{…}: the note below it is prose
  nabla,          ///< \nabla
  begin,
  end,
  norm,      ///< \Vert, \lVert, \rVert
  contents,  ///< \boxed{…}: what is in the braces counts
  name,      ///< a Greek letter or a function
  other,     ///< unknown: it ends an expression
};

[[nodiscard]] Command kind_of_command(std::string_view word);

/// The sign that a command is: * for cdot; nothing if it is none.
[[nodiscard]] std::optional<std::string_view> sign_of_command(std::string_view word);

/// The name that a Greek letter or function has in text: phi for varphi.
[[nodiscard]] std::string_view plain_word(std::string_view word);

}  // namespace chalkgrad
