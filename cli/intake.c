/* SPDX-License-Identifier: Apache-2.0 */
/* cli/intake.c: which files and which of their records are read: folders (-r), --sample, --limit, and the user's ^C.
 *
 * A sample is drawn in two passes, one that counts and one that reads, so that each record has the same chance and no record
 * has to wait in memory. */
#include <errno.h>
#include <fts.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

/* Of the process, as signals are: set by ^C or SIGTERM, looked at between records and reads. */
static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
    interrupted = sig;
}

bool intake_stopped(void)
{
    return interrupted != 0;
}

static bool go_on(void *user, uint64_t done, uint64_t of)
{
    (void)user, (void)done, (void)of;
    return !interrupted;
}

/* The first ^C ends the reading, a second one the program. */
static void catch_signals(void)
{
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND};
    struct sigaction now;
    static const int which[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++)
        if (sigaction(which[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaction(which[i], &sa, NULL);
}

/* ---- files ---- */
static bool add(struct intake *in, const char *path, bool found)
{
    if (in->n == in->cap) {
        int cap = in->cap ? in->cap * 2 : 64;
        struct intake_file *p = realloc(in->files, (size_t)cap * sizeof *p);
        if (!p) {
            cli_say("no memory for the names of %d files", cap);
            return false;
        }
        in->files = p;
        in->cap = cap;
    }
    char *name = strdup(path);
    if (!name) {
        cli_say("no memory for the names of files");
        return false;
    }
    in->files[in->n++] = (struct intake_file){name, found};
    return true;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* The files below a folder, in the order of their names; links to files are followed, links to folders not, what begins with
 * a dot is left out. */
static bool add_folder(struct intake *in, char *path)
{
    char *roots[] = {path, NULL};
    FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_COMFOLLOW, by_name);
    bool ok = fts != NULL;
    struct stat sb;
    for (FTSENT *e; ok && (e = fts_read(fts));) {
        bool hidden = e->fts_level > 0 && e->fts_name[0] == '.';
        if (hidden) {
            fts_set(fts, e, FTS_SKIP);
        } else if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS) {
            cli_say("%s: %s", e->fts_path, strerror(e->fts_errno));
            in->unread++;
        } else if (e->fts_info == FTS_F ||
                   (e->fts_info == FTS_SL && stat(e->fts_accpath, &sb) == 0 && S_ISREG(sb.st_mode)))
            ok = add(in, e->fts_path, true);
    }
    if (!fts)
        cli_say("%s: %s", path, strerror(errno));
    else
        fts_close(fts);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat sb;
    return strcmp(path, "-") && stat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
}

static bool list_files(struct intake *in, const struct cli *c)
{
    static char *standard[] = {"-"};
    char **names = c->n_files ? c->files : standard;
    int n = c->n_files ? c->n_files : 1;
    bool deep = cli_given(c, "recursive");
    for (int i = 0; i < n; i++) {
        if (!is_folder(names[i])) {
            if (!add(in, names[i], false))
                return false;
        } else if (deep) {
            if (!add_folder(in, names[i]))
                return false;
        } else {
            cli_say("%s: is a directory; -r reads the files in it", names[i]);
            in->unread++;
        }
    }
    return true;
}

/* Bytes of all files, 0: not known. */
static uint64_t size_of(const struct intake *in)
{
    uint64_t sum = 0;
    for (int i = 0; i < in->n; i++) {
        struct stat sb;
        if (stat(in->files[i].path, &sb) || !S_ISREG(sb.st_mode))
            return 0;
        sum += (uint64_t)sb.st_size;
    }
    return sum;
}

/* ---- sample ---- */
static uint64_t draw(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static bool count_file(struct intake *in, const char *file, uint64_t *seen, uint64_t *state)
{
    dg_reader *r;
    dg_record *rec;
    if (dg_reader_open(&r, file, &in->reader, NULL) != DG_OK)
        return true; /* told when it is read */
    while (!interrupted) {
        dg_status st = dg_reader_next(&rec, r, NULL);
        if (st == DG_OK && !rec)
            break;
        if (st != DG_OK)
            continue;
        dg_record_free(rec);
        uint64_t k = *seen < (uint64_t)in->sample ? *seen : draw(state) % (*seen + 1);
        if (k < (uint64_t)in->sample)
            in->pick[k] = *seen;
        ++*seen;
    }
    dg_reader_close(r);
    return !interrupted;
}

static bool draw_sample(struct intake *in)
{
    uint64_t seen = 0, state = (uint64_t)in->seed;
    if (!(in->pick = calloc((size_t)in->sample, sizeof *in->pick))) {
        cli_say("no memory for a sample of %ld", in->sample);
        return false;
    }
    for (int i = 0; i < in->n; i++)
        if (!strcmp(in->files[i].path, "-")) {
            cli_say("option '--sample' reads its files twice, and standard input can be read once only");
            return false;
        }
    for (int i = 0; i < in->n && count_file(in, in->files[i].path, &seen, &state); i++)
        ;
    in->n_pick = seen < (uint64_t)in->sample ? seen : (uint64_t)in->sample;
    qsort(in->pick, in->n_pick, sizeof *in->pick, by_number);
    return true;
}

bool intake_wants(struct intake *in)
{
    uint64_t now = in->n_seen++;
    if (!in->sample)
        return true;
    bool yes = in->next_pick < in->n_pick && in->pick[in->next_pick] == now;
    in->next_pick += yes;
    return yes;
}

bool intake_done(const struct intake *in)
{
    return interrupted || (in->sample && in->next_pick == in->n_pick);
}

/* Is --map such as there is? Told once, not for each file. */
static bool map_is_good(const dg_reader_options *o)
{
    dg_reader *r;
    dg_error err = {0};
    dg_status st = dg_reader_open_bytes(&r, (dg_str){"", 0}, NULL, o, &err);
    if (st == DG_OK)
        dg_reader_close(r);
    else
        cli_say("option '--map': %s", err.message);
    return st == DG_OK;
}

int intake_open(struct intake *in, const struct cli *c)
{
    long most = 0;
    *in = (struct intake){.reader = DG_READER_OPTIONS_INIT};
    if (!cli_input(c, &in->reader.input) || !cli_number(c, "max-bytes", 1, 1L << 30, &most) ||
        !cli_number(c, "limit", 1, 1L << 60, &in->limit) || !cli_number(c, "sample", 1, 1L << 28, &in->sample) ||
        !cli_number(c, "seed", 0, 1L << 60, &in->seed))
        return EXIT_USAGE;
    in->reader.max_bytes = (uint64_t)most;
    in->reader.progress = go_on;
    in->reader.map = cli_value(c, "map");
    if (in->reader.map && !map_is_good(&in->reader))
        return EXIT_USAGE;
    catch_signals();
    if (!list_files(in, c))
        return EXIT_SOME_FAILED;
    in->bytes = size_of(in);
    if (in->sample && !draw_sample(in))
        return EXIT_USAGE;
    return EXIT_DONE;
}

void intake_close(struct intake *in)
{
    for (int i = 0; i < in->n; i++)
        free(in->files[i].path);
    free(in->files);
    free(in->pick);
    *in = (struct intake){0};
}
