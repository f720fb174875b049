// The wide-character functions of curses.h.
#define NCURSES_WIDECHAR 1
#include "tracer/cli/terminal.hpp"

#include <curses.h>
#include <langinfo.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <string_view>

#include "tracer/expression/utf8.hpp"

// curses.h names it so, and we have a method of this name.
#undef beep

namespace chalkgrad::cli {

namespace {

volatile std::sig_atomic_t signal_caught = 0;

void note_signal(int signal) { signal_caught = signal; }

constexpr std::array ending_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/// Where the keys come from.
std::FILE* keyboard = nullptr;

/// As much of it as fits.
std::string_view cut(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  for (std::size_t used = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    const std::size_t bytes = c ? c->bytes : 1;
    used += utf8::display_width(text.substr(at, bytes));
    if (used > columns) break;
    at += bytes;
  }
  return text.substr(0, at);
}

void write_at(int row, std::string_view text, std::size_t columns) {
  const std::string_view visible = cut(text, columns);
  mvaddnstr(row, 0, visible.data(), static_cast<int>(visible.size()));
}

bool has_addressable_cursor() {
  const char* sequence = tigetstr("cup");
  return sequence != nullptr && sequence != reinterpret_cast<const char*>(-1);
}

Key key_of(wint_t code) {
  switch (code) {
    case KEY_ENTER: return {Key::Kind::enter};
    case KEY_BACKSPACE: return {Key::Kind::backspace};
    case KEY_LEFT: return {Key::Kind::left};
    case KEY_RIGHT: return {Key::Kind::right};
    case KEY_UP: return {Key::Kind::up};
    case KEY_DOWN: return {Key::Kind::down};
    case KEY_PPAGE: return {Key::Kind::page_up};
    case KEY_NPAGE: return {Key::Kind::page_down};
    case KEY_HOME: return {Key::Kind::home};
    case KEY_END: return {Key::Kind::end};
    case KEY_RESIZE: return {Key::Kind::resized};
    default: return {Key::Kind::other};
  }
}

Key key_of_character(wint_t character) {
  constexpr wint_t escape = 0x1B, backspace = 0x08, erase = 0x7F;
  switch (character) {
    case L'\n':
    case L'\r': return {Key::Kind::enter};
    case backspace:
    case erase: return {Key::Kind::backspace};
    case escape: return {Key::Kind::escape};
    default: return {Key::Kind::character, static_cast<char32_t>(character)};
  }
}

}  // namespace

bool Terminal::has_unicode() {
  // Characters alone: numbers keep their decimal point.
  std::setlocale(LC_CTYPE, "");
  return std::string_view(nl_langinfo(CODESET)) == "UTF-8";
}

std::unique_ptr<Terminal> Terminal::open() {
  if (isatty(STDOUT_FILENO) == 0) return nullptr;
  // The problem may have come from standard input; the keys then come from the terminal itself.
  keyboard = isatty(STDIN_FILENO) != 0 ? stdin : std::fopen("/dev/tty", "r");
  if (keyboard == nullptr) return nullptr;
  std::setlocale(LC_CTYPE, "");
  // Before ncurses installs its own handlers, which would end the program by themselves.
  struct sigaction action {};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : ending_signals) sigaction(signal, &action, nullptr);
  SCREEN* screen = newterm(nullptr, stdout, keyboard);
  if (screen == nullptr || !has_addressable_cursor()) {
    if (screen != nullptr) endwin();
    for (const int signal : ending_signals) std::signal(signal, SIG_DFL);
    return nullptr;
  }
  constexpr int milliseconds_after_escape = 25;
  set_escdelay(milliseconds_after_escape);
  cbreak();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  curs_set(0);
  return std::unique_ptr<Terminal>(new Terminal);
}

Terminal::~Terminal() {
  endwin();
  for (const int signal : ending_signals) std::signal(signal, SIG_DFL);
}

std::size_t Terminal::columns() const { return static_cast<std::size_t>(std::max(1, COLS)); }
std::size_t Terminal::rows() const { return static_cast<std::size_t>(std::max(0, LINES - 1)); }

void Terminal::draw(const std::vector<Line>& lines, const std::string& status, bool prompt) {
  erase();
  for (std::size_t i = 0; i < std::min(lines.size(), rows()); ++i) {
    const attr_t look = lines[i].stands_out ? A_BOLD : A_DIM;
    attron(look);
    write_at(static_cast<int>(i), lines[i].text, columns());
    attroff(look);
  }
  // Writing into the last column of the last row would scroll.
  attron(A_REVERSE);
  write_at(LINES - 1, status + std::string(columns(), ' '), columns() - 1);
  attroff(A_REVERSE);
  curs_set(prompt ? 1 : 0);
  const std::size_t behind = std::min(utf8::display_width(status), columns() - 1);
  move(LINES - 1, static_cast<int>(behind));
  refresh();
}

void Terminal::beep() { ::beep(); }

Key Terminal::read() {
  constexpr int milliseconds = 200;  // a signal just before poll is noticed then
  while (signal_caught == 0) {
    wint_t code = 0;
    const int kind = get_wch(&code);
    if (kind == KEY_CODE_YES) return key_of(code);
    if (kind == OK) return key_of_character(code);
    pollfd input{.fd = fileno(keyboard), .events = POLLIN, .revents = 0};
    const int ready = poll(&input, 1, milliseconds);
    if (ready < 0 && errno != EINTR) break;
    if (ready > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) break;
  }
  return {Key::Kind::interrupted};
}

int Terminal::interrupting_signal() { return signal_caught; }

}  // namespace chalkgrad::cli
