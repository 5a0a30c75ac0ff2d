/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_sql.c: the schema of a store in PostgreSQL and the text of every statement.
 *
 * Reads   table dragoman_store
 * Writes  the schema
 *
 * The same tables as in the file (docs/formats/store.md) in the first schema of search_path. What differs: keys of any length are found by their
 * hash, since an entry of a B-tree holds some 2,700 bytes; words are a tsvector in a table of its own; marks and reads stand as
 * rows alone; numbers of rows are given by the writer. */
#include <stdio.h>

#include "store/pg_int.h"

const struct dgi_rows *const dgi_pg_rows[N_PG_TABLE] = {
    [T_SENT] = &dgi_rows_sentences, [T_ENT] = &dgi_rows_entities,  [T_STAT] = &dgi_rows_statements,
    [T_EVENTS] = &dgi_rows_events,  [T_ACTORS] = &dgi_rows_actors, [T_QUANT] = &dgi_rows_quantities,
};

/* ---- schema ---- */
static const char *const tables_sql =
    "CREATE TABLE dragoman_store(one boolean PRIMARY KEY DEFAULT true CHECK(one), schema bigint NOT NULL, fields bigint NOT NULL, views bigint NOT NULL,"
    " rev bigint NOT NULL) WITH (fillfactor=50);"
    "COMMENT ON TABLE dragoman_store IS 'a store of Dragoman: docs/formats/store.md; only Dragoman writes';"
    "CREATE TABLE documents(no bigint PRIMARY KEY, key text NOT NULL, key_hash bigint NOT NULL, id text NOT NULL, id_hash bigint NOT NULL, url text, title text,"
    " author text, publisher text, lang text, published bigint, published_from text, known_from bigint NOT NULL, hash bigint NOT NULL,"
    " current boolean NOT NULL, withdrawn boolean NOT NULL, tokens bigint NOT NULL, pos bytea, coder bigint NOT NULL, applied boolean NOT NULL,"
    " blocks bytea, text text NOT NULL) WITH (fillfactor=70);"
    "CREATE INDEX documents_key ON documents(key_hash);"
    "CREATE INDEX documents_id ON documents(id_hash);"
    "CREATE INDEX documents_published ON documents(published);"
    "CREATE UNIQUE INDEX documents_board ON documents(pos) WHERE applied;"
    "CREATE INDEX documents_off ON documents(pos) WHERE NOT applied;"
    "CREATE INDEX documents_stale ON documents(pos) WHERE applied AND (NOT current OR withdrawn);"
    "CREATE INDEX documents_late ON documents(known_from) WHERE known_from IS DISTINCT FROM published;"
    "CREATE TABLE document_words(doc bigint PRIMARY KEY, tokens bigint NOT NULL, words tsvector);"
    "CREATE INDEX document_words_gin ON document_words USING gin(words);"
    "CREATE INDEX document_words_many ON document_words(doc) WHERE words IS NULL;"
    "CREATE TABLE statement_words(doc bigint NOT NULL, n bigint NOT NULL, tokens bigint NOT NULL, words tsvector);"
    "CREATE INDEX statement_words_doc ON statement_words(doc);"
    "CREATE INDEX statement_words_gin ON statement_words USING gin(words);"
    "CREATE INDEX statement_words_many ON statement_words(doc) WHERE words IS NULL;"
    "CREATE TABLE event_links(doc bigint NOT NULL, n bigint NOT NULL, kind bigint NOT NULL, i bigint NOT NULL, other bigint NOT NULL);"
    "CREATE INDEX event_links_doc ON event_links(doc);"
    "CREATE TABLE positions(log text PRIMARY KEY, next bigint NOT NULL);"
    "CREATE TABLE board(pos bytea PRIMARY KEY);"
    "CREATE TABLE reads(read bigint NOT NULL, pos bytea NOT NULL, PRIMARY KEY(read,pos));"
    "CREATE INDEX reads_pos ON reads(pos);"
    "CREATE TABLE items(no bigint PRIMARY KEY, key bytea NOT NULL UNIQUE, id text COLLATE \"C\", kind text, status text, opened text, since text, content text,"
    " condition text, sources bigint, sort bigint, head bytea) WITH (fillfactor=60);"
    "CREATE INDEX items_id ON items(id);"
    "CREATE INDEX items_sort ON items(sort,key);"
    "CREATE TABLE item_words(item bigint PRIMARY KEY, tokens bigint NOT NULL, words tsvector);"
    "CREATE INDEX item_words_gin ON item_words USING gin(words);"
    "CREATE INDEX item_words_many ON item_words(item) WHERE words IS NULL;"
    "CREATE TABLE item_parties(item bigint NOT NULL, i bigint NOT NULL, role text NOT NULL, actor text, name text, country text, inferred boolean NOT NULL);"
    "CREATE INDEX item_parties_item ON item_parties(item);"
    "CREATE TABLE item_names(name bytea NOT NULL, item bigint NOT NULL, PRIMARY KEY(name,item));"
    "CREATE INDEX item_names_item ON item_names(item);"
    "CREATE TABLE item_entries(item bigint NOT NULL, pos bytea NOT NULL, entry bytea NOT NULL, PRIMARY KEY(item,pos));"
    "CREATE INDEX item_entries_pos ON item_entries(pos);"
    "CREATE TABLE item_history(item bigint NOT NULL, pos bytea NOT NULL, i bigint NOT NULL, date text, reported text, status text, due boolean NOT NULL,"
    " event text, document text, rule text, claimed_by text, quantity double precision);"
    "CREATE INDEX item_history_item ON item_history(item);"
    "CREATE TABLE item_marks(mark bigint NOT NULL, item bytea NOT NULL, PRIMARY KEY(mark,item));"
    "CREATE INDEX item_marks_item ON item_marks(item);";

