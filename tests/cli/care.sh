#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Looking after a store: one of schema 1 is brought up to date; withdraw, recode, doctor; eight writers at once.
. "$SRC/tests/cli/lib.sh"
stories="$SRC"/examples/storyline
ingest_all() { # store
    for f in "$stories"/*.txt; do
        "$DRAGOMAN" ingest --quiet --db "$1" --date "$(basename "$f" .txt | sed 's/beagle-//')" "$f" 2>"$T/err" || bad "ingest of $f"
    done
}
board() { "$DRAGOMAN" situation --db "$1" --format json && "$DRAGOMAN" timeline --db "$1" --format json && "$DRAGOMAN" brief --db "$1"; }
ingest_all "$T/new.db"
board "$T/new.db" >"$T/new.json"

# a store that an older program made: readers say what to do, the next writer brings it up to date, and nothing is lost
gzip -dc "$SRC/tests/data/store-1.db.gz" >"$T/old.db"
cp "$T/old.db" "$T/before.db"
run situation --db "$T/old.db"
expect_status 2 "schema 1, read"
expect_err "old.db: schema 1 is older than this program (5); an ingest brings it up to date" "schema 1, read"
checks=$((checks + 1))
cmp -s "$T/old.db" "$T/before.db" || bad "a reader changed a store of schema 1"
run ingest --db "$T/old.db" --date 1979-01-09 "$stories/beagle-1979-01-09.txt"
expect_status 0 "schema 1, written"
expect_err "^0 new, 0 corrected, 1 already there" "schema 1, written"
run doctor --db "$T/old.db"
expect_status 0 "doctor after schema 1"
expect_out "4 texts were coded by a program that did not say" "doctor after schema 1"
run recode --db "$T/old.db"
expect_status 0 "recode after schema 1"
expect_err "^4 texts were coded again" "recode after schema 1"
run doctor --db "$T/old.db"
expect_status 0 "doctor after recode"
expect_out "^nothing is wrong" "doctor after recode"
checks=$((checks + 1))
board "$T/old.db" >"$T/old.json"
cmp -s "$T/new.json" "$T/old.json" || bad "schema 1 brought up to date and coded again says something else than a new store"

# recode: nothing to do; another coder's texts; a page keeps its layout
run recode --db "$T/new.db"
expect_err "^0 texts were coded again" "recode of what is up to date"
if command -v sqlite3 >/dev/null; then
    "$DRAGOMAN" ingest --quiet --db "$T/pages.db" "$SRC"/tests/data/pages/*.html "$SRC"/tests/corpus/gold/*.txt 2>/dev/null
    board "$T/pages.db" >"$T/pages.json"
    sqlite3 "$T/pages.db" "UPDATE documents SET coder = 5; DELETE FROM event_actors WHERE doc % 2; DELETE FROM statements WHERE doc = 1" 2>"$T/err"
    run doctor --db "$T/pages.db"
    expect_status 1 "doctor where the events were changed"
    expect_out "were coded by another model or lexicon" "doctor where the events were changed"
    run recode --quiet --db "$T/pages.db"
    expect_status 0 "recode of pages"
    run doctor --db "$T/pages.db"
    expect_status 0 "doctor after the recode of pages"
    board "$T/pages.db" >"$T/pages2.json"
    checks=$((checks + 1))
    cmp -s "$T/pages.json" "$T/pages2.json" || bad "coded again by the same coder, a text says something else"
    # what is wrong is told and put right
    cp "$T/new.db" "$T/ill.db"
    sqlite3 "$T/ill.db" "DELETE FROM item_entries WHERE item = 1; UPDATE items SET head = x'01' WHERE no = 2"
    run doctor --db "$T/ill.db"
    expect_status 1 "doctor of an ill store"
    expect_out "the board: of .* items .* are not what the documents say" "doctor of an ill store"
    run doctor --repair --db "$T/ill.db"
    expect_status 1 "doctor --repair"
    expect_out "^the board was made anew" "doctor --repair"
    run doctor --db "$T/ill.db"
    expect_status 0 "doctor after --repair"
    board "$T/ill.db" >"$T/ill.json"
    checks=$((checks + 1))
    cmp -s "$T/new.json" "$T/ill.json" || bad "a repaired store says something else"
fi
run doctor --repair --db "$T/none.db"
expect_status 2 "doctor --repair of no store"
checks=$((checks + 1))
[ ! -e "$T/none.db" ] || bad "doctor --repair made a store"

# withdraw: not known any more from that day on, known before
id=$(sed -n 's/.*"document":"\([^"]*\)".*/\1/p' "$T/new.json" | head -1)
run withdraw --db "$T/new.db" --date 1979-06-01 "$id"
expect_status 0 "withdraw"
run situation --db "$T/new.db" --known-on 1979-05-31 --format json
expect_out "\"document\":\"$id\"" "known before it was withdrawn"
run situation --db "$T/new.db" --format json
checks=$((checks + 1))
! grep -q "\"document\":\"$id\"" "$T/out" || bad "a withdrawn document is still known"
run doctor --db "$T/new.db"
expect_status 0 "doctor after a withdrawal"
run withdraw --db "$T/new.db" "no such id"
expect_status 1 "withdraw of what is not there"
expect_err "no document has the address or id 'no such id'" "withdraw of what is not there"

# eight writers of different documents at once: nothing is lost, the board is the same
i=0
while [ "$i" -lt 8 ]; do
    printf '{"id":"w%d","published":"2022-02-%02d","text":"Russia attacked Ukraine. Kyiv demanded that Moscow withdraw its troops."}\n' "$i" $((i + 1)) >"$T/w$i.jsonl"
    cat "$T/w$i.jsonl" >>"$T/all.jsonl"
    i=$((i + 1))
done
for f in "$T"/w?.jsonl; do
    "$DRAGOMAN" ingest --quiet --db "$T/eight.db" "$f" 2>>"$T/eight.err" &
done
wait
checks=$((checks + 1))
! grep -v 'waiting for it' "$T/eight.err" | grep -q . || bad "eight writers: $(grep -v 'waiting for it' "$T/eight.err" | head -1)"
"$DRAGOMAN" ingest --quiet --db "$T/one.db" "$T/all.jsonl" 2>"$T/err"
checks=$((checks + 1))
[ "$(board "$T/eight.db" | cksum)" = "$(board "$T/one.db" | cksum)" ] || bad "eight writers leave another board than one"
finish
