/* SPDX-License-Identifier: Apache-2.0 */
/* The seam: the store over SQLite and the store in memory, put through the same, say the same, and keep the same board.
 * Corrections, withdrawals and late documents in any order give one board, and doctor finds nothing wrong with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "export/board_json.h"
#include "server_fixture.h"
#include "sit_fixture.h"
#include "store/backend.h"

static dgi_arena *arena;
static dgi_sit_rules *rules;
static char dir[] = "/tmp/dg-seam-XXXXXX";

static int setup(void **state)
{
    (void)state;
    arena = dgi_arena_new(0);
    rules = fx_rules(arena);
    return rules && mkdtemp(dir) ? 0 : -1;
}
static int teardown(void **state)
{
    (void)state;
    char cmd[64];
    snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
    dgi_sit_rules_free(rules);
    dgi_arena_free(arena);
    return system(cmd) == 0 ? 0 : -1;
}

/* ---- a stream, made up by number ---- */
static unsigned seed;
static unsigned below(unsigned n)
{
    return (seed = seed * 1103515245u + 12345u, seed >> 16) % n;
}

static const char *const lands[] = {"PER", "ECU", "BRA", "ARG", "CHL"};
static const char *const lines[] = {
    "e t=demand c=1042 p=REQUEST st=a s=%s g=%s k=%s,border x=leave_the_%s",
    "e t=reject c=120 p=REJECT st=a s=%s g=%s k=demand,%s x=the_demand_%s",
    "e t=threaten c=138 p=THREATEN st=a s=%s g=%s k=force,%s x=force_%s",
    "e t=meet c=040 p=CONSULT.meet st=f s=%s g=%s d=1995-02-20 at=%s/BRA k=%s",
    "e t=attack c=190 p=ASSAULT st=a s=%s g=%s at=%s/PER q=deaths:12 k=%s",
    "e t=sign c=057 p=SUPPORT st=a s=%s g=%s k=%s,truce x=a_truce_%s",
    "e t=sanction c=163 p=SANCTION st=a s=%s g=%s k=%s x=%s",
    "e t=withdraw c=0874 p=RETREAT st=a s=%s g=%s k=%s,troops x=%s",
    "e t=promise c=030 p=AGREE st=a s=%s g=%s k=%s x=to_leave_%s",
};
static const char *const places[] = {"Tiwinza", "Cenepa", "Iquitos"};

/* Version v of document i: other events, and a later day where dated. */
static struct dgi_ev_doc document(unsigned i, unsigned v, bool dated)
{
    char id[32], url[48], day[16], text[2048];
    size_t n = 0;
    seed = i * 977 + v * 31 + 5;
    snprintf(id, sizeof id, "doc%03u", i);
    snprintf(url, sizeof url, "http://n/%03u", i);
    snprintf(day, sizeof day, "1995-%02u-%02u", 1 + i % 12, 1 + (dated ? v : 0) + i % 25);
    for (unsigned k = 0; k < 2 + below(3); k++) {
        unsigned x = below(5), y = (x + 1 + below(4)) % 5;
        const char *p = places[below(3)];
        n += (size_t)snprintf(text + n, sizeof text - n, lines[below(sizeof lines / sizeof *lines)], lands[x], lands[y],
                              p, p);
        n += (size_t)snprintf(text + n, sizeof text - n, "\n");
    }
    const char *kept = dgi_arena_str(arena, dgi_str(text)).ptr;
    struct dgi_ev_doc d = fx_doc(arena, id, day, kept);
    struct dgi_ev_sentence *s = dgi_arena_array(arena, d.n_events + 1, sizeof *s);
    struct dgi_ev_statement *t = dgi_arena_alloc(arena, sizeof *t);
    for (uint32_t e = 0; e < d.n_events; e++)
        s[e] = (struct dgi_ev_sentence){d.events[e].ev_start, d.events[e].ev_end, d.events[e].ev_start,
                                        d.events[e].ev_end};
    *t = (struct dgi_ev_statement){.id = DGI_S("s1"),
                                   .content = dgi_str("all is well"),
                                   .speaker = {.id = DGI_S("country:PER"), .name = DGI_S("Peru")},
                                   .outer = {"", 0}};
    d.meta = (struct dgi_meta){.id = d.id,
                               .url = i % 3 ? dgi_arena_str(arena, dgi_str(url)) : (dg_str){"", 0},
                               .title = DGI_S("A border"),
                               .author = {"", 0},
                               .publisher = DGI_S("The Herald"),
                               .lang = DGI_S("en"),
                               .published = d.reported,
                               .published_from = DGI_S("meta")};
    d.text = dgi_str(kept);
    d.sentences = s;
    d.n_sentences = d.n_events;
    d.statements = t;
    d.n_statements = 1;
    d.n_coded = d.n_events;
    return d;
}

