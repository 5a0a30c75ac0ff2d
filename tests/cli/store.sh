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
! grep -q '"kind":"demand"' "$T/out" || bad "the demand stands before its day"
run situation --db "$T/s.db" --as-of 1975-11-16 --format json # the first report tells of talks on the 17th
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
expect_err "no event was found in the sentence; what stands waits for words such as" "what-if without an event says for what words it waits"
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
expect_status 2 "a file that is no store"
expect_one_line "a file that is no store"
if command -v sqlite3 >/dev/null; then
    sqlite3 "$T/copy.db" 'PRAGMA user_version = 99' 2>/dev/null
    run situation --db "$T/copy.db"
    expect_status 2 "a newer schema"
    expect_err "newer than this program" "a newer schema"
fi
# names that keep nothing are refused, and nothing is made
printf '{"id":"a","text":"Russia attacked Ukraine.","published":"2022-02-24"}\n' >"$T/a.jsonl"
mkdir "$T/none" && cd "$T/none" || exit 1
for name in "" ":memory:" "file:x?mode=memory" "FILE:x.db"; do
    run ingest --db "$name" "$T/a.jsonl"
    expect_status 2 "ingest --db '$name'"
    expect_err "name of the store is empty\|nothing would be kept\|named by its path" "ingest --db '$name'"
    expect_one_line "ingest --db '$name'"
done
checks=$((checks + 1))
[ -z "$(ls "$T/none")" ] || bad "a refused name left $(ls "$T/none")"
# any name of a file will do, also where an address would be cut
for name in 'a?b#c%41 d.db' './file:x'; do
    run ingest --quiet --db "$name" "$T/a.jsonl"
    expect_status 0 "ingest --db '$name'"
    run situation --db "$name" --format json
    expect_status 0 "situation --db '$name'"
    expect_out '"kind":"hostility"' "situation --db '$name'"
    checks=$((checks + 1))
    [ -f "$name" ] && [ ! -e "$name-wal" ] && [ ! -e "$name-shm" ] || bad "'$name': a question leaves $(ls -d "$name"*)"
