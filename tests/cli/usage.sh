#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Wrong usage: exit status 2, one line that says what and what to do.
. "$SRC/tests/cli/lib.sh"
run
expect_status 2 "no command"
run --version
expect_status 0 "version"
expect_out "^dragoman [0-9]" "version"
for v in -v -V; do
    run $v
    expect_status 0 "$v"
    expect_out "^dragoman [0-9]" "$v"
done
run code --help
expect_out "'text' or 'html'" "the help of code names the fields of JSON Lines"
run cod x
expect_status 2 "misspelt command"
expect_err "unknown command 'cod'; did you mean 'code'?" "misspelt command"
run code --fromat jsonl
expect_status 2 "misspelt option"
expect_err "unknown option '--fromat' for 'code'; did you mean '--format'?" "misspelt option"
expect_one_line "misspelt option"
run code --format yaml -
expect_status 2 "unknown format"
run code --date 2023-02-31 -
expect_status 2 "no such day"
expect_err "'2023-02-31' is not a date" "no such day"
run code --date
expect_status 2 "value missing"
expect_err "needs a value" "value missing"
run code --threads 0 -
expect_status 2 "threads out of range"
run situation
expect_status 2 "no store"
expect_err "needs --db" "no store"
run situation --db "$T/none.db"
expect_status 2 "store that is not there"
expect_one_line "store that is not there"
run code --data /nowhere -
expect_status 1 "no data folder"
expect_err "/nowhere/world.lex" "no data folder"
for c in code ingest situation timeline brief explain actor place date parse text lexicon withdraw recode doctor stream; do
    run "$c" --help
    expect_status 0 "$c --help"
    expect_out "^usage: dragoman $c" "$c --help"
    expect_out "^Examples" "$c --help"
    run help "$c"
    expect_status 0 "help $c"
done
finish
