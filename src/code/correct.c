/* SPDX-License-Identifier: Apache-2.0 */
/* code/correct.c: a side that a row's paths lead to and that the trained reader holds for another's.
 *
 * Reads   drafts with their sides, doc->read
 * Writes  draft.side[] where both thresholds of lexicon/en/reader.tsv are passed
 *
 * "A jury indicted two men on charges of kidnapping a girl": who kidnapped is the men, not the jury. */
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
