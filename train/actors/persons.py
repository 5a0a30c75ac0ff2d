#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lexicon/world/persons.tsv, offices.tsv and actor_first_names.tsv.

   python3 train/actors/persons.py ../shared/data

Sources, in order of trust: terms.txt (own work), people.txt (own work), us-elected and us-diplomats (CC0), leaders-factbook and
cabinets-cia-2019-10 (public domain), leaders-wikidata-2022 (facts from Wikidata, CC0), visits-us (CC0, full names by
date), REIGN (MIT: effective leaders since 1950, family names), Phoenix (MIT: full names, spellings). REIGN's family names are
completed from the others; a spell whose full name nobody gives keeps the family name out of the table.
Not used: leaders-current (CC BY-SA), cameo-groups-NC (NC)."""
import csv, os, re, sys, unicodedata
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = sys.argv[1] + "/actors/"
COW = dict(zip("AAB ALB ALG ANG AUL AUS BAH BAR BFO BHM BHU BLZ BNG BOS BOT BRU BUI BUL CAM CAO CAP CDI CEN CHA CHL CHN COM CON COS CRO CZE CZR DEN DRC DRV EQG ETM FRN FSM GAM GDR GFR GMY GNB GRC GRG GRN GUA GUI HAI HON ICE INS IRE KOS KUW KYR KZK LAT LEB LES LIB LIE LIT MAA MAC MAD MAG MAS MAW MLD MNC MNG MON MOR MSI MYA MZM NAU NEP NEW NIG NIR NTH OMA PAL PAR PHI POR ROK ROM RVN SAF SAL SEY SIE SIN SKN SLO SLU SLV SNM SPN SRI STP SUD SVG SWA SWD SWZ TAJ TAZ THI TOG TON TRI UAE UGA UKG UKR URU USA VAN WSM YAR YEM YPR YUG ZAM ZIM LAO CUB DJI KIR KEN CAN ARM IND".split(),
 "ATG ALB DZA AGO AUS AUT BHS BRB BFA BHS BTN BLZ BGD BIH BWA BRN BDI BGR KHM CMR CPV CIV CAF TCD CHL CHN COM COG CRI HRV CZE CZE DNK COD VDR GNQ TLS FRA FSM GMB DDR DEU DEU GNB GRC GEO GRD GTM GIN HTI HND ISL IDN IRL XKX KWT KGZ KAZ LVA LBN LSO LBY LIE LTU MRT MKD MDV MDG MUS MWI MDA MCO MNE MNG MAR MHL MMR MOZ NRU NPL NZL NGA NER NLD OMN PLW PRY PHL PRT KOR ROU VNM ZAF SLV SYC SLE SGP KNA SVK LCA SVN SMR ESP LKA STP SDN VCT SWZ SWE CHE TJK TZA THA TGO TON TTO ARE UGA GBR UKR URY USA VUT WSM YEM YEM YMD SRB ZMB ZWE LAO CUB DJI KIR KEN CAN ARM IND".split()))
COW.update(BAH="BHR", MAL="MYS", SOL="SLB", FIJ="FJI")
PM_STATES = set("GBR ITA JPN IND CAN AUS NZL NOR SWE DNK NLD BEL ESP PRT GRC IRL MYS SGP THA PAK BGD NPL ISR LUX MLT FIN EST LVA CZE SVK HUN SVN BGR HRV MKD ALB MNE KHM LAO ETH JAM BRB TTO BHS GRD LCA VCT DMA ATG KNA BLZ MUS LSO PNG FJI SLB VUT TUV TON WSM LBN".split())
CHANCELLOR = {"DEU", "AUT"}
# states whose leader was no prime minister before that day: what he was, "" for a party's leader or a general
PM_LATER = {"LBN": ("1989-11", "president"), "FIN": ("2000-03", "president"), "ETH": ("1991-06", "president"), "HUN": ("1989-10", ""),
            "BGR": ("1990-01", ""), "ALB": ("1992-04", ""), "PRT": ("1974-09", ""), "ESP": ("1975-11", ""), "LAO": ("2006-01", ""), "KHM": ("1985-01", "")}
MONARCH = set("SAU JOR MAR OMN BHR KWT QAT ARE BRN SWZ BTN MCO LIE VAT".split())

OFFICES = {  # title in the sources -> office code
    "president": "president", "prime minister": "pm", "premier": "pm", "chancellor": "chancellor", "federal chancellor": "chancellor",
    "king": "monarch", "queen": "monarch", "emperor": "monarch", "emir": "monarch", "amir": "monarch", "sultan": "monarch",
    "monarch": "monarch", "grand duke": "monarch", "shah": "monarch", "supreme leader": "supreme",
    "minister of foreign affairs": "fm", "minister of defense": "defmin", "minister of national defense": "defmin",
    "minister of interior": "intmin", "minister of internal affairs": "intmin", "minister of the interior": "intmin",
    "minister of finance": "finmin", "vice president": "vicepresident", "deputy prime minister": "deputypm",
    "minister of home affairs": "intmin", "permanent representative to the un, new york": "unamb",
    "minister of external affairs": "fm", "foreign minister": "fm", "minister of foreign affairs & cooperation": "fm"}
TITLE = {"president": "president", "pm": "prime minister", "chancellor": "chancellor", "monarch": "monarch", "supreme": "supreme leader",
         "fm": "foreign minister", "defmin": "defence minister", "intmin": "interior minister", "finmin": "finance minister",
         "vicepresident": "vice president", "deputypm": "deputy prime minister", "unamb": "ambassador to the UN", "leader": "leader",
         "secgen": "secretary general", "hr": "high representative", "spokesperson": "spokesperson", "nsa": "national security adviser",
         "speaker": "speaker", "head": "head", "crownprince": "crown prince", "armychief": "army chief", "govt": "minister",
         "deputysos": "deputy secretary of state", "pontiff": "pope"}
SECTOR = {"speaker": "LEG", "chod": "MIL", "armychief": "MIL", "opposition": "OPP"}   # others: GOV
# what the ruler of a state is called, where a source says only "monarch"
RULER = {"SAU": "king", "NPL": "king", "MAR": "king", "JOR": "king", "IRQ": "king", "EGY": "king", "SWZ": "king", "KWT": "emir", "QAT": "emir",
         "BHR": "emir", "ETH": "emperor"}
LEADS = {"president", "pm", "chancellor", "supreme", "secgen", "monarch", "leader"}
SEVERAL = {"fmspokes"}                                                                # held by several at a time

plain = lambda s: "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c))
key = lambda s: re.sub(r"[^a-z]", "", plain(s).lower())
SMALL = {"de", "la", "del", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "dos", "di", "du", "e", "y", "ul", "ud", "ter", "of", "ould"}


def recase(s):
    def word(w, first):
        low = w.lower()
        if low in SMALL and not first:
            return low
        if re.match(r"(al|el|ash|an)-", low):
            return low.split("-")[0] + "-" + "-".join(x.capitalize() for x in low.split("-")[1:])
        if low.startswith("mc") and len(low) > 4:
            return "Mc" + low[2:].capitalize()
        if "'" in low and low.index("'") <= 2:
            a, b = low.split("'", 1)
            return a.capitalize() + "'" + b.capitalize()
        return "-".join(x.capitalize() for x in low.split("-"))
    return " ".join(word(w, i == 0) for i, w in enumerate(s.split()))


def uncap(s):
    """The CIA's family names in capitals: 'Mutalib bin Abdallah al-NAFISA'."""
    return " ".join(recase(w) if w.upper() == w and len(w) > 1 and not re.fullmatch(r"([A-Z]\.)+", w) else
                    re.sub(r"^(al|el)-([A-Z]+)$", lambda m: m.group(1) + "-" + m.group(2).capitalize(), w) for w in s.split())


