#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ten articles of ten crises in one store: the same great powers stand in most of them, and no matter of one is joined with another's.
# Three times: crises of eighty years; of one fortnight; of one month, with equal small tolls and bare demands.
. "$SRC/tests/cli/lib.sh"
cat >"$T/c.jsonl" <<'EOF'
{"id":"c01","published":"1948-06-26","text":"The Soviet Union closed the roads to Berlin on Thursday. The United States threatened to send armed convoys unless Moscow reopened the roads. Britain rejected a Soviet demand to withdraw its garrison from the city."}
{"id":"c02","published":"1956-11-02","text":"Britain and France demanded that Egypt withdraw its troops from the canal. Egypt rejected the demand. The United States urged Britain and France to agree to a ceasefire, and Israel bombed Egyptian positions in Sinai, killing 90 soldiers."}
{"id":"c03","published":"1962-10-24","text":"The United States demanded that the Soviet Union withdraw its missiles from Cuba. The Soviet Union has deployed missiles near San Cristobal. President Kennedy imposed a blockade on Cuba and threatened to invade the island unless the missiles were removed."}
{"id":"c04","published":"1974-08-15","text":"Turkey landed 6,000 soldiers in Cyprus. Greece demanded that Turkey withdraw its troops. Greece withdrew its officers from the command of NATO. The United States offered to mediate between Athens and Ankara."}
{"id":"c05","published":"1982-04-28","text":"Britain demanded that Argentina withdraw its troops from the Falkland Islands. Argentina rejected the demand. The European Community banned imports from Argentina. The United States offered to mediate between London and Buenos Aires."}
{"id":"c06","published":"1990-08-09","text":"Iraq annexed Kuwait on Wednesday. The United Nations imposed an embargo on Iraq. The United States demanded that Iraq withdraw its troops and sent 4,000 soldiers to Saudi Arabia. Iraq threatened to attack Israel if it was bombed."}
{"id":"c07","published":"1999-03-26","text":"NATO bombed Serbia for the third night. The alliance demanded that Serbia withdraw its troops from Kosovo. Serbia rejected the demand and broke off diplomatic relations with the United States, Britain and Germany. Russia called for talks."}
{"id":"c08","published":"2008-08-13","text":"Georgia and Russia agreed to a ceasefire. Russian troops occupy the town of Gori. Georgia demanded that Russia withdraw its troops. The United States threatened to cancel military exercises with Russia."}
{"id":"c09","published":"2012-07-02","text":"The European Union imposed an embargo on Iranian oil. Iran threatened to close the Strait of Hormuz if its exports were blocked. The United States sent warships to the Gulf and demanded that Iran stop enriching uranium."}
{"id":"c10","published":"2021-11-12","text":"Poland demanded that Belarus stop sending migrants to its border. The European Union threatened sanctions against Belarus. Belarus threatened to cut off gas to Europe if sanctions were imposed. Russia sent bombers over Belarus."}
EOF
cat >"$T/d.jsonl" <<'EOF'
{"id":"t01","published":"2031-05-04","text":"ALGIERS, May 4 - Algeria closed its border with Morocco on Saturday and recalled its ambassador after a drone killed seven herders near Tindouf. The foreign ministry gave Rabat a week to hand over the officers who ordered the strike. Morocco denied that it had flown over Algerian soil. France offered to host talks between the two neighbours, and the United States called on both to keep calm. Russia said it would sell Algeria more air defence systems."}
{"id":"t02","published":"2031-05-05","text":"MANILA, May 5 - Chinese coast guard ships rammed two Philippine supply boats off Second Thomas Shoal on Sunday, injuring seven sailors. The Philippines demanded that China pull its vessels back from the reef. Beijing rejected the demand and warned Manila not to bring in other countries. The United States said it would send a destroyer to the area. Talks planned for Thursday in Jakarta were called off."}
{"id":"t03","published":"2031-05-06","text":"TBILISI, May 6 - Russian soldiers moved boundary posts 300 metres into a Georgian village on Monday and arrested three farmers. Georgia demanded their release and asked the European Union to send observers. Moscow refused to discuss the posts. The United States threatened to impose sanctions on the commanders unless the farmers were freed. At least seven houses were burned."}
{"id":"t04","published":"2031-05-07","text":"KHARTOUM, May 7 - Ethiopia and Sudan agreed to a ceasefire in the Fashaga triangle after two weeks of fighting that killed 40 soldiers. Kenya mediated the talks. Sudan insisted that Ethiopia withdraw its militia before the talks resume. Egypt promised to supply Khartoum with radar. The United States welcomed the ceasefire."}
{"id":"t05","published":"2031-05-08","text":"CARACAS, May 8 - Venezuela sent 5,000 troops to its border with Guyana on Wednesday and threatened to seize two oil platforms off Essequibo. Guyana asked the United Nations Security Council to meet. Brazil moved armoured vehicles to Boa Vista. The United States demanded that Venezuela withdraw its troops. Caracas rejected the demand."}
{"id":"t06","published":"2031-05-09","text":"NICOSIA, May 9 - Turkey sent a drilling ship escorted by two frigates into waters claimed by Cyprus on Thursday. Cyprus demanded that Turkey withdraw the ship. Greece put its navy on alert, and the European Union threatened to freeze Turkish assets. Ankara said the ship would stay. France sent two fighter jets to Paphos."}
{"id":"t07","published":"2031-05-10","text":"ISLAMABAD, May 10 - Pakistan expelled nine Afghan diplomats on Friday after a bombing in Peshawar killed 40 policemen. Pakistan demanded that Kabul hand over the leaders of the Pakistani Taliban. The Taliban government rejected the demand and closed the Torkham crossing. China offered to mediate. Pakistani jets bombed camps in Khost, killing seven people, officials said."}
{"id":"t08","published":"2031-05-11","text":"SEOUL, May 11 - North Korea fired two missiles into the Sea of Japan on Saturday. South Korea suspended the military accord of last year, and Japan banned North Korean ships from its ports. Pyongyang threatened to restart its reactor unless the United States cancelled its exercises. The United States rejected the demand. China called for talks among the four."}
{"id":"t09","published":"2031-05-12","text":"BELGRADE, May 12 - Kosovo police arrested three Serb mayors on Sunday. Serbia demanded their release and sent troops to the border. NATO told Belgrade to pull the troops back. The European Union suspended its talks with Pristina. Russia said it would back Serbia. The United States asked Kosovo to free the mayors."}
{"id":"t10","published":"2031-05-13","text":"LIMA, May 13 - Bolivia broke off diplomatic relations with Peru on Monday after Peruvian police killed three Bolivian miners at Desaguadero. Bolivia demanded an apology. Peru refused to apologise. Chile offered to host talks. The talks would begin on Thursday. The United States urged both to agree to a truce."}
EOF
cat >"$T/e.jsonl" <<'EOF'
{"id":"u01","published":"1951-07-02","text":"Iranian troops occupied the refinery at Abadan on Sunday. Britain demanded that Iran restore the company's rights and sent the cruiser Mauritius to the Gulf. Iran rejected the demand. President Truman offered to send an envoy. About 300 engineers left the town."}
{"id":"u02","published":"1951-07-04","text":"Delegates of the United Nations command and of North Korea agreed to meet at Kaesong. The United States insisted that the fighting go on during the talks. China threatened to attack if the talks failed. United Nations bombers killed 300 people in Pyongyang, the radio of the North said."}
{"id":"u03","published":"1951-07-05","text":"Egypt stopped a British freighter in the Gulf of Aqaba on Wednesday. Britain protested and demanded an apology. Egypt refused. Israel complained to the Security Council about the closing of the canal to its ships. The United States urged Egypt to lift the blockade."}
{"id":"u04","published":"1951-07-09","text":"Pakistan accused India of massing troops on the border of the Punjab. Prime Minister Liaquat Ali Khan demanded that India withdraw its troops. Prime Minister Nehru rejected the demand and offered to sign a pact of no war. Britain offered to mediate."}
{"id":"u05","published":"1951-07-12","text":"Syria and Israel exchanged fire at the Huleh marshes, and three Syrian soldiers were killed. Israel agreed to stop draining the marshes. Syria demanded that Israel withdraw its police. The Security Council called on both to observe the armistice."}
{"id":"u06","published":"1951-07-14","text":"Viet Minh troops attacked French posts south of Hanoi, killing three officers. France asked the United States for aircraft. The United States promised to send 40 planes. China has sent advisers to the Viet Minh."}
{"id":"u07","published":"1951-07-18","text":"The Soviet Union demanded that Yugoslavia return 200 deserters. Yugoslavia rejected the demand. Hungary moved three divisions to the frontier. The United States promised to sell Yugoslavia arms. Talks between Belgrade and Budapest were broken off."}
{"id":"u08","published":"1951-07-21","text":"The Soviet Union held up lorries on the road to West Berlin. The Western powers protested. Britain threatened to stop deliveries of steel to East Germany unless the lorries were let through. The United States sent 40 more lorries."}
{"id":"u09","published":"1951-07-24","text":"Ecuador accused Peru of firing on a frontier post and killing three soldiers. Ecuador asked the guarantors of the Rio protocol to meet. Peru rejected the accusation. Brazil offered to send observers. The United States called for talks."}
{"id":"u10","published":"1951-07-28","text":"Albania shot down an Italian aircraft on Friday. Italy demanded an apology and the release of the crew. Albania refused to release them. Britain and Greece sent warships to Corfu. The Soviet Union threatened to help Tirana if it was attacked."}
EOF
cat >"$T/joined.py" <<'EOF'
import json, sys
items = json.load(open(sys.argv[1], encoding="utf-8"))["items"]
docs = {h["document"] for it in items for h in it["history"] if h["document"]}
for it in items:
    of = sorted({h["document"] for h in it["history"] if h["document"]})
    if len(of) > 1:
        print(it["kind"], it["status"], it["content"], of)
if len(items) < 30:
    print("only", len(items), "items")
if len(docs) < 10:
    print("articles without an item:", 10 - len(docs))
EOF
for set in c d e; do
    run ingest --db "$T/$set.db" --input jsonl "$T/$set.jsonl"
    expect_status 0 "ten articles"
    run situation --db "$T/$set.db" --format json
    checks=$((checks + 1))
    python3 "$T/joined.py" "$T/out" >"$T/joined"
    [ ! -s "$T/joined" ] || bad "crises were joined: $(cat "$T/joined")"
done
# in one store, all thirty
cat "$T/c.jsonl" "$T/d.jsonl" "$T/e.jsonl" >"$T/all.jsonl"
run ingest --db "$T/all.db" --input jsonl "$T/all.jsonl"
run situation --db "$T/all.db" --format json
checks=$((checks + 1))
python3 "$T/joined.py" "$T/out" >"$T/joined"
[ ! -s "$T/joined" ] || bad "thirty crises: $(cat "$T/joined")"
finish
