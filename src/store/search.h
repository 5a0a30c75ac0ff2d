/* SPDX-License-Identifier: Apache-2.0 */
/* store/search.h: words looked for in documents, statements and items. */
#ifndef DGI_SEARCH_H
#define DGI_SEARCH_H

#include "store/store.h"

enum dgi_search_kind { DGI_SEARCH_ITEMS, DGI_SEARCH_STATEMENTS, DGI_SEARCH_DOCUMENTS, DGI_N_SEARCH_KIND };
struct dgi_search {
    dg_str query;      /* words, "a phrase", AND OR NOT, begin*, NEAR(a b, 5): the syntax of FTS5 */
    uint32_t kinds;    /* bits 1 << enum dgi_search_kind; 0: all */
    const char *actor; /* as in dgi_sit_filter: who is in the document, who speaks, who is a party; NULL: any */
    int32_t from, to;  /* days of publication, of an item: since it stands as it does */
    uint32_t limit;    /* of each kind; 0: all */
};
struct dgi_hit {                            /* views during the call */
    uint8_t kind;                           /* enum dgi_search_kind */
    dg_str id;                              /* of the document, the statement, the item */
    dg_str document, url, title, publisher; /* empty for an item */
    dg_str day;                             /* "2021-03-02" or empty */
    dg_str who;                             /* speaker, parties */
    dg_str what;                            /* of an item: kind and status */
    dg_str snippet;                         /* the words found between U+0002 and U+0003 */
    double rank;                            /* lower is better; comparable within a kind only */
};
typedef bool dgi_hit_fn(void *user, const struct dgi_hit *hit); /* false stops */
/* Items, statements, documents, each by rank: what is current and not withdrawn. DG_E_ARG: the query cannot be read; the message says why
 * and what can. */
dg_status dgi_store_search(dgi_store *s, const struct dgi_search *q, dgi_hit_fn *fn, void *user, dg_error *err);

#endif
