#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains every model of models/ again: train/train_all.sh DATA  (what `make train DATA=../shared/data` calls)
#
# DATA        the folder described in train/README.md
# MINUTES     for the language network (default 90; on one core of 2023 about 110 epochs)
# CHECKPOINT  path without ending, to keep the checkpoints; RESUME=1 goes on with the first phase from there
# OUT         where the models go (default models/)
# TORCH_VENV  a Python environment with torch and numpy; made under .venv/ if not given
set -eu
data=$(cd "${1:?usage: train_all.sh DATA}" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)
out=${OUT:-$here/models}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
venv=${TORCH_VENV:-$here/.venv}
if ! "$venv/bin/python" -c 'import torch, xxhash' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet torch numpy xxhash
fi
build() { # PROGRAM SOURCES...: a small program over the library's own sources
    program=$1
    shift
    cc -O2 -std=c11 -D_GNU_SOURCE -ffp-contract=off -I"$here/src" -I"$here/include" "$@" -lutf8proc -lxxhash -lm -lpthread -o "$tmp/$program"
}

echo "== sentences and tokens"
# shellcheck disable=SC2046 # lists of files
build segment_train "$here/train/segment_train.c" $(ls "$here"/src/text/segment*.c) $(ls "$here"/src/doc/*.c "$here"/src/base/*.c)
"$tmp/segment_train" train "$out/segment.dgm" "$here/lexicon/en/abbreviations.tsv" "$data/ud/ewt-train.conllu" \
    "$data/ud/gum-train.conllu" "$data/text/gmb-sentences.txt"

echo "== tags, trees, names, lemmas"
cd "$here/train/lang"
ck=${CHECKPOINT:-$tmp/parser}
minutes=${MINUTES:-90} # four at least
"$venv/bin/python" train.py --data "$data" --minutes $((minutes * 3 / 4)) --out "$ck.1.pt" ${RESUME:+--resume}
"$venv/bin/python" train.py --data "$data" --minutes $((minutes / 4)) --init "$ck.1.pt" --lr 1.1e-3 --drop 0.42 --seed 11 --out "$ck.2.pt"
"$venv/bin/python" average.py "$ck.1.pt" "$ck.2.pt" "$ck.pt"
# shellcheck disable=SC2046
build lang_bench "$here/bench/lang_bench.c" $(ls "$here"/src/lang/*.c) $(ls "$here"/src/doc/*.c "$here"/src/base/*.c)
"$venv/bin/python" export.py --data "$data" --in "$ck.pt" --out "$tmp/parser.dgm"
"$venv/bin/python" card.py --data "$data" --ckpt "$ck.pt" --model "$tmp/parser.dgm" --bench "$tmp/lang_bench" \
    --out "$out/parser.card.md"
"$venv/bin/python" export.py --data "$data" --in "$ck.pt" --out "$out/parser.dgm" --card "$out/parser.card.md"
