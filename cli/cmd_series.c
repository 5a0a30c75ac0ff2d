/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_series.c: dragoman series: events by period, as a chart on a terminal, as rows elsewhere. */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "opts.h"

static const char *const periods[] = {"day", "week", "month", "year"};
static const char *const keys[] = {"none", "dyad", "type", "place"};
/* Columns by key. */
static const char *const columns[] = {
    "period first last events goldstein plover documents telling share norm_4 change_4 norm_52 change_52",
    "period first last source target events goldstein plover documents telling share norm_4 change_4 norm_52 change_52",
    "period first last type events goldstein plover documents telling share norm_4 change_4 norm_52 change_52",
    "period first last place country events goldstein plover documents telling share norm_4 change_4 norm_52 change_52"};
static const char *const shown[] = {"period events goldstein plover documents share change_4 change_52",
                                    "period source target events goldstein plover share change_4 change_52",
                                    "period type events goldstein plover share change_4 change_52",
                                    "period place country events goldstein plover share change_4 change_52"};

static bool one_of(const struct cli *c, const char *option, const char *const *names, int n, uint32_t *out)
{
    const char *v = cli_value(c, option), *near;
    for (int i = 0; v && i < n; i++)
        if (!strcmp(v, names[i])) {
            *out = (uint32_t)i;
            return true;
        }
    if (!v)
        return true;
    if (cli_nearest(v, names, n, &near))
        cli_say("option '--%s': unknown '%s'; did you mean '%s'?", option, v, near);
    else
        cli_say("option '--%s': unknown '%s' (%s, %s, %s or %s)", option, v, names[0], names[1], names[2], names[3]);
    return false;
}

static double number(json_object *row, const char *name, double none)
{
    json_object *v;
    return json_object_object_get_ex(row, name, &v) && v ? json_object_get_double(v) : none;
}

static const char *text(json_object *row, const char *name)
{
    json_object *v;
    return json_object_object_get_ex(row, name, &v) && v ? json_object_get_string(v) : "";
}

/* A bar of `eighths` eighths of a column. */
static void bar(struct term *t, int eighths)
{
    static const char *const part[] = {"",
                                       "\xE2\x96\x8F",
                                       "\xE2\x96\x8E",
                                       "\xE2\x96\x8D",
                                       "\xE2\x96\x8C",
                                       "\xE2\x96\x8B",
                                       "\xE2\x96\x8A",
                                       "\xE2\x96\x89"};
    for (int i = 0; i < eighths / 8; i++)
        fputs(t->unicode ? "\xE2\x96\x88" : "#", t->out);
    if (t->unicode)
        fputs(part[eighths % 8], t->out);
    else if (eighths % 8 >= 4 || eighths < 8)
        fputs(eighths % 8 ? "#" : "", t->out);
}

/* A line a row: period, who, a bar as long as its events, the number, the mean, the change against four weeks where there is one. */
static void chart(struct term *t, json_object *list, uint32_t by)
{
    static const char *const second[] = {"", "target", "", "country"}, *const first[] = {"", "source", "type", "place"};
    double most = 1;
    int who = 0;
    size_t n = json_object_array_length(list);
    for (size_t i = 0; i < n; i++) {
        json_object *r = json_object_array_get_idx(list, i);
        const char *a = text(r, first[by]), *b = text(r, second[by]);
        int w = term_width((dg_str){a, strlen(a)}) + term_width((dg_str){b, strlen(b)}) + (*b ? 2 : 0) + (by ? 2 : 0);
        most = number(r, "events", 0) > most ? number(r, "events", 0) : most;
        who = w > who ? w : who;
    }
    who = who > 40 ? 40 : who;
    int room = t->width - who - 10 - 30;
    room = room < 10 ? 10 : room;
    for (size_t i = 0; i < n; i++) {
        json_object *r = json_object_array_get_idx(list, i);
        const char *a = text(r, first[by]), *b = text(r, second[by]);
        double events = number(r, "events", 0), scale = number(r, "goldstein", -99),
               change = number(r, "change_4", -99);
        int w = 0, eighths = (int)(events / most * room * 8 + 0.5);
        fprintf(t->out, "%-10s  ", text(r, "period"));
        if (by) {
            term_style(t, T_BOLD);
            term_put(t->out, (dg_str){a, strlen(a)});
            fputs(*b ? (by == DG_BY_DYAD ? (t->unicode ? " \xE2\x86\x92 " : " > ") : ", ") : "", t->out);
            term_put(t->out, (dg_str){b, strlen(b)});
            term_reset(t);
            w = term_width((dg_str){a, strlen(a)}) + term_width((dg_str){b, strlen(b)}) +
                (*b ? (by == DG_BY_DYAD ? 3 : 2) : 0);
            fprintf(t->out, "%*s", who + 2 > w ? who + 2 - w : 1, "");
        }
        term_style(t, scale < -2 ? T_RED : scale > 2 ? T_GREEN : T_CYAN);
        bar(t, eighths);
        term_reset(t);
        fprintf(t->out, " %.0f", events);
        if (scale > -99 && events > 0)
            fprintf(t->out, "  goldstein %.1f", scale);
        if (change > -99)
            fprintf(t->out, "  %+.0f %% on 4 weeks", change * 100);
        fputc('\n', t->out);
    }
}

