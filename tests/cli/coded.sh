#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Coded here, kept there: a store made of coded lines is the one made of the texts, in any order; what is no such line is refused, the rest is done.
. "$SRC/tests/cli/lib.sh"
i=0
for f in "$SRC"/tests/corpus/gold/*.txt "$SRC"/examples/storyline/*.txt "$SRC"/tests/fresh/[a-d]/*.txt; do
    i=$((i + 1))
    day=$(basename "$f" .txt | sed -n 's/.*-\([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\)$/\1/p')
    awk 'BEGIN{printf "{\"id\":\"%s\",\"published\":\"%s\",\"text\":\"", "'"doc$i"'", "'"$day"'"} {gsub(/\\/,"\\\\"); gsub(/"/,"\\\""); gsub(/\t/," "); printf "%s\\n",$0} END{print "\"}"}' "$f"
done >"$T/all.jsonl"
for f in "$SRC"/tests/corpus/*.txt; do # the corpus: cases as records
    awk -v n="$(basename "$f" .txt)" 'function out() {if (t != "") printf "{\"id\":\"%s-%d\",\"published\":\"%s\",\"text\":\"%s\"}\n", n, ++k, day, t; t = ""; day = "2001-01-01"}
        BEGIN {day = "2001-01-01"} /^=== / {out(); on = 1; next} /^---/ {on = 0} /^#/ || !on {next} /^published / {day = $2; next}
        {gsub(/\\/,"\\\\"); gsub(/"/,"\\\""); gsub(/\t/," "); t = t $0 "\\n"} END {out()}' "$f"
done >>"$T/all.jsonl"
n=$(wc -l <"$T/all.jsonl")
checks=$((checks + 1))
[ "$n" -gt 200 ] || bad "too few texts to compare ($n)"
split -n l/3 "$T/all.jsonl" "$T/part-"
dump() {
    "$DRAGOMAN" timeline --db "$1" --format json && "$DRAGOMAN" situation --db "$1" --format json && "$DRAGOMAN" export --db "$1" --format jsonl &&
        "$DRAGOMAN" sql --db "$1" "SELECT id, kind, status, opened, since, parties, content, condition, sources FROM item ORDER BY id" &&
        "$DRAGOMAN" sql --db "$1" "SELECT item, date, reported, status, due, event, rule, claimed_by, quantity FROM history ORDER BY 1,2,3,4,5,6,7" &&
        "$DRAGOMAN" sql --db "$1" "SELECT document, n, id, kind, speaker, addressee, content, start, sentence, negated FROM statement ORDER BY document, n" &&
        "$DRAGOMAN" sql --db "$1" "SELECT id, published, tokens, text FROM document ORDER BY id" &&
        "$DRAGOMAN" search --db "$1" --limit 50 "the minister"
}
"$DRAGOMAN" ingest --quiet --db "$T/texts.db" --input jsonl "$T/all.jsonl" 2>"$T/err"
dump "$T/texts.db" >"$T/texts" 2>"$T/err"
checks=$((checks + 1))
[ "$(wc -c <"$T/texts")" -gt 500000 ] || bad "the store of the texts holds too little"
for p in aa ab ac; do
    "$DRAGOMAN" code --format coded --input jsonl "$T/part-$p" >"$T/$p.coded" 2>"$T/err" # each as another machine would
done
gzip -k "$T/ab.coded"
run ingest --db "$T/coded.db" --coded "$T/ac.coded" "$T/ab.coded.gz" "$T/aa.coded"
expect_status 0 "coded lines"
expect_err "^$n new, 0 corrected, 0 already there, 0 failed" "coded lines"
dump "$T/coded.db" >"$T/coded" 2>"$T/err"
checks=$((checks + 1))
cmp -s "$T/texts" "$T/coded" || bad "a store of coded lines differs: $(cmp "$T/texts" "$T/coded")"
run doctor --db "$T/coded.db"
expect_status 0 "doctor of coded lines"
expect_out "^nothing is wrong" "doctor of coded lines"
# the texts again are there already, and the lines after the texts
run ingest --db "$T/coded.db" --input jsonl "$T/part-aa"
expect_err "^0 new, 0 corrected" "the texts after the lines"
cat "$T/ab.coded" | "$DRAGOMAN" ingest --db "$T/texts.db" --coded - 2>"$T/err"
expect_err "^0 new, 0 corrected, [0-9]* already there, 0 failed" "the lines after the texts"
# a threat of one against another falls due by what it does to a third: it needs all documents, wherever they were coded
printf '%s\n' '{"id":"t1","published":"1999-03-01","text":"Kenya threatened Uganda with sanctions if Uganda attacks Rwanda."}' >"$T/t1.jsonl"
printf '%s\n' '{"id":"t2","published":"1999-03-09","text":"Uganda attacked Rwanda on Monday."}' >"$T/t2.jsonl"
for t in t1 t2; do "$DRAGOMAN" code --format coded --input jsonl "$T/$t.jsonl" >"$T/$t.coded"; done
run ingest --quiet --db "$T/due.db" --coded "$T/t2.coded" "$T/t1.coded"
run situation --db "$T/due.db" --format json
expect_out '"kind":"threat".*"due":true' "a threat falls due by what was done to a third"
# what is no such line: file, line and byte, and the rest is done
{
    head -1 "$T/aa.coded"
    echo '{"doc":{"id":"x"},"events":[]}'
    sed -n 2p "$T/aa.coded" | cut -c1-200
    sed -n 3p "$T/aa.coded" | sed 's/"fields":"[0-9a-f]*"/"fields":"0000000000000000"/'
    sed -n 4p "$T/aa.coded" | sed 's/"words":/"wordz":/'
    sed -n 5p "$T/aa.coded" | sed 's/"coded":1/"coded":2/'
    sed -n 6p "$T/aa.coded" | sed 's/"content_of":[0-9]*/"content_of":99999/; s/"sentence":[0-9]*/"sentence":-4/; s/"events":\[/"events":[{"content_of":7777},/'
    echo
    sed -n 7p "$T/aa.coded"
} >"$T/bad.coded"
run ingest --db "$T/bad.db" --coded "$T/bad.coded" "$T/missing"
expect_status 1 "bad lines"
expect_err "^2 new, 0 corrected, 0 already there, 6 failed" "bad lines"
for k in 2 3 4 5 6 7; do expect_err "bad.coded: record $k, byte [0-9]*: " "line $k is told"; done
expect_err "coded by another version of Dragoman" "another version"
expect_err "written by 'dragoman code --format coded'" "no such line"
expect_err "missing: no such file" "a missing file"
at=$(sed -n 's/.*record 3, byte \([0-9]*\): .*/\1/p' "$T/err")
checks=$((checks + 1))
[ "$at" = "$(head -3 "$T/bad.coded" | head -c -1 | wc -c)" ] || bad "the place of the damage is $at"
finish
