#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every block of docs/cookbook.md runs, in order, where its program is installed; a block without its program is named.
. "$SRC/tests/cli/lib.sh"
mkdir -p "$T/w/news" "$T/bin"
cp "$SRC"/examples/articles/*.txt "$T/w/news/"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$DRAGOMAN" >"$T/bin/dragoman" && chmod +x "$T/bin/dragoman"
PATH=$T/bin:$PATH
export PATH
awk -v to="$T/block" '/^```/ { if (open) { close(f); open = 0 } else { n++; f = sprintf("%s.%02d.%s", to, n, substr($0, 4)); open = 1; printf "" > f } next } open { print > f }' \
    "$SRC/docs/cookbook.md"
n=0
for f in "$T"/block.*; do
    n=$((n + 1))
    case ${f##*.} in
    sh) with="sh" ;;
    python) python3 -c 'import pandas' 2>/dev/null && with="python3" || with= ;;
    r) command -v Rscript >/dev/null && with="Rscript" || with= ;;
    sql) command -v duckdb >/dev/null && with="duckdb -init /dev/null -f" || with= ;;
    libreoffice) command -v soffice >/dev/null && with="sh" || with= ;;
    gdal) command -v ogr2ogr >/dev/null && with="sh" || with= ;;
    *) bad "a block of an unknown kind: ${f##*.}" && continue ;;
    esac
    if [ -z "$with" ]; then
        say "block $n: no program for ${f##*.} here"
        continue
    fi
    # shellcheck disable=SC2086 # a program and its options
    (cd "$T/w" && $with "$f") >"$T/out" 2>"$T/err"
    st=$?
    expect_status 0 "block $n of docs/cookbook.md (${f##*.})"
done
checks=$((checks + 3))
[ $n -ge 10 ] || bad "only $n blocks were found"
head -1 "$T/w/events.csv" | grep -q '^event_id,date,.*same_as' || bad "no events.csv"
python3 -c 'import json, sys; f = json.load(open(sys.argv[1]))["features"]; assert f and any(x["geometry"] for x in f)' "$T/w/events.geojson" 2>"$T/err" || bad "no map"
finish
