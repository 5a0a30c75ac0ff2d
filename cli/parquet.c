/* SPDX-License-Identifier: Apache-2.0 */
/* cli/parquet.c: rows to Parquet through libduckdb.
 *
 * Reads   Arrow batches of an export
 * Writes  a file in TMPDIR, then stdout
 *
 * Parquet is a large format and no C library of Debian's writes it; DuckDB's does, and is one file with a stable C interface. It is
 * loaded when it is asked for, so that neither build nor command needs it. DuckDB pulls what coding pushes: its COPY runs in a
 * thread of its own, and a few batches wait between the two, so that memory is bounded whatever the length of the input. */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parquet.h"

#ifdef __aarch64__
#define MACHINE "arm64"
#else
#define MACHINE "x64"
#endif
enum { WAITING = 4 /* batches of at most 16384 rows */, DUCKDB_ERROR = 1 };

/* What is used of DuckDB's C interface (its header is in no package). */
struct duckdb_result {
    uint64_t columns, rows, changed;
    void *cells;
    char *message;
    void *internal;
};
struct duckdb {
    void *lib;
    int (*open)(const char *path, void **db);
    int (*connect)(void *db, void **con);
    int (*query)(void *con, const char *sql, struct duckdb_result *out);
    const char *(*result_error)(struct duckdb_result *r);
    void (*destroy_result)(struct duckdb_result *r);
    int (*arrow_scan)(void *con, const char *name, struct ArrowArrayStream *rows);
    void (*disconnect)(void **con);
    void (*close)(void **db);
};

struct parquet {
    struct duckdb d;
    void *db, *con;
    dg_export *x;
    struct ArrowSchema schema;
    struct ArrowArrayStream rows; /* what DuckDB pulls */
    struct ArrowArray wait[WAITING];
    int n_wait;
    bool closed, failed, begun; /* closed: no more rows; failed: nobody pulls any more */
    pthread_mutex_t lock;       /* over the rest */
    pthread_cond_t changed;
    pthread_t thread;
    char path[512], message[512];
};

/* ---- the library ---- */
static bool find(struct duckdb *d, const char *name, void *to)
{
    void *f = dlsym(d->lib, name);
    memcpy(to, &f, sizeof f);
    if (!f)
        cli_say("libduckdb has no function '%s': another version is needed", name);
    return f != NULL;
}

static bool load(struct duckdb *d)
{
    const char *path = getenv("DRAGOMAN_DUCKDB");
    bool own = path && *path;
    d->lib = dlopen(own ? path : "libduckdb.so", RTLD_NOW | RTLD_LOCAL);
    if (!d->lib) {
        cli_say("parquet needs DuckDB's library%s%s", own ? ": " : ", which is not installed", own ? dlerror() : "");
        cli_say("to get it: npm install @duckdb/node-bindings-linux-%s && export "
                "DRAGOMAN_DUCKDB=$PWD/node_modules/@duckdb/node-bindings-linux-%s/libduckdb.so",
                MACHINE, MACHINE);
        return false;
    }
    return find(d, "duckdb_open", &d->open) && find(d, "duckdb_connect", &d->connect) &&
           find(d, "duckdb_query", &d->query) && find(d, "duckdb_result_error", &d->result_error) &&
           find(d, "duckdb_destroy_result", &d->destroy_result) && find(d, "duckdb_arrow_scan", &d->arrow_scan) &&
           find(d, "duckdb_disconnect", &d->disconnect) && find(d, "duckdb_close", &d->close);
}

struct parquet *parquet_new(void)
{
    struct parquet *p = calloc(1, sizeof *p);
    if (!p)
        cli_say("no memory for a Parquet file");
    if (p && !load(&p->d)) {
        parquet_free(p);
        return NULL;
    }
    return p;
}

static bool run(struct parquet *p, const char *sql)
{
    struct duckdb_result r = {0};
    bool ok = p->d.query(p->con, sql, &r) != DUCKDB_ERROR;
    const char *says = ok ? NULL : p->d.result_error(&r);
    if (!ok)
        snprintf(p->message, sizeof p->message, "%s", says ? says : "DuckDB failed");
    p->d.destroy_result(&r);
    return ok;
}

/* ---- what DuckDB pulls ---- */
static void keep(struct ArrowSchema *s)
{
    s->release = NULL;
}

/* DuckDB asks several times and releases none: each gets a copy of the one that parquet_free() releases. */
static int pull_schema(struct ArrowArrayStream *s, struct ArrowSchema *out)
{
    struct parquet *p = s->private_data;
    *out = p->schema;
    out->release = keep;
    return 0;
}

