/* SPDX-License-Identifier: Apache-2.0 */
/* situation/opposite.c: to whom it is put, when neither the sentence nor whom the issuer mostly deals with in the document tells.
 *
 * Reads   the events of one document and their parties; what the board has of the issuer
 * Writes  nothing
 *
 * The only other body of the document, where the issuer has to do with it there; else the only other side that the issuer has on
 * the board since a few weeks and that the document names, or that it could mean because it names no other and what is said asks
 * for somebody (named: it does not; a state forbids imports, and signs what a hundred sign). Two who could be meant are nobody. */
#include "situation/apply.h"

/* Somebody else, and none of a bloc or a country with one of these. */
static bool apart(const struct party *x, const struct party *us, uint32_t n_us)
{
    for (uint32_t i = 0; i < n_us; i++)
        if (dgi_party_like(x, &us[i]) > 0)
            return false;
    return x->actor->id.len > 0 && dgi_party_body(x);
}

struct only { /* the one that was found, or that there were two */
    const struct party *who;
    bool two;
};

static void only_add(struct only *o, const struct party *x)
{
    if (!o->who || dgi_party_like(o->who, x) >= x->scale->party_sure) {
        bool state = dgi_str_starts(x->actor->id, DGI_S("country:")) || dgi_str_starts(x->actor->id, DGI_S("org:"));
        o->who = o->who && !state ? o->who : x;
    } else {
        o->two = true;
    }
}

/* Whether we have a part in event e. */
static bool ours(const struct apply *p, uint32_t e, const struct party *us, uint32_t n_us)
{
    for (int t = 0; t < 2; t++) {
        const struct party *l = t ? p->side[e].target : p->side[e].source;
        uint32_t n = t ? p->doc->events[e].n_target : p->doc->events[e].n_source;
        for (uint32_t i = 0; i < n; i++)
            if (!apart(&l[i], us, n_us))
                return true;
    }
    return false;
}

/* The bodies that the document names beside us; with: of those with whom we have to do there. */
static struct only of_document(struct apply *p, const struct party *us, uint32_t n_us, bool with)
{
    /* so often at every event, all asking together: a long document with one body is not read through for each */
    enum { LOOKS = 64 };
    struct only o = {NULL, false};
    if (p->looks / LOOKS > p->doc->n_events)
        return (struct only){NULL, true};
    for (uint32_t e = 0; e < p->doc->n_events && !o.two; e++, p->looks++)
        for (int t = 0; t < 2 && (!with || ours(p, e, us, n_us)); t++) {
            const struct party *l = t ? p->side[e].target : p->side[e].source;
            uint32_t n = t ? p->doc->events[e].n_target : p->doc->events[e].n_source;
            for (uint32_t i = 0; i < n; i++)
                if (apart(&l[i], us, n_us))
                    only_add(&o, &l[i]);
        }
    return o;
}

/* On which side of m we stand alone; -1: on none, or on both. */
static int our_side(const struct matter *m, const struct party *us, uint32_t n_us)
{
    const struct scale *sc = us->scale;
    bool first = dgi_side(m, 0, us, n_us) >= sc->party_sure, second = dgi_side(m, 1, us, n_us) >= sc->party_sure;
    return first == second ? -1 : second;
}

const struct party *dgi_opposite(struct apply *p, const struct party *us, uint32_t n_us, bool named)
{
    static const uint8_t kinds[] = {DGI_IT_DEMAND, DGI_IT_THREAT, DGI_IT_HOSTILITY, DGI_IT_SANCTION, DGI_IT_RELATION};
    const struct scale *sc = &p->b->rules->scale;
    struct only here = of_document(p, us, n_us, false), there = {NULL, false};
    if (!n_us || (here.who && !here.two))
        return n_us ? of_document(p, us, n_us, true).who : NULL;
    struct roles ours = {us, NULL, n_us, 0, false, false};
    for (size_t k = 0; k < sizeof kinds; k++) {
        dgi_candidates(p->cands, p->b, kinds[k], &ours);
        for (uint32_t i = 0; i < p->cands->n && !there.two; i++) {
            const struct matter *m = p->cands->item[i];
            int side = (int64_t)p->b->reported - m->f.last.reported > sc->answer_behind ? -1 : our_side(m, us, n_us);
            for (uint32_t q = 0; q < m->it.n_parties && side >= 0; q++)
                if (m->it.parties[q].side != side && !m->it.parties[q].inferred && apart(&m->party[q], us, n_us) &&
                    ((!here.who && !named) || dgi_doc_names(p, &m->party[q])))
                    only_add(&there, &m->party[q]);
        }
    }
    return there.two ? NULL : there.who;
}

