/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_cues.c: lexicon/en/cues.tsv and where its words stand in the text. */
#include <stdlib.h>

#include "base/utf8.h"
#include "quote/quote_in.h"

static const char *const class_name[DGI_N_CUE] = {"",     "say", "tell",  "urge", "ask",  "think", "weak",   "manner",
                                                  "name", "act", "quote", "noun", "prep", "adj",   "carrier"};

/* What attributions are chosen by. */
static dg_status open_weights(struct dgi_quote_ctx *c, const dgi_lexicon *lex, dg_error *err)
{
    c->stances = dgi_lexicon_table(lex, "stances");
    c->weights = dgi_lexicon_table(lex, "attributions");
    if (!c->stances || !c->weights)
        return dgi_fail(err, DG_E_MODEL,
                        "the lexicon's table 'stances' or 'attributions' is missing; rebuild the lexicon");
    if (!(c->weight = calloc(c->weights->n_rows + 1, sizeof *c->weight)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the weights of attributions");
    for (uint32_t i = 0; i < c->weights->n_rows; i++) {
        double v = 0;
        char file[128];
        if (!dgi_str_double(dgi_table_cell(c->weights, i, 1), &v) || !(v > -100 && v < 100))
            return dgi_fail(err, DG_E_MODEL, "%s:%u: no weight between -100 and 100",
                            dgi_table_row_file(c->weights, i, file, sizeof file), c->weights->line[i]);
        c->weight[i] = (float)v;
    }
    return DG_OK;
}

dg_status dgi_quote_open(struct dgi_quote_ctx **out, const dgi_lexicon *lex, dg_error *err)
{
    *out = NULL;
    const struct dgi_table *t = dgi_lexicon_table(lex, "cues");
    if (!t || t->n_cols < 7)
        return dgi_fail(err, DG_E_MODEL, "the lexicon's table 'cues' is missing or lacks columns; rebuild the lexicon");
    struct dgi_quote_ctx *c = calloc(1, sizeof *c);
    struct dgi_cue_row *row = calloc(t->n_rows + 1, sizeof *row);
    if (!c || !row) {
        free(c);
        free(row);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the cues");
    }
    for (uint32_t i = 0; i < t->n_rows; i++) {
        dg_str cls = dgi_table_cell(t, i, 1);
        double weight = 0;
        for (uint8_t k = 1; k < DGI_N_CUE; k++)
            if (dgi_str_is(cls, class_name[k]))
                row[i].cls = k;
        if (!row[i].cls || !dgi_str_double(dgi_table_cell(t, i, 5), &weight)) {
            char file[128];
            dg_status st = dgi_fail(err, DG_E_MODEL, "%s:%u: unknown class or bad weight",
                                    dgi_table_file(t, file, sizeof file), t->line[i]);
            free(c);
            free(row);
            return st;
        }
        row[i].deny = dgi_str_is(dgi_table_cell(t, i, 4), "deny");
        row[i].addressee_obj = dgi_str_is(dgi_table_cell(t, i, 3), "obj");
        row[i].weight = (float)weight;
    }
    c->table = t;
    c->row = row;
    *out = c;
    dg_status st = open_weights(c, lex, err);
    if (st != DG_OK) {
        dgi_quote_close(c);
        *out = NULL;
    }
    return st;
}

void dgi_quote_close(struct dgi_quote_ctx *ctx)
{
    if (!ctx)
        return;
    free(ctx->row);
    free(ctx->weight);
    free(ctx);
}

static uint32_t find(const struct dgi_table *table, dg_str lemma, const char *tail)
{
    char key[80];
    size_t n = strlen(tail);
    if (!lemma.len || lemma.len + n > sizeof key - 8)
        return DGI_NONE;
    dg_str low = dgi_utf8_lower_buf(lemma, key, sizeof key - n);
    memcpy(key + low.len, tail, n);
    return dgi_table_find(table, (dg_str){key, low.len + n});
}

bool dgi_cue_carrier(const struct dgi_quote_work *w, uint32_t tok)
{
    return tok != DGI_NONE && find(w->ctx->table, w->doc->toks[tok].lemma, ".doc") != DGI_NONE;
}

bool dgi_cues_find(struct dgi_quote_work *w)
{
    const struct dgi_doc *d = w->doc;
    w->cue = dgi_arena_array(w->arena, d->n_toks + 1, sizeof *w->cue);
    if (!w->cue)
        return false;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        const struct dgi_tok *k = &d->toks[t];
        w->cue[t] = DGI_NONE;
        switch (k->upos) {
        case DGI_VERB:
            w->cue[t] = find(w->ctx->table, k->lemma, "/VERB");
            if (w->cue[t] == DGI_NONE && t + 1 < d->n_toks && dgi_tok_in(d, t + 1, DGI_W_IT))
                w->cue[t] = find(w->ctx->table, k->lemma, "_it/VERB"); /* "as Kip put it" */
            break;
        case DGI_NOUN: w->cue[t] = find(w->ctx->table, k->lemma, "/NOUN"); break;
        case DGI_ADJ: w->cue[t] = find(w->ctx->table, k->lemma, "/ADJ"); break;
        default: break;
        }
        if (k->rel != DGI_REL_CASE && k->rel != DGI_REL_MARK)
            continue;
        char buf[64]; /* a preposition of several words: its first word heads the others */
        size_t n = dgi_utf8_lower_buf(k->form, buf, 24).len;
        for (uint32_t c = k->first_child; c != DGI_NONE; c = d->toks[c].next_sib)
            if (d->toks[c].rel == DGI_REL_FIXED && n < 30) {
                buf[n++] = '_';
                n += dgi_utf8_lower_buf(d->toks[c].form, buf + n, 16).len;
            }
        uint32_t r = find(w->ctx->table, (dg_str){buf, n}, "/PREP");
        if (r != DGI_NONE)
            w->cue[t] = r;
    }
    return true;
}

dg_str dgi_stance(const struct dgi_quote_work *w, uint32_t tok)
{
    static const char *const tail[DGI_N_UPOS] = {[DGI_VERB] = "/VERB", [DGI_NOUN] = "/NOUN", [DGI_ADJ] = "/ADJ"};
    const struct dgi_tok *k = &w->doc->toks[tok];
    const uint32_t r = tail[k->upos] ? find(w->ctx->stances, k->lemma, tail[k->upos]) : DGI_NONE;
    if (r != DGI_NONE)
        return dgi_table_cell(w->ctx->stances, r, 1);
    return w->cue[tok] == DGI_NONE ? (dg_str){"", 0} : dgi_table_cell(w->ctx->table, w->cue[tok], 1);
}

const struct dgi_cue_row *dgi_cue_at(const struct dgi_quote_work *w, uint32_t tok)
{
    return tok == DGI_NONE || w->cue[tok] == DGI_NONE ? NULL : &w->ctx->row[w->cue[tok]];
}

bool dgi_cue_is_speech(uint8_t cls)
{
    return cls == DGI_CUE_SAY || cls == DGI_CUE_TELL || cls == DGI_CUE_URGE || cls == DGI_CUE_ASK ||
           cls == DGI_CUE_THINK || cls == DGI_CUE_WEAK || cls == DGI_CUE_MANNER;
}
