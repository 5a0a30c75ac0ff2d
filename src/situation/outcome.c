/* SPDX-License-Identifier: Apache-2.0 */
/* situation/outcome.c: what something that happened does to what was demanded, threatened, promised or agreed; and what it
 * would do (what-if).
 *
 * Reads   items with the codes of their content and condition; an event taken as real
 * Writes  nothing
 *
 * A demand is met when its addressee does what was demanded, a threat is due when its condition comes about and carried
 * out when its issuer does what he threatened (or, when nobody said what, does anything of that sort), a commitment is
 * kept or broken by its issuer, a truce is violated when its parties fight. */
#include "situation/board.h"

const char *const dgi_effect_name[DGI_N_EFFECT] = {"due",    "carried_out", "met",       "kept",
                                                   "broken", "rejected",    "withdrawn", "accepted"};

static double best_party(const struct party *x, const struct party *l, uint32_t n)
{
    double best = n ? 0 : -1;
    for (uint32_t i = 0; i < n; i++) {
        double s = dgi_party_like(x, &l[i]);
        best = s > best ? s : best;
    }
    return best;
}

static bool carries(int group) /* help, troops, people go somewhere */
{
    return group == 7 || group == 8 || group == 15 || group == 4;
}

/* "To send 40 teachers": the addressee is but those who go. */
static bool nobodys(const struct matter *m)
{
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        if (m->it.parties[i].side && !m->party[i].anyone)
            return false;
    return true;
}

/* "Will send 40 teachers", "the 40 teachers arrived": the same number goes to the same side, in another verb. */
static bool same_number(const struct matter *m, const struct happened *h)
{
    const struct scale *sc = &m->it.rules->scale;
    const struct dgi_event *ev = h->ev;
    if (!m->f.counted || m->f.value <= 1 || !carries(dgi_code_group(ev->cameo)))
        return false;
    bool counted = false, goes = false;
    for (uint32_t i = 0; i < ev->n_quantities; i++)
        counted = counted || ev->quantities[i].value == m->f.value;
    for (uint32_t i = 0; i < m->it.n_codes; i++)
        goes = goes || carries(dgi_code_group(m->it.codes[i]));
    double pb = dgi_side(m, 1, h->target, ev->n_target);
    return counted && goes && (pb >= sc->party_likely || pb < 0 || nobodys(m));
}

/* Its code; of a step that has none ("a frigate anchored off the cape", "the warships left") that of the like deed. */
static const char *code_of(const struct dgi_event *ev)
{
    if (ev->cameo[0])
        return ev->cameo;
    if (dgi_str_eq(ev->mode, DGI_S("troops")))
        return "154";
    return dgi_str_eq(ev->mode, DGI_S("leave")) ? "0874" : "";
}

/* does the event do what the item's content says? 0 no, 1 same sort of act, 2 clearly this one */
static int does_content(const struct dgi_sit_item *it, const struct happened *h)
{
    const struct scale *sc = &it->rules->scale;
    const struct dgi_event *ev = h->ev;
    const char *code = code_of(ev);
    double words = dgi_keys_overlap(it, &h->keys);
    bool h_words = h->says_which;
    int best = 0;
    for (uint32_t i = 0; i < it->n_codes; i++) {
        const char *c = it->codes[i];
        if (!c[0])
            continue;
        if (dgi_code_group(c) != dgi_code_group(code))
            continue;
        bool close = c[2] && c[2] != '0' && !strncmp(c, code, 3), same = !strcmp(c, code);
        /* "the soldiers left", "to withdraw it": no word says which */
        bool bare = close && !strcmp(c, code) && (!h_words || it->n_keys <= 1);
        int v = bare || words >= sc->deed_words || ((close || same) && words >= sc->deed_words_coded) ? 2 : 1;
        best = v > best ? v : best;
    }
    /* "promised it independence", "granted it independence": no word of the promise is an event */
    int group = dgi_code_group(code);
    return !it->n_codes && group >= 6 && group <= 8 && words >= sc->deed_words ? 2 : best;
}

static bool material_conflict(const struct dgi_event *ev)
{
    int g = dgi_code_group(ev->cameo);
    return g == 16 || g == 17 || g == 19;
}

