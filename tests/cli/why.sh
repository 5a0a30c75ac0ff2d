#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A matter can be questioned: its whole history, each sentence, why it moved, what else the sentence might have been about.
. "$SRC/tests/cli/lib.sh"
db=$T/w.db
cat >"$T/w.jsonl" <<'EOF'
{"id":"a1","published":"1998-06-01","text":"Peru demanded that Ecuador remove the wall at Tumbes. Ecuador offered Peru talks on fishing."}
{"id":"a2","published":"1998-06-03","text":"Peru demanded that Ecuador pay for the bridge."}
{"id":"a3","published":"1998-06-05","text":"Ecuador rejected Peru's demand to remove the wall."}
EOF
run ingest --db "$db" --input jsonl "$T/w.jsonl"
expect_status 0 "three reports"
run situation --db "$db" --status rejected --format json
id=$(sed 's/.*"id":"\(demand-[0-9a-f]*\)".*/\1/' "$T/out")
cp "$db" "$T/before.db"
run explain --db "$db" "$id" --format json
expect_status 0 "why, as JSON"
expect_out '"rule":"demand.answer.reject","does":"answer","to":"rejected"' "the row that moved it"
expect_out '"considered":\[{"item":"demand-[0-9a-f]*","kind":"demand","status":"open","content":"Ecuador pay for the bridge","as":"answer","fit":0' "what it was not"
run explain --db "$db" "$id" --format text
expect_status 0 "why, for a reader"
expect_out "Ecuador rejected Peru's demand to remove the wall" "the sentence"
expect_out "is an answer of whom it was put to: rejected" "what the sentence is to the matter"
expect_out "not demand-.*Ecuador pay for the bridge" "the other demand"
checks=$((checks + 1))
cmp -s "$db" "$T/before.db" || bad "a question changed the store"
# the warning and what is threatened are two events of one sentence, and one line of the history
printf '%s\n' '{"id":"b1","published":"1978-12-09","text":"U.S. Secretary of State Cyrus Vance warned Argentina that Washington would impose an arms embargo if it attacked Chile."}' >"$T/v.jsonl"
run ingest --db "$T/v.db" --input jsonl "$T/v.jsonl"
run sql --db "$T/v.db" "SELECT count(*) AS lines FROM history WHERE kind='threat'"
expect_out '"lines":1}' "what two events of a sentence tell stands in the history once"
run explain --db "$db" demand-0000000000
expect_status 1 "no such item"
run explain --db "$db" "$id" --format xml
expect_status 2 "no such format"
finish
