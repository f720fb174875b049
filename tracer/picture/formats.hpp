#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tracer/picture/diagram.hpp"

/// The formats of a picture: a file in this folder and a row of this table each.
namespace chalkgrad {

struct PictureFormat {
  std::string_view name;    ///< as in --format
  std::string_view suffix;  ///< of its files: ".svg"
  std::string (*render)(const Diagram& diagram, const std::string& title);
};

/// All of them; the first is the default.
[[nodiscard]] std::span<const PictureFormat> picture_formats();

}  // namespace chalkgrad