static int print(const struct cli *c, dg_str answer, const dg_series_options *o, uint32_t format)
{
    struct term t;
    json_object *all = json_tokener_parse(answer.ptr), *list = NULL;
    int st = EXIT_DONE;
    term_init(&t, stdout, c);
    if (!all || !json_object_object_get_ex(all, "rows", &list)) {
        cli_say("the library's JSON could not be read");
        st = EXIT_SOME_FAILED;
    } else if (format == ROWS_TABLE && !cli_given(c, "table")) {
        chart(&t, list, o->by);
    } else {
        rows_print(&t, list, columns[o->by], shown[o->by], format);
    }
    st = cli_rows_end(list ? json_object_array_length(list) : 0, "no events of the store fit what was asked", st);
    json_object_put(all);
    return st;
}

static int run_series(struct cli *c)
{
    dg_series_options o = DG_SERIES_OPTIONS_INIT;
    dg_query q = DG_QUERY_INIT;
    dg_error err = {0};
    dg_text text = {0};
    dg_model *m;
    dg_store *s;
    uint32_t format;
    if (!cli_value(c, "db")) {
        cli_say("'series' needs --db FILE");
        return EXIT_USAGE;
    }
    if (!rows_format(c, &format) || !one_of(c, "per", periods, 4, &o.period) || !one_of(c, "by", keys, 4, &o.by) ||
        !cli_query(c, &q))
        return EXIT_USAGE;
    o.panel = cli_given(c, "panel");
    if (o.panel && !cli_value(c, "by"))
        o.by = DG_BY_DYAD;
    int st = cli_open_both(c, &m, &s);
    if (st != EXIT_DONE)
        return st;
    dg_status got = dg_series(&text, s, &q, &o, &err);
    if (got == DG_OK)
        st = print(c, (dg_str){text.ptr, text.len}, &o, format);
    return cli_close_both(m, s, &text, got, &err, st);
}

static const struct cli_opt series_opts[] = {
    OPT_DB,
    {"per", 0, "PERIOD", "day, week (from Monday), month (default) or year"},
    {"by", 0, "KEY", "none (default), dyad, type (PLOVER) or place"},
    {"panel", 0, NULL, "a row for every dyad (or --by) and period, with zeros and the documents read"},
    OPT_ACTOR,
    OPT_BETWEEN,
    OPT_CODE,
    OPT_STATUS,
    OPT_FROM,
    OPT_TO,
    OPT_PLACE,
    OPT_SURE,
    OPT_FOLD,
    OPT_ACTS,
    OPT_KNOWN,
    {"format", 'f', "NAME", "text (a chart; default on a terminal), jsonl (default when piped) or csv"},
    {"table", 0, NULL, "with text: numbers instead of the chart"},
    OPT_COLOR,
    OPT_DATA,
    OPT_END};
static const char *const series_examples[] = {
    "dragoman series --db crisis.db", "dragoman series --db crisis.db --per week --by dyad --code 19",
    "dragoman series --db crisis.db --panel --per month --format csv > panel.csv", NULL};
const struct cli_cmd cmd_series = {
    "series",
    "--db FILE",
    "events by day, week, month or year, by dyad, type or place",
    "Counts events on their own days, with their mean on Goldstein's and PLOVER's scale, the documents read and the share of them that tells\n"
    "such an event, the norm of the 4 and 52 weeks before and the change against it (none where the norm is below three events or reaches\n"
    "back before the first document). What was denied, planned or only thought of is left out unless --status names it.",
    series_opts,
    series_examples,
    run_series};
