#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes lexicon/world/gazetteer_towns.tsv: the towns that gazetteer.tsv leaves out, and second-order regions (counties, districts).

    train/places/make_towns.py DATA GAZETTEER > lexicon/world/gazetteer_towns.tsv

DATA is the data folder with gazetteer/{cities,admin1,admin2,countries}.tsv (GeoNames, CC BY 4.0), GAZETTEER the table made by
make_gazetteer.py, whose ids are not taken again. Towns are all of DATA: inhabitants of 500 and more, and seats. Their names are
the name, its ASCII form, and "St." and "Mt." for "Saint" and "Mount" and back; no names of other languages, so that a hamlet
does not take the name of a city. Regions are those with a middle (from their towns), by name and without "District" and the
like where no town of the country has the name."""
import importlib.util
import os
import re
import sys

DATA, GAZETTEER = sys.argv[1], sys.argv[2]
sys.argv[1:] = [DATA]
stdout, sys.stdout = sys.stdout, open(os.devnull, "w")
spec = importlib.util.spec_from_file_location("make_gazetteer", os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_gazetteer.py"))
g = importlib.util.module_from_spec(spec)
spec.loader.exec_module(g)
sys.stdout = stdout

KIND_OF_REGION = re.compile(r" (District|Raion|County|Governorate|Province|Municipality|Department|Rayon|Prefecture|Regency|Local Government Area|"
                            r"Borough|Division|Region|Commune|Parish|Qaḍāʾ|Tehsil|Cercle|Canton)$")
SWAP = [("Saint ", "St. "), ("Saint ", "St "), ("St. ", "Saint "), ("St ", "St. "), ("Mount ", "Mt. "), ("Fort ", "Ft. ")]
# a hamlet of that name is in the way of a word, a month, a person, a country
NEVER = g.WORDS | set("may june april august march sunday monday friday earth democrat republican american english french german spanish most many "
                      "son lord king moro eden rio tor mayor news media net era bell bill will hope faith joy grace read ward page rice rose"
                      " islands peninsula valley forest trail parkway hospital arena zone terrace reservoir quarter plaza mine chamber canton crescent plantation"
                      " meadows metropolis gulf".split())


def names(name, ascii_name):
    out = []
    for n in (re.sub(r" \(.*\)", "", name), ascii_name, g.plain(name), *g.BY_NAME.get(name, "").split("|")):
        n = re.sub(r"[‘’`´ʻʼ]", "'", re.sub(r"\s+", " ", n.strip()))
        if not 2 < len(n) < 41 or not n[0].isalpha() or "|" in n or n in out or n.lower() in NEVER:
            continue
        out.append(n)
        for a, b in SWAP:
            if n.startswith(a):
                out.append(b + n[len(a):])
    return list(dict.fromkeys(out))


taken = set()
towns = set()
with open(GAZETTEER, encoding="utf-8") as f:
    for line in f:
        if not line.startswith("#"):
            taken.add(line.split("\t", 1)[0])
iso3 = {r["iso2"]: r["iso3"] for r in g.rows("countries.tsv")}
admin1 = {r["code"]: r["name"] for r in g.rows("admin1.tsv")}
STRIP = re.compile(r" (Governorate|Province|State|Region|Oblast['’]?|Krai|Department|District|County|Prefecture|Parish|Voivodeship|Municipality|Emirate|"
                   r"Division|Territory|Sheng|Autonomous Region|Republic)$")
out = []
for r in g.rows("cities.tsv"):
    towns.add((r["country"], g.plain(r["name"]).lower()))
    if r["geonameid"] in taken or r["country"] not in iso3 or r["fcode"] in ("PPLH",):
        continue
    ns = names(r["name"], r["asciiname"])
    m = re.fullmatch(r"(.{4,})-(on|upon|under|next|by)-.+", r["name"])
    if m and r["country"] == "GB":
        ns.append(m[1])
    if ns and ns[0].startswith("The ") and len(ns[0]) > 8:
        ns.append(ns[0][4:])
    if ns:
        out.append((int(r["population"] or 0), int(r["geonameid"]), ns, "city", iso3[r["country"]],
                    STRIP.sub("", admin1.get(f"{r['country']}.{r['admin1']}", "-")), r["lat"], r["lon"], g.weak(ns[0]),
                    len(r["altnames"].split("|")) if r["altnames"] else 0))
for r in g.rows("admin2.tsv"):
    c, a1 = r["code"].split(".")[:2]
    if not r["lat"] or c not in iso3 or r["geonameid"] in taken:
        continue
    ns = names(r["name"], r["asciiname"])
    for n in list(ns):
        short = KIND_OF_REGION.sub("", n)
        if short != n and c != "US" and len(short) > 3 and (c, g.plain(short).lower()) not in towns and short.lower() not in NEVER:
            ns.append(short)
    if KIND_OF_REGION.search(ns[0] if ns else "") is None and ns and (c, g.plain(ns[0]).lower()) in towns:
        continue
    if ns:
        out.append((int(r["city_population"] or 0), int(r["geonameid"]), ns, "admin2", iso3[c], STRIP.sub("", admin1.get(f"{c}.{a1}", "-")), r["lat"], r["lon"],
                    g.weak(ns[0]), 0))
out.sort(key=lambda t: (-t[0], t[1]))
print("""# gazetteer_towns.tsv: smaller towns and second-order regions. Made by train/places/make_towns.py; edit the script: `make tables` overwrites
#   this file. A name that only stands here is believed with more care than one of gazetteer.tsv (src/resolve/place.c).
# Columns and order as in gazetteer.tsv; kinds: city, admin2.
# Source: GeoNames (https://www.geonames.org, CC BY 4.0), changed: rows chosen, names filtered. This table: CC BY 4.0.
# phrases: 2
# fold: lower""")
for pop, gid, ns, kind, c3, a1, lat, lon, weak, fame in out:
    print(f"{gid}\t{'|'.join(ns)}\t{kind}\t{c3}\t{a1 or '-'}\t{float(lat):.3f}\t{float(lon):.3f}\t{pop}\t{'w' if weak else '-'}\t{fame}")
