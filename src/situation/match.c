/* SPDX-License-Identifier: Apache-2.0 */
/* situation/match.c: is this report about a matter that is already on the board?
 *
 * Reads   event actors, codes of content, keys (lemmas of what it is about), dates, places, quantities; a candidate (matters.c)
 * Writes  nothing
 *
 * Parties, content, date and place are compared kind by kind. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "situation/board.h"

/* ---- words ---- */
static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void add_words(struct keyset *k, const dgi_sit_rules *r, dg_str words, const struct dgi_event *ev)
{
    dg_str w;
    while (dgi_str_next(&words, ' ', &w) && k->n < 32) {
        if (w.len < 3)
            continue;
        uint64_t h = dgi_str_hash(w);
        if (dgi_rule_stop(r, h) || (ev && dgi_str_eq(w, ev->lemma) && ev->n_content))
            continue;
        k->key[k->n++] = h;
    }
}

static void sort_words(struct keyset *k)
{
    qsort(k->key, k->n, sizeof k->key[0], by_u64);
    uint32_t m = 0;
    for (uint32_t i = 0; i < k->n; i++)
        if (!m || k->key[m - 1] != k->key[i])
            k->key[m++] = k->key[i];
    k->n = m;
}

void dgi_keys_of(struct keyset *k, const dgi_sit_rules *r, dg_str words, const struct dgi_event *ev)
{
    k->n = 0;
    add_words(k, r, words, ev);
    sort_words(k);
}

void dgi_keys_of_sentence(struct keyset *k, const dgi_sit_rules *r, const struct dgi_event *ev)
{
    enum { SHORTEST = 4, STEM = 6, LONGEST = 24 };
    char low[LONGEST];
    size_t n = 0;
    k->n = 0;
    for (size_t i = 0; i <= ev->ev_text.len; i++) {
        unsigned char c = i < ev->ev_text.len ? (unsigned char)ev->ev_text.ptr[i] : ' ';
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (letter || c >= 0x80) {
            if (n < LONGEST)
                low[n++] = (char)(letter ? c | 32 : c);
            continue;
        }
        if (n >= SHORTEST && k->n < MOST_KEYS && !dgi_rule_stop(r, dgi_str_hash(dgi_strn(low, n))))
            k->key[k->n++] = dgi_str_hash(dgi_strn(low, n < STEM ? n : STEM));
        n = 0;
    }
    sort_words(k);
}

void dgi_keys_of_deed(struct keyset *k, const dgi_sit_rules *r, const struct dgi_event *ev)
{
    k->n = 0;
    add_words(k, r, ev->keys, NULL);
    add_words(k, r, ev->lemma, NULL);
    sort_words(k);
}

double dgi_keys_overlap(const struct dgi_sit_item *it, const struct keyset *k)
{
    const struct scale *sc = &it->rules->scale;
    uint32_t i = 0, j = 0, both = 0;
    while (i < it->n_keys && j < k->n) {
        if (it->keys[i] == k->key[j])
            both++, i++, j++;
        else if (it->keys[i] < k->key[j])
            i++;
        else
            j++;
    }
    uint32_t less = it->n_keys < k->n ? it->n_keys : k->n;
    if (!less)
        return 0;
    /* one common word among few says less than three among many */
    return both / (less + (less < sc->few_words_below ? sc->few_words : 0.0));
}

int dgi_code_group(const char *c)
{
    if (!c[0])
        return 0;
    int root = (c[0] - '0') * 10 + (c[1] ? c[1] - '0' : 0);
    if (root == 15)
        return 15;
    if (root == 16 || root == 17)
        return c[0] == '1' && c[1] == '7' && (c[2] == '3' || c[2] == '5') ? 17 : 16;
    if (root >= 18)
        return 19;
    return root;
}

static double code_sim(const struct scale *sc, const char *a, const char *b)
{
    if (!a[0] || !b[0])
        return 0;
    if (!strncmp(a, b, 3))
        return a[2] && a[2] != '0' ? sc->code_same_leaf : sc->code_same;
    if (!strncmp(a, b, 2))
        return sc->code_same_root;
    return dgi_code_group(a) == dgi_code_group(b) ? sc->code_same_sort : sc->code_other;
}

