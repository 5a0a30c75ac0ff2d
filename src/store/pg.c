/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg.c: the connection to PostgreSQL: commands, transactions, loading by COPY, opening and closing.
 *
 * Reads   an address, libpq's environment
 * Writes  what the other pg*.c ask for
 *
 * A store on a server costs a journey for every question, so that three things are done to make few. Commands that give no rows are
 * queued (pipeline mode) and looked at with the next question or the commit. Rows and item numbers are counted here, which the one writer
 * may do. And documents are gathered, some dozens whole ones, and loaded with COPY in one transaction: a writer that is killed loses the last of them
 * whole, as a power cut does with a file, and repeating the ingest brings them back. */
#include "store/pg_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "base/day.h"

enum { MOST_QUEUED = 400, DOCS_A_LOAD = 64, BYTES_A_LOAD = 4 << 20, LOAD_AFTER_MS = 1000, LONGEST_NAME = 80 };
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701, OID_INT8S = 1016, OID_TSVECTOR = 3614 };

/* ---- what went wrong ---- */
/* The first line of a message without what follows a bracketed address; libpq puts line breaks in and at the end. */
static void one_line(char *out, size_t size, const char *text)
{
    size_t n = 0;
    for (; *text && n + 1 < size; text++)
        out[n++] = *text == '\n' || *text == '\t' ? ' ' : *text;
    while (n && (out[n - 1] == ' ' || out[n - 1] == '.'))
        n--;
    out[n] = 0;
}

dg_status dgi_pg_fail(struct dgi_pg *b, const PGresult *r, dg_error *err)
{
    const char *state = r ? b->pq->PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL,
               *said = r ? b->pq->PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    char line[160];
    bool lost =
        b->pq->PQstatus(b->c) == CONNECTION_BAD || (state && (!strncmp(state, "57P", 3) || !strncmp(state, "08", 2)));
    one_line(line, sizeof line, said ? said : b->pq->PQerrorMessage(b->c));
    if (b->failed) /* what came first is what counts */
        return err ? (*err = b->why).status : b->why.status;
    dg_status st =
        lost ? dgi_fail(&b->why, DG_E_IO, "%s: the connection was lost (%s); nothing is there by halves, begin again",
                        b->path, line)
        : state && (!strncmp(state, "53100", 5) || !strncmp(state, "53200", 5))
            ? dgi_fail(&b->why, DG_E_STORE, "%s: the server is full (%s); what was kept before is not lost", b->path,
                       line)
            : dgi_fail(&b->why, DG_E_STORE, "%s: %s%s%s%s", b->path, line, state ? " (SQLSTATE " : "",
                       state ? state : "", state ? ")" : "");
    b->failed = true;
    if (err)
        *err = b->why;
    return st;
}

/* ---- parameters ---- */
static void param(struct dgi_pg_params *p, Oid type, const char *v, size_t len)
{
    p->type[p->n] = type;
    p->v[p->n] = v;
    p->len[p->n] = (int)len;
    p->format[p->n++] = 1;
}

static void big_end(char *out, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (char)(v >> 8 * (bytes - 1 - i));
}

void dgi_pg_int(struct dgi_pg_params *p, int64_t v)
{
    big_end(p->room[p->n], (uint64_t)v, 8);
    param(p, OID_INT8, p->room[p->n], 8);
}
void dgi_pg_day(struct dgi_pg_params *p, int32_t day)
{
    big_end(p->room[p->n], (uint64_t)(int64_t)day, 8);
    param(p, OID_INT8, day == DGI_NO_DAY ? NULL : p->room[p->n], 8);
}
void dgi_pg_iso(struct dgi_pg_params *p, int32_t day)
{
    char *room = p->room[p->n];
    if (day != DGI_NO_DAY)
        dgi_day_format(day, room);
    param(p, OID_TEXT, day == DGI_NO_DAY ? NULL : room, day == DGI_NO_DAY ? 0 : strlen(room));
}
void dgi_pg_num(struct dgi_pg_params *p, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    big_end(p->room[p->n], bits, 8);
    param(p, OID_FLOAT8, isnan(v) ? NULL : p->room[p->n], 8);
}
void dgi_pg_str(struct dgi_pg_params *p, dg_str s)
{
    param(p, OID_TEXT, s.len ? s.ptr : NULL, s.len);
}
void dgi_pg_blob(struct dgi_pg_params *p, dg_str s)
{
    param(p, OID_BYTEA, s.len ? s.ptr : "", s.len);
}
void dgi_pg_vector(struct dgi_pg_params *p, dg_str s)
{
    param(p, OID_TSVECTOR, s.ptr, s.len);
}
bool dgi_pg_ints(struct dgi_pg_params *p, dgi_arena *a, const uint64_t *v, uint32_t n)
{
    char *x = dgi_arena_array(a, (size_t)n + 2, 12);
    if (!x)
        return false;
    big_end(x, n ? 1 : 0, 4); /* dimensions, no NULLs, type, then length and lower bound of the one there is */
    big_end(x + 4, 0, 4);
    big_end(x + 8, OID_INT8, 4);
    big_end(x + 12, n, 4);
    big_end(x + 16, 1, 4);
    for (uint32_t i = 0; i < n; i++) {
        big_end(x + 20 + (size_t)i * 12, 8, 4);
        big_end(x + 24 + (size_t)i * 12, v[i], 8);
    }
    param(p, OID_INT8S, x, n ? 20 + (size_t)n * 12 : 12);
    return true;
}

