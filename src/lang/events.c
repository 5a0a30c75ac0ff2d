/* SPDX-License-Identifier: Apache-2.0 */
/* lang/events.c: the heads of the trained event reader, on whichever encoder has them.
 *
 * Reads   word vectors of a window
 * Writes  doc->read (doc/read.h): probabilities of triggers, their types, status and negation, and of roles
 *
 * One hidden layer for triggers, status and negation; another, over the sum of a trigger's and a word's vector, for roles, only
 * for words of sentences with a trigger. Decides nothing: the code room does, together with the rows of the lexicon. */
#include <stdlib.h>

#include "lang/worker.h"

#define MOST_TAGS 64
#define CLEAR 8.0f

struct dgi_event_scratch {
    float *hidden, *out; /* [W, n of trig_in], [W, n of trig_out] */
    float *role, *fill;  /* [W, n of role_in], [W, n of role_out] */
    uint8_t *q;          /* [W, n_hidden] */
    float qs[DGI_WINDOW_WORDS];
    float begin[DGI_WINDOW_WORDS]; /* P of any B-; some - begin: of any I- */
    float type[DGI_WINDOW_WORDS][DGI_N_PLOVER];
};

/* ---- loading ---- */

static dg_status unknown(const struct dgi_lang_model *m, dg_str label, dg_error *err)
{
    return dgi_fail(err, DG_E_MODEL,
                    "%s: its event heads know a '%.*s', which this library does not; use a newer library", m->file.path,
                    (int)(label.len < 40 ? label.len : 40), label.ptr);
}

static uint32_t place_of(dg_str label, const char *const *names, uint32_t n)
{
    uint32_t i = 0;
    while (i < n && !dgi_str_is(label, names[i]))
        i++;
    return i;
}

/* The n lines of text `name` as places in `names`. */
static dg_status load_labels(struct dgi_lang_model *m, const char *name, uint32_t n, const char *const *names,
                             uint32_t n_names, uint8_t *out, dg_error *err)
{
    dg_str *line;
    dg_status st = dgi_lines_load(m, name, n, &line, err);
    for (uint32_t i = 0; st == DG_OK && i < n; i++) {
        uint32_t at = place_of(line[i], names, n_names);
        if (at == n_names)
            st = unknown(m, line[i], err);
        out[i] = (uint8_t)at;
    }
    free(line);
    return st;
}

static dg_status load_tags(struct dgi_lang_model *m, struct dgi_event_heads *h, dg_error *err)
{
    dg_str *tag;
    dg_status st = dgi_lines_load(m, "triggers", h->n_tags, &tag, err);
    for (uint32_t i = 0; st == DG_OK && i < h->n_tags; i++) {
        bool none = dgi_str_is(tag[i], "O");
        h->begin[i] = dgi_str_starts(tag[i], DGI_S("B-"));
        h->type[i] = (uint8_t)(none ? DGI_N_PLOVER
                                    : place_of(tag[i].len > 2 ? dgi_str_sub(tag[i], 2, tag[i].len) : tag[i],
                                               dgi_plover_name, DGI_N_PLOVER));
        if (none != (i == 0) || (!none && h->type[i] == DGI_N_PLOVER))
            st = unknown(m, tag[i], err);
    }
    free(tag);
    return st;
}

