/* SPDX-License-Identifier: Apache-2.0 */
/* situation/answer.c: what a document does to matters that are there: truces, answers, withdrawals, deeds.
 *
 * Reads   struct dgi_ev_doc, the board
 * Writes  lines of history */
#include "situation/apply.h"

/* The same war under other names of a side ("bombed the Strip", "Hamas fired rockets"): what was told on the day on which m
 * was first told, between one of the two and the land of the other. */
static void quiet_with_it(struct apply *p, uint32_t e, const struct rule *u, const struct roles *ro,
                          const struct matter *m, int32_t day)
{
    const struct scale *sc = &p->b->rules->scale;
    for (uint32_t i = 0; i < p->cands->n && !p->failed; i++) {
        struct matter *o = p->cands->item[i];
        if (o == m || o->f.cur.status != DGI_IS_ONGOING || o->f.first.reported != m->f.first.reported ||
            !dgi_side_count(o, 0) || !dgi_side_count(o, 1))
            continue;
        bool fits = false;
        for (int turn = 0; turn < 2 && !fits; turn++) {
            double a = dgi_side(o, turn, ro->a, ro->n_a), b = dgi_side(o, 1 - turn, ro->b, ro->n_b);
            fits = a >= sc->party_strange && b >= sc->party_strange && (a >= sc->party_sure || b >= sc->party_sure);
        }
        if (fits && day >= o->f.cur.date)
            dgi_add_line(p, o, &p->doc->events[e], u->to, day, false, u->id, false);
    }
}

/* "A ceasefire took hold at noon": nobody is named; the one fight of these weeks of somebody whom the document names. */
static struct matter *only_fight(const struct apply *p)
{
    struct matter *found = NULL;
    for (uint32_t i = 0; i < p->cands->n; i++) { /* as dgi_find_matter() left them */
        struct matter *m = p->cands->item[i];
        bool named = false;
        if (m->it.kind != DGI_IT_HOSTILITY || m->f.cur.status != DGI_IS_ONGOING ||
            (int64_t)p->b->reported - m->f.last.reported > p->b->rules->scale.answer_behind)
            continue;
        for (uint32_t k = 0; k < m->it.n_parties && !named; k++)
            named = dgi_doc_names(p, &m->party[k]);
        if (!named)
            continue;
        if (found)
            return NULL;
        found = m;
    }
    return found;
}

/* The same of a fight that is longer ago ("the ceasefire has held since August"): the only one of a party that the document names. */
static struct matter *older_fight(struct apply *p)
{
    enum { MOST_ASKED = 4 };
    const struct scale *sc = &p->b->rules->scale;
    const struct party *asked[MOST_ASKED];
    struct matter *found = NULL;
    uint32_t n = 0;
    for (uint32_t e = 0; e < p->doc->n_events; e++)
        for (uint32_t k = 0, s = p->doc->events[e].n_source; k < s + p->doc->events[e].n_target; k++) {
            const struct party *x = k < s ? &p->side[e].source[k] : &p->side[e].target[k - s];
            uint32_t i = 0;
            while (i < n && dgi_party_like(asked[i], x) < sc->party_likely)
                i++;
            if (i < n || n == MOST_ASKED || !dgi_party_body(x))
                continue;
            asked[n++] = x;
            dgi_candidates(p->cands, p->b, DGI_IT_HOSTILITY, &(struct roles){x, NULL, 1, 0, true, false});
            for (i = 0; i < p->cands->n; i++) {
                struct matter *m = p->cands->item[i];
                if (m->it.kind != DGI_IT_HOSTILITY || m->f.cur.status != DGI_IS_ONGOING || m == found ||
                    (int64_t)p->b->reported - m->f.last.reported > sc->reach_one ||
                    dgi_side(m, -1, x, 1) < sc->party_sure)
                    continue;
                if (found)
                    return NULL;
                found = m;
            }
        }
    return found;
}

static bool takes_part(const struct matter *m, int side, const struct roles *ro, double sure)
{
    return dgi_side(m, side, ro->a, ro->n_a) >= sure || dgi_side(m, side, ro->b, ro->n_b) >= sure;
}

/* "Kenya and Uganda signed a truce with Ethiopia as its guarantor": the latest fight of which both sides are among them. */
static struct matter *fight_among(const struct apply *p, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    struct matter *found = NULL;
    for (uint32_t i = 0; i < p->cands->n; i++) {
        struct matter *m = p->cands->item[i];
        if (m->it.kind == DGI_IT_HOSTILITY && m->f.cur.status == DGI_IS_ONGOING &&
            (int64_t)p->b->reported - m->f.last.reported <= sc->matter_apart && takes_part(m, 0, ro, sc->party_sure) &&
            takes_part(m, 1, ro, sc->party_sure) &&
            (!found || m->f.last.reported > found->f.last.reported ||
             (m->f.last.reported == found->f.last.reported && dgi_key_cmp(m->it.key, found->it.key) > 0)))
            found = m;
    }
    return found;
}

