#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Events by period: counts against the export, scales, share, norms and their guards, the panel, what did not happen.
. "$SRC/tests/cli/lib.sh"
python3 - "$T" <<'END'
import datetime, json, sys
day = datetime.date(2020, 1, 6) # a Monday
with open(sys.argv[1] + "/n.jsonl", "w") as f:
    for week in range(60):
        for n in range(12 if week == 58 else 4):
            d = day + datetime.timedelta(days=7 * week + n % 5)
            print(json.dumps({"id": f"w{week}.{n}", "published": str(d), "text": "Egypt attacked Sudan." if n % 2 == 0 else "France criticised Russia. Egypt did not attack Chad."}), file=f)
    print(json.dumps({"id": "last", "published": "2021-03-07", "text": "Kenya and Egypt met in Nairobi."}), file=f)
END
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
"$DRAGOMAN" export --db "$T/s.db" --format jsonl >"$T/events" 2>"$T/err"
for a in "week none" "week dyad" "month type" "year place" "day dyad"; do
    # shellcheck disable=SC2086 # two words
    set -- $a
    run series --db "$T/s.db" --format jsonl --per "$1" --by "$2"
    expect_status 0 "$a"
    cp "$T/out" "$T/$1.$2"
done
run series --db "$T/s.db" --panel --per week --format csv --from 2020-06-01 --to 2021-03-07
expect_status 0 "panel"
cp "$T/out" "$T/panel.csv"
run series --db "$T/s.db" --by dyad --actor KEN --format jsonl
cp "$T/out" "$T/ken"
run series --db "$T/s.db" --per week --from 2021-02-15 --format jsonl --code 19
cp "$T/out" "$T/late"
checks=$((checks + 1))
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "what was counted"
import collections, csv, datetime, json, sys
t = sys.argv[1]
def rows(name): return [json.loads(l) for l in open(f"{t}/{name}", encoding="utf-8")]
events = [e for e in rows("events") if not e["negated"] and e["status"] in ("actual", "historical")]
monday = lambda s: str(datetime.date.fromisoformat(s) - datetime.timedelta(days=datetime.date.fromisoformat(s).weekday()))
want = collections.Counter((monday(e["date"]), e["source_country"], e["target_country"]) for e in {(e["event_id"], e["source_id"], e["target_id"]): e for e in events}.values() if e["source_country"] and e["target_country"])
got = {(r["period"], r["source"], r["target"]): r["events"] for r in rows("week.dyad")}
assert got == dict(want), set(got.items()) ^ set(want.items())
assert not [k for k in got if "TCD" in k]           # it did not happen
days = collections.Counter((e["date"], e["source_country"], e["target_country"]) for e in events if e["source_country"] and e["target_country"])
assert {(r["period"], r["source"], r["target"]): r["events"] for r in rows("day.dyad")} == dict(days)
ids = {e["event_id"]: monday(e["date"]) for e in events}
assert {r["period"]: r["events"] for r in rows("week.none")} == dict(collections.Counter(ids.values()))
assert {(r["period"], r["type"]): r["events"] for r in rows("month.type")} == dict(collections.Counter((e["date"][:7], e["plover"]) for e in {e["event_id"]: e for e in events}.values()))
assert rows("year.place")[0]["place"] == "Nairobi" or any(r["place"] == "Nairobi" and r["country"] == "KEN" for r in rows("year.place"))
# means, share, norms
week = {r["period"]: r for r in rows("week.dyad") if r["source"] == "EGY" and r["target"] == "SDN"}
w58 = str(datetime.date(2020, 1, 6) + datetime.timedelta(weeks=58))
r = week[w58]
assert r["events"] == 6 and r["documents"] == 12 and r["telling"] == 6 and r["share"] == .5 and r["goldstein"] == -10 and r["plover"] == -9, r
assert r["norm_4"] == 2 and r["norm_52"] == 2 and r["change_4"] is None, r    # two events a week are too few for a change
all58 = [r for r in rows("week.none") if r["period"] == w58][0]
assert all58["events"] == 12 and all58["norm_4"] == 4 and all58["change_4"] == 2 and all58["change_52"] == 2 and all58["last"] == str(datetime.date.fromisoformat(w58) + datetime.timedelta(days=6)), all58
first = rows("week.none")[0]
assert first["norm_4"] is None and first["change_4"] is None and first["norm_52"] is None, first   # nothing was read before
assert [r for r in rows("week.none") if r["period"] == "2020-05-04"][0]["norm_52"] is None
# --from: rows from there on, norms from before
late = rows("late")
assert late[0]["period"] == w58 and late[0]["norm_4"] == 2 and late[0]["norm_52"] == 2, late
# the panel: every dyad in every week, zeros and documents read
panel = list(csv.DictReader(open(t + "/panel.csv", newline="", encoding="utf-8")))
weeks = sorted({r["period"] for r in panel}); pairs = {(r["source"], r["target"]) for r in panel}
assert weeks[0] == "2020-06-01" and weeks[-1] == "2021-03-01" and len(weeks) == 40 and len(panel) == len(weeks) * len(pairs), (weeks, len(panel))
assert {("EGY", "SDN"), ("FRA", "RUS"), ("KEN", "EGY"), ("EGY", "KEN")} <= pairs, pairs
zero = [r for r in panel if r["source"] == "KEN" and r["period"] == "2020-06-08"][0]
assert zero["events"] == "0" and zero["documents"] == "4" and zero["goldstein"] == "" and zero["share"] == "0", zero
assert {(r["source"], r["target"]) for r in rows("ken")} == {("KEN", "EGY"), ("EGY", "KEN")}
END
run series --db "$T/s.db" --per year --format text
expect_out "goldstein" "the chart"
run series --db "$T/s.db" --per year --format text --table
expect_out "^period  *events" "the table"
run series --db "$T/s.db" --status future --code 20
expect_status 1 "nothing found"
expect_err "nothing found" "nothing found"
for wrong in "--per weeks" "--by actor" "--code 99" "--from 2021-02-30"; do
    # shellcheck disable=SC2086 # an option and its value
    run series --db "$T/s.db" $wrong
    expect_status 2 "$wrong"
    expect_one_line "$wrong"
done
run series --db "$T/s.db" --per weeks
expect_err "did you mean 'week'" "a misspelt period"
run series
expect_status 2 "no store"
finish
