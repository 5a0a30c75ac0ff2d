#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From articles to the board: as of a day, as known on a day, what if, corrections, a newer schema.
. "$SRC/tests/cli/lib.sh"
for f in "$SRC"/tests/corpus/gold/cod-war-*.txt; do
    day=$(basename "$f" .txt | sed 's/cod-war-//')
    "$DRAGOMAN" ingest --quiet --db "$T/s.db" --date "$day" "$f" 2>"$T/err"
    st=$?
    expect_status 0 "ingest $day"
done
run situation --db "$T/s.db" --as-of 1975-11-20 --format json
expect_status 0 "situation as of"
expect_out '"as_of":"1975-11-20"' "situation as of"
expect_out '"kind":"demand"' "the demand is on the board"
run situation --db "$T/s.db" --as-of 1975-11-19 --format json
checks=$((checks + 1))
grep -q '"items":\[\]' "$T/out" || bad "something stands before the first day"
run situation --db "$T/s.db" --known-on 1975-11-20 --as-of 1975-11-20 --format json
checks=$((checks + 1))
grep -q '"reported":"1975-11-20"' "$T/out" && ! grep -Eq '"reported":"(1975-11-2[1-9]|1976)' "$T/out" ||
    bad "known on the day holds what was reported later"
run situation --db "$T/s.db" --kind nonsense
expect_status 2 "unknown kind"
expect_err "unknown kind of item 'nonsense'" "unknown kind"
run situation --db "$T/s.db" --format text
expect_status 0 "board as text"
expect_out "WHERE IT STANDS" "board as text"
run timeline --db "$T/s.db" --code THREATEN --format json
expect_status 0 "timeline by type"
expect_out '"THREATEN"' "timeline by type"
checks=$((checks + 1))
! grep -q '"event":"REJECT"' "$T/out" || bad "timeline by type holds another type"
cp "$T/s.db" "$T/copy.db"
"$DRAGOMAN" ingest --quiet --db "$T/b.db" "$SRC"/examples/storyline/*.txt 2>"$T/err"
"$DRAGOMAN" situation --db "$T/b.db" --format json >"$T/standing"
run situation --db "$T/b.db" --as-of 1978-12-10 --what-if "Argentina attacks Chile" --format json
expect_status 0 "what-if"
expect_out '"effect":"due"' "what-if: the attack brings the threat of an embargo due"
run situation --db "$T/b.db" --as-of 1978-12-10 --what-if "Chile welcomes Peru" --format json
checks=$((checks + 1))
! grep -q '"effect":"due"' "$T/out" || bad "what-if: a welcome brings a threat due"
run situation --db "$T/b.db" --what-if "The sun shines." --format json
expect_status 2 "what-if without an event"
run situation --db "$T/b.db" --format json
checks=$((checks + 1))
cmp -s "$T/out" "$T/standing" || bad "what-if changed the store"
run brief --db "$T/s.db"
expect_status 0 "brief as Markdown"
expect_out "^#" "brief as Markdown"
run brief --db "$T/s.db" --output "$T/b.html"
expect_status 0 "brief as HTML"
checks=$((checks + 1))
grep -q '<svg' "$T/b.html" && ! grep -Eq '(src|href)="https?:' "$T/b.html" || bad "the page has no drawing or needs the network"
printf 'not a database, only some words that are long enough to be read as one' >"$T/text.db"
run situation --db "$T/text.db"
expect_status 1 "a file that is no store"
expect_one_line "a file that is no store"
if command -v sqlite3 >/dev/null; then
    sqlite3 "$T/copy.db" 'PRAGMA user_version = 99' 2>/dev/null
    run situation --db "$T/copy.db"
    expect_status 1 "a newer schema"
    expect_err "newer than this program" "a newer schema"
fi
finish
