/* SPDX-License-Identifier: Apache-2.0 */
/* doc/name_weights.h: what speaks for a name's being a person, an organisation or a place, and how much
 * (lexicon/en/name_weights.tsv). Read once with the function words (dgi_words_open), never changed after: any thread may read it. */
#ifndef DGI_NAME_WEIGHTS_H
#define DGI_NAME_WEIGHTS_H

#include "base/table.h"

enum dgi_name_evidence {
    DGI_NE_NETWORK,     /* the network's word for this very mention */
    DGI_NE_ELSEWHERE,   /* its word for the same name elsewhere in the document: full weight when two or more agree */
    DGI_NE_ORG_WORD,    /* the head of the name is a word such as "Ministry" */
    DGI_NE_PLACE_WORD,  /* ... or such as "River" */
    DGI_NE_AFTER_TITLE, /* "Gen." stands before it */
    DGI_NE_AFTER_IN,    /* "in" stands before it */
    DGI_NE_STATE,       /* the registries have it as a state ... */
    DGI_NE_BODY,        /* ... an organisation or a group */
    DGI_NE_PLACE,       /* the gazetteer has it; names of one word have namesakes */
    DGI_NE_LONG_PLACE,  /* the gazetteer has it, two words or more */
    DGI_N_NAME_EVIDENCE
};
enum { DGI_NW_PER, DGI_NW_ORG, DGI_NW_LOC, DGI_N_NAME_WEIGHT };

struct dgi_name_weights {
    int8_t of[DGI_N_NAME_EVIDENCE][DGI_N_NAME_WEIGHT];
};

/* Fails with DG_E_MODEL when the lexicon has no such table, a row of it is missing or a weight is no number. */
dg_status dgi_name_weights_read(struct dgi_name_weights *out, const dgi_lexicon *lex, dg_error *err);
/* What `dragoman lexicon check` says of the table: rows that nothing reads, rows that are missing, weights that are none. */
void dgi_name_weights_check(const struct dgi_tsv *tables, uint32_t n_tables, dgi_fault_fn *fault, void *user);

#endif
