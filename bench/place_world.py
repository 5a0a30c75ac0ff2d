#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sentences about the world for bench/place_fit.c, made of the tables of places, beside what bench/place_fit.py writes of the corpora, most of
which are local papers of the United States: bench/place_world.py LEXICON >> docs.jsonl

    (bench/place_fit.py ../shared/data; bench/place_world.py lexicon) | build/place_fit models build 300

Corpus 3: a large, well known town that has namesakes, alone or with another one, among officials of other countries; it is the large one.
Corpus 4: a town of which each country has one, beside a country's adjective or name; it is that country's."""
import collections
import json
import random
import sys

ENGLISH = ("USA", "GBR", "CAN", "AUS")
ALONE = ("U.S. officials arrived in {} on Tuesday for talks about the truce.",
         "Prosecutors in {} charged three men over the attack, the United States embassy said.",
         "The British minister flew to {} and met Canadian diplomats there.",
         "American troops will leave {} by June, the government said.",
         "Police in {} broke up a march of teachers on Sunday, and the British ambassador deplored it.",
         "The Australian leader met his American counterpart in {} on Monday.")
TWO = ("American officials left {} and flew on to {}.", "Talks moved from {} to {} after the walkout.",
       "Police in {} and {} arrested nine men, the minister said.", "The bank closed its branches in {} and {} last year.")
OF_LAND = ("The {a} army deployed in {x} on Friday.", "Shops burned in {x}, where {a} police fired tear gas.",
           "The {a} government sent doctors to {x}.", "In {c}, a bomb killed two in {x}.")
Town = collections.namedtuple("Town", "people fame kind iso3 id lat lon first")


def table(path):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line[0] != "#"]


def put(corpus, text, towns):
    gold = []
    for name, t in towns:
        at = len(text[:text.index(name)].encode())
        gold.append({"start": at, "end": at + len(name.encode()), "lat": t.lat, "lon": t.lon, "id": int(t.id)})
    print(json.dumps({"text": text, "published": None, "corpus": corpus, "url": None, "gold": sorted(gold, key=lambda g: g["start"])}))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    world = sys.argv[1] + "/world/"
    named = collections.defaultdict(list)
    for name in ("gazetteer", "gazetteer_towns"):
        for c in table(world + name + ".tsv"):
            for i, x in enumerate(c[1].split("|")):
                named[x].append(Town(int(c[7]), int(c[9]), c[2], c[3], c[0], float(c[5]), float(c[6]), i == 0))
    lands = {c[0]: (c[9].split("|")[0], c[2]) for c in table(world + "gazetteer_countries.tsv")}
    k, pairs = 0, []
    for name, all_of in sorted(named.items()):
        all_of = sorted(all_of, reverse=True)
        towns = [t for t in all_of if t.kind in ("city", "capital", "seat")]
        if len(all_of) < 2 or not towns:
            continue
        t = towns[0]
        region = any(o.kind == "admin1" and o.iso3 != t.iso3 for o in all_of)
        if t.people >= 100000 and t.fame >= 5 and t.first and t.iso3 not in ENGLISH and not region and any(o.iso3 in ENGLISH for o in all_of):
            for j in range(2):
                put(3, ALONE[(k + 3 * j) % len(ALONE)].format(name), [(name, t)])
                k += 1
        if t.people >= 150000 and t.fame >= 8 and t.first and t.iso3 != "USA" and not region and any(o.iso3 == "USA" for o in all_of):
            pairs.append((name, t))
    random.Random(5).shuffle(pairs)
    for i in range(2 * len(pairs)):
        a, b = pairs[i % len(pairs)], pairs[(7 * i + 3) % len(pairs)]
        if a[0] != b[0]:
            put(3, TWO[i % len(TWO)].format(a[0], b[0]), [a, b])
    k = 0
    for name, all_of in sorted(named.items()):
        if any(o.kind == "admin1" for o in all_of):
            continue
        best = {}
        for t in sorted((o for o in all_of if o.kind in ("city", "capital", "seat")), reverse=True):
            best.setdefault(t.iso3, t)
        for t in list(best.values())[1:]:
            adjective, land = lands.get(t.iso3, ("", ""))
            if t.people >= 100000 and adjective not in ("", "-"):
                put(4, OF_LAND[k % len(OF_LAND)].format(a=adjective, x=name, c=land), [(name, t)])
                k += 1


if __name__ == "__main__":
    main()
