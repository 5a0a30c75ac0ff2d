/* SPDX-License-Identifier: Apache-2.0 */
/* The store: what goes in comes out; twice, in any order, after a kill, after a fault, the board is the same. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "export/board_json.h"
#include "sit_fixture.h"
#include "store/store.h"
#include "store/storefile.h"

static dgi_arena *arena;
static dgi_sit_rules *rules;
static char dir[] = "/tmp/dg-store-XXXXXX";

struct source {
    const char *id, *published, *text, *events;
};
/* A quarrel over a dam, made up. */
static const struct source docs[] = {
    {"d1", "2013-06-03", "Egypt demanded that Ethiopia halt the dam. Officials spoke.",
     "e t=demand c=1042 p=REQUEST st=a s=EGY g=ETH k=halt,dam,river x=halt_the_dam\ne t=warn c=138 p=THREATEN st=a s=EGY g=ETH k=option,water x=all_options\n"},
    {"d2", "2013-06-10", "Ethiopia rejected the demand.",
     "e t=reject c=120 p=REJECT st=a s=ETH g=EGY k=demand x=the_demand\n"},
    {"d3", "2013-06-13", "The foreign ministers will meet in Addis Ababa on 18 June.",
     "e t=meet c=040 p=CONSULT st=f s=EGY g=ETH d=2013-06-18 at=Addis_Ababa/ETH\n"},
    {"d4", "2013-06-19", "The foreign ministers met in Addis Ababa on Tuesday.",
     "e t=meet c=040 p=CONSULT st=a s=EGY g=ETH d=2013-06-18 at=Addis_Ababa/ETH\ne t=agree c=036 p=AGREE st=a s=EGY,ETH k=study,river b=ETH\n"},
    {"d5", "2014-01-05", "Talks broke down; twelve were hurt.",
     "e t=break c=164 p=SANCTION st=a s=EGY g=ETH k=talk\ne t=clash c=190 p=ASSAULT st=a s=%EGY:COP g=%EGY:CVL q=injured:12 at=Cairo/EGY\n"},
    {"d6", "2015-03-23", "The leaders signed a declaration in Khartoum.",
     "e t=sign c=057 p=SUPPORT st=a s=EGY,ETH,SDN k=declaration,principle x=a_declaration at=Khartoum/SDN\n"},
};
enum { N_DOCS = sizeof docs / sizeof *docs };

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

static const char *path_of(const char *name)
{
    static char p[4][128];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(p[turn], sizeof p[turn], "%s/%s", dir, name);
    return p[turn];
}

static struct dgi_ev_doc record(const struct source *s)
{
    static struct dgi_ev_sentence sentence;
    static struct dgi_ev_statement said;
    struct dgi_ev_doc d = fx_doc(arena, s->id, s->published, s->events);
    d.meta = (struct dgi_meta){
        .id = d.id, .title = DGI_S("A dam"), .published = d.reported, .published_from = DGI_S("option")};
    d.text = dgi_str(s->text);
    d.n_words = 10;
    sentence = (struct dgi_ev_sentence){0, (uint32_t)strlen(s->text), 0, (uint32_t)strlen(s->text)};
    said = (struct dgi_ev_statement){.id = DGI_S("s1"),
                                     .speaker = {.id = DGI_S("country:EGY"), .name = DGI_S("Egypt")},
                                     .content = dgi_str(s->text)};
    d.sentences = &sentence;
    d.n_sentences = 1;
    d.statements = &said;
    d.n_statements = 1;
    for (uint32_t i = 0; i < d.n_events; i++)
        ((struct dgi_event *)d.events)[i].sentence = 0;
    return d;
}

static enum dgi_ingest_result put(dgi_store *s, const struct source *src)
{
    struct dgi_ev_doc d = record(src);
    enum dgi_ingest_result r;
    dg_error err = {0};
    if (dgi_store_put(s, &d, DGI_NO_DAY, &r, &err) != DG_OK)
        fail_msg("%s", err.message);
    return r;
}

