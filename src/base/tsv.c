/* SPDX-License-Identifier: Apache-2.0 */
/* base/tsv.c: reads the tab-separated tables of lexicon/ and says where a row is wrong. See table.h. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/table.h"
#include "base/utf8.h"

enum { MOST_BYTES = 64 * 1024 * 1024, MOST_COLS = 32 };

static dg_status slurp(dg_str *out, dgi_arena *a, const char *path, dg_error *err)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return dgi_fail(err, DG_E_IO, "%s: %s", path, strerror(errno));
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = n >= 0 && n <= MOST_BYTES ? dgi_arena_alloc(a, (size_t)n + 1) : NULL;
    if (!p) {
        fclose(f);
        return dgi_fail(err, DG_E_LIMIT, "%s: larger than %d bytes or no memory", path, MOST_BYTES);
    }
    size_t got = fread(p, 1, (size_t)n, f);
    fclose(f);
    *out = (dg_str){p, got};
    return DG_OK;
}

static dg_str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    dg_str s = dgi_str(slash ? slash + 1 : path);
    return dgi_str_ends(s, DGI_S(".tsv")) ? dgi_str_sub(s, 0, s.len - 4) : s;
}

static void read_directive(struct dgi_tsv *out, dg_str line)
{
    int64_t col;
    if (dgi_str_starts(line, DGI_S("# phrases:")) && dgi_str_int(dgi_str_trim(dgi_str_sub(line, 10, line.len)), &col) &&
        col > 0 && col <= MOST_COLS)
        out->phrase_col = (uint32_t)col;
    else if (dgi_str_starts(line, DGI_S("# fold: lower")))
        out->fold = true;
}

dg_status dgi_tsv_read(struct dgi_tsv *out, dgi_arena *a, const char *path, dgi_fault_fn *fault, void *user,
                       uint32_t *n_faults, dg_error *err)
{
    dg_str all, line;
    uint32_t no = 0, cap = 0, cap_line = 0, n_lines = 0, n_cells = 0;
    char msg[200];
    *out = (struct dgi_tsv){0};
    dg_status st = slurp(&all, a, path, err);
    if (st != DG_OK)
        return st;
    if (!(out->name = dgi_arena_str(a, base_name(path))).ptr || !(out->path = dgi_arena_str(a, dgi_str(path))).ptr)
        return dgi_fail(err, DG_E_NOMEM, "no memory for %s", path);
    dg_str rest = all;
    while (dgi_str_next(&rest, '\n', &line)) {
        no++;
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (!line.len)
            continue;
        if (line.ptr[0] == '#') {
            read_directive(out, line);
            continue;
        }
        if (dgi_utf8_invalid(line) != SIZE_MAX) {
            (*n_faults)++;
            fault(user, path, no, 1, "line is not valid UTF-8");
            continue;
        }
        dg_str f, cells = line;
        uint32_t n = 0, first = n_cells;
        while (dgi_str_next(&cells, '\t', &f)) {
            if (n++ >= MOST_COLS)
                continue;
            dg_str *c = DGI_PUSH(a, out->cell, n_cells, cap);
            if (!c)
                return dgi_fail(err, DG_E_NOMEM, "no memory for the rows of %s", path);
            *c = dgi_str_is(f, "-") ? (dg_str){"", 0} : f;
            if (f.len && (f.ptr[0] == ' ' || f.ptr[f.len - 1] == ' ')) {
                (*n_faults)++;
                fault(user, path, no, n, "cell begins or ends with a space");
                *c = dgi_str_trim(f);
            }
        }
        if (!out->n_cols)
            out->n_cols = n;
        if (n != out->n_cols || n > MOST_COLS) {
            snprintf(msg, sizeof msg, "row has %u column%s, the first row has %u%s", n, n == 1 ? "" : "s", out->n_cols,
                     n < out->n_cols && dgi_str_find(line, DGI_S("  ")) != SIZE_MAX
                         ? "; are these spaces instead of tabs?"
                         : "");
            (*n_faults)++;
            fault(user, path, no, n < out->n_cols ? n : out->n_cols, msg);
            n_cells = first;
            continue;
        }
        uint32_t *l = DGI_PUSH(a, out->line, n_lines, cap_line);
        if (!l)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the rows of %s", path);
        *l = no;
    }
    out->n_rows = n_lines;
    if (!out->n_rows) {
        (*n_faults)++;
        fault(user, path, no, 1, "table has no rows");
        out->n_cols = out->n_cols ? out->n_cols : 1;
    }
    if (out->phrase_col > out->n_cols)
        out->phrase_col = 0;
    return DG_OK;
}

static int is_table(const struct dirent *e)
{
    return e->d_name[0] != '.' && dgi_str_ends(dgi_str(e->d_name), DGI_S(".tsv"));
}

static int is_visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static void free_names(struct dirent **name, int n)
{
    for (int i = 0; i < n; i++)
        free(name[i]);
    free(name);
}

dg_status dgi_tsv_read_dir(struct dgi_tsv *out, uint32_t room, uint32_t *n, dgi_arena *a, const char *dir,
                           dgi_fault_fn *fault, void *user, uint32_t *n_faults, dg_error *err)
{
    struct dirent **name;
    char path[PATH_MAX];
    dg_status st = DG_OK;
    int n_names = scandir(dir, &name, is_table, alphasort);
    if (n_names < 0)
        return dgi_fail(err, errno == ENOMEM ? DG_E_NOMEM : DG_E_IO, "%s: %s", dir, strerror(errno));
    for (int i = 0; st == DG_OK && i < n_names; i++)
        if (*n == room)
            st = dgi_fail(err, DG_E_LIMIT, "%s: more than %u tables", dir, room);
        else if (snprintf(path, sizeof path, "%s/%s", dir, name[i]->d_name) >= (int)sizeof path)
            st = dgi_fail(err, DG_E_ARG, "%s: the name is too long", dir);
        else if ((st = dgi_tsv_read(&out[*n], a, path, fault, user, n_faults, err)) == DG_OK)
            ++*n;
    free_names(name, n_names);
    return st;
}

dg_status dgi_tsv_read_tree(struct dgi_tsv *out, uint32_t room, uint32_t *n, dgi_arena *a, const char *dir,
                            dgi_fault_fn *fault, void *user, uint32_t *n_faults, dg_error *err)
{
    struct dirent **name;
    struct stat is;
    char path[PATH_MAX];
    uint32_t from = *n;
    dg_status st = dgi_tsv_read_dir(out, room, n, a, dir, fault, user, n_faults, err);
    int n_names = st == DG_OK ? scandir(dir, &name, is_visible, alphasort) : -1;
    if (st == DG_OK && n_names < 0)
        return dgi_fail(err, errno == ENOMEM ? DG_E_NOMEM : DG_E_IO, "%s: %s", dir, strerror(errno));
    for (int i = 0; st == DG_OK && i < n_names; i++)
        if (snprintf(path, sizeof path, "%s/%s", dir, name[i]->d_name) >= (int)sizeof path)
            st = dgi_fail(err, DG_E_ARG, "%s: the name is too long", dir);
        else if (stat(path, &is) == 0 && S_ISDIR(is.st_mode))
            st = dgi_tsv_read_dir(out, room, n, a, path, fault, user, n_faults, err);
    if (n_names >= 0)
        free_names(name, n_names);
    return st == DG_OK && *n == from ? dgi_fail(err, DG_E_IO, "%s: no tables (*.tsv) in it", dir) : st;
}
