/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_lists.c: dragoman times, places, quotes: one list of the record as rows, for who wants nothing else. */
#include <json.h>
#include <printbuf.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "opts.h"

/* A command's list: its key in the record, where the words of a row stand, its columns. */
struct list {
    uint32_t lists;
    const char *key, *span, *columns, *shown;
};
static const struct list times = {DG_LIST_TEXT | DG_LIST_TIMES, "times", "span",
                                  "doc start_cp end_cp text type value start end mod relative_to",
                                  "text type value start end"},
                         places = {DG_LIST_TEXT | DG_LIST_PLACES, "places", "span",
                                   "doc start_cp end_cp text name country admin1 lat lon geonames precision feature",
                                   "text name country admin1 lat lon geonames"},
                         quotes = {DG_LIST_TEXT | DG_LIST_STATEMENTS, "statements", "content",
                                   "doc start_cp end_cp text kind speaker speaker_name cue negated",
                                   "speaker_name kind text"},
                         attributions = {
                             DG_LIST_TEXT | DG_LIST_ATTRIBUTIONS, "attributions", "content",
                             "doc start_cp end_cp text kind sense speaker speaker_name source cue negated confidence",
                             "source sense cue text"};

struct print {
    const struct list *list;
    struct term term;
    uint32_t format;
    json_object *all;
};

/* Of several stretches the first to the last. */
static bool where(json_object *span, uint32_t *start, uint32_t *end)
{
    size_t n = json_object_is_type(span, json_type_array) ? json_object_array_length(span) : 0;
    if (!n)
        return false;
    json_object *first = json_object_array_get_idx(span, 0), *last = json_object_array_get_idx(span, n - 1);
    if (json_object_is_type(first, json_type_array)) {
        first = json_object_array_get_idx(first, 0);
        last = json_object_array_get_idx(last, 1);
    }
    *start = (uint32_t)json_object_get_int64(first);
    *end = (uint32_t)json_object_get_int64(last);
    return true;
}

/* The text with the byte of every STEP-th code point, so that a slice costs no walk from the beginning. */
enum { STEP = 256 };
struct text {
    dg_str s;
    size_t *marks;
    size_t n;
};

static bool text_open(struct text *t, dg_str s)
{
    size_t cp = 0;
    *t = (struct text){s, calloc(s.len / STEP + 2, sizeof *t->marks), 0};
    for (size_t i = 0; t->marks && i < s.len; i++)
        if (((unsigned char)s.ptr[i] & 0xC0) != 0x80 && cp++ % STEP == 0)
            t->marks[t->n++] = i;
    return t->marks != NULL;
}

static size_t byte_of(const struct text *t, uint32_t cp)
{
    size_t i = cp / STEP < t->n ? t->marks[cp / STEP] : t->s.len, left = cp % STEP;
    for (; i < t->s.len; i++)
        if (((unsigned char)t->s.ptr[i] & 0xC0) != 0x80 && left-- == 0)
            break;
    return i;
}

/* The words of a span; of several stretches the words of each, with an ellipsis between. */
static void add_words(json_object *row, const char *name, json_object *span, const struct text *text)
{
    uint32_t start, end;
    if (!where(span, &start, &end))
        return;
    json_object *first = json_object_array_get_idx(span, 0);
    const bool stretches = first && json_object_is_type(first, json_type_array);
    const size_t n = stretches ? json_object_array_length(span) : 1;
    struct printbuf *b = printbuf_new();
    for (size_t i = 0; b && i < n; i++) {
        if (!where(stretches ? json_object_array_get_idx(span, i) : span, &start, &end))
            continue;
        size_t from = byte_of(text, start), to = byte_of(text, end);
        if (printbuf_length(b))
            printbuf_memappend(b, " … ", (int)sizeof " … " - 1);
        if (to > from)
            printbuf_memappend(b, text->s.ptr + from, (int)(to - from));
    }
    if (b)
        json_object_object_add(row, name, json_object_new_string_len(b->buf, printbuf_length(b)));
    printbuf_free(b);
}