static dgi_store *opened(const char *path, bool write)
{
    dgi_store *s = NULL;
    dg_error err = {0};
    if (dgi_store_open(&s, path, write, rules, &err) != DG_OK)
        fail_msg("%s", err.message);
    return s;
}

static void sync_now(dgi_store *s)
{
    dg_error err = {0};
    if (dgi_store_sync(s, &err) != DG_OK)
        fail_msg("%s", err.message);
}

static dg_status situation(dgi_store *s, const struct dgi_sit_filter *f, struct dgi_buf *out, dg_error *err)
{
    return dgi_situation_json(out, s, f, err);
}

/* Everything a user can see, and the kept item tables. */
static void dump(const char *path, struct dgi_buf *out)
{
    dgi_store *s = opened(path, false);
    dg_error err = {0};
    struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY, .lapse_days = 0}};
    struct dgi_timeline_filter t = DGI_TIMELINE_INIT;
    assert_int_equal(situation(s, &f, out, &err), DG_OK);
    assert_int_equal(dgi_timeline_json(s, &t, out, &err), DG_OK);
    dgi_store_close(s);
    static const char *const tables[] = {
        "SELECT id,kind,status,opened,since,content,condition,sources,quote(key),quote(marks),quote(head) FROM items ORDER BY key",
        "SELECT i.id,p.i,role,actor,name,country,inferred FROM item_parties p JOIN items i ON i.no=p.item ORDER BY i.key,p.i",
        "SELECT i.id,n.name FROM item_names n JOIN items i ON i.no=n.item ORDER BY i.key,n.name",
        "SELECT i.id,quote(e.pos),quote(entry) FROM item_entries e JOIN items i ON i.no=e.item ORDER BY i.key,e.pos",
        ("SELECT i.id,quote(h.pos),h.i,date,reported,h.status,due,event,document,rule,claimed_by,quantity FROM item_history h JOIN items i ON i.no=h.item"
         " ORDER BY i.key,h.pos,h.i"),
        "SELECT mark,quote(item) FROM item_marks ORDER BY 1,item",
        "SELECT quote(pos),quote(reads) FROM board ORDER BY pos",
        "SELECT read,quote(pos) FROM reads ORDER BY 1,pos",
        "SELECT key,id,published,known_from,hash,current,applied,quote(pos),text FROM documents ORDER BY key,known_from,hash"};
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *q;
        assert_int_equal(sqlite3_prepare_v2(db, tables[i], -1, &q, NULL), SQLITE_OK);
        while (sqlite3_step(q) == SQLITE_ROW) {
            for (int c = 0; c < sqlite3_column_count(q); c++) {
                const char *v = (const char *)sqlite3_column_text(q, c);
                dgi_buf_printf(out, "%s|", v ? v : "-");
            }
            dgi_buf_printf(out, "\n");
        }
        sqlite3_finalize(q);
    }
    sqlite3_close(db);
}

static void same(const struct dgi_buf *a, const struct dgi_buf *b, const char *what)
{
    if (!dgi_str_eq(dgi_buf_str(a), dgi_buf_str(b)))
        fail_msg("%s: stores differ\n%.*s\n---\n%.*s", what, (int)a->len, a->ptr, (int)b->len, b->ptr);
}

static void reference(struct dgi_buf *out)
{
    const char *p = path_of("reference.db");
    dgi_store *s = opened(p, true);
    for (int i = 0; i < N_DOCS; i++)
        put(s, &docs[i]);
    sync_now(s);
    dgi_store_close(s);
    dump(p, out);
}

static void twice_changes_nothing(void **state)
{
    (void)state;
    struct dgi_buf a = {0}, b = {0};
    const char *p = path_of("twice.db");
    for (int turn = 0; turn < 2; turn++) {
        dgi_store *s = opened(p, true);
        for (int i = 0; i < N_DOCS; i++)
            assert_int_equal(put(s, &docs[i]), turn ? DGI_INGEST_SAME : DGI_INGEST_ADDED);
        sync_now(s);
        dgi_store_close(s);
        dump(p, turn ? &b : &a);
    }
    same(&a, &b, "ingested twice");
    assert_true(dgi_str_find(dgi_buf_str(&a), DGI_S("\"status\":\"rejected\"")) != SIZE_MAX);
    dgi_buf_free(&a);
    dgi_buf_free(&b);
}

