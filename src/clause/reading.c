/* SPDX-License-Identifier: Apache-2.0 */
/* clause/reading.c: words, cases, names and times of a document as the questions of reading.h need them.
 *
 * Reads   tokens with tree, clauses, mentions, times; the lexis
 * Writes  struct dgi_reading */
#include "clause/repair.h"

bool dgi_fill_add(struct dgi_fill *f, uint32_t tok)
{
    if (tok == DGI_NONE)
        return false;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->tok[i] == tok)
            return false;
    if (f->n == DGI_MAX_FILL)
        return false;
    f->tok[f->n++] = tok;
    return true;
}

static void read_words(struct dgi_reading *r)
{
    const struct dgi_doc *d = r->doc;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        r->lem[t] = dgi_lexis_id(r->lx, d->toks[t].lemma);
        if (!r->lem[t])
            r->lem[t] = dgi_lexis_id_lower(r->lx, d->toks[t].lemma);
        r->upos[t] = d->toks[t].upos;
        r->form[t] = d->clauses->form[t];
        dgi_repair_word(r, t);
    }
}

static void read_cases(struct dgi_reading *r)
{
    const struct dgi_doc *d = r->doc;
    char buf[64];
    for (uint32_t t = 0; t < d->n_toks; t++) {
        uint32_t h = d->toks[t].rel == DGI_REL_CASE ? d->toks[t].head : DGI_NONE;
        if (h == DGI_NONE || r->cas[h])
            continue;
        r->cas[h] = dgi_lexis_id(r->lx, dgi_case_of(d, h, buf, sizeof buf));
        if (!r->cas[h]) /* "out of", "from within": the first one decides */
            r->cas[h] = dgi_lexis_id_lower(r->lx, d->toks[t].form);
    }
    for (uint32_t t = 1; t < d->n_toks; t++) /* "call on Chad to": the preposition, read as a particle of the verb */
        if (d->toks[t].rel == DGI_REL_OBL && !r->cas[t] && d->toks[t - 1].rel == DGI_REL_COMPOUND_PRT &&
            d->toks[t - 1].head == d->toks[t].head)
            r->cas[t] = dgi_lexis_id_lower(r->lx, d->toks[t - 1].form);
}

static void read_times(struct dgi_reading *r)
{
    const struct dgi_doc *d = r->doc;
    for (uint32_t i = 0; i < d->n_times; i++)
        for (uint32_t t = d->times[i].first; t < d->times[i].end && t < d->n_toks; t++)
            r->is_time[t] = true;
}

static bool is_name(const struct dgi_mention *m)
{
    return m->kind == DGI_MENTION_NAME;
}

bool dgi_reading_make(struct dgi_reading *r, const struct dgi_doc *doc, dgi_arena *scratch)
{
    size_t n = doc->n_toks ? doc->n_toks : 1;
    r->doc = doc;
    r->upos = dgi_arena_array(scratch, n, sizeof *r->upos);
    r->form = dgi_arena_array(scratch, n, sizeof *r->form);
    r->lem = dgi_arena_array(scratch, n, sizeof *r->lem);
    r->cas = dgi_arena_array(scratch, n, sizeof *r->cas);
    r->cover = dgi_mention_cover(doc, scratch, is_name);
    r->is_time = dgi_arena_array(scratch, n, sizeof *r->is_time);
    r->asks = dgi_arena_array(scratch, n, sizeof *r->asks);
    if (!r->upos || !r->form || !r->lem || !r->cas || !r->cover || !r->is_time || !r->asks)
        return false;
    read_words(r);
    read_cases(r);
    read_times(r);
    return true;
}

bool dgi_sees_through(const struct dgi_reading *r, uint32_t tok)
{
    uint8_t u = r->upos[tok];
    return dgi_lemma_has(r, tok, DGI_LEX_TRANSPARENT) || u == DGI_NUM || u == DGI_DET || u == DGI_PRON || u == DGI_ADJ;
}

/* "$90 million in aid", "40 million euros of aid": the aid is meant; "in" may have been hung on the verb. */
static void add_paid_for(const struct dgi_reading *r, uint32_t sum, struct dgi_fill *f)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t from[2] = {sum, t[sum].head};
    if (!dgi_tok_in(r->doc, sum, DGI_W_CURRENCY))
        return;
    for (int i = 0; i < 2; i++)
        for (uint32_t ch = from[i] == DGI_NONE ? DGI_NONE : t[from[i]].first_child; ch != DGI_NONE;
             ch = t[ch].next_sib) {
            uint8_t b = dgi_rel_base(t[ch].rel);
            if (ch > sum && (b == DGI_REL_NMOD || b == DGI_REL_OBL) && r->upos[ch] == DGI_NOUN &&
                t[ch].mention == DGI_NONE && !r->is_time[ch] &&
                (dgi_has_mark(r, ch, DGI_W_IN) || (i == 0 && dgi_prep_is(r, ch, DGI_PREP_OF))))
                dgi_fill_add(f, ch);
        }
}

void dgi_fill_expand(const struct dgi_reading *r, struct dgi_fill *f)
{
    const struct dgi_tok *t = r->doc->toks;
    for (uint32_t i = 0; i < f->n; i++) { /* grows while it is walked; DGI_MAX_FILL bounds it */
        add_paid_for(r, f->tok[i], f);
        for (uint32_t ch = t[f->tok[i]].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_CONJ ||
                (t[ch].rel == DGI_REL_NMOD && dgi_prep_is(r, ch, DGI_PREP_OF) && dgi_sees_through(r, f->tok[i])))
                dgi_fill_add(f, ch);
    }
}

bool dgi_has_mark(const struct dgi_reading *r, uint32_t tok, enum dgi_word_set set)
{
    const struct dgi_tok *t = r->doc->toks;
    for (uint32_t m = t[tok].first_child; m != DGI_NONE; m = t[m].next_sib)
        if ((t[m].rel == DGI_REL_MARK || t[m].rel == DGI_REL_CASE) && dgi_tok_in(r->doc, m, set))
            return true;
    return false;
}