static bool condition_met(const struct matter *m, const struct happened *h)
{
    const struct scale *sc = &m->it.rules->scale;
    const struct dgi_sit_item *it = &m->it;
    const struct dgi_event *ev = h->ev;
    /* whose act the condition is: the one named, else the addressee */
    double who =
        it->cond_actor.id.len ? best_party(&m->cond, h->source, ev->n_source) : dgi_side(m, 1, h->source, ev->n_source);
    if (who < sc->party_likely)
        return false;
    int group = dgi_code_group(ev->cameo);
    bool refuses = group == 12 ? !ev->negated : ev->negated && (group == 3 || group == 8);
    for (uint32_t i = 0; i < it->n_cond_codes; i++)
        if (it->cond_codes[i][0] == '1' && it->cond_codes[i][1] == '2' && refuses)
            return true;
    if (it->cond_negated)
        return refuses;
    if (ev->negated)
        return false;
    for (uint32_t i = 0; i < it->n_cond_codes; i++) {
        int g = dgi_code_group(it->cond_codes[i]);
        if (g == group && g != 1 && g != 2 && g != 4 && g != 5 && g != 11)
            return true;
    }
    return false;
}

static bool is(struct outcome *out, uint8_t effect, uint8_t status)
{
    *out = (struct outcome){effect, status};
    return true;
}

/* "withdrew one of its four boats": a part of what there is. */
static bool in_part(const struct dgi_event *ev)
{
    for (uint32_t i = 0; i + 1 < ev->n_quantities; i++)
        if (ev->quantities[i].kind == ev->quantities[i + 1].kind &&
            ev->quantities[i].value < ev->quantities[i + 1].value)
            return true;
    return false;
}

/* The addressee does it; or somebody unnamed does it for the issuer ("the pilot was handed over to India"). */
static bool demand_met(const dgi_board *b, const struct matter *m, const struct happened *h, bool later,
                       struct outcome *out)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_event *ev = h->ev;
    uint8_t cur = m->f.cur.status;
    int group = dgi_code_group(code_of(ev));
    if (ev->negated || m->it.content_negated || in_part(ev) ||
        (cur != DGI_IS_OPEN && cur != DGI_IS_DEFERRED && cur != DGI_IS_ACCEPTED && cur != DGI_IS_REJECTED))
        return false;
    double pb = dgi_side(m, 1, h->source, ev->n_source);
    /* "the editor walked free": nobody is named, the words tell */
    bool nobody = !h->hypothetical && h->nobody && group >= 7 && group <= 8 &&
                  (int64_t)b->reported - m->f.last.reported <= sc->answer_behind &&
                  dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_words_coded;
    if (pb < sc->party_likely && !(pb < 0 && !h->hypothetical && dgi_here(b, &m->f.first)) && !nobody &&
        !(!ev->n_source && dgi_side(m, 0, h->target, ev->n_target) >= sc->party_likely))
        return false;
    /* "stopped drilling": no code of CAMEO, but in the words of the demand */
    bool stopped = !ev->cameo[0] && dgi_str_eq(ev->mode, DGI_S("stop")) && pb >= sc->party_likely &&
                   dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_same_day;
    /* "unless it recalled the envoy", "recalled the envoy": in the very words of a demand that has no code */
    bool words = !m->it.n_codes && pb >= sc->party_likely && ev->status == DGI_ST_ACTUAL && !h->hypothetical &&
                 h->keys.n > 1 && dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_same_day;
    /* a deed, from cooperation (06) to force short of an attack (17); no complaint (11), refusal (12), threat (13) */
    const bool deed = group > 5 && group < 18 && (group < 11 || group > 13);
    if (!stopped && !(words && later && deed) && (group < 3 || group == 11 || does_content(&m->it, h) < 2))
        return false;
    if (!later && !(h->day == m->f.state.opened && dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_same_day))
        return false;
    return is(out, DGI_EFF_MET, DGI_IS_MET);
}

/* Says it that the thing will not be done? */
static bool declines(const struct dgi_event *ev)
{
    int group = dgi_code_group(ev->cameo);
    return ev->negated ? ev->status == DGI_ST_FUTURE || group == 3 : group == 12;
}

