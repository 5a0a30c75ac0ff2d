#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every test: the ordinary build (gcc), address + undefined (clang), thread (gcc), and the fuzz corpora replayed.
#   scripts/test.sh [JOBS]
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}
export CTEST_OUTPUT_ON_FAILURE=1
[ -d ../shared/gold ] || echo "note: ../shared is not beside this checkout; the tests that need it say so and are skipped"

build() { # preset: configure and build quietly, show the log on failure
    dir=build
    [ "$1" = dev ] || dir=build-$1
    if ! { cmake --preset "$1" && cmake --build "$dir" -j "$jobs"; } >"/tmp/dragoman-$1.log" 2>&1; then
        tail -n 60 "/tmp/dragoman-$1.log"
        echo "building '$1' failed"
        exit 1
    fi
}

echo "== gcc, all tests"
build dev
ctest --test-dir build -j "$jobs"

echo "== address and undefined sanitizers, built by clang (warnings are errors there too)"
build asan
UBSAN_OPTIONS=print_stacktrace=1 ctest --test-dir build-asan -j "$jobs" -LE slow

echo "== thread sanitizer"
build tsan
ctest --test-dir build-tsan -j "$jobs" -L threads

echo "== fuzz corpora"
build fuzz
scripts/fuzz.sh --replay
