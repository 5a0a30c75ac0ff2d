/* SPDX-License-Identifier: Apache-2.0 */
/* situation/who.c: who is who in an event: issuer and addressee, those who met, those who fight.
 *
 * Reads   the events of one document and their parties
 * Writes  struct roles; an index of whom the document names where
 *
 * What a sentence leaves out is looked for in the document: in the content of a demand, in the sentence, in whom the same
 * party mostly deals with. The index is made once a document, so that asking costs no walk over all its events. */
#include <stdio.h>
#include <stdlib.h>

#include "situation/apply.h"

enum { MOST_TRIES = 64, NEARBY = 64 };

static bool among(const struct party *x, const struct party *l, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (x->actor->id.len ? dgi_str_eq(x->actor->id, l[i].actor->id) : dgi_str_eq(x->actor->name, l[i].actor->name))
            return true;
    return false;
}

static bool strangers(const struct party *x, const struct party *l, uint32_t n)
{
    const struct scale *sc = x->scale;
    for (uint32_t i = 0; i < n; i++)
        if (dgi_party_like(x, &l[i]) >= sc->party_likely)
            return false;
    return x->actor->id.len > 0;
}

/* One of them, or surely the same: "threatened to recall its envoy". */
static bool speaks_for(const struct party *x, const struct party *l, uint32_t n)
{
    const struct scale *sc = x->scale;
    bool like = among(x, l, n);
    for (uint32_t i = 0; i < n && !like; i++)
        like = dgi_party_like(x, &l[i]) >= sc->party_sure;
    return like;
}

bool dgi_party_body(const struct party *x)
{
    const struct dgi_ev_actor *a = x->actor;
    return dgi_str_starts(a->id, DGI_S("country:")) || dgi_str_starts(a->id, DGI_S("org:")) ||
           dgi_str_starts(a->id, DGI_S("group:")) || a->country[0];
}

/* ---- whom the document names ---- */
enum { MOST_WORDS = 2 + MOST_HANDLES };
/* The words under which all who are surely the same as x can be found: id, name, its state if it speaks for it, itself. */
static uint32_t words_of(const struct party *x, uint64_t out[MOST_WORDS])
{
    uint32_t n = 0;
    if (x->id)
        out[n++] = x->id;
    if (x->name)
        out[n++] = x->name ^ 2;
    if (x->country ? x->gov : x->itself != 0)
        for (uint8_t i = 0; i < x->n_handles; i++)
            out[n++] = x->handle[i];
    return n;
}

static int by_word(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return x->k < y->k ? -1 : x->k > y->k;
}

static int by_mouth(const void *a, const void *b)
{
    const struct speaks *x = a, *y = b;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    if (x->mouth != y->mouth)
        return x->mouth < y->mouth ? -1 : 1;
    return x->event < y->event ? -1 : x->event > y->event;
}

static struct party *prepared(struct apply *p, const struct dgi_ev_actor *l, uint32_t n)
{
    struct party *out = n ? dgi_arena_array(p->tmp, n, sizeof *out) : NULL;
    p->failed |= n && !out;
    for (uint32_t i = 0; out && i < n; i++)
        dgi_party_make(&out[i], p->b->rules, &l[i]);
    return out;
}

/* ---- "the rebels", "the union", and the document does not say whose ---- */
/* Does the document name a state or a group that has no part in m? */
static bool of_others(const struct apply *p, const struct matter *m)
{
    const struct scale *sc = &p->b->rules->scale;
    bool other = false;
    for (uint32_t e = 0; e < p->doc->n_events; e++)
        for (int t = 0; t < 2; t++) {
            const struct party *l = t ? p->side[e].target : p->side[e].source;
            uint32_t n = t ? p->doc->events[e].n_target : p->doc->events[e].n_source;
            for (uint32_t i = 0; i < n; i++) {
                if (!l[i].country && !l[i].group)
                    continue;
                if (dgi_side(m, -1, &l[i], 1) >= sc->party_likely)
                    return false;
                other = true;
            }
        }
    return other;
}

/* Is x the one party found so far, or the first one? */
static bool is_one(const struct scale *sc, const struct party **found, const struct party *x)
{
    if (*found)
        return dgi_party_like(*found, x) >= sc->party_sure;
    *found = x;
    return true;
}

