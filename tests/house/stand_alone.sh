#!/usr/bin/env bash
# Every source and every header compiles by itself: with what it includes, and without what its neighbours
# in a unity build do. A header is what its source includes first; the others are compiled as they are.
# Usage: stand_alone.sh COMPILER SOURCE_DIR BUILD_DIR
set -euo pipefail
compiler=$1 build=$3
cd "$2"
flags=(-std=c++20 -fsyntax-only -Wall -Wextra -Werror -I. "-I$build/generated")
files() { git ls-files "$@" 2>/dev/null || find engine tracer -name "${1##*/}"; }
{
  files 'engine/*.cpp' 'tracer/*.cpp'
  for header in $(files 'engine/*.hpp' 'tracer/*.hpp'); do
    source=${header%.hpp}.cpp
    [ "$(grep -m 1 '#include' "$source" 2>/dev/null)" = "#include \"$header\"" ] || echo "$header"
  done
} | sort -u >"$build/stand_alone.txt"
echo "$(wc -l <"$build/stand_alone.txt") files by themselves"
xargs -P "$(nproc)" -n 4 sh -c '
  for file in "$@"; do
    "$0" '"$(printf '%q ' "${flags[@]}")"' -x c++ -include "$file" /dev/null || { echo "^ $file does not stand alone"; exit 255; }
  done' "$compiler" <"$build/stand_alone.txt"
