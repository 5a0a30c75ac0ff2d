/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_look.c: dragoman explain, actor, place, date, lexicon. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"

/* ---- explain ---- */
struct ask {
    const char *what; /* event id, number, or NULL: all */
    bool found;
};

static bool explain_doc(void *user, const char *file, const dg_doc *doc, const dg_text *made)
{
    struct ask *a = user;
    uint32_t n = dg_doc_n_events(doc);
    (void)file;
    (void)made;
    for (uint32_t i = 0; i < n; i++) {
        dg_str event_id = dg_event_id(dg_doc_event(doc, i)), trigger = dg_event_trigger_text(dg_doc_event(doc, i));
        dg_text text = {0};
        dg_error err = {0};
        char *end;
        if (a->what) {
            unsigned long k = strtoul(a->what, &end, 10);
            bool number = *a->what && !*end && k == (unsigned long)i + 1;
            bool id = strlen(a->what) == event_id.len && !memcmp(a->what, event_id.ptr, event_id.len);
            bool word = strlen(a->what) == trigger.len && !memcmp(a->what, trigger.ptr, trigger.len);
            if (!number && !id && !word)
                continue;
        }
        if (dg_explain(&text, doc, i, &err) != DG_OK) {
            cli_say("%s", err.message);
            return false;
        }
        if (a->found)
            fputs("\n", stdout);
        a->found = true;
        fwrite(text.ptr, 1, text.len, stdout);
        dg_text_free(&text);
    }
    return !ferror(stdout);
}

static int explain_item(struct cli *c)
{
    dg_store *store;
    dg_error err = {0};
    dg_text text = {0};
    const char *db = cli_value(c, "db"), *format = cli_value(c, "format");
    bool as_json = format ? !strcmp(format, "json") : isatty(1) != 1;
    int st = EXIT_DONE;
    if (format && !as_json && strcmp(format, "text")) {
        cli_say("option '--format': unknown format '%s' (json, text)", format);
        return EXIT_USAGE;
    }
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    if (dg_store_open(&store, db, DG_STORE_READ, m, &err) != DG_OK) {
        cli_say_error(db, &err);
        dg_model_close(m);
        return EXIT_USAGE;
    }
    if (dg_item_explain(&text, store, (dg_str){c->files[0], strlen(c->files[0])}, &err) != DG_OK) {
        cli_say("%s", err.message);
        st = EXIT_SOME_FAILED;
    } else {
        struct term t;
        term_init(&t, stdout, c);
        if (!(as_json ? cli_print(&text) : report_why(&t, (dg_str){text.ptr, text.len})))
            st = EXIT_SOME_FAILED;
    }
    dg_text_free(&text);
    dg_store_close(store);
    dg_model_close(m);
    return st;
}

/* ---- why not ---- */
static bool not_doc(void *user, const char *file, const dg_doc *doc, const dg_text *made)
{
    bool *some = user;
    dg_text text = {0};
    dg_error err = {0};
    (void)made;
    if (dg_explain_not(&text, doc, &err) != DG_OK) {
        cli_say_error(file, &err);
        return false;
    }
    if (*some)
        fputs("\n", stdout);
    *some = true;
    term_put(stdout, (dg_str){text.ptr, text.len});
    dg_text_free(&text);
    return !ferror(stdout);
}

static int not_text(dg_model *m, const char *text, int32_t day)
{
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    dg_meta meta = DG_META_INIT;
    dg_coder *coder = NULL;
    dg_doc *doc = NULL;
    dg_error err = {0};
    bool some = false, ok;
    o.trace = true;
    meta.published = day;
    dg_status st = dg_coder_new(&coder, m, &o, &err);
    if (st == DG_OK)
        st = dg_code(&doc, coder, (dg_str){text, strlen(text)}, &meta, &err);
    if (st != DG_OK)
        cli_say("%s", err.message);
    ok = st == DG_OK && not_doc(&some, "the text", doc, NULL);
    dg_doc_free(doc);
    dg_coder_free(coder);
    return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}

