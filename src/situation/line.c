/* SPDX-License-Identifier: Apache-2.0 */
/* situation/line.c: what a document writes in an item: a line of its history, a party, a content.
 *
 * Reads   one event
 * Writes  struct matter; the caller's notes
 *
 * Within an item the day of a change decides what its status is, not the order in which reports come: a background
 * paragraph about 2014 does not undo what happened last week. */
#include <stdio.h>

#include "situation/apply.h"

dg_str dgi_keep(struct apply *p, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(p->b->a, s) : (dg_str){"", 0};
    if (!c.ptr)
        p->failed = true;
    return c.ptr ? c : (dg_str){"", 0};
}

void dgi_keep_actor(struct apply *p, struct dgi_ev_actor *out, const struct dgi_ev_actor *in)
{
    *out = *in;
    out->id = dgi_keep(p, in->id);
    out->name = dgi_keep(p, in->name);
    out->cameo = dgi_keep(p, in->cameo);
    out->sectors = dgi_keep(p, in->sectors);
}

static const struct dgi_ev_place *keep_place(struct apply *p, const struct dgi_ev_place *in)
{
    if (!in)
        return NULL;
    struct dgi_ev_place *out = dgi_arena_alloc(p->b->a, sizeof *out);
    if (!out) {
        p->failed = true;
        return NULL;
    }
    *out = *in;
    out->name = dgi_keep(p, in->name);
    out->admin1 = dgi_keep(p, in->admin1);
    out->from = DGI_N_PLACE_FROM; /* that is the event's; an item's place may come from several */
    return out;
}

/* ---- lines ---- */
static void note(struct apply *p, struct matter *m, bool opened)
{
    if (!p->notes)
        return;
    struct dgi_sit_note *n = DGI_PUSH(p->na, p->notes->notes, p->notes->n, p->notes->cap);
    if (!n) {
        p->failed = true;
        return;
    }
    n->item = &m->it;
    n->change = m->it.n_history - 1;
    n->opened = opened;
}

static void keep_claims(struct apply *p, struct dgi_sit_change *c, const struct dgi_event *ev)
{
    if (!ev->n_claimed_by)
        return;
    struct dgi_ev_actor *who = dgi_arena_array(p->b->a, ev->n_claimed_by, sizeof *who);
    for (uint32_t i = 0; who && i < ev->n_claimed_by; i++)
        dgi_keep_actor(p, &who[i], &ev->claimed_by[i]);
    c->claimed_by = who;
    c->n_claimed_by = who ? ev->n_claimed_by : 0;
    p->failed |= !who;
}

static void keep_quantities(struct apply *p, const struct dgi_sit_item *it, struct dgi_sit_change *c,
                            const struct dgi_event *ev)
{
    uint32_t n = 0;
    struct dgi_ev_quantity *q = ev->n_quantities ? dgi_arena_array(p->b->a, ev->n_quantities, sizeof *q) : NULL;
    p->failed |= ev->n_quantities && !q;
    for (uint32_t i = 0; q && i < ev->n_quantities; i++) {
        bool hurt = it->sub == DGI_Q_DEATHS && n && ev->quantities[i].kind == DGI_Q_INJURED; /* behind the dead */
        if (it->kind == DGI_IT_TOLL && ev->quantities[i].kind != it->sub && !hurt)
            continue;
        q[n] = ev->quantities[i];
        q[n].unit = dgi_keep(p, q[n].unit);
        q[n].noun = dgi_keep(p, q[n].noun);
        n++;
    }
    c->quantities = q;
    c->n_quantities = n;
}

void dgi_event_wrote(struct apply *p, const struct dgi_event *ev, struct matter *m)
{
    if (ev < p->doc->events || ev >= p->doc->events + p->doc->n_events)
        return;
    struct sides *s = &p->side[ev - p->doc->events];
    for (uint32_t i = 0; i < s->n_wrote; i++)
        if (s->wrote[i] == m)
            return;
    struct matter **w = DGI_PUSH(p->tmp, s->wrote, s->n_wrote, s->cap_wrote);
    if (w)
        *w = m;
    else
        p->failed = true;
}

/* The event that says how much: "promised [to send 40 teachers]". */
static const struct dgi_event *counts(const struct apply *p, const struct dgi_sit_item *it, const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_content && it->kind <= DGI_IT_COMMITMENT && !ev->n_quantities; i++)
        if (p->doc->events[ev->content[i]].n_quantities)
            return &p->doc->events[ev->content[i]];
    return ev;
}

