/* SPDX-License-Identifier: Apache-2.0 */
/* situation/match.c: is this report about a matter that is already on the board?
 *
 * Reads   event actors, codes of content, keys (lemmas of what it is about), dates, places, quantities; items of the board
 * Writes  the index from parties to items
 *
 * Candidates come from an index by party (id, country, bloc), newest first, at most MOST_CANDIDATES, so that a busy dyad
 * costs no more than a quiet one. Then parties, content, date and place are compared kind by kind. */
#include <math.h>
#include <stdlib.h>

#include "situation/board.h"

/* ---- words ---- */
static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

void dgi_keys_of(struct keyset *k, const dgi_sit_rules *r, dg_str words, const struct dgi_event *ev)
{
    dg_str w;
    k->n = 0;
    while (dgi_str_next(&words, ' ', &w) && k->n < 32) {
        if (w.len < 3)
            continue;
        uint64_t h = dgi_str_hash(w);
        if (dgi_rule_stop(r, h) || (ev && dgi_str_eq(w, ev->lemma) && ev->n_content))
            continue;
        k->key[k->n++] = h;
    }
    qsort(k->key, k->n, sizeof k->key[0], by_u64);
    uint32_t m = 0;
    for (uint32_t i = 0; i < k->n; i++)
        if (!m || k->key[m - 1] != k->key[i])
            k->key[m++] = k->key[i];
    k->n = m;
}

double dgi_keys_overlap(const struct dgi_sit_item *it, const struct keyset *k)
{
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
    return both / (less + (less < 3 ? 0.5 : 0.0));
}

int dgi_code_group(const char *c)
{
    int root = (c[0] - '0') * 10 + (c[1] ? c[1] - '0' : 0);
    if (!c[0])
        return 0;
    if (root == 15)
        return 15;
    if (root == 16 || root == 17)
        return c[0] == '1' && c[1] == '7' && (c[2] == '3' || c[2] == '5') ? 17 : 16;
    if (root >= 18)
        return 19;
    return root;
}

static double code_sim(const char *a, const char *b)
{
    if (!a[0] || !b[0])
        return 0;
    if (!strncmp(a, b, 3))
        return a[2] && a[2] != '0' ? 0.55 : 0.45;
    if (!strncmp(a, b, 2))
        return 0.35;
    return dgi_code_group(a) == dgi_code_group(b) ? 0.2 : -0.15;
}

double dgi_same_content(const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev, const struct keyset *k)
{
    double code = -1;
    for (uint32_t i = 0; i < ev->n_content; i++)
        for (uint32_t j = 0; j < it->n_codes; j++) {
            double c = code_sim(it->codes[j], doc->events[ev->content[i]].cameo);
            code = c > code ? c : code;
        }
    bool bare = !k->n, item_bare = !it->n_keys;
    if (bare && code < 0)
        return ev->n_content ? 0.2 : 0.45; /* "the demand", "the proposal" */
    if (item_bare && code < 0)
        return 0.4;
    double words = dgi_keys_overlap(it, k), c = words * 0.75;
    if (code > -1)
        c += 0.5 * code;
    /* talks, negotiations, dialogue, a meeting: the words differ, the matter is talks */
    for (uint32_t i = 0; i < ev->n_content && code >= 0.35; i++)
        for (uint32_t j = 0; j < it->n_codes; j++)
            if (dgi_code_group(it->codes[j]) == 4 && dgi_code_group(doc->events[ev->content[i]].cameo) == 4 && c < 0.62)
                c = 0.62;
    return c < 0 ? 0 : c > 1 ? 1 : c;
}

/* ---- index ---- */
static uint64_t key_of(uint8_t kind, char sort, dg_str s)
{
    uint64_t h = dgi_str_hash(s) ^ (uint64_t)(unsigned char)sort * 0x9E3779B97F4A7C15u ^ (uint64_t)(kind + 1) * 0xC2B2AE3D27D4EB4Fu;
    return h ? h : 1;
}

static uint64_t bloc_key(uint8_t kind, uint32_t bloc)
{
    char c[4] = {'b', (char)('0' + bloc / 10), (char)('0' + bloc % 10), 0};
    return key_of(kind, 'b', dgi_str(c));
}