/* A file where there is one of that name, else a text; a lone word is the name of a file that is missing. */
static int explain_not(struct cli *c)
{
    char *what = (char *)(uintptr_t)cli_value(c, "why-not");
    bool some = false, file = !strcmp(what, "-") || !strpbrk(what, " \t\n") || access(what, F_OK) == 0;
    struct work w = {.c = c, .depth = DG_DEPTH_CODE, .trace = true, .each = not_doc, .user = &some};
    if (c->n_files || cli_value(c, "db")) {
        cli_say("'explain --why-not' takes one text or file and nothing else");
        return EXIT_USAGE;
    }
    if (!cli_day(c, "date", &w.day))
        return EXIT_USAGE;
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    c->files = &what;
    c->n_files = 1;
    int st = file ? work_run(&w, m) : not_text(m, what, w.day);
    dg_model_close(m);
    return st;
}

static int run_explain(struct cli *c)
{
    struct ask a = {0};
    if (cli_given(c, "why-not"))
        return explain_not(c);
    struct work w = {.c = c, .depth = DG_DEPTH_CODE, .trace = true, .each = explain_doc, .user = &a};
    if (cli_value(c, "db")) {
        if (c->n_files == 1)
            return explain_item(c);
        cli_say("'explain --db' needs one item id (see 'dragoman situation --format json')");
        return EXIT_USAGE;
    }
    if (c->n_files < 1 || c->n_files > 2) {
        cli_say("'explain' needs FILE and an event: its id, its number or its trigger word");
        return EXIT_USAGE;
    }
    if (c->n_files == 2)
        a.what = c->files[--c->n_files];
    if (!cli_day(c, "date", &w.day))
        return EXIT_USAGE;
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    int st = work_run(&w, m);
    dg_model_close(m);
    if (st == EXIT_DONE && !a.found) {
        if (a.what)
            cli_say("%s: no event '%s'; 'dragoman explain %s' shows all", c->files[0], a.what, c->files[0]);
        else
            cli_say("%s: no events", c->files[0]);
        return EXIT_SOME_FAILED;
    }
    return st;
}

static const struct cli_opt explain_opts[] = {
    OPT_DATE,
    OPT_INPUT,
    {"why-not", 0, "TEXT|FILE", "instead: what was refused in each sentence and why, also where nothing was coded"},
    {"db", 0, "FILE", "explain an item of that store instead"},
    {"format", 'f', "NAME", "of an item: text (default on a terminal) or json"},
    OPT_COLOR,
    OPT_DATA,
    OPT_TIER,
    OPT_END};
static const char *const explain_examples[] = {"dragoman explain article.txt rejected",
                                               "dragoman explain article.txt 3", "dragoman explain --db crisis.db ITEM",
                                               "dragoman explain --why-not 'Chad slapped a levy on cotton.'", NULL};
const struct cli_cmd cmd_explain = {
    "explain",
    "FILE [EVENT] | --why-not TEXT|FILE | --db FILE ITEM",
    "why an event was coded",
    "Shows for an event (its id, number or trigger word; all when none is given) the sentence, the tree, the frame row with\n"
    "file and line, how each slot was filled and what was refused; with --db the whole history of an item: each sentence, why it\n"
    "moved the item, and which other matters it was compared with.\n"
    "--why-not goes over the words that rows of the frame tables are about: which were coded, which were refused and why, and\n"
    "what the nearest rows ask for that is not there.",
    explain_opts,
    explain_examples,
    run_explain};

/* ---- actor, place, date ---- */
typedef dg_status lookup_fn(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err);