/* The one body of that sort in what waits on the board since a few weeks; NULL: none, or two. */
static const struct party *short_for(struct apply *p, const struct party *any)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct party *found = NULL;
    struct roles nobody = {0};
    static const uint8_t kinds[] = {DGI_IT_DEMAND, DGI_IT_OFFER, DGI_IT_THREAT, DGI_IT_COMMITMENT, DGI_IT_AGREEMENT};
    for (size_t kind = 0; kind < sizeof kinds; kind++) {
        dgi_candidates(p->cands, p->b, kinds[kind], &nobody);
        for (uint32_t i = 0; i < p->cands->n; i++) {
            const struct matter *m = p->cands->item[i];
            const uint8_t cur = m->f.cur.status;
            bool paper = m->it.kind == DGI_IT_AGREEMENT && (cur == DGI_IS_SIGNED || cur == DGI_IS_IN_FORCE);
            if (!(dgi_status_waits(cur) || paper) || (int64_t)p->b->reported - m->f.last.reported > sc->answer_behind ||
                of_others(p, m))
                continue;
            for (uint32_t k = 0; k < m->it.n_parties; k++)
                if (!m->it.parties[k].inferred && dgi_party_of_sort(any, &m->party[k]) &&
                    !is_one(sc, &found, &m->party[k]))
                    return NULL;
        }
    }
    return found;
}

static void who_is_short(struct apply *p)
{
    enum { MOST_SORTS = 8 };
    struct {
        dg_str id;
        const struct party *is;
    } asked[MOST_SORTS];
    uint32_t n_asked = 0;
    for (uint32_t e = 0; e < p->doc->n_events; e++)
        for (int t = 0; t < 2; t++) {
            struct party *l = t ? p->side[e].target : p->side[e].source;
            uint32_t n = t ? p->doc->events[e].n_target : p->doc->events[e].n_source;
            for (uint32_t i = 0; i < n; i++) {
                if (!l[i].anyone)
                    continue;
                uint32_t k = 0;
                while (k < n_asked && !dgi_str_eq(asked[k].id, l[i].actor->id))
                    k++;
                if (k == MOST_SORTS)
                    continue;
                if (k == n_asked)
                    asked[k].id = l[i].actor->id, asked[k].is = short_for(p, &l[i]), n_asked++;
                if (asked[k].is)
                    l[i] = *asked[k].is;
            }
        }
}

static const struct party *party_at(const struct apply *p, const struct named *w)
{
    const struct sides *s = &p->side[w->event];
    return w->k >> 31 ? &s->target[w->k & INT32_MAX] : &s->source[w->k];
}

