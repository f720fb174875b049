#!/usr/bin/env bash
# The mathematics of every sheet renders in KaTeX's strict mode.
# Usage: katex.sh CHALKGRAD SOURCE_DIR
set -u
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
here=$(dirname "$0")
. "$here/problems.sh"
need "node with katex" node -e 'require("katex")'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awkward_problems "$work"
failed=0
for file in "$2"/worked_examples/*.chalk "$work"/*.chalk; do
  for options in "--detail brief" "--detail standard" "--detail full" \
    "--style delta" "--style paths --max-paths 1000" "--style table" "--style table --mode forward"; do
    sheet="$work/$(basename "$file" .chalk)${options// /_}"
    # shellcheck disable=SC2086
    "$1" solve "$file" --format latex --fragment $options -o "$sheet.tex" || failed=1
    # shellcheck disable=SC2086
    "$1" solve "$file" --format markdown $options -o "$sheet.md" || failed=1
  done
done
node "$here/katex.js" "$work"/*.tex "$work"/*.md || failed=1
exit $failed
