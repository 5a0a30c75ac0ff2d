/* SPDX-License-Identifier: Apache-2.0 */
/* lang/model.c: opens a model file and checks every array that the network will read, once.
 *
 * The file's "layers" text names its layers and their widths; an array that does not fit them is refused here, so that
 * the code that computes needs no checks. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "lang/net.h"

uint32_t dgi_layer_num(dg_str layers, const char *layer, const char *key)
{
    dg_str line, word, value;
    while (dgi_str_next(&layers, '\n', &line)) {
        if (!dgi_str_starts(line, dgi_str(layer)) || (line.len > strlen(layer) && line.ptr[strlen(layer)] != ' '))
            continue;
        while (dgi_str_next(&line, ' ', &word))
            if (dgi_str_is(word, key)) {
                int64_t v = 0;
                if (dgi_str_next(&line, ' ', &value) && dgi_str_int(value, &v) && v > 0 && v <= 1 << 20)
                    return (uint32_t)v;
                return 0;
            }
    }
    return 0;
}

bool dgi_floats_sane(const float *x, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        ok &= x[i] >= -1e6f && x[i] <= 1e6f;
    return ok;
}

/* What the kernels build on (kernel.h): no weight is -128, and corr takes away the offset of the inputs. */
static bool weights_sane(const struct dgi_qmat *q)
{
    const int8_t *w = q->w;
    int8_t least = 0;
    for (uint32_t n0 = 0; n0 < q->n; n0 += 16) {
        int32_t sum[64] = {0};
        for (uint32_t k = 0; k < q->k; k += 4, w += 64)
            for (int j = 0; j < 64; j++) {
                sum[j] += w[j];
                least = w[j] < least ? w[j] : least;
            }
        for (uint32_t j = 0; j < 16; j++)
            if (q->corr[n0 + j] != -128 * (sum[4 * j] + sum[4 * j + 1] + sum[4 * j + 2] + sum[4 * j + 3]))
                return false;
    }
    return least > INT8_MIN;
}

dg_status dgi_qmat_load(struct dgi_qmat *q, const struct dgi_mfile *f, const char *name, uint32_t n_min, uint32_t k,
                        bool with_bias, dg_error *err)
{
    char part[40];
    uint32_t n = (n_min + DGI_GROUP - 1) / DGI_GROUP * DGI_GROUP;
    uint32_t w[4] = {n / 16, k / 4, 16, 4}, v[4] = {n}, v2[4] = {n}, v3[4] = {n};
    if (!n_min || n_min > 1u << 16 || !k || k % 16 || k > DGI_MAX_K)
        return dgi_fail(err, DG_E_MODEL,
                        "%s: layer '%s' has a width that this library cannot compute; rebuild it with 'make train'",
                        f->path, name);
    *q = (struct dgi_qmat){.n = n, .k = k};
    snprintf(part, sizeof part, "%s.w", name);
    if (!(q->w = dgi_mfile_array(f, part, DGI_I8, 4, w, err)))
        return DG_E_MODEL;
    snprintf(part, sizeof part, "%s.scale", name);
    if (!(q->scale = dgi_mfile_array(f, part, DGI_F32, 1, v, err)))
        return DG_E_MODEL;
    snprintf(part, sizeof part, "%s.corr", name);
    if (!(q->corr = dgi_mfile_array(f, part, DGI_I32, 1, v2, err)))
        return DG_E_MODEL;
    snprintf(part, sizeof part, "%s.bias", name);
    if (with_bias && !(q->bias = dgi_mfile_array(f, part, DGI_F32, 1, v3, err)))
        return DG_E_MODEL;
    if (!dgi_floats_sane(q->scale, n) || (with_bias && !dgi_floats_sane(q->bias, n)) || !weights_sane(q))
        return dgi_fail(err, DG_E_MODEL,
                        "%s: layer '%s' holds numbers that are out of range; rebuild it with 'make train'", f->path,
                        name);
    return DG_OK;
}

