#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Why something was not coded: a line for each word that a row is about, and for sentences without one.
. "$SRC/tests/cli/lib.sh"
run explain --why-not "Chad imposed a curfew on herons. The afternoon was mild. The striker scored a goal as the team won the league match. The mayor attacked. Egypt rejected the demand of Sudan."
expect_status 0 "a text"
for i in 1 2 3 4 5; do
    expect_out "^sentence $i\$" "sentence $i stands there"
done
expect_out "no word of it stands in a row of the frame tables" "a sentence without a word of any row says so"
expect_out "not coded: the sentence is about something else" "a sentence of sport says so"
expect_out "attacked .*refused .*not all the actors that it needs" "whom the row lacks is told"
expect_out "rejected .*coded .*event [0-9]*, row '" "what was coded is told too"
run explain --why-not "The imposing hall in Chad was painted."
expect_out "unmatched" "a word that stands otherwise than its rows ask"
printf 'Chad rejected the demand of Sudan.\n' >"$T/a.txt"
run explain --why-not "$T/a.txt"
expect_status 0 "a file"
expect_out "rejected .*coded" "a file"
run explain --why-not "$T/missing.txt"
expect_status 1 "a file that is not there"
expect_one_line "a file that is not there"
run explain --why-not "a text" "$T/a.txt"
expect_status 2 "two things"
run explain --why-not ""
checks=$((checks + 1))
[ $st -ne 0 ] || bad "an empty text is refused"
finish
