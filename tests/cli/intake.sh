#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ways in: folders, packed files good and damaged, --limit, --sample, --since, --stats, ^C.
. "$SRC/tests/cli/lib.sh"
lines() { # N FIRST: records of JSON Lines
    i=0
    while [ $i -lt "$1" ]; do
        n=$(($2 + i))
        printf '{"id":"n%s","published":"2021-03-%02d","text":"Ghana recalled its ambassador from Togo. Report %s came later."}\n' $n $((n % 28 + 1)) $n
        i=$((i + 1))
    done
}
is() { # WANT WHAT: lines of stdout
    checks=$((checks + 1))
    got=$(wc -l <"$T/out")
    [ "$got" -eq "$1" ] || bad "$2: $got records, expected $1"
}

# ---- packed: by content, not by name; several members; the same output as unpacked
lines 40 0 >"$T/n.jsonl"
lines 40 40 >"$T/m.jsonl"
cat "$T/n.jsonl" "$T/m.jsonl" >"$T/both"
run code "$T/both"
cp "$T/out" "$T/want"
for tool in gzip bzip2 xz zstd; do
    command -v $tool >/dev/null || continue
    { $tool -c <"$T/n.jsonl"; $tool -c <"$T/m.jsonl"; } >"$T/packed"
    run code "$T/packed"
    expect_status 0 "$tool"
    checks=$((checks + 1))
    cmp -s "$T/out" "$T/want" || bad "$tool: other output than unpacked"
    "$DRAGOMAN" code - <"$T/packed" >"$T/out" 2>"$T/err"
    cmp -s "$T/out" "$T/want" || bad "$tool from standard input: other output than unpacked"
    # cut: what was whole is kept, file and byte are named
    size=$(wc -c <"$T/packed")
    head -c $((size - 20)) "$T/packed" >"$T/cut"
    run code "$T/cut"
    expect_status 1 "$tool, cut"
    expect_one_line "$tool, cut"
    expect_err "cut: record [0-9]*, byte [0-9]*: the $tool data \(ends early\|is damaged\)" "$tool, cut"
    checks=$((checks + 1))
    [ "$(wc -l <"$T/out")" -ge 40 ] || bad "$tool, cut: the records of the whole member are not kept"
    # damage in the first member: the second one is read
    { head -c $((size / 4)) "$T/packed"; printf 'XXXXXXXX'; tail -c +$((size / 4 + 9)) "$T/packed"; } >"$T/hurt"
    run code "$T/hurt"
    expect_status 1 "$tool, damaged"
    expect_err "hurt: record [0-9]*, byte [0-9]*: the $tool data is damaged" "$tool, damaged"
    checks=$((checks + 1))
    [ "$(grep -c '"id":"n[4-7][0-9]"' "$T/out")" -ge 39 ] || bad "$tool, damaged: the second member is not read"
done
printf 'Ghana recalled its ambassador from Togo on Friday.\n' >"$T/t.txt"
gzip -c "$T/t.txt" | head -c 50 >"$T/t.gz"
run text "$T/t.gz" "$T/t.txt"
expect_status 1 "a text cut short"
expect_one_line "a text cut short"
expect_err "t.gz: record 1, byte 50: the gzip data ends early" "a text cut short"
{ gzip -c "$T/t.txt"; head -c 2000 /dev/zero; } >"$T/pad.gz"
run text "$T/pad.gz"
expect_status 0 "zeros behind the last member"
{ gzip -c "$T/t.txt"; printf 'more'; } >"$T/tail.gz"
run text "$T/tail.gz"
expect_status 1 "other bytes behind the last member"
expect_err "no gzip data" "other bytes behind the last member"

# ---- bombs: bounded time and memory, told, the rest done
{ lines 1 0; head -c 300000000 /dev/zero | tr '\0' ' '; echo; } | gzip >"$T/bomb.gz"
lines 3 1 | gzip >>"$T/bomb.gz"
( [ -n "${SANITIZE:-}" ] || ulimit -v 400000
  "$DRAGOMAN" text "$T/bomb.gz" >"$T/out" 2>"$T/err" )
st=$?
expect_status 1 "a bomb"
expect_one_line "a bomb"
expect_err "times its packed size" "a bomb"
checks=$((checks + 1))
[ "$(grep -c Ghana "$T/out")" = 4 ] || bad "a bomb: the records before and behind it"