static const char *type_of(const struct dgi_field *f)
{
    static const char *const type_names[] = {"text", "double precision", "bigint"};
    return type_names[!strncmp(f->sql, "TEXT", 4) ? 0 : !strncmp(f->sql, "REAL", 4) ? 1 : 2];
}

static uint64_t columns_of(const struct dgi_rows *r, const char *table, struct dgi_buf *out)
{
    uint64_t h = 0;
    for (uint32_t i = 0; i < r->n_fields + r->n_more; i++) {
        const struct dgi_field *f = i < r->n_fields ? &r->fields[i] : &r->more[i - r->n_fields];
        if (!f->column)
            continue;
        if (table)
            dgi_buf_printf(out, "ALTER TABLE %s ADD COLUMN IF NOT EXISTS \"%s\" %s;", table, f->column, type_of(f));
        else
            dgi_buf_printf(out, ",\"%s\" %s", f->column, type_of(f));
        h = h * 31 + dgi_str_hash(dgi_str(f->column));
    }
    return h;
}

/* The tables that follow from the table of fields: made, or given the columns they lack. The hash of their columns. */
static uint64_t field_tables(bool make, struct dgi_buf *out)
{
    uint64_t h = 0;
    for (int t = 0; t < N_PG_TABLE; t++) {
        const struct dgi_rows *r = dgi_pg_rows[t];
        dg_str keys, key;
        const char *sep = "";
        if (!r)
            continue;
        if (make) {
            dgi_buf_printf(out, "CREATE TABLE %s(", r->table);
            for (keys = dgi_str(r->keys); dgi_str_next(&keys, ',', &key); sep = ",")
                dgi_buf_printf(out, "%s%.*s bigint", sep, (int)key.len, key.ptr);
        }
        h = h * 31 + columns_of(r, make ? NULL : r->table, out);
        if (make)
            dgi_buf_printf(out, ");CREATE INDEX %s_doc ON %s(doc);", r->table, r->table);
    }
    if (make)
        dgi_buf_printf(out, "CREATE INDEX events_day ON events(day);");
    return h & INT64_MAX;
}