class Person:
    __slots__ = "name iso phrases gender sectors org frm to weight own mothers".split()

    def __init__(self, name, iso):
        self.name, self.iso, self.phrases, self.gender, self.sectors, self.org = name, iso, [name], "", "", ""
        self.frm = self.to = ""
        self.weight = 1
        self.mothers = ""
        self.own = []   # names of our own lists: their family names count too


persons, by_key = {}, defaultdict(list)   # (iso, key of name) -> name
terms = []                                # owner, office, title, person, from, to, rank of the source


# a state that is gone or was parted, and those whose people were its
PARTED = {"SUN": "RUS UKR BLR MDA GEO ARM AZE KAZ UZB TKM KGZ TJK EST LVA LTU", "YUG": "SRB HRV SVN BIH MKD MNE XKX", "CSK": "CZE SVK", "DDR": "DEU",
          "YMD": "YEM", "VDR": "VNM", "SDN": "SSD", "ETH": "ERI", "IDN": "TLS", "SRB": "XKX MNE"}


def kin(a, b):
    return a == b or b in PARTED.get(a, "") or a in PARTED.get(b, "")


def namesake(old, iso):
    """Has he states, and none of them to do with this one? Then the full name is another's (Abdoulaye Diop of Senegal, of Mali)."""
    states = {persons[old].iso} | {t[0] for t in terms if t[3] == old and not t[0].startswith("@")}
    states.discard("")
    return bool(iso and states) and not any(kin(s, iso) for s in states)


