/* SPDX-License-Identifier: Apache-2.0 */
/* store/doctor.c: is the store what it should be? Looks, compares the kept board with one made anew, and puts it right;
 * codes kept texts again.
 *
 * Reads   everything
 * Writes  nothing; with repair the board */
#include <stdio.h>
#include <stdlib.h>

#include "store/store_int.h"

enum { DOCS_AT_ONCE = 500, MOST_TOLD = 5, FEW_TEXTS = 64 };

struct doctor {
    dgi_store *s;
    dgi_arena *a;
    dgi_line_fn *fn;
    void *user;
    uint64_t wrong;
    bool failed;
};

static bool told(void *user, const char *line)
{
    struct doctor *d = user;
    d->wrong++;
    return d->fn(d->user, line);
}

static void tell(struct doctor *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void tell(struct doctor *d, const char *fmt, ...)
{
    char line[400];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    d->fn(d->user, line);
}

/* ---- who coded it ---- */
struct coders {
    struct doctor *d;
    struct {
        uint64_t coder, n;
    } of[16];
    uint32_t n;
    uint64_t others;
};

static bool count_coder(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    struct coders *c = user;
    uint32_t i = 0;
    (void)src;
    while (i < c->n && c->of[i].coder != v->coder)
        i++;
    if (i == sizeof c->of / sizeof *c->of)
        c->others++;
    else if (i == c->n)
        c->of[c->n++].coder = v->coder, c->of[i].n = 1;
    else
        c->of[i].n++;
    return true;
}

static dg_status look_at_coders(struct doctor *d, dg_error *err)
{
    struct coders c = {.d = d};
    dg_status st = OPS(d->s)->each_document(d->s->b, DGI_DOCS_TEXTS, 0, count_coder, &c, err);
    for (uint32_t i = 0; st == DG_OK && i < c.n; i++) {
        bool ours = c.of[i].coder == d->s->coder;
        if (c.n > 1 || !ours)
            tell(d, "%llu texts were coded by %s (%016llx)%s", (unsigned long long)c.of[i].n,
                 ours                 ? "this model and lexicon"
                 : c.of[i].coder == 0 ? "a program that did not say"
                                      : "another model or lexicon",
                 (unsigned long long)c.of[i].coder, ours ? "" : "; 'dragoman recode' codes them again");
    }
    return st;
}

/* ---- the board made anew ---- */
struct places {
    struct doctor *d;
    struct dgi_ledger_change *list;
    uint32_t n, cap;
};

static bool add_place(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    struct places *p = user;
    (void)src;
    if (!v->applied)
        return true;
    struct dgi_ledger_change *c = DGI_PUSH(p->d->a, p->list, p->n, p->cap);
    if (c)
        *c = (struct dgi_ledger_change){dgi_arena_str(p->d->a, v->pos), false, true};
    p->d->failed |= !c || !c->pos.ptr;
    return !p->d->failed;
}

static dg_status make_anew(struct doctor *d, dgi_backend *scratch, dg_error *err)
{
    struct places p = {.d = d};
    dg_status st = OPS(d->s)->each_document(d->s->b, DGI_DOCS_KNOWN, DGI_NO_DAY, add_place, &p, err);
    dgi_ledger *l = dgi_ledger_new(d->s->rules, scratch->ops->host(scratch), 0);
    if (st == DG_OK && (d->failed || !l))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t i = 0; i < p.n && st == DG_OK; i += DOCS_AT_ONCE) {
        uint32_t n = p.n - i < DOCS_AT_ONCE ? p.n - i : DOCS_AT_ONCE;
        if ((st = scratch->ops->begin(scratch, true, err)) != DG_OK ||
            (st = dgi_ledger_move(l, p.list + i, n, NULL, NULL, NULL, err)) != DG_OK)
            break;
        st = scratch->ops->commit(scratch, err);
    }
    dgi_ledger_free(l);
    return st;
}

/* ---- comparing ---- */
struct row {
    dg_str key;
    uint64_t hash;
};
struct rows {
    struct doctor *d;
    struct row *list;
    uint32_t n, cap;
};

static bool add_row(void *user, dg_str key, dg_str value)
{
    struct rows *r = user;
    struct row *x = DGI_PUSH(r->d->a, r->list, r->n, r->cap);
    if (x)
        *x = (struct row){dgi_arena_str(r->d->a, key), dgi_str_hash(value)};
    r->d->failed |= !x || !x->key.ptr;
    return !r->d->failed;
}

static dg_status compare(struct doctor *d, dgi_backend *scratch, enum dgi_rows_of which, dg_error *err)
{
    static const char *const labels[DGI_N_ROWS_OF] = {"items", "reports of items", "marks of items", "documents"};
    struct rows kept = {.d = d}, neu = {.d = d};
    uint64_t missing = 0, foreign = 0, differ = 0;
    dg_status st = OPS(d->s)->each_row(d->s->b, which, add_row, &kept, err);
    if (st == DG_OK)
        st = scratch->ops->each_row(scratch, which, add_row, &neu, err);
    if (st != DG_OK || d->failed)
        return st != DG_OK ? st : dgi_fail(err, DG_E_NOMEM, "no memory to compare the board");
    for (uint32_t i = 0, k = 0; i < kept.n || k < neu.n;) {
        int c = i == kept.n ? 1 : k == neu.n ? -1 : dgi_str_cmp(kept.list[i].key, neu.list[k].key);
        foreign += c < 0;
        missing += c > 0;
        differ += c == 0 && kept.list[i].hash != neu.list[k].hash;
        i += c <= 0;
        k += c >= 0;
    }
    if (missing || foreign || differ) {
        d->wrong++;
        tell(d, "the board: of %u %s %llu are missing, %llu should not be there, %llu are not what the documents say",
             neu.n, labels[which], (unsigned long long)missing, (unsigned long long)foreign,
             (unsigned long long)differ);
    }
    return DG_OK;
}

