/* TEMPORARY */
#include "api/api.h"
uint32_t __attribute__((weak)) dgi_actor_check(const struct dgi_tsv *t, uint32_t n, dgi_fault_fn *f, void *u) { (void)t; (void)n; (void)f; (void)u; return 0; }
dg_status __attribute__((weak)) dgi_actor_resolve_phrase(const struct dgi_actors_ctx *c, dgi_arena *a, dg_str p, int32_t d, struct dgi_actor_reading **o, uint32_t *n, dg_error *e) { (void)c; (void)a; (void)p; (void)d; (void)o; (void)n; return dgi_fail(e, DG_E_STORE, "not yet"); }