/* ---- rows ---- */
int64_t dgi_pg_r_int(const struct dgi_pg *b, const PGresult *r, int row, int col)
{
    const unsigned char *v = (const unsigned char *)b->pq->PQgetvalue(r, row, col);
    int n = b->pq->PQgetlength(r, row, col);
    uint64_t x = n && (v[0] & 0x80) && n > 1 ? UINT64_MAX : 0; /* 2, 4 or 8 bytes with a sign, 1 for a bool */
    for (int i = 0; i < n && i < 8; i++)
        x = x << 8 | v[i];
    return (int64_t)x;
}
int32_t dgi_pg_r_day(const struct dgi_pg *b, const PGresult *r, int row, int col)
{
    return b->pq->PQgetisnull(r, row, col) ? DGI_NO_DAY : (int32_t)dgi_pg_r_int(b, r, row, col);
}
double dgi_pg_r_num(const struct dgi_pg *b, const PGresult *r, int row, int col)
{
    double v;
    int64_t bits = dgi_pg_r_int(b, r, row, col);
    memcpy(&v, &bits, sizeof v);
    return b->pq->PQgetisnull(r, row, col) ? (double)NAN : v;
}
dg_str dgi_pg_r_str(const struct dgi_pg *b, const PGresult *r, int row, int col)
{
    return (dg_str){b->pq->PQgetvalue(r, row, col), (size_t)b->pq->PQgetlength(r, row, col)};
}

/* ---- commands ---- */
enum { LOOK_AWAY, WANTED };

static bool good(const struct dgi_pg *b, const PGresult *r)
{
    ExecStatusType st = b->pq->PQresultStatus(r);
    return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK;
}

/* The answer to the oldest command; *want NULL: only whether it went well. */
static bool answer(struct dgi_pg *b, PGresult **want, dg_error *err)
{
    PGresult *r = b->pq->PQgetResult(b->c), *end = r ? b->pq->PQgetResult(b->c) : NULL;
    bool ok = r && good(b, r);
    if (end)
        b->pq->PQclear(end);
    if (!ok && (!r || b->pq->PQresultStatus(r) != PGRES_PIPELINE_ABORTED || !b->failed))
        dgi_pg_fail(b, r, err);
    if (want && ok)
        *want = r;
    else
        b->pq->PQclear(r);
    return ok;
}

static bool sync_answer(struct dgi_pg *b, dg_error *err)
{
    PGresult *r = b->pq->PQgetResult(b->c);
    bool ok = r && b->pq->PQresultStatus(r) == PGRES_PIPELINE_SYNC;
    if (!ok)
        dgi_pg_fail(b, r, err);
    b->pq->PQclear(r);
    return ok;
}

/* All that is queued, then the rows of the `wanted` commands that went out after it. What the server has begun to refuse ends here. */
static dg_status look(struct dgi_pg *b, PGresult **r, uint32_t wanted, dg_error *err)
{
    bool synced = b->pq->PQpipelineSync(b->c);
    if (!synced)
        dgi_pg_fail(b, NULL, err);
    for (uint32_t i = 0; i < wanted; i++)
        r[i] = NULL;
    for (; b->n_queued; b->n_queued--)
        if (synced)
            answer(b, NULL, err);
    for (uint32_t i = 0; i < wanted && synced; i++)
        answer(b, &r[i], err);
    if (synced)
        sync_answer(b, err);
    if (!b->failed)
        return DG_OK;
    for (uint32_t i = 0; i < wanted; i++) {
        b->pq->PQclear(r[i]);
        r[i] = NULL;
    }
    dg_status st = dgi_pg_fail(b, NULL, err);
    b->failed = b->open && b->begun; /* outside a transaction the next question may go better */
    return st;
}

static dg_status ready(struct dgi_pg *b, dg_error *err)
{
    if (b->failed)
        return dgi_pg_fail(b, NULL, err);
    return b->n_queued >= MOST_QUEUED ? dgi_pg_settle(b, err) : DG_OK;
}

static bool prepare(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p)
{
    char name[16];
    struct dgi_buf text = {0};
    if (b->prepared[s])
        return true;
    snprintf(name, sizeof name, "dg%d", (int)s);
    const char *sql = dgi_pg_sql(s, &text);
    bool ok = sql && b->pq->PQsendPrepare(b->c, name, sql, p ? p->n : 0, p ? p->type : NULL);
    dgi_buf_free(&text);
    b->prepared[s] = ok;
    b->n_queued += ok;
    return ok;
}

static bool go(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p)
{
    char name[16];
    snprintf(name, sizeof name, "dg%d", (int)s);
    return b->pq->PQsendQueryPrepared(b->c, name, p ? p->n : 0, p ? p->v : NULL, p ? p->len : NULL,
                                      p ? p->format : NULL, 1);
}

dg_status dgi_pg_queue(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p, dg_error *err)
{
    dg_status st = ready(b, err);
    if (st != DG_OK)
        return st;
    if (!prepare(b, s, p) || !go(b, s, p))
        return dgi_pg_fail(b, NULL, err);
    b->n_queued++;
    return DG_OK;
}

static bool go_text(struct dgi_pg *b, const char *sql, const struct dgi_pg_params *p)
{
    return b->pq->PQsendQueryParams(b->c, sql, p ? p->n : 0, p ? p->type : NULL, p ? p->v : NULL, p ? p->len : NULL,
                                    p ? p->format : NULL, 1);
}

