#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Debian package: made, installed into an empty root by dpkg, run from there, and removed without a trace.
. "$SRC/tests/cli/lib.sh"
if [ -n "${SANITIZE:-}" ] || [ ! -f "$BUILD/libdragoman.so" ] || ! command -v dpkg-deb >/dev/null || ! command -v cmake >/dev/null || [ "$(id -u)" != 0 ]; then
    say "skipped: no ordinary build, no dpkg-deb or cmake, or not root"
    exit 77
fi
unset DRAGOMAN_DATA LD_LIBRARY_PATH
(cd "$SRC" && DEB_COMPRESS=none scripts/deb.sh "$BUILD" "$T") >"$T/out" 2>"$T/err"
st=$?
expect_status 0 "the package is made"
deb=$(tail -1 "$T/out")
dpkg-deb --field "$deb" Depends >"$T/out" 2>"$T/err"
expect_out "libc6" "it depends on libc"
expect_out "libsqlite3-0" "it depends on SQLite"
expect_out "libmicrohttpd12" "it depends on what the server loads"
root=$T/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers" "$root/tmp"
: >"$root/var/lib/dpkg/status"
: >"$root/var/lib/dpkg/available"
dpkg --root="$root" --log=/dev/null --force-depends -i "$deb" >"$T/out" 2>"$T/err"
st=$?
expect_status 0 "dpkg installs it"
lib=$(dirname "$(find "$root/usr" -name 'libdragoman.so.0')")
(cd / && LD_LIBRARY_PATH=$lib "$root/usr/bin/dragoman" date "next Friday" --date 2020-01-01) >"$T/out" 2>"$T/err"
st=$?
expect_status 0 "the command runs there, with its own data"
for f in usr/share/man/man1/dragoman.1.gz usr/share/bash-completion/completions/dragoman usr/include/dragoman.h usr/share/dragoman/world.lex; do
    checks=$((checks + 1))
    [ -s "$root/$f" ] || bad "$f is not in the package"
done
dpkg --root="$root" --log=/dev/null --purge dragoman >"$T/out" 2>"$T/err"
st=$?
expect_status 0 "dpkg removes it"
checks=$((checks + 1))
[ -z "$(find "$root/usr" -type f 2>/dev/null)" ] || bad "files stay behind"
finish
