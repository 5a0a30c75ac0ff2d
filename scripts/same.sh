#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Is what the program says the same before and after a change of structure?
#   scripts/same.sh OLD NEW      two builds of the command: /path/to/old/build/dragoman build/dragoman
# Compares, byte for byte, the record (with text) of every text of gold/dev, tests/corpus and ../shared/data/text, the tree, the
# board, the timeline and the brief of a store of the stories. Prints the first differences; exit status 1 if there are any.
# SAME_QUICK=1 leaves out the large texts.
set -u
cd "$(dirname "$0")/.."
old=$1 new=$2
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0
n=0
say() { # what: compares $t/old and $t/new
    n=$((n + 1))
    cmp -s "$t/old" "$t/new" && return
    bad=$((bad + 1))
    echo "differs: $1"
    diff "$t/old" "$t/new" | cut -c1-400 | head -n "${SAME_LINES:-4}"
}
both() { # what, arguments
    what=$1
    shift
    "$old" "$@" >"$t/old" 2>&1 &
    "$new" "$@" >"$t/new" 2>&1
    wait
    say "$what"
}
gold=$(ls ../shared/gold/dev/*.txt ../shared/gold/dev/*.html tests/corpus/gold/*.txt tests/corpus/gold/*.html examples/*/*.txt 2>/dev/null)
for f in $gold; do
    both "code $f" code --format jsonl --with-text "$f"
    both "situation $f" situation --format json "$f"
done
for f in tests/corpus/*.txt tests/corpus/quotes/*; do
    [ -f "$f" ] && both "code $f" code --format jsonl "$f"
done
# shellcheck disable=SC2086 # a list of files
both "parse" parse $gold
for which in old new; do
    eval "d=\$$which"
    # shellcheck disable=SC2086
    "$d" ingest --db "$t/$which.db" $gold >/dev/null 2>&1
    { "$d" situation --db "$t/$which.db" --format json; "$d" timeline --db "$t/$which.db" --format json
      "$d" brief --db "$t/$which.db" --format md; "$d" situation --db "$t/$which.db" --as-of 2019-03-01 --format json
      "$d" situation --db "$t/$which.db" --known-on 2017-06-20 --format json; } >"$t/$which" 2>&1
done
say "store of all of these"
if [ -z "${SAME_QUICK:-}" ]; then
    both "wikinews" code --format jsonl ../shared/data/text/wikinews-2019-2020.jsonl
    split -l 500 ../shared/data/text/gmb-sentences.txt "$t/gmb."
    for f in "$t"/gmb.*; do
        both "gmb $(basename "$f")" code --format jsonl --input text "$f"
    done
fi
echo "$n compared, $bad differ"
[ $bad = 0 ]
