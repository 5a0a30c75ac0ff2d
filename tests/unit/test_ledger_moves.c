/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/test_ledger_moves.c: the kept board is the same whatever order documents come in, and is moved by little. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sit_fixture.h"
#include "situation/ledger.h"

static dgi_arena *tables, *keep; /* keep: the documents of one stream */
static dgi_sit_rules *rules;

static int open_all(void **state)
{
    (void)state;
    tables = dgi_arena_new(0);
    keep = dgi_arena_new(0);
    rules = tables && keep ? fx_rules(tables) : NULL;
    return rules ? 0 : -1;
}
static int close_all(void **state)
{
    (void)state;
    dgi_sit_rules_free(rules);
    dgi_arena_free(tables);
    dgi_arena_free(keep);
    return 0;
}

/* ---- a stream of made-up documents ---- */
struct random {
    uint64_t s;
};
static uint32_t below(struct random *r, uint32_t n)
{
    r->s = r->s * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(r->s >> 33) % n;
}

/* A and B are the two of the dyad, W a word, D a day of the text, N a number */
static const char *const templates[] = {
    "e t=demand c=1056 p=REQUEST st=a s=A g=B k=withdraw,W x=withdraw_from_the_W con=+1\ne t=withdraw c=0874 p=RETREAT.withdraw st=h s=B k=W of=+0\n",
    "e t=demand c=1056 p=REQUEST st=a s=A k=withdraw,W x=withdraw_from_the_W\n",
    "e t=reject c=120 p=REJECT st=a s=B g=A k=demand x=the_demand\n",
    "e t=agree c=030 p=AGREE st=a s=B g=A k=demand\n",
    "e t=withdraw c=0874 p=RETREAT.withdraw st=a s=B g=A k=W\n",
    "e t=offer c=0331 p=AGREE st=a s=A g=B k=loan,W x=a_loan_for_the_W\n",
    "e t=accept c=038 p=AGREE st=a s=B g=A k=offer,W\n",
    ("e t=threaten c=138 p=THREATEN.violence st=a s=A g=B k=bomb,W con=+1 cond=+2 if=B_fires_again\n"
     "e t=bomb c=195 p=ASSAULT.aerial st=h s=A g=B k=W of=+0\ne t=fire c=194 p=ASSAULT st=h s=B g=A cof=+0\n"),
    "e t=fire c=194 p=ASSAULT.heavy-weapons st=a s=B g=A k=mortar\n",
    "e t=bomb c=195 p=ASSAULT.aerial st=a s=A g=B k=W d=D q=deaths:N at=Port_W/A\n",
    "e t=truce c=0871 p=RETREAT.ceasefire st=a s=A g=B k=ceasefire\n",
    "e t=truce c=0871 p=RETREAT.ceasefire st=a k=ceasefire\n",
    "e t=pledge c=030 p=AGREE st=a s=A g=B k=fly,W con=+1\ne t=fly c=195 p=ASSAULT st=h- s=A k=W of=+0\n",
    "e t=fly c=195 p=ASSAULT st=a s=A g=B k=W\n",
    "e t=meet c=040 p=CONSULT st=f s=A g=B d=D at=Brasilia/BRA\n",
    "e t=meet c=040 p=CONSULT st=a s=A g=B d=D at=Brasilia/BRA\n",
    "e t=meet c=040 p=CONSULT st=a at=Brasilia/BRA d=D\n",
    "e t=deploy c=154 p=MOBILIZE.troops st=a s=A g=B k=troop at=Port_W/A q=troops:N\n",
    "e t=impose c=163 p=SANCTION st=a s=A g=B k=sanction,W x=sanctions_on_W\n",
    "e t=lift c=085 p=CONCEDE st=a s=A g=B k=sanction,W\n",
    "e t=kill c=190 p=ASSAULT st=a g=B q=deaths:N d=D at=Port_W/B\n",
    "e t=kill c=190 p=ASSAULT st=a q=deaths:N at=Port_W/B b=A\n",
    "e t=sign c=057 p=AGREE st=a s=A g=B k=treaty,W x=a_treaty_on_W\n",
    "e t=break c=161 p=SANCTION st=a s=A g=B k=relation,diplomatic,embassy\n",
};
static const char *const actors[] = {
    "PER",           "ECU",      "BRA", "ARG", "USA", "NATO",  "CHL",     "KEN", "UGA", "@Ana_Ortiz/PER",
    "#Red_Band/ECU", "%KEN:MIL", "EU",  "FRA", "TUR", "%:REB", "%UGA:REB"};
