#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The other tables of the record, from files and from a store: against the record itself; their columns against the page; Arrow's
# frame and Parquet without its library (what is in them is read back by other programs in make test-doors).
. "$SRC/tests/cli/lib.sh"
cat >"$T/n.jsonl" <<'END'
{"id":"a","published":"2021-03-02","title":"Egypt attacks","publisher":"desk","text":"Egypt attacked Sudan in Khartoum on Monday, killing 12 people. \"We reject it,\" the Sudanese president told reporters.\n\nOn 5 March Kenya demanded that Egypt withdraw its troops by 9 March."}
{"id":"b","published":"2021-03-04","text":"The café in Zürich closed; Norway’s minister visited Málaga. About 300 soldiers left Kenya on Tuesday."}
END
run code --with-text "$T/n.jsonl"
cp "$T/out" "$T/records"
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
all="documents statements items times places quantities names"
for t in $all; do
    run export --table $t --format jsonl "$T/n.jsonl"
    expect_status 0 "export --table $t"
    cp "$T/out" "$T/$t.jsonl"
    run export --table $t --raw "$T/n.jsonl"
    cp "$T/out" "$T/$t.csv"
    run export --table $t --format arrow "$T/n.jsonl"
    expect_status 0 "export --table $t --format arrow"
    checks=$((checks + 1))
    [ "$(head -c 6 "$T/out")$(tail -c 6 "$T/out")" = ARROW1ARROW1 ] || bad "$t: an Arrow file begins and ends with its mark"
    run export --table $t --codebook
    sed -n '/^| column/,$p' "$T/out" >"$T/columns"
    checks=$((checks + 1))
    awk -v t="## $t" '/^## /{on = $0 == t} on && /^\|/' "$SRC/docs/formats/tables.md" | diff - "$T/columns" >"$T/err" || bad "docs/formats/tables.md lists other columns of $t than --codebook"
    case $t in times | names) continue ;; esac
    run export --table $t --db "$T/s.db" --format jsonl
    expect_status 0 "export --table $t --db"
    cp "$T/out" "$T/db.$t"
done
run export --table items --db "$T/s.db" --format jsonl --kind demand --as-of 2021-03-05
cp "$T/out" "$T/demands"
run export --table statements --db "$T/s.db" --format jsonl --actor SDN
cp "$T/out" "$T/said"
run export --table documents --db "$T/s.db" --format jsonl --from 2021-03-03
cp "$T/out" "$T/late"
checks=$((checks + 1))
python3 - "$T" $all <<'END' >"$T/err" 2>&1 || bad "what was read back"
import csv, json, sys
t, names = sys.argv[1], sys.argv[2:]
def objects(f): return [json.loads(l) for l in open(f"{t}/{f}", encoding="utf-8")]
def words(v):
    if v is None: return ""
    if isinstance(v, bool): return "true" if v else "false"
    if isinstance(v, list): return ";".join(v)
    return v.replace("\n", " ") if isinstance(v, str) else json.dumps(v)
rec = {r["doc"]["id"]: r for r in objects("records")}
tab = {n: objects(n + ".jsonl") for n in names}
for n in names:
    rows = list(csv.DictReader(open(f"{t}/{n}.csv", newline="", encoding="utf-8")))
    assert len(rows) == len(tab[n]) > 0, n
    for a, o in zip(rows, tab[n]):
        assert list(a) == list(o) and all(a[k] == words(o[k]) for k in o), (n, a, o)
# the span of each row is its words
for n in ("times", "places", "quantities", "names"):
    for o in tab[n]:
        assert rec[o["document"]]["text"][o["span_start"]:o["span_end"]] == o["text"], o
    for d, r in rec.items():
        assert [[o["span_start"], o["span_end"]] for o in tab[n] if o["document"] == d] == [x["span"] for x in r[n]], n
