#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lexicon/world/states.tsv and lexicon/en/actor_words.tsv: states since 1945 and territories; their names, adjectives,
people, capitals and seats of government.

Own table below (facts known to everybody), widened with long and local names of the CIA World Factbook (public domain)
when DATA/actors is given: python3 train/actors/states.py ../shared/data"""
import csv, os, re, sys, unicodedata

# ISO3 | cameo | from | to | kind | of | names | adjectives | demonyms (plurals; adjective also serves) | capital | seats
S = r"""
AFG||||||Afghanistan|Afghan|Afghans|Kabul|Arg Palace
ALB||||||Albania|Albanian|Albanians|Tirana|
DZA||||||Algeria|Algerian|Algerians|Algiers|El Mouradia
AND||||||Andorra|Andorran|Andorrans||
AGO||1975||||Angola|Angolan|Angolans|Luanda|
ATG||1981||||Antigua and Barbuda;Antigua|Antiguan|Antiguans||
ARG||||||Argentina;Argentine Republic|Argentine;Argentinian;Argentinean|Argentines;Argentinians|Buenos Aires|Casa Rosada;the Pink House
ARM||1991||||Armenia|Armenian|Armenians|Yerevan|
AUS||||||Australia|Australian;Aussie|Australians;Aussies|Canberra|
AUT||||||Austria|Austrian|Austrians|Vienna|Ballhausplatz
AZE||1991||||Azerbaijan|Azerbaijani;Azeri|Azerbaijanis;Azeris|Baku|
BHS||1973||||Bahamas;the Bahamas|Bahamian|Bahamians|Nassau|
BHR||1971||||Bahrain|Bahraini|Bahrainis|Manama|
BGD||1971||||Bangladesh|Bangladeshi|Bangladeshis|Dhaka;Dacca|
BRB||1966||||Barbados|Barbadian;Bajan|Barbadians|Bridgetown|
BLR||1991||||Belarus;Byelorussia|Belarusian;Belarusan;Belorussian;Byelorussian|Belarusians;Belarusans;Belorussians|Minsk|
BEL||||||Belgium|Belgian|Belgians||
BLZ||1981||||Belize|Belizean|Belizeans|Belmopan|
BEN||1960||||Benin;Dahomey|Beninese;Dahomeyan||Porto-Novo;Cotonou|
BTN||||||Bhutan|Bhutanese||Thimphu|
BOL||||||Bolivia|Bolivian|Bolivians|La Paz;Sucre|Palacio Quemado
BIH||1992||||Bosnia and Herzegovina;Bosnia-Herzegovina;Bosnia;Bosnia & Herzegovina|Bosnian|Bosnians|Sarajevo|
BWA||1966||||Botswana|Botswanan;Motswana|Batswana|Gaborone|
BRA||||||Brazil;Brasil|Brazilian|Brazilians|Brasilia|Itamaraty;Planalto;Planalto Palace;the Planalto
BRN||1984||||Brunei;Brunei Darussalam|Bruneian|Bruneians|Bandar Seri Begawan|
BGR||||||Bulgaria|Bulgarian|Bulgarians|Sofia|
BFA||1960||||Burkina Faso;Upper Volta;Burkina|Burkinabe;Burkinabé;Burkinan||Ouagadougou|
BDI||1962||||Burundi|Burundian|Burundians|Bujumbura;Gitega|
CPV||1975||||Cape Verde;Cabo Verde|Cape Verdean;Cabo Verdean|Cape Verdeans|Praia|
KHM||||||Cambodia;Kampuchea;Democratic Kampuchea;Khmer Republic|Cambodian;Kampuchean|Cambodians|Phnom Penh|
CMR||1960||||Cameroon;Cameroun|Cameroonian|Cameroonians|Yaounde|
CAN||||||Canada|Canadian|Canadians|Ottawa|Parliament Hill;Rideau Hall
CAF||1960||||Central African Republic;CAR;Central African Empire|Central African|Central Africans|Bangui|
TCD||1960||||Chad;Tchad|Chadian|Chadians|N'Djamena;Ndjamena|
CHL||||||Chile|Chilean|Chileans|Santiago|La Moneda;Moneda Palace
CHN||1949-10-01||||China;People's Republic of China;PRC;Communist China;Red China;mainland China;Mainland China|Chinese||Beijing;Peking|Zhongnanhai
COL||||||Colombia|Colombian|Colombians|Bogota;Bogotá|Casa de Nariño;Nariño Palace
COM||1975||||Comoros;the Comoros|Comorian;Comoran|Comorians;Comorans|Moroni|
COG||1960||||Republic of the Congo;Congo-Brazzaville;Congo Republic;Republic of Congo|Congolese||Brazzaville|
COD||1960||||Democratic Republic of the Congo;Democratic Republic of Congo;DR Congo;DRC;D.R. Congo;Zaire;Congo-Kinshasa;Congo;the Congo;Belgian Congo;D.R.C.|Congolese;Zairian;Zairean|Zairians;Zaireans|Kinshasa;Leopoldville|
CRI||||||Costa Rica|Costa Rican|Costa Ricans||
CIV||1960||||Ivory Coast;Cote d'Ivoire;Côte d'Ivoire|Ivorian;Ivoirian|Ivorians|Abidjan;Yamoussoukro|
HRV||1991||||Croatia|Croatian;Croat|Croats;Croatians|Zagreb|
CUB||||||Cuba|Cuban|Cubans|Havana|
CYP||1960||||Cyprus|Cypriot;Greek Cypriot|Cypriots;Greek Cypriots|Nicosia|
CZE||1993||||Czech Republic;Czechia|Czech|Czechs|Prague|Prague Castle
DNK||||||Denmark|Danish|Danes|Copenhagen|Christiansborg
DJI||1977||||Djibouti|Djiboutian|Djiboutians||
DMA||1978||||Dominica||||
DOM||||||Dominican Republic|Dominican|Dominicans|Santo Domingo|
ECU||||||Ecuador|Ecuadorian;Ecuadorean;Ecuadoran|Ecuadorians;Ecuadoreans|Quito|Carondelet Palace
EGY||||||Egypt;United Arab Republic|Egyptian|Egyptians|Cairo|
SLV||||||El Salvador|Salvadoran;Salvadorean;Salvadorian|Salvadorans;Salvadoreans|San Salvador|
GNQ||1968||||Equatorial Guinea|Equatorial Guinean;Equatoguinean|Equatorial Guineans|Malabo|
ERI||1993||||Eritrea|Eritrean|Eritreans|Asmara|
EST||1991||||Estonia|Estonian|Estonians|Tallinn|
SWZ||1968||||Eswatini;Swaziland|Swazi;Emaswati|Swazis|Mbabane|
ETH||||||Ethiopia;Abyssinia|Ethiopian|Ethiopians|Addis Ababa|
FJI||1970||||Fiji|Fijian|Fijians|Suva|
FIN||||||Finland|Finnish|Finns|Helsinki|
FRA||||||France|French|Frenchmen;Frenchman;Frenchwoman|Paris|Elysee;Élysée;Elysee Palace;Élysée Palace;Quai d'Orsay;Matignon;Hotel Matignon;the Elysee;the Élysée;the Quai d'Orsay
GAB||1960||||Gabon|Gabonese||Libreville|
GMB||1965||||Gambia;the Gambia;The Gambia|Gambian|Gambians|Banjul|
GEO||1991||||Georgia|Georgian|Georgians|Tbilisi|
DEU||||||Germany;West Germany;Federal Republic of Germany;FRG|German;West German|Germans;West Germans|Berlin;Bonn|the Chancellery;Wilhelmstrasse
GHA||1957||||Ghana|Ghanaian|Ghanaians|Accra|Jubilee House
GRC||||||Greece|Greek|Greeks|Athens|Maximos Mansion
GRD||1974||||Grenada|Grenadian|Grenadians||
GTM||||||Guatemala|Guatemalan|Guatemalans||
GIN||1958||||Guinea;Guinea-Conakry|Guinean|Guineans|Conakry|
GNB||1974||||Guinea-Bissau;Guinea Bissau;Portuguese Guinea|Bissau-Guinean|Bissau-Guineans|Bissau|
GUY||1966||||Guyana;British Guiana|Guyanese||Georgetown|
HTI||||||Haiti|Haitian|Haitians|Port-au-Prince|
HND||||||Honduras|Honduran|Hondurans|Tegucigalpa|
HUN||||||Hungary|Hungarian|Hungarians|Budapest|
ISL||||||Iceland|Icelandic|Icelanders;Icelander|Reykjavik|
IND||1947-08-15||||India|Indian|Indians|New Delhi;Delhi|South Block;Raisina Hill
IDN||||||Indonesia;Dutch East Indies|Indonesian|Indonesians|Jakarta|Merdeka Palace
IRN||||||Iran;Persia;Islamic Republic of Iran|Iranian;Persian|Iranians|Tehran;Teheran|
IRQ||||||Iraq|Iraqi|Iraqis|Baghdad|
IRL||||||Ireland;Irish Republic;Republic of Ireland;Eire|Irish|Irishmen;Irishman|Dublin|Leinster House
ISR||1948-05-14||||Israel;State of Israel|Israeli|Israelis|Jerusalem;Tel Aviv|
ITA||||||Italy|Italian|Italians|Rome|Palazzo Chigi;Farnesina;the Quirinale;Quirinal Palace
JAM||1962||||Jamaica|Jamaican|Jamaicans||
JPN||||||Japan|Japanese||Tokyo|Kantei;Nagatacho
JOR||1946||||Jordan;Hashemite Kingdom of Jordan;Transjordan|Jordanian|Jordanians|Amman|
KAZ||1991||||Kazakhstan;Kazakstan|Kazakh;Kazakhstani;Kazak|Kazakhs|Astana;Nur-Sultan;Almaty|Akorda
KEN||1963||||Kenya|Kenyan|Kenyans|Nairobi|
KIR||1979||||Kiribati|I-Kiribati||Tarawa|
PRK||1948||||North Korea;Democratic People's Republic of Korea;DPRK;D.P.R.K.;N. Korea;N Korea|North Korean|North Koreans|Pyongyang|
KOR||1948||||South Korea;Republic of Korea;S. Korea;ROK;S Korea|South Korean|South Koreans|Seoul|Blue House;the Blue House;Cheong Wa Dae
KWT||1961||||Kuwait|Kuwaiti|Kuwaitis|Kuwait City|
KGZ||1991||||Kyrgyzstan;Kirghizia;Kyrgyz Republic;Kirgizstan|Kyrgyz;Kyrgyzstani;Kirghiz||Bishkek|
LAO||||||Laos;Lao People's Democratic Republic;Lao PDR|Laotian;Lao|Laotians|Vientiane|
LVA||1991||||Latvia|Latvian|Latvians|Riga|
LBN||||||Lebanon|Lebanese||Beirut|Baabda Palace;Baabda
LSO||1966||||Lesotho;Basutoland|Basotho||Maseru|
LBR||||||Liberia|Liberian|Liberians|Monrovia|
LBY||1951||||Libya;Libyan Arab Jamahiriya;Jamahiriya|Libyan|Libyans|Tripoli|
LIE||||||Liechtenstein|||Vaduz|
LTU||1990||||Lithuania|Lithuanian|Lithuanians|Vilnius|
LUX||||||Luxembourg|Luxembourgish|Luxembourgers||
MDG||1960||||Madagascar;Malagasy Republic|Malagasy;Madagascan||Antananarivo|
MWI||1964||||Malawi;Nyasaland|Malawian|Malawians|Lilongwe|
MYS||1957||||Malaysia;Malaya|Malaysian|Malaysians|Kuala Lumpur;Putrajaya|
MDV||1965||||Maldives;the Maldives|Maldivian|Maldivians|Male|
MLI||1960||||Mali|Malian|Malians|Bamako|
MLT||1964||||Malta|Maltese||Valletta|
MHL||1986||||Marshall Islands|Marshallese||Majuro|
MRT||1960||||Mauritania|Mauritanian|Mauritanians|Nouakchott|
MUS||1968||||Mauritius|Mauritian|Mauritians|Port Louis|
MEX||||||Mexico;United Mexican States|Mexican|Mexicans|Mexico City|Los Pinos
FSM||1986||||Micronesia;Federated States of Micronesia|Micronesian|Micronesians||
MDA||1991||||Moldova;Moldavia;Republic of Moldova|Moldovan;Moldavian|Moldovans;Moldavians|Chisinau|
MCO||||||Monaco|Monegasque;Monacan|||
MNG||||||Mongolia;Mongolian People's Republic|Mongolian;Mongol|Mongolians|Ulan Bator;Ulaanbaatar|
MNE||2006-06-03||||Montenegro|Montenegrin|Montenegrins|Podgorica|
MAR||1956||||Morocco|Moroccan|Moroccans|Rabat|
MOZ||1975||||Mozambique|Mozambican|Mozambicans|Maputo|
MMR||1948||||Myanmar;Burma|Burmese;Myanmarese||Yangon;Rangoon;Naypyidaw;Nay Pyi Taw;Naypyitaw|
NAM||1990||||Namibia;South West Africa;South-West Africa|Namibian|Namibians|Windhoek|
NRU||1968||||Nauru|Nauruan|Nauruans||
NPL||||||Nepal|Nepalese;Nepali|Nepalis|Kathmandu;Katmandu|Singha Durbar;Narayanhiti
NLD||||||Netherlands;the Netherlands;The Netherlands;Holland|Dutch|Dutchmen;Dutchman|The Hague;the Hague;Amsterdam|Binnenhof
NZL||||||New Zealand|New Zealander;Kiwi|New Zealanders;Kiwis|Wellington|the Beehive
NIC||||||Nicaragua|Nicaraguan|Nicaraguans|Managua|
NER||1960||||Niger|Nigerien||Niamey|
NGA||1960||||Nigeria|Nigerian|Nigerians|Abuja|Aso Rock;Aso Villa
MKD||1991||||North Macedonia;Macedonia;Former Yugoslav Republic of Macedonia;FYROM;Republic of Macedonia|Macedonian;North Macedonian|Macedonians|Skopje|
NOR||||||Norway|Norwegian|Norwegians|Oslo|
OMN||||||Oman|Omani|Omanis|Muscat|
PAK||1947-08-14||||Pakistan;Islamic Republic of Pakistan|Pakistani|Pakistanis|Islamabad;Rawalpindi|
PLW||1994||||Palau|Palauan|Palauans||
PAN||||||Panama|Panamanian|Panamanians|Panama City|
PNG||1975||||Papua New Guinea|Papua New Guinean|Papua New Guineans|Port Moresby|
PRY||||||Paraguay|Paraguayan|Paraguayans|Asuncion;Asunción|
PER||||||Peru|Peruvian|Peruvians|Lima|Pizarro Palace
PHL||1946||||Philippines;the Philippines;The Philippines|Philippine;Filipino|Filipinos|Manila|Malacanang;Malacañang;Malacanang Palace;Malacañang Palace
POL||||||Poland;Polish People's Republic|Polish|Poles|Warsaw|Belweder
PRT||||||Portugal|Portuguese||Lisbon|Belem Palace
QAT||1971||||Qatar|Qatari|Qataris|Doha|Amiri Diwan
ROU||||||Romania;Rumania;Roumania|Romanian;Rumanian|Romanians;Rumanians|Bucharest|Cotroceni;Cotroceni Palace
RUS||1991-12-25||||Russia;Russian Federation;Russian Soviet Federative Socialist Republic|Russian|Russians|Moscow|Kremlin;the Kremlin;Smolensk Square
RWA||1962||||Rwanda;Ruanda|Rwandan;Rwandese|Rwandans|Kigali|
KNA||1983||||Saint Kitts and Nevis;St. Kitts and Nevis;St Kitts and Nevis|Kittitian|Kittitians||
LCA||1979||||Saint Lucia;St. Lucia;St Lucia|St. Lucian|St. Lucians|Castries|
VCT||1979||||Saint Vincent and the Grenadines;St. Vincent and the Grenadines;St Vincent and the Grenadines|Vincentian|Vincentians|Kingstown|
WSM||1962||||Samoa;Western Samoa|Samoan|Samoans|Apia|
SMR||||||San Marino|Sammarinese|||
STP||1975||||Sao Tome and Principe;São Tomé and Príncipe;Sao Tome|Sao Tomean|Sao Tomeans||
SAU||||||Saudi Arabia;Kingdom of Saudi Arabia;KSA|Saudi;Saudi Arabian|Saudis;Saudi Arabians|Riyadh|
SEN||1960||||Senegal|Senegalese||Dakar|
SRB||2006-06-05||||Serbia|Serbian;Serb|Serbs;Serbians|Belgrade|
SYC||1976||||Seychelles;the Seychelles|Seychellois||Victoria|
SLE||1961||||Sierra Leone|Sierra Leonean;Sierra Leonian|Sierra Leoneans|Freetown|
SGP||1965||||Singapore|Singaporean|Singaporeans||Istana
SVK||1993||||Slovakia;Slovak Republic|Slovak;Slovakian|Slovaks|Bratislava|
SVN||1991||||Slovenia|Slovenian;Slovene|Slovenes;Slovenians|Ljubljana|
SLB||1978||||Solomon Islands;the Solomons|Solomon Islander|Solomon Islanders|Honiara|
SOM||1960||||Somalia;Somali Republic|Somali;Somalian|Somalis;Somalians|Mogadishu|Villa Somalia
ZAF||||||South Africa;Union of South Africa;RSA|South African|South Africans|Pretoria;Cape Town|Union Buildings;Tuynhuys
SSD||2011-07-09||||South Sudan|South Sudanese||Juba|
ESP||||||Spain|Spanish|Spaniards;Spaniard|Madrid|Moncloa;La Moncloa;the Moncloa;Zarzuela Palace
LKA||1948||||Sri Lanka;Ceylon|Sri Lankan;Ceylonese|Sri Lankans|Colombo;Sri Jayawardenepura Kotte|Temple Trees
SDN||1956||||Sudan;the Sudan|Sudanese||Khartoum|
SUR||1975||||Suriname;Surinam;Dutch Guiana|Surinamese||Paramaribo|
SWE||||||Sweden|Swedish|Swedes;Swede|Stockholm|Rosenbad
CHE||||||Switzerland;Swiss Confederation|Swiss||Bern;Berne|
SYR||||||Syria;Syrian Arab Republic|Syrian|Syrians|Damascus|
TWN||1949||||Taiwan;Republic of China;Chinese Taipei;Nationalist China;Formosa|Taiwanese||Taipei|
TJK||1991||||Tajikistan;Tadzhikistan|Tajik;Tajikistani;Tadzhik|Tajiks|Dushanbe|
TZA||1961||||Tanzania;Tanganyika;Zanzibar|Tanzanian;Zanzibari|Tanzanians;Zanzibaris|Dodoma;Dar es Salaam|
THA||||||Thailand;Siam|Thai;Siamese|Thais|Bangkok|Government House in Bangkok
TLS|TMP|2002||||East Timor;Timor-Leste;Timor Leste;Portuguese Timor|East Timorese;Timorese||Dili|
TGO||1960||||Togo;Togoland|Togolese||Lome;Lomé|
TON||1970||||Tonga|Tongan|Tongans|Nuku'alofa|
TTO||1962||||Trinidad and Tobago;Trinidad|Trinidadian|Trinidadians|Port of Spain|
TUN||1956||||Tunisia|Tunisian|Tunisians|Tunis|Carthage Palace
TUR||||||Turkey;Türkiye;Turkiye;Republic of Turkey|Turkish|Turks|Ankara|Bestepe;Beştepe
TKM||1991||||Turkmenistan|Turkmen;Turkmenistani|Turkmens|Ashgabat;Ashkhabad|
TUV||1978||||Tuvalu|Tuvaluan|Tuvaluans|Funafuti|
UGA||1962||||Uganda|Ugandan|Ugandans|Kampala;Entebbe|
UKR||1991||||Ukraine;the Ukraine|Ukrainian|Ukrainians|Kyiv;Kiev|Bankova
ARE||1971||||United Arab Emirates;UAE;U.A.E.;the Emirates;Emirates;Trucial States|Emirati|Emiratis|Abu Dhabi|
GBR||||||United Kingdom;UK;U.K.;Britain;Great Britain;England;Scotland;Wales;Northern Ireland;United Kingdom of Great Britain and Northern Ireland|British;English;Scottish;Welsh|Britons;Briton;Brits;Brit;Englishmen;Englishman;Scots;Welshmen|London;Westminster;Edinburgh;Belfast|Downing Street;10 Downing Street;Number 10;No. 10;No 10;Whitehall;Buckingham Palace;Stormont;Chequers;Holyrood
USA||||||United States;USA;U.S.;US;U.S.A.;America;United States of America;the States|American|Americans|Washington;Washington, D.C.;Washington D.C.;Washington DC|White House;the White House;Foggy Bottom;Capitol Hill;the Oval Office;Oval Office;Camp David;Mar-a-Lago
URY||||||Uruguay|Uruguayan|Uruguayans|Montevideo|
UZB||1991||||Uzbekistan|Uzbek;Uzbekistani|Uzbeks|Tashkent|
VUT||1980||||Vanuatu;New Hebrides|Vanuatuan;ni-Vanuatu|Vanuatuans|Port Vila|
VAT||||||Vatican City;Holy See;the Holy See;Vatican;the Vatican||||
VEN||||||Venezuela;Bolivarian Republic of Venezuela|Venezuelan|Venezuelans|Caracas|Miraflores;Miraflores Palace
VNM||||||Vietnam;Viet Nam;Socialist Republic of Vietnam;North Vietnam;Democratic Republic of Vietnam|Vietnamese;North Vietnamese||Hanoi|
YEM||||||Yemen;North Yemen;Yemen Arab Republic;Republic of Yemen|Yemeni;North Yemeni;Yemenite|Yemenis|Sanaa;Sana'a;Aden|
ZMB||1964||||Zambia;Northern Rhodesia|Zambian|Zambians|Lusaka|State House in Lusaka
ZWE||1980-04-18||||Zimbabwe|Zimbabwean|Zimbabweans|Harare;Salisbury|
PSE||||disputed||Palestine;State of Palestine;Palestinian Authority;the Palestinian Authority;Palestinian National Authority;Palestinian territories;West Bank and Gaza;Occupied Palestinian Territory;PA;PNA|Palestinian|Palestinians|Ramallah;Gaza City|Muqata
XKX|KSV|2008-02-17||disputed||Kosovo;Kosova|Kosovar;Kosovan;Kosovo Albanian|Kosovars;Kosovans;Kosovo Albanians|Pristina|
ESH||||disputed||Western Sahara;Sahrawi Arab Democratic Republic;SADR;Spanish Sahara|Sahrawi;Saharawi|Sahrawis;Saharawis|Laayoune|
HKG||||territory|CHN|Hong Kong;Hong Kong SAR|Hongkonger;Hong Konger|Hongkongers;Hong Kongers||
MAC||||territory|CHN|Macau;Macao|Macanese|||
GRL||||territory|DNK|Greenland|Greenlandic|Greenlanders|Nuuk|
FRO||||territory|DNK|Faroe Islands;the Faroes|Faroese||Torshavn|
PRI||||territory|USA|Puerto Rico|Puerto Rican|Puerto Ricans|San Juan|
GUM||||territory|USA|Guam|Guamanian|Guamanians||
VIR||||territory|USA|US Virgin Islands;U.S. Virgin Islands||||
ASM||||territory|USA|American Samoa|American Samoan|American Samoans||
MNP||||territory|USA|Northern Mariana Islands||||
FLK||||territory|GBR|Falkland Islands;the Falklands;Falklands;Malvinas;Islas Malvinas|Falkland Islander|Falkland Islanders|Port Stanley|
GIB||||territory|GBR|Gibraltar|Gibraltarian|Gibraltarians||
BMU||||territory|GBR|Bermuda|Bermudian|Bermudians||
CYM||||territory|GBR|Cayman Islands|Caymanian|Caymanians||
VGB||||territory|GBR|British Virgin Islands||||
TCA||||territory|GBR|Turks and Caicos Islands;Turks and Caicos||||
AIA||||territory|GBR|Anguilla|Anguillan|Anguillans||
MSR||||territory|GBR|Montserrat||||
SHN||||territory|GBR|Saint Helena;St. Helena||||
IMN||||territory|GBR|Isle of Man|Manx|||
JEY||||territory|GBR|Jersey||||
GGY||||territory|GBR|Guernsey||||
IOT||||territory|GBR|British Indian Ocean Territory;Chagos Islands;Diego Garcia|Chagossian|Chagossians||
NCL||||territory|FRA|New Caledonia|New Caledonian|New Caledonians|Noumea|
PYF||||territory|FRA|French Polynesia;Tahiti|Tahitian|Tahitians|Papeete|
GUF||||territory|FRA|French Guiana||||
GLP||||territory|FRA|Guadeloupe||||
MTQ||||territory|FRA|Martinique||||
REU||||territory|FRA|Reunion Island;Réunion||||
MYT||||territory|FRA|Mayotte||||
ABW||||territory|NLD|Aruba|Aruban|Arubans||
CUW||||territory|NLD|Curacao;Curaçao||||
SXM||||territory|NLD|Sint Maarten||||
ANT|||2010-10-10|territory|NLD|Netherlands Antilles||||
COK||||territory|NZL|Cook Islands|Cook Islander|Cook Islanders||
NIU||||territory|NZL|Niue||||
TKL||||territory|NZL|Tokelau||||
NFK||||territory|AUS|Norfolk Island||||
SJM||||territory|NOR|Svalbard;Spitsbergen||||
BLM||||territory|FRA|Saint Barthelemy;Saint Barthélemy||||
MAF||||territory|FRA|Saint Martin||||
SPM||||territory|FRA|Saint Pierre and Miquelon||||
WLF||||territory|FRA|Wallis and Futuna||||
CXR||||territory|AUS|Christmas Island||||
CCK||||territory|AUS|Cocos Islands||||
PCN||||territory|GBR|Pitcairn Islands||||
SGS||||territory|GBR|South Georgia||||
ALA||||territory|FIN|Aland Islands;Åland||||
SUN|||1991-12-25|historic|RUS|Soviet Union;the Soviet Union;USSR;U.S.S.R.;Union of Soviet Socialist Republics;Soviet Russia|Soviet|Soviets|@Moscow|@Kremlin;@the Kremlin
YUG||1945|2003-02-04|historic|SRB|Yugoslavia;Federal Republic of Yugoslavia;Socialist Federal Republic of Yugoslavia;SFRY;FRY|Yugoslav;Yugoslavian|Yugoslavs|@Belgrade|
SCG||2003-02-04|2006-06-05|historic|SRB|Serbia and Montenegro||||
CSK|||1992-12-31|historic|CZE|Czechoslovakia;Czecho-Slovakia;Czech and Slovak Federative Republic|Czechoslovak;Czechoslovakian|Czechoslovaks|@Prague|
DDR||1949-10-07|1990-10-03|historic|DEU|East Germany;German Democratic Republic;GDR;G.D.R.|East German|East Germans|East Berlin|
RVN||1955|1975-04-30|historic|VNM|South Vietnam;Republic of Vietnam;South Viet Nam|South Vietnamese||Saigon|
YMD||1967|1990-05-22|historic|YEM|South Yemen;People's Democratic Republic of Yemen|South Yemeni|South Yemenis|@Aden|
RHO||1965-11-11|1979-12-12|historic|ZWE|Rhodesia;Southern Rhodesia;Zimbabwe Rhodesia|Rhodesian|Rhodesians|@Salisbury|
"""
# Parts of countries: give the country to a phrase ("Texas governor"), are no actors themselves.
REGIONS = r"""
USA|Alabama;Alaska;Arizona;Arkansas;California;Colorado;Connecticut;Delaware;Florida;Hawaii;Idaho;Illinois;Indiana;Iowa;Kansas;Kentucky;Louisiana;Maine;Maryland;Massachusetts;Michigan;Minnesota;Mississippi;Missouri;Montana;Nebraska;Nevada;New Hampshire;New Jersey;New Mexico;New York;New York City;North Carolina;North Dakota;Ohio;Oklahoma;Oregon;Pennsylvania;Rhode Island;South Carolina;South Dakota;Tennessee;Texas;Utah;Vermont;Virginia;Washington State;West Virginia;Wisconsin;Wyoming;Los Angeles;Chicago;Houston;Dallas;Boston;Philadelphia;Detroit;Minneapolis;Baltimore;Atlanta;Seattle;San Francisco;Miami;New Orleans;Portland;Texan;Californian;Guantanamo Bay;Guantanamo;Oklahoma City
RUS|Chechnya;Chechen;Chechens;Dagestan;Dagestani;Ingushetia;Ingush;Tatarstan;Siberia;Siberian;Kaliningrad;St. Petersburg;St Petersburg;Vladivostok;Grozny;North Ossetia;Kabardino-Balkaria;Belgorod;Kursk;Rostov;Bashkortostan;Leningrad;Beslan;Muscovites
UKR|Crimea;Crimean;Donbas;Donbass;Donetsk;Luhansk;Lugansk;Kharkiv;Kharkov;Odesa;Odessa;Lviv;Mariupol;Kherson;Zaporizhzhia;Sevastopol;Sloviansk;Bakhmut;Dnipro;Crimeans
GEO|Abkhazia;Abkhaz;Abkhazian;South Ossetia;South Ossetian;Adjara;Ajara
MDA|Transnistria;Trans-Dniester;Transdniestria;Tiraspol;Gagauzia
AZE|Nagorno-Karabakh;Karabakh;Nagorny Karabakh;Nakhchivan;Stepanakert;Shusha;Upper Karabakh
CHN|Tibet;Tibetan;Tibetans;Xinjiang;Uyghur;Uighur;Uyghurs;Uighurs;Inner Mongolia;Shanghai;Guangdong;Sichuan;Wuhan;Hubei;Chongqing;Lhasa;Urumqi;Shenzhen;Guangzhou;Tiananmen Square;Tiananmen
IND|Kashmir;Kashmiri;Kashmiris;Jammu and Kashmir;Jammu;Punjab;Punjabi;Gujarat;Assam;Manipur;Nagaland;Bihar;Tamil Nadu;Kerala;West Bengal;Uttar Pradesh;Mumbai;Bombay;Kolkata;Calcutta;Madras;Chennai;Bangalore;Srinagar;Ayodhya;Maharashtra;Chhattisgarh;Jharkhand;Tripura;Mizoram;Ladakh;Rajasthan;Haryana;Orissa;Odisha;Karnataka;Telangana;Andhra Pradesh;Pulwama
PAK|Balochistan;Baluchistan;Sindh;Khyber Pakhtunkhwa;North Waziristan;South Waziristan;Waziristan;Karachi;Lahore;Peshawar;Quetta;Swat;Azad Kashmir;Gilgit-Baltistan;FATA
AFG|Kandahar;Helmand;Herat;Kunduz;Mazar-i-Sharif;Nangarhar;Jalalabad;Panjshir;Bagram
IRQ|Iraqi Kurdistan;Mosul;Basra;Fallujah;Anbar;Najaf;Karbala;Kirkuk;Erbil;Irbil;Arbil;Tikrit;Ramadi;Sinjar;Diyala;Nineveh;Samarra
SYR|Aleppo;Homs;Hama;Idlib;Raqqa;Deraa;Daraa;Latakia;Kobani;Kobane;Afrin;Deir al-Zor;Deir Ezzor;Eastern Ghouta;Palmyra;Qamishli;Manbij;Hasakah;Golan
TUR|Istanbul;Diyarbakir;Izmir
IRN|Isfahan;Natanz;Fordow;Bushehr;Mashhad;Qom;Shiraz;Tabriz
LBN|South Lebanon;southern Lebanon;Sidon;Tyre;Bekaa Valley;Bekaa;Nahariya
ISR|Haifa;Galilee;Negev;Sderot;Ashkelon;Golan Heights;Arab Israeli;Arab Israelis;Beersheba
PSE|Gaza;Gaza Strip;the Gaza Strip;West Bank;the West Bank;Gazan;Gazans;East Jerusalem;Hebron;Nablus;Jenin;Rafah;Khan Younis;Khan Yunis;Bethlehem;Jericho
EGY|Sinai;Alexandria;Suez;Tahrir Square;Rafah crossing;Port Said;Sharm el-Sheikh
LBY|Benghazi;Misrata;Sirte;Tobruk;Derna;Cyrenaica;Fezzan;Zawiya
SDN|Darfur;Darfuri;Darfuris;South Kordofan;Blue Nile;Kordofan;El Fasher;Port Sudan;Abyei;Omdurman;Geneina
ETH|Tigray;Tigrayan;Tigrayans;Oromia;Oromo;Amhara;Ogaden;Mekelle;Afar;Gambella
SOM|Somaliland;Puntland;Jubaland;Kismayo;Hargeisa;Baidoa;Galmudug
NGA|Biafra;Biafran;Niger Delta;Borno;Kaduna;Kano;Lagos;Maiduguri;Zamfara;Katsina;Plateau State;Jos;Ogun;Rivers State;Benue;Yobe;Adamawa;Chibok
COD|Katanga;North Kivu;South Kivu;Ituri;Goma;Bukavu;Kasai;Kivu;Lubumbashi;Kisangani;Beni;Banyamulenge
CMR|Ambazonia;Anglophone Cameroon;Bamenda;Douala
MLI|Timbuktu;Gao;Kidal;Azawad;Mopti
ETHX|
GBR|Ulster;Northern Irish;Glasgow;Manchester;Liverpool;Birmingham;Londonderry;Derry;Salisbury, England
ESP|Catalonia;Catalan;Catalans;Basque;Basques;Basque Country;Barcelona;Galicia;Andalusia;Valencia;Melilla;Ceuta;Canary Islands
FRA|Corsica;Corsican;Corsicans;Marseille;Marseilles;Nice;Strasbourg;Toulouse;Lyon;Calais;Brittany;Parisian;Parisians
DEU|Bavaria;Bavarian;Saxony;Hamburg;Munich;Frankfurt;Cologne;Thuringia;Dresden;Leipzig;Saarland;West Berlin;Stuttgart
ITA|Lombardy;Sicily;Sicilian;Veneto;Milan;Naples;Venice;Lampedusa;Turin;Genoa;Sardinia
BEL|Flanders;Flemish;Walloon;Wallonia;Antwerp;Ghent
CAN|Quebec;Québec;Ontario;Alberta;British Columbia;Toronto;Montreal;Vancouver;Quebecois;Québécois;Manitoba;Saskatchewan;Nova Scotia
AUS|New South Wales;Queensland;Victoria state;Western Australia;Sydney;Melbourne;Tasmania;Perth;Brisbane;Northern Territory
MEX|Chiapas;Oaxaca;Guerrero;Michoacan;Michoacán;Sinaloa;Tijuana;Ciudad Juarez;Veracruz;Jalisco;Tamaulipas
BRA|Rio de Janeiro;Sao Paulo;São Paulo;Amazonas;Bahia;Para state
COL|Medellin;Medellín;Cali;Antioquia;Cauca;Arauca;Buenaventura
MMR|Rakhine;Kachin;Karen;Shan;Chin State;Rohingya;Rohingyas;Mandalay;Kayah;Kayin;Arakan
IDN|Aceh;Acehnese;Papua;Papuan;Papuans;West Papua;Irian Jaya;Bali;Sulawesi;Sumatra;Java;Moluccas;Ambon;Kalimantan;West Timor;Surabaya
PHL|Mindanao;Marawi;Sulu;Jolo;Basilan;Luzon;Zamboanga;Cotabato
THA|Pattani;Chiang Mai;Yala;Narathiwat;Phuket
LKA|Jaffna;Tamil;Tamils;Sinhalese;Trincomalee;Kilinochchi
JPN|Okinawa;Okinawan;Okinawans;Fukushima;Osaka;Hiroshima;Hokkaido;Kyoto;Nagasaki
BIH|Srebrenica;Mostar;Tuzla;Republika Srpska;Bihac;Gorazde;Banja Luka
SRB|Vojvodina;Presevo;Sandzak;Novi Sad
HRV|Krajina;Vukovar;Slavonia;Dubrovnik
XKX|Mitrovica;Pec;Prizren
KAZ|Zhanaozen
UZB|Andijan;Karakalpakstan
TJK|Gorno-Badakhshan
KGZ|Osh
SAU|Jeddah;Mecca;Medina;Dhahran;Qatif
YEM|Hodeidah;Hodeida;Taiz;Marib;Saada;Hadramawt;Hadhramaut;Sa'ada
ARE|Dubai;Sharjah;Fujairah
ZAF|Johannesburg;Soweto;KwaZulu-Natal;Durban;Transvaal;Transkei;Zulu;Afrikaner;Afrikaners;Gauteng;Natal;Bloemfontein;Marikana
UGA|Gulu;Acholi;Kasese
KEN|Mombasa;Kibera;Garissa;Kisumu;Kikuyu;Luo;Nakuru
RWA|Hutu;Tutsi;Hutus;Tutsis
MOZ|Cabo Delgado;Palma;Beira
TZA|Arusha
ZWE|Matabeleland;Bulawayo;Ndebele
CYP|Famagusta
AGO|Cabinda;Huambo
MAR|Casablanca;Tangier;Rif
DZA|Kabylie;Kabyle;Oran
TCD|Abeche
SEN|Casamance
BOL|Santa Cruz;Cochabamba;El Alto
CHL|Mapuche;Araucania;Valparaiso
ARG|Patagonia;Cordoba, Argentina;Rosario
PER|Ayacucho;Cuzco;Cusco
ECU|Guayaquil
VEN|Maracaibo;Zulia;Tachira
POL|Gdansk;Krakow;Cracow
BLR|Brest
ROU|Timisoara;Transylvania
HUN|
CZE|Sudeten;Moravia
IRL|Cork
NLD|Rotterdam;Schiphol
PNG|Bougainville
FJI|
AUT|Tyrol;Carinthia;Salzburg
CHE|Zurich;Davos;Lausanne;Lugano
"""
# Words that mean something else unless the article says otherwise; cells of the column `unless`.
UNLESS = {"GEO.name": "Atlanta|Savannah|Confederate|Kemp|Raffensperger", "JOR.name": "-", "TCD.name": "-"}
# Seats that are not the government as a whole: role row id, or @org.
ROLES = [("USA", "seat2", "Pentagon;the Pentagon", "military"), ("USA", "seat3", "Capitol;the Capitol", "congress"),
         ("BEL", "capital2", "Brussels", "@EU"), ("GBR", "seat2", "Scotland Yard;Met Police;Metropolitan Police", "police"),
         ("GBR", "seat3", "MI6;MI5;GCHQ", "intelligence_agency"), ("RUS", "seat2", "Lubyanka;the Lubyanka", "intelligence_agency")]


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
    for iso, k, ph, role in ROLES:
        words.append(["%s.%s" % (iso, k), iso, re.sub(r"\d", "", k), "|".join(both(ph.split(";"))), "-", "-", role, "-"])
    for line in REGIONS.strip().split("\n"):
        iso, ph = line.split("|")
        if ph and len(iso) == 3:
            words.append([iso + ".region", iso, "region", "|".join(both([x for x in ph.split(";") if x])), "-", "-", "-", "-"])
    head = """# states.tsv: states since 1945, with those that are gone, territories and disputed states.