def person(name, iso, weight=1, same=False, general=False):
    """same: a full name of our own lists is one person, whatever the state (Shevardnadze); of the rows without a source only if the states have to do with each other."""
    k = (iso, key(name))
    if same and not by_key[k]:
        for (c, x), ids in list(by_key.items()):
            if general:
                ids = [i for i in ids if not namesake(i, iso)] if x == k[1] else []
            if x == k[1] and ids:
                by_key[k] = list(ids)
    for old in by_key[k]:
        p = persons[old]
        p.weight = max(p.weight, weight)
        if general and not p.iso:
            p.iso = iso      # known so far by an office of no state
        return p
    uid = name
    if uid in persons:
        uid = "%s (%s)" % (name, iso)
        if uid in persons:
            return persons[uid]
    p = persons[uid] = Person(uid, iso)
    p.phrases = [name]
    p.weight = weight
    by_key[k].append(uid)
    return p


def alias(p, *names):
    for n in names:
        if n and n not in p.phrases:
            p.phrases.append(n)
            by_key[(p.iso, key(n))].append(p.name)


def span(p, frm, to):
    frm = frm or ""
    if frm and (not p.frm or frm < p.frm):
        p.frm = frm
    if not to:
        p.to = "open"
    elif p.to != "open" and to > p.to:
        p.to = to


GENERAL = 9  # rank of terms without a source: every other says it better
covered = defaultdict(list)  # (owner, office) -> [(from, to, person)] of better sources


def years(frm, to):
    return int(frm[:4]) if frm else 0, int(to[:4]) if to else 2027


def common_years(f, t, frm, to):
    """How many years two spells share; a year in which one hands over to the other is none."""
    (a, b), (c, d) = years(f, t), years(frm, to)
    return max(0, min(b, d) - max(a, c))


def general_fits(owner, office, p, frm, to):
    """A spell to the year, of nobody's list: it stands beside better ones, takes the place of a snapshot of the same person (CIA 2019), and gives way
    where another is said to have held the office for more than a third of it, or he himself over the same time."""
    a, b = years(frm, to)
    for row in [x for x in covered[(owner, office)] if common_years(x[0], x[1], frm, to) or x[0][:4] == x[1][:4] == frm[:4]]:
        if row[2] != p.name:
            if 3 * common_years(row[0], row[1], frm, to) > b - a:
                return False
        elif years(row[0], row[1])[1] - years(row[0], row[1])[0] < b - a and row[0][:4] == row[1][:4]:
            covered[(owner, office)].remove(row)
            terms[:] = [x for x in terms if not (x[0] == owner and x[1] == office and x[3] == p.name and x[4] == row[0])]
        else:
            return False
    return True


def term(owner, office, title, p, frm, to, rank):
    if rank == GENERAL and office not in SEVERAL:
        if not general_fits(owner, office, p, frm, to):
            return
    elif office not in SEVERAL:
        for f, t, who in covered[(owner, office)]:
            if frm < (t or "9") and f < (to or "9") and not (rank <= 1):
                return            # a better source already says who it was then
    same = next((x for x in terms if x[0] == owner and x[1] == office and x[4] == frm), None)   # a row's id: give the month of the later one
    if same:
        if rank == GENERAL and office not in SEVERAL and same[3] != p.name:
            print("left out: %s %s %s of %s, of whom %s has the id" % (owner, office, p.name, frm, same[3]), file=sys.stderr)
        return
    covered[(owner, office)].append((frm, to, p.name))
    terms.append((owner, office, title or (office == "monarch" and RULER.get(owner)) or TITLE.get(office, office), p.name, frm, to, rank))
    span(p, frm, to)


def rows(name):
    with open(DATA + name, newline="", errors="replace") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=3)


# The family first, but news says the last name ("Diem", "Giap", "Trong"): there are few families.
GIVEN_NAME = {"VNM": {}, "VDR": {"Ho Chi Minh": "Ho"}}
FAMILY_FIRST = {"CHN", "KOR", "PRK", "TWN", "VNM", "VDR", "KHM", "HKG", "SGP"}


def family(name, iso):
    name = re.sub(r"\s*\([A-Z]{3}\)$", "", name)
    w = name.split()
    if len(w) < 2:
        return ""
    if iso in GIVEN_NAME:
        return GIVEN_NAME[iso].get(name, w[-1])
    if iso in FAMILY_FIRST and "-" not in w[0] and len(w) <= 3:
        return w[0]
    i = len(w) - 1
    while i > 1 and w[i - 1].lower() in SMALL:
        i -= 1
    return " ".join(w[i:])