static dg_str key_of(const struct dgi_ev_doc *d)
{
    return d->meta.url.len ? d->meta.url : d->meta.id;
}

/* ---- what a store says ---- */
static bool row(void *user, dg_str key, dg_str value)
{
    dgi_buf_printf(user, "%016llx %016llx\n", (unsigned long long)dgi_str_hash(key),
                   (unsigned long long)dgi_str_hash(value));
    return true;
}
static bool said(void *user, const struct dgi_store_source *src, const struct dgi_said *x)
{
    dgi_buf_printf(user, "%.*s %.*s %.*s %.*s\n", (int)src->id.len, src->id.ptr, (int)x->speaker.len, x->speaker.ptr,
                   (int)x->content.len, x->content.ptr, (int)x->sentence.len, x->sentence.ptr);
    return true;
}
static bool source(void *user, const struct dgi_store_source *src)
{
    dgi_buf_printf(user, "%.*s %.*s %d\n", (int)src->id.len, src->id.ptr, (int)src->url.len, src->url.ptr,
                   src->published);
    return true;
}

static void must(dg_status st, const dg_error *err)
{
    if (st != DG_OK)
        fail_msg("%s", err->message);
}

/* rows: also the kept board, row by row. */
static void dump(dgi_store *s, dgi_backend *b, bool rows, struct dgi_buf *out)
{
    static const int days[][2] = {{0, 0}, {9150, 0}, {0, 9200}, {9220, 9200}, {0, 9300}};
    static const char *const who[] = {NULL, "PER", "country:ECU", "brazil"};
    dg_error err = {0};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct dgi_sit_filter f = {.when = {.as_of = days[i][0] ? days[i][0] : DGI_NO_DAY,
                                            .known_on = days[i][1] ? days[i][1] : DGI_NO_DAY,
                                            .lapse_days = 0}};
        must(dgi_situation_json(out, s, &f, &err), &err);
        dgi_buf_printf(out, "\n");
        f.open_only = true;
        f.between_a = who[1];
        f.between_b = who[2 + i % 2];
        must(dgi_situation_json(out, s, &f, &err), &err);
    }
    for (int i = 0; i < 4; i++) {
        struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY, .lapse_days = 0},
                                   .actor = who[i],
                                   .kinds = i ? 1u << DGI_IT_DEMAND | 1u << DGI_IT_TOLL : 0};
        struct dgi_timeline_filter t = DGI_TIMELINE_INIT;
        t.actor = who[i];
        t.known_on = i == 2 ? 9200 : DGI_NO_DAY;
        must(dgi_situation_json(out, s, &f, &err), &err);
        must(dgi_timeline_json(s, &t, out, &err), &err);
        must(dgi_store_said(s, who[i], DGI_NO_DAY, i == 1 ? 9200 : DGI_NO_DAY, DGI_NO_DAY, said, out, &err), &err);
    }
    must(dgi_store_sources(s, DGI_NO_DAY, source, out, &err), &err);
    must(dgi_store_sources(s, 9200, source, out, &err), &err);
    struct dgi_ev_doc attack = fx_doc(arena, "what", "1995-12-30", "e t=attack c=190 p=ASSAULT st=a s=PER g=ECU\n");
    struct dgi_sit_when now = {DGI_NO_DAY, DGI_NO_DAY, 0, NULL, NULL};
    struct dgi_sit_effects effects;
    must(dgi_store_day(s, &now, &err), &err);
    must(dgi_store_what_if(s, &attack, &now, &effects, arena, &err), &err);
    dgi_what_if_json(out, &attack, &effects, &now);
    struct dgi_store_counts n;
    must(dgi_store_count(s, &n, &err), &err);
    dgi_buf_printf(out, "\n%llu %d %d\n", (unsigned long long)n.documents, n.first, n.last);
    for (int i = 0; rows && i < DGI_N_ROWS_OF; i++)
        must(b->ops->each_row(b, (enum dgi_rows_of)i, row, out, &err), &err);
}