/* The issuer does what he threatened; words that name the blow must fit the blow. */
static bool threat_carried_out(const dgi_board *b, const struct matter *m, const struct happened *h)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_event *ev = h->ev;
    double pa = dgi_side(m, 0, h->source, ev->n_source), pb = dgi_side(m, 1, h->target, ev->n_target);
    int group = dgi_code_group(ev->cameo);
    double words = dgi_keys_overlap(&m->it, &h->keys);
    int does = does_content(&m->it, h);
    bool there = group == 19 && m->f.place && ev->place && m->f.place->name.len &&
                 dgi_str_ieq(m->f.place->name, ev->place->name);
    /* "rockets hit Haifa": whose is plain, by the words or by the place that was named */
    bool unnamed = pa < 0 && pb >= sc->party_likely && (words >= sc->deed_same_day || there);
    if (ev->negated || (pa < sc->party_likely && !unnamed) || (pb >= 0 && pb < sc->party_likely))
        return false;
    if (!ev->cameo[0]) /* "the tariffs took effect", "the ambassador was called home" */
        return words >= (pb >= sc->party_likely ? sc->deed_words_coded : sc->deed_words) &&
               dgi_has_words(b->rules, WORDS_BLOW, ev->mode);
    if (!material_conflict(ev) && !(group == 14 && does == 2))
        return false;
    if (words >= sc->deed_both && pb >= sc->party_likely &&
        pa >= sc->party_likely) /* in other words: "stop selling", "halted sales" */
        does = 2;
    if (unnamed && there)
        does = 2;
    bool vague = !m->it.n_codes && (!m->it.content.len || group == 19 || words > 0 ||
                                    dgi_has_words(b->rules, WORDS_VAGUE, m->it.content)); /* "would retaliate" */
    /* "the boycott would remain in place" is no new blow; an attack is one, each time */
    if (!h->fresh && !ev->date_from_text && does < 2 && group != 19)
        does = 0, vague = false;
    if (does == 1 && m->it.n_keys && words <= 0) /* the same class of act, but of other things */
        does = 0;
    bool same_doc = !h->hypothetical && dgi_here(b, &m->f.first);
    return does || (vague && (!same_doc || ev->date_from_text));
}

/* "Will hand over the pilots": the one who was asked says so, in words of the demand. */
static bool will_do(const dgi_board *b, const struct matter *m, const struct happened *h)
{
    const struct dgi_event *ev = h->ev;
    return !h->hypothetical && ev->status == DGI_ST_FUTURE && !ev->negated && !ev->n_condition &&
           !ev->condition_text.len && !m->it.content_negated && dgi_status_waits(m->f.cur.status) &&
           dgi_side(m, 1, h->source, ev->n_source) >= b->rules->scale.party_likely && does_content(&m->it, h) == 2;
}

static bool truce_broken(const dgi_board *b, const struct matter *m, const struct happened *h, bool later)
{
    const struct scale *sc = &b->rules->scale;
    /* only what silences the guns is broken by guns */
    const struct dgi_event *ev = h->ev;
    uint8_t cur = m->f.cur.status;
    if (dgi_code_group(ev->cameo) != 19 || ev->negated || (!h->hypothetical && dgi_here(b, &m->f.first)) || !later ||
        (cur != DGI_IS_SIGNED && cur != DGI_IS_IN_FORCE))
        return false;
    bool arms =
        dgi_has_words(b->rules, WORDS_TRUCE, m->it.content) || dgi_has_words(b->rules, WORDS_TRUCE, m->f.first_text);
    if (arms && !ev->n_target && ev->n_source > 1) /* "fighting between the two flared up": both stand on one side */
        return dgi_side(m, -1, h->source, 1) >= sc->party_likely &&
               dgi_side(m, -1, h->source + 1, 1) >= sc->party_likely;
    if (!arms || dgi_side(m, -1, h->source, ev->n_source) < sc->party_likely)
        return false;
    if (!ev->n_target && ev->n_source == 1 && ev->place) /* "blew up a pipeline in Arauca": in the land of the other */
        for (uint32_t i = 0; i < m->it.n_parties; i++)
            if (dgi_party_like(&m->party[i], &h->source[0]) < sc->party_likely && m->it.parties[i].actor.country[0] &&
                !strcmp(m->it.parties[i].actor.country, ev->place->country))
                return true;
    return dgi_side(m, -1, h->target, ev->n_target) >= sc->party_likely;
}

