#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tracer/expression/lexer.hpp"

/// What the targets of the fuzzer share: how one of them says that something does not hold.
///
/// An input that ends in `abort` is kept by the fuzzer, as is one that throws what nobody catches,
/// takes longer or needs more memory than the command line allows, or is reported by a sanitizer.
namespace chalkgrad::fuzzing {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* bytes, std::size_t count) {
  return {reinterpret_cast<const char*>(bytes), count};
}

/// A place in the text; what is missing at its end may stand one behind it.
inline void require_within(const Span& span, std::string_view text) {
  require(span.begin <= span.end, "a place begins before it ends");
  require(span.begin <= text.size() && span.end <= text.size() + 1, "a place lies in the text");
}

}  // namespace chalkgrad::fuzzing
