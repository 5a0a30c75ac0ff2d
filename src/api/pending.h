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
#if __has_include("text/article.h")
#include "text/article.h"
#else
#include "io/raw.h"
struct dgi_article_ctx;
struct dgi_article_options { int32_t published; uint32_t max_bytes; };
static inline dg_status dgi_article_open(struct dgi_article_ctx **o, const dgi_lexicon *l, dg_error *e) { (void)l; (void)e; *o = NULL; return DG_OK; }
static inline void dgi_article_close(struct dgi_article_ctx *c) { (void)c; }
static inline dg_status dgi_article(struct dgi_doc *d, const struct dgi_raw *r, const struct dgi_article_ctx *c, const struct dgi_article_options *o, char *w, size_t n, dg_error *e)
{
    (void)c; (void)w; (void)n; (void)e;
    d->text = dgi_arena_str(d->arena, r->body);
    d->meta.published = o->published;
    uint32_t at = 0, len = (uint32_t)d->text.len;
    while (at < len) {
        uint32_t end = at;
        while (end < len && !(d->text.ptr[end] == '\n' && end + 1 < len && d->text.ptr[end + 1] == '\n')) end++;
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        if (b) { b->span.start = at; b->span.end = end; }
        at = end;
        while (at < len && d->text.ptr[at] == '\n') at++;
    }
    return DG_OK;
}
#endif
#endif