/* "Accepted the truce, but fighting flared up again": what is told behind it of the same fight is after it. */
static void fights_again(struct apply *p, uint32_t e, struct matter *m, int32_t day)
{
    for (uint32_t i = 0; i < p->doc->n_coded && !p->failed; i++) {
        const struct dgi_event *ev = &p->doc->events[i];
        const struct rule *u = ev->trig_start > p->doc->events[e].trig_start && ev->status == DGI_ST_ACTUAL
                                   ? dgi_rule_for(p->b->rules, DGI_IT_HOSTILITY, p->doc, ev)
                                   : NULL;
        if (!u || u->to != DGI_IS_ONGOING || !dgi_has_words(p->b->rules, WORDS_FIGHT_AGAIN, ev->ev_text))
            continue;
        for (uint32_t k = 0; k < p->side[i].n_wrote; k++)
            if (p->side[i].wrote[k] == m) {
                int32_t then = dgi_ev_day(ev, p->doc->reported);
                dgi_add_line(p, m, ev, DGI_IS_ONGOING, then > day ? then : day, false, u->id, false);
                return;
            }
    }
}

/* A truce or the end of a war, told of the two, or of whoever brokered or welcomed it: the fighting of the document stops. */
void dgi_silence_pass(struct apply *p, uint32_t e,
                      void (*open)(struct apply *, uint32_t, const struct rule *, uint8_t, const struct roles *))
{
    const struct dgi_event *ev = &p->doc->events[e];
    const struct rule *u = dgi_rule_for(p->b->rules, DGI_IT_HOSTILITY, p->doc, ev);
    if (!u || u->to == DGI_IS_ONGOING)
        return;
    struct roles ro = dgi_roles_of(p, e, u->who);
    struct keyset k = {{0}, 0};
    struct matter *m = (ro.n_a && ro.n_b) || !p->fighting ? dgi_find_matter(p, ev, DGI_IT_HOSTILITY, 0, &ro, &k) : NULL;
    if (!m)
        m = p->fighting ? p->fighting : !ro.n_a && !ro.n_b ? only_fight(p) : fight_among(p, &ro);
    if (!m && !ro.n_a && !ro.n_b && !ev->cameo[0]) /* "the truce holds" */
        m = older_fight(p);
    if (!m) {
        if (ro.n_a && ro.n_b)
            open(p, e, u, 0, &ro);
        return;
    }
    const struct told *cur = &m->f.cur;
    bool is = cur->status != DGI_IS_NONE, undated = ev->status == DGI_ST_HISTORICAL && !ev->date_from_text;
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    uint8_t to = undated || !is || dgi_step_back(p->b->rules, DGI_IT_HOSTILITY, cur->status, u->to, day > cur->date)
                     ? DGI_IS_NONE
                     : u->to;
    dgi_add_line(p, m, ev, to, undated && is ? cur->date : day, false, u->id, false);
    if (to == DGI_IS_PAUSED)
        fights_again(p, e, m, day);
    if (!p->failed && ro.n_a && ro.n_b && to != DGI_IS_NONE)
        quiet_with_it(p, e, u, &ro, m, day);
}

/* ---- answers ---- */
static bool plural_matter(const struct apply *p, const struct dgi_event *ev)
{
    return dgi_has_words(p->b->rules, WORDS_PLURAL, ev->content_text) ||
           dgi_has_words(p->b->rules, WORDS_PLURAL, ev->about);
}

struct hit {
    struct matter *m;
    double score;
    const struct rule *rule;
};

static void settle(struct apply *p, uint32_t e, const struct hit *h)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[e];
    struct matter *m = h->m;
    const struct told *cur = &m->f.cur;
    bool is = cur->status != DGI_IS_NONE;
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    if (ev->status == DGI_ST_HISTORICAL && !ev->date_from_text && is && !dgi_here(p->b, cur))
        day = cur->date;
    /* an answer cannot come before the question; the day of one of them is a guess */
    if (day <
        m->f.state.opened) /* "drops its claim to the line of 1933": a day of long before is not that of the answer */
        day = (int64_t)m->f.state.opened - day > sc->meeting_wide && p->doc->reported > m->f.state.opened
                  ? p->doc->reported
                  : m->f.state.opened;
    uint8_t to = h->rule->to;
    if (is && dgi_step_back(p->b->rules, m->it.kind, cur->status, to, day > cur->date))
        to = DGI_IS_NONE;
    dgi_add_line(p, m, ev, to, day, false, h->rule->id, false);
    p->side[e].answered = true;
    if (h->rule->action == DO_ANSWER && ev->n_source) { /* who answers was asked */
        struct roles asked = {NULL, p->side[e].source, 0, ev->n_source, false, false};
        dgi_learn_parties(p, m, &asked);
    }
}