# ---- folders
mkdir -p "$T/d/b/c" "$T/d/a" "$T/d/.hidden"
lines 1 3 >"$T/d/b/c/x.jsonl"
lines 1 2 >"$T/d/b/a.jsonl"
lines 1 1 | gzip >"$T/d/a/z"
lines 1 9 >"$T/d/.hidden/no.jsonl"
printf '\211PNG\r\n\032\n0000' >"$T/d/a/picture.html"
printf 'function f(a) { return a[0] === "x" ? g(a) : { b: 1 }; }\nvar s = f([1, 2]); if (s) { h(s); }\n' >"$T/d/a/code.js"
printf '.top { color: red; margin: 0 }\n.b > a { color: blue; }\np { margin: 0; }\nli { border: 0; }\n' >"$T/d/a/page.css"
ln -s .. "$T/d/a/loop"
ln -s ../b/a.jsonl "$T/d/a/link"
run code "$T/d"
expect_status 1 "a folder without -r"
expect_one_line "a folder without -r"
expect_err "-r" "a folder without -r"
run code -r --stats "$T/d"
expect_status 0 "a folder"
is 4 "a folder"
expect_err "4 documents, " "--stats"
expect_err "3 files below folders passed over" "what holds no news is passed over"
checks=$((checks + 1))
[ "$(grep -o '"id":"n[0-9]"' "$T/out" | tr -d '\n')" = '"id":"n2""id":"n1""id":"n2""id":"n3"' ] || bad "a folder: not in the order of the names"
run code "$T/d/a/picture.html"
expect_status 1 "the same named by the user is told"
cp "$T/cut" "$T/d/b/cut.gz"
run code -r "$T/d"
expect_status 1 "a damaged file in a folder is told"
rm "$T/d/b/cut.gz"

# ---- feeds, tables, arrays: by content; a broken record is named, the rest done
printf '<?xml version="1.0"?><rss version="2.0"><channel><title>The Desk</title><item><title>One</title><pubDate>Mon, 04 Jun 2018 08:00:00 GMT</pubDate><description>Kenya closed its border with Somalia on Monday.</description></item><item><title>broken<item><title>Chad attacked Niger</title></item></channel></rss>' >"$T/feed"
run code "$T/feed"
expect_status 1 "a feed"
is 2 "a feed"
expect_one_line "a feed"
expect_err "feed: record 2, byte [0-9]*: the item is not closed" "a feed"
expect_out '"publisher":"The Desk"' "a feed's name"
expect_out '"published":"2018-06-04"' "an item's date"
printf 'when,who,what\n2018-06-04,Desk,"Kenya closed its border, and Chad attacked Niger."\n' >"$T/table"
run code --map text=what,date=when,publisher=who "$T/table"
expect_status 0 "a table"
is 1 "a table"
expect_out '"published":"2018-06-04"' "a table's date"
run code "$T/table"
expect_status 1 "a table without a text"
expect_err "(when, who, what); say which: --map text=COLUMN" "a table without a text"
run code --map txt=what "$T/table"
expect_status 2 "--map"
expect_err "'txt' is no field" "--map"
printf '[{"title":"A","body":"Kenya closed its border."},\n{"title":"B"}]' >"$T/array"
run text "$T/array"
expect_status 0 "an array"
expect_out "Kenya closed" "an array"

# ---- an archive of pages, a damaged member among them
member() { # N TEXT
    block=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>%s</p></article></body></html>' "$2")
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$1" "$(printf %s "$block" | wc -c)" "$block" | gzip -c
}
member 1 "Kenya closed its border with Somalia on Monday, its foreign ministry said in Nairobi." >"$T/1.gz"
member 2 "Chad attacked Niger on Tuesday, and the government in Niamey called for talks." >"$T/2.gz"
member 3 "Egypt and Sudan met in Cairo on Friday to speak about water and the dam." >"$T/3.gz"
cat "$T/1.gz" "$T/2.gz" "$T/3.gz" >"$T/pages"
run code "$T/pages"
expect_status 0 "an archive"
is 3 "an archive"
expect_out '"url":"http://a.example/2"' "an archive"
{ cat "$T/1.gz"; head -c 150 "$T/2.gz"; printf 'XXXX'; tail -c +155 "$T/2.gz"; cat "$T/3.gz"; } >"$T/pages"
run code -j 2 "$T/pages"
expect_status 1 "an archive with a damaged member"
expect_one_line "an archive with a damaged member"
expect_err "pages: record 2, byte [0-9]*: the gzip data is damaged; 1 record before it" "an archive with a damaged member"
is 2 "an archive with a damaged member"