dg_status dgi_pg_queue_text(struct dgi_pg *b, const char *sql, dg_error *err)
{
    dg_status st = ready(b, err);
    if (st != DG_OK)
        return st;
    if (!go_text(b, sql, NULL))
        return dgi_pg_fail(b, NULL, err);
    b->n_queued++;
    return DG_OK;
}

dg_status dgi_pg_settle(struct dgi_pg *b, dg_error *err)
{
    if (!b->n_queued)
        return b->failed ? dgi_pg_fail(b, NULL, err) : DG_OK;
    return look(b, NULL, 0, err);
}

dg_status dgi_pg_ask(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p, PGresult **r, dg_error *err)
{
    dg_status st = ready(b, err);
    *r = NULL;
    if (st != DG_OK)
        return st;
    if (!prepare(b, s, p) || !go(b, s, p))
        return dgi_pg_fail(b, NULL, err);
    return look(b, r, 1, err);
}

dg_status dgi_pg_ask_text(struct dgi_pg *b, const char *sql, const struct dgi_pg_params *p, PGresult **r, dg_error *err)
{
    dg_status st = ready(b, err);
    *r = NULL;
    if (st != DG_OK)
        return st;
    if (!go_text(b, sql, p))
        return dgi_pg_fail(b, NULL, err);
    return look(b, r, 1, err);
}

dg_status dgi_pg_ask_shown(struct dgi_pg *b, const char *sql, PGresult **r, dg_error *err)
{
    dg_status st = ready(b, err);
    *r = NULL;
    if (st != DG_OK)
        return st;
    if (!b->pq->PQsendQueryParams(b->c, sql, 0, NULL, NULL, NULL, NULL, 0))
        return dgi_pg_fail(b, NULL, err);
    return look(b, r, 1, err);
}

dg_status dgi_pg_ask_many(struct dgi_pg *b, const enum dgi_pg_stmt *s, uint32_t n, const struct dgi_pg_params *p,
                          PGresult **r, dg_error *err)
{
    bool ok = true;
    dg_status st = ready(b, err);
    for (uint32_t i = 0; i < n; i++)
        r[i] = NULL;
    if (st != DG_OK)
        return st;
    for (uint32_t i = 0; i < n && ok; i++)
        ok = prepare(b, s[i], p);
    for (uint32_t i = 0; i < n && ok; i++)
        ok = go(b, s[i], p);
    return ok ? look(b, r, n, err) : dgi_pg_fail(b, NULL, err);
}

/* ---- outside pipeline mode ---- */
static void drain(struct dgi_pg *b)
{
    PGresult *r;
    for (int i = 0; i < 1000 && (r = b->pq->PQgetResult(b->c)); i++)
        b->pq->PQclear(r);
}

dg_status dgi_pg_plain(struct dgi_pg *b, const char *sql, PGresult **r, dg_error *err)
{
    PGresult *got = b->pq->PQexec(b->c, sql);
    ExecStatusType is = b->pq->PQresultStatus(got);
    bool ok = is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK || is == PGRES_COPY_IN;
    dg_status st = ok ? DG_OK : dgi_pg_fail(b, got, err);
    if (r && ok)
        *r = got;
    else
        b->pq->PQclear(got);
    return st;
}

/* ---- COPY ---- */
void dgi_copy_row(struct dgi_buf *t, int n_columns)
{
    char x[2];
    big_end(x, (uint64_t)n_columns, 2);
    dgi_buf_add(t, (dg_str){x, 2});
}
void dgi_copy_int(struct dgi_buf *t, int64_t v)
{
    char x[12];
    big_end(x, 8, 4);
    big_end(x + 4, (uint64_t)v, 8);
    dgi_buf_add(t, (dg_str){x, 12});
}
void dgi_copy_null(struct dgi_buf *t)
{
    dgi_buf_add(t, (dg_str){"\xff\xff\xff\xff", 4});
}
void dgi_copy_bytes(struct dgi_buf *t, dg_str s)
{
    char x[4];
    big_end(x, s.len, 4);
    dgi_buf_add(t, (dg_str){x, 4});
    dgi_buf_add(t, s);
}

#define table_copy_sql(t, columns) "COPY " t "(" columns ") FROM STDIN (FORMAT binary)"
static const char *const copy_sql[N_PG_TABLE] = {
    [T_DOCS] = table_copy_sql(
        "documents",
        "no,key,key_hash,id,id_hash,url,title,author,publisher,lang,published,published_from,known_from,hash,"
        "current,withdrawn,tokens,pos,coder,applied,blocks,text"),
    [T_DOC_WORDS] = table_copy_sql("document_words", "doc,tokens,words"),
    [T_STAT_WORDS] = table_copy_sql("statement_words", "doc,n,tokens,words"),
    [T_LINKS] = table_copy_sql("event_links", "doc,n,kind,i,other"),
};

static bool copy_text(enum dgi_pg_table t, struct dgi_buf *out)
{
    const struct dgi_rows *r = dgi_pg_rows[t];
    if (!r) {
        dgi_buf_printf(out, "%s", copy_sql[t]);
    } else {
        dgi_buf_printf(out, "COPY %s(%s", r->table, r->keys);
        for (uint32_t i = 0; i < r->n_fields; i++)
            if (r->fields[i].column)
                dgi_buf_printf(out, ",\"%s\"", r->fields[i].column);
        for (uint32_t i = 0; i < r->n_more; i++)
            if (r->more[i].column)
                dgi_buf_printf(out, ",\"%s\"", r->more[i].column);
        dgi_buf_printf(out, ") FROM STDIN (FORMAT binary)");
    }
    dgi_buf_add(out, (dg_str){"", 1});
    return !out->failed;
}

