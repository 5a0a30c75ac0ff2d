/* SPDX-License-Identifier: Apache-2.0 */
/* brief/collect.c: gathers what a report says, once for both formats.
 *
 * Reads   the board, statements, events and documents of a store
 * Writes  struct brief: items with numbered evidence, changes of the period, statements, marks for the timeline */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "brief/brief_int.h"

const char *const dgi_brief_plural[DGI_N_ITEM_KIND] = {
    "Demands",    "Offers",    "Threats", "Commitments", "Meetings",   "Deployments", "Sanctions",
    "Agreements", "Relations", "Control", "Hostilities", "Membership", "Tolls"};

const char *dgi_brief_status_words(uint8_t status)
{
    return status == DGI_IS_CARRIED_OUT ? "carried out"
           : status == DGI_IS_IN_PLACE  ? "in place"
           : status == DGI_IS_IN_FORCE  ? "in force"
                                        : dgi_item_status_name[status];
}

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

dg_str dgi_brief_day(const struct brief *b, int32_t day, bool year)
{
    int y, m, d;
    if (day == DGI_NO_DAY)
        return DGI_S("undated");
    dgi_day_split(day, &y, &m, &d);
    return year ? dgi_arena_printf(b->a, "%d %s %d", d, months[m - 1], y)
                : dgi_arena_printf(b->a, "%d %s", d, months[m - 1]);
}

dg_str dgi_brief_short_day(const struct brief *b, int32_t day)
{
    int y, m, d;
    if (day == DGI_NO_DAY)
        return DGI_S("undated");
    dgi_day_split(day, &y, &m, &d);
    return dgi_arena_printf(b->a, "%d %.3s", d, months[m - 1]);
}

static dg_str copy(struct brief *b, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(b->a, s) : (dg_str){"", 0};
    b->failed |= !c.ptr;
    return c.ptr ? c : (dg_str){"", 0};
}

static dg_str party_name(const struct dgi_ev_actor *a)
{
    if (a->name.len && !dgi_str_eq(a->name, a->id))
        return a->name;
    size_t colon = dgi_str_find(a->id, DGI_S(":"));
    return colon == SIZE_MAX ? a->id : dgi_str_sub(a->id, colon + 1, a->id.len);
}

dg_str dgi_brief_side(const struct brief *b, const struct dgi_sit_item *it, int side)
{
    dg_str out = {"", 0};
    uint32_t n = 0, total = 0;
    for (uint32_t i = 0; i < it->n_parties; i++)
        total += side < 0 || it->parties[i].side == side;
    for (uint32_t i = 0; i < it->n_parties && n < 4; i++) {
        if (side >= 0 && it->parties[i].side != side)
            continue;
        dg_str name = party_name(&it->parties[i].actor);
        if (n == 3 && total > 4) {
            out = dgi_arena_printf(b->a, "%.*s and %u others", (int)out.len, out.ptr, total - 3);
            break;
        }
        out = n ? dgi_arena_printf(b->a, "%.*s%s%.*s", (int)out.len, out.ptr, n + 1 == total ? " and " : ", ",
                                   (int)name.len, name.ptr)
                : name;
        n++;
    }
    return out.ptr ? out : (dg_str){"", 0};
}

dg_str dgi_brief_who(const struct brief *b, const struct dgi_sit_item *it)
{
    if (it->kind == DGI_IT_TOLL) {
        dg_str claim = dgi_brief_side(b, it, 0);
        return claim.len ? dgi_arena_printf(b->a, "according to %.*s", (int)claim.len, claim.ptr)
                         : dgi_brief_side(b, it, 1);
    }
    bool mutual = it->kind == DGI_IT_MEETING || it->kind == DGI_IT_AGREEMENT || it->kind == DGI_IT_RELATION ||
                  it->kind == DGI_IT_HOSTILITY;
    if (it->kind == DGI_IT_MEETING || it->kind == DGI_IT_AGREEMENT)
        return dgi_brief_side(b, it, -1);
    dg_str x = dgi_brief_side(b, it, 0), y = dgi_brief_side(b, it, 1);
    if (!x.len || !y.len)
        return x.len ? x : y;
    return dgi_arena_printf(b->a, "%.*s %s %.*s", (int)x.len, x.ptr, mutual ? "\xE2\x80\x93" : "\xE2\x86\x92",
                            (int)y.len, y.ptr);
}