/* Does the document speak of the issuer at all? */
static bool mentions(const struct apply *p, const struct matter *m)
{
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        if (m->it.parties[i].side == 0 && !m->it.parties[i].inferred && dgi_doc_names(p, &m->party[i]))
            return true;
    return false;
}

bool dgi_doc_about(const struct apply *p, const struct matter *m)
{
    bool named = !p->n_named;
    for (uint32_t i = 0; i < m->it.n_parties && !named; i++)
        named = !m->it.parties[i].inferred && dgi_doc_names(p, &m->party[i]);
    return named;
}

/* One event as an answer to matters of one kind. */
struct reply {
    uint32_t e;
    const struct rule *rule;
    struct roles ro;
    struct keyset keys;
    const struct dgi_event
        *question; /* the noun that names what is answered ("its threat of tariffs"), else the answer itself */
    bool bare;     /* "the demand", "it": no word says which */
    bool it;       /* "it" */
    bool plural;   /* "the demands": whichever they are */
};

/* The content of the answer that is a question itself: "rejected [the demand for reparations]". */
static const struct dgi_event *question_of(const struct apply *p, const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_content; i++) {
        const struct dgi_event *c = &p->doc->events[ev->content[i]];
        if (dgi_has_words(p->b->rules, WORDS_QUESTION, c->lemma))
            return c;
    }
    return NULL;
}

/* Is whom the answer names only he to whom the deed would be done? */
static bool targets_are_of_content(const struct apply *p, const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_content; i++) {
        const struct dgi_event *c = &p->doc->events[ev->content[i]];
        if (c->n_target && dgi_str_eq(c->target[0].id, ev->target[0].id) && dgi_code_group(c->cameo) >= 3)
            return true;
    }
    return false;
}

/* "Will not free the fishermen", "will not withdraw its gunboats": a deed is refused, and whom or what it would touch is the refuser's to
 * dispose of. It is not he who asked for it. */
static bool will_not_do_it_to(const struct dgi_event *ev)
{
    if (strncmp(ev->cameo, "124", 3) != 0 || !ev->n_source || !ev->source[0].country[0])
        return false;
    for (uint32_t i = 0; i < ev->n_target; i++)
        if (!dgi_str_starts(ev->target[i].id, DGI_S("role:")) ||
            (ev->target[i].country[0] && strcmp(ev->target[i].country, ev->source[0].country) != 0))
            return false;
    return true;
}

/* Content events that say what is to be done; "as unacceptable" does not. */
static bool has_deed(const struct apply *p, const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_content; i++)
        if (dgi_code_group(p->doc->events[ev->content[i]].cameo) != 11 &&
            !dgi_yields_only(&p->doc->events[ev->content[i]]))
            return true;
    return false;
}

/* Does nothing tell whose answer it is? "By a vote in parliament", "the cabinet": an organ of a state, but of which? */
static bool answered_by_nobody(const struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    for (uint32_t i = 0; i < ev->n_source; i++) {
        const dg_str id = ev->source[i].id;
        if (!p->side[e].source[i].anyone || !(dgi_str_ends(id, DGI_S(":LEG")) || dgi_str_ends(id, DGI_S(":GOV"))))
            return false;
    }
    return true;
}

/* Of the candidates those whose sides fit, newest first. */
static void keep_likely(struct apply *p, const struct reply *r)
{
    const struct scale *sc = &p->b->rules->scale;
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->cands->n; i++) {
        struct matter *m = p->cands->item[i];
        double pa = dgi_side(m, 0, r->ro.a, r->ro.n_a);
        bool anyone = r->rule->action != DO_ANSWER && !r->ro.n_a; /* "the strike was called off" */
        if (pa < sc->party_likely && (pa >= 0 || r->rule->action != DO_ANSWER) && !anyone)
            continue;
        double pb = dgi_side(m, 1, r->ro.b, r->ro.n_b);
        if (r->rule->action != DO_ANSWER || pb < 0 || pb >= sc->party_likely)
            p->cands->item[n++] = m;
    }
    p->cands->n = n;
    dgi_newest_first(p->cands);
}

/* "The demand", and nobody says whose: it is the newest that waits for an answer of the one who answers. Told elsewhere, the
 * document must speak of its issuer, or no other may be meant. `lone`: m is the only one that waits. */
