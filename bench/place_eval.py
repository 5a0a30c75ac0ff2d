#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures places on TR-News, GeoWebNews and LGL: names found, and the right place for those found.

    bench/place_eval.py RESOLVE_DUMP MODELS LEXICON DATA [--errors] [--plain] [--home]

DATA is the data folder with geo/. Found: the spans overlap. Right: the GeoNames id is equal, or the coordinates lie within
161 km (100 miles), the field's usual measure. Precision over names: a name of ours that no mark overlaps is wrong (GeoWebNews
marks uses that are no place, "Metonymic" and "Demonym", as such; they are neither counted nor held against us). The last
figure leaves out the adjectives of countries ("Turkish") that TR-News and LGL mark as places: the record has them as names.
With --home the program is told the site of each article, as it is when it reads pages."""
import json
import math
import os
import subprocess
import sys

DUMP, MODELS, LEX, DATA = sys.argv[1:5]
ERRORS = "--errors" in sys.argv
HOME = "--home" in sys.argv
PLACE = {"Literal", "Mixed", "Literal_Modifier", "Coercion", "Embedded_Literal"}


def adjectives():
    """Adjectives of countries and peoples, by DATA/gazetteer/country_names.tsv and the program's table."""
    here = os.path.dirname(os.path.abspath(__file__))
    out = set("european african asian american latin arab kurdish basque abkhaz tamil sinhalese chechen english".split())
    for line in open(f"{DATA}/gazetteer/country_names.tsv", encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if c[2] == "demonym":
            out.add(c[3].lower())
    for line in open(f"{here}/../lexicon/world/gazetteer_countries.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            out |= {a.lower() for a in line.rstrip("\n").split("\t")[9].split("|")}
    return out | {a + "s" for a in out}


def km(a, b, c, d):
    a, b, c, d = (math.radians(x) for x in (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def address(d):
    return f"https://{d['domain']}/" if HOME and d.get("domain") else None


def score(name):
    docs = [json.loads(line) for line in open(f"{DATA}/geo/{name}-train.jsonl", encoding="utf-8")]
    lines = "".join(json.dumps({"text": d["text"], "published": d.get("date"), "url": address(d)}) + "\n" for d in docs)
    cmd = [DUMP, MODELS, LEX] + (["plain"] if "--plain" in sys.argv else [])
    out = subprocess.run(cmd, input=lines, capture_output=True, text=True, check=True)
    n = found = placed = right = ours = wrong = same_id = nouns = noun_found = 0
    for d, line in zip(docs, out.stdout.splitlines()):
        got = json.loads(line)["places"]
        for t in d["toponyms"]:
            if t.get("type") and t["type"] not in PLACE:
                continue
            n += 1
            noun = t["name"].lower() not in ADJECTIVES
            hits = [p for p in got if p["start"] < t["end"] and t["start"] < p["end"]]
            found += bool(hits)
            nouns += noun
            noun_found += noun and bool(hits)
            if hits and t.get("lat") is not None:
                placed += 1
                p = hits[0]
                near = p["lat"] is not None and km(p["lat"], p["lon"], float(t["lat"]), float(t["lon"])) <= 161
                sid = p["geonames"] and str(p["geonames"]) == str(t.get("geonameid"))
                same_id += bool(sid)
                right += bool(near or sid)
                if ERRORS and not (near or sid):
                    print("  WRONG", t["name"], t.get("country"), t.get("admin1"), "->", p["name"], p["country"], p["admin1"])
            elif not hits and ERRORS:
                print("  MISSED", t["name"], t.get("type"), "|", d["text"][max(0, t["start"] - 40):t["end"] + 30].replace("\n", " "))
        for p in got:
            ours += 1
            if not any(p["start"] < t["end"] and t["start"] < p["end"] for t in d["toponyms"]):
                wrong += 1
                if ERRORS:
                    print("  SPURIOUS", p["text"], p["country"], "|", d["text"][max(0, p["start"] - 40):p["end"] + 30].replace("\n", " "))
    prec, rec = 1 - wrong / max(1, ours), found / n
    print(f"{name}: {n} names, recall {rec:.3f}, precision {prec:.3f}, F1 {2 * prec * rec / (prec + rec):.3f}; "
          f"of {placed} with coordinates right {right / max(1, placed):.3f}, same id {same_id / max(1, placed):.3f}; without adjectives recall {noun_found / nouns:.3f} of {nouns}; " + out.stderr.split("\n")[3])


ADJECTIVES = adjectives()
for corpus in ("trnews", "geowebnews", "lgl"):
    if not ERRORS or corpus in sys.argv:
        score(corpus)
