/* SPDX-License-Identifier: Apache-2.0 */
/* situation/apply.c: the events of one document open, move and close items.
 *
 * Reads   struct dgi_ev_doc, the rules
 * Writes  the board: items and lines of their history; the caller's notes
 *
 * Passes over the document: first what opens or reports a matter, then a second look at what named nobody, then truces, then
 * answers and withdrawals, which may stand before the demand they answer ("rejected Russia's demand"), then what the events
 * that happened do to what was demanded, threatened and promised. */
#include <math.h>

#include "base/day.h"
#include "base/utf8.h"
#include "situation/apply.h"

/* A party or the opposition, of whom it cannot come that something is forbidden, closed or cut off. */
static bool no_ruler(const struct party *l, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!dgi_str_in(l[i].actor->sectors, ',', DGI_S("PTY")) && !dgi_str_in(l[i].actor->sectors, ',', DGI_S("OPP")))
            return false;
    return n > 0;
}

/* A side of a war: a state, a body, a group under arms; not a burglar, a crowd or a nurse. */
static bool side_of_war(const struct party *x)
{
    const struct dgi_ev_actor *a = x->actor;
    bool body = dgi_str_starts(a->id, DGI_S("org:")) || dgi_str_starts(a->id, DGI_S("group:"));
    if (dgi_str_starts(a->id, DGI_S("country:")) || (body && !no_ruler(x, 1)))
        return true;
    static const char *const armed[] = {"MIL", "GOV", "REB", "INS", "SEP", "UAF", "PRM", "SPY", "RAD"};
    dg_str role = dgi_str_starts(a->id, DGI_S("role:")) && a->id.len > 3 ? dgi_str_sub(a->id, a->id.len - 3, a->id.len)
                                                                         : (dg_str){"", 0};
    for (size_t i = 0; i < sizeof armed / sizeof *armed; i++)
        if (role.len ? dgi_str_is(role, armed[i]) : dgi_str_in(a->sectors, ',', dgi_str(armed[i])))
            return true;
    return false;
}

/* A number that the event counts by is no year. */
static bool counted_at(const struct dgi_event *ev, uint32_t cp)
{
    for (uint32_t i = 0; i < ev->n_quantities; i++)
        if (cp >= ev->quantities[i].start && cp < ev->quantities[i].end)
            return true;
    return false;
}

/* Is the year that its sentence names nearest to it of another age ("those who fell in 1915, fighting the Ottoman army"), more than
 * `behind` days ago? The
 * text is asked and not the document's times, which a store does not keep. */
static bool of_another_age(const struct dgi_event *ev, int32_t reported, int32_t behind)
{
    enum { FIRST_YEAR = 1800, LAST_YEAR = 2099, DIGITS = 4 };
    uint32_t cp = ev->ev_start, far = UINT32_MAX;
    int32_t nearest = 0;
    const dg_str t = ev->ev_text;
    for (size_t i = 0, n = 0; i <= t.len; i++) {
        unsigned char c = i < t.len ? (unsigned char)t.ptr[i] : ' ';
        if (c >= '0' && c <= '9') {
            n++;
        } else {
            int32_t year = 0;
            for (size_t k = i - n; n == DIGITS && k < i; k++)
                year = year * 10 + (t.ptr[k] - '0');
            bool parted = i > n && (t.ptr[i - n - 1] == ',' || t.ptr[i - n - 1] == '.' || t.ptr[i - n - 1] == '$');
            uint32_t at = cp - (uint32_t)n, off = at < ev->trig_start ? ev->trig_start - at : at - ev->trig_start;
            if (year >= FIRST_YEAR && year <= LAST_YEAR && !parted && !counted_at(ev, at) && off < far)
                nearest = year, far = off;
            n = 0;
        }
        cp += (c & 0xC0) != 0x80;
    }
    if (!nearest || reported == DGI_NO_DAY)
        return false;
    return dgi_day_make(nearest, 12, 31) < (int64_t)reported - behind;
}

/* Told as history: long ago without a day, or with one of more than a year ago. */
static bool long_ago(const struct scale *sc, const struct dgi_event *ev, int32_t reported)
{
    if (ev->status == DGI_ST_HISTORICAL && !ev->date_from_text)
        return true;
    return ev->date_from_text && reported != DGI_NO_DAY && ev->date.end != DGI_NO_DAY &&
           (int64_t)ev->date.end < (int64_t)reported - sc->war_behind;
}

/* "The embargo", "ending a ban": a noun stands among the lemmas of what its event is about, a verb does not. */
static bool noun_trigger(const struct dgi_event *ev)
{
    dg_str rest = ev->lemma, w;
    while (dgi_str_next(&rest, ' ', &w))
        if (dgi_str_in(ev->keys, ' ', w))
            return true;
    return false;
}

/* Of a day more than `behind` days ago. */
static bool older_than(const struct dgi_event *ev, int32_t reported, int32_t behind)
{
    return ev->date_from_text && reported != DGI_NO_DAY && ev->date.end != DGI_NO_DAY &&
           (int64_t)ev->date.end < (int64_t)reported - behind;
}