/* Where what is demanded, threatened or promised would be. */
static const struct dgi_ev_place *place_of_content(const struct apply *p, const struct dgi_sit_item *it,
                                                   const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_content && it->kind <= DGI_IT_COMMITMENT; i++)
        if (p->doc->events[ev->content[i]].place)
            return p->doc->events[ev->content[i]].place;
    return NULL;
}

/* Whose word it is: of nobody but those whose matter it is, or of whom the line before has it from. */
static bool claims_known(const struct dgi_sit_item *it, const struct dgi_sit_change *l, const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_claimed_by; i++) {
        bool known = false;
        for (uint32_t k = 0; k < it->n_parties && !known; k++)
            known = dgi_str_eq(it->parties[k].actor.id, ev->claimed_by[i].id);
        for (uint32_t k = 0; k < l->n_claimed_by && !known; k++)
            known = dgi_str_eq(l->claimed_by[k].id, ev->claimed_by[i].id);
        if (!known)
            return false;
    }
    return true;
}

/* Is ev what the event of line l demands, threatens or says? */
static bool is_content(const struct apply *p, const struct dgi_sit_change *l, const struct dgi_event *ev)
{
    if (ev < p->doc->events || ev >= p->doc->events + p->doc->n_events)
        return false;
    uint32_t e = (uint32_t)(ev - p->doc->events);
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++)
        for (uint32_t k = 0; k < p->doc->events[i].n_content; k++)
            if (p->doc->events[i].content[k] == e && dgi_str_eq(p->doc->events[i].id, l->event))
                return true;
    return false;
}

/* "Warned Chile that it would impose an embargo": the warning and the embargo tell one matter in one sentence, and the second of them
 * tells nothing more. */
static bool tells_the_same(const struct apply *p, const struct dgi_sit_item *it, const struct dgi_sit_change *l,
                           const struct dgi_event *ev, uint8_t status, bool due)
{
    if ((l->status != status && status != DGI_IS_NONE) || l->due != due)
        return false;
    if (dgi_str_eq(l->event, ev->id))
        return true;
    return l->ev_start == ev->ev_start && is_content(p, l, ev) && !counts(p, it, ev)->n_quantities &&
           ev->deadline.start == DGI_NO_DAY && !ev->date_from_text && !ev->place && claims_known(it, l, ev);
}

void dgi_add_line(struct apply *p, struct matter *m, const struct dgi_event *ev, uint8_t status, int32_t day, bool due,
                  dg_str rule, bool opened)
{
    struct dgi_sit_item *it = &m->it;
    bool first = m->doc != p->b->doc || it->n_history == m->from; /* of this document */
    if (!opened && !first) {
        const struct dgi_sit_change *l = &it->history[it->n_history - 1];
        if (tells_the_same(p, it, l, ev, status, due)) {
            dgi_event_wrote(p, ev, m);
            return;
        }
    }
    dgi_board_wrote(p->b, m);
    struct dgi_sit_change *c = DGI_PUSH(p->b->a, it->history, it->n_history, it->cap_history);
    if (status != DGI_IS_NONE && ev >= p->doc->events && ev < p->doc->events + p->doc->n_events)
        p->fresh[ev - p->doc->events] = true;
    if (!c) {
        p->failed = true;
        return;
    }
    c->date = day;
    c->reported = p->doc->reported;
    c->status = status;
    c->due = due;
    c->event = dgi_keep(p, ev->id);
    c->document = first ? dgi_keep(p, p->doc->id) : it->history[it->n_history - 2].document;
    c->rule = rule;
    c->ev_start = ev->ev_start;
    c->ev_end = ev->ev_end;
    c->trig_start = ev->trig_start;
    c->trig_end = ev->trig_end;
    if (p->seen_text.ptr != ev->ev_text.ptr || p->seen_text.len != ev->ev_text.len) {
        p->kept_text = dgi_keep(p, ev->ev_text);
        p->seen_text = ev->ev_text;
    }
    c->ev_text = p->kept_text;
    c->deadline.start = c->deadline.end = c->when.start = c->when.end = DGI_NO_DAY;
    c->place = keep_place(p, ev->place ? ev->place : place_of_content(p, it, ev));
    if (ev->deadline.start != DGI_NO_DAY)
        c->deadline = ev->deadline;
    if (ev->date_from_text && ev->date.start != DGI_NO_DAY)
        c->when = ev->date;
    keep_claims(p, c, ev);
    keep_quantities(p, it, c, counts(p, it, ev));
    dgi_fold_line(&m->f, c, first, p->b->doc);
    dgi_event_wrote(p, ev, m);
    dgi_board_marks(p->b, m);
    dgi_note_fighting(p, m);
    note(p, m, opened);
}

