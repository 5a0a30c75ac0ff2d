/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_ask.c: SQL of the reader's own over a store in PostgreSQL, and the views that everybody finds there.
 *
 * Reads   one SELECT; the table of fields, the scales of codes
 * Writes  its rows as JSON; views document, event, dyad, statement, quantity, item, history; functions goldstein, quad, cameo_name, plover_score
 *
 * On a server other programs look too, so that the views are kept in the schema and made by the writer, not on each connection as in
 * the file. What a reader asks goes into a cursor of a transaction that is read only: the server's own grammar lets a SELECT
 * alone be there. */
#include <stdio.h>
#include <stdlib.h>

#include "store/pg_int.h"
#include "store/rows.h"
#include "store/sql.h"

/* ---- views ---- */
static void day_sql(struct dgi_buf *b, const char *of, const char *column, const char *as)
{
    dgi_buf_printf(b, "to_char(date '1970-01-01'+%s.%s::int,'YYYY-MM-DD') AS \"%s\"", of, column, as);
}

#define FROM_DOCUMENT " JOIN documents d ON d.no=x.doc AND d.current AND NOT d.withdrawn"
#define DOCUMENT_OF                                                                                                    \
    ",d.id AS document,d.title,d.url,d.publisher,to_char(date '1970-01-01'+d.published::int,'YYYY-MM-DD') AS published"
#define parties_sql(side, as)                                                                                                            \
    ",(SELECT string_agg(coalesce(a.name,a.actor),'; ' ORDER BY a.i) FROM event_actors a WHERE a.doc=x.doc AND a.n=x.n AND a.side=" side \
    ") AS " as
#define SENTENCE                                                                                                       \
    ",(SELECT substr(d.text,s.start::int+1,(s.\"end\"-s.start)::int) FROM sentences s WHERE s.doc=x.doc AND s.i=x.sentence) AS sentence_text"

static void functions_sql(struct dgi_buf *b)
{
    dgi_buf_add(
        b,
        DGI_S(
            "CREATE TABLE IF NOT EXISTS cameo_scale(cameo text PRIMARY KEY, goldstein double precision, name text);"
            "CREATE TABLE IF NOT EXISTS plover_scale(id text PRIMARY KEY, score double precision);"
            "CREATE OR REPLACE FUNCTION goldstein(code text) RETURNS double precision LANGUAGE sql STABLE PARALLEL SAFE"
            " RETURN (SELECT c.goldstein FROM cameo_scale c WHERE c.cameo IN (code,left(code,3),left(code,2)) AND c.goldstein IS NOT NULL"
            " ORDER BY length(c.cameo) DESC LIMIT 1);"
            "CREATE OR REPLACE FUNCTION quad(code text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE"
            " RETURN CASE WHEN code !~ '^[0-9][0-9]' THEN NULL WHEN left(code,2)<='05' THEN 1 WHEN left(code,2)<='08' THEN 2 WHEN left(code,2)<='13' THEN 3 ELSE 4 END;"
            "CREATE OR REPLACE FUNCTION cameo_name(code text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE"
            " RETURN (SELECT c.name FROM cameo_scale c WHERE c.cameo IN (code,left(code,3),left(code,2)) ORDER BY length(c.cameo) DESC LIMIT 1);"
            "CREATE OR REPLACE FUNCTION plover_score(event text, mode text) RETURNS double precision LANGUAGE sql STABLE PARALLEL SAFE"
            " RETURN coalesce((SELECT p.score FROM plover_scale p WHERE p.id=event||'.'||mode),(SELECT p.score FROM plover_scale p WHERE p.id=event));"));
}