/* Talks, negotiations, dialogue, a meeting: the words differ, the matter is talks. */
static bool of_talks(const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_content; i++)
        for (uint32_t j = 0; j < it->n_codes; j++)
            if (dgi_code_group(it->codes[j]) == 4 && dgi_code_group(doc->events[ev->content[i]].cameo) == 4)
                return true;
    return false;
}

static bool talks_only(const struct dgi_ev_doc *doc, const struct dgi_event *ev)
{
    bool talks = ev->n_content > 0;
    for (uint32_t i = 0; i < ev->n_content; i++)
        talks = talks && dgi_code_group(doc->events[ev->content[i]].cameo) == 4;
    return talks;
}

/* "To budge", "to give in", "to comply": to yield, and no word says to what. */
bool dgi_yields_only(const struct dgi_event *ev)
{
    return !strcmp(ev->cameo, "080") && !ev->n_target && !ev->n_content;
}

double dgi_same_content(const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                        const struct keyset *k)
{
    const struct scale *sc = &it->rules->scale;
    double code = -1;
    bool coded = false, bare = !k->n, item_bare = !it->n_keys;
    for (uint32_t i = 0; i < ev->n_content; i++) {
        const struct dgi_event *o = &doc->events[ev->content[i]];
        if (bare &&
            (dgi_yields_only(o) || dgi_code_group(o->cameo) == 11)) /* "ten days to comply", "as unacceptable" */
            continue;
        coded = true;
        for (uint32_t j = 0; j < it->n_codes; j++) {
            double c = code_sim(sc, it->codes[j], doc->events[ev->content[i]].cameo);
            code = c > code ? c : code;
        }
    }
    if (bare && code <= -1)
        return coded ? sc->content_bare_coded : sc->content_bare; /* "the demand", "the proposal" */
    if (item_bare && code <= -1)
        return sc->content_unknown;
    double words = dgi_keys_overlap(it, k), c = words * sc->content_words;
    if (code > -1)
        c += sc->content_code * code;
    if (code >= sc->code_same_root && c < sc->content_talks && of_talks(it, doc, ev))
        c = sc->content_talks;
    return c < 0 ? 0 : c > 1 ? 1 : c;
}

/* ---- comparing ---- */
double dgi_side(const struct matter *m, int side, const struct party *x, uint32_t n)
{
    double best = -1; /* nobody on one of the sides */
    for (uint32_t i = 0; i < m->it.n_parties; i++) {
        if ((side >= 0 && m->it.parties[i].side != side) || m->it.parties[i].inferred)
            continue;
        if (best < 0 && n)
            best = 0;
        for (uint32_t k = 0; k < n && k < MOST_PARTIES; k++) {
            double s = dgi_party_like(&m->party[i], &x[k]);
            best = s > best ? s : best;
        }
    }
    return n ? best : -1;
}

/* Days since the item was heard of; 0: in the document at hand, or one of the days is not known. */
int64_t dgi_silent_for(const dgi_board *b, const struct matter *m)
{
    if (dgi_here(b, &m->f.last) || b->reported == DGI_NO_DAY || m->f.last.reported == DGI_NO_DAY)
        return 0;
    return (int64_t)b->reported - m->f.last.reported;
}

/* Does somebody of the list, known by more than a role ("soldiers"), stand in the item? */
static bool known_in(const struct matter *m, const struct party *x, uint32_t n)
{
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        for (uint32_t k = 0; k < n && k < MOST_PARTIES; k++)
            if (!m->party[i].anyone && !x[k].anyone && !m->it.parties[i].inferred &&
                dgi_party_like(&m->party[i], &x[k]) >= m->it.rules->scale.party_likely)
                return true;
    return false;
}

static double pair_sim(const struct matter *m, const struct roles *ro)
{
    const struct scale *sc = &m->it.rules->scale;
    double s[2];
    for (int turn = 0; turn < 2; turn++) {
        double x = dgi_side(m, turn, ro->a, ro->n_a), y = dgi_side(m, 1 - turn, ro->b, ro->n_b);
        if (x < 0 && y < 0)
            s[turn] = 0;
        else if (x < 0 || y < 0)
            s[turn] = (x < 0 ? y : x) * sc->side_alone;
        else
            s[turn] = x < y ? x : y;
        if (!ro->symmetric)
            return s[0];
    }
    return s[0] > s[1] ? s[0] : s[1];
}

