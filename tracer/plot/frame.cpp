#include "tracer/plot/frame.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tracer/expression/markup.hpp"

namespace chalkgrad {

namespace {

constexpr double frame_width = 720, plot_height = 440, remark_height = 22;
constexpr Interval plot_x{.low = 90, .high = 690};
constexpr Interval plot_y{.low = 380, .high = 60};  // upwards

constexpr std::string_view plot_style = R"(<style>
svg { background: #fff; color: #1a1a1a; }
text { font-family: "Latin Modern Math", "Latin Modern Roman", "CMU Serif", "Times New Roman", Times, serif; font-size: 15px; fill: currentColor; }
.title { font-size: 18px; }
.italic { font-style: italic; }
.index { font-size: 75%; }
.axis { fill: none; stroke: currentColor; stroke-width: 1.2; }
.grid { stroke: #ddd; stroke-width: 1; }
.curve { fill: none; stroke: #b3261e; stroke-width: 2; stroke-linejoin: round; }
.path { fill: none; stroke: #b3261e; stroke-width: 1.6; stroke-linejoin: round; }
.contour { fill: none; stroke: #5b7083; stroke-width: 1.1; }
.dot { fill: #b3261e; }
.start { fill: #fff; stroke: #b3261e; stroke-width: 2; }
.words { font-size: 13px; }
.halo { fill: #fff; }
</style>
)";

std::string words_at(double x, double y, std::string_view anchor, std::string_view classes,
                     std::string_view svg_text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                     anchor, classes.empty() ? "" : fmt::format(" class=\"{}\"", classes),
                     svg_text);
}

}  // namespace

PlotFrame::PlotFrame(const std::string& title, const std::string& description, const PlotAxis& x,
                     const PlotAxis& y)
    : x_(x.shown, x.scale, plot_x, x.least_step), y_(y.shown, y.scale, plot_y, y.least_step) {
  before_ = fmt::format("<title id=\"plot-title\">{}</title>\n{}",
                        markup_text(title.empty() ? description : title + ": " + description),
                        plot_style);
  if (!title.empty()) before_ += words_at(plot_x.low, 22, "start", "title", markup_text(title));
  before_ += words_at(20, 45, "start", "", y.name);
  before_ += words_at(plot_x.high, plot_y.low + 46, "end", "", x.name);
  for (const double tick : x_.ticks()) {
    const double at = x_.position(tick);
    before_ += fmt::format("<path class=\"grid\" d=\"M{0:.1f} {1:.1f} V{2:.1f}\"/>\n", at,
                           plot_y.low, plot_y.high);
    before_ += words_at(at, plot_y.low + 22, "middle", "", x_.label(tick));
  }
  for (const double tick : y_.ticks()) {
    const double at = y_.position(tick);
    before_ += fmt::format("<path class=\"grid\" d=\"M{1:.1f} {0:.1f} H{2:.1f}\"/>\n", at,
                           plot_x.low, plot_x.high);
    before_ += words_at(plot_x.low - 9, at + 5, "end", "", y_.label(tick));
  }
}

PlanePoint PlotFrame::place(const PlanePoint& point) const {
  return {x_.position(point.x), y_.position(point.y)};
}

void PlotFrame::add_line(const std::vector<PlanePoint>& points, std::string_view classes) {
  if (points.size() < 2) return;
  inside_ += fmt::format("<path class=\"{}\" d=\"", classes);
  PlanePoint before{};
  for (const PlanePoint& point : points) {
    const PlanePoint at = place(point);
    const bool first = &point == &points.front(), last = &point == &points.back();
    constexpr double unseen = 0.3;
    if (!first && !last && std::hypot(at.x - before.x, at.y - before.y) < unseen) continue;
    inside_ += fmt::format("{}{:.1f} {:.1f}", first ? "M" : " L", at.x, at.y);
    before = at;
  }
  inside_ += "\"/>\n";
}

void PlotFrame::add_dot(const PlanePoint& point, double radius, std::string_view classes) {
  const PlanePoint at = place(point);
  above_ += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>\n", classes,
                        at.x, at.y, radius);
}

void PlotFrame::add_words(const PlanePoint& point, double right, double down,
                          std::string_view anchor, const std::string& svg_text) {
  constexpr double character = 6.7, high = 16, above_base = 12;
  const PlanePoint at = place(point);
  const double wide = character * static_cast<double>(width_without_tags(svg_text));
  const double x = at.x + right, y = at.y + down;
  above_ += fmt::format(
      "<rect class=\"halo\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
      anchor == "middle" ? x - wide / 2
      : anchor == "end"  ? x - wide
                         : x,
      y - above_base, wide, high);
  above_ += words_at(x, y, anchor, "words", svg_text);
}

void PlotFrame::add_remark(const std::string& svg_text) { remarks_.push_back(svg_text); }

std::string PlotFrame::finish() const {
  const double height = plot_height + remark_height * static_cast<double>(remarks_.size());
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" "
      "aria-labelledby=\"plot-title\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\">\n",
      frame_width, height);
  text += before_;
  text += fmt::format(
      "<clipPath id=\"inside\"><rect x=\"{0:.0f}\" y=\"{1:.0f}\" width=\"{2:.0f}\" "
      "height=\"{3:.0f}\"/></clipPath>\n<g clip-path=\"url(#inside)\">\n{4}</g>\n",
      plot_x.low, plot_y.high, plot_x.high - plot_x.low, plot_y.low - plot_y.high, inside_);
  text += fmt::format("<path class=\"axis\" d=\"M{0:.0f} {1:.0f} V{2:.0f} H{3:.0f}\"/>\n",
                      plot_x.low, plot_y.high, plot_y.low, plot_x.high);
  text += above_;
  double y = plot_height + 4;
  for (const std::string& remark : remarks_) {
    text += words_at(plot_x.low, y, "start", "", remark);
    y += remark_height;
  }
  return text + "</svg>\n";
}

}  // namespace chalkgrad