/* "The treaty of 1905", "had agreed in 1902": a paper of another age, of which is only spoken. */
static bool old_paper(const struct scale *sc, const struct dgi_event *ev, const struct rule *u, int32_t reported)
{
    /* "has suspended the treaty it signed in 2010": the paper is old, what is done to it is not */
    bool ends = u->to == DGI_IS_SUSPENDED || u->to == DGI_IS_ENDED || u->to == DGI_IS_VIOLATED;
    bool noun = noun_trigger(ev) && !(ends && ev->status == DGI_ST_ACTUAL);
    return older_than(ev, reported, sc->paper_behind) ||
           (!ev->date_from_text && (noun || ev->status == DGI_ST_HISTORICAL) &&
            of_another_age(ev, reported, sc->paper_behind));
}

/* "Had promised to sit down with them in April", told in May: no plan. */
static bool plan_is_past(const struct dgi_event *ev, int32_t reported)
{
    return ev->date_from_text && reported != DGI_NO_DAY && ev->date.end != DGI_NO_DAY && ev->date.end < reported;
}

/* A politician and another of the same country: "attacked him in the debate". */
static bool quarrel_of_words(const struct party *x, const struct party *y)
{
    static const char person[] = "person:";
    return x->country && x->country == y->country && !x->group && !y->group &&
           (dgi_str_starts(x->actor->id, dgi_str(person)) || dgi_str_starts(y->actor->id, dgi_str(person)));
}

/* Fighting opens when it is of these days and what both sides that are named are sides of a war. */
static bool opens_war(const struct scale *sc, const struct dgi_event *ev, const struct roles *ro, int32_t reported)
{
    for (uint32_t i = 0; i < ro->n_a; i++)
        if (!side_of_war(&ro->a[i]))
            return false;
    for (uint32_t i = 0; i < ro->n_b; i++)
        if (!side_of_war(&ro->b[i]))
            return false;
    if (ro->n_a && ro->n_b && quarrel_of_words(&ro->a[0], &ro->b[0]))
        return false;
    if (long_ago(sc, ev, reported) || (!ev->date_from_text && of_another_age(ev, reported, sc->war_behind)))
        return false;
    return (ro->n_a && dgi_party_body(&ro->a[0])) || (ro->n_b && dgi_party_body(&ro->b[0]));
}

static bool may_open(const struct scale *sc, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                     const struct rule *u, const struct roles *ro, const struct keyset *k)
{
    uint8_t kind = u->kind;
    bool nobody = !ro->n_a && !ro->n_b;
    /* "schools were closed", "the talks were put off": nobody's matter, but for the dead and for talks that are told of */
    if (nobody && u->who != WHO_TOLL &&
        (kind != DGI_IT_MEETING || !ev->cameo[0] || (u->to != DGI_IS_HELD && u->to != DGI_IS_PLANNED)))
        return false;
    switch (kind) {
    case DGI_IT_MEETING:
        return (u->to != DGI_IS_PLANNED || !plan_is_past(ev, doc->reported)) && !long_ago(sc, ev, doc->reported);
    case DGI_IT_TOLL: return true;
    case DGI_IT_RELATION:
    case DGI_IT_MEMBERSHIP: return ro->n_a && ro->n_b;
    case DGI_IT_HOSTILITY: return opens_war(sc, ev, ro, doc->reported);
    case DGI_IT_AGREEMENT: /* of one party alone only the signing tells that there is a paper */
        if (ro->n_a + ro->n_b < 2 && long_ago(sc, ev, doc->reported)) /* "signed a charter in 1972" */
            return false;
        if (old_paper(sc, ev, u, doc->reported))
            return false;
        return ro->n_a + ro->n_b >= 2 ||
               (ro->n_a + ro->n_b == 1 && k->n > 0 && (!strcmp(ev->cameo, "057") || u->to == DGI_IS_SUSPENDED));
    case DGI_IT_DEPLOYMENT: /* "landed there in 1958 and pulled out" */
        return ro->n_a > 0 &&
               ((u->to != DGI_IS_WITHDRAWN && u->to != DGI_IS_REDUCED) || !long_ago(sc, ev, doc->reported));
    case DGI_IT_CONTROL: return ro->n_a && (ev->place || k->n);
    case DGI_IT_SANCTION: return ro->n_a > 0 && !no_ruler(ro->a, ro->n_a);
    case DGI_IT_DEMAND:
    case DGI_IT_THREAT: return ro->n_a > 0 && !older_than(ev, doc->reported, sc->asked_behind);
    case DGI_IT_OFFER: /* "its proposal": nothing says what */
        return ro->n_a > 0 && (k->n || ev->n_content || ro->n_b) && !older_than(ev, doc->reported, sc->asked_behind);
    default: return ro->n_a > 0;
    }
}

/* Among the candidates the best, of equals the newest. */
struct matter *dgi_find_matter(struct apply *p, const struct dgi_event *ev, uint8_t kind, uint8_t sub,
                               const struct roles *ro, const struct keyset *k)
{
    struct list likely = {.n = 0};
    double top = 0;
    struct matter *best = NULL;
    dgi_candidates(p->cands, p->b, kind, ro);
    for (uint32_t i = 0; i < p->cands->n; i++) {
        struct matter *m = p->cands->item[i];
        m->score = m->it.sub == sub ? dgi_same_matter(p->b, m, p->doc, ev, ro, k) : 0;
        dgi_consider(p->b, m, ev->id, m->score, false);
        if (m->score > 0)
            likely.item[likely.n++] = m;
    }
    dgi_newest_first(&likely);
    for (uint32_t i = 0; i < likely.n; i++)
        if (likely.item[i]->score > top + SCORE_TIE) {
            top = likely.item[i]->score;
            best = likely.item[i];
        }
    return best;
}

