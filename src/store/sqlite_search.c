/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_search.c: the full-text indexes of the file.
 *
 * Reads   documents_fts, statements_fts, items_fts and the tables they are of
 * Writes  hits; messages about a query that FTS5 cannot read */
#include <stdio.h>

#include "store/fts.h"
#include "store/search.h"
#include "store/sqlite_int.h"

/* ?4 is one of: id, ISO3, name, what follows the colon of an id; as dgi_ev_actor_is(). ?6: "country:" taken off. */
#define is_actor_sql(id, name, country)                                                                                \
    "(" id "=?4 COLLATE NOCASE OR " name "=?4 COLLATE NOCASE OR " country "=?6 COLLATE NOCASE OR substr(" id           \
    ",instr(" id ",':')+1)=?4 COLLATE NOCASE)"
#define DAYS " AND (?2 IS NULL OR d.published>=?2) AND (?3 IS NULL OR d.published<=?3)"
#define MARKS "char(2),char(3),' ... ',28"
#define DOCUMENT                                                                                                       \
    "d.id,d.url,d.title,d.publisher,CASE WHEN d.published IS NULL THEN NULL ELSE date(d.published*86400,'unixepoch') END"
static const char *const search_sql[DGI_N_SEARCH_KIND] = {
    [DGI_SEARCH_DOCUMENTS] =
        "SELECT d.id," DOCUMENT ",NULL,NULL,snippet(documents_fts,-1," MARKS
        "),bm25(documents_fts,4.0,1.0) AS r FROM documents_fts f"
        " CROSS JOIN documents d ON d.no=f.rowid WHERE documents_fts MATCH ?1 AND d.current=1 AND d.withdrawn=0" DAYS
        " AND (?4 IS NULL OR EXISTS(SELECT 1 FROM entities e WHERE e.doc=d.no AND " is_actor_sql(
            "e.actor", "e.name", "e.country") ")) ORDER BY r,d.pos LIMIT ?5",
    [DGI_SEARCH_STATEMENTS] =
        "SELECT d.id||'#'||t.id," DOCUMENT ",coalesce(t.speaker_name,t.speaker),NULL,snippet(statements_fts,0," MARKS
        "),bm25(statements_fts) AS r"
        " FROM statements_fts f CROSS JOIN statements t ON t.no=f.rowid CROSS JOIN documents d ON d.no=t.doc WHERE statements_fts MATCH ?1"
        " AND d.current=1 AND d.withdrawn=0" DAYS
        " AND (?4 IS NULL OR EXISTS(SELECT 1 FROM (SELECT t.speaker a,t.speaker_name b,"
        "(SELECT country FROM entities e WHERE e.doc=t.doc AND e.actor=t.speaker LIMIT 1) c) WHERE " is_actor_sql(
            "a", "b", "c") ")) ORDER BY r,d.pos,t.n LIMIT ?5",
    [DGI_SEARCH_ITEMS] =
        "SELECT i.id,NULL,NULL,NULL,NULL,i.since,(SELECT group_concat(coalesce(p.name,p.actor),', ') FROM item_parties p WHERE p.item=i.no),"
        "i.kind||' '||i.status,snippet(items_fts,-1," MARKS
        "),bm25(items_fts,2.0,1.0) AS r FROM items_fts f CROSS JOIN items i ON i.no=f.rowid"
        " WHERE items_fts MATCH ?1 AND i.head IS NOT NULL AND (?2 IS NULL OR i.since>=date(?2*86400,'unixepoch'))"
        " AND (?3 IS NULL OR i.since<=date(?3*86400,'unixepoch')) AND (?4 IS NULL OR EXISTS(SELECT 1 FROM item_parties p WHERE p.item=i.no AND " is_actor_sql(
            "p.actor", "p.name", "p.country") ")) ORDER BY r,i.key LIMIT ?5",
};

/* What FTS5 says of a query, with what it can read. */
dg_status dgi_fts_unreadable(sqlite3 *db, dg_str query, dg_error *err)
{
    const char *said = sqlite3_errmsg(db);
    if (!strncmp(said, "fts5: ", 6))
        said += 6;
    return dgi_fail(
        err, DG_E_ARG,
        "the query '%.*s' cannot be read (%.60s): write words, \"a phrase\", begin*, AND, OR, NOT; what has other signs in double quotes",
        (int)(query.len < 60 ? query.len : 60), query.ptr, said);
}

/* Is it the query, not the file? */
bool dgi_fts_is_syntax(sqlite3 *db)
{
    static const char *const fault_names[] = {"fts5", "no such column", "unterminated", "unknown special query",
                                              "phrase"};
    const char *said = sqlite3_errmsg(db);
    bool named = false;
    for (size_t i = 0; i < sizeof fault_names / sizeof *fault_names; i++)
        named |= strstr(said, fault_names[i]) != NULL;
    return named && sqlite3_errcode(db) == SQLITE_ERROR;
}

static void bind(sqlite3_stmt *s, const struct dgi_search *q)
{
    dg_str actor = dgi_str(q->actor);
    dgi_bind_str(s, 1, q->query);
    dgi_bind_day(s, 2, q->from);
    dgi_bind_day(s, 3, q->to);
    dgi_bind_str(s, 4, actor);
    sqlite3_bind_int64(s, 5, q->limit ? (int64_t)q->limit : -1);
    dgi_bind_str(s, 6, dgi_str_starts(actor, DGI_S("country:")) ? dgi_str_sub(actor, 8, actor.len) : actor);
}

dg_status dgi_sqlite_search(dgi_backend *base, const struct dgi_search *q, uint8_t kind, dgi_hit_fn *fn, void *user,
                            bool *stopped, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *s = NULL;
    int rc;
    if (sqlite3_prepare_v2(b->db, search_sql[kind], -1, &s, NULL) != SQLITE_OK)
        return dgi_sqlite_fail(b, err, "cannot be searched");
    bind(s, q);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        struct dgi_hit h = {kind,
                            dgi_col_str(s, 0),
                            dgi_col_str(s, 1),
                            dgi_col_str(s, 2),
                            dgi_col_str(s, 3),
                            dgi_col_str(s, 4),
                            dgi_col_str(s, 5),
                            dgi_col_str(s, 6),
                            dgi_col_str(s, 7),
                            dgi_col_str(s, 8),
                            sqlite3_column_double(s, 9)};
        if (!fn(user, &h)) {
            *stopped = true;
            rc = SQLITE_DONE;
            break;
        }
    }
    dg_status st = rc == SQLITE_DONE          ? DG_OK
                   : dgi_fts_is_syntax(b->db) ? dgi_fts_unreadable(b->db, q->query, err)
                                              : dgi_sqlite_fail(b, err, "cannot be searched");
    sqlite3_finalize(s);
    return st;
}
