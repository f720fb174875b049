#pragma once

#include <string>
#include <vector>

#include "tracer/sheet/sheet.hpp"

/// A sheet as a piece of plain HTML: paragraphs, lists and tables, without style or script. For
/// printed pages and for course platforms, which have a style of their own.
namespace chalkgrad {

/// How mathematics stands in it.
enum class HtmlMathematics {
  mathml,  ///< as browsers and readers know it
  tex,     ///< \(…\), for platforms that run MathJax
  plain,   ///< ∂E/∂w5, as in text
};

/// Title and sections; everything that came from the user is escaped. `picture` is markup, or
/// empty; it stands before the section of that number. Ends with a newline.
struct HtmlPicture {
  std::string markup{};
  std::size_t before = 0;
};
[[nodiscard]] std::string html_fragment(const Sheet& sheet, HtmlMathematics mathematics,
                                        const HtmlPicture& picture = {});

/// One formula, as it stands within a sentence of the fragment.
[[nodiscard]] std::string html_formula(const Expr& e, HtmlMathematics mathematics);

/// A document for printing: these fragments, each on pages of its own. Header and footer are plain
/// text, and may be empty.
struct HtmlPages {
  std::string title{}, header{}, footer{};
  bool letter = false;  ///< US letter paper instead of A4
};
[[nodiscard]] std::string html_document(const std::vector<std::string>& fragments,
                                        const HtmlPages& pages);

}  // namespace chalkgrad
