#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A Debian package of what is built: scripts/deb.sh BUILD [OUT-FOLDER]; prints the file it made.
# DEB_COMPRESS=none packs it in a moment, for a test; the default is xz.
# What it depends on is looked up: the packages that the libraries of the built files come from.
set -eu
build=$1
out=${2:-.}
version=$("$build/dragoman" --version | sed 's/^dragoman //')
arch=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
DESTDIR=$tree cmake --install "$build" --prefix /usr >/dev/null
gzip -9n "$tree"/usr/share/man/man1/dragoman.1
strip --strip-unneeded "$tree"/usr/bin/dragoman "$(find "$tree/usr" -name 'libdragoman.so.*.*')"
# the two that are loaded when a server or a stream needs them (src/base/loaded.h) are no dependency of the file itself
loaded=$(for so in libmicrohttpd.so.12 librdkafka.so.1; do ldconfig -p | sed -n "s/.*$so (.*x86-64.*=> //p; s/.*$so (.*AArch64.*=> //p" | head -1; done)
depends=
# shellcheck disable=SC2086 # a list of files
for lib in $(ldd "$build/dragoman" $loaded | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p') $loaded; do
    real=$(readlink -f "$lib")
    for path in "$lib" "$real" "${real#/usr}"; do # /lib is a link to /usr/lib, and dpkg knows one of the two
        p=$(dpkg-query -S "$path" 2>/dev/null | sed -n '1s/:.*//p')
        [ -n "$p" ] && break
    done
    case " $depends " in
    *" $p "*) ;;
    *) depends="$depends $p" ;;
    esac
done
mkdir -p "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<END
Package: dragoman
Version: $version
Architecture: $arch
Maintainer: The Dragoman authors <dragoman@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: $(echo $depends | sed 's/ /, /g')
Section: science
Priority: optional
Description: news text to coded political events, statements and the situation
 Reads news and writes down, with evidence, who did what to whom (CAMEO and
 PLOVER codes), who said what, and where every demand, offer, threat, promise,
 meeting, deployment, sanction and agreement stands on any day.
END
find "$tree" -type d -exec chmod 755 {} +
dpkg-deb --root-owner-group -Z"${DEB_COMPRESS:-xz}" --build "$tree" "$out/dragoman_${version}_$arch.deb" >/dev/null
echo "$out/dragoman_${version}_$arch.deb"
