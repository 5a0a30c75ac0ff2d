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
#include <math.h>
#include <stdio.h>

#include "base/day.h"
#include "export/arrow.h"
#include "export/columns.h"

/* clang-format off */
#define LAYOUT_FIELDS(...) {__VA_ARGS__}
/* clang-format on */
const struct dgi_layout dgi_layout_table[DGI_N_EXPORT_FORMAT] = {
    [DGI_EXPORT_CSV] =
        LAYOUT_FIELDS("csv", DGI_TEXT_CSV, true, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
    [DGI_EXPORT_TSV] =
        LAYOUT_FIELDS("tsv", DGI_TEXT_TSV, true, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
    [DGI_EXPORT_JSONL] =
        LAYOUT_FIELDS("jsonl", DGI_TEXT_JSONL, false, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
    [DGI_EXPORT_GDELT1] =
        LAYOUT_FIELDS("gdelt1", DGI_TEXT_BARE, false, true, false, false, false, dgi_gdelt1_table, DGI_N_GDELT1),
    [DGI_EXPORT_GDELT2] =
        LAYOUT_FIELDS("gdelt2", DGI_TEXT_BARE, false, true, false, false, false, dgi_gdelt2_table, DGI_N_GDELT2),
    [DGI_EXPORT_GDELT2_MENTIONS] = LAYOUT_FIELDS("gdelt2-mentions", DGI_TEXT_BARE, false, true, false, false, false,
                                                 dgi_mentions_table, DGI_N_MENTIONS),
    [DGI_EXPORT_ICEWS] =
        LAYOUT_FIELDS("icews", DGI_TEXT_BARE, true, true, false, false, false, dgi_icews_table, DGI_N_ICEWS),
    [DGI_EXPORT_PHOENIX] =
        LAYOUT_FIELDS("phoenix", DGI_TEXT_BARE, false, true, false, false, false, dgi_phoenix_table, DGI_N_PHOENIX),
    [DGI_EXPORT_POLECAT] =
        LAYOUT_FIELDS("polecat", DGI_TEXT_BARE, true, true, true, true, false, dgi_polecat_table, DGI_N_POLECAT),
    [DGI_EXPORT_GEOJSON] =
        LAYOUT_FIELDS("geojson", DGI_TEXT_GEOJSON, false, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
    [DGI_EXPORT_PLOVER] =
        LAYOUT_FIELDS("plover", DGI_TEXT_PLOVER, false, true, true, true, true, dgi_plover_table, DGI_N_PLOVER_FIELDS),
    [DGI_EXPORT_ACLED] =
        LAYOUT_FIELDS("acled", DGI_TEXT_CSV, true, true, false, false, false, dgi_acled_table, DGI_N_ACLED),
    [DGI_EXPORT_ARROW] =
        LAYOUT_FIELDS("arrow", DGI_TEXT_ARROW, false, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
    [DGI_EXPORT_ARROW_STREAM] =
        LAYOUT_FIELDS("arrow-stream", DGI_TEXT_ARROW, false, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
    [DGI_EXPORT_COLUMNS] =
        LAYOUT_FIELDS("columns", DGI_TEXT_ARROW, false, false, false, false, false, dgi_plain_table, DGI_N_PLAIN),
};

static bool blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

/* Controls and line ends become spaces, quotes are doubled where the cell stands in quotes. */
void dgi_cell_fold(struct dgi_buf *b, dg_str s, bool quoted)
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
    char day[16];
    bool csv = x->text == DGI_TEXT_CSV, bare = x->text == DGI_TEXT_BARE, quoted = false;
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
    if (c->type == DGI_CELL_DAY) {
        dgi_day_format((int32_t)c->n, day);
        dgi_buf_add(b, dgi_str(day));
    }
    if (c->type != DGI_CELL_TEXT)
        return;
    dg_str s = dgi_str_trim(c->text);
    for (size_t i = 0; i < s.len && !quoted && !bare; i++)
        quoted = s.ptr[i] == '"' || (csv && s.ptr[i] == ',');
    bool guard = !x->raw && !bare && s.len && strchr("=+-@", s.ptr[0]);
    dgi_buf_add(b, quoted ? DGI_S("\"") : DGI_S(""));
    dgi_buf_add(b, guard ? DGI_S("'") : DGI_S(""));
    dgi_cell_fold(b, s, quoted);
    dgi_buf_add(b, quoted ? DGI_S("\"") : DGI_S(""));
}

/* Folded as in the tables, so that all three formats say the same. */
static void json_text(struct dgi_json *j, dg_str s, struct dgi_buf *fold)
{
    fold->len = 0;
    dgi_cell_fold(fold, s, false);
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
    } else if (c->type == DGI_CELL_TEXT && c->verbatim) {
        dgi_json_str(j, c->text);
    } else if (c->type == DGI_CELL_DAY) {
        dgi_json_day(j, (int32_t)c->n);
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
        dgi_buf_add(x->out, x->text == DGI_TEXT_CSV ? DGI_S(",") : DGI_S("\t"));
}

static void end_line(struct dgi_export *x)
{
    dgi_buf_add(x->out, x->text == DGI_TEXT_CSV ? DGI_S("\r\n") : DGI_S("\n"));
}

void dgi_export_header(struct dgi_export *x)
{
    if (!dgi_layout_table[x->format].header)
        return;
    for (uint32_t i = 0; i < x->n_columns; i++) {
        between(x, i);
        dgi_buf_add(x->out, dgi_str(x->columns[i].name));
    }
    end_line(x);
}

/* A feature of GeoJSON (RFC 7946) up to its properties: longitude first; no place is null, not the middle of the ocean. */
static void feature(struct dgi_json *j, const struct dgi_row *r)
{
    const struct dgi_ev_place *p = r->ev->place;
    dgi_json_kstr(j, "type", DGI_S("Feature"));
    dgi_json_key(j, "geometry");
    if (p && isfinite(p->lat) && isfinite(p->lon)) {
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "type", DGI_S("Point"));
        dgi_json_key(j, "coordinates");
        dgi_json_open(j, '[');
        dgi_json_num(j, p->lon);
        dgi_json_num(j, p->lat);
        dgi_json_close(j, ']');
        dgi_json_close(j, '}');
    } else {
        dgi_json_null(j);
    }
    dgi_json_key(j, "properties");
    dgi_json_open(j, '{');
}

void dgi_export_finish(struct dgi_export *x)
{
    dgi_export_begin(x);
    if (x->text == DGI_TEXT_ARROW)
        dgi_arrow_finish(x);
    if (x->text == DGI_TEXT_GEOJSON)
        dgi_buf_printf(x->out, "%s]}\n", x->rows ? "\n" : "{\"type\":\"FeatureCollection\",\"features\":[");
}

void dgi_export_row(struct dgi_export *x, const struct dgi_row *r)
{
    struct dgi_buf fold = {0};
    struct dgi_json j;
    struct dgi_cell c;
    if (x->text == DGI_TEXT_PLOVER || x->text == DGI_TEXT_ARROW) {
        if (x->text == DGI_TEXT_PLOVER)
            dgi_export_plover(x, r);
        else
            dgi_arrow_row(x, r);
        x->rows++;
        return;
    }
    bool geo = x->text == DGI_TEXT_GEOJSON, json = geo || x->text == DGI_TEXT_JSONL;
    if (geo)
        dgi_buf_add(x->out, x->rows ? DGI_S(",\n") : DGI_S("{\"type\":\"FeatureCollection\",\"features\":[\n"));
    dgi_json_init(&j, x->out);
    if (json)
        dgi_json_open(&j, '{');
    if (geo)
        feature(&j, r);
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
    if (geo)
        dgi_json_close(&j, '}');
    if (json)
        dgi_json_close(&j, '}');
    if (!geo)
        end_line(x);
    x->out->failed |= fold.failed || x->cell.failed;
    dgi_buf_free(&fold);
    x->rows++;
}

void dgi_export_codebook(struct dgi_buf *out, const struct dgi_export *x, const struct dgi_codebook *about)
{
    dgi_buf_printf(
        out,
        "# Codebook\n\nWritten by dragoman %s, models %016llx, lexicon %016llx.  \nFormat: %s, %s%s.  \nAsked for: ",
        about->program, (unsigned long long)about->models, (unsigned long long)about->lexicon,
        dgi_layout_table[x->format].name,
        x->table   ? dgi_tables_table[x->table].name
        : x->lists ? "a row an event, with lists of actors"
                   : "a row for each source and target of an event",
        x->one_a_day ? "; one row a day, source, target and code" : "");
    static const char *const scheme_name[DGI_N_SCHEME] = {"ISO 3166 alpha-3", "Correlates of War", "FIPS 10-4",
                                                          "CAMEO"};
    dgi_buf_add(out, about->query);
    if (x->scheme)
        dgi_buf_printf(out, ".  \nCountries: %s", scheme_name[x->scheme]);
    dgi_buf_add(out, DGI_S("\n\n| column | type | meaning |\n|---|---|---|\n"));
    for (uint32_t i = 0; i < x->n_columns; i++)
        dgi_buf_printf(out, "| %s | %s | %s |\n", x->columns[i].name, x->columns[i].type, x->columns[i].says);
}