def own_terms(orgs, file="terms.txt", rank=0):
    """terms.txt: OWNER|office|title, then lines 'Name; alias|from|to|gender' until the next owner."""
    owner = office = title = None
    known = 0
    for line in open(os.path.join(HERE, file)):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("="):
            f = line[1:].split("|")
            owner, office, title = f[0].strip(), f[1].strip(), (f[2].strip() if len(f) > 2 else "")
            known = int(f[3]) if len(f) > 3 else 0   # below 4: by full names only
            continue
        if owner.startswith("@") != orgs:
            continue
        f = [x.strip() for x in line.split("|")]
        f += [""] * (5 - len(f))
        names = [x.strip() for x in f[0].split(";")]
        iso = f[4] or ("" if owner.startswith("@") else owner)
        if owner.startswith("@") and not f[4]:  # somebody with an office of a state too: the same person
            for (c, k), ids in list(by_key.items()):
                if k == key(names[0]) and c:
                    iso = c
        p = person(names[0], iso, same=True, general=rank == GENERAL, weight=known or (8 if office in LEADS and not (rank == GENERAL and orgs) else 5 if rank != GENERAL or office in ("fm", "defmin") else 3))
        alias(p, *(names if rank == GENERAL else names[1:]))
        p.own += names
        if f[3]:
            p.gender = f[3]
        if not p.sectors:
            p.sectors = SECTOR.get(office, "GOV")
        term(owner, office, title, p, f[1], f[2], rank)


def own_people():
    """people.txt: Name; alias|ISO3|sectors|org or group id|from|to|gender"""
    weight = 5
    for line in open(os.path.join(HERE, "people.txt")):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("="):
            weight = int(line[1:])
            continue
        f = [x.strip() for x in line.split("|")]
        f += [""] * (7 - len(f))
        names = [x.strip() for x in f[0].split(";")]
        p = person(names[0], f[1], weight, same=True)
        alias(p, *names[1:])
        p.own += names
        p.sectors, p.org, p.gender = f[2], f[3], f[6] or p.gender
        span(p, f[4], f[5])


def short(n, iso):
    """'Rex W. Tillerson' is Rex Tillerson when we have him; a patronymic is left out of the id."""
    m = re.fullmatch(r"([A-Z][\w'-]+) (?:[A-Z]\.|[A-Z]\w*(?:vich|vych|vna|evna|ovna)) (.+)", n)
    if not m:
        w = n.split()
        return w[0] + " " + w[2] if len(w) == 3 and by_key[(iso, key(w[0] + w[2]))] else n
    two = m.group(1) + " " + m.group(2)
    return two if by_key[(iso, key(two))] or not re.search(r" [A-Z]\. ", n) else n


def us():
    for r in rows("us-elected.tsv"):
        n = short(r["person"], "USA")
        if r["office"] in ("President", "Vice President"):
            p = person(n, "USA", 9)
            p.gender = p.gender or ("f" if n.startswith("Kamala") else "m")
            term("USA", "president" if r["office"] == "President" else "vicepresident", r["office"].lower(), p, r["from"],
                 "" if r["to"] > "2026-12" else r["to"], 2)
        else:
            p = person(n, "USA", 2 if r["office"] == "Senator" else 1)
            p.sectors = p.sectors or "LEG"
            span(p, r["from"], r["to"] if r["to"] < "2026" else "")
    for r in rows("us-diplomats.tsv"):
        n = re.sub(r"\s*\(.*?\)", "", r["person"]).strip()
        if not n or len(n.split()) < 2:
            continue
        long, n = n, short(n, "USA")
        o = r["office"]
        top = o in ("Secretary of State", "Deputy Secretary of State", "representative-to-un")
        p = person(n, "USA", 6 if o == "Secretary of State" else 3 if top else 1)
        alias(p, long)
        w = n.split()
        if len(w) == 3 and re.fullmatch(r"[A-Z]\.", w[1]):
            alias(p, w[0] + " " + w[2])
        if o == "Secretary of State":
            term("USA", "fm", "secretary of state", p, r["from"], r["to"], 2)
        elif o == "Deputy Secretary of State":
            term("USA", "deputysos", "deputy secretary of state", p, r["from"], r["to"], 2)
        elif o == "representative-to-un":
            term("USA", "unamb", "ambassador to the UN", p, r["from"], r["to"], 2)
        else:
            p.sectors = p.sectors or "GOV"
            span(p, r["from"], r["to"])


def office_of(title):
    t = title.lower().strip()
    t = re.sub(r"^(interim|acting|transitional|transition|caretaker) ", "", t)
    if t in OFFICES:
        return OFFICES[t]
    for k in sorted(OFFICES, key=len, reverse=True):
        if t.startswith(k + " of ") or t == k:
            return OFFICES[k]
    return ""


def elsewhere(name, iso):
    """Head of a territory or of a realm who is head of another state first (Charles III, the presidents of France and the USA)."""
    n = re.sub(r" of [A-Z]\w+$", "", name)
    return any(c != iso and ids and persons[ids[0]].weight >= 6 for (c, x), ids in by_key.items() if x == key(n))


