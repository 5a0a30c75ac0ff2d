#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installed under a prefix of one's own, the examples compile with pkg-config and run; the library finds its data from where it
# lies itself, whatever program loads it, also after the whole folder was moved. (A compiled example did not start:
# "libdragoman.so.0: cannot open shared object file".)
. "$SRC/tests/cli/lib.sh"
if [ -n "${SANITIZE:-}" ] || [ ! -f "$BUILD/libdragoman.so" ] || ! command -v pkg-config >/dev/null || ! command -v cmake >/dev/null; then
    say "skipped: no ordinary build, or no cmake or pkg-config here"
    exit 77
fi
unset DRAGOMAN_DATA LD_LIBRARY_PATH
cmake --install "$BUILD" --prefix "$T/own" >"$T/out" 2>"$T/err" || bad "cmake --install"
lib=$(dirname "$(find "$T/own" -name libdragoman.so)")
PKG_CONFIG_PATH=$lib/pkgconfig
export PKG_CONFIG_PATH
for example in "$T"/own/share/doc/dragoman/examples/*.c; do
    name=$(basename "$example" .c)
    checks=$((checks + 1))
    # shellcheck disable=SC2046 # words of pkg-config
    "${CC:-cc}" -std=c11 "$example" $(pkg-config --cflags --libs dragoman) -o "$T/$name" 2>"$T/err" || bad "$name does not compile"
    (cd / && "$T/$name") >"$T/out" 2>"$T/err"
    st=$?
    expect_status 0 "$name, installed"
done
for f in bash-completion/completions/dragoman zsh/site-functions/_dragoman fish/vendor_completions.d/dragoman.fish; do
    checks=$((checks + 1))
    grep -q -- "min-confidence" "$T/own/share/$f" || bad "$f is not installed"
done
checks=$((checks + 1))
[ -x "$T/code_text" ] && [ -x "$T/from_memory" ] || bad "the examples are not installed"
(cd / && "$T/own/bin/dragoman" date "next Friday" --date 2020-01-01) >"$T/out" 2>"$T/err"
st=$?
expect_status 0 "the installed command"

# moved, and loaded by a program that lies elsewhere
mv "$T/own" "$T/moved"
lib=$T/moved${lib#"$T/own"}
LD_LIBRARY_PATH=$lib "$T/code_text" "Chad expelled the envoy of Sudan." >"$T/out" 2>"$T/err"
st=$?
expect_status 0 "the folder was moved"
expect_out "country:TCD" "the folder was moved"
if command -v python3 >/dev/null; then
    (cd / && python3 - "$lib/libdragoman.so" >"$T/out" 2>"$T/err" <<'PY'
import ctypes, sys
lib = ctypes.CDLL(sys.argv[1])
model, err = ctypes.c_void_p(), ctypes.create_string_buffer(512)
status = lib.dg_model_open(ctypes.byref(model), None, err)
if status:
    sys.exit("status %d: %s" % (status, err.raw[24:].split(b"\0")[0].decode()))
lib.dg_model_close.argtypes = [ctypes.c_void_p]
lib.dg_model_close(model)
PY
    )
    st=$?
    expect_status 0 "loaded by Python"
fi
finish
