#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A reader's verdict stands beside the machine's: kept with name, day and reason, shown, undone, exported as gold, there after a recoding.
. "$SRC/tests/cli/lib.sh"
db=$T/j.db
cat >"$T/j.jsonl" <<'EOF'
{"id":"a1","published":"1998-06-01","text":"Peru demanded that Ecuador remove the wall at Tumbes. Ecuador offered Peru talks on fishing."}
{"id":"a2","published":"1998-06-03","text":"Peru demanded that Ecuador pay for the bridge."}
{"id":"a3","published":"1998-06-05","text":"Ecuador rejected Peru's demand to remove the wall."}
EOF
run ingest --db "$db" --input jsonl "$T/j.jsonl"
expect_status 0 "three reports"
run situation --db "$db" --status rejected --format json
wall=$(sed 's/.*"id":"\(demand-[0-9a-f]*\)".*/\1/' "$T/out")
cp "$T/out" "$T/machine"
run situation --db "$db" --kind demand --status open --format json
bridge=$(sed 's/.*"id":"\(demand-[0-9a-f]*\)".*/\1/' "$T/out")
run timeline --db "$db" --format json
event=$(sed 's/.*"events":\[{"id":"\(e[0-9a-f]*\)".*/\1/' "$T/out")

# said
run judge --db "$db" "$wall" status met --by "R. Eader" --reason "the wall is gone" --date 1998-07-01
expect_status 0 "a status"
expect_out "^verdict 1$" "its number"
run judge --db "$db" "$bridge" strike --by "R. Eader"
expect_status 0 "struck"
run judge --db "$db" "$event" accept --by "O. Ther"
expect_status 0 "an event accepted"
# shown, and the machine's status stands
run situation --db "$db" --status rejected --format json
expect_status 0 "still rejected to the machine"
expect_out '"judged":\[{"no":1,"verdict":"status","value":"met","by":"R. Eader","day":"1998-07-01","reason":"the wall is gone","undone":false}\]' "beside it"
run situation --db "$db" --kind demand --format text
expect_out "status met, R. Eader, 1 Jul 1998: the wall is gone" "for a reader"
run explain --db "$db" "$wall" --format text
expect_out "status met, R. Eader" "in the explanation"
run timeline --db "$db" --format json
expect_out '"judged":\[{"no":3,"verdict":"accept"' "on the event"
# the ids that judge and explain ask for
run situation --db "$db" --kind demand --evidence --format text
expect_out "since .*, $wall" "an id on the board"
run explain --db "$db" demand-zzz
expect_status 1 "no such item"
expect_err "no item 'demand-zzz'; 'situation --evidence' shows their ids" "where ids are"
run explain --db "$db" "$(printf %.12s "$wall")" --format text
expect_out "status met, R. Eader" "the beginning of an id will do"
# as gold
run judge --db "$db" --gold
expect_status 0 "gold"
expect_out '"kind":"demand","issuer":\["country:PER"\],"addressee":\["country:ECU"\],"about":"[a-zA-Z|]*Tumbes[a-zA-Z|]*","status":\["met"\]' "the judged status"
checks=$((checks + 1))
! grep -q bridge "$T/out" || bad "what was struck stands in the gold"
# refused
refused() { # MESSAGE ARGS...
    want=$1
    shift
    run judge --db "$db" "$@"
    expect_status 2 "$*"
    expect_err "$want" "$*"
    expect_one_line "$*"
}
refused "no item or event 'demand-0000000000'" demand-0000000000 accept --by x
refused "unknown verdict 'agree' (accept, strike" "$wall" agree --by x
refused "a demand cannot be 'held' (open, accepted" "$wall" status held --by x
refused "two matters of one kind" "$wall" merge "$wall" --by x
refused "no event of the history" "$wall" split e0 --by x
refused "only accept and strike" "$event" merge "$wall" --by x
refused "no verdict has the number '9'" 9 undo --by x
refused "needs the name" "$wall" accept --by ""
run judge --db "$T/none.db" "$wall" accept --by x
expect_status 2 "no store is made"
checks=$((checks + 1))
[ ! -e "$T/none.db" ] || bad "a verdict made a store"
# the board is made anew, the texts are coded with other rows: the verdict is there
run doctor --db "$db" --repair
expect_status 0 "made anew"
mkdir -p "$T/lex"
printf '# own\ndemand.zz\t1\tdemand\topen\topen\tREQUEST\ta+\tt=zzz\ts>t\tPeru asked Chile to leave.\town\n' >"$T/lex/items.tsv"
run recode --db "$db" --lexicon "$T/lex"
run situation --db "$db" --status rejected --format json
expect_out '"value":"met","by":"R. Eader"' "after a recoding"
# undone: not shown, not lost
run judge --db "$db" 1 undo --by "R. Eader" --reason "a rumour"
expect_status 0 "undone"
run situation --db "$db" --status rejected --format json
checks=$((checks + 1))
cmp -s "$T/out" "$T/machine" || bad "what was undone still shows"
run judge --db "$db" --list
expect_out '"no":1,.*"verdict":"status","value":"met",.*"undone":true' "it is kept as undone"
expect_out '"verdict":"undo","value":"1","by":"R. Eader".*"reason":"a rumour"' "and so is the undoing"
run judge --db "$db" 1 undo --by "R. Eader"
expect_status 2 "twice"
finish