def factbook():
    for r in rows("leaders-factbook.tsv"):
        o = office_of(r["title"].split(" and ")[0])
        iso = r["iso3"]
        if not o or not iso or len(r["person"].split()) < 2 and o != "monarch":
            continue
        if iso in ("AUS", "CAN", "NZL", "JAM", "BHS", "BLZ", "GRD", "KNA", "LCA", "VCT", "ATG", "PNG", "SLB", "TUV") and o == "monarch":
            continue
        if o == "monarch" and r["person"].startswith(("Charles", "Frederik", "Willem")) and iso not in ("GBR", "DNK", "NLD"):
            continue
        if not re.fullmatch(r"[A-Z]{3}", iso) or r["title"].startswith("Governor") or elsewhere(r["person"], iso):
            continue
        p = person(r["person"], iso, 6)
        w = r["person"].split()
        if len(w) == 4 and iso in ("ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN".split()):
            alias(p, w[0] + " " + w[2])
        term(iso, o, r["title"].split(" and ")[0].lower(), p, r["since"], "", 3)


def wikidata():
    for r in rows("leaders-wikidata-2022.tsv"):
        o = office_of(r["position"])
        if not o or not r["iso3"] or o == "monarch" and elsewhere(r["person"], r["iso3"]):
            continue
        p = person(r["person"], r["iso3"], 6)
        if r["from_year"]:
            term(r["iso3"], o, "", p, r["from_year"], r["to_year"] or "2022-10", 4)


def cabinets():
    for r in rows("cabinets-cia-2019-10.tsv"):
        o = office_of(r["office"])
        long = uncap(r["person"])
        n = short(long, r["iso3"])
        if r["iso3"] == "USA" or len(n.split()) < 2 or not r["iso3"]:
            continue
        if o in ("fm", "defmin", "intmin", "finmin", "president", "pm", "vicepresident", "unamb", "chancellor"):
            p = person(n, r["iso3"], 4 if o in ("fm", "president", "pm") else 2)
            alias(p, long)
            p.sectors = p.sectors or "GOV"
            w = n.split()
            if len(w) == 4 and r["iso3"] in "ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN".split():
                alias(p, w[0] + " " + w[2])
            term(r["iso3"], o, "", p, "2019-01", "2019-12", 5)
        elif r["office"] in ("Ambassador to the US",) or "Minister" in r["office"]:
            p = person(n, r["iso3"], 1)
            p.sectors = p.sectors or "GOV"
            span(p, "2018", "2020")


def phoenix():
    out = defaultdict(lambda: defaultdict(set))  # iso -> key of family -> primaries
    spells = defaultdict(list)
    names = defaultdict(set)
    for r in rows("phoenix.tsv"):
        code, n = r["code"] or "", r["name"] or ""
        if len(code) < 6 or code[3:6] not in ("GOV", "ELI", "OPP", "REB") or len(n.split()) < 2 or not r["primary"]:
            continue
        iso = {"TMP": "TLS", "KSV": "XKX", "SUN": "RUS"}.get(code[:3], code[:3])
        names[(iso, r["primary"])].add(n)
        spells[(iso, r["primary"])].append((code[3:6], r["from"] or "", r["to"] or ""))
    return names, spells


NOT_NAME = re.compile(r"\b(PRESIDENT|MINISTER|GOVERNMENT|MINISTRY|PREMIER|KING|QUEEN|SECRETARY|COUNCIL|OFFICE|DEPARTMENT|HOUSE|PRINCE|GENERAL|CHANCELLOR|SENATOR|PARTY|ARMY|FORCE|LEADER|EMIR|SHEIKH?|AMBASSADOR|CHIEF|BANK|COURT|ASSEMBLY|PARLIAMENT|THE|OF|AND|POLICE|COMMITTEE|COMMISSION|NATIONAL|PALACE|CABINET|MARSHAL|COLONEL|CAPTAIN|MAJOR|SHAH|EMPEROR|SULTAN|AYATOLLAH|HOJATOLESLAM|CITY|PROVINCE|STATE|UNITED|ADMINISTRATION|AUTHORITY|REGIME|BUREAU|CONGRESS|SENATE|DIRECTOR|AGENCY|BOARD|SERVICE|CORP|GOVERNOR|MAYOR|DR|MR|SIR)\b")


def full_names():
    """full_names.txt: OWNER|REIGN's name|full name; other spellings; NAME@YYYY: the one whose term began that year"""
    out = {}
    for line in open(os.path.join(HERE, "full_names.txt")):
        if line.strip() and not line.startswith("#"):
            owner, short_name, full = line.rstrip("\n").split("|")
            out[owner, short_name] = [x.strip() for x in full.split(";")]
    return out


