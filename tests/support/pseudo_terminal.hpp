#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

/// A program on a terminal of its own, and what that terminal shows: enough of a VT100 for what
/// ncurses writes to one.
namespace chalkgrad::testing {

class PseudoTerminal {
 public:
  struct Size {
    unsigned short rows = 24, columns = 80;
  };

  /// Starts the program. `type` is the TERM it sees.
  PseudoTerminal(const std::vector<std::string>& command, Size size, const std::string& type);
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  void type(const std::string& keys) const;
  void resize(Size size);
  void send_signal(int signal) const;

  /// Reads until the screen shows this text, or the program ends, or ten seconds are over. Whether
  /// it is shown.
  bool shows(const std::string& text);
  /// Reads to the end, which comes by SIGKILL after ten seconds; the status of waitpid.
  int wait();

  /// The rows of the screen, without blanks at their ends.
  std::vector<std::string> screen() const;
  /// All of it in one, with newlines.
  std::string text() const;
  /// The bytes that the program wrote.
  const std::string& output() const { return output_; }

 private:
  bool read_some(int milliseconds);
  void show(const std::string& character);
  void obey(const std::string& parameters, char command);
  void scroll_up();
  void scroll_down();

  pid_t process_ = 0;
  int terminal_ = -1;
  Size size_;
  std::size_t row_ = 0, column_ = 0, done_ = 0;
  std::size_t top_ = 0, bottom_ = 0;  // of what scrolls
  std::vector<std::vector<std::string>> cells_;
  std::string output_;
};

}  // namespace chalkgrad::testing
