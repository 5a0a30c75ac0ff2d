/* SPDX-License-Identifier: Apache-2.0 */
/* export/cells.c: rows as CSV (RFC 4180), TSV or JSON Lines.
 *
 * Reads   columns and rows
 * Writes  text
 *
 * CSV ends its lines with CR LF and quotes a cell that holds a comma, a quote or a line end. TSV ends them with LF and quotes
 * only what holds a quote, as spreadsheets and pandas read it. White space in a cell is folded, so that a row is one line.
 *
 * A cell of text that begins with = + - @ is run as a formula by spreadsheets, and texts come from strangers: it gets a
 * leading apostrophe, unless x->raw. Numbers are ours and stay as they are; JSON Lines is no spreadsheet's and never has it. */
#include <stdio.h>

#include "export/columns.h"

const char *const dgi_export_format_name[DGI_N_EXPORT_FORMAT] = {"csv", "tsv", "jsonl"};

static bool blank(char c) { return (c >= 0 && c <= ' ') || c == 0x7f; }

/* Controls and line ends become spaces, quotes are doubled where the cell stands in quotes. */
static void put_text(struct dgi_buf *b, dg_str s, bool quoted)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool turn = blank(s.ptr[i]) && s.ptr[i] != ' ', twice = quoted && s.ptr[i] == '"';
        if (!turn && !twice)
            continue;
        dgi_buf_add(b, dgi_str_sub(s, from, i));
        dgi_buf_add(b, turn ? DGI_S(" ") : DGI_S("\"\""));
        from = i + 1;
    }
    dgi_buf_add(b, dgi_str_sub(s, from, s.len));
}

static void delimited(struct dgi_export *x, const struct dgi_cell *c)
{
    struct dgi_buf *b = x->out;
    bool csv = x->format == DGI_EXPORT_CSV, quoted = false;
    if (c->type == DGI_CELL_NUMBER || c->type == DGI_CELL_INT || c->type == DGI_CELL_BOOL) {
        struct dgi_json j;
        dgi_json_init(&j, b);
        if (c->type == DGI_CELL_NUMBER)
            dgi_json_num(&j, c->number);
        else if (c->type == DGI_CELL_INT)
            dgi_json_int(&j, c->n);
        else
            dgi_json_bool(&j, c->n);
        return;
    }
    if (c->type != DGI_CELL_TEXT)
        return;
    dg_str s = dgi_str_trim(c->text);
    for (size_t i = 0; i < s.len && !quoted; i++)
        quoted = s.ptr[i] == '"' || (csv && s.ptr[i] == ',');
    bool guard = !x->raw && s.len && strchr("=+-@", s.ptr[0]);
    dgi_buf_add(b, quoted ? DGI_S("\"") : DGI_S(""));
    dgi_buf_add(b, guard ? DGI_S("'") : DGI_S(""));
    put_text(b, s, quoted);
    dgi_buf_add(b, quoted ? DGI_S("\"") : DGI_S(""));
}

/* Folded as in the tables, so that all three formats say the same. */
static void json_text(struct dgi_json *j, dg_str s, struct dgi_buf *fold)
{
    fold->len = 0;
    put_text(fold, s, false);
    dgi_json_str(j, dgi_buf_str(fold));
}

static void json_cell(struct dgi_json *j, const struct dgi_cell *c, struct dgi_buf *fold)
{
    dg_str rest = c->text, one;
    if (c->list) {
        dgi_json_open(j, '[');
        while (c->type == DGI_CELL_TEXT && rest.ptr && dgi_str_next(&rest, ';', &one))
            json_text(j, one, fold);
        dgi_json_close(j, ']');
    } else if (c->type == DGI_CELL_TEXT) {
        json_text(j, dgi_str_trim(c->text), fold);
    } else if (c->type == DGI_CELL_NUMBER) {
        dgi_json_num(j, c->number);
    } else if (c->type == DGI_CELL_INT) {
        dgi_json_int(j, c->n);
    } else if (c->type == DGI_CELL_BOOL) {
        dgi_json_bool(j, c->n);
    } else {
        dgi_json_null(j);
    }
}

static void between(struct dgi_export *x, uint32_t i)
{
    if (i)
        dgi_buf_add(x->out, x->format == DGI_EXPORT_CSV ? DGI_S(",") : DGI_S("\t"));
}

static void end_line(struct dgi_export *x) { dgi_buf_add(x->out, x->format == DGI_EXPORT_CSV ? DGI_S("\r\n") : DGI_S("\n")); }

void dgi_export_header(struct dgi_export *x)
{
    if (x->format == DGI_EXPORT_JSONL)
        return;
    for (uint32_t i = 0; i < x->n_columns; i++) {
        between(x, i);
        dgi_buf_add(x->out, dgi_str(x->columns[i].name));
    }
    end_line(x);
}

void dgi_export_row(struct dgi_export *x, const struct dgi_row *r)
{
    struct dgi_buf fold = {0};
    struct dgi_json j;
    struct dgi_cell c;
    bool json = x->format == DGI_EXPORT_JSONL;
    dgi_json_init(&j, x->out);
    if (json)
        dgi_json_open(&j, '{');
    for (uint32_t i = 0; i < x->n_columns; i++) {
        dgi_export_cell(&c, &x->columns[i], r, x);
        if (json) {
            dgi_json_key(&j, x->columns[i].name);
            json_cell(&j, &c, &fold);
        } else {
            between(x, i);
            delimited(x, &c);
        }
    }
    if (json)
        dgi_json_close(&j, '}');
    end_line(x);
    x->out->failed |= fold.failed || x->cell.failed;
    dgi_buf_free(&fold);
    x->rows++;
}

void dgi_export_codebook(struct dgi_buf *out, const struct dgi_export *x, const struct dgi_codebook *about)
{
    dgi_buf_printf(out, "# Codebook\n\nWritten by dragoman %s, models %016llx, lexicon %016llx.  \nFormat: %s, %s%s%s.  \nAsked for: ", about->program,
                   (unsigned long long)about->models, (unsigned long long)about->lexicon, dgi_export_format_name[x->format],
                   x->lists ? "a row an event, with lists of actors" : "a row for each source and target of an event",
                   x->one_a_day ? "; one row a day, source, target and code" : "", x->fold ? "; an act told twice by a document once" : "");
    dgi_buf_add(out, about->query);
    dgi_buf_add(out, DGI_S("\n\n| column | type | meaning |\n|---|---|---|\n"));
    for (uint32_t i = 0; i < x->n_columns; i++)
        dgi_buf_printf(out, "| %s | %s | %s |\n", x->columns[i].name, x->columns[i].type, x->columns[i].says);
}
