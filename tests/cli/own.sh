#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rows of one's own over the built-in tables: --lexicon, the user's folder, `lexicon add`, faults with file and line.
. "$SRC/tests/cli/lib.sh"
own="$T/own"
text='Kilwa Dawn fighters attacked a village on Monday. President Amina Zedson condemned Chad.'
coded() { # WHAT EXPECTED ARGS...
    what=$1 expected=$2
    shift 2
    checks=$((checks + 1))
    printf '%s\n' "$text" | "$DRAGOMAN" code --date 2026-06-01 --format jsonl "$@" - >"$T/out" 2>"$T/err"
    grep -q -- "$expected" "$T/out" || bad "$what: no $expected"
}
run lexicon add groups "name=Kilwa Dawn" "phrases=Kilwa Dawn|KD" kind=rebel country=TZA sectors=REB from=2020 --lexicon "$own"
expect_status 0 "add a group"
checks=$((checks + 1))
[ "$(cat "$own/groups.tsv")" = "$(printf 'Kilwa Dawn\tKilwa Dawn\tKilwa Dawn|KD\trebel\tTZA\tTZAREB\tREB\t2020\t-\t-')" ] ||
    bad "the row: $(cat "$own/groups.tsv")"
coded "own group" '"actor":"group:Kilwa Dawn"' --lexicon "$own"
run actor KD --lexicon "$own"
expect_out '"rows":\[".*/own/groups.tsv:1"\]' "which row decided"
# an office: two tables, found by date; the built-in holder of the day before stays
run lexicon add persons "id=Amina Zedson" country=KEN gender=f sectors=GOV from=2026 weight=7 --lexicon "$own"
expect_status 0 "add a person"
run lexicon add offices id=KEN:president:2026-05-01 title=president "person=Amina Zedson" from=2026-05-01 --lexicon "$own"
expect_status 0 "add an office"
run actor "the Kenyan president" --date 2026-06-01 --lexicon "$own"
expect_out '"actor":"person:Amina Zedson"' "own holder"
run actor "the Kenyan president" --date 2009-06-01 --lexicon "$own"
expect_out '"actor":"person:Mwai Kibaki"' "built-in holder of an earlier day"
# a known id is replaced
printf 'FARC\tFuerzas\tFARC\trebel\tCOL\tCOLREB\tREB\t-\t-\t-\n' >>"$own/groups.tsv"
run actor FARC --lexicon "$own"
expect_out '"name":"Fuerzas"' "a replaced row"
# the environment and the user's folder
checks=$((checks + 1))
DRAGOMAN_LEXICON="$own" "$DRAGOMAN" actor KD | grep -q 'Kilwa Dawn' || bad "DRAGOMAN_LEXICON"
mkdir -p "$XDG_CONFIG_HOME/dragoman" && cp -r "$own" "$XDG_CONFIG_HOME/dragoman/lexicon"
run actor KD
expect_out 'group:Kilwa Dawn' "the user's folder"
rm -r "$XDG_CONFIG_HOME/dragoman"
# faults: nothing is written, the place is named
run lexicon add groups "name=Bad Front" kind=rebell country=TZA sectors=REB --lexicon "$own"
expect_status 1 "an unknown kind"
expect_err "groups.tsv:3:4: nothing reads 'rebell'" "an unknown kind"
run lexicon add groups "name=Bad Front" kind=rebel country=XQX sectors=REB --lexicon "$own"
expect_err "groups.tsv:3:5: no state has the code 'XQX'" "an unknown state"
run lexicon add groups "name=Bad Front" kind=rebel country=TZA sectors=REB colour=red --lexicon "$own"
expect_err "colour=red" "an unknown column"
run lexicon add nogroups name=x --lexicon "$own"
expect_err "no table 'nogroups'" "an unknown table"
checks=$((checks + 1))
[ "$(wc -l <"$own/groups.tsv")" = 2 ] && [ "$(find "$own" -name '.new*' | wc -l)" = 0 ] || bad "a bad row left something behind"
printf 'a\tb\n' >"$own/groups.tsv"
run actor KD --lexicon "$own"
expect_status 1 "too few columns"
expect_err "own/groups.tsv:1:1: a row has 2 columns; those of 'groups' have 10" "too few columns"
run actor KD --lexicon "$T/nowhere"
expect_status 1 "no such folder"
expect_err "nowhere" "no such folder"
# frames of one's own: a fault names the own file
rm "$own"/*.tsv
printf 'own.frobnicate\tfrobnicate/VERB obj=*\tnowhere=obj\tsource\t172\tCOERCE\trestrict\t-\tKenya frobnicated Chad.\tShe frobnicated.\town\n' >"$own/frames-material-conflict.tsv"
printf 'x\n' | "$DRAGOMAN" code --lexicon "$own" - >"$T/out" 2>"$T/err"
expect_err "own/frames-material-conflict.tsv:1" "a bad frame"
# the law of the board: a number and a kind of one's own count, a bad row stops the command with its own file, line and field
law="$T/law"
mkdir -p "$law"
cat >"$T/law.jsonl" <<'END'
{"id":"a","published":"2004-03-01","text":"Benin demanded that Togo return the seized trawlers."}
{"id":"b","published":"2004-04-05","text":"Togo rejected the demand."}
END
status_of() { # WHAT EXPECTED ARGS...
    what=$1 expected=$2
    shift 2
    rm -f "$T/law.db"*
    "$DRAGOMAN" ingest --db "$T/law.db" --input jsonl "$T/law.jsonl" "$@" >/dev/null 2>"$T/err"
    run situation --db "$T/law.db" --as-of 2004-05-10 --format json "$@"
    expect_out "\"status\":\"$expected\"" "$what"
}
status_of "the built-in law" rejected
printf 'answer_behind\t30\tdays\t1\t366\tm\tt\n' >"$law/board_scale.tsv"
status_of "an answer after the days of one's own" open --lexicon "$law"
printf 'demand\tissuer|addressee\topen|accepted|rejected|deferred|withdrawn|met|lapsed\trejected|withdrawn|met|lapsed\t20\tdue\ts\n' >"$law/item_kinds.tsv"
printf '{"id":"c","published":"2004-03-10","text":"Togo opened an embassy in Ghana."}\n' >>"$T/law.jsonl"
status_of "silence of one's own" lapsed --lexicon "$law"
rm "$law/item_kinds.tsv"
for bad in 'answer_behind\t30.5\tdays\t1\t366\tm\tt|:1:2: days are counted in whole numbers' 'party_sure\t1.5\tshare\t0\t1\tm\tt|:1:2: no number between 0 and 1' \
    'party_sured\t1\tshare\t0\t1\tm\tt|:1:1: nobody asks for this number'; do
    printf "${bad%%|*}\\n" >"$law/board_scale.tsv"
    run code --lexicon "$law" "$T/law.jsonl"
    expect_status 1 "a bad number"
    expect_err "law/board_scale.tsv${bad#*|}" "a bad number"
done
rm "$law/board_scale.tsv"
printf 'x\tdemand\teased\t*\tany\ts\n' >"$law/status_law.tsv"
run code --lexicon "$law" "$T/law.jsonl"
expect_err "law/status_law.tsv:1:3: no status of a demand" "a status of another kind"
finish
