#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every example of every --help runs, in a folder that holds the files they name.
. "$SRC/tests/cli/lib.sh"
mkdir "$T/bin" "$T/w" "$T/w/articles"
ln -s "$DRAGOMAN" "$T/bin/dragoman"
PATH=$T/bin:$PATH
export DRAGOMAN_DATA="$BUILD" HOME="$T/w"
unset XDG_CONFIG_HOME
cd "$T/w" || exit 1
cp "$SRC/examples/articles/strait-talks.txt" article.txt
cp article.txt articles/one.txt
cp "$SRC"/tests/data/pages/wrapped-blocks.html article.html
cp article.html page.html
ln -s "$SRC/lexicon" lexicon
mkdir news
printf 'title,body,pub\nKnin,Croatia attacked the town of Knin on Friday.,1995-08-05\n' >export.csv
cp export.csv news/
printf '{"id":"a","published":"1995-08-05","text":"Croatia attacked the Serb town of Knin on Friday."}\n' >news.jsonl
dragoman parse article.txt >gold.conllu 2>/dev/null
dragoman ingest --quiet --db crisis.db --input jsonl news.jsonl
dragoman code --format coded news.jsonl >part-1.jsonl
dragoman code --format coded article.txt 2>/dev/null | gzip >part-2.jsonl.gz
item=$(dragoman situation --db crisis.db --format json | sed -n 's/.*"items":\[{"id":"\([^"]*\)".*/\1/p')
for c in code ingest situation timeline brief explain actor place date parse text lexicon doctor recode export search series sql diff withdraw completion stream; do
    dragoman "$c" --help | sed -n '/^Examples/,$s/^  //p' >"$T/lines"
    while IFS= read -r line; do
        case "$line" in
        *kafka://*) continue ;; # tests/kafka/mock_test.py runs them
        *jq*) command -v jq >/dev/null || continue ;;
        *"lexicon check"*) [ -z "${SANITIZE:-}" ] || continue ;; # minutes there
        esac
        line=$(printf '%s' "$line" | sed "s/ ITEM\$/ $item/")
        checks=$((checks + 1))
        sh -c "$line" >"$T/out" 2>"$T/err" </dev/null || bad "$line"
    done <"$T/lines"
done
checks=$((checks + 1))
[ "$checks" -gt 20 ] || bad "only $checks examples were found"
finish