static dg_status look_at_board(struct doctor *d, dg_error *err)
{
    dgi_backend *scratch;
    struct dgi_moves m;
    dg_status st = dgi_store_moves(d->s, DGI_NO_DAY, d->a, &m, err);
    if (st == DG_OK && m.n)
        tell(d, "%u documents are not on the board yet; the next ingest brings them there", m.n);
    if (st != DG_OK || (st = dgi_sqlite_scratch(&scratch, d->s->b, err)) != DG_OK)
        return st;
    st = make_anew(d, scratch, err);
    for (int i = 0; i < DGI_N_ROWS_OF && st == DG_OK; i++)
        st = compare(d, scratch, (enum dgi_rows_of)i, err);
    scratch->ops->close(scratch);
    return st;
}

static dg_status repair_board(dgi_store *s, dg_error *err)
{
    dg_status st = OPS(s)->begin(s->b, true, err);
    if (st == DG_OK && (st = OPS(s)->clear_board(s->b, err)) == DG_OK)
        st = OPS(s)->commit(s->b, err);
    dgi_store_rollback(s);
    return st == DG_OK ? dgi_store_sync(s, err) : st;
}

dg_status dgi_store_doctor(dgi_store *s, bool repair, dgi_line_fn *fn, void *user, uint64_t *wrong, dg_error *err)
{
    struct doctor d = {.s = s, .a = dgi_arena_new((size_t)8 << 30), .fn = fn, .user = user};
    *wrong = 0;
    if (!d.a)
        return dgi_fail(err, DG_E_NOMEM, "no memory to look at the store");
    if (repair && !s->write) {
        dgi_arena_free(d.a);
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    }
    dg_status st = OPS(s)->check(s->b, told, &d, err);
    if (st == DG_OK && (st = OPS(s)->begin(s->b, false, err)) == DG_OK) {
        if ((st = look_at_coders(&d, err)) == DG_OK)
            st = look_at_board(&d, err);
        if (st == DG_OK)
            st = OPS(s)->commit(s->b, err);
        else
            OPS(s)->rollback(s->b);
    }
    *wrong = d.wrong;
    if (st == DG_OK && repair && d.wrong && (st = repair_board(s, err)) == DG_OK)
        tell(&d, "the board was made anew");
    dgi_arena_free(d.a);
    return st;
}

/* ---- coding again ---- */
struct next {
    dgi_arena *a;
    uint64_t coder;
    struct dgi_version v;
    uint64_t n;
};

static bool other_coder(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    struct next *x = user;
    (void)src;
    if (v->coder == x->coder)
        return true;
    if (!x->n++)
        x->v = *v;
    return x->a == NULL; /* counting goes on */
}

dg_status dgi_store_recode_begin(dgi_store *s, uint64_t *n_texts, dg_error *err)
{
    struct next x = {.coder = s->coder};
    *n_texts = 0;
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    dg_status st = OPS(s)->each_document(s->b, DGI_DOCS_TEXTS, 0, other_coder, &x, err);
    *n_texts = x.n;
    if (st != DG_OK || x.n <= FEW_TEXTS)
        return st;
    /* Many: the board is put aside and made once at the end; until then questions work it out. */
    if ((st = OPS(s)->begin(s->b, true, err)) == DG_OK && (st = OPS(s)->clear_board(s->b, err)) == DG_OK)
        st = OPS(s)->commit(s->b, err);
    dgi_store_rollback(s);
    return st;
}

dg_status dgi_store_recode_next(dgi_store *s, int64_t after, dgi_arena *a, int64_t *no, struct dgi_ev_doc *out,
                                dg_error *err)
{
    struct next x = {.a = a, .coder = s->coder};
    dg_status st = OPS(s)->each_document(s->b, DGI_DOCS_TEXTS, after, other_coder, &x, err);
    *no = st == DG_OK && x.n ? x.v.no : 0;
    return *no ? OPS(s)->load_document(s->b, *no, a, out, err) : st;
}

dg_status dgi_store_recode(dgi_store *s, int64_t no, const struct dgi_ev_doc *doc, dg_error *err)
{
    struct dgi_version v;
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? OPS(s)->begin(s->b, true, err) : dgi_fail(err, DG_E_NOMEM, "no memory to code a text again");
    if (st == DG_OK) {
        st = OPS(s)->recode_document(s->b, no, doc, s->coder, err);
        if (st == DG_OK)
            st = OPS(s)->version(s->b, no, a, &v, err);
        if (st == DG_OK && v.applied) { /* the same text at the same place, read anew */
            struct dgi_ledger_change same = {v.pos, true, true};
            st = dgi_store_move(s, &same, &(int64_t){0}, &(int64_t){0}, 1, err);
        }
        if (st == DG_OK)
            st = OPS(s)->commit(s->b, err);
        if (st != DG_OK)
            dgi_store_rollback(s);
    }
    dgi_arena_free(a);
    return st;
}
