#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Words in a store: what is found in which kind, filters, queries that cannot be read, nothing found.
. "$SRC/tests/cli/lib.sh"
cat >"$T/n.jsonl" <<'END'
{"id":"a","published":"2021-03-02","title":"=Fighting in Khartoum","url":"http://news.example/a","text":"Egypt attacked Sudan in Khartoum on Monday. \"We reject the demand,\" the Sudanese president said. Egypt demanded that Sudan withdraw its troops from Halaib."}
{"id":"b","published":"2021-04-05","title":"Sanctions","text":"France imposed sanctions on Russia. The French president said that the demand was just."}
END
"$DRAGOMAN" ingest --quiet --db "$T/s.db" "$T/n.jsonl" 2>"$T/err"
found() { # KINDS, ARGUMENTS...: the kinds of what is found, sorted
    want=$1
    shift
    run search --db "$T/s.db" --format jsonl "$@"
    expect_status 0 "search $*"
    checks=$((checks + 1))
    got=$(sed 's/^{"kind":"\([a-z]*\)".*/\1/' "$T/out" | LC_ALL=C sort | tr '\n' ' ')
    [ "$got" = "$want " ] || bad "search $*: '$got', expected '$want'"
}
found "document item statement" withdraw
found "document item statement" 'withdrawing halaib'
found "document item" attack
found "document document statement statement" '"the demand"'
found "document" --kind documents withdraw
found "item statement" --kind items,statements withdraw
found "document statement" --from 2021-04-01 demand
found "document statement" --to 2021-04-01 --kind statements,documents withdraw
found "document statement" --actor FRA demand
found "statement" --actor EGY --kind statements withdraw
found "document document" --kind documents 'khartoum OR sanct*'
found "document" --kind documents 'demand NOT khartoum'
found "document document statement statement" --limit 0 '"the demand"'
found "document statement" --limit 1 '"the demand"'
checks=$((checks + 1))
run search --db "$T/s.db" --kind documents --format csv egypt
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "CSV of a search"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1] + "/out", newline="", encoding="utf-8")))
assert len(rows) == 1 and rows[0]["title"] == "'=Fighting in Khartoum" and rows[0]["day"] == "2021-03-02" and '"We reject' in rows[0]["snippet"], rows
END
checks=$((checks + 1))
run search --db "$T/s.db" attack
python3 - "$T" <<'END' >"$T/err" 2>&1 || bad "marks of a snippet"
import json, sys
for line in open(sys.argv[1] + "/out", encoding="utf-8"):
    hit = json.loads(line)
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["attacked"], hit
END
run search --db "$T/s.db" --format text attack
expect_out "hostility ongoing" "the item with its status"
unreadable() { # MESSAGE, QUERY: exit status 2, one line that says what can be written
    run search --db "$T/s.db" "$2"
    expect_status 2 "search $2"
    expect_err "$1" "search $2"
    expect_err "in double quotes" "search $2"
    expect_one_line "search $2"
}
unreadable 'syntax error near "\."' 'U.S.'
unreadable 'no such column: fire' 'cease-fire'
unreadable 'unterminated string' '"the demand'
unreadable 'syntax error near "AND"' 'AND'
unreadable "syntax error near \"'\"" "Russia's"
run search --db "$T/s.db" cucumber
expect_status 1 "nothing found"
expect_err "nothing found: 'cucumber'" "nothing found"
for wrong in "--kind thing" "--actor XXX" "--from 2021-02-30" "--limit many" "--format xml"; do
    # shellcheck disable=SC2086 # an option and its value
    run search --db "$T/s.db" $wrong demand
    expect_status 2 "search $wrong"
    expect_one_line "search $wrong"
done
run search --db "$T/s.db" "  "
expect_status 2 "an empty query"
run search --db "$T/s.db"
expect_status 2 "no query"
# what was withdrawn is not found, what was corrected is found as it is now
"$DRAGOMAN" withdraw --db "$T/s.db" b >/dev/null 2>"$T/err"
run search --db "$T/s.db" --kind documents,statements sanctions
expect_status 1 "a withdrawn document"
finish
