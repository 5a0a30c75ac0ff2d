/* TEMPORARY: stands in for rooms that are being written. Must be gone before anything is released. */
#ifndef DGI_PENDING_H
#define DGI_PENDING_H
#if __has_include("quote/quote.h")
#include "quote/quote.h"
#else
struct dgi_quote_ctx;
static inline dg_status dgi_quote_open(struct dgi_quote_ctx **o, const dgi_lexicon *l, dg_error *e) { (void)l; (void)e; *o = NULL; return DG_OK; }
static inline void dgi_quote_close(struct dgi_quote_ctx *c) { (void)c; }
static inline dg_status dgi_quotes(struct dgi_quote_ctx *c, struct dgi_doc *d, dg_error *e) { (void)c; (void)d; (void)e; return DG_OK; }
#endif
#if __has_include("resolve/place.h")
#include "resolve/place.h"
#else
struct dgi_place_ctx;
static inline dg_status dgi_place_open(struct dgi_place_ctx **o, const dgi_lexicon *l, dg_error *e) { (void)l; (void)e; *o = NULL; return DG_OK; }
static inline void dgi_place_close(struct dgi_place_ctx *c) { (void)c; }
static inline dg_status dgi_places(struct dgi_place_ctx *c, struct dgi_doc *d, dg_error *e) { (void)c; (void)d; (void)e; return DG_OK; }
#endif
#if __has_include("resolve/quantity.h")
#include "resolve/quantity.h"
#else
struct dgi_quantity_ctx;
static inline dg_status dgi_quantity_open(struct dgi_quantity_ctx **o, const dgi_lexicon *l, dg_error *e) { (void)l; (void)e; *o = NULL; return DG_OK; }
static inline void dgi_quantity_close(struct dgi_quantity_ctx *c) { (void)c; }
static inline dg_status dgi_quantities(struct dgi_quantity_ctx *c, struct dgi_doc *d, dg_error *e) { (void)c; (void)d; (void)e; return DG_OK; }
#endif
#endif
