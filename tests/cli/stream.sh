#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `stream` from file to file and into a store, and what it refuses; logs are tests/kafka/mock_test.py's.
. "$SRC/tests/cli/lib.sh"
for k in 1 2 3 4 5 6 7 8; do
    printf '{"id":"a%s","published":"2015-06-0%s","text":"Kenya and Sudan signed an agreement in Nairobi. Peru rejected the demand of Chile."}\n' $k $k
done >"$T/news.jsonl"
{
    sed -n 1,4p "$T/news.jsonl"
    echo '{"id": "x", "text": '
    sed -n 5,8p "$T/news.jsonl"
} >"$T/bad.jsonl"
"$DRAGOMAN" code "$T/news.jsonl" >"$T/want"
same() { checks=$((checks + 1)); cmp -s "$T/want" "$1" || bad "$2: not what 'code' writes"; }

for j in 1 3; do
    run stream --in "$T/news.jsonl" --out "$T/got" --threads $j
    expect_status 0 "file to file"
    expect_err "^8 messages: 8 documents" "file to file"
    same "$T/got" "file to file, $j threads"
done
run stream --in "$T/news.jsonl" --out - --quiet
cp "$T/out" "$T/got"
same "$T/got" "to standard output"
expect_status 0 "to standard output"
checks=$((checks + 1))
[ ! -s "$T/err" ] || bad "--quiet says something"
"$DRAGOMAN" stream --in - --out "$T/got" --quiet <"$T/news.jsonl"
same "$T/got" "from standard input"
run stream --in "$T/news.jsonl" --out - --only events --with-text --quiet --limit 2
checks=$((checks + 1))
[ "$(jq -c '[keys[]|select(.=="events" or .=="text" or .=="entities")]' "$T/out" | sort | uniq -c | tr -s ' ')" = ' 2 ["events","text"]' ] || bad "--only, --with-text, --limit"

# a bad record: told with its place and status 1, or written to --dead with it and status 0; the rest is done
run stream --in "$T/bad.jsonl" --out "$T/got"
expect_status 1 "a bad record"
expect_err "bad.jsonl: record 5, byte [0-9]*: " "a bad record"
same "$T/got" "what stands around a bad record"
run stream --in "$T/bad.jsonl" --out "$T/got" --dead "$T/dead" --quiet
expect_status 0 "a dead letter"
same "$T/got" "what stands around a dead letter"
checks=$((checks + 1))
[ "$(jq -c '[.status,.record,.file]' "$T/dead")" = "[\"format\",5,\"$T/bad.jsonl\"]" ] || bad "the dead letter is $(cat "$T/dead")"

# a store is the one of `ingest`
run stream --in "$T/news.jsonl" --db "$T/s.db"
expect_status 0 "into a store"
expect_err "^8 new, 0 corrected, 0 already there" "into a store"
run stream --in "$T/news.jsonl" --db "$T/s.db" --threads 2
expect_err "^0 new, 0 corrected, 8 already there" "twice into a store"
"$DRAGOMAN" ingest --quiet --db "$T/i.db" "$T/news.jsonl"
for q in situation timeline; do
    "$DRAGOMAN" $q --db "$T/s.db" --format json >"$T/a"
    "$DRAGOMAN" $q --db "$T/i.db" --format json >"$T/b"
    checks=$((checks + 1))
    cmp -s "$T/a" "$T/b" || bad "$q of the store is not that of 'ingest'"
done

# coded documents travel: the store of them is that of the texts
run stream --in "$T/news.jsonl" --out "$T/coded" --format coded --quiet
expect_status 0 "--format coded"
"$DRAGOMAN" code --format coded "$T/news.jsonl" >"$T/a"
checks=$((checks + 1))
cmp -s "$T/a" "$T/coded" || bad "--format coded is not that of 'code'"

# metrics in a file
run stream --in "$T/bad.jsonl" --out /dev/null --dead /dev/null --metrics "$T/m.prom" --quiet
for line in "messages_total 9" "documents_total 8" "written_total 8" "dead_total 1"; do
    checks=$((checks + 1))
    grep -q "^dragoman_stream_$line$" "$T/m.prom" || bad "metrics lack '$line'"
done