dg_str dgi_brief_quantity(const struct brief *b, const struct dgi_ev_quantity *q)
{
    static const char *const words[] = {"troops", "killed", "injured", "displaced", "detained", "", "weapons", ""};
    char num[48], out[72];
    if (isnan(q->value) || fabs(q->value) > 1e15)
        return (dg_str){"", 0};
    int n = snprintf(num, sizeof num, q->value == floor(q->value) ? "%.0f" : "%.1f", q->value), k = 0;
    int whole = n - (q->value == floor(q->value) ? 0 : 2);
    for (int i = 0; i < n; i++) {
        if (i && i < whole && (whole - i) % 3 == 0 && num[i - 1] != '-')
            out[k++] = ',';
        out[k++] = num[i];
    }
    out[k] = 0;
    return dgi_arena_printf(b->a, "%s%s%s%s%s%.*s", q->approx ? "about " : "", out, *words[q->kind & 7] ? " " : "",
                            words[q->kind & 7], q->unit.len ? " " : "", (int)q->unit.len, q->unit.ptr);
}

void dgi_brief_highlight(const struct brief_note *n, size_t *from, size_t *to)
{
    size_t at = 0;
    uint32_t cp = n->start;
    *from = *to = 0;
    if (n->trig_end <= n->trig_start || n->trig_start < n->start)
        return;
    while (at < n->text.len && cp < n->trig_start)
        dgi_utf8_next(n->text, &at), cp++;
    *from = at;
    while (at < n->text.len && cp < n->trig_end)
        dgi_utf8_next(n->text, &at), cp++;
    *to = at;
}

/* ---- evidence ---- */
static uint32_t *note_slot(const struct brief *b, dg_str document, uint32_t start, uint32_t ts, uint32_t te)
{
    uint64_t h =
        dgi_str_hash(document) ^ (uint64_t)start * 0x9E3779B97F4A7C15u ^ (uint64_t)ts * 0xC2B2AE3D27D4EB4Fu ^ te;
    uint32_t mask = (1u << b->note_bits) - 1, i = (uint32_t)(h ^ h >> 32) & mask;
    for (;; i = (i + 1) & mask) {
        if (!b->note_index[i])
            return &b->note_index[i];
        const struct brief_note *n = &b->notes[b->note_index[i] - 1];
        if (n->start == start && n->trig_start == ts && n->trig_end == te && dgi_str_eq(n->document, document))
            return &b->note_index[i];
    }
}

static uint32_t evidence(struct brief *b, dg_str document, dg_str text, uint32_t start, uint32_t ts, uint32_t te)
{
    if (b->n_notes * 2 + 2 >= 1u << b->note_bits) {
        uint32_t bits = b->note_bits ? b->note_bits + 1 : 8,
                 *grown = dgi_arena_array(b->a, (size_t)1 << bits, sizeof *grown);
        if (!grown) {
            b->failed = true;
            return 0;
        }
        b->note_index = grown;
        b->note_bits = bits;
        for (uint32_t i = 0; i < b->n_notes; i++)
            *note_slot(b, b->notes[i].document, b->notes[i].start, b->notes[i].trig_start, b->notes[i].trig_end) =
                i + 1;
    }
    uint32_t *slot = note_slot(b, document, start, ts, te);
    if (*slot)
        return *slot;
    struct brief_note *n = DGI_PUSH(b->a, b->notes, b->n_notes, b->cap_notes);
    if (!n) {
        b->failed = true;
        return 0;
    }
    *n = (struct brief_note){copy(b, document), copy(b, text), start, ts, te};
    return *slot = b->n_notes;
}

/* ---- items ---- */
static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Of a long history the first line, those that changed the status or fell due, the newest, and no more than MOST_LINES; in
 * their order, at the front of both arrays. How many. */
static uint32_t telling(const struct dgi_sit_change **lines, uint8_t *status, uint32_t n)
{
    uint32_t kept = 0, turns = 0, room;
    for (uint32_t i = 1; i < n; i++)
        turns += status[i] != status[i - 1] || lines[i]->due;
    if (n <= MOST_LINES)
        return n;
    room = turns < MOST_LINES / 2 ? MOST_LINES - 1 - turns : MOST_LINES / 2; /* for the newest */
    uint32_t skip = turns > MOST_LINES / 2 ? turns - (MOST_LINES / 2 - 1) : 0;
    uint8_t before = 0;
    for (uint32_t i = 0; i < n && kept < MOST_LINES; i++) {
        bool turn = i && (status[i] != before || lines[i]->due);
        before = status[i];
        if (turn && skip && i + room < n) { /* the earliest of too many */
            skip--;
            continue;
        }
        if (!i || turn || i + room >= n) {
            lines[kept] = lines[i];
            status[kept++] = status[i];
        }
    }
    return kept;
}