static const char *const words[] = {"patrol", "garrison", "valley", "harbour", "bridge", "tariff"};

static void put(char *out, size_t cap, const char *s)
{
    size_t n = strlen(out);
    assert_true(n + strlen(s) + 1 < cap);
    memcpy(out + n, s, strlen(s) + 1);
}

/* Lines of one template, with actors, word, day, number and links filled in. */
static void fill_in(char *out, size_t cap, const char *t, const char *a, const char *b, const char *w, const char *day,
                    uint32_t number, uint32_t first)
{
    char num[16], one[2] = {0, 0};
    snprintf(num, sizeof num, "%u", number);
    for (const char *p = t; *p; p++) {
        bool value = p > t && (p[-1] == '=' || p[-1] == '/' || p[-1] == ',' || p[-1] == '_' || p[-1] == ':');
        bool ends = !p[1] || p[1] == ' ' || p[1] == '\n' || p[1] == '/' || p[1] == ',' || p[1] == '_';
        if (*p == '+' && p > t && p[-1] == '=') {
            snprintf(num, sizeof num, "%u", first + (uint32_t)(p[1] - '0'));
            put(out, cap, num);
            snprintf(num, sizeof num, "%u", number);
            p++;
        } else if (value && ends && (*p == 'A' || *p == 'B')) {
            const char *x = *p == 'A' ? a : b;
            if (p[-1] == '/') /* a country is wanted */
                x = strchr(x, '/') ? strchr(x, '/') + 1 : strlen(x) == 3 ? x : "PER";
            put(out, cap, x);
        } else if (value && ends && *p == 'W')
            put(out, cap, w);
        else if (value && ends && *p == 'D')
            put(out, cap, day);
        else if (value && ends && *p == 'N')
            put(out, cap, num);
        else {
            one[0] = *p;
            put(out, cap, one);
        }
    }
}

struct made {
    struct dgi_ev_doc doc;
    dg_str pos;
    bool on; /* the board */
};

static void make_doc(struct random *r, struct made *m, uint32_t i, uint32_t n_actors, uint32_t days, uint32_t base)
{
    char lines[4096] = "", id[24], published[16], day[16];
    uint32_t d = below(r, days), a = base + below(r, n_actors), b = base + below(r, n_actors), n_ev = 1 + below(r, 3),
             first = 0;
    dgi_day_format(dgi_day_make(2001, 1, 1) + (int32_t)d, published);
    snprintf(id, sizeof id, "d%03u", i);
    for (uint32_t k = 0; k < n_ev; k++) {
        if (below(r, 3) == 0)
            b = base + below(r, n_actors);
        dgi_day_format(dgi_day_make(2001, 1, 1) + (int32_t)(d - below(r, d < 5 ? d + 1 : 5)), day);
        const char *t = templates[below(r, sizeof templates / sizeof *templates)];
        fill_in(lines, sizeof lines, t, actors[a], actors[b], words[below(r, 6)], day, 1 + below(r, 4) * 10, first);
        for (const char *p = t; *p; p++)
            first += *p == '\n';
    }
    /* links of a fixture are one digit */
    m->doc = fx_doc(keep, id, below(r, 40) ? published : NULL, lines);
    m->pos = dgi_ledger_pos(keep, m->doc.reported, m->doc.id, DGI_S("k"));
    assert_non_null(m->pos.ptr);
    m->on = false;
}

