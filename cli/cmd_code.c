/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_code.c: dragoman code, parse, text: analyse and print; nothing is stored. */
#include <json-c/json.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"

enum out { OUT_JSONL, OUT_REPORT, OUT_CONLLU, OUT_CONLLU_NER, OUT_TIMEML, OUT_BRAT, OUT_CODED, OUT_TEXT };

struct print {
    enum out out;
    uint32_t lists; /* of the record: DG_LIST_* */
    struct term term;
    bool first;
};

static bool board_of(struct print *p, const dg_doc *doc)
{
    dg_error err = {0};
    dg_text json = {0};
    bool ok = true;
    if (dg_doc_situation(&json, doc, &err) != DG_OK) {
        cli_say("%s", err.message);
        return false;
    }
    ok = report_board(&p->term, (dg_str){json.ptr, json.len}, false);
    dg_text_free(&json);
    return ok;
}

static bool put_piece(void *user, const char *ptr, size_t len)
{
    (void)user;
    return fwrite(ptr, 1, len, stdout) == len;
}

static dg_format format_of(const struct print *p)
{
    switch (p->out) {
    case OUT_CONLLU: return DG_FORMAT_CONLLU;
    case OUT_CONLLU_NER: return DG_FORMAT_CONLLU_NER;
    case OUT_TIMEML: return DG_FORMAT_TIMEML;
    case OUT_BRAT: return DG_FORMAT_BRAT;
    case OUT_CODED: return DG_FORMAT_CODED;
    default: return p->lists & DG_LIST_TEXT ? DG_FORMAT_JSON_TEXT : DG_FORMAT_JSON;
    }
}

static bool some_lists(const struct print *p)
{
    return p->out == OUT_JSONL && (p->lists | DG_LIST_TEXT) != DG_LIST_ALL;
}

/* JSON, CoNLL-U and their like are made by the threads that code. */
static dg_status make_text(void *user, const dg_doc *doc, dg_text *out, dg_error *err)
{
    const struct print *p = user;
    if (p->out == OUT_REPORT || p->out == OUT_TEXT)
        return DG_OK;
    return some_lists(p) ? dg_doc_write_only(out, doc, p->lists, err) : dg_doc_write(out, doc, format_of(p), err);
}

static bool stream_doc(void *user, const dg_doc *doc)
{
    const struct print *p = user;
    dg_error err = {0};
    dg_text text = {0};
    dg_status st = some_lists(p) ? dg_doc_write_only(&text, doc, p->lists, &err)
                                 : dg_doc_write_to(put_piece, NULL, doc, format_of(p), &err);
    if (text.ptr)
        fwrite(text.ptr, 1, text.len, stdout);
    dg_text_free(&text);
    if (st != DG_OK && st != DG_E_CANCELLED)
        cli_say("%s", err.message);
    if (st == DG_OK && (p->out == OUT_JSONL || p->out == OUT_CODED))
        fputc('\n', stdout);
    return st == DG_OK && !ferror(stdout);
}

static bool print_doc(void *user, const char *file, const dg_doc *doc, const dg_text *text)
{
    struct print *p = user;
    (void)file;
    if (p->out == OUT_REPORT) {
        report_doc(&p->term, doc);
        return board_of(p, doc) && !ferror(stdout);
    }
    if (p->out == OUT_TEXT) {
        dg_str s = dg_doc_text(doc);
        if (!p->first)
            fputs("\n", stdout);
        p->first = false;
        fwrite(s.ptr, 1, s.len, stdout);
        return !ferror(stdout);
    }
    fwrite(text->ptr, 1, text->len, stdout);
    if (p->out == OUT_JSONL || p->out == OUT_CODED)
        fputc('\n', stdout);
    return !ferror(stdout);
}

/* A record without events of its own, so that outlet and day of a copy are not lost. */
static bool print_copy(void *user, dg_str head, const char *of)
{
    const struct print *p = user;
    if (p->out != OUT_JSONL)
        return true;
    struct json_object *id = json_object_new_string(of);
    printf("{\"schema\":\"dragoman/1\",\"doc\":%.*s,\"copy_of\":%s,\"events\":[],\"statements\":[]}\n", (int)head.len,
           head.ptr, json_object_to_json_string_ext(id, JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(id);
    return !ferror(stdout);
}

static int run_print(struct cli *c, enum out out, uint32_t lists, uint32_t depth)
{
    struct print p = {.out = out, .lists = lists, .first = true};
    struct work w = {.c = c,
                     .depth = depth,
                     .prepare = make_text,
                     .each = print_doc,
                     .stream = stream_doc,
                     .copy = print_copy,
                     .user = &p};
    if (!cli_day(c, "date", &w.day))
        return EXIT_USAGE;
    if (!c->n_files && isatty(0) == 1) {
        cli_say("no file given; 'dragoman %s -' reads standard input, --help explains", c->cmd->name);
        return EXIT_USAGE;
    }
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    term_init(&p.term, stdout, c);
    w.text_only = out != OUT_REPORT && out != OUT_TEXT;
    int st = work_run(&w, m);
    dg_model_close(m);
    return st;
}

bool cli_lists(const struct cli *c, uint32_t *lists)
{
    static const char *const names[] = {"text",       "sentences", "entities", "statements", "times",       "places",
                                        "quantities", "names",     "events",   "items",      "attributions"};
    enum { N = sizeof names / sizeof *names };
    const char *said = cli_value(c, "only"), *near;
    *lists = said ? 0 : DG_LIST_ALL & ~DG_LIST_TEXT;
    for (const char *p = said ? said : ""; *p;) {
        char name[24];
        size_t len = strcspn(p, ",");
        snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name), p);
        int i = 0;
        while (i < N && strcmp(names[i], name))
            i++;
        if (i == N) {
            if (cli_nearest(name, names, N, &near))
                cli_say("option '--only': unknown list '%s'; did you mean '%s'?", name, near);
            else
                cli_say(
                    "option '--only': unknown list '%s' (text, sentences, entities, statements, times, places, quantities, names, events, items)",
                    name);
            return false;
        }
        *lists |= 1u << i;
        p += len + (p[len] == ',');
    }
    *lists |= cli_given(c, "with-text") ? DG_LIST_TEXT : 0;
    return true;
}