uint32_t dgi_first_of(const struct dgi_ev_doc *doc, uint32_t from, uint32_t to, uint32_t sentence)
{
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (doc->events[mid].sentence < sentence)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

bool dgi_who_prepare(struct apply *p)
{
    uint32_t n = p->doc->n_events, actors = 0;
    const struct dgi_event *evs = p->doc->events;
    if (!(p->side = dgi_arena_array(p->tmp, (size_t)n + 1, sizeof *p->side)))
        return false;
    for (uint32_t e = 0; e < n && !p->failed; e++) {
        p->side[e].source = prepared(p, evs[e].source, evs[e].n_source);
        p->side[e].target = prepared(p, evs[e].target, evs[e].n_target);
        p->side[e].claimed = prepared(p, evs[e].claimed_by, evs[e].n_claimed_by);
        p->side[e].first = e && evs[e - 1].sentence == evs[e].sentence ? p->side[e - 1].first : e;
        actors += evs[e].n_source + evs[e].n_target;
    }
    if (!p->failed)
        dgi_home_officials(p);
    if (!p->failed)
        who_is_short(p);
    for (uint32_t e = n; e-- > 0;)
        p->side[e].last = e + 1 < n && evs[e + 1].sentence == evs[e].sentence ? p->side[e + 1].last : e;
    p->named = dgi_arena_array(p->tmp, (size_t)actors * MOST_WORDS + 1, sizeof *p->named);
    p->speaks = dgi_arena_array(p->tmp, (size_t)n + 1, sizeof *p->speaks);
    for (p->asked_bits = 4; 1u << p->asked_bits < 4 * n && p->asked_bits < 20;)
        p->asked_bits++;
    p->asked = dgi_arena_array(p->tmp, (size_t)1 << p->asked_bits, sizeof *p->asked);
    if (p->failed || !p->named || !p->speaks || !p->asked)
        return false;
    for (uint32_t e = 0; e < n; e++) {
        const struct dgi_event *ev = &evs[e];
        for (uint32_t k = 0; k < ev->n_source + ev->n_target; k++) {
            uint64_t words[MOST_WORDS];
            bool t = k >= ev->n_source;
            uint32_t i = t ? k - ev->n_source : k,
                     m = words_of(t ? &p->side[e].target[i] : &p->side[e].source[i], words);
            for (uint32_t w = 0; w < m; w++)
                p->named[p->n_named++] = (struct named){words[w], e, i | (uint32_t)t << 31};
        }
        if (ev->n_source && ev->n_target && ev->content_of == DGI_NONE && ev->condition_of == DGI_NONE &&
            dgi_party_body(&p->side[e].target[0]))
            p->speaks[p->n_speaks++] = (struct speaks){ev->sentence, e, p->side[e].source[0].id};
    }
    qsort(p->named, p->n_named, sizeof *p->named, by_word);
    qsort(p->speaks, p->n_speaks, sizeof *p->speaks, by_mouth);
    return true;
}

static uint32_t first_named(const struct apply *p, uint64_t word)
{
    uint32_t lo = 0, hi = p->n_named;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p->named[mid].word < word)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool dgi_doc_names(const struct apply *p, const struct party *x)
{
    const struct scale *sc = &p->b->rules->scale;
    uint64_t words[MOST_WORDS];
    uint32_t n = words_of(x, words);
    for (uint32_t w = 0; w < n; w++)
        for (uint32_t i = first_named(p, words[w]), tries = 0;
             i < p->n_named && p->named[i].word == words[w] && tries < MOST_TRIES; i++, tries++)
            if (dgi_party_like(party_at(p, &p->named[i]), x) >= sc->party_sure)
                return true;
    return false;
}

/* The state that lies where it happened, by the name that the document has for it. */
static const struct party *state_at(const struct apply *p, const char *country)
{
    char id[16];
    snprintf(id, sizeof id, "country:%s", country);
    uint64_t word = dgi_str_hash(dgi_str(id)) ^ 1;
    uint32_t i = country[0] ? first_named(p, word) : p->n_named;
    return i < p->n_named && p->named[i].word == word ? party_at(p, &p->named[i]) : NULL;
}

/* ---- counterpart ---- */
enum { MOST_OTHERS = 12 };
struct others {
    const struct party *who[MOST_OTHERS];
    uint32_t count[MOST_OTHERS], n, total;
};

static void count_other(struct others *o, const struct party *x)
{
    const struct scale *sc = x->scale;
    uint32_t w = 0;
    while (w < o->n && dgi_party_like(o->who[w], x) < sc->party_sure)
        w++;
    if (w == o->n && o->n == MOST_OTHERS)
        return;
    if (w == o->n)
        o->who[o->n] = x, o->count[o->n++] = 0;
    else if (dgi_str_starts(x->actor->id, DGI_S("country:")) || dgi_str_starts(x->actor->id, DGI_S("org:")))
        o->who[w] = x;
    o->count[w]++;
    o->total++;
}

static int by_place(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static const struct party *find_counterpart(struct apply *p, const struct party *us, uint32_t n_us)
{
    const struct scale *sc = &p->b->rules->scale;
    uint64_t words[MOST_WORDS], *at = NULL;
    uint32_t n_words = words_of(us, words), n = 0, cap = 0, best = 0;
    struct others o = {.n = 0};
    for (uint32_t w = 0; w < n_words; w++)
        for (uint32_t i = first_named(p, words[w]); i < p->n_named && p->named[i].word == words[w]; i++) {
            uint64_t *x =
                dgi_party_like(party_at(p, &p->named[i]), us) >= sc->party_sure ? DGI_PUSH(p->tmp, at, n, cap) : NULL;
            if (x)
                *x = (uint64_t)p->named[i].event << 1 | p->named[i].k >> 31;
        }
    if (n > 1)
        qsort(at, n, sizeof *at, by_place);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t e = (uint32_t)(at[i] >> 1);
        if ((i && at[i] == at[i - 1]) ||
            !p->doc->events[e].cameo[0]) /* a step is told beside the event that it is of */
            continue;
        const struct party *theirs = at[i] & 1 ? p->side[e].source : p->side[e].target;
        uint32_t n_theirs = at[i] & 1 ? p->doc->events[e].n_source : p->doc->events[e].n_target;
        for (uint32_t k = 0; k < n_theirs; k++)
            if (dgi_party_body(&theirs[k]) && strangers(&theirs[k], us, n_us))
                count_other(&o, &theirs[k]);
    }
    for (uint32_t w = 1; w < o.n; w++)
        best = o.count[w] > o.count[best] ? w : best;
    return o.n && o.count[best] >= (uint32_t)sc->counterpart_least &&
                   o.count[best] >= sc->counterpart_share * o.total - SCORE_TIE
               ? o.who[best]
               : NULL;
}

const struct party *dgi_counterpart(struct apply *p, const struct party *us, uint32_t n_us)
{
    uint64_t key = n_us;
    for (uint32_t i = 0; i < n_us; i++) /* those who speak for one state have one counterpart */
        key = (key ^ (us[i].country && us[i].gov ? us[i].handle[0] : us[i].id ^ us[i].name)) * 0x9E3779B97F4A7C15u;
    key = key ? key : 1;
    uint32_t mask = (1u << p->asked_bits) - 1, i = (uint32_t)(key >> 32) & mask;
    while (p->asked[i].us && p->asked[i].us != key)
        i = (i + 1) & mask;
    if (p->asked[i].us)
        return p->asked[i].them;
    const struct party *them = find_counterpart(p, us, n_us);
    if (++p->n_asked < 1u << (p->asked_bits - 1))
        p->asked[i] = (struct asked){key, them};
    return them;
}

/* ---- roles ---- */
struct roles dgi_roles_of(const struct apply *p, uint32_t e, uint8_t who)
{
    const struct dgi_event *ev = &p->doc->events[e];
    const struct sides *s = &p->side[e];
    struct roles r = {s->source, s->target, ev->n_source, ev->n_target, who == WHO_BOTH, false};
    if (who == WHO_BOTH && !ev->cameo[0] && !r.n_a && !r.n_b &&
        ev->n_claimed_by) /* who calls a paper dead had signed it */
        r.a = s->claimed, r.n_a = ev->n_claimed_by;
    switch (who) {
    case WHO_BOTH: {
        bool all = true; /* reciprocal events may name everybody on both sides */
        for (uint32_t i = 0; i < r.n_b; i++)
            all = all && among(&r.b[i], r.a, r.n_a);
        if (all && r.n_a >= 2)
            r.b = r.a + 1, r.n_b = r.n_a - 1, r.n_a = 1;
        else if (!r.n_a && r.n_b >= 2)
            r.a = r.b, r.n_a = 1, r.b = r.a + 1, r.n_b--;
        break;
    }
    case WHO_MEMBER_T: r = (struct roles){s->target, s->source, ev->n_target, ev->n_source, false, false}; break;
    case WHO_SAYS: /* "Togo must pay, Benin said" */
        r = (struct roles){s->claimed, s->source, ev->n_claimed_by < 1 ? 0 : 1, ev->n_source, false, false};
        break;
    case WHO_TOLL:
        r = (struct roles){s->claimed, s->target, ev->n_claimed_by < 1 ? 0 : 1, ev->n_target, false, false};
        break;
    default: break;
    }
    return r;
}

static void fill(struct apply *p, const struct party **list, uint32_t *n, const struct party *who)
{
    struct party *grown = dgi_arena_array(p->tmp, (size_t)*n + 1, sizeof *grown);
    if (!grown) {
        p->failed = true;
        return;
    }
    if (*n)
        memcpy(grown, *list, *n * sizeof *grown);
    grown[(*n)++] = *who;
    *list = grown;
}

/* "The talks resumed": those whom the sentence names. */
static void complete_meeting(struct apply *p, uint32_t e, struct roles *ro)
{
    for (uint32_t i = p->side[e].first; i <= p->side[e].last && ro->n_a < 3; i++)
        for (uint32_t k = 0; k < p->doc->events[i].n_source + p->doc->events[i].n_target && ro->n_a < 3; k++) {
            uint32_t s = p->doc->events[i].n_source;
            const struct party *x = k < s ? &p->side[i].source[k] : &p->side[i].target[k - s];
            if (dgi_party_body(x) && strangers(x, ro->a, ro->n_a))
                fill(p, &ro->a, &ro->n_a, x);
        }
    if (ro->n_a > 1)
        *ro = (struct roles){ro->a, ro->a + 1, 1, ro->n_a - 1, true, false};
}

static void guess(struct apply *p, struct roles *ro, bool named)
{
    const struct party *other = dgi_counterpart(p, ro->a, ro->n_a);
    other = other ? other : dgi_opposite(p, ro->a, ro->n_a, named);
    if (other) {
        fill(p, &ro->b, &ro->n_b, other);
        ro->guessed = true;
    }
}

/* "Offered to mediate", "called for a cease-fire": a third party speaks to the two who quarrel. */
static void between_two(struct apply *p, const struct dgi_event *ev, struct roles *ro)
{
    const dgi_sit_rules *r = p->b->rules;
    const struct party *two[2];
    if ((!dgi_has_words(r, WORDS_BETWEEN, ev->keys) && !dgi_has_words(r, WORDS_BETWEEN_TEXT, ev->content_text) &&
         !dgi_has_words(r, WORDS_BETWEEN_TEXT, ev->ev_text)) ||
        !dgi_two_sides(p, ro->a, ro->n_a, two))
        return;
    fill(p, &ro->b, &ro->n_b, two[0]);
    fill(p, &ro->b, &ro->n_b, two[1]);
    ro->guessed = true;
}

/* The two of whom the document tells most. */
static void of_the_two(struct apply *p, struct roles *ro)
{
    const struct party *two[2];
    if (!dgi_two_sides(p, NULL, 0, two))
        return;
    fill(p, &ro->a, &ro->n_a, two[0]);
    fill(p, &ro->b, &ro->n_b, two[1]);
    ro->guessed = true;
}

/* "The two foreign secretaries are to meet", "talks between the two": of whom the sentence says only that they are two. */
static bool the_two_met(struct apply *p, const struct dgi_event *ev, struct roles *ro)
{
    const struct party *x = ro->n_a ? ro->a : ro->b;
    struct roles two = {.symmetric = true};
    if (ro->n_a + ro->n_b > 1 || !dgi_has_words(p->b->rules, WORDS_BETWEEN_TEXT, ev->ev_text))
        return false;
    of_the_two(p, &two);
    if (!two.n_b || (ro->n_a + ro->n_b && !x->role && !speaks_for(x, two.a, two.n_a) && !speaks_for(x, two.b, two.n_b)))
        return false;
    *ro = two;
    return true;
}

/* "Laid down their arms under a truce signed on Monday": those whom the sentence names; "its minister signed the treaty": with whom it
 * can only be. */
static void complete_paper(struct apply *p, uint32_t e, struct roles *ro)
{
    const char *code = p->doc->events[e].cameo;
    bool sealed = !strcmp(code, "057");
    if (!ro->n_a && !ro->n_b && (sealed || !strcmp(code, "0871")))
        complete_meeting(p, e, ro);
    if (!ro->n_a && !ro->n_b && sealed && p->doc->events[e].status == DGI_ST_FUTURE) /* "is to be signed on May 3" */
        of_the_two(p, ro);
    if (ro->guessed)
        return;
    if (ro->n_a == 1 && !ro->n_b && (sealed || !code[0]))
        guess(p, ro, true);
}

/* Who is to do what is demanded, or to whom it is done. */
static void from_content(struct apply *p, const struct dgi_event *ev, uint8_t kind, struct roles *ro)
{
    for (uint32_t i = 0; i < ev->n_content && !ro->n_b; i++) {
        uint32_t of = ev->content[i];
        const struct dgi_event *c = &p->doc->events[of];
        bool theirs = kind == DGI_IT_DEMAND || (kind == DGI_IT_OFFER && c->n_target == 0);
        const struct party *l = theirs ? p->side[of].source : p->side[of].target;
        for (uint32_t k = 0; k < (theirs ? c->n_source : c->n_target); k++)
            if (strangers(&l[k], ro->a, ro->n_a))
                fill(p, &ro->b, &ro->n_b, &l[k]);
    }
}

/* "Proposed that the Court decide", "that the union send observers": a third that is to do it, and not to whom it is put. */
static const struct party *third_to_do_it(const struct dgi_event *ev, const struct roles *ro)
{
    if (ro->n_b != 1 || !dgi_str_starts(ro->b[0].actor->id, DGI_S("org:")) || ro->b[0].actor->country[0] || !ro->n_a ||
        !ro->a[0].actor->country[0])
        return NULL;
    return dgi_str_find(ev->content_text, ro->b[0].actor->name) != SIZE_MAX ? &ro->b[0] : NULL;
}

/* "Will close the lagoon if Benin sends ships": it is said to him on whom it depends. */
static void from_condition(struct apply *p, const struct dgi_event *ev, struct roles *ro)
{
    for (uint32_t i = 0; i < ev->n_condition && !ro->n_b; i++)
        for (uint32_t k = 0; k < p->doc->events[ev->condition[i]].n_source; k++)
            if (strangers(&p->side[ev->condition[i]].source[k], ro->a, ro->n_a))
                fill(p, &ro->b, &ro->n_b, &p->side[ev->condition[i]].source[k]);
}

/* "Lima rejected Quito's demand": it was put to Lima. */
static void from_answer(struct apply *p, const struct dgi_event *ev, struct roles *ro)
{
    if (ev->content_of == DGI_NONE)
        return;
    const struct dgi_event *o = &p->doc->events[ev->content_of];
    int group = dgi_code_group(o->cameo);
    for (uint32_t k = 0; k < o->n_source && (group == 3 || group == 8 || group == 12); k++)
        if (strangers(&p->side[ev->content_of].source[k], ro->a, ro->n_a))
            fill(p, &ro->b, &ro->n_b, &p->side[ev->content_of].source[k]);
}

/* "X demanded A and accused Z of B": the same mouth in the same sentence speaks to Z. */
static void from_sentence(struct apply *p, uint32_t e, struct roles *ro)
{
    uint32_t lo = 0, hi = p->n_speaks;
    struct speaks want = {p->doc->events[e].sentence, 0, ro->a[0].id};
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (by_mouth(&p->speaks[mid], &want) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t tries = 0; lo < p->n_speaks && tries < MOST_TRIES && !ro->n_b; lo++, tries++) {
        const struct speaks *s = &p->speaks[lo];
        if (s->sentence != want.sentence || s->mouth != want.mouth)
            return;
        if (s->event != e && strangers(&p->side[s->event].target[0], ro->a, ro->n_a))
            fill(p, &ro->b, &ro->n_b, &p->side[s->event].target[0]);
    }
}

/* "Called for a meeting of the Council": the body that is to meet is asked, not the people of whom the sentence told before. */
static bool for_body(const struct apply *p, const struct dgi_event *ev, const struct roles *ro)
{
    if (ro->n_b != 1 || !dgi_str_ends(ro->b[0].actor->id, DGI_S(":CVL")))
        return false;
    for (uint32_t i = 0; i < ev->n_content; i++) {
        const struct dgi_event *c = &p->doc->events[ev->content[i]];
        if (dgi_code_group(c->cameo) == 4 && c->n_source && dgi_str_starts(c->source[0].id, DGI_S("org:")) &&
            strangers(&p->side[ev->content[i]].source[0], ro->a, ro->n_a))
            return true;
    }
    return false;
}

/* "China promised 50 locomotives, the Zambian ministry said": the state that tells of a promise or an offer of another is to get it. */
static void from_mouth(struct apply *p, uint32_t e, struct roles *ro)
{
    const struct party *x = p->side[e].claimed;
    if (p->doc->events[e].n_claimed_by == 1 && x->gov && x->country && strangers(x, ro->a, ro->n_a))
        fill(p, &ro->b, &ro->n_b, x);
}

/* "Called for the release of Diallo and four others": whoever is to be let go lets nobody go. */
bool dgi_asks_release(const struct dgi_event *ev, const struct dgi_event *c)
{
    bool appeal = !strncmp(ev->cameo, "0253", 4) || !strncmp(ev->cameo, "1053", 4);
    bool inside = c->trig_start >= ev->content_span.start_cp && c->trig_start < ev->content_span.end_cp;
    return !strncmp(c->cameo, "0841", 4) && !c->n_source && c->sentence == ev->sentence &&
           c->trig_start > ev->trig_start && (inside || appeal);
}

static bool let_go(const struct apply *p, uint32_t e, const struct roles *ro)
{
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++) {
        const struct dgi_event *c = &p->doc->events[i];
        uint32_t found = 0;
        if (!dgi_asks_release(&p->doc->events[e], c))
            continue;
        for (uint32_t k = 0; k < ro->n_b; k++)
            for (uint32_t t = 0; t < c->n_target; t++)
                if (dgi_str_eq(c->target[t].id, ro->b[k].actor->id)) {
                    found++;
                    break;
                }
        if (found && found == ro->n_b)
            return true;
    }
    return false;
}

