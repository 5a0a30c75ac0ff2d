#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The formats of other producers: read back with Python's csv, as many columns as they have, in their order, with their traps.
. "$SRC/tests/cli/lib.sh"
cat >"$T/n.jsonl" <<'END'
{"id":"a","published":"2021-03-02","title":"Talks\tbegin","publisher":"The \"Desk\"","url":"http://news.example/a?x=1","text":"Egypt attacked Sudan in Khartoum on Monday, killing 12 people. Egypt and Kenya met in Nairobi. Egypt did not attack Libya. Egypt will attack Chad. France apologised to Algeria. Protesters demonstrated in Paris against the government."}
{"id":"b","published":"1989-03-03","text":"France and Germany imposed sanctions on Russia. France broke off talks with Germany."}
{"id":"c","text":"France criticised Germany."}
END
for f in gdelt1 gdelt2 gdelt2-mentions icews phoenix polecat geojson; do
    run export --format $f "$T/n.jsonl"
    expect_status 0 "$f"
    cp "$T/out" "$T/o.$f"
    run export --codebook --format $f
    expect_status 0 "codebook of $f"
    sed -n 's/^| \([^|]*\) |.*/\1/p' "$T/out" | sed 1d >"$T/c.$f"
done
for s in iso cow fips cameo; do
    "$DRAGOMAN" export --scheme $s "$T/n.jsonl" >"$T/s.$s" 2>/dev/null
done
run export --format gdelt1 --status future "$T/n.jsonl"
cp "$T/out" "$T/future"
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
for f in gdelt2 icews phoenix; do
    "$DRAGOMAN" export --db "$T/s.db" --format $f >"$T/d.$f" 2>"$T/err"
    checks=$((checks + 1))
    LC_ALL=C sort "$T/o.$f" >"$T/1" && LC_ALL=C sort "$T/d.$f" >"$T/2"
    diff "$T/1" "$T/2" >"$T/err" || bad "$f of a store is not that of the files"
done
checks=$((checks + 1))
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "what was read back"
import csv, json, sys
t = sys.argv[1]
ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
def geo(who, adm2): return [f"{who}Geo_{x}" for x in ["Type", "FullName", "CountryCode", "ADM1Code"] + adm2 + ["Lat", "Long", "FeatureID"]]
def gdelt(adm2):
    return ("GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split() + ["Actor1" + x for x in ACTOR] + ["Actor2" + x for x in ACTOR]
            + "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone".split()
            + geo("Actor1", adm2) + geo("Actor2", adm2) + geo("Action", adm2) + ["DATEADDED", "SOURCEURL"])
want = {"gdelt1": gdelt([]), "gdelt2": gdelt(["ADM2Code"]),
  "gdelt2-mentions": "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras".split(),
  "icews": "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude".split("|"),
  "phoenix": "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass GoldsteinScore Issues Lat Lon LocationName StateName CountryCode SentenceID URLs NewsSources".split(),
  "polecat": "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version".split("|")}
