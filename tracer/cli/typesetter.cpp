#include "tracer/cli/typesetter.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

#include "tracer/cli/files.hpp"
#include "tracer/cli/working_directory.hpp"

namespace chalkgrad::cli {

namespace {

namespace fs = std::filesystem;

/// What pdflatex exits with if the system cannot find it.
constexpr int not_found = 127;

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

/// The first line of what pdflatex said that tells of an error: "! Undefined control sequence."
std::string complaint(const fs::path& directory) {
  const std::string screen = read_file((directory / "screen").string());
  const auto at = screen.find("\n!");
  if (at == std::string::npos) return "no reason is given";
  return screen.substr(at + 3, screen.find('\n', at + 1) - at - 3);
}

/// A document on its way to a PDF.
class Job {
 public:
  explicit Job(const std::string& latex) {
    write_file((work_.path / "sheet.tex").string(), latex);
    spdlog::debug("pdflatex runs in {}", work_.path.string());
  }

  [[nodiscard]] bool is_running() const { return child_ > 0; }

  void start(const HeldSignals& signals) {
    child_ = ::fork();
    if (child_ < 0)
      throw TypesettingError(fmt::format("cannot run pdflatex: {}", std::strerror(errno)));
    if (child_ == 0) become_pdflatex(work_.path, signals);
    ::setpgid(child_, child_);  // also here, whichever comes first
    ++runs_;
  }

  void kill() {
    if (!is_running()) return;
    ::kill(-child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
  }

  /// Whether the PDF is there; starts pdflatex again where it asked for that. Throws
  /// TypesettingError.
  bool is_done(const HeldSignals& signals) {
    int status = 0;
    if (::waitpid(child_, &status, WNOHANG) == 0) return false;
    child_ = 0;
    const int exited = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    if (exited == not_found)
      throw TypesettingError(
          "there is no pdflatex here: install it (on Debian texlive-latex-recommended, "
          "texlive-pictures and lmodern), or write a .tex with --format latex and set it "
          "elsewhere");
    if (exited != 0)
      throw TypesettingError(
          fmt::format("pdflatex could not set the sheet: {}; --format latex writes the document",
                      complaint(work_.path)));
    if (!asks_for_another_run()) return true;
    start(signals);
    return false;
  }

  [[nodiscard]] std::string pdf() const { return read_file((work_.path / "sheet.pdf").string()); }

 private:
  [[nodiscard]] bool asks_for_another_run() const {
    constexpr int most_runs = 3;
    if (runs_ == most_runs) return false;
    // Slides are counted in one run and say so in the next.
    const bool slides = runs_ == 1 && fs::exists(work_.path / "sheet.nav");
    const std::string said = read_file((work_.path / "sheet.log").string());
    return slides || said.find("Rerun to get") != std::string::npos;
  }

  WorkingDirectory work_;
  pid_t child_ = 0;
  int runs_ = 0;
};

/// Some documents at a time, until all are set or a signal comes.
class Typesetter {
 public:
  Typesetter(const std::vector<std::string>& documents,
             const std::function<void(std::size_t done)>& progress)
      : documents_(documents), progress_(progress), pdfs_(documents.size()) {}

  /// The signal that should end this program, or 0.
  int run() {
    const HeldSignals signals;
    try {
      for (std::size_t next = 0, done = 0; done < documents_.size();) {
        while (jobs_.size() < cores() && next < documents_.size()) begin(next++, signals);
        if (const int signal = signals.wait(); signal != 0) {
          jobs_.clear();
          return signal;
        }
        done += finish(signals);
        if (progress_) progress_(done);
      }
    } catch (...) {
      jobs_.clear();
      throw;
    }
    return 0;
  }

  std::vector<std::string> take() { return std::move(pdfs_); }

 private:
  struct Running {
    std::size_t document;
    std::unique_ptr<Job> job;
    Running(std::size_t number, std::unique_ptr<Job> one) : document(number), job(std::move(one)) {}
    Running(Running&&) = default;
    Running& operator=(Running&&) = default;
    ~Running() {
      if (job) job->kill();
    }
  };

  static std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

  void begin(std::size_t document, const HeldSignals& signals) {
    jobs_.emplace_back(document, std::make_unique<Job>(documents_[document]));
    jobs_.back().job->start(signals);
  }

  /// Takes the PDFs that are there; how many.
  std::size_t finish(const HeldSignals& signals) {
    return std::erase_if(jobs_, [&](Running& one) {
      if (!one.job->is_done(signals)) return false;
      pdfs_[one.document] = one.job->pdf();
      return true;
    });
  }

  const std::vector<std::string>& documents_;
  const std::function<void(std::size_t done)>& progress_;
  std::vector<std::string> pdfs_;
  std::vector<Running> jobs_;
};

}  // namespace

std::vector<std::string> pdfs_of(const std::vector<std::string>& documents,
                                 const std::function<void(std::size_t done)>& progress) {
  Typesetter typesetter(documents, progress);
  if (const int signal = typesetter.run(); signal != 0) {
    // Nothing is left behind; now it can end as the signal would have ended it.
    std::raise(signal);
    throw TypesettingError("interrupted");
  }
  return typesetter.take();
}

std::string pdf_of(const std::string& latex) { return pdfs_of({latex}, {}).front(); }

}  // namespace chalkgrad::cli
