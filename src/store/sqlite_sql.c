/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_sql.c: the schema, how an older file is brought up to it, and the text of every statement.
 *
 * Reads   application_id, user_version
 * Writes  the schema
 *
 * docs/formats/store.md says what the tables mean. */
#include <stdio.h>

#include "store/sqlite_int.h"

enum { APPLICATION_ID = 0x4447524d /* "DGRM" */ };

/* One entry per schema version; entry i leads from version i to i+1. Never edit an entry that was released: add one. */
static const char *const migrations[] = {
    /* 1 */
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;"
    "INSERT INTO meta VALUES('rev',0),('items_rev',0);"
    "CREATE TABLE documents(no INTEGER PRIMARY KEY, key TEXT NOT NULL, id TEXT NOT NULL, url TEXT, title TEXT, author TEXT, publisher TEXT,"
    " lang TEXT, published INTEGER, published_from TEXT, known_from INTEGER NOT NULL, hash INTEGER NOT NULL, current INTEGER NOT NULL,"
    " withdrawn INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE(key,known_from,hash));"
    "CREATE INDEX documents_order ON documents(published,id);"
    "CREATE INDEX documents_id ON documents(id);"
    "CREATE TABLE sentences(doc INTEGER NOT NULL, i INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, b_start INTEGER NOT NULL,"
    " b_end INTEGER NOT NULL, PRIMARY KEY(doc,i)) WITHOUT ROWID;"
    "CREATE TABLE entities(doc INTEGER NOT NULL, n INTEGER NOT NULL, actor TEXT, name TEXT, type INTEGER NOT NULL, title TEXT, country TEXT,"
    " cameo TEXT, sectors TEXT, PRIMARY KEY(doc,n)) WITHOUT ROWID;"
    "CREATE TABLE statements(no INTEGER PRIMARY KEY, doc INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT, kind INTEGER NOT NULL, speaker TEXT,"
    " speaker_name TEXT, addressee TEXT, content TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, sentence INTEGER NOT NULL,"
    " negated INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX statements_doc ON statements(doc,n);"
    "CREATE TABLE events(doc INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL, day INTEGER, cameo TEXT NOT NULL, plover INTEGER NOT NULL,"
    " mode TEXT, contexts TEXT, status INTEGER NOT NULL, negated INTEGER NOT NULL, reciprocal INTEGER NOT NULL, date_start INTEGER,"
    " date_end INTEGER, date_precision INTEGER NOT NULL, date_from_text INTEGER NOT NULL, deadline_start INTEGER, deadline_end INTEGER,"
    " deadline_precision INTEGER NOT NULL, sentence INTEGER NOT NULL, trig_start INTEGER NOT NULL, trig_end INTEGER NOT NULL, trigger TEXT,"
    " lemma TEXT, keys TEXT, content_text TEXT, condition_text TEXT, about TEXT, statement TEXT, content_of INTEGER, condition_of INTEGER,"
    " place TEXT, place_country TEXT, place_admin1 TEXT, lat REAL, lon REAL, geonames INTEGER, place_precision INTEGER, frame TEXT,"
    " confidence REAL, PRIMARY KEY(doc,n)) WITHOUT ROWID;"
    "CREATE INDEX events_day ON events(day);"
    "CREATE TABLE event_actors(doc INTEGER NOT NULL, n INTEGER NOT NULL, side INTEGER NOT NULL, i INTEGER NOT NULL, actor TEXT, name TEXT,"
    " country TEXT, cameo TEXT, sectors TEXT, PRIMARY KEY(doc,n,side,i)) WITHOUT ROWID;" /* side 0 source, 1 target, 2 claimed_by */
    "CREATE INDEX event_actors_actor ON event_actors(actor);"
    "CREATE TABLE event_quantities(doc INTEGER NOT NULL, n INTEGER NOT NULL, i INTEGER NOT NULL, kind INTEGER NOT NULL, value REAL, low REAL,"
    " high REAL, approx INTEGER NOT NULL, unit TEXT, noun TEXT, start INTEGER, end INTEGER, PRIMARY KEY(doc,n,i)) WITHOUT ROWID;"
    "CREATE TABLE event_links(doc INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, i INTEGER NOT NULL, other INTEGER NOT NULL,"
    " PRIMARY KEY(doc,n,kind,i)) WITHOUT ROWID;" /* kind 0 content, 1 condition */
    "CREATE TABLE items(no INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, opened INTEGER, since INTEGER,"
    " content TEXT, condition TEXT, sources INTEGER NOT NULL);"
    "CREATE INDEX items_id ON items(id);"
    "CREATE TABLE item_parties(item INTEGER NOT NULL, i INTEGER NOT NULL, role TEXT NOT NULL, actor TEXT, name TEXT, country TEXT,"
    " PRIMARY KEY(item,i)) WITHOUT ROWID;"
    "CREATE INDEX item_parties_actor ON item_parties(actor);"
    "CREATE TABLE item_history(item INTEGER NOT NULL, i INTEGER NOT NULL, date INTEGER, reported INTEGER, status TEXT, due INTEGER NOT NULL,"
    " event TEXT, document TEXT, rule TEXT, claimed_by TEXT, quantity REAL, ev_start INTEGER, ev_end INTEGER, ev_text TEXT,"
    " PRIMARY KEY(item,i)) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content='documents', content_rowid='no', tokenize='porter unicode61');"
    "CREATE VIRTUAL TABLE statements_fts USING fts5(content, content='statements', content_rowid='no', tokenize='porter unicode61');"
    "CREATE VIRTUAL TABLE items_fts USING fts5(content, evidence, tokenize='porter unicode61');",
    /* 2: the board is kept and moved by the new document alone; documents know their place on it and who coded them; the text
     * stands last, so that a look at a row does not walk through it */
    "DROP INDEX event_actors_actor; DROP TABLE meta; DROP TABLE items; DROP TABLE item_parties; DROP TABLE item_history; DROP TABLE items_fts;"
    "CREATE TABLE documents_2(no INTEGER PRIMARY KEY, key TEXT NOT NULL, id TEXT NOT NULL, url TEXT, title TEXT, author TEXT, publisher TEXT,"
    " lang TEXT, published INTEGER, published_from TEXT, known_from INTEGER NOT NULL, hash INTEGER NOT NULL, current INTEGER NOT NULL,"
    " withdrawn INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL, pos BLOB, coder INTEGER NOT NULL DEFAULT 0, applied INTEGER NOT NULL DEFAULT 0,"
    " blocks BLOB,"
    " text TEXT NOT NULL, UNIQUE(key,known_from,hash));"
    "INSERT INTO documents_2 SELECT no,key,id,url,title,author,publisher,lang,published,published_from,known_from,hash,current,withdrawn,tokens,"
    "CASE withdrawn WHEN 0 THEN dg_pos(published,id,key) END,0,0,NULL,text FROM documents;"
    "DROP TABLE documents; ALTER TABLE documents_2 RENAME TO documents;"
    "CREATE INDEX documents_id ON documents(id);"
    "CREATE INDEX documents_published ON documents(published);"
    "CREATE UNIQUE INDEX documents_board ON documents(pos) WHERE applied=1;"
    "CREATE INDEX documents_off ON documents(pos) WHERE applied=0;"
    "CREATE INDEX documents_stale ON documents(pos) WHERE applied=1 AND (current=0 OR withdrawn=1);"
    "CREATE INDEX documents_late ON documents(known_from) WHERE known_from IS NOT published;"
    "CREATE TABLE board(pos BLOB PRIMARY KEY, reads BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE reads(read INTEGER NOT NULL, pos BLOB NOT NULL, PRIMARY KEY(read,pos)) WITHOUT ROWID;"
    "CREATE TABLE items(no INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, id TEXT, kind TEXT, status TEXT, opened TEXT, since TEXT, content TEXT,"
    " condition TEXT, sources INTEGER, sort INTEGER, marks BLOB, head BLOB);"
    "CREATE INDEX items_id ON items(id);"
    "CREATE INDEX items_sort ON items(sort,key);"
    "CREATE TABLE item_parties(item INTEGER NOT NULL, i INTEGER NOT NULL, role TEXT NOT NULL, actor TEXT, name TEXT, country TEXT,"
    " inferred INTEGER NOT NULL, PRIMARY KEY(item,i)) WITHOUT ROWID;"
    "CREATE TABLE item_names(name TEXT NOT NULL COLLATE NOCASE, item INTEGER NOT NULL, PRIMARY KEY(name,item)) WITHOUT ROWID;"
    "CREATE TABLE item_entries(item INTEGER NOT NULL, pos BLOB NOT NULL, entry BLOB NOT NULL, PRIMARY KEY(item,pos)) WITHOUT ROWID;"
    "CREATE INDEX item_entries_pos ON item_entries(pos);"
    "CREATE TABLE item_history(item INTEGER NOT NULL, pos BLOB NOT NULL, i INTEGER NOT NULL, date TEXT, reported TEXT, status TEXT, due INTEGER NOT NULL,"
    " event TEXT, document TEXT, rule TEXT, claimed_by TEXT, quantity REAL, PRIMARY KEY(item,pos,i)) WITHOUT ROWID;"
    "CREATE TABLE item_marks(mark INTEGER NOT NULL, item BLOB NOT NULL, PRIMARY KEY(mark,item)) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE items_fts USING fts5(content, condition, content='items', content_rowid='no', tokenize='porter unicode61');",
    /* 3: events of a document that report the same act; NULL until the document is coded again */
    "ALTER TABLE events ADD COLUMN same_as INTEGER;",
    /* 4: the act, the same in every document that reports it; likewise */
    "ALTER TABLE events ADD COLUMN act TEXT;",
    /* 5: how an event came by its place; likewise */
    "ALTER TABLE events ADD COLUMN place_from INTEGER;",
};
_Static_assert(sizeof migrations / sizeof *migrations == DGI_STORE_SCHEMA, "one migration per schema version");