/* "Three banks", "two firms": nobody's. */
static bool anyone(const struct party *l, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!l[i].anyone)
            return false;
    return true;
}

/* "The ban was lifted", and nobody says whose: one that shares its words, of a document that does not speak of others. */
static double of_nobody(const struct apply *p, const struct dgi_event *ev, const struct matter *m)
{
    bool known = m->it.kind != DGI_IT_AGREEMENT || dgi_has_words(p->b->rules, WORDS_KNOWN, ev->content_text) > 0 ||
                 dgi_has_words(p->b->rules, WORDS_KNOWN, ev->about) > 0; /* "three earlier truces" are others */
    return known && dgi_doc_about(p, m) ? p->b->rules->scale.party_sure : -1;
}

/* The one sanction of this issuer that is in force: "lifted all remaining restrictions", "extended the ban" need not say which. */
static struct matter *only_one(struct apply *p, const struct dgi_event *ev, uint8_t kind, const struct roles *ro,
                               const struct keyset *k)
{
    const struct scale *sc = &p->b->rules->scale;
    struct matter *found = NULL, *shared = NULL;
    uint32_t n_found = 0, n_shared = 0;
    for (uint32_t i = 0; i < p->cands->n; i++) { /* as dgi_find_matter() left them */
        struct matter *m = p->cands->item[i];
        const struct told *cur = &m->f.cur;
        double pb = anyone(ro->b, ro->n_b) ? -1 : dgi_side(m, 1, ro->b, ro->n_b);
        bool shares = dgi_keys_overlap(&m->it, k) > 0;
        double sure = shares ? sc->party_likely : sc->party_sure; /* one of a bloc, in words that it shares */
        double pa = dgi_side(m, 0, ro->a, ro->n_a);
        bool talks = kind == DGI_IT_MEETING && !ro->n_b && cur->status == DGI_IS_PLANNED; /* "the visit was put off" */
        if (!ro->n_a && (shares || ro->n_b || talks)) /* "the border with Benin was reopened": by whom is plain */
            pa = ro->n_b ? dgi_side(m, -1, ro->b, ro->n_b) : of_nobody(p, ev, m), pb = -1;
        if (m->it.kind != kind || cur->status == DGI_IS_NONE ||
            (dgi_item_closed(&m->it, cur->status) && !dgi_here(p->b, cur)) ||
            (cur->status == DGI_IS_PLANNED && kind == DGI_IT_SANCTION) ||
            (pb >= 0 && pb < (shares ? sc->party_strange : sc->party_likely)) || pa < sure)
            continue;
        found = m, n_found++;
        if (shares)
            shared = m, n_shared++;
    }
    /* of several the one in whose words it is told ("reopened the bridge", of him who has cut the gas as well) */
    return n_found == 1 ? found : n_shared == 1 ? shared : NULL;
}

/* Was its last change told without a day? */
static bool told_undated(const struct matter *m)
{
    for (uint32_t i = m->it.n_history; i > m->from; i--)
        if (m->it.history[i - 1].status != DGI_IS_NONE)
            return m->it.history[i - 1].when.start == DGI_NO_DAY;
    return false;
}

/* "Has withdrawn the 3,000 soldiers": as many as stood there. */
static bool all_of_them(const struct matter *m, const struct dgi_event *ev)
{
    bool all = false;
    for (uint32_t i = 0; i < ev->n_quantities; i++)
        all = all || (m->f.counted && m->f.value > 1 && ev->quantities[i].value == m->f.value);
    return all;
}

/* It was there: a report of it, perhaps a change. */
static void report_one(struct apply *p, const struct dgi_event *ev, const struct rule *u, struct matter *m,
                       const struct roles *ro, const struct keyset *k)
{
    const struct told *cur = &m->f.cur;
    bool is = cur->status != DGI_IS_NONE;
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    if (is && dgi_here(p->b, cur) && day < cur->date && told_undated(m))
        day =
            cur->date; /* the headline gives no day and counts for that of the report: what is said more exactly comes after it */
    /* an undated event of long ago says nothing about now */
    bool undated = ev->status == DGI_ST_HISTORICAL && !ev->date_from_text;
    uint8_t to = u->to;
    if (to == DGI_IS_LIFTED && ro->n_a && ro->n_a < dgi_side_count(m, 0))
        to = DGI_IS_EASED; /* one of several who imposed it */
    if (u->kind == DGI_IT_DEPLOYMENT && to == DGI_IS_REDUCED && all_of_them(m, ev))
        to = DGI_IS_WITHDRAWN;
    if (u->kind == DGI_IT_MEETING && to == DGI_IS_HELD && !ev->date_from_text && m->f.when.start != DGI_NO_DAY &&
        p->doc->reported != DGI_NO_DAY && m->f.when.start > p->doc->reported)
        to = DGI_IS_NONE; /* "the talks" are spoken of before their day */
    bool later = is && day > cur->date;
    if (u->action == DO_OPEN && u->to != DGI_IS_OPEN && u->to != DGI_IS_STANDING)
        later = false;
    if (undated || !is || to == DGI_IS_NONE || dgi_step_back(p->b->rules, u->kind, cur->status, to, later))
        to = DGI_IS_NONE;
    dgi_add_line(p, m, ev, to, undated && is ? cur->date : day, false, u->id, false);
    dgi_learn_parties(p, m, ro);
    /* "its demands" opened it, now it is said which */
    if (u->kind <= DGI_IT_COMMITMENT && !m->it.n_keys && !m->it.n_codes && k->n && ev->content_text.len)
        dgi_learn_content(p, m, ev, k);
    if (!m->it.condition.len && !m->it.n_cond_codes && (ev->condition_text.len || ev->n_condition))
        dgi_learn_condition(p, m, ev);
}