/* "Demanded compensation for their families": they are to get it, and of one's own. Whoever is to give it is not named. */
static bool for_whom(const struct apply *p, uint32_t e, const struct roles *ro)
{
    const struct dgi_event *ev = &p->doc->events[e];
    const dg_span t = ro->n_b ? ro->b[0].actor->span : (dg_span){0, 0}, in = ev->content_span;
    if (ro->n_b == 1 && ro->b[0].anyone && !ev->n_content && t.start_cp < t.end_cp && t.start_cp >= in.start_cp &&
        t.end_cp <= in.end_cp && ro->n_a && dgi_party_body(&ro->a[0]))
        return true;
    for (uint32_t i = 0; i < ev->n_content && ro->n_b == 1 && ro->n_a; i++) {
        const struct dgi_event *c = &p->doc->events[ev->content[i]];
        if (!c->n_source && c->n_target && dgi_str_eq(c->target[0].id, ro->b[0].actor->id) &&
            (ro->b[0].anyone || (ro->a[0].actor->country[0] &&
                                 !strcmp(ro->a[0].actor->country, ro->b[0].actor->country) && !ro->b[0].gov)))
            return true;
    }
    return false;
}

const struct party *dgi_beside(const struct apply *p, uint32_t e, const struct party *us, uint32_t n_us)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct party *found = NULL;
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++)
        for (uint32_t k = 0, s = p->doc->events[i].n_source; k < s + p->doc->events[i].n_target; k++) {
            const struct party *x = k < s ? &p->side[i].source[k] : &p->side[i].target[k - s];
            if (dgi_party_body(x) && strangers(x, us, n_us) && !is_one(sc, &found, x))
                return NULL;
        }
    return found;
}