static dg_status copy_table(struct dgi_pg *b, enum dgi_pg_table t, dg_error *err)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
    struct dgi_buf sql = {0};
    const struct dgi_buf *rows = &b->load.row[t];
    if (!rows->len)
        return DG_OK;
    dg_status st = copy_text(t, &sql) ? dgi_pg_plain(b, sql.ptr, NULL, err)
                                      : dgi_fail(err, DG_E_NOMEM, "no memory to load documents");
    dgi_buf_free(&sql);
    if (st != DG_OK)
        return st;
    bool ok = b->pq->PQputCopyData(b->c, head, 19) == 1;
    for (size_t at = 0; ok && at < rows->len; at += 1 << 20)
        ok =
            b->pq->PQputCopyData(b->c, rows->ptr + at, (int)(rows->len - at < 1 << 20 ? rows->len - at : 1 << 20)) == 1;
    ok = ok && b->pq->PQputCopyData(b->c, "\xff\xff", 2) == 1;
    ok = ok && b->pq->PQputCopyEnd(b->c, NULL) == 1;
    PGresult *r = b->pq->PQgetResult(b->c);
    if (!ok || !r || !good(b, r))
        st = dgi_pg_fail(b, r, err);
    b->pq->PQclear(r);
    drain(b);
    return st;
}

static void forget_load(struct dgi_pg *b)
{
    for (int t = 0; t < N_PG_TABLE; t++)
        b->load.row[t].len = b->load.before[t] = 0;
    b->load.n = b->load.n_before = b->load.cap = 0;
    b->load.keys = NULL;
    dgi_arena_reset(b->load.a);
}

/* The rows into the transaction that is begun, whose commands are all looked at. */
static dg_status copy_all(struct dgi_pg *b, dg_error *err)
{
    dg_status st = DG_OK;
    if (!b->pq->PQexitPipelineMode(b->c))
        return dgi_pg_fail(b, NULL, err);
    for (int t = 0; t < N_PG_TABLE && st == DG_OK; t++)
        st = b->load.row[t].failed ? dgi_fail(err, DG_E_NOMEM, "no memory to load documents")
                                   : copy_table(b, (enum dgi_pg_table)t, err);
    if (!b->pq->PQenterPipelineMode(b->c) && st == DG_OK)
        st = dgi_pg_fail(b, NULL, err);
    for (uint32_t i = 0; i < b->load.n && st == DG_OK; i++) {
        struct dgi_pg_params p = {0};
        dgi_pg_int(&p, (int64_t)dgi_str_hash(b->load.keys[i]));
        dgi_pg_str(&p, b->load.keys[i]);
        st = dgi_pg_queue(b, P_SET_CURRENT, &p, err);
    }
    return st;
}

dg_status dgi_pg_load_now(struct dgi_pg *b, dg_error *err)
{
    dg_status st = dgi_pg_settle(b, err);
    if (st == DG_OK)
        st = copy_all(b, err);
    forget_load(b);
    return st;
}

/* What the server still has of a transaction goes. */
static void undo(struct dgi_pg *b)
{
    dg_error ignored;
    PGresult *r;
    b->failed = false;
    if (b->n_queued)
        look(b, NULL, 0, &ignored);
    b->failed = b->begun = false;
    memset(b->prepared, 0, sizeof b->prepared); /* what was to be prepared after the fault was not */
    if (dgi_pg_ask_text(b, "ROLLBACK", NULL, &r, &ignored) == DG_OK)
        b->pq->PQclear(r);
    if (dgi_pg_ask_text(b, "DEALLOCATE ALL", NULL, &r, &ignored) == DG_OK)
        b->pq->PQclear(r);
    b->failed = false;
}

static dg_status load(struct dgi_pg *b, dg_error *err)
{
    bool open = b->open;
    uint32_t n = b->load.n;
    dg_status st = dgi_pg_settle(b, err);
    if (st == DG_OK)
        st = dgi_pg_queue_text(b, "BEGIN", err);
    b->open = b->begun = true; /* a fault keeps until undo() */
    if (st == DG_OK && (st = dgi_pg_settle(b, err)) == DG_OK && (st = copy_all(b, err)) == DG_OK &&
        (st = dgi_pg_queue(b, P_WROTE, NULL, err)) == DG_OK && (st = dgi_pg_queue_text(b, "COMMIT", err)) == DG_OK)
        st = dgi_pg_settle(b, err);
    if (st != DG_OK) {
        undo(b);
        if (err && n > 1) {
            size_t at = strlen(err->message);
            snprintf(err->message + at, sizeof err->message - at, "; the last %u documents were not kept", n);
        }
    }
    b->open = open;
    b->begun = false;
    forget_load(b);
    return st;
}

dg_status dgi_pg_flush(struct dgi_pg *b, dg_error *err)
{
    return b->load.n && !b->begun ? load(b, err) : b->failed ? dgi_pg_fail(b, NULL, err) : DG_OK;
}

dg_status dgi_pg_begin_now(struct dgi_pg *b, dg_error *err)
{
    if (!b->open || b->begun)
        return b->failed ? dgi_pg_fail(b, NULL, err) : DG_OK;
    dg_status st = dgi_pg_flush(b, err);
    if (st == DG_OK)
        st = dgi_pg_queue_text(b, "BEGIN", err);
    /* the documents before it were not waited for: this one is, and with it they are on the server's disk */
    if (st == DG_OK)
        st = dgi_pg_queue_text(b, "SET LOCAL synchronous_commit=on", err);
    b->begun = b->writing = st == DG_OK;
    return st;
}

