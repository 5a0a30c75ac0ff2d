#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# CoNLL-U out and in again: tokens and sentences are kept, the annotation is the same the second time.
. "$SRC/tests/cli/lib.sh"
f=$(ls "$SRC"/examples/articles/*.txt | head -1)
run parse "$f"
expect_status 0 "parse"
cp "$T/out" "$T/a.conllu"
run parse --input conllu "$T/a.conllu"
expect_status 0 "parse --input conllu"
cp "$T/out" "$T/b.conllu"
checks=$((checks + 1))
grep -v '^#' "$T/a.conllu" >"$T/a.words"; grep -v '^#' "$T/b.conllu" >"$T/b.words"
cmp -s "$T/a.words" "$T/b.words" || bad "words or annotation changed: $(diff "$T/a.words" "$T/b.words" | head -3)"
# every word line has ten columns, ids in order, one root a sentence, heads in range
checks=$((checks + 1))
awk -F'\t' '/^#/{next} /^$/{if(n&&roots!=1){print "roots " roots " in sentence " s; exit 1} n=0; roots=0; s++; next}
    NF!=10{print "columns " NF; exit 1} $1~/-/{next} {n++; if($1!=n){print "id " $1; exit 1} if($7==0)roots++; if($8=="_"||$4=="_"){print "empty tag"; exit 1}}' "$T/a.conllu" >"$T/awk" ||
    bad "not well-formed: $(cat "$T/awk")"
# "# text" is what the forms and SpaceAfter give
checks=$((checks + 1))
awk -F'\t' '/^# text = /{want=substr($0,10); next} /^#/{next}
    /^$/{sub(/ $/,"",got); if(want!=got){print want " | " got; exit 1} got=""; to=0; next}
    {split($1,r,"-"); if(r[2]){to=r[2]} else if($1+0<=to) next; got=got $2 ($10~/SpaceAfter=No/?"":" ")}' "$T/a.conllu" >"$T/awk" ||
    bad "text and forms differ: $(cat "$T/awk")"
# a document without id: CoNLL-U stays without, the record has the one that is made
printf '1\tGo\t_\t_\t_\t_\t_\t_\t_\t_\n\n' >"$T/noid.conllu"
run parse --input conllu "$T/noid.conllu"
checks=$((checks + 1))
grep -q newdoc "$T/out" && bad "an id was made up in CoNLL-U"
run code --input conllu --format jsonl "$T/noid.conllu"
expect_out '"doc":{"id":"d[0-9a-f]*"' "the record of a document without id"
printf '1\tonly\tthree\n\n1\tGo\t_\t_\t_\t_\t_\t_\t_\t_\n\n' >"$T/bad.conllu"
run parse --input conllu "$T/bad.conllu"
expect_status 0 "a bad sentence"
expect_err "sentence 1, byte 0" "a bad sentence is told"
expect_out "	Go	" "the good sentence is done"
finish
