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
  for options in "--detail brief" "--detail standard" "--detail full" \
    "--style delta" "--style paths --max-paths 1000" "--style table" "--style table --mode forward"; do
    # shellcheck disable=SC2086
    "$1" solve "$file" --format latex --fragment $options >"$work/fragment.tex" || failed=1
    node "$here/katex.js" "$work/fragment.tex" || { echo "^ in $file with $options"; failed=1; }
    # shellcheck disable=SC2086
    "$1" solve "$file" --format markdown $options >"$work/sheet.md" || failed=1
    node "$here/katex.js" "$work/sheet.md" || { echo "^ in $file as Markdown with $options"; failed=1; }
  done
done
exit $failed
