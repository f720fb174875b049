#!/usr/bin/env bash
# Makes the pictures of docs/teaching.md anew: pages in Debian's chromium (with playwright-core from
# npm, installed in WORK_DIR), a slide by pdflatex, plots and a network by chalkgrad itself.
# Usage: docs/screenshots.sh CHALKGRAD WORK_DIR
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
chalkgrad=$(realpath "$1") work=$2
mkdir -p "$work" && work=$(realpath "$work")
mazur=$root/worked_examples/mazur.chalk
images=$root/docs/images
mkdir -p "$images"
cp "$root/tests/browser/package.json" "$root/tests/browser/package-lock.json" "$work/"
(cd "$work" && npm ci --no-audit --no-fund --silent)

"$chalkgrad" solve "$mazur" --format html -o "$work/mazur.html"
NODE_PATH=$work/node_modules node "$root/docs/screenshots.js" "$work/mazur.html" "$images" \
  "$(command -v chromium)"

"$chalkgrad" solve "$mazur" --format beamer -o "$work/mazur.tex"
(cd "$work" && for _ in 1 2; do pdflatex -interaction=nonstopmode -halt-on-error mazur.tex >/dev/null; done)
# The fork at out_h1.
page=$(pdftotext "$work/mazur.pdf" - | awk -v RS='\f' '/\(B6\)/ && !page {page = NR} END {print page}')
pdftoppm -f "$page" -l "$page" -r 170 -png -singlefile "$work/mazur.pdf" "$images/slide"

"$chalkgrad" picture "$mazur" --values --gradients -o "$images/network.svg"
"$chalkgrad" picture "$root/worked_examples/micrograd.chalk" --values --gradients -o "$images/circuit.svg"
"$chalkgrad" train "$mazur" --steps 1000 --plot "$images/error.svg" --log-scale -o /dev/null
"$chalkgrad" train "$root/worked_examples/momentum.chalk" --steps 40 --path "$images/path.svg" -o /dev/null
