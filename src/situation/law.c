/* SPDX-License-Identifier: Apache-2.0 */
/* situation/law.c: reads status_law.tsv and item_words.tsv, and answers from them.
 *
 * Reads   the two tables
 * Writes  struct dgi_sit_rules
 *
 * The law is kept as bits: for each kind and status the statuses from which a mention may never, or not without a later day,
 * lead to it. */
#include "situation/rules.h"

/* ---- status law ---- */
/* "a|b", "!a|b", "*" as bits; 0: there is an unknown word. */
uint64_t dgi_statuses_parse(dg_str list)
{
    bool but = dgi_str_starts(list, DGI_S("!"));
    uint64_t bits = 0, all = ((UINT64_C(1) << (DGI_N_ITEM_STATUS - 1)) << 1) - 1;
    if (dgi_str_is(list, "*"))
        return all;
    dg_str rest = but ? dgi_str_sub(list, 1, list.len) : list, one;
    while (dgi_str_next(&rest, '|', &one)) {
        uint8_t s = dgi_item_status_parse(one);
        if (s == DGI_N_ITEM_STATUS || s == DGI_IS_NONE)
            return 0;
        bits |= UINT64_C(1) << s;
    }
    return but ? all & ~bits : bits;
}

/* The list names only statuses of the kind. */
static bool of_kind(const dgi_sit_rules *r, uint8_t kind, dg_str list)
{
    if (dgi_str_is(list, "*"))
        return true;
    dg_str named = dgi_str_starts(list, DGI_S("!")) ? dgi_str_sub(list, 1, list.len) : list;
    return !(dgi_statuses_parse(named) & ~r->kinds[kind].statuses);
}

dg_status dgi_law_read(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    enum { KIND = 1, TO, FROM, WHEN };
    uint32_t n = dgi_source_rows(t);
    if (!n)
        return dgi_table_lacks(t, NULL, err);
    for (uint32_t i = 0; i < n; i++) {
        uint8_t kind = dgi_item_kind_parse(dgi_source_cell(t, i, KIND));
        if (kind == DGI_N_ITEM_KIND)
            return dgi_row_fail(t, i, KIND, err, "unknown kind of item");
        uint64_t bits[2];
        for (uint32_t col = TO; col <= FROM; col++) {
            dg_str list = dgi_source_cell(t, i, col);
            if (!(bits[col - TO] = dgi_statuses_parse(list)))
                return dgi_row_fail(t, i, col, err, "unknown status");
            if (!of_kind(r, kind, list))
                return dgi_row_fail(t, i, col, err, "no status of a %s", dgi_item_kind_name[kind]);
        }
        bool any = dgi_str_is(dgi_source_cell(t, i, WHEN), "any");
        if (!any && !dgi_str_is(dgi_source_cell(t, i, WHEN), "not_later"))
            return dgi_row_fail(t, i, WHEN, err, "neither any nor not_later");
        for (uint8_t s = 0; s < DGI_N_ITEM_STATUS; s++)
            if (bits[0] >> s & 1)
                r->barred[kind][s][any ? 0 : 1] |= bits[1];
    }
    return DG_OK;
}

bool dgi_step_back(const dgi_sit_rules *r, uint8_t kind, uint8_t cur, uint8_t to, bool later)
{
    uint64_t from = r->barred[kind][to][0] | (later ? 0 : r->barred[kind][to][1]);
    return cur == to || (from >> cur & 1);
}

/* ---- words ---- */
static const char *const word_class_names[N_WORDS_OF] = {[WORDS_CONDITION_NOT] = "condition.not",
                                                         [WORDS_CONTENT_LEAD] = "content.lead",
                                                         [WORDS_CONTENT_NEVER] = "content.never",
                                                         [WORDS_CONTENT_RELATIVE] = "content.relative",
                                                         [WORDS_KNOWN] = "matter.known",
                                                         [WORDS_SINCE] = "toll.since",
                                                         [WORDS_DEMAND] = "demand.word",
                                                         [WORDS_OFFER] = "offer.word",
                                                         [WORDS_PLURAL] = "plural.matter",
                                                         [WORDS_QUESTION] = "question.word",
                                                         [WORDS_IT] = "question.it",
                                                         [WORDS_AS] = "question.as",
                                                         [WORDS_AND] = "content.next",
                                                         [WORDS_COOPERATION] = "relation.cooperation",
                                                         [WORDS_TALKS] = "relation.talks",
                                                         [WORDS_TIES] = "relation.ties",
                                                         [WORDS_TOLL_NEW] = "toll.new",
                                                         [WORDS_TRUCE] = "truce.word",
                                                         [WORDS_BLOW] = "blow.step",
                                                         [WORDS_FIGHT_AGAIN] = "fight.again",
                                                         [WORDS_BETWEEN] = "between.word",
                                                         [WORDS_BETWEEN_TEXT] = "between.two",
                                                         [WORDS_CLAUSES] = "clause.step",
                                                         [WORDS_VAGUE] = "threat.vague"};

dg_status dgi_words_read(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    static const char *const how_names[] = {"key", "part", "begins", "whole", "ends"};
    for (uint32_t i = 0; i < dgi_source_rows(t); i++) {
        uint32_t c = 0, h = 0;
        while (c < N_WORDS_OF && !dgi_str_is(dgi_source_cell(t, i, 0), word_class_names[c]))
            c++;
        while (h < 5 && !dgi_str_is(dgi_source_cell(t, i, 2), how_names[h]))
            h++;
        if (c == N_WORDS_OF)
            return dgi_row_fail(t, i, 0, err, "nobody asks for these words");
        if (h == 5)
            return dgi_row_fail(t, i, 2, err, "neither key, part, begins, whole nor ends");
        r->words[c].how = (uint8_t)h;
        dg_str words = r->words[c].list = dgi_arena_str(r->arena, dgi_source_cell(t, i, 1));
        if (!words.ptr)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
        for (size_t k = 0; k < words.len; k++)
            if (words.ptr[k] == '_')
                ((char *)(uintptr_t)words.ptr)[k] = ' ';
    }
    for (uint32_t c = 0; c < N_WORDS_OF; c++)
        if (!r->words[c].list.len)
            return dgi_table_lacks(t, word_class_names[c], err);
    return DG_OK;
}

size_t dgi_has_words(const dgi_sit_rules *r, enum words_of which, dg_str text)
{
    dg_str rest = r->words[which].list, one;
    switch (r->words[which].how) {
    case WORDS_AS_KEY: return dgi_any_word(text, rest) ? 1 : 0;
    case WORDS_AS_PART:
        while (dgi_str_next(&rest, '|', &one))
            if (dgi_str_find(text, one) != SIZE_MAX)
                return one.len;
        return 0;
    case WORDS_AS_END: return dgi_ends_with_words(r, which, text);
    case WORDS_AS_WHOLE: return dgi_str_in(rest, '|', text) ? 1 : 0;
    default:
        while (dgi_str_next(&rest, '|', &one))
            if (dgi_str_starts(text, one))
                return one.len;
        return 0;
    }
}

size_t dgi_ends_with_words(const dgi_sit_rules *r, enum words_of which, dg_str text)
{
    dg_str rest = r->words[which].list, one;
    while (dgi_str_next(&rest, '|', &one))
        if (one.len <= text.len && dgi_str_eq(dgi_str_sub(text, text.len - one.len, text.len), one))
            return one.len;
    return 0;
}
