/* SPDX-License-Identifier: Apache-2.0 */
/* io/csv.c: tables whose first row names the columns: commas, semicolons, tabs or bars between them.
 *
 * Rows are cut here, so that each has its byte and its limit and a quotation mark that nothing closes costs one line and not the
 * rest of the file; libcsv takes them apart. What the columns are called decides what they are (io/field_names.c, --map). */
#include <csv.h>

#include "io/field_names.h"
#include "io/formats.h"

enum { MOST_COLUMNS = 1000 };

struct dgi_table {
    char sep;
    uint32_t n_columns;
    uint8_t field[MOST_COLUMNS]; /* DGI_N_FIELDS: none */
    bool plain;                  /* there is a column "text" */
    struct csv_parser parser;
    struct row {
        dgi_arena *a;
        dg_str cell[MOST_COLUMNS];
        uint32_t n;
        bool failed, many;
    } row;
};

/* As libcsv: white space before a quotation mark is passed over; behind one that is followed by neither separator nor line end the
 * field goes on. Length of the row with its line end; 0: it goes on behind s. *open: inside quotation marks. */
static size_t row_length(dg_str s, char sep, bool *open)
{
    enum { START, PLAIN, QUOTED, BEHIND } state = START;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (state != QUOTED && c == '\n')
            return i + 1;
        switch (state) {
        case START: state = c == '"' ? QUOTED : c == ' ' || c == sep ? START : PLAIN; break;
        case PLAIN: state = c == sep ? START : PLAIN; break;
        case QUOTED: state = c == '"' ? BEHIND : QUOTED; break;
        case BEHIND: state = c == sep ? START : c == ' ' || c == '\r' ? BEHIND : QUOTED; break;
        }
    }
    *open = state == QUOTED;
    return 0;
}

static void on_cell(void *ptr, size_t len, void *user)
{
    struct row *row = user;
    if (row->n == MOST_COLUMNS) {
        row->many = true;
        return;
    }
    dg_str s = len ? dgi_arena_str(row->a, dgi_strn(ptr, len)) : DGI_S("");
    row->failed = row->failed || !s.ptr;
    row->cell[row->n++] = s;
}

static dg_status take_apart(dgi_reader *r, dg_str s, bool quotes, dg_error *err)
{
    struct dgi_table *t = r->table;
    struct csv_parser *p = &t->parser;
    t->row.a = r->arena;
    t->row.n = 0;
    t->row.failed = t->row.many = false;
    csv_set_delim(p, (unsigned char)t->sep);
    csv_set_quote(p, quotes ? CSV_QUOTE : 0);
    dg_str utf8 = dgi_to_utf8(r->arena, s, (dg_str){NULL, 0});
    bool ok = utf8.ptr && csv_parse(p, utf8.ptr, utf8.len, on_cell, NULL, &t->row) == utf8.len;
    ok = csv_fini(p, on_cell, NULL, &t->row) == 0 && ok && !t->row.failed;
    if (!ok)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a row");
    if (t->row.many)
        return dgi_fail(err, DG_E_LIMIT, "a row of more than %d fields", MOST_COLUMNS);
    return DG_OK;
}

/* The row at the window's front into t->row. *len: of what it takes. Faults of the row: DG_E_FORMAT, DG_E_LIMIT. */
static dg_status next_row(dgi_reader *r, size_t *len, dg_error *err)
{
    struct dgi_window *w = &r->w;
    struct dgi_table *t = r->table;
    bool open = false;
    size_t n;
    dg_status st;
    while (!(n = row_length(dgi_window_left(w), t->sep, &open))) {
        dg_str s = dgi_window_left(w);
        bool last = dgi_window_ended(w);
        if (!last && s.len <= w->max) {
            if ((st = dgi_window_fill(w, err)) != DG_OK) {
                r->done = true;
                return st;
            }
            continue;
        }
        if (last && !open) {
            n = s.len;
            break;
        }
        const char *nl = memchr(s.ptr, '\n', s.len); /* the line alone */
        *len = nl ? (size_t)(nl - s.ptr) + 1 : s.len;
        r->wasted += s.len;
        if (open && t->sep == '\t' && *len <= w->max) /* written by who does not know quotation marks */
            return take_apart(r, dgi_str_sub(s, 0, *len), false, err);
        if (!open || *len > w->max)
            return dgi_fail(err, DG_E_LIMIT, "the row is longer than %zu bytes; it was left out", w->max);
        return dgi_fail(err, DG_E_FORMAT, "a quotation mark is not closed; the line was left out");
    }
    *len = n;
    return n > w->max ? dgi_fail(err, DG_E_LIMIT, "the row is longer than %zu bytes; it was left out", w->max)
                      : take_apart(r, dgi_str_sub(dgi_window_left(w), 0, n), true, err);
}

/* Which separator gives the first line the most fields? */
static char separator(dg_str s)
{
    static const char seps[] = ",;\t|";
    size_t most = 0;
    char best = ',';
    const char *nl = s.len ? memchr(s.ptr, '\n', s.len) : NULL;
    s = nl ? dgi_strn(s.ptr, (size_t)(nl - s.ptr)) : s;
    for (size_t k = 0; seps[k]; k++) {
        size_t n = 0;
        for (size_t i = 0; i < s.len; i++)
            n += s.ptr[i] == seps[k];
        if (n > most) {
            most = n;
            best = seps[k];
        }
    }
    return best;
}