/* Every order, synced after every document or only once: items kept = items worked out. */
static void any_order_gives_the_same(void **state)
{
    (void)state;
    struct dgi_buf ref = {0};
    reference(&ref);
    unsigned seed = 7;
    for (int round = 0; round < 12; round++) {
        int order[N_DOCS];
        char name[32];
        for (int i = 0; i < N_DOCS; i++)
            order[i] = i;
        for (int i = N_DOCS - 1; i > 0 && round; i--) {
            seed = seed * 1103515245u + 12345u;
            int k = (int)(seed >> 16) % (i + 1), t = order[i];
            order[i] = order[k];
            order[k] = t;
        }
        snprintf(name, sizeof name, "order%d.db", round);
        dgi_store *s = opened(path_of(name), true);
        for (int i = 0; i < N_DOCS; i++) {
            put(s, &docs[order[i]]);
            if (round % 3 == 0 || (round % 3 == 1 && i % 2))
                sync_now(s);
            if (round % 4 == 3 && i == 2) { /* in two sessions */
                dgi_store_close(s);
                s = opened(path_of(name), true);
            }
        }
        sync_now(s);
        dgi_store_close(s);
        struct dgi_buf got = {0};
        dump(path_of(name), &got);
        same(&ref, &got, name);
        dgi_buf_free(&got);
    }
    dgi_buf_free(&ref);
}

static void corrections_lose_nothing(void **state)
{
    (void)state;
    static const struct source v1 = {"http://x/1", "2013-06-03", "Egypt demanded a halt.",
                                     "e t=demand c=100 p=REQUEST st=a s=EGY g=ETH k=halt,dam\n"},
                               v2 = {"http://x/1", "2013-06-05", "Corrected: Sudan demanded a halt.",
                                     "e t=demand c=100 p=REQUEST st=a s=SDN g=ETH k=halt,dam\n"};
    for (int turn = 0; turn < 2; turn++) { /* in both orders */
        const char *p = path_of(turn ? "corr1.db" : "corr0.db");
        dgi_store *s = opened(p, true);
        assert_int_equal(put(s, turn ? &v2 : &v1), DGI_INGEST_ADDED);
        sync_now(s);
        assert_int_equal(put(s, turn ? &v1 : &v2), DGI_INGEST_CORRECTED);
        sync_now(s);
        assert_int_equal(put(s, &v1), DGI_INGEST_SAME);
        static const struct {
            const char *known;
            const char *who, *not_who;
        } t[] = {{"2013-06-03", "country:EGY", "country:SDN"},
                 {"2013-06-04", "country:EGY", "country:SDN"},
                 {"2013-06-05", "country:SDN", "country:EGY"},
                 {NULL, "country:SDN", "country:EGY"}};
        for (size_t i = 0; i < 4; i++) {
            struct dgi_buf out = {0};
            dg_error err;
            struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = fx_day(t[i].known), .lapse_days = 0}};
            assert_int_equal(situation(s, &f, &out, &err), DG_OK);
            assert_true(dgi_str_find(dgi_buf_str(&out), dgi_str(t[i].who)) != SIZE_MAX);
            assert_true(dgi_str_find(dgi_buf_str(&out), dgi_str(t[i].not_who)) == SIZE_MAX);
            dgi_buf_free(&out);
        }
        bool found;
        dg_error err;
        assert_int_equal(dgi_store_withdraw(s, DGI_S("http://x/1"), fx_day("2013-07-01"), &found, &err), DG_OK);
        assert_true(found);
        sync_now(s);
        for (int k = 0; k < 2; k++) {
            struct dgi_buf out = {0};
            struct dgi_sit_filter f = {
                .when = {.as_of = DGI_NO_DAY, .known_on = k ? DGI_NO_DAY : fx_day("2013-06-30"), .lapse_days = 0}};
            assert_int_equal(situation(s, &f, &out, &err), DG_OK);
            assert_true((dgi_str_find(dgi_buf_str(&out), DGI_S("country:SDN")) == SIZE_MAX) == (k == 1));
            dgi_buf_free(&out);
        }
        dgi_store_close(s);
    }
}