/* ---- between two ---- */
struct pair {
    const struct party *two[2];
    uint32_t told;
};

static bool pair_is(const struct pair *x, const struct party *a, const struct party *b)
{
    const struct scale *sc = a->scale;
    for (int turn = 0; turn < 2; turn++)
        if (dgi_party_like(x->two[turn], a) >= sc->party_sure && dgi_party_like(x->two[1 - turn], b) >= sc->party_sure)
            return true;
    return false;
}

static void pair_told(struct pair *l, uint32_t *n, const struct party *a, const struct party *b)
{
    enum { MOST_PAIRS = 8 };
    uint32_t i = 0;
    while (i < *n && !pair_is(&l[i], a, b))
        i++;
    if (i == MOST_PAIRS)
        return;
    if (i == *n)
        l[(*n)++] = (struct pair){{a, b}, 0};
    l[i].told++;
}

/* The people of a land, of whom nothing else is said: they suffer, and nothing is put to them. */
static bool are_people(const struct party *x)
{
    return dgi_str_ends(x->actor->id, DGI_S(":CVL"));
}

/* The pairs of which the document tells what one does to the other, and we are none of them. */
static uint32_t pairs_of_document(const struct apply *p, const struct party *us, uint32_t n_us, struct pair *l)
{
    uint32_t n = 0;
    for (uint32_t e = 0; e < p->doc->n_coded; e++) {
        const struct dgi_event *ev = &p->doc->events[e];
        const struct sides *s = &p->side[e];
        if (ev->n_source && ev->n_target && !are_people(&s->target[0]) && apart(&s->source[0], us, n_us) &&
            apart(&s->target[0], us, n_us) && apart(&s->target[0], &s->source[0], 1))
            pair_told(l, &n, &s->source[0], &s->target[0]);
        else if (ev->n_source == 2 && !ev->n_target && dgi_code_group(ev->cameo) == 19 &&
                 apart(&s->source[0], us, n_us) && apart(&s->source[1], us, n_us) &&
                 apart(&s->source[1], &s->source[0], 1)) /* "the two armies fought" */
            pair_told(l, &n, &s->source[0], &s->source[1]);
    }
    return n;
}

/* The two other bodies that the document names, if there are but two and the board has something between them. */
static bool two_of_board(struct apply *p, const struct party *us, uint32_t n_us, const struct party *two[2])
{
    static const uint8_t kinds[] = {DGI_IT_HOSTILITY, DGI_IT_DEMAND,   DGI_IT_THREAT,
                                    DGI_IT_SANCTION,  DGI_IT_RELATION, DGI_IT_CONTROL};
    const struct scale *sc = &p->b->rules->scale;
    struct only first = {NULL, false}, second = {NULL, false};
    for (uint32_t e = 0; e < p->doc->n_events && !second.two; e++)
        for (int t = 0; t < 2; t++) {
            const struct party *l = t ? p->side[e].target : p->side[e].source;
            uint32_t n = t ? p->doc->events[e].n_target : p->doc->events[e].n_source;
            for (uint32_t i = 0; i < n; i++)
                if (apart(&l[i], us, n_us))
                    only_add(!first.who || !apart(&l[i], first.who, 1) ? &first : &second, &l[i]);
        }
    if (!first.who || !second.who || second.two)
        return false;
    struct roles both = {first.who, second.who, 1, 1, true, false};
    for (size_t k = 0; k < sizeof kinds; k++) {
        dgi_candidates(p->cands, p->b, kinds[k], &both);
        for (uint32_t i = 0; i < p->cands->n; i++) {
            const struct matter *m = p->cands->item[i];
            for (int turn = 0; turn < 2; turn++)
                if (dgi_side(m, turn, first.who, 1) >= sc->party_sure &&
                    dgi_side(m, 1 - turn, second.who, 1) >= sc->party_sure &&
                    (int64_t)p->b->reported - m->f.last.reported <= sc->matter_apart) {
                    two[0] = first.who, two[1] = second.who;
                    return true;
                }
        }
    }
    return false;
}

bool dgi_two_sides(struct apply *p, const struct party *us, uint32_t n_us, const struct party *two[2])
{
    struct pair l[8];
    uint32_t n = pairs_of_document(p, us, n_us, l), best = 0, all = 0;
    for (uint32_t i = 0; i < n; i++) {
        best = l[i].told > l[best].told ? i : best;
        all += l[i].told;
    }
    if (n && 2 * l[best].told > all) {
        two[0] = l[best].two[0], two[1] = l[best].two[1];
        return true;
    }
    return two_of_board(p, us, n_us, two);
}