/* ---- boards ---- */
struct kept {
    dgi_ledger_memory *m;
    dgi_ledger *l;
    struct dgi_ledger_stats stats;
};
static struct kept kept_new(const struct dgi_ledger_host *base, size_t cache)
{
    struct kept k = {.m = dgi_ledger_memory_new(base)};
    assert_non_null(k.m);
    assert_non_null(k.l = dgi_ledger_new(rules, dgi_ledger_memory_host(k.m), cache));
    return k;
}
static void kept_free(struct kept *k)
{
    dgi_ledger_free(k->l);
    dgi_ledger_memory_free(k->m);
}
static void move(struct kept *k, const struct dgi_ledger_change *c, uint32_t n)
{
    dg_error err = {0};
    if (dgi_ledger_move(k->l, c, n, &k->stats, NULL, NULL, &err) != DG_OK)
        fail_msg("%s", err.message);
}
static void give(struct kept *k, const struct made *d)
{
    assert_int_equal(dgi_ledger_memory_put_document(k->m, d->pos, &d->doc, NULL), DG_OK);
}
static char *dump(struct kept *k)
{
    struct dgi_buf b = {0};
    dgi_ledger_memory_dump(k->m, &b);
    dgi_buf_add(&b, (dg_str){"", 1});
    assert_false(b.failed);
    return b.ptr;
}

/* All that are on, at once and in order. */
static struct kept rebuilt(const struct made *d, uint32_t n)
{
    struct kept k = kept_new(NULL, 0);
    struct dgi_ledger_change *c = calloc(n, sizeof *c);
    uint32_t m = 0;
    for (uint32_t i = 0; i < n; i++)
        if (d[i].on) {
            give(&k, &d[i]);
            c[m++] = (struct dgi_ledger_change){d[i].pos, false, true};
        }
    move(&k, c, m);
    free(c);
    return k;
}

static void same_text(const char *a, const char *b, const char *what, uint32_t seed)
{
    if (!strcmp(a, b))
        return;
    size_t i = 0, line = 0;
    for (; a[i] == b[i]; i++)
        if (a[i] == '\n')
            line = i + 1;
    fail_msg("%s, seed %u: differs\n%.300s\n--- rebuilt\n%.300s", what, seed, a + line, b + line);
}

static void same_as_rebuilt(struct kept *k, const struct made *d, uint32_t n, const char *what, uint32_t seed)
{
    struct kept r = rebuilt(d, n);
    char *x = dump(k), *y = dump(&r);
    same_text(x, y, what, seed);
    free(x);
    free(y);
    kept_free(&r);
}

enum { N_DOCS = 90 };

static void any_order_same_board(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct random r = {seed};
        dgi_arena_reset(keep);
        struct made d[N_DOCS];
        struct dgi_ledger_change c[N_DOCS];
        uint32_t order[N_DOCS], n_actors = seed % 3 ? 4 + seed % 13 : 17;
        for (uint32_t i = 0; i < N_DOCS; i++) {
            make_doc(&r, &d[i], i, n_actors, seed % 2 ? 60 : 1500, 0);
            order[i] = i;
        }
        for (uint32_t i = N_DOCS - 1; i; i--) {
            uint32_t j = below(&r, i + 1), t = order[i];
            order[i] = order[j];
            order[j] = t;
        }
        struct kept k = kept_new(NULL, seed % 4 ? 0 : 20000);
        for (uint32_t i = 0; i < N_DOCS;) {
            uint32_t n = 1 + below(&r, seed % 5 ? 6 : 40), m = 0;
            for (; m < n && i < N_DOCS; m++, i++) {
                struct made *x = &d[order[i]];
                x->on = true;
                give(&k, x);
                c[m] = (struct dgi_ledger_change){x->pos, false, true};
            }
            move(&k, c, m);
        }
        same_as_rebuilt(&k, d, N_DOCS, "shuffled", seed);
        kept_free(&k);
    }
}