/* The matter of this kind in which an event of the same sentence wrote. */
static struct matter *of_sentence(const struct apply *p, uint32_t e, uint8_t kind)
{
    struct matter *m = NULL;
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++)
        for (uint32_t k = 0; k < p->side[i].n_wrote; k++)
            m = p->side[i].wrote[k]->it.kind == kind ? p->side[i].wrote[k] : m;
    return m;
}

/* The matter of this kind in which event `e` wrote. */
static struct matter *of_event(const struct apply *p, uint32_t e, uint8_t kind, uint8_t sub)
{
    for (uint32_t k = 0; k < p->side[e].n_wrote; k++)
        if (p->side[e].wrote[k]->it.kind == kind && p->side[e].wrote[k]->it.sub == sub)
            return p->side[e].wrote[k];
    return NULL;
}

/* "Lifted the curbs on flights, ending a ban of five months": the noun names what has just been lifted. */
static bool names_what_ended(const struct apply *p, uint32_t e, const struct rule *u)
{
    const struct dgi_event *ev = &p->doc->events[e];
    const struct matter *m =
        u->kind == DGI_IT_SANCTION && u->to == DGI_IS_IMPOSED && noun_trigger(ev) ? of_sentence(p, e, u->kind) : NULL;
    return m && (m->f.cur.status == DGI_IS_LIFTED || m->f.cur.status == DGI_IS_EASED) && dgi_here(p->b, &m->f.cur);
}

/* A step that needs not say of which it is, if only one can be meant. */
static bool step_of_one(uint8_t to, bool nobody)
{
    if (to == DGI_IS_LIFTED || to == DGI_IS_EASED || to == DGI_IS_WIDENED)
        return true;
    return nobody &&
           (to == DGI_IS_ENDED || to == DGI_IS_VIOLATED || to == DGI_IS_SUSPENDED || to == DGI_IS_IN_FORCE ||
            to == DGI_IS_CANCELLED || to == DGI_IS_POSTPONED || to == DGI_IS_WITHDRAWN || to == DGI_IS_RESTORED);
}

/* "The treaty took effect": nobody is named, and what is meant may be old. The candidates are those of the first two that the
 * document names; false: it does not name two. */
static bool look_for_named(struct apply *p, uint8_t kind)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct party *one = NULL;
    for (uint32_t e = 0; e < p->doc->n_coded; e++)
        for (uint32_t k = 0, s = p->doc->events[e].n_source; k < s + p->doc->events[e].n_target; k++) {
            const struct party *x = k < s ? &p->side[e].source[k] : &p->side[e].target[k - s];
            if (!dgi_party_body(x) || (one && dgi_party_like(one, x) >= sc->party_likely))
                continue;
            if (one) {
                dgi_candidates(p->cands, p->b, kind, &(struct roles){one, x, 1, 1, true, false});
                return true;
            }
            one = x;
        }
    return false;
}

/* The land of which this sentence or the one before has told that another holds it, or claims it: `to` says which. */
static struct matter *same_land(const struct apply *p, uint32_t e, const struct roles *ro, const struct keyset *k,
                                bool held)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *evs = p->doc->events, *ev = &evs[e];
    struct matter *found = NULL;
    for (uint32_t i = 0; i < p->doc->n_events; i++) {
        if (evs[i].sentence > ev->sentence || evs[i].sentence + 1 < ev->sentence)
            continue;
        for (uint32_t w = 0; w < p->side[i].n_wrote; w++) {
            struct matter *m = p->side[i].wrote[w];
            uint8_t s = m->f.cur.status;
            bool holds = s == DGI_IS_OCCUPIED || s == DGI_IS_ANNEXED || s == DGI_IS_CONTESTED;
            bool words = evs[i].sentence == ev->sentence || k->n < 2 || dgi_keys_overlap(&m->it, k) > 0 ||
                         dgi_has_words(p->b->rules, WORDS_KNOWN, ev->content_text);
            bool places = !ev->place || !m->f.place || dgi_str_ieq(ev->place->name, m->f.place->name);
            if (m->it.kind == DGI_IT_CONTROL && dgi_here(p->b, &m->f.cur) && words && places &&
                (held ? holds : s == DGI_IS_CLAIMED) && dgi_side(m, 0, ro->a, ro->n_a) < sc->party_likely)
                found = m;
        }
    }
    return found;
}

/* "Hoisted its flag on the islets, which Benin counts as its own": one matter, with a holder and a claimant. */
static bool claims_what_is_held(struct apply *p, uint32_t e, const struct rule *u, const struct roles *ro,
                                const struct keyset *k)
{
    const struct dgi_event *ev = &p->doc->events[e];
    struct matter *m =
        u->kind == DGI_IT_CONTROL && u->to == DGI_IS_CLAIMED && ro->n_a ? same_land(p, e, ro, k, true) : NULL;
    if (!m)
        return false;
    dgi_add_line(p, m, ev, DGI_IS_NONE, dgi_ev_day(ev, p->doc->reported), false, u->id, false);
    dgi_learn_claimants(p, m, ro->a, ro->n_a);
    return true;
}