static bool range_known(const struct dgi_day_range *r)
{
    return r->start != DGI_NO_DAY;
}

/* Does it say on what day, more or less? "In recent years" does not. */
static bool tells_day(const struct scale *sc, const struct dgi_day_range *r)
{
    return range_known(r) && (r->end == DGI_NO_DAY || (int64_t)r->end - r->start <= sc->meeting_wide);
}

static bool ranges_meet(const struct dgi_day_range *a, const struct dgi_day_range *b, int32_t slack)
{
    int32_t ae = a->end == DGI_NO_DAY ? a->start : a->end, be = b->end == DGI_NO_DAY ? b->start : b->end;
    return (int64_t)a->start - slack <= be && (int64_t)b->start - slack <= ae;
}

/* -1 contradict each other, 0 unknown, 1 agree */
static int place_rel(const struct dgi_ev_place *a, const struct dgi_ev_place *b)
{
    if (!a || !b)
        return 0;
    if (a->name.len && dgi_str_ieq(a->name, b->name))
        return 1;
    if (a->country[0] && b->country[0]) {
        if (strcmp(a->country, b->country))
            return -1;
        return a->precision >= DGI_PLACE_COUNTRY || b->precision >= DGI_PLACE_COUNTRY ? 1 : -1;
    }
    return 0;
}

static double participants(const struct matter *m, const struct roles *ro)
{
    const struct party *list[2] = {ro->a, ro->b};
    uint32_t n[2] = {ro->n_a, ro->n_b}, total = 0;
    double sum = 0;
    for (int s = 0; s < 2; s++)
        for (uint32_t i = 0; i < n[s] && i < MOST_PARTIES; i++, total++) {
            double best = 0;
            for (uint32_t k = 0; k < m->it.n_parties; k++) {
                double p = dgi_party_like(&m->party[k], &list[s][i]);
                best = p > best ? p : best;
            }
            sum += best;
        }
    if (!total || !m->it.n_parties)
        return -1;
    /* when the event names more than the item knows, the item's side counts */
    double from_event = sum / total;
    if (total <= m->it.n_parties)
        return from_event;
    double back = sum / m->it.n_parties;
    return back > 1 ? 1 : back;
}

/* A country that one of them comes from. */
static bool home_of(const struct roles *ro, const struct dgi_ev_place *where)
{
    if (where->precision < DGI_PLACE_COUNTRY)
        return false;
    for (uint32_t i = 0; i < ro->n_a; i++)
        if (!strcmp(ro->a[i].actor->country, where->country))
            return true;
    for (uint32_t i = 0; i < ro->n_b; i++)
        if (!strcmp(ro->b[i].actor->country, where->country))
            return true;
    return false;
}

static double same_meeting(const dgi_board *b, const struct matter *m, const struct dgi_event *ev,
                           const struct roles *ro)
{
    const struct scale *sc = &b->rules->scale;
    double p = participants(m, ro), s;
    const struct dgi_day_range *w = tells_day(sc, &m->f.when) ? &m->f.when : NULL;
    const struct told *last = &m->f.last;
    int32_t reported = b->reported;
    int place = place_rel(m->f.place, ev->place);
    bool dated = ev->date_from_text && tells_day(sc, &ev->date);
    if (place < 0 && home_of(ro, ev->place)) /* "Peru's leader": whose, not where */
        place = 0;
    if (place < 0 || (p >= 0 && p < sc->parties_met))
        return 0;
    if (!ev->cameo[0] && ev->status == DGI_ST_FUTURE && last->status == DGI_IS_HELD &&
        dgi_here(b, last)) /* "met and will meet again" */
        return 0;
    if (dated && w) {
        bool moved = (last->status == DGI_IS_POSTPONED || last->status == DGI_IS_CANCELLED) &&
                     ev->date.start > w->start && dgi_silent_for(b, m) <= sc->reach_one;
        if (!moved && !ranges_meet(w, &ev->date, 0))
            return 0;
        s = moved ? sc->meeting_moved : sc->meeting_dated;
    } else if (w) { /* "the talks" with no day: those of these days, or those that are to come */
        if (reported == DGI_NO_DAY || w->end < reported - sc->meeting_behind || w->start > reported + sc->meeting_ahead)
            return 0;
        s = sc->meeting_waits;
    } else if (dated) { /* "the planned meeting" gets its date */
        bool off = last->status == DGI_IS_CANCELLED && (int64_t)last->reported >= (int64_t)reported - sc->reach_none;
        if ((int64_t)ev->date.end < (int64_t)reported - sc->reach_one) /* "mediated in 1905" */
            return 0;
        if (last->status != DGI_IS_PLANNED && last->status != DGI_IS_POSTPONED && last->reported != reported && !off)
            return 0;
        s = sc->meeting_gets_day;
    } else { /* neither has a day: those heard of in the last week */
        if ((int64_t)last->reported < (int64_t)reported - sc->meeting_behind)
            return 0;
        s = sc->meeting_undated;
    }
    if (p < 0) /* nobody named: only a day and a place together tell */
        return dated && w && place > 0 ? sc->meeting_nobody : 0;
    return s + (place > 0 ? sc->meeting_place : sc->meeting_no_place) + sc->meeting_parties * p;
}

