#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Events as CSV, TSV and JSON Lines: read back with Python's own readers, the same in all three; dyads, one a day, the same act
# told twice, filters, formulas of strangers, and the list of columns in docs/formats/export.md.
. "$SRC/tests/cli/lib.sh"
cat >"$T/n.jsonl" <<'END'
{"id":"a","published":"2021-03-02","title":"=HYPERLINK(\"http://x.example\",\"Egypt\")","publisher":"@desk","url":"http://news.example/a?x=1","text":"Egypt attacks Sudan\n\nEgypt attacked Sudan in Khartoum on Monday, killing 12 people. \"We reject it,\" the Sudanese president said. Egypt and Kenya met in Nairobi."}
{"id":"b","published":"2021-03-03","text":"France and Germany criticised Russia and Belarus. France accused Russia of lying."}
{"id":"c","published":"2021-03-03","text":"France and Germany criticised Russia and Belarus."}
END
for f in csv tsv jsonl; do
    run export --format $f "$T/n.jsonl"
    expect_status 0 "export --format $f"
    cp "$T/out" "$T/o.$f"
done
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
run export --db "$T/s.db"
expect_status 0 "export --db"
cp "$T/out" "$T/db.csv"
run export --dyads no "$T/n.jsonl"
cp "$T/out" "$T/lists.csv"
run export --format jsonl --dyads no "$T/n.jsonl"
cp "$T/out" "$T/lists.jsonl"
run export --one-a-day "$T/n.jsonl"
cp "$T/out" "$T/day.csv"
run export --fold "$T/n.jsonl"
cp "$T/out" "$T/fold.csv"
run export --raw "$T/n.jsonl"
cp "$T/out" "$T/raw.csv"
run export --db "$T/s.db" --from 2021-03-03 --actor FRA --code ACCUSE --min-confidence 0.1
cp "$T/out" "$T/fra.csv"
run export --codebook --actor FRA --from 2021-03-03
expect_status 0 "--codebook"
expect_out "actor FRA, from 2021-03-03" "the codebook says what was asked"
expect_out "models [0-9a-f]\{16\}, lexicon [0-9a-f]\{16\}" "the codebook names models and lexicon"
sed -n '/^| column/,$p' "$T/out" >"$T/columns"
checks=$((checks + 1))
sed -n '/^| column/,/^$/p' "$SRC/docs/formats/export.md" | sed '/^$/d' | diff - "$T/columns" >"$T/err" || bad "docs/formats/export.md lists other columns than --codebook"
checks=$((checks + 1))
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "what was read back"
import csv, json, sys
t = sys.argv[1]
def table(name, **how):
    with open(f"{t}/{name}", newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f, **how))
def words(v):
    if v is None: return ""
    if isinstance(v, bool): return "true" if v else "false"
    if isinstance(v, list): return ";".join(v)
    return v if isinstance(v, str) else json.dumps(v)
def objects(name): return [json.loads(l) for l in open(f"{t}/{name}", encoding="utf-8")]
def bare(s): return s[1:] if s[:1] == "'" and s[1:2] and s[1] in "=+-@" else s
c, v, j = table("o.csv"), table("o.tsv", delimiter="\t"), objects("o.jsonl")
assert len(c) == len(v) == len(j) > 8, (len(c), len(v), len(j))
for a, b, o in zip(c, v, j):
    assert None not in a and None not in a.values(), a
    assert a == b, (a, b)
    assert list(a) == list(o)
    for k in o:
        assert bare(a[k]) == words(o[k]), (k, a[k], o[k])
# each line of CSV ends as RFC 4180 says, and there are no others
raw = open(f"{t}/o.csv", "rb").read()
assert raw.count(b"\n") == raw.count(b"\r\n") == len(c) + 1
# the numbers are numbers, the codes are not
for o in j:
    assert isinstance(o["cameo"], str) and isinstance(o["quad"], int) and isinstance(o["negated"], bool)
    assert o["date"] is None or (len(o["date"]) == 10 and o["date"][4] == "-")