/* The only other state that events from..to name, by name or by one who speaks for it. */
static const struct party *other_state(const struct apply *p, uint32_t from, uint32_t to, const struct party *us)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct party *found = NULL;
    for (uint32_t i = from; i <= to && i < p->doc->n_events; i++)
        for (uint32_t k = 0, s = p->doc->events[i].n_source; k < s + p->doc->events[i].n_target; k++) {
            const struct party *x = k < s ? &p->side[i].source[k] : &p->side[i].target[k - s];
            if (x->country && x->gov && strcmp(x->actor->country, us->actor->country) != 0 && strangers(x, us, 1) &&
                !is_one(sc, &found, x))
                return NULL;
        }
    return found;
}

/* "Took the post after a day of fighting and captured 18 Peruvians": of whom another deed of war in the sentence is told. */
static void from_fight(struct apply *p, uint32_t e, struct roles *ro)
{
    for (uint32_t i = p->side[e].first; i <= p->side[e].last && !ro->n_b; i++) {
        const struct dgi_event *o = &p->doc->events[i];
        int group = dgi_code_group(o->cameo);
        if (i == e || (group != 17 && group != 19) || o->status != DGI_ST_ACTUAL || o->negated)
            continue;
        for (int turn = 0; turn < 2 && !ro->n_b; turn++) {
            const struct party *us = turn ? p->side[i].target : p->side[i].source,
                               *them = turn ? p->side[i].source : p->side[i].target;
            uint32_t n_us = turn ? o->n_target : o->n_source, n_them = turn ? o->n_source : o->n_target;
            for (uint32_t k = 0; k < n_us && speaks_for(&us[k], ro->a, ro->n_a) && !ro->n_b; k++)
                for (uint32_t t = 0; t < n_them && !ro->n_b; t++)
                    if (dgi_party_body(&them[t]) && strangers(&them[t], ro->a, ro->n_a))
                        fill(p, &ro->b, &ro->n_b, &them[t]);
        }
    }
}

