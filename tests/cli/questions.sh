#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A misspelt question used to be answered with "no events", exit status 0: it read like a finding.
. "$SRC/tests/cli/lib.sh"
db=$T/s.db
printf 'Egypt demanded on Monday that Ethiopia withdraw its troops from Sudan. NATO criticised Russia. Omar Qasimovich Tarbeda, a rebel leader, attacked Chad.\n' >"$T/a.txt"
run ingest --db "$db" --date 2021-03-02 "$T/a.txt"
wrong() { # MESSAGE COMMAND ARGS...: exit status 2, one line
    want=$1
    shift
    run "$@"
    expect_status 2 "$*"
    expect_err "$want" "$*"
    expect_one_line "$*"
    checks=$((checks + 1))
    [ ! -s "$T/out" ] || bad "$*: something was answered all the same"
}
wrong "unknown status 'foo' (actual, " timeline --db "$db" --status foo
wrong "no CAMEO code begins with '99'" timeline --db "$db" --code 99
wrong "unknown PLOVER type 'ASSALT'" timeline --db "$db" --code ASSALT
wrong "no actor or country 'XXX'" timeline --db "$db" --actor XXX
wrong "did you mean 'role:FRA:GOV'" situation --db "$db" --actor "the French government"
wrong "no actor or country 'XXX'" situation --db "$db" --between EGY,XXX
wrong "no actor or country 'org:NATTO'" brief --db "$db" --actor org:NATTO
wrong "the first day is after the last" timeline --db "$db" --from 2021-05-01 --to 2021-04-01
wrong "the first day is after the last" brief --db "$db" --from 2021-05-01 --to 2021-04-01
wrong "'2021-02-30' is not a date" situation --db "$db" --as-of 2021-02-30
wrong "'soon' is not a date" situation --db "$db" --as-of soon
wrong "unknown kind of item 'thret' (.*threat.*)" situation --db "$db" --kind thret
wrong "unknown status of an item 'rejcted'; did you mean 'rejected'" situation --db "$db" --status rejcted
wrong "unknown status of an item 'actual'" situation --db "$db" --status actual
wrong "'x' is not a date" situation --db "$db" --since x
wrong "'0' " situation --db "$db" --limit 0
for ok in "--status open" "--status open,held" "--since 2021-03-01" "--limit 1" "--kind demand --open --between EGY,ETH --status open --limit 3"; do
    # shellcheck disable=SC2086 # an option and its value
    run situation --db "$db" $ok
    expect_status 0 "situation $ok"
    expect_out '"kind":"demand"' "situation $ok"
done
run situation --db "$db" --status rejected
expect_status 1 "no matter was rejected"
run situation --db "$db" --since 2021-03-03
expect_status 1 "none stands since a later day"
for ok in "--status actual" "--status actual,future" "--code 1" "--code 10" "--code request" "--actor EGY" "--actor country:EGY" "--actor egy" "--actor NATO" \
    "--actor org:NATO" "--actor Egypt" "--between EGY,ETH" "--from 2021-01-01 --to 2021-04-01" "--actor person:Omar Qasimovich Tarbeda"; do
    # shellcheck disable=SC2086 # an option and its value
    case "$ok" in
    *person:*) run timeline --db "$db" --actor "${ok#--actor }" ;;
    *) run timeline --db "$db" $ok ;;
    esac
    expect_status 0 "timeline $ok"
    expect_out '"events":\[{' "timeline $ok"
done
# asked well, nothing there: said so, exit status 1
nothing() {
    run "$@"
    expect_status 1 "$*"
    expect_one_line "$*"
}
nothing timeline --db "$db" --actor FRA
expect_err "nothing found: no events of the store fit" "nothing for France"
expect_out '"events":\[\]' "the answer is still JSON"
nothing timeline --db "$db" --from 2030-01-01
nothing situation --db "$db" --actor FRA
expect_err "nothing found: no items of the store fit" "no items for France"
nothing actor Zzyzx
nothing place Zzyzxville
nothing date "the green of the table"
nothing lexicon find zzyzx

# brief -o: what is not known is refused, what was there stays
run brief --db "$db" -o "$T/x.pdf"
expect_status 2 "brief into a .pdf"
expect_err "neither .html nor .md" "brief into a .pdf"
checks=$((checks + 1))
[ ! -e "$T/x.pdf" ] || bad "Markdown was written into x.pdf"
run brief --db "$db" -o "$T/none/x.html"
expect_status 1 "brief into a folder that is not there"
expect_err "there is no such folder" "brief into a folder that is not there"
run brief --db "$db" -o "$T/x.html"
expect_status 0 "brief into .html"
checks=$((checks + 1))
grep -q '^<!DOCTYPE html>' "$T/x.html" || bad "x.html is no page"
checks=$((checks + 1))
grep -q 'Content-Security-Policy' "$T/x.html" || bad "the page may fetch things"
run brief --db "$db" -o "$T/x.md"
checks=$((checks + 1))
grep -q '^# ' "$T/x.md" || bad "x.md is no Markdown"
chmod 640 "$T/x.html"
ln -s x.html "$T/link.html"
cp "$T/x.html" "$T/before.html"
run brief --db "$db" -o "$T/link.html"
checks=$((checks + 3))
[ -L "$T/link.html" ] || bad "the link became a file"
[ "$(stat -c %a "$T/x.html")" = 640 ] || bad "the permissions changed"
cmp -s "$T/x.html" "$T/before.html" || bad "the same report, other bytes"
# the disk is full half way: the old report stays, and no half one lies beside it
printf 'an old report\n' >"$T/x.html"
( ulimit -f 8; trap '' XFSZ; "$DRAGOMAN" brief --db "$db" -o "$T/x.html" >"$T/out" 2>"$T/err" )
st=$?
expect_status 1 "a full disk"
expect_one_line "a full disk"
checks=$((checks + 2))
[ "$(cat "$T/x.html")" = "an old report" ] || bad "a full disk took the old report"
[ -z "$(find "$T" -name '.dragoman-*')" ] || bad "half a report was left"
run brief --db "$db" -f html -o /dev/stdout
expect_status 0 "brief into a device"
expect_out "DOCTYPE" "brief into a device"
finish
