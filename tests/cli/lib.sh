# SPDX-License-Identifier: Apache-2.0
# tests/cli/lib.sh: run a command, compare exit status and output. Sourced by the other scripts.
set -u
T=$(mktemp -d) || exit 1
trap 'rm -rf "$T"' EXIT
export XDG_CONFIG_HOME="$T/config" DRAGOMAN_LEXICON=  # no rows of who runs the tests
export NO_COLOR=1 COLUMNS=100 LC_ALL=C.UTF-8
fails=0
checks=0
say() { printf '%s\n' "$*"; }
bad() {
    fails=$((fails + 1))
    say "FAILED: $*"
    [ -s "$T/err" ] && sed 's/^/   stderr: /' "$T/err" | head -5
}
# run ARGS...: the command, its stdout in $T/out, stderr in $T/err, status in $st
run() {
    "$DRAGOMAN" "$@" >"$T/out" 2>"$T/err" </dev/null
    st=$?
}
expect_status() { checks=$((checks + 1)); [ "$st" = "$1" ] || bad "$2: exit status $st, expected $1"; }
expect_err() { checks=$((checks + 1)); grep -q -- "$1" "$T/err" || bad "$2: stderr lacks '$1'"; }
expect_out() { checks=$((checks + 1)); grep -q -- "$1" "$T/out" || bad "$2: stdout lacks '$1'"; }
expect_one_line() { checks=$((checks + 1)); [ "$(wc -l <"$T/err")" = 1 ] || bad "$1: stderr has $(wc -l <"$T/err") lines, expected 1"; }
finish() {
    say "$checks checks, $fails failed"
    [ "$fails" = 0 ]
}
