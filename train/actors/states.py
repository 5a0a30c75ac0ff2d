#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lexicon/world/states.tsv and lexicon/en/actor_words.tsv: states since 1945 and territories; their names, adjectives,
people, capitals and seats of government.

Own tables states.txt, state_regions.txt and state_past.txt (facts known to everybody), widened with long and local names of the CIA World Factbook (public domain)
when DATA/actors is given: python3 train/actors/states.py ../shared/data"""
import csv, os, re, sys, unicodedata


def lines(name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name)) as f:
        return "".join(line for line in f if not line.startswith("# "))


S = lines("states.txt")
# Parts of countries: give the country to a phrase ("Texas governor"), are no actors themselves.
REGIONS = lines("state_regions.txt")
# Words that mean something else unless the article says otherwise; cells of the column `unless`.
UNLESS = {"GEO.name": "Atlanta|Savannah|Confederate|Kemp|Raffensperger", "JOR.name": "-", "TCD.name": "-"}
# States with a Congress, a Senate or a House of their own: where the text names one of them more often than the United States, these words are theirs.
CHAMBERS = "=ARG|AUS|BEL|BLR|BOL|BRA|CAN|CHE|CHL|COL|CRI|CZE|DOM|ECU|EGY|ESP|FRA|GTM|HND|HTI|IND|IRL|ITA|JPN|KAZ|KEN|KHM|LBR|LBY|LSO|MEX|MYS|NAM|NGA|NLD|NPL|PAK|PAN|PER|PHL|POL|PRI|PRY|ROU|RWA|SLV|SWZ|THA|URY|VEN|ZAF|ZWE"
# Seats that are not the government as a whole: role row id, or @org.
ROLES = [("USA", "seat2", "Pentagon;the Pentagon", "military"), ("USA", "seat3", "Capitol;the Capitol", "congress"),
         ("USA", "seat4", "the House;the Senate;Congress;the Congress;both Houses", "congress", CHAMBERS),
          ("GBR", "seat2", "Scotland Yard;Met Police;Metropolitan Police", "police"),
         ("GBR", "seat3", "MI6;MI5;GCHQ", "intelligence_agency"), ("RUS", "seat2", "Lubyanka;the Lubyanka", "intelligence_agency")]
# What stands before the name of a warship; not those that are a word or a body besides (ARA, FS, INS, JS, RSS, SAS).
ROLES += [(iso, "seat9", marks, "navy_ship") for iso, marks in (
    ("USA", "USS;USNS;USCGC"), ("GBR", "HMS"), ("AUS", "HMAS"), ("CAN", "HMCS"), ("NZL", "HMNZS"), ("KOR", "ROKS"), ("IDN", "KRI"),
    ("BGD", "BNS"), ("PAK", "PNS"), ("PHL", "BRP"), ("DEU", "FGS"), ("TUR", "TCG"), ("DNK", "HDMS"), ("NOR", "HNoMS"), ("SWE", "HSwMS"),
    ("NLD", "HNLMS"), ("THA", "HTMS"), ("LKA", "SLNS"), ("PRT", "NRP"), ("POL", "ORP"), ("PER", "BAP"))]


def both(ph):
    out = []
    for p in ph:
        for x in (p, "".join(c for c in unicodedata.normalize("NFD", p) if not unicodedata.combining(c))):
            if x not in out:
                out.append(x)
            if x.startswith("the ") and "The" + x[3:] not in out:
                out.append("The" + x[3:])
    return out


def main():
    data = sys.argv[1] if len(sys.argv) > 1 else None
    extra, taken = {}, set()
    if data:
        for row in csv.DictReader(open(os.path.join(data, "actors/country-names-factbook.tsv")), delimiter="\t", quoting=3):
            if row["kind"] in ("conventional long form", "local long form") and row["value"] not in ("none", "NA"):
                v = re.sub(r"\(.*?\)", "", row["value"]).strip()
                if re.search(r"[()]|country name", v):
                    continue  # a remark, not a name
                if re.fullmatch(r"[^/;,]{6,60}", v) and " " in v and row["iso3"]:
                    extra.setdefault(row["iso3"], []).append(v)
    states, words = [], []
    for line in S.strip().split("\n"):
        f = line.split("|")
        iso, cameo, frm, to, kind, of, names, adj, dem, cap, seats = f
        names = [x for x in names.split(";") if x]
        states.append([iso, names[0].replace("the ", ""), cameo or iso, frm or "-", to or "-", kind or "state", of or "-"])
        taken.update(names)
        row = lambda k, ph, role="-", fr=frm, t=to, un="-": words.append(
            ["%s.%s" % (iso, k), iso, re.sub(r"\d", "", k), "|".join(both(ph)), fr or "-", t or "-", role, un])
        long = [x for x in extra.get(iso, []) if x not in names and x not in taken]
        row("name", names + long, "-", frm if kind == "historic" else "", to, UNLESS.get(iso + ".name", "-"))
        fr = "" if kind != "historic" else frm
        if adj:
            row("adj", adj.split(";"), "-", fr, to)
        if dem:
            row("demonym", dem.split(";"), "-", fr, to)
        if cap:
            row("capital", [x.lstrip("@") for x in cap.split(";")], "-", frm, to)
        if seats:
            row("seat", [x.lstrip("@") for x in seats.split(";")], "-", frm, to)
    for iso, k, ph, role, *unless in ROLES:
        words.append(["%s.%s" % (iso, k), iso, re.sub(r"\d", "", k), "|".join(both(ph.split(";"))), "-", "-", role, unless[0] if unless else "-"])
    words.append(["BEL.capital2", "BEL", "capital", "Brussels", "1973", "-", "@EU", "-"])
    for line in REGIONS.strip().split("\n"):
        iso, ph = line.split("|")
        if ph and len(iso) == 3:
            words.append([iso + ".region", iso, "region", "|".join(both([x for x in ph.split(";") if x])), "-", "-", "-", "-"])
    for k, line in enumerate(lines("state_past.txt").strip().split("\n")):
        iso, kind, ph, frm, to, *unless = line.split("|")
        un = unless[0].replace(";", "|") if unless else "-"
        words.append(["%s.%s.%d" % (iso, kind, k), iso, kind, "|".join(both(ph.split(";"))), frm, to, "-", un])
    for k, line in enumerate(x for x in open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "state_groups.txt")) if x.strip() and x[0] != "#"):
        ph, members = line.rstrip("\n").split("|")
        for n, one in enumerate(members.split(";")):
            iso, frm, to = one.split()
            words.append(["several.%d.%d" % (k, n), iso, "several", "|".join(both(ph.split(";"))), frm, to, "-", "-"])
    head = """# states.tsv: states since 1945, with those that are gone, territories and disputed states.