/* ---- transactions ---- */
static dg_status session(struct dgi_pg *b, dg_error *err);

/* A reader whose server went away and came back goes on. */
static bool revived(struct dgi_pg *b)
{
    dg_error ignored;
    if (b->write || b->pq->PQstatus(b->c) != CONNECTION_BAD)
        return false;
    b->pq->PQreset(b->c);
    b->n_queued = 0;
    b->failed = b->begun = b->open = false;
    memset(b->prepared, 0, sizeof b->prepared);
    return b->pq->PQstatus(b->c) == CONNECTION_OK && session(b, &ignored) == DG_OK;
}

static dg_status begin_read(struct dgi_pg *b, dg_error *err)
{
    dg_status st = dgi_pg_flush(b, err);
    if (st == DG_OK)
        st = dgi_pg_queue_text(b, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
    b->open = b->begun = true;
    b->writing = false;
    return st == DG_OK ? dgi_pg_settle(b, err) : st;
}

static dg_status pg_begin(dgi_backend *base, bool write, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    b->failed = false;
    dgi_pg_forget_ahead(b, true);
    if (!write) {
        dg_status st = begin_read(b, err);
        return st != DG_OK && revived(b) ? begin_read(b, err) : st;
    }
    b->open = true;
    b->begun = false;
    b->load.n_before = b->load.n;
    for (int t = 0; t < N_PG_TABLE; t++)
        b->load.before[t] = b->load.row[t].len;
    return DG_OK;
}

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static bool load_is_due(struct dgi_pg *b)
{
    size_t bytes = 0;
    for (int t = 0; t < N_PG_TABLE; t++)
        bytes += b->load.row[t].len;
    if (b->load.n == 1)
        b->load.since = now_ms();
    return b->load.n >= DOCS_A_LOAD || bytes >= BYTES_A_LOAD || now_ms() - b->load.since >= LOAD_AFTER_MS;
}

static dg_status pg_commit(dgi_backend *base, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    dg_status st = DG_OK;
    if (b->failed)
        return dgi_pg_fail(b, NULL, err);
    if (!b->begun) {
        b->open = false;
        return b->load.n && load_is_due(b) ? load(b, err) : DG_OK;
    }
    if (b->load.n)
        st = dgi_pg_load_now(b, err);
    if (st == DG_OK && b->writing)
        st = dgi_pg_queue(b, P_WROTE, NULL, err);
    if (st == DG_OK)
        st = dgi_pg_queue_text(b, "COMMIT", err);
    if (st == DG_OK)
        st = dgi_pg_settle(b, err);
    dgi_pg_forget_ahead(b, true);
    if (st == DG_OK)
        b->open = b->begun = false;
    return st;
}

static void pg_rollback(dgi_backend *base)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    dgi_pg_forget_ahead(b, true);
    if (!b->open)
        return;
    b->open = false;
    if (b->begun) {
        undo(b);
        if (b->writing)
            dgi_pg_items_forget(b);
    }
    for (int t = 0; t < N_PG_TABLE; t++)
        b->load.row[t].len = b->load.before[t];
    b->load.n = b->load.n_before;
    b->begun = b->failed = false;
}

/* ---- rows in pieces ---- */
static dg_status pieces(struct dgi_pg *b, const char *name, dgi_pg_row_fn *fn, void *user, dg_error *err)
{
    enum { ROWS_A_PIECE = 512 };
    char fetch[64];
    int n = ROWS_A_PIECE;
    bool go_on = true;
    dg_status st = DG_OK;
    snprintf(fetch, sizeof fetch, "FETCH %d FROM %s", ROWS_A_PIECE, name);
    while (st == DG_OK && go_on && n == ROWS_A_PIECE) {
        PGresult *r;
        if ((st = dgi_pg_ask_text(b, fetch, NULL, &r, err)) != DG_OK)
            break;
        n = b->pq->PQntuples(r);
        for (int i = 0; i < n && go_on; i++)
            go_on = fn(user, b, r, i);
        b->pq->PQclear(r);
    }
    if (st == DG_OK) {
        snprintf(fetch, sizeof fetch, "CLOSE %s", name);
        st = dgi_pg_queue_text(b, fetch, err);
    }
    return st;
}