static void add_item(struct brief *b, const struct dgi_sit_item *it, const struct dgi_item_state *st,
                     const struct dgi_sit_when *w)
{
    const struct dgi_sit_change **lines = malloc(it->n_history * sizeof *lines);
    uint8_t *status = malloc(it->n_history);
    struct brief_item *x = lines && status ? DGI_PUSH(b->a, b->items, b->n_items, b->cap_items) : NULL;
    uint32_t n = x ? dgi_item_lines(it, w, lines, status, it->n_history) : 0;
    if (x) {
        x->it = it;
        x->st = *st;
        x->closed = dgi_item_closed(it, st->status);
        uint32_t all = n;
        n = telling(lines, status, n);
        x->n_left_out = all - n;
        x->lines = dgi_arena_array(b->a, n ? n : 1, sizeof *x->lines);
        x->n_lines = x->lines ? n : 0;
        uint32_t turns = 0;
        for (uint32_t i = 0; i < x->n_lines; i++) {
            x->lines[i].c = lines[i];
            x->lines[i].status = status[i];
            turns += i && status[i] != status[i - 1];
        }
        x->weight = 1.5 * turns + st->sources + (x->closed ? 0 : 1) + (st->due ? 2 : 0) + 0.2 * all;
    }
    b->failed |= !x || !x->lines;
    free(lines);
    free(status);
}

static int change_order(const void *x, const void *y)
{
    const struct brief_change *a = x, *b = y;
    if (a->line->c->date != b->line->c->date)
        return a->line->c->date > b->line->c->date ? -1 : 1;
    if (a->item->weight != b->item->weight)
        return a->item->weight > b->item->weight ? -1 : 1;
    return a->item->it->index < b->item->it->index ? -1 : a->item->it->index > b->item->it->index;
}

static void collect_changes(struct brief *b)
{
    for (uint32_t i = 0; i < b->n_items; i++) {
        struct brief_item *x = &b->items[i];
        uint8_t before = DGI_IS_NONE;
        for (uint32_t k = 0; k < x->n_lines; k++) {
            struct brief_line *l = &x->lines[k];
            bool news = l->status != before || l->c->due;
            if (news && l->c->date > b->o.since && l->c->date <= b->o.as_of) {
                struct brief_change *c = DGI_PUSH(b->a, b->changes, b->n_changes, b->cap_changes);
                if (!c) {
                    b->failed = true;
                    return;
                }
                *c = (struct brief_change){x, l, before};
            }
            before = l->status;
        }
    }
    if (b->n_changes)
        qsort(b->changes, b->n_changes, sizeof *b->changes, change_order);
}

static bool add_source(void *user, const struct dgi_store_source *src)
{
    struct brief *b = user;
    if (src->published != DGI_NO_DAY && src->published > b->o.as_of)
        return true;
    struct brief_source *s = DGI_PUSH(b->a, b->sources, b->n_sources, b->cap_sources);
    if (!s)
        return !(b->failed = true);
    s->s = (struct dgi_store_source){copy(b, src->id), copy(b, src->url), copy(b, src->title), copy(b, src->publisher),
                                     src->published};
    return !b->failed;
}

const struct brief_source *dgi_brief_source(const struct brief *b, dg_str id)
{
    for (uint32_t i = 0; i < b->n_sources; i++)
        if (dgi_str_eq(b->sources[i].s.id, id))
            return &b->sources[i];
    return NULL;
}

/* Reports repeat what somebody said; a reader wants it once. */
static bool said_already(const struct brief *b, const struct dgi_said *said)
{
    enum { LOOK_BACK = 64 };
    for (uint32_t i = b->n_said, n = 0; i-- > 0 && n < LOOK_BACK; n++)
        if (dgi_str_eq(b->said[i].speaker, said->speaker_name) && dgi_str_eq(b->said[i].content, said->content))
            return true;
    return false;
}

static bool add_said(void *user, const struct dgi_store_source *src, const struct dgi_said *said)
{
    struct brief *b = user;
    if (!said->speaker_name.len || said->content.len < 24 || said->content.len > 420 || said_already(b, said))
        return true;
    struct brief_said *s = DGI_PUSH(b->a, b->said, b->n_said, b->cap_said);
    if (!s)
        return !(b->failed = true);
    *s = (struct brief_said){.speaker = copy(b, said->speaker_name),
                             .content = copy(b, said->content),
                             .document = copy(b, src->id),
                             .published = src->published,
                             .kind = said->kind};
    s->note = evidence(b, src->id, said->sentence, said->sent_start, said->start, said->end);
    return !b->failed && b->n_said < MOST_MARKS;
}

