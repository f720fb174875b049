#!/usr/bin/env bash
# The mathematics of every sheet renders in KaTeX's strict mode.
# Usage: katex.sh CHALKGRAD SOURCE_DIR
set -u
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
if ! node -e 'require("katex")' 2>/dev/null; then
  echo "skipped: there is no node with katex here"
  exit 77
fi
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/problems.sh"
awkward_problems "$work"
failed=0
for file in "$2"/worked_examples/*.chalk "$work"/*.chalk; do
  for detail in brief standard full; do
    "$1" solve "$file" --format latex --fragment --detail $detail >"$work/fragment.tex" || failed=1
    node "$here/katex.js" "$work/fragment.tex" || { echo "^ in $file with $detail"; failed=1; }
  done
done
exit $failed
