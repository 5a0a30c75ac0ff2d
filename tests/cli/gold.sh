#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The figures of gold/dev and of our own articles, sentences and storylines do not fall below the bars.
score=$SRC/../shared/gold/score.py
if [ ! -f "$score" ]; then
    echo "skipped: ../shared/gold is not beside this checkout"
    exit 77
fi
if [ -n "${SANITIZE:-}" ]; then
    echo "skipped: the figures are the same under sanitizers"
    exit 77
fi
dev=$SRC/../shared/gold/dev
own=$SRC/tests/corpus/gold
fails=0
bar() { # TITLE FILES... --min NAME=VALUE ...
    echo "$1"
    shift
    out=$(python3 "$score" --dragoman "$DRAGOMAN" "$@") || fails=$((fails + 1))
    echo "$out" | grep -v '\.n ' | sed 's/^/  /'
}
bar "gold/dev" "$dev"/*.json "$dev"/*.jsonl --min event.f1=0.60 --min who.f1=0.45 --min full.f1=0.38 --min status=0.80 \
    --min cameo=0.75 --min statement.f1=0.75 --min speaker=0.80 --min date=0.75 --min place=0.75 --min item.r=0.50 \
    --min item_status.r=0.45 --min item.p=0.40
bar "mixed sentences" "$dev"/mixed.sentences.jsonl --min sentence=0.78 --min sentence_who=0.60
bar "nato-russia" "$dev"/nato-russia-2022-01-12.json --min event.f1=0.65 --min item.r=0.70 --min published=1
bar "own corpus" "$own"/*.json "$own"/*.jsonl --min event.f1=0.80 --min who.f1=0.65 --min statement.f1=0.70 --min sentence=0.85 \
    --min sentence_who=0.80 --min item.r=0.70
alarm=$(python3 "$score" --dragoman "$DRAGOMAN" "$dev"/none.jsonl | sed -n 's/^false_alarm  *//p')
echo "false alarms $alarm (at most 0.15)"
awk -v a="$alarm" 'BEGIN { exit !(a != "" && a <= 0.15) }' || fails=$((fails + 1))
[ "$fails" = 0 ]
