#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The shared library exports what tests/api/symbols.txt lists, no more, no less. A new call is added there in the same commit.
. "$SRC/tests/cli/lib.sh"
lib=$BUILD/libdragoman.so
if [ -n "${SANITIZE:-}" ] || [ ! -f "$lib" ]; then
    say "skipped: no ordinary shared library here"
    exit 77
fi
nm -D --defined-only "$lib" | awk '{print $3}' | sed 's/@.*//' | LC_ALL=C sort >"$T/have"
grep -v '^#' "$SRC/tests/api/symbols.txt" | LC_ALL=C sort >"$T/want"
checks=$((checks + 1))
diff "$T/want" "$T/have" >"$T/err" || bad "exported symbols differ from tests/api/symbols.txt (< listed, > exported)"
checks=$((checks + 1))
! grep -v '^dg_' "$T/have" >"$T/err" || bad "a symbol outside dg_ is exported"
# each is declared in the public header
for s in $(cat "$T/have"); do
    checks=$((checks + 1))
    grep -q "\b$s(" "$SRC/include/dragoman.h" || bad "$s is exported and not declared in include/dragoman.h"
done
finish
