/* TEMPORARY until src/store is there */
#include "api/api.h"
static dg_status none(dg_error *err) { return dgi_fail(err, DG_E_STORE, "the store is not built yet"); }
dg_status dg_store_open(dg_store **out, const char *path, dg_store_mode mode, dg_error *err) { (void)path; (void)mode; *out = NULL; return none(err); }
void dg_store_close(dg_store *s) { (void)s; }
dg_status dg_store_ingest(dg_store *s, const dg_doc *d, dg_ingested *w, dg_error *err) { (void)s; (void)d; (void)w; return none(err); }
dg_status dg_situation(dg_text *o, dg_store *s, const dg_query *q, dg_error *err) { (void)o; (void)s; (void)q; return none(err); }
dg_status dg_what_if(dg_text *o, dg_store *s, const dg_query *q, const dg_doc *d, dg_error *err) { (void)o; (void)s; (void)q; (void)d; return none(err); }
dg_status dg_timeline(dg_text *o, dg_store *s, const dg_query *q, dg_error *err) { (void)o; (void)s; (void)q; return none(err); }
dg_status dg_item_explain(dg_text *o, dg_store *s, dg_str i, dg_error *err) { (void)o; (void)s; (void)i; return none(err); }
dg_status dg_brief(dg_text *o, dg_store *s, const dg_query *q, dg_brief_format f, dg_error *err) { (void)o; (void)s; (void)q; (void)f; return none(err); }
dg_status dg_place_lookup(dg_text *o, const dg_model *m, dg_str p, int32_t d, dg_error *err) { (void)o; (void)m; (void)p; (void)d; return none(err); }
uint32_t __attribute__((weak)) dgi_actor_check(const struct dgi_tsv *t, uint32_t n, dgi_fault_fn *f, void *u) { (void)t; (void)n; (void)f; (void)u; return 0; }
dg_status __attribute__((weak)) dgi_actor_resolve_phrase(const struct dgi_actors_ctx *c, dgi_arena *a, dg_str p, int32_t d, struct dgi_actor_reading **o, uint32_t *n, dg_error *e) { (void)c; (void)a; (void)p; (void)d; (void)o; (void)n; return none(e); }
dg_status __attribute__((weak)) dgi_quote(const struct dgi_quote_ctx *c, struct dgi_doc *d, dg_error *e) { (void)c; (void)d; (void)e; return DG_OK; }
dg_status __attribute__((weak)) dgi_quote_open(struct dgi_quote_ctx **o, const dgi_lexicon *l, dg_error *e) { (void)l; (void)e; *o = NULL; return DG_OK; }
void __attribute__((weak)) dgi_quote_close(struct dgi_quote_ctx *c) { (void)c; }
