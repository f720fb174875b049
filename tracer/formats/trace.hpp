#pragma once

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>

#include "engine/value.hpp"
#include "tracer/derivation/derivation.hpp"
#include "tracer/sheet/sheet.hpp"

/// trace: the derivation of ∂y/∂x for C++ users.
///
///     fmt::print("{}\n", trace(E, w));         // text
///     fmt::print("{:latex}\n", trace(E, w));   // the mathematics as LaTeX
///
/// The format may be text (the default), ascii or latex, and after a comma brief, standard or full:
/// {:latex,full}. The digits are those of the options given to trace.
namespace chalkgrad {

/// A derivation together with the names and definitions it speaks of, and a copy of the record they
/// come from.
class Trace {
 public:
  Trace(Value y, Value x, const SheetOptions& options);

  [[nodiscard]] const Derivation& derivation() const { return derivation_; }
  [[nodiscard]] const Quantities& quantities() const { return *quantities_; }

  enum class Format { text, ascii, latex };
  /// Without a newline at the end.
  [[nodiscard]] std::string formatted(Format format, Detail detail) const;
  [[nodiscard]] Detail detail() const { return options_.detail; }

 private:
  SheetOptions options_;
  std::shared_ptr<const Graph> graph_{};  // without fused nodes
  std::shared_ptr<const Quantities> quantities_{};
  Derivation derivation_;
};

/// Derives ∂y/∂x. Throws GraphError for values of two graphs, DerivativeError where the derivative
/// does not exist.
[[nodiscard]] Trace trace(Value y, Value x, const SheetOptions& options = {});

/// Formats an expression as the text dialect does.
[[nodiscard]] std::string to_text(const Expr& e);
[[nodiscard]] std::string to_latex(const Expr& e);

}  // namespace chalkgrad

template <>
struct fmt::formatter<chalkgrad::Trace> {
  chalkgrad::Trace::Format format_kind = chalkgrad::Trace::Format::text;
  std::optional<chalkgrad::Detail> detail{};

  constexpr auto parse(format_parse_context& context) {
    auto at = context.begin();
    while (at != context.end() && *at != '}') {
      auto end = at;
      while (end != context.end() && *end != '}' && *end != ',') ++end;
      read({at, static_cast<std::size_t>(end - at)});
      at = end != context.end() && *end == ',' ? end + 1 : end;
    }
    return at;
  }

  template <class Context>
  auto format(const chalkgrad::Trace& trace, Context& context) const {
    return fmt::format_to(context.out(), "{}",
                          trace.formatted(format_kind, detail.value_or(trace.detail())));
  }

 private:
  constexpr void read(std::string_view word) {
    using chalkgrad::Detail;
    using chalkgrad::Trace;
    if (word == "text")
      format_kind = Trace::Format::text;
    else if (word == "ascii")
      format_kind = Trace::Format::ascii;
    else if (word == "latex")
      format_kind = Trace::Format::latex;
    else if (word == "brief")
      detail = Detail::brief;
    else if (word == "standard")
      detail = Detail::standard;
    else if (word == "full")
      detail = Detail::full;
    else
      throw format_error("a trace is formatted as text, ascii or latex, and brief or full");
  }
};

/// {} writes an expression as text, {:latex} as LaTeX.
template <>
struct fmt::formatter<chalkgrad::Expr> {
  bool latex = false;

  constexpr auto parse(format_parse_context& context) {
    auto at = context.begin();
    std::size_t length = 0;
    while (at + length != context.end() && at[length] != '}') ++length;
    const std::string_view word(at, length);
    latex = word == "latex";
    if (!latex && !word.empty() && word != "text")
      throw format_error("an expression is formatted as text or latex");
    return at + length;
  }

  template <class Context>
  auto format(const chalkgrad::Expr& e, Context& context) const {
    return fmt::format_to(context.out(), "{}",
                          latex ? chalkgrad::to_latex(e) : chalkgrad::to_text(e));
  }
};
