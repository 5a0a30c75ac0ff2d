/* SPDX-License-Identifier: Apache-2.0 */
/* code/correct.c: a side that a row's paths lead to, or a type that it has, and that the trained reader holds for another.
 *
 * Reads   drafts with their sides, doc->read
 * Writes  draft.side[], draft.frame where both thresholds of lexicon/en/reader.tsv are passed
 *
 * "A jury indicted two men on charges of kidnapping a girl": who kidnapped is the men, not the jury. "Bhutan protested through
 * its embassy": it accuses, though the row of this verb is a crowd's. */
#include "code/coder.h"

/* The best chance of a word of the phrase that fills the side. */
static float chance_of(const struct coder *c, const struct dgi_read_event *r, const struct dgi_ref *ref,
                       enum dgi_read_role role)
{
    const struct dgi_tok *t = c->doc->toks;
    float best = ref->head == DGI_NONE ? 1 : dgi_read_role_of(r, ref->head, role);
    for (uint32_t i = r->from; i < r->to; i++)
        if (t[i].start >= ref->span.start && t[i].end <= ref->span.end) {
            float x = dgi_read_role_of(r, i, role);
            best = x > best ? x : best;
        }
    return best;
}

static bool doubted(const struct coder *c, const struct dgi_read_event *r, const struct actor_refs *side,
                    enum dgi_read_role role, float least)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (side->ref[i].discourse || chance_of(c, r, &side->ref[i], role) >= least)
            return false;
    return side->n > 0;
}

void dgi_correct_sides(struct coder *c, struct draft *w, const struct dgi_read_event *r, const struct chances *by)
{
    static const enum dgi_read_role role[DGI_N_SIDE] = {DGI_ROLE_SOURCE, DGI_ROLE_TARGET};
    if (w->recip)
        return;
    struct actor_refs got[DGI_N_SIDE] = {{.n = 0}, {.n = 0}};
    for (int side = 0; side < DGI_N_SIDE; side++)
        if (!w->frame->role[side].none && doubted(c, r, &w->side[side], role[side], by->doubt))
            dgi_actors_of_role(c, r, role[side], by->sure, &got[side]);
    for (int side = 0; side < DGI_N_SIDE; side++) {
        const struct actor_refs *other = got[!side].n ? &got[!side] : &w->side[!side];
        if (!got[side].n || dgi_refs_same(&got[side], other) || dgi_refs_same(&got[side], &w->side[side]))
            continue;
        w->side[side] = got[side];
        dgi_trace_add(c->doc, w->tok, side ? "target" : "source", "the reader holds another for it");
    }
}

/* "demands that the emirate pay compensation": what is asked is not another demand, nor what is refused a refusal. */
static bool governs(const struct coder *c, uint32_t tok, uint8_t type)
{
    enum { HIGHEST = 4 };
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0; i < HIGHEST && t[tok].head != DGI_NONE; i++) {
        tok = t[tok].head;
        uint32_t e = c->ev[tok];
        if (e != DGI_NONE && !c->w[e].used_up)
            return c->w[e].frame->plover == type;
    }
    return false;
}

const struct frame *dgi_retyped(struct coder *c, const struct draft *w, const struct dgi_read_event *r)
{
    uint8_t own = w->frame->plover, other = dgi_read_best_type(r);
    const struct reader_row *row = &c->t->reader[other];
    const struct chances *by = &row->by[c->doc->read->small], *mine = &c->t->reader[own].by[c->doc->read->small];
    if (c->no_veto || !row->known || (w->n_extra && c->doc->read->small) ||
        (w->frame->flags & (FRAME_RUN | FRAME_SURE)) || r->type[own] >= mine->held || r->type[other] < by->retype ||
        governs(c, w->tok, other))
        return w->frame;
    struct frame *f = dgi_row_of_reader(c, w->tok, other);
    if (!f)
        return w->frame;
    dgi_trace_add(c->doc, w->tok, "reader", "%s with a chance of %.0f in 100, not %s as row '%.*s' says",
                  dgi_plover_name[other], (double)(100 * r->type[other]), dgi_plover_name[own], (int)w->frame->id.len,
                  w->frame->id.ptr);
    f->pos = w->frame->pos; /* the row is right about who stands where */
    f->flags = w->frame->flags;
    f->need = w->frame->need;
    memcpy(f->role, w->frame->role, sizeof f->role);
    return f;
}
