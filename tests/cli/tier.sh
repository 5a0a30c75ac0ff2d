#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# --tier and DRAGOMAN_TIER: which network reads; the accurate one is a file of its own. Here both networks are the tiny one of the loader tests.
. "$SRC/tests/cli/lib.sh"
mkdir "$T/data"
for f in "$BUILD"/*.lex "$BUILD/segment.dgm" "$BUILD/parser.dgm"; do cp -L "$f" "$T/data/"; done
printf 'Egypt rejected a demand of Ethiopia on Tuesday. Its minister left Geneva, and the talks ended.\n' >"$T/a.txt"
unset DRAGOMAN_TIER

run code --data "$T/data" --tier acurate "$T/a.txt"
expect_status 2 "a tier that there is not"
expect_err "option '--tier': unknown 'acurate' (auto fast accurate)" "a tier that there is not"
run code --kernel sse "$T/a.txt"
expect_status 2 "a kernel that there is not"
run code --data "$T/data" --tier accurate "$T/a.txt"
expect_status 1 "no accurate model"
expect_err "data/accurate.dgm: no such file" "no accurate model"
expect_err "make accurate" "no accurate model: what to do"
expect_one_line "no accurate model"

"$DRAGOMAN" code --data "$T/data" "$T/a.txt" >"$T/fast" || bad "the default tier"
"$DRAGOMAN" code --data "$T/data" --tier fast "$T/a.txt" | cmp -s - "$T/fast" || bad "fast is the default"
DRAGOMAN_TIER=fast "$DRAGOMAN" code --data "$T/data" "$T/a.txt" | cmp -s - "$T/fast" || bad "DRAGOMAN_TIER=fast"
DRAGOMAN_TIER=
export DRAGOMAN_TIER
"$DRAGOMAN" code --data "$T/data" "$T/a.txt" | cmp -s - "$T/fast" || bad "an empty DRAGOMAN_TIER is none"
DRAGOMAN_TIER=quick
run code --data "$T/data" "$T/a.txt"
expect_status 1 "DRAGOMAN_TIER that there is not"
expect_err "DRAGOMAN_TIER is 'quick'; it may be fast or accurate" "DRAGOMAN_TIER that there is not"
run code --data "$T/data" --tier fast "$T/a.txt"
expect_status 0 "an option goes before the environment"
DRAGOMAN_TIER=accurate
run code --data "$T/data" "$T/a.txt"
expect_err "accurate.dgm: no such file" "DRAGOMAN_TIER=accurate is read"
unset DRAGOMAN_TIER

cp "$SRC/tests/data/tiny-minilm.dgm" "$T/data/accurate.dgm"
run parse --data "$T/data" --tier accurate "$T/a.txt"
expect_status 1 "two networks with other labels"
expect_err "accurate.dgm: knows other labels than $T/data/parser.dgm" "two networks with other labels"
"$DRAGOMAN" parse --data "$T/data" "$T/a.txt" >"$T/parse.fast" || bad "parse with the fast tier"
cp "$SRC/tests/data/tiny-minilm.dgm" "$T/data/parser.dgm"
"$DRAGOMAN" parse --data "$T/data" --tier accurate "$T/a.txt" >"$T/parse" || bad "parse with the accurate tier"
cmp -s "$T/parse.fast" "$T/parse" && bad "other networks give other trees"
for k in scalar avx2 avxvnni avx512; do
    "$DRAGOMAN" parse --data "$T/data" --tier accurate --kernel $k "$T/a.txt" | cmp -s - "$T/parse" || bad "same bytes with $k"
done
DRAGOMAN_TIER=accurate "$DRAGOMAN" parse --data "$T/data" "$T/a.txt" | cmp -s - "$T/parse" || bad "the tier by the environment"
run ingest --data "$T/data" --db "$T/x.db" --date 2020-02-03 "$T/a.txt"
expect_status 0 "ingest"
run recode --data "$T/data" --db "$T/x.db"
expect_err "^0 texts were coded again" "nothing to code again"
run recode --data "$T/data" --db "$T/x.db" --tier accurate
expect_err "^1 texts were coded again" "another tier is another coder"
run recode --data "$T/data" --db "$T/x.db" --tier accurate
expect_err "^0 texts were coded again" "once"
rm "$T/data/parser.dgm"
run code --data "$T/data" --tier accurate "$T/a.txt"
expect_status 1 "the accurate tier without the fast network"
expect_err "parser.dgm: " "the accurate tier without the fast network"
cp "$SRC/tests/data/tiny-minilm.dgm" "$T/data/parser.dgm"
head -c 3000 "$SRC/tests/data/tiny-minilm.dgm" >"$T/data/accurate.dgm"
run code --data "$T/data" --tier accurate "$T/a.txt"
expect_status 1 "a damaged accurate model"
expect_err "accurate.dgm: " "a damaged accurate model"
finish
