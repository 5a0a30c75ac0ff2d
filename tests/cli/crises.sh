#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ten articles of ten crises in one store: the same great powers stand in most of them, and no matter of one is joined with another's.
. "$SRC/tests/cli/lib.sh"
db=$T/c.db
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
run ingest --db "$db" --input jsonl "$T/c.jsonl"
expect_status 0 "ten articles"
run situation --db "$db" --format json
python3 - "$T/out" >"$T/joined" <<'EOF'
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
checks=$((checks + 1))
[ ! -s "$T/joined" ] || bad "crises were joined: $(cat "$T/joined")"
finish