done
# a folder that the reader may not write to, the store at rest and (as older programs left it) in WAL mode
mkdir "$T/ro" && cp 'a?b#c%41 d.db' "$T/ro/" && cp "$T/ro/"* "$T/ro/w%3f?.db"
command -v sqlite3 >/dev/null && { sqlite3 "$T/ro/w%3f?.db" 'PRAGMA journal_mode=WAL' >/dev/null; rm -f "$T/ro"/*-wal "$T/ro"/*-shm; }
chmod 644 "$T/ro"/* && chmod 555 "$T/ro" && chmod 755 "$T"
as=
[ "$(id -u)" != 0 ] || as="setpriv --reuid=65534 --regid=65534 --clear-groups"
if [ -z "$as" ] || { command -v setpriv >/dev/null && $as "$DRAGOMAN" --version >/dev/null 2>&1; }; then
    for f in "$T/ro"/*.db; do
        $as "$DRAGOMAN" situation --db "$f" --format json >"$T/out" 2>"$T/err"
        st=$?
        expect_status 0 "read in a folder that may not be written: $f"
        expect_out '"kind":"hostility"' "read in a folder that may not be written: $f"
    done
fi
chmod 755 "$T/ro"
# two names of one file take one lock, and the file is made once
ln -s real.db "$T/none/link.db"
(   for name in link.db real.db ./link.db "$T/none/real.db" link.db real.db link.db real.db; do
        "$DRAGOMAN" ingest --quiet --db "$name" "$T/a.jsonl" 2>>"$T/both" &
    done
    wait )
checks=$((checks + 1))
! grep -q 'cannot be used\|cannot be written\|already exists' "$T/both" || bad "symlinked names: $(cat "$T/both")"
run timeline --db link.db --format json
checks=$((checks + 1))
[ "$(grep -o '"document"' "$T/out" | wc -l)" = 1 ] || bad "eight writers of one document keep $(grep -o '"document"' "$T/out" | wc -l) events"
# a writer waits for another one and says so; or not
if command -v flock >/dev/null; then
    flock real.db-lock sleep 2 &
    sleep 0.2
    run ingest --db link.db --wait 0 "$T/a.jsonl"
    expect_status 2 "a writer that does not wait"
    expect_err "link.db: another process is writing to it; nothing was changed" "a writer that does not wait"
    expect_one_line "a writer that does not wait"
    run ingest --db link.db --quiet "$T/a.jsonl"
    expect_status 0 "a writer that waits"
    expect_err "link.db: another process is writing to it; waiting for it, 60 seconds at most" "a writer that waits"
    expect_one_line "a writer that waits"
    wait
fi
# the disk is full (here: no file may grow beyond this): one clear line, nothing that was kept is lost, no coding for nothing
awk 'BEGIN { for (i = 0; i < 400; i++) printf "{\"id\":\"n%d\",\"published\":\"2022-02-24\",\"text\":\"Russia attacked Ukraine on day %d of the war.\"}\n", i, i }' >"$T/many.jsonl"
head -5 "$T/many.jsonl" | "$DRAGOMAN" ingest --quiet --db "$T/none/full.db" --input jsonl - 2>"$T/err"
(trap '' XFSZ; ulimit -f 700; exec "$DRAGOMAN" ingest --quiet --db "$T/none/full.db" "$T/many.jsonl") >"$T/out" 2>"$T/err"
st=$?
expect_status 2 "a full disk"
expect_one_line "a full disk"
expect_err "full.db: " "a full disk"
run timeline --db "$T/none/full.db" --format json
expect_status 0 "after a full disk"
expect_out '"document":"n4"' "after a full disk"
run ingest --quiet --db "$T/none/full.db" "$T/many.jsonl"
expect_status 0 "room again"
run ingest --db "$T/none/full.db" "$T/many.jsonl"
expect_err "^0 new, 0 corrected, 400 already there" "room again"
# a text that comes back is the board again
for words in attacked embraced attacked; do
    printf '{"id":"a","text":"Russia %s Ukraine.","published":"2022-02-24"}\n' "$words" >"$T/a.jsonl"
    run ingest --db back.db "$T/a.jsonl"
done
expect_err "^0 new, 1 corrected" "a text that comes back"
run situation --db back.db --format json
expect_out '"kind":"hostility"' "a text that comes back"
# CoNLL-U without ids; an id of a megabyte
printf '1\tRussia\tRussia\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tattacked\tattack\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tUkraine\tUkraine\tPROPN\tNNP\t_\t2\tobj\t_\t_\n\n' >"$T/noid.conllu"
run ingest --db conllu.db --input conllu "$T/noid.conllu"
expect_status 0 "CoNLL-U without ids"
expect_err "^1 new" "CoNLL-U without ids"
awk 'BEGIN { printf "{\"published\":\"2022-02-24\",\"text\":\"Russia attacked Ukraine.\",\"id\":\""; for (i = 0; i < 100000; i++) printf "0123456789"; print "\"}" }' >"$T/id.jsonl"
run ingest --quiet --db id.db "$T/id.jsonl" "$T/a.jsonl"
expect_status 1 "an id of a megabyte"
checks=$((checks + 1))
[ "$(wc -c <"$T/err")" -lt 400 ] || bad "an id of a megabyte is repeated in the message"
run situation --db id.db --format json
expect_out '"document":"a"' "the other documents are kept"
# --plain: a store of texts as `code --plain` reads them
printf 'Chile welcomed the envoy of Peru on Monday.\n\nRelated: Chile attacked Peru.\n' >"$T/plain.txt"
for how in "" --plain; do
    # shellcheck disable=SC2086 # an option or none
    run ingest --quiet $how --db "plain$how.db" --date 1979-01-01 "$T/plain.txt"
    expect_status 0 "ingest $how"
    run timeline --db "plain$how.db" --format json
    checks=$((checks + 1))
    [ "$(grep -c ASSAULT "$T/out")" = "$([ "$how" ] && echo 1 || echo 0)" ] || bad "ingest $how: the related line is read or not"
done
cd "$SRC" || exit 1
finish