def reign(names, spells, visits):
    known = full_names()
    pool = defaultdict(list)  # iso -> (family key, full, from, to)
    for p in list(persons.values()):
        pool[p.iso].append((key(family(p.name, p.iso)), p.name, p.frm or "1900", "" if p.to == "open" else p.to))
    for (iso, prim), sp in spells.items():
        if NOT_NAME.search(prim):
            continue
        g = [s for s in sp if s[0] == "GOV"] or sp
        n = recase(prim)
        if iso in FAMILY_FIRST:
            pool[iso].append((key(n.split()[0]), n, min(s[1] for s in g), max(s[2] or "2014" for s in g)))
        pool[iso].append((key(family(n, "")), n, min(s[1] for s in g), max(s[2] or "2014" for s in g)))
        w = n.split()
        if len(w) > 2:
            pool[iso].append((key(w[-2]), n, min(s[1] for s in g), max(s[2] or "2014" for s in g)))
    done = 0
    missing = []
    for r in rows("leaders-reign.tsv"):
        iso = COW.get(r["cow_abbrev"], r["cow_abbrev"])
        frm, to = r["from"], r["to"] or ""
        iso = "VNM" if iso == "VDR" and frm >= "1976-07" else iso      # the North, then all Vietnam
        fk = key(r["leader"])
        owner = "SUN" if iso == "RUS" and frm < "1991-08" else "YUG" if iso == "SRB" and frm < "2003" else \
                "CSK" if iso == "CZE" and frm < "1992-12" else iso
        last = to or "2021-03"
        full, title = None, None
        for vn, vt, vd in visits.get(iso, []):
            if frm[:7] <= vd[:7] <= last[:7] and fk and (fk in key(vn)):
                if full is None or len(vn) > len(full):
                    full, title = vn, vt
        best = None
        for k, n, a, b in pool.get(iso, []) + (pool.get("RUS", []) if owner == "SUN" else []):
            if (k == fk or key(n) == fk or (len(fk) > 4 and key(n).endswith(fk))) and (a or "1900")[:4] <= last[:4] and (b or "9999")[:4] >= frm[:4]:
                if best is None or len(n) > len(best) and n in persons:
                    best = n
        full = best or full
        ns = known.get((owner, r["leader"] + "@" + frm[:4])) or known.get((owner, r["leader"]))
        if ns:
            old = next((o for n in ns for o in by_key[(iso, key(n))] + by_key[(owner, key(n))]), None)
            full = old or ns[0]
            p = persons[old] if old else person(ns[0], owner, 7)
            alias(p, *ns)
        if not full or len(full.split()) < 2:
            missing.append((owner, r["leader"], frm, to))
            continue
        p = persons.get(full) if full in persons and persons[full].iso in (iso, owner) else person(full, iso, 7)
        p.weight = max(p.weight, 7)
        if not p.gender and r["male"] in ("0", "1"):
            p.gender = "m" if r["male"] == "1" else "f"
        p.sectors = p.sectors or "GOV"
        end = to if to else ("2021-03" if frm < "2021" else "")
        if not to and p.to == "open":
            end = ""
        term(owner, "leader", "", p, frm, end, 6)
        o = office_of(title or "") or ("pm" if iso in PM_STATES else "chancellor" if iso in CHANCELLOR else "monarch" if iso in MONARCH else
                                       "president" if owner not in ("SUN", "CSK", "DDR", "VDR", "CHN", "PRK", "CUB", "IRN", "BIH", "CHE") and
                                       not (owner == "VNM" and frm > "1976") else "")
        until, other = PM_LATER.get(owner, ("", ""))
        if o == "pm" and frm < until:
            o = other
        if full.startswith(("King ", "Sultan ")):
            o = "monarch"
        if o:
            term(owner, o, "", p, frm, end, 6)
        done += 1
    print("REIGN: %d with full names, %d without" % (done, len(missing)), file=sys.stderr)


VT = re.compile(r"^((?:Prime Minister|Deputy Prime Minister|Foreign Minister|President|King|Queen|Chancellor|Premier|Emperor|Shah|Crown Prince|Prince|Amir|Emir|Sultan|General|Chairman|General Secretary|Pope|Secretary General|Taoiseach|Acting President|Interim President|Federal Chancellor|State Chairman|Sheikh|First Secretary|Chairman of the Council|Prime Minister-designate|Interim Prime Minister) )+(.*)$")


def visits():
    out = defaultdict(list)
    iso_of = {}
    for r in rows("country-names-factbook.tsv"):
        if r["kind"] == "conventional short form":
            iso_of[key(r["value"])] = r["iso3"]
    iso_of.update({"unitedkingdom": "GBR", "russia": "RUS", "sovietunion": "RUS", "korea": "KOR", "burma": "MMR", "congodemocraticrepublicofthe": "COD",
                   "israel": "ISR", "federalrepublicofgermany": "DEU", "southvietnam": "VNM", "yugoslavia": "SRB", "czechrepublic": "CZE",
                   "southkorea": "KOR", "thegambia": "GMB", "cotedivoire": "CIV", "ivorycoast": "CIV", "turkey": "TUR", "vatican": "VAT"})
    for r in rows("visits-us.tsv"):
        m = VT.match(r["visitor"].strip())
        iso = iso_of.get(key(r["country"]), "")
        if m and iso:
            n = re.sub(r"\(.*?\)", "", m.group(2)).strip()
            n = re.sub(r"\s+(I|II|III|IV|V|VI)$", "", n) if len(n.split()) > 2 else n
            out[iso].append((n, m.group(1).strip(), r["from"]))
    return out