dg_status dgi_events_load(struct dgi_lang_model *m, dg_error *err)
{
    struct dgi_event_heads *h = &m->events;
    dg_str l = m->layers;
    h->n_hidden = dgi_layer_num(l, "events l2", "hidden");
    if (!h->n_hidden) /* a model without such heads */
        return DG_OK;
    h->n_tags = dgi_layer_num(l, "events l2", "triggers");
    h->n_status = dgi_layer_num(l, "events l2", "status");
    h->n_roles = dgi_layer_num(l, "events l2", "roles");
    if (h->n_hidden > 512 || h->n_tags < 2 || h->n_tags > MOST_TAGS || !h->n_status || h->n_status > DGI_N_STATUS ||
        !h->n_roles || h->n_roles > DGI_N_READ_ROLE)
        return dgi_fail(err, DG_E_MODEL, "%s: its event heads name a width out of range; rebuild it with 'make train'",
                        m->file.path);
    dg_status st;
    if ((st = dgi_qmat_load(&h->trig_in, &m->file, "trig.in", h->n_hidden, m->enc_dim, true, err)) != DG_OK ||
        (st = dgi_qmat_load(&h->trig_out, &m->file, "trig.out", h->n_tags + h->n_status + 1, h->n_hidden, true, err)) !=
            DG_OK ||
        (st = dgi_qmat_load(&h->role_in, &m->file, "role.in", 2 * h->n_hidden, m->enc_dim, true, err)) != DG_OK ||
        (st = dgi_qmat_load(&h->role_out, &m->file, "role.out", h->n_roles, h->n_hidden, true, err)) != DG_OK ||
        (st = load_tags(m, h, err)) != DG_OK ||
        (st = load_labels(m, "status", h->n_status, dgi_status_name, DGI_N_STATUS, h->status, err)) != DG_OK)
        return st;
    return load_labels(m, "roles", h->n_roles, dgi_read_role_name, DGI_N_READ_ROLE, h->role, err);
}

struct dgi_event_scratch *dgi_events_scratch_new(const struct dgi_lang_model *m)
{
    const struct dgi_event_heads *h = &m->events;
    const size_t n = DGI_WINDOW_WORDS;
    struct dgi_event_scratch *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->hidden = malloc(n * h->trig_in.n * sizeof(float));
    s->out = malloc(n * h->trig_out.n * sizeof(float));
    s->role = malloc(n * h->role_in.n * sizeof(float));
    s->fill = malloc(n * h->role_out.n * sizeof(float));
    s->q = malloc(n * h->n_hidden);
    if (!s->hidden || !s->out || !s->role || !s->fill || !s->q) {
        dgi_events_scratch_free(s);
        return NULL;
    }
    return s;
}

void dgi_events_scratch_free(struct dgi_event_scratch *s)
{
    if (!s)
        return;
    free(s->hidden);
    free(s->out);
    free(s->role);
    free(s->fill);
    free(s->q);
    free(s);
}

/* ---- running ---- */

/* Scores to probabilities, in place. The first one ("nothing") is certain where it leads by CLEAR: all others together are
 * less than one in a hundred then. Most words are such, and are spared the exponentials. */
static void softmax(float *x, uint32_t n)
{
    float max = x[1], sum = 0;
    for (uint32_t i = 2; i < n; i++)
        max = x[i] > max ? x[i] : max;
    if (x[0] - max > CLEAR) {
        memset(x, 0, n * sizeof *x);
        x[0] = 1;
        return;
    }
    max = x[0] > max ? x[0] : max;
    for (uint32_t i = 0; i < n; i++)
        sum += x[i] = dgi_exp(x[i] - max);
    for (uint32_t i = 0; i < n; i++)
        x[i] = x[i] / sum;
}

/* Row i of the window: is it in a trigger, of which type? */
static void read_word(const struct dgi_event_heads *h, struct dgi_event_scratch *s, uint32_t i, struct dgi_read_tok *to)
{
    float *x = s->out + (size_t)i * h->trig_out.n, *type = s->type[i];
    memset(type, 0, sizeof s->type[i]);
    s->begin[i] = to->some = to->p = 0;
    to->type = 0;
    if (x[0] == 1)
        return;
    for (uint32_t t = 1; t < h->n_tags; t++) {
        type[h->type[t]] += x[t];
        to->some += x[t];
        s->begin[i] += h->begin[t] ? x[t] : 0;
    }
    to->type = 0;
    for (uint8_t k = 1; k < DGI_N_PLOVER; k++)
        to->type = type[k] > type[to->type] ? k : to->type;
    to->p = type[to->type];
}