dg_status dgi_pg_scan(struct dgi_pg *b, const char *sql, const struct dgi_pg_params *p, dgi_pg_row_fn *fn, void *user,
                      dg_error *err)
{
    static const struct dgi_pg_params none;
    char name[32];
    struct dgi_buf text = {0};
    bool own = !b->open;
    dg_status st = own ? pg_begin(&b->base, false, err) : b->begun ? DG_OK : dgi_pg_begin_now(b, err);
    if (st != DG_OK)
        return st;
    snprintf(name, sizeof name, "dg_scan_%u", ++b->n_cursors);
    dgi_buf_printf(&text, "DECLARE %s NO SCROLL CURSOR FOR %s", name, sql);
    dgi_buf_add(&text, (dg_str){"", 1});
    if (text.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a question");
    else if ((st = ready(b, err)) == DG_OK && !go_text(b, text.ptr, p ? p : &none))
        st = dgi_pg_fail(b, NULL, err);
    dgi_buf_free(&text);
    b->n_queued += st == DG_OK;
    if (st == DG_OK)
        st = pieces(b, name, fn, user, err);
    if (own)
        st == DG_OK ? (void)(st = pg_commit(&b->base, err)) : (void)0;
    if (own)
        pg_rollback(&b->base);
    return st;
}

/* ---- small questions ---- */
static dg_status pg_set_applied(dgi_backend *base, int64_t no, bool applied, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    dg_status st = dgi_pg_begin_now(b, err);
    dgi_pg_forget_ahead(b, false);
    if (applied) /* the board will move over it */
        dgi_pg_will_load(b, no);
    dgi_pg_int(&p, no);
    dgi_pg_int(&p, applied);
    return st == DG_OK ? dgi_pg_queue(b, P_SET_APPLIED, &p, err) : st;
}

static dg_status pg_count(dgi_backend *base, struct dgi_store_counts *out, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    PGresult *r;
    *out = (struct dgi_store_counts){.first = DGI_NO_DAY, .last = DGI_NO_DAY};
    dg_status st = dgi_pg_flush(b, err);
    if (st != DG_OK || (st = dgi_pg_ask(b, P_COUNT, NULL, &r, err)) != DG_OK)
        return st;
    uint64_t *to[] = {&out->documents, &out->versions, &out->statements, &out->events, &out->items};
    for (int i = 0; i < 5; i++)
        *to[i] = (uint64_t)dgi_pg_r_int(b, r, 0, i);
    out->first = dgi_pg_r_day(b, r, 0, 5);
    out->last = dgi_pg_r_day(b, r, 0, 6);
    b->pq->PQclear(r);
    return DG_OK;
}

static dg_status pg_last_day(dgi_backend *base, int32_t known_on, int32_t *day, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    *day = DGI_NO_DAY;
    dg_status st = dgi_pg_flush(b, err);
    if (known_on != DGI_NO_DAY)
        dgi_pg_int(&p, known_on);
    if (st != DG_OK)
        return st;
    st = dgi_pg_ask(b, p.n ? P_LAST_DAY_ON : P_LAST_DAY_NOW, &p, &r, err);
    if (st != DG_OK && revived(b))
        st = dgi_pg_ask(b, p.n ? P_LAST_DAY_ON : P_LAST_DAY_NOW, &p, &r, err);
    if (st == DG_OK && b->pq->PQntuples(r))
        *day = dgi_pg_r_day(b, r, 0, 0);
    if (st == DG_OK)
        b->pq->PQclear(r);
    return st;
}

static dg_status pg_seen(dgi_backend *base, uint64_t *version, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    PGresult *r = NULL;
    *version = 0;
    dg_status st = dgi_pg_flush(b, err);
    if (st == DG_OK && (st = dgi_pg_ask(b, P_SEEN, NULL, &r, err)) != DG_OK && revived(b))
        st = dgi_pg_ask(b, P_SEEN, NULL, &r, err);
    if (st == DG_OK && b->pq->PQntuples(r))
        *version = (uint64_t)dgi_pg_r_int(b, r, 0, 0);
    if (st == DG_OK)
        b->pq->PQclear(r);
    return st;
}

/* Beside the documents that they are about, in one transaction. */
static dg_status pg_position(dgi_backend *base, dg_str log, int64_t *next, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    *next = -1;
    dg_status st = dgi_pg_flush(b, err);
    dgi_pg_str(&p, log);
    if (st != DG_OK || (st = dgi_pg_ask_text(b, "SELECT next FROM positions WHERE log=$1", &p, &r, err)) != DG_OK)
        return st;
    if (b->pq->PQntuples(r))
        *next = dgi_pg_r_int(b, r, 0, 0);
    b->pq->PQclear(r);
    return DG_OK;
}

static dg_status pg_set_position(dgi_backend *base, dg_str log, int64_t next, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    dg_status st = dgi_pg_begin_now(b, err);
    dgi_pg_str(&p, log);
    dgi_pg_int(&p, next);
    if (st == DG_OK)
        st = dgi_pg_ask_text(b, "INSERT INTO positions VALUES($1,$2) ON CONFLICT(log) DO UPDATE SET next=$2", &p, &r,
                             err);
    if (st == DG_OK)
        b->pq->PQclear(r);
    return st;
}

static const struct dgi_ledger_host *pg_the_host(dgi_backend *base)
{
    return &((struct dgi_pg *)base)->host;
}

/* Rows that belong to nothing, and indexes that the server calls broken. */
#define LOST_ROWS(what, table, where)                                                                                  \
    "SELECT count(*)||' " what " belong to nothing' FROM " table " a WHERE " where " HAVING count(*)>0"
#define NO_DOCUMENT "NOT EXISTS(SELECT 1 FROM documents d WHERE d.no=a.doc)"
#define NO_EVENT "NOT EXISTS(SELECT 1 FROM events e WHERE e.doc=a.doc AND e.n=a.n)"
#define NO_ITEM "NOT EXISTS(SELECT 1 FROM items i WHERE i.no=a.item)"
static dg_status pg_check(dgi_backend *base, dgi_line_fn *fn, void *user, dg_error *err)
{
    static const char *const sql[] = {
        "SELECT 'the server: the index '||c.relname||' is not valid; REINDEX INDEX '||c.relname FROM pg_index x JOIN pg_class c ON c.oid=x.indexrelid"
        " WHERE NOT x.indisvalid AND c.relnamespace=(SELECT oid FROM pg_namespace WHERE nspname=current_schema())",
        LOST_ROWS("sentences", "sentences", NO_DOCUMENT),
        LOST_ROWS("entities", "entities", NO_DOCUMENT),
        LOST_ROWS("statements", "statements", NO_DOCUMENT),
        LOST_ROWS("events", "events", NO_DOCUMENT),
        LOST_ROWS("words of documents", "document_words", NO_DOCUMENT),
        LOST_ROWS("actors of events", "event_actors", NO_EVENT),
        LOST_ROWS("quantities of events", "event_quantities", NO_EVENT),
        LOST_ROWS("links of events", "event_links", NO_EVENT),
        LOST_ROWS("entries of items", "item_entries", NO_ITEM),
        LOST_ROWS("lines of items", "item_history",
                  "NOT EXISTS(SELECT 1 FROM item_entries e WHERE e.item=a.item AND e.pos=a.pos)"),
        LOST_ROWS("parties of items", "item_parties", NO_ITEM),
        LOST_ROWS("names of items", "item_names", NO_ITEM),
        LOST_ROWS("words of items", "item_words", NO_ITEM),
        LOST_ROWS("marks of items", "item_marks", "NOT EXISTS(SELECT 1 FROM items i WHERE i.key=a.item)"),
        LOST_ROWS("reads of documents", "reads", "NOT EXISTS(SELECT 1 FROM board x WHERE x.pos=a.pos)"),
        LOST_ROWS("documents of the board", "board",
                  "NOT EXISTS(SELECT 1 FROM documents d WHERE d.pos=a.pos AND d.applied)"),
    };
    struct dgi_pg *b = (struct dgi_pg *)base;
    bool go_on = true;
    dg_status st = dgi_pg_flush(b, err);
    for (size_t i = 0; st == DG_OK && go_on && i < sizeof sql / sizeof *sql; i++) {
        PGresult *r;
        dg_error why = {0};
        if (dgi_pg_ask_text(b, sql[i], NULL, &r, &why) != DG_OK) { /* what cannot be looked at is a finding */
            if (b->pq->PQstatus(b->c) == CONNECTION_BAD)
                return dgi_fail(err, why.status, "%s", why.message);
            go_on = fn(user, why.message);
            continue;
        }
        for (int k = 0; go_on && k < b->pq->PQntuples(r); k++)
            go_on = fn(user, b->pq->PQgetvalue(r, k, 0));
        b->pq->PQclear(r);
    }
    return st;
}

/* ---- opening and closing ---- */
static void pg_close(dgi_backend *base)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    dg_error ignored;
    if (b->c) {
        if (b->write && b->pq->PQstatus(b->c) == CONNECTION_OK) {
            pg_rollback(base);
            dgi_pg_flush(b, &ignored);
        }
        dgi_pg_forget_ahead(b, true);
        b->pq->PQfinish(b->c); /* its lock goes with it */
    }
    for (int t = 0; t < N_PG_TABLE; t++)
        dgi_buf_free(&b->load.row[t]);
    dgi_arena_free(b->load.a);
    dgi_arena_free(b->scratch);
    dgi_pg_items_free(b->items);
    dgi_pg_words_free(b->words);
    free(b->ahead.list);
    free(b->path);
    free(b);
}

