/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_store.c: dragoman ingest, situation, timeline, brief. */
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"

struct wait {
    const char *path;
    uint32_t most_ms;
    bool told;
};

static void waiting(void *user, uint32_t waited_ms)
{
    struct wait *w = user;
    (void)waited_ms;
    if (!w->told)
        cli_say("%s: another process is writing to it; waiting for it, %u seconds at most", w->path, w->most_ms / 1000);
    w->told = true;
}

dg_store *cli_store(const struct cli *c, dg_store_mode mode, const dg_model *model)
{
    const char *path = cli_value(c, "db");
    dg_store *s;
    dg_error err = {0};
    dg_store_options o = DG_STORE_OPTIONS_INIT;
    struct wait w = {.path = path};
    long seconds = o.wait_ms / 1000;
    if (mode == DG_STORE_WRITE && !cli_number(c, "wait", 0, 86400, &seconds))
        return NULL;
    w.most_ms = o.wait_ms = (uint32_t)seconds * 1000;
    o.waiting = waiting;
    o.no_text = cli_given(c, "no-text");
    o.user = &w;
    if (dg_store_open_with(&s, path, mode, model, &o, &err) != DG_OK) {
        cli_say_error(path, &err);
        return NULL;
    }
    return s;
}

/* ---- ingest ---- */
struct ingest {
    dg_store *store;
    const char *path;
    uint64_t n[3], failed;
    bool broken; /* the store cannot be written: told, and nothing more is tried */
};

static bool keep(void *user, const char *file, const dg_doc *doc, const dg_text *text)
{
    (void)text;
    struct ingest *g = user;
    dg_error err = {0};
    dg_ingested what = DG_INGESTED_NEW;
    if (g->broken)
        return false;
    if (dg_store_ingest(g->store, doc, &what, &err) != DG_OK) {
        g->broken = err.status == DG_E_STORE || err.status == DG_E_IO || err.status == DG_E_NOMEM;
        cli_say_error(g->broken ? g->path : file, &err);
        g->failed += !g->broken;
        return !g->broken;
    }
    g->n[what]++;
    return true;
}

/* ---- what was coded elsewhere ---- */
struct coded {
    const char *file;
};

static bool refused(void *user, const dg_error *err)
{
    cli_say_error(((const struct coded *)user)->file, err);
    return true;
}

static int run_coded(struct cli *c)
{
    dg_coded_counts n = {0};
    dg_error err = {0};
    const char *path = cli_value(c, "db");
    int st = EXIT_DONE;
    dg_model *m = cli_model(c);
    dg_store *s = m ? cli_store(c, DG_STORE_WRITE, m) : NULL;
    bool broken = false;
    if (s)
        dg_store_today(s, (int32_t)(time(NULL) / 86400));
    for (int i = 0; s && i < c->n_files && !broken; i++) {
        struct coded of = {c->files[i]};
        dg_status got = dg_store_ingest_coded_file(s, of.file, refused, &of, &n, &err);
        broken = got == DG_E_STORE || got == DG_E_NOMEM || (got == DG_E_IO && err.record);
        if (got != DG_OK)
            cli_say_error(broken ? path : of.file, &err);
        st = got == DG_OK ? st : EXIT_SOME_FAILED;
    }
    if (s && !broken && dg_store_sync(s, &err) != DG_OK) {
        cli_say_error(path, &err);
        broken = true;
    }
    if (s && !broken && !cli_given(c, "quiet"))
        fprintf(stderr, "%llu new, %llu corrected, %llu already there, %llu failed\n", (unsigned long long)n.n_new,
                (unsigned long long)n.n_corrected, (unsigned long long)n.n_same, (unsigned long long)n.n_refused);
    dg_store_close(s);
    dg_model_close(m);
    return !m ? EXIT_SOME_FAILED : !s || broken ? EXIT_USAGE : n.n_refused ? EXIT_SOME_FAILED : st;
}

