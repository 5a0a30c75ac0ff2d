#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The rooms: an include points up the list only, the command sees the public header only, file names are unique.
. "$SRC/tests/cli/lib.sh"
order="base doc io text lang clause resolve quote code event situation store export brief api"
n=0
for room in $order; do
    n=$((n + 1))
    eval "rank_$room=$n"
done
for room in $order; do
    eval "mine=\$rank_$room"
    for f in "$SRC/src/$room"/*.[ch]; do
        [ -f "$f" ] || continue
        for other in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$f" | sort -u); do
            checks=$((checks + 1))
            eval "theirs=\${rank_$other:-0}"
            [ "$theirs" -gt 0 ] || bad "$f includes unknown room '$other'"
            [ "$theirs" -le "$mine" ] || bad "$f includes '$other/', which is below '$room/'"
        done
    done
done
# situation sees events, not how they were coded
checks=$((checks + 1))
! grep -l '^#include "\(code\|lang\|resolve\|quote\|io\|text\)/' "$SRC"/src/situation/*.[ch] 2>/dev/null || bad "situation/ includes more than base/"
checks=$((checks + 1))
! grep -n '^#include "[a-z]*/' "$SRC"/cli/*.[ch] || bad "cli/ includes a room"
checks=$((checks + 1))
twice=$(find "$SRC/src" "$SRC/cli" -name '*.[ch]' -exec basename {} \; | sort | uniq -d)
[ -z "$twice" ] || bad "file names used twice: $twice"
finish