/* A new number by him who gave the old one; with both days known that must be said, else nobody else may claim it. */
static bool claimant_may(const dgi_board *b, const struct matter *m, const struct dgi_event *ev, bool strict)
{
    const struct scale *sc = &b->rules->scale;
    if (m->f.claimed && ev->n_claimed_by)
        return dgi_sit_party(b->rules, &m->f.claimant, &ev->claimed_by[0]) >= sc->party_likely;
    return !strict || m->f.claimed == (ev->n_claimed_by > 0);
}

static double same_toll(const dgi_board *b, const struct matter *m, const struct dgi_event *ev, const struct roles *ro,
                        const struct keyset *k)
{
    const struct scale *sc = &b->rules->scale;
    int32_t reported = b->reported;
    const struct dgi_ev_quantity *q = NULL;
    for (uint32_t i = 0; i < ev->n_quantities && !q; i++)
        if (ev->quantities[i].kind == m->it.sub)
            q = &ev->quantities[i];
    if (!q || !m->f.counted)
        return 0;
    double old = m->f.value;
    bool equal = old == q->value;
    bool dated = ev->date_from_text && range_known(&ev->date);
    const struct dgi_day_range *w = range_known(&m->f.when) ? &m->f.when : NULL;
    const struct dgi_ev_place *ip = m->f.place;
    int place = place_rel(ip, ev->place);
    bool here = dgi_here(b, &m->f.last);
    if (equal && here &&
        (m->it.history[m->it.n_history - 1].ev_start == ev->ev_start ||
         (q->value >= sc->toll_few && !(dated && w && !ranges_meet(w, &ev->date, sc->toll_apart)))))
        return sc->toll_two_words; /* "the attack that killed 40": two words, one number */
    double victims = dgi_side(m, 1, ro->b, ro->n_b);
    bool same_day = dated && w && ranges_meet(w, &ev->date, 0);
    bool other_land =
        place < 0 && (!ip->country[0] || !ev->place->country[0] || strcmp(ip->country, ev->place->country));
    /* a number and its day tell more than the place, which one report takes from the town and another from the province */
    if (other_land || (place < 0 && !(equal && same_day)) ||
        (victims >= 0 && victims < sc->party_strange && !(equal && same_day)))
        return 0;
    int32_t told = m->f.first.reported;
    bool when = dated && w ? ranges_meet(w, &ev->date, sc->toll_apart)
                           : !dated && reported != DGI_NO_DAY && told >= reported - sc->toll_behind;
    if (dated && w && !when)
        return 0;
    /* nothing but a small number: seven died here and seven there */
    if (equal && !here && !same_day && place <= 0 && !known_in(m, ro->b, ro->n_b) && old < sc->toll_big &&
        dgi_keys_overlap(&m->it, k) < sc->toll_equal_words)
        return 0;
    if (equal)
        return when || place > 0 || victims > sc->party_likely ? sc->toll_equal
               : old >= sc->toll_big                           ? sc->toll_equal_big
                                                               : sc->toll_equal_small;
    /* another number: the same claimant corrects himself in a later document; the same document counts other people. What
     * "rose to", "passed", "was put at" is the number that was there, whoever says so. */
    bool renews = dgi_has_words(b->rules, WORDS_TOLL_NEW, ev->lemma) > 0;
    if (here || !when || (!renews && !claimant_may(b, m, ev, dated && w)))
        return 0;
    bool there = place > 0 || (place == 0 && dgi_keys_overlap(&m->it, k) >= sc->deed_words);
    if (!(dated && w) && (!there || victims == 0 || (q->value < sc->toll_rising && !renews)))
        return 0;
    if (renews)
        return sc->toll_renewed;
    return q->value >= old * sc->toll_least_rise && q->value <= old * sc->toll_most_rise ? sc->toll_renewed : 0;
}