/* A, B, A: the board goes back to A. The same files delivered again and again, within a day or later, pile nothing up. */
static void a_text_comes_back(void **state)
{
    (void)state;
    static const struct source a = {"http://x/2", "2013-06-03", "Egypt demanded a halt.",
                                    "e t=demand c=100 p=REQUEST st=a s=EGY g=ETH k=halt,dam\n"},
                               b = {"http://x/2", "2013-06-03", "Sudan demanded a halt.",
                                    "e t=demand c=100 p=REQUEST st=a s=SDN g=ETH k=halt,dam\n"};
    static const struct {
        int today;
        const struct source *put;
        int is;
    } t[] = {{20000, &a, DGI_INGEST_ADDED},     {20000, &b, DGI_INGEST_CORRECTED}, {20005, &a, DGI_INGEST_CORRECTED},
             {20005, &a, DGI_INGEST_SAME},      {20005, &b, DGI_INGEST_CORRECTED}, {20005, &b, DGI_INGEST_SAME},
             {20006, &a, DGI_INGEST_CORRECTED}, {20007, &b, DGI_INGEST_CORRECTED}};
    static const struct {
        int32_t known;
        const char *who, *not_who;
    } q[] = {{DGI_NO_DAY, "country:SDN", "country:EGY"}, {20007, "country:SDN", "country:EGY"},
             {20006, "country:EGY", "country:SDN"},      {20005, "country:SDN", "country:EGY"},
             {20000, "country:SDN", "country:EGY"},      {19999, "country:EGY", "country:SDN"}};
    const char *p = path_of("back.db");
    dgi_store *s = opened(p, true);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_ev_doc d = record(t[i].put);
        enum dgi_ingest_result r;
        dg_error err = {0};
        assert_int_equal(dgi_store_put(s, &d, t[i].today, &r, &err), DG_OK);
        if ((int)r != t[i].is)
            fail_msg("delivery %zu: %d, not %d", i, r, t[i].is);
        if (i % 2)
            sync_now(s);
    }
    sync_now(s);
    for (size_t i = 0; i < sizeof q / sizeof *q; i++) {
        struct dgi_buf out = {0};
        dg_error err;
        struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = q[i].known, .lapse_days = 0}};
        assert_int_equal(situation(s, &f, &out, &err), DG_OK);
        if (dgi_str_find(dgi_buf_str(&out), dgi_str(q[i].who)) == SIZE_MAX ||
            dgi_str_find(dgi_buf_str(&out), dgi_str(q[i].not_who)) != SIZE_MAX)
            fail_msg("question %zu: %.*s", i, (int)out.len, out.ptr);
        dgi_buf_free(&out);
    }
    struct dgi_store_counts n;
    dg_error err;
    assert_int_equal(dgi_store_count(s, &n, &err), DG_OK);
    assert_int_equal(n.documents, 1);
    assert_int_equal(n.versions, 4);
    dgi_store_close(s);
}

static void long_ids_are_refused(void **state)
{
    (void)state;
    static char id[DGI_STORE_MAX_ID + 2];
    struct source src = docs[0];
    memset(id, 'x', sizeof id - 1);
    src.id = id;
    dgi_store *s = opened(path_of("long.db"), true);
    struct dgi_ev_doc d = record(&src);
    enum dgi_ingest_result r;
    dg_error err = {0};
    assert_int_equal(dgi_store_put(s, &d, DGI_NO_DAY, &r, &err), DG_E_LIMIT);
    assert_non_null(strstr(err.message, "id has 4097 bytes, more than 4096: 'xxxx"));
    dgi_store_close(s);
}

