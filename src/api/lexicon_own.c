/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon_own.c: a user's own rows: are they good, and how is one written?
 *
 * Reads   rows of DIR/TABLE.tsv, the columns of a new one as NAME=VALUE
 * Writes  faults; `dragoman lexicon add`: DIR/TABLE.tsv with one row more, only when all of it can be laid over the lexicon
 *
 * What a table of its own cannot show, whether an example holds, `lexicon check` tells. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"

/* Columns by name, and what of them is looked at: 's' a state, 'S' sectors, 'd' a day, 'i' the id, '-' anything. */
static const struct {
    const char *table, *columns, *kinds;
} known[] = {
    {"orgs", "id|name|phrases|kind|country|cameo|sectors|from|to|nominals", "i---s-Sdd-"},
    {"groups", "id|name|phrases|kind|country|cameo|sectors|from|to|nominals", "i---s-Sdd-"},
    {"parties", "id|name|phrases|kind|country|cameo|sectors|from|to|nominals", "i---s-Sdd-"},
    {"persons", "id|country|phrases|gender|sectors|org|from|to|weight", "is--S-dd-"},
    {"offices", "id|title|person|from|to", "i--dd"},
    {"roles", "id|phrases|kind|code|sectors|cameo|political|home|office|example|counter", "i---S------"},
    {"actor_words", "id|state|kind|phrases|from|to|role|unless", "is--dd--"},
};
enum { N_KNOWN = sizeof known / sizeof *known, MOST_CELLS = 32, MOST_ROW = 8192 };

static int known_table(dg_str name)
{
    for (int i = 0; i < N_KNOWN; i++)
        if (dgi_str_is(name, known[i].table))
            return i;
    return -1;
}

static void check_cell(const dgi_lexicon *lex, char kind, dg_str cell, char *msg, size_t size)
{
    dg_str one;
    struct dgi_day_range day;
    msg[0] = 0;
    if (!cell.len)
        return;
    if (kind == 's' && dgi_table_find(dgi_lexicon_table(lex, "states"), cell) == DGI_NONE)
        snprintf(msg, size, "no state has the code '%.*s'", (int)(cell.len < 40 ? cell.len : 40), cell.ptr);
    if (kind == 'd' && !dgi_day_parse(cell, &day))
        snprintf(msg, size, "'%.*s' is no day (YYYY, YYYY-MM, YYYY-MM-DD)", (int)(cell.len < 40 ? cell.len : 40),
                 cell.ptr);
    while (kind == 'S' && dgi_str_next(&cell, ',', &one)) {
        char key[32];
        snprintf(key, sizeof key, "sector.%.*s", (int)(one.len < 20 ? one.len : 20), one.ptr);
        if (!dgi_str_is(one, "IGO") && dgi_table_find(dgi_lexicon_table(lex, "plover"), dgi_str(key)) == DGI_NONE)
            snprintf(msg, size, "unknown PLOVER sector '%.*s'", (int)(one.len < 20 ? one.len : 20), one.ptr);
    }
}

void dgi_lexicon_own_check(const dgi_lexicon *lex, const struct dgi_tsv *own, dgi_fault_fn *fault, void *user)
{
    char msg[200];
    int k = known_table(own->name);
    dgi_lexicon_columns_check(own, fault, user);
    for (uint32_t r = 0; k >= 0 && r < own->n_rows; r++)
        for (uint32_t c = 0; c < own->n_cols && c < strlen(known[k].kinds); c++) {
            check_cell(lex, known[k].kinds[c], own->cell[(size_t)r * own->n_cols + c], msg, sizeof msg);
            if (msg[0])
                fault(user, own->path.ptr, own->line[r], c + 1, msg);
        }
}

struct own_fault {
    char text[400];
    bool found;
};

static void keep_own(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    static const char built_in[] = "lexicon/";
    struct own_fault *f = user;
    if (f->found || !strncmp(file, built_in, sizeof built_in - 1))
        return;
    f->found = true;
    snprintf(f->text, sizeof f->text, "%s:%u:%u: %s", file, line, field, message);
}

dg_status dgi_lexicon_own_frames(const dgi_lexicon *lex, const dgi_coder_tables *frames, dg_error *err)
{
    static const char *const read[] = {"frames-", "classes", "lightverbs", "status", "compose"};
    struct own_fault f = {{0}, false};
    const struct dgi_table *t;
    bool own = false;
    for (uint32_t i = 0; (t = dgi_lexicon_table_at(lex, i)); i++)
        for (size_t k = 0; k < sizeof read / sizeof *read; k++)
            own = own || (t->own_from && dgi_str_starts(t->name, dgi_str(read[k])));
    if (own)
        dgi_frames_check(frames, NULL, NULL, keep_own, &f);
    return f.found ? dgi_fail(err, DG_E_LEXICON, "%s", f.text) : DG_OK;
}

/* Which column NAME means: by the table's names, or its number from 1. -1: none. */
static int column(int k, const struct dgi_table *t, dg_str name)
{
    int64_t n;
    dg_str all = dgi_str(k >= 0 ? known[k].columns : ""), one;
    for (int c = 0; dgi_str_next(&all, '|', &one); c++)
        if (dgi_str_eq(one, name))
            return c;
    return dgi_str_int(name, &n) && n >= 1 && n <= t->n_cols ? (int)n - 1 : -1;
}

