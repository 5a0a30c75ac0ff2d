#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ids that were taken for one another.
. "$SRC/tests/cli/lib.sh"
# 2^64 and 2^64+1 became one number: the second record "corrected" the first, which left the board
text='Egypt demanded that Ethiopia withdraw its troops.'
other='Chile threatened to attack Bolivia.'
printf '{"id":18446744073709551616,"date":"2021-03-02","text":"%s"}\n{"id":18446744073709551617,"date":"2021-03-02","text":"%s"}\n' "$text" "$other" >"$T/n.jsonl"
run ingest --db "$T/n.db" "$T/n.jsonl"
expect_err "^2 new, 0 corrected" "numeric ids of 2^64 and more"
run situation --db "$T/n.db" --format json
expect_out '"kind":"demand"' "the first of the two stands"
expect_out '"kind":"threat"' "the second of the two stands"
run code "$T/n.jsonl"
expect_out '"id":"18446744073709551617"' "all digits of the id"
# a bad id costs its record alone
{
    printf '{"id":"'
    head -c 1000000 /dev/zero | tr '\0' i
    printf '","text":"%s"}\n{"id":"b","id":"c","text":"%s"}\n{"id":"d","text":"%s"}\n' "$text" "$text" "$text"
} >"$T/bad.jsonl"
run code "$T/bad.jsonl"
expect_status 1 "bad ids"
expect_err "record 1, byte 6: the id has 1000000 bytes, more than 4096" "an id of a megabyte"
expect_err "record 2, .*'id' stands twice" "two ids in a record"
checks=$((checks + 1))
[ "$(wc -l <"$T/out")" = 1 ] || bad "the record after the bad ones was lost"
{ printf '{"url":"http://example.org/'; head -c 100000 /dev/zero | tr '\0' u; printf '","text":"%s"}\n' "$text"; } >"$T/url.jsonl"
run code "$T/url.jsonl"
expect_status 0 "an address of 100 kB"
expect_out '"doc":{"id":"d[0-9a-f]*",' "an address of 100 kB is no id"
# tolls told without an event of their own had the id of their place in the text, whatever the text
printf '{"id":"a","date":"2021-03-01","text":"The earthquake left 17 people dead in Haiti."}\n{"id":"b","date":"2022-05-01","text":"The earthquake left 23 people dead in Nepal."}\n' >"$T/t.jsonl"
run ingest --db "$T/t.db" "$T/t.jsonl"
run situation --db "$T/t.db" --kind toll --format json
grep -o '"event":"toll[0-9a-f]*"' "$T/out" | sort | uniq -d >"$T/err"
checks=$((checks + 2))
grep -q '"event":"toll' "$T/out" || bad "no toll without an event of its own in the sample"
[ ! -s "$T/err" ] || bad "two documents share the id of a toll"
finish
