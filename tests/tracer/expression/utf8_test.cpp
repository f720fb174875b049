#include "tracer/expression/utf8.hpp"

#include <gtest/gtest.h>

namespace chalkgrad::utf8 {
namespace {

TEST(Utf8, DecodesOneToFourBytes) {
  const std::pair<std::string, char32_t> table[] = {{"a", U'a'},
                                                    {"\u00E9", U'\u00E9'},
                                                    {"\u2202", U'\u2202'},
                                                    {"\U0001F600", U'\U0001F600'},
                                                    {"\U0010FFFF", U'\U0010FFFF'}};
  for (const auto& [bytes, c] : table) {
    const auto decoded = decode(bytes, 0);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->value, c);
    EXPECT_EQ(decoded->bytes, bytes.size());
  }
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  for (const char* bytes : {"\xff", "\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80",
                            "\xf5\x80\x80\x80", "\xc3", "\xe2\x88", "\xf4\x90\x80\x80"})
    EXPECT_FALSE(decode(bytes, 0)) << bytes;
  EXPECT_EQ(first_malformed("ab\xff"), 2u);
  EXPECT_EQ(first_malformed("∂E/∂w"), std::nullopt);
}

TEST(Utf8, MeasuresColumns) {
  EXPECT_EQ(display_width("∂E/∂w5⁺"), 7u);
  EXPECT_EQ(display_width("水x"), 3u);
  EXPECT_EQ(display_width("e\u0301"), 1u);
  EXPECT_EQ(display_width(""), 0u);
}

}  // namespace
}  // namespace chalkgrad::utf8
