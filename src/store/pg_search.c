/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_search.c: words looked for in a store in PostgreSQL, with the answers of the file: the same rows in the same order.
 *
 * Reads   tables document_words, statement_words, item_words and those they are of; a query of FTS5
 * Writes  hits
 *
 * The server gives the rows that can fit: those that have the words of the query (all of them, or of one phrase where there is an OR). FTS5
 * itself then looks at these rows alone, in a temporary database, so that phrases, NEAR, ranks and snippets are its own. Its rank (bm25) needs to
 * know how many rows there are and how many have a word: those figures come from the server. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/fts.h"
#include "store/pg_words.h"
#include "store/search.h"

/* ---- the query, as far as one must know it to ask the server ---- */
struct phrase {
    dg_str *words;
    uint32_t n;
    bool prefix; /* its last word is a beginning */
};
struct query {
    struct phrase *list;
    uint32_t n, cap;
    bool plain; /* single words alone: all are wanted */
};

static bool is_bare(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80 ||
           c == 0x1a;
}

/* "a ""quoted"" word" from `at` on: what stands in it, into out. Returns where it ends. */
static size_t quoted(dg_str q, size_t at, dgi_arena *a, dg_str *out)
{
    char *p = dgi_arena_alloc(a, q.len + 1);
    size_t n = 0;
    for (at++; p && at < q.len; at++) {
        if (q.ptr[at] == '"' && !(at + 1 < q.len && q.ptr[at + 1] == '"'))
            break;
        at += q.ptr[at] == '"';
        p[n++] = q.ptr[at];
    }
    *out = (dg_str){p, n};
    return at + 1;
}

static dg_status read_query(struct dgi_pg *b, dg_str q, dgi_arena *a, struct query *out, dg_error *err)
{
    dg_status st = DG_OK;
    *out = (struct query){.plain = true};
    for (size_t i = 0; i < q.len && st == DG_OK;) {
        unsigned char c = (unsigned char)q.ptr[i];
        dg_str word;
        size_t from = i;
        if (c == '"') {
            i = quoted(q, i, a, &word);
        } else if (is_bare(c)) {
            while (i < q.len && is_bare((unsigned char)q.ptr[i]))
                i++;
            word = dgi_str_sub(q, from, i);
            if (dgi_str_is(word, "AND") || dgi_str_is(word, "OR") || dgi_str_is(word, "NOT")) {
                out->plain &= dgi_str_is(word, "AND");
                continue;
            }
        } else {
            if (c == '*' && out->n)
                out->list[out->n - 1].prefix = true;
            else if (c > ' ')
                out->plain = false;
            i++;
            continue;
        }
        struct phrase *p = DGI_PUSH(a, out->list, out->n, out->cap);
        st = p && word.ptr ? dgi_words_cut(b, word, true, a, &p->words, &p->n, err)
                           : dgi_fail(err, DG_E_NOMEM, "no memory to search");
        out->plain &= p && p->n == 1;
    }
    return st;
}

/* As a tsquery: 'word' with quotes and backslashes doubled. */
static void put_word(struct dgi_buf *out, dg_str w, bool prefix)
{
    dgi_buf_add(out, DGI_S("'"));
    for (size_t i = 0; i < w.len; i++) {
        if (w.ptr[i] == '\'' || w.ptr[i] == '\\')
            dgi_buf_add(out, (dg_str){w.ptr + i, 1});
        dgi_buf_add(out, (dg_str){w.ptr + i, 1});
    }
    dgi_buf_printf(out, "'%s", prefix ? ":*" : "");
}

static void put_phrase(struct dgi_buf *out, const struct phrase *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        dgi_buf_printf(out, "%s", i ? " & " : "(");
        put_word(out, p->words[i], p->prefix && i + 1 == p->n);
    }
    dgi_buf_printf(out, "%s", p->n ? ")" : "");
}

static void put_query(struct dgi_buf *out, const struct query *q)
{
    bool some = false;
    for (uint32_t i = 0; i < q->n; i++) {
        if (!q->list[i].n)
            continue;
        dgi_buf_printf(out, "%s", !some ? "" : q->plain ? " & " : " | ");
        put_phrase(out, &q->list[i]);
        some = true;
    }
}

/* ---- FTS5 over the rows that can fit ---- */
static int count_row(const Fts5ExtensionApi *api, Fts5Context *f, void *user)
{
    (void)api, (void)f;
    ++*(int64_t *)user;
    return SQLITE_OK;
}

struct idf {
    int n;
    double of[];
};

