#pragma once

/// Whether the tests run under a sanitizer, where they are many times slower.
namespace chalkgrad::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif
#else
inline constexpr bool is_sanitized = false;
#endif

/// How often a property is tried: under a sanitizer, which looks at memory and not at values, a
/// tenth of `all`.
[[nodiscard]] constexpr int rounds(int all) { return is_sanitized ? (all + 9) / 10 : all; }

}  // namespace chalkgrad::testing