static void corrected_and_withdrawn_same_board(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct random r = {seed * 77};
        dgi_arena_reset(keep);
        struct made d[N_DOCS];
        for (uint32_t i = 0; i < N_DOCS; i++) {
            make_doc(&r, &d[i], i, 4 + seed % 13, seed % 2 ? 60 : 1500, 0);
            d[i].on = true;
        }
        struct kept k = rebuilt(d, N_DOCS);
        for (uint32_t step = 0; step < 12; step++) {
            struct made *x = &d[below(&r, N_DOCS)], neu;
            struct dgi_ledger_change c[2] = {{x->pos, x->on, false}};
            uint32_t n = 1, what = below(&r, 4);
            if (!x->on || what == 0) { /* taken back, or come again */
                x->on = !x->on;
                c[0].is = x->on;
            } else {
                make_doc(&r, &neu, (uint32_t)(x - d), 4 + seed % 13, 1500, 0);
                if (what == 1) { /* another text of the same day */
                    neu.doc.reported = x->doc.reported;
                    neu.pos = x->pos;
                    c[0].is = true;
                } else if (dgi_str_eq(neu.pos, x->pos))
                    c[0].is = true;
                else
                    c[n++] = (struct dgi_ledger_change){neu.pos, false, true};
                *x = neu;
                x->on = true;
            }
            give(&k, x);
            move(&k, c, n);
            if (step % 4 == 3)
                same_as_rebuilt(&k, d, N_DOCS, "corrected", seed);
        }
        kept_free(&k);
    }
}

/* ---- questions about days ---- */
/* An item as text: all that a question can show. */
static void tell(struct dgi_buf *b, const struct dgi_sit_item *it, const struct dgi_sit_when *w)
{
    struct dgi_item_state st;
    if (!dgi_item_at(it, w, &st))
        return;
    dgi_buf_printf(b, "%.*s %s %d due %d since %d opened %d sources %u |%.*s|%.*s|", (int)it->id.len, it->id.ptr,
                   dgi_item_kind_name[it->kind], st.status, st.due, st.since, st.opened, st.sources,
                   (int)it->content.len, it->content.ptr, (int)it->condition.len, it->condition.ptr);
    for (uint32_t i = 0; i < it->n_parties; i++)
        dgi_buf_printf(b, " %d%s%.*s", it->parties[i].role, it->parties[i].inferred ? "?" : ":",
                       (int)it->parties[i].actor.id.len, it->parties[i].actor.id.ptr);
    for (uint32_t i = 0; i < it->n_history; i++)
        if (dgi_change_seen(&it->history[i], w))
            dgi_buf_printf(b, "\n  %d %d %d %.*s %.*s %u", it->history[i].date, it->history[i].reported,
                           it->history[i].status, (int)it->history[i].event.len, it->history[i].event.ptr,
                           (int)it->history[i].rule.len, it->history[i].rule.ptr, it->history[i].n_quantities);
    dgi_buf_printf(b, "\n");
}

static char *told(struct dgi_buf *b)
{
    dgi_buf_add(b, (dg_str){"", 1});
    assert_false(b->failed);
    return b->ptr;
}

/* All items of a host in order, as they stood before `cut`. */
static char *tell_kept(struct kept *k, dg_str cut, const struct dgi_sit_when *w)
{
    const struct dgi_ledger_host *h = dgi_ledger_memory_host(k->m);
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_buf b = {0};
    dg_str *items;
    uint32_t n;
    assert_int_equal(dgi_ledger_memory_changed(k->m, a, &items, &n, NULL), DG_OK);
    for (uint32_t i = 0; i < n; i++) {
        struct dgi_ledger_entry *e;
        uint32_t n_e;
        const struct dgi_sit_item *it;
        assert_int_equal(h->entries(h->self, items[i], a, &e, &n_e, NULL), DG_OK);
        assert_int_equal(dgi_ledger_item(rules, items[i], e, n_e, cut, a, &it, NULL), DG_OK);
        if (it)
            tell(&b, it, w);
    }
    dgi_arena_free(a);
    return told(&b);
}

