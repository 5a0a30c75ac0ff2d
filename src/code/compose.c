/* SPDX-License-Identifier: Apache-2.0 */
/* code/compose.c: one CAMEO code from an event and its content: demand + withdraw = 1056, threaten + sanctions = 1312.
 *
 * Reads   work.parent, work.status, lexicon/en/compose.tsv
 * Writes  event cameo; the row of a deed that its doer will not do
 *
 * The row with the longest matching parent, then the longest matching content wins. */
#include "code/coder.h"

#include <stdio.h>

static const char *composed(const dgi_coder_tables *t, const char *parent, const char *content)
{
    const char *best = NULL;
    size_t best_len = 0;
    for (uint32_t i = 0; i < t->n_comp; i++) {
        const struct compose *k = &t->comp[i];
        size_t p = strlen(k->parent), n = strlen(k->content);
        if (strncmp(parent, k->parent, p) != 0 || strncmp(content, k->content, n) != 0 ||
            strlen(parent) > strlen(k->result))
            continue;
        size_t len = 8 * p + n + 1;
        if (len > best_len) {
            best = k->result;
            best_len = len;
        }
    }
    return best;
}

static bool is_hostile(uint8_t plover)
{
    return plover == DGI_COERCE || plover == DGI_ASSAULT || plover == DGI_SANCTION;
}

/* "promised to stop selling tickets to Minsk": to promise that one will do something no more is an assurance, whomever it costs. */
static bool is_assurance(const struct coder *c, const struct draft *vow, const struct draft *deed)
{
    return dgi_lemma_in(c->doc, vow->tok, DGI_W_ASSURES) && dgi_lemma_in(c->doc, deed->tok, DGI_W_CEASES) &&
           c->r.upos[deed->tok] == DGI_VERB;
}

/* "Cairo vowed to clip Tripoli's wings": to promise a hostile act against another state is to threaten it. */
static bool is_threat(const struct coder *c, const struct draft *vow, const struct draft *deed)
{
    const struct dgi_coded *v = &c->doc->events[vow->out], *d = &c->doc->events[deed->out];
    if (v->plover != DGI_AGREE || !is_hostile(d->plover) || is_assurance(c, vow, deed) || v->negated || d->negated ||
        vow->nominal || !v->n_source || !d->n_source || !d->n_target || !dgi_lemma_has(&c->r, vow->tok, DGI_LEX_VOW))
        return false;
    const struct dgi_entity *e = c->doc->entities, *by = &e[v->source[0].entity], *on = &e[d->target[0].entity];
    return d->source[0].entity == v->source[0].entity && by->country[0] && on->country[0] &&
           strcmp(by->country, on->country) != 0;
}

/* "promised that no Somali would be punished": what is promised not to be done threatens nobody. */
static bool not_to_be_done(const struct coder *c, const struct draft *vow, const struct draft *deed)
{
    const struct dgi_coded *v = &c->doc->events[vow->out], *d = &c->doc->events[deed->out];
    return v->plover == DGI_THREATEN && d->negated && !v->negated && !vow->nominal &&
           dgi_lemma_has(&c->r, vow->tok, DGI_LEX_VOW) && is_hostile(d->plover);
}

static void make_promise(struct coder *c, const struct draft *vow)
{
    static const char promise[] = "030";
    struct dgi_coded *v = &c->doc->events[vow->out];
    v->plover = DGI_AGREE;
    v->mode = (dg_str){NULL, 0};
    snprintf(v->cameo, sizeof v->cameo, "%s", promise);
    dgi_trace_add(c->doc, vow->tok, "cameo", "a vow not to harm is a promise: %s", v->cameo);
}

static void make_threat(struct coder *c, const struct draft *vow, const struct draft *deed)
{
    static const char threat[] = "130";
    struct dgi_coded *v = &c->doc->events[vow->out];
    const struct dgi_coded *d = &c->doc->events[deed->out];
    const char *r = composed(c->t, threat, deed->frame->cameo);
    v->plover = DGI_THREATEN;
    v->mode = (dg_str){NULL, 0};
    snprintf(v->cameo, sizeof v->cameo, "%s", r ? r : threat);
    v->target = d->target;
    v->n_target = d->n_target;
    dgi_trace_add(c->doc, vow->tok, "cameo", "a vow to harm is a threat: %s", v->cameo);
}

void dgi_compose_codes(struct coder *c)
{
    for (uint32_t i = c->n_w; i-- > 0;) {
        struct draft *w = &c->w[i];
        if (w->out == DGI_NONE || w->parent == DGI_NONE || c->w[w->parent].out == DGI_NONE)
            continue;
        struct dgi_coded *p = &c->doc->events[c->w[w->parent].out];
        if (is_threat(c, &c->w[w->parent], w)) {
            make_threat(c, &c->w[w->parent], w);
            continue;
        }
        if (not_to_be_done(c, &c->w[w->parent], w)) {
            make_promise(c, &c->w[w->parent]);
            continue;
        }
        const char *r = composed(c->t, c->w[w->parent].frame->cameo, w->frame->cameo);
        if (r && strlen(r) >= strlen(p->cameo) && memcmp(r, p->cameo, 2) == 0) {
            memset(p->cameo, 0, sizeof p->cameo);
            memcpy(p->cameo, r, strlen(r));
            dgi_trace_add(c->doc, c->w[w->parent].tok, "cameo", "%s with content %s makes %s",
                          c->w[w->parent].frame->cameo, w->frame->cameo, r);
        }
    }
}

/* What one does for others or gives way in: not to be willing to is a refusal. */
static bool is_favour(uint8_t plover)
{
    return plover == DGI_CONSULT || plover == DGI_SUPPORT || plover == DGI_COOPERATE || plover == DGI_AID ||
           plover == DGI_CONCEDE || plover == DGI_RETREAT;
}

/* Does a refusal of its sentence stand at the same words, or above it? */
static bool refused_already(const struct coder *c, const struct draft *w)
{
    if (w->parent != DGI_NONE && !c->w[w->parent].dropped)
        return true;
    for (uint32_t i = c->newest[c->doc->toks[w->tok].sent]; i != DGI_NONE; i = c->w[i].before) {
        const struct draft *o = &c->w[i];
        if (!o->dropped && o != w && o->frame->plover == DGI_REJECT && (o->clause == w->clause || o->tok == w->clause))
            return true;
    }
    return false;
}

bool dgi_refuse(struct coder *c, struct draft *w)
{
    static const char refusal[] = "120";
    if (!w->negated || w->status != DGI_ST_FUTURE || (w->nominal && !w->light) || w->passive ||
        !is_favour(w->frame->plover) || !dgi_are_mighty(c, w, DGI_SIDE_SOURCE, true) || refused_already(c, w))
        return true;
    const char *r = composed(c->t, refusal, w->frame->cameo);
    struct frame *f = dgi_arena_array(c->scratch, 1, sizeof *f);
    if (!f)
        return false;
    *f = *w->frame;
    f->plover = DGI_REJECT;
    f->mode = (dg_str){NULL, 0};
    snprintf(f->cameo, sizeof f->cameo, "%s", r ? r : refusal);
    w->frame = f;
    w->negated = w->recip = false;
    w->status = DGI_ST_ACTUAL;
    dgi_trace_add(c->doc, w->tok, "cameo", "who will not do it refuses: %s", f->cameo);
    return true;
}