static bool print_doc(void *user, const char *file, const dg_doc *doc, const dg_text *made)
{
    struct print *p = user;
    static const char *const spans[] = {"cue", "source"}; /* shown by their words */
    json_object *all = json_tokener_parse(made->ptr), *list = NULL, *span, *words;
    dg_str id = dg_doc_id(doc);
    struct text text;
    (void)file;
    if (!text_open(&text, dg_doc_text(doc)) || !all || !json_object_object_get_ex(all, p->list->key, &list)) {
        cli_say("the library's JSON could not be read");
        free(text.marks);
        json_object_put(all);
        return false;
    }
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        json_object *row = json_object_array_get_idx(list, i);
        uint32_t start = 0, end = 0;
        json_object_object_add(row, "doc", json_object_new_string_len(id.ptr, (int)id.len));
        if (json_object_object_get_ex(row, p->list->span, &span) && where(span, &start, &end)) {
            add_words(row, "text", span, &text);
            json_object_object_add(row, "start_cp", json_object_new_int64(start));
            json_object_object_add(row, "end_cp", json_object_new_int64(end));
        }
        for (size_t k = 0; k < sizeof spans / sizeof *spans && p->format != ROWS_JSONL; k++)
            if (json_object_object_get_ex(row, spans[k], &words))
                add_words(row, spans[k], words, &text);
        if (p->format != ROWS_JSONL) /* one head over all */
            json_object_array_add(p->all, json_object_get(row));
    }
    bool ok = p->format != ROWS_JSONL || rows_print(&p->term, list, p->list->columns, NULL, p->format);
    free(text.marks);
    json_object_put(all);
    return ok;
}

static dg_status make(void *user, const dg_doc *doc, dg_text *out, dg_error *err)
{
    const struct print *p = user;
    return dg_doc_write_only(out, doc, p->list->lists & ~(uint32_t)DG_LIST_TEXT, err);
}

static int run_list(struct cli *c, const struct list *list)
{
    struct print p = {.list = list};
    struct work w = {.c = c, .depth = DG_DEPTH_CODE, .prepare = make, .each = print_doc, .user = &p};
    if (!cli_day(c, "date", &w.day) || !rows_format(c, &p.format))
        return EXIT_USAGE;
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    term_init(&p.term, stdout, c);
    p.all = json_object_new_array();
    int st = work_run(&w, m);
    if (p.format != ROWS_JSONL && !rows_print(&p.term, p.all, list->columns, list->shown, p.format))
        st = EXIT_SOME_FAILED;
    json_object_put(p.all);
    dg_model_close(m);
    return st;
}

static int run_times(struct cli *c)
{
    return run_list(c, &times);
}
static int run_places(struct cli *c)
{
    return run_list(c, &places);
}
static int run_quotes(struct cli *c)
{
    return run_list(c, cli_given(c, "all") ? &attributions : &quotes);
}

#define LIST_OPTS                                                                                                      \
    {"format", 'f', "NAME", "text (default on a terminal), jsonl (default when piped: the rows of the record), csv"},  \
        OPT_DATE, OPT_INPUT, OPT_DEEP, OPT_LIMIT, OPT_SAMPLE, OPT_SEED, OPT_SINCE, OPT_STATS, OPTS_TEXTS, OPT_COLOR,   \
        OPT_DATA, OPT_KERNEL, OPT_END
static const struct cli_opt list_opts[] = {LIST_OPTS};
static const struct cli_opt quotes_opts[] = {
    {"all", 'a', NULL,
     "also what is wanted, planned, feared, praised, blamed ...: the list 'attributions', as corpora of the field mark them"},
    LIST_OPTS};
static const char *const times_examples[] = {"dragoman times --date 2014-05-06 article.txt", NULL};
const struct cli_cmd cmd_times = {
    "times",
    "[FILE|-]...",
    "time expressions and the days they mean",
    "Prints every time expression: its words, TIMEX3 type and value, first and last day, and what it was counted from\n"
    "(--date or the article's own day of publication). The same as the list 'times' of 'dragoman code'.",
    list_opts,
    times_examples,
    run_times};
static const char *const places_examples[] = {"dragoman places article.txt",
                                              "dragoman places --format csv *.txt > places.csv", NULL};
const struct cli_cmd cmd_places = {
    "places",
    "[FILE|-]...",
    "names of places and where they lie",
    "Prints every place named: its words, name, country, first-order division, coordinates, GeoNames id and kind.\n"
    "The same as the list 'places' of 'dragoman code', which also has the other readings of a name.",
    list_opts,
    places_examples,
    run_places};
static const char *const quotes_examples[] = {"dragoman quotes article.txt",
                                              "dragoman quotes --all --format csv *.txt > attributions.csv", NULL};
const struct cli_cmd cmd_quotes = {
    "quotes",
    "[FILE|-]...",
    "who said what",
    "Prints every statement, quoted or reported: speaker, kind, its words. The same as the list 'statements' of\n"
    "'dragoman code'.",
    quotes_opts,
    quotes_examples,
    run_quotes};