static bool bare_answer(const struct apply *p, const struct reply *r, const struct matter *m, bool lone, double pb)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[r->e];
    if (!r->bare || r->ro.n_a || r->rule->action != DO_ANSWER || !dgi_status_waits(m->f.cur.status))
        return false;
    if (ev->n_source &&
        dgi_side(m, 0, p->side[r->e].source, ev->n_source) >= sc->party_sure) /* nobody answers himself */
        return false;
    bool here = dgi_here(p->b, &m->f.last);
    if (r->it && !here && !lone) /* "turned it down": what was just told */
        return false;
    if (dgi_here(p->b, &m->f.first) && m->it.history[0].ev_start >= ev->ev_start) /* "that demand" stood before */
        return false;
    if (r->it && here) {
        const struct dgi_sit_change *l = &m->it.history[m->it.n_history - 1];
        if (l->ev_start >= ev->ev_start || ev->ev_start - l->ev_end > (uint32_t)sc->answer_near)
            return false;
    }
    int64_t ago = here ? 0 : (int64_t)p->b->reported - m->f.last.reported;
    if (here)
        return pb >= sc->party_likely || answered_by_nobody(p, r->e);
    if (pb >= sc->party_likely)
        return ago <= sc->answer_behind && ((lone && pb >= sc->party_sure) || mentions(p, m));
    return answered_by_nobody(p, r->e) && lone && ago <= sc->answer_behind_nobody && dgi_doc_about(p, m);
}

static bool holds(dg_str text, dg_str piece) /* in any case of letters */
{
    for (size_t i = 0; i + piece.len <= text.len; i++)
        if (dgi_str_ieq(dgi_str_sub(text, i, i + piece.len), piece))
            return true;
    return false;
}

/* Stands a word of the event in the line of the matter ("the blockade was called off")? */
static bool names_it(const struct matter *m, const struct dgi_event *ev)
{
    enum { SHORTEST = 4, STEM = 6 };
    dg_str rest = ev->keys, w;
    while (dgi_str_next(&rest, ' ', &w))
        if (w.len >= SHORTEST && holds(m->it.content, dgi_str_sub(w, 0, w.len < STEM ? w.len : STEM)))
            return true;
    return false;
}

/* "Will not release them", "will not extradite him": what was demanded (to yield, to aid, to hand over) is of the sort that is refused here. */
static bool yields_not(const struct matter *m, const struct dgi_event *ev)
{
    bool yields = false;
    for (uint32_t i = 0; i < m->it.n_codes; i++)
        yields = yields || (dgi_code_group(m->it.codes[i]) >= 6 && dgi_code_group(m->it.codes[i]) <= 8);
    return yields && !strncmp(ev->cameo, "124", 3) && (!ev->n_target || will_not_do_it_to(ev));
}

/* Are they deeds of one sort? loose: to give up a town and to hand it back are. */
static bool same_sort(const char *c, const char *of, bool loose)
{
    return (c[0] == '0' && c[2] && c[2] != '0' && !strncmp(c, of, 3)) ||
           (loose && dgi_code_group(c) == 8 && dgi_code_group(of) == 8);
}

/* "Agreed to let the crew go" after "demanded that it free fourteen fishermen", "would not give up the city" after "told it to hand the
 * city back": the same sort of deed is granted or refused. */
static bool grants_it(const struct apply *p, const struct reply *r, const struct matter *m)
{
    const struct dgi_event *ev = &p->doc->events[r->e];
    bool refuses = r->rule->to == DGI_IS_REJECTED,
         loose = refuses && (dgi_here(p->b, &m->f.last) || dgi_keys_overlap(&m->it, &r->keys) > 0);
    for (uint32_t k = 0; k < m->it.n_codes; k++) {
        if (refuses && !ev->n_content && ev->negated && same_sort(ev->cameo, m->it.codes[k], loose))
            return true;
        for (uint32_t i = 0; i < ev->n_content; i++)
            if (same_sort(p->doc->events[ev->content[i]].cameo, m->it.codes[k], loose))
                return true;
    }
    return false;
}

/* Is it, by what was only inferred, put to one of these? */
static double guessed_side(const struct matter *m, const struct roles *ro)
{
    const struct scale *sc = &m->it.rules->scale;
    double best = -1;
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        for (uint32_t k = 0; k < ro->n_b && m->it.parties[i].inferred; k++) {
            double s = dgi_party_like(&m->party[i], &ro->b[k]);
            best = s >= sc->party_sure && s > best ? s : best;
        }
    return best;
}

/* "The two presidents agreed on a truce. Yemen demanded that ...": what names neither whose question it is nor that there is one
 * answers none that is told only afterwards. */