static void sql(const char *path, const char *text)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void what_is_no_store_is_left_alone(void **state)
{
    (void)state;
    dgi_store *s = NULL;
    dg_error err = {0};
    const char *p = path_of("newer.db");
    dgi_store_close(opened(p, true));
    sql(p, "PRAGMA user_version=6");
    assert_int_equal(dgi_store_open(&s, p, true, rules, &err), DG_E_STORE);
    assert_non_null(strstr(err.message, "newer.db: schema 6 is newer than this program (5); nothing was changed"));
    assert_int_equal(dgi_store_open(&s, p, false, rules, &err), DG_E_STORE);
    sql(p, "PRAGMA user_version=-1");
    assert_int_equal(dgi_store_open(&s, p, true, rules, &err), DG_E_STORE);
    assert_non_null(strstr(err.message, "newer.db: schema -1: the file is damaged; nothing was changed"));
    p = path_of("other.db");
    sql(p, "CREATE TABLE recipes(name)");
    assert_int_equal(dgi_store_open(&s, p, true, rules, &err), DG_E_STORE);
    assert_non_null(strstr(err.message, "belongs to another program"));
    p = path_of("text.db");
    FILE *f = fopen(p, "w");
    for (int i = 0; i < 400; i++)
        fputs("this is no database. ", f);
    fclose(f);
    assert_int_equal(dgi_store_open(&s, p, true, rules, &err), DG_E_STORE);
    assert_non_null(strstr(err.message, "no store of Dragoman"));
    assert_int_equal(dgi_store_open(&s, path_of("missing.db"), false, rules, &err), DG_E_IO);
    assert_int_equal(dgi_store_open(&s, dir, true, rules, &err), DG_E_IO);
    assert_null(s);
    p = path_of("empty.db"); /* made, nothing ingested: an empty board */
    dgi_store_close(opened(p, true));
    s = opened(p, false);
    struct dgi_buf out = {0};
    struct dgi_sit_filter all = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY, .lapse_days = 0}};
    assert_int_equal(situation(s, &all, &out, &err), DG_OK);
    assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("\"items\":[]")) != SIZE_MAX);
    dgi_buf_free(&out);
    dgi_store_close(s);
}

static void a_wait(void *user, uint32_t waited_ms)
{
    (void)waited_ms;
    ++*(int *)user;
}

static void second_writer_waits(void **state)
{
    (void)state;
    dgi_store *s = opened(path_of("lock.db"), true), *t = NULL;
    dg_error err;
    int told = 0;
    struct dgi_store_options o = {0, a_wait, &told};
    assert_int_equal(dgi_store_open_with(&t, path_of("lock.db"), true, rules, &o, &err), DG_E_STORE);
    assert_non_null(strstr(err.message, "another process is writing"));
    assert_int_equal(told, 0);
    o.wait_ms = 1200;
    assert_int_equal(dgi_store_open_with(&t, path_of("lock.db"), true, rules, &o, &err), DG_E_STORE);
    assert_non_null(strstr(err.message, "after 1 seconds"));
    assert_int_equal(told, 2);
    assert_int_equal(symlink("lock.db", path_of("lock-link.db")), 0); /* another name, the same lock */
    o.wait_ms = 0;
    assert_int_equal(dgi_store_open_with(&t, path_of("lock-link.db"), true, rules, &o, &err), DG_E_STORE);
    put(s, &docs[0]);
    t = opened(path_of("lock.db"), false); /* readers may */
    struct dgi_buf out = {0};
    struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY, .lapse_days = 0}};
    assert_int_equal(situation(t, &f, &out, &err), DG_OK); /* not synced: worked out from the events */
    assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("\"kind\":\"demand\"")) != SIZE_MAX);
    dgi_buf_free(&out);
    dgi_store_close(t);
    dgi_store_close(s);
}