static const struct dgi_backend_ops pg_ops = {
    pg_close,
    pg_begin,
    pg_commit,
    pg_rollback,
    dgi_pg_versions,
    dgi_pg_version,
    dgi_pg_put_document,
    dgi_pg_drop_document,
    dgi_pg_recode_document,
    pg_set_applied,
    dgi_pg_load_document,
    dgi_pg_each_document,
    dgi_pg_find_document,
    dgi_pg_each_event,
    dgi_pg_each_statement,
    pg_count,
    pg_last_day,
    pg_the_host,
    dgi_pg_each_item,
    dgi_pg_items_by_id,
    dgi_pg_clear_board,
    dgi_pg_each_row,
    pg_check,
    dgi_pg_asked,
    dgi_pg_search,
    pg_seen,
    pg_position,
    pg_set_position,
    dgi_pg_put_verdict,
    dgi_pg_each_verdict,
    dgi_pg_publish,
};

static void no_notice(void *user, const PGresult *r)
{
    (void)user, (void)r;
}

/* A password in an address is seen by everybody who lists processes: libpq has places for it that are not. */
static dg_status no_secrets(const struct dgi_pq *pq, const char *address, dg_error *err)
{
    char *said = NULL;
    PQconninfoOption *o = pq->PQconninfoParse(address, &said);
    pq->PQfreemem(said); /* it repeats the address */
    if (!o)
        return dgi_fail(
            err, DG_E_ARG,
            "the address of the server cannot be read (postgresql://user@host:5432/database?sslmode=verify-full)");
    static const char *const secret_keys[] = {"password", "sslpassword"};
    bool secret = false;
    for (const PQconninfoOption *x = o; x->keyword; x++)
        for (size_t i = 0; i < sizeof secret_keys / sizeof *secret_keys; i++)
            secret |= x->val && *x->val && !strcmp(x->keyword, secret_keys[i]);
    pq->PQconninfoFree(o);
    return secret
               ? dgi_fail(
                     err, DG_E_ARG,
                     "a password in the address of the server can be seen by others; leave it out, and put it into ~/.pgpass, a "
                     "service file or PGPASSFILE")
               : DG_OK;
}