static struct slot *slot_for(const dgi_board *b, uint64_t key)
{
    if (!b->bits)
        return NULL;
    uint64_t mask = (UINT64_C(1) << b->bits) - 1, i = (key ^ key >> 29) & mask;
    while (b->slots[i].key && b->slots[i].key != key)
        i = (i + 1) & mask;
    return &b->slots[i];
}

static bool grow_slots(dgi_board *b)
{
    struct slot *old = b->slots;
    uint32_t n = b->bits ? 1u << b->bits : 0, bits = b->bits ? b->bits + 1 : 10;
    struct slot *neu = dgi_arena_array(b->a, (size_t)1 << bits, sizeof *neu);
    if (!neu)
        return false;
    b->slots = neu;
    b->bits = bits;
    for (uint32_t i = 0; i < n; i++)
        if (old[i].key)
            *slot_for(b, old[i].key) = old[i];
    return true;
}

static void put(dgi_board *b, uint64_t key, uint32_t item)
{
    if (!b->bits || b->n_used * 2 >= 1u << b->bits)
        if (!grow_slots(b)) {
            b->failed = true;
            return;
        }
    struct slot *s = slot_for(b, key);
    if (s->key && b->nodes[s->head - 1].item == item)
        return;
    struct node *n = DGI_PUSH(b->a, b->nodes, b->n_nodes, b->cap_nodes);
    if (!n) {
        b->failed = true;
        return;
    }
    if (!s->key) {
        s->key = key;
        b->n_used++;
    }
    n->item = item;
    n->next = s->head;
    s->head = b->n_nodes;
}

void dgi_index_item(dgi_board *b, struct dgi_sit_item *it)
{
    for (uint32_t i = 0; i < it->n_parties; i++) {
        const struct dgi_ev_actor *a = &it->parties[i].actor;
        if (a->id.len)
            put(b, key_of(it->kind, 'i', a->id), it->index);
        if (a->country[0])
            put(b, key_of(it->kind, 'c', dgi_str(a->country)), it->index);
        if (dgi_str_starts(a->id, DGI_S("role::")))
            put(b, key_of(it->kind, 'r', DGI_S("")), it->index);
        uint64_t blocs = dgi_blocs_of(b->rules, a);
        for (uint32_t k = 0; k < b->rules->n_blocs; k++)
            if (blocs >> k & 1)
                put(b, bloc_key(it->kind, k), it->index);
    }
    put(b, key_of(it->kind, '*', DGI_S("")), it->index);
}

static void collect(struct list *out, const dgi_board *b, uint64_t key, uint32_t stamp)
{
    struct slot *s = slot_for(b, key);
    if (!s || !s->key)
        return;
    for (uint32_t n = s->head, steps = 0; n && out->n < MOST_CANDIDATES && steps < 2 * MOST_CANDIDATES; n = b->nodes[n - 1].next, steps++) {
        struct dgi_sit_item *it = b->items[b->nodes[n - 1].item];
        if (it->stamp != stamp) {
            it->stamp = stamp;
            out->item[out->n++] = it;
        }
    }
}

static void collect_actor(struct list *out, const dgi_board *b, uint8_t kind, const struct dgi_ev_actor *a, uint32_t stamp)
{
    if (a->id.len)
        collect(out, b, key_of(kind, 'i', a->id), stamp);
    if (a->country[0])
        collect(out, b, key_of(kind, 'c', dgi_str(a->country)), stamp);
    if (dgi_str_starts(a->id, DGI_S("role:")))
        collect(out, b, key_of(kind, 'r', DGI_S("")), stamp);
    uint64_t blocs = dgi_blocs_of(b->rules, a);
    for (uint32_t k = 0; k < b->rules->n_blocs; k++)
        if (blocs >> k & 1)
            collect(out, b, bloc_key(kind, k), stamp);
}

static int newest_first(const void *a, const void *b)
{
    const struct dgi_sit_item *x = *(struct dgi_sit_item *const *)a, *y = *(struct dgi_sit_item *const *)b;
    return x->index > y->index ? -1 : x->index < y->index;
}

