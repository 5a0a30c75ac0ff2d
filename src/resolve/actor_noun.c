/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_noun.c: a noun phrase without a tree: which word is its head, and whose is it?
 *
 * Reads   words of a phrase; the actor tables, the gazetteer
 * Writes  struct dgi_actor_noun
 *
 * "three Turkish frigates", "a spokesman for the Philippine army", "miners' unions in Zambia": the head is the last role before
 * the first preposition that belongs to no role; its owner stands before it or behind that preposition, where the same is
 * asked again. Words that no table knows are passed over between owner and head. What only stands beside an owner ("Iran-backed",
 * "pro-Syrian") gives none, and whom one is sent to ("ambassador to Jordan") neither. */
#include "base/utf8.h"
#include "resolve/actor_in.h"

enum { MOST_NEST = 4, MOST_WORDS = 40 };

struct words {
    dg_str w[MOST_WORDS];
    uint32_t n;
};

struct reading {
    const struct dgi_actors_ctx *x;
    const struct words *in;
    int32_t day;
};

static void add_word(void *user, dg_str w)
{
    struct words *all = user;
    if (all->n < MOST_WORDS)
        all->w[all->n++] = w;
}

static uint32_t match(const struct reading *q, const struct dgi_table *t, uint32_t at, uint32_t end,
                      const uint32_t **rows, uint32_t *n)
{
    return dgi_phrase_match_words(t, q->in->w, sizeof *q->in->w, at, end, rows, n);
}

static bool in_set(const struct reading *q, uint32_t at, enum dgi_word_set set)
{
    return at < q->in->n && dgi_word_in(q->x->fwords, set, q->in->w[at]);
}

static bool hyphen_at(const struct reading *q, uint32_t at)
{
    return at < q->in->n && dgi_str_is(q->in->w[at], "-");
}

/* How the phrase behind a preposition belongs to what stands before it. */
static bool link_at(const struct reading *q, uint32_t at, uint8_t *link)
{
    if (in_set(q, at, DGI_W_OF))
        *link = L_OF;
    else if (in_set(q, at, DGI_W_FROM))
        *link = L_FROM;
    else if (in_set(q, at, DGI_W_ACTOR_FOR))
        *link = L_FOR;
    else if (in_set(q, at, DGI_W_TO))
        *link = L_TO;
    else if (at < q->in->n && dgi_actor_cue(q->x, "loc", q->in->w[at]))
        *link = L_IN;
    else
        return false;
    return true;
}

static void note_row(struct dgi_actor_noun *out, const struct dgi_table *t, uint32_t row)
{
    if (out->n_rows < DGI_NOUN_ROWS) {
        out->from[out->n_rows].t = t;
        out->from[out->n_rows++].row = row;
    }
}

static uint32_t word_row(const struct reading *q, const uint32_t *rows, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgi_actor_valid(q->x->words, rows[i], WD_FROM, q->day))
            return rows[i];
    return rows[0];
}

/* An owner that begins at `at`: the words it has, 0: none. */
static uint32_t owner_at(const struct reading *q, uint32_t at, uint32_t end, struct dgi_actor_noun *out)
{
    const struct dgi_table *t[] = {q->x->orgs, q->x->groups, q->x->words};
    const uint32_t *rows;
    uint32_t n, best = 0;
    for (size_t k = 0; k < sizeof t / sizeof *t; k++) {
        uint32_t len = match(q, t[k], at, end, &rows, &n);
        if (len <= best && !(len && len == best && t[k] == q->x->words))
            continue;
        best = len;
        out->org_t = t[k] == q->x->words ? NULL : t[k];
        out->org_row = rows[0];
        out->own_row = t[k] == q->x->words ? word_row(q, rows, n) : rows[0];
        out->own_t = t[k];
        dgi_actor_iso(out->iso,
                      dgi_table_cell(t[k], out->own_row, out->org_t ? (uint32_t)OG_COUNTRY : (uint32_t)WD_STATE));
    }
    return best;
}

/* A people of no state's own, or of one: what it does is said by the role, and where by the place ("Kurdish rebels in Turkey"). */
bool dgi_actor_noun_people(const struct dgi_actor_noun *noun)
{
    return noun->org_t && dgi_str_is(dgi_table_cell(noun->org_t, noun->org_row, OG_KIND), "ethnic");
}

