#pragma once

namespace chalkgrad::testing {

/// Whether the tests are many times slower than for users: under a sanitizer, or not optimised.
/// Then they look at memory and at what was just changed, and try fewer values.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
inline constexpr bool is_slow = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool is_slow = true;
#else
inline constexpr bool is_slow = false;
#endif
#else
inline constexpr bool is_slow = false;
#endif

/// How often a property is tried: in a slow build a tenth of `all`.
[[nodiscard]] constexpr int rounds(int all) { return is_slow ? (all + 9) / 10 : all; }

}  // namespace chalkgrad::testing
