#!/usr/bin/env bash
# Makes latin_modern_math.woff2, the font that every page carries: the letters, Greek, operators and
# growing brackets of chalkgrad's sheets, out of Debian's fonts-lmodern. It was run once; run it again
# when a page needs another character. Needs fonts-lmodern, python3-fonttools and python3-brotli.
set -euo pipefail
cd "$(dirname "$0")"

characters=$(printf '%s,' \
  U+0020-007E U+00A0-00FF \
  U+0391-03A9 U+03B1-03C9 U+03D1 U+03D5 U+03F1 U+03F5 \
  U+1D434-1D467 U+210E U+1D6E2-1D71B \
  U+0302-0307 U+02D9 U+203E U+2032 U+207A U+2061 U+2062 \
  U+2013-2014 U+2018-201E U+2026 \
  U+2190-2193 U+2202 U+2207 U+2208 U+220F U+2211-2213 U+221A U+221E U+2248 U+2260 U+2264-2265 \
  U+22C5 U+00B7 U+2016 U+2223)
/usr/bin/python3 -m fontTools.subset /usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf \
  --unicodes="${characters%,}" --layout-features='kern,liga,ssty,mark,mkmk,ccmp' --no-hinting --desubroutinize \
  --name-IDs='0,1,2,3,4,5,6,13,14' --flavor=woff2 --output-file=latin_modern_math.woff2
cp /usr/share/texmf/doc/fonts/lm-math/GUST-FONT-LICENSE.txt latin_modern_math.licence.txt
ls -l latin_modern_math.woff2
