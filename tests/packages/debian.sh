#!/usr/bin/env bash
# The Debian package: lintian finds no error, and installed into a fresh root it solves a worked example,
# reads its own manual and builds the consumer.
# Usage: debian.sh SOURCE_DIR BUILD_DIR CXX_COMPILER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../typesetting/problems.sh"
need cpack command -v cpack
need "lintian, so the package is not judged," command -v lintian
need dpkg command -v dpkg
source_dir=$1 build=$2 compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/package" >"$work/cpack.log" 2>&1) || {
  cat "$work/cpack.log"
  exit 1
}
package=$(echo "$work"/package/chalkgrad_*.deb)
lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$package"

root=$work/root
mkdir -p "$root"/var/lib/dpkg/{updates,info}
touch "$root/var/lib/dpkg/status"
dpkg --root="$root" --force-depends --force-not-root --log=/dev/null --install "$package" >"$work/dpkg.log" 2>&1 || {
  cat "$work/dpkg.log"
  exit 1
}
installed=$root/usr/share/doc/chalkgrad/worked_examples
"$root/usr/bin/chalkgrad" solve "$installed/mazur.chalk" | cmp - "$source_dir/worked_examples/mazur.txt"
for manual in man1/chalkgrad.1 man5/chalkgrad.5; do
  MANWIDTH=100 man --warnings -l "$root/usr/share/man/$manual.gz" >"$work/manual" 2>"$work/warnings"
  [ ! -s "$work/warnings" ] || { cat "$work/warnings"; exit 1; }
  grep -q update "$work/manual"
done
bash -n "$root/usr/share/bash-completion/completions/chalkgrad"
for name in copyright changelog.gz README.md docs/language.md; do test -s "$root/usr/share/doc/chalkgrad/$name"; done

cmake -S "$source_dir/tests/consumer" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$root/usr" \
  -DCMAKE_CXX_COMPILER="$compiler" >/dev/null
cmake --build "$work/consumer" >/dev/null
"$work/consumer/derive" | grep -q '∂E/∂w = −0.06894·0.3932 = −0.02711'
# Position-independent: the libraries can become part of a shared one.
library=$(find "$root/usr/lib" -name libchalkgrad_tracer.a)
"$compiler" -shared -o "$work/module.so" -Wl,--whole-archive "$library" "${library/tracer/engine}" \
  -Wl,--no-whole-archive -lfmt
echo "$(basename "$package"): installed, solved, built"
