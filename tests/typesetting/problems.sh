# What the typesetting tests share: sourced by them.

# The tool is needed for a test: where it is missing the test is skipped by name with the reason (77), or
# fails where CI says that everything is there.
# Usage: need WHAT COMMAND...
need() {
  local what=$1
  shift
  "$@" >/dev/null 2>&1 && return
  echo "skipped: there is no $what here"
  [ -z "${CHALKGRAD_NOTHING_MISSING:-}" ] || { echo "and CHALKGRAD_NOTHING_MISSING is set"; exit 1; }
  exit 77
}

# A document of LaTeX to its \begin{document}, and what is in it.
# Usage: preamble_of FILE; body_of FILE
preamble_of() { sed '/^\\begin{document}/q' "$1"; }
body_of() { sed '1,/^\\begin{document}/d; /^\\end{document}/,$d' "$1"; }

# Problems whose typesetting is awkward, beside the worked examples.
# Usage: awkward_problems DIRECTORY
awkward_problems() {
  cat >"$1/hostile.chalk" <<'CHALK'
title "\input{/etc/passwd} 100% $x_1$ & #1 ^ ~ { } < > | 'quoted' – Größe ∂η 水"
input a_b_c = 1, _ = 2, größe_1 = 3, Ωmega = -1
y_x = a_b_c*_ + größe_1/Ωmega
derive y_x wrt a_b_c, _, größe_1
CHALK
  cat >"$1/functions.chalk" <<'CHALK'
title "Every function, nested fractions, powers of negatives"
input x = -0.5, z = 2
a = sin(x) + cos(x) + tan(x) + sinh(x) + cosh(x) + tanh(x) + asin(x) + acos(x) + atan(x)
b = erf(x) + exp(x) + ln(z) + sqrt(z) + sigmoid(x) + softplus(x) + gelu(x)
c = relu(x) + leaky_relu(x) + elu(x) + abs(x) + sign(x) + step(x) + min(x, z) + max(x, z)
d = (x/z)/(z/(x - 3))^2 - (-x)^3/(1 + 1/(1 + 1/z))
f = a*b + c*d - exp(-x^2/2)*z^x
derive f wrt x, z
CHALK
  cat >"$1/pi.chalk" <<'CHALK'
title "A constant with a sign"
weight w = 2
E = -pi*w + mish(-pi) + softsign(w)
derive E wrt w
CHALK
  {
    echo 'title "A sum of twenty terms, and a kink"'
    for i in $(seq 1 20); do echo "weight w$i = 0.$i"; echo "input x$i = -$i.5"; done
    printf 'net = w1*x1'
    for i in $(seq 2 20); do printf ' + w%d*x%d' "$i" "$i"; done
    printf '\nzero = 0*net\nout = relu(zero)\nE = 1/2*(out - 1e-9)^2 + 1/2*(net*1e9)^2\nderive E wrt w1, w20\n'
    printf 'update all rate 1e-6\n'
  } >"$1/long.chalk"
  {
    echo 'title "More given numbers and terms than a page holds"'
    for i in $(seq 1 300); do echo "weight w$i = 0.$i"; echo "input x$i = -$i.5"; done
    printf 'net = w1*x1'
    for i in $(seq 2 300); do printf ' + w%d*x%d' "$i" "$i"; done
    printf '\nE = tanh(net/1000)^2\nderive E wrt w1, w300\n'
  } >"$1/pages.chalk"
}