static void views_sql(struct dgi_buf *b)
{
    dgi_buf_add(
        b,
        DGI_S(
            "CREATE VIEW document AS SELECT x.no AS doc,x.id,x.url,x.title,x.author,x.publisher,x.lang,"
            "to_char(date '1970-01-01'+x.published::int,'YYYY-MM-DD') AS published,to_char(date '1970-01-01'+x.known_from::int,'YYYY-MM-DD') AS known_from,"
            "x.tokens,x.text FROM documents x WHERE x.current AND NOT x.withdrawn;CREATE VIEW event AS SELECT "));
    dgi_event_columns_sql(b, day_sql);
    dgi_buf_add(b, DGI_S(parties_sql("0", "source") parties_sql("1", "target") parties_sql("2", "claimed_by")
                             SENTENCE DOCUMENT_OF " FROM events x" FROM_DOCUMENT
                                                  " WHERE x.cameo<>'';CREATE VIEW dyad AS SELECT "));
    dgi_event_columns_sql(b, day_sql);
    dgi_buf_add(
        b,
        DGI_S(
            ",a.name AS source,a.actor AS source_id,a.country AS source_country,a.cameo AS source_code,t.name AS target,t.actor AS target_id,"
            "t.country AS target_country,t.cameo AS target_code" SENTENCE DOCUMENT_OF " FROM events x" FROM_DOCUMENT
            " LEFT JOIN event_actors a ON a.doc=x.doc AND a.n=x.n AND a.side=0 LEFT JOIN event_actors t ON t.doc=x.doc AND t.n=x.n AND t.side=1"
            " WHERE x.cameo<>'';CREATE VIEW statement AS SELECT x.doc,x.n"));
    dgi_columns_sql(b, "x", dgi_statement_fields, DGI_N_STATEMENT_FIELD, day_sql);
    dgi_buf_add(b, DGI_S(SENTENCE DOCUMENT_OF " FROM statements x" FROM_DOCUMENT
                                              ";CREATE VIEW quantity AS SELECT x.doc,x.n,x.i"));
    dgi_columns_sql(b, "x", dgi_quantity_fields, DGI_N_QUANTITY_FIELD, day_sql);
    dgi_buf_add(
        b,
        DGI_S(
            ",e.id AS event FROM event_quantities x JOIN events e ON e.doc=x.doc AND e.n=x.n" FROM_DOCUMENT
            ";CREATE VIEW item AS SELECT x.no,x.id,x.kind,x.status,x.opened,x.since,"
            "(SELECT string_agg(coalesce(p.name,p.actor),'; ' ORDER BY p.i) FROM item_parties p WHERE p.item=x.no) AS parties,"
            "(SELECT string_agg(p.country,'; ' ORDER BY p.i) FROM item_parties p WHERE p.item=x.no) AS countries,x.content,x.condition,x.sources"
            " FROM items x WHERE x.head IS NOT NULL;CREATE VIEW history AS SELECT i.id AS item,i.kind,x.date,x.reported,x.status,x.due::int AS due,"
            "x.event,x.document,x.rule,x.claimed_by,x.quantity FROM item_history x JOIN items i ON i.no=x.item;"));
}

static void put_literal(struct dgi_buf *b, dg_str s)
{
    dgi_buf_add(b, DGI_S("'"));
    for (size_t i = 0; i < s.len; i++)
        dgi_buf_add(b, s.ptr[i] == '\'' ? DGI_S("''") : (dg_str){s.ptr + i, 1});
    dgi_buf_add(b, DGI_S("'"));
}

static void put_number(struct dgi_buf *b, dg_str s)
{
    double v;
    if (dgi_str_double(s, &v))
        dgi_buf_printf(b, ",%.17g", v);
    else
        dgi_buf_add(b, DGI_S(",NULL"));
}

static void scales_sql(struct dgi_buf *b, const struct dgi_codes *codes)
{
    dgi_buf_add(b, DGI_S("DELETE FROM cameo_scale;DELETE FROM plover_scale;"));
    for (uint32_t i = 0; codes->cameo && i < codes->cameo->n_rows; i++) {
        dgi_buf_add(b, DGI_S("INSERT INTO cameo_scale VALUES("));
        put_literal(b, dgi_table_cell(codes->cameo, i, 0));
        put_number(b, dgi_table_cell(codes->cameo, i, 2));
        dgi_buf_add(b, DGI_S(","));
        put_literal(b, dgi_table_cell(codes->cameo, i, 1));
        dgi_buf_add(b, DGI_S(");"));
    }
    for (uint32_t i = 0; codes->plover && i < codes->plover->n_rows; i++) {
        dgi_buf_add(b, DGI_S("INSERT INTO plover_scale VALUES("));
        put_literal(b, dgi_table_cell(codes->plover, i, 0));
        put_number(b, dgi_table_cell(codes->plover, i, 4));
        dgi_buf_add(b, DGI_S(");"));
    }
}

