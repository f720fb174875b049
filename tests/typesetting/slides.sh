#!/usr/bin/env bash
# Slides and pictures for LaTeX compile in pdflatex: no error, nothing too wide or too high, no
# missing glyph.
# Usage: slides.sh CHALKGRAD SOURCE_DIR [SHARD SHARDS]
set -u
here=$(dirname "$0")
. "$here/problems.sh"
need pdflatex command -v pdflatex
for needed in beamer.cls tikz.sty; do need $needed kpsewhich $needed; done
shard=${3:-0} shards=${4:-1} next=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awkward_problems "$work"
failed=0

compile() { # NAME
  (cd "$work" && pdflatex -draftmode -interaction=nonstopmode -halt-on-error "$1.tex" >/dev/null) || failed=1
  if grep -E '^!|Overfull|Missing character|LaTeX (Font )?Warning' "$work/$1.log"; then
    echo "^ in $1"
    failed=1
  fi
}

mine() { # whether the next piece of work is this shard's
  next=$((next + 1))
  [ $((next % shards)) -eq "$shard" ]
}

for file in "$2"/worked_examples/*.chalk "$work"/*.chalk; do
  mine || continue
  name=$(basename "$file" .chalk)
  "$1" solve "$file" --format beamer --detail brief -o "$work/$name.tex" || failed=1
  compile "$name"
done
for options in "--detail full" "--style delta" "--style paths" "--style table --mode forward"; do
  mine || continue
  # shellcheck disable=SC2086
  "$1" solve "$2/worked_examples/linear.chalk" --format beamer $options \
    -o "$work/styles.tex" || failed=1
  compile styles
done

# All pictures, one to a page as large as it is.
mine || exit $failed
{
  printf '%s\n' '\documentclass[11pt]{article}' '\usepackage[T1]{fontenc}' '\usepackage{lmodern}' \
    '\usepackage{amsmath}' '\usepackage{tikz}' '\usepackage[paperwidth=5000mm,paperheight=5000mm]{geometry}' \
    '\begin{document}'
  for file in "$2"/worked_examples/*.chalk "$work"/*.chalk; do
    for options in "" "--values --gradients" "--values --expanded"; do
      # shellcheck disable=SC2086
      "$1" picture "$file" --format tikz $options 2>/dev/null || failed=1
      printf '\\newpage\n'
    done
  done
  printf '\\end{document}\n'
} >"$work/pictures.tex"
compile pictures
exit $failed
