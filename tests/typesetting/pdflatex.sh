#!/usr/bin/env bash
# Every LaTeX sheet compiles in pdflatex without a warning: no error, nothing too wide, no missing glyph.
# All sheets have the same preamble, which is checked; so their bodies are compiled in one run, each from
# a new page on. One sheet is compiled as it is.
# Usage: pdflatex.sh CHALKGRAD SOURCE_DIR
set -u
here=$(dirname "$0")
. "$here/problems.sh"
need pdflatex command -v pdflatex
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awkward_problems "$work"
failed=0

compile() { # NAME
  (cd "$work" && pdflatex -draftmode -interaction=nonstopmode -halt-on-error "$1.tex" >/dev/null) || failed=1
  if ! awk '/^=== / {sheet = $0}
            /^!|Overfull|Missing character|LaTeX (Font )?Warning/ {print sheet ": " $0; bad = 1}
            END {exit bad}' "$work/$1.log"; then
    failed=1
  fi
}

"$1" solve "$2/worked_examples/mazur.chalk" --format latex -o "$work/alone.tex" || failed=1
compile alone
preamble_of "$work/alone.tex" >"$work/preamble"
cp "$work/preamble" "$work/all.tex"
count=0
for file in "$2"/worked_examples/*.chalk "$work"/*.chalk; do
  for options in "--detail brief" "--detail standard" "--detail full" "--decimals 9 --approx" \
    "--style delta" "--style paths --max-paths 1000" "--style table" "--style table --mode forward"; do
    name=$(basename "$file" .chalk)
    # shellcheck disable=SC2086
    "$1" solve "$file" --format latex $options -o "$work/sheet.tex" || failed=1
    preamble_of "$work/sheet.tex" | cmp -s - "$work/preamble" || { echo "another preamble: $name $options"; failed=1; }
    {
      printf '\\typeout{=== %s %s}\n' "$name" "$options"
      body_of "$work/sheet.tex"
      printf '\\clearpage\n'
    } >>"$work/all.tex"
    count=$((count + 1))
  done
done
printf '\\end{document}\n' >>"$work/all.tex"
compile all
[ "$(grep -c '^=== ' "$work/all.log")" -eq "$count" ] || { echo "not all of the $count sheets were compiled"; failed=1; }
echo "$count sheets"
exit $failed