static int run_ingest(struct cli *c)
{
    struct ingest g = {.path = cli_value(c, "db")};
    struct work w = {.c = c, .depth = DG_DEPTH_CODE, .each = keep, .user = &g};
    if (!cli_value(c, "db")) {
        cli_say("'ingest' needs --db FILE");
        return EXIT_USAGE;
    }
    if (!cli_day(c, "date", &w.day))
        return EXIT_USAGE;
    if (!c->n_files && isatty(0) == 1) {
        cli_say("no file given; 'dragoman ingest --db F -' reads standard input");
        return EXIT_USAGE;
    }
    if (cli_given(c, "coded"))
        return run_coded(c);
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    g.store = cli_store(c, DG_STORE_WRITE, m);
    if (g.store)
        dg_store_today(g.store, (int32_t)(time(NULL) / 86400));
    int st = g.store ? work_run(&w, m) : EXIT_USAGE;
    dg_error err = {0};
    if (g.store && !g.broken && dg_store_sync(g.store, &err) != DG_OK) {
        cli_say_error(g.path, &err);
        g.broken = true;
    }
    bool counted = g.store && !(g.broken && cli_is_server(g.path)); /* a server that failed took the last ones back */
    if (counted && !cli_given(c, "quiet"))
        fprintf(stderr, "%llu new, %llu corrected, %llu already there, %llu failed; %llu events\n",
                (unsigned long long)g.n[0], (unsigned long long)g.n[2], (unsigned long long)g.n[1],
                (unsigned long long)(w.failed + g.failed), (unsigned long long)w.events);
    if (g.store && w.copies && !cli_given(c, "quiet"))
        fprintf(stderr, "%llu copies of texts read before were left out\n", (unsigned long long)w.copies);
    dg_store_close(g.store);
    dg_model_close(m);
    return g.broken ? EXIT_USAGE : g.failed ? EXIT_SOME_FAILED : st;
}

static const struct cli_opt ingest_opts[] = {
    OPT_DB,
    OPT_DATE,
    OPTS_IN,
    OPTS_TEXTS,
    OPT_UNKNOWN,
    OPT_WAIT,
    {"quiet", 'q', NULL, "no summary at the end"},
    {"coded", 0, NULL, "the files hold what 'code --format coded' wrote, here or elsewhere: nothing is read again"},
    {"no-text", 0, NULL, "keep hashes, offsets, names and codes, and no running text (licensed material)"},
    OPT_DATA,
    OPT_KERNEL,
    OPT_END};
static const char *const ingest_examples[] = {"dragoman ingest --db crisis.db articles/*.txt",
                                              "dragoman ingest --db crisis.db --input jsonl --threads 2 news.jsonl",
                                              "dragoman ingest --db crisis.db --coded part-1.jsonl part-2.jsonl.gz",
                                              NULL};
const struct cli_cmd cmd_ingest = {
    "ingest",
    "[FILE|-]... --db FILE",
    "the same, into a store; safe to repeat, safe to interrupt",
    "Codes news items as 'code' does and keeps them, one transaction a document. A document that is there already changes\n"
    "nothing; one whose text was corrected changes what is known from then on.",
    ingest_opts,
    ingest_examples,
    run_ingest};

/* ---- queries ---- */
bool cli_query(const struct cli *c, dg_query *q)
{
    static char pair[256]; /* one command, one query */
    const char *v;
    long lapse = 0, limit = 0;
    if (!cli_day(c, "as-of", &q->as_of) || !cli_day(c, "known-on", &q->known_on) || !cli_day(c, "from", &q->from) ||
        !cli_day(c, "to", &q->to) || !cli_number(c, "lapse", 1, 100000, &lapse))
        return false;
    q->lapse_days = (uint32_t)lapse;
    if (c->cmd == &cmd_situation) { /* elsewhere --limit and --since are about what is read */
        if (!cli_day(c, "since", &q->from) || !cli_number(c, "limit", 1, 1000000000, &limit))
            return false;
        q->limit = (uint64_t)limit;
    }
    if ((v = cli_value(c, "actor")))
        q->actor = (dg_str){v, strlen(v)};
    if ((v = cli_value(c, "kind")))
        q->kind = (dg_str){v, strlen(v)};
    if ((v = cli_value(c, "code")))
        q->code = (dg_str){v, strlen(v)};
    if ((v = cli_value(c, "status")))
        q->status = (dg_str){v, strlen(v)};
    if ((v = cli_value(c, "place")))
        q->place = (dg_str){v, strlen(v)};
    q->open_only = cli_given(c, "open");
    q->fold = cli_given(c, "fold");
    q->acts = cli_given(c, "acts");
    if (!cli_share(c, "min-confidence", &q->min_confidence))
        return false;
    if ((v = cli_value(c, "between"))) {
        snprintf(pair, sizeof pair, "%s", v);
        char *comma = strchr(pair, ',');
        if (!comma || comma == pair || !comma[1]) {
            cli_say("option '--between': '%s' should be two actors with a comma between", v);
            return false;
        }
        *comma = 0;
        q->actor = (dg_str){pair, strlen(pair)};
        q->other = (dg_str){comma + 1, strlen(comma + 1)};
    }
    return true;
}

