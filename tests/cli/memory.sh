#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One allocation after the other fails while a text is coded: no crash, no lost word. The table of number words was printed
# after it was closed, and a command ended with status 1 and said nothing.
. "$SRC/tests/cli/lib.sh"
lib=$BUILD/tests/liboom.so
if [ -n "${SANITIZE:-}" ] || [ ! -f "$lib" ]; then
    say "skipped: sanitizers have their own allocator"
    exit 77
fi
# plain text: json-c 0.16 and libxml2 2.9.14 crash themselves on strdup without memory
printf 'Egypt demanded on 3 May 2021 that Ethiopia withdraw 500 troops from Sudan.\n"We will not go," President Abiy Ahmed said.\n' >"$T/a.txt"
i=0
done_at=0
while [ $i -lt 2000 ] && [ $done_at -lt 100 ]; do
    i=$((i + 1))
    OOM_AT=$i LD_PRELOAD=$lib "$DRAGOMAN" code "$T/a.txt" >"$T/out" 2>"$T/err" </dev/null
    st=$?
    checks=$((checks + 1))
    case $st in
    0) # an allocation that could be done without, or all are behind us
        if [ -s "$T/err" ]; then done_at=0; else done_at=$((done_at + 1)); fi ;;
    1 | 2)
        done_at=0
        [ -s "$T/err" ] || bad "allocation $i: exit status $st and not a word" ;;
    *)
        done_at=0
        bad "allocation $i: exit status $st" ;;
    esac
done
checks=$((checks + 1))
[ $i -gt 50 ] || bad "only $i allocations were tried"
finish
