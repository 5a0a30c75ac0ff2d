/* SPDX-License-Identifier: Apache-2.0 */
/* tools/dg_lexc.c: compiles the tables of lexicon/ into one mapped file. Run by the build: dg-lexc -o OUT TABLE.tsv... */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

static void report(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)user;
    fprintf(stderr, "%s:%u:%u: %s\n", file, line, field, message);
}

int main(int argc, char **argv)
{
    dg_error err = {0};
    if (argc < 4 || strcmp(argv[1], "-o")) {
        fprintf(stderr, "usage: dg-lexc -o OUT TABLE.tsv...\n");
        return 2;
    }
    uint32_t n = (uint32_t)argc - 3, faults = 0;
    dgi_arena *a = dgi_arena_new((size_t)1 << 30);
    struct dgi_tsv *tables = calloc(n, sizeof *tables);
    if (!a || !tables) {
        fprintf(stderr, "dg-lexc: out of memory\n");
        return 1;
    }
    for (uint32_t i = 0; i < n; i++)
        if (dgi_tsv_read(&tables[i], a, argv[3 + i], report, NULL, &faults, &err) != DG_OK) {
            fprintf(stderr, "dg-lexc: %s\n", err.message);
            return 1;
        }
    if (faults) /* `dragoman lexicon check`, run by the tests, is what refuses them */
        fprintf(stderr, "dg-lexc: %u faults in the tables, those rows were left out\n", faults);
    if (dgi_lexicon_write(argv[2], tables, n, &err) != DG_OK) {
        fprintf(stderr, "dg-lexc: %s\n", err.message);
        return 1;
    }
    free(tables);
    dgi_arena_free(a);
    return 0;
}
