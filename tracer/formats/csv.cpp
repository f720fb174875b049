#include "tracer/formats/csv.hpp"
#include "tracer/typesetting/csv_field.hpp"

#include <fmt/format.h>

#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

bool has_no_names(const Expr& e) {
  bool names = false;
  for_each_leaf(e, [&](const Expr& leaf) { names = names || !leaf.is(Expr::Kind::number); });
  return !names;
}

/// The sides of a row by what they are: the last formula of names, the numbers put in, the value.
struct CsvSides {
  std::string formula{}, numbers{}, value{};

  explicit CsvSides(const Row& row) {
    for (const Side& side : row.sides) {
      const std::string text = print(side.expr, ascii_dialect());
      if (!has_no_names(side.expr)) {
        formula = text;
      } else if (side.expr.is(Expr::Kind::number) || side.expr.is(Expr::Kind::matrix)) {
        value = text;
      } else {
        numbers = text;
      }
    }
  }
};

class CsvRenderer {
 public:
  std::string run(const Sheet& sheet) {
    text_ = "section,label,quantity,formula,numbers,value\n";
    for (const Section& section : sheet.sections)
      for (const Part& part : section.parts)
        std::visit([&](const auto& one) { add(section.heading, one); }, part);
    return std::move(text_);
  }

 private:
  void add(const std::string& heading, const std::vector<Listing>& listings) {
    for (const Listing& listing : listings)
      for (const Row& row : listing.entries) add_row(heading, row);
  }
  void add(const std::string& heading, const Group& group) {
    for (const Row& row : group) add_row(heading, row);
  }
  void add(const std::string&, const Note&) {}
  void add(const std::string&, const Table&) {}

  void add_row(const std::string& heading, const Row& row) {
    const CsvSides sides(row);
    text_ += fmt::format("{},{},{},{},{},{}\n", csv_field(heading), row.label,
                         csv_field(print(row.left, ascii_dialect())), csv_field(sides.formula),
                         csv_field(sides.numbers), csv_field(sides.value));
  }

  std::string text_;
};

}  // namespace

std::string render_csv(const Sheet& sheet) { return CsvRenderer().run(sheet); }

}  // namespace chalkgrad