static int pull(struct ArrowArrayStream *s, struct ArrowArray *out)
{
    struct parquet *p = s->private_data;
    pthread_mutex_lock(&p->lock);
    while (!p->n_wait && !p->closed)
        pthread_cond_wait(&p->changed, &p->lock);
    *out = (struct ArrowArray){0};
    if (p->n_wait) {
        *out = p->wait[0];
        memmove(p->wait, p->wait + 1, (size_t)--p->n_wait * sizeof *p->wait);
    }
    pthread_cond_signal(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return 0;
}

static const char *pull_error(struct ArrowArrayStream *s)
{
    (void)s;
    return NULL;
}

static void pull_release(struct ArrowArrayStream *s)
{
    s->release = NULL;
}

/* False: nobody pulls any more. */
static bool push(struct parquet *p, struct ArrowArray *batch)
{
    pthread_mutex_lock(&p->lock);
    while (p->n_wait == WAITING && !p->failed)
        pthread_cond_wait(&p->changed, &p->lock);
    bool ok = !p->failed;
    if (ok)
        p->wait[p->n_wait++] = *batch;
    pthread_cond_signal(&p->changed);
    pthread_mutex_unlock(&p->lock);
    if (!ok)
        batch->release(batch);
    return ok;
}

bool parquet_full(void *user, const char *ptr, size_t len)
{
    struct parquet *p = user;
    struct ArrowArrayStream s;
    struct ArrowArray batch;
    dg_error err = {0};
    (void)ptr, (void)len;
    if (dg_export_take(&s, p->x, &err) != DG_OK) {
        snprintf(p->message, sizeof p->message, "%s", err.message);
        return false;
    }
    bool ok = true;
    while (ok && !s.get_next(&s, &batch) && batch.release)
        ok = push(p, &batch);
    s.release(&s);
    return ok;
}

/* ---- the thread that writes ---- */
static void *copy(void *user)
{
    struct parquet *p = user;
    char sql[2048];
    snprintf(sql, sizeof sql, "COPY (SELECT * FROM dragoman) TO '%s' (FORMAT parquet, COMPRESSION zstd)", p->path);
    bool ok = run(p, sql);
    pthread_mutex_lock(&p->lock);
    p->failed = !ok;
    pthread_cond_signal(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static bool temporary(struct parquet *p)
{
    const char *dir = getenv("TMPDIR");
    int n = snprintf(p->path, sizeof p->path, "%s/dragoman-XXXXXX", dir && *dir ? dir : "/tmp");
    int fd = n < (int)sizeof p->path && !strpbrk(p->path, "'\\") ? mkstemp(p->path) : -1;
    if (fd < 0) {
        cli_say("no temporary file in '%s': %s", dir && *dir ? dir : "/tmp", strerror(errno));
        p->path[0] = 0;
        return false;
    }
    close(fd);
    return true;
}

bool parquet_begin(struct parquet *p, dg_export *x)
{
    dg_error err = {0};
    struct ArrowArrayStream none;
    p->x = x;
    if (dg_export_take(&none, x, &err) != DG_OK) {
        cli_say("%s", err.message);
        return false;
    }
    bool ok = !none.get_schema(&none, &p->schema);
    none.release(&none);
    if (!ok)
        cli_say("no memory for a Parquet file");
    if (!ok || !temporary(p))
        return false;
    p->rows = (struct ArrowArrayStream){pull_schema, pull, pull_error, pull_release, p};
    if (p->d.open(NULL, &p->db) == DUCKDB_ERROR || p->d.connect(p->db, &p->con) == DUCKDB_ERROR ||
        !run(p, "SET threads=1; SET autoinstall_known_extensions=false; SET preserve_insertion_order=true") ||
        p->d.arrow_scan(p->con, "dragoman", &p->rows) == DUCKDB_ERROR || pthread_mutex_init(&p->lock, NULL) ||
        pthread_cond_init(&p->changed, NULL) || pthread_create(&p->thread, NULL, copy, p)) {
        cli_say("DuckDB cannot be started%s%s", *p->message ? ": " : "", p->message);
        return false;
    }
    p->begun = true;
    return true;
}

static bool to_stdout(struct parquet *p)
{
    char buf[1 << 16];
    size_t n;
    FILE *f = fopen(p->path, "rb");
    bool ok = f != NULL;
    while (ok && (n = fread(buf, 1, sizeof buf, f)) > 0)
        ok = fwrite(buf, 1, n, stdout) == n;
    ok = ok && !ferror(f);
    if (f)
        fclose(f);
    return ok;
}

static bool join(struct parquet *p)
{
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_signal(&p->changed);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    p->begun = false;
    return !p->failed;
}

bool parquet_end(struct parquet *p)
{
    bool ok = parquet_full(p, NULL, 0);
    ok = join(p) && ok;
    if (!ok)
        cli_say("the Parquet file cannot be written: %s", *p->message ? p->message : "DuckDB stopped");
    return ok && to_stdout(p);
}

void parquet_free(struct parquet *p)
{
    if (!p)
        return;
    if (p->begun)
        join(p);
    for (int i = 0; i < p->n_wait; i++)
        p->wait[i].release(&p->wait[i]);
    if (p->con)
        p->d.disconnect(&p->con);
    if (p->db)
        p->d.close(&p->db);
    if (p->schema.release)
        p->schema.release(&p->schema);
    if (p->path[0])
        unlink(p->path);
    free(p); /* the library stays: its own threads may still run */
}