/* Of a quarrel one side of which is not known, only the news of these days is told; a war heard of after years is another war. */
static double same_quarrel(const dgi_board *b, const struct matter *m, const struct roles *ro)
{
    const struct scale *sc = &b->rules->scale;
    double p = pair_sim(m, ro);
    if (p < (ro->n_a && ro->n_b ? sc->party_likely : sc->pair_half_named))
        return 0;
    if (dgi_here(b, &m->f.first) || dgi_here(b, &m->f.last))
        return p;
    bool a = known_in(m, ro->a, ro->n_a), both = a && known_in(m, ro->b, ro->n_b);
    if (!a && !known_in(m, ro->b, ro->n_b))
        return 0;
    if (!both && dgi_silent_for(b, m) > sc->one_side_behind)
        return 0;
    return m->it.kind == DGI_IT_HOSTILITY && dgi_silent_for(b, m) > sc->matter_apart ? 0 : p;
}

/* Is the event in the land of one to whom the soldiers came, or does its sentence name the land? As place_rel. */
static int in_land_of(const struct matter *m, const struct dgi_event *ev)
{
    const struct dgi_ev_place *where = ev->place;
    int rel = 0;
    for (uint32_t i = 0; i < m->it.n_parties; i++) {
        const struct dgi_sit_party_ref *r = &m->it.parties[i];
        if (!r->side || r->inferred || !r->actor.country[0])
            continue;
        if ((where && !strcmp(r->actor.country, where->country)) ||
            (r->actor.name.len && dgi_str_find(ev->ev_text, r->actor.name) != SIZE_MAX))
            return 1;
        rel = where && where->country[0] ? -1 : rel;
    }
    return rel;
}

/* A deployment is known by against whom or where it is; by its words alone only while it is news. */
static double same_post(const dgi_board *b, const struct matter *m, const struct dgi_event *ev, const struct roles *ro,
                        const struct keyset *k)
{
    const struct scale *sc = &b->rules->scale;
    double pa = dgi_side(m, 0, ro->a, ro->n_a), pb = dgi_side(m, 1, ro->b, ro->n_b);
    int place = place_rel(m->f.place, ev->place), land = pb < 0 ? in_land_of(m, ev) : 0;
    if (!place || land > 0)
        place = land;
    if (pa < sc->party_likely || (pb >= 0 && pb < sc->party_strange && place <= 0) ||
        (place < 0 && pb < sc->party_likely))
        return 0;
    if (place <= 0 && pb < sc->party_likely && !dgi_here(b, &m->f.first) && !dgi_here(b, &m->f.last)) {
        double words = dgi_keys_overlap(&m->it, k);
        bool news = dgi_silent_for(b, m) <= sc->one_side_behind && pa >= sc->party_sure && words > 0;
        if ((!news && words < sc->deed_words) || !known_in(m, ro->a, ro->n_a))
            return 0;
    }
    return sc->post_here + sc->post_actor * pa + (place > 0 ? sc->post_place : 0) +
           (pb > 0 ? sc->post_against * pb : 0);
}

/* Two persons by name, who may speak for one state and want different things. */
static bool other_mouth(const struct matter *m, const struct party *x, uint32_t n)
{
    static const char person[] = "person:";
    bool other = false;
    for (uint32_t i = 0; i < m->it.n_parties && n; i++) {
        const struct dgi_sit_party_ref *r = &m->it.parties[i];
        if (r->side || !dgi_str_starts(r->actor.id, dgi_str(person)) ||
            !dgi_str_starts(x[0].actor->id, dgi_str(person)))
            continue;
        if (dgi_str_eq(r->actor.id, x[0].actor->id))
            return false;
        other = true;
    }
    return other;
}