/* "Washington broke with Jakarta, and Britain held back nine jets": whom another measure of the sentence is against; else of the one
 * before ("The union suspended Togo. Norway froze its aid"). */
static void from_measure(struct apply *p, uint32_t e, struct roles *ro)
{
    const uint32_t sent = p->doc->events[e].sentence, n = p->doc->n_coded;
    for (uint32_t back = 0; back <= 1 && back <= sent && !ro->n_b; back++)
        for (uint32_t i = dgi_first_of(p->doc, 0, n, sent - back); i < n && !ro->n_b; i++) {
            const struct dgi_event *o = &p->doc->events[i];
            if (o->sentence + back != sent)
                break;
            if (dgi_code_group(o->cameo) != 16 || o->status != DGI_ST_ACTUAL || o->negated)
                continue;
            for (uint32_t t = 0; t < o->n_target && !ro->n_b; t++)
                if (dgi_party_body(&p->side[i].target[t]) && strangers(&p->side[i].target[t], ro->a, ro->n_a))
                    fill(p, &ro->b, &ro->n_b, &p->side[i].target[t]);
        }
    ro->guessed = ro->n_b > 0;
}

/* "British troops seized the bridge. Two Egyptian soldiers were shot dead": by the only other who takes or strikes in the document. */
static void from_attacker(struct apply *p, struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct party *found = NULL;
    for (uint32_t i = 0; i < p->doc->n_coded; i++) {
        const struct dgi_event *o = &p->doc->events[i];
        int group = dgi_code_group(o->cameo);
        if ((group != 17 && group != 18 && group != 19) || o->status != DGI_ST_ACTUAL || o->negated)
            continue;
        for (uint32_t k = 0; k < o->n_source; k++) {
            const struct party *x = &p->side[i].source[k];
            if (dgi_party_body(x) && strangers(x, ro->b, ro->n_b) && !is_one(sc, &found, x))
                return;
        }
    }
    if (found)
        fill(p, &ro->a, &ro->n_a, found);
}