/* The weights of the phrases, once a query. */
static struct idf *idf_of(const Fts5ExtensionApi *api, Fts5Context *f, const struct dgi_words *w)
{
    struct idf *x = api->xGetAuxdata(f, 0);
    if (x)
        return x;
    int n = api->xPhraseCount(f);
    if (!(x = calloc(1, sizeof *x + (size_t)n * sizeof *x->of)))
        return NULL;
    x->n = n;
    for (int i = 0; i < n; i++) {
        int64_t hits = w->n_hits ? w->n_hits[i] : 0;
        if (!w->n_hits && api->xQueryPhrase(f, i, &hits, count_row) != SQLITE_OK) {
            free(x);
            return NULL;
        }
        x->of[i] = log(((double)(w->n_rows - hits) + 0.5) / ((double)hits + 0.5));
        if (x->of[i] <= 0)
            x->of[i] = 1e-6;
    }
    if (api->xSetAuxdata(f, x, free) != SQLITE_OK)
        return NULL; /* it was freed */
    return x;
}

/* bm25() of FTS5 (k1 1.2, b 0.75), with the figures of the whole store. */
static void bm25(const Fts5ExtensionApi *api, Fts5Context *f, sqlite3_context *c, int n_weights, sqlite3_value **weight)
{
    const double k1 = 1.2, k = 0.75;
    const struct dgi_words *w = api->xUserData(f);
    const struct idf *idf = idf_of(api, f, w);
    double *freq = idf ? calloc((size_t)idf->n + 1, sizeof *freq) : NULL;
    int n = 0, tokens = 0, rc = freq ? api->xInstCount(f, &n) : SQLITE_NOMEM;
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        int phrase, column, offset;
        if ((rc = api->xInst(f, i, &phrase, &column, &offset)) == SQLITE_OK)
            freq[phrase] += column < n_weights ? sqlite3_value_double(weight[column]) : 1.0;
    }
    if (rc == SQLITE_OK)
        rc = api->xColumnSize(f, -1, &tokens);
    double avg = w->n_rows ? (double)w->n_tokens / (double)w->n_rows : 1, score = 0;
    for (int i = 0; rc == SQLITE_OK && i < idf->n; i++)
        score += idf->of[i] * ((freq[i] * (k1 + 1.0)) / (freq[i] + k1 * (1 - k + k * (double)tokens / avg)));
    free(freq);
    if (rc == SQLITE_OK)
        sqlite3_result_double(c, -1.0 * score);
    else
        sqlite3_result_error_code(c, rc);
}

/* ---- the kinds ---- */
#define is_actor_sql(id, name, country)                                                                                \
    "(lower(" id " COLLATE \"C\")=$4 OR lower(" name " COLLATE \"C\")=$4 OR lower(" country                            \
    " COLLATE \"C\")=$5 OR lower(substr(" id ",position(':' in " id ")+1) COLLATE \"C\")=$4)"
#define DAY "to_char(date '1970-01-01'+d.published::int,'YYYY-MM-DD')"
#define DAYS                                                                                                           \
    "NOT d.withdrawn AND d.current AND ($2 IS NULL OR d.published>=$2) AND ($3 IS NULL OR d.published<=$3) AND ($4 IS NULL OR "
#define words_sql(t, columns)                                                                                          \
    "(SELECT " columns " FROM " t " WHERE words @@ $1::tsquery UNION ALL SELECT " columns " FROM " t                   \
    " WHERE words IS NULL) w "
