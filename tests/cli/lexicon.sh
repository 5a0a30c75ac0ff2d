#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The lexicon is without fault; each kind of bad row is named with file, line and field; rows are found by word.
. "$SRC/tests/cli/lib.sh"
cd "$SRC" || exit 1
run lexicon check --tables-only lexicon
expect_status 0 "our tables"
expect_err "^0 faults" "our tables"
if [ -z "${SANITIZE:-}" ]; then
    run lexicon check lexicon
    expect_status 0 "our tables and their examples"
    expect_err "^0 faults" "our tables and their examples"
    [ -s "$T/out" ] && head -5 "$T/out"
fi

# docs/lexicon.md has each table
for table in lexicon/*/*.tsv; do
    name=$(basename "$table" .tsv)
    checks=$((checks + 1))
    grep -q "\`$name\`" docs/lexicon.md || grep -q "\`${name%%-*}-\*\`" docs/lexicon.md || grep -q "\`${name%%_*}_\*\`" docs/lexicon.md ||
        bad "docs/lexicon.md lacks $name"
done

# A copy with few frame rows, so that coding their examples takes no time.
mkdir "$T/lex" "$T/data"
cp -R lexicon/world lexicon/en "$T/lex"
for f in lexicon/en/frames-*.tsv; do
    grep '^#' "$f" >"$T/lex/en/$(basename "$f")"
    grep -v '^#' "$f" | head -12 >>"$T/lex/en/$(basename "$f")"
done
cp -R "$T/lex" "$T/bad"

# lines FILE PATTERN: number of the first line that matches
line_of() { grep -n -- "$2" "$1" | head -1 | cut -d: -f1; }
# faulty FILE LINE:FIELD TEXT: the check printed that fault
faulty() { expect_out "/$1:$2: .*$3" "$1: $3"; }

# what the tables alone tell
f=$T/bad/en/frames-verbal-coop.tsv
first=$(grep -vn '^#' "$f" | head -1 | cut -d: -f1)
awk -F'\t' -v n="$first" 'BEGIN { OFS = "\t" }
    NR == n + 1 { NF = 10; print; next }
    NR == n + 3 { print; print; next }
    NR == n + 6 { kept = $0; next }
    { print }
    NR == n + 7 { print kept }' "$f" >"$T/f" && mv "$T/f" "$f"
missing=$((first + 1)) repeated=$((first + 4)) late=$((first + 8))
printf 'zz\377\tx\ty\tz\n' >>"$T/bad/en/units.tsv"
utf8=$(wc -l <"$T/bad/en/units.tsv")
f=$T/bad/world/offices.tsv
printf 'ZZQ:president:1990\tpresident\tKofi Annan\t1990\t1980\t-\n' >>"$f"
office=$(wc -l <"$f")
printf 'zz:BUS\t-\n' >>"$T/bad/en/actor_cues.tsv"
cue=$(wc -l <"$T/bad/en/actor_cues.tsv")
run lexicon check --tables-only "$T/bad"
expect_status 1 "bad tables"
faulty frames-verbal-coop.tsv "$missing:10" "row has 10 columns, the first row has 11"
faulty frames-verbal-coop.tsv "$repeated:1" "was used on line"
faulty frames-verbal-coop.tsv "$late:1" "is out of order"
faulty units.tsv "$utf8:1" "not valid UTF-8"
faulty offices.tsv "$office:5" "before it starts"
faulty offices.tsv "$office:1" "unknown country 'ZZQ'"
faulty actor_cues.tsv "$cue:1" "'zz:BUS' is never found"
expect_err "^7 faults" "bad tables: no more than the bad rows"
# the law of the board: an unknown status, a number out of its range, a number that is gone
rm -r "$T/bad" && cp -r lexicon "$T/bad"
sed 's/^\(demand\.open\t.*\t\)open\t/\1opened\t/' lexicon/world/status_law.tsv >"$T/bad/world/status_law.tsv"
sed 's/^party_sure\t0.8/party_sure\t8/' lexicon/world/board_scale.tsv >"$T/bad/world/board_scale.tsv"
run lexicon check --tables-only "$T/bad"
expect_status 1 "a bad law"
faulty status_law.tsv "[0-9]*:3" "unknown status"
faulty board_scale.tsv "[0-9]*:2" "no number between 0 and 1"
expect_err "^2 faults" "a bad law: no more than the bad rows"
grep -v '^toll' lexicon/world/item_kinds.tsv >"$T/bad/world/item_kinds.tsv"
run lexicon check --tables-only "$T/bad"
faulty item_kinds.tsv 1:1 "table 'item_kinds' lacks 'toll'"

# one fault is "1 fault"; a misspelt kind, and spaces where tabs belong, are named (both were silent or misleading)
mkdir -p "$T/one/world"
cp lexicon/world/groups.tsv "$T/one/world"
sed '/^#/!s/\tterror\t/\tterrorr\t/' "$T/one/world/groups.tsv" | awk '/terrorr/ && n++ { sub(/terrorr/, "terror") } { print }' >"$T/f" &&
    mv "$T/f" "$T/one/world/groups.tsv"
kind=$(grep -n terrorr "$T/one/world/groups.tsv" | cut -d: -f1)
run lexicon check --tables-only "$T/one"
faulty groups.tsv "$kind:4" "nothing reads 'terrorr' here"
expect_out "^$T/one/world/groups.tsv:" "the path that was given is the path that is printed"
expect_err "^1 fault$" "one fault"
printf 'ZZ  Zed  zed  rebel\n' >>"$T/one/world/groups.tsv"
run lexicon check --tables-only "$T/one"
faulty groups.tsv "$(wc -l <"$T/one/world/groups.tsv"):1" "are these spaces instead of tabs?"
expect_err "^2 faults$" "two faults"

# a row whose example fails is a fault unless it is listed, and a listed one that does what it says is one, too
mkdir -p "$T/known/en"
cp lexicon/en/compose.tsv lexicon/en/frames-*.tsv "$T/known/en"
listed=$(grep -cE '^(compose|frames-[a-z-]+):' lexicon/known-faults.tsv)
run lexicon check "$T/known"
expect_err "^$listed faults$" "examples that fail, not listed"
{ grep -E '^(compose|frames-[a-z-]+):' lexicon/known-faults.tsv; printf 'compose:02+085\t-\n'; } >"$T/known/known-faults.tsv"
run lexicon check "$T/known"
expect_out "/known-faults.tsv:$((listed + 1)):1: its example does what the row says now" "a listed row that is mended"
expect_err "^1 fault, and $listed known" "a listed row that is mended"

# what only the compiled rows tell
f=$T/lex/en/frames-material-coop.tsv
first=$(grep -vn '^#' "$f" | head -1 | cut -d: -f1)
awk -F'\t' -v n="$first" 'BEGIN { OFS = "\t" }
    NR == n { $5 = "0999" }
    NR == n + 2 { $9 = "The orchestra tuned its violins." }
    NR == n + 3 { $10 = $9 }
    NR == n + 4 { $2 = "help/VERB obj=@nosuchclass" }
    { print }' "$f" >"$T/f" && mv "$T/f" "$f"
checks=$((checks + 1))
for folder in world en; do
    "$BUILD/dg-lexc" -o "$T/data/$folder.lex" "$T/lex/$folder"/*.tsv >"$T/out" 2>"$T/err" || bad "dg-lexc refuses the copy"
done
cp "$BUILD"/*.dgm "$T/data"
run lexicon check --data "$T/data" "$T/lex"
expect_status 1 "bad rows"
faulty frames-material-coop.tsv "$first:5" "unknown CAMEO code '0999'"
faulty frames-material-coop.tsv "$((first + 2)):9" "example is not coded"
faulty frames-material-coop.tsv "$((first + 3)):10" "counter-example is coded by this row"
faulty frames-material-coop.tsv "$((first + 4)):2" "nosuchclass"

# tables of one's own, without a build: a copy of the data folder, a row more, compiled and used
mkdir "$T/mine"
cp -R lexicon "$T/mine/lexicon"
cp "$BUILD"/*.dgm "$T/mine"
printf 'ZEDFRONT\tZed Liberation Front\tZed Liberation Front|ZLF\trebel\tTCD\tREB\tREB\t1990\t-\tfront\n' >>"$T/mine/lexicon/world/groups.tsv"
row=$(wc -l <"$T/mine/lexicon/world/groups.tsv")
run lexicon check "$T/mine/lexicon"
expect_status 1 "tables that are not compiled"
faulty groups.tsv "$row:1" "compile this one first"
run lexicon compile "$T/mine/lexicon"
expect_status 2 "compile to nowhere"
run lexicon compile "$T/mine/lexicon" -o "$T/mine"
expect_status 0 "compile"
run lexicon check --data "$T/mine" "$T/mine/lexicon"
expect_status 0 "tables of one's own"
printf 'The Zed Liberation Front attacked troops in Chad.\n' >"$T/zed.txt"
run code --data "$T/mine" --format jsonl "$T/zed.txt"
expect_out 'group:ZEDFRONT' "a group of one's own is known"
run lexicon compile "$T/nowhere" -o "$T/mine"
expect_status 1 "no such folder"
expect_one_line "no such folder"

run lexicon find withdraw
expect_status 0 "find"
expect_out "^lexicon/en/frames-material-coop.tsv:[0-9]*	retreat.withdraw" "find"
run lexicon find nosuchword
expect_status 1 "find what is not there"
expect_err "no row of the lexicon holds 'nosuchword'" "find what is not there"
expect_one_line "find what is not there"
run lexicon check "$T/nowhere"
expect_status 1 "no such folder"
expect_one_line "no such folder"
finish