static void same(const struct dgi_buf *a, const struct dgi_buf *b, const char *what)
{
    if (dgi_str_eq(dgi_buf_str(a), dgi_buf_str(b)))
        return;
    size_t i = 0;
    while (i < a->len && i < b->len && a->ptr[i] == b->ptr[i])
        i++;
    size_t from = i > 300 ? i - 300 : 0;
    fail_msg("%s: stores differ at byte %zu\n%.*s\n---\n%.*s", what, i,
             (int)(a->len - from < 700 ? a->len - from : 700), a->ptr + from,
             (int)(b->len - from < 700 ? b->len - from : 700), b->ptr + from);
}

struct pair { /* the same store twice */
    dgi_store *s[2];
    dgi_backend *b[2];
};

static struct pair open_pair(const char *name)
{
    struct pair p;
    char path[128];
    dg_error err = {0};
    must(fx_open(&p.b[0], dir, name, true, path, &err), &err);
    must(dgi_memory_open(&p.b[1], &err), &err);
    for (int i = 0; i < 2; i++)
        must(dgi_store_over(&p.s[i], p.b[i], i ? "memory" : path, true, rules, &err), &err);
    return p;
}

static void close_pair(struct pair *p)
{
    for (int i = 0; i < 2; i++)
        dgi_store_close(p->s[i]);
}

static void put(struct pair *p, const struct dgi_ev_doc *d, int32_t today)
{
    enum dgi_ingest_result r[2];
    for (int i = 0; i < 2; i++) {
        dg_error err = {0};
        must(dgi_store_put(p->s[i], d, today, &r[i], &err), &err);
    }
    assert_int_equal(r[0], r[1]);
}

static void withdraw(struct pair *p, dg_str what, int32_t day)
{
    bool found[2];
    for (int i = 0; i < 2; i++) {
        dg_error err = {0};
        must(dgi_store_withdraw(p->s[i], what, day, &found[i], &err), &err);
    }
    assert_int_equal(found[0], found[1]);
}

static void sync_pair(struct pair *p)
{
    for (int i = 0; i < 2; i++) {
        dg_error err = {0};
        must(dgi_store_sync(p->s[i], &err), &err);
    }
}

static void compare(struct pair *p, bool rows, const char *what)
{
    struct dgi_buf d[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++)
        dump(p->s[i], p->b[i], rows, &d[i]);
    same(&d[0], &d[1], what);
    assert_true(d[0].len > 500);
    dgi_buf_free(&d[0]);
    dgi_buf_free(&d[1]);
}

static bool finding(void *user, const char *line)
{
    dgi_buf_printf(user, "%s\n", line);
    return true;
}

/* Doctor on both: nothing wrong. */
static void healthy(struct pair *p, const char *what)
{
    for (int i = 0; i < 2; i++) {
        struct dgi_buf told = {0};
        uint64_t wrong = 0;
        dg_error err = {0};
        must(dgi_store_doctor(p->s[i], false, finding, &told, &wrong, &err), &err);
        if (wrong)
            fail_msg("%s: store %d: %.*s", what, i, (int)told.len, told.ptr);
        dgi_buf_free(&told);
    }
}

enum { N = 30 };

static void both_say_the_same(void **state)
{
    (void)state;
    struct pair p = open_pair("same.db");
    for (unsigned i = 0; i < N; i++) {
        unsigned k = i * 7 % N; /* not in order */
        struct dgi_ev_doc d = document(k, 0, true);
        put(&p, &d, DGI_NO_DAY);
        if (i % 5 == 4)
            compare(&p, false, "before the board followed");
        if (i % 3 == 0)
            sync_pair(&p);
        if (i % 4 == 3) {
            struct dgi_ev_doc again = document(k / 2, 1, i % 8 == 3);
            put(&p, &again, 9300 + (int)i);
        }
        if (i == 20)
            withdraw(&p, key_of(&d), DGI_NO_DAY);
    }
    compare(&p, false, "some documents are not on the board");
    sync_pair(&p);
    compare(&p, true, "all is on the board");
    healthy(&p, "all is on the board");
    close_pair(&p);
}