/* "Iran-backed", "pro-Syrian": beside it, not of it. "Saudi-led" is. */
static bool only_beside(const struct reading *q, uint32_t at, uint32_t end)
{
    return (hyphen_at(q, end) && !in_set(q, end + 1, DGI_W_ACTOR_LEAD)) || (at > 0 && hyphen_at(q, at - 1));
}

/* Owners and further roles among the words before the head. */
static void before_head(const struct reading *q, uint32_t lo, uint32_t head, struct dgi_actor_noun *out)
{
    for (uint32_t i = lo; i < head;) {
        struct dgi_actor_noun own = {.own_row = DGI_NONE};
        uint32_t len = owner_at(q, i, head, &own);
        if (!len) {
            const uint32_t *rows;
            uint32_t n, r = match(q, q->x->roles, i, head, &rows, &n);
            if (dgi_actor_cue(q->x, "former", q->in->w[i]))
                out->former = true;
            else if (r)
                out->inner = rows[0]; /* "rebel leader", "army chief" */
            else if (!hyphen_at(q, i) && !(i > 0 && hyphen_at(q, i - 1)))
                out->strange = true;
            i += r ? r : 1;
            continue;
        }
        if (!only_beside(q, i, i + len)) {
            if (!out->iso[0] && !out->org_t) {
                memcpy(out->iso, own.iso, sizeof out->iso);
                out->org_t = own.org_t;
                out->org_row = own.org_row;
                note_row(out, own.own_t, own.own_row);
            } else if (own.iso[0] && memcmp(own.iso, out->iso, sizeof own.iso) && !out->also[0]) {
                memcpy(out->also, own.iso, sizeof out->also);
            }
        }
        i += len;
    }
}

/* The largest place of that name. */
static bool place_owner(const struct reading *q, uint32_t lo, uint32_t hi, struct dgi_actor_noun *out)
{
    const struct dgi_table *t = q->x->places;
    const uint32_t *rows;
    uint32_t n, end = lo;
    while (end < hi && !dgi_str_is(q->in->w[end], ","))
        end++;
    if (end == lo || match(q, t, lo, end, &rows, &n) != end - lo)
        return false;
    dgi_actor_iso(out->iso, dgi_actor_owner(q->x, t, rows[0], q->day));
    note_row(out, t, rows[0]);
    return true;
}

static bool read_noun(const struct reading *q, uint32_t lo, uint32_t hi, int depth, struct dgi_actor_noun *out);

static uint32_t skip_front(const struct reading *q, uint32_t lo, uint32_t hi)
{
    while (lo + 1 < hi) {
        dg_str w = q->in->w[lo];
        if (!in_set(q, lo, DGI_W_THE) && !in_set(q, lo, DGI_W_INDEFINITE) &&
            dgi_table_find(q->x->numbers, w) == DGI_NONE && !(w.ptr[0] >= '0' && w.ptr[0] <= '9'))
            break;
        lo++;
    }
    return lo;
}

/* "of Egypt and Sudan": the first two of a list of owners. */
static bool owners_at(const struct reading *q, uint32_t lo, uint32_t hi, struct dgi_actor_noun *out)
{
    struct dgi_actor_noun own;
    uint32_t at = skip_front(q, lo, hi), len = owner_at(q, at, hi, &own);
    if (!len || at + len >= hi || (!dgi_str_is(q->in->w[at + len], ",") && !in_set(q, at + len, DGI_W_AND)))
        return false;
    memcpy(out->iso, own.iso, sizeof out->iso);
    out->org_t = own.org_t;
    out->org_row = own.org_row;
    note_row(out, own.own_t, own.own_row);
    at = skip_front(q, at + len + 1, hi);
    if (owner_at(q, at, hi, &own) && own.iso[0] && memcmp(own.iso, out->iso, sizeof own.iso))
        memcpy(out->also, own.iso, sizeof out->also);
    return true;
}

static bool behind_at(const struct reading *q, uint32_t at, uint32_t hi, int depth, struct dgi_actor_noun *of)
{
    *of = (struct dgi_actor_noun){.head = DGI_NONE, .inner = DGI_NONE};
    return owners_at(q, at, hi, of) || read_noun(q, at, hi, depth + 1, of) || place_owner(q, at, hi, of);
}