/* 0 text, 1 json, -1 unknown (told) */
static int want_json(const struct cli *c)
{
    const char *f = cli_value(c, "format");
    if (!f)
        return isatty(1) != 1;
    if (!strcmp(f, "json"))
        return 1;
    if (!strcmp(f, "text"))
        return 0;
    cli_say("option '--format': unknown format '%s' (json, text)", f);
    return -1;
}

static dg_status code_sentence(dg_doc **doc, dg_model *m, const char *sentence, dg_error *err)
{
    dg_coder *coder;
    *doc = NULL;
    dg_status st = dg_coder_new(&coder, m, NULL, err);
    if (st == DG_OK)
        st = dg_code(doc, coder, (dg_str){sentence, strlen(sentence)}, NULL, err);
    dg_coder_free(coder);
    return st;
}

int cli_open_both(const struct cli *c, dg_model **m, dg_store **s)
{
    *s = NULL;
    *m = cli_model(c);
    if (!*m)
        return EXIT_SOME_FAILED;
    if ((*s = cli_store(c, DG_STORE_READ, *m)))
        return EXIT_DONE;
    dg_model_close(*m);
    *m = NULL;
    return EXIT_USAGE;
}

int cli_close_both(dg_model *m, dg_store *s, dg_text *answer, dg_status got, const dg_error *err, int st)
{
    if (got != DG_OK)
        cli_say("%s", err->message);
    if (answer)
        dg_text_free(answer);
    dg_store_close(s);
    dg_model_close(m);
    return got == DG_OK ? st : got == DG_E_ARG || got == DG_E_LIMIT ? EXIT_USAGE : EXIT_SOME_FAILED;
}

int cli_rows_end(size_t n, const char *what, int st)
{
    if (st == EXIT_DONE && !n) {
        fflush(stdout);
        cli_say("nothing found: %s", what);
        st = EXIT_SOME_FAILED;
    }
    return ferror(stdout) ? EXIT_SOME_FAILED : st;
}

/* What a command asks the store, and how its answer is shown on a terminal (NULL: as it is). */
typedef dg_status ask_fn(const struct cli *c, dg_model *m, dg_store *store, const dg_query *q, dg_text *out,
                         dg_error *err);
typedef bool show_fn(const struct cli *c, struct term *t, dg_str json);

/* Is the list `key` of the library's answer empty? The name with its quotes stands in no string: those escape them. */
static bool none_of(const dg_text *text, const char *key)
{
    char empty[32];
    snprintf(empty, sizeof empty, "\"%s\":[]", key);
    return strstr(text->ptr, empty) != NULL;
}