/* Documents, their dated corrections and withdrawals in many orders, synced at many moments: one board. */
static void any_order_one_board(void **state)
{
    (void)state;
    struct dgi_buf ref = {0};
    for (int round = 0; round < 8; round++) {
        struct {
            unsigned doc, version;
        } put_order[2 * N];
        char name[32];
        unsigned n = 0;
        for (unsigned i = 0; i < N; i++)
            for (unsigned v = 0; v < 1 + (i % 4 == 0); v++)
                put_order[n].doc = i, put_order[n++].version = v;
        for (unsigned i = n; round && i > 1; i--) {
            seed = (unsigned)round * 7919 + i;
            unsigned k = below(i);
            unsigned d = put_order[i - 1].doc, v = put_order[i - 1].version;
            put_order[i - 1] = put_order[k];
            put_order[k].doc = d, put_order[k].version = v;
        }
        snprintf(name, sizeof name, "order%d.db", round);
        struct pair p = open_pair(name);
        for (unsigned i = 0; i < n; i++) {
            struct dgi_ev_doc d = document(put_order[i].doc, put_order[i].version, true);
            put(&p, &d, DGI_NO_DAY);
            if (i % (1 + (unsigned)round * 3) == 0)
                sync_pair(&p);
        }
        for (unsigned i = 3; i < N; i += 9) {
            struct dgi_ev_doc d = document(i, 0, true);
            withdraw(&p, key_of(&d), 9600);
        }
        sync_pair(&p);
        struct dgi_buf got = {0};
        dump(p.s[0], p.b[0], true, &got);
        if (!round) {
            ref = got;
        } else {
            same(&ref, &got, name);
            dgi_buf_free(&got);
        }
        compare(&p, true, name);
        healthy(&p, name);
        close_pair(&p);
    }
    dgi_buf_free(&ref);
}