# formulas of strangers are text; numbers below zero are left alone
a = [r for r in c if r["document"] == "a"]
assert a and all(r["title"].startswith("'=HYPERLINK(\"http") and r["publisher"] == "'@desk" for r in a)
assert any(float(r["goldstein"]) < 0 for r in c if r["goldstein"])
assert [r for r in table("raw.csv") if r["title"].startswith("=HYPERLINK")]
assert any(o["title"].startswith("=HYPERLINK") for o in j)
# two critics of two: four rows of one event; a list keeps them in one
four = [r for r in c if r["document"] == "c"]
assert len(four) == 4 and len({r["event_id"] for r in four}) == 1
assert {(r["source_country"], r["target_country"]) for r in four} == {(x, y) for x in ("FRA", "DEU") for y in ("RUS", "BLR")}
one = [r for r in table("lists.csv") if r["document"] == "c"]
assert len(one) == 1 and one[0]["source_country"].split(";") == ["FRA", "DEU"], one
lists = objects("lists.jsonl")
assert [o for o in lists if o["document"] == "c"][0]["target_country"] == ["RUS", "BLR"]
assert len(lists) == len({o["event_id"] for o in lists})
# a meeting has a row each way
met = [(r["source_country"], r["target_country"]) for r in a if r["cameo_root"] == "04" and r["reciprocal"] == "true"]
assert sorted(met) == [("EGY", "KEN"), ("KEN", "EGY")], met
# one a day, over documents
day = table("day.csv")
key = lambda r: (r["date"], r["source_id"], r["target_id"], r["cameo"], r["status"], r["negated"])
assert len({key(r) for r in day}) == len(day) == len({key(r) for r in c}) < len(c)
# headline and lead tell one attack; the one with the place and the date stays
hits = [r for r in a if r["cameo_root"] == "19" and r["target_country"] == "SDN"]
kept = [r for r in table("fold.csv") if r["document"] == "a" and r["cameo_root"] == "19" and r["target_country"] == "SDN"]
assert len(hits) == 2 and len(kept) == 1 and kept[0]["place"] == "Khartoum" and kept[0]["date_from"] == "text", (hits, kept)
assert sorted(r["same_as"] for r in hits) == sorted(["", [r for r in hits if not r["same_as"]][0]["event_id"]])
# a store gives what the files gave, in order of days
db = table("db.csv")
assert sorted(map(str, db)) == sorted(map(str, c))
assert [r["date"] for r in db] == sorted(r["date"] for r in db)
fra = table("fra.csv")
assert fra and all(r["date"] >= "2021-03-03" and "FRA" in (r["source_country"], r["target_country"]) and r["plover"] == "ACCUSE" for r in fra)
END
# counts of acts, in a store: series and timeline
for how in "" --fold; do
    # shellcheck disable=SC2086 # none or one
    run series --db "$T/s.db" --code 190 --actor SDN --per year --format csv $how
    cp "$T/out" "$T/series$how"
    # shellcheck disable=SC2086
    run timeline --db "$T/s.db" --code 190 --actor SDN --format json $how
    cp "$T/out" "$T/line$how"
done
checks=$((checks + 1))
[ "$(sed -n 2p "$T/series" | cut -d, -f4).$(sed -n 2p "$T/series--fold" | cut -d, -f4)" = 2.1 ] || bad "series counts accounts, with --fold acts"
checks=$((checks + 1))
[ "$(grep -o '"evidence"' "$T/line" | wc -l).$(grep -o '"evidence"' "$T/line--fold" | wc -l)" = 2.1 ] || bad "timeline shows accounts, with --fold acts"
# asked well, nothing there
run export --db "$T/s.db" --code 20
expect_status 1 "nothing found"
expect_err "nothing found" "nothing found"
expect_out "^event_id,date," "a header all the same"
for wrong in "--format cvs" "--dyads maybe" "--min-confidence 7" "--status foo" "--code 99" "--from 2021-02-30"; do
    # shellcheck disable=SC2086 # an option and its value
    run export $wrong "$T/n.jsonl"
    expect_status 2 "$wrong"
    expect_one_line "$wrong"
done
run export --format cvs "$T/n.jsonl"
expect_err "did you mean 'csv'" "a misspelt format"
run export --db "$T/s.db" "$T/n.jsonl"
expect_status 2 "a store and files"
run export --db "$T/s.db" --actor XXX
expect_status 2 "an actor whom nobody knows"
run export "$T/missing.jsonl"
expect_status 1 "a missing file"
# any number of threads writes the same
run export --threads 3 --format csv "$T/n.jsonl"
checks=$((checks + 1))
cmp -s "$T/out" "$T/o.csv" || bad "three threads write something else"
finish
