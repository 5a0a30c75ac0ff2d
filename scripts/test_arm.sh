#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds for 64-bit ARM Linux and runs what it built under an emulator: the tests of the network, and the command, whose output must be
# this machine's byte for byte, with and without dot products (make test-arm; docs/platforms.md).
#   scripts/test_arm.sh [JOBS]
# Nothing is installed but the cross compiler and qemu-user: the libraries for ARM are unpacked under build-arm/.
# Exit status 77, and a line, where the packages cannot be had.
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}
dir=$PWD/build-arm
export DG_SYSROOT=$dir/sysroot
skip() {
    echo "skipped: $1"
    exit 77
}
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || skip "packages for ARM are taken from Debian, and there is no apt-get here"
scripts/deps.sh arm || skip "no cross compiler or no qemu-user among the packages"

# ---- the libraries: downloaded with a state of apt's own, so that this system stays as it is
libs=$(scripts/deps.sh names test | tr ' ' '\n' | grep -- '-dev$' | grep -v libclang | sort | tr '\n' ' ')
if [ "$(cat "$dir/libs" 2>/dev/null)" != "$libs" ]; then
    rm -rf "$dir/apt" "$DG_SYSROOT"
    mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial" "$DG_SYSROOT"
    : >"$dir/apt/status"
    arm() {
        apt-get -q -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o Dir::State="$dir/apt" -o Debug::NoLocking=1 \
            -o Dir::State::status="$dir/apt/status" -o Dir::Cache="$dir/apt/cache" -o APT::Sandbox::User="$(id -un)" "$@"
    }
    # shellcheck disable=SC2086 # a list of packages
    { arm update && arm install -y -d --no-install-recommends $libs; } >"$dir/apt/log" 2>&1 ||
        skip "no packages for arm64 (the log is build-arm/apt/log)"
    for deb in "$dir"/apt/cache/archives/*.deb; do
        dpkg-deb -x "$deb" "$DG_SYSROOT"
    done
    rm -rf "$dir/apt"
    echo "$libs" >"$dir/libs"
fi

tests="test_lang_kernels test_lang_attention test_lang_model test_lang_analyse test_json test_utf8"
have=
for t in $tests; do
    [ ! -f "tests/unit/$t.c" ] || have="$have $t"
done
# shellcheck disable=SC2086 # a list of targets
{ cmake -G Ninja -S . -B "$dir" --toolchain "$PWD/cmake/aarch64.cmake" -DCMAKE_BUILD_TYPE=RelWithDebInfo &&
    cmake --build "$dir" -j "$jobs" --target dragoman_cli lexicon $have; } >"$dir/log" 2>&1 || {
    tail -n 40 "$dir/log"
    echo "FAILED: build for ARM"
    exit 1
}
[ -x build/dragoman ] || { cmake --preset release && cmake --build build -j "$jobs"; } >"$dir/log-here" 2>&1

passed=0 failed=0
check() { # name, status
    if [ "$2" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
    fi
}
same() { # name, file, file
    if cmp "$2" "$3"; then check "$1" 0; else check "$1" 1; fi
}
run="qemu-aarch64-static -L $DG_SYSROOT"
for pack in world en; do
    same "$pack.lex compiled on ARM" "$dir/$pack.lex" build/$pack.lex
done
for cpu in max cortex-a72; do
    export QEMU_CPU=$cpu
    for t in $have; do
        s=0
        $run "$dir/tests/$t" >"$dir/$t.$cpu.log" 2>&1 || s=$?
        check "$t on $cpu" $s
    done
done
set -- examples/articles/*.txt
build/dragoman code "$@" >"$dir/want.jsonl"
build/dragoman parse "$@" >"$dir/want.conllu"
for way in "max auto" "max neon" "cortex-a72 dotprod" "cortex-a72 scalar"; do
    export QEMU_CPU="${way% *}"
    $run "$dir/dragoman" code --kernel "${way#* }" "$@" >"$dir/got.jsonl" || check "code on $way" 1
    same "code on $way" "$dir/want.jsonl" "$dir/got.jsonl"
    $run "$dir/dragoman" parse --kernel "${way#* }" "$@" >"$dir/got.conllu" || check "parse on $way" 1
    same "parse on $way" "$dir/want.conllu" "$dir/got.conllu"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
