/* SPDX-License-Identifier: Apache-2.0 */
/* bench/growth_store.c: what a store costs as it grows.
 *
 *   growth_store FOLDER DOCUMENTS [--shuffled] [--batch B] [--seconds S] [--megabytes M] [--data DIR] [--db-only]
 *
 * Makes a store in FOLDER from a synthetic stream of coded events without text (some five events a document, some hundred
 * pairs of states with Zipf weights, every kind of matter with its answers and outcomes, twenty years) and asks it. The same
 * DOCUMENTS give the same stream on any machine. Stops, and says so, after S seconds (default 1800) or M megabytes (default
 * 20000) of file. Prints lines of CSV: what,size,figure,value; seconds and documents a second are of processor time (user and system), what ends in
 * _wall is by the clock on the wall.
 * The board follows after every B documents: 1,000, and with --shuffled once at the end, as one 'dragoman ingest' of them all
 * does (shuffled and in small batches, every late document lets later ones be read again: --batch 1000 measures that).
 * --db-only leaves the store and asks nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/json.h"
#include "base/table.h"
#include "export/board_json.h"
#include "store/store.h"

enum { N_STATES = 60, N_PAIRS = 400, N_TOPICS = 40, THOUSAND = 1000, YEARS = 20 };

static const char states[N_STATES][4] = {
    "USA", "RUS", "CHN", "IRN", "ISR", "UKR", "GBR", "FRA", "DEU", "IND", "PAK", "TUR", "SYR", "IRQ", "SAU", "EGY", "ETH", "SDN", "KOR", "PRK",
    "JPN", "TWN", "VNM", "PHL", "IDN", "AUS", "CAN", "MEX", "BRA", "ARG", "CHL", "PER", "ECU", "COL", "VEN", "CUB", "POL", "HUN", "SRB", "HRV",
    "BIH", "ALB", "GRC", "CYP", "ARM", "AZE", "GEO", "KAZ", "UZB", "AFG", "YEM", "OMN", "ARE", "QAT", "LBY", "TUN", "DZA", "MAR", "NGA", "COD"};
static const char *const words[] = {"border", "dam",   "river",  "sanction", "fleet", "island", "reactor", "missile", "prisoner", "debt",
                                    "gas",    "wheat", "fishery", "embassy", "visa",  "tariff", "treaty",  "base",    "airspace", "strait"};

/* ---- chance, the same everywhere ---- */
struct chance {
    uint64_t s;
};
static uint64_t next(struct chance *c)
{
    uint64_t z = c->s += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
static uint32_t below(struct chance *c, uint32_t n) { return (uint32_t)((next(c) >> 32) * n >> 32); }

static double zipf[N_PAIRS];
static void make_zipf(void)
{
    double sum = 0;
    for (int i = 0; i < N_PAIRS; i++)
        zipf[i] = sum += 1.0 / (i + 1);
    for (int i = 0; i < N_PAIRS; i++)
        zipf[i] /= sum;
}
static uint32_t some_pair(struct chance *c)
{
    double x = (double)(next(c) >> 11) / 9007199254740992.0;
    uint32_t lo = 0, hi = N_PAIRS - 1;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (zipf[mid] < x)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
/* The two states of a pair: any two, but the same for the same number. */
static void pair_of(uint32_t pair, uint32_t *x, uint32_t *y)
{
    struct chance c = {pair * 77 + 5};
    *x = below(&c, N_STATES);
    do
        *y = below(&c, N_STATES);
    while (*y == *x);
}

/* ---- the stream ---- */
static const struct sort { /* of events */
    const char *cameo, *lemma, *mode;
    uint8_t plover, status;
    bool content, toll, deadline;
} sorts[] = {
    {"1042", "demand", "", DGI_REQUEST, DGI_ST_ACTUAL, true, false, true},
    {"104", "demand", "", DGI_REQUEST, DGI_ST_ACTUAL, true, false, false},
    {"120", "reject", "", DGI_REJECT, DGI_ST_ACTUAL, false, false, false},
    {"057", "sign", "", DGI_SUPPORT, DGI_ST_ACTUAL, true, false, false},
    {"138", "threaten", "force", DGI_THREATEN, DGI_ST_ACTUAL, true, false, false},
    {"1312", "threaten", "", DGI_THREATEN, DGI_ST_ACTUAL, true, false, true},
    {"030", "promise", "", DGI_AGREE, DGI_ST_ACTUAL, true, false, false},
    {"036", "offer", "", DGI_AGREE, DGI_ST_ACTUAL, true, false, false},
    {"040", "meet", "meet", DGI_CONSULT, DGI_ST_FUTURE, false, false, false},
    {"040", "meet", "meet", DGI_CONSULT, DGI_ST_ACTUAL, false, false, false},
    {"152", "deploy", "troops", DGI_MOBILIZE, DGI_ST_ACTUAL, false, false, false},
    {"163", "sanction", "", DGI_SANCTION, DGI_ST_ACTUAL, false, false, false},
    {"085", "lift", "", DGI_CONCEDE, DGI_ST_ACTUAL, false, false, false},
    {"161", "sever", "", DGI_SANCTION, DGI_ST_ACTUAL, false, false, false},
    {"050", "restore", "", DGI_SUPPORT, DGI_ST_ACTUAL, false, false, false},
    {"190", "attack", "", DGI_ASSAULT, DGI_ST_ACTUAL, false, true, false},
    {"190", "clash", "", DGI_ASSAULT, DGI_ST_ACTUAL, false, false, false},
    {"0871", "cease", "ceasefire", DGI_CONCEDE, DGI_ST_ACTUAL, false, false, false},
    {"192", "occupy", "", DGI_ASSAULT, DGI_ST_ACTUAL, false, false, false},
    {"112", "accuse", "", DGI_ACCUSE, DGI_ST_ACTUAL, false, false, false},
    {"042", "visit", "visit", DGI_CONSULT, DGI_ST_ACTUAL, false, false, false},
    {"070", "aid", "", DGI_AID, DGI_ST_ACTUAL, false, false, false},
};
enum { N_SORTS = sizeof sorts / sizeof *sorts };

static struct dgi_ev_actor state_actor(dgi_arena *a, uint32_t s)
{
    struct dgi_ev_actor x = {.id = dgi_arena_printf(a, "country:%s", states[s]), .name = dgi_str(states[s]), .cameo = dgi_str(states[s]), .sectors = {"", 0}};
    memcpy(x.country, states[s], 4);
    return x;
}

static void make_event(dgi_arena *a, struct chance *c, struct dgi_event *e, uint32_t doc, uint32_t n, uint32_t pair, int32_t day)
{
    const struct sort *k = &sorts[below(c, N_SORTS)];
    uint32_t x, y, topic = (pair * 7 + below(c, 3) + (uint32_t)(day / 200)) % N_TOPICS;
    struct dgi_ev_actor *who = dgi_arena_array(a, 2, sizeof *who);
    pair_of(pair, &x, &y);
    if (below(c, 2)) {
        uint32_t t = x;
        x = y;
        y = t;
    }
    who[0] = state_actor(a, x);
    who[1] = state_actor(a, y);
    const char *w1 = words[topic % 20], *w2 = words[(topic * 3 + 1) % 20], *w3 = words[(topic / 2 + 7) % 20];
    memcpy(e->cameo, k->cameo, strlen(k->cameo));
    e->id = dgi_arena_printf(a, "e%07u.%u", doc, n);
    e->plover = k->plover;
    e->status = k->status;
    e->mode = dgi_str(k->mode);
    e->contexts = e->frame = e->condition_text = e->statement = e->ev_text = (dg_str){"", 0};
    e->lemma = e->trigger = dgi_str(k->lemma);
    e->keys = dgi_arena_printf(a, "%s %s %s", w1, w2, w3);
    e->content_text = k->content ? dgi_arena_printf(a, "the %s of the %s and the %s", w1, w2, w3) : (dg_str){"", 0};
    e->about = dgi_arena_printf(a, "%s %s %s", k->lemma, w1, w2);
    e->source = &who[0];
    e->target = &who[1];
    e->n_source = e->n_target = 1;
    e->content_of = e->condition_of = e->same_as = DGI_NONE;
    e->confidence = 0.9f;
    e->trig_start = n * 10;
    e->trig_end = n * 10 + 6;
    e->deadline.start = e->deadline.end = DGI_NO_DAY;
    e->date = (struct dgi_day_range){day, day, DGI_P_DAY};
    if (k->status == DGI_ST_FUTURE || !below(c, 4)) {
        e->date_from_text = true;
        e->date.start = e->date.end = k->status == DGI_ST_FUTURE ? day + 1 + (int32_t)below(c, 20) : day - (int32_t)below(c, 10);
    }
    if (k->deadline)
        e->deadline = (struct dgi_day_range){day + 10, day + 10, DGI_P_DAY};
    if (k->toll || below(c, 3) == 0) {
        struct dgi_ev_place *p = dgi_arena_alloc(a, sizeof *p);
        *p = (struct dgi_ev_place){.name = dgi_arena_printf(a, "Town %u", y * 3 + below(c, 3)), .admin1 = {"", 0}, .lat = 10, .lon = 20};
        memcpy(p->country, states[y], 4);
        e->place = p;
    }
    if (k->toll) {
        struct dgi_ev_quantity *q = dgi_arena_alloc(a, sizeof *q);
        *q = (struct dgi_ev_quantity){.kind = DGI_Q_DEATHS, .value = 1 + below(c, 80), .unit = {"", 0}, .noun = DGI_S("soldier")};
        q->low = q->high = q->value;
        e->quantities = q;
        e->n_quantities = 1;
    }
}

static int32_t first_day(void) { return dgi_day_make(2002, 1, 1); }

static struct dgi_ev_doc make_document(dgi_arena *a, uint32_t i, uint32_t of)
{
    struct chance c = {(uint64_t)i * 1000003 + 17};
    uint32_t n = 3 + below(&c, 5), pair = some_pair(&c);
    struct dgi_event *ev = dgi_arena_array(a, n, sizeof *ev);
    int32_t day = first_day() + (int32_t)((uint64_t)i * YEARS * 365 / of);
    dg_str id = dgi_arena_printf(a, "n%07u", i);
    for (uint32_t k = 0; k < n; k++)
        make_event(a, &c, &ev[k], i, k, below(&c, 5) ? pair : some_pair(&c), day);
    return (struct dgi_ev_doc){.id = id, .reported = day, .meta = {.id = id, .url = {"", 0}, .title = {"", 0}, .author = {"", 0}, .publisher = {"", 0},
                               .lang = DGI_S("en"), .published = day, .published_from = DGI_S("meta")}, .text = {"", 0}, .events = ev, .n_events = n, .n_coded = n};
}

/* ---- measuring ---- */
static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Processor time of this process; of finished children. */
static double spent(int who)
{
    struct rusage u;
    getrusage(who, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}
static double now(void) { return spent(RUSAGE_SELF); }

static void die(const dg_error *err)
{
    fprintf(stderr, "growth_store: %s\n", err->message);
    exit(1);
}

struct run {
    const char *what;
    char path[4096];
    uint32_t n, batch;
    bool shuffled;
    double seconds, megabytes, began;
    dgi_sit_rules *rules;
};

static void say(const struct run *r, uint32_t size, const char *figure, double value)
{
    printf("%s,%u,%s,%.4f\n", r->what, size, figure, value);
    fflush(stdout);
}

static double megabytes(const struct run *r)
{
    static const char *const parts[] = {"", "-wal"};
    double sum = 0;
    for (int i = 0; i < 2; i++) {
        char name[4200];
        struct stat sb;
        snprintf(name, sizeof name, "%s%s", r->path, parts[i]);
        sum += stat(name, &sb) ? 0 : (double)sb.st_size / 1e6;
    }
    return sum;
}

static void put(dgi_store *s, dgi_arena *a, uint32_t i, uint32_t of)
{
    enum dgi_ingest_result result;
    dg_error err;
    dgi_arena_reset(a);
    struct dgi_ev_doc doc = make_document(a, i, of);
    if (dgi_store_put(s, &doc, DGI_NO_DAY, &result, &err) != DG_OK)
        die(&err);
}

static dgi_store *opened(const struct run *r, bool write)
{
    dgi_store *s;
    dg_error err;
    if (dgi_store_open(&s, r->path, write, r->rules, &err) != DG_OK)
        die(&err);
    return s;
}

static uint32_t *order_of(const struct run *r)
{
    uint32_t *order = malloc(r->n * sizeof *order);
    struct chance c = {99};
    for (uint32_t i = 0; i < r->n; i++)
        order[i] = i;
    for (uint32_t i = r->n; r->shuffled && i > 1; i--) {
        uint32_t k = below(&c, i), t = order[i - 1];
        order[i - 1] = order[k];
        order[k] = t;
    }
    return order;
}

/* Everything in; returns how many went in. */
static uint32_t fill(const struct run *r)
{
    uint32_t *order = order_of(r), done = 0, step = r->n / 20 / r->batch * r->batch;
    dgi_store *s = opened(r, true);
    dgi_arena *a = dgi_arena_new(0);
    double first = 0, last = 0, began = now(), began_wall = wall();
    dg_error err;
    while (done < r->n && wall() - began_wall < r->seconds && megabytes(r) < r->megabytes) {
        double t = now();
        uint32_t from = done, end = r->n - done > r->batch ? done + r->batch : r->n;
        for (; done < end; done++)
            put(s, a, order[done], r->n);
        double kept = now();
        if (dgi_store_sync(s, &err) != DG_OK)
            die(&err);
        last = (done - from) / (now() - t);
        first = first > 0 ? first : last;
        if (!step || done % step == 0) {
            say(r, done, "ingest_rate", last);
            say(r, done, "keep_rate", (done - from) / (kept - t));
            say(r, done, "board_rate", (done - from) / (now() - kept));
        }
    }
    if (done < r->n)
        fprintf(stderr, "growth_store: stopped at %u of %u documents (%.0f s, %.0f MB)\n", done, r->n, wall() - began_wall, megabytes(r));
    say(r, done, "ingest_seconds", now() - began);
    say(r, done, "ingest_seconds_wall", wall() - began_wall);
    say(r, done, "ingest_rate_all", done / (now() - began));
    if (r->batch == THOUSAND) {
        say(r, done, "ingest_rate_first_thousand", first);
        say(r, done, "ingest_rate_last_thousand", last);
    }
    double t = now();
    dgi_store_close(s);
    say(r, done, "close_seconds", now() - t);
    say(r, done, "megabytes", megabytes(r));
    dgi_arena_free(a);
    free(order);
    return done;
}

static void ask_board(const struct run *r, const char *figure, struct dgi_sit_filter f)
{
    dg_error err;
    struct dgi_buf out = {0};
    double t = now(), tw = wall();
    dgi_store *s = opened(r, false);
    if (dgi_situation_json(&out, s, &f, &err) != DG_OK)
        die(&err);
    dgi_store_close(s);
    t = now() - t;
    tw = wall() - tw;
    char name[80];
    say(r, r->n, figure, t);
    snprintf(name, sizeof name, "%s_wall", figure);
    say(r, r->n, name, tw);
    snprintf(name, sizeof name, "%s_bytes", figure);
    say(r, r->n, name, (double)out.len);
    if (!strcmp(figure, "board"))
        printf("%s,%u,board_hash,%016llx\n", r->what, r->n, (unsigned long long)dgi_str_hash(dgi_buf_str(&out)));
    dgi_buf_free(&out);
}

static void ask_what_if(const struct run *r, const char *x, const char *y)
{
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_ev_doc doc = make_document(a, 0, r->n);
    struct dgi_event *e = (struct dgi_event *)doc.events;
    struct dgi_ev_actor *who = dgi_arena_array(a, 2, sizeof *who);
    struct dgi_sit_when w = {DGI_NO_DAY, DGI_NO_DAY, 0};
    struct dgi_buf out = {0};
    dg_error err;
    for (int i = 0; i < 2; i++) {
        who[i] = (struct dgi_ev_actor){.id = dgi_arena_printf(a, "country:%s", i ? y : x), .name = dgi_str(i ? y : x), .cameo = {"", 0}, .sectors = {"", 0}};
        memcpy(who[i].country, i ? y : x, 4);
    }
    memcpy(e->cameo, "190", 4);
    e->plover = DGI_ASSAULT;
    e->status = DGI_ST_ACTUAL;
    e->source = &who[0];
    e->target = &who[1];
    doc.n_events = doc.n_coded = 1;
    double t = now();
    dgi_store *s = opened(r, false);
    struct dgi_sit_effects effects;
    if (dgi_store_day(s, &w, &err) != DG_OK || dgi_store_what_if(s, &doc, &w, &effects, a, &err) != DG_OK)
        die(&err);
    dgi_what_if_json(&out, &doc, &effects, &w);
    dgi_store_close(s);
    say(r, r->n, "what_if", now() - t);
    dgi_buf_free(&out);
    dgi_arena_free(a);
}

/* One more document, the latest, by a process of its own that opens, keeps, syncs and closes. */
static void one_more(const struct run *r, const char *data, const char *self)
{
    char n[16];
    double t = spent(RUSAGE_CHILDREN), tw = wall();
    snprintf(n, sizeof n, "%u", r->n);
    pid_t pid = fork();
    if (!pid) {
        execl(self, self, "--one", r->path, n, data, (char *)NULL);
        _exit(127);
    }
    int st = 0;
    waitpid(pid, &st, 0);
    if (st)
        fprintf(stderr, "growth_store: the process with one document failed\n");
    say(r, r->n, "one_new_document", spent(RUSAGE_CHILDREN) - t);
    say(r, r->n, "one_new_document_wall", wall() - tw);
}

static void ask(const struct run *r, const char *data, const char *self)
{
    uint32_t x, y;
    struct dgi_sit_filter all = {.when = {DGI_NO_DAY, DGI_NO_DAY, 0}}, f;
    char a[4], b[4], c[4], d[4];
    pair_of(0, &x, &y); /* the busiest */
    memcpy(a, states[x], 4);
    memcpy(b, states[y], 4);
    pair_of(100, &x, &y);
    memcpy(c, states[x], 4);
    memcpy(d, states[y], 4);
    ask_board(r, "board", all);
    f = all;
    f.open_only = true;
    ask_board(r, "board_open", f);
    f.between_a = a;
    f.between_b = b;
    ask_board(r, "dyad_open", f);
    f.open_only = false;
    f.when.as_of = first_day() + YEARS * 365 / 2;
    ask_board(r, "dyad_as_of", f);
    f.when.as_of = DGI_NO_DAY;
    f.when.known_on = first_day() + YEARS * 365 / 2;
    ask_board(r, "dyad_known_on", f);
    f = all;
    f.between_a = c;
    f.between_b = d;
    f.open_only = true;
    ask_board(r, "dyad_quiet_open", f);
    ask_what_if(r, a, b);
    one_more(r, data, self);
}

static dgi_sit_rules *rules_of(const char *data, dgi_lexicon **lex)
{
    dgi_sit_rules *rules;
    dg_error err;
    if (dgi_lexicon_open(lex, data, "en", &err) != DG_OK || dgi_sit_rules_new(&rules, *lex, &err) != DG_OK)
        die(&err);
    return rules;
}

int main(int argc, char **argv)
{
    dgi_lexicon *lex;
    const char *data = getenv("DRAGOMAN_DATA");
    struct run r = {.what = "store", .seconds = 1800, .megabytes = 20000, .began = wall()};
    bool db_only = false;
    data = data ? data : "build";
    make_zipf();
    if (argc == 5 && !strcmp(argv[1], "--one")) {
        dgi_arena *a = dgi_arena_new(0);
        dg_error err;
        r.n = (uint32_t)atol(argv[3]);
        snprintf(r.path, sizeof r.path, "%s", argv[2]);
        r.rules = rules_of(argv[4], &lex);
        dgi_store *s = opened(&r, true);
        put(s, a, r.n, r.n);
        if (dgi_store_sync(s, &err) != DG_OK)
            die(&err);
        dgi_store_close(s);
        return 0;
    }
    if (argc < 3) {
        fprintf(stderr, "usage: growth_store FOLDER DOCUMENTS [--shuffled] [--batch B] [--seconds S] [--megabytes M] [--data DIR] [--db-only]\n");
        return 2;
    }
    r.n = (uint32_t)atol(argv[2]);
    for (int i = 3; i < argc; i++) {
        if (!strcmp(argv[i], "--shuffled"))
            r.shuffled = true, r.what = "store_shuffled";
        else if (!strcmp(argv[i], "--db-only"))
            db_only = true;
        else if (!strcmp(argv[i], "--batch") && i + 1 < argc)
            r.batch = (uint32_t)atol(argv[++i]);
        else if (!strcmp(argv[i], "--seconds") && i + 1 < argc)
            r.seconds = atof(argv[++i]);
        else if (!strcmp(argv[i], "--megabytes") && i + 1 < argc)
            r.megabytes = atof(argv[++i]);
        else if (!strcmp(argv[i], "--data") && i + 1 < argc)
            data = argv[++i];
    }
    if (!r.n)
        return 2;
    if (!r.batch)
        r.batch = r.shuffled ? r.n : THOUSAND;
    snprintf(r.path, sizeof r.path, "%s/growth-%u%s.db", argv[1], r.n, r.shuffled ? "-shuffled" : "");
    remove(r.path);
    r.rules = rules_of(data, &lex);
    uint32_t n = fill(&r);
    if (n == r.n && !db_only)
        ask(&r, data, argv[0]);
    dgi_sit_rules_free(r.rules);
    dgi_lexicon_close(lex);
    return n == r.n ? 0 : 1;
}