static dg_status connected(struct dgi_pg *b, const char *address, dg_error *err)
{
    static const char own_name[] = "dragoman";
    bool waits = getenv("PGCONNECT_TIMEOUT") != NULL; /* the user's own patience */
    const char *option_keys[] = {"fallback_application_name", "client_encoding", waits ? "dbname" : "connect_timeout",
                                 "dbname", NULL},
               *values[] = {own_name, "UTF8", waits ? address : "30", address, NULL};
    char line[180];
    b->c = b->pq->PQconnectdbParams(option_keys, values, 1);
    if (!b->c)
        return dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    if (b->pq->PQstatus(b->c) == CONNECTION_OK)
        return DG_OK;
    one_line(line, sizeof line, b->pq->PQerrorMessage(b->c));
    return dgi_fail(err, DG_E_IO, "%s: %s", b->path, line);
}

static dg_status session(struct dgi_pg *b, dg_error *err)
{
    const char *encoding = b->pq->PQparameterStatus(b->c, "server_encoding");
    b->pq->PQsetNoticeReceiver(b->c, no_notice, NULL);
    if (b->pq->PQserverVersion(b->c) < 140000)
        return dgi_fail(err, DG_E_STORE, "%s: the server is older than PostgreSQL 14", b->path);
    if (!encoding || strcmp(encoding, "UTF8"))
        return dgi_fail(err, DG_E_STORE,
                        "%s: the database's encoding is %s; make it with 'createdb -E UTF8 -T template0'", b->path,
                        encoding ? encoding : "not known");
    dg_status st =
        dgi_pg_plain(b,
                     b->write ? "SET jit=off; SET synchronous_commit=off; SET standard_conforming_strings=on"
                              : "SET jit=off; SET default_transaction_read_only=on; SET standard_conforming_strings=on",
                     NULL, err);
    return st != DG_OK || b->pq->PQenterPipelineMode(b->c) ? st : dgi_pg_fail(b, NULL, err);
}

static void wait_ms(uint32_t ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

/* The right to write, until the connection ends: one writer for a schema of a database. */
static dg_status lock(struct dgi_pg *b, const struct dgi_store_options *o, dg_error *err)
{
    enum { FIRST_PAUSE = 5, LONGEST_PAUSE = 200, TELL_EVERY = 1000 };
    uint64_t began = now_ms(), told = 0;
    uint32_t pause = FIRST_PAUSE;
    for (;;) {
        PGresult *r;
        dg_status st = dgi_pg_ask_text(
            b, "SELECT pg_try_advisory_lock(1145524813, coalesce(hashtext(current_schema()::text),0))", NULL, &r, err);
        if (st != DG_OK)
            return st;
        bool got = dgi_pg_r_int(b, r, 0, 0) != 0;
        b->pq->PQclear(r);
        if (got)
            return DG_OK;
        uint64_t waited = now_ms() - began;
        if (waited >= o->wait_ms && waited < 1000)
            return dgi_fail(err, DG_E_STORE, "%s: another process is writing to it; nothing was changed", b->path);
        if (waited >= o->wait_ms)
            return dgi_fail(err, DG_E_STORE,
                            "%s: another process is still writing to it after %u seconds; nothing was changed", b->path,
                            (unsigned)(waited / 1000));
        if (o->waiting && (!told || waited >= told)) {
            o->waiting(o->user, (uint32_t)waited);
            told = waited + TELL_EVERY;
        }
        wait_ms(pause < o->wait_ms - waited ? pause : (uint32_t)(o->wait_ms - waited));
        pause = pause * 2 < LONGEST_PAUSE ? pause * 2 : LONGEST_PAUSE;
    }
}

/* Where the writer counts on from. */
static dg_status numbers(struct dgi_pg *b, dg_error *err)
{
    PGresult *r;
    dg_status st = dgi_pg_ask(b, P_NUMBERS, NULL, &r, err);
    if (st != DG_OK)
        return st;
    b->next_doc = dgi_pg_r_int(b, r, 0, 0) + 1;
    b->next_item = dgi_pg_r_int(b, r, 0, 1) + 1;
    b->pq->PQclear(r);
    return DG_OK;
}

bool dgi_pg_is_address(const char *path)
{
    return path && (!strncasecmp(path, "postgresql://", 13) || !strncasecmp(path, "postgres://", 11));
}

dg_status dgi_pg_open(dgi_backend **out, const char *address, bool write, const struct dgi_store_options *o,
                      dg_error *err)
{
    static const struct dgi_store_options usual = {DGI_STORE_WAIT_MS, NULL, NULL};
    dg_error ignored = {0};
    err = err ? err : &ignored;
    *out = NULL;
    const struct dgi_pq *pq = dgi_pq_load(err);
    if (!pq)
        return err->status;
    dg_status st = no_secrets(pq, address, err);
    if (st != DG_OK)
        return st;
    struct dgi_pg *b = calloc(1, sizeof *b);
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    b->base.ops = &pg_ops;
    b->pq = pq;
    b->write = write;
    dgi_pg_host(b);
    size_t n_name = strlen(address) <= LONGEST_NAME ? strlen(address) : strcspn(address, "?");
    if (!(b->path = strndup(address, n_name <= LONGEST_NAME ? n_name : LONGEST_NAME)) ||
        !(b->scratch = dgi_arena_new(0)) || !(b->load.a = dgi_arena_new(0)))
        st = dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    if (st == DG_OK && (st = connected(b, address, err)) == DG_OK && (st = session(b, err)) == DG_OK && write)
        st = lock(b, o ? o : &usual, err);
    if (st == DG_OK && (st = dgi_pg_schema(b, err)) == DG_OK && write)
        st = numbers(b, err);
    if (st != DG_OK) {
        pg_close(&b->base);
        return st;
    }
    *out = &b->base;
    return DG_OK;
}