static int look(struct cli *c, lookup_fn *fn)
{
    char phrase[1024];
    size_t n = 0;
    int32_t day;
    dg_error err = {0};
    dg_text text = {0};
    if (!c->n_files) {
        cli_say("'%s' needs a phrase", c->cmd->name);
        return EXIT_USAGE;
    }
    if (!cli_day(c, "date", &day))
        return EXIT_USAGE;
    for (int i = 0; i < c->n_files; i++) {
        int k = snprintf(phrase + n, sizeof phrase - n, "%s%s", i ? " " : "", c->files[i]);
        if (k < 0 || n + (size_t)k >= sizeof phrase) {
            cli_say("the phrase is longer than %zu bytes", sizeof phrase - 1);
            return EXIT_USAGE;
        }
        n += (size_t)k;
    }
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    int st = EXIT_DONE;
    if (fn(&text, m, (dg_str){phrase, n}, day, &err) != DG_OK) {
        st = EXIT_SOME_FAILED;
        if (text.len) /* an answer all the same: nobody, and why */
            cli_print(&text);
        cli_say("%s", err.message);
    } else if (!cli_print(&text)) {
        st = EXIT_SOME_FAILED;
    }
    dg_text_free(&text);
    dg_model_close(m);
    return st;
}

static int run_actor(struct cli *c)
{
    return look(c, dg_actor_lookup);
}
static int run_place(struct cli *c)
{
    return look(c, dg_place_lookup);
}
static int run_date(struct cli *c)
{
    return look(c, dg_date_lookup);
}

static const struct cli_opt look_opts[] = {{"date", 'd', "DAY", "the day from which it is seen (YYYY-MM-DD)"},
                                           {"format", 'f', "NAME", "json (the only one so far)"},
                                           OPT_DATA,
                                           OPT_END};
static const char *const actor_examples[] = {"dragoman actor 'the Russian president' --date 2010-05-01",
                                             "dragoman actor Hezbollah", NULL};
const struct cli_cmd cmd_actor = {"actor",
                                  "PHRASE",
                                  "how a name or role resolves: id, country, sectors, CAMEO code",
                                  "Resolves a name, a title or a role as an article of that day would mean it.",
                                  look_opts,
                                  actor_examples,
                                  run_actor};
static const char *const place_examples[] = {"dragoman place 'Aleppo, Syria'", NULL};
const struct cli_cmd cmd_place = {"place",
                                  "PHRASE",
                                  "how a place name resolves: coordinates, country, GeoNames id",
                                  "Resolves a place name to the gazetteer.",
                                  look_opts,
                                  place_examples,
                                  run_place};
static const char *const date_examples[] = {"dragoman date 'last October' --date 1995-01-12", NULL};
const struct cli_cmd cmd_date = {"date",
                                 "PHRASE",
                                 "how a time expression resolves: first and last day",
                                 "Resolves a time expression as an article of that day would mean it.",
                                 look_opts,
                                 date_examples,
                                 run_date};

/* ---- lexicon ---- */
static void fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)user;
    printf("%s:%u:%u: %s\n", file, line, field, message);
}

static int lexicon_check(struct cli *c)
{
    const char *dir = c->n_files > 1 ? c->files[1] : "lexicon";
    dg_error err = {0};
    uint64_t n = 0, known = 0;
    dg_model *m = NULL;
    if (!cli_given(c, "tables-only") && !(m = cli_model(c)))
        return EXIT_SOME_FAILED;
    dg_status st = dg_lexicon_check(dir, m, fault, NULL, &n, &known, &err);
    dg_model_close(m);
    if (st != DG_OK) {
        cli_say_error(dir, &err);
        return EXIT_SOME_FAILED;
    }
    fprintf(stderr, "%llu fault%s", (unsigned long long)n, n == 1 ? "" : "s");
    if (known)
        fprintf(stderr, ", and %llu known (known-faults.tsv)", (unsigned long long)known);
    fputc('\n', stderr);
    return n ? EXIT_SOME_FAILED : EXIT_DONE;
}

static int lexicon_compile(struct cli *c)
{
    const char *out = cli_value(c, "output");
    dg_error err = {0};
    uint64_t n = 0;
    if (!out) {
        cli_say("'lexicon compile' needs --output DIR, the folder for world.lex and en.lex");
        return EXIT_USAGE;
    }
    if (dg_lexicon_compile(c->files[1], out, fault, NULL, &n, &err) != DG_OK) {
        cli_say("%s", err.message);
        return EXIT_SOME_FAILED;
    }
    if (n)
        cli_say("%llu fault%s; those rows were left out", (unsigned long long)n, n == 1 ? "" : "s");
    return n ? EXIT_SOME_FAILED : EXIT_DONE;
}

