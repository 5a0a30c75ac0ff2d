/* SPDX-License-Identifier: Apache-2.0 */
/* text/segment.c: sentences and tokens of a document.
 *
 * Reads   doc->text, doc->blocks
 * Writes  doc->sents, doc->toks
 *
 * Rules propose the places where a token or a sentence can end (segment_core.c), a hashed linear model decides, a closed
 * list of contractions cuts tokens into words (segment_words.c). A model over every character was measured at half the speed and the
 * same scores (MODELS.md 3.4). The end of a block always ends a sentence; a line break inside a block is a space.
 * Known faults: docs/stages/segment.md. */
#include "text/segment.h"

#include <stdlib.h>

#include "text/segment_core.h"

struct dgi_segmenter {
    dgi_pack *pack;
    struct dgi_seg_model m;
    struct dgi_contractions words;
};

dg_status dgi_segmenter_open(struct dgi_segmenter **out, const char *path, const dgi_lexicon *lex, dg_error *err)
{
    *out = NULL;
    struct dgi_segmenter *s = calloc(1, sizeof *s);
    if (!s)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the segmenter");
    dg_status st = dgi_pack_open(&s->pack, path, "segment", DGI_SEG_VERSION, "run 'make train'", err);
    if (st != DG_OK ||
        (st = dgi_contractions_init(&s->words, lex ? dgi_lexicon_table(lex, "contractions") : NULL, err)) != DG_OK)
        goto fail;
    const struct dgi_array *cut, *sent, *bias, *hash, *kind;
    const uint64_t one = 1u << DGI_SEG_BITS, two = 2, any = 0;
    if ((st = dgi_pack_need(&cut, s->pack, "cut", DGI_I8, 1, &one, err)) != DG_OK ||
        (st = dgi_pack_need(&sent, s->pack, "sent", DGI_I8, 1, &one, err)) != DG_OK ||
        (st = dgi_pack_need(&bias, s->pack, "bias", DGI_I32, 1, &two, err)) != DG_OK ||
        (st = dgi_pack_need(&hash, s->pack, "abbr.hash", DGI_U32, 1, &any, err)) != DG_OK ||
        (st = dgi_pack_need(&kind, s->pack, "abbr.kind", DGI_U8, 1, &any, err)) != DG_OK)
        goto fail;
    if (hash->dim[0] != kind->dim[0] || hash->dim[0] > UINT32_MAX) {
        st = dgi_fail(err, DG_E_MODEL, "%s: abbr.hash and abbr.kind differ in length; run 'make train'", path);
        goto fail;
    }
    s->m = (struct dgi_seg_model){.cut = cut->data,
                                  .sent = sent->data,
                                  .cut_bias = ((const int32_t *)bias->data)[0],
                                  .sent_bias = ((const int32_t *)bias->data)[1],
                                  .abbr_hash = hash->data,
                                  .abbr_kind = kind->data,
                                  .n_abbr = (uint32_t)hash->dim[0]};
    *out = s;
    return DG_OK;
fail:
    dgi_segmenter_close(s);
    return st;
}

bool dgi_segmenter_keep(struct dgi_segmenter *seg)
{
    return dgi_pack_keep(seg->pack);
}
uint64_t dgi_segmenter_sum(const struct dgi_segmenter *seg)
{
    return dgi_pack_sum(seg->pack);
}

void dgi_segmenter_close(struct dgi_segmenter *seg)
{
    if (!seg)
        return;
    dgi_contractions_clear(&seg->words);
    dgi_pack_close(seg->pack);
    free(seg);
}

static inline int32_t score(const int8_t *w, int32_t bias, const uint32_t *f, uint32_t n)
{
    int32_t s = bias;
    for (uint32_t i = 0; i < n; i++)
        s += w[f[i]];
    return s;
}

/* Scratch of one call. */
struct work {
    dgi_arena *arena;
    struct dgi_seg_char *chars;   /* [bytes of the block or window + 1] */
    struct dgi_seg_chunk *chunks; /* the same */
    struct dgi_seg_token *toks;   /* of the block */
    uint32_t n_toks, cap_toks;
};

