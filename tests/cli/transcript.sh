#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Nothing of a transcript, an interview or a letter was a statement: labels and signatures say who speaks.
. "$SRC/tests/cli/lib.sh"
cat >"$T/a.txt" <<'TEXT'
ANNA KOVACS, HOST: The Hungarian government expelled four diplomats today. With us is Foreign Minister Peter Balog. Minister, why?

PETER BALOG, HUNGARIAN FOREIGN MINISTER: They spied on us. We told Moscow to recall them and Moscow refused.

KOVACS: Do you fear a reply?

BALOG: Russia has already threatened to close our consulate.
TEXT
run code --only statements,events "$T/a.txt"
expect_out '"id":"s2","kind":"direct","speaker":"person:Peter Balog"' "a label that was taken for a dateline"
expect_out '"claimed_by":\["person:Peter Balog"\]' "what is said there is claimed"
cat >"$T/a.txt" <<'TEXT'
The group published its letter on Monday.

Dear President Amadou Diallo,

Your soldiers shelled our villages in June. We ask you to withdraw them.

We will not pay the new tax.

Yours faithfully,

Rosa Quispe
TEXT
run quotes "$T/a.txt"
expect_out '"speaker":"person:Rosa Quispe"' "a letter is said by whoever signs"
expect_out 'shelled our villages in June.*We will not pay the new tax' "all of the letter"
cat >"$T/a.txt" <<'TEXT'
Zambia: two goals. Peru: one goal.

Drama: Ana Ruiz, for her film.

Music: The Andean Choir.

Editor: Karl Brandt
TEXT
run quotes "$T/a.txt"
checks=$((checks + 1))
[ ! -s "$T/out" ] || bad "a list is taken for a talk: $(cat "$T/out")"
finish