# a pipe that stays open: what was read is written, and SIGTERM ends it with status 0
mkfifo "$T/pipe"
"$DRAGOMAN" stream --in - --input jsonl --out "$T/got" --quiet <"$T/pipe" 2>"$T/err" &
pid=$!
exec 3>"$T/pipe"
i=0
while [ $i -lt 30 ]; do # the reader looks at 8 kB before it takes a first record
    cat "$T/news.jsonl" >&3
    i=$((i + 1))
done
i=0
while [ "$(wc -l <"$T/got" 2>/dev/null || echo 0)" -lt 100 ] && [ $i -lt 100 ]; do
    sleep 0.1
    i=$((i + 1))
done
checks=$((checks + 1))
[ "$(wc -l <"$T/got")" -ge 100 ] || bad "what a pipe brought waits for more"
kill -TERM $pid
wait $pid
st=$?
exec 3>&-
expect_status 0 "SIGTERM"

# what makes no sense
odd() { # WORDS ARGS...
    want=$1
    shift
    run stream "$@"
    expect_status 2 "$*"
    expect_err "$want" "$*"
    expect_one_line "$*"
}
odd "unknown format 'conllu' (jsonl, coded)" --in "$T/news.jsonl" --out - --format conllu
odd "'--format' is for --out" --in "$T/news.jsonl" --db "$T/s.db" --format coded
odd "a coded document is whole" --in "$T/news.jsonl" --out - --format coded --only events
odd "files are for 'ingest --coded'" --in "$T/coded" --db "$T/s.db" --coded
odd "needs --in kafka://... and --db" --in kafka://localhost:9/x --out - --coded
odd "'--date' is for news" --in kafka://localhost:9/x --db "$T/s.db" --coded --date 2001-01-01
run stream --in "$T/news.jsonl"
expect_status 2 "neither --out nor --db"
run stream --in "$T/news.jsonl" --out - --db "$T/s.db"
expect_status 2 "--out and --db"
run stream --in "$T/news.jsonl" --out - --group g
expect_status 2 "a group of a file"
expect_one_line "a group of a file"
run stream --in "$T/none.jsonl" --out -
expect_status 1 "a file that is not there"
run stream --in "$T/news.jsonl" --out /nowhere/x
expect_status 1 "a folder that is not there"
run stream --in "$T/news.jsonl" --out - --metrics /nowhere/m
expect_status 2 "metrics that cannot be written"
run stream --in kafka://localhost:9/x --out - --kafka sasl.password=opensesame
expect_status 2 "a secret on the command line"
expect_one_line "a secret on the command line"
checks=$((checks + 1))
! grep -q opensesame "$T/err" || bad "a secret is repeated"
run stream --in kafka://u:opensesame@localhost:9/x --out -
expect_status 2 "a secret in an address"
checks=$((checks + 1))
! grep -q opensesame "$T/err" || bad "a secret of an address is repeated"
if grep -q librdkafka.so "$DRAGOMAN"; then # loaded, not linked
    for p in no.such.thing=1 enable.auto.commit=true group.id=x bootstrap.servers=x partition.assignment.strategy=cooperative-sticky nonsense acks=maybe; do
        run stream --in kafka://localhost:9/x --out - --kafka $p --quiet
        expect_status 2 "--kafka $p"
        expect_one_line "--kafka $p"
    done
    for u in kafka://localhost:9 kafka://localhost:9/ kafka:///x kafka://localhost:9/a/b "kafka://localhost:9/a b"; do
        run stream --in "$u" --out - --quiet
        expect_status 2 "$u"
    done
    printf '# a comment\n\nsession.timeout.ms = 6000\nout.no.such = 1\nin.no.such=2\n' >"$T/p"
    run stream --in kafka://localhost:9/x --out - --kafka-file "$T/p" --quiet
    expect_status 2 "a file of properties"
    expect_err "no property 'no.such'" "a file of properties"
    printf 'group.id=x\n' >"$T/p"
    run stream --in kafka://localhost:9/x --out - --kafka-file "$T/p"
    expect_err "$T/p:1: 'group.id' is set by --group" "a file of properties"
else
    run stream --in kafka://localhost:9/x --out -
    expect_status 2 "a build without librdkafka"
    expect_err "built without librdkafka" "a build without librdkafka"
fi
finish
