#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One act in several documents: the same id whatever the order of reading, counted once with --acts.
. "$SRC/tests/cli/lib.sh"
cat >"$T/a.jsonl" <<'END'
{"id":"a","published":"2003-07-09","text":"Chad attacked Niger on Tuesday. Mali and Niger met on Tuesday."}
{"id":"b","published":"2003-07-10","text":"Troops of Chad attacked Niger on Tuesday. Chad attacked Niger again on Wednesday."}
{"id":"c","published":"2003-07-12","text":"Niger met Mali on Tuesday. Chad did not attack Niger on Tuesday. Gunmen attacked Niger on Tuesday."}
{"id":"d","published":"2003-07-12","text":"Gunmen attacked Niger on Tuesday."}
END
tac "$T/a.jsonl" >"$T/b.jsonl"
for x in a b; do
    "$DRAGOMAN" ingest --quiet --db "$T/$x.db" "$T/$x.jsonl" 2>"$T/err"
    "$DRAGOMAN" timeline --format json --db "$T/$x.db" >"$T/$x.all" 2>"$T/err"
    "$DRAGOMAN" timeline --format json --acts --db "$T/$x.db" >"$T/$x.acts" 2>"$T/err"
done
checks=$((checks + 3))
cmp -s "$T/a.all" "$T/b.all" && cmp -s "$T/a.acts" "$T/b.acts" || bad "the order of reading counts"
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "acts"
import json, sys
t = sys.argv[1]
def events(name): return json.load(open(f"{t}/{name}", encoding="utf-8"))["events"]
every, once = events("a.all"), events("a.acts")
def of(cameo, day, negated=False): return [e for e in every if e["cameo"].startswith(cameo) and e["day"] == day and e["negated"] == negated]
raids = [e for e in of("19", "2003-07-08") if e["source"][0]["country"] == "TCD"]
assert len(raids) == 2 and len({e["act"] for e in raids}) == 1, raids
assert len({e["act"] for e in of("04", "2003-07-08")}) == 1 and len(of("04", "2003-07-08")) == 2
assert of("19", "2003-07-09")[0]["act"] != raids[0]["act"]
assert of("19", "2003-07-08", True)[0]["act"] != raids[0]["act"], "a denial is no account of the deed"
gunmen = [e for e in of("1", "2003-07-08") if e["plover"]["event"] == "ASSAULT" and e["source"][0]["country"] != "TCD"]
assert len(gunmen) == 2 and len({e["act"] for e in gunmen}) == 2, "nobody in particular may be others"
acts = [e["act"] for e in once]
assert len(acts) == len(set(acts)) and set(acts) == {e["act"] for e in every} and len(every) - len(once) == 2, (len(every), len(once))
END
run series --db "$T/a.db" --per day --acts --format jsonl --code ASSAULT
expect_status 0 "series --acts"
grep -q '"period":"2003-07-08".*"events":3,' "$T/out" || bad "series --acts: $(cat "$T/out")"
run export --db "$T/a.db" --acts --format csv
expect_status 0 "export --acts"
[ "$(tail -n +2 "$T/out" | cut -d, -f1 | sort -u | wc -l)" = "$(grep -o '"act"' "$T/a.acts" | wc -l)" ] || bad "export --acts: other acts than the timeline's"
run export --acts "$T/a.jsonl"
expect_status 2 "export --acts without a store"
finish
