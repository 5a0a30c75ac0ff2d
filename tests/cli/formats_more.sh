#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# PLOVER's records and ACLED's columns: read back with Python's json and csv, and all tables with pandas where it is installed.
. "$SRC/tests/cli/lib.sh"
cat >"$T/n.jsonl" <<'END'
{"id":"a","published":"2021-03-02","title":"Talks","publisher":"Desk","url":"http://news.example/a","text":"Egypt attacked Sudan in Khartoum on Monday, killing 12 people. Egypt and Kenya met in Nairobi. Egypt did not attack Libya. Egypt will attack Chad. Kenya promised to send aid to Chad. Protesters demonstrated in Paris against the government. Police arrested the journalist Ann Lee in Nairobi."}
{"id":"c","text":"France criticised Germany."}
END
for f in plover acled; do
    run export --format $f "$T/n.jsonl"
    expect_status 0 "$f"
    cp "$T/out" "$T/o.$f"
    run export --codebook --format $f
    expect_status 0 "codebook of $f"
    sed -n 's/^| \([^|]*\) |.*/\1/p' "$T/out" | sed 1d >"$T/c.$f"
done
checks=$((checks + 1))
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "what was read back"
import csv, json, sys
t = sys.argv[1]
want = "id has_event date enddate actor recipient event mode aux_mode context quad_code event_scale event_text event_loc size link text text_info cite_info coder".split()
assert open(f"{t}/c.plover").read().split() == want
rows = [json.loads(l) for l in open(f"{t}/o.plover", encoding="utf-8")]
assert rows and all(set(r) <= set(want) and {"id", "date", "actor", "event"} <= set(r) for r in rows)
assert not [r for r in rows if r["cite_info"]["citation"] == "c"]     # of no day
def of(event, **k): return [r for r in rows if r["event"] == [event] and all(r.get(x) == v for x, v in k.items())]
hit = [r for r in of("ASSAULT") if r["recipient"] and r["recipient"][0].get("country_code") == "SDN"][0]
assert hit["aux_mode"] == [] and hit["date"] == "2021-03-01" and hit["event_loc"]["resolved_place"] == "Khartoum" and hit["event_loc"]["resolution"] == 4, hit
assert hit["size"] == {"dead": 12} and hit["quad_code"] == 4 and hit["text_info"]["sequence"] == 1
assert [r for r in of("ASSAULT") if r["recipient"] and r["recipient"][0].get("country_code") == "LBY"][0]["aux_mode"] == ["negation"]
assert [r for r in rows if r["aux_mode"] == ["future"]]
assert all("future" not in r["aux_mode"] for r in of("AGREE"))         # AGREE is future cooperation by itself
met = of("CONSULT")[0]
assert {a["country_code"] for a in met["actor"] + met["recipient"]} == {"EGY", "KEN"}
# ACLED
want = "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags timestamp".split()
assert open(f"{t}/c.acled").read().split() == want
rows = list(csv.DictReader(open(f"{t}/o.acled", newline="", encoding="utf-8")))
assert list(rows[0]) == want
types = {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments"}
assert all(r["event_type"] in types and r["event_date"][:4] == r["year"] for r in rows), rows
clash = [r for r in rows if r["location"] == "Khartoum"][0]
assert (clash["event_type"], clash["inter1"], clash["inter2"], clash["interaction"], clash["fatalities"], clash["country"], clash["geo_precision"]) == ("Battles", "8", "1", "18", "12", "Sudan", "1"), clash
assert [r for r in rows if r["event_type"] == "Protests" and r["inter1"] == "6"]
assert not [r for r in rows if r["actor2"] in ("Libya", "Chad")]       # did not happen, has no field for it
assert len({r["event_id_cnty"] for r in rows}) == len(rows)
END
if python3 -c 'import pandas' 2>/dev/null; then
    for f in csv tsv jsonl gdelt1 gdelt2 gdelt2-mentions icews phoenix polecat plover acled geojson; do
        "$DRAGOMAN" export --format $f "$T/n.jsonl" >"$T/p.$f" 2>"$T/err"
    done
    checks=$((checks + 1))
    python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "what pandas read"
import json, sys, pandas as pd
t = sys.argv[1]
plain = pd.read_csv(f"{t}/p.csv", dtype={"cameo": str, "cameo_root": str}, parse_dates=["date"])
assert len(plain) and plain["cameo"].str.len().min() >= 3 and str(plain["date"].dtype).startswith("datetime64")
tab = pd.read_csv(f"{t}/p.tsv", sep="\t", dtype={"cameo": str, "cameo_root": str}, parse_dates=["date"])
pd.testing.assert_frame_equal(plain, tab)
assert len(pd.read_json(f"{t}/p.jsonl", lines=True)) == len(plain)
for f, n, head in (("gdelt1", 58, None), ("gdelt2", 61, None), ("gdelt2-mentions", 16, None), ("icews", 20, 0), ("phoenix", 26, None), ("polecat", 40, 0)):
    d = pd.read_csv(f"{t}/p.{f}", sep="\t", header=head, quoting=3, dtype=str)
    assert d.shape[1] == n and len(d), (f, d.shape)
assert pd.read_csv(f"{t}/p.acled").shape[1] == 31
assert len(pd.json_normalize([json.loads(l) for l in open(f"{t}/p.plover")]))
assert len(pd.json_normalize(json.load(open(f"{t}/p.geojson"))["features"])) == len(plain)
END
else
    say "python3-pandas is not here: the formats were read with csv and json alone"
fi
finish
