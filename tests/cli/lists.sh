#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Times, places, quantities and names of the record, --only, the short commands, and the formats of other tools.
. "$SRC/tests/cli/lib.sh"

cat >"$T/a.txt" <<'EOF'
Rebels shelled the town of Nyala on Tuesday morning, killing at least 12 people, two days after troops of Sudan retook the airport.

Talks in Paris resume next Friday. Trucks wait for three weeks & drivers meet every Monday.
EOF
run code --date 2014-05-07 --only times,places,quantities,names "$T/a.txt"
expect_status 0 "--only"
for want in '"type":"TIME","value":"2014-05-06TMO","start":"2014-05-06"' '"type":"DURATION","value":"P3W","start":null' \
    '"type":"SET","value":"XXXX-WXX-1"' '"type":"DURATION","value":"P2D","start":"2014-05-04"' '"relative_to":"x1"' '"relative_to":"publication"' \
    '"name":"Paris","country":"FRA"' '"feature":"PPLC","alternatives":\[{' '"kind":"deaths","value":12,"low":12' '"of":"people","total":false' \
    '"type":"GPE","level":"name","entity":"t'; do
    expect_out "$want" "--only has $want"
done
printf 'President Adaeze Obi and two French soldiers met the press at the University of Bergen. The company sued.\n' >"$T/n.txt"
run code --only names "$T/n.txt"
for want in '"span":\[0,20\],"type":"PER","level":"titled","entity":"t' '"span":\[10,20\],"type":"PER","level":"name"' \
    '"span":\[25,44\],"type":"PER","level":"nominal","entity":"t' '"span":\[29,35\],"type":"NORP","level":"name"' \
    '"span":\[66,86\],"type":"ORG","level":"name"' '"span":\[80,86\],"type":"GPE","level":"inner"' '"type":"ORG","level":"nominal"'; do
    expect_out "$want" "levels of names: $want"
done
printf 'She moved to Salto Uruguay last year. Write to lena@bergen-post.example or see bergen-post.example for more.\n' >"$T/p.txt"
run code --only names "$T/p.txt"
expect_out '"span":\[13,18\],"type":"GPE"' "two places side by side: the first"
expect_out '"span":\[19,26\],"type":"GPE"' "two places side by side: the second"
checks=$((checks + 1))
! grep -q '"span":\[4[6-9],' "$T/out" || bad "an address is a name"
run code --format conllu-ner "$T/n.txt"
checks=$((checks + 1))
[ "$(grep -c 'NER=B-' "$T/out")" = 3 ] || bad "CoNLL-U has more than the names themselves"
run code --format brat "$T/n.txt"
checks=$((checks + 1))
[ "$(grep -c '	\(PER\|ORG\|NORP\|GPE\) ' "$T/out")" = 3 ] || bad "brat has more than the names themselves"
run code --date 2014-05-07 --only times,places,quantities,names "$T/a.txt"
checks=$((checks + 1))
! grep -q '"events"\|"entities"\|"statements"\|"text":' "$T/out" || bad "--only writes other lists too"
run code --only tims "$T/a.txt"
expect_status 2 "--only of an unknown list"
expect_err "did you mean 'times'" "a misspelt list"
run code --only times --format timeml "$T/a.txt"
expect_status 2 "--only with another format"

run times --date 2014-05-07 --format csv "$T/a.txt" "$T/a.txt"
expect_status 0 "times"
checks=$((checks + 1))
[ "$(grep -c '^doc,' "$T/out")" = 1 ] || bad "the head of the CSV stands more than once"
expect_out 'Tuesday morning,TIME,2014-05-06TMO' "times as CSV"
run places --format text "$T/a.txt"
expect_out 'Paris.*FRA.*2988507' "places"
printf 'The minister said on Friday that the army of Chad would leave the town of Nyala.\n' >"$T/q.txt"
run quotes --format csv "$T/q.txt"
expect_out 'indirect' "quotes"

cat >"$T/w.txt" <<'EOF'
Bolivia wants to build a port in the north. Its neighbours oppose the plan, and the union criticised the minister for his silence. The
road is wet. "Nobody asked us," said Carla Mamani, the mayor, who hopes to win in May.
EOF
run quotes --all --format csv "$T/w.txt"
expect_status 0 "quotes --all"
for want in ',to build a port in the north,indirect,want,country:BOL,Bolivia,Bolivia,wants,false,' ',the plan,indirect,blame,.*,Its neighbours,oppose,' \
    ',the minister for his silence,indirect,blame,.*,the union,criticised,' ',to win in May,indirect,want,'; do
    expect_out "$want" "quotes --all has $want"
done
checks=$((checks + 1))
[ "$(grep -c "^d[0-9a-f]*," "$T/out")" = 5 ] || bad "quotes --all: not five attributions"
run code --only attributions "$T/w.txt"
expect_out '"attributions":\[{"id":"a1","kind":"indirect","sense":"want"' "--only attributions"
expect_out '"source":\[0,7\],"cue":\[8,13\],"content":\[\[14,42\]\]' "spans of an attribution"
expect_out '"statement":"s1"' "a statement among the attributions"
run code "$T/w.txt"
checks=$((checks + 1))
! grep -q '"attributions"' "$T/out" || bad "attributions are in a record that does not ask for them"
run quotes --format csv "$T/w.txt"
checks=$((checks + 1))
[ "$(grep -c 'direct' "$T/out")" = 1 ] || bad "quotes without --all: not one statement"
mkdir "$T/lex"
printf 'any:\t-50\n' >"$T/lex/attributions.tsv"
run quotes --all --lexicon "$T/lex" --format csv "$T/w.txt"
checks=$((checks + 1))
! grep -q 'indirect' "$T/out" || bad "weights of one's own are not read"
printf 'any:\tmany\n' >"$T/lex/attributions.tsv"
run quotes --all --lexicon "$T/lex" --format csv "$T/w.txt"
expect_status 1 "a weight that is no number"
expect_err 'attributions.tsv:1: no weight' "a weight that is no number, named"

run code --date 2014-05-07 --format timeml "$T/a.txt"
expect_out 'type="DURATION" value="P3W">three weeks</TIMEX3> &amp; drivers' "TimeML"
checks=$((checks + 1))
python3 -c "import xml.dom.minidom as x; x.parse('$T/out')" 2>"$T/err" || bad "the TimeML is no XML"
run code --format brat "$T/a.txt"
checks=$((checks + 1))
python3 - "$T/a.txt" "$T/out" 2>"$T/err" <<'EOF' || bad "the offsets of brat do not give its words"
import sys
text = open(sys.argv[1], encoding="utf-8").read()
for line in open(sys.argv[2], encoding="utf-8"):
    if line[0] == "T":
        _, where, words = line.rstrip("\n").split("\t")
        parts = [p.split() for p in where.split(" ", 1)[1].split(";")]
        assert " ".join(text[int(a):int(b)] for a, b in parts) == words, line
EOF
run code --format conllu-ner "$T/a.txt"
expect_out 'PROPN.*NER=B-GPE' "names in CoNLL-U"
cut -f1,2 "$T/out" | grep -v '^#' >"$T/given"
cp "$T/out" "$T/given.conllu"
run code --input conllu --format conllu-ner "$T/given.conllu"
cut -f1,2 "$T/out" | grep -v '^#' >"$T/have"
checks=$((checks + 1))
diff "$T/given" "$T/have" >"$T/err" || bad "tokens given as CoNLL-U were changed"
expect_out 'NER=B-GPE' "names of given tokens"
finish