# columns: id (ISO 3166-1 or -3 alpha-3; VNM is South Vietnam from 1955 to 1975, VDR North Vietnam; XKX Kosovo is ours)	name	cameo	from	to	kind	of
#   from, to  YYYY, YYYY-MM or YYYY-MM-DD; "-" before 1945 or still there. kind  state, territory, disputed, historic
#   of        the state it belongs to, or that came after it
# order: by id. Made by train/actors/states.py from states.txt and state_regions.txt beside it: edit those, `make tables` overwrites this file. Licence: Apache-2.0; source: own work.
"""
    with open("lexicon/world/states.tsv", "w") as out:
        out.write(head)
        for r in sorted(states):
            out.write("\t".join(r) + "\n")
    head = """# actor_words.tsv: words for states: names, adjectives, people, capitals and seats standing for the government, regions.
# columns: id	state	kind	phrases	from	to	role	unless
#   kind    name, adj ("Russian"), demonym ("Danes"), capital ("Moscow": government or place), seat ("the Kremlin"),
#           region ("Texas": gives its country to a phrase, is no actor), several ("the two Koreas": a row for each of them)
#   phrases as written, '|' between them
#   from, to when the word means this state ("Saigon" until 1975); "-" always
#   role    "-": the state itself; the id of a row of roles.tsv (the Pentagon: military); @ORG an organisation (Brussels: EU)
#   unless  '|' between words: none of them may stand in the document ("Georgia" beside "Atlanta"); behind "+": one of them must ("the
#           Nationalists" are Taiwan beside "Quemoy"); behind "=" states: none of them may be named more often than the row's own ("the
#           Senate" is Mexico's where the text is about Mexico)
# order: by id. Made by train/actors/states.py from states.txt, state_regions.txt, state_past.txt and state_groups.txt beside it: edit those, `make tables` overwrites this file. Licence: Apache-2.0; source: own work; long and local names of countries from
# the CIA World Factbook (public domain).
# phrases: 4
"""
    with open("lexicon/en/actor_words.tsv", "w") as out:
        out.write(head)
        for r in sorted(words):
            out.write("\t".join(r) + "\n")
    print(len(states), "states,", len(words), "word rows", file=sys.stderr)


main()
