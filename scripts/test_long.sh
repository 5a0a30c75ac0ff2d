#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What takes too long for `make test`: every n-th failing allocation, read and write (the first 2,000 and 500 of each command),
# 200 kills of an ingest, growth to 8 MB and 100,000 documents.
#   scripts/test_long.sh [JOBS]
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}
cmake --preset dev >/dev/null
cmake --build build -j "$jobs" >/dev/null
passed=0
failed=0
step() { # title, command
    echo "== $1"
    shift
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}
step "every failing allocation, read and write" python3 tests/faults/run.py --dragoman build/dragoman --shim build/tests/libfail.so --every
step "200 kills" env DRAGOMAN="$PWD/build/dragoman" SRC="$PWD" BUILD="$PWD/build" KILL_MOMENTS=200 sh tests/cli/kill.sh
step "growth" make -s bench-growth
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