static bool add_mark(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    struct brief *b = user;
    if (day == DGI_NO_DAY || day > b->o.as_of || ev->negated || ev->content_of != DGI_NONE ||
        ev->condition_of != DGI_NONE)
        return true;
    struct brief_mark *m = DGI_PUSH(b->a, b->marks, b->n_marks, b->cap_marks);
    if (!m)
        return !(b->failed = true);
    m->day = day;
    m->conflict = ev->plover == DGI_REQUEST || ev->plover == DGI_ACCUSE || ev->plover == DGI_REJECT ||
                  ev->plover == DGI_THREATEN || ev->plover == DGI_PROTEST || ev->plover == DGI_SANCTION ||
                  ev->plover == DGI_MOBILIZE || ev->plover == DGI_COERCE || ev->plover == DGI_ASSAULT;
    m->material = ev->plover == DGI_COOPERATE || ev->plover == DGI_AID || ev->plover == DGI_RETREAT ||
                  ev->plover == DGI_PROTEST || ev->plover == DGI_SANCTION || ev->plover == DGI_MOBILIZE ||
                  ev->plover == DGI_COERCE || ev->plover == DGI_ASSAULT;
    dg_str s = ev->n_source ? party_name(&ev->source[0]) : DGI_S(""),
           t = ev->n_target ? party_name(&ev->target[0]) : DGI_S("");
    m->label = dgi_arena_printf(b->a, "%.*s%s%.*s: %.*s", (int)s.len, s.ptr, s.len && t.len ? " \xE2\x86\x92 " : "",
                                (int)t.len, t.ptr, (int)(ev->about.len ? ev->about.len : ev->trigger.len),
                                ev->about.len ? ev->about.ptr : ev->trigger.ptr);
    m->note = evidence(b, src->id, ev->ev_text, ev->ev_start, ev->trig_start, ev->trig_end);
    return !b->failed && b->n_marks < MOST_MARKS;
}

/* ---- head ---- */
static dg_str top_parties(struct brief *b)
{
    struct {
        dg_str name;
        double n;
    } tally[64];
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n_items; i++)
        for (uint32_t k = 0; k < b->items[i].it->n_parties; k++) {
            const struct dgi_ev_actor *a = &b->items[i].it->parties[k].actor;
            dg_str name = party_name(a);
            double w = dgi_str_starts(a->id, DGI_S("country:")) || dgi_str_starts(a->id, DGI_S("org:")) ? 1 : 0.4;
            uint32_t t = 0;
            while (t < n && !dgi_str_eq(tally[t].name, name))
                t++;
            if (t == n && n < 64 && name.len)
                tally[n].name = name, tally[n++].n = 0;
            if (t < n)
                tally[t].n += w;
        }
    uint32_t best[2] = {UINT32_MAX, UINT32_MAX};
    for (int r = 0; r < 2; r++)
        for (uint32_t t = 0; t < n; t++)
            if (t != best[0] && (best[r] == UINT32_MAX || tally[t].n > tally[best[r]].n))
                best[r] = t;
    if (best[0] == UINT32_MAX)
        return DGI_S("The situation");
    if (best[1] == UINT32_MAX)
        return tally[best[0]].name;
    return dgi_arena_printf(b->a, "%.*s and %.*s", (int)tally[best[0]].name.len, tally[best[0]].name.ptr,
                            (int)tally[best[1]].name.len, tally[best[1]].name.ptr);
}

static uint32_t outlets(const struct brief *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->n_sources; i++) {
        bool again = !b->sources[i].s.publisher.len;
        for (uint32_t k = 0; k < i && !again; k++)
            again = dgi_str_eq(b->sources[k].s.publisher, b->sources[i].s.publisher);
        n += !again;
    }
    return n;
}

static void number_lines(struct brief *b)
{
    /* numbers rise in the order in which a reader meets them: changes, then what stands */
    for (uint32_t i = 0; i < b->n_changes; i++) {
        struct brief_line *l = (struct brief_line *)b->changes[i].line;
        l->note = evidence(b, l->c->document, l->c->ev_text, l->c->ev_start, l->c->trig_start, l->c->trig_end);
    }
    for (int closed = 0; closed < 2; closed++)
        for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++)
            for (uint32_t i = 0; i < b->n_items; i++)
                if (b->items[i].it->kind == kind && b->items[i].closed == closed)
                    for (uint32_t k = b->items[i].n_lines; k-- > 0;) {
                        struct brief_line *l = &b->items[i].lines[k];
                        l->note = evidence(b, l->c->document, l->c->ev_text, l->c->ev_start, l->c->trig_start,
                                           l->c->trig_end);
                    }
}