static int by_pos(const void *a, const void *b)
{
    const struct made *const *x = a, *const *y = b;
    return dgi_str_cmp((*x)->pos, (*y)->pos);
}

/* The same from a plain board of the documents reported up to a day. */
static dgi_board *plain_board(const struct made *d, uint32_t n, int32_t until)
{
    const struct made *list[200];
    uint32_t m = 0;
    dgi_board *b = dgi_board_new(rules, 0);
    assert_non_null(b);
    for (uint32_t i = 0; i < n; i++)
        if (d[i].on && d[i].doc.reported <= until)
            list[m++] = &d[i];
    qsort(list, m, sizeof *list, by_pos);
    for (uint32_t i = 0; i < m; i++)
        assert_int_equal(dgi_board_apply(b, &list[i]->doc, NULL, NULL, NULL), DG_OK);
    return b;
}

static char *tell_board(const dgi_board *b, const struct dgi_sit_when *w)
{
    struct dgi_buf out = {0};
    for (uint32_t i = 0; i < dgi_board_n(b); i++)
        tell(&out, dgi_board_item(b, i), w);
    return told(&out);
}

static void a_cut_is_what_was_known(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct random r = {seed * 31};
        struct made d[N_DOCS];
        dgi_arena_reset(keep);
        for (uint32_t i = 0; i < N_DOCS; i++) {
            make_doc(&r, &d[i], i, 4 + seed % 13, 400, 0);
            d[i].on = true;
        }
        struct kept k = rebuilt(d, N_DOCS);
        for (uint32_t q = 0; q < 8; q++) {
            char buf[8];
            int32_t known = dgi_day_make(2001, 1, 1) + (int32_t)below(&r, 420) - 5;
            struct dgi_sit_when w = {q % 2 ? known - (int32_t)below(&r, 100) : DGI_NO_DAY,
                                     q % 4 < 2 ? known : DGI_NO_DAY, 0, NULL, NULL};
            dgi_board *b = plain_board(d, N_DOCS, w.known_on == DGI_NO_DAY ? INT32_MAX : known);
            char *x = tell_kept(&k, w.known_on == DGI_NO_DAY ? (dg_str){"", 0} : dgi_ledger_pos_after(known, buf), &w),
                 *y = tell_board(b, &w);
            same_text(x, y, "cut", seed);
            free(x);
            free(y);
            dgi_board_free(b);
        }
        kept_free(&k);
    }
}

