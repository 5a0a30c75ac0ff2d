#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What others wrote must not steer the reader's terminal: C1 controls, bidi overrides, escape sequences in file names.
. "$SRC/tests/cli/lib.sh"
steers='s/\xc2[\x80-\x9f]/&/p; s/\xe2\x80[\x8e\x8f\xaa-\xae]/&/p; s/\xe2\x81[\xa6-\xa9]/&/p; s/[\x01-\x08\x0b-\x1f\x7f]/&/p'
clean() {
    checks=$((checks + 1))
    [ -s "$1" ] || bad "$2: nothing was printed"
    [ -z "$(LC_ALL=C sed -n "$steers" "$1")" ] || bad "$2: a character that steers the terminal came out"
}
printf 'President Bob \302\23331m\302\2332J Smith of Russia said on Monday that Moscow would invade Ukraine. \342\200\256evil\342\200\254, Russia attacked Ukraine on Monday, \342\201\246diplomats\342\201\251 said.\n' >"$T/c1.txt"
for f in report jsonl; do
    run code --format $f --with-text --date 2022-02-01 "$T/c1.txt"
    expect_status 0 "C1 and bidi marks, $f"
    clean "$T/out" "C1 and bidi marks, $f"
done
expect_out '\\u202e' "JSON keeps bidi marks, escaped"
checks=$((checks + 1))
grep -q '"name":"[^"]*\\u009b' "$T/out" && bad "a C1 control in a name"
printf '<html><body><p>President Bob &#155;31m Smith of Russia said on Monday that Moscow would invade Ukraine.</p></body></html>' >"$T/c1.html"
run text "$T/c1.html"
clean "$T/out" "C1 as a character reference"
run ingest --db "$T/c1.db" --date 2022-02-01 "$T/c1.txt"
for c in "situation --format text --evidence" "situation --format json" "timeline --format text" "timeline --format json" \
    "brief --format markdown" "brief --format html"; do
    # shellcheck disable=SC2086 # a command and its options
    run $c --db "$T/c1.db"
    expect_status 0 "C1 and bidi marks, $c"
    clean "$T/out" "C1 and bidi marks, $c"
done
# the names of files
name="$(printf 'a\033[2J\302\233b\n\342\200\256c.txt')"
run code "$T/$name"
expect_status 1 "a name with an escape sequence"
expect_one_line "a name with an escape sequence"
clean "$T/err" "a name with an escape sequence"
: >"$T/$name"
run code "$T/$name"
clean "$T/err" "a name with an escape sequence, empty file"
run situation --db "$T/$name"
clean "$T/err" "a name with an escape sequence, store"
run brief --db "$T/c1.db" -o "$T/none/$name"
clean "$T/err" "a name with an escape sequence, output"
run "$(printf 'co\033de')"
clean "$T/err" "a command with an escape sequence"

# marks written apart (NFD): the same people and places as composed
printf 'Recep Tayyip Erdo\304\237an met Mevl\303\274t \303\207avu\305\237o\304\237lu in Malm\303\266 on Monday.\n' >"$T/nfc.txt"
printf 'Recep Tayyip Erdog\314\206an met Mevlu\314\210t C\314\247avus\314\247og\314\206lu in Malmo\314\210 on Monday.\n' >"$T/nfd.txt"
run code --date 2019-03-05 "$T/nfc.txt"
mv "$T/out" "$T/nfc.json"
checks=$((checks + 1))
grep -q '"name":"Malm' "$T/nfc.json" || bad "the composed form finds no place"
run code --date 2019-03-05 "$T/nfd.txt"
checks=$((checks + 1))
cmp -s "$T/nfc.json" "$T/out" || bad "marks written apart are coded otherwise than composed ones"
run text "$T/nfd.txt"
checks=$((checks + 1))
cmp -s "$T/nfc.txt" "$T/out" || bad "'text' does not print what offsets point into"
for c in actor place; do
    case $c in
    actor) run actor "$(printf 'Recep Tayyip Erdog\314\206an')" ;;
    place) run place "$(printf 'Malmo\314\210')" ;;
    esac
    expect_status 0 "$c: marks written apart"
done
run parse "$T/nfc.txt"
mv "$T/out" "$T/nfc.conllu"
run parse --input conllu "$T/nfc.conllu"
mv "$T/out" "$T/want.conllu"
python3 -c 'import sys, unicodedata; sys.stdout.write(unicodedata.normalize("NFD", sys.stdin.read()))' <"$T/nfc.conllu" >"$T/nfd.conllu"
run parse --input conllu "$T/nfd.conllu"
checks=$((checks + 1))
cmp -s "$T/want.conllu" "$T/out" || bad "CoNLL-U with marks apart is read otherwise than composed"
finish
