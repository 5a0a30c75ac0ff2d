/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_ask.c: SQL of the reader's own, over views with readable dates and names.
 *
 * Reads   one SELECT
 * Writes  its rows as JSON
 *
 * The views are made on the connection, from the table of fields: a day becomes "2021-03-02", a number of an enumeration its word, so that a new field
 * shows here without a line of this file, and no version of the schema has to keep them. What may be asked is held by SQLite's authorizer: reading,
 * and functions but those that load code; the file is open for reading alone. */
#include <stdio.h>

#include "store/rows.h"
#include "store/sql.h"
#include "store/sqlite_int.h"
#include "store/store_int.h"

/* ---- views ---- */
static void day_sql(struct dgi_buf *b, const char *of, const char *column, const char *as)
{
    dgi_buf_printf(b, "date(%s.%s*86400,'unixepoch') AS %s", of, column, as);
}

#define FROM_DOCUMENT " JOIN main.documents d ON d.no=x.doc AND d.current=1 AND d.withdrawn=0"
#define DOCUMENT_OF ",d.id AS document,d.title,d.url,d.publisher,date(d.published*86400,'unixepoch') AS published"
#define parties_sql(side, as)                                                                                                                  \
    ",(SELECT group_concat(coalesce(name,actor),'; ') FROM (SELECT name,actor FROM main.event_actors WHERE doc=x.doc AND n=x.n AND side=" side \
    " ORDER BY i)) AS " as
#define SENTENCE                                                                                                       \
    ",(SELECT substr(d.text,s.start+1,s.end-s.start) FROM main.sentences s WHERE s.doc=x.doc AND s.i=x.sentence) AS sentence_text"

static void views_sql(struct dgi_buf *b)
{
    dgi_buf_add(
        b,
        DGI_S(
            "CREATE TEMP VIEW document AS SELECT x.no AS doc,x.id,x.url,x.title,x.author,x.publisher,x.lang,"
            "date(x.published*86400,'unixepoch') AS published,date(x.known_from*86400,'unixepoch') AS known_from,x.tokens,x.text"
            " FROM main.documents x WHERE x.current=1 AND x.withdrawn=0;CREATE TEMP VIEW event AS SELECT "));
    dgi_event_columns_sql(b, day_sql);
    dgi_buf_add(b, DGI_S(parties_sql("0", "source") parties_sql("1", "target") parties_sql("2", "claimed_by")
                             SENTENCE DOCUMENT_OF " FROM main.events x" FROM_DOCUMENT
                                                  " WHERE x.cameo<>'';CREATE TEMP VIEW dyad AS SELECT "));
    dgi_event_columns_sql(b, day_sql);
    dgi_buf_add(
        b,
        DGI_S(
            ",a.name AS source,a.actor AS source_id,a.country AS source_country,a.cameo AS source_code,t.name AS target,t.actor AS target_id,"
            "t.country AS target_country,t.cameo AS target_code" SENTENCE DOCUMENT_OF
            " FROM main.events x" FROM_DOCUMENT
            " LEFT JOIN main.event_actors a ON a.doc=x.doc AND a.n=x.n AND a.side=0 LEFT JOIN main.event_actors t ON t.doc=x.doc AND t.n=x.n AND t.side=1"
            " WHERE x.cameo<>'';CREATE TEMP VIEW statement AS SELECT x.doc,x.n"));
    dgi_columns_sql(b, "x", dgi_statement_fields, DGI_N_STATEMENT_FIELD, day_sql);
    dgi_buf_add(b, DGI_S(SENTENCE DOCUMENT_OF " FROM main.statements x" FROM_DOCUMENT
                                              ";CREATE TEMP VIEW quantity AS SELECT x.doc,x.n,x.i"));
    dgi_columns_sql(b, "x", dgi_quantity_fields, DGI_N_QUANTITY_FIELD, day_sql);
    dgi_buf_add(
        b,
        DGI_S(
            ",e.id AS event FROM main.event_quantities x JOIN main.events e ON e.doc=x.doc AND e.n=x.n" FROM_DOCUMENT
            ";CREATE TEMP VIEW item AS SELECT x.no,x.id,x.kind,x.status,x.opened,x.since,"
            "(SELECT group_concat(coalesce(p.name,p.actor),'; ') FROM main.item_parties p WHERE p.item=x.no) AS parties,"
            "(SELECT group_concat(p.country,'; ') FROM main.item_parties p WHERE p.item=x.no) AS countries,x.content,x.condition,x.sources"
            " FROM main.items x WHERE x.head IS NOT NULL;CREATE TEMP VIEW history AS SELECT i.id AS item,i.kind,x.date,x.reported,x.status,x.due,"
            "x.event,x.document,x.rule,x.claimed_by,x.quantity FROM main.item_history x JOIN main.items i ON i.no=x.item"));
}

