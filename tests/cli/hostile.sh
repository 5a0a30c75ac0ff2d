#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Bad input: the right exit status, one clear line each, the good records done, bounded memory.
. "$SRC/tests/cli/lib.sh"
good='Ghana recalled its ambassador from Togo on Friday.'
printf '%s\n' "$good" >"$T/good.txt"

run code "$T/missing.txt" "$T/good.txt"
expect_status 1 "missing file"
expect_one_line "missing file"
expect_err "missing.txt" "missing file"
expect_out '"schema":"dragoman/1"' "missing file: the good one is done"

mkdir "$T/dir"
run code "$T/dir"
expect_status 1 "a directory"
expect_one_line "a directory"

: >"$T/empty.txt"
run code "$T/empty.txt"
expect_status 1 "an empty file"
expect_one_line "an empty file"
expect_err "empty.txt" "an empty file"

printf 'Ghana \377\376 recalled its ambassador\000 from Togo.\n' >"$T/bytes.txt"
run code "$T/bytes.txt"
expect_status 0 "invalid UTF-8 and NUL"
expect_one_line "invalid UTF-8 and NUL are told"
expect_out '"schema"' "invalid UTF-8 and NUL"

# other scripts, whose letters an English ending must not be cut out of
printf 'The Charit\303\251 said 28\302\260. \340\244\247\340\244\250\340\244\257 \330\261\330\247 \320\264\320\260\321\200\321\216 \354\234\240\354\226\270 estar\303\241n.\n%.0s' 1 2 3 4 5 >"$T/scripts.txt"
for what in "parse" "code --with-text"; do
    # shellcheck disable=SC2086 # a command and its option
    run $what "$T/scripts.txt"
    expect_status 0 "other scripts, $what"
    checks=$((checks + 1))
    iconv -f UTF-8 -t UTF-8 "$T/out" >/dev/null 2>&1 || bad "other scripts, $what: output is not UTF-8"
done

printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\003\000\076\000' >"$T/binary"
run code "$T/binary" "$T/good.txt"
expect_status 1 "a binary file"
expect_one_line "a binary file"

printf '{"text": "%s"}\n{"text": 17}\nnot json\n{"text": "%s"}\n' "$good" "$good" >"$T/mixed.jsonl"
run code --input jsonl "$T/mixed.jsonl"
expect_status 1 "bad JSON lines"
checks=$((checks + 1))
[ "$(wc -l <"$T/out")" = 2 ] || bad "bad JSON lines: $(wc -l <"$T/out") records, expected 2"
expect_err "record 3, byte" "bad JSON lines"

# a model cut short while it is mapped: a word, not a crash
if [ -z "${SANITIZE:-}" ]; then
    mkdir "$T/data"
    for f in "$BUILD"/*.lex "$BUILD"/*.dgm; do cp -L "$f" "$T/data/"; done
    { sleep 2; : >"$T/data/parser.dgm"; cat "$T/good.txt"; } | "$DRAGOMAN" code --data "$T/data" - >"$T/out" 2>"$T/err"
    st=$?
    expect_status 1 "a model cut short while it is mapped"
    expect_one_line "a model cut short while it is mapped"
    expect_err "was changed by another program" "a model cut short while it is mapped"
    rm -r "$T/data"
fi

# what goes wrong after reading names its record, too: "byte 0" and warnings without a record were all that was said
printf '{"text": "%s"}\n{"text": ""}\n{"text": "%s", "published": "13 Brumaire"}\n{"html": "<p></p>"}\n' "$good" "$good" >"$T/later.jsonl"
run code "$T/later.jsonl"
expect_status 1 "faults after reading"
expect_err "later.jsonl: record 2, byte 63: no text in it" "faults after reading"
expect_err "later.jsonl: record 3, byte 76: the record's publication date" "a warning names its record"
expect_err "later.jsonl: record 4, byte 167: no article text" "faults after reading"
run code --threads 2 "$T/later.jsonl"
expect_err "later.jsonl: record 3, byte 76: the record's publication date" "a warning names its record, in threads"

i=0
{
    printf '<html><body>'
    yes '<div>' | head -n 10000 | tr -d '\n'
    printf '<p>%s</p>' "$good"
    yes '</div>' | head -n 10000 | tr -d '\n'
} >"$T/deep.html"
run code "$T/deep.html"
expect_status 0 "HTML nested ten thousand deep"
expect_out '"schema"' "HTML nested ten thousand deep"
run text "$T/deep.html"
expect_out "Ghana recalled" "HTML nested ten thousand deep keeps its text"

head -c 100000000 /dev/zero | tr '\0' 'a' >"$T/line.txt"
( [ -n "${SANITIZE:-}" ] || ulimit -v 1500000
  "$DRAGOMAN" code "$T/line.txt" "$T/good.txt" >"$T/out" 2>"$T/err" )
st=$?
expect_status 1 "a line of 100 MB"
expect_one_line "a line of 100 MB"
expect_out '"schema"' "a line of 100 MB: the next file is done"
{ printf '{"text":"'; cat "$T/line.txt"; printf '"}\n{"text": "%s"}\n' "$good"; } >"$T/line.jsonl"
rm "$T/line.txt"
run code --input jsonl "$T/line.jsonl"
expect_status 1 "a JSON line of 100 MB"
expect_one_line "a JSON line of 100 MB"
checks=$((checks + 1))
[ "$(wc -l <"$T/out")" = 1 ] || bad "a JSON line of 100 MB: the next record is done"
finish
