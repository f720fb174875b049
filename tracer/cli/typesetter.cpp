#include "tracer/cli/typesetter.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "tracer/cli/files.hpp"

namespace chalkgrad::cli {

namespace {

namespace fs = std::filesystem;

/// What pdflatex exits with if the system cannot find it.
constexpr int not_found = 127;

class WorkingDirectory {
 public:
  WorkingDirectory() {
    std::string name = (fs::temp_directory_path() / "chalkgrad-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw TypesettingError(fmt::format("cannot make a directory in '{}': {}",
                                         fs::temp_directory_path().string(), std::strerror(errno)));
    path = name;
  }
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  ~WorkingDirectory() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }

  fs::path path{};
};

/// Holds back the signals that would end this program, so that they can be waited for.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&set_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
      struct sigaction action {};
      // What is ignored, under nohup say, stays so.
      if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN)
        sigaddset(&set_, signal);
    }
    ::sigprocmask(SIG_BLOCK, &set_, &before_);
  }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  ~HeldSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

  /// One that arrived within a moment, or 0.
  [[nodiscard]] int wait() const {
    constexpr std::timespec moment{.tv_sec = 0, .tv_nsec = 10'000'000};
    const int signal = ::sigtimedwait(&set_, nullptr, &moment);
    return signal > 0 ? signal : 0;
  }

  void release_in_child() const { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t set_{}, before_{};
};

/// In the child: becomes pdflatex, silent and without a keyboard.
[[noreturn]] void become_pdflatex(const fs::path& directory, const HeldSignals& signals) {
  ::setpgid(0, 0);
  const int keyboard = ::open("/dev/null", O_RDONLY);
  const bool ready = ::chdir(directory.c_str()) == 0;
  const int screen = ::open("screen", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (!ready || keyboard < 0 || screen < 0) ::_exit(1);
  ::dup2(keyboard, STDIN_FILENO);
  ::dup2(screen, STDOUT_FILENO);
  ::dup2(screen, STDERR_FILENO);
  signals.release_in_child();
  ::execlp("pdflatex", "pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape",
           "sheet.tex", static_cast<char*>(nullptr));
  ::_exit(not_found);
}

struct Ending {
  int status = 0;  ///< as it exited
  int signal = 0;  ///< that should end this program
};

Ending run_pdflatex(const fs::path& directory) {
  const HeldSignals signals;
  const pid_t child = ::fork();
  if (child < 0)
    throw TypesettingError(fmt::format("cannot run pdflatex: {}", std::strerror(errno)));
  if (child == 0) become_pdflatex(directory, signals);
  ::setpgid(child, child);  // also here, whichever comes first
  Ending ending;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    ending.signal = signals.wait();
    if (ending.signal == 0) continue;
    ::kill(-child, SIGKILL);
    ::waitpid(child, &status, 0);
    break;
  }
  ending.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  return ending;
}

/// The first line of what pdflatex said that tells of an error: "! Undefined control sequence."
std::string complaint(const fs::path& directory) {
  const std::string screen = read_file((directory / "screen").string());
  const auto at = screen.find("\n!");
  if (at == std::string::npos) return "no reason is given";
  return screen.substr(at + 3, screen.find('\n', at + 1) - at - 3);
}

}  // namespace

std::string pdf_of(const std::string& latex) {
  Ending ending;
  {
    const WorkingDirectory work;
    write_file((work.path / "sheet.tex").string(), latex);
    spdlog::debug("pdflatex runs in {}", work.path.string());
    constexpr int most_runs = 3;
    for (int i = 0; i < most_runs; ++i) {
      ending = run_pdflatex(work.path);
      if (ending.signal != 0) break;
      if (ending.status == not_found)
        throw TypesettingError(
            "there is no pdflatex here: install it (on Debian texlive-latex-recommended, "
            "texlive-pictures and lmodern), or write a .tex with --format latex and set it "
            "elsewhere");
      if (ending.status != 0)
        throw TypesettingError(
            fmt::format("pdflatex could not set the sheet: {}; --format latex writes the document",
                        complaint(work.path)));
      // Slides are counted in one run and say so in the next.
      const std::string said = read_file((work.path / "sheet.log").string());
      const bool slides = i == 0 && fs::exists(work.path / "sheet.nav");
      if (!slides && said.find("Rerun to get") == std::string::npos) break;
    }
    if (ending.signal == 0) return read_file((work.path / "sheet.pdf").string());
  }
  // Nothing is left behind; now it can end as the signal would have ended it.
  std::raise(ending.signal);
  throw TypesettingError("interrupted");
}

}  // namespace chalkgrad::cli