static dg_status script(struct dgi_pg *b, struct dgi_buf *sql, dg_error *err)
{
    dgi_buf_add(sql, (dg_str){"", 1});
    if (sql->failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory to make a store");
    b->pq->PQexitPipelineMode(b->c);
    dg_status st = dgi_pg_plain(b, sql->ptr, NULL, err); /* one transaction: all or nothing */
    if (!b->pq->PQenterPipelineMode(b->c) && st == DG_OK)
        st = dgi_pg_fail(b, NULL, err);
    return st;
}

/* -1: there is nothing yet. */
static dg_status look_at_schema(struct dgi_pg *b, int64_t *version, int64_t *fields, dg_error *err)
{
    PGresult *r;
    *version = -1;
    dg_status st = dgi_pg_ask_text(
        b,
        "SELECT current_schema() IS NULL, to_regclass(quote_ident(current_schema())||'.dragoman_store') IS NOT NULL,"
        "to_regclass(quote_ident(current_schema())||'.documents') IS NOT NULL,pg_is_in_recovery()",
        NULL, &r, err);
    if (st != DG_OK)
        return st;
    bool none = dgi_pg_r_int(b, r, 0, 0) != 0, ours = dgi_pg_r_int(b, r, 0, 1) != 0,
         other = dgi_pg_r_int(b, r, 0, 2) != 0, copy = dgi_pg_r_int(b, r, 0, 3) != 0;
    b->pq->PQclear(r);
    if (none)
        return dgi_fail(err, DG_E_STORE, "%s: no schema of search_path is there (CREATE SCHEMA)", b->path);
    if (copy && b->write)
        return dgi_fail(err, DG_E_STORE, "%s: the server is a standby, which can be read only", b->path);
    if (!ours)
        return other ? dgi_fail(err, DG_E_STORE, "%s: this schema belongs to another program; nothing was changed",
                                b->path)
                     : DG_OK;
    if ((st = dgi_pg_ask_text(b, "SELECT schema,fields FROM dragoman_store", NULL, &r, err)) != DG_OK)
        return st;
    *version = b->pq->PQntuples(r) == 1 ? dgi_pg_r_int(b, r, 0, 0) : 0;
    *fields = *version ? dgi_pg_r_int(b, r, 0, 1) : 0;
    b->pq->PQclear(r);
    if (*version < 1)
        return dgi_fail(err, DG_E_STORE, "%s: the store is damaged; nothing was changed", b->path);
    if (*version > DGI_PG_SCHEMA)
        return dgi_fail(err, DG_E_STORE, "%s: schema %lld is newer than this program (%d); nothing was changed",
                        b->path, (long long)*version, DGI_PG_SCHEMA);
    return DG_OK;
}

dg_status dgi_pg_schema(struct dgi_pg *b, dg_error *err)
{
    int64_t version, had = 0;
    struct dgi_buf sql = {0}, nothing = {0};
    dg_status st = look_at_schema(b, &version, &had, err);
    uint64_t fields = field_tables(true, &nothing);
    if (st == DG_OK && version == -1) {
        if (!b->write)
            st = dgi_fail(err, DG_E_STORE, "%s: nothing was ingested here yet", b->path);
        dgi_buf_printf(&sql, "%s%s;", tables_sql, dgi_pg_verdicts_sql);
        field_tables(true, &sql);
        dgi_buf_printf(&sql, "INSERT INTO dragoman_store VALUES(true,%d,%lld,0,1)", DGI_PG_SCHEMA, (long long)fields);
        st = st == DG_OK ? script(b, &sql, err) : st;
    } else if (st == DG_OK && (uint64_t)had != fields) {
        if (!b->write)
            st = dgi_fail(err, DG_E_STORE, "%s: the store is older than this program; an ingest brings it up to date",
                          b->path);
        field_tables(false, &sql);
        dgi_buf_printf(&sql, "UPDATE dragoman_store SET fields=%lld", (long long)fields);
        st = st == DG_OK ? script(b, &sql, err) : st;
    }
    dgi_buf_free(&sql);
    dgi_buf_free(&nothing);
    return st;
}

/* ---- statements ---- */
/* The version known on day $1: the last one of each key then, unless it is withdrawn. */
#define KNOWN_ON                                                                                                                     \
    " NOT d.withdrawn AND d.known_from<=$1 AND NOT EXISTS(SELECT 1 FROM documents v WHERE v.key_hash=d.key_hash AND v.key=d.key AND" \
    " v.known_from<=$1 AND (v.known_from,v.hash)>(d.known_from,d.hash)) "
#define KNOWN_NOW " NOT d.withdrawn AND d.current "
#define VERSION                                                                                                        \
    "SELECT d.no,d.key,d.pos,d.known_from,d.published,d.hash,d.coder,d.withdrawn,d.applied,d.id,d.url,d.title,d.publisher FROM documents d "
#define events_sql(known, from, to)                                                                                    \
    "SELECT e.doc,e.n,e.day FROM events e JOIN documents d ON d.no=e.doc WHERE" known "AND (" from                     \
    "::bigint IS NULL OR e.day>=" from ")"                                                                             \
    " AND (" to "::bigint IS NULL OR e.day<=" to ") AND e.cameo<>'' ORDER BY e.day NULLS FIRST,d.pos,e.n"
#define statements_sql(known, from, to)                                                                                                                            \
    "SELECT d.id,d.url,d.title,d.publisher,d.published,t.id,t.speaker,t.speaker_name,t.content,t.start,t.\"end\",t.kind,"                                          \
    "(SELECT country FROM entities e WHERE e.doc=t.doc AND e.actor=t.speaker ORDER BY e.n LIMIT 1),x.start,substr(d.text,x.start::int+1,(x.\"end\"-x.start)::int)" \
    " FROM documents d JOIN statements t ON d.no=t.doc LEFT JOIN sentences x ON x.doc=t.doc AND x.i=t.sentence WHERE" known                                        \
    "AND (" from "::bigint IS NULL OR d.published>=" from ") AND (" to "::bigint IS NULL OR d.published<=" to                                                      \
    ") AND t.negated=0 ORDER BY d.pos,t.n"
#define ITEM_ROWS "SELECT i.no,i.key,e.pos,e.entry FROM "
#define ITEM_ORDER " JOIN item_entries e ON e.item=i.no WHERE ($1>>i.sort::int)&1=1 ORDER BY i.sort,i.key,e.pos"

static const char *const sql[N_PG_STMT] = {
    [P_VERSIONS] = VERSION "WHERE d.key_hash=$1 AND d.key=$2 ORDER BY d.known_from,d.hash",
    [P_VERSION] = VERSION "WHERE d.no=$1",
    [P_SET_CURRENT] =
        "UPDATE documents d SET current=x.last FROM (SELECT no,NOT EXISTS(SELECT 1 FROM documents v WHERE v.key_hash=o.key_hash AND v.key=o.key AND"
        " (v.known_from,v.hash)>(o.known_from,o.hash)) AS last FROM documents o WHERE o.key_hash=$1 AND o.key=$2) x"
        " WHERE d.no=x.no AND d.current<>x.last",
    [P_DROP_SENT] = "DELETE FROM sentences WHERE doc=$1",
    [P_DROP_ENT] = "DELETE FROM entities WHERE doc=$1",
    [P_DROP_STAT] = "DELETE FROM statements WHERE doc=$1",
    [P_DROP_EVENTS] = "DELETE FROM events WHERE doc=$1",
    [P_DROP_ACTORS] = "DELETE FROM event_actors WHERE doc=$1",
    [P_DROP_QUANT] = "DELETE FROM event_quantities WHERE doc=$1",
    [P_DROP_LINKS] = "DELETE FROM event_links WHERE doc=$1",
    [P_DROP_STAT_WORDS] = "DELETE FROM statement_words WHERE doc=$1",
    [P_DROP_DOC_WORDS] = "DELETE FROM document_words WHERE doc=$1",
    [P_DROP_DOC] = "DELETE FROM documents WHERE no=$1",
    [P_RECODED] = "UPDATE documents SET coder=$2,tokens=$3 WHERE no=$1",
    [P_SET_APPLIED] = "UPDATE documents SET applied=($2<>0) WHERE no=$1",
    [P_LOAD_DOC] =
        "SELECT no,pos,id,url,title,author,publisher,lang,published,published_from,tokens,text,blocks FROM documents WHERE no=ANY($1) ORDER BY no",
    [P_LOAD_LINKS] = "SELECT doc,n,kind,other FROM event_links WHERE doc=ANY($1) ORDER BY doc,n,kind,i",
    [P_KNOWN_NOW] = VERSION "WHERE" KNOWN_NOW "ORDER BY d.pos",
    [P_KNOWN_ON] = VERSION "WHERE" KNOWN_ON "ORDER BY d.pos",
    [P_KNOWN_ONLY_NOW] = VERSION "WHERE NOT d.applied AND" KNOWN_NOW "ORDER BY d.pos",
    [P_KNOWN_ONLY_ON] = VERSION "WHERE NOT d.applied AND" KNOWN_ON "ORDER BY d.pos",
    [P_APPLIED_ONLY_NOW] = VERSION "WHERE d.applied AND (NOT d.current OR d.withdrawn)",
    [P_APPLIED_ONLY_ON] = VERSION "WHERE d.applied AND (NOT d.current OR d.withdrawn) AND NOT (" KNOWN_ON
                                  ") AND (d.published IS NULL OR d.published<=$1)"
                                  " UNION ALL " VERSION
                                  "WHERE d.known_from IS DISTINCT FROM d.published AND d.known_from>$1 AND d.applied"
                                  " AND d.current AND NOT d.withdrawn AND (d.published IS NULL OR d.published<=$1)",
    [P_TEXTS] = VERSION "WHERE d.no>$1 AND NOT d.withdrawn AND d.text<>'' ORDER BY d.no",
    [P_FIND_DOC] =
        "SELECT * FROM (" VERSION
        "WHERE d.key_hash=$1 AND d.key=$2 AND d.current AND NOT d.withdrawn UNION ALL " VERSION
        "WHERE d.id_hash=$1 AND d.id=$2 AND d.current AND NOT d.withdrawn) x ORDER BY x.key<>$2,x.no LIMIT 1",
    [P_EVENTS_NOW] = events_sql(KNOWN_NOW, "$1", "$2"),
    [P_EVENTS_ON] = events_sql(KNOWN_ON, "$2", "$3"),
    [P_STATEMENTS_NOW] = statements_sql(KNOWN_NOW, "$1", "$2"),
    [P_STATEMENTS_ON] = statements_sql(KNOWN_ON, "$2", "$3"),
    [P_SEEN] = "SELECT rev FROM dragoman_store",
    [P_WROTE] = "UPDATE dragoman_store SET rev=rev+1",
    [P_NUMBERS] = "SELECT coalesce((SELECT max(no) FROM documents),0),coalesce((SELECT max(no) FROM items),0)",
    [P_COUNT] =
        "SELECT (SELECT count(*) FROM documents WHERE current AND NOT withdrawn),(SELECT count(*) FROM documents),"
        "(SELECT count(*) FROM statements),(SELECT count(*) FROM events WHERE cameo<>''),(SELECT count(*) FROM items),"
        "(SELECT min(published) FROM documents WHERE current),(SELECT max(published) FROM documents WHERE current)",
    [P_LAST_DAY_NOW] = "SELECT d.published FROM documents d WHERE" KNOWN_NOW
                       "AND d.published IS NOT NULL ORDER BY d.published DESC LIMIT 1",
    [P_LAST_DAY_ON] = "SELECT d.published FROM documents d WHERE" KNOWN_ON
                      "AND d.published IS NOT NULL ORDER BY d.published DESC LIMIT 1",

    [P_MARKED] = "SELECT item FROM item_marks WHERE mark=$1 ORDER BY item DESC LIMIT $2",
    [P_MARKED_BEFORE] = "SELECT item FROM item_marks WHERE mark=$1 AND item<$3 ORDER BY item DESC LIMIT $2",
    [P_HEAD] = "SELECT head FROM items WHERE key=$1",
    [P_ENTRIES] = "SELECT e.pos,e.entry FROM items i JOIN item_entries e ON e.item=i.no WHERE i.key=$1 ORDER BY e.pos",
    [P_WRITTEN] = "SELECT i.key FROM item_entries e JOIN items i ON i.no=e.item WHERE e.pos=$1 ORDER BY i.key",
    [P_NEXT_READER] = "SELECT pos FROM reads WHERE read=$1 AND pos>$2 ORDER BY pos LIMIT 1",
    [P_LAST_POS] = "SELECT pos FROM board ORDER BY pos DESC LIMIT 1",
    [P_APPLIED_AT] = "SELECT no FROM documents WHERE pos=$1 AND applied",
    [P_ITEM_NO] = "SELECT no FROM items WHERE key=$1",
    [P_NEW_ITEM] = "INSERT INTO items(no,key) VALUES($1,$2)",
    [P_PUT_LINE] = "INSERT INTO item_history VALUES($1,$2,$3,$4,$5,$6,$7<>0,$8,$9,$10,$11,$12)",
    [P_DROP_LINES] = "DELETE FROM item_history WHERE item=$1 AND pos=$2",
    [P_PUT_ENTRY] =
        "INSERT INTO item_entries VALUES($1,$2,$3) ON CONFLICT(item,pos) DO UPDATE SET entry=excluded.entry",
    [P_DROP_ENTRY] = "DELETE FROM item_entries WHERE item=$1 AND pos=$2",
    [P_PUT_ITEM] =
        "UPDATE items SET id=$2,kind=$3,status=$4,opened=$5,since=$6,content=$7,condition=$8,sources=$9,head=$10,sort=$11 WHERE no=$1",
    [P_DROP_WORDS] = "DELETE FROM item_words WHERE item=$1",
    [P_PUT_WORDS] = "INSERT INTO item_words VALUES($1,$2,$3)",
    [P_PUT_PARTY] = "INSERT INTO item_parties VALUES($1,$2,$3,$4,$5,$6,$7<>0)",
    [P_PUT_NAME] = "INSERT INTO item_names VALUES($1,$2) ON CONFLICT DO NOTHING",
    [P_DROP_NAMES] = "DELETE FROM item_names WHERE item=$1",
    [P_DROP_PARTIES] = "DELETE FROM item_parties WHERE item=$1",
    [P_DROP_ITEM_LINES] = "DELETE FROM item_history WHERE item=$1",
    [P_DROP_ITEM_ENTRIES] = "DELETE FROM item_entries WHERE item=$1",
    [P_DROP_ITEM_MARKS] = "DELETE FROM item_marks WHERE item=$1",
    [P_DROP_ITEM] = "DELETE FROM items WHERE no=$1",
    [P_PUT_MARKS] = "INSERT INTO item_marks SELECT m,$2 FROM unnest($1) m ON CONFLICT DO NOTHING",
    [P_KEEP_MARKS] = "DELETE FROM item_marks WHERE item=$2 AND mark<>ALL($1)",
    [P_PUT_READS] = "INSERT INTO reads SELECT r,$2 FROM unnest($1) r ON CONFLICT DO NOTHING",
    [P_KEEP_READS] = "DELETE FROM reads WHERE pos=$2 AND read<>ALL($1)",
    [P_PUT_BOARD] = "INSERT INTO board VALUES($1) ON CONFLICT DO NOTHING",
    [P_DROP_BOARD] = "DELETE FROM board WHERE pos=$1",
    [P_ITEMS] = "SELECT i.no,i.key,e.pos,e.entry FROM items i" ITEM_ORDER,
    [P_ITEMS_OF] = ITEM_ROWS
    "(SELECT DISTINCT item FROM item_names WHERE name IN ($2,$3)) n JOIN items i ON i.no=n.item" ITEM_ORDER,
    [P_ITEMS_OF_TWO] = ITEM_ROWS
    "(SELECT item FROM item_names WHERE name IN ($2,$3) INTERSECT SELECT item FROM item_names WHERE name IN ($4,$5)) n"
    " JOIN items i ON i.no=n.item" ITEM_ORDER,
    [P_ITEMS_BY_ID] = "SELECT key FROM items WHERE id>=$1 AND id<$2 ORDER BY (id=$1) DESC,key LIMIT $3",
    [P_ROWS_HEADS] = "SELECT key,head FROM items ORDER BY key",
    [P_ROWS_ENTRIES] =
        "SELECT i.key||e.pos,e.entry FROM items i JOIN item_entries e ON e.item=i.no ORDER BY i.key,e.pos",
    [P_ROWS_MARKS] = "SELECT i.key,m.mark FROM items i LEFT JOIN item_marks m ON m.item=i.key ORDER BY i.key",
    [P_ROWS_READS] = "SELECT x.pos,r.read FROM board x LEFT JOIN reads r ON r.pos=x.pos ORDER BY x.pos",
};

static const char *load_sql(const struct dgi_rows *r, struct dgi_buf *out)
{
    dgi_buf_printf(out, "SELECT %s", r->keys);
    for (uint32_t i = 0; i < r->n_fields + r->n_more; i++) {
        const struct dgi_field *f = i < r->n_fields ? &r->fields[i] : &r->more[i - r->n_fields];
        if (f->column)
            dgi_buf_printf(out, ",\"%s\"", f->column);
    }
    dgi_buf_printf(out, " FROM %s WHERE doc=ANY($1) ORDER BY doc,%s", r->table, r->order);
    dgi_buf_add(out, (dg_str){"", 1});
    return out->failed ? NULL : out->ptr;
}

const char *dgi_pg_sql(enum dgi_pg_stmt s, struct dgi_buf *buf)
{
    switch (s) {
    case P_LOAD_SENT: return load_sql(&dgi_rows_sentences, buf);
    case P_LOAD_EVENTS: return load_sql(&dgi_rows_events, buf);
    case P_LOAD_ACTORS: return load_sql(&dgi_rows_actors, buf);
    case P_LOAD_QUANT: return load_sql(&dgi_rows_quantities, buf);
    default: return sql[s];
    }
}