def read(name, f):
    rows = list(csv.reader(open(f"{t}/{name}", newline="", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    if f in ("icews", "polecat"):
        assert rows.pop(0) == want[f], f
    assert all(len(r) == len(want[f]) for r in rows), (f, {len(r) for r in rows})
    return [dict(zip(want[f], r)) for r in rows]
got = {f: read("o." + f, f) for f in want}
for f in want:
    assert [l.rstrip("\n") for l in open(f"{t}/c.{f}", encoding="utf-8")] == want[f], f
    ids = [r.get("GLOBALEVENTID") or r.get("Event ID") or r.get("EventID") for r in got[f]]
    assert got[f] and len(set(ids)) == len(ids), f
g = got["gdelt2"]
assert {r["GLOBALEVENTID"] for r in g} == {r["GLOBALEVENTID"] for r in got["gdelt2-mentions"]} == {r["GLOBALEVENTID"] for r in got["gdelt1"]}
assert all(0 < int(r["GLOBALEVENTID"]) < 2 ** 53 for r in g)
# what did not happen is not there; asked for, it is
assert not [r for r in g if r["Actor2CountryCode"] in ("LBY", "TCD")]
assert [r for r in read("future", "gdelt1") if r["Actor2CountryCode"] == "TCD"]
assert not [r for r in got["icews"] if r["Event Date"] == ""]
# dates
for r in got["gdelt1"] + g:
    y, m, d = int(r["SQLDATE"][:4]), int(r["SQLDATE"][4:6]), int(r["SQLDATE"][6:])
    assert r["FractionDate"] == "%.4f" % (y + ((m - 1) * 30 + d) / 365) and r["MonthYear"] == r["SQLDATE"][:6] and r["Year"] == r["SQLDATE"][:4]
    assert r["EventRootCode"] == r["EventCode"][:2] and r["EventBaseCode"] == r["EventCode"][:3]
    assert "." in r["GoldsteinScale"] and r["Actor1Name"] == r["Actor1Name"].upper()
assert all(len(r["DATEADDED"]) == 14 for r in g) and all(len(r["DATEADDED"]) == 8 for r in got["gdelt1"])
# the place: FIPS, a town of the world; none: type 0 and nothing behind it
hit = [r for r in g if r["EventRootCode"] == "19" and r["Actor2CountryCode"] == "SDN"][0]
assert hit["SQLDATE"] == "20210301" and hit["ActionGeo_Type"] == "4" and hit["ActionGeo_CountryCode"] == "SU" and hit["ActionGeo_FullName"].endswith("Sudan"), hit
assert all(r["ActionGeo_Type"] != "0" or not any(r["ActionGeo_" + k] for k in ("FullName", "CountryCode", "Lat", "Long")) for r in g)
# classes of the producers: root 16, root 14, root 09
def one(f, code, root): return [r for r in got[f] if r[code][:2] == root]
assert {r["QuadClass"] for r in one("gdelt2", "EventCode", "16")} == {"4"} and {r["QuadClass"] for r in one("phoenix", "EventCode", "16")} == {"3"}
assert {r["QuadClass"] for r in one("gdelt2", "EventCode", "14")} == {"3"} and {r["QuadClass"] for r in one("phoenix", "EventCode", "14")} == {"4"}
# meetings stand twice, with sides exchanged
met = {(r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in one("gdelt2", "EventCode", "04")}
assert {("EGY", "KEN"), ("KEN", "EGY")} <= met, met
# POLECAT: a row an event, both in actor
p = [r for r in got["polecat"] if r["Event Type"] == "CONSULT" and "KEN" in r["Actor Country"] + r["Recipient Country"]]
assert len(p) == 1, p
# COW by date
cow = [r for r in got["polecat"] if r["Event Date"].startswith("1989") and r["Actor Country"] == "FRA;DEU"]
assert cow and cow[0]["Actor COW"] == "220;260", cow
def plain(s): return list(csv.DictReader(open(f"{t}/s.{s}", newline="", encoding="utf-8")))
iso, by = plain("iso"), {s: plain(s) for s in ("cow", "fips", "cameo")}
codes = {("FRA", "cow"): "220", ("FRA", "fips"): "FR", ("DEU", "fips"): "GM", ("SDN", "fips"): "SU", ("KEN", "cow"): "501", ("EGY", "cow"): "651", ("EGY", "cameo"): "EGY"}
seen = set()
for i, r in enumerate(iso):
    for s, rows in by.items():
        k = (r["source_country"], s)
        if k in codes:
            seen.add(k)
            assert rows[i]["source_country"] == codes[k], (k, rows[i]["source_country"])
assert len(seen) > 4, seen
# GeoJSON: longitude first
geo = json.load(open(f"{t}/o.geojson", encoding="utf-8"))
assert geo["type"] == "FeatureCollection" and len(geo["features"]) == len(iso)
at = [x for x in geo["features"] if x["properties"]["place"] == "Khartoum"][0]
assert at["type"] == "Feature" and at["geometry"]["type"] == "Point" and 32 < at["geometry"]["coordinates"][0] < 33 and 15 < at["geometry"]["coordinates"][1] < 16
assert any(x["geometry"] is None for x in geo["features"])
END
run export --scheme isso "$T/n.jsonl"
expect_status 2 "an unknown scheme"
expect_err "unknown scheme 'isso'" "an unknown scheme"
finish