/* "Their demands include A, B and C", "demanded that it free the crew and pay": each is one of its own, and the words of the whole list
 * stand in what opened first. */
static bool beside_in_list(const dgi_board *b, const struct matter *m, const struct dgi_ev_doc *doc,
                           const struct dgi_event *ev)
{
    const struct rule *u =
        ev->cameo[0] || m->it.kind != DGI_IT_DEMAND ? NULL : dgi_rule_for(b->rules, m->it.kind, doc, ev);
    bool clauses = dgi_has_words(b->rules, WORDS_CLAUSES, ev->mode) > 0;
    for (uint32_t i = m->it.n_history; u && i > m->from; i--)
        if (m->it.history[i - 1].ev_start == ev->ev_start &&
            (clauses ? m->it.history[i - 1].trig_end < ev->trig_start : dgi_str_eq(m->it.history[i - 1].rule, u->id)))
            return true;
    return false;
}

/* A treaty, a truce: by its parties and its words. */
static double same_paper(const dgi_board *b, const struct matter *m, const struct dgi_ev_doc *doc,
                         const struct dgi_event *ev, const struct roles *ro, const struct keyset *k)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_sit_item *it = &m->it;
    struct roles named = *ro; /* with whom it can only be tells no paper from another */
    named.n_b = ro->guessed ? 0 : ro->n_b;
    double pa = participants(m, &named), c;
    if (pa >= 0 && pa < sc->party_likely)
        return 0;
    /* two of two names on both papers, and one is another */
    if (pa < sc->party_sure && named.n_a + named.n_b == 2 && it->n_parties == 2 && !dgi_here(b, &m->f.last) &&
        (pa <= sc->party_likely || dgi_keys_overlap(it, k) <= 0))
        return 0;
    c = dgi_same_content(it, doc, ev, k);
    if (!strcmp(ev->cameo, "057") && dgi_keys_overlap(it, k) < sc->content_plain &&
        (int64_t)dgi_ev_day(ev, b->reported) - m->f.last.reported > sc->paper_apart)
        return 0;
    /* the same parties sign twice in one report: one paper, unless the days differ */
    if (pa >= sc->party_member && named.n_a + named.n_b >= 2 && it->n_parties >= 2 && dgi_here(b, &m->f.first)) {
        const struct dgi_day_range *w = range_known(&m->f.when) ? &m->f.when : NULL;
        if (!w || !ev->date_from_text || !range_known(&ev->date) || ranges_meet(w, &ev->date, sc->paper_days_apart))
            c = c > sc->paper_same_report ? c : sc->paper_same_report;
    }
    /* "the accord", of the same parties: the one of which this document has told */
    if (pa >= sc->party_sure && dgi_here(b, &m->f.last) && dgi_has_words(b->rules, WORDS_KNOWN, ev->about))
        c = c > sc->paper_same_report ? c : sc->paper_same_report;
    if (c < (pa < 0 ? sc->content_no_issuer : dgi_here(b, &m->f.last) ? sc->paper_least_here : sc->paper_least))
        return 0;
    return sc->paper_party * (pa < 0 ? sc->matter_nobody : pa) + sc->paper_content * c;
}

