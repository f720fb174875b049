#include "tests/support/pseudo_terminal.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "tracer/expression/utf8.hpp"

namespace chalkgrad::testing {

namespace {

winsize window(const PseudoTerminal::Size& size) {
  return {.ws_row = size.rows, .ws_col = size.columns, .ws_xpixel = 0, .ws_ypixel = 0};
}

}  // namespace

PseudoTerminal::PseudoTerminal(const std::vector<std::string>& command, Size size,
                               const std::string& type)
    : size_(size), cells_(size.rows, std::vector<std::string>(size.columns, " ")) {
  const winsize initial = window(size);
  process_ = forkpty(&terminal_, nullptr, nullptr, &initial);
  if (process_ < 0) throw std::runtime_error("no pseudo-terminal");
  if (process_ > 0) return;
  setenv("TERM", type.c_str(), 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  unsetenv("LINES");
  unsetenv("COLUMNS");
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

PseudoTerminal::~PseudoTerminal() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(terminal_);
}

void PseudoTerminal::type(const std::string& keys) const {
  if (write(terminal_, keys.data(), keys.size()) < 0) throw std::runtime_error("it has ended");
}

void PseudoTerminal::resize(Size size) {
  size_ = size;
  row_ = std::min<std::size_t>(row_, size.rows - 1u);
  column_ = std::min<std::size_t>(column_, size.columns - 1u);
  cells_.resize(size.rows);
  for (auto& row : cells_) row.resize(size.columns, " ");
  top_ = 0;
  bottom_ = size.rows - 1u;
  const winsize now = window(size);
  ioctl(terminal_, TIOCSWINSZ, &now);
}

void PseudoTerminal::send_signal(int signal) const { kill(process_, signal); }

bool PseudoTerminal::read_some(int milliseconds) {
  pollfd input{.fd = terminal_, .events = POLLIN, .revents = 0};
  if (poll(&input, 1, milliseconds) <= 0) return true;
  char bytes[4096];
  const ssize_t count = read(terminal_, bytes, sizeof bytes);
  if (count <= 0) return false;
  output_.append(bytes, static_cast<std::size_t>(count));
  while (done_ < output_.size()) {
    const auto c = utf8::decode(output_, done_);
    if (!c && output_.size() - done_ < 4) break;  // the rest of it comes
    if (c && c->value == 0x1B) {
      std::size_t at = done_ + 1;
      if (at >= output_.size()) break;
      if (output_[at] != '[') {
        if (output_[at] == 'M') scroll_down();
        if (output_[at] == 'D') scroll_up();
        at += output_[at] == '(' || output_[at] == ')' ? 1 : 0;
        if (at >= output_.size()) break;
        done_ = at + 1;
        continue;
      }
      const std::size_t begin = ++at;
      while (at < output_.size() && std::isalpha(static_cast<unsigned char>(output_[at])) == 0)
        ++at;
      if (at >= output_.size()) break;
      obey(output_.substr(begin, at - begin), output_[at]);
      done_ = at + 1;
      continue;
    }
    const std::size_t length = c ? c->bytes : 1;
    show(output_.substr(done_, length));
    done_ += length;
  }
  return true;
}

void PseudoTerminal::show(const std::string& character) {
  const auto code = static_cast<unsigned char>(character[0]);
  if (code == '\r') column_ = 0;
  if (code == '\b' && column_ > 0) --column_;
  if (code == '\n') scroll_up();
  if (code < 0x20 || code == 0x7F) return;
  if (column_ >= size_.columns) return;
  cells_[row_][column_++] = character;
}

/// The cursor goes down, or at the bottom all else goes up.
void PseudoTerminal::scroll_up() {
  if (row_ != bottom_) {
    row_ = std::min(row_ + 1, cells_.size() - 1);
    return;
  }
  cells_.erase(cells_.begin() + static_cast<long>(top_));
  cells_.insert(cells_.begin() + static_cast<long>(bottom_),
                std::vector<std::string>(size_.columns, " "));
}

void PseudoTerminal::scroll_down() {
  if (row_ != top_) {
    row_ -= std::min<std::size_t>(1, row_);
    return;
  }
  cells_.erase(cells_.begin() + static_cast<long>(bottom_));
  cells_.insert(cells_.begin() + static_cast<long>(top_),
                std::vector<std::string>(size_.columns, " "));
}

void PseudoTerminal::obey(const std::string& parameters, char command) {
  std::vector<std::size_t> numbers;
  for (std::size_t at = 0; at <= parameters.size();) {
    const std::size_t end = std::min(parameters.find(';', at), parameters.size());
    numbers.push_back(static_cast<std::size_t>(std::atoi(parameters.substr(at, end - at).c_str())));
    at = end + 1;
  }
  numbers.resize(std::max<std::size_t>(2, numbers.size()));
  const std::size_t by = std::max<std::size_t>(1, numbers[0]);
  const auto clear_row = [&](std::size_t row, std::size_t from, std::size_t to) {
    std::fill(cells_[row].begin() + static_cast<long>(from),
              cells_[row].begin() + static_cast<long>(std::min(to, cells_[row].size())), " ");
  };
  switch (command) {
    case 'H':
      row_ = std::min(by, cells_.size()) - 1;
      column_ = std::min<std::size_t>(std::max<std::size_t>(1, numbers[1]), size_.columns) - 1;
      break;
    case 'A': row_ -= std::min(by, row_); break;
    case 'B': row_ = std::min(row_ + by, cells_.size() - 1); break;
    case 'C': column_ = std::min<std::size_t>(column_ + by, size_.columns - 1u); break;
    case 'D': column_ -= std::min(by, column_); break;
    case 'K':
      clear_row(row_, numbers[0] == 0 ? column_ : 0, numbers[0] == 1 ? column_ + 1 : size_.columns);
      break;
    case 'J':
      if (numbers[0] == 0) clear_row(row_, column_, size_.columns);
      for (std::size_t row = numbers[0] == 0 ? row_ + 1 : 0; row < cells_.size(); ++row)
        clear_row(row, 0, size_.columns);
      break;
    case 'r':
      top_ = std::min(by, cells_.size()) - 1;
      bottom_ = std::min(numbers[1] == 0 ? cells_.size() : numbers[1], cells_.size()) - 1;
      row_ = column_ = 0;
      break;
    default: break;  // colours and modes
  }
}

bool PseudoTerminal::shows(const std::string& wanted) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(10);
  while (Clock::now() < end) {
    if (text().find(wanted) != std::string::npos) return true;
    if (!read_some(50)) break;
  }
  return text().find(wanted) != std::string::npos;
}

int PseudoTerminal::wait() {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(10);
  while (read_some(50))
    if (Clock::now() > end) kill(process_, SIGKILL);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = 0;
  return status;
}

std::vector<std::string> PseudoTerminal::screen() const {
  std::vector<std::string> rows;
  for (const auto& cells : cells_) {
    std::string row;
    for (const std::string& cell : cells) row += cell;
    row.erase(row.find_last_not_of(' ') + 1);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string PseudoTerminal::text() const {
  std::string all;
  for (const std::string& row : screen()) all += row + "\n";
  return all;
}

}  // namespace chalkgrad::testing
