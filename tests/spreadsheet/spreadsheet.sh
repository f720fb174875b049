#!/usr/bin/env bash
# Every formula in the spreadsheets of all worked examples comes to the value beside it, by another program:
# HyperFormula, from npm, in WORK_DIR. And the same problem gives the same bytes at another time.
# Usage: spreadsheet.sh CHALKGRAD SOURCE_DIR WORK_DIR
set -euo pipefail
chalkgrad=$1 source_dir=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../typesetting/problems.sh"
install() { DEBIAN_FRONTEND=noninteractive $(command -v sudo || true) apt-get install -y --no-install-recommends "$@"; }
command -v node >/dev/null || install nodejs
command -v npm >/dev/null || install npm
mkdir -p "$work/problems"
cp "$here"/*.js "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --no-audit --no-fund --silent)

mazur=$source_dir/worked_examples/mazur.chalk
"$chalkgrad" solve "$mazur" -o "$work/mazur.xlsx"
sleep 2 # two seconds are what a zip archive can tell apart
"$chalkgrad" solve "$mazur" --format xlsx | cmp - "$work/mazur.xlsx"

awkward_problems "$work/problems"
node "$work/spreadsheet_test.js" "$chalkgrad" "$source_dir"/worked_examples/*.chalk \
  "$source_dir"/worked_examples/exercises/*.chalk "$work"/problems/*.chalk