# ---- --limit, --sample, --since
run code --limit 7 "$T/n.jsonl" "$T/m.jsonl"
expect_status 0 "--limit"
is 7 "--limit"
run code --limit 7 --threads 2 "$T/n.jsonl" "$T/m.jsonl"
is 7 "--limit with threads"
run code --sample 10 --seed 3 "$T/n.jsonl" "$T/m.jsonl"
expect_status 0 "--sample"
is 10 "--sample"
cp "$T/out" "$T/first"
run code --sample 10 --seed 3 --threads 2 "$T/n.jsonl" "$T/m.jsonl"
checks=$((checks + 1))
cmp -s "$T/out" "$T/first" || bad "--sample: the same seed draws another sample"
run code --sample 10 --seed 4 "$T/n.jsonl" "$T/m.jsonl"
checks=$((checks + 1))
! cmp -s "$T/out" "$T/first" || bad "--sample: another seed draws the same sample"
run code --sample 1000 "$T/n.jsonl"
is 40 "a sample larger than all there is"
run code --sample 3 -
expect_status 2 "--sample of standard input"
{ cat "$T/n.jsonl"; printf '{"text":"Ghana recalled its ambassador from Togo."}\n'; } >"$T/since.jsonl"
run code --since 2021-03-21 --stats "$T/since.jsonl"
expect_status 0 "--since"
is 8 "--since"
expect_err "33 left out" "--since"
run code --since yesterday "$T/since.jsonl"
expect_status 2 "--since that is no day"

# ---- copies: the same words from another outlet, and nearly the same, are told once
words='Kenya closed its border with Somalia on Monday after an attack on a police post near the town of Mandera, the interior ministry said in Nairobi. Four officers were wounded. The ministry said that traders would be let through from Thursday on, and that talks with the government in Mogadishu had begun. An opposition leader called the closure a mistake and asked the president to explain it to parliament before the end of the week. Shops stayed shut.'
{
    printf '{"id":"a","published":"2021-03-01","publisher":"First","text":"%s"}\n' "$words"
    printf '{"id":"b","published":"2021-03-02","publisher":"Second","text":"%s"}\n' "$words"
    printf '{"id":"c","published":"2021-03-02","publisher":"Third","text":"%s"}\n' "$(printf %s "$words" | sed 's/Shops stayed shut/Shops remained shut/')"
    printf '{"id":"f","publisher":"Sixth","text":"%s"}\n' "$(printf %s "$words" | sed 's/Four officers/Five officers/')"
    printf '{"id":"d","publisher":"Fourth","text":"Chad attacked Niger on Tuesday."}\n'
    printf '{"id":"e","publisher":"Fifth","text":"Chad attacked Niger on Thursday."}\n'
} >"$T/copies.jsonl"
run code --once --stats "$T/copies.jsonl"
expect_status 0 "--once"
is 6 "--once"
expect_err "2 copies of texts read before" "--once"
checks=$((checks + 1))
[ "$(grep -c '"copy_of":"a"' "$T/out")" = 2 ] && grep '"copy_of"' "$T/out" | grep -q '"publisher":"Second"' || bad "--once: a copy and its outlet"
cp "$T/out" "$T/first"
run code --once -j 2 "$T/copies.jsonl"
checks=$((checks + 1))
cmp -s "$T/out" "$T/first" || bad "--once: threads find other copies"

# ---- without the text: what is licensed does not stay
"$DRAGOMAN" ingest --quiet --once --no-text --db "$T/bare.db" "$T/copies.jsonl" 2>"$T/err"
st=$?
expect_status 0 "--no-text"
for w in "near the town of Mandera" "opposition leader called" "Shops stayed"; do
    checks=$((checks + 1))
    ! grep -aq "$w" "$T/bare.db" || bad "--no-text: '$w' is in the store"
done
run timeline --db "$T/bare.db" --format json
expect_status 0 "timeline without texts"
expect_out '"cameo"' "timeline without texts"
run doctor --db "$T/bare.db"
expect_status 0 "doctor without texts"
run recode --db "$T/bare.db"
expect_status 0 "recode without texts"
"$DRAGOMAN" ingest --no-text --db "$T/bare.db" "$T/copies.jsonl" 2>"$T/err" >/dev/null
expect_err "4 already there" "--no-text: the hash is that of the text"

# ---- ^C: what is finished is kept, exit status 130
mkfifo "$T/pipe"
"$DRAGOMAN" code - <"$T/pipe" >"$T/out" 2>"$T/err" &
pid=$!
exec 9>"$T/pipe"
lines 100 0 >&9 # more than is looked at to see what it is
sleep 3
kill -TERM $pid
wait $pid
st=$?
exec 9>&-
expect_status 130 "stopped by a signal"
expect_err "stopped; 100 documents are done" "stopped by a signal"
is 100 "stopped by a signal"
finish
