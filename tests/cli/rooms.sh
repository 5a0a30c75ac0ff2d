#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The rooms: an include points up the list only, the command sees the public header only, file names are unique.
. "$SRC/tests/cli/lib.sh"
order="base doc io text lang clause resolve quote code event situation store export brief api serve stream"
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
# The rooms behind the event see it, never the tree: not by what they include, nor by what that includes.
closure() { # FILE: the headers of src/ it includes, directly or through others
    seen=
    todo=$1
    while [ -n "$todo" ]; do
        next=
        for h in $(cd "$SRC/src" && sed -n 's/^#include "\([a-z]*\/[^"]*\)".*/\1/p' $todo 2>/dev/null | sort -u); do
            case " $seen " in
            *" $h "*) ;;
            *) seen="$seen $h" next="$next $h" ;;
            esac
        done
        todo=$next
    done
    printf '%s\n' $seen
}
for room in situation store export brief serve stream; do
    for f in "$SRC/src/$room"/*.[ch]; do
        case $f in
        *'*'* | */export/conllu.[ch]) continue ;; # no such room yet; the writer of trees
        esac
        checks=$((checks + 1))
        hidden=$(closure "$room/${f##*/}" | grep -E '^(doc/doc\.h|event/from_doc\.h|(io|text|lang|clause|resolve|quote|code)/)' | tr '\n' ' ')
        [ -z "$hidden" ] || bad "$f sees how events are made: $hidden"
    done
done
checks=$((checks + 1))
! grep -n '^#include "[a-z]*/' "$SRC"/src/base/*.[ch] | grep -v '"base/' || bad "base/ includes another room"
checks=$((checks + 1))
! grep -n '^#include "[a-z]*/' "$SRC"/cli/*.[ch] || bad "cli/ includes a room"
checks=$((checks + 1))
twice=$(find "$SRC/src" "$SRC/cli" -name '*.[ch]' -exec basename {} \; | sort | uniq -d)
[ -z "$twice" ] || bad "file names used twice: $twice"
finish