/* Told elsewhere of one who is but of the same bloc or country: another's deed, unless the other side is named, too. */
static bool kin_alone(const dgi_board *b, const struct matter *m, const struct happened *h, int side)
{
    const struct scale *sc = &b->rules->scale;
    if (h->hypothetical || dgi_here(b, &m->f.first))
        return false;
    double x = dgi_side(m, side, h->source, h->ev->n_source);
    return x >= sc->party_likely && x < sc->party_sure &&
           dgi_side(m, 1 - side, h->target, h->ev->n_target) < sc->party_likely;
}

/* "The stockpile has been destroyed", "the fishermen were released": nobody says by whom; what was promised is done, to nobody or to
 * what is of him who promised. One who is hit is named, and it is not he that destroys what is his. */
static bool done_by_nobody(const dgi_board *b, const struct matter *m, const struct happened *h)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_event *ev = h->ev;
    if (h->hypothetical || ev->n_source || ev->status != DGI_ST_ACTUAL || !m->it.n_codes || in_part(ev) ||
        dgi_keys_overlap(&m->it, &h->keys) < (h->nobody ? sc->deed_words_coded : sc->deed_words))
        return false;
    bool his = ev->n_target && dgi_side(m, 0, h->target, ev->n_target) >= sc->party_likely;
    bool lately = (int64_t)b->reported - m->f.last.reported <= sc->answer_behind;
    return (his || (h->nobody && lately)) && does_content(&m->it, h) == 2;
}

/* The two agree, sign or talk where they were to meet: they have met. */
static bool meeting_held(const dgi_board *b, const struct matter *m, const struct happened *h)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_event *ev = h->ev;
    int group = dgi_code_group(ev->cameo);
    uint8_t cur = m->f.cur.status;
    if ((cur != DGI_IS_PLANNED && cur != DGI_IS_POSTPONED) || h->hypothetical || ev->negated ||
        ev->status != DGI_ST_ACTUAL || group < 3 || group > 6 || !m->f.place || !ev->place ||
        ev->place->precision >= DGI_PLACE_COUNTRY || !m->f.place->name.len ||
        !dgi_str_ieq(m->f.place->name, ev->place->name) || dgi_here(b, &m->f.last))
        return false;
    if (m->f.when.start != DGI_NO_DAY && h->day < m->f.when.start)
        return false;
    bool both = true;
    for (uint32_t i = 0; i < m->it.n_parties && both; i++)
        both = best_party(&m->party[i], h->source, ev->n_source) >= sc->party_likely ||
               best_party(&m->party[i], h->target, ev->n_target) >= sc->party_likely;
    return both && m->it.n_parties >= 2;
}

