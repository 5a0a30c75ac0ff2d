/* SPDX-License-Identifier: Apache-2.0 */
/* code/code.c: the stage: events of one document.
 *
 * Reads   tokens with tree, mentions, entities, times, places, quantities, statements
 * Writes  doc->events
 *
 * Per sentence: match triggers and fill slots (matching.c, slots.c). Then over the document: link contents and
 * conditions (link.c), let slots be inherited, drop what stayed bare (drop.c), decide status (status.c), attach dates,
 * places and numbers (setting.c), write (write.c), compose codes (compose.c). Two passes, because a content's status and actors depend on its
 * parent. */
#include "code/coder.h"

/* Counting sort by sentence, so that a long document costs no more per event than a short one. `stride` bytes from one
 * item's first token to the next one's. */
static bool index_by_sentence(struct coder *c, struct in_sent *out, const void *first_tok, size_t stride, uint32_t n)
{
    const struct dgi_doc *d = c->doc;
    out->first = dgi_arena_array(c->scratch, (size_t)d->n_sents + 2, sizeof *out->first);
    out->item = dgi_arena_array(c->scratch, n ? n : 1, sizeof *out->item);
    if (!out->first || !out->item)
        return false;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t t = *(const uint32_t *)((const char *)first_tok + i * stride);
            if (t >= d->n_toks || (d->places && first_tok == (const void *)&d->places->first && d->places[i].part))
                continue; /* a place inside a name is where nothing need happen */
            uint32_t s = d->toks[t].sent;
            if (pass == 0)
                out->first[s + 2]++;
            else
                out->item[out->first[s + 1]++] = i;
        }
        for (uint32_t s = 2; pass == 0 && s < d->n_sents + 2; s++)
            out->first[s] += out->first[s - 1];
    }
    return true;
}

/* Does the word govern, by a row of status.tsv, and whose subject does the infinitive below it take? */
static enum dgi_control control_of(const void *tables, uint32_t word, uint8_t upos)
{
    const struct governor *g = dgi_governor_of(tables, word, upos, STEP_XCOMP, 0);
    return g ? (enum dgi_control)g->control : DGI_CONTROL_AUTO;
}

static bool is_unreal(const void *tables, uint32_t word, uint8_t upos)
{
    const struct governor *g = dgi_governor_of(tables, word, upos, STEP_XCOMP, 0);
    return g && g->effect != EF_ACTUAL && g->effect != EF_NONE;
}

static bool prepare(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    size_t n = d->n_toks ? d->n_toks : 1;
    c->r.lx = &c->t->lx;
    c->r.tables = c->t;
    c->r.control = control_of;
    c->r.unreal = is_unreal;
    c->ev = dgi_arena_array(c->scratch, n, sizeof *c->ev);
    c->stmt = dgi_arena_array(c->scratch, n, sizeof *c->stmt);
    c->used = dgi_arena_array(c->scratch, n, sizeof *c->used);
    c->run = dgi_arena_array(c->scratch, n, sizeof *c->run);
    c->low = dgi_arena_array(c->scratch, n, sizeof *c->low);
    c->signs = dgi_arena_array(c->scratch, 1, sizeof *c->signs);
    c->cue = dgi_arena_array(c->scratch, n, sizeof *c->cue);
    c->political = dgi_arena_array(c->scratch, d->n_sents ? d->n_sents : 1, sizeof *c->political);
    c->newest = dgi_arena_array(c->scratch, d->n_sents ? d->n_sents : 1, sizeof *c->newest);
    if (!c->newest || !c->cue || !c->political || !c->ev || !c->stmt || !c->used || !c->run || !c->low || !c->signs ||
        !dgi_join_hyphened(c) || !dgi_reading_make(&c->r, d, c->scratch) ||
        !index_by_sentence(c, &c->times, d->times ? &d->times->first : NULL, sizeof *d->times, d->n_times) ||
        !index_by_sentence(c, &c->places, d->places ? &d->places->first : NULL, sizeof *d->places, d->n_places) ||
        !index_by_sentence(c, &c->quantities, d->quantities ? &d->quantities->first : NULL, sizeof *d->quantities,
                           d->n_quantities))
        return false;
    c->signs->sent = DGI_NONE;
    for (uint32_t t = 0; t < d->n_toks; t++)
        c->ev[t] = c->stmt[t] = c->cue[t] = c->run[t] = DGI_NONE;
    for (uint32_t s = 0; s < d->n_sents; s++)
        c->newest[s] = DGI_NONE;
    for (uint32_t i = 0; i < d->n_statements; i++)
        if (d->statements[i].cue_tok < d->n_toks)
            c->cue[d->statements[i].cue_tok] = i;
    return true;
}