uint32_t dgi_side_count(const struct matter *m, int side)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        n += m->it.parties[i].side == side;
    return n;
}

/* The fighting that this document is about: the latest matter of two parties that it reported most. */
void dgi_note_fighting(struct apply *p, struct matter *m)
{
    if (m->it.kind != DGI_IT_HOSTILITY || m->doc != p->b->doc || !dgi_side_count(m, 0) || !dgi_side_count(m, 1))
        return;
    uint32_t n = m->it.n_history - m->from;
    if (n > p->n_fighting || (n == p->n_fighting && p->fighting && dgi_key_cmp(m->it.key, p->fighting->it.key) > 0))
        p->fighting = m, p->n_fighting = n;
}

/* ---- parties ---- */
static void parties_changed(struct apply *p, struct matter *m)
{
    m->reshaped = m->remark = true;
    p->failed |= !dgi_matter_parties(m, p->b->rules, p->b->a);
}

static void add_parties(struct apply *p, struct matter *m, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    for (int side = 0; side < 2; side++) {
        const struct party *l = side ? ro->b : ro->a;
        uint32_t n = side ? ro->n_b : ro->n_a;
        for (uint32_t i = 0; i < n && m->it.n_parties < MOST_PARTIES && !p->failed; i++) {
            bool there = false;
            for (uint32_t k = 0; k < m->it.n_parties && !there; k++)
                there = dgi_party_like(&m->party[k], &l[i]) >= sc->party_sure;
            if (there || (!l[i].actor->id.len && !l[i].actor->name.len))
                continue;
            dgi_board_wrote(p->b, m);
            struct dgi_sit_party_ref *r = DGI_PUSH(p->b->a, m->it.parties, m->it.n_parties, m->it.cap_parties);
            if (!r) {
                p->failed = true;
                return;
            }
            *r = (struct dgi_sit_party_ref){.role = p->b->rules->kinds[m->it.kind].role[side],
                                            .side = (uint8_t)side,
                                            .inferred = side && ro->guessed};
            dgi_keep_actor(p, &r->actor, l[i].actor);
            parties_changed(p, m);
        }
    }
}

/* "Four Arab states", then which: the name takes the place of the way of speaking. */
static void name_loose(struct apply *p, struct matter *m, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    for (uint32_t k = 0; k < m->it.n_parties; k++) {
        const struct party *l = m->it.parties[k].side ? ro->b : ro->a;
        uint32_t n = m->it.parties[k].side ? ro->n_b : ro->n_a;
        if (!dgi_bloc_loose(p->b->rules, &m->party[k]))
            continue;
        for (uint32_t i = 0; i < n; i++)
            if (dgi_party_like(&m->party[k], &l[i]) > sc->party_likely && !dgi_bloc_loose(p->b->rules, &l[i])) {
                dgi_board_wrote(p->b, m);
                dgi_keep_actor(p, &m->it.parties[k].actor, l[i].actor);
                parties_changed(p, m);
                break;
            }
    }
}

static void drop_inferred(struct apply *p, struct matter *m)
{
    uint32_t n = 0, had = m->it.n_parties;
    for (uint32_t k = 0; k < had; k++)
        n += !m->it.parties[k].inferred;
    if (n == had)
        return;
    dgi_board_wrote(p->b, m);
    n = 0;
    for (uint32_t k = 0; k < had; k++)
        if (!m->it.parties[k].inferred)
            m->it.parties[n++] = m->it.parties[k];
    m->it.n_parties = n;
    parties_changed(p, m);
}

