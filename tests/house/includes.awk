# Reads sources and headers; says where a name of the standard library or of fmt is used and neither the file
# nor a header of ours that it includes brings what declares it. (Compilers do not: their headers include each
# other as they please.)
# Usage: awk -f includes.awk FILE…
BEGIN {
  header["std::vector<"] = "vector"
  header["std::map<"] = "map"
  header["std::set<"] = "set"
  header["std::array<"] = "array"
  header["std::span<"] = "span"
  header["std::deque<"] = "deque"
  header["std::tuple<"] = "tuple"
  header["std::optional<"] = header["std::nullopt"] = "optional"
  header["std::variant<"] = header["std::visit("] = "variant"
  header["std::function<"] = "functional"
  header["std::unordered_map<"] = "unordered_map"
  header["std::unordered_set<"] = "unordered_set"
  header["std::unique_ptr<"] = header["std::shared_ptr<"] = header["std::make_unique<"] = "memory"
  header["std::string_view"] = "string_view"
  header["std::string"] = header["std::to_string("] = "string"
  header["std::ranges::"] = header["std::sort("] = "algorithm"
  header["std::numeric_limits<"] = "limits"
  header["std::numbers::"] = "numbers"
  header["std::sqrt("] = header["std::exp("] = header["std::log("] = header["std::pow("] = "cmath"
  header["std::isnan("] = header["std::isfinite("] = header["std::floor("] = "cmath"
  header["fmt::"] = "fmt/format.h"
  # What the standard has one header bring with another.
  brings["string"] = "string_view"
  brings["fmt/ranges.h"] = brings["fmt/color.h"] = brings["spdlog/spdlog.h"] = "fmt/format.h"
}
FNR == 1 { files[++count] = FILENAME }
{ sub(/\/\/.*/, "") }
/^#include [<"]/ {
  name = $2
  gsub(/[<>"]/, "", name)
  includes[FILENAME] = includes[FILENAME] " " name
  next
}
{
  for (name in header)
    if (!((FILENAME, name) in line) && index($0, name) > 0) {
      # std::string is not std::string_view.
      if (name == "std::string" && $0 !~ /std::string([^_a-z]|$)/) continue
      line[FILENAME, name] = FNR
    }
}
function closure(file, seen,    parts, n, i) {
  if (file in seen) return
  seen[file] = 1
  if (file in brings) seen[brings[file]] = 1
  n = split(includes[file], parts, " ")
  for (i = 1; i <= n; ++i) closure(parts[i], seen)
}
END {
  for (f = 1; f <= count; ++f) {
    delete seen
    closure(files[f], seen)
    for (name in header)
      if ((files[f], name) in line && !(header[name] in seen)) {
        print files[f] ":" line[files[f], name] ": " name " needs #include <" header[name] ">"
        failed = 1
      }
  }
  exit failed
}