static void sql(const char *path, const char *name, const char *text)
{
    sqlite3 *db;
    if (fx_server()) {
        assert_int_equal(fx_server_sql(name, text), 0);
        return;
    }
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* What somebody did to the tables is found and put right. */
static void doctor_finds_and_repairs(void **state)
{
    (void)state;
    static const char *const harm_file[] = {
        "DELETE FROM item_entries WHERE item=(SELECT min(item) FROM item_entries)",
        "UPDATE items SET head=x'00' WHERE no=(SELECT min(no) FROM items)",
        "DELETE FROM items WHERE no=(SELECT max(no) FROM items)",
        "UPDATE board SET reads=x''",
        "DELETE FROM event_actors WHERE doc=2",
        "INSERT INTO sentences VALUES(999,0,0,1,0,1)",
        "UPDATE item_entries SET entry=zeroblob(7) WHERE item=3",
    };
    static const char *const harm_server[] = {
        "DELETE FROM item_entries WHERE item=(SELECT min(item) FROM item_entries)",
        "UPDATE items SET head='\\x00' WHERE no=(SELECT min(no) FROM items)",
        "DELETE FROM items WHERE no=(SELECT max(no) FROM items)",
        "DELETE FROM reads WHERE pos=(SELECT pos FROM reads ORDER BY pos LIMIT 1)",
        "DELETE FROM event_actors WHERE doc=2",
        "INSERT INTO sentences VALUES(999,0,0,1,0,1)",
        "UPDATE item_entries SET entry='\\x00000000000000' WHERE item=3",
    };
    const char *const *harm = fx_server() ? harm_server : harm_file;
    char path[128];
    for (size_t h = 0; h < sizeof harm_file / sizeof *harm_file; h++) {
        dgi_store *s;
        dg_error err = {0};
        struct dgi_buf told = {0}, before = {0}, after = {0};
        uint64_t wrong = 0;
        dgi_backend *b;
        bool events = !strncmp(harm[h], "DELETE FROM event", 17) || !strncmp(harm[h], "INSERT", 6);
        must(fx_open(&b, dir, "doctor.db", true, path, &err), &err);
        must(dgi_store_over(&s, b, path, true, rules, &err), &err);
        for (unsigned i = 0; i < 8; i++) {
            struct dgi_ev_doc d = document(i, 0, true);
            enum dgi_ingest_result r;
            must(dgi_store_put(s, &d, DGI_NO_DAY, &r, &err), &err);
        }
        must(dgi_store_sync(s, &err), &err);
        dump(s, b, true, &before);
        dgi_store_close(s);
        sql(path, "doctor.db", harm[h]);
        must(fx_open(&b, dir, "doctor.db", false, path, &err), &err);
        must(dgi_store_over(&s, b, path, true, rules, &err), &err);
        must(dgi_store_doctor(s, true, finding, &told, &wrong, &err), &err);
        if (!wrong)
            fail_msg("not found: %s", harm[h]);
        if (!events) {
            dump(s, b, true, &after);
            same(&before, &after, harm[h]);
            wrong = 0;
            must(dgi_store_doctor(s, false, finding, &told, &wrong, &err), &err);
            assert_int_equal(wrong, 0);
        }
        dgi_store_close(s);
        dgi_buf_free(&told);
        dgi_buf_free(&before);
        dgi_buf_free(&after);
    }
}

/* Another coder reads the same texts anew: few and many, stopped in the middle. */
static void recoded(void **state)
{
    (void)state;
    struct pair p = open_pair("recoded.db"), ref = open_pair("recoded-ref.db");
    unsigned n = 80;
    for (unsigned i = 0; i < n; i++) {
        struct dgi_ev_doc d = document(i, 0, true), other = document(i, 3, true);
        put(&p, &d, DGI_NO_DAY);
        other.meta = d.meta; /* the same text, other events */
        other.id = d.id;
        other.reported = d.reported;
        other.text = d.text;
        put(&ref, &other, DGI_NO_DAY);
    }
    sync_pair(&p);
    sync_pair(&ref);
    for (int turn = 0; turn < 3; turn++) /* 50 of them, then the others, then none */
        for (int i = 0; i < 2; i++) {
            dg_error err = {0};
            uint64_t of = 0;
            int64_t no = 0;
            dgi_store_coder(p.s[i], 77);
            must(dgi_store_recode_begin(p.s[i], &of, &err), &err);
            assert_int_equal(of, turn == 0 ? n : turn == 1 ? n - 50 : 0);
            for (unsigned k = 0; k < 50; k++) {
                struct dgi_ev_doc kept, other;
                unsigned number;
                must(dgi_store_recode_next(p.s[i], no, arena, &no, &kept, &err), &err);
                if (!no)
                    break;
                assert_int_equal(sscanf(kept.id.ptr, "doc%u", &number), 1);
                other = document(number, 3, true);
                other.meta = kept.meta;
                other.id = kept.id;
                other.reported = kept.reported;
                other.text = kept.text;
                must(dgi_store_recode(p.s[i], no, &other, &err), &err);
            }
            if (turn)
                must(dgi_store_sync(p.s[i], &err), &err);
        }
    struct dgi_buf a = {0}, b = {0};
    dump(p.s[0], p.b[0], true, &a);
    dump(ref.s[0], ref.b[0], true, &b);
    same(&b, &a, "coded again and coded so from the start");
    compare(&p, true, "recoded");
    healthy(&p, "recoded");
    dgi_buf_free(&a);
    dgi_buf_free(&b);
    close_pair(&p);
    close_pair(&ref);
}

static bool count_one(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    (void)v, (void)src;
    ++*(unsigned *)user;
    return true;
}

static unsigned not_followed(dgi_backend *b)
{
    unsigned n = 0;
    dg_error err = {0};
    must(b->ops->each_document(b, DGI_DOCS_KNOWN_ONLY, DGI_NO_DAY, count_one, &n, &err), &err);
    return n;
}

/* While documents come in order of time the board follows them, so that a reader has little to work out for itself; one that
 * comes late waits for the end, and the board is that of any order. */
static void a_long_ingest_is_followed_as_it_goes(void **state)
{
    (void)state;
    static struct dgi_ev_doc d[1300];
    struct pair in_order = open_pair("in-order"), late = open_pair("late");
    enum { N = sizeof d / sizeof *d };
    for (unsigned i = 0; i < N; i++) {
        char id[16];
        snprintf(id, sizeof id, "p%05u", i);
        d[i] = document(i % 200, 0, true);
        d[i].reported = d[i].meta.published = 9000 + (int32_t)i / 4;
        d[i].id = d[i].meta.id = dgi_arena_str(arena, dgi_str(id));
        d[i].meta.url = (dg_str){"", 0};
    }
    for (unsigned i = 0; i < N; i++) {
        put(&in_order, &d[i], DGI_NO_DAY);
        put(&late, &d[i == 0 ? N / 2 : i == N / 2 ? 0 : i], DGI_NO_DAY);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(not_followed(in_order.b[i]), N - 1000);
        assert_int_equal(not_followed(late.b[i]), N);
    }
    sync_pair(&in_order);
    sync_pair(&late);
    compare(&in_order, true, "in order");
    struct dgi_buf x = {0}, y = {0};
    dump(in_order.s[1], in_order.b[1], true, &x);
    dump(late.s[1], late.b[1], true, &y);
    same(&x, &y, "in order and late");
    dgi_buf_free(&x);
    dgi_buf_free(&y);
    close_pair(&in_order);
    close_pair(&late);
}

/* ---- what readers said ---- */
static bool first_item(void *user, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    (void)state;
    *(dg_str *)user = dgi_arena_str(arena, it->id);
    return false;
}

static void verdicts_are_kept_alike(void **state)
{
    (void)state;
    struct pair p = open_pair("judged.db");
    struct dgi_ev_doc d = document(3, 0, true);
    struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY}};
    put(&p, &d, DGI_NO_DAY);
    sync_pair(&p);
    for (int i = 0; i < 2; i++) {
        dg_error err = {0};
        dg_str id = {NULL, 0};
        struct dgi_verdict *list;
        uint32_t n;
        must(dgi_store_each_item(p.s[i], &f, first_item, &id, &err), &err);
        struct dgi_verdict v = {.target = id, .says = DGI_SAYS_ACCEPT, .by = dgi_str("me"), .day = 9300};
        must(dgi_store_judge(p.s[i], &v, &err), &err);
        assert_int_equal(v.no, 1);
        struct dgi_verdict undo = {
            .target = dgi_str("1"), .says = DGI_SAYS_UNDO, .by = dgi_str("you"), .day = DGI_NO_DAY};
        must(dgi_store_judge(p.s[i], &undo, &err), &err);
        struct dgi_verdict nobody = {.target = id, .says = DGI_SAYS_STRIKE, .day = DGI_NO_DAY};
        assert_int_equal(dgi_store_judge(p.s[i], &nobody, &err), DG_E_ARG);
        must(dgi_store_verdicts(p.s[i], arena, &list, &n, &err), &err);
        assert_int_equal(n, 2);
        assert_true(list[0].undone && !list[1].undone);
        assert_true(dgi_str_eq(list[0].target, id) && dgi_str_is(list[0].document, "doc003") && list[0].day == 9300);
    }
    healthy(&p, "judged");
    close_pair(&p);
}