#define columns_sql(list) list
static const struct kind {
    const char *words; /* table of words */
    const char
        *rows; /* wanted, pos, n, id, document, url, title, publisher, day, who, what, then the columns of the index */
    const char *table, *columns, *rank, *snippet;
    int n_columns;
} kind_tables[DGI_N_SEARCH_KIND] = {
    [DGI_SEARCH_DOCUMENTS] = {"document_words",
                              "SELECT " DAYS "EXISTS(SELECT 1 FROM entities e WHERE e.doc=d.no AND " is_actor_sql(
                                  "e.actor", "e.name",
                                  "e.country") ")),d.pos,0::bigint,d.id,d.id,d.url,d.title,"
                                               "d.publisher," DAY
                                               ",NULL::text,NULL::text,d.title,d.text FROM " words_sql(
                                                   "document_words", "doc") "JOIN documents d ON d.no=w.doc",
                              "documents_fts", columns_sql("title,text"), "4.0,1.0", "-1", 2},
    [DGI_SEARCH_STATEMENTS] =
        {"statement_words",
         "SELECT " DAYS is_actor_sql(
             "t.speaker", "t.speaker_name",
             "(SELECT country FROM entities e WHERE e.doc=t.doc AND e.actor=t.speaker ORDER BY e.n LIMIT 1)") "),d.pos,t.n,d.id||'#'||t.id,d.id,d.url,"
                                                                                                              "d.title,d.publisher," DAY
                                                                                                              ",coalesce(t.speaker_name,t.speaker),NULL::text,t.content FROM " words_sql(
                                                                                                                  "statement_words",
                                                                                                                  "doc,n") "JOIN statements t ON t.doc=w.doc AND t.n=w.n JOIN documents d ON d.no=t.doc",
         "statements_fts", columns_sql("content"), "1.0", "0", 1},
    [DGI_SEARCH_ITEMS] =
        {"item_words",
         "SELECT i.head IS NOT NULL AND ($2 IS NULL OR i.since>=to_char(date '1970-01-01'+$2::int,'YYYY-MM-DD')) AND ($3 IS NULL OR i.since<=to_char(date"
         " '1970-01-01'+$3::int,'YYYY-MM-DD')) AND ($4 IS NULL OR EXISTS(SELECT 1 FROM item_parties p WHERE p.item=i.no AND " is_actor_sql(
             "p.actor", "p.name",
             "p.country") ")),i.key,0::bigint,i.id,NULL::text,NULL::text,NULL::text,NULL::text,i.since,(SELECT string_agg(coalesce(p.name,p.actor),', '"
                          " ORDER BY p.i) FROM item_parties p WHERE p.item=i.no),i.kind||' '||i.status,i.content,i.condition FROM " words_sql(
                              "item_words", "item") "JOIN items i ON i.no=w.item",
         "items_fts", columns_sql("content,condition"), "2.0,1.0", "-1", 2},
};

enum { COL_WANTED, COL_POS, COL_N, COL_ID, COL_WORDS = COL_ID + 8 };

static dg_status sick(struct dgi_words *w, dg_error *err)
{
    return dgi_fail(err, sqlite3_errcode(w->db) == SQLITE_NOMEM ? DG_E_NOMEM : DG_E_STORE,
                    "the store cannot be searched: %s", sqlite3_errmsg(w->db));
}

