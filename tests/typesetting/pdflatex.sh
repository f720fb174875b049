#!/usr/bin/env bash
# Every LaTeX sheet compiles in pdflatex without a warning: no error, nothing too wide, no missing glyph.
# Usage: pdflatex.sh CHALKGRAD SOURCE_DIR
set -u
command -v pdflatex >/dev/null || { echo "skipped: there is no pdflatex here"; exit 77; }
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/problems.sh"
awkward_problems "$work"
failed=0
for file in "$2"/worked_examples/*.chalk "$work"/*.chalk; do
  for options in "--detail brief" "--detail standard" "--detail full" "--decimals 9 --approx" \
    "--style delta" "--style paths --max-paths 1000" "--style table" "--style table --mode forward"; do
    name=$(basename "$file" .chalk)
    # shellcheck disable=SC2086
    "$1" solve "$file" --format latex $options -o "$work/$name.tex" || failed=1
    (cd "$work" && pdflatex -interaction=nonstopmode -halt-on-error "$name.tex" >/dev/null) || failed=1
    if grep -E '^!|Overfull|Missing character|LaTeX (Font )?Warning' "$work/$name.log"; then
      echo "^ in $name with $options"
      failed=1
    fi
  done
done
exit $failed
