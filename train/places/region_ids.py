#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fills the columns geonames and admin1 of lexicon/world/regions.tsv: train/places/region_ids.py DATA [REGIONS]

DATA is the data folder. A row that has an id keeps it. Towns, camps and bases get the id of the place of that name in their
country within NEAR km (gazetteer/cities.tsv), regions of kind admin1 that of gazetteer/admin1.tsv, others of the second order
(admin2.tsv) by name within the country. Ids of continents, seas and regions that those files lack: IDS, as GeoNames has them.
admin1 is that of the place found, else that of the town of the country next to the row's middle, within NEAREST km."""
import math
import os
import re
import sys
import unicodedata

DATA = sys.argv[1]
PATH = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lexicon", "world", "regions.tsv")
NEAR, NEAREST = 40, 60
IDS = dict(p.split("=") for p in (
    "africa=6255146 asia=6255147 europe=6255148 north-america=6255149 south-america=6255150 oceania=6255151 antarctica=6255152 latin-america=6255150 "
    "middle-east=6269133 north-africa=7729887 northern-europe=7729883 southern-europe=9408658 scandinavia=2614165 anatolia=323835 arctic=10941926 "
    "atlantic=3411923 pacific=4030875 indian-ocean=1545739 mediterranean=363196 black-sea=6640396 red-sea=235615 persian-gulf=235616 "
    "gulf-of-mexico=3572949 caribbean=3572951 caucasus=573081 darfur=376731 gaza-strip=281132 west-bank=285153 golan-heights=173708 "
    "abkhazia=6643410 south-ossetia=611834 nagorno-karabakh=409432 korean-peninsula=11494804 niger-delta=2328927 nile-delta=351037 normandy=2990109 "
    "sahara=2461445 urals=1488441 punjab=1167710 gilgit-baltistan=1168878 eastern-ghouta=173866 al-tanf=11614781 baikonur=1521368 guam=4043988 "
    "new-caledonia=2139685 orinoco=10793688 palais-des-nations=11777735 palestinian-territories=6254930 soviet-union=2017370 vatican=3164670 "
    "white-house=9675434 trinidad=3573591 west-coast=9881904 northern-ireland=2641364 england=6269131 wales=2634895 scotland=2638360").split())
KINDS = ("city", "base", "site", "island", "region", "admin1")
STRIP = re.compile(r" (Governorate|Province|State|Region|Oblast['’]?|Krai|Department|District|County|Prefecture|Parish|Voivodeship|Municipality|Emirate|"
                   r"Division|Territory|Sheng|Autonomous Region|Republic)$", re.I)


def rows(name):
    with open(f"{DATA}/gazetteer/{name}", encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        for line in f:
            yield dict(zip(head, line.rstrip("\n").split("\t")))


def plain(s):
    s = s.translate(str.maketrans("łøđıæœßŁØĐ", "lodiaesLOD"))
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)).lower()
    s = re.sub(r"[‘’`´ʻʼ']", "", s)
    return re.sub(r"^(al|as|ash|ar|az|at|ad|an|el)[ -]+", "", re.sub(r"[ -]+", " ", s)).strip()


def km(a, b, c, d):
    a, b, c, d = (math.radians(x) for x in (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


iso3 = {r["iso2"]: r["iso3"] for r in rows("countries.tsv")}
admin1 = {r["code"]: r["name"] for r in rows("admin1.tsv")}
near = {}
by_name = {}
for r in rows("cities.tsv"):
    c = iso3.get(r["country"])
    at = (float(r["lat"]), float(r["lon"]), r["geonameid"], STRIP.sub("", admin1.get(f"{r['country']}.{r['admin1']}", "")))
    near.setdefault(c, []).append(at)
    for n in {plain(x) for x in [r["name"], r["asciiname"]] + r["altnames"].split("|") if x}:
        by_name.setdefault((c, n), []).append(at)
region = {}
for name in ("admin2.tsv", "admin1.tsv"):
    for r in rows(name):
        c2, a1 = r["code"].split(".")[:2]
        for n in {plain(r["name"]), plain(STRIP.sub("", r["name"])), plain(r["asciiname"] or r["name"])}:
            region[iso3.get(c2), n] = (r["geonameid"], STRIP.sub("", admin1.get(f"{c2}.{a1}", "")), name)

out, given = [], 0
for line in open(PATH, encoding="utf-8"):
    if line.startswith("#"):
        out.append(line.rstrip("\n"))
        continue
    c = line.rstrip("\n").split("\t")
    c += ["-"] * (8 - len(c))
    ident, names, kind, country, lat, lon = c[:6]
    gid, a1 = c[6], c[7]
    if gid == "-" and ident in IDS:
        gid = IDS[ident]
    if kind in KINDS and country != "-":
        keys = [plain(n) for n in names.split("|")]
        keys += [plain(STRIP.sub("", n)) for n in names.split("|")]
        found = None
        if kind == "admin1":
            found = next((region[country, k] for k in keys if (country, k) in region and region[country, k][2] == "admin1.tsv"), None)
        elif kind == "city":
            hits = [(km(float(lat), float(lon), p[0], p[1]), p) for k in keys for p in by_name.get((country, k), [])]
            hits = sorted(h for h in hits if h[0] <= NEAR)
            found = (hits[0][1][2], hits[0][1][3]) if hits else None
        if found and gid == "-":
            gid = found[0]
        if found and a1 == "-" and found[1]:
            a1 = found[1]
    if a1 == "-" and kind in ("city", "base", "site") and country in near and lat != "-":
        d, p = min((km(float(lat), float(lon), p[0], p[1]), p) for p in near[country] if abs(p[0] - float(lat)) < 1 and abs(p[1] - float(lon)) < 1.5) \
            if any(abs(p[0] - float(lat)) < 1 and abs(p[1] - float(lon)) < 1.5 for p in near[country]) else (1e9, None)
        if d <= NEAREST and p[3]:
            a1 = p[3]
    given += gid != "-"
    out.append("\t".join([ident, names, kind, country, lat, lon, gid, a1 or "-"]))
with open(PATH, "w", encoding="utf-8") as f:
    f.write("\n".join(out) + "\n")
print(f"{given} of {sum(not x.startswith('#') for x in out)} rows have an id", file=sys.stderr)