static int run_code(struct cli *c)
{
    static const char *const names[] = {"jsonl", "report", "conllu", "conllu-ner", "timeml", "brat", "coded"};
    enum { N = sizeof names / sizeof *names };
    uint32_t out = isatty(1) == 1 && !cli_given(c, "only") ? OUT_REPORT : OUT_JSONL, lists;
    if (!cli_format(c, names, N, &out) || !cli_lists(c, &lists))
        return EXIT_USAGE;
    if (cli_given(c, "only") && out != OUT_JSONL) {
        cli_say("'--only' needs --format jsonl");
        return EXIT_USAGE;
    }
    return run_print(c, (enum out)out, lists, DG_DEPTH_CODE);
}

static int run_parse(struct cli *c)
{
    return run_print(c, OUT_CONLLU, 0, DG_DEPTH_PARSE);
}

static int run_text(struct cli *c)
{
    return run_print(c, OUT_TEXT, 0, DG_DEPTH_TEXT);
}

static const struct cli_opt code_opts[] = {
    {"format", 'f', "NAME",
     "jsonl (default when piped), report (default on a terminal), conllu, conllu-ner, timeml, brat, coded (for 'ingest --coded')"},
    {"only", 0, "LISTS",
     "of the record only these, joined by commas: text, sentences, entities, statements, times, places, quantities, names, events, items; also attributions (what is wanted, feared, praised ..., too)"},
    {"with-text", 't', NULL, "put the article's text into the record"},
    OPT_DATE,
    OPTS_IN,
    OPTS_TEXTS,
    OPT_UNKNOWN,
    OPT_COLOR,
    OPT_DATA,
    OPT_KERNEL,
    OPT_END};
static const char *const code_examples[] = {"dragoman code article.txt",
                                            "dragoman code --date 1998-08-21 article.html | jq .events",
                                            "dragoman code --input jsonl --threads 2 news.jsonl > coded.jsonl",
                                            "dragoman code --only times,places,names article.txt",
                                            "cat article.txt | dragoman code --format report -",
                                            "dragoman code --map text=body,date=pub export.csv",
                                            "dragoman code -r --unknown who.tsv news/ > coded.jsonl",
                                            "dragoman code -r --sample 100 --stats news/ > coded.jsonl",
                                            NULL};
const struct cli_cmd cmd_code = {
    "code",
    "[FILE|-]...",
    "analyse and print (nothing is stored)",
    "Reads news items (plain text, HTML pages, JSON, feeds, tables, WARC; packed or not), codes events, statements and actors, and prints one record\n"
    "a document: JSON Lines when piped, a report on a terminal. Offsets in the record count code points of what\n"
    "'dragoman text' prints.\n\n"
    "A line of JSON Lines is one object with 'text' or 'html', and as far as known 'id', 'date' (or 'published'), 'title', 'url',\n"
    "'author', 'publisher', 'lang'; other fields are ignored. Rows of tables and items of feeds are the same; --map says what fields\n"
    "are called, where it is none of the usual names.",
    code_opts,
    code_examples,
    run_code};

static const struct cli_opt parse_opts[] = {OPT_INPUT, OPT_MAP,   OPT_DEEP,   OPT_LIMIT,   OPT_SAMPLE, OPT_SEED,
                                            OPT_SINCE, OPT_STATS, OPT_PLAIN,  OPT_THREADS, OPT_AHEAD,  OPT_MAX,
                                            OPT_DATE,  OPT_DATA,  OPT_KERNEL, OPT_END};
static const char *const parse_examples[] = {"dragoman parse article.txt",
                                             "dragoman parse --input conllu gold.conllu > system.conllu", NULL};
const struct cli_cmd cmd_parse = {
    "parse",
    "[FILE|-]...",
    "tags, lemmas and dependency trees as CoNLL-U",
    "Prints CoNLL-U (Universal Dependencies 2). With --input conllu the tokens and sentences of the file are kept and the\n"
    "annotation is replaced.",
    parse_opts,
    parse_examples,
    run_parse};

static const struct cli_opt text_opts[] = {OPT_INPUT, OPT_MAP,   OPT_DEEP,  OPT_LIMIT,   OPT_SAMPLE,
                                           OPT_SEED,  OPT_SINCE, OPT_STATS, OPT_THREADS, OPT_AHEAD,
                                           OPT_MAX,   OPT_DATE,  OPT_DATA,  OPT_END};
static const char *const text_examples[] = {"dragoman text page.html", NULL};
const struct cli_cmd cmd_text = {
    "text",
    "[FILE|-]...",
    "the article text that offsets point into",
    "Prints the article's text, without the page around it. All offsets of a record count code points of this.",
    text_opts,
    text_examples,
    run_text};