dg_status dgi_rows_load(struct dgi_rows *r, const struct dgi_mfile *f, const char *name, uint32_t d, dg_error *err)
{
    char part[40];
    uint32_t shape[4] = {0, d};
    snprintf(part, sizeof part, "%s.q", name);
    if (!(r->q = dgi_mfile_array(f, part, DGI_I8, 2, shape, err)))
        return DG_E_MODEL;
    r->n = shape[0];
    r->d = d;
    uint32_t v[4] = {r->n};
    snprintf(part, sizeof part, "%s.scale", name);
    if (!(r->scale = dgi_mfile_array(f, part, DGI_F32, 1, v, err)))
        return DG_E_MODEL;
    if (!r->n || !d || d > DGI_MAX_K || !dgi_floats_sane(r->scale, r->n))
        return dgi_fail(err, DG_E_MODEL,
                        "%s: table '%s' is empty or holds numbers that are out of range; rebuild it with 'make train'",
                        f->path, name);
    return DG_OK;
}

dg_status dgi_lines_load(struct dgi_lang_model *m, const char *name, uint32_t n, dg_str **out, dg_error *err)
{
    dg_str text = dgi_mfile_text(&m->file, name, err);
    *out = NULL;
    if (!text.ptr)
        return DG_E_MODEL;
    if (!(*out = calloc((size_t)n + 1, sizeof **out)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    uint32_t k = 0;
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n') {
            if (k < n)
                (*out)[k] = (dg_str){text.ptr + from, i - from};
            k++;
            from = i + 1;
        }
    if (k != n || n == 0)
        return dgi_fail(err, DG_E_MODEL, "%s: list '%s' has %u lines, its layer has %u; rebuild it with 'make train'",
                        m->file.path, name, k, n);
    return DG_OK;
}

static dg_status load_upos_rel(struct dgi_lang_model *m, dg_error *err)
{
    dg_str *upos = NULL, *rel = NULL;
    dg_status st = dgi_lines_load(m, "upos", m->n_upos, &upos, err);
    if (st == DG_OK)
        st = dgi_lines_load(m, "rel", m->n_rel, &rel, err);
    m->upos = calloc((size_t)m->n_upos + 1, 1);
    m->rel = calloc((size_t)m->n_rel + 1, 1);
    if (st == DG_OK && (!m->upos || !m->rel))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    m->root_rel = UINT32_MAX;
    for (uint32_t i = 0; st == DG_OK && i < m->n_upos; i++)
        m->upos[i] = dgi_upos_parse(upos[i]);
    for (uint32_t i = 0; st == DG_OK && i < m->n_rel; i++) {
        m->rel[i] = dgi_rel_parse(rel[i]);
        if (m->rel[i] == DGI_REL_ROOT)
            m->root_rel = i;
    }
    if (st == DG_OK && m->root_rel == UINT32_MAX)
        st = dgi_fail(err, DG_E_MODEL, "%s: its relations lack 'root'; rebuild it with 'make train'", m->file.path);
    free(upos);
    free(rel);
    return st;
}

static dg_status load_names(struct dgi_lang_model *m, dg_error *err)
{
    static const char *const types[DGI_N_NAME] = {"O", "PER", "ORG", "LOC", "NORP", "EVENT", "MISC"};
    dg_str *tag = NULL;
    dg_status st = dgi_lines_load(m, "names", m->n_names, &tag, err);
    m->name_type = calloc((size_t)m->n_names + 1, 1);
    m->name_begin = calloc((size_t)m->n_names + 1, sizeof(bool));
    if (st == DG_OK && (!m->name_type || !m->name_begin))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    for (uint32_t i = 0; st == DG_OK && i < m->n_names; i++) {
        m->name_begin[i] = dgi_str_starts(tag[i], DGI_S("B-"));
        dg_str type = tag[i].len > 2 ? dgi_str_sub(tag[i], 2, tag[i].len) : DGI_S("O");
        m->name_type[i] = DGI_NAME_MISC; /* a type that this library does not know */
        for (int k = 0; k < DGI_N_NAME; k++)
            if (dgi_str_is(type, types[k]))
                m->name_type[i] = (uint8_t)k;
    }
    free(tag);
    return st;
}

static dg_status load_heads(struct dgi_lang_model *m, dg_error *err)
{
    dg_status st;
    dg_str l = m->layers;
    m->n_tag = dgi_layer_num(l, "tags l1", "hidden");
    m->n_upos = dgi_layer_num(l, "tags l1", "upos");
    m->n_xpos = dgi_layer_num(l, "tags l1", "xpos");
    m->n_feats = dgi_layer_num(l, "tags l1", "feats");
    m->n_arc = dgi_layer_num(l, "tree l2", "arc");
    m->n_lab = dgi_layer_num(l, "tree l2", "label");
    m->n_rel = dgi_layer_num(l, "tree l2", "rel");
    m->n_names = dgi_layer_num(l, "names l2", "tags");
    if (!m->n_upos || m->n_upos > 255 || !m->n_xpos || m->n_xpos > 1000 || !m->n_feats || m->n_feats > 10000 ||
        !m->n_arc || m->n_arc > 512 || !m->n_lab || m->n_lab > 512 || !m->n_rel || m->n_rel > 255 || !m->n_names ||
        m->n_names > 64 || m->n_tag > 512)
        return dgi_fail(
            err, DG_E_MODEL,
            "%s: its list of layers lacks a head or names a width out of range; rebuild it with 'make train'",
            m->file.path);
    if ((st = dgi_qmat_load(&m->tag_in, &m->file, "tag.in", m->n_tag, m->enc_dim, true, err)) != DG_OK ||
        (st = dgi_qmat_load(&m->tag_out, &m->file, "tag.out", m->n_upos + m->n_xpos + m->n_feats, m->n_tag, true,
                            err)) != DG_OK ||
        (st = dgi_qmat_load(&m->top, &m->file, "top", 2 * m->n_arc + 2 * m->n_lab + m->n_names, m->enc_dim, true,
                            err)) != DG_OK ||
        (st = dgi_qmat_load(&m->arc_u, &m->file, "arc.u", m->n_arc, m->n_arc, true, err)) != DG_OK ||
        (st = dgi_qmat_load(&m->lab_out, &m->file, "lab.out", m->n_rel, m->n_lab, true, err)) != DG_OK)
        return st;
    uint32_t a[4] = {m->n_arc}, b[4] = {m->n_lab}, c[4] = {m->n_feats};
    if (!(m->root_arc = dgi_mfile_array(&m->file, "root.arc", DGI_F32, 1, a, err)) ||
        !(m->root_lab = dgi_mfile_array(&m->file, "root.lab", DGI_F32, 1, b, err)) ||
        !(m->feats_upos = dgi_mfile_array(&m->file, "feats.upos", DGI_U8, 1, c, err)))
        return DG_E_MODEL;
    if (!dgi_floats_sane(m->root_arc, m->n_arc) || !dgi_floats_sane(m->root_lab, m->n_lab))
        return dgi_fail(err, DG_E_MODEL,
                        "%s: its root vectors hold numbers that are out of range; rebuild it with 'make train'",
                        m->file.path);
    if ((st = load_upos_rel(m, err)) != DG_OK || (st = load_names(m, err)) != DG_OK ||
        (st = dgi_lines_load(m, "xpos", m->n_xpos, &m->xpos, err)) != DG_OK ||
        (st = dgi_lines_load(m, "feats", m->n_feats, &m->feats, err)) != DG_OK)
        return st;
    if (!(m->feats_from = calloc((size_t)m->n_upos + 1, sizeof *m->feats_from)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    for (uint32_t i = 0; i < m->n_feats; i++) {
        if (m->feats_upos[i] >= m->n_upos || (i && m->feats_upos[i] < m->feats_upos[i - 1]))
            return dgi_fail(err, DG_E_MODEL,
                            "%s: its feature strings are not sorted by UPOS; rebuild it with 'make train'",
                            m->file.path);
        for (uint32_t u = m->feats_upos[i] + 1u; u <= m->n_upos; u++)
            m->feats_from[u] = i + 1;
        if (dgi_str_is(m->feats[i], "_"))
            m->feats[i] = DGI_S("");
    }
    return DG_OK;
}

static dg_status pick_encoder(struct dgi_lang_model *m, dg_error *err)
{
    static const struct dgi_encoder *const known[] = {&dgi_encoder_bilstm, &dgi_encoder_minilm};
    dg_str line, rest = m->layers, kind = {"", 0};
    while (dgi_str_next(&rest, '\n', &line)) {
        dgi_str_next(&line, ' ', &kind);
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (dgi_str_is(kind, known[i]->kind)) {
                m->enc = known[i];
                return DG_OK;
            }
    }
    return dgi_fail(
        err, DG_E_MODEL,
        "%s: its layers hold no encoder that this library knows (bilstm, minilm); use a newer library or rebuild it with 'make train'",
        m->file.path);
}

dg_status dgi_lang_model_open(struct dgi_lang_model **out, const char *path, const struct dgi_lang_options *opt,
                              dg_error *err)
{
    *out = NULL;
    struct dgi_lang_options o = DGI_LANG_OPTIONS_INIT;
    if (opt)
        memcpy(&o, opt, opt->size < sizeof o ? opt->size : sizeof o);
    struct dgi_lang_model *m = calloc(1, sizeof *m);
    if (!m)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    dg_status st = dgi_mfile_open(&m->file, path, err);
    if (st != DG_OK) {
        free(m);
        return st;
    }
    m->kern = dgi_kernels_get(o.kernel);
    m->style = o.style;
    m->layers = dgi_mfile_text(&m->file, "layers", err);
    m->card = m->layers.ptr ? dgi_mfile_text(&m->file, "card", err) : (dg_str){NULL, 0};
    if (!m->card.ptr)
        st = DG_E_MODEL;
    else if ((st = pick_encoder(m, err)) == DG_OK && (st = m->enc->load(m, err)) == DG_OK &&
             (st = load_heads(m, err)) == DG_OK && (st = dgi_events_load(m, err)) == DG_OK)
        st = dgi_lemma_load(m, err);
    if (st != DG_OK) {
        dgi_lang_model_close(m);
        return st;
    }
    *out = m;
    return DG_OK;
}

static bool same_strings(const dg_str *a, const dg_str *b, uint32_t n)
{
    uint32_t i = 0;
    while (i < n && dgi_str_eq(a[i], b[i]))
        i++;
    return i == n;
}

static bool same_labels(const struct dgi_lang_model *a, const struct dgi_lang_model *b)
{
    return a->n_upos == b->n_upos && a->n_xpos == b->n_xpos && a->n_feats == b->n_feats && a->n_rel == b->n_rel &&
           a->n_names == b->n_names && !memcmp(a->upos, b->upos, a->n_upos) && !memcmp(a->rel, b->rel, a->n_rel) &&
           !memcmp(a->name_type, b->name_type, a->n_names) &&
           !memcmp(a->name_begin, b->name_begin, a->n_names * sizeof *a->name_begin) &&
           !memcmp(a->feats_upos, b->feats_upos, a->n_feats) && same_strings(a->xpos, b->xpos, a->n_xpos) &&
           same_strings(a->feats, b->feats, a->n_feats);
}

static bool same_events(const struct dgi_event_heads *a, const struct dgi_event_heads *b)
{
    return !a->n_hidden == !b->n_hidden && a->n_tags == b->n_tags && a->n_status == b->n_status &&
           a->n_roles == b->n_roles && !memcmp(a->type, b->type, sizeof a->type) &&
           !memcmp(a->begin, b->begin, sizeof a->begin) && !memcmp(a->status, b->status, sizeof a->status) &&
           !memcmp(a->role, b->role, sizeof a->role);
}

dg_status dgi_lang_model_beside(struct dgi_lang_model *m, struct dgi_lang_model *other, dg_error *err)
{
    m->beside = other;
    if (same_labels(m, other) && same_events(&m->events, &other->events))
        return DG_OK;
    return dgi_fail(err, DG_E_MODEL, "%s: knows other labels than %s, which reads along; take both from one version",
                    m->file.path, other->file.path);
}

bool dgi_lang_model_keep(struct dgi_lang_model *m)
{
    return dgi_pack_keep(m->file.pack) && (!m->beside || dgi_lang_model_keep(m->beside));
}
uint64_t dgi_lang_model_sum(const struct dgi_lang_model *m)
{
    const uint64_t own = dgi_pack_sum(m->file.pack);
    return m->beside ? own * 0x9E3779B97F4A7C15u + dgi_lang_model_sum(m->beside) : own;
}

void dgi_lang_model_close(struct dgi_lang_model *m)
{
    if (!m)
        return;
    dgi_lang_model_close(m->beside);
    if (m->enc)
        m->enc->unload(m);
    dgi_lemma_unload(m);
    free(m->upos);
    free(m->rel);
    free(m->xpos);
    free(m->feats);
    free(m->feats_from);
    free(m->name_type);
    free(m->name_begin);
    dgi_mfile_close(&m->file);
    free(m);
}

dg_str dgi_lang_model_card(const struct dgi_lang_model *m)
{
    return m->card;
}
dg_str dgi_lang_model_layers(const struct dgi_lang_model *m)
{
    return m->layers;
}
const char *dgi_lang_model_kernel(const struct dgi_lang_model *m)
{
    return m->kern->name;
}
