#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The doors to other programs: make test-doors. Builds the wheel, installs it in a clean environment that has no compiler, runs the README's
# lines against the clock, then pytest with pyarrow, polars, DuckDB and pandas (from PyPI) over the package and the command's own files.
# DIST=FOLDER: take the wheel from there instead of building it. Needs build/dragoman.
set -eu
cd "$(dirname "$0")/.."
most=60 # seconds from pip install to the last line of the README
dist=${DIST:-dist}
[ -n "${DIST:-}" ] || scripts/wheel.sh "$dist"
set -- "$dist"/dragoman-*.whl
wheel=$1
venv=build/doors-venv
clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT

# ---- a clean environment: nothing but Python and what pip installs; no compiler on the path, no library of ours beside it ----
python3 -m venv "$clean/venv"
mkdir "$clean/bin"
for tool in sh env uname ldconfig; do
    [ ! -x "$(command -v $tool)" ] || ln -s "$(command -v $tool)" "$clean/bin/$tool"
done
python3 - README.md "$clean/five.py" <<'END'
import re, sys
block = re.findall(r"^```python\n(.*?)^```", open(sys.argv[1], encoding="utf-8").read(), re.S | re.M)[0]
open(sys.argv[2], "w", encoding="utf-8").write(block)
END
start=$(date +%s%N)
env -i PATH="$clean/venv/bin:$clean/bin" HOME="$clean" pip install -q --disable-pip-version-check --no-index --no-deps "$wheel"
(cd "$clean" && env -i PATH="$clean/venv/bin:$clean/bin" HOME="$clean" python five.py >five.out)
took=$((($(date +%s%N) - start) / 1000000))
grep -q REQUEST "$clean/five.out" || {
    echo "FAILED: the README's lines print" >&2
    cat "$clean/five.out" >&2
    exit 1
}
[ "$took" -lt $((most * 1000)) ] || {
    echo "FAILED: install and the README's lines took $took ms, $most s are allowed" >&2
    exit 1
}
echo "install and the README's lines: $took ms"
# every library that is loaded is the wheel's or of the base system (manylinux: glibc, libstdc++, libgcc)
(cd "$clean" && env -i PATH="$clean/venv/bin:$clean/bin" python - <<'END'
import dragoman, sys
dragoman.Coder()
own = sys.prefix
names = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
base = ("libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "ld-linux", "libstdc++", "libgcc_s", "libpython", "libutil")
site = dragoman.__file__.rsplit("/", 2)[0]
foreign = [n for n in sorted(names) if not n.startswith(site) and not n.rsplit("/", 1)[-1].startswith(base) and "/lib-dynload/" not in n]
# what Python's own modules bring (zlib, libffi ...) is Python's
mine = [n for n in foreign if n.rsplit("/", 1)[-1].split(".so")[0].split("-")[0] in {"libxml2", "libicuuc", "libicudata", "libarchive", "libjson", "libuchardet", "libutf8proc", "libsqlite3", "libcsv"}]
assert not mine, mine
print("libraries: the wheel's own and the base system's")
END
)

# ---- the tests ----
if [ ! -x "$venv/bin/pytest" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'pyarrow>=18' 'polars>=1.3' duckdb pandas pytest tqdm 'abi3audit'
fi
"$venv/bin/pip" install -q --disable-pip-version-check --force-reinstall --no-deps "$wheel"
"$venv/bin/abi3audit" --strict "$wheel" >/dev/null || {
    echo "FAILED: the wheel uses more than the stable ABI of CPython 3.11" >&2
    exit 1
}
if [ -z "${DRAGOMAN_DUCKDB:-}" ] && command -v npm >/dev/null; then
    mkdir -p build/duckdb
    case $(uname -m) in aarch64) m=arm64 ;; *) m=x64 ;; esac
    lib=build/duckdb/node_modules/@duckdb/node-bindings-linux-$m/libduckdb.so
    [ -f "$lib" ] || (cd build/duckdb && npm install --no-save --silent --ignore-scripts "@duckdb/node-bindings-linux-$m" >&2)
    DRAGOMAN_DUCKDB=$PWD/$lib
    export DRAGOMAN_DUCKDB
fi
DRAGOMAN=$PWD/build/dragoman "$venv/bin/pytest" -q -p no:cacheprovider tests/python

# ---- a store on a server of its own ----
cmake --preset dev >/dev/null
cmake --build build -j "${JOBS:-2}" --target dragoman_cli test_store_seam test_event_fields >build/doors.log 2>&1 || {
    tail -n 40 build/doors.log >&2
    exit 1
}
scripts/test_doors_pg.sh
