#pragma once

#include <string>
#include <string_view>

/// The page around a sheet: head, style, font, controls, script. Knows nothing of mathematics.
namespace chalkgrad {

struct PageContent {
  std::string title{};  ///< plain text
  std::string body{};   ///< markup
  std::string data{};   ///< JSON, for the script
};

/// A complete page that can load nothing: its content-security policy names the script by its hash.
[[nodiscard]] std::string page_frame(const PageContent& content);

/// Base64 (RFC 4648, section 4).
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace chalkgrad