def spellings(names):
    """Phoenix's other spellings of persons we have; at most six each, no initials-only names."""
    for (iso, prim), ns in names.items():
        for cand in by_key.get((iso, key(prim)), [])[:1]:
            p = persons[cand]
            k = 0
            for n in sorted(ns):
                n = re.sub(r"^(PRESIDENT|PREMIER|PRIME MINISTER|SECRETARY|CHANCELLOR|KING|GENERAL|CHAIRMAN|SENATOR) ", "", n)
                if NOT_NAME.search(n) or len(n.split()) < 2 or re.search(r"[0-9/]", n) or len(n) > 40:
                    continue
                if key(n) != key(prim) and k < 6:
                    c = recase(n)
                    if c not in p.phrases:
                        p.phrases.append(c)
                        k += 1


SPANISH = set("ARG BOL CHL COL CRI CUB DOM ECU SLV GTM HND MEX NIC PAN PRY PER URY VEN ESP PHL".split())


def shorter():
    """News leaves out what stands in the middle: 'Oscar Arias (Sanchez)', 'Jorge (Rafael) Videla', 'Harold (E.) Holt'."""
    taken = defaultdict(set)
    for p in persons.values():
        for n in p.phrases:
            taken[key(n)].add(p.name)
    given = {n.split()[0] for n in persons}
    for p in persons.values():
        w = [x for x in re.sub(r" \(.*\)$", "", p.name).split() if not re.fullmatch(r"([A-Z]\.)+|Jr\.?|Sr\.?|I+|IV|VI*", x)]
        if p.weight < 6 or len(p.name.split()) < 3 or len(w) < 2 or p.iso in FAMILY_FIRST or re.search(r"\b(of|bin|ibn|al|Al|Ould)\b", p.name):
            continue
        last = w[-1]
        if p.iso in SPANISH and len(w) > 2 and w[-2].lower() not in SMALL and (len(w) > 3 or w[1] not in given):
            last = w[-2]      # the last is the mother's
            p.mothers = w[-1]
        common = last in COMMON or any(x.lower() in SMALL for x in w[1:-1])
        for n in (" ".join(w), w[0] + " " + last)[:1 if common else 2]:
            if len(n.split()) > 1 and not taken[key(n)] - {p.name} and n not in p.phrases:
                taken[key(n)].add(p.name)
                p.phrases.append(n)
        if p.mothers and not taken[key(last)] and last not in COMMON:
            p.phrases.append(last)


def forms(ph):
    out = []
    for p in ph:
        up = re.sub(r"-([a-z])", lambda m: "-" + m.group(1).upper(), p)   # Ban Ki-Moon
        for q in (p, plain(p), up if "-" in p and not re.search(r"\b[ae]l-", p) else p):
            q = q.replace("’", "'")
            for x in (q, q.replace("-", " ") if re.search(r"\b[Aa]l-|\b[Ee]l-|[a-z]-[a-z]", q) else q):
                if x not in out:
                    out.append(x)
    return out


COMMON = set("Brown Green White Black King Young Rice Bush Ford May Major Cook Straw Price Hill Wood Stone Day Mason Miller Baker Smith Jones Johnson Li Wang Zhang Chen Lee Kim Park Khan Singh Ali Ahmed Mohammed Muhammad Hassan Hussein Santos Silva Garcia Lopez Cruz Castro Martin Thomas Scott Taylor Bell Rose Church Fox Wolf Bishop Pope Prince Duke Grant Love Hope Long Short Rich Power Powers Banks Field Fields Waters Rivers Moon Star Sun Mark Paul John James George Charles Peter Michael David William Robert Richard Joseph Daniel Christian Lincoln Washington Jordan Chad Georgia Israel Paris Sudan Berlin London Moran Monday Friday March April June August Will Fall Post West East North South Marshall General Judge Justice Parliament House Home Council Case Cotton Rubin Reed Mann Born Fritz Bo Son Cam".split()) - {"Bush", "Johnson", "May", "Major", "Rice", "Brown", "Moon", "Kim", "Ford", "Castro", "Khan", "Lee", "Park", "Li", "Powell", "Baker", "Obama"}