/* What stands behind the preposition at `p` gives an owner, or, to a title of nobody in particular, its role. */
static void behind_head(const struct reading *q, uint32_t p, uint8_t link, uint32_t hi, int depth,
                        struct dgi_actor_noun *out)
{
    struct dgi_actor_noun of = {.head = DGI_NONE, .inner = DGI_NONE};
    uint32_t at = p + 1;
    while (at < hi && !behind_at(q, at, hi, depth, &of)) { /* "in northern Uganda" */
        if (dgi_is_upper_initial(q->in->w[at]))
            return;
        at++;
    }
    if (at == hi)
        return;
    bool role = of.head != DGI_NONE || of.person_t;
    if (link == L_TO && !role)
        return;
    if (dgi_actor_noun_people(out) && of.iso[0] && !role) {
        if (!dgi_str_is(dgi_table_cell(q->x->roles, out->head, RL_CODE), "REF") || !out->iso[0])
            memcpy(out->iso, of.iso, sizeof out->iso);
    } else if (!out->iso[0] && !out->org_t) {
        memcpy(out->iso, of.iso, sizeof out->iso);
        memcpy(out->also, of.also, sizeof out->also);
        out->org_t = of.org_t;
        out->org_row = of.org_row;
        for (uint32_t i = 0; i < of.n_rows; i++)
            note_row(out, of.from[i].t, of.from[i].row);
    }
    if (of.head != DGI_NONE && out->inner == DGI_NONE)
        out->inner = of.head;
    if (link == L_OF && of.head != DGI_NONE && dgi_str_is(dgi_table_cell(q->x->roles, out->head, RL_CODE), "LEG") &&
        dgi_str_is(dgi_table_cell(q->x->roles, of.head, RL_KIND), "people"))
        out->head = of.head; /* "a congress of Peruvian miners" */
}

/* The head's last word is followed by a name: "Chancellor Merkel". */
static bool named_behind(const struct reading *q, uint32_t at, uint32_t hi, struct dgi_actor_noun *out)
{
    const uint32_t *rows;
    uint32_t n;
    if (at >= hi || match(q, q->x->persons, at, hi, &rows, &n) != hi - at)
        return false;
    out->person_row = dgi_actor_best_person(q->x, rows, n, q->day, out->iso[0] ? out->iso : NULL, false);
    out->person_t = out->person_row == DGI_NONE ? NULL : q->x->persons;
    if (out->person_t)
        note_row(out, out->person_t, out->person_row);
    return out->person_t != NULL;
}

/* The last role before the first preposition that no role holds: its first word, DGI_NONE: none; *end behind it, *stop the
 * preposition or hi. */
static uint32_t find_head(const struct reading *q, uint32_t lo, uint32_t hi, uint32_t *end, uint32_t *stop,
                          uint32_t *row)
{
    uint32_t head = DGI_NONE, i = lo, owned = lo; /* owned: end of the owner that i is in */
    uint8_t link;
    *end = *stop = hi;
    while (i < hi) {
        const uint32_t *rows;
        uint32_t n, len = match(q, q->x->roles, i, hi, &rows, &n);
        if (len) {
            head = i;
            *row = rows[0];
            *end = i + len;
            i += len;
            continue;
        }
        struct dgi_actor_noun own;
        uint32_t owner = link_at(q, i, &link) ? 0 : owner_at(q, i, hi, &own); /* "Royal Thai Navy" */
        owned = i + owner > owned ? i + owner : owned;
        if (head != DGI_NONE && i >= owned &&
            (link_at(q, i, &link) || dgi_str_is(q->in->w[i], ",") || dgi_is_upper_initial(q->in->w[i]))) {
            *stop = i;
            break;
        }
        i++; /* a role may end the owner's name: "Nepalese Maoist rebels" */
    }
    return head;
}

/* Is the head's last word none of its row's first phrase, the singular? */
static bool is_plural(const struct reading *q, uint32_t last, uint32_t row)
{
    dg_str all = dgi_table_cell(q->x->roles, row, RL_PHRASES), one, w;
    char low[64], other[64];
    dg_str said = dgi_utf8_lower_buf(q->in->w[last], low, sizeof low);
    dgi_str_next(&all, '|', &one);
    while (dgi_str_next(&one, ' ', &w))
        if (dgi_str_eq(dgi_utf8_lower_buf(w, other, sizeof other), said))
            return false;
    return true;
}

/* "Palestinians in Lebanon", "ordinary Iraqis", "the Druze of southern Syria": a people is the head, and behind it nothing but
 * where it is. */
