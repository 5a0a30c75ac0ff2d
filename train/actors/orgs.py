#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lexicon/world/orgs.tsv, groups.tsv from orgs.txt, groups.txt (own work), and parties.tsv from the CIA World Factbook's
list (public domain; DATA/actors/parties-factbook.tsv) beside those in orgs.txt.
   python3 train/actors/orgs.py ../shared/data"""
import csv, os, re, sys, unicodedata

COLS = ["id", "name", "phrases", "kind", "country", "cameo", "sectors", "nominals", "from", "to"]  # of a line of the lists; orgs_general.txt has its own form
HEAD = """# {file}: {what}
# columns: id	name	phrases	kind	country	cameo	sectors	from	to	nominals{source_column}
#   actor id     {actor}
#   phrases  as written, '|' between them
#   kind     {kinds}
#   country  state it belongs to, "-" international; cameo, sectors  CAMEO actor code, PLOVER sectors (',' between)
#   from, to when it exists under this heading; nominals  nouns that may stand for it after it was named ("the alliance")
{source_line}# order: by id. Made by train/actors/orgs.py from orgs.txt, orgs_general.txt and groups.txt beside it: edit those, `make tables` overwrites this file. Licence: Apache-2.0; source: {source}
# phrases: 3
"""


NO_SOURCE = dict(source_column="", source_line="")
WITH_SOURCE = dict(source_column="\tsource", source_line='#   source   general: nobody\'s list, own knowledge; "-": of the list named below\n')


def forms(ph):
    out = []
    for p in ph:
        plain = "".join(c for c in unicodedata.normalize("NFD", p) if not unicodedata.combining(c))
        for q in (p, plain):
            x = re.sub(r" +", " ", q).strip()
            if x and x not in out:
                out.append(x)
            if x.startswith("the ") and "The" + x[3:] not in out:
                out.append("The" + x[3:])
    return out


def with_media(nominals):
    """What any paper or station may be called after it was named."""
    old = [x for x in nominals.split(";") if x]
    return ";".join(old + [x for x in ("network", "broadcaster", "channel", "station", "newspaper", "paper", "daily", "outlet") if x not in old])


def read(path):
    rows = []
    for line in open(path):
        line = line.rstrip("\n")
        if not line or line[0] == "#":
            continue
        f = line.split("|")
        f += [""] * (10 - len(f))
        if len(f) != 10:
            sys.exit("%s: %d fields: %s" % (path, len(f), line))
        row = dict(zip(COLS, (x.strip() for x in f)))
        if row["kind"] == "media":
            row["nominals"] = with_media(row["nominals"])
        if row["kind"] == "igo":                         # a body of several states: that first, then what it does
            row["sectors"] = ",".join(["IGO"] + [s for s in row["sectors"].split(",") if s not in ("GOV", "IGO", "")])
        rows.append(row)
    return rows


def bearers():
    """Name of a party -> states that have one of that name (Factbook)."""
    out = {}
    if len(sys.argv) > 1:
        for row in csv.DictReader(open(os.path.join(sys.argv[1], "actors/parties-factbook.tsv")), delimiter="\t", quoting=3):
            out.setdefault(re.sub(r" \(.*", "", row["party"].strip()), set()).add(row["iso3"].strip())
    return out


def read_general(path, taken):
    """=kind|ISO3|role|sector|nominals, then 'Name; other name | Name; ...' until the next; who is in orgs.txt already is left out; @noun: nominals of one alone."""
    rows, states = [], bearers()
    for line in open(path):
        line = line.rstrip("\n")
        if line.startswith("="):
            kind, iso, role, sector, nominals = line[1:].split("|")
            iso = iso.strip("-")                             # "-": of no state
        elif line.strip() and line[0] != "#":
            for one in line.split("|"):
                one, _, own = one.partition("@")
                names = [x.strip() for x in one.split(";")]
                names = [n for n in names if n not in taken]
                if kind == "party":                              # a name that another state's party bears too: parties.tsv has both
                    names = [n for n in names if " " not in n or not states.get(n, set()) - {iso}]
                if names:
                    rows.append({"id": names[0], "name": names[0], "phrases": ";".join(names), "kind": kind, "country": iso, "cameo": iso + role,
                                 "sectors": sector, "nominals": with_media(own.strip() or nominals) if kind == "media" else own.strip() or nominals, "from": "", "to": "", "source": "general"})
                    taken.update(names)
    return rows


def write(path, head, rows):
    seen = {}
    with open(path, "w") as out:
        out.write(head)
        for r in sorted(rows, key=lambda r: r["id"].encode()):
            if r["id"] in seen:
                sys.exit("%s: id %s twice" % (path, r["id"]))
            seen[r["id"]] = 1
            ph = forms([r["name"]] + [x for x in r["phrases"].split(";") if x] if r.get("own_name", True) else r["phrases"].split(";"))
            if r["name"].startswith("the ") and r["name"] in ph:
                pass
            f = [r["id"], r["name"], "|".join(ph), r["kind"], r["country"], r["cameo"], r["sectors"], r["from"], r["to"],
                 r["nominals"].replace(";", "|")] + ([r.get("source", "")] if "/orgs.tsv" in path else [])
            out.write("\t".join(x or "-" for x in f) + "\n")
    print(path, len(seen), file=sys.stderr)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    orgs = read(os.path.join(here, "orgs.txt"))
    groups = read(os.path.join(here, "groups.txt"))
    orgs += read_general(os.path.join(here, "orgs_general.txt"), {p for r in orgs + groups for p in [r["id"], r["name"]] + r["phrases"].split(";")})
    write("lexicon/world/orgs.tsv", HEAD.format(**WITH_SOURCE, file="orgs.tsv", what="international and national organisations.", actor="org:ID",
          kinds="igo ngo gov leg jud mil spy cop party union movement church company media sport region; media and sport never act",
          source="own work"), orgs)
    write("lexicon/world/groups.tsv", HEAD.format(**NO_SOURCE, file="groups.tsv", what="named non-state groups: rebels, militias, terror groups, movements, peoples.",
          actor="group:ID", kinds="rebel militia terror movement ethnic criminal; breakaway: acts as a state while its dates last, else its words are a region's", source="own work"), groups)
    taken = {p for r in orgs + groups for p in forms([r["name"]] + r["phrases"].split(";"))}
    parties, ids = [], set()
    if len(sys.argv) > 1:
        for row in csv.DictReader(open(os.path.join(sys.argv[1], "actors/parties-factbook.tsv")), delimiter="\t", quoting=3):
            name, ab, iso = row["party"].strip(), row["abbrev"].strip(), row["iso3"].strip()
            m = re.match(r"(.*?) \((.*)\)$", name)
            names = [m.group(1), m.group(2)] if m else [name]
            names = [n for n in names if re.fullmatch(r"[A-ZÀ-Ž][^,;/\"|]{3,50}", n) and n not in taken]
            if not names or not iso or re.search(r"independent|note|none|coalition:", name, re.I):
                continue
            single = [n for n in names if " " in n]      # one word alone is too often something else
            if not single:
                continue
            ph = list(single)
            if re.fullmatch(r"[A-Z][A-Za-z\-/+]{1,7}", ab) and len(ab) > 2 and ab not in taken and ab.upper() == ab:
                ph.append(ab)
            pid = "%s.%s" % (iso, names[0])
            if pid in ids:
                continue
            ids.add(pid)
            parties.append({"id": pid, "name": single[0], "phrases": ";".join(ph), "kind": "party", "country": iso,
                            "cameo": iso + "PTY", "sectors": "PTY", "nominals": "party", "from": "", "to": ""})
    write("lexicon/world/parties.tsv", HEAD.format(**NO_SOURCE, file="parties.tsv", what="political parties; the same name may belong to several countries: the article must name the country.",
          actor="org:NAME", kinds="party", source="CIA World Factbook (public domain), edition of early 2026"), parties)


main()