void dgi_candidates(struct list *out, const dgi_board *b, uint8_t kind, const struct roles *ro)
{
    uint32_t stamp = ++((dgi_board *)b)->stamp; /* a mark on the items, no part of what the board says */
    out->n = 0;
    for (uint32_t i = 0; i < ro->n_a && i < MOST_PARTIES; i++)
        collect_actor(out, b, kind, &ro->a[i], stamp);
    for (uint32_t i = 0; i < ro->n_b && i < MOST_PARTIES; i++)
        collect_actor(out, b, kind, &ro->b[i], stamp);
    /* where a side is unknown the parties do not lead to it: the newest of all */
    if (kind == DGI_IT_TOLL || (kind <= DGI_IT_OFFER && !ro->n_a) || (!ro->n_a && !ro->n_b)) {
        uint32_t most = out->n + MOST_STRAYS;
        struct slot *s = slot_for(b, key_of(kind, '*', DGI_S("")));
        for (uint32_t n = s && s->key ? s->head : 0; n && out->n < most && out->n < MOST_CANDIDATES; n = b->nodes[n - 1].next) {
            struct dgi_sit_item *it = b->items[b->nodes[n - 1].item];
            if (it->stamp == stamp) {
                most = most > out->n ? most - 1 : most;
                continue;
            }
            it->stamp = stamp;
            out->item[out->n++] = it;
        }
    }
    qsort(out->item, out->n, sizeof out->item[0], newest_first);
}

/* ---- comparing ---- */
double dgi_side(const dgi_sit_rules *r, const struct dgi_sit_item *it, int side, const struct dgi_ev_actor *x, uint32_t n)
{
    double best = -1; /* nobody on one of the sides */
    for (uint32_t i = 0; i < it->n_parties; i++) {
        if ((side >= 0 && it->parties[i].side != side) || it->parties[i].inferred)
            continue;
        if (best < 0 && n)
            best = 0;
        for (uint32_t k = 0; k < n && k < MOST_PARTIES; k++) {
            double s = dgi_sit_party(r, &it->parties[i].actor, &x[k]);
            best = s > best ? s : best;
        }
    }
    return n ? best : -1;
}

static double pair_sim(const dgi_sit_rules *r, const struct dgi_sit_item *it, const struct roles *ro)
{
    double s[2];
    for (int turn = 0; turn < 2; turn++) {
        double x = dgi_side(r, it, turn, ro->a, ro->n_a), y = dgi_side(r, it, 1 - turn, ro->b, ro->n_b);
        if (x < 0 && y < 0)
            s[turn] = 0;
        else if (x < 0 || y < 0)
            s[turn] = (x < 0 ? y : x) * 0.7;
        else
            s[turn] = x < y ? x : y;
        if (!ro->symmetric)
            return s[0];
    }
    return s[0] > s[1] ? s[0] : s[1];
}

static bool range_known(const struct dgi_day_range *r) { return r->start != DGI_NO_DAY; }

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
        return a->precision >= 2 || b->precision >= 2 ? 1 : -1;
    }
    return 0;
}

static const struct dgi_day_range *item_when(const struct dgi_sit_item *it)
{
    for (uint32_t i = it->n_history; i-- > 0;)
        if (range_known(&it->history[i].when))
            return &it->history[i].when;
    return NULL;
}

static const struct dgi_ev_place *item_place(const struct dgi_sit_item *it)
{
    for (uint32_t i = it->n_history; i-- > 0;)
        if (it->history[i].place)
            return it->history[i].place;
    return NULL;
}

static double participants(const dgi_sit_rules *r, const struct dgi_sit_item *it, const struct roles *ro)
{
    const struct dgi_ev_actor *list[2] = {ro->a, ro->b};
    uint32_t n[2] = {ro->n_a, ro->n_b}, total = 0;
    double sum = 0;
    for (int s = 0; s < 2; s++)
        for (uint32_t i = 0; i < n[s] && i < MOST_PARTIES; i++, total++) {
            double best = 0;
            for (uint32_t k = 0; k < it->n_parties; k++) {
                double p = dgi_sit_party(r, &it->parties[k].actor, &list[s][i]);
                best = p > best ? p : best;
            }
            sum += best;
        }
    if (!total || !it->n_parties)
        return -1;
    /* when the event names more than the item knows, the item's side counts */
    double from_event = sum / total;
    if (total <= it->n_parties)
        return from_event;
    double back = sum / it->n_parties;
    return back > 1 ? 1 : back;
}

