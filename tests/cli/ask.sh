#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sql: readable views, nothing but SELECT, what cannot be read. diff: the board of two days.
. "$SRC/tests/cli/lib.sh"
cat >"$T/n.jsonl" <<'END'
{"id":"a","published":"2021-03-02","title":"=Fighting","text":"Egypt attacked Sudan in Khartoum on Monday, killing 12 people. Egypt and Kenya met in Nairobi. Egypt demanded that Sudan withdraw its troops from Halaib."}
{"id":"b","published":"2021-04-05","text":"Sudan rejected Egypt's demand to withdraw its troops from Halaib. France will not attack Chad."}
END
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
cp "$T/s.db" "$T/before.db"
answer() { # EXPECTED (lines of JSON), QUERY
    run sql --db "$T/s.db" --format jsonl "$2"
    expect_status 0 "sql $2"
    checks=$((checks + 1))
    [ "$(cat "$T/out")" = "$1" ] || bad "sql $2: '$(head -3 "$T/out")', expected '$1'"
}
answer '{"day":"2021-03-01","plover":"ASSAULT","status":"actual","source":"Egypt","target":"Sudan"}' \
    "SELECT day, plover, status, source, target FROM event WHERE plover='ASSAULT' AND status='actual' AND target LIKE '%Sudan%'"
answer '{"source_country":"EGY","target_country":"SDN","goldstein":-10,"quad":4}' \
    "SELECT source_country, target_country, goldstein, quad FROM dyad WHERE root='19' AND source_country='EGY' AND target_country='SDN'"
answer '{"kind":"deaths","value":12}' "SELECT DISTINCT kind, value FROM quantity"
answer '{"id":"a","published":"2021-03-02"}
{"id":"b","published":"2021-04-05"}' "SELECT id, published FROM document ORDER BY published;"
answer '{"speaker_name":"Egypt","kind":"indirect","document":"a"}' "SELECT speaker_name, kind, document FROM statement WHERE document='a'"
answer '{"kind":"demand","status":"rejected","opened":"2021-03-02"}' "SELECT kind, status, opened FROM item WHERE kind='demand'"
answer '{"status":"open","date":"2021-03-02"}
{"status":"rejected","date":"2021-04-05"}' "SELECT status, date FROM history WHERE kind='demand' AND status IS NOT NULL ORDER BY date"
answer '{"a":"use conventional military force","b":-9,"c":-10,"d":4,"d_5":3}' "SELECT cameo_name('190') AS a, plover_score('ASSAULT','') AS b, goldstein('190') AS c, quad('19') AS d, quad('12') AS d"
answer '{"n":1}
{"n":2}' "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n<2) SELECT n FROM c"
answer '{"n":7}' "SELECT 7 AS n UNION SELECT 8 LIMIT 1"
run sql --db "$T/s.db" --limit 1 "SELECT id FROM document"
checks=$((checks + 1))
[ "$(wc -l <"$T/out")" = 1 ] || bad "--limit"
run sql --db "$T/s.db" --format csv "SELECT title, -1 AS n FROM document WHERE id='a'"
expect_out "^'=Fighting,-1" "a formula in CSV"
run sql --db "$T/s.db" --format text "SELECT id, sentence_text FROM event"
expect_out "^id  *sentence_text" "a table"
refused() { # MESSAGE QUERY
    run sql --db "$T/s.db" "$2"
    expect_status 2 "sql $2"
    expect_err "$1" "sql $2"
    expect_one_line "sql $2"
}
for q in "DELETE FROM events" "INSERT INTO events(doc) VALUES(1)" "UPDATE documents SET title='x'" "DROP TABLE events" "DROP VIEW temp.event" "CREATE TABLE t(x)" \
    "CREATE TEMP TABLE t(x)" "PRAGMA query_only=OFF" "PRAGMA user_version=9" "ATTACH '$T/x.db' AS x" "VACUUM INTO '$T/y.db'" "BEGIN" \
    "INSERT INTO documents_fts(documents_fts) VALUES('rebuild')" "REINDEX" "ANALYZE"; do
    refused "only SELECT is answered" "$q"
done
refused "no such column: nope (views: document, event" "SELECT nope FROM event"
refused 'near "selec": syntax error' "selec 1"
refused "one query at a time" "SELECT 1; SELECT 2"
refused "nothing is asked" " -- nothing"
refused "not authorized" "SELECT load_extension('/tmp/x.so')"
checks=$((checks + 1))
cmp -s "$T/s.db" "$T/before.db" && [ ! -e "$T/x.db" ] && [ ! -e "$T/y.db" ] || bad "a question changed something"
run sql --db "$T/s.db" "SELECT id FROM document WHERE 0"
expect_status 1 "no rows"
expect_err "nothing found" "no rows"
# every column of docs/formats/sql.md is there, and no other
for v in document event dyad statement item history quantity; do
    "$DRAGOMAN" sql --db "$T/s.db" --format csv "SELECT * FROM $v LIMIT 1" 2>"$T/err" | head -1 | tr -d '\r' | sed 's/,/, /g' >"$T/have"
    checks=$((checks + 1))
    sed -n "s/^| $v | \(.*\) |\$/\1/p" "$SRC/docs/formats/sql.md" | diff - "$T/have" >"$T/err" || bad "docs/formats/sql.md lists other columns of $v"
done

run diff --db "$T/s.db" --format jsonl 2021-03-01 2021-03-02
expect_status 0 "diff"
expect_out '"change":"new","kind":"demand","who":"Egypt, Sudan","before":null,"after":"open"' "a new demand"
run diff --db "$T/s.db" --format jsonl --kind demand 2021-03-02 2021-04-05
expect_out '"change":"changed","kind":"demand","who":"Egypt, Sudan","before":"open","after":"rejected","since":"2021-04-05"' "a demand is rejected"
checks=$((checks + 1))
[ "$(wc -l <"$T/out")" = 1 ] || bad "--kind: other kinds"
run diff --db "$T/s.db" --format jsonl --kind demand 2021-04-05 2021-03-01
expect_out '"change":"gone","kind":"demand"' "backwards it is gone"
run diff --db "$T/s.db" --format text 2021-03-01 2021-04-05
expect_out "^change  *kind  *who" "a table"
run diff --db "$T/s.db" --kind demand 2021-03-02 2021-03-03
expect_status 1 "the same board"
expect_err "is the same" "the same board"
run diff --db "$T/s.db" --known --kind demand 2021-03-02 2021-04-05
expect_status 0 "as known on the days"
for wrong in "2021-03-02" "2021-03-02 soon" "--kind thret 2021-03-02 2021-03-03"; do
    # shellcheck disable=SC2086 # an option and its value
    run diff --db "$T/s.db" $wrong
    expect_status 2 "diff $wrong"
    expect_one_line "diff $wrong"
done
finish