/* Versions known on a day: changes on a sheet over the kept board, which stays as it was. */
static void other_versions_on_a_sheet(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct random r = {seed * 131};
        struct made d[N_DOCS];
        dgi_arena_reset(keep);
        for (uint32_t i = 0; i < N_DOCS; i++) {
            make_doc(&r, &d[i], i, 4 + seed % 13, 400, 0);
            d[i].on = i % 9 != 0;
        }
        struct kept k = rebuilt(d, N_DOCS), sheet = kept_new(dgi_ledger_memory_host(k.m), 0);
        char *before = dump(&k);
        struct dgi_ledger_change c[10];
        for (uint32_t i = 0; i < 10; i++) {
            struct made *x = &d[i * 9];
            make_doc(&r, x, i * 9, 4 + seed % 13, 400, 0);
            x->on = i % 2;
            if (!x->on) { /* one that is there goes */
                x = &d[i * 9 + 1];
                x->on = false;
            }
            give(&sheet, x);
            c[i] = (struct dgi_ledger_change){x->pos, !x->on, x->on};
        }
        move(&sheet, c, 10);
        char *after = dump(&k);
        same_text(before, after, "below the sheet", seed);
        struct kept want = rebuilt(d, N_DOCS);
        struct dgi_sit_when w = {DGI_NO_DAY, DGI_NO_DAY, 0, NULL, NULL};
        /* what the sheet has, and what of the board below it did not touch */
        const struct dgi_ledger_host *h = dgi_ledger_memory_host(sheet.m);
        dg_str *items, *low;
        uint32_t n, n_low;
        struct dgi_buf b = {0};
        assert_int_equal(dgi_ledger_memory_changed(sheet.m, keep, &items, &n, NULL), DG_OK);
        assert_int_equal(dgi_ledger_memory_changed(k.m, keep, &low, &n_low, NULL), DG_OK);
        for (uint32_t i = 0, j = 0; i < n || j < n_low;) {
            int o = i == n ? 1 : j == n_low ? -1 : dgi_str_cmp(items[i], low[j]);
            dg_str key = o <= 0 ? items[i] : low[j];
            struct dgi_ledger_entry *e;
            uint32_t n_e;
            const struct dgi_sit_item *it;
            i += o <= 0;
            j += o >= 0;
            assert_int_equal(h->entries(h->self, key, keep, &e, &n_e, NULL), DG_OK);
            assert_int_equal(dgi_ledger_item(rules, key, e, n_e, (dg_str){"", 0}, keep, &it, NULL), DG_OK);
            if (it)
                tell(&b, it, &w);
        }
        char *x = told(&b), *y = tell_kept(&want, (dg_str){"", 0}, &w);
        same_text(x, y, "on the sheet", seed);
        free(x), free(y), free(before), free(after);
        kept_free(&sheet);
        kept_free(&want);
        kept_free(&k);
    }
}

static void what_if_from_heads_as_from_the_board(void **state)
{
    (void)state;
    uint32_t found = 0;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct random r = {seed * 17};
        struct made d[N_DOCS], x;
        dgi_arena_reset(keep);
        for (uint32_t i = 0; i < N_DOCS; i++) {
            make_doc(&r, &d[i], i, 4, 400, 0);
            d[i].on = true;
        }
        struct kept k = rebuilt(d, N_DOCS);
        dgi_board *b = plain_board(d, N_DOCS, INT32_MAX);
        for (uint32_t q = 0; q < 12; q++) {
            struct dgi_sit_when w = {dgi_day_make(2002, 2, 15), DGI_NO_DAY, 0, NULL, NULL};
            struct dgi_sit_effects e, f;
            make_doc(&r, &x, 900, 4, 10, 0);
            assert_int_equal(dgi_ledger_what_if(rules, dgi_ledger_memory_host(k.m), &x.doc, &w, &e, keep, NULL), DG_OK);
            assert_int_equal(dgi_board_what_if(b, &x.doc, &w, &f, keep, NULL), DG_OK);
            assert_int_equal(e.n, f.n);
            found += e.n;
            for (uint32_t i = 0; i < e.n; i++) {
                assert_int_equal(e.list[i].effect, f.list[i].effect);
                assert_true(dgi_str_eq(e.list[i].item->id, f.list[i].item->id));
                assert_int_equal(e.list[i].item->n_history, f.list[i].item->n_history);
            }
        }
        dgi_board_free(b);
        kept_free(&k);
    }
    assert_true(found > 20);
}