# columns: id (ISO 3166-1 or -3 alpha-3; RVN South Vietnam, RHO Rhodesia, XKX Kosovo are ours)	name	cameo	from	to	kind	of
#   from, to  YYYY, YYYY-MM or YYYY-MM-DD; "-" before 1945 or still there. kind  state, territory, disputed, historic
#   of        the state it belongs to, or that came after it
# order: by id. Made by train/actors/states.py. Licence: Apache-2.0; source: own work.
"""
    with open("lexicon/world/states.tsv", "w") as out:
        out.write(head)
        for r in sorted(states):
            out.write("\t".join(r) + "\n")
    head = """# actor_words.tsv: words for states: names, adjectives, people, capitals and seats standing for the government, regions.
# columns: id	state	kind	phrases	from	to	role	unless
#   kind    name, adj ("Russian"), demonym ("Danes"), capital ("Moscow": government or place), seat ("the Kremlin"),
#           region ("Texas": gives its country to a phrase, is no actor)
#   phrases as written, '|' between them
#   from, to when the word means this state ("Saigon" until 1975); "-" always
#   role    "-": the state itself; the id of a row of roles.tsv (the Pentagon: military); @ORG an organisation (Brussels: EU)
#   unless  '|' between words: none of them may stand in the document ("Georgia" beside "Atlanta")
# order: by id. Made by train/actors/states.py. Licence: Apache-2.0; source: own work; long and local names of countries from
# the CIA World Factbook (public domain).
# phrases: 4
"""
    with open("lexicon/en/actor_words.tsv", "w") as out:
        out.write(head)
        for r in sorted(words):
            out.write("\t".join(r) + "\n")
    print(len(states), "states,", len(words), "word rows", file=sys.stderr)


main()