/* list: the part of the answer that must not be empty for the exit status to be 0; NULL: none */
static int ask(struct cli *c, ask_fn *fn, show_fn *show, const char *list)
{
    dg_query q = DG_QUERY_INIT;
    dg_error err = {0};
    dg_text text = {0};
    struct term t;
    dg_model *m;
    dg_store *store;
    const char *to = cli_value(c, "output");
    bool ok = false, found = true;
    if (!cli_query(c, &q))
        return EXIT_USAGE;
    if (!cli_value(c, "db")) {
        cli_say("'%s' needs --db FILE", c->cmd->name);
        return EXIT_USAGE;
    }
    if (to && !cli_can_save(to))
        return EXIT_SOME_FAILED;
    int told = cli_open_both(c, &m, &store);
    if (told != EXIT_DONE)
        return told;
    term_init(&t, stdout, c);
    dg_status st = fn(c, m, store, &q, &text, &err);
    if (st != DG_OK)
        cli_say("%s", err.message);
    else if (to)
        ok = cli_save(to, &text);
    else
        ok = show ? show(c, &t, (dg_str){text.ptr, text.len}) : cli_print(&text);
    if (ok && list && none_of(&text, list)) {
        fflush(stdout);
        cli_say("nothing found: no %s of the store fit what was asked", list);
        found = false;
    }
    dg_text_free(&text);
    dg_store_close(store);
    dg_model_close(m);
    return ok && found ? EXIT_DONE : st == DG_E_ARG ? EXIT_USAGE : EXIT_SOME_FAILED;
}

static bool show_board(const struct cli *c, struct term *t, dg_str json)
{
    return report_board(t, json, cli_given(c, "evidence"));
}

static bool show_timeline(const struct cli *c, struct term *t, dg_str json)
{
    (void)c;
    return report_timeline(t, json);
}

static dg_status ask_situation(const struct cli *c, dg_model *m, dg_store *store, const dg_query *q, dg_text *out,
                               dg_error *err)
{
    const char *what_if = cli_value(c, "what-if");
    dg_doc *doc = NULL;
    if (!what_if)
        return dg_situation(out, store, q, err);
    dg_status st = code_sentence(&doc, m, what_if, err);
    if (st == DG_OK)
        st = dg_what_if(out, store, q, doc, err);
    dg_doc_free(doc);
    return st;
}

static int run_situation(struct cli *c)
{
    int as_json = want_json(c);
    return as_json < 0 ? EXIT_USAGE
                       : ask(c, ask_situation, as_json ? NULL : show_board, cli_given(c, "what-if") ? NULL : "items");
}

static const struct cli_opt situation_opts[] = {
    OPT_DB,
    OPT_AS_OF,
    OPT_KNOWN,
    OPT_ACTOR,
    OPT_BETWEEN,
    {"kind", 'k', "LIST", "kinds of items, comma between (demand,threat,...)"},
    {"status", 's', "LIST", "only what stands so, comma between: open, rejected, held, ..., due, stale"},
    {"since", 0, "DAY", "only what came to stand as it does on that day or later"},
    {"limit", 0, "N", "at most N matters, by kind, then in order of opening"},
    {"open", 'o', NULL, "leave out what is closed"},
    {"what-if", 'w', "SENTENCE", "what it would bring due or break; the store stays as it is"},
    {"lapse", 0, "DAYS", "silence after which a threat or demand lapses (default 90)"},
    {"evidence", 'e', NULL, "show the sentence behind each change, and the ids that explain and judge ask for"},
    {"format", 'f', "NAME", "text (default on a terminal) or json"},
    OPT_COLOR,
    OPT_DATA,
    OPT_TIER,
    OPT_END};
static const char *const situation_examples[] = {
    "dragoman situation --db crisis.db",
    "dragoman situation --db crisis.db --as-of 1995-11-21 --open --between SRB,HRV",
    "dragoman situation --db crisis.db --kind threat,demand --format json",
    "dragoman situation --db crisis.db --status rejected,due --since 1995-10-01 --limit 5",
    "dragoman situation --db crisis.db --what-if \"Serbia attacks Croatia\"",
    NULL};
const struct cli_cmd cmd_situation = {
    "situation",
    "--db FILE",
    "the board: items by kind and dyad, as of a day; --what-if",
    "Shows where every demand, offer, threat, commitment, meeting, deployment, sanction, agreement, relation, control,\n"
    "hostility, membership and toll stands on a day, and how it came there.",
    situation_opts,
    situation_examples,
    run_situation};

static dg_status ask_timeline(const struct cli *c, dg_model *m, dg_store *store, const dg_query *q, dg_text *out,
                              dg_error *err)
{
    (void)c;
    (void)m;
    return dg_timeline(out, store, q, err);
}