static void mark_statements(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    for (uint32_t s = 0; s < d->n_statements; s++)
        for (uint32_t k = 0; k < d->statements[s].n_content; k++) {
            dgi_span sp = d->statements[s].content[k];
            uint32_t lo = 0, hi = d->n_toks;
            while (lo < hi) { /* first token at or after the span's start */
                uint32_t mid = (lo + hi) / 2;
                if (d->toks[mid].start < sp.start)
                    lo = mid + 1;
                else
                    hi = mid;
            }
            for (uint32_t t = lo; t < d->n_toks && d->toks[t].start < sp.end; t++) {
                uint32_t old = c->stmt[t];
                if (old == DGI_NONE || d->statements[s].outer == old ||
                    (d->statements[old].outer != s &&
                     sp.end - sp.start < d->statements[old].content[0].end - d->statements[old].content[0].start))
                    c->stmt[t] = s;
            }
        }
}

/* A light verb stands for its noun where others hang on it ("issued a demand that"), unless it is an event itself. */
static void mark_light(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (c->w[i].light_tok != DGI_NONE && c->ev[c->w[i].light_tok] == DGI_NONE && !dgi_for_board(c->w[i].frame))
            dgi_mark_event(c, c->w[i].light_tok, i);
}

dg_status dgi_code(struct dgi_code_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct coder c;
    memset(&c, 0, sizeof c);
    c.t = ctx->tables;
    c.actors = ctx->actors;
    c.r.off = ctx->repairs_off;
    c.no_veto = ctx->no_veto;
    c.doc = doc;
    if (!(c.scratch = dgi_arena_new(0)))
        return dgi_fail(err, DG_E_NOMEM, "no memory to code events");
    bool ok = prepare(&c);
    if (ok) {
        mark_statements(&c);
        c.about_politics = !doc->n_entities;
        c.disaster = dgi_of_disaster(&c);
        for (uint32_t s = 0; s < doc->n_sents; s++) {
            c.political[s] = doc->sents[s].end - doc->sents[s].first <= MAX_SENTENCE && dgi_political_sentence(&c, s);
            c.about_politics = c.about_politics || c.political[s];
        }
        bool out = false; /* the sentence before is about something else */
        for (uint32_t s = 0; s < doc->n_sents && !c.nomem; s++) {
            int score;
            if (doc->sents[s].end - doc->sents[s].first > MAX_SENTENCE)
                continue;
            bool before = out && !doc->sents[s].starts_par && !c.political[s];
            out = dgi_sentence_topic_out(&c, s, &score);
            if (out || (before && score > 0))
                dgi_trace_add(doc, doc->sents[s].first, "topic",
                              "the sentence is about something else (topic weight %d)", score);
            else
                dgi_match_sentence(&c, s);
        }
        ok = !c.nomem;
    }
    if (ok) {
        dgi_hear_reader(&c);
        mark_light(&c);
        dgi_drop_words(&c);
        dgi_link_events(&c);
        dgi_inherit_slots(&c);
        dgi_fill_meetings(&c);
        dgi_fill_carried(&c);
        dgi_fill_parties(&c);
        dgi_take_for_words(&c);
        dgi_drop_bare(&c);
        dgi_fill_other_side(&c);
        dgi_drop_sent(&c);
        dgi_fill_around(&c);
        ok = dgi_fill_from_discourse(&c);
        dgi_drop_sent(&c); /* private persons too */
        dgi_fill_offered_talks(&c);
        dgi_fill_deeds(&c);
        dgi_blame_doers(&c);
        dgi_guess_targets(&c);
        dgi_fill_home(&c);
        for (uint32_t i = 0; i < c.n_w; i++)
            if (!c.w[i].dropped)
                dgi_find_status(&c, &c.w[i]);
        for (uint32_t i = 0; i < c.n_w && ok; i++)
            ok = c.w[i].dropped || dgi_refuse(&c, &c.w[i]);
        ok = ok && dgi_write_events(&c);
        if (ok)
            dgi_compose_codes(&c);
    }
    dgi_arena_free(c.scratch);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to code events");
}
