#!/usr/bin/env bash
# Includes point downwards only: what a room may see are the rooms below its floor, and what lies inside it.
# The engine sees the standard library and nothing else. Between the steps of check there is an order too.
# And each file brings what it needs of the standard library and fmt.
# Usage: arrows.sh SOURCE_DIR
set -euo pipefail
cd "$1"
files=$(git ls-files 'engine/*.[ch]pp' 'tracer/*.[ch]pp' 2>/dev/null || find engine tracer -name '*.[ch]pp')
awk -f tests/house/includes.awk $files
awk '
  # The floors, from the lowest; rooms on one floor do not see each other. docs/architecture.md tells why.
  function build_house(   i, n, k, rooms, list) {
    n = split("engine tracer/numerals;tracer/expression;tracer/derivation tracer/typesetting;tracer/arrays;tracer/problem;" \
              "tracer/sheet tracer/plot tracer/check;tracer/picture;tracer/lesson;tracer/formats;tracer/exercise;tracer/cli", list, ";")
    for (i = 1; i <= n; ++i) { k = split(list[i], rooms, " "); while (k) floor[rooms[k--]] = i }
    n = split("reading;truth report;alignment;slips;judging", list, ";")
    for (i = 1; i <= n; ++i) { k = split(list[i], rooms, " "); while (k) step["tracer/check/" rooms[k--]] = i }
    step["tracer/check"] = n + 1
  }
  function room(path,   parts, n) {
    n = split(path, parts, "/")
    return parts[1] == "engine" ? "engine" : parts[1] "/" parts[2]
  }
  function folder(path) { sub("/[^/]*$", "", path); return path }
  function complain(why) { printf "%s:%d: %s %s\n", FILENAME, FNR, why, target; bad = 1 }
  BEGIN { build_house() }
  /^ *# *include/ {
    target = $0
    gsub(/^ *# *include *[<"]|[>"].*$/, "", target)
    ours = target ~ /^(engine|tracer)\//
    ++seen
    if (room(FILENAME) == "engine" && !ours && target !~ /^[a-z_]+$/) complain("the engine reaches beyond the standard library:")
    if (!ours) next
    from = room(FILENAME); to = room(target)
    if (!(from in floor)) complain("a room without a floor includes")
    else if (!(to in floor)) complain("no floor is known of")
    else if (from != to && floor[to] >= floor[from]) complain("an arrow runs up to")
    from = folder(FILENAME); to = folder(target)
    if ((from in step) && (to in step) && from != to && step[to] >= step[from]) complain("check takes its steps in another order than")
  }
  END { printf "%d includes\n", seen; exit bad || seen < 1000 }
' $files
