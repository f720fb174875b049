#include "tracer/exercise/formats/key_table.hpp"

#include <fmt/format.h>

#include "tracer/typesetting/csv_field.hpp"

namespace chalkgrad {

std::string render_key_table(const PlatformExercise& exercise) {
  std::string csv = "variant,seed,name,quantity,value,shown,tolerance,points\n";
  for (const PlatformVariant& one : exercise.variants)
    for (const Asked& asked : one.asked)
      csv += fmt::format("{},{},{},{},{},{},{},{}\n", one.variant.label, one.variant.seed,
                         csv_field(one.variant.name), csv_field(asked.target.title()), asked.value,
                         asked.shown, in_decimals(asked.tolerance), points_in_digits(asked.points));
  return csv;
}

}  // namespace chalkgrad