static bool before_question(const struct apply *p, const struct reply *r, const struct matter *m)
{
    const struct dgi_event *ev = &p->doc->events[r->e];
    return r->question == ev && dgi_here(p->b, &m->f.first) && m->it.n_history > m->from &&
           m->it.history[m->from].ev_start > ev->ev_start;
}

/* How well m is what is answered: below 0 not at all. */
static double answers(struct apply *p, const struct reply *r, struct matter *m, bool lone)
{
    const struct scale *sc = &p->b->rules->scale;
    double pa = dgi_side(m, 0, r->ro.a, r->ro.n_a), pb = dgi_side(m, 1, r->ro.b, r->ro.n_b);
    uint8_t cur = m->f.cur.status;
    bool answer = r->rule->action == DO_ANSWER;
    if (answer && pb < 0) /* "turned down arbitration": he to whom the document's other matters let it be put */
        pb = guessed_side(m, &r->ro);
    /* "agreed to share power" accepts nothing of which no word is known */
    if (answer && r->rule->to == DGI_IS_ACCEPTED && pa < 0 && !m->it.n_keys && r->keys.n)
        return -1;
    /* what is agreed to before it is asked for is something else, but for "accepted the demand that ..." */
    if (answer && r->rule->to == DGI_IS_ACCEPTED && r->question == &p->doc->events[r->e] && !r->bare &&
        dgi_here(p->b, &m->f.first) && m->it.history[0].ev_start > p->doc->events[r->e].ev_start)
        return -1;
    if (!answer && pa < 0 && lone && dgi_status_waits(cur) && dgi_doc_about(p, m) &&
        (int64_t)p->b->reported - m->f.last.reported <= sc->answer_behind &&
        (dgi_keys_overlap(&m->it, &r->keys) >= sc->deed_words || names_it(m, &p->doc->events[r->e]) ||
         (r->bare && !r->it)))
        return sc->answer_bare;
    if (answer && pa < 0 && pb >= sc->party_sure && lone && !r->question->n_content && !r->keys.n &&
        yields_not(m, &p->doc->events[r->e]) && (int64_t)p->b->reported - m->f.last.reported <= sc->answer_behind)
        return sc->answer_bare;
    if (answer && (pa < 0 || (r->rule->to == DGI_IS_REJECTED && pa >= sc->party_likely)) && pb >= sc->party_sure &&
        lone && (r->rule->to == DGI_IS_ACCEPTED || r->rule->to == DGI_IS_REJECTED) && /* "refused to pull out" */
        grants_it(p, r, m) && (int64_t)p->b->reported - m->f.last.reported <= sc->answer_behind)
        return sc->answer_bare;
    if (cur == DGI_IS_NONE || (!answer && pa < sc->party_likely))
        return -1;
    if (answer && (pb == 0 || (pb > 0 && pb < sc->party_likely) || (pa >= 0 && pa < sc->party_likely)))
        return -1;
    if (answer && pa < 0 && before_question(p, r, m))
        return -1;
    if (bare_answer(p, r, m, lone, pb))
        return sc->answer_bare + (pb > 0 ? sc->answer_party * pb : 0) +
               (dgi_here(p->b, &m->f.last) ? sc->answer_here : 0);
    const struct dgi_event *ev = &p->doc->events[r->e];
    const struct keyset nothing = {{0}, 0};
    double c = dgi_same_content(&m->it, p->doc, r->question, r->bare ? &nothing : &r->keys);
    /* nobody says whose it was: told elsewhere only of late, and in words that it shares */
    if (answer && pa < 0 && !dgi_here(p->b, &m->f.last) &&
        ((int64_t)p->b->reported - m->f.last.reported >
             (lone && pb >= sc->party_sure && mentions(p, m) ? sc->reach_one : sc->answer_behind) ||
         dgi_keys_overlap(&m->it, &r->keys) <= 0))
        return -1;
    /* neither side is named: only another party's plain words about the very thing answer it, or nobody's about the only one */
    bool of_late = !ev->n_source && lone && dgi_doc_about(p, m) &&
                   (int64_t)p->b->reported - m->f.last.reported <= sc->answer_behind_nobody;
    if (answer && pa < 0 && pb < 0 && !(of_late && c >= sc->content_plain) &&
        (c < sc->content_plain || !mentions(p, m) || !ev->n_source ||
         dgi_side(m, 0, p->side[r->e].source, ev->n_source) >= sc->party_likely))
        return -1;
    /* with the other side unnamed the words must tell; with both named a bare "the demand" will do */
    double need = pa < 0                      ? sc->answer_no_issuer
                  : pb < 0                    ? sc->answer_no_addressee
                  : r->keys.n && m->it.n_keys ? sc->answer_least_words
                                              : sc->answer_least;
    if (!answer && lone && (r->bare || dgi_keys_overlap(&m->it, &r->keys) > 0 || pb >= sc->party_likely))
        need = 0; /* the one that its issuer has standing */
    bool here = dgi_here(p->b, &m->f.last);
    if (pa < 0 && here && c >= sc->answer_no_issuer_here)
        need = sc->answer_no_issuer_here;
    if (answer && pa < 0 && lone && pb >= sc->party_sure && dgi_keys_overlap(&m->it, &r->keys) > 0)
        need = sc->answer_least; /* the only one that waits for him, and a word of it */
    if (r->plural && pa >= sc->party_likely && (pb < 0 || pb >= sc->party_likely))
        c = c > need ? c : need;
    if (c < need)
        return -1;
    bool open = dgi_status_waits(cur);
    if (answer && !open && !here && !r->keys.n && !r->question->n_content &&
        !r->plural) /* "declined": not what is settled */
        return -1;
    double s = c + sc->answer_party * (pa > 0 ? pa : 0) + sc->answer_party * (pb > 0 ? pb : 0) +
               (open ? sc->answer_open : 0) + (here ? sc->answer_here : 0);
    if (r->plural && s < sc->answer_named && pa >= sc->party_likely && (open || r->rule->to == DGI_IS_WITHDRAWN)) {
        struct hit one = {m, s, r->rule};
        settle(p, r->e, &one);
    }
    return s;
}

