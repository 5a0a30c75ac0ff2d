/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_stream.c: dragoman stream: from a message log to a message log, a file or a store. */
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"
#include "streams.h"

enum { MOST_PROPERTIES = 100 };

static volatile sig_atomic_t told_to_end;

static void on_signal(int sig)
{
    told_to_end = sig;
}

static bool stopped(void *user)
{
    (void)user;
    return told_to_end != 0;
}

/* The first signal ends the reading, a second one the program. */
static void catch_signals(void)
{
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND}, now;
    static const int which[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++)
        if (sigaction(which[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaction(which[i], &sa, NULL);
    signal(SIGPIPE, SIG_IGN); /* a broker that goes away in the middle of a line */
}

static void say(void *user, const char *line)
{
    (void)user;
    cli_say("%s", line);
}

struct progress {
    bool tty;
    uint64_t before;
};

static void tick(void *user, const struct dgl_counts *n)
{
    struct progress *p = user;
    if (p->tty)
        fprintf(stderr, "\r\033[K%llu messages, %llu documents, %llu events, %llu a second",
                (unsigned long long)n->messages, (unsigned long long)n->documents, (unsigned long long)n->events,
                (unsigned long long)(n->messages - p->before));
    p->before = n->messages;
}

static void summary(const struct cli *c, const struct dgl_counts *n)
{
    if (cli_given(c, "quiet"))
        return;
    fprintf(stderr, "%llu messages: %llu documents, ", (unsigned long long)n->messages,
            (unsigned long long)n->documents);
    if (!cli_given(c, "coded")) /* their events were counted where they were coded */
        fprintf(stderr, "%llu events; ", (unsigned long long)n->events);
    fprintf(stderr, "%llu dead\n", (unsigned long long)n->dead);
    if (cli_given(c, "db"))
        fprintf(stderr, "%llu new, %llu corrected, %llu already there\n", (unsigned long long)n->kept[0],
                (unsigned long long)n->kept[2], (unsigned long long)n->kept[1]);
}

/* What --coded and --format go with. False: told. */
static bool coded_makes_sense(const struct cli *c, const char *in, const char *db)
{
    static const char *const of_texts[] = {"date", "input", "map", "since", "plain", "max-bytes"};
    const char *format = cli_value(c, "format");
    if (format && strcmp(format, "jsonl") && strcmp(format, "coded")) {
        cli_say("unknown format '%s' (jsonl, coded)", format);
        return false;
    }
    if (format && db) {
        cli_say("'--format' is for --out");
        return false;
    }
    if (format && !strcmp(format, "coded") && (cli_given(c, "only") || cli_given(c, "with-text"))) {
        cli_say("'--only' and '--with-text' are for --format jsonl: a coded document is whole");
        return false;
    }
    if (!cli_given(c, "coded"))
        return true;
    if (!db || !dgl_is_log(in)) {
        cli_say("'--coded' needs --in kafka://... and --db; files are for 'ingest --coded'");
        return false;
    }
    for (size_t i = 0; i < sizeof of_texts / sizeof *of_texts; i++)
        if (cli_given(c, of_texts[i])) {
            cli_say("'--%s' is for news, and what comes with --coded was read before", of_texts[i]);
            return false;
        }
    return true;
}

/* What belongs together. False: told. */
static bool makes_sense(const struct cli *c)
{
    const char *in = cli_value(c, "in"), *out = cli_value(c, "out"), *db = cli_value(c, "db");
    if (c->n_files || !in || (!out && !db) || (out && db)) {
        cli_say("'stream' needs --in and one of --out and --db, and no operands");
        return false;
    }
    if (!dgl_is_log(in) && (cli_given(c, "to-end") || cli_given(c, "group") || cli_given(c, "instance"))) {
        cli_say("'--to-end', '--group' and '--instance' are for --in kafka://...");
        return false;
    }
    if (db && (cli_given(c, "only") || cli_given(c, "with-text"))) {
        cli_say("'--only' and '--with-text' are for --out");
        return false;
    }
    return coded_makes_sense(c, in, db);
}

/* Options into o and what it points to. */
static bool options(struct cli *c, struct dgl_options *o, dg_coder_options *co, dg_reader_options *ro)
{
    static const char *property[MOST_PROPERTIES];
    long threads = 1, most = 0, ahead = 0, limit = 0, drain = 30;
    if (!cli_number(c, "threads", 1, 64, &threads) || !cli_number(c, "max-bytes", 1, 1L << 30, &most) ||
        !cli_number(c, "ahead", 1, 1L << 40, &ahead) || !cli_number(c, "limit", 1, 1L << 60, &limit) ||
        !cli_number(c, "drain", 1, 86400, &drain) || !cli_day(c, "since", &co->since) ||
        !cli_day(c, "date", &co->published) || !cli_input(c, &ro->input) || !cli_lists(c, &o->lists))
        return false;
    co->max_bytes = (uint32_t)most;
    co->plain = cli_given(c, "plain");
    ro->max_bytes = (uint64_t)most;
    ro->map = cli_value(c, "map");
    o->in = cli_value(c, "in");
    o->out = cli_value(c, "out");
    o->dead = cli_value(c, "dead");
    o->group = cli_value(c, "group");
    o->instance = cli_value(c, "instance");
    o->property = property;
    o->n_properties = (uint32_t)cli_values(c, "kafka", property, MOST_PROPERTIES);
    o->property_file = cli_value(c, "kafka-file");
    o->metrics = cli_value(c, "metrics");
    o->coder = co;
    o->write_coded = cli_value(c, "format") && !strcmp(cli_value(c, "format"), "coded");
    o->read_coded = cli_given(c, "coded");
    o->reader = ro;
    o->threads = (uint32_t)threads;
    o->ahead = (uint64_t)ahead;
    o->limit = (uint64_t)limit;
    o->to_end = cli_given(c, "to-end");
    o->drain_s = (uint32_t)drain;
    return true;
}

static int stream(struct cli *c, struct dgl_options *o)
{
    struct dgl_counts n = {0};
    struct progress p = {.tty = isatty(2) == 1 && !cli_given(c, "quiet")};
    dg_error err = {0};
    o->stopped = stopped;
    o->say = say;
    o->tick = tick;
    o->user = &p;
    catch_signals();
    dg_status st = dgl_stream(o, &n, &err);
    if (p.tty)
        fputs("\r\033[K", stderr);
    if (st != DG_OK)
        cli_say("%s", err.message);
    if (st != DG_E_ARG)
        summary(c, &n);
    if (st != DG_OK)
        return st == DG_E_ARG || st == DG_E_STORE ? EXIT_USAGE : EXIT_SOME_FAILED;
    return n.dead && !o->dead ? EXIT_SOME_FAILED : EXIT_DONE;
}

static int run_stream(struct cli *c)
{
    struct dgl_options o = {0};
    dg_coder_options co = DG_CODER_OPTIONS_INIT;
    dg_reader_options ro = DG_READER_OPTIONS_INIT;
    dg_store *store = NULL;
    if (!makes_sense(c) || !options(c, &o, &co, &ro))
        return EXIT_USAGE;
    dg_model *m = cli_model(c);
    if (!m)
        return EXIT_SOME_FAILED;
    if (cli_given(c, "db") && !(store = cli_store(c, DG_STORE_WRITE, m))) {
        dg_model_close(m);
        return EXIT_USAGE;
    }
    if (store)
        dg_store_today(store, (int32_t)(time(NULL) / 86400));
    o.model = m;
    o.store = store;
    int st = stream(c, &o);
    dg_store_close(store);
    dg_model_close(m);
    return st;
}

static const struct cli_opt stream_opts[] = {
    {"in", 0, "URI", "kafka://HOST:PORT[,HOST:PORT]/TOPIC[,TOPIC], a file, or - for standard input"},
    {"out", 0, "URI", "where records go: kafka://HOST:PORT/TOPIC, a file (appended to where --in is a log), or -"},
    {"db", 0, "FILE", "instead of --out: into this store, with the positions of the log in the same transactions"},
    {"dead", 0, "URI",
     "where messages go that cannot be read, with the reason: a topic or a file; else they are told on stderr"},
    {"group", 'g', "NAME", "consumer group (default dragoman); workers of one group share the partitions"},
    {"instance", 0, "NAME",
     "static member of the group (group.instance.id): a worker that comes back in time keeps its partitions"},
    {"kafka", 0, "KEY=VALUE",
     "a property of librdkafka, of --in or --out alone with in.KEY, out.KEY; any number of times; no secrets"},
    {"kafka-file", 0, "FILE",
     "such properties a line each, secrets too (or set DRAGOMAN_KAFKA_SASL_PASSWORD and the like, which 'ps' does not show)"},
    {"to-end", 0, NULL, "end when all that is in the log has been read, instead of waiting for more"},
    {"limit", 0, "N", "end after N messages"},
    {"drain", 0, "SECONDS", "at the end wait so long for what is not yet acknowledged (default 30)"},
    {"metrics", 0, "WHERE",
     "PORT or ADDRESS:PORT to answer at /metrics, or a file to write, in the text form of Prometheus"},
    {"format", 'f', "FORMAT",
     "of --out: jsonl (default) or coded, all that a store keeps, for another worker's --coded"},
    {"coded", 0, NULL,
     "the messages are what --format coded wrote, here or elsewhere: one document each, into --db; nothing is coded again"},
    {"only", 0, "LISTS",
     "of the record only these, joined by commas: text, sentences, entities, statements, times, places, quantities, names, events, items"},
    {"with-text", 't', NULL, "put the article's text into the record"},
    {"quiet", 'q', NULL, "no summary at the end"},
    OPT_DATE,
    OPT_INPUT,
    OPT_MAP,
    OPT_SINCE,
    OPT_PLAIN,
    OPT_THREADS,
    OPT_AHEAD,
    OPT_MAX,
    OPT_WAIT,
    {"no-text", 0, NULL, "with --db: keep hashes, offsets, names and codes, and no running text (licensed material)"},
    OPT_DATA,
    OPT_KERNEL,
    OPT_END};
static const char *const stream_examples[] = {
    "dragoman stream --in kafka://broker:9092/news --out kafka://broker:9092/events --dead kafka://broker:9092/news.dead --threads 2",
    "dragoman stream --in kafka://broker:9092/news --db crisis.db --group ledger --instance ledger-1 --metrics 9101",
    "dragoman stream --in kafka://broker:9092/news --out kafka://broker:9092/coded --format coded --group coders",
    "dragoman stream --in kafka://broker:9092/coded --coded --db crisis.db --group board",
    "dragoman stream --in kafka://broker:9092/news --out events.jsonl --to-end --kafka client.id=night --kafka-file secrets.properties",
    "dragoman stream --in news.jsonl --out - --dead dead.jsonl > events.jsonl",
    NULL};
const struct cli_cmd cmd_stream = {
    "stream",
    "--in URI --out URI|--db FILE",
    "from a message log to a message log, a file or a store",
    "Codes each message of a log as 'code' codes a file and writes one record a document, keyed by its address or else its id. At least\n"
    "once: a position is committed when all that was made of the messages before it is acknowledged, and a message that is read again gives\n"
    "the same record under the same key, so that a replay changes nothing. With --db one worker keeps the ledger: of the news, or with\n"
    "--coded of what other workers coded.\n"
    "SIGTERM and ^C read no more, write what was read, commit, and end with status 0. docs/integrations.md has guarantees and limits.",
    stream_opts,
    stream_examples,
    run_stream};