/* "Its planes bombed the place": the one with whom the board has it at war, where the document names him. */
static void from_war(struct apply *p, struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct party *found = NULL;
    if (ro->a[0].anyone)
        return;
    dgi_candidates(p->cands, p->b, DGI_IT_HOSTILITY, ro);
    for (uint32_t i = 0; i < p->cands->n; i++) {
        const struct matter *m = p->cands->item[i];
        uint8_t s = m->f.cur.status;
        if (m->it.kind != DGI_IT_HOSTILITY || (s != DGI_IS_ONGOING && s != DGI_IS_PAUSED) ||
            dgi_side(m, -1, ro->a, 1) < sc->party_sure)
            continue;
        for (uint32_t k = 0; k < m->it.n_parties; k++) {
            const struct party *x = &m->party[k];
            if (!m->it.parties[k].inferred && !x->anyone && strangers(x, ro->a, ro->n_a) && dgi_doc_names(p, x) &&
                !is_one(sc, &found, x))
                return;
        }
    }
    if (found)
        fill(p, &ro->b, &ro->n_b, found);
}

/* "A conference of the union with Chad was called off because Mali objects": whom the noun of the meeting names. */
static const struct party *met_with(const struct apply *p, uint32_t e, const struct party *us)
{
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++) {
        const struct dgi_event *o = &p->doc->events[i];
        if (i == e || dgi_code_group(o->cameo) != 4 || !o->n_source || !o->n_target)
            continue;
        const struct party *a = &p->side[i].source[0], *b = &p->side[i].target[0];
        const struct party *other = speaks_for(a, us, 1) ? b : speaks_for(b, us, 1) ? a : NULL;
        if (other && dgi_party_body(other) && !speaks_for(other, us, 1))
            return other; /* a bloc and its member meet, too */
    }
    return NULL;
}