static int lexicon_find(struct cli *c)
{
    dg_error err = {0};
    dg_text text = {0};
    dg_model *m = cli_model(c);
    int st = EXIT_DONE;
    if (!m)
        return EXIT_SOME_FAILED;
    if (dg_lexicon_find(&text, m, (dg_str){c->files[1], strlen(c->files[1])}, &err) != DG_OK) {
        cli_say("%s", err.message);
        st = EXIT_SOME_FAILED;
    } else {
        fwrite(text.ptr, 1, text.len, stdout);
    }
    dg_text_free(&text);
    dg_model_close(m);
    return st;
}

/* lexicon add TABLE COLUMN=VALUE... */
static int lexicon_add(struct cli *c)
{
    char buf[4096];
    const char *dir = cli_value(c, "lexicon"), *env = getenv("DRAGOMAN_LEXICON");
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    dg_error err = {0};
    dg_model *m;
    int st = EXIT_DONE;
    dir = dir ? dir : env && *env ? env : cli_own_lexicon(buf, sizeof buf);
    if (!dir) {
        cli_say("'lexicon add' needs --lexicon DIR");
        return EXIT_USAGE;
    }
    o.data_dir = cli_value(c, "data");
    if (dg_model_open(&m, &o, &err) != DG_OK) { /* without the rows that may be wrong */
        cli_say("%s", err.message);
        return EXIT_SOME_FAILED;
    }
    if (dg_lexicon_add(dir, m, c->files[1], (const char *const *)c->files + 2, (uint32_t)c->n_files - 2, &err) !=
        DG_OK) {
        cli_say("%s", err.message);
        st = EXIT_SOME_FAILED;
    }
    dg_model_close(m);
    return st;
}

static int run_lexicon(struct cli *c)
{
    if (c->n_files >= 1 && !strcmp(c->files[0], "check") && c->n_files <= 2)
        return lexicon_check(c);
    if (c->n_files == 2 && !strcmp(c->files[0], "find"))
        return lexicon_find(c);
    if (c->n_files == 2 && !strcmp(c->files[0], "compile"))
        return lexicon_compile(c);
    if (c->n_files >= 3 && !strcmp(c->files[0], "add"))
        return lexicon_add(c);
    cli_say(
        "use 'dragoman lexicon check [DIR]', 'lexicon find WORD', 'lexicon add TABLE COLUMN=VALUE...' or 'lexicon compile DIR -o DATA'");
    return EXIT_USAGE;
}

static const struct cli_opt lexicon_opts[] = {
    {"tables-only", 0, NULL, "check columns, order, ids and codes, but code no examples"},
    {"output", 'o', "DIR", "compile: the data folder that gets world.lex and en.lex"},
    OPT_DATA,
    OPT_TIER,
    OPT_END};
static const char *const lexicon_examples[] = {
    "dragoman lexicon check", "dragoman lexicon find withdraw",
    "dragoman lexicon add groups name='Zed Liberation Front' kind=rebel country=TCD sectors=REB",
    "dragoman lexicon compile lexicon -o mine", NULL};
const struct cli_cmd cmd_lexicon = {
    "lexicon",
    "check [DIR] | find WORD | add TABLE COLUMN=VALUE... | compile DIR -o DATA",
    "validate and look into the lexicon and registries",
    "'check' goes over the tables of a folder (default: lexicon) and prints each fault as file:line:field: message; it codes\n"
    "each example and counter-example. 'find' prints the rows that hold a word. 'compile' makes DIR/world and DIR/en into packs\n"
    "for --data, so that tables of your own need no build. 'add' writes one row to a table of your own (--lexicon DIR) when it is\n"
    "good; every command lays such rows over the built-in ones at start (docs/lexicon.md).",
    lexicon_opts,
    lexicon_examples,
    run_lexicon};