/* ---- functions ---- */
static dg_str argument(sqlite3_value *v)
{
    const char *p = (const char *)sqlite3_value_text(v);
    return p ? dgi_strn(p, (size_t)sqlite3_value_bytes(v)) : (dg_str){"", 0};
}

static void goldstein(sqlite3_context *c, int n, sqlite3_value **v)
{
    double x;
    (void)n;
    if (dgi_codes_goldstein(sqlite3_user_data(c), argument(v[0]), &x))
        sqlite3_result_double(c, x);
}

static void quad(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (argument(v[0]).len >= 2)
        sqlite3_result_int(c, dgi_codes_quad(argument(v[0])));
}

static void cameo_name(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    dg_str s = dgi_codes_cameo_name(sqlite3_user_data(c), argument(v[0]));
    if (s.len)
        sqlite3_result_text64(c, s.ptr, s.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void plover_score(sqlite3_context *c, int n, sqlite3_value **v)
{
    double x;
    (void)n;
    if (dgi_codes_score(sqlite3_user_data(c), argument(v[0]), argument(v[1]), &x))
        sqlite3_result_double(c, x);
}

static bool functions(struct dgi_sqlite *b, const struct dgi_codes *codes)
{
    enum { HOW = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };
    void *user = (void *)(uintptr_t)codes;
    return sqlite3_create_function(b->db, "goldstein", 1, HOW, user, goldstein, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(b->db, "quad", 1, HOW, user, quad, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(b->db, "cameo_name", 1, HOW, user, cameo_name, NULL, NULL) == SQLITE_OK &&
           sqlite3_create_function(b->db, "plover_score", 2, HOW, user, plover_score, NULL, NULL) == SQLITE_OK;
}

static dg_status make_views(struct dgi_sqlite *b, const struct dgi_codes *codes, dg_error *err)
{
    struct dgi_buf sql = {0};
    if (b->views)
        return DG_OK;
    if (!functions(b, codes))
        return dgi_sqlite_fail(b, err, "cannot be asked");
    views_sql(&sql);
    dg_status st = sql.failed ? dgi_fail(err, DG_E_NOMEM, "no memory for the views")
                              : dgi_sqlite_exec(b, "PRAGMA query_only=OFF; SAVEPOINT views", err);
    if (st == DG_OK)
        st = dgi_sqlite_exec(b, sql.ptr, err);
    sqlite3_exec(b->db, st == DG_OK ? "RELEASE views" : "ROLLBACK TO views; RELEASE views", NULL, NULL, NULL);
    if (!b->write)
        sqlite3_exec(b->db, "PRAGMA query_only=ON", NULL, NULL, NULL);
    dgi_buf_free(&sql);
    b->views = st == DG_OK;
    return st;
}

/* ---- the question ---- */
static int only_reading(void *user, int action, const char *a, const char *name, const char *c, const char *d)
{
    (void)user, (void)a, (void)c, (void)d;
    if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    return action == SQLITE_FUNCTION && strcmp(name, "load_extension") && strcmp(name, "fts3_tokenizer") ? SQLITE_OK
                                                                                                         : SQLITE_DENY;
}

static void cell(struct dgi_json *j, sqlite3_stmt *q, int i)
{
    switch (sqlite3_column_type(q, i)) {
    case SQLITE_INTEGER: dgi_json_int(j, sqlite3_column_int64(q, i)); break;
    case SQLITE_FLOAT: dgi_json_num(j, sqlite3_column_double(q, i)); break;
    case SQLITE_NULL: dgi_json_null(j); break;
    default: dgi_json_str(j, dgi_col_str(q, i)); /* bytes that are no text become U+FFFD */
    }
}

/* Names of columns; one that stands twice gets its number. */
static bool names(struct dgi_json *j, sqlite3_stmt *q, dgi_arena *a, const char **list)
{
    int n = sqlite3_column_count(q);
    dgi_json_key(j, "columns");
    dgi_json_open(j, '[');
    for (int i = 0; i < n; i++) {
        const char *name = sqlite3_column_name(q, i);
        bool again = false;
        for (int k = 0; k < i && name && list[k]; k++)
            again |= !strcmp(name, list[k]);
        if (!name ||
            !(list[i] = again ? dgi_arena_printf(a, "%s_%d", name, i + 1).ptr : dgi_arena_str(a, dgi_str(name)).ptr))
            return false;
        dgi_json_str(j, dgi_str(list[i]));
    }
    dgi_json_close(j, ']');
    return true;
}

static dg_status refused(dg_error *err)
{
    return dgi_fail(err, DG_E_ARG, "only SELECT is answered: nothing of a store can be changed here");
}

static dg_status rows(struct dgi_sqlite *b, sqlite3_stmt *q, uint64_t limit, struct dgi_json *j, dg_error *err)
{
    dgi_arena *a = dgi_arena_new(0);
    const char **list = a ? dgi_arena_array(a, (size_t)sqlite3_column_count(q) + 1, sizeof *list) : NULL;
    uint64_t n = 0;
    int rc = SQLITE_DONE;
    dg_status st = list && names(j, q, a, list) ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the rows");
    dgi_json_key(j, "rows");
    dgi_json_open(j, '[');
    while (st == DG_OK && (!limit || n < limit) && !j->out->failed && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        dgi_json_open(j, '{');
        for (int i = 0; i < sqlite3_column_count(q); i++) {
            dgi_json_key(j, list[i]);
            cell(j, q, i);
        }
        dgi_json_close(j, '}');
        n++;
    }
    dgi_json_close(j, ']');
    if (st == DG_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
        st = rc == SQLITE_AUTH    ? refused(err)
             : rc == SQLITE_ERROR ? dgi_fail(err, DG_E_ARG, "%.200s", sqlite3_errmsg(b->db))
                                  : dgi_sqlite_fail(b, err, "cannot be asked");
    dgi_arena_free(a);
    return st;
}

static dg_status prepared(struct dgi_sqlite *b, dg_str query, sqlite3_stmt **q, dg_error *err)
{
    const char *rest = NULL;
    if (query.len > 1 << 20)
        return dgi_fail(err, DG_E_LIMIT, "a query of more than a megabyte");
    int rc = sqlite3_prepare_v2(b->db, query.ptr, (int)query.len, q, &rest);
    if (rc == SQLITE_AUTH)
        return refused(err);
    if (rc != SQLITE_OK)
        return dgi_fail(err, DG_E_ARG, "%.200s (views: document, event, dyad, statement, item, history, quantity)",
                        sqlite3_errmsg(b->db));
    if (!*q)
        return dgi_fail(err, DG_E_ARG, "nothing is asked");
    for (; rest < query.ptr + query.len; rest++)
        if (*rest != ';' && (unsigned char)*rest > ' ')
            return dgi_fail(err, DG_E_ARG, "one query at a time");
    return DG_OK;
}

dg_status dgi_sqlite_ask(dgi_backend *base, dg_str query, uint64_t limit, const struct dgi_codes *codes,
                         struct dgi_json *j, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q = NULL;
    dg_status st = make_views(b, codes, err);
    if (st != DG_OK)
        return st;
    sqlite3_set_authorizer(b->db, only_reading, NULL);
    if ((st = prepared(b, query, &q, err)) == DG_OK)
        st = rows(b, q, limit, j, err);
    sqlite3_finalize(q);
    sqlite3_set_authorizer(b->db, NULL, NULL);
    return st;
}

dg_status dgi_store_sql(dgi_store *s, dg_str query, uint64_t limit, const struct dgi_codes *codes, struct dgi_buf *out,
                        dg_error *err)
{
    struct dgi_json j;
    if (!OPS(s)->ask)
        return dgi_fail(err, DG_E_ARG, "%s: this store understands no SQL", s->path);
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "query", query);
    dg_status st = OPS(s)->ask(s->b, query, limit, codes, &j, err);
    dgi_json_close(&j, '}');
    return st;
}