/* kill -9 at many moments, then again to the end: as undisturbed */
static void killed_and_repeated(void **state)
{
    (void)state;
    struct dgi_buf ref = {0};
    reference(&ref);
    for (int round = 0; round < 25; round++) {
        char name[32];
        snprintf(name, sizeof name, "kill%d.db", round);
        const char *p = path_of(name);
        pid_t pid = fork();
        if (!pid) {
            dgi_store *s = NULL;
            dg_error err;
            enum dgi_ingest_result r;
            if (dgi_store_open(&s, p, true, rules, &err) != DG_OK)
                _exit(1);
            for (int i = 0; i < N_DOCS; i++) {
                struct dgi_ev_doc d = record(&docs[i]);
                if (dgi_store_put(s, &d, DGI_NO_DAY, &r, &err) != DG_OK || dgi_store_sync(s, &err) != DG_OK)
                    _exit(1);
            }
            for (;;)
                pause();
        }
        usleep((useconds_t)(round * 1700));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        dgi_store *s = opened(p, true);
        for (int i = 0; i < N_DOCS; i++)
            put(s, &docs[i]);
        sync_now(s);
        dgi_store_close(s);
        struct dgi_buf got = {0};
        dump(p, &got);
        same(&ref, &got, name);
        dgi_buf_free(&got);
    }
    dgi_buf_free(&ref);
}

/* ---- the n-th write or sync of the file system fails ---- */
static sqlite3_vfs *real, shim;
static int fail_in = -1; /* counts down; 0: this one and all that follow */
struct shim_file {
    sqlite3_file base;
    sqlite3_file *f;
};
static int fails(void)
{
    return fail_in >= 0 && fail_in-- <= 0 ? (fail_in = 0, 1) : 0;
}
#define F(p) (((struct shim_file *)(p))->f)
static int x_close(sqlite3_file *p)
{
    return F(p)->pMethods ? F(p)->pMethods->xClose(F(p)) : SQLITE_OK;
}
static int x_read(sqlite3_file *p, void *b, int n, sqlite3_int64 o)
{
    return F(p)->pMethods->xRead(F(p), b, n, o);
}
static int x_write(sqlite3_file *p, const void *b, int n, sqlite3_int64 o)
{
    return fails() ? SQLITE_IOERR_WRITE : F(p)->pMethods->xWrite(F(p), b, n, o);
}
static int x_trunc(sqlite3_file *p, sqlite3_int64 n)
{
    return fails() ? SQLITE_IOERR_TRUNCATE : F(p)->pMethods->xTruncate(F(p), n);
}
static int x_sync(sqlite3_file *p, int fl)
{
    return fails() ? SQLITE_IOERR_FSYNC : F(p)->pMethods->xSync(F(p), fl);
}
static int x_size(sqlite3_file *p, sqlite3_int64 *n)
{
    return F(p)->pMethods->xFileSize(F(p), n);
}
static int x_lock(sqlite3_file *p, int l)
{
    return F(p)->pMethods->xLock(F(p), l);
}
static int x_unlock(sqlite3_file *p, int l)
{
    return F(p)->pMethods->xUnlock(F(p), l);
}
static int x_reserved(sqlite3_file *p, int *o)
{
    return F(p)->pMethods->xCheckReservedLock(F(p), o);
}
static int x_control(sqlite3_file *p, int op, void *a)
{
    return F(p)->pMethods->xFileControl(F(p), op, a);
}
static int x_sector(sqlite3_file *p)
{
    return F(p)->pMethods->xSectorSize(F(p));
}
static int x_device(sqlite3_file *p)
{
    return F(p)->pMethods->xDeviceCharacteristics(F(p));
}
static int x_shm_map(sqlite3_file *p, int pg, int sz, int ext, void volatile **pp)
{
    return F(p)->pMethods->xShmMap(F(p), pg, sz, ext, pp);
}
static int x_shm_lock(sqlite3_file *p, int o, int n, int fl)
{
    return F(p)->pMethods->xShmLock(F(p), o, n, fl);
}
static void x_shm_barrier(sqlite3_file *p)
{
    F(p)->pMethods->xShmBarrier(F(p));
}
static int x_shm_unmap(sqlite3_file *p, int d)
{
    return F(p)->pMethods->xShmUnmap(F(p), d);
}
static const sqlite3_io_methods methods = {
    2,         x_close,  x_read,   x_write,   x_trunc,    x_sync,        x_size,      x_lock, x_unlock, x_reserved,
    x_control, x_sector, x_device, x_shm_map, x_shm_lock, x_shm_barrier, x_shm_unmap, NULL,   NULL};