static void open_one(struct apply *p, uint32_t e, const struct rule *u, uint8_t sub, const struct roles *ro)
{
    const struct dgi_event *ev = &p->doc->events[e];
    struct keyset k;
    dgi_keys_of(&k, p->b->rules, ev->keys, ev);
    struct matter *m = ev->cameo[0] || ro->n_a || ro->n_b ? dgi_find_matter(p, ev, u->kind, sub, ro, &k) : NULL;
    const struct roles nobody = {0};
    if (!m && u->kind == DGI_IT_MEETING && !ev->cameo[0] && !ev->n_source && !ev->n_target && !ro->guessed)
        ro = &nobody;                                  /* who tells that talks are put off need not take part */
    if (!m && !ev->cameo[0] && !ro->n_a && !ro->n_b) { /* "... would go ahead": the one of which the sentence speaks */
        m = of_sentence(p, e, u->kind);
        m = m ? m : dgi_find_matter(p, ev, u->kind, sub, ro, &k);
    }
    if (!m && step_of_one(u->to, !ro->n_a && !ro->n_b)) {
        m = only_one(p, ev, u->kind, ro, &k);
        if (!m && !ro->n_a && !ro->n_b && look_for_named(p, u->kind))
            m = only_one(p, ev, u->kind, ro, &k);
    }
    if (!m && u->kind == DGI_IT_SANCTION && u->to == DGI_IS_IMPOSED && ro->n_a && ro->n_b && noun_trigger(ev)) {
        m = only_one(p, ev, u->kind, ro, &k); /* "its ban on Russian planes has stranded": the one that is there */
        m = m && dgi_keys_overlap(&m->it, &k) > 0 && dgi_silent_for(p->b, m) <= m->it.rules->scale.measure_apart ? m
                                                                                                                 : NULL;
    }
    if (!m && u->kind == DGI_IT_DEPLOYMENT && (u->to == DGI_IS_WITHDRAWN || u->to == DGI_IS_REDUCED)) {
        m = only_one(p, ev, u->kind, ro, &k); /* the only men he has out, in the words in which they were sent */
        m = m && dgi_keys_overlap(&m->it, &k) > 0 ? m : NULL;
    }
    if (!m && u->kind > DGI_IT_COMMITMENT && ev->same_as != DGI_NONE &&
        ev->same_as < e) /* the headline and its sentence tell one act */
        m = of_event(p, ev->same_as, u->kind, sub);
    if (!m && claims_what_is_held(p, e, u, ro, &k))
        return;
    /* "is back in Libyan hands": from whom, the board does not know */
    struct roles back = {ro->b, NULL, ro->n_b, 0, false, false};
    if (!m && u->kind == DGI_IT_CONTROL && u->to == DGI_IS_RETURNED && !ro->n_a && ro->n_b) {
        ro = &back;
        m = of_sentence(p, e, u->kind); /* "took the town back": its verb has told of the taking */
    }
    if (m) {
        report_one(p, ev, u, m, ro, &k);
    } else {
        bool may = !names_what_ended(p, e, u) && may_open(&p->b->rules->scale, p->doc, ev, u, ro, &k);
        if (u->action != DO_MOVE && !may)
            p->late[e] |= (uint16_t)(1u << u->kind);
        if (u->action == DO_MOVE || !may || p->again || !(m = dgi_new_item(p, ev, u->kind, sub, ro, &k)))
            return;
        dgi_add_line(p, m, ev, u->to, dgi_ev_day(ev, p->doc->reported), false, u->id, true);
        struct matter *claim =
            u->kind == DGI_IT_CONTROL && u->to == DGI_IS_OCCUPIED ? same_land(p, e, ro, &k, false) : NULL;
        for (uint32_t i = 0; claim && i < claim->it.n_parties; i++)
            if (!claim->it.parties[i].side)
                dgi_learn_claimants(p, m, &claim->party[i], 1);
    }
    if (u->kind <= DGI_IT_OFFER)
        p->of[2 * e + u->kind] = m;
}

static bool against_land(const struct matter *m, const char *country)
{
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        if (m->it.parties[i].side == 1 && country[0] && !strcmp(m->it.parties[i].actor.country, country))
            return true;
    return false;
}

/* "Togo and Ghana lifted the curbs on each other's lorries": what each has against the other. */
static bool lift_both_ways(struct apply *p, uint32_t e, const struct rule *u, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[e];
    bool found = false;
    if ((u->to != DGI_IS_LIFTED && u->to != DGI_IS_EASED) || ro->n_a != 2 || (ro->n_b && !ro->b[0].anyone) ||
        dgi_party_like(&ro->a[0], &ro->a[1]) >= sc->party_likely)
        return false;
    struct keyset k;
    dgi_keys_of(&k, p->b->rules, ev->keys, ev);
    for (int turn = 0; turn < 2; turn++) {
        struct roles one = {&ro->a[turn], &ro->a[1 - turn], 1, 1, false, false};
        struct matter *m = dgi_find_matter(p, ev, u->kind, 0, &one, &k);
        if (!m) { /* on people of the other, too */
            one.n_b = 0;
            m = only_one(p, ev, u->kind, &one, &k);
            m = m && against_land(m, ro->a[1 - turn].actor->country) ? m : NULL;
        }
        if (m)
            report_one(p, ev, u, m, &one, &k);
        found |= m != NULL;
    }
    return found;
}

