#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// A terminal as a screen of lines with a status line below, by ncurses. What is on it before comes
/// back when the object ends, also after an interrupt: the signals that would end the program are
/// only noted, and read() tells.
namespace chalkgrad::cli {

struct Key {
  enum class Kind {
    character,
    enter,
    backspace,
    escape,
    left,
    right,
    up,
    down,
    page_up,
    page_down,
    home,
    end,
    resized,      ///< the screen has another size now
    interrupted,  ///< by a signal, or the terminal is gone
    other,
  };
  Kind kind = Kind::other;
  char32_t character = 0;
};

class Terminal {
 public:
  /// None where standard output is no terminal, or one of a kind that ncurses does not know, or no
  /// keys can be had.
  [[nodiscard]] static std::unique_ptr<Terminal> open();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Whether it shows more than ASCII.
  [[nodiscard]] static bool has_unicode();

  [[nodiscard]] std::size_t columns() const;
  /// Without the status line.
  [[nodiscard]] std::size_t rows() const;

  struct Line {
    std::string text{};
    bool stands_out = false;  ///< otherwise dimmed
  };
  /// Lines that are too wide are cut off. `prompt` in the status line has the cursor behind it.
  void draw(const std::vector<Line>& lines, const std::string& status, bool prompt);
  void beep();

  /// Waits for a key.
  [[nodiscard]] Key read();

  /// The signal that interrupted, or 0.
  [[nodiscard]] static int interrupting_signal();

 private:
  Terminal() = default;
};

}  // namespace chalkgrad::cli
