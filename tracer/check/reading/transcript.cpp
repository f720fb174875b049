#include "tracer/check/reading/transcript.hpp"

#include <algorithm>
#include <array>

#include "tracer/check/reading/matlab.hpp"
#include "tracer/check/reading/python_notation.hpp"
#include "tracer/check/reading/r_notation.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// What an interpreter writes before a line that it waits for, or that answers.
enum class Prompt { none, python, more, matlab, r, answer };

struct Prompted {
  Prompt prompt = Prompt::none;
  std::size_t size = 0;
};

Prompted prompt_of(std::string_view line) {
  struct Known {
    std::string_view written;
    Prompt prompt;
  };
  constexpr std::array all = {Known{">>> ", Prompt::python}, Known{"... ", Prompt::more},
                              Known{">> ", Prompt::matlab}};
  for (const Known& one : all)
    if (line.starts_with(one.written)) return {one.prompt, one.written.size()};
  if (const auto dots = line.find("...: ");
      dots != std::string_view::npos && line.find_first_not_of(' ') == dots)
    return {Prompt::more, dots + std::string_view("...: ").size()};
  if (line == ">>>" || line == ">>") return {Prompt::python, line.size()};
  const bool question = line.starts_with("In [");
  if (!question && !line.starts_with("Out[")) return {};
  const auto end = line.find("]:");
  if (end == std::string_view::npos) return {};
  const std::size_t size =
      std::min(end + (line.substr(end).starts_with("]: ") ? 3 : 2), line.size());
  return {question ? Prompt::python : Prompt::answer, size};
}

class Session {
 public:
  explicit Session(std::string_view text) : all_(text) {
    const std::string_view whole = all_.text();
    for (std::size_t begin = 0; begin < whole.size();) {
      const std::size_t end = std::min(whole.find('\n', begin), whole.size());
      lines_.push_back({begin, end, prompt_of(whole.substr(begin, end - begin))});
      begin = end + 1;
    }
  }

  std::optional<TracedText> run() {
    matlab_ = is_of_matlab();
    of_r_ = is_of_r();
    for (std::size_t at = 0; at < lines_.size();) {
      const Line& line = lines_[at];
      if (of_r_ && all_.text().substr(line.begin, 2) == "> ") {
        at = question_of_r(at);
      } else if (line.prompted.prompt == Prompt::python || line.prompted.prompt == Prompt::matlab) {
        at = question(at);
      } else if (const auto end = printed_array(at, all_.part(line.begin, line.end))) {
        at = *end;
      } else {
        const TracedText whole = all_.part(line.begin, line.end);
        result_.append(matlab_ ? matlab_code(whole) : whole);
        end_line();
        ++at;
      }
    }
    if (!found_) return std::nullopt;
    return std::move(result_);
  }

 private:
  struct Line {
    std::size_t begin, end;
    Prompted prompted;
  };