double dgi_same_matter(const dgi_board *b, const struct matter *m, const struct dgi_ev_doc *doc,
                       const struct dgi_event *ev, const struct roles *ro, const struct keyset *k)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_sit_item *it = &m->it;
    double pa, pb, c;
    switch ((enum dgi_item_kind)it->kind) {
    case DGI_IT_DEMAND:
    case DGI_IT_OFFER:
    case DGI_IT_THREAT:
    case DGI_IT_COMMITMENT:
    case DGI_IT_SANCTION: {
        pa = dgi_side(m, 0, ro->a, ro->n_a);
        pb = dgi_side(m, 1, ro->b, ro->n_b);
        c = beside_in_list(b, m, doc, ev) ? 0 : dgi_same_content(it, doc, ev, k);
        if (!k->n && !ev->n_content && other_mouth(m, ro->a, ro->n_a)) /* "made a plea": nothing says that it is his */
            return 0;
        /* without an issuer: only plainly the same thing to the same party */
        if (pa < sc->party_likely && !(pa < 0 && pb >= sc->party_likely &&
                                       (it->kind == DGI_IT_SANCTION || (c >= sc->content_no_issuer && k->n))))
            return 0;
        if (ro->guessed)
            pb = pb >= sc->party_likely ? pb : -1;
        if (pb >= 0 && pb < sc->party_likely && (c < sc->content_plain || dgi_keys_overlap(it, k) <= 0))
            return 0;
        bool here =
            dgi_here(b, &m->f.first) && pa >= sc->party_sure && pb >= sc->party_sure && it->kind <= DGI_IT_OFFER;
        if (c < (it->kind == DGI_IT_COMMITMENT ? sc->content_least_commitment
                 : here                        ? sc->content_least_here
                                               : sc->content_least))
            return 0;
        if (it->kind <= DGI_IT_THREAT && dgi_silent_for(b, m) > sc->matter_apart)
            return 0;
        /* lorries held up years after the roads were closed; but what is eased or lifted is the old measure */
        bool undone = ev->plover == DGI_CONCEDE || ev->plover == DGI_RETREAT;
        if (it->kind == DGI_IT_SANCTION && ev->cameo[0] && !undone && c < sc->content_plain &&
            dgi_silent_for(b, m) > sc->measure_apart)
            return 0;
        /* "called for talks", to nobody: there are as many talks as crises */
        if (it->kind == DGI_IT_DEMAND && pb < 0 && !dgi_side_count(m, 1) && (!ro->n_b || ro->guessed) &&
            !dgi_here(b, &m->f.last) && talks_only(doc, ev))
            return 0;
        /* one side alone and long ago: talks are not these talks unless a word says so */
        if (pb < 0 && dgi_keys_overlap(it, k) <= 0 &&
            (dgi_silent_for(b, m) > sc->answer_behind || (pa < sc->party_sure && !dgi_here(b, &m->f.last))))
            return 0;
        return sc->matter_issuer * (pa < 0 ? sc->matter_nobody : pa) +
               sc->matter_addressee * (pb < 0 ? sc->matter_to_nobody : pb) + sc->matter_content * c;
    }
    case DGI_IT_MEETING: return same_meeting(b, m, ev, ro);
    case DGI_IT_DEPLOYMENT: /* ships sent years after the landing are others; who stays or goes home is still there */
        if (ev->cameo[0] && ev->plover == DGI_MOBILIZE && dgi_silent_for(b, m) > sc->measure_apart)
            return 0;
        return same_post(b, m, ev, ro, k);
    case DGI_IT_AGREEMENT: return same_paper(b, m, doc, ev, ro, k);
    case DGI_IT_RELATION:
    case DGI_IT_HOSTILITY: return same_quarrel(b, m, ro);
    case DGI_IT_CONTROL: {
        pa = dgi_side(m, 0, ro->a, ro->n_a);
        if (!ro->n_a && dgi_side(m, 0, ro->b, ro->n_b) < sc->party_likely)
            pa = sc->party_likely; /* "retook the town": from whom is plain */
        if (pa < sc->party_likely)
            return 0;
        int place = place_rel(m->f.place, ev->place);
        if (place > 0)
            return sc->land_place + sc->land_holder * pa;
        return place == 0 && dgi_keys_overlap(it, k) >= sc->land_words_least ? sc->land_words : 0;
    }
    case DGI_IT_MEMBERSHIP:
        pa = dgi_side(m, 0, ro->a, ro->n_a);
        pb = dgi_side(m, 1, ro->b, ro->n_b);
        if (pb < 0 && m->f.cur.status == DGI_IS_APPLICANT) /* "its application was refused": by whom is plain */
            pb = sc->party_sure;
        return pa >= sc->party_sure && pb >= sc->party_sure ? pa * pb : 0;
    case DGI_IT_TOLL: return same_toll(b, m, ev, ro, k);
    case DGI_N_ITEM_KIND: break;
    }
    return 0;
}
