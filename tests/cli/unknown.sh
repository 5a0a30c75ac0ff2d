#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# --unknown: who acted or spoke and is in no table, counted over documents, in two formats, for any number of threads.
. "$SRC/tests/cli/lib.sh"

cat >"$T/news.jsonl" <<'EOF'
{"id":"a","date":"2012-03-05","text":"The Quillon Harbour Board accused Peru of dumping waste. \"We will sue,\" Orrin Vandermaat said. Germany condemned Hezbollah."}
{"id":"b","date":"2012-03-06","text":"Kenya sued the Quillon Harbour Board. Nigeria warned the cartographers.\tReporters heard that the QUILLON HARBOUR BOARD threatened Chile."}
{"id":"c","date":"2012-03-07","text":"Angela Merkel met Vladimir Putin. She told him that Germany would reject the plan."}
EOF
run code --unknown "$T/who.tsv" "$T/news.jsonl"
expect_status 0 "code --unknown"
cp "$T/out" "$T/plain"
checks=$((checks + 1))
head -1 "$T/who.tsv" | grep -q '^count	documents	phrase	kind	head	source	target	speaker	at	context	at2	context2$' || bad "the head of the TSV"
checks=$((checks + 1))
sed -n 2p "$T/who.tsv" | grep -q '^[23]	2	Quillon Harbour Board	organisation	' || bad "the most frequent stands first, counted over documents"
checks=$((checks + 1))
grep -q '	Orrin Vandermaat	person	[^	]*	0	0	1	a:' "$T/who.tsv" || bad "a speaker whom no table knows, with document and span"
checks=$((checks + 1))
! grep -q 'Merkel\|Putin\|Hezbollah\|Germany	\|Peru	' "$T/who.tsv" || bad "who is known is listed"
checks=$((checks + 1))
awk -F'\t' 'NF != 12 { exit 1 }' "$T/who.tsv" || bad "a row has other than twelve cells"

run code "$T/news.jsonl"
checks=$((checks + 1))
cmp -s "$T/out" "$T/plain" || bad "--unknown changes the records"
run code --threads 3 --unknown "$T/who3.tsv" "$T/news.jsonl"
checks=$((checks + 1))
cmp -s "$T/who.tsv" "$T/who3.tsv" || bad "threads change the counts"

run ingest --db "$T/s.db" --unknown "$T/who.jsonl" "$T/news.jsonl"
expect_status 0 "ingest --unknown"
checks=$((checks + 1))
grep -q '^{"count":[23],"documents":2,"phrase":"Quillon Harbour Board","kind":"organisation","head":"[^"]*","source":[12],"target":[12],"speaker":[01],"examples":\[{"at":"a:[0-9]*-[0-9]*","context":"' "$T/who.jsonl" ||
    bad "JSON Lines of ingest"

run code --unknown "$T/no/such/who.tsv" "$T/news.jsonl"
expect_status 2 "a file that cannot be written is told before the work"
expect_err "cannot be written" "why"
: >"$T/empty.jsonl"
run code --unknown "$T/none.tsv" "$T/empty.jsonl"
checks=$((checks + 1))
[ "$(wc -l <"$T/none.tsv")" = 1 ] || bad "no documents: the head alone"
finish
