#!/usr/bin/env bash
# No page of a LaTeX sheet begins within a chain or with a result whose factors are on the page before,
# none ends with a heading, and none has a line or two only. All sheets are set in one run, each from a new
# page on, and read back from the PDF.
# Usage: pages.sh CHALKGRAD SOURCE_DIR
set -u
here=$(dirname "$0")
. "$here/problems.sh"
need pdflatex command -v pdflatex
need pdftotext command -v pdftotext
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count=0
for file in "$2"/worked_examples/*.chalk; do
  for options in "--detail brief" "--detail standard" "--detail full" "--style delta" \
    "--style paths --max-paths 1000" "--style matrix"; do
    # shellcheck disable=SC2086
    "$1" solve "$file" --format latex $options -o "$work/sheet.tex" 2>/dev/null || continue # no arrays
    [ -e "$work/all.tex" ] || preamble_of "$work/sheet.tex" >"$work/all.tex"
    {
      body_of "$work/sheet.tex"
      printf '\\clearpage\n'
    } >>"$work/all.tex"
    count=$((count + 1))
  done
done
printf '\\end{document}\n' >>"$work/all.tex"
[ "$count" -ge 150 ] || { echo "only $count sheets"; exit 1; }
(cd "$work" && pdflatex -interaction=nonstopmode -halt-on-error all.tex >/dev/null) || exit 1
pdftotext -layout "$work/all.pdf" "$work/all.txt" || exit 1

awk -v RS='\f' '
  function complain(what) { print "page " NR ": " what "\n  " line[1] "\n  " line[2]; bad = 1 }
  BEGIN {
    split("Given|Forward pass|Derivatives|Reverse sweep|Update|Paths|The other derivatives, in the same way", names, "|")
    for (i in names) heading[names[i]] = 1
  }
  {
    n = 0
    rows = split($0, all, "\n")
    for (i = 1; i <= rows; ++i) {
      gsub(/^ +| +$/, "", all[i])
      if (all[i] != "") line[++n] = all[i]
    }
    if (n > 0 && line[n] ~ /^[0-9]+$/) --n # the number of the page
    if (n == 0) next
    ++pages
    if (line[1] ~ /^=/ || (line[2] ~ /^=/ && line[1] !~ /[∂A-Za-z]/)) complain("begins within a chain")
    if ((line[1] " " line[2]) ~ /from [AB][0-9]/) complain("begins with a result")
    if (line[n] in heading) complain("ends with a heading")
    if (n <= 2) complain("has a line or two")
  }
  END { print pages " pages"; exit bad || pages < 300 }' "$work/all.txt"
