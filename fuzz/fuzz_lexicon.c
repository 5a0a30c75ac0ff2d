/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_lexicon.c: a table as TSV, compiled and looked into; and the first byte 0: the rest as a compiled file. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)file;
    (void)line;
    (void)field;
    *(size_t *)user += message[0] != 0;
}

/* A file in memory with these bytes; its name in path. */
static int memory_file(const uint8_t *data, size_t size, char path[40])
{
    int fd = memfd_create("fuzz.tsv", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, 40, "/proc/self/fd/%d", fd);
    return fd;
}

static void look_into(const char *path)
{
    dgi_lexicon *lex;
    dg_error err;
    const struct dgi_table *t;
    const uint32_t *rows;
    uint32_t n;
    if (dgi_lexicon_open_file(&lex, path, &err) != DG_OK)
        return;
    for (uint32_t i = 0; (t = dgi_lexicon_table_at(lex, i)); i++) {
        for (uint32_t r = 0; r < t->n_rows && r < 50; r++) {
            dg_str cell = dgi_table_cell(t, r, 0);
            if (dgi_table_find(t, cell) == DGI_NONE)
                abort(); /* what was put in is found */
            for (uint32_t c = 0; c < t->n_cols; c++)
                dgi_phrase_lookup(t, dgi_table_cell(t, r, c), &rows, &n);
        }
    }
    dgi_lexicon_close(lex);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[40], out[64];
    struct dgi_tsv t;
    uint32_t n_faults = 0;
    size_t told = 0;
    dg_error err;
    if (!size)
        return 0;
    int fd = memory_file(data + 1, size - 1, path);
    if (data[0] == 0) {
        dgi_pack *p; /* damaged on purpose: almost always refused by the checksum */
        if (dgi_pack_open(&p, path, "lexicon", 1, "make", &err) == DG_OK)
            dgi_pack_close(p);
        close(fd);
        return 0;
    }
    dgi_arena *a = dgi_arena_new((size_t)256 << 20);
    if (!a)
        abort();
    if (dgi_tsv_read(&t, a, path, fault, &told, &n_faults, &err) == DG_OK && t.n_rows) {
        t.name = DGI_S("t");
        snprintf(out, sizeof out, "/tmp/fuzz-lexicon-%ld", (long)getpid());
        if (dgi_lexicon_write(out, &t, 1, &err) == DG_OK)
            look_into(out);
        unlink(out);
    }
    if (told != n_faults)
        abort();
    dgi_arena_free(a);
    close(fd);
    return 0;
}