/* form of a relation: 0 diplomatic ties, 1 cooperation, 2 talks */
static uint8_t relation_form(const dgi_sit_rules *r, const struct dgi_event *ev)
{
    dg_str words = ev->keys, w;
    uint8_t form = 0;
    if (dgi_str_starts(dgi_str(ev->cameo), DGI_S("164")) || dgi_str_starts(dgi_str(ev->cameo), DGI_S("165")))
        form = 2;
    while (dgi_str_next(&words, ' ', &w)) {
        if (dgi_has_words(r, WORDS_TIES, w))
            return 0;
        if (dgi_has_words(r, WORDS_COOPERATION, w))
            form = 1;
        if (!form && dgi_has_words(r, WORDS_TALKS, w))
            form = 2;
    }
    return form;
}

/* "The ambassador returned to his post": the only ties of that state that are not as they should be. */
static struct matter *broken_ties(struct apply *p, uint8_t form, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    struct matter *found = NULL;
    dgi_candidates(p->cands, p->b, DGI_IT_RELATION, ro);
    for (uint32_t i = 0; i < p->cands->n; i++) {
        struct matter *m = p->cands->item[i];
        uint8_t cur = m->f.cur.status;
        if (m->it.sub != form || cur == DGI_IS_NONE || cur == DGI_IS_NORMAL || cur == DGI_IS_RESTORED ||
            dgi_side(m, 0, ro->a, ro->n_a) < sc->party_sure)
            continue;
        if (found)
            return NULL;
        found = m;
    }
    return found;
}

/* A matter between two: one item per pair. */
static void open_relations(struct apply *p, uint32_t e, const struct rule *u, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    uint8_t form = relation_form(p->b->rules, &p->doc->events[e]);
    for (uint32_t i = 0, n = 0; i < ro->n_a && n < MOST_SPLIT; i++)
        for (uint32_t j = 0; j < ro->n_b && n < MOST_SPLIT; j++, n++) {
            struct roles one = {&ro->a[i], &ro->b[j], 1, 1, true, false};
            if (dgi_party_like(&ro->a[i], &ro->b[j]) < sc->party_sure)
                open_one(p, e, u, form, &one);
        }
    struct matter *m = ro->n_a && !ro->n_b ? broken_ties(p, form, ro) : NULL;
    struct keyset k;
    if (m) {
        dgi_keys_of(&k, p->b->rules, p->doc->events[e].keys, &p->doc->events[e]);
        report_one(p, &p->doc->events[e], u, m, ro, &k);
    }
}

static size_t byte_of(dg_str s, uint32_t cp)
{
    size_t at = 0;
    while (cp-- && at < s.len)
        (void)dgi_utf8_next(s, &at);
    return at;
}

/* "One soldier and three herdsmen": one matter; how many numbers from the i-th on belong to it. */
static uint32_t counted_together(const struct dgi_sit_rules *r, const struct dgi_event *ev, uint32_t i)
{
    const struct scale *sc = &r->scale;
    uint32_t n = 1;
    for (; i + n < ev->n_quantities && ev->quantities[i + n].kind == ev->quantities[i].kind; n++) {
        const struct dgi_ev_quantity *l = &ev->quantities[i + n - 1], *q = l + 1;
        if (q->start < l->end || l->end < ev->ev_start || q->start > ev->ev_end)
            break;
        size_t from = byte_of(ev->ev_text, l->end - ev->ev_start), to = byte_of(ev->ev_text, q->start - ev->ev_start);
        if (to - from > (size_t)sc->most_between ||
            !dgi_ends_with_words(r, WORDS_AND, dgi_str_sub(ev->ev_text, from, to)))
            break;
    }
    return n;
}

/* "Four of them were children": of the dead that the report has counted already, told again without a claimant, a day or a place. */
static bool part_of_toll(const struct apply *p, uint32_t e, const struct dgi_ev_quantity *q)
{
    const struct dgi_event *ev = &p->doc->events[e];
    if (ev->n_claimed_by || ev->date_from_text || ev->place)
        return false;
    for (uint32_t i = 0; i < e; i++)
        for (uint32_t k = 0; k < p->side[i].n_wrote; k++) {
            const struct matter *m = p->side[i].wrote[k];
            if (m->it.kind == DGI_IT_TOLL && m->it.sub == q->kind && m->f.counted && m->f.value > q->value)
                return true;
        }
    return false;
}

/* The toll of the dead in which an event of the same sentence wrote. */
static struct matter *dead_beside(const struct apply *p, uint32_t e)
{
    struct matter *m = NULL;
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++)
        for (uint32_t k = 0; k < p->side[i].n_wrote; k++)
            if (p->side[i].wrote[k]->it.kind == DGI_IT_TOLL && p->side[i].wrote[k]->it.sub == DGI_Q_DEATHS)
                m = p->side[i].wrote[k];
    return m;
}

/* "Killing nine and wounding 31": one toll, in which both numbers stand, the dead first. */
static bool hurt_beside_dead(struct apply *p, uint32_t e, const struct rule *u, const struct dgi_ev_quantity *q)
{
    const struct dgi_event *ev = &p->doc->events[e];
    struct matter *m = q->kind == DGI_Q_INJURED ? dead_beside(p, e) : NULL;
    const struct dgi_sit_change *c = m && m->it.n_history > m->from ? &m->it.history[m->it.n_history - 1] : NULL;
    if (!c || !c->n_quantities)
        return false;
    struct dgi_event one = *ev;
    struct dgi_ev_quantity *both = dgi_arena_array(p->tmp, (size_t)c->n_quantities + 1, sizeof *both);
    if (!both) {
        p->failed = true;
        return true;
    }
    memcpy(both, c->quantities, c->n_quantities * sizeof *both);
    both[c->n_quantities] = *q;
    one.quantities = both;
    one.n_quantities = c->n_quantities + 1;
    dgi_add_line(p, m, &one, DGI_IS_NONE, dgi_ev_day(ev, p->doc->reported), false, u->id, false);
    dgi_event_wrote(p, ev, m);
    return true;
}

