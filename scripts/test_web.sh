#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# make test-web: ten thousand mutated requests, then Chromium walks through the page (tests/web/walk.js). Pictures: build/web/shots.
set -eu
cd "$(dirname "$0")/.."
python3 tests/serve/serve_test.py --dragoman build/dragoman --fuzz "${FUZZ:-10000}" --seconds "${FUZZ_SECONDS:-300}"
mkdir -p build/web/shots
cp tests/web/package.json tests/web/package-lock.json tests/web/walk.js build/web/
(cd build/web && npm ci --silent --no-audit --no-fund --ignore-scripts)
rm -f build/web/t.db*
build/dragoman ingest --quiet --db build/web/t.db examples/storyline/*.txt examples/articles/*.txt
build/dragoman serve --db build/web/t.db --port 0 2>build/web/serve.log &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    url=$(sed -n 's|.*\(http://[^ ]*\) serves.*|\1|p' build/web/serve.log)
    [ -z "$url" ] || break
    sleep 1
done
(cd build/web && timeout 600 node walk.js "$url" shots)