/* Where one of the words begins in the text, or its length. */
static size_t words_at(const struct apply *p, enum words_of which, dg_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (dgi_ends_with_words(p->b->rules, which, dgi_str_sub(text, 0, i + 1)))
            return i + 1 - dgi_ends_with_words(p->b->rules, which, dgi_str_sub(text, 0, i + 1));
    return text.len;
}

/* The words of the question alone: where and how it was answered does not tell which one was. */
static void keys_of_question(const struct apply *p, const struct dgi_event *ev, const struct dgi_event *answer,
                             struct keyset *k)
{
    enum { LIKE = 4 }; /* letters by which a word is known in another form */
    char buf[512];
    size_t n = 0;
    dg_str rest = ev->keys, w, asked = answer->content_text;
    size_t as = words_at(p, WORDS_AS, asked); /* "dismissed the demand [as an insult]" */
    asked = as < asked.len ? dgi_str_sub(asked, 0, as) : asked;
    while (dgi_str_next(&rest, ' ', &w) && n + w.len + 1 < sizeof buf)
        if (!asked.len || holds(asked, dgi_str_sub(w, 0, w.len < LIKE ? w.len : LIKE))) {
            memcpy(buf + n, w.ptr, w.len);
            n += w.len;
            buf[n++] = ' ';
        }
    dgi_keys_of(k, p->b->rules, dgi_strn(buf, n), ev);
}

/* "Quito refused", "Lima backed down": the answer and nothing more. */
static bool says_nothing(const struct apply *p, const struct dgi_event *ev)
{
    if (ev->n_content == 1 && dgi_yields_only(&p->doc->events[ev->content[0]])) /* "refuses to budge" */
        return ev->n_source && !ev->n_target;
    return ev->n_source && !ev->n_target && !ev->n_content && !ev->content_text.len;
}

