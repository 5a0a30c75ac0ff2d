#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Same bytes in, same bytes out: threads, kernels, one file or many, repeated runs.
. "$SRC/tests/cli/lib.sh"
for f in "$SRC"/examples/articles/*.txt; do
    awk 'BEGIN{printf "{\"id\":\"%s\",\"text\":\"", "'"$(basename "$f")"'"} {gsub(/\\/,"\\\\"); gsub(/"/,"\\\""); gsub(/\t/," "); printf "%s\\n",$0} END{print "\"}"}' "$f"
done >"$T/all.jsonl"
cat "$T/all.jsonl" "$T/all.jsonl" "$T/all.jsonl" >"$T/three.jsonl"
run code --input jsonl "$T/three.jsonl"
expect_status 0 "one thread"
cp "$T/out" "$T/one"
checks=$((checks + 1))
[ -s "$T/one" ] || bad "no output"
for opts in "--threads 2" "--threads 7" "--kernel scalar" "--kernel avx2" "--kernel avx512" "--kernel avxvnni" "--threads 3 --kernel avx2" "--threads 4 --ahead 1" "--threads 4 --ahead 5000"; do
    # shellcheck disable=SC2086 # several words
    run code --input jsonl $opts "$T/three.jsonl"
    checks=$((checks + 1))
    cmp -s "$T/one" "$T/out" || bad "output differs with $opts"
done
"$DRAGOMAN" code --input jsonl - <"$T/three.jsonl" >"$T/out" 2>"$T/err"
checks=$((checks + 1))
cmp -s "$T/one" "$T/out" || bad "output differs from standard input"
finish