/* A report that names more parties than were known adds them, when the item had none on that side or shares one. */
void dgi_learn_parties(struct apply *p, struct matter *m, const struct roles *ro)
{
    const struct scale *sc = &p->b->rules->scale;
    if (dgi_here(p->b, &m->f.first))
        name_loose(p, m, ro);
    if (m->it.kind == DGI_IT_CONTROL && m->f.cur.status == DGI_IS_RETURNED) { /* to whom */
        struct roles to = {NULL, ro->b, 0, ro->n_b, false, false};
        add_parties(p, m, &to);
        dgi_board_marks(p->b, m);
    }
    if (m->it.kind == DGI_IT_RELATION || m->it.kind == DGI_IT_CONTROL || m->it.kind == DGI_IT_TOLL)
        return;
    if (ro->n_b && !ro->guessed) /* now it is said */
        drop_inferred(p, m);
    struct roles turned = {ro->b, ro->a, ro->n_b, ro->n_a, true, false};
    if (ro->symmetric && m->it.kind == DGI_IT_HOSTILITY && dgi_side(m, 0, ro->a, ro->n_a) < sc->party_likely &&
        (dgi_side(m, 0, ro->b, ro->n_b) >= sc->party_likely || dgi_side(m, 1, ro->a, ro->n_a) >= sc->party_likely))
        ro = &turned;
    bool has[2] = {false, false}, meet = m->it.kind == DGI_IT_MEETING;
    for (uint32_t k = 0; k < m->it.n_parties; k++) /* "officials": whose is not known until they are named */
        has[m->it.parties[k].side] |= !m->party[k].anyone;
    struct roles add = {ro->a, ro->b, has[0] && !meet ? 0 : ro->n_a, has[1] && !meet ? 0 : ro->n_b, false, ro->guessed};
    add_parties(p, m, &add);
    dgi_board_marks(p->b, m);
    dgi_note_fighting(p, m);
}

void dgi_learn_claimants(struct apply *p, struct matter *m, const struct party *who, uint32_t n)
{
    struct roles add = {NULL, who, 0, n, false, false};
    add_parties(p, m, &add);
    dgi_board_marks(p->b, m);
}

/* ---- content ---- */
void dgi_learn_condition(struct apply *p, struct matter *m, const struct dgi_event *ev)
{
    struct dgi_sit_item *it = &m->it;
    const struct dgi_event *evs = p->doc->events;
    dgi_board_wrote(p->b, m);
    m->reshaped = true;
    it->condition = dgi_keep(p, ev->condition_text);
    for (uint32_t i = 0; i < ev->n_condition && it->n_cond_codes < 4; i++) {
        const struct dgi_event *c = &evs[ev->condition[i]];
        memcpy(it->cond_codes[it->n_cond_codes++], c->cameo, 5);
        it->cond_negated |= c->negated;
        if (c->n_source && !it->cond_actor.id.len)
            dgi_keep_actor(p, &it->cond_actor, &c->source[0]);
    }
    /* "unless they withdraw", "if he fails to withdraw": the condition is that something does not happen */
    if (dgi_has_words(p->b->rules, WORDS_CONDITION_NOT, ev->condition_text))
        it->cond_negated = true;
    p->failed |= !dgi_matter_parties(m, p->b->rules, p->b->a);
}

/* "X demanded A and accused Z of B": what the same mouth goes on to say is no part of A. */
static dg_str cut_next_act(const struct apply *p, const struct dgi_event *ev, dg_str text)
{
    const struct scale *sc = &p->b->rules->scale;
    uint32_t e = (uint32_t)(ev - p->doc->events);
    if (ev < p->doc->events || e >= p->doc->n_events)
        return text;
    for (uint32_t i = p->side[e].first; i <= p->side[e].last; i++) {
        const struct dgi_event *n = &p->doc->events[i];
        size_t at;
        bool inside = n->content_of != DGI_NONE &&
                      (n->content_of != e || n->status != DGI_ST_ACTUAL); /* what is demanded has not happened */
        if (i == e || inside || n->condition_of != DGI_NONE || n->trig_start <= ev->trig_end || !n->cameo[0] ||
            !n->n_source || !ev->n_source ||
            dgi_party_like(&p->side[i].source[0], &p->side[e].source[0]) < sc->party_sure || n->status != ev->status ||
            (at = dgi_str_find(text, n->trigger)) == SIZE_MAX)
            continue;
        size_t w = dgi_ends_with_words(p->b->rules, WORDS_AND, dgi_str_sub(text, 0, at));
        if (w && w < at)
            text = dgi_str_sub(text, 0, at - w);
    }
    return text;
}

/* Says the content nothing but who is concerned ("Chile", "it")? */
static bool names_only(const struct apply *p, const struct dgi_event *ev, dg_str text)
{
    if (dgi_has_words(p->b->rules, WORDS_IT, text))
        return true;
    for (uint32_t i = 0; i < ev->n_target; i++)
        if (dgi_str_ieq(text, ev->target[i].name))
            return true;
    for (uint32_t i = 0; i < ev->n_source; i++)
        if (dgi_str_ieq(text, ev->source[i].name))
            return true;
    return false;
}

/* "[Not recognise] the new king", "[never give up] its claim": what is refused is told with its verb. */
static dg_str with_verb(const struct dgi_event *ev, dg_str text)
{
    size_t at = ev->trigger.len ? dgi_str_find(ev->ev_text, ev->trigger) : SIZE_MAX;
    if (dgi_code_group(ev->cameo) != 12 || at == SIZE_MAX || !text.len)
        return text;
    size_t what = dgi_str_find(dgi_str_sub(ev->ev_text, at, ev->ev_text.len), text);
    return what == SIZE_MAX ? text : dgi_str_sub(ev->ev_text, at, at + what + text.len);
}

