#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes lexicon/world/gazetteer_countries.tsv: countries with the names and adjectives of English news.

    train/places/make_countries.py DATA > lexicon/world/gazetteer_countries.tsv

DATA has gazetteer/{countries,cities}.tsv (GeoNames, CC BY 4.0). Names beyond GeoNames' own and all adjectives are ours. The
coordinates are the middle of the country's cities, each counted once."""
import collections
import sys

DATA = sys.argv[1]
ADJ = """AFG Afghan Afghans Afghani;ALB Albanian Albanians;DZA Algerian Algerians;AGO Angolan Angolans;ARG Argentine Argentinian Argentines Argentinians;ARM Armenian Armenians;AUS Australian Australians;AUT Austrian Austrians;AZE Azerbaijani Azeri Azeris Azerbaijanis;BHR Bahraini Bahrainis;BGD Bangladeshi Bangladeshis;BLR Belarusian Belarusians Belarussian;BEL Belgian Belgians;BEN Beninese;BTN Bhutanese;BOL Bolivian Bolivians;BIH Bosnian Bosnians;BWA Botswanan;BRA Brazilian Brazilians;GBR British Britons Briton;BRN Bruneian;BGR Bulgarian Bulgarians;BFA Burkinabe Burkinabé;BDI Burundian Burundians;KHM Cambodian Cambodians;CMR Cameroonian Cameroonians;CAN Canadian Canadians;TCD Chadian Chadians;CHL Chilean Chileans;CHN Chinese;COL Colombian Colombians;COD Congolese;CRI Costa_Rican;HRV Croatian Croats Croat;CUB Cuban Cubans;CYP Cypriot Cypriots Greek_Cypriot;CZE Czech Czechs;DNK Danish Danes;DJI Djiboutian;DOM Dominican;ECU Ecuadorian Ecuadorean Ecuadorians;EGY Egyptian Egyptians;SLV Salvadoran Salvadorans;GNQ Equatoguinean;ERI Eritrean Eritreans;EST Estonian Estonians;ETH Ethiopian Ethiopians;FJI Fijian Fijians;FIN Finnish Finns;FRA French Frenchman;GAB Gabonese;GMB Gambian Gambians;GEO Georgian Georgians;DEU German Germans;GHA Ghanaian Ghanaians;GRC Greek Greeks;GTM Guatemalan Guatemalans;GIN Guinean Guineans;GUY Guyanese;HTI Haitian Haitians;HND Honduran Hondurans;HUN Hungarian Hungarians;ISL Icelandic;IND Indian Indians;IDN Indonesian Indonesians;IRN Iranian Iranians;IRQ Iraqi Iraqis;IRL Irish;ISR Israeli Israelis;ITA Italian Italians;CIV Ivorian Ivorians Ivoirian;JAM Jamaican;JPN Japanese;JOR Jordanian Jordanians;KAZ Kazakh Kazakhs Kazakhstani;KEN Kenyan Kenyans;XKX Kosovar Kosovars Kosovan;KWT Kuwaiti Kuwaitis;KGZ Kyrgyz;LAO Laotian;LVA Latvian Latvians;LBN Lebanese;LSO Basotho;LBR Liberian Liberians;LBY Libyan Libyans;LTU Lithuanian Lithuanians;LUX Luxembourgish;MKD Macedonian Macedonians;MDG Malagasy;MWI Malawian;MYS Malaysian Malaysians;MDV Maldivian;MLI Malian Malians;MLT Maltese;MRT Mauritanian Mauritanians;MUS Mauritian;MEX Mexican Mexicans;MDA Moldovan Moldovans;MNG Mongolian;MNE Montenegrin Montenegrins;MAR Moroccan Moroccans;MOZ Mozambican;MMR Burmese;NAM Namibian;NPL Nepalese Nepali;NLD Dutch;NZL New_Zealander;NIC Nicaraguan Nicaraguans;NER Nigerien;NGA Nigerian Nigerians;PRK North_Korean North_Koreans;NOR Norwegian Norwegians;OMN Omani Omanis;PAK Pakistani Pakistanis;PSE Palestinian Palestinians;PAN Panamanian;PRY Paraguayan;PER Peruvian Peruvians;PHL Philippine Filipino Filipinos;POL Polish Poles;PRT Portuguese;QAT Qatari Qataris;ROU Romanian Romanians;RUS Russian Russians;RWA Rwandan Rwandans;SAU Saudi Saudis Saudi_Arabian;SEN Senegalese;SRB Serbian Serbs Serb Serbians;SLE Sierra_Leonean;SGP Singaporean;SVK Slovak Slovaks;SVN Slovenian Slovenes Slovene;SOM Somali Somalis Somalian;ZAF South_African South_Africans;KOR South_Korean South_Koreans;SSD South_Sudanese;ESP Spanish Spaniards;LKA Sri_Lankan Sri_Lankans;SDN Sudanese;SUR Surinamese;SWZ Swazi;SWE Swedish Swedes;CHE Swiss;SYR Syrian Syrians;TWN Taiwanese;TJK Tajik Tajiks;TZA Tanzanian Tanzanians;THA Thai Thais;TLS Timorese East_Timorese;TGO Togolese;TTO Trinidadian;TUN Tunisian Tunisians;TUR Turkish Turks;TKM Turkmen;UGA Ugandan Ugandans;UKR Ukrainian Ukrainians;ARE Emirati Emiratis;USA American Americans;URY Uruguayan;UZB Uzbek Uzbeks;VUT Vanuatuan;VEN Venezuelan Venezuelans;VNM Vietnamese;YEM Yemeni Yemenis;ZMB Zambian;ZWE Zimbabwean Zimbabweans"""
NAMES = {
    "USA": "United States|United States of America|U.S.|US|USA|U.S.A.|America", "GBR": "United Kingdom|Britain|Great Britain|UK|U.K.",
    "RUS": "Russia|Russian Federation", "CHN": "China|People's Republic of China|PRC|mainland China", "TWN": "Taiwan|Republic of China",
    "KOR": "South Korea|Republic of Korea|S. Korea", "PRK": "North Korea|Democratic People's Republic of Korea|DPRK|N. Korea",
    "COD": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|D.R. Congo|Congo-Kinshasa|Congo",
    "COG": "Republic of the Congo|Republic of Congo|Congo-Brazzaville", "CIV": "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire",
    "ARE": "United Arab Emirates|UAE|U.A.E.|Emirates", "SYR": "Syria|Syrian Arab Republic", "IRN": "Iran|Islamic Republic of Iran|Islamic Republic",
    "VNM": "Vietnam|Viet Nam", "LAO": "Laos", "MMR": "Myanmar|Burma", "PSE": "Palestine|Palestinian territories|State of Palestine",
    "CZE": "Czech Republic|Czechia", "MKD": "North Macedonia|Macedonia", "BIH": "Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnia",
    "TUR": "Turkey|Türkiye|Turkiye", "SWZ": "Eswatini|Swaziland", "CPV": "Cape Verde|Cabo Verde", "TLS": "East Timor|Timor-Leste",
    "VAT": "Vatican|Vatican City|Holy See", "NLD": "Netherlands|the Netherlands|Holland", "SAU": "Saudi Arabia|Kingdom of Saudi Arabia|KSA",
    "CAF": "Central African Republic|CAR", "GMB": "Gambia|The Gambia", "BHS": "Bahamas|The Bahamas", "SDN": "Sudan", "SSD": "South Sudan",
    "TZA": "Tanzania", "FSM": "Micronesia|Federated States of Micronesia", "XKX": "Kosovo", "HKG": "Hong Kong", "MAC": "Macau|Macao",
    "DEU": "Germany|Federal Republic of Germany", "GEO": "Georgia", "IRL": "Ireland|Republic of Ireland", "STP": "Sao Tome and Principe|São Tomé and Príncipe",
    "CUW": "Curacao|Curaçao", "TTO": "Trinidad and Tobago", "ATG": "Antigua and Barbuda", "BRN": "Brunei", "FLK": "Falkland Islands|Falklands",
    "ESH": "Western Sahara", "GRL": "Greenland", "PRI": "Puerto Rico", "BLR": "Belarus|Byelorussia", "KGZ": "Kyrgyzstan", "KHM": "Cambodia|Kampuchea",
    "MDA": "Moldova|Republic of Moldova", "LKA": "Sri Lanka", "PHL": "Philippines|the Philippines", "MDV": "Maldives|the Maldives",
}
SKIP = {"SCG", "ANT", "UMI", "BVT", "HMD"}