static int run_timeline(struct cli *c)
{
    int as_json = want_json(c);
    return as_json < 0 ? EXIT_USAGE : ask(c, ask_timeline, as_json ? NULL : show_timeline, "events");
}

static const struct cli_opt timeline_opts[] = {
    OPT_DB,      OPT_FROM, OPT_TO,     OPT_ACTOR,
    OPT_BETWEEN, OPT_CODE, OPT_STATUS, OPT_PLACE,
    OPT_KNOWN,   OPT_FOLD, OPT_ACTS,   {"format", 'f', "NAME", "text (default on a terminal) or json"},
    OPT_COLOR,   OPT_END};
static const char *const timeline_examples[] = {"dragoman timeline --db crisis.db --from 1995-08-01 --actor HRV",
                                                "dragoman timeline --db crisis.db --code ASSAULT --format json", NULL};
const struct cli_cmd cmd_timeline = {"timeline",
                                     "--db FILE",
                                     "events in order, filtered by actor, dyad, place, code, status",
                                     "Lists the coded events of the store in order of their dates.",
                                     timeline_opts,
                                     timeline_examples,
                                     run_timeline};

/* By --format, else by the ending of the file that it goes to. -1: neither is known, told. */
static int brief_format(const struct cli *c)
{
    static const struct {
        const char *ending;
        int format;
    } known[] = {{".html", DG_BRIEF_HTML},
                 {".htm", DG_BRIEF_HTML},
                 {".md", DG_BRIEF_MARKDOWN},
                 {".markdown", DG_BRIEF_MARKDOWN},
                 {".txt", DG_BRIEF_MARKDOWN}};
    const char *f = cli_value(c, "format"), *to = cli_value(c, "output"), *slash = to ? strrchr(to, '/') : NULL;
    const char *dot = to ? strrchr(slash ? slash : to, '.') : NULL;
    if (f && !strcmp(f, "html"))
        return DG_BRIEF_HTML;
    if (f && (!strcmp(f, "markdown") || !strcmp(f, "md")))
        return DG_BRIEF_MARKDOWN;
    if (f) {
        cli_say("option '--format': unknown format '%s' (markdown, html)", f);
        return -1;
    }
    for (size_t i = 0; dot && i < sizeof known / sizeof *known; i++)
        if (!strcasecmp(dot, known[i].ending))
            return known[i].format;
    if (!dot)
        return DG_BRIEF_MARKDOWN;
    cli_say("option '--output': '%s' is neither .html nor .md; say which with --format", to);
    return -1;
}

static dg_status ask_brief(const struct cli *c, dg_model *m, dg_store *store, const dg_query *q, dg_text *out,
                           dg_error *err)
{
    (void)m;
    return dg_brief(out, store, q, brief_format(c) == DG_BRIEF_HTML ? DG_BRIEF_HTML : DG_BRIEF_MARKDOWN, err);
}

static int run_brief(struct cli *c)
{
    return brief_format(c) < 0 ? EXIT_USAGE : ask(c, ask_brief, NULL, NULL);
}

static const struct cli_opt brief_opts[] = {
    OPT_DB,
    OPT_AS_OF,
    OPT_KNOWN,
    OPT_FROM,
    OPT_TO,
    OPT_ACTOR,
    OPT_BETWEEN,
    {"format", 'f', "NAME", "markdown (default) or html"},
    {"output", 'o', "FILE", "write there (.html or .md) instead of standard output; whole or not at all"},
    OPT_END};
static const char *const brief_examples[] = {"dragoman brief --db crisis.db --from 1995-11-01 --to 1995-11-21",
                                             "dragoman brief --db crisis.db --output crisis.html", NULL};
const struct cli_cmd cmd_brief = {
    "brief",
    "--db FILE",
    "a readable report (Markdown, HTML): what changed, what stands",
    "Writes what stands, what changed, who said what and a timeline, each line with its evidence. The HTML page\n"
    "is one file that needs nothing else.",
    brief_opts,
    brief_examples,
    run_brief};