void dgi_roles_complete(struct apply *p, uint32_t e, uint8_t kind, struct roles *ro)
{
    const struct dgi_event *ev = &p->doc->events[e];
    if (!ro->symmetric && kind != DGI_IT_TOLL) { /* nobody demands of himself, or sanctions himself */
        bool self = ro->n_b > 0;
        for (uint32_t i = 0; i < ro->n_b; i++)
            self = self && speaks_for(&ro->b[i], ro->a, ro->n_a);
        if (self || (kind == DGI_IT_DEMAND && (for_whom(p, e, ro) || for_body(p, ev, ro) || let_go(p, e, ro))))
            ro->n_b = 0;
    }
    if (kind == DGI_IT_RELATION && ro->n_a && !ro->n_b) {
        from_sentence(p, e, ro);
        const struct party *other = ro->n_b ? NULL : other_state(p, p->side[e].first, p->side[e].last, &ro->a[0]);
        if (other) { /* "suspended relations, and a crowd burned his picture" */
            fill(p, &ro->b, &ro->n_b, other);
            ro->guessed = true;
        }
        if (!ro->n_b)
            guess(p, ro, true);
        return;
    }
    if (kind == DGI_IT_MEETING && the_two_met(p, ev, ro))
        return;
    if (kind == DGI_IT_MEETING && ro->n_a + ro->n_b == 1) { /* there are two to it */
        const struct party *us = ro->n_a ? ro->a : ro->b, *other = met_with(p, e, us);
        other = other ? other : dgi_beside(p, e, us, 1);
        if (other && ro->n_a)
            fill(p, &ro->b, &ro->n_b, other);
        else if (other)
            fill(p, &ro->a, &ro->n_a, other);
        return;
    }
    if (kind == DGI_IT_AGREEMENT) {
        complete_paper(p, e, ro);
        return;
    }
    if (kind == DGI_IT_HOSTILITY && !ro->n_a && ro->n_b == 1 && ev->status == DGI_ST_ACTUAL)
        from_attacker(p, ro);
    if (kind == DGI_IT_HOSTILITY && !ro->n_b && ro->n_a) {
        from_fight(p, e, ro);
        if (!ro->n_b)
            from_war(p, ro);
    }
    if (kind == DGI_IT_SANCTION && !ev->cameo[0] && ro->n_a && !ro->n_b)
        from_measure(p, e, ro);
    if (kind == DGI_IT_MEETING && !ev->cameo[0] && !ro->n_a && !ro->n_b) /* "the next round is set for May" */
        of_the_two(p, ro);
    if ((kind == DGI_IT_DEMAND || kind == DGI_IT_THREAT) && !ev->cameo[0] && ro->n_a && !ro->n_b) {
        const struct party *other = kind == DGI_IT_THREAT ? dgi_beside(p, e, ro->a, ro->n_a) : NULL;
        if (other)
            fill(p, &ro->b, &ro->n_b, other);
        else
            guess(p, ro, true);
    }
    if (kind == DGI_IT_HOSTILITY || kind == DGI_IT_TOLL || !ev->cameo[0]) {
        if (kind != DGI_IT_HOSTILITY || ro->n_b || !ro->n_a || !ev->place)
            return;
        const struct party *s = state_at(p, ev->place->country);
        if (s && strangers(s, ro->a, ro->n_a))
            fill(p, &ro->b, &ro->n_b, s);
        return;
    }
    if (kind == DGI_IT_MEETING && !ro->n_a && !ro->n_b) {
        complete_meeting(p, e, ro);
        if (ro->n_a == 1 && !ro->n_b) /* "the talks in Lome ended" */
            guess(p, ro, true);
        return;
    }
    const struct party *third = kind == DGI_IT_OFFER ? third_to_do_it(ev, ro) : NULL;
    if (third) {
        const struct party *other = other_state(p, e > NEARBY ? e - NEARBY : 0, e + NEARBY, &ro->a[0]);
        ro->n_b = 0;
        if (other)
            fill(p, &ro->b, &ro->n_b, other);
        ro->guessed = other != NULL;
    }
    if ((kind > DGI_IT_COMMITMENT && kind != DGI_IT_SANCTION) || !ro->n_a || ro->n_b)
        return;
    if (!third)
        from_content(p, ev, kind, ro);
    if (!ro->n_b && kind == DGI_IT_THREAT)
        from_condition(p, ev, ro);
    if (!ro->n_b && kind <= DGI_IT_OFFER)
        from_answer(p, ev, ro);
    if (!ro->n_b && kind <= DGI_IT_THREAT)
        from_sentence(p, e, ro);
    if (!ro->n_b && kind == DGI_IT_SANCTION)
        from_measure(p, e, ro);
    if (!ro->n_b && (kind == DGI_IT_OFFER || kind == DGI_IT_COMMITMENT))
        from_mouth(p, e, ro);
    if (!ro->n_b && kind <= DGI_IT_OFFER)
        between_two(p, ev, ro);
    if (!ro->n_b && (kind != DGI_IT_COMMITMENT || dgi_str_starts(ro->a[0].actor->id, DGI_S("country:"))))
        guess(p, ro, kind > DGI_IT_THREAT);
    if (!ro->n_b && third)
        fill(p, &ro->b, &ro->n_b, third);
}
