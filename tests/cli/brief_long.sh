#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A brief of a matter that was reported 300 times: 24 lines of it, the first and the last turn among them, and the number of the rest.
. "$SRC/tests/cli/lib.sh"
python3 - "$T/n.jsonl" <<'END'
import datetime, json, sys
with open(sys.argv[1], "w") as f:
    for i in range(300):
        d = datetime.date(2021, 1, 1) + datetime.timedelta(days=i // 6)
        print(json.dumps({"id": f"d{i}", "published": str(d), "text": "Egypt demanded that Sudan withdraw its troops from Halayeb."}), file=f)
    print(json.dumps({"id": "end", "published": "2021-03-01", "text": "Sudan withdrew its troops from Halayeb."}), file=f)
END
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
run brief --db "$T/s.db" --format html
expect_status 0 "brief"
expect_out "How we know (30[0-9])" "all reports are counted"
checks=$((checks + 2))
[ "$(grep -o '<li><span>[^<]*demanded\|<li><span>[^<]*2021 ' "$T/out" | wc -l)" -le 80 ] || bad "lines are not bounded"
grep -q '<li><span>[0-9]* more</span>' "$T/out" || bad "what is left out is not counted"
[ "$(wc -c <"$T/out")" -lt 120000 ] || bad "the page has $(wc -c <"$T/out") bytes"
run brief --db "$T/s.db"
checks=$((checks + 1))
[ "$(wc -l <"$T/out")" -lt 200 ] || bad "Markdown: $(wc -l <"$T/out") lines"
finish