bool dgi_outcome_of(const dgi_board *b, const struct matter *m, const struct happened *h, struct outcome *out)
{
    const struct scale *sc = &b->rules->scale;
    const struct dgi_event *ev = h->ev;
    uint8_t cur = m->f.cur.status;
    if (cur == DGI_IS_NONE || (ev->condition_of != DGI_NONE && !h->hypothetical))
        return false;
    if (m->it.kind != DGI_IT_AGREEMENT && kin_alone(b, m, h, m->it.kind == DGI_IT_DEMAND))
        return false;
    if (!h->hypothetical && !dgi_here(b, &m->f.last) && b->reported != DGI_NO_DAY &&
        (int64_t)b->reported - m->f.last.reported > sc->matter_apart &&
        dgi_keys_overlap(&m->it, &h->keys) < sc->deed_words)
        return false;
    bool later =
        h->hypothetical || h->day > m->f.state.opened ||
        (h->day == m->f.state.opened && b->reported > m->f.first.reported); /* told a day later, of that night */
    if (ev->status == DGI_ST_FUTURE && !ev->negated && !h->hypothetical)    /* a plan does nothing yet */
        return m->it.kind == DGI_IT_DEMAND && later && will_do(b, m, h) && is(out, DGI_EFF_ACCEPT, DGI_IS_ACCEPTED);
    switch (m->it.kind) {
    case DGI_IT_DEMAND:
        if (dgi_status_waits(cur) && ev->negated && ev->status == DGI_ST_FUTURE && later &&
            dgi_side(m, 1, h->source, ev->n_source) >= sc->party_likely &&
            (does_content(&m->it, h) == 2 ||
             (!ev->cameo[0] && dgi_str_eq(ev->mode, DGI_S("stop")) &&
              dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_words_coded) ||
             (!m->it.n_codes && dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_same_day)))
            return is(out, DGI_EFF_REJECT, DGI_IS_REJECTED); /* "will not hand him over" */
        return demand_met(b, m, h, later, out);
    case DGI_IT_THREAT:
        if (cur != DGI_IS_STANDING || !later)
            return false;
        if (declines(ev) && dgi_side(m, 0, h->source, ev->n_source) >= sc->party_likely &&
            dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_words)
            return is(out, DGI_EFF_WITHDRAW, DGI_IS_WITHDRAWN); /* "would not close the canal after all" */
        if (threat_carried_out(b, m, h))
            return is(out, DGI_EFF_CARRIED_OUT, DGI_IS_CARRIED_OUT);
        return condition_met(m, h) && is(out, DGI_EFF_DUE, DGI_IS_NONE);
    case DGI_IT_COMMITMENT: {
        if (cur != DGI_IS_STANDING || !later)
            return false;
        if (declines(ev) && dgi_side(m, 0, h->source, ev->n_source) >= sc->party_likely && !m->it.content_negated &&
            dgi_keys_overlap(&m->it, &h->keys) >= sc->deed_words)
            return is(out, DGI_EFF_WITHDRAW, DGI_IS_WITHDRAWN);
        if (ev->negated)
            return false;
        double pa = dgi_side(m, 0, h->source, ev->n_source);
        if ((pa >= sc->party_likely && does_content(&m->it, h) == 2) ||
            (pa >= sc->party_opposed && same_number(m, h)) || (!m->it.content_negated && done_by_nobody(b, m, h)))
            return m->it.content_negated ? is(out, DGI_EFF_BREAK, DGI_IS_BROKEN) : is(out, DGI_EFF_KEPT, DGI_IS_KEPT);
        return condition_met(m, h) && (m->it.n_cond_codes || m->it.cond_negated) && is(out, DGI_EFF_DUE, DGI_IS_NONE);
    }
    case DGI_IT_MEETING: return meeting_held(b, m, h) && is(out, DGI_EFF_MET, DGI_IS_HELD);
    case DGI_IT_AGREEMENT: return truce_broken(b, m, h, later) && is(out, DGI_EFF_BREAK, DGI_IS_VIOLATED);
    default: return false;
    }
}

/* ---- what if ---- */
static const uint8_t moved_by_deeds[] = {DGI_IT_DEMAND, DGI_IT_THREAT, DGI_IT_COMMITMENT, DGI_IT_AGREEMENT};

/* The item as it is shown: on a board itself, from a host with its whole history. */
static const struct dgi_sit_item *whole_item(dgi_board *b, const struct matter *m, dgi_arena *a)
{
    const struct dgi_sit_item *it = &m->it;
    struct dgi_ledger_entry *entries = NULL;
    uint32_t n = 0;
    if (!b->host)
        return it;
    dg_status st = b->host->entries(b->host->self, m->it.key, a, &entries, &n, b->err);
    if (st == DG_OK)
        st = dgi_ledger_item(b->rules, m->it.key, entries, n, b->late ? b->at : (dg_str){"", 0}, a, &it, b->err);
    if (st != DG_OK)
        dgi_board_fail(b, st, NULL);
    return st == DG_OK ? it : NULL;
}