static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *p, int flags, int *out)
{
    (void)v;
    struct shim_file *s = (struct shim_file *)p;
    s->base.pMethods = NULL;
    s->f = (sqlite3_file *)(s + 1);
    if (fails())
        return SQLITE_CANTOPEN;
    int rc = real->xOpen(real, name, s->f, flags, out);
    s->base.pMethods = s->f->pMethods ? &methods : NULL;
    return rc;
}

static void nth_write_fails(void **state)
{
    (void)state;
    struct dgi_buf ref = {0};
    reference(&ref);
    real = sqlite3_vfs_find(NULL);
    shim = *real;
    shim.zName = "failing";
    shim.szOsFile = (int)sizeof(struct shim_file) + real->szOsFile;
    shim.xOpen = v_open;
    assert_int_equal(sqlite3_vfs_register(&shim, 1), SQLITE_OK);
    int n = 0, failed = 1;
    for (; failed && n < 4000; n += 1 + n / 12) {
        char name[32];
        snprintf(name, sizeof name, "fault%d.db", n);
        const char *p = path_of(name);
        dgi_store *s = NULL;
        dg_error err = {0};
        enum dgi_ingest_result r;
        failed = 0;
        fail_in = n;
        dg_status st = dgi_store_open(&s, p, true, rules, &err);
        for (int i = 0; st == DG_OK && i < N_DOCS; i++) {
            struct dgi_ev_doc d = record(&docs[i]);
            st = dgi_store_put(s, &d, DGI_NO_DAY, &r, &err);
            if (st == DG_OK && i % 2)
                st = dgi_store_sync(s, &err);
        }
        if (st == DG_OK)
            st = dgi_store_sync(s, &err);
        dgi_store_close(s);
        failed = st != DG_OK;
        if (failed)
            assert_true(err.message[0] && !strchr(err.message, '\n'));
        fail_in = -1;
        s = opened(p, true); /* whatever happened, it can be gone on with */
        for (int i = 0; i < N_DOCS; i++)
            put(s, &docs[i]);
        sync_now(s);
        dgi_store_close(s);
        struct dgi_buf got = {0};
        dump(p, &got);
        same(&ref, &got, name);
        dgi_buf_free(&got);
        remove(p);
    }
    assert_true(n > 20 && !failed);
    sqlite3_vfs_unregister(&shim);
    dgi_buf_free(&ref);
}

static bool count_row(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    (void)src;
    (void)day;
    (void)ev;
    return ++*(int *)user < 100;
}
static bool count_said(void *user, const struct dgi_store_source *src, const struct dgi_said *said)
{
    assert_true(src->published != DGI_NO_DAY && dgi_str_eq(said->content, said->sentence));
    return ++*(int *)user < 100;
}

static bool count_any(void *user, const struct dgi_store_source *src, const struct dgi_said *said)
{
    (void)src;
    (void)said;
    return ++*(int *)user < 1000;
}