static double same_meeting(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_event *ev, const struct roles *ro, int32_t reported)
{
    double p = participants(b->rules, it, ro), s;
    const struct dgi_day_range *w = item_when(it);
    int place = place_rel(item_place(it), ev->place);
    bool dated = ev->date_from_text && range_known(&ev->date);
    if (place < 0 || (p >= 0 && p < 0.45))
        return 0;
    if (dated && w) {
        bool moved = it->history[it->n_history - 1].status == DGI_IS_POSTPONED && ev->date.start > w->start;
        if (!moved && !ranges_meet(w, &ev->date, 0))
            return 0;
        s = moved ? 0.3 : 0.5;
    } else if (w) { /* "the talks" with no day: those of these days, or those that are to come */
        if (reported == DGI_NO_DAY || w->end < reported - 7 || w->start > reported + 30)
            return 0;
        s = 0.3;
    } else if (dated) { /* "the planned meeting" gets its date */
        const struct dgi_sit_change *last = &it->history[it->n_history - 1];
        if (last->status != DGI_IS_PLANNED && last->status != DGI_IS_POSTPONED && last->reported != reported)
            return 0;
        s = 0.25;
    } else
        s = (int64_t)it->history[it->n_history - 1].reported >= (int64_t)reported - 7 ? 0.3 : 0;
    if (p < 0) /* nobody named: only a day and a place together tell */
        return dated && w && place > 0 ? 0.6 : 0;
    return s + (place > 0 ? 0.3 : 0.1) + 0.3 * p;
}

static double same_toll(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev, const struct roles *ro, int32_t reported)
{
    const struct dgi_sit_change *last = &it->history[it->n_history - 1];
    const struct dgi_ev_quantity *q = NULL;
    for (uint32_t i = 0; i < ev->n_quantities && !q; i++)
        if (ev->quantities[i].kind == it->sub)
            q = &ev->quantities[i];
    if (!q || !last->n_quantities)
        return 0;
    double old = last->quantities[0].value;
    bool equal = old == q->value;
    bool dated = ev->date_from_text && range_known(&ev->date);
    const struct dgi_day_range *w = item_when(it);
    int place = place_rel(item_place(it), ev->place);
    bool here = dgi_str_eq(last->document, doc->id);
    if (equal && here && (last->ev_start == ev->ev_start || (q->value >= 3 && !(dated && w && !ranges_meet(w, &ev->date, 1)))))
        return 0.95; /* "the attack that killed 40": two words, one number */
    double victims = dgi_side(b->rules, it, 1, ro->b, ro->n_b);
    bool same_day = dated && w && ranges_meet(w, &ev->date, 0);
    const struct dgi_ev_place *ip = item_place(it);
    bool other_land = place < 0 && (!ip->country[0] || !ev->place->country[0] || strcmp(ip->country, ev->place->country));
    /* a number and its day tell more than the place, which one report takes from the town and another from the province */
    if (other_land || (place < 0 && !(equal && same_day)) || (victims >= 0 && victims < 0.3 && !(equal && same_day)))
        return 0;
    int32_t told = it->history[0].reported;
    bool when = dated && w ? ranges_meet(w, &ev->date, 1) : !dated && reported != DGI_NO_DAY && told >= reported - 14;
    if (dated && w && !when)
        return 0;
    if (equal)
        return when || place > 0 || victims > 0.5 ? 0.9 : old >= 100 ? 0.7 : 0.4;
    /* another number: the same claimant corrects himself in a later document; the same document counts other people */
    if (here || !when || !(dated && w) )
        return 0;
    const struct dgi_ev_actor *c0 = last->claimed_by, *c1 = ev->claimed_by;
    if ((last->n_claimed_by > 0) != (ev->n_claimed_by > 0) || (last->n_claimed_by && dgi_sit_party(b->rules, &c0[0], &c1[0]) < 0.5))
        return 0;
    return q->value >= old * 0.5 && q->value <= old * 20 ? 0.6 : 0;
}