static dg_status run(struct dgi_words *w, const char *sql, dg_error *err)
{
    return sqlite3_exec(w->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DG_OK : sick(w, err);
}

static dg_status tables(struct dgi_words *w, const struct kind *k, dg_error *err)
{
    char sql[512];
    if (!w->asked && w->api->xCreateFunction(w->api, "dg_bm25", w, bm25, NULL) != SQLITE_OK)
        return sick(w, err);
    w->asked = true;
    snprintf(
        sql, sizeof sql,
        "DROP TABLE IF EXISTS m; DROP TABLE IF EXISTS %s; CREATE TABLE m(no INTEGER PRIMARY KEY,pos BLOB,n INTEGER,id,document,url,title,publisher,day,who,what);"
        "CREATE VIRTUAL TABLE %s USING fts5(%s,tokenize='porter unicode61');",
        k->table, k->table, k->columns);
    return run(w, sql, err);
}

/* ---- rows from the server into it ---- */
struct fill {
    struct dgi_words *w;
    const struct kind *k;
    sqlite3_stmt *row, *words;
    bool all; /* also those that are not wanted: they are counted */
    int64_t n;
    bool failed;
};

static void bind(sqlite3_stmt *q, int at, const struct dgi_pg *b, const PGresult *r, int row, int col)
{
    dg_str s = dgi_pg_r_str(b, r, row, col);
    if (b->pq->PQgetisnull(r, row, col))
        sqlite3_bind_null(q, at);
    else
        sqlite3_bind_text64(q, at, s.ptr, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static bool done(sqlite3_stmt *q)
{
    bool ok = sqlite3_step(q) == SQLITE_DONE;
    sqlite3_reset(q);
    return ok;
}

static bool on_row(void *user, const struct dgi_pg *b, const PGresult *r, int row)
{
    struct fill *f = user;
    bool wanted = dgi_pg_r_int(b, r, row, COL_WANTED) != 0;
    if (!wanted && !f->all)
        return true;
    f->n++;
    if (wanted) {
        dg_str pos = dgi_pg_r_str(b, r, row, COL_POS);
        sqlite3_bind_int64(f->row, 1, f->n);
        sqlite3_bind_blob64(f->row, 2, pos.ptr, pos.len, SQLITE_STATIC);
        sqlite3_bind_int64(f->row, 3, dgi_pg_r_int(b, r, row, COL_N));
        for (int i = COL_ID; i < COL_WORDS; i++)
            bind(f->row, i + 1, b, r, row, i);
        f->failed |= !done(f->row);
    }
    sqlite3_bind_int64(f->words, 1, f->n);
    for (int i = 0; i < f->k->n_columns; i++)
        bind(f->words, 2 + i, b, r, row, COL_WORDS + i);
    f->failed |= !done(f->words);
    return !f->failed;
}

static dg_status fill(struct dgi_pg *b, struct fill *f, const struct dgi_pg_params *p, dg_error *err)
{
    char sql[160];
    snprintf(sql, sizeof sql, "INSERT INTO %s(rowid,%s) VALUES(?1,?2%s)", f->k->table, f->k->columns,
             f->k->n_columns > 1 ? ",?3" : "");
    dg_status st = run(f->w, "BEGIN", err);
    if (st == DG_OK && (sqlite3_prepare_v2(f->w->db, "INSERT INTO m VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)", -1,
                                           &f->row, NULL) != SQLITE_OK ||
                        sqlite3_prepare_v2(f->w->db, sql, -1, &f->words, NULL) != SQLITE_OK))
        st = sick(f->w, err);
    if (st == DG_OK)
        st = dgi_pg_scan(b, f->k->rows, p, on_row, f, err);
    if (st == DG_OK && f->failed)
        st = sick(f->w, err);
    sqlite3_finalize(f->row);
    sqlite3_finalize(f->words);
    if (st == DG_OK)
        st = run(f->w, "COMMIT", err);
    else
        sqlite3_exec(f->w->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

/* ---- figures ---- */
static dg_status figure(struct dgi_pg *b, const char *sql, dg_str word, int64_t out[2], dg_error *err)
{
    struct dgi_pg_params p = {0};
    PGresult *r;
    if (word.len)
        dgi_pg_str(&p, word);
    dg_status st = dgi_pg_ask_text(b, sql, &p, &r, err);
    if (st != DG_OK)
        return st;
    out[0] = dgi_pg_r_int(b, r, 0, 0);
    if (b->pq->PQnfields(r) > 1)
        out[1] = dgi_pg_r_int(b, r, 0, 1);
    b->pq->PQclear(r);
    return DG_OK;
}

static dg_status figures(struct dgi_pg *b, struct dgi_words *w, const struct kind *k, const struct query *q,
                         dgi_arena *a, dg_error *err)
{
    char sql[160];
    int64_t n[2] = {0, 0}, *hits = NULL;
    snprintf(sql, sizeof sql, "SELECT count(*),coalesce(sum(tokens),0)::bigint FROM %s", k->words);
    dg_status st = figure(b, sql, (dg_str){"", 0}, n, err);
    w->n_rows = n[0];
    w->n_tokens = n[1];
    w->n_hits = NULL;
    if (st != DG_OK || !q->plain)
        return st;
    if (!(hits = dgi_arena_array(a, (size_t)q->n + 1, sizeof *hits)))
        return dgi_fail(err, DG_E_NOMEM, "no memory to search");
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE words @@ $1::tsquery", k->words);
    for (uint32_t i = 0; i < q->n && st == DG_OK; i++) {
        struct dgi_buf text = {0};
        put_phrase(&text, &q->list[i]);
        st = text.failed ? dgi_fail(err, DG_E_NOMEM, "no memory to search")
                         : figure(b, sql, dgi_buf_str(&text), &hits[i], err);
        dgi_buf_free(&text);
    }
    w->n_hits = hits;
    return st;
}

/* ---- what FTS5 says of them ---- */
static dg_status give(struct dgi_words *w, const struct kind *k, const struct dgi_search *q, uint8_t kind,
                      dgi_hit_fn *fn, void *user, bool *stopped, dg_error *err)
{
    char sql[512], snippet[200];
    sqlite3_stmt *s = NULL, *x = NULL;
    dg_status st = DG_OK;
    snprintf(
        sql, sizeof sql,
        "SELECT m.id,m.document,m.url,m.title,m.publisher,m.day,m.who,m.what,m.no,dg_bm25(%s,%s) AS r FROM %s f CROSS JOIN m ON m.no=f.rowid WHERE %s MATCH ?1"
        " ORDER BY r,m.pos,m.n LIMIT ?2",
        k->table, k->rank, k->table, k->table);
    snprintf(snippet, sizeof snippet,
             "SELECT snippet(%s,%s,char(2),char(3),' ... ',28) FROM %s WHERE %s MATCH ?1 AND rowid=?2", k->table,
             k->snippet, k->table, k->table);
    if (sqlite3_prepare_v2(w->db, sql, -1, &s, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(w->db, snippet, -1, &x, NULL) != SQLITE_OK)
        st = sick(w, err);
    int rc = SQLITE_DONE;
    if (st == DG_OK) {
        sqlite3_bind_text64(s, 1, q->query.ptr, q->query.len, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_text64(x, 1, q->query.ptr, q->query.len, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_int64(s, 2, q->limit ? (int64_t)q->limit : -1);
    }
    while (st == DG_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        dg_str c[8];
        for (int i = 0; i < 8; i++) {
            const char *p = (const char *)sqlite3_column_text(s, i);
            c[i] = p ? (dg_str){p, (size_t)sqlite3_column_bytes(s, i)} : (dg_str){"", 0};
        }
        sqlite3_bind_int64(x, 2, sqlite3_column_int64(s, 8));
        const char *p = sqlite3_step(x) == SQLITE_ROW ? (const char *)sqlite3_column_text(x, 0) : NULL;
        struct dgi_hit h = {kind,
                            c[0],
                            c[1],
                            c[2],
                            c[3],
                            c[4],
                            c[5],
                            c[6],
                            c[7],
                            p ? (dg_str){p, (size_t)sqlite3_column_bytes(x, 0)} : (dg_str){"", 0},
                            sqlite3_column_double(s, 9)};
        *stopped = !fn(user, &h);
        sqlite3_reset(x);
        rc = SQLITE_DONE;
        if (*stopped)
            break;
    }
    if (st == DG_OK && rc != SQLITE_DONE)
        st = dgi_fts_is_syntax(w->db) ? dgi_fts_unreadable(w->db, q->query, err) : sick(w, err);
    sqlite3_finalize(s);
    sqlite3_finalize(x);
    return st;
}

static void ask_params(struct dgi_pg_params *p, dgi_arena *a, dg_str words, const struct dgi_search *q)
{
    dg_str who[2] = {dgi_str(q->actor), dgi_str(q->actor)};
    if (dgi_str_starts(who[1], DGI_S("country:")))
        who[1] = dgi_str_sub(who[1], 8, who[1].len);
    dgi_pg_str(p, words);
    dgi_pg_day(p, q->from);
    dgi_pg_day(p, q->to);
    for (int i = 0; i < 2; i++) {
        dg_str low = who[i].len ? dgi_arena_str(a, who[i]) : who[i];
        for (size_t k = 0; low.ptr && k < low.len; k++)
            if (low.ptr[k] >= 'A' && low.ptr[k] <= 'Z')
                ((char *)(uintptr_t)low.ptr)[k] = (char)(low.ptr[k] + 32);
        dgi_pg_str(p, low);
    }
}

dg_status dgi_pg_search(dgi_backend *base, const struct dgi_search *q, uint8_t kind, dgi_hit_fn *fn, void *user,
                        bool *stopped, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    const struct kind *k = &kind_tables[kind];
    struct dgi_pg_params p = {0};
    struct dgi_buf words = {0};
    struct query asked;
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_words *w = dgi_pg_words_of(b, err);
    if (!a || !w) {
        dgi_arena_free(a);
        return dgi_fail(err, DG_E_NOMEM, "no memory to search");
    }
    dg_status st = tables(w, k, err);
    w->n_rows = w->n_tokens = 0;
    w->n_hits = NULL;
    if (st == DG_OK)
        st = give(w, k, q, kind, fn, user, stopped, err); /* over no rows: a query that cannot be read ends here */
    if (st == DG_OK && (st = read_query(b, q->query, a, &asked, err)) == DG_OK)
        st = figures(b, w, k, &asked, a, err);
    if (st == DG_OK) {
        put_query(&words, &asked);
        ask_params(&p, a, dgi_buf_str(&words), q);
        struct fill f = {.w = w, .k = k, .all = !asked.plain};
        st = words.failed ? dgi_fail(err, DG_E_NOMEM, "no memory to search")
             : !words.len ? DG_OK
                          : fill(b, &f, &p, err);
    }
    if (st == DG_OK && words.len)
        st = give(w, k, q, kind, fn, user, stopped, err);
    dgi_buf_free(&words);
    dgi_arena_free(a);
    return st;
}
