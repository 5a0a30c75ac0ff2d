#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes docs/brief.png again: the brief of examples/storyline as Chromium shows it. Not part of any test.
#   apt-get install -y chromium; make build; scripts/brief_png.sh
set -eu
cd "$(dirname "$0")/.."
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
build/dragoman ingest --quiet --db "$t/beagle.db" examples/storyline/*.txt
build/dragoman brief --db "$t/beagle.db" --from 1978-10-01 --output "$t/beagle.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$t/chromium" --window-size=1200,1500 \
    --screenshot="$t/brief.png" "file://$t/beagle.html" >"$t/log" 2>&1 || { cat "$t/log" >&2; exit 1; }
mv "$t/brief.png" docs/brief.png