/* Is the event an answer to, or a withdrawal of, something of this kind? */
static bool reply_of(struct apply *p, uint32_t e, uint8_t kind, struct reply *r)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[e];
    const struct rule *u = dgi_rule_for(p->b->rules, kind, p->doc, ev);
    if (!u || (u->action != DO_ANSWER && u->action != DO_OWN))
        return false;
    bool offerish = dgi_has_words(p->b->rules, WORDS_OFFER, ev->keys),
         demandish = dgi_has_words(p->b->rules, WORDS_DEMAND, ev->keys);
    if (ev->negated && dgi_has_words(p->b->rules, WORDS_OFFER, ev->lemma)) /* "has no plan to reopen it" */
        offerish = false;
    if (u->action == DO_ANSWER &&
        ((kind == DGI_IT_DEMAND && offerish && !demandish) || (kind == DGI_IT_OFFER && demandish && !offerish)))
        return false;
    const struct sides *s = &p->side[e];
    const struct dgi_event *q = question_of(p, ev);
    r->e = e;
    r->rule = u;
    r->question = q ? q : ev;
    struct keyset named; /* which demand it is tells the noun; where it was rejected does not */
    if (q)
        keys_of_question(p, q, ev, &named);
    else
        keys_of_question(p, ev, ev, &named);
    if (!ev->cameo[0] && !ev->content_text.len && !ev->n_content) /* of a step's words those of its content tell */
        named.n = 0;
    r->it = !q && dgi_has_words(p->b->rules, WORDS_IT, ev->content_text);
    r->bare = !named.n && !has_deed(p, r->question) &&
              (q || r->it || says_nothing(p, ev) || dgi_has_words(p->b->rules, WORDS_QUESTION, ev->keys));
    r->ro = u->action == DO_OWN ? (struct roles){s->source, s->target, ev->n_source, ev->n_target, false, false}
                                : (struct roles){s->target, s->source, ev->n_target, ev->n_source, false, false};
    if (u->action == DO_ANSWER && answered_by_nobody(p, e))
        r->ro.n_b = 0;
    if (u->action == DO_OWN && !ev->n_source && !ev->n_target && ev->n_claimed_by && !ev->cameo[0])
        r->ro.a = s->claimed, r->ro.n_a = ev->n_claimed_by;          /* "the offer is off the table, Lome said" */
    if (u->action == DO_ANSWER && !ev->n_target && q && q->n_source) /* "the Tanzanian demand was rejected" */
        r->ro.a = p->side[q - p->doc->events].source, r->ro.n_a = q->n_source;
    if (u->action == DO_ANSWER && !q && ev->n_target && (targets_are_of_content(p, ev) || will_not_do_it_to(ev)))
        r->ro.n_a = 0; /* "ruled out handing over the general": it is the deed that has him */
    if (u->action == DO_ANSWER && r->ro.n_a == 1 && r->ro.n_b == 1 &&
        dgi_party_like(&r->ro.a[0], &r->ro.b[0]) >= sc->party_sure)
        r->ro.n_a = 0; /* nobody answers himself: "refused to hand over its leaders" */
    return true;
}

/* For looking only: the other side that the document gives to the one who answers or takes back, so that a matter of years ago between
 * the two is found. */
static struct roles with_counterpart(struct apply *p, uint32_t e, const struct roles *ro)
{
    struct roles look = *ro;
    const struct party *us = ro->n_a ? ro->a : ro->b, *other = NULL;
    uint32_t n_us = ro->n_a ? ro->n_a : ro->n_b;
    if (n_us && (!ro->n_a || !ro->n_b) && !(other = dgi_beside(p, e, us, n_us)))
        other = dgi_counterpart(p, us, n_us);
    if (other && ro->n_a)
        look.b = other, look.n_b = 1;
    else if (other)
        look.a = other, look.n_a = 1;
    return look;
}

/* Has an event of the same words answered already ("refused" is both an event and a step)? */
static bool answered_by_event(const struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    if (ev->cameo[0])
        return false;
    const uint32_t n = p->doc->n_coded;
    for (uint32_t i = dgi_first_of(p->doc, 0, n, ev->sentence); i < n && p->doc->events[i].sentence == ev->sentence;
         i++)
        if (p->side[i].answered && p->doc->events[i].trig_start < ev->trig_end &&
            ev->trig_start < p->doc->events[i].trig_end)
            return true;
    return false;
}

void dgi_answer_pass(struct apply *p, uint32_t e)
{
    const struct scale *sc = &p->b->rules->scale;
    const struct dgi_event *ev = &p->doc->events[e];
    struct hit best = {NULL, 0, NULL};
    struct reply r = {.plural = plural_matter(p, ev)};
    if (answered_by_event(p, e))
        return;
    dgi_keys_of(&r.keys, p->b->rules, ev->keys, ev);
    for (uint8_t kind = DGI_IT_DEMAND; kind <= DGI_IT_COMMITMENT && !p->failed; kind++) {
        if (!reply_of(p, e, kind, &r))
            continue;
        /* the matter is named as the content of the answer */
        for (uint32_t i = 0; i < ev->n_content && kind <= DGI_IT_OFFER; i++) {
            struct matter *m = p->of[2 * ev->content[i] + kind];
            if (m && best.score < sc->answer_named)
                best = (struct hit){m, sc->answer_named, r.rule};
        }
        struct roles look = with_counterpart(p, e, &r.ro);
        dgi_candidates(p->cands, p->b, kind, &look);
        keep_likely(p, &r);
        uint32_t waiting = 0, to_one = 0; /* all, and those that are put to somebody */
        for (uint32_t i = 0; i < p->cands->n && (r.bare || r.rule->action == DO_OWN || !r.ro.n_a); i++)
            if (dgi_status_waits(p->cands->item[i]->f.cur.status))
                waiting++, to_one += dgi_side_count(p->cands->item[i], 1) > 0;
        for (uint32_t i = 0; i < p->cands->n && !p->failed; i++) {
            bool lone = waiting == 1 ||
                        (r.rule->action == DO_ANSWER && to_one == 1 && dgi_side_count(p->cands->item[i], 1) > 0);
            double s = answers(p, &r, p->cands->item[i], lone);
            dgi_consider(p->b, p->cands->item[i], ev->id, s, true);
            if (s > best.score + SCORE_TIE)
                best = (struct hit){p->cands->item[i], s, r.rule};
        }
    }
    if (best.m)
        settle(p, e, &best);
}

