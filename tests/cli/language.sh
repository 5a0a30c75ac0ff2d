#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A text in another language used to come out with no events and without a word, then was coded as if it were English.
. "$SRC/tests/cli/lib.sh"
fr='Le ministre des Affaires étrangères a déclaré lundi que son pays ne retirerait pas ses troupes de la région. Selon des diplomates, les négociations entre les deux gouvernements reprendront la semaine prochaine à Genève, où une nouvelle proposition sera présentée par les médiateurs.'
de='Der Außenminister erklärte am Montag, dass sein Land die Truppen nicht aus der Region abziehen werde. Nach Angaben von Diplomaten sollen die Verhandlungen zwischen den beiden Regierungen in der kommenden Woche in Genf fortgesetzt werden, was von den Vermittlern begrüßt wurde, und ein neuer Vorschlag wird vorgelegt.'
es='El ministro de Asuntos Exteriores declaró el lunes que su país no retirará las tropas de la región. Según fuentes diplomáticas, las negociaciones entre los dos gobiernos se reanudarán la próxima semana en Ginebra, donde los mediadores presentarán una nueva propuesta a las partes.'
en='The foreign minister said on Monday that his country would not withdraw its troops from the region. According to diplomats, the talks between the two governments will go on next week in Geneva, where the mediators are to make a new proposal to the parties.'
ru='Министр иностранных дел заявил в понедельник, что его страна не выведет войска из региона.'
ar='قال وزير الخارجية يوم الاثنين إن بلاده لن تسحب قواتها من المنطقة.'
for lang in "fr $fr" "de $de" "es $es" "ru $ru" "ar $ar"; do
    printf '%s\n' "${lang#* }" >"$T/a.txt"
    run code "$T/a.txt"
    expect_status 0 "another language"
    expect_one_line "another language"
    expect_err "a.txt: not in English but probably in .* (${lang%% *}): not coded" "another language"
    expect_out "\"lang\":\"${lang%% *}\"" "another language"
    expect_out '"events":\[\]' "another language is not coded"
    run code --strict "$T/a.txt"
    expect_status 1 "another language with --strict"
done
printf '%s\n' "$en" >"$T/a.txt"
run code --strict "$T/a.txt"
expect_status 0 "an English text with --strict"
checks=$((checks + 1))
[ ! -s "$T/err" ] || bad "an English text is told to be none"
expect_out '"lang":"en"' "an English text"
printf 'Le ministre parlera.\n' >"$T/a.txt"
run code "$T/a.txt"
checks=$((checks + 1))
[ ! -s "$T/err" ] || bad "a line is too short to tell"
# short texts: no word list of one language alone would do
for short in "sv Borgmästaren lovade att skolorna ska öppna igen före jul." "nl De burgemeester zegt dat het water weer gezakt is." \
    "hu A polgármester szerint az iskolák újra kinyitnak." "tr Belediye başkanı okulların yeniden açılacağını söyledi." \
    "fi Kaupunki sanoo, että koulut avataan jälleen ennen joulua." "pl Burmistrz obiecał, że szkoły zostaną otwarte przed końcem roku." \
    "ja 市長は学校を再開すると約束した。" "is Borgarstjórinn sagði að skólarnir verði opnaðir aftur fyrir jól."; do
    printf '%s\n' "${short#* }" >"$T/a.txt"
    run code --strict "$T/a.txt"
    expect_status 1 "a short text in another language"
    expect_out "\"lang\":\"${short%% *}\"" "a short text in another language"
done
for short in "Sinn Féin and Fianna Fáil rejected the offer of Fine Gael." "Erdoğan met Gül in Şanlıurfa." "De la Rúa quits." \
    "Niger met Mali on Tuesday. Chad did not attack Niger on Tuesday. Gunmen attacked Niger on Tuesday."; do # "on" is Finnish too
    printf '%s\n' "$short" >"$T/a.txt"
    run code --strict "$T/a.txt"
    expect_status 0 "names of others in an English text"
done
# two languages: the paragraphs of the other one are set aside, what is left is coded
both='Benin recalled its envoy from Lomé on Tuesday. The two governments had agreed in May to open the post again, but officers on both sides kept it shut.'
printf '%s\n\n%s\n' "$both" "Le Bénin a rappelé mardi son ambassadeur à Lomé. Les deux gouvernements avaient convenu en mai de rouvrir le poste, mais les douaniers des deux pays ne sont pas venus." >"$T/a.txt"
run code "$T/a.txt"
expect_status 0 "two languages"
expect_one_line "two languages"
expect_err "in part probably in French: 1 paragraphs not coded" "two languages"
expect_out '"BEN"' "the English half is coded"
printf '{"text":"%s","lang":"fr-CA"}\n' "$fr" >"$T/a.jsonl"
run code "$T/a.jsonl"
expect_out '"lang":"fr-CA"' "the language that the record gives stays"
expect_err "not in English" "the language that the record gives"
run parse "$T/a.jsonl"
expect_out "ministre" "trees are made when they are asked for"
finish