static dg_status add_event(const struct dgi_event_heads *h, struct dgi_event_scratch *s, struct dgi_doc *doc,
                           uint32_t row, uint32_t first, dg_error *err)
{
    struct dgi_read *r = doc->read;
    struct dgi_read_event *e = DGI_PUSH(r->arena, r->events, r->n_events, r->cap_events);
    if (!e)
        return dgi_fail(err, DG_E_NOMEM, "no memory for what is read of events");
    float *x = s->out + (size_t)row * h->trig_out.n + h->n_tags;
    *e = (struct dgi_read_event){.sent = doc->toks[first].sent, .first = first, .end = first + 1};
    e->some = r->toks[first].some;
    memcpy(e->type, s->type[row], sizeof e->type);
    e->negated = 1.0f / (1.0f + dgi_exp(-x[h->n_status]));
    softmax(x, h->n_status);
    for (uint32_t k = 0; k < h->n_status; k++)
        e->status[h->status[k]] = x[k];
    return DG_OK;
}

/* s->fill: chances of the roles of all n words of a sentence for the event whose first word is word k, from the rows of s->role. */
static void role_chances(const struct dgi_lang_model *m, struct dgi_event_scratch *s, uint32_t n, uint32_t k)
{
    const struct dgi_event_heads *h = &m->events;
    const size_t nr = h->role_in.n, nh = h->n_hidden;
    for (uint32_t i = 0; i < n; i++)
        s->qs[i] = m->kern->quantise(s->role + k * nr, s->role + i * nr + nh, true, h->n_hidden, s->q + i * nh);
    m->kern->gemm(&h->role_out, n, s->q, nh, s->qs, NULL, s->fill, h->role_out.n);
    for (uint32_t i = 0; i < n; i++)
        softmax(s->fill + (size_t)i * h->role_out.n, h->n_roles);
}

static dg_status add_roles(struct dgi_lang_worker *w, struct dgi_doc *doc, struct dgi_read_event *e, uint32_t n,
                           uint32_t k, dg_error *err)
{
    const struct dgi_lang_worker *o = w->beside;
    const struct dgi_event_heads *h = &w->m->events;
    struct dgi_event_scratch *s = w->events;
    uint8_t(*role)[DGI_N_READ_ROLE] = dgi_arena_array(doc->read->arena, n, sizeof *role);
    if (!role)
        return dgi_fail(err, DG_E_NOMEM, "no memory for what is read of events");
    role_chances(w->m, s, n, k);
    if (o) {
        role_chances(o->m, o->events, n, k);
        dgi_mean(s->fill, h->role_out.n, o->events->fill, o->m->events.role_out.n, n, h->n_roles);
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < h->n_roles; j++)
            role[i][h->role[j]] = (uint8_t)(s->fill[(size_t)i * h->role_out.n + j] * 255.0f + 0.5f);
    e->role = (const uint8_t(*)[DGI_N_READ_ROLE])role;
    return DG_OK;
}

/* s->role of the n words from row `row` on: their sides as trigger and as filler. */
static void role_sides(const struct dgi_lang_worker *w, uint32_t row, uint32_t n)
{
    const struct dgi_event_heads *h = &w->m->events;
    const struct dgi_encoded *e = &w->e;
    w->m->kern->gemm(&h->role_in, n, e->top + (size_t)row * e->dim, e->dim, e->top_scale + row, NULL, w->events->role,
                     h->role_in.n);
}