/* Of too many matters those that were heard of last; how many. Their order stays. */
static uint32_t heard_last(struct brief *b, struct dgi_store_item *items, uint32_t n)
{
    uint64_t *day =
        n > MOST_ITEMS ? dgi_arena_array(b->a, n, sizeof *day) : NULL; /* and the place in the list: each is another */
    if (!day) {
        b->failed |= n > MOST_ITEMS;
        return n;
    }
    for (uint32_t i = 0; i < n; i++)
        day[i] = (uint64_t)((int64_t)items[i].state.last - INT32_MIN) << 32 | i;
    qsort(day, n, sizeof *day, by_u64);
    uint64_t least = day[n - MOST_ITEMS];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (((uint64_t)((int64_t)items[i].state.last - INT32_MIN) << 32 | i) >= least)
            items[kept++] = items[i];
    b->n_left = n - kept;
    return kept;
}

dg_status dgi_brief_collect(struct brief *b, dgi_store *s, const struct dgi_brief_options *o, dg_error *err)
{
    struct dgi_store_item *items;
    uint32_t n_items;
    int32_t last;
    *b = (struct brief){.o = *o, .a = dgi_arena_new((size_t)8 << 30)};
    dg_status st = b->a ? dgi_store_last_day(s, &last, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the report");
    if (st != DG_OK)
        return st;
    if (b->o.as_of == DGI_NO_DAY)
        b->o.as_of = last;
    if (b->o.as_of == DGI_NO_DAY)
        return dgi_fail(err, DG_E_STORE, "the store holds no dated document; give the day with --as-of");
    if (b->o.since == DGI_NO_DAY)
        b->o.since = b->o.as_of - 14;
    struct dgi_sit_filter f = {.when = {.as_of = b->o.as_of, .known_on = o->known_on, .lapse_days = o->lapse_days},
                               .actor = o->actor,
                               .between_a = o->between_a,
                               .between_b = o->between_b};
    if ((st = dgi_store_items(s, &f, b->a, &items, &n_items, err)) != DG_OK ||
        (st = dgi_store_sources(s, o->known_on, add_source, b, err)) != DG_OK)
        return st;
    n_items = heard_last(b, items, n_items);
    for (uint32_t i = 0; i < n_items && !b->failed; i++)
        add_item(b, items[i].it, &items[i].state, &f.when);
    for (uint32_t i = 0; i < b->n_items; i++) {
        b->n_open += !b->items[i].closed;
        b->n_due += b->items[i].st.due;
    }
    collect_changes(b);
    number_lines(b);
    if ((st = dgi_store_said(s, o->actor, b->o.since + 1, b->o.as_of, o->known_on, add_said, b, err)) != DG_OK)
        return st;
    struct dgi_timeline_filter t = DGI_TIMELINE_INIT;
    t.actor = o->actor;
    t.between_a = o->between_a;
    t.between_b = o->between_b;
    t.to = b->o.as_of;
    t.known_on = o->known_on;
    t.status = "actual,historical";
    if ((st = dgi_store_timeline(s, &t, add_mark, b, err)) != DG_OK)
        return st;
    b->title = o->title && *o->title ? dgi_str(o->title) : top_parties(b);
    dg_str since = dgi_brief_day(b, b->o.since, false);
    uint32_t n_out = outlets(b);
    b->dek = dgi_arena_printf(b->a, "%u matter%s open%s, %u change%s since %.*s. Drawn from %u report%s", b->n_open,
                              b->n_open == 1 ? "" : "s",
                              b->n_due == 0   ? ""
                              : b->n_due == 1 ? ", one of them due"
                                              : ", several of them due",
                              b->n_changes, b->n_changes == 1 ? "" : "s", (int)since.len, since.ptr, b->n_sources,
                              b->n_sources == 1 ? "" : "s");
    if (n_out > 1)
        b->dek = dgi_arena_printf(b->a, "%.*s of %u outlets", (int)b->dek.len, b->dek.ptr, n_out);
    if (b->n_left && b->dek.ptr)
        b->dek = dgi_arena_printf(
            b->a,
            "%.*s. Shown and counted are the %u matters heard of last; %u more are left out: ask about fewer parties",
            (int)b->dek.len, b->dek.ptr, b->n_items, b->n_left);
    if (b->failed || !b->dek.ptr || !b->title.ptr)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the report");
    return DG_OK;
}

void dgi_brief_free(struct brief *b)
{
    if (b->a)
        dgi_arena_free(b->a);
}