/* "Seized two Latvian inspectors": few, but another state's. */
static bool foreign_captives(const struct apply *p, uint32_t e, const struct dgi_ev_quantity *q)
{
    const struct dgi_event *ev = &p->doc->events[e];
    if (q->value < p->b->rules->scale.toll_captives || !ev->n_source || !ev->n_target)
        return false;
    const char *by = ev->source[0].country, *of = ev->target[0].country;
    return by[0] && of[0] && strcmp(by, of) != 0;
}

/* One item per number, but of those who were hurt beside the dead. */
static void open_tolls(struct apply *p, uint32_t e, const struct rule *u, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[e];
    for (uint32_t i = 0, n = 1; i < ev->n_quantities && i < MOST_SPLIT && !p->failed; i += n) {
        const struct dgi_ev_quantity *q = &ev->quantities[i];
        n = counted_together(p->b->rules, ev, i);
        if (q->kind < DGI_Q_DEATHS || q->kind > DGI_Q_DETAINED || isnan(q->value) || q->value < 1)
            continue;
        struct dgi_event one = *ev;
        one.quantities = q;
        one.n_quantities = n;
        struct keyset k;
        dgi_keys_of_sentence(&k, p->b->rules, ev);
        struct matter *m = dgi_find_matter(p, &one, DGI_IT_TOLL, q->kind, ro, &k);
        bool opened = !m;
        if (!m && (part_of_toll(p, e, q) || hurt_beside_dead(p, e, u, q)))
            continue;
        if (!m && q->kind == DGI_Q_DETAINED && q->value < sc->toll_held &&
            !foreign_captives(p, e, q)) /* what any police do in a day */
            continue;
        if (!m && long_ago(sc, ev, p->doc->reported) &&
            !dgi_has_words(p->b->rules, WORDS_SINCE, ev->ev_text)) /* the dead of an old war are no news */
            continue;
        if (!m && !(m = dgi_new_item(p, &one, DGI_IT_TOLL, q->kind, ro, &k)))
            return;
        bool same = !opened && m->f.counted && m->f.value == q->value;
        dgi_add_line(p, m, &one, same ? DGI_IS_NONE : u->to, dgi_ev_day(ev, p->doc->reported), false, u->id, opened);
        dgi_event_wrote(p, ev, m);
    }
}

/* "Broke its promise to meet them in May": the sentence tells that a promise was not kept. */
static bool promise_broken(const struct apply *p, uint32_t e)
{
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++) {
        const struct rule *u = dgi_rule_for(p->b->rules, DGI_IT_COMMITMENT, p->doc, &p->doc->events[i]);
        if (u && u->action == DO_OWN && u->to == DGI_IS_BROKEN)
            return true;
    }
    return false;
}

/* Do the same words tell a step of a meeting, which is no event of its own? */
static bool step_told(const struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    const uint32_t n = p->doc->n_events;
    for (uint32_t i = dgi_first_of(p->doc, p->doc->n_coded, n, ev->sentence);
         i < n && p->doc->events[i].sentence == ev->sentence; i++) {
        const struct dgi_event *o = &p->doc->events[i];
        const struct rule *u =
            o->ev_start == ev->ev_start && ((o->trig_start < ev->trig_end && ev->trig_start < o->trig_end) ||
                                            (o->content_span.start_cp <= ev->trig_start &&
                                             ev->trig_end <= o->content_span.end_cp)) /* "the talks will take place" */
                ? dgi_rule_for(p->b->rules, DGI_IT_MEETING, p->doc, o)
                : NULL;
        if (u && u->action != DO_NONE && !o->cameo[0])
            return true;
    }
    return false;
}

/* Does an event of the same words tell the step already ("regained the town" is both)? */
static bool told_by_event(const struct apply *p, uint32_t e, const struct rule *step)
{
    const struct dgi_event *ev = &p->doc->events[e];
    if (ev->cameo[0] || step->kind == DGI_IT_MEETING)
        return false;
    const uint32_t n = p->doc->n_coded;
    for (uint32_t i = dgi_first_of(p->doc, 0, n, ev->sentence); i < n && p->doc->events[i].sentence == ev->sentence;
         i++) {
        const struct dgi_event *o = &p->doc->events[i];
        const struct rule *u =
            o->ev_start == ev->ev_start && o->trig_start < ev->trig_end && ev->trig_start < o->trig_end
                ? dgi_rule_for(p->b->rules, step->kind, p->doc, o)
                : NULL;
        if (u && u->to == step->to && u->action <= DO_SET &&
            (o->n_source || !ev->n_source)) /* who knows who did it tells */
            return true;
    }
    return false;
}

