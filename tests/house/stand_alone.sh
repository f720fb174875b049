#!/usr/bin/env bash
# Every source and every header compiles by itself: with what it includes, and without what its neighbours
# in a unity build do. A header is what its source includes first; the others are compiled as they are.
# The standard library and fmt are compiled once for all, which halves the time; that each file brings what
# it needs of those, arrows.sh finds out.
# Usage: stand_alone.sh COMPILER SOURCE_DIR BUILD_DIR
set -euo pipefail
compiler=$1 build=$3/stand_alone
cd "$2"
mkdir -p "$build"
files() { git ls-files "$@" 2>/dev/null || find engine tracer -name "${1##*/}"; }

flags=(-std=c++20 -Wall -Wextra)
printf '#include <%s>\n' algorithm array cmath fmt/format.h fmt/ranges.h functional limits map memory numeric \
  optional set span sstream string string_view unordered_map unordered_set variant vector >"$build/library.hpp"
"$compiler" "${flags[@]}" -x c++-header "$build/library.hpp" -o "$build/library.hpp.gch"

{
  files 'engine/*.cpp' 'tracer/*.cpp'
  for header in $(files 'engine/*.hpp' 'tracer/*.hpp'); do
    source=${header%.hpp}.cpp
    [ "$(grep -m 1 '#include' "$source" 2>/dev/null)" = "#include \"$header\"" ] || echo "$header"
  done
} | sort -u >"$build/files.txt"
echo "$(wc -l <"$build/files.txt") files by themselves"
flags+=(-fsyntax-only -Werror -Winvalid-pch -I. "-I$3/generated" -include "$build/library.hpp")
xargs -P "$(nproc)" -n 4 sh -c '
  for file in "$@"; do
    "$0" '"$(printf '%q ' "${flags[@]}")"' -x c++ -include "$file" /dev/null || { echo "^ $file does not stand alone"; exit 255; }
  done' "$compiler" <"$build/files.txt"
