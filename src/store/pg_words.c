/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_words.c: words of a text as the search of the file sees them.
 *
 * Reads   text
 * Writes  tsvectors in PostgreSQL's binary form
 *
 * PostgreSQL's own text search cuts and stems otherwise than FTS5 does, so that the same query would find other documents in the two
 * stores. So words are cut and stemmed by FTS5 here too, and the server keeps and looks up what comes out: an index, no judgement. */
#include <sqlite3.h>
#include <stdlib.h>

#include "store/pg_words.h"

enum { LONGEST_WORD = 2046 /* bytes, as a tsvector's */, MOST_BYTES = 1000000 };

static fts5_api *api_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &q, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(q);
    }
    sqlite3_finalize(q);
    return api;
}

struct dgi_words *dgi_pg_words_of(struct dgi_pg *b, dg_error *err)
{
    static const char *const tokenizer_names[] = {"porter", "unicode61"};
    void *context = NULL;
    if (b->words)
        return b->words;
    struct dgi_words *w = calloc(1, sizeof *w);
    if (w &&
        sqlite3_open_v2("", &w->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) ==
            SQLITE_OK &&
        (w->api = api_of(w->db)) &&
        w->api->xFindTokenizer(w->api, tokenizer_names[0], &context, &w->cut) == SQLITE_OK &&
        w->cut.xCreate(context, (const char **)(uintptr_t)(tokenizer_names + 1), 1, &w->cutter) == SQLITE_OK)
        return b->words = w;
    dgi_pg_words_free(w);
    dgi_fail(err, DG_E_NOMEM, "no memory to cut words");
    return NULL;
}

void dgi_pg_words_free(struct dgi_words *w)
{
    if (!w)
        return;
    if (w->cutter)
        w->cut.xDelete(w->cutter);
    sqlite3_close(w->db);
    free(w);
}

struct gather {
    dgi_arena *a;
    dg_str *list;
    uint32_t n, cap, n_tokens;
    bool failed;
};

static int on_word(void *user, int flags, const char *word, int len, int start, int end)
{
    struct gather *g = user;
    (void)start, (void)end;
    g->n_tokens += !(flags & FTS5_TOKEN_COLOCATED);
    dg_str *s = DGI_PUSH(g->a, g->list, g->n, g->cap);
    if (s)
        *s = dgi_arena_str(g->a, (dg_str){word, (size_t)(len < LONGEST_WORD ? len : LONGEST_WORD)});
    g->failed |= !s || !s->ptr;
    return g->failed ? SQLITE_NOMEM : SQLITE_OK;
}

dg_status dgi_words_cut(struct dgi_pg *b, dg_str text, bool query, dgi_arena *a, dg_str **list, uint32_t *n,
                        dg_error *err)
{
    struct gather g = {.a = a};
    struct dgi_words *w = dgi_pg_words_of(b, err);
    if (!w)
        return DG_E_NOMEM;
    int rc = w->cut.xTokenize(w->cutter, &g, query ? FTS5_TOKENIZE_QUERY : FTS5_TOKENIZE_DOCUMENT,
                              text.len ? text.ptr : "", (int)text.len, on_word);
    *list = g.list;
    *n = g.n;
    return rc == SQLITE_OK && !g.failed ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to cut words");
}

static int by_bytes(const void *a, const void *b)
{
    return dgi_str_cmp(*(const dg_str *)a, *(const dg_str *)b);
}

static void big_end(char *out, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (char)(v >> 8 * (bytes - 1 - i));
}

/* Sorted words, each once: a number, then each with its NUL and no positions. */
static char *vector_of(const dg_str *list, uint32_t n, size_t bytes, dgi_arena *a)
{
    char *out = dgi_arena_alloc(a, bytes), *p = out + 4;
    if (!out)
        return NULL;
    big_end(out, n, 4);
    for (uint32_t i = 0; i < n; i++) {
        memcpy(p, list[i].ptr, list[i].len);
        p += list[i].len;
        *p++ = 0;
        big_end(p, 0, 2);
        p += 2;
    }
    return out;
}

dg_status dgi_pg_words(struct dgi_pg *b, const dg_str *text, uint32_t n_text, dgi_arena *a, dg_str *vector,
                       uint32_t *n_tokens, dg_error *err)
{
    struct dgi_words *w = dgi_pg_words_of(b, err);
    struct gather g = {.a = a};
    uint32_t n = 0;
    size_t bytes = 4;
    *vector = (dg_str){NULL, 0};
    if (!w)
        return DG_E_NOMEM;
    for (uint32_t i = 0; i < n_text; i++)
        if (text[i].len && w->cut.xTokenize(w->cutter, &g, FTS5_TOKENIZE_DOCUMENT, text[i].ptr, (int)text[i].len,
                                            on_word) != SQLITE_OK)
            return dgi_fail(err, DG_E_NOMEM, "no memory to cut words");
    *n_tokens = g.n_tokens;
    if (g.n)
        qsort(g.list, g.n, sizeof *g.list, by_bytes);
    for (uint32_t i = 0; i < g.n; i++)
        if (!n || !dgi_str_eq(g.list[n - 1], g.list[i])) {
            g.list[n++] = g.list[i];
            bytes += g.list[i].len + 3;
        }
    if (bytes > MOST_BYTES)
        return DG_OK;
    char *v = vector_of(g.list, n, bytes, a);
    *vector = (dg_str){v, v ? bytes : 0};
    return v ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to cut words");
}
