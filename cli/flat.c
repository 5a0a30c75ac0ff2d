/* SPDX-License-Identifier: Apache-2.0 */
/* cli/flat.c: flat objects as a table for people, as JSON Lines, as CSV; the same for every command that answers with rows. */
#include <json.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

const char *const rows_formats[3] = {"text", "jsonl", "csv"};
enum { MOST_COLUMNS = 64, WIDEST = 44 };

bool rows_format(const struct cli *c, uint32_t *format)
{
    *format = isatty(1) == 1 ? ROWS_TABLE : ROWS_JSONL;
    return cli_format(c, rows_formats, 3, format);
}

/* The n-th name of a list; false: there are no more. */
static bool word(const char *list, int n, char out[64])
{
    char sep[2] = {strchr(list, '\t') ? '\t' : ' ', 0};
    for (; n > 0 && list; n--)
        list = (list = strchr(list, sep[0])) ? list + 1 : NULL;
    if (!list || !*list)
        return false;
    snprintf(out, 64, "%.*s", (int)strcspn(list, sep), list);
    return true;
}

/* A member as text; lists and objects as their JSON. */
static dg_str text_of(json_object *row, const char *name)
{
    json_object *v;
    if (!json_object_object_get_ex(row, name, &v) || !v)
        return (dg_str){"", 0};
    if (json_object_is_type(v, json_type_string))
        return (dg_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)};
    const char *s = json_object_to_json_string_ext(v, JSON_C_TO_STRING_PLAIN);
    return (dg_str){s, strlen(s)};
}

static bool is_number(json_object *row, const char *name)
{
    json_object *v;
    return json_object_object_get_ex(row, name, &v) &&
           (json_object_is_type(v, json_type_int) || json_object_is_type(v, json_type_double));
}

/* RFC 4180; what a spreadsheet would run as a formula gets an apostrophe, as in 'export'. */
static void csv_cell(dg_str s, bool guard)
{
    bool quoted = memchr(s.ptr, ',', s.len) || memchr(s.ptr, '"', s.len);
    guard = guard && s.len && strchr("=+-@", s.ptr[0]);
    fputs(quoted ? "\"" : "", stdout);
    fputs(guard ? "'" : "", stdout);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '"')
            fputs("\"\"", stdout);
        else
            fputc((unsigned char)s.ptr[i] < ' ' ? ' ' : s.ptr[i], stdout);
    fputs(quoted ? "\"" : "", stdout);
}

static void csv(json_object *list, const char *columns)
{
    char name[64];
    for (int i = 0; word(columns, i, name); i++)
        printf("%s%s", i ? "," : "", name);
    fputs("\r\n", stdout);
    for (size_t r = 0; r < json_object_array_length(list); r++) {
        json_object *row = json_object_array_get_idx(list, r);
        for (int i = 0; word(columns, i, name); i++) {
            fputs(i ? "," : "", stdout);
            csv_cell(text_of(row, name), !is_number(row, name));
        }
        fputs("\r\n", stdout);
    }
}

/* On one line: what would break the row is a space. */
static void table_cell(FILE *out, dg_str s)
{
    for (size_t n; s.len; s.ptr += n, s.len -= n) {
        for (n = 0; n < s.len && (unsigned char)s.ptr[n] >= ' ' && s.ptr[n] != 0x7f; n++)
            ;
        term_put(out, (dg_str){s.ptr, n});
        if (n < s.len) {
            fputc(' ', out);
            n++;
        }
    }
}

static void table(struct term *t, json_object *list, const char *columns)
{
    int width[MOST_COLUMNS] = {0}, n = 0;
    char name[64];
    for (; n < MOST_COLUMNS && word(columns, n, name); n++) {
        width[n] = (int)strlen(name);
        for (size_t r = 0; r < json_object_array_length(list); r++) {
            int w = term_width(text_of(json_object_array_get_idx(list, r), name));
            width[n] = w > width[n] ? (w < WIDEST ? w : WIDEST) : width[n];
        }
    }
    for (size_t r = 0; r <= json_object_array_length(list); r++) {
        json_object *row = r ? json_object_array_get_idx(list, r - 1) : NULL;
        term_style(t, r ? T_PLAIN : T_DIM);
        for (int i = 0; i < n && word(columns, i, name); i++) {
            dg_str s = row ? text_of(row, name) : (dg_str){name, strlen(name)};
            int w = term_width(s), pad = width[i] - w;
            bool right = row && is_number(row, name);
            while (w > width[i]) /* cut at a character */
                if (((unsigned char)s.ptr[--s.len] & 0xC0) != 0x80)
                    w--;
            fprintf(t->out, "%s%*s", i ? "  " : "", right && pad > 0 ? pad : 0, "");
            table_cell(t->out, s);
            fprintf(t->out, "%*s", !right && pad > 0 && i + 1 < n ? pad : 0, "");
        }
        term_reset(t);
        fputc('\n', t->out);
    }
}

bool rows_print(struct term *t, json_object *list, const char *columns, const char *shown, uint32_t format)
{
    if (format == ROWS_TABLE)
        table(t, list, shown ? shown : columns);
    else if (format == ROWS_CSV)
        csv(list, columns);
    else
        for (size_t r = 0; r < json_object_array_length(list); r++)
            printf("%s\n", json_object_to_json_string_ext(json_object_array_get_idx(list, r),
                                                          JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    return !ferror(stdout);
}
