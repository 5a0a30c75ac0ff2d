/* SPDX-License-Identifier: Apache-2.0 */
/* base/table_in.h: what table.c and overlay.c share. Not for others. */
#ifndef DGI_TABLE_IN_H
#define DGI_TABLE_IN_H

#include "base/table.h"

enum { DGI_MOST_PACKS = 2, DGI_MOST_TABLES = 256 };

struct dgi_phrases {
    uint64_t *slots;
    uint32_t *rows;
    uint64_t n_slots, n_rows;
};

struct dgi_built { /* arrays of one table, freed together */
    uint32_t shape[3], *cell, *key;
    uint64_t n_key;
    char *text;
    struct dgi_phrases ph;
    char names[7][64];
};

struct dgi_own { /* a table that rows were laid over */
    struct dgi_built b;
    uint32_t *line;
    uint8_t *from; /* [rows] 0: built in, else 1 + which of path[] */
    char *path[DGI_OWN_MOST];
};

struct dgi_lexicon {
    dgi_pack *pack[DGI_MOST_PACKS];
    char *folder[DGI_MOST_PACKS]; /* each pack's file name without .lex */
    struct dgi_table *tables;
    struct dgi_own *own[DGI_MOST_TABLES]; /* of tables[i], NULL: as built */
    uint64_t own_sum;
    uint32_t n, n_packs, n_own;
};

bool dgi_table_build(struct dgi_built *b, const struct dgi_tsv *t);
void dgi_table_drop(struct dgi_built *b);
void dgi_own_free(struct dgi_own *own);

#endif