for o in tab["documents"]:
    r = rec[o["document"]]
    assert o["text"] == r["text"] and o["characters"] == len(r["text"]) and o["events"] == len(r["events"]), o
    assert o["statements"] == len(r["statements"]) and o["sentences"] == len(r["sentences"])
ids = {e["id"]: e for r in rec.values() for e in r["events"]}
for o in tab["quantities"]:
    r = [q for q in rec[o["document"]]["quantities"] if q["span"] == [o["span_start"], o["span_end"]]][0]
    assert (o["value"], o["kind"], o["approx"], o["total"], o["event"]) == (r["value"], r["kind"], r["approx"], r["total"], r["event"]), (o, r)
for o in tab["places"]:
    assert o["event"] is None or ids[o["event"]]["place"]["name"] == o["place"]
assert any(o["event"] for o in tab["places"]) and any(o["event"] for o in tab["quantities"])
for o in tab["times"]:
    r = [x for x in rec[o["document"]]["times"] if x["id"] == o["time"]][0]
    assert (o["value"], o["first"], o["last"], o["type"]) == (r["value"], r["start"], r["end"], r["type"])
said = [o for o in tab["statements"] if o["speaker_country"] == "SDN"]
assert said and said[0]["content"] == "We reject it," and said[0]["kind"] == "direct" and said[0]["speaker_start"] is not None, said
demand = [o for o in tab["items"] if o["kind"] == "demand"]
assert demand and demand[0]["party_ids"] == ["country:KEN", "country:EGY"] and demand[0]["deadline"] == "2021-03-09", demand
# a store: the same documents and the same items, and of the rest what it keeps
db = {n: objects("db." + n) for n in names if n not in ("times", "names")}
bare = lambda o: {k: v for k, v in o.items() if k != "statements"}
assert [bare(o) for o in db["documents"]] == [bare(o) for o in tab["documents"]]
assert all(o["statements"] is None for o in db["documents"])
key = lambda o: (o["document"], o["statement"], o["content"], o["speaker_id"], o["speaker_country"], o["content_start"])
assert [key(o) for o in db["statements"]] == [key(o) for o in tab["statements"]]
assert {o["item"] for o in tab["items"]} == {o["item"] for o in db["items"]}
taken = lambda rows: sorted((o["document"], o["event"], o["value"], o["span_start"]) for o in rows if o["event"])
assert taken(db["quantities"]) == taken(tab["quantities"]) and all(o["event"] and o["total"] is None for o in db["quantities"])
assert {o["event"] for o in db["places"]} >= {o["event"] for o in tab["places"] if o["event"]}
assert [o["kind"] for o in objects("demands")] == ["demand"] and objects("demands")[0]["as_of"] == "2021-03-05", objects("demands")
assert objects("said") and all(o["speaker_country"] == "SDN" for o in objects("said"))
assert [o["document"] for o in objects("late")] == ["b"]
END
# what a store or a table has not is refused
for wrong in "--table times --db $T/s.db" "--table names --db $T/s.db" "--table toads $T/n.jsonl" "--table times --code 19 $T/n.jsonl" \
    "--table items --format icews $T/n.jsonl" "--open $T/n.jsonl" "--table places --as-of 2021-03-03 $T/n.jsonl" "--table documents --one-a-day $T/n.jsonl"; do
    # shellcheck disable=SC2086
    run export $wrong
    expect_status 2 "export $wrong"
done
# Parquet without the library: how to get it
DRAGOMAN_DUCKDB="$T/none.so"
export DRAGOMAN_DUCKDB
run export --format parquet "$T/n.jsonl"
expect_status 2 "parquet without libduckdb"
expect_err "npm install @duckdb/node-bindings-linux-" "the line that installs it"
# nothing found: a table without rows all the same
run export --format arrow --db "$T/s.db" --code 20
expect_status 1 "nothing found"
checks=$((checks + 1))
[ "$(tail -c 6 "$T/out")" = ARROW1 ] || bad "an Arrow file without rows is whole"
finish
