#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lexicon/en/roles.tsv from the groups in roles.txt (own work; PLOVER sectors and CAMEO role codes as facts).

A group: CODE kind political home [office=a|b]: phrases. Plurals are made by rule (IRREGULAR for the rest); "=" in front of
a phrase: it has no plural, or is one. A phrase with ! is political=no although its group is.
"""
import os, re, sys

SECTOR = {"GOV": "GOV", "MIL": "MIL", "COP": "COP", "JUD": "JUD", "LEG": "LEG", "REB": "REB", "OPP": "OPP", "CVL": "CVL",
          "REF": "REF", "MED": "JRN", "HLH": "MED", "EDU": "EDU", "BUS": "BUS", "LAB": "LAB", "AGR": "AGR", "CRM": "CRM",
          "ELI": "ELI", "SPY": "SPY", "UAF": "UAF", "REL": "REL", "NGO": "SOC", "PTY": "PTY", "PRM": "PRM", "IGO": "IGO",
          "": "", "SEP": "REB", "ENV": "SOC", "HRI": "SOC", "INT": "", "SRC": ""}
CAMEO = {"PRM": "UAF", "REL": "REL", "NGO": "NGO", "IGO": "IGO", "INT": "INT", "SRC": ""}
IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "chief of staff": "chiefs of staff",
             "wife": "wives", "midwife": "midwives", "housewife": "housewives", "army": "armies", "attorney general": "attorneys general", "secretary general": "secretaries general",
             "secretary-general": "secretaries-general", "governor general": "governors general", "chargé d'affaires": "chargés d'affaires",
             "charge d'affaires": "charges d'affaires", "serviceman": "servicemen", "coup": "coups", "militia": "militias",
             "prosecutor general": "prosecutors general", "aide-de-camp": "aides-de-camp", "consul general": "consuls general",
             "commander-in-chief": "commanders-in-chief", "commander in chief": "commanders in chief", "thief": "thieves",
             "head of state": "heads of state", "runner-up": "runners-up"}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "roles.txt")) as f:
    GROUPS = "".join(line for line in f if not line.startswith("# "))


def plural(p):
    if p in IRREGULAR:
        return IRREGULAR[p]
    w = p.split(" ")
    k = len(w) - 1
    for i, x in enumerate(w):
        if i and x in ("of", "for", "to", "without"):
            k = i - 1
            break
    x = w[k]
    if x in IRREGULAR:
        y = IRREGULAR[x]
    elif x.endswith("man") and x != "ombudsman" and not x.endswith("human"):
        y = x[:-3] + "men"
    elif x.endswith("arch"):    # oligarch, patriarch
        y = x + "s"
    elif re.search(r"(s|x|z|ch|sh)$", x):
        y = x + "es"
    elif re.search(r"[^aeiou]y$", x):
        y = x[:-1] + "ies"
    elif x.endswith("people"):
        y = x
    else:
        y = x + "s"
    if x == "ombudsman":
        y = "ombudsmen"
    w[k] = y
    return " ".join(w)


HEAD = """# roles.tsv: nouns for what a person, body or group of people is: with a country or organisation they make an actor.
# columns: id	phrases	kind	code	sectors	cameo	political	home	office	example	counter
#   kind       person (can be a title), people, body, member (of an organisation: "NATO allies")
#   code       ROLE of the actor id role:ISO3:ROLE; "-": said by what stands beside it ("rebel leader"), else GOV
#   political  can be source or target of an event; home  "yes": without a country it belongs to the country at hand
#   office     codes of offices.tsv, '|' between them: the holder on the day is meant ("the Russian president"); =OWNER:code
#              where there is only one ("the pope")
#   example    a phrase and the actor it must give; counter: a phrase in which it is no actor
# order: by id. Made by train/actors/roles.py from roles.txt beside it: edit that, `make tables` overwrites this file. Licence: Apache-2.0; source: own work, PLOVER and CAMEO codes as facts.
# phrases: 2
# fold: lower
"""
COUNTER = {"general": "a general election", "major": "a major city", "private": "private land", "captain": "the team captain",
           "body": "the body of the deputy was found", "force": "by force of habit", "party": "a birthday party",
           "table": "-", "division": "the division of labour", "unit": "a unit of currency", "bench": "a park bench",
           "diet": "a healthy diet", "whip": "a leather whip", "chair": "a wooden chair", "guard": "off guard", "head": "his head hurt",
           "public": "in public", "daily": "twice daily", "press": "press the button", "front": "in front of the house",
           "wing": "a broken wing", "justice": "demand justice", "speaker": "a loud speaker", "king": "king prawns",
           "mission": "mission impossible", "power": "a power cut", "tank": "a water tank", "state": "a state of shock",
           "court": "a tennis court", "school": "a school of fish", "industry": "the tourist industry", "minority": "a minority stake",
           "assembly": "an assembly line", "house": "-", "agent": "an estate agent", "jet": "a jet of water", "source": "a source of water", "insider": "insider trading"}
PEOPLE_EXAMPLE = {"person": "the Kenyan %s", "people": "Kenyan %s", "body": "the Kenyan %s", "member": "NATO %s"}


def main():
    rows, owner = {}, {}
    for line in GROUPS.strip().split("\n"):
        head, rest = line.split(": ", 1)
        f = head.split()
        code = "" if f[0] == ":generic" else f[0]
        kind, pol, home = f[1:4]
        office = f[4][7:] if len(f) > 4 else "-"
        for p in rest.split(","):
            p = p.strip()
            noplural = p.startswith("=")
            p = p.lstrip("=")
            political = "no" if p.endswith("!") else pol
            p = p.rstrip("!")
            key = p.lower()
            if key in owner:
                print("twice:", key, owner[key], code, kind, file=sys.stderr)
                continue
            owner[key] = code
            ph = [p] if noplural else [p, plural(p)]
            ph = [x for x in ph if x.lower() == key or x.lower() not in owner]
            for x in ph[1:]:
                owner[x.lower()] = code
            rid = re.sub(r"[^a-z0-9]+", "_", key).strip("_")
            if key == "people":
                rid = "people"
            ex = PEOPLE_EXAMPLE[kind] % (ph[1] if kind in ("people", "member") and len(ph) > 1 else p)
            want = "org:NATO" if kind == "member" else "role:KEN:%s" % (code or "GOV")
            if office != "-":
                ex, want = "a former Kenyan " + p, "role:KEN:ELI" if code in ("GOV", "") else want
            if code == "ELI":
                pass
            if rid in rows and rows[rid][3] == (code or "-"):    # "vice president" and "vice-president": one row
                rows[rid][1] += "|" + "|".join(ph)
                continue
            if rid in rows:
                rid += "_2"
            rows[rid] = [rid, "|".join(ph), kind, code or "-", SECTOR[code] or "-", CAMEO.get(code, code) or "-", political, home,
                         office, "%s = %s" % (ex, want), COUNTER.get(key, "-")]
    with open("lexicon/en/roles.tsv", "w") as out:
        out.write(HEAD)
        for k in sorted(rows):
            out.write("\t".join(rows[k]) + "\n")
    print(len(rows), "roles", file=sys.stderr)


main()