/* What the row of an actor says by itself: phrases and id are its name, the CAMEO code its state and first sector. */
static void fill_in(int k, dg_str *cell, char *cameo, size_t size)
{
    bool actor = k >= 0 && !strcmp(known[k].columns, known[0].columns);
    if (k >= 0 && !strcmp(known[k].table, "persons") && cell[0].len && !cell[2].len)
        cell[2] = cell[0];
    if (!actor)
        return;
    if (!cell[1].len)
        cell[1] = cell[0];
    if (!cell[0].len)
        cell[0] = cell[1];
    if (!cell[2].len)
        cell[2] = cell[1];
    if (!cell[5].len) {
        dg_str all = cell[6], first = {"", 0};
        dgi_str_next(&all, ',', &first);
        snprintf(cameo, size, "%.*s%.*s", (int)cell[4].len, cell[4].ptr, (int)first.len, first.ptr);
        cell[5] = dgi_str(cameo);
    }
}

static dg_status make_row(char row[MOST_ROW], const struct dgi_table *t, int k, const char *const *pairs, uint32_t n,
                          dg_error *err)
{
    dg_str cell[MOST_CELLS] = {{0}};
    char cameo[64] = "";
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        const char *eq = strchr(pairs[i], '=');
        int c = eq ? column(k, t, dgi_strn(pairs[i], (size_t)(eq - pairs[i]))) : -1;
        if (c < 0)
            return dgi_fail(err, DG_E_ARG, "'%.80s' is no COLUMN=VALUE of this table%s%s", pairs[i],
                            k >= 0 ? "; its columns are " : " (columns by number from 1)",
                            k >= 0 ? known[k].columns : "");
        cell[c] = dgi_str(eq + 1);
        if (strpbrk(eq + 1, "\t\n\r"))
            return dgi_fail(err, DG_E_ARG, "'%.80s': a cell holds no tabs and no line ends", pairs[i]);
    }
    fill_in(k, cell, cameo, sizeof cameo);
    for (uint32_t c = 0; c < t->n_cols; c++) {
        int w = snprintf(row + at, MOST_ROW - at, "%s%.*s", c ? "\t" : "", cell[c].len ? (int)cell[c].len : 1,
                         cell[c].len ? cell[c].ptr : "-");
        if (w < 0 || (at += (size_t)w) >= MOST_ROW)
            return dgi_fail(err, DG_E_LIMIT, "the row is longer than %d bytes", MOST_ROW);
    }
    return DG_OK;
}

/* What there is of `from`, and the row behind it, as `to`. */
static dg_status copy_with(const char *from, const char *to, const char *row, dg_error *err)
{
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    int ch, last = '\n';
    if (!out) {
        if (in)
            fclose(in);
        return dgi_fail(err, DG_E_IO, "%s: %s", to, strerror(errno));
    }
    while (in && (ch = fgetc(in)) != EOF)
        fputc(last = ch, out);
    fprintf(out, "%s%s\n", last == '\n' ? "" : "\n", row);
    bool bad = (in && ferror(in)) || fflush(out) != 0 || ferror(out);
    if (in)
        fclose(in);
    bad |= fclose(out) != 0;
    return bad ? dgi_fail(err, DG_E_IO, "%s: %s", to, strerror(errno)) : DG_OK;
}

/* The folder, and those above it. False: errno says why. */
static bool made(const char *dir)
{
    char path[4096];
    size_t n = strlen(dir);
    if (n == 0 || n >= sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(path, dir, n + 1);
    for (size_t i = 1; i <= n; i++)
        if (path[i] == '/' || path[i] == 0) {
            char end = path[i];
            path[i] = 0;
            if (mkdir(path, 0777) != 0 && errno != EEXIST)
                return false;
            path[i] = end;
        }
    return true;
}

dg_status dg_lexicon_add(const char *dir, const dg_model *model, const char *table, const char *const *pairs,
                         uint32_t n, dg_error *err)
{
    const struct dgi_table *t = dgi_lexicon_table(model->lexicon, table);
    char row[MOST_ROW], trial[PATH_MAX], path[PATH_MAX], fresh[PATH_MAX + 16];
    if (!t || t->n_cols > MOST_CELLS)
        return dgi_fail(err, DG_E_ARG, "the lexicon has no table '%.60s'", table);
    dg_status st = make_row(row, t, known_table(dgi_str(table)), pairs, n, err);
    if (st != DG_OK)
        return st;
    if (!made(dir))
        return dgi_fail(err, DG_E_IO, "%s: %s", dir, strerror(errno));
    if (snprintf(path, sizeof path, "%s/%s.tsv", dir, table) >= (int)sizeof path ||
        snprintf(trial, sizeof trial, "%s/.new-XXXXXX", dir) >= (int)sizeof trial || !mkdtemp(trial))
        return dgi_fail(err, DG_E_IO, "%s: %s", dir, strerror(errno));
    snprintf(fresh, sizeof fresh, "%s/%s.tsv", trial, table);
    dgi_lexicon *lex = NULL;
    if ((st = copy_with(path, fresh, row, err)) == DG_OK &&
        (st = dgi_lexicon_open(&lex, model->dir, "en", err)) == DG_OK)
        st = dgi_lexicon_overlay(lex, trial, dgi_lexicon_own_check, err);
    dgi_lexicon_close(lex);
    if (st == DG_OK && rename(fresh, path) != 0)
        st = dgi_fail(err, DG_E_IO, "%s: %s", path, strerror(errno));
    unlink(fresh);
    rmdir(trial);
    return st;
}