/* "Pulled out of the talks": the noun names what the sentence has just told to be off. */
static bool names_what_is_off(const struct apply *p, uint32_t e, const struct rule *u)
{
    const struct matter *m = u->kind == DGI_IT_MEETING && u->to == DGI_IS_HELD && noun_trigger(&p->doc->events[e])
                                 ? of_sentence(p, e, u->kind)
                                 : NULL;
    return m && (m->f.cur.status == DGI_IS_CANCELLED || m->f.cur.status == DGI_IS_POSTPONED) &&
           dgi_here(p->b, &m->f.cur);
}

/* "Restored the ties that Jakarta broke off": what the sentence has just told to be mended was broken before. */
static bool names_what_mended(const struct apply *p, uint32_t e, const struct rule *u)
{
    const struct matter *m =
        u->to != DGI_IS_RESTORED && u->to != DGI_IS_NORMAL ? of_sentence(p, e, DGI_IT_RELATION) : NULL;
    return m && m->f.cur.status == DGI_IS_RESTORED && dgi_here(p->b, &m->f.cur);
}

static void open_pass(struct apply *p, uint32_t e)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[e];
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND && !p->failed; kind++) {
        const struct rule *u = dgi_rule_for(p->b->rules, kind, p->doc, ev);
        if (!u || u->action == DO_ANSWER || u->action == DO_OWN ||
            u->action == DO_NONE) /* an answer may also be a matter of its own, of another kind */
            continue;
        if ((kind == DGI_IT_HOSTILITY && u->to != DGI_IS_ONGOING) /* dgi_silence_pass */ ||
            (p->again && !(p->late[e] >> kind & 1)))
            continue;
        if (kind == DGI_IT_MEETING && ev->cameo[0] && step_told(p, e)) /* "the meeting is back on": it was not held */
            continue;
        if ((kind == DGI_IT_MEETING && u->to == DGI_IS_PLANNED && promise_broken(p, e)) || told_by_event(p, e, u) ||
            names_what_is_off(p, e, u))
            continue;
        struct roles ro = dgi_roles_of(p, e, u->who);
        if (kind == DGI_IT_DEMAND && (u->who == WHO_SAYS || !ev->cameo[0]) && ro.n_a && ro.n_b &&
            dgi_party_like(&ro.a[0], &ro.b[0]) >= sc->party_state)
            continue; /* "Togo must save, its premier said": nobody demands of himself */
        dgi_roles_complete(p, e, kind, &ro);
        if (u->partisan && (!ro.n_a || (!ro.n_b && !dgi_counterpart(p, ro.a, ro.n_a))))
            continue;
        if (kind == DGI_IT_HOSTILITY && ro.n_a && ro.n_b && dgi_party_like(&ro.a[0], &ro.b[0]) >= sc->party_state)
            ro.n_a = 0; /* "the attack on its forces": whose forces is known, whose attack is not */
        if (kind == DGI_IT_RELATION && !names_what_mended(p, e, u))
            open_relations(p, e, u, &ro);
        else if (kind == DGI_IT_RELATION)
            continue;
        else if (kind == DGI_IT_TOLL)
            open_tolls(p, e, u, &ro);
        else if (kind != DGI_IT_SANCTION || !lift_both_ways(p, e, u, &ro))
            open_one(p, e, u, 0, &ro);
    }
}

dg_status dgi_apply_document(dgi_board *b, const struct dgi_ev_doc *doc, struct dgi_sit_notes *notes, dgi_arena *na,
                             dgi_arena *tmp)
{
    struct apply p = {.b = b, .doc = doc, .notes = notes, .na = na, .tmp = tmp};
    uint32_t n = doc->n_events;
    p.of = dgi_arena_array(tmp, 2 * (size_t)n + 1, sizeof *p.of);
    p.cands = dgi_arena_alloc(tmp, sizeof *p.cands);
    p.late = dgi_arena_array(tmp, (size_t)n + 1, sizeof *p.late);
    p.fresh = dgi_arena_array(tmp, (size_t)n + 1, sizeof *p.fresh);
    p.failed = !p.of || !p.cands || !p.fresh || !p.late || !dgi_who_prepare(&p);
    for (uint32_t e = 0; e < n && !p.failed; e++)
        open_pass(&p, e);
    p.again = true;
    for (uint32_t e = 0; e < n && !p.failed; e++)
        if (p.late[e])
            open_pass(&p, e);
    p.again = false; /* a truce of two tells that they fought */
    for (uint32_t e = 0; e < n && !p.failed; e++)
        dgi_silence_pass(&p, e, open_one);
    for (uint32_t e = 0; e < n && !p.failed; e++)
        dgi_answer_pass(&p, e);
    for (uint32_t e = 0; e < n && !p.failed; e++)
        dgi_outcome_pass(&p, e);
    if (p.failed)
        dgi_board_fail(b, DG_E_NOMEM, "no memory for the board");
    return b->st;
}

dg_status dgi_board_apply(dgi_board *b, const struct dgi_ev_doc *doc, struct dgi_sit_notes *notes, dgi_arena *na,
                          dg_error *err)
{
    dgi_arena *tmp = dgi_arena_new(0);
    dg_str at = tmp ? dgi_ledger_pos(b->a, doc->reported, doc->id, (dg_str){"", 0}) : (dg_str){NULL, 0};
    dg_status st = at.ptr ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (st == DG_OK) {
        dgi_board_begin(b, at, doc->reported, tmp, err);
        st = dgi_apply_document(b, doc, notes, na, tmp);
        if (st == DG_OK) {
            dgi_board_end(b);
            st = b->st;
        }
    }
    dgi_arena_free(tmp);
    return st;
}