  /// By its prompts; or by code whose lines end with a semicolon, and an array that is printed.
  [[nodiscard]] bool is_of_matlab() const {
    bool code = false, printed = false;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (lines_[at].prompted.prompt == Prompt::matlab) return true;
      std::string text = line(at).text();
      text.resize(std::min(text.find('%'), text.size()));
      while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
      code = code || (text.ends_with(';') && has_assignment(text));
      printed = printed || block_at(at);
    }
    return code && printed;
  }

  /// A quotation begins with the same sign; R answers in the next line, with [1] and numbers.
  [[nodiscard]] bool is_of_r() const {
    const std::string_view whole = all_.text();
    for (std::size_t at = 0; at + 1 < lines_.size(); ++at) {
      const Line& asked = lines_[at];
      if (whole.substr(asked.begin, 2) == "> " && is_printed_by_r(line(at + 1).text())) return true;
    }
    return false;
  }

  std::size_t question_of_r(std::size_t at) {
    found_ = true;
    const TracedText code = all_.part(lines_[at].begin + 2, lines_[at].end);
    std::vector<TracedText> answer;
    for (++at; at < lines_.size() && is_printed_by_r(line(at).text()); ++at)
      answer.push_back(line(at));
    std::vector<TracedText> parts = code.split(';');
    std::erase_if(parts, [](const TracedText& one) { return one.trimmed().empty(); });
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool assigns =
          parts[i].text().find("<-") != std::string::npos || has_assignment(parts[i].text());
      TracedText asked = r_code(parts[i].trimmed());
      if (assigns) {
        result_.append(asked);
        end_line();
      } else if (i + 1 == parts.size() && !answer.empty()) {
        if (is_call_of(asked.text(), "print("))
          asked = asked.part(std::string_view("print(").size(), asked.size() - 1);
        equal(asked, value_printed_by_r(answer));
      } else {
        unanswered(parts[i].trimmed());
      }
    }
    return at;
  }

  [[nodiscard]] std::optional<PrintedArray> block_at(std::size_t at) const {
    return printed_by_matlab(at, lines_.size(), [this](std::size_t i) {
      return lines_[i].prompted.prompt == Prompt::none ? line(i) : TracedText(">");
    });
  }

  [[nodiscard]] TracedText line(std::size_t at) const {
    return all_.part(lines_[at].begin + lines_[at].prompted.size, lines_[at].end);
  }
  void end_line() { result_.append("\n"); }

  /// What is asked from that line on, with its answer; returns the line behind both.
  std::size_t question(std::size_t at) {
    found_ = true;
    TracedText code = line(at);
    const bool matlab = lines_[at].prompted.prompt == Prompt::matlab;
    for (++at; at < lines_.size() && lines_[at].prompted.prompt == Prompt::more; ++at) {
      const auto& text = code.text();
      const bool open =
          std::count(text.begin(), text.end(), '(') + std::count(text.begin(), text.end(), '[') >
          std::count(text.begin(), text.end(), ')') + std::count(text.begin(), text.end(), ']');
      code.append(open || is_compound(text) ? " " : ";");
      code.append(line(at));
    }
    if (matlab) return answer_of_matlab(code, at);
    std::size_t end = at;
    while (end < lines_.size() && is_answer(end)) ++end;
    answer_of_python(python_code(code), at, end);
    return end;
  }

  /// An answer ends with the next prompt, or with a line that is empty.
  [[nodiscard]] bool is_answer(std::size_t at) const {
    const Prompt prompt = lines_[at].prompted.prompt;
    return prompt == Prompt::answer || (prompt == Prompt::none && !line(at).trimmed().empty());
  }

  [[nodiscard]] TracedText answer(std::size_t from, std::size_t to) const {
    TracedText value;
    for (std::size_t at = from; at < to; ++at) {
      if (at > from) value.append(" ");
      value.append(line(at));
    }
    value.replace_line_breaks();
    return value.trimmed();
  }

  void answer_of_python(const TracedText& code, std::size_t from, std::size_t to) {
    const std::size_t begin = begin_of_comment(code.text());
    const TracedText comment = code.part(begin, code.size());
    std::vector<TracedText> parts = code.part(0, begin).split(';');
    std::erase_if(parts, [](const TracedText& one) { return one.trimmed().empty(); });
    if (parts.empty()) return copy(from, to);
    const TracedText last = parts.back().trimmed();
    parts.pop_back();
    for (const TracedText& one : parts) statement(one.trimmed(), {});
    if (last.text().find(".backward()") != std::string::npos) swept_ = true;
    if (from == to && !has_assignment(last.text()) && !is_compound(last.text()) &&
        last.text().find_first_of("\"'") == std::string::npos) {
      return unanswered(code);
    }
    if (from == to || has_assignment(last.text()) || is_compound(last.text())) {
      statement(last, comment);
      return copy(from, to);
    }
    if (last.text().find("==") != std::string::npos) return copy(from, to);
    const TracedText value = answer(from, to);
    if (value.text().find(" = ") != std::string::npos) return copy(from, to);
    if (is_call_of(last.text(), "print(")) {
      const TracedText inside = last.part(std::string_view("print(").size(), last.size() - 1);
      if (inside.text().find_first_of("\"'") != std::string::npos || inside.split(',').size() > 1)
        return copy(from, to);
      return relation(inside.trimmed(), value);
    }
    const std::vector<TracedText> asked = last.split(',');
    if (asked.size() == 1) return relation(last, value);
    const bool tuple = value.text().starts_with('(') && value.text().ends_with(')');
    const std::vector<TracedText> answers =
        tuple ? value.part(1, value.size() - 1).split(',') : std::vector<TracedText>{};
    if (answers.size() != asked.size()) return copy(from, to);
    for (std::size_t i = 0; i < asked.size(); ++i)
      relation(asked[i].trimmed(), answers[i].trimmed());
  }

  /// What is asked without an answer is not passed over; −log(p) is no continuation of the line
  /// above.
  void unanswered(const TracedText& code) {
    const bool negative = code.text().starts_with('-');
    if (negative) result_.append("(", code.origin(0));
    result_.append(code);
    if (negative) result_.append(")");
    end_line();
  }

  /// An assignment says something; all other code that prints nothing does not.
  void statement(const TracedText& code, const TracedText& comment) {
    const std::string& text = code.text();
    if (!has_assignment(text)) return;
    const std::size_t equals = text.find('=');
    const TracedText value = code.part(equals + 1, code.size()).trimmed();
    if (value.text().starts_with("lambda")) return;
    // H1, H2 = f(z1), f(z2)
    const std::vector<TracedText> names = code.part(0, equals).split(','),
                                  values = value.split(',');
    if (names.size() > 1 && names.size() == values.size()) {
      for (std::size_t i = 0; i < names.size(); ++i) {
        result_.append(names[i].trimmed());
        result_.append(" = ");
        result_.append(without_type(values[i].trimmed()));
        end_line();
      }
      return;
    }
    result_.append(code.part(0, equals + 1));
    result_.append(" ");
    result_.append(without_type(value));
    // What comes out, # 0.55, and no remark.
    if (!comment.empty() && std::none_of(comment.text().begin(), comment.text().end(), is_letter)) {
      result_.append("  ");
      result_.append(comment);
    }
    end_line();
  }

  void copy(std::size_t from, std::size_t to) {
    for (; from < to; ++from) {
      result_.append(line(from));
      end_line();
    }
  }

  void relation(const TracedText& asked, const TracedText& value) {
    const TracedText name = without_methods(asked);
    if (value.text().starts_with("Value(")) return micrograd(name, value);
    equal(name, without_type(value));
  }

  /// -log(p) is no continuation of the line above.
  void equal(const TracedText& asked, const TracedText& value) {
    const bool begins_with_sign = asked.text().starts_with('-') || asked.text().starts_with('+');
    if (begins_with_sign) result_.append("(", asked.origin(0));
    result_.append(asked);
    result_.append(begins_with_sign ? ") = " : " = ");
    result_.append(value);
    end_line();
  }

  /// Value(data=-10.0, grad=0.0) has the derivative as well, once the sweep was made.
  void micrograd(const TracedText& name, const TracedText& value) {
    if (const auto data = named_argument(value, "data")) {
      result_.append(name);
      result_.append(" = ");
      result_.append(*data);
      end_line();
    }
    const auto slope = named_argument(value, "grad");
    if (!slope || !swept_) return;
    result_.append(name);
    result_.append(".grad = ");
    result_.append(*slope);
    end_line();
  }

  std::size_t answer_of_matlab(const TracedText& code, std::size_t at) {
    asked_ = {};
    for (const TracedText& one : matlab_statements(code)) {
      if (has_assignment(one.text())) {
        result_.append(one);
        end_line();
      } else {
        asked_ = one;
        unanswered(one);
      }
    }
    return at;
  }

  /// z = and below it the rows of an array, as MATLAB prints them; returns the line behind it.
  std::optional<std::size_t> printed_array(std::size_t at, const TracedText& heading) {
    const auto block = matlab_ ? block_at(at) : std::nullopt;
    if (!block) return std::nullopt;
    found_ = true;
    const TracedText name = heading.part(0, heading.text().find('=')).trimmed();
    result_.append(name.text() == "ans" && !asked_.empty() ? asked_ : name);
    result_.append(" = ");
    result_.append(block->value);
    end_line();
    return block->end;
  }

  TracedText all_, result_;
  std::vector<Line> lines_;
  bool found_ = false, matlab_ = false, of_r_ = false, swept_ = false;
  TracedText asked_;  ///< what MATLAB answers with ans
};

}  // namespace

std::optional<TracedText> session_as_relations(std::string_view text) {
  const bool possible =
      text.find("[1] ") != std::string_view::npos || text.find(">>") != std::string_view::npos ||
      text.find("In [") != std::string_view::npos || text.find(" =\n") != std::string_view::npos ||
      text.find(" =\r\n") != std::string_view::npos;
  return possible ? Session(text).run() : std::nullopt;
}

}  // namespace chalkgrad