double dgi_same_matter(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                       const struct roles *ro, const struct keyset *k, int32_t reported)
{
    double pa, pb, c;
    switch ((enum dgi_item_kind)it->kind) {
    case DGI_IT_DEMAND:
    case DGI_IT_OFFER:
    case DGI_IT_THREAT:
    case DGI_IT_COMMITMENT:
    case DGI_IT_SANCTION:
        pa = dgi_side(b->rules, it, 0, ro->a, ro->n_a);
        pb = dgi_side(b->rules, it, 1, ro->b, ro->n_b);
        c = dgi_same_content(it, doc, ev, k);
        /* without an issuer: only plainly the same thing to the same party */
        if (pa < 0.5 && !(pa < 0 && pb >= 0.5 && (it->kind == DGI_IT_SANCTION || (c >= 0.5 && k->n))))
            return 0;
        if (ro->guessed)
            pb = pb >= 0.5 ? pb : -1;
        if (pb >= 0 && pb < 0.5 && c < 0.6)
            return 0;
        if (c < (it->kind == DGI_IT_COMMITMENT ? 0.38 : 0.32))
            return 0;
        return 0.25 * (pa < 0 ? 0.4 : pa) + 0.15 * (pb < 0 ? 0.5 : pb) + 0.6 * c;
    case DGI_IT_MEETING: return same_meeting(b, it, ev, ro, reported);
    case DGI_IT_DEPLOYMENT: {
        pa = dgi_side(b->rules, it, 0, ro->a, ro->n_a);
        pb = dgi_side(b->rules, it, 1, ro->b, ro->n_b);
        if (pa < 0.5)
            return 0;
        int place = place_rel(item_place(it), ev->place);
        if (pb >= 0 && pb < 0.3 && place <= 0)
            return 0;
        if (place < 0 && pb < 0.5)
            return 0;
        return 0.4 + 0.2 * pa + (place > 0 ? 0.2 : 0) + (pb > 0 ? 0.2 * pb : 0);
    }
    case DGI_IT_AGREEMENT:
        pa = participants(b->rules, it, ro);
        if (pa >= 0 && pa < 0.5)
            return 0;
        c = dgi_same_content(it, doc, ev, k);
        /* the same parties sign twice in one report: one paper, unless the days differ */
        if (pa >= 0.55 && ro->n_a + ro->n_b >= 2 && it->n_parties >= 2 && dgi_str_eq(it->history[0].document, doc->id)) {
            const struct dgi_day_range *w = item_when(it);
            if (!w || !ev->date_from_text || !range_known(&ev->date) || ranges_meet(w, &ev->date, 1))
                c = c > 0.35 ? c : 0.35;
        }
        if (c < (pa < 0 ? 0.5 : it->history[it->n_history - 1].document.len && dgi_str_eq(it->history[it->n_history - 1].document, doc->id) ? 0.15 : 0.25))
            return 0;
        return 0.4 * (pa < 0 ? 0.4 : pa) + 0.6 * c;
    case DGI_IT_RELATION:
    case DGI_IT_HOSTILITY: {
        double p = pair_sim(b->rules, it, ro);
        return p >= (ro->n_a && ro->n_b ? 0.5 : 0.4) ? p : 0;
    }
    case DGI_IT_CONTROL: {
        pa = dgi_side(b->rules, it, 0, ro->a, ro->n_a);
        if (pa < 0.5)
            return 0;
        int place = place_rel(item_place(it), ev->place);
        if (place > 0)
            return 0.5 + 0.4 * pa;
        return place == 0 && dgi_keys_overlap(it, k) >= 0.4 ? 0.5 : 0;
    }
    case DGI_IT_MEMBERSHIP:
        pa = dgi_side(b->rules, it, 0, ro->a, ro->n_a);
        pb = dgi_side(b->rules, it, 1, ro->b, ro->n_b);
        return pa >= 0.8 && pb >= 0.8 ? pa * pb : 0;
    case DGI_IT_TOLL: return same_toll(b, it, doc, ev, ro, reported);
    case DGI_N_ITEM_KIND: break;
    }
    return 0;
}