/* Texts coded again may give a matter another id: it is known by where it began. */
static void a_verdict_finds_its_matter_again(void **state)
{
    (void)state;
    struct dgi_sit_change c = {.document = dgi_str("d1"), .ev_start = 100, .ev_end = 160};
    struct dgi_sit_item it = {
        .rules = rules, .id = dgi_str("demand-2"), .kind = DGI_IT_DEMAND, .history = &c, .n_history = 1};
    struct dgi_verdict v = {
        .target = dgi_str("demand-1"), .kind = dgi_str("demand"), .document = dgi_str("d1"), .start = 100, .end = 158};
    assert_true(dgi_verdict_about(&v, &it));
    v.kind = dgi_str("offer");
    assert_false(dgi_verdict_about(&v, &it));
    v.kind = dgi_str("demand");
    v.start = 160, v.end = 200; /* the next sentence */
    assert_false(dgi_verdict_about(&v, &it));
    v.document = dgi_str("d2");
    assert_false(dgi_verdict_about(&v, &it));
    v.target = dgi_str("demand-2");
    assert_true(dgi_verdict_about(&v, &it));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_say_the_same),
                                       cmocka_unit_test(any_order_one_board),
                                       cmocka_unit_test(doctor_finds_and_repairs),
                                       cmocka_unit_test(recoded),
                                       cmocka_unit_test(a_long_ingest_is_followed_as_it_goes),
                                       cmocka_unit_test(verdicts_are_kept_alike),
                                       cmocka_unit_test(a_verdict_finds_its_matter_again)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