static bool cut_chunk(const struct dgi_seg_model *m, struct work *w, uint32_t n_chunks, uint32_t k, bool space)
{
    uint32_t feats[DGI_SEG_MAX_FEATS];
    const struct dgi_seg_chunk *c = &w->chunks[k];
    uint32_t tok = c->first, address = dgi_seg_address(m, w->chars, c);
    for (uint32_t p = c->first + 1; p <= c->end; p++) {
        if (p < c->end) {
            if (!dgi_seg_may_cut(w->chars, p))
                continue;
            int sure = dgi_seg_sure_cut(m, w->chars, c, address, p);
            if (sure < 0)
                sure = score(m->cut, m->cut_bias, feats,
                             dgi_seg_cut_feats(m, w->chars, w->chunks, n_chunks, k, tok, p, feats)) > 0;
            if (!sure)
                continue;
        }
        struct dgi_seg_token *t = DGI_PUSH(w->arena, w->toks, w->n_toks, w->cap_toks);
        if (!t)
            return false;
        dgi_seg_token_make(m, w->chars, tok, p, space, t);
        /* the last token of a chunk ends where its last character does, not at the next chunk */
        tok = p;
        space = false;
    }
    return true;
}

static inline bool ascii_space(char c)
{
    return c == ' ' || (c >= 9 && c <= 13);
}

/* Tokens of text[from, to) appended to w->toks. */
static bool tokenize(const struct dgi_seg_model *m, struct work *w, dg_str text, uint32_t from, uint32_t to)
{
    while (from < to) {
        uint32_t end = to;
        if (to - from > DGI_SEG_WINDOW) {
            end = from + DGI_SEG_WINDOW;
            while (end > from && !ascii_space(text.ptr[end - 1]))
                end--;
            if (end == from) {
                end = from + DGI_SEG_WINDOW;
                while (((unsigned char)text.ptr[end] & 0xC0) == 0x80)
                    end--;
            }
        }
        uint32_t n_chunks = 0;
        dgi_seg_decode(text, from, end, w->chars, w->chunks, &n_chunks);
        for (uint32_t k = 0; k < n_chunks; k++) {
            const struct dgi_seg_chunk *c = &w->chunks[k];
            bool space = w->n_toks == 0 || k == 0 || w->chars[c->first].byte > w->toks[w->n_toks - 1].end;
            if (!cut_chunk(m, w, n_chunks, k, space))
                return false;
            /* chars[c->end].byte is the next chunk's first byte: step back over the white space between */
            struct dgi_seg_token *last = &w->toks[w->n_toks - 1];
            uint32_t e = w->chars[c->end - 1].byte + 1;
            while (e < end && ((unsigned char)text.ptr[e] & 0xC0) == 0x80)
                e++;
            last->end = e;
        }
        from = end;
    }
    return true;
}

/* "strong - armed" to "strong-armed": taggers take the parts for an adjective and a participle. */
static void join_verbs(const struct dgi_contractions *c, struct work *w, dg_str text)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->n_toks; i++) {
        struct dgi_seg_token *t = &w->toks[n++];
        *t = w->toks[i];
        if (i + 2 >= w->n_toks || w->toks[i + 1].first != '-' || w->toks[i + 1].len != 1 || w->toks[i + 1].space ||
            w->toks[i + 2].space)
            continue;
        const struct dgi_seg_token *last = &w->toks[i + 2];
        if (!dgi_seg_joins(c, dgi_str_sub(text, t->start, t->end), dgi_str_sub(text, last->start, last->end)))
            continue;
        t->end = last->end;
        t->last = last->last;
        t->len = (uint16_t)(t->len + last->len + 1);
        t->letter = 0;
        i += 2;
    }
    w->n_toks = n;
}

