#!/usr/bin/env bash
# What the pages do in a browser. Installs what it needs: Debian's chromium, and playwright-core and
# axe-core from npm, in WORK_DIR.
# Usage: browser.sh CHALKGRAD SOURCE_DIR WORK_DIR
set -euo pipefail
chalkgrad=$1 source_dir=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
install() { DEBIAN_FRONTEND=noninteractive $(command -v sudo || true) apt-get install -y --no-install-recommends "$@"; }
command -v chromium >/dev/null || install chromium
command -v node >/dev/null || install nodejs
command -v npm >/dev/null || install npm
mkdir -p "$work/pages"
rm -f "$work/pages"/*
cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --no-audit --no-fund --silent)

# Pages of every worked example, some in other styles, and two that were made to be difficult.
for file in "$source_dir"/worked_examples/*.chalk; do
  name=$(basename "$file" .chalk)
  "$chalkgrad" solve "$file" --format html -o "$work/pages/$name.html"
  "$chalkgrad" solve "$file" --format text -o "$work/pages/$name.txt"
done
for style in delta paths table; do
  for format in html text; do
    "$chalkgrad" solve "$source_dir/worked_examples/mazur.chalk" --style $style --format $format \
      -o "$work/pages/mazur_$style.${format/text/txt}"
  done
done
cat >"$work/hostile.chalk" <<'CHALK'
title "<script>window.hacked = 1</script> & 'single' </title><img src=x onerror=hacked()>"
input größe_1 = 3, Ωmega = -1
weight w = 0.5
y = w*größe_1/Ωmega
derive y wrt w
CHALK
"$chalkgrad" solve "$here/net4883.chalk" --format html -o "$work/pages/net4883.html"
"$chalkgrad" solve "$work/hostile.chalk" --format html -o "$work/pages/hostile.html"
{
  echo 'title "A long derivation"'
  echo 'input x1..x12 = random(-1, 1)'
  echo 'weight w1..w144, v1..v144, u1..u12 = random(-1, 1)'
  echo 'layer h1..h12 from x1..x12 weights w1..w144 activation sigmoid'
  echo 'layer g1..g12 from h1..h12 weights v1..v144 activation sigmoid'
  echo 'layer o from g1..g12 weights u1..u12 activation sigmoid'
  echo 'E = half_squared_error(0.5; out_o)'
  echo 'derive E wrt all'
} >"$work/long.chalk"
"$chalkgrad" solve "$work/long.chalk" --detail full --format html -o "$work/pages/long.html" || exit 1

NODE_PATH="$work/node_modules" exec node "$here/page_test.js" "$work/pages" "$(command -v chromium)"