static dg_status number(struct dgi_sqlite *b, const char *sql, int64_t *out, dg_error *err)
{
    sqlite3_stmt *q = NULL;
    *out = 0;
    if (sqlite3_prepare_v2(b->db, sql, -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW) {
        int rc = sqlite3_errcode(b->db);
        dg_status st = rc == SQLITE_NOTADB
                           ? dgi_fail(err, DG_E_STORE, "%s: this is no store of Dragoman; nothing was changed", b->path)
                           : dgi_sqlite_fail(b, err, "cannot be read");
        sqlite3_finalize(q);
        return st;
    }
    *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return DG_OK;
}

/* DG_OK: the file's schema is *version, which this program can use or bring up to date. */
static dg_status look_at_schema(struct dgi_sqlite *b, int64_t *version, dg_error *err)
{
    int64_t app, tables;
    dg_status st;
    if ((st = number(b, "PRAGMA application_id", &app, err)) != DG_OK ||
        (st = number(b, "PRAGMA user_version", version, err)) != DG_OK ||
        (st = number(b, "SELECT count(*) FROM sqlite_master", &tables, err)) != DG_OK)
        return st;
    if (app != APPLICATION_ID && (app || *version || tables))
        return dgi_fail(err, DG_E_STORE, "%s: this database belongs to another program; nothing was changed", b->path);
    if (*version < 0 || (app == APPLICATION_ID && !*version))
        return dgi_fail(err, DG_E_STORE, "%s: schema %lld: the file is damaged; nothing was changed", b->path,
                        (long long)*version);
    if (*version > DGI_STORE_SCHEMA)
        return dgi_fail(err, DG_E_STORE, "%s: schema %lld is newer than this program (%d); nothing was changed",
                        b->path, (long long)*version, DGI_STORE_SCHEMA);
    return DG_OK;
}

static void pos_function(sqlite3_context *c, int n, sqlite3_value **v)
{
    dg_str s[2];
    dgi_arena *a = dgi_arena_new(0);
    (void)n;
    for (int i = 0; i < 2; i++) {
        s[i].ptr = (const char *)sqlite3_value_text(v[i + 1]);
        s[i].len = s[i].ptr ? (size_t)sqlite3_value_bytes(v[i + 1]) : 0;
    }
    int32_t day = sqlite3_value_type(v[0]) == SQLITE_NULL ? DGI_NO_DAY : sqlite3_value_int(v[0]);
    dg_str pos = a ? dgi_store_pos(a, day, s[0], s[1]) : (dg_str){NULL, 0};
    if (pos.ptr)
        sqlite3_result_blob64(c, pos.ptr, pos.len, SQLITE_TRANSIENT);
    else
        sqlite3_result_error_nomem(c);
    dgi_arena_free(a);
}

dg_status dgi_sqlite_schema(struct dgi_sqlite *b, dg_error *err)
{
    int64_t version;
    dg_status st = look_at_schema(b, &version, err);
    if (st != DG_OK || version == DGI_STORE_SCHEMA)
        return st;
    if (!b->write)
        return dgi_fail(err, DG_E_STORE,
                        version ? "%s: schema %lld is older than this program (%d); an ingest brings it up to date"
                                : "%s: nothing was ingested here yet (schema %lld of %d)",
                        b->path, (long long)version, DGI_STORE_SCHEMA);
    if (sqlite3_create_function(b->db, "dg_pos", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                pos_function, NULL, NULL) != SQLITE_OK)
        return dgi_sqlite_fail(b, err, "cannot be used");
    if ((st = dgi_sqlite_exec(b, "BEGIN IMMEDIATE", err)) != DG_OK)
        return st;
    char sql[96];
    st = look_at_schema(b, &version, err); /* nobody can change it now */
    for (int64_t v = version; st == DG_OK && v < DGI_STORE_SCHEMA; v++)
        st = dgi_sqlite_exec(b, migrations[v], err);
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT", APPLICATION_ID,
             DGI_STORE_SCHEMA);
    if (st == DG_OK)
        st = dgi_sqlite_exec(b, sql, err);
    if (st != DG_OK)
        sqlite3_exec(b->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

/* The versions known on day ?1 (NULL: now): the last one of each key, unless it is withdrawn. */
#define KNOWN                                                                                                                                   \
    " d.withdrawn=0 AND CASE WHEN ?1 IS NULL THEN d.current=1 ELSE d.known_from<=?1 AND NOT EXISTS(SELECT 1 FROM documents v WHERE v.key=d.key" \
    " AND v.known_from<=?1 AND (v.known_from,v.hash)>(d.known_from,d.hash)) END "
#define VERSION                                                                                                        \
    "d.no,d.key,d.pos,d.known_from,d.published,d.hash,d.coder,d.withdrawn,d.applied,d.id,d.url,d.title,d.publisher"
#define ITEM_ROWS "SELECT i.no,i.key,e.pos,e.entry FROM "
#define ITEM_ORDER " CROSS JOIN item_entries e ON e.item=i.no WHERE (?1>>i.sort)&1 ORDER BY i.sort,i.key,e.pos"

static const char *const sql[N_STMT] = {
    [Q_BEGIN_READ] = "BEGIN",
    [Q_BEGIN] = "BEGIN IMMEDIATE",
    [Q_COMMIT] = "COMMIT",
    [Q_ROLLBACK] = "ROLLBACK",
    [Q_VERSIONS] = "SELECT " VERSION " FROM documents d WHERE d.key=?1 ORDER BY d.known_from,d.hash",
    [Q_VERSION] = "SELECT " VERSION " FROM documents d WHERE d.no=?1",
    [Q_INS_DOC] =
        "INSERT INTO documents(key,id,url,title,author,publisher,lang,published,published_from,known_from,hash,current,withdrawn,tokens,pos,coder,"
        "applied,text,blocks) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,1,?12,?13,?14,?15,0,?16,?17)",
    [Q_SET_CURRENT] = "UPDATE documents SET current=NOT EXISTS(SELECT 1 FROM documents v WHERE v.key=documents.key AND"
                      " (v.known_from,v.hash)>(documents.known_from,documents.hash)) WHERE key=?1",
    [Q_INS_LINK] = "INSERT INTO event_links VALUES(?1,?2,?3,?4,?5)",
    [Q_FTS_DOC] = "INSERT INTO documents_fts(rowid,title,text) VALUES(?1,?2,?3)",
    [Q_FTS_STAT] = "INSERT INTO statements_fts(rowid,content) VALUES(?1,?2)",
    [Q_DROP_FTS_DOC] =
        "INSERT INTO documents_fts(documents_fts,rowid,title,text) SELECT 'delete',no,title,text FROM documents WHERE no=?1 AND (title<>'' OR text<>'')",
    [Q_DROP_FTS_STAT] =
        "INSERT INTO statements_fts(statements_fts,rowid,content) SELECT 'delete',no,content FROM statements WHERE doc=?1 AND content<>''",
    [Q_DROP_SENT] = "DELETE FROM sentences WHERE doc=?1",
    [Q_DROP_ENT] = "DELETE FROM entities WHERE doc=?1",
    [Q_DROP_STAT] = "DELETE FROM statements WHERE doc=?1",
    [Q_DROP_EVENTS] = "DELETE FROM events WHERE doc=?1",
    [Q_DROP_ACTORS] = "DELETE FROM event_actors WHERE doc=?1",
    [Q_DROP_QUANT] = "DELETE FROM event_quantities WHERE doc=?1",
    [Q_DROP_LINKS] = "DELETE FROM event_links WHERE doc=?1",
    [Q_DROP_DOC] = "DELETE FROM documents WHERE no=?1",
    [Q_RECODED] = "UPDATE documents SET coder=?2,tokens=?3 WHERE no=?1",
    [Q_SET_APPLIED] = "UPDATE documents SET applied=?2 WHERE no=?1",
    [Q_LOAD_DOC] =
        "SELECT id,url,title,author,publisher,lang,published,published_from,tokens,text,blocks FROM documents WHERE no=?1",
    [Q_LOAD_LINKS] = "SELECT n,kind,other FROM event_links WHERE doc=?1 ORDER BY n,kind,i",
    [Q_DOCS_KNOWN] = "SELECT " VERSION " FROM documents d WHERE" KNOWN "ORDER BY d.pos",
    [Q_DOCS_KNOWN_ONLY] = "SELECT " VERSION " FROM documents d WHERE d.applied=0 AND" KNOWN "ORDER BY d.pos",
    [Q_DOCS_APPLIED_ONLY] =
        "SELECT " VERSION " FROM documents d WHERE d.applied=1 AND (d.current=0 OR d.withdrawn=1) AND NOT (" KNOWN ")"
        " AND (?1 IS NULL OR d.published IS NULL OR d.published<=?1)"
        " UNION ALL SELECT " VERSION
        " FROM documents d WHERE d.known_from IS NOT d.published AND d.known_from>?1 AND d.applied=1"
        " AND d.current=1 AND d.withdrawn=0 AND (d.published IS NULL OR d.published<=?1)",
    [Q_DOCS_TEXTS] = "SELECT " VERSION " FROM documents d WHERE d.no>?1 AND d.withdrawn=0 AND d.text<>'' ORDER BY d.no",
    [Q_FIND_DOC] =
        "SELECT " VERSION " FROM documents d WHERE d.key=?1 AND d.current=1 AND d.withdrawn=0"
        " UNION ALL SELECT " VERSION " FROM documents d WHERE d.id=?1 AND d.current=1 AND d.withdrawn=0 LIMIT 1",
    [Q_EVENTS] = "SELECT e.doc,e.n,e.day FROM events e CROSS JOIN documents d ON d.no=e.doc WHERE" KNOWN
                 "AND (?2 IS NULL OR e.day>=?2) AND (?3 IS NULL OR e.day<=?3) AND e.cameo<>'' ORDER BY e.day,d.pos,e.n",
    [Q_STATEMENTS] =
        "SELECT d.id,d.url,d.title,d.publisher,d.published,t.id,t.speaker,t.speaker_name,t.content,t.start,t.end,t.kind,"
        "(SELECT country FROM entities e WHERE e.doc=t.doc AND e.actor=t.speaker LIMIT 1),x.start,d.text,x.b_start,x.b_end"
        " FROM documents d JOIN statements t ON d.no=t.doc LEFT JOIN sentences x ON x.doc=t.doc AND x.i=t.sentence WHERE" KNOWN
        "AND (?2 IS NULL OR d.published>=?2) AND (?3 IS NULL OR d.published<=?3) AND t.negated=0 ORDER BY d.pos,t.n",
    [Q_SEEN] = "PRAGMA data_version",
    [Q_POSITION] = "SELECT next FROM positions WHERE log=?1",
    [Q_SET_POSITION] = "INSERT INTO positions VALUES(?1,?2) ON CONFLICT(log) DO UPDATE SET next=?2",
    [Q_COUNT] =
        "SELECT (SELECT count(*) FROM documents WHERE current=1 AND withdrawn=0),(SELECT count(*) FROM documents),"
        "(SELECT count(*) FROM statements),(SELECT count(*) FROM events WHERE cameo<>''),(SELECT count(*) FROM items),"
        "(SELECT min(published) FROM documents WHERE current=1),(SELECT max(published) FROM documents WHERE current=1)",
    [Q_LAST_DAY] = "SELECT d.published FROM documents d WHERE" KNOWN "ORDER BY d.published DESC LIMIT 1",

    [Q_MARKED] = "SELECT item FROM item_marks WHERE mark=?1 ORDER BY item DESC LIMIT ?2",
    [Q_MARKED_BEFORE] = "SELECT item FROM item_marks WHERE mark=?1 AND item<?3 ORDER BY item DESC LIMIT ?2",
    [Q_HEAD] = "SELECT head FROM items WHERE key=?1",
    [Q_ENTRIES] =
        "SELECT e.pos,e.entry FROM items i CROSS JOIN item_entries e ON e.item=i.no WHERE i.key=?1 ORDER BY e.pos",
    [Q_WRITTEN] = "SELECT i.key FROM item_entries e CROSS JOIN items i ON i.no=e.item WHERE e.pos=?1 ORDER BY i.key",
    [Q_NEXT_READER] = "SELECT pos FROM reads WHERE read=?1 AND pos>?2 ORDER BY pos LIMIT 1",
    [Q_LAST_POS] = "SELECT pos FROM board ORDER BY pos DESC LIMIT 1",
    [Q_APPLIED_AT] = "SELECT no FROM documents WHERE pos=?1 AND applied=1",
    [Q_ITEM_NO] = "SELECT no FROM items WHERE key=?1",
    [Q_NEW_ITEM] = "INSERT INTO items(key) VALUES(?1)",
    [Q_PUT_LINE] = "INSERT INTO item_history VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
    [Q_DROP_LINES] = "DELETE FROM item_history WHERE item=?1 AND pos=?2",
    [Q_NEW_ENTRY] = "INSERT INTO item_entries VALUES(?1,?2,?3) ON CONFLICT DO NOTHING",
    [Q_PUT_ENTRY] = "UPDATE item_entries SET entry=?3 WHERE item=?1 AND pos=?2",
    [Q_DROP_ENTRY] = "DELETE FROM item_entries WHERE item=?1 AND pos=?2",
    [Q_SAME_WORDS] = "SELECT head IS NOT NULL AND content IS ?2 AND condition IS ?3 FROM items WHERE no=?1",
    [Q_PUT_ITEM] =
        "UPDATE items SET id=?2,kind=?3,status=?4,opened=?5,since=?6,content=?7,condition=?8,sources=?9,head=?10,sort=?11 WHERE no=?1",
    [Q_FTS_ITEM] =
        "INSERT INTO items_fts(rowid,content,condition) SELECT no,content,condition FROM items WHERE no=?1 AND (content<>'' OR condition<>'')",
    [Q_FTS_ITEM_DEL] =
        "INSERT INTO items_fts(items_fts,rowid,content,condition) SELECT 'delete',no,content,condition FROM items WHERE no=?1 AND head IS NOT NULL AND (content<>'' OR condition<>'')",
    [Q_PARTIES] = "SELECT role,actor,name,country,inferred FROM item_parties WHERE item=?1 ORDER BY i",
    [Q_PUT_PARTY] = "INSERT INTO item_parties VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [Q_PUT_NAME] = "INSERT INTO item_names VALUES(?1,?2) ON CONFLICT DO NOTHING",
    [Q_DROP_NAMES] =
        "DELETE FROM item_names WHERE item=?1 AND name IN (SELECT actor FROM item_parties WHERE item=?1 UNION ALL SELECT name FROM item_parties"
        " WHERE item=?1 UNION ALL SELECT country FROM item_parties WHERE item=?1)",
    [Q_DROP_SHORT_NAMES] =
        "DELETE FROM item_names WHERE item=?1 AND name IN (SELECT substr(actor,instr(actor,':')+1) FROM item_parties WHERE item=?1)",
    [Q_DROP_PARTIES] = "DELETE FROM item_parties WHERE item=?1",
    [Q_DROP_ITEM_LINES] = "DELETE FROM item_history WHERE item=?1",
    [Q_DROP_ITEM_ENTRIES] = "DELETE FROM item_entries WHERE item=?1",
    [Q_DROP_ITEM] = "DELETE FROM items WHERE no=?1",
    [Q_MARKS_OF] = "SELECT marks FROM items WHERE no=?1",
    [Q_SET_MARKS] = "UPDATE items SET marks=?2 WHERE no=?1",
    [Q_PUT_MARK] = "INSERT INTO item_marks VALUES(?1,?2) ON CONFLICT DO NOTHING",
    [Q_DROP_MARK] = "DELETE FROM item_marks WHERE mark=?1 AND item=?2",
    [Q_READS_OF] = "SELECT reads FROM board WHERE pos=?1",
    [Q_PUT_READ] = "INSERT INTO reads VALUES(?1,?2) ON CONFLICT DO NOTHING",
    [Q_DROP_READ] = "DELETE FROM reads WHERE read=?1 AND pos=?2",
    [Q_PUT_BOARD] = "INSERT INTO board VALUES(?1,?2) ON CONFLICT(pos) DO UPDATE SET reads=?2",
    [Q_DROP_BOARD] = "DELETE FROM board WHERE pos=?1",
    [Q_ITEMS] = "SELECT i.no,i.key,e.pos,e.entry FROM items i" ITEM_ORDER,
    [Q_ITEMS_OF] = ITEM_ROWS
    "(SELECT DISTINCT item FROM item_names WHERE name IN (?2,?3)) n CROSS JOIN items i ON i.no=n.item" ITEM_ORDER,
    [Q_ITEMS_OF_TWO] = ITEM_ROWS
    "(SELECT item FROM item_names WHERE name IN (?2,?3) INTERSECT SELECT item FROM item_names WHERE name IN (?4,?5)) n"
    " CROSS JOIN items i ON i.no=n.item" ITEM_ORDER,
    [Q_ITEMS_BY_ID] = "SELECT key FROM items WHERE id>=?1 AND id<?2 ORDER BY id=?1 DESC,key LIMIT ?3",
    [Q_ROWS_HEADS] = "SELECT key,head FROM items ORDER BY key",
    [Q_ROWS_ENTRIES] =
        "SELECT i.key||e.pos,e.entry FROM items i CROSS JOIN item_entries e ON e.item=i.no ORDER BY i.key,e.pos",
    [Q_ROWS_MARKS] = "SELECT key,marks FROM items ORDER BY key",
    [Q_ROWS_READS] = "SELECT pos,reads FROM board ORDER BY pos",
};

const char *dgi_sqlite_sql(enum store_stmt q)
{
    return sql[q];
}
