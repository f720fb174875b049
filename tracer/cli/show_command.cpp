#include "tracer/cli/show_command.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/cli/terminal.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/formats/walkthrough.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

namespace {

constexpr std::array keys = {
    "  space, Enter, →         the next line",
    "  b, Backspace, ←         the one before",
    "  g, G, Home, End         the first line, the last",
    "  ↑, ↓, PageUp, PageDown  look back, and return",
    "  /w5, /B7, /dE/dw5       find a quantity, a line, a derivative",
    "  n                       the same again",
    "  ?                       these keys",
    "  q                       quit",
};
constexpr std::array keys_in_ascii = {
    "  space, Enter, right     the next line",
    "  b, Backspace, left      the one before",
    "  g, G, Home, End         the first line, the last",
    "  up, down, page keys     look back, and return",
    "  /w5, /B7, /dE/dw5       find a quantity, a line, a derivative",
    "  n                       the same again",
    "  ?                       these keys",
    "  q                       quit",
};

/// Text in which the last character can be taken back.
struct Prompt {
  std::string text{};

  void add(char32_t c) { text += utf8::encode(c); }
  void erase_last() {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
      text.pop_back();
    if (!text.empty()) text.pop_back();
  }
};

class Show {
 public:
  Show(Terminal& terminal, Walkthrough walkthrough, bool ascii)
      : terminal_(terminal), walkthrough_(std::move(walkthrough)), ascii_(ascii) {}

  /// Until the user quits or a signal comes.
  void run() {
    walkthrough_.set_width(terminal_.columns());
    while (!done_) {
      draw();
      const Key key = terminal_.read();
      if (key.kind == Key::Kind::interrupted) return;
      message_.clear();
      if (key.kind == Key::Kind::resized) {
        walkthrough_.set_width(terminal_.columns());
      } else if (helping_) {
        helping_ = false;
      } else if (searching_) {
        edit(key);
      } else {
        obey(key);
      }
    }
  }

 private:
  void draw() {
    std::vector<Terminal::Line> lines;
    if (helping_) {
      for (const char* line : ascii_ ? keys_in_ascii : keys) lines.push_back({line, true});
      terminal_.draw(lines, " any key returns", false);
      return;
    }
    for (Walkthrough::Line& line : walkthrough_.screen(terminal_.rows()))
      lines.push_back({std::move(line.text), line.current});
    terminal_.draw(lines, searching_ ? "/" + prompt_.text : status(), searching_);
  }

  std::string status() const {
    if (!message_.empty()) return " " + message_;
    const std::string label = walkthrough_.label();
    const std::size_t count = walkthrough_.count();
    return fmt::format(" {:<7}{} of {}   space next  b back  / find  ? keys  q quit",
                       label.empty() ? "" : "(" + label + ")",
                       std::min(walkthrough_.step() + 1, count), count);
  }

  void obey(const Key& key) {
    const auto page = static_cast<long>(terminal_.rows());
    switch (key.kind) {
      case Key::Kind::enter:
      case Key::Kind::right: go(walkthrough_.next(), "the last line"); return;
      case Key::Kind::backspace:
      case Key::Kind::left: go(walkthrough_.back(), "the first line"); return;
      case Key::Kind::up: walkthrough_.scroll(-1); return;
      case Key::Kind::down: walkthrough_.scroll(1); return;
      case Key::Kind::page_up: walkthrough_.scroll(-page); return;
      case Key::Kind::page_down: walkthrough_.scroll(page); return;
      case Key::Kind::home: walkthrough_.first(); return;
      case Key::Kind::end: walkthrough_.last(); return;
      case Key::Kind::character: obey(key.character); return;
      default: return;
    }
  }

  void obey(char32_t character) {
    switch (character) {
      case U' ': go(walkthrough_.next(), "the last line"); return;
      case U'b': go(walkthrough_.back(), "the first line"); return;
      case U'g': walkthrough_.first(); return;
      case U'G': walkthrough_.last(); return;
      case U'n': find(); return;
      case U'q': done_ = true; return;
      case U'?': helping_ = true; return;
      case U'/':
        searching_ = true;
        prompt_ = {};
        return;
      default: message_ = "space next   b back   g first   G last   / find   n again   q quit";
    }
  }

  void edit(const Key& key) {
    switch (key.kind) {
      case Key::Kind::character:
        if (key.character >= U' ') prompt_.add(key.character);
        return;
      case Key::Kind::backspace:
        searching_ = !prompt_.text.empty();
        prompt_.erase_last();
        return;
      case Key::Kind::escape: searching_ = false; return;
      case Key::Kind::enter:
        searching_ = false;
        if (!prompt_.text.empty()) sought_ = prompt_.text;
        find();
        return;
      default: return;
    }
  }

  void find() {
    if (sought_.empty()) {
      message_ = "nothing to find: / and a name, a label such as B5, or dE/dw5";
    } else if (!walkthrough_.find(sought_)) {
      terminal_.beep();
      message_ = fmt::format("'{}' is not in this sheet", sought_);
    }
  }

  void go(bool moved, const char* end) {
    if (moved) return;
    terminal_.beep();
    message_ = fmt::format("this is {}", end);
  }

  Terminal& terminal_;
  Walkthrough walkthrough_;
  bool searching_ = false, helping_ = false, done_ = false, ascii_ = false;
  Prompt prompt_;
  std::string sought_, message_;
};

}  // namespace

int run(const ShowCommand& options) {
  const Source source = read_source(options.problem, "-");
  return with_diagnostics(source, [&] {
    const Solution solution = solve(read_problem(source, options.problem.seed), options.wrt);
    report_warnings(solution.problem, source, options.problem);
    report_what_is_not_derived(solution, source);
    Sheet sheet = with_usage_errors([&] { return make_sheet(solution, options.sheet); });
    if (const auto terminal = Terminal::open()) {
      const bool ascii = options.ascii || !Terminal::has_unicode();
      Show(*terminal, Walkthrough(std::move(sheet), {.ascii = ascii}), ascii).run();
    } else {
      write_file("-", render_text(sheet, {.ascii = options.ascii}));
    }
    // The screen is as it was; now it can end as the signal would have ended it.
    if (const int signal = Terminal::interrupting_signal(); signal != 0) std::raise(signal);
    report_findings(solution, source);
    return solution.all_expectations_hold() ? all_right : statement_wrong;
  });
}

}  // namespace chalkgrad::cli