static void what_if_event(dgi_board *b, const struct happened *h, const struct roles *ro, uint32_t e,
                          const struct dgi_sit_when *w, struct list *cands, struct dgi_sit_effects *out, dgi_arena *a)
{
    for (size_t i = 0; i < sizeof moved_by_deeds; i++) {
        dgi_candidates(cands, b, moved_by_deeds[i], ro);
        dgi_newest_first(cands);
        for (uint32_t c = 0; c < cands->n && b->st == DG_OK; c++) {
            struct dgi_item_state st;
            struct outcome o;
            bool seen = false;
            if (!dgi_outcome_of(b, cands->item[c], h, &o))
                continue;
            for (uint32_t k = 0; k < out->n && !seen; k++)
                seen = dgi_str_eq(out->list[k].item->key, cands->item[c]->it.key) && out->list[k].effect == o.effect;
            const struct dgi_sit_item *it = seen ? NULL : whole_item(b, cands->item[c], a);
            if (!it || !dgi_item_at(it, w, &st) || dgi_item_closed(it, st.status))
                continue;
            struct dgi_sit_effect *f = DGI_PUSH(a, out->list, out->n, out->cap);
            if (!f)
                dgi_board_fail(b, DG_E_NOMEM, "no memory for the board");
            else
                *f = (struct dgi_sit_effect){it, o.effect, e};
        }
    }
}

static const struct party *parties_of(const dgi_board *b, const struct dgi_ev_actor *l, uint32_t n, dgi_arena *a)
{
    struct party *p = dgi_arena_array(a, (size_t)n + 1, sizeof *p);
    for (uint32_t i = 0; p && i < n; i++)
        dgi_party_make(&p[i], b->rules, &l[i]);
    return p;
}

dg_status dgi_board_what_if(dgi_board *b, const struct dgi_ev_doc *doc, const struct dgi_sit_when *w,
                            struct dgi_sit_effects *out, dgi_arena *a, dg_error *err)
{
    const struct scale *sc = &b->rules->scale;
    struct list *cands = dgi_arena_alloc(a, sizeof *cands);
    int32_t one = b->reach_one, none = b->reach_none, reported = b->reported;
    *out = (struct dgi_sit_effects){0};
    if (!cands)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    dgi_board_between(b, a, err);
    b->reach_one = sc->reach_what_if;
    b->reach_none = sc->reach_one;
    for (uint32_t e = 0; e < doc->n_events && b->st == DG_OK; e++) {
        const struct dgi_event *ev = &doc->events[e];
        if (ev->content_of != DGI_NONE || (!ev->n_source && !ev->n_target))
            continue;
        struct happened h = {.ev = ev, .day = INT32_MAX, .fresh = true, .hypothetical = true};
        h.source = parties_of(b, ev->source, ev->n_source, a);
        h.target = parties_of(b, ev->target, ev->n_target, a);
        if (!h.source || !h.target)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
        dgi_keys_of_deed(&h.keys, b->rules, ev);
        h.says_which = true;
        struct roles ro = {h.source, h.target, ev->n_source, ev->n_target, false, false};
        what_if_event(b, &h, &ro, e, w, cands, out, a);
    }
    b->reach_one = one;
    b->reach_none = none;
    b->reported = reported;
    return b->st;
}

dg_status dgi_ledger_what_if(const dgi_sit_rules *rules, const struct dgi_ledger_host *host,
                             const struct dgi_ev_doc *doc, const struct dgi_sit_when *w, struct dgi_sit_effects *out,
                             dgi_arena *a, dg_error *err)
{
    char cut[8];
    dg_str last;
    dgi_board *b = dgi_board_new(rules, 0);
    *out = (struct dgi_sit_effects){0};
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    dg_status st = host->last(host->self, a, &last, err);
    if (st == DG_OK && last.len) {
        b->host = host;
        b->whole = false;
        b->host_day = INT32_MAX;
        b->reported = dgi_ledger_pos_day(last);
        if (w->known_on != DGI_NO_DAY) {
            b->late = true;
            b->at = dgi_ledger_pos_after(w->known_on, cut);
            b->reported = w->known_on < b->reported ? w->known_on : b->reported;
        }
        st = dgi_board_what_if(b, doc, w, out, a, err);
    }
    dgi_board_free(b);
    return st;
}
