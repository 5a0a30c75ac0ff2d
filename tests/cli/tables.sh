#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The generated tables of lexicon/ are what their programs make: no edit by hand is hidden in them.
. "$SRC/tests/cli/lib.sh"
cd "$SRC" || exit 1
data=../shared/data
for needed in actors gazetteer ner; do
    [ -d "$data/$needed" ] || { say "skipped: $data/$needed is not there"; exit 77; }
done
train/tables.sh "$data" "$T" >"$T/out" 2>"$T/err" || bad "train/tables.sh fails"
for made in "$T"/lexicon/*/*.tsv; do
    checks=$((checks + 1))
    kept=${made#"$T/"}
    cmp -s "$made" "$kept" || bad "$kept is not what train/ makes: $(diff "$kept" "$made" | head -n 3 | cut -c1-160)"
done
checks=$((checks + 1))
[ "$(find "$T/lexicon" -name '*.tsv' | wc -l)" = 12 ] || bad "twelve tables are generated"
finish