/* Triggers of sentence k of the window: begun where one is likelier begun than gone on with. */
static dg_status read_sentence(struct dgi_lang_worker *w, struct dgi_doc *doc, uint32_t k, dg_error *err)
{
    const struct dgi_event_heads *h = &w->m->events;
    const struct dgi_window *win = &w->win;
    struct dgi_event_scratch *s = w->events;
    struct dgi_read *r = doc->read;
    const uint32_t n = win->len[k], row = win->row[k], first = win->first_tok[k], before = r->n_events;
    bool open = false;
    dg_status st;
    for (uint32_t i = 0; i < n; i++) {
        float some = r->toks[first + i].some, begin = s->begin[row + i];
        bool goes_on = open && some - begin > begin;
        open = some >= DGI_READ_LEAST && (goes_on || r->n_events - before < DGI_READ_MOST);
        if (open && goes_on)
            r->events[r->n_events - 1].end = first + i + 1;
        else if (open && (st = add_event(h, s, doc, row + i, first + i, err)) != DG_OK)
            return st;
    }
    if (r->n_events == before)
        return DG_OK;
    role_sides(w, row, n);
    if (w->beside)
        role_sides(w->beside, row, n);
    for (uint32_t i = before; i < r->n_events; i++) {
        r->events[i].from = first;
        r->events[i].to = first + n;
        if ((st = add_roles(w, doc, &r->events[i], n, r->events[i].first - first, err)) != DG_OK)
            return st;
    }
    return DG_OK;
}

/* s->out of all words of the window: chances of the trigger tags, scores of status and negation. */
static void trigger_chances(const struct dgi_lang_worker *w, const struct dgi_window *win)
{
    const struct dgi_lang_model *m = w->m;
    const struct dgi_event_heads *h = &m->events;
    struct dgi_event_scratch *s = w->events;
    const size_t nh = h->n_hidden, ni = h->trig_in.n;
    m->kern->gemm(&h->trig_in, win->n_words, w->e.top, w->e.dim, w->e.top_scale, NULL, s->hidden, ni);
    for (uint32_t i = 0; i < win->n_words; i++)
        s->qs[i] = m->kern->quantise(s->hidden + i * ni, NULL, true, h->n_hidden, s->q + i * nh);
    m->kern->gemm(&h->trig_out, win->n_words, s->q, nh, s->qs, NULL, s->out, h->trig_out.n);
    for (uint32_t i = 0; i < win->n_words; i++)
        softmax(s->out + (size_t)i * h->trig_out.n, h->n_tags);
}

dg_status dgi_events_run(struct dgi_lang_worker *w, struct dgi_doc *doc, dg_error *err)
{
    const struct dgi_event_heads *h = &w->m->events;
    const struct dgi_lang_worker *o = w->beside;
    const struct dgi_window *win = &w->win;
    trigger_chances(w, win);
    if (o) {
        trigger_chances(o, win);
        dgi_mean(w->events->out, h->trig_out.n, o->events->out, o->m->events.trig_out.n, win->n_words,
                 h->n_tags + h->n_status + 1);
    }
    for (uint32_t k = 0; k < win->n_sents; k++) {
        for (uint32_t i = 0; i < win->len[k]; i++)
            read_word(h, w->events, win->row[k] + i, &doc->read->toks[win->first_tok[k] + i]);
        dg_status st = read_sentence(w, doc, k, err);
        if (st != DG_OK)
            return st;
    }
    return DG_OK;
}

dg_status dgi_events_begin(struct dgi_doc *doc, dg_error *err)
{
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_read *r = a ? dgi_arena_alloc(a, sizeof *r) : NULL;
    if (!r || !(r->toks = dgi_arena_array(a, (size_t)doc->n_toks + 1, sizeof *r->toks))) {
        dgi_arena_free(a);
        return dgi_fail(err, DG_E_NOMEM, "no memory for what is read of events");
    }
    r->arena = a;
    doc->read = r;
    return DG_OK;
}

static int by_first(const void *a, const void *b)
{
    const struct dgi_read_event *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

void dgi_events_end(struct dgi_doc *doc)
{
    if (doc->read->n_events) /* windows take their sentences longest first */
        qsort(doc->read->events, doc->read->n_events, sizeof *doc->read->events, by_first);
}