static bool add_words(const struct dgi_contractions *c, struct dgi_doc *doc, const struct dgi_seg_token *t,
                      bool space_after)
{
    uint32_t cuts[4];
    dg_str form = dgi_slice(doc, (dgi_span){t->start, t->end});
    uint32_t n = 1;
    cuts[0] = 0;
    if (t->first == 'a' || t->first == 'A' || t->first == '9' || t->first == '\'')
        n = dgi_seg_words(c, form, cuts);
    for (uint32_t i = 0; i < n; i++) {
        struct dgi_tok *k = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
        if (!k)
            return false;
        k->start = t->start + cuts[i];
        k->end = i + 1 < n ? t->start + cuts[i + 1] : t->end;
        k->form = dgi_slice(doc, (dgi_span){k->start, k->end});
        k->head = k->first_child = k->next_sib = k->mention = DGI_NONE;
        k->sent = doc->n_sents;
        if (n > 1)
            k->flags = i ? DGI_TOK_MWT_REST : DGI_TOK_MWT_FIRST;
        if (i + 1 == n && space_after)
            k->flags |= DGI_TOK_SPACE_AFTER;
    }
    return true;
}

static bool add_sentences(const struct dgi_seg_model *m, const struct dgi_contractions *c, struct work *w,
                          struct dgi_doc *doc, uint32_t block)
{
    uint32_t feats[DGI_SEG_MAX_FEATS];
    struct dgi_seg_state st;
    dgi_seg_state_begin(&st, w->toks, w->n_toks);
    uint32_t first = doc->n_toks;
    for (uint32_t i = 0; i < w->n_toks; i++) {
        const struct dgi_seg_token *t = &w->toks[i];
        bool last = i + 1 == w->n_toks;
        if (!add_words(c, doc, t, last || w->toks[i + 1].space))
            return false;
        bool end = last || i - st.since + 1 >= DGI_SEG_MAX_SENT;
        if (!end && dgi_seg_may_end(w->toks, w->n_toks, i))
            end = score(m->sent, m->sent_bias, feats, dgi_seg_end_feats(w->toks, w->n_toks, i, &st, feats)) > 0;
        if (end) {
            struct dgi_sent *s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
            if (!s)
                return false;
            s->span = (dgi_span){w->toks[st.since].start, t->end};
            s->first = first;
            s->end = doc->n_toks;
            s->block = block;
            s->starts_par = st.since == 0;
            s->root = first;
            first = doc->n_toks;
        }
        dgi_seg_state_next(&st, w->toks, i, end);
    }
    return true;
}

dg_status dgi_segment(const struct dgi_segmenter *seg, struct dgi_doc *doc, dg_error *err)
{
    struct work w = {.arena = dgi_arena_new(0)};
    dg_status st = DG_OK;
    if (!w.arena)
        return dgi_fail(err, DG_E_NOMEM, "no memory to segment the text");
    for (uint32_t b = 0; b < doc->n_blocks && st == DG_OK; b++) {
        const struct dgi_block *k = &doc->blocks[b];
        if (k->kind != DGI_BLOCK_BODY && k->kind != DGI_BLOCK_HEADLINE && k->kind != DGI_BLOCK_SUBHEAD &&
            k->kind != DGI_BLOCK_LIST)
            continue;
        dgi_arena_reset(w.arena);
        w.toks = NULL;
        w.n_toks = w.cap_toks = 0;
        uint32_t from = k->span.start, to = k->span.end;
        size_t room = (to - from < DGI_SEG_WINDOW ? to - from : DGI_SEG_WINDOW) + 1;
        w.chars = dgi_arena_array(w.arena, room, sizeof *w.chars);
        w.chunks = dgi_arena_array(w.arena, room, sizeof *w.chunks);
        bool ok = w.chars && w.chunks;
        if (ok && k->dateline.end > k->dateline.start && k->dateline.start >= from && k->dateline.end <= to) {
            ok = tokenize(&seg->m, &w, doc->text, from, k->dateline.start);
            from = k->dateline.end;
        }
        ok = ok && tokenize(&seg->m, &w, doc->text, from, to);
        join_verbs(&seg->words, &w, doc->text);
        ok = ok && add_sentences(&seg->m, &seg->words, &w, doc, b);
        if (!ok)
            st = dgi_fail(err, DG_E_NOMEM, "no memory for the tokens of the text");
    }
    dgi_arena_free(w.arena);
    return st;
}