static void timeline_filters(void **state)
{
    (void)state;
    static const struct {
        struct dgi_timeline_filter f;
        int n;
    } t[] = {
        {DGI_TIMELINE_INIT, 9},
        {{.actor = "EGY", .from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY}, 9},
        {{.actor = "country:SDN", .from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY}, 1},
        {{.between_a = "EGY", .between_b = "ETH", .from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY}, 8},
        {{.code = "CONSULT", .from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY}, 2},
        {{.code = "04", .status = "future", .from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY}, 1},
        {{.place = "khartoum", .from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY}, 1},
        {{.from = DGI_NO_DAY, .to = DGI_NO_DAY, .known_on = DGI_NO_DAY, .limit = 3}, 3},
    };
    dgi_store *s = opened(path_of("reference.db"), false);
    dg_error err;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int n = 0;
        assert_int_equal(dgi_store_timeline(s, &t[i].f, count_row, &n, &err), DG_OK);
        if (n != t[i].n)
            fail_msg("filter %zu: %d rows, want %d", i, n, t[i].n);
    }
    int n = 0;
    struct dgi_timeline_filter f = DGI_TIMELINE_INIT;
    f.from = fx_day("2013-06-10");
    f.to = fx_day("2013-06-18");
    assert_int_equal(dgi_store_timeline(s, &f, count_row, &n, &err), DG_OK);
    assert_int_equal(n, 3);
    n = 0;
    if (dgi_store_said(s, "EGY", DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, count_said, &n, &err) != DG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(n, N_DOCS);
    n = 0;
    assert_int_equal(
        dgi_store_said(s, "country:EGY", fx_day("2014-01-01"), DGI_NO_DAY, DGI_NO_DAY, count_said, &n, &err), DG_OK);
    assert_int_equal(n, 2);
    struct dgi_buf out = {0};
    const struct dgi_sit_item *item;
    struct dgi_sit_when w;
    struct dgi_item_state st;
    struct dgi_json j;
    assert_int_equal(dgi_store_item(s, DGI_S("demand-"), &w, arena, &item, &err), DG_OK);
    assert_true(dgi_item_at(item, &w, &st));
    dgi_json_init(&j, &out);
    dgi_item_json(&j, item, &w, &st);
    assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("\"rule\":\"demand.answer.reject\"")) != SIZE_MAX);
    assert_int_equal(dgi_store_item(s, DGI_S("nothing"), &w, arena, &item, &err), DG_E_ARG);
    assert_null(item);
    dgi_buf_free(&out);
    dgi_store_close(s);
}

/* bytes of the file changed or cut off: an error or an answer, never a crash, and the file stays as it was */
static void damaged_files_are_survived(void **state)
{
    (void)state;
    static char whole[1 << 20], now[1 << 20];
    FILE *f = fopen(path_of("reference.db"), "rb");
    size_t n = fread(whole, 1, sizeof whole, f);
    fclose(f);
    unsigned seed = 3;
    for (int round = 0; round < 150; round++) {
        const char *p = path_of("damaged.db");
        memcpy(now, whole, n);
        for (int k = 0; k < 1 + round % 20; k++) {
            seed = seed * 1103515245u + 12345u;
            now[(seed >> 8) % n] = (char)(seed >> 3);
        }
        size_t m = round % 5 == 4 ? n / 2 + (seed >> 8) % (n / 2) : n;
        f = fopen(p, "wb");
        fwrite(now, 1, m, f);
        fclose(f);
        dgi_store *s = NULL;
        dg_error err = {0};
        if (dgi_store_open(&s, p, false, rules, &err) == DG_OK) {
            struct dgi_buf out = {0};
            struct dgi_sit_filter all = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY, .lapse_days = 0}};
            struct dgi_timeline_filter t = DGI_TIMELINE_INIT;
            int said = 0;
            (void)situation(s, &all, &out, &err);
            (void)dgi_timeline_json(s, &t, &out, &err);
            (void)dgi_store_said(s, NULL, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, count_any, &said, &err);
            dgi_buf_free(&out);
        }
        dgi_store_close(s);
        static char after[1 << 20];
        f = fopen(p, "rb");
        assert_int_equal(fread(after, 1, sizeof after, f), m);
        fclose(f);
        assert_memory_equal(after, now, m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_changes_nothing),      cmocka_unit_test(any_order_gives_the_same),
        cmocka_unit_test(corrections_lose_nothing),   cmocka_unit_test(a_text_comes_back),
        cmocka_unit_test(long_ids_are_refused),       cmocka_unit_test(what_is_no_store_is_left_alone),
        cmocka_unit_test(second_writer_waits),        cmocka_unit_test(killed_and_repeated),
        cmocka_unit_test(timeline_filters),           cmocka_unit_test(nth_write_fails),
        cmocka_unit_test(damaged_files_are_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