/* What a store holds may have been written by anybody. */
static void a_damaged_entry_is_told_or_read(void **state)
{
    (void)state;
    struct random r = {9};
    struct made d[N_DOCS];
    uint32_t told_of = 0, tried = 0;
    dgi_arena_reset(keep);
    for (uint32_t i = 0; i < N_DOCS; i++) {
        make_doc(&r, &d[i], i, 8, 300, 0);
        d[i].on = true;
    }
    struct kept k = rebuilt(d, N_DOCS);
    const struct dgi_ledger_host *h = dgi_ledger_memory_host(k.m);
    dgi_arena *a = dgi_arena_new(0);
    dg_str *items;
    uint32_t n;
    assert_int_equal(dgi_ledger_memory_changed(k.m, keep, &items, &n, NULL), DG_OK);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t t = 0; t < 40; t++) {
            struct dgi_ledger_entry *e;
            uint32_t n_e;
            const struct dgi_sit_item *it;
            dg_error err = {0};
            dgi_arena_reset(a);
            assert_int_equal(h->entries(h->self, items[i], a, &e, &n_e, NULL), DG_OK);
            char *copy = malloc(e[0].blob.len);
            assert_non_null(copy);
            memcpy(copy, e[0].blob.ptr, e[0].blob.len);
            size_t len = e[0].blob.len;
            if (t % 4 == 0)
                len = below(&r, (uint32_t)len);
            else
                copy[below(&r, (uint32_t)len)] ^= (char)(1 << below(&r, 8));
            e[0].blob = (dg_str){copy, len};
            dg_status st = dgi_ledger_item(rules, items[i], e, n_e, (dg_str){"", 0}, a, &it, &err);
            told_of += st == DG_E_STORE;
            tried++;
            assert_true(st == DG_OK || st == DG_E_STORE);
            free(copy);
        }
    assert_true(told_of > tried / 4); /* all that are cut, and more */
    dgi_arena_free(a);
    kept_free(&k);
}

/* ---- what it costs ---- */
static void a_late_document_leaves_the_others_alone(void **state)
{
    (void)state;
    struct random r = {5};
    struct made d[N_DOCS], late;
    uint32_t theirs = 0;
    dgi_arena_reset(keep);
    for (uint32_t i = 0; i < N_DOCS; i++) { /* Peru, Ecuador ... and Kenya, Uganda: no bloc has both */
        make_doc(&r, &d[i], i, 2, 300, i % 3 ? 0 : 7);
        d[i].on = true;
        theirs += i % 3 == 0;
    }
    struct kept k = rebuilt(d, N_DOCS);
    make_doc(&r, &late, 500, 2, 3, 7);
    late.doc.reported = dgi_day_make(2001, 1, 2);
    late.pos = dgi_ledger_pos(keep, late.doc.reported, late.doc.id, DGI_S("k"));
    give(&k, &late);
    k.stats = (struct dgi_ledger_stats){0};
    move(&k, &(struct dgi_ledger_change){late.pos, false, true}, 1);
    assert_int_equal(k.stats.applied, 1);
    assert_true(k.stats.replayed <= theirs + 12); /* and those few that name nobody, by the season */
    kept_free(&k);
}

static void the_latest_document_replays_nothing(void **state)
{
    (void)state;
    struct random r = {6};
    struct made d[N_DOCS], last;
    dgi_arena_reset(keep);
    for (uint32_t i = 0; i < N_DOCS; i++) {
        make_doc(&r, &d[i], i, 8, 300, 0);
        d[i].on = true;
    }
    struct kept k = rebuilt(d, N_DOCS), cold = {.m = k.m, .l = dgi_ledger_new(rules, dgi_ledger_memory_host(k.m), 0)};
    make_doc(&r, &last, 501, 8, 3, 0);
    last.doc.reported = dgi_day_make(2001, 12, 31);
    last.pos = dgi_ledger_pos(keep, last.doc.reported, last.doc.id, DGI_S("k"));
    give(&cold, &last);
    move(&cold, &(struct dgi_ledger_change){last.pos, false, true}, 1);
    assert_int_equal(cold.stats.applied, 1);
    assert_int_equal(cold.stats.replayed, 0);
    assert_true(cold.stats.items_read < N_DOCS);
    dgi_ledger_free(cold.l);
    kept_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_same_board),
        cmocka_unit_test(corrected_and_withdrawn_same_board),
        cmocka_unit_test(a_cut_is_what_was_known),
        cmocka_unit_test(other_versions_on_a_sheet),
        cmocka_unit_test(what_if_from_heads_as_from_the_board),
        cmocka_unit_test(a_damaged_entry_is_told_or_read),
        cmocka_unit_test(a_late_document_leaves_the_others_alone),
        cmocka_unit_test(the_latest_document_replays_nothing),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
