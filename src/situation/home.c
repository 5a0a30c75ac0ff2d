/* SPDX-License-Identifier: Apache-2.0 */
/* situation/home.c: for which state an official speaks whom no table knows and of whom the text does not say it.
 *
 * Reads   the events of one document, their actors
 * Writes  the country of such actors, in a copy
 *
 * "President Macias demanded that the gendarmes leave", in a report of Gabon and one other state: he has to do with Gabon, so he
 * speaks for the other one. In a report of one state he speaks for that, unless he has to do with it. In all other cases nobody
 * can tell. */
#include "situation/apply.h"

enum { MOST_STATES = 3, MOST_OFFICIALS = 8 };

struct official {
    dg_str id;
    bool against[MOST_STATES]; /* he has to do with that state */
};
struct homes {
    char state[MOST_STATES][4];
    uint32_t n_states, n;
    struct official who[MOST_OFFICIALS];
};

static bool homeless(const struct dgi_ev_actor *a)
{
    return !a->country[0] && dgi_str_starts(a->id, DGI_S("person:")) && dgi_str_in(a->sectors, ',', DGI_S("GOV"));
}

static void name_states(struct homes *h, const struct dgi_ev_actor *l, uint32_t n)
{
    for (uint32_t i = 0; i < n && h->n_states < MOST_STATES; i++) {
        uint32_t k = 0;
        while (k < h->n_states && strcmp(h->state[k], l[i].country) != 0)
            k++;
        if (l[i].country[0] && k == h->n_states)
            memcpy(h->state[h->n_states++], l[i].country, 4);
    }
}

static struct official *official_of(struct homes *h, dg_str id)
{
    for (uint32_t i = 0; i < h->n; i++)
        if (dgi_str_eq(h->who[i].id, id))
            return &h->who[i];
    if (h->n == MOST_OFFICIALS)
        return NULL;
    h->who[h->n] = (struct official){.id = id};
    return &h->who[h->n++];
}

static void deals_with(const struct homes *h, struct official *o, const struct dgi_ev_actor *l, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < h->n_states; k++)
            o->against[k] |= !strcmp(h->state[k], l[i].country);
}

/* With whom one side of an event has to do: the other side, and who is to do what it speaks of. */
static void one_side(const struct dgi_ev_doc *doc, struct homes *h, const struct dgi_event *ev, bool target)
{
    const struct dgi_ev_actor *us = target ? ev->target : ev->source, *them = target ? ev->source : ev->target;
    uint32_t n_us = target ? ev->n_target : ev->n_source, n_them = target ? ev->n_source : ev->n_target;
    for (uint32_t i = 0; i < n_us; i++) {
        struct official *o = homeless(&us[i]) ? official_of(h, us[i].id) : NULL;
        if (!o)
            continue;
        deals_with(h, o, them, n_them);
        for (uint32_t c = 0; c < ev->n_content && !target; c++)
            deals_with(h, o, doc->events[ev->content[c]].source, doc->events[ev->content[c]].n_source);
    }
}

/* The one state for which he can speak, or NULL. */
static const char *home_of(const struct homes *h, const struct official *o)
{
    const char *home = NULL;
    if (!h->n_states || h->n_states == MOST_STATES)
        return NULL;
    for (uint32_t k = 0; k < h->n_states; k++) {
        if (o->against[k])
            continue;
        if (home)
            return NULL;
        home = h->state[k];
    }
    return home;
}

static void settle(const struct apply *p, const struct homes *h, struct party *l, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!homeless(l[i].actor))
            continue;
        for (uint32_t k = 0; k < h->n; k++) {
            const char *home = dgi_str_eq(h->who[k].id, l[i].actor->id) ? home_of(h, &h->who[k]) : NULL;
            struct dgi_ev_actor *a = home ? dgi_arena_alloc(p->tmp, sizeof *a) : NULL;
            if (!a)
                continue;
            *a = *l[i].actor;
            memcpy(a->country, home, 4);
            dgi_party_make(&l[i], p->b->rules, a);
            break;
        }
    }
}

void dgi_home_officials(struct apply *p)
{
    struct homes h = {.n = 0};
    const struct dgi_ev_doc *doc = p->doc;
    for (uint32_t e = 0; e < doc->n_events; e++) {
        name_states(&h, doc->events[e].source, doc->events[e].n_source);
        name_states(&h, doc->events[e].target, doc->events[e].n_target);
    }
    if (!h.n_states || h.n_states == MOST_STATES)
        return;
    for (uint32_t e = 0; e < doc->n_events; e++) {
        one_side(doc, &h, &doc->events[e], false);
        one_side(doc, &h, &doc->events[e], true);
    }
    for (uint32_t e = 0; e < doc->n_events && h.n; e++) {
        settle(p, &h, p->side[e].source, doc->events[e].n_source);
        settle(p, &h, p->side[e].target, doc->events[e].n_target);
    }
}