/* ---- outcomes ---- */
static bool wrote_in(const struct sides *s, const struct matter *m)
{
    for (uint32_t i = 0; i < s->n_wrote; i++)
        if (s->wrote[i] == m)
            return true;
    return false;
}

/* Of the candidates those that the event may move, newest first. */
static void keep_moved(struct apply *p, struct happened *h)
{
    uint32_t n = 0;
    h->fresh = true; /* what the event does as a mere mention it does as news */
    for (uint32_t c = 0; c < p->cands->n; c++) {
        struct outcome o;
        if (dgi_outcome_of(p->b, p->cands->item[c], h, &o))
            p->cands->item[n++] = p->cands->item[c];
    }
    p->cands->n = n;
    dgi_newest_first(p->cands);
}

/* "Will leave only when Rwanda has disarmed the rebels": the deed that a step of this sentence demands is none yet. */
static bool asked_here(const struct apply *p, const struct dgi_event *ev, const struct matter *m)
{
    const uint32_t n = p->doc->n_events;
    for (uint32_t i = dgi_first_of(p->doc, p->doc->n_coded, n, ev->sentence);
         i < n && p->doc->events[i].sentence == ev->sentence; i++)
        if (p->doc->events[i].trig_start < ev->trig_end && ev->trig_start < p->doc->events[i].trig_end &&
            wrote_in(&p->side[i], m))
            return true;
    const struct sides *s = &p->side[ev - p->doc->events];
    for (uint32_t i = s->first; i <= s->last; i++) /* "called for the release of all": a noun tells like a deed */
        if (dgi_asks_release(&p->doc->events[i], ev) && wrote_in(&p->side[i], m))
            return true;
    return false;
}

void dgi_outcome_pass(struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    static const uint8_t kinds[] = {DGI_IT_DEMAND, DGI_IT_THREAT, DGI_IT_COMMITMENT, DGI_IT_MEETING, DGI_IT_AGREEMENT};
    if ((ev->status != DGI_ST_ACTUAL && ev->status != DGI_ST_FUTURE &&
         !(ev->status == DGI_ST_HISTORICAL && ev->date_from_text)) ||
        (!ev->n_source && !ev->n_target && !(ev->cameo[0] && ev->keys.len)))
        return;
    if (ev->status == DGI_ST_FUTURE && !ev->negated && ev->content_of != DGI_NONE &&
        p->doc->events[ev->content_of].negated) /* "has no plans to withdraw": nothing comes of it */
        return;
    const struct sides *s = &p->side[e];
    struct happened h = {.ev = ev, .source = s->source, .target = s->target, .day = dgi_ev_day(ev, p->doc->reported)};
    struct keyset beside;
    dgi_keys_of(&beside, p->b->rules, ev->keys, NULL);
    dgi_keys_of_deed(&h.keys, p->b->rules, ev);
    h.says_which = beside.n > 0;
    h.nobody = !ev->n_source;
    for (uint32_t i = 0; i < ev->n_target; i++)
        h.nobody = h.nobody && s->target[i].anyone;
    for (size_t i = 0; i < sizeof kinds && !p->failed; i++) {
        struct roles ro = {s->source, s->target, ev->n_source, h.nobody ? 0 : ev->n_target, false, false};
        dgi_candidates(p->cands, p->b, kinds[i], &ro);
        keep_moved(p, &h);
        for (uint32_t c = 0; c < p->cands->n && !p->failed; c++) {
            struct matter *m = p->cands->item[c];
            const struct told *cur = &m->f.cur;
            struct outcome o;
            /* the event that opened or reported it is no outcome of it, nor is what the same words only speak of */
            if (wrote_in(s, m) || asked_here(p, ev, m) ||
                (ev->content_of != DGI_NONE && wrote_in(&p->side[ev->content_of], m)))
                continue;
            h.fresh = p->fresh[e];
            if (!dgi_outcome_of(p->b, m, &h, &o))
                continue;
            if (o.status != DGI_IS_NONE &&
                (h.day < cur->date || dgi_step_back(p->b->rules, m->it.kind, cur->status, o.status, h.day > cur->date)))
                continue;
            dgi_add_line(p, m, ev, o.status, h.day, o.effect == DGI_EFF_DUE, DGI_S("outcome"), false);
        }
    }
}