/* "Vowed [never to] shell it again": the words before the content that turn it round, shown with it. */
static dg_str with_never(const struct apply *p, const struct dgi_event *ev, dg_str text, bool *never)
{
    size_t at = text.len ? dgi_str_find(ev->ev_text, text) : SIZE_MAX;
    size_t n =
        at == SIZE_MAX ? 0 : dgi_ends_with_words(p->b->rules, WORDS_CONTENT_NEVER, dgi_str_sub(ev->ev_text, 0, at));
    *never = n > 0;
    return n ? dgi_str_sub(ev->ev_text, at - n, at + text.len) : text;
}

void dgi_learn_content(struct apply *p, struct matter *m, const struct dgi_event *ev, const struct keyset *k)
{
    struct dgi_sit_item *it = &m->it;
    const struct dgi_event *evs = p->doc->events;
    dg_str text = ev->content_text.len ? ev->content_text : ev->about.len ? ev->about : ev->trigger;
    for (size_t lead; (lead = dgi_has_words(p->b->rules, WORDS_CONTENT_LEAD, text)) > 0;)
        text = dgi_str_sub(text, lead, text.len);
    text = cut_next_act(p, ev, text);
    if (ev->about.len && (dgi_has_words(p->b->rules, WORDS_CONTENT_RELATIVE, text) || names_only(p, ev, text)))
        text = ev->about;
    bool never = false;
    if (it->kind == DGI_IT_COMMITMENT)
        text = with_never(p, ev, with_verb(ev, text), &never);
    it->content = dgi_keep(p, text);
    it->content_negated |= never;
    for (uint32_t i = 0; i < ev->n_content && it->n_codes < 4; i++) {
        memcpy(it->codes[it->n_codes++], evs[ev->content[i]].cameo, 5);
        it->content_negated |= evs[ev->content[i]].negated;
    }
    const char *deed = it->kind == DGI_IT_THREAT && !it->n_codes ? dgi_threatened_deed(p->b->rules, ev->cameo) : "";
    if (*deed)
        memcpy(it->codes[it->n_codes++], deed, strlen(deed) + 1);
    if (it->kind == DGI_IT_MEETING || it->kind == DGI_IT_SANCTION || it->kind == DGI_IT_AGREEMENT)
        if (!it->n_codes)
            memcpy(it->codes[it->n_codes++], ev->cameo, 5);
    dgi_learn_condition(p, m, ev);
    if (k->n) {
        it->keys = dgi_arena_array(p->b->a, k->n, sizeof *it->keys);
        p->failed |= !it->keys;
        if (it->keys)
            memcpy(it->keys, k->key, k->n * sizeof *it->keys);
        it->n_keys = it->keys ? k->n : 0;
    }
}

struct matter *dgi_new_item(struct apply *p, const struct dgi_event *ev, uint8_t kind, uint8_t sub,
                            const struct roles *ro, const struct keyset *k)
{
    struct matter *m = dgi_board_open(p->b);
    if (!m) {
        p->failed = true;
        return NULL;
    }
    m->it.kind = kind;
    m->it.sub = sub;
    m->it.cond_actor = (struct dgi_ev_actor){.id = {"", 0}, .name = {"", 0}, .cameo = {"", 0}, .sectors = {"", 0}};
    add_parties(p, m, ro);
    dgi_learn_content(p, m, ev, k);
    /* stable: from the opening evidence alone */
    char buf[64];
    uint64_t h = dgi_str_hash(p->doc->id) * 0x9E3779B97F4A7C15u ^ dgi_str_hash(ev->id);
    h = (h ^ (uint64_t)kind << 8 ^ sub) * 0xC2B2AE3D27D4EB4Fu;
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        h = (h ^ dgi_str_hash(m->it.parties[i].actor.id)) * 0x9E3779B97F4A7C15u;
    if (kind == DGI_IT_TOLL && ev->n_quantities) /* two numbers of one event are two matters */
        h = (h ^ ev->quantities[0].start) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    snprintf(buf, sizeof buf, "%s-%010llx", dgi_item_kind_name[kind], (unsigned long long)(h & 0xffffffffffull));
    m->it.id = dgi_keep(p, dgi_str(buf));
    p->failed |= !dgi_board_named(p->b, m);
    return m;
}