dg_status dgi_pg_publish(dgi_backend *base, const struct dgi_codes *codes, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_buf sql = {0};
    PGresult *r;
    dg_status st = dgi_pg_ask_text(b, "SELECT views FROM dragoman_store", NULL, &r, err);
    if (st != DG_OK)
        return st;
    int64_t had = b->pq->PQntuples(r) ? dgi_pg_r_int(b, r, 0, 0) : 0;
    b->pq->PQclear(r);
    functions_sql(&sql);
    scales_sql(&sql, codes);
    if (had)
        dgi_buf_add(&sql, DGI_S("DROP VIEW IF EXISTS history,item,quantity,statement,dyad,event,document;"));
    views_sql(&sql);
    struct dgi_buf rest = {0};
    views_sql(&rest);
    scales_sql(&rest, codes);
    functions_sql(&rest);
    int64_t now = (int64_t)(dgi_str_hash(dgi_buf_str(&rest)) >> 2 | 1);
    bool failed = rest.failed;
    dgi_buf_free(&rest);
    dgi_buf_printf(&sql, "UPDATE dragoman_store SET views=%lld", (long long)now);
    dgi_buf_add(&sql, (dg_str){"", 1});
    if (failed || sql.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the views");
    else if (had != now) {
        b->pq->PQexitPipelineMode(b->c);
        st = dgi_pg_plain(b, sql.ptr, NULL, err);
        b->failed = false;
        if (!b->pq->PQenterPipelineMode(b->c) && st == DG_OK)
            st = dgi_pg_fail(b, NULL, err);
    }
    dgi_buf_free(&sql);
    return st;
}

/* ---- the question ---- */
enum {
    OID_OF_BOOL = 16,
    OID_OF_INT8 = 20,
    OID_OF_INT2 = 21,
    OID_OF_INT4 = 23,
    OID_OF_OID = 26,
    OID_OF_FLOAT4 = 700,
    OID_OF_FLOAT8 = 701,
    OID_OF_NUMERIC = 1700
};

static void cell(struct dgi_json *j, const struct dgi_pg *b, const PGresult *r, int row, int col)
{
    dg_str s = dgi_pg_r_str(b, r, row, col);
    Oid type = b->pq->PQftype(r, col);
    int64_t whole;
    double v;
    bool number = type == OID_OF_INT8 || type == OID_OF_INT2 || type == OID_OF_INT4 || type == OID_OF_OID ||
                  type == OID_OF_NUMERIC || type == OID_OF_FLOAT4 || type == OID_OF_FLOAT8;
    if (b->pq->PQgetisnull(r, row, col))
        dgi_json_null(j);
    else if (type == OID_OF_BOOL)
        dgi_json_int(j, s.len && *s.ptr == 't');
    else if (number && type != OID_OF_FLOAT4 && type != OID_OF_FLOAT8 && dgi_str_int(s, &whole))
        dgi_json_int(j, whole);
    else if (number && dgi_str_double(s, &v))
        dgi_json_num(j, v);
    else
        dgi_json_str(j, s);
}

/* Names of columns; one that stands twice gets its number. */
static bool names(struct dgi_json *j, const struct dgi_pg *b, const PGresult *r, dgi_arena *a, const char **list)
{
    dgi_json_key(j, "columns");
    dgi_json_open(j, '[');
    for (int i = 0; i < b->pq->PQnfields(r); i++) {
        const char *name = b->pq->PQfname(r, i);
        bool again = false;
        for (int k = 0; k < i && list[k]; k++)
            again |= !strcmp(name, list[k]);
        if (!(list[i] = again ? dgi_arena_printf(a, "%s_%d", name, i + 1).ptr : dgi_arena_str(a, dgi_str(name)).ptr))
            return false;
        dgi_json_str(j, dgi_str(list[i]));
    }
    dgi_json_close(j, ']');
    return true;
}

static dg_status rows(struct dgi_pg *b, uint64_t limit, struct dgi_json *j, dg_error *err)
{
    enum { ROWS_A_PIECE = 512 };
    dgi_arena *a = dgi_arena_new(0);
    const char **list = NULL;
    uint64_t n = 0;
    int got = ROWS_A_PIECE;
    dg_status st = a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the rows");
    while (st == DG_OK && got == ROWS_A_PIECE && (!limit || n < limit) && !j->out->failed) {
        PGresult *r;
        if ((st = dgi_pg_ask_shown(b, "FETCH 512 FROM dg_asked", &r, err)) != DG_OK)
            break;
        if (!list) {
            list = dgi_arena_array(a, (size_t)b->pq->PQnfields(r) + 1, sizeof *list);
            if (!list || !names(j, b, r, a, list))
                st = dgi_fail(err, DG_E_NOMEM, "no memory for the rows");
            dgi_json_key(j, "rows");
            dgi_json_open(j, '[');
        }
        got = b->pq->PQntuples(r);
        for (int i = 0; st == DG_OK && i < got && (!limit || n < limit); i++, n++) {
            dgi_json_open(j, '{');
            for (int c = 0; c < b->pq->PQnfields(r); c++) {
                dgi_json_key(j, list[c]);
                cell(j, b, r, i, c);
            }
            dgi_json_close(j, '}');
        }
        b->pq->PQclear(r);
    }
    if (list)
        dgi_json_close(j, ']');
    dgi_arena_free(a);
    return st;
}

static bool begins(dg_str q, const char *word)
{
    size_t n = strlen(word);
    return q.len > n && dgi_str_ieq(dgi_str_sub(q, 0, n), dgi_str(word)) && !(q.ptr[n] >= 'a' && q.ptr[n] <= 'z') &&
           !(q.ptr[n] >= 'A' && q.ptr[n] <= 'Z');
}

/* The server's message is about the reader's own text: an argument, unless the connection is at fault. */
static dg_status refused(struct dgi_pg *b, dg_status st, dg_error *err)
{
    static const char many_label[] = "multiple commands";
    char said[sizeof err->message];
    if (st != DG_E_STORE || b->pq->PQstatus(b->c) == CONNECTION_BAD)
        return st;
    snprintf(said, sizeof said, "%s", err->message);
    size_t name = strlen(b->path);
    const char *text = strlen(said) > name + 2 ? said + name + 2 : said;
    if (strstr(text, "42601") && strstr(text, many_label))
        return dgi_fail(err, DG_E_ARG, "one query at a time");
    return dgi_fail(err, DG_E_ARG, "%.150s (views: document, event, dyad, statement, item, history, quantity)", text);
}

dg_status dgi_pg_asked(dgi_backend *base, dg_str query, uint64_t limit, const struct dgi_codes *codes,
                       struct dgi_json *j, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_buf sql = {0};
    dg_error why = {0};
    (void)codes;
    err = err ? err : &why;
    query = dgi_str_trim(query);
    while (query.len && query.ptr[query.len - 1] == ';')
        query = dgi_str_trim(dgi_str_sub(query, 0, query.len - 1));
    if (!query.len)
        return dgi_fail(err, DG_E_ARG, "nothing is asked");
    if (query.len > 1 << 20)
        return dgi_fail(err, DG_E_LIMIT, "a query of more than a megabyte");
    static const char *const first_keys[] = {"select", "with", "values", "table"};
    bool reads = *query.ptr == '(';
    for (size_t i = 0; i < sizeof first_keys / sizeof *first_keys; i++)
        reads |= begins(query, first_keys[i]);
    if (!reads)
        return dgi_fail(err, DG_E_ARG, "only SELECT is answered: nothing of a store can be changed here");
    dg_status st = b->base.ops->begin(base, false, err);
    dgi_buf_printf(&sql, "DECLARE dg_asked NO SCROLL CURSOR FOR %.*s", (int)query.len, query.ptr);
    dgi_buf_add(&sql, (dg_str){"", 1});
    if (st == DG_OK && sql.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a query");
    if (st == DG_OK && (st = dgi_pg_queue_text(b, sql.ptr, err)) == DG_OK && (st = dgi_pg_settle(b, err)) == DG_OK)
        st = rows(b, limit, j, err);
    if (st != DG_OK)
        st = refused(b, st, err);
    b->base.ops->rollback(base);
    dgi_buf_free(&sql);
    return st;
}
