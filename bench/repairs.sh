#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What each repair of the parser brings (src/clause/repair.h): all figures with all repairs on, then with one switched off at a time.
#   cmake --build build --target without && bench/repairs.sh [NAME...]
# Scores gold/dev, tests/corpus, the cases and the examples of the frame tables, and counts the events of unmarked agency sentences
# (../shared/data/text/gmb-sentences.txt) that come out otherwise: a repair that moves gold and none of these fits gold alone. Some ten minutes.
set -u
cd "$(dirname "$0")/.." || exit 2
w=build/without
[ -x $w ] || { echo "build it first: cmake --build build --target without" >&2; exit 2; }
[ $# -gt 0 ] || set -- none $($w --list)
printf '%-20s %s\n' repair "gold/dev events, who, items; sentences, who | tests/corpus | mechanisms, bugs | constructions | frame examples lost | events of unmarked text that differ"
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
unmarked=../shared/data/text/gmb-sentences.txt
"$w" none code --input text --format jsonl $unmarked >"$t/none" 2>/dev/null
differ() { # the record without a repair: how many events are not there, or not the same, in one of the two
    python3 - "$t/none" "$1" <<'P'
import json, sys


def events(path):
    side = lambda e, s: [a["actor"] for a in e[s]]
    return {(e["trigger"][0], e["cameo"]): (side(e, "source"), side(e, "target"), e["status"], e["negated"])
            for line in open(path) for e in json.loads(line)["events"]}


a, b = map(events, sys.argv[1:])
print(sum(a.get(k) != b.get(k) for k in set(a) | set(b)), "of", len(a))
P
}
for r in "$@"; do
    g=$(python3 bench/score/score.py --dragoman "$w $r" ../shared/gold/dev/*.json ../shared/gold/dev/*.jsonl |
        awk '/^(event|who|item).f1|^sentence |^sentence_who /{printf "%s ", $2}')
    c=$(python3 tests/corpus_run.py --dragoman "$w $r" --show 2>&1 | tail -1 | sed 's/ cases pass.*//')
    m=$(python3 bench/score/check.py --dragoman "$w $r" ../shared/cases/mechanisms.jsonl ../shared/cases/bugs.jsonl | tail -1 | sed 's/.*(\([0-9]*\) of.*/\1/')
    n=$(python3 bench/score/check.py --dragoman "$w $r" ../shared/cases/constructions.jsonl | tail -1 | sed 's/.*(\([0-9]*\) of.*/\1/')
    x=$($w "$r" lexicon check 2>&1 | grep -c '^lexicon.*example')
    $w "$r" code --input text --format jsonl $unmarked >"$t/without" 2>/dev/null
    printf '%-20s %s| %s | %s | %s | %s | %s\n' "$r" "$g" "$c" "$m" "$n" "$x" "$(differ "$t/without")"
done