/* What the columns are. Of two names for the same field the better one. */
static dg_status read_header(dgi_reader *r, dg_error *err)
{
    struct dgi_table *t = r->table;
    uint8_t best[DGI_N_FIELDS];
    uint32_t column[DGI_N_FIELDS];
    memset(best, 255, sizeof best);
    t->n_columns = t->row.n;
    memset(t->field, DGI_N_FIELDS, sizeof t->field);
    for (uint32_t i = 0; i < t->n_columns; i++) {
        uint8_t f, rank;
        if (dgi_field_of(&r->map, t->row.cell[i], &f, &rank) && rank < best[f]) {
            if (best[f] != 255)
                t->field[column[f]] = DGI_N_FIELDS;
            best[f] = rank;
            column[f] = i;
            t->field[i] = f;
        }
    }
    t->plain = best[DGI_F_TEXT] == 0 && !r->map.name[DGI_F_TEXT].len;
    for (uint32_t f = 0; f < DGI_N_FIELDS; f++)
        if (r->map.name[f].len && best[f] == 255)
            return dgi_fail(err, DG_E_FORMAT, "a table without a column '%.*s' (--map)",
                            r->map.name[f].len < 60 ? (int)r->map.name[f].len : 60, r->map.name[f].ptr);
    if (best[DGI_F_TEXT] != 255 || best[DGI_F_HTML] != 255 || best[DGI_F_SUMMARY] != 255 || best[DGI_F_TITLE] != 255)
        return DG_OK;
    char names[160] = "";
    size_t n = 0;
    for (uint32_t i = 0; i < t->n_columns && n < sizeof names - 24; i++) {
        dg_str c = dgi_str_sub(t->row.cell[i], 0, 20);
        memcpy(names + n, i ? ", " : "", i ? 2 : 0);
        n += i ? 2 : 0;
        memcpy(names + n, c.ptr, c.len);
        n += c.len;
    }
    return dgi_fail(err, DG_E_KIND,
                    "a table, and none of its columns is known for a text (%.*s); say which: --map text=COLUMN", (int)n,
                    names);
}

static dg_status begin(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    size_t len = 0;
    if (!(r->table = dgi_arena_alloc(r->keep, sizeof *r->table)) || csv_init(&r->table->parser, 0))
        return dgi_fail(err, DG_E_NOMEM, "no memory for a table");
    r->table->sep = separator(dgi_window_left(w));
    dg_status st = next_row(r, &len, err);
    w->pos += len;
    return st == DG_OK ? read_header(r, err) : st;
}

void dgi_table_end(dgi_reader *r)
{
    if (r->table)
        csv_free(&r->table->parser);
}

static dg_status check_row(const struct dgi_table *t, dg_error *err)
{
    uint32_t n = t->row.n;
    while (n > t->n_columns && !t->row.cell[n - 1].len)
        n--;
    if (n > t->n_columns)
        return dgi_fail(err, DG_E_FORMAT, "the row has %u fields, the first row %u", n, t->n_columns);
    return DG_OK;
}

static bool empty(const struct row *row)
{
    return row->n == 0 || (row->n == 1 && !dgi_str_trim(row->cell[0]).len);
}

enum dgi_next dgi_next_row(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_error why = {DG_OK, 0, 0, ""};
    if (!r->table && begin(r, err) != DG_OK)
        return dgi_fail_now(r);
    for (;;) {
        size_t len = 0;
        if (r->wasted > DGI_MOST_WASTED) {
            dgi_fail_at(err, DG_E_FORMAT, 0, dgi_window_at(w), "too much of it is broken; the rest was left out");
            return dgi_fail_now(r);
        }
        if (dgi_window_want(w, 1, err) != DG_OK)
            return dgi_fail_now(r);
        if (w->pos == w->len)
            return w->cut ? dgi_cut_here(r, err) : dgi_records_end(r, err);
        dgi_record_begins(r, raw, 0);
        dg_status st = next_row(r, &len, &why);
        if (w->cut && w->pos + len >= w->len &&
            !dgi_stream_ended_well(w->s)) { /* the last row before the damage may not be whole */
            r->n_records--;
            return dgi_cut_here(r, err);
        }
        w->pos += len;
        bool piece = r->mended;
        r->mended = false;
        struct dgi_table *t = r->table;
        if (st == DG_OK && empty(&t->row)) {
            r->n_records--;
            continue;
        }
        dg_str value[DGI_N_FIELDS] = {0};
        if (st == DG_OK && (st = check_row(t, &why)) == DG_OK) {
            for (uint32_t i = 0; i < t->row.n && i < t->n_columns; i++)
                if (t->field[i] < DGI_N_FIELDS)
                    value[t->field[i]] = t->row.cell[i];
            if (!dgi_fields_take(raw, value, t->plain))
                st = dgi_fail(&why, DG_E_FORMAT, "the row has no text");
        }
        if (st == DG_OK)
            return DGI_NEXT_RECORD;
        if (piece && st == DG_E_FORMAT && !r->done) {
            r->n_records--;
            continue;
        }
        dgi_fail_at(err, st, raw->record, raw->byte, "%s", why.message);
        return r->done || st == DG_E_NOMEM ? dgi_fail_now(r) : DGI_NEXT_BAD;
    }
}
