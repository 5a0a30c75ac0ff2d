/* SPDX-License-Identifier: Apache-2.0 */
/* code/likely.c: the target that the trained reader holds for the likeliest, where no row, phrase or neighbour leads to one.
 *
 * Reads   events in the making with their sides, doc->read
 * Writes  draft.side[DGI_SIDE_TARGET]
 *
 * What a power does is done to another one: where its verb names none, the other power of the sentence of which the reader
 * thinks more than of any third has the chance `guess` and a distance from the next. Runs last: whatever tells it better has been asked. */
#include "code/coder.h"

static const float apart = 0.05f; /* chances between the likeliest and the next, which has half of its chance at most */

static float chance_at(const struct coder *c, const struct dgi_read_event *r, const struct dgi_mention *m,
                       enum dgi_read_role role)
{
    const struct dgi_tok *t = c->doc->toks;
    float best = 0;
    for (uint32_t i = m->first; i < r->to && t[i].end <= m->span.end; i++) {
        float x = dgi_read_role_of(r, i, role);
        best = x > best ? x : best;
    }
    return best;
}

static void guess_target(struct coder *c, struct draft *w, const struct dgi_read_event *r, float least)
{
    const struct dgi_entity *e = c->doc->entities;
    const struct dgi_mention *m = c->doc->mentions, *best = NULL;
    uint32_t end = c->doc->sents[r->sent].end;
    float first = 0, next = 0;
    for (uint32_t i = dgi_mentions_from(c->doc, c->doc->sents[r->sent].first);
         i < c->doc->n_mentions && m[i].first < end; i++) {
        if (!dgi_may_be_meant(c, w, &m[i]))
            continue;
        float x = chance_at(c, r, &m[i], DGI_ROLE_TARGET);
        bool same = best && dgi_same_power(&e[best->entity], &e[m[i].entity]);
        if (x > first) {
            next = best && !same ? first : next;
            first = x;
            best = &m[i];
        } else if (!same && x > next) {
            next = x;
        }
    }
    if (!best || first < least || first - next < apart || next * 2 > first ||
        chance_at(c, r, best, DGI_ROLE_SOURCE) >= first)
        return;
    dgi_refs_add(&w->side[DGI_SIDE_TARGET], (struct dgi_ref){best->entity, best->span, best->head, false});
    dgi_trace_add(c->doc, w->tok, "target", "the power that the reader thinks of first (%.0f in 100)",
                  (double)(100 * first));
}

void dgi_guess_targets(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w && c->doc->read; i++) {
        struct draft *w = &c->w[i];
        if (w->dropped || w->recip || w->nominal || dgi_for_board(w->frame) || w->frame->role[ROLE_TARGET].none ||
            w->side[DGI_SIDE_TARGET].n || !dgi_is_by_power(c, w))
            continue;
        const struct dgi_read_event *r = dgi_read_of_draft(c, w);
        if (r)
            guess_target(c, w, r, c->t->reader[w->frame->plover].by[c->doc->read->small].guess);
    }
}
