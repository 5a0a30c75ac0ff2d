/* SPDX-License-Identifier: Apache-2.0 */
/* cli/copies.c: has this text been read before, in this run? Word for word, or but for a few words (--once).
 *
 * The same wire report comes from a hundred outlets. Word for word: a hash of the letters and digits alone, small ones. Nearly: SimHash
 * (Charikar 2002) of 64 bits over three words in a row; two texts of 50 words and more are copies when at most 7 bits differ (about
 * one word in forty) and they tell the same events and numbers: a new toll is news. Found by eight tables over 8 bits each, of which one must
 * agree (Manku and others 2007). What comes again under its own id is a correction and no copy. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { BITS = 64, BANDS = 8, NEAR_BITS = 7, LEAST_WORDS = 50, ROW = 3, BUCKETS = 1 << 8 };

struct kept {
    struct copies_mark mark;
    char *id;
    uint32_t next[BANDS]; /* in the bucket of that band; 0: none, else index + 1 */
    uint32_t next_exact;
};
struct copies {
    struct kept *all;
    uint32_t n, cap;
    uint32_t band[BANDS][BUCKETS];
    uint32_t *exact; /* by the low bits of the hash; 0: none */
    uint32_t n_exact;
};

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

static uint64_t mix_str(uint64_t h, dg_str s)
{
    for (size_t i = 0; i < s.len; i++)
        h = mix(h, (unsigned char)s.ptr[i]);
    return mix(h, s.len);
}

/* What it says happened: codes, who, whether, how many. */
static uint64_t told(const dg_doc *d)
{
    uint64_t h = 1;
    for (uint32_t i = 0; i < dg_doc_n_events(d); i++) {
        const dg_event *e = dg_doc_event(d, i);
        h = mix_str(h, dg_event_cameo(e));
        uint32_t status = dg_event_status(e); /* what is history depends on the day of the report */
        status = status == DG_STATUS_HISTORICAL ? (uint32_t)DG_STATUS_ACTUAL : status;
        h = mix(h, status * 2 + dg_event_negated(e));
        for (uint32_t k = 0; k < dg_event_n_source(e); k++)
            h = mix_str(h, dg_actor_id(dg_event_source(e, k)));
        h = mix(h, 2);
        for (uint32_t k = 0; k < dg_event_n_target(e); k++)
            h = mix_str(h, dg_actor_id(dg_event_target(e, k)));
        for (uint32_t k = 0; k < dg_event_n_quantities(e); k++) {
            double v = dg_quantity_value(dg_event_quantity(e, k));
            uint64_t bits;
            memcpy(&bits, &v, sizeof bits);
            h = mix(h, bits);
        }
    }
    return h;
}

void copies_print(struct copies_mark *m, const dg_doc *doc)
{
    dg_str s = dg_doc_text(doc);
    int32_t votes[BITS] = {0};
    uint64_t word = 0, row[ROW] = {0};
    bool number = false;
    uint32_t n = 0;
    *m = (struct copies_mark){.exact = 0x51ed270b};
    for (size_t i = 0; i <= s.len; i++) {
        unsigned char c = (unsigned char)(i < s.len ? s.ptr[i] : ' ');
        if (isalnum(c) || c >= 0x80) {
            word = mix(word + 1, (unsigned char)tolower(c));
            m->exact = mix(m->exact, (unsigned char)tolower(c));
            number = number || isdigit(c);
            continue;
        }
        if (!word)
            continue;
        if (number)
            m->told = mix(m->told, word);
        row[n++ % ROW] = word;
        word = 0;
        number = false;
        uint64_t h = mix(mix(mix(7, row[n % ROW]), row[(n + 1) % ROW]), row[(n + 2) % ROW]);
        h = mix(h, h >> 32);
        for (int b = 0; n >= ROW && b < BITS; b++)
            votes[b] += (h >> b & 1) ? 1 : -1;
    }
    m->told = mix(m->told, told(doc));
    for (int b = 0; b < BITS; b++)
        m->near |= (uint64_t)(votes[b] > 0) << b;
    m->words = n;
}

struct copies *copies_new(void)
{
    return calloc(1, sizeof(struct copies));
}

void copies_free(struct copies *c)
{
    if (!c)
        return;
    for (uint32_t i = 0; i < c->n; i++)
        free(c->all[i].id);
    free(c->all);
    free(c->exact);
    free(c);
}

static uint8_t band_of(uint64_t near, int b)
{
    return (uint8_t)(near >> (8 * b));
}

static bool nearly(const struct copies_mark *a, const struct copies_mark *b)
{
    return a->told == b->told && __builtin_popcountll(a->near ^ b->near) <= NEAR_BITS;
}

static uint32_t find(const struct copies *c, const struct copies_mark *m, dg_str id)
{
    for (uint32_t i = c->n_exact ? c->exact[m->exact & (c->n_exact - 1)] : 0; i; i = c->all[i - 1].next_exact)
        if (c->all[i - 1].mark.exact == m->exact)
            return i;
    for (int b = 0; m->words >= LEAST_WORDS && b < BANDS; b++)
        for (uint32_t i = c->band[b][band_of(m->near, b)]; i; i = c->all[i - 1].next[b])
            if (nearly(&c->all[i - 1].mark, m) &&
                (strlen(c->all[i - 1].id) != id.len || memcmp(c->all[i - 1].id, id.ptr, id.len)))
                return i;
    return 0;
}

static void link_exact(struct copies *c, uint32_t i)
{
    uint32_t *slot = &c->exact[c->all[i].mark.exact & (c->n_exact - 1)];
    c->all[i].next_exact = *slot;
    *slot = i + 1;
}

static bool grow(struct copies *c)
{
    uint32_t cap = c->cap ? c->cap * 2 : 1024;
    struct kept *p = realloc(c->all, cap * sizeof *p);
    uint32_t *exact = calloc(cap, sizeof *exact);
    if (p)
        c->all = p;
    if (!p || !exact) {
        free(exact);
        return false;
    }
    free(c->exact);
    c->exact = exact;
    c->cap = c->n_exact = cap;
    for (uint32_t i = 0; i < c->n; i++)
        link_exact(c, i);
    return true;
}

bool copies_seen(struct copies *c, const struct copies_mark *m, dg_str id, const char **of)
{
    uint32_t i = find(c, m, id);
    *of = i ? c->all[i - 1].id : NULL;
    if (i)
        return true;
    char *own = c->n < c->cap || grow(c) ? strndup(id.ptr, id.len) : NULL;
    if (!own)
        return false;
    c->all[c->n] = (struct kept){.mark = *m, .id = own};
    link_exact(c, c->n);
    for (int b = 0; m->words >= LEAST_WORDS && b < BANDS; b++) {
        uint32_t *slot = &c->band[b][band_of(m->near, b)];
        c->all[c->n].next[b] = *slot;
        *slot = c->n + 1;
    }
    c->n++;
    return true;
}