def main():
    own_terms(False)
    own_people()
    own_terms(True)
    us()
    factbook()
    wikidata()
    cabinets()
    names, spells = phoenix()
    reign(names, spells, visits())
    own_terms(False, "terms_general.txt", GENERAL)
    own_terms(True, "terms_general.txt", GENERAL)
    spellings(names)
    shorter()
    # family names alone: only of persons whose office makes them known by it
    fams = 0
    for p in persons.values():
        for f in dict.fromkeys([family(p.name, p.iso)] + [family(x, p.iso) for x in p.own]):
            if p.weight >= 4 and f and f != p.mothers and len(f) > 2 and f not in COMMON and f[0].isupper() and f not in p.phrases and \
               not re.fullmatch(r"(I|II|III|IV|V|VI|VII|XIV|XVI|XXIII|Jr\.?)", f):
                p.phrases.append(f)
                fams += 1
            elif p.weight >= 4 and len(f) == 2 and p.iso in FAMILY_FIRST and f not in COMMON and f not in p.phrases:
                p.phrases.append(f)
    firsts = defaultdict(lambda: [0, 0])
    for p in persons.values():
        if p.gender and p.iso not in FAMILY_FIRST:
            w = p.name.split()
            if len(w) > 1 and len(w[0]) > 2 and "." not in w[0] and w[0] not in ("Sunday", "January"):  # "on Sunday Greece" is nobody
                firsts[w[0]][p.gender == "f"] += 1
    for line in open(os.path.join(HERE, "first_names.txt")):
        if line.startswith("#") or not line.strip():
            continue
        g, ns = line.split(":", 1)
        for n in ns.split():
            firsts[n] = [0, 99] if g == "f" else [99, 0]
    with open("lexicon/world/actor_first_names.tsv", "w") as out:
        out.write("# actor_first_names.tsv: first names: they open a person's name, and say he or she.\n# columns: id (name)	gender (m, f)\n"
                  "# order: by id. Made by train/actors/persons.py from first_names.txt beside it: edit that, `make tables` overwrites this file. Licence: Apache-2.0; source: own list, persons.tsv.\n")
        for n in sorted(firsts, key=lambda s: s.encode()):
            a, b = firsts[n]
            if a == 0 or b == 0:
                out.write("%s\t%s\n" % (n, "m" if a else "f"))
    head = """# persons.tsv: persons of public life, with the years in which news means them.
# columns: id (full name)	country	phrases	gender	sectors	org	from	to	weight
#   phrases  as written, '|' between: full names, spellings, and the family name alone where it is enough
#   sectors  PLOVER sectors without an office (an office of offices.tsv on the day gives GOV, a past one ELI)
#   org      org: or group: id for which the person speaks ("-": the state)
#   weight   0-9, who is meant first when a name has several owners on a day
# order: by id. Made by train/actors/persons.py (edit terms.txt and people.txt beside it, `make tables` overwrites this file) from those lists, CIA World Factbook and CIA
# World Leaders (public domain), Wikidata facts (CC0), HistoryAtState visits and pocom (CC0), congress-legislators (CC0),
# REIGN (MIT, OEFDataScience), Phoenix dictionaries (MIT, openeventdata). Licence: Apache-2.0; see NOTICE.
# phrases: 3
"""
    n = 0
    with open("lexicon/world/persons.tsv", "w") as out:
        out.write(head)
        for uid in sorted(persons, key=lambda s: s.encode()):
            p = persons[uid]
            ph = [x for x in forms(p.phrases) if not re.fullmatch(r"[A-Z]{3}", x) and "|" not in x and "\t" not in x]
            to = "" if p.to == "open" else p.to
            out.write("\t".join(x or "-" for x in [uid, p.iso, "|".join(ph), p.gender, p.sectors, p.org, p.frm, to, str(p.weight)]) + "\n")
            n += 1
    head = """# offices.tsv: who held which office when.
# columns: id (OWNER:office:from)	title	person	from	to	source
#   OWNER    ISO3 of the state, or @ID of a row of orgs.tsv.  office  code that roles.tsv uses (president, pm, fm, defmin, leader ...)
#   person   id of a row of persons.tsv; from, to  YYYY, YYYY-MM or YYYY-MM-DD, "-" open
#   source   general: nobody's list, own knowledge to the year; "-": of the sources named here
# order: by id in byte order (looked up by binary search). Made by train/actors/persons.py: edit terms.txt, terms_general.txt, full_names.txt beside it, `make tables` overwrites this file; sources and licence as persons.tsv.
# phrases: 3
"""
    seen = set()
    with open("lexicon/world/offices.tsv", "w") as out:
        out.write(head)
        for owner, office, title, who, frm, to, rank in sorted(terms, key=lambda t: ("%s:%s:%s" % t[:2] + (t[4],) if False else "%s:%s:%s" % (t[0], t[1], t[4])).encode()):
            i = "%s:%s:%s" % (owner, office, frm)
            if i in seen or not frm:
                continue
            seen.add(i)
            out.write("\t".join(x or "-" for x in [i, title, who, frm, to, "general" if rank == GENERAL else ""]) + "\n")
    print(n, "persons,", len(seen), "terms,", fams, "family names,", len(firsts), "first names", file=sys.stderr)


main()
