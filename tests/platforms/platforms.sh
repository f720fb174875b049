#!/usr/bin/env bash
# What other programs read in the files for course platforms. The exercises of the worked examples, and one
# that was made to be difficult, are written in each format; xmllint holds the XML, gift-pegjs reads the GIFT,
# unzip the package, and readers of our own, after the platforms' documentation, what no program here reads.
# Every number, tolerance and weight is compared with the key.
# Usage: platforms.sh CHALKGRAD SOURCE_DIR WORK_DIR
set -euo pipefail
chalkgrad=$1 source_dir=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../typesetting/problems.sh"
for tool in xmllint unzip node npm; do need $tool command -v $tool; done
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$work/"
need "gift-pegjs from npm" npm ci --prefix "$work" --no-audit --no-fund

# Names, text, points and slips with everything that a format could trip over.
cat >"$work/difficult.chalk" <<'CHALK'
title "A & B/C <3> {x} ~ = # $ % ]]> \\ 'q' `r 1+1`"
seed 7
input x = random(1, 3, step 0.1)
weight w_a = random(0.05, 0.9, step 0.05)
y = w_a*x
z = 2*y if y < 1, 1 + y^2 otherwise
E = (3 - z)^2
small = 1e-9*x
smaller = small/7
derive E wrt w_a
update w_a rate 0.1
question "Mind {1:NUMERICAL:=2} ]]> \\ ~ = # & <b> ``` and `r 1+1`, then $E = (3 - z)^2$."
points 0.5 for y, z, small, smaller
points 1 for dE/dw_a
CHALK
rm -rf "$work/out"
for file in "$source_dir"/worked_examples/exercises/*.chalk "$work/difficult.chalk"; do
  out=$work/out/$(basename "$file" .chalk)
  "$chalkgrad" sheets "$file" -o "$out" --variants 3 --format moodle,gift,qti,rexams,csv >/dev/null
  mkdir "$out/qti" "$out/solve"
  unzip -q "$out/exercise.zip" -d "$out/qti"
  # The same numbers once more, by the command that knows nothing of variants.
  sed 1d "$out/variants.csv" | while IFS=, read -r label seed _; do
    "$chalkgrad" solve "$file" --seed "$seed" --format json -o "$out/solve/$label.json"
  done
done
xmllint --nonet --noout "$work"/out/*/exercise.xml
xmllint --nonet --noout --relaxng "$here/qti.rng" "$work"/out/*/qti/*.xml 2>"$work/complaints" || {
  grep -v ' validates$' "$work/complaints"
  exit 1
}
NODE_PATH="$work/node_modules" exec node "$here/read_back.js" "$work"/out/*
