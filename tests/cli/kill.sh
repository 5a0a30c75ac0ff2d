#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kill -9 at 20 moments of an ingest (KILL_MOMENTS=200 for more), then once to the end: the same content as undisturbed.
. "$SRC/tests/cli/lib.sh"
i=0
for f in "$SRC"/tests/corpus/gold/*.txt; do
    i=$((i + 1))
    day=$(basename "$f" .txt | sed -n 's/.*-\([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\)$/\1/p')
    awk 'BEGIN{printf "{\"id\":\"%s\",\"published\":\"%s\",\"text\":\"", "'"doc$i"'", "'"$day"'"} {gsub(/\\/,"\\\\"); gsub(/"/,"\\\""); gsub(/\t/," "); printf "%s\\n",$0} END{print "\"}"}' "$f"
done >"$T/all.jsonl"
dump() { "$DRAGOMAN" timeline --db "$1" --format json && "$DRAGOMAN" situation --db "$1" --format json; }
"$DRAGOMAN" ingest --quiet --db "$T/whole.db" --input jsonl "$T/all.jsonl" 2>"$T/err"
st=$?
expect_status 0 "undisturbed ingest"
dump "$T/whole.db" >"$T/whole.json"
checks=$((checks + 1))
[ "$(wc -c <"$T/whole.json")" -gt 5000 ] || bad "the undisturbed store holds too little"
moments=${KILL_MOMENTS:-20}
[ -z "${SANITIZE:-}" ] || moments=8
k=0
while [ "$k" -lt "$moments" ]; do
    "$DRAGOMAN" ingest --quiet --db "$T/cut.db" --input jsonl "$T/all.jsonl" 2>/dev/null &
    pid=$!
    # 10 to 210 ms, a different moment each time
    sleep "0.$(printf '%03d' $((10 + (k * 37) % 200)))"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    # every third time from the start, so that early moments are met as well
    [ $((k % 3)) = 2 ] && rm -f "$T/cut.db" "$T/cut.db-wal" "$T/cut.db-shm"
    k=$((k + 1))
done 2>/dev/null
"$DRAGOMAN" ingest --quiet --db "$T/cut.db" --input jsonl "$T/all.jsonl" 2>"$T/err"
st=$?
expect_status 0 "ingest after $moments kills"
dump "$T/cut.db" >"$T/cut.json"
checks=$((checks + 1))
cmp -s "$T/whole.json" "$T/cut.json" || bad "content differs after $moments kills"
run doctor --db "$T/cut.db"
expect_status 0 "doctor after $moments kills"
expect_out "^nothing is wrong" "doctor after $moments kills"
# twice changes nothing
"$DRAGOMAN" ingest --db "$T/whole.db" --input jsonl "$T/all.jsonl" 2>"$T/err"
expect_err "^0 new, 0 corrected" "ingesting twice"
dump "$T/whole.db" >"$T/again.json"
checks=$((checks + 1))
cmp -s "$T/whole.json" "$T/again.json" || bad "content differs after ingesting twice"
finish
