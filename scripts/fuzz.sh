#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# scripts/fuzz.sh --replay             every corpus once (part of make test)
# scripts/fuzz.sh [TARGET [SECONDS]]   fuzz one target, or each for 600 s; new inputs go to build-fuzz/corpus/
set -eu
cd "$(dirname "$0")/.."
n=0
if [ "${1:-}" = --replay ]; then
    for bin in build-fuzz/fuzz/fuzz_*; do
        [ -x "$bin" ] && [ -f "$bin" ] || continue
        name=$(basename "$bin" | sed 's/^fuzz_//')
        [ -d "fuzz/corpus/$name" ] || { echo "fuzz: $name has no corpus"; exit 1; }
        "$bin" -runs=0 -rss_limit_mb=3000 -timeout=20 "fuzz/corpus/$name" >"/tmp/dragoman-fuzz-$name.log" 2>&1 || {
            tail -n 40 "/tmp/dragoman-fuzz-$name.log"
            echo "fuzz: $name failed"
            exit 1
        }
        echo "fuzz: $name replayed $(find "fuzz/corpus/$name" -type f | wc -l) inputs"
        n=$((n + 1))
    done
    echo "$n passed, 0 failed"
    exit 0
fi
cmake --preset fuzz >/dev/null && cmake --build build-fuzz >/dev/null
for bin in build-fuzz/fuzz/fuzz_${1:-*}; do
    [ -x "$bin" ] && [ -f "$bin" ] || continue
    name=$(basename "$bin" | sed 's/^fuzz_//')
    mkdir -p "build-fuzz/corpus/$name" "build-fuzz/crashes"
    dict=
    [ -f "fuzz/$name.dict" ] && dict="-dict=fuzz/$name.dict"
    # shellcheck disable=SC2086 # dict is one word or none
    "$bin" $dict -max_total_time="${2:-600}" -rss_limit_mb=3000 -timeout=20 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/crashes/$name-" "build-fuzz/corpus/$name" "fuzz/corpus/$name"
done
