#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the trained event reader adds to the rows: the figures of a set with the rows alone, the reader alone, and both.
#   [DRAGOMAN_TIER=accurate] bench/reader.sh FILE...        gold documents and sentences, scored together
# rows: lexicon/en/reader.tsv may propose nothing, refuse nothing, name no side; reader: it refuses every row.
set -eu
[ $# -gt 0 ] || { sed -n '4p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
cp -r "$here/lexicon" "$t/lexicon"
for how in rows reader both; do
    case $how in
    rows) s='s/propose=[0-9]*/propose=100/g; s/veto=[0-9]*/veto=0/g; s/side=[0-9]*/side=100/g' ;;
    reader) s='s/veto=[0-9]*/veto=100/g' ;;
    *) s= ;;
    esac
    sed "$s" "$here/lexicon/en/reader.tsv" >"$t/lexicon/en/reader.tsv"
    mkdir -p "$t/$how"
    "$here/build/dragoman" lexicon compile "$t/lexicon" -o "$t/$how"
    cp "$here"/models/*.dgm "$t/$how"
    export DRAGOMAN_DATA="$t/$how"
    printf '%-7s' "$how"
    python3 "$here/bench/score/score.py" --dragoman "$here/build/dragoman" "$@" |
        awk '/^(event\.[prf]|who\.f1|sentence|sentence_who|false_alarm) |^event\.f1/ {printf " %s %s", $1, $2} END {print ""}'
done