static bool people_at(const struct reading *q, uint32_t lo, uint32_t hi, int depth, struct dgi_actor_noun *out)
{
    struct dgi_actor_noun own;
    uint32_t len = 0;
    uint8_t link;
    for (;; lo++) {
        own = (struct dgi_actor_noun){.own_row = DGI_NONE};
        if (lo >= hi || (len = owner_at(q, lo, hi, &own)))
            break;
        if (dgi_is_upper_initial(q->in->w[lo]) || link_at(q, lo, &link) || hyphen_at(q, lo + 1))
            return false;
    }
    if (!len || (!dgi_actor_noun_people(&own) &&
                 (own.own_t != q->x->words || !dgi_str_is(dgi_table_cell(own.own_t, own.own_row, WD_KIND), "demonym"))))
        return false;
    if (lo + len < hi && (!link_at(q, lo + len, &link) || link == L_TO))
        return false;
    if (out->head == DGI_NONE)
        out->head = dgi_table_find(q->x->roles, DGI_S("people"));
    out->org_t = own.org_t;
    out->org_row = own.org_row;
    memcpy(out->iso, own.iso, sizeof out->iso);
    note_row(out, own.own_t, own.own_row);
    if (lo + len < hi && out->head != DGI_NONE)
        behind_head(q, lo + len, link, hi, depth, out);
    return out->head != DGI_NONE;
}

/* A name as such, alone or behind the adjective of its own state: "the Russian State Duma". */
static bool name_as_such(const struct reading *q, uint32_t lo, uint32_t hi, struct dgi_actor_noun *out)
{
    struct dgi_actor_noun body = {.own_row = DGI_NONE};
    uint32_t own = owner_at(q, lo, hi, out), at = lo + own;
    if (own && own < hi - lo && !out->org_t) {
        at += q->in->w[at].ptr[0] == '\'' || (uint8_t)q->in->w[at].ptr[0] == 0xE2; /* mark of the possessive */
        if (at + owner_at(q, at, hi, &body) == hi && body.org_t == q->x->orgs &&
            !memcmp(body.iso, out->iso, sizeof body.iso)) {
            *out = body;
            out->head = out->inner = DGI_NONE;
            own = hi - lo;
        }
    }
    if (own == hi - lo) {
        note_row(out, out->own_t, out->own_row);
        return true;
    }
    out->org_t = NULL;
    out->iso[0] = 0;
    return false;
}

static bool read_noun(const struct reading *q, uint32_t lo, uint32_t hi, int depth, struct dgi_actor_noun *out)
{
    uint32_t end, stop, row = DGI_NONE;
    uint8_t link;
    lo = skip_front(q, lo, hi);
    if (lo >= hi || depth > MOST_NEST)
        return false;
    if (name_as_such(q, lo, hi, out))
        return true;
    uint32_t head = find_head(q, lo, hi, &end, &stop, &row);
    if (head == DGI_NONE)
        return people_at(q, lo, hi, depth, out);
    before_head(q, lo, head, out);
    note_row(out, q->x->roles, row);
    out->head = row;
    out->plural = is_plural(q, end - 1, row);
    if (stop < hi && link_at(q, stop, &link))
        behind_head(q, stop, link, hi, depth, out);
    else if (stop < hi && !dgi_str_is(q->in->w[stop], ",") && named_behind(q, stop, hi, out))
        return true;
    if (end < hi && !out->iso[0] && !out->org_t)
        people_at(q, end, hi, depth, out); /* "displaced Georgians" */
    return true;
}

bool dgi_actor_noun(const struct dgi_actors_ctx *ctx, dg_str phrase, int32_t day, struct dgi_actor_noun *out)
{
    struct words all = {.n = 0};
    struct reading q = {ctx, &all, day};
    *out = (struct dgi_actor_noun){.head = DGI_NONE, .inner = DGI_NONE, .own_row = DGI_NONE};
    dgi_phrase_words(phrase, false, add_word, &all);
    if (!read_noun(&q, 0, all.n, 0, out) || out->head == DGI_NONE)
        return false;
    /* "the garden committee": a body that nobody owns and something unknown describes is some body */
    return !(out->strange && !out->iso[0] && !out->org_t && !out->person_t &&
             dgi_str_is(dgi_table_cell(ctx->roles, out->head, RL_KIND), "body"));
}