def rows(name):
    with open(f"{DATA}/gazetteer/{name}", encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        for line in f:
            yield dict(zip(head, line.rstrip("\n").split("\t")))


adj = {p.split()[0]: [w.replace("_", " ") for w in p.split()[1:]] for p in ADJ.split(";")}
mid = collections.defaultdict(lambda: [0.0, 0.0, 0])
for r in rows("cities.tsv"):
    m = mid[r["country"]]
    m[0] += float(r["lat"])
    m[1] += float(r["lon"])
    m[2] += 1
print("""# gazetteer_countries.tsv: countries. Made by train/places/make_countries.py; edit the script, or regions.tsv for what it lacks: `make tables` overwrites this file.
# Columns: ISO3, names and adjectives ("a - b" as the tokenizer may cut it), name
#   shown, GeoNames id, latitude, longitude, inhabitants, capital, number of names, adjectives.
# Order: by ISO3. Source: GeoNames (https://www.geonames.org, CC BY 4.0); names and adjectives added. This table: CC BY 4.0.
# phrases: 2
# fold: lower""")
for r in sorted(rows("countries.tsv"), key=lambda r: r["iso3"]):
    c = r["iso3"]
    m = mid[r["iso2"]]
    if c in SKIP or not c:
        continue
    r["name"], r["capital"] = r["name"].strip(), r["capital"].strip()
    names = NAMES.get(c, "").split("|") if c in NAMES else []
    if r["name"] not in names:
        names.append(r["name"])
    all_ = []
    for n in names + adj.get(c, []):
        all_.append(n)
    lat, lon = (m[0] / m[2], m[1] / m[2]) if m[2] else (float("nan"), float("nan"))
    if lat != lat:
        continue
    print(f"{c}\t{'|'.join(all_)}\t{names[0]}\t{r['geonameid']}\t{lat:.2f}\t{lon:.2f}\t{r['population'] or 0}\t{r['capital'] or '-'}\t{len([n for n in names])}\t{'|'.join(adj.get(c, [])) or '-'}")
