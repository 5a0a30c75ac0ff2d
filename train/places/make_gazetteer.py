#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes lexicon/world/gazetteer.tsv from GeoNames and Natural Earth extracts.

    train/places/make_gazetteer.py DATA > lexicon/world/gazetteer.tsv

DATA is the data folder with gazetteer/{cities,admin1,natural,countries}.tsv (GeoNames, CC BY 4.0; Natural Earth, public
domain; docs/stages/place.md says where the originals are) and ner/gmb-train.tsv (Groningen Meaning Bank), from which only
counts are taken: which names are more often words or persons than places in news ("Nice", "Reading", "Jackson").

Which cities: all seats of countries and first-order regions, and the rest above a number of inhabitants that is low where
news of conflict comes from and high elsewhere. Which names: the name, its ASCII form, the name without an Arabic article,
and other Latin forms whose consonants are nearly the same ("Kharkov", "Deraa"); far exonyms that English news uses stand in
lexicon/world/regions.tsv and places of ours in EXTRA."""
import collections
import re
import sys
import unicodedata

DATA = sys.argv[1]

# Inhabitants from which a place is taken, by country; everything else DEFAULT.
DEFAULT = 15000
LOW = {c: 1000 for c in "UA SY IQ YE PS LB AF AM AZ GE LY SD SS SO ML NE BF TD CF CD MM XK ER ET IL IR PK HT MD CY KP".split()}
LOW.update({c: 3000 for c in "BA RS HR AL MK ME MR DJ BI RW UG KE MZ ZW CM NG CI LR SL GN SN TN DZ EG JO SA QA AE KW BH OM TJ KG TM UZ "
                             "BD LK NP BT KH LA VN TH PH TL PG CO VE EC PE BO GT HN SV NI CU BY EE LV LT TR GR IE TW KR MN IN CN RU".split()})
LOW["RU"] = 15000
LOW["CN"] = 30000
LOW["IN"] = 15000
LOW["TR"] = 8000
LOW["PH"] = LOW["VN"] = LOW["TH"] = LOW["BD"] = LOW["EG"] = 15000
LOW["NG"] = 10000
LOW["PE"] = LOW["CO"] = LOW["VE"] = LOW["EC"] = LOW["GR"] = 8000
LOW["US"] = 20000
for c in "DE FR ES IT GB JP BR MX PL NL BE AR".split():
    LOW[c] = 20000

ARTICLE = re.compile(r"^(al|as|ash|ar|az|at|ad|an|el)[ -](?=[A-Z‘'`])", re.I)
OWN_ALT = {  # GeoNames id -> forms that news uses and the rule below would not find or would drop
    703448: "Kiev", 1275339: "Bombay", 1275004: "Calcutta", 1298824: "Rangoon", 1566083: "Saigon", 112931: "Teheran",
    1816670: "Peking", 1809858: "Canton", 2988507: "", 5128581: "New York|NYC", 4140963: "Washington|Washington, D.C.|Washington D.C.|Washington DC|D.C.|D.C .",
    5368361: "LA|L.A.", 745044: "Constantinople", 1264527: "Madras", 6611854: "Naypyidaw|Nay Pyi Taw", 586523: "Artsakh",
    585226: "Stepanakert|Khankendi", 709717: "Donetsk", 693805: "Simferopol", 702658: "Lugansk|Luhansk", 709930: "Dnipro|Dnepropetrovsk|Dnipropetrovsk",
    97990: "", 100077: "Hillah|Hilla", 98717: "Karbala|Kerbala", 99532: "Kirkuk", 94787: "", 172955: "Raqqa|Rakka|Raqa", 174186: "",
    281184: "Jerusalem", 293397: "Tel Aviv", 281133: "Gaza City", 108410: "Riyadh", 109223: "Medina", 104515: "Mecca",
    79415: "", 71137: "Sanaa|Sana'a|Sana", 79836: "", 72966: "", 415189: "", 160263: "", 98182: "Baghdad", 99069: "Mosul",
    1138958: "Kabul", 1133616: "Mazar-e-Sharif|Mazar-i-Sharif|Mazar", 1138336: "Kandahar|Qandahar", 1139715: "Jalalabad",
    53654: "Mogadishu", 365137: "Omdurman", 379252: "Khartoum", 344979: "Addis Ababa", 2460596: "Bamako", 2449067: "Timbuktu|Tombouctou",
    2331447: "Maiduguri", 2210247: "Tripoli", 88319: "Benghazi", 3196359: "Ljubljana", 3191281: "Sarajevo", 786714: "Pristina|Prishtina",
    3204541: "", 792680: "Belgrade", 524901: "Moscow", 498817: "St. Petersburg|St Petersburg|Leningrad", 472757: "Volgograd|Stalingrad",
    2643743: "London", 3143244: "Oslo", 2800866: "Brussels", 2660646: "Geneva", 2761369: "Vienna", 2759794: "Amsterdam",
    2747373: "The Hague|Hague", 3128760: "Barcelona", 2867714: "Munich", 2886242: "Cologne", 3067696: "Prague", 756135: "Warsaw",
    683506: "Bucharest", 264371: "Athens", 3169070: "Rome", 3173435: "Milan", 3176959: "Florence", 3164603: "Venice", 3172394: "Naples",
    2267057: "Lisbon", 2618425: "Copenhagen", 360630: "Cairo", 361058: "Alexandria", 611717: "Tbilisi|Tiflis", 616052: "Yerevan",
    587084: "Baku", 1871859: "", 1880251: "", 1850147: "Tokyo", 1853909: "Osaka", 1835848: "Seoul", 1871858: "Pyongyang|P'yongyang",
    1668341: "Taipei", 1821306: "", 1821274: "Macau|Macao", 1821275: "", 1819729: "Hong Kong", 3530597: "Mexico City", 3703443: "Panama City",
    2240449: "", 2357048: "Ouagadougou", 2422465: "Conakry", 2293538: "Abidjan", 2314302: "Kinshasa|Leopoldville", 184745: "Nairobi",
    1174872: "Karachi", 1176615: "Islamabad", 1172451: "Lahore", 1168197: "Peshawar", 1255634: "Srinagar", 1261481: "New Delhi", 1273294: "Delhi",
    1642911: "Jakarta", 1701668: "Manila", 1581130: "Hanoi", 1609350: "Bangkok", 1821993: "Phnom Penh", 170654: "Damascus", 170063: "Aleppo",
    169577: "Homs", 276781: "Beirut", 250441: "Amman", 285787: "Kuwait City", 290030: "Doha", 292968: "Abu Dhabi", 292223: "Dubai",
    287286: "Muscat", 290340: "Manama", 2507480: "Algiers", 2464470: "Tunis", 2538475: "Rabat", 2553604: "Casablanca",
    # names of old standing in English that share no consonants with the local one
    2711537: "Gothenburg", 2861650: "Nuremberg", 2803138: "Antwerp", 2797656: "Ghent", 2800931: "Bruges", 2792482: "Leuven|Louvain",
    2791537: "Mechelen|Mechlin", 2794055: "Kortrijk|Courtrai", 2795100: "Ieper|Ypres", 3174659: "Livorno|Leghorn", 2510911: "Seville",
    3104324: "Zaragoza|Saragossa", 3119841: "A Coruña|Corunna|La Coruña", 2735943: "Porto|Oporto", 3094802: "Kraków|Cracow",
    3099434: "Gdańsk|Danzig", 3083829: "Szczecin|Stettin", 2624652: "Aarhus", 734077: "Thessaloníki|Salonica|Salonika", 1799962: "Nanjing|Nanking",
    1792947: "Tianjin|Tientsin", 2034937: "Shenyang|Mukden", 1583992: "Da Nang|Danang", 2548885: "Fès|Fez", 2530335: "Tangier|Tangiers",
    1838524: "Busan|Pusan", 1835329: "Daegu|Taegu", 1717512: "Cebu City|Cebu", 3533462: "Acapulco de Juárez|Acapulco", 2659811: "Luzern|Lucerne",
    2661604: "Basel|Basle", 2661552: "Bern|Berne", 2910831: "Hannover|Hanover", 2886946: "Koblenz|Coblenz", 3171728: "Padua", 3174051: "Mantua",
    3020686: "Dunkerque|Dunkirk", 2995469: "Marseille|Marseilles", 2984114: "Reims|Rheims", 2620473: "Helsingør|Elsinore", 3191648: "Rijeka|Fiume",
    3184081: "Shkodër|Scutari", 3185728: "Durrës|Durazzo", 675810: "Iaşi|Jassy", 681290: "Cluj-Napoca|Cluj", 747712: "Edirne|Adrianople",
    738648: "Trabzon|Trebizond", 268064: "Sidon|Saida", 273203: "Jbaïl|Jbeil", 1790645: "Xiamen|Amoy", 1253573: "Vadodara|Baroda",
    1253405: "Varanasi|Benares", 1267995: "Kanpur|Cawnpore", 1254163: "Thiruvananthapuram|Trivandrum", 1265873: "Kozhikode|Calicut",
    1259425: "Puducherry|Pondicherry", 1271476: "Guwahati|Gauhati", 1621177: "Yogyakarta|Jogjakarta", 1308465: "Mawlamyine|Moulmein",
    922704: "Lubumbashi|Elisabethville", 212730: "Kisangani|Stanleyville", 694423: "Sevastopol|Sebastopol", 700569: "Mykolayiv|Nikolaev",
    501175: "Rostov-na-Donu|Rostov", 627907: "Homyel'|Gomel", 255683: "Patras", 3941584: "Cusco|Cuzco", 1205733: "Chattogram|Chittagong",
    618426: "Chisinau|Kishinev", 687700: "Zaporizhzhya|Zaporizhzhia|Zaporozhye", 331180: "Mek'ele|Mekelle", 791646: "Gjakovë|Gjakova",
    298333: "Şanlıurfa|Urfa",
    1185241: "Dhaka|Dacca", 1040652: "Maputo|Lourenço Marques|Lourenco Marques", 1528675: "Bishkek|Frunze", 162183: "Ashgabat|Ashkhabad",
    1796236: "Shanghai", 706483: "Kharkov", 698740: "Odessa", 702550: "Lvov|Lemberg", 706448: "Kherson", 701822: "Mariupol",
}
BY_NAME = {"Newcastle upon Tyne": "Newcastle", "Kingston upon Hull": "Hull", "Frankfurt am Main": "Frankfurt", "Nur-Sultan": "Astana", "Ciudad de México": "Mexico City",
           "Ho Chi Minh City": "Saigon|Ho Chi Minh", "Port-au-Prince": "Port au Prince", "Quezon City": "Quezon", "Washington, D.C.": "Washington",
           "Gaillimh": "Galway", "An Muileann gCearr": "Mullingar", "Cluain Meala": "Clonmel", "Cill Airne": "Killarney", "Droichead Nua": "Newbridge",
           "Trá Mhór": "Tramore", "Leifear": "Lifford", "Bearna": "Barna", "Greater Sudbury": "Sudbury", "Enfield Town": "Enfield"}
ABBREVIATED = dict(p.split("=") for p in "Alabama=Ala. Arizona=Ariz. Arkansas=Ark. California=Calif. Colorado=Colo. Connecticut=Conn. Delaware=Del. Florida=Fla. "
                   "Georgia=Ga. Illinois=Ill. Indiana=Ind. Kansas=Kan. Kentucky=Ky. Louisiana=La. Maryland=Md. Massachusetts=Mass. Michigan=Mich. Minnesota=Minn. "
                   "Mississippi=Miss. Missouri=Mo. Montana=Mont. Nebraska=Neb. Nevada=Nev. Oklahoma=Okla. Oregon=Ore. Pennsylvania=Pa. Tennessee=Tenn. Texas=Tex. "
                   "Vermont=Vt. Virginia=Va. Washington=Wash. Wisconsin=Wis. Wyoming=Wyo. Alberta=Alta. Manitoba=Man. Ontario=Ont. Quebec=Que. Saskatchewan=Sask.".split())
ABBREVIATED.update({"New Hampshire": "N.H.", "New Jersey": "N.J.", "New Mexico": "N.M.", "New York": "N.Y.", "North Carolina": "N.C.", "North Dakota": "N.D.",
                    "Rhode Island": "R.I.", "South Carolina": "S.C.", "South Dakota": "S.D.", "West Virginia": "W.Va.|W. Va.", "British Columbia": "B.C.",
                    "Newfoundland and Labrador": "Newfoundland", "New Brunswick": "N.B.", "Nova Scotia": "N.S."})
NOT_LATIN = set("UA SY IQ YE PS LB AF AM AZ GE LY SD SS SO MM ER ET IL IR PK EG JO SA QA AE KW BH OM TJ KG TM UZ BD LK NP KH LA TH CN RU "
                "BY KR KP IN DZ TN MA BG GR MK RS KZ MN JP".split())


def rows(name):
    with open(f"{DATA}/gazetteer/{name}", encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        for line in f:
            yield dict(zip(head, line.rstrip("\n").split("\t")))


def plain(s):
    s = s.translate(str.maketrans("łøđıæœßŁØĐ", "lodiaesLOD"))
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c))
    return re.sub(r"[‘’`´ʻʼ]", "'", s)


def ascii_only(s):
    return all(ord(c) < 128 for c in s)


def bones(s):
    """Consonants, with letters that transliterations swap made equal."""
    s = plain(s).lower()
    s = ARTICLE.sub("", s)
    for a, b in (("kh", "h"), ("gh", "g"), ("dj", "j"), ("dzh", "j"), ("ch", "c"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("th", "t"),
                 ("dh", "d"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("c", "k"), ("w", "v"), ("x", "k"), ("z", "s")):
        s = s.replace(a, b)
    s = re.sub(r"[aeiouyh' .-]", "", s)
    return re.sub(r"(.)\1", r"\1", s)


def casing():
    """How often each word of news is lower case, a person, a place."""
    low, per, loc = collections.Counter(), collections.Counter(), collections.Counter()
    with open(f"{DATA}/ner/gmb-train.tsv", encoding="utf-8") as f:
        for line in f:
            p = line.rstrip("\n").split("\t")
            if len(p) < 2:
                continue
            if p[0][:1].islower() and p[1] == "O":
                low[p[0]] += 1
            elif p[1].endswith("PER"):
                per[p[0].lower()] += 1
            elif p[1].endswith(("LOC", "NORP")):
                loc[p[0].lower()] += 1
    return low, per, loc


LOWC, PERC, LOCC = casing()
NAMES = set("james john robert michael william david richard joseph thomas charles mary patricia linda barbara elizabeth maria ali hassan "
            "hussein omar ahmed mohammed ibrahim abdullah carlos jose juan luis pedro miguel francisco anna martin peter paul mark george "
            "kennedy lincoln jackson madison franklin clinton bush obama trump biden carter nixon ford reagan johnson wilson taylor "
            "young king bishop pope prince duke hunter mason carson hudson austin houston dallas warren morgan logan florence victoria "
            "charlotte regina sofia santiago lima leon salvador aurora diana elena sara nadia jordan israel chelsea paris lansing gary bryan "
            "irving arlington garland allen bradley crawford douglas murray perry stuart stanley sterling walker windsor york kent lancaster "
            "sanders gore powell bolton blair brown thatcher major cameron hamilton monroe tyler pierce grant hayes arthur cleveland harding "
            "roosevelt truman marshall patton custer lee grey black white green long short rice cheney pelosi mandela castro chavez "
            "maduro morales lula santos franco salazar peron allende garcia lopez perez rodriguez martinez hernandez".split())
WORD_TOWN = 40000  # a town with the name of a word is kept, as weak, from so many inhabitants on (Hull, Reading)
WORDS = set("of the and police force union central independence liberty most best male split nice bath mobile orange hope man march sale reading "
            "union deal hull cork wells wash ham eye bar van god san santa general media dial date data manage para same bent home "
            "roman ran sit moss along battle mission sun star era sur sum tank bank sal sol north south east west northern southern "
            "eastern western university college temple church federal republic kingdom state states city town village center centre "
            "meta maru crystal falcon lakes wildlife vale tiger western lakeside station gate tower rose pearl diamond golden silver green lime free plain plateau maritime capital rivers delta mon van lake river mountain bay island beach park hill hills spring springs falls fort port harbor crown commerce "
            "progress enterprise industry federation democrat democratic president senate house congress united nations war peace "
            "army navy air security council board court supreme justice law street road square palace castle bridge "
            "opposition speaker assembly parliament minister ministry agency press post times guardian independent".split())


def weak(name):
    """Is the name more often something else?"""
    w = name.lower()
    if w in WORDS or w in NAMES:
        return True
    if " " in w or "-" in w:
        first = w.split()[0]
        return first in NAMES and len(w.split()) == 2 and PERC[w.split()[1]] > LOCC[w.split()[1]]
    return LOWC[w] >= 3 or PERC[w] > LOCC[w] or len(w) <= 3


def names_of(name, ascii_name, alts, pop, country, gid):
    out, seen = [], set()

    def add(n):
        n = re.sub(r"\s+", " ", n.strip())
        n = re.sub(r"[‘’`´ʻʼ]", "'", n)
        if not 2 < len(n) < 41 or not n[0].isalpha() or n.lower() in seen or "|" in n:
            return
        seen.add(n.lower())
        out.append(n)
        p = plain(n)
        if p != n and p.lower() not in seen:
            seen.add(p.lower())
            out.append(p)
        if "'" in n:
            add(n.replace("'", ""))

    for n in [x for x in OWN_ALT.get(gid, "").split("|") if x]:
        add(n)
    for n in BY_NAME.get(name, "").split("|"):
        add(n)
    add(re.sub(r" \(.*\)", "", name))
    if ascii_name:
        add(ascii_name)
    for n in list(out):
        m = ARTICLE.match(n)
        if m and country not in ("US", "MX", "ES", "BR") and len(n) - m.end() > 3:
            rest = n[m.end():].lstrip("‘'`")
            add(rest[:1].upper() + rest[1:])
            add("al-" + rest if n[:2].lower() == "al" else n[:m.end() - 1] + "-" + rest)
            add("Al-" + rest)
            add("Al " + rest)
    for n in list(out):
        if "-" in n:
            add(n.replace("-", " "))
        if n.startswith("Saint "):
            add("St. " + n[6:])
            add("St " + n[6:])
    if country not in NOT_LATIN:
        return out
    base = bones(name)
    limit = len(out) + (6 if pop > 100000 else 4)
    alts = sorted((a for a in alts if ascii_only(a) and re.fullmatch(r"[A-Z][A-Za-z' .-]{2,}", a)), key=lambda a: (bones(a) != base, len(a)))
    for a in alts:
        if len(out) >= limit:
            break
        if bones(a) == base and not weak(a) and len(base) > 1:
            add(a)
            if "-" in a:
                add(a.replace("-", " "))
    return out


def main():
    iso3 = {r["iso2"]: r["iso3"] for r in rows("countries.tsv")}
    admin1 = {r["code"]: r for r in rows("admin1.tsv")}
    out = []
    taken = set()
    for r in rows("cities.tsv"):
        c, pop, code = r["country"], int(r["population"] or 0), r["fcode"]
        if c not in iso3 or code in ("PPLX", "PPLH"):
            continue
        seat = code in ("PPLC", "PPLA", "PPLG")
        if not seat and pop < LOW.get(c, DEFAULT) and int(r["geonameid"]) not in OWN_ALT:
            continue
        if seat and pop < 500 and code == "PPLA" and c in ("SI", "MT", "LV", "CH", "IE", "GB", "MK", "AD", "BM", "SM", "LI"):
            continue
        if r["name"].lower() in WORDS and not seat and pop < WORD_TOWN:
            continue
        names = names_of(r["name"], r["asciiname"], r["altnames"].split("|"), pop, c, int(r["geonameid"]))
        if not names:
            continue
        a1 = admin1.get(f"{c}.{r['admin1']}")
        kind = "capital" if code == "PPLC" else "seat" if code == "PPLA" else "city"
        strong = [n for n in names if not weak(n)]
        out.append((kind, pop, int(r["geonameid"]), names, iso3[c], a1["name"] if a1 else "-", r["lat"], r["lon"], not strong or weak(names[0]), len(r["altnames"].split("|")) if r["altnames"] else 0))
        taken.add(plain(names[0]).lower())
    for code, r in admin1.items():
        c = code.split(".")[0]
        if c not in iso3 or not r["lat"]:
            continue
        name = r["name"]
        short = re.sub(r"^(Muḩāfaz̧at|Muhafazat|Wilayat|Wilaya|Province of|State of|Governorate|Region of|Oblast|Departamento del?|Provincia del?|Estado de) ", "", name)
        short = re.sub(r" (Governorate|Province|State|Region|Oblast['’]?|Krai|Department|District|County|Prefecture|Parish|Voivodeship|Municipality|Emirate|Division|Territory|Sheng|Autonomous Region|Republic)$", "", short)
        ns = []
        if short.lower() in WORDS:
            short = name
        for n in (name, r["asciiname"], short, plain(short)):
            n = re.sub(r"[‘’`´ʻʼ]", "'", n)
            if n and n not in ns and len(n) > 2 and n[0].isalpha() and n.lower() not in WORDS:
                ns.append(n)
                m = ARTICLE.match(n)
                if m and len(n) - m.end() > 3 and n[m.end():].lower() not in WORDS and c not in ("US", "MX", "ES", "BR"):
                    ns.append(n[m.end():])
        if not ns:
            continue
        if c in ("US", "CA") and short in ABBREVIATED:
            for n in ABBREVIATED[short].split("|"):
                ns.append(n)
                if re.fullmatch(r"[A-Z][a-z]+\.", n):
                    ns.append(n[:-1] + " .")  # as the tokenizer may cut it
                elif re.fullmatch(r"[A-Z]\.[A-Z]\.", n):
                    ns.append(n[:2] + " " + n[2:])
        out.append(("admin1", int(r["city_population"] or 0), int(r["geonameid"]), list(dict.fromkeys(ns)), iso3[c], short, r["lat"], r["lon"], short.lower() in WORDS or (short.lower() in NAMES and c != "US") or len(short) < 4, 10))
    for r in rows("natural.tsv"):
        rank = int(r["scalerank"] or 12)
        if rank > 10 or plain(r["name"]).lower() in taken or len(r["name"]) < 4 or not r["lat"]:
            continue
        ns = [n for n in [r["name"]] + r["altnames"].split("|") if n and n[0].isalpha() and ascii_only(plain(n)) and len(n) > 3][:4]
        cls = r["class"]
        ext = []
        for n in ns:
            ext.append(n)
            if plain(n) != n:
                ext.append(plain(n))
            if " " not in n:
                if "river" in cls:
                    ext += [n + " River", "River " + n]
                elif "lake" in cls or "reservoir" in cls:
                    ext += ["Lake " + n]
                elif "mountain" in cls:
                    ext += ["Mount " + n]
            if n.startswith("Mt. ") or n.startswith("Mt "):
                ext.append("Mount " + n.split(" ", 1)[1])
        if " " not in ns[0] and rank > 5:  # alone they are mostly other things
            ext = [n for n in ext if " " in n]
        ext = [n for n in ext if n.lower() not in WORDS and n.lower() not in NAMES]
        if not ext:
            continue
        out.append(("natural", max(1, (12 - rank) * 1000), 0, list(dict.fromkeys(ext)), "-", "-", r["lat"], r["lon"], weak(ext[0]), 0))
    order = {"capital": 0, "admin1": 1, "seat": 2, "city": 3, "natural": 4}
    out.sort(key=lambda t: (-t[1], order[t[0]], t[2], t[3]))
    print("""# gazetteer.tsv: places. Made by train/places/make_gazetteer.py; edit the script, or regions.tsv for what it lacks: `make tables` overwrites this file.
# Columns: GeoNames id (0: Natural Earth), names (the first is shown), kind (capital, admin1, seat of admin1, city, natural),
#   country (ISO3), admin1, latitude, longitude, inhabitants (admin1: of its cities), weak (w: more often a word or a person),
#   names that GeoNames knows in other languages (a measure of fame; admin1: 10).
# Order: by inhabitants, so that of two places with one name the larger comes first.
# Source: GeoNames (https://www.geonames.org, CC BY 4.0), changed: rows chosen, names filtered and added; natural features from
#   Natural Earth (public domain). This table: CC BY 4.0.
# phrases: 2
# fold: lower""")
    for kind, pop, gid, names, c3, a1, lat, lon, w, fame in out:
        print(f"{gid}\t{'|'.join(names)}\t{kind}\t{c3}\t{a1 or '-'}\t{float(lat):.3f}\t{float(lon):.3f}\t{pop}\t{'w' if w else '-'}\t{fame}")


main()
