/* SPDX-License-Identifier: Apache-2.0 */
/* export/conllu.c: sentences as CoNLL-U (UD v2) that public evaluators accept.
 *
 * Reads tokens, sentences, blocks. A "# text" line is the sentence with its white space made single, and the forms and
 * SpaceAfter give exactly that line again. */
#include "export/conllu.h"

#include "base/utf8.h"

static void cell(struct dgi_buf *out, dg_str s)
{
    if (!s.len) {
        dgi_buf_add(out, DGI_S("_"));
        return;
    }
    for (size_t i = 0, from = 0; i <= s.len; i++) /* no tabs or newlines inside a cell */
        if (i == s.len || s.ptr[i] == '\t' || s.ptr[i] == '\n' || s.ptr[i] == '\r') {
            dgi_buf_add(out, dgi_str_sub(s, from, i));
            if (i < s.len)
                dgi_buf_add(out, DGI_S(" "));
            from = i + 1;
        }
}

/* Surface token that begins at t: its text and the index after its last word. */
static dg_str surface(const struct dgi_doc *doc, uint32_t t, uint32_t end, uint32_t *after)
{
    uint32_t e = t + 1;
    if (doc->toks[t].flags & DGI_TOK_MWT_FIRST)
        while (e < end && (doc->toks[e].flags & DGI_TOK_MWT_REST))
            e++;
    *after = e;
    if (e == t + 1)
        return doc->toks[t].form;
    return dgi_str_sub(doc->text, doc->toks[t].start, doc->toks[e - 1].end);
}

static void text_line(struct dgi_buf *out, const struct dgi_doc *doc, const struct dgi_sent *s)
{
    dgi_buf_add(out, DGI_S("# text = "));
    for (uint32_t t = s->first, after; t < s->end; t = after) {
        cell(out, surface(doc, t, s->end, &after));
        if (after < s->end && (doc->toks[after - 1].flags & DGI_TOK_SPACE_AFTER))
            dgi_buf_add(out, DGI_S(" "));
    }
    dgi_buf_add(out, DGI_S("\n"));
}

/* The names of a document, gone through in order of its tokens; names NULL: none are written. */
struct names {
    const struct dgi_ev_name *names;
    uint32_t n, at;
    struct dgi_cpmap map;
};

/* The last column: "SpaceAfter=No", "NER=B-PER" and "NER=I-PER", both, or "_". */
static void misc(struct dgi_buf *out, struct names *in, const struct dgi_tok *k, bool no_space)
{
    const char *kind = NULL;
    bool begins = false;
    if (in->names) {
        uint32_t start = dgi_cpmap_cp(&in->map, k->start), end = dgi_cpmap_cp(&in->map, k->end);
        while (in->at < in->n && (in->names[in->at].level != DGI_NL_NAME || in->names[in->at].span.end_cp <= start))
            in->at++;
        if (in->at < in->n && in->names[in->at].span.start_cp < end) {
            kind = dgi_name_kind_name[in->names[in->at].kind];
            begins = in->names[in->at].span.start_cp >= start;
        }
    }
    if (kind)
        dgi_buf_printf(out, "NER=%s-%s%s\n", begins ? "B" : "I", kind, no_space ? "|SpaceAfter=No" : "");
    else
        dgi_buf_add(out, no_space ? DGI_S("SpaceAfter=No\n") : DGI_S("_\n"));
}

static void word_line(struct dgi_buf *out, const struct dgi_doc *doc, const struct dgi_sent *s, uint32_t t,
                      struct names *in, bool no_space)
{
    const struct dgi_tok *k = &doc->toks[t];
    dgi_buf_printf(out, "%u\t", t - s->first + 1);
    cell(out, k->form);
    dgi_buf_add(out, DGI_S("\t"));
    cell(out, k->lemma);
    dgi_buf_printf(out, "\t%s\t", dgi_upos_name[k->upos < DGI_N_UPOS ? k->upos : DGI_X]);
    cell(out, k->xpos);
    dgi_buf_add(out, DGI_S("\t"));
    cell(out, k->feats);
    dgi_buf_printf(out, "\t%u\t%s\t_\t", k->head == DGI_NONE ? 0 : k->head - s->first + 1,
                   dgi_rel_name[k->head == DGI_NONE ? DGI_REL_ROOT : k->rel]);
    misc(out, in, k, no_space);
}

bool dgi_record_conllu(struct dgi_buf *out, const struct dgi_doc *doc, const struct dgi_ev_doc *named)
{
    struct names in = {.names = named ? named->names : NULL, .n = named ? named->n_names : 0};
    dgi_arena *scratch = named ? dgi_arena_new(0) : NULL;
    if (named && (!scratch || !dgi_cpmap_init(&in.map, scratch, doc->text))) {
        dgi_arena_free(scratch);
        return false;
    }
    uint32_t block = DGI_NONE;
    if (doc->meta.id.len) {
        dgi_buf_add(out, DGI_S("# newdoc id = "));
        cell(out, doc->meta.id);
        dgi_buf_add(out, DGI_S("\n"));
    }
    for (uint32_t i = 0; i < doc->n_sents; i++) {
        const struct dgi_sent *s = &doc->sents[i];
        if (s->block != block && s->starts_par)
            dgi_buf_add(out, DGI_S("# newpar\n"));
        block = s->block;
        if (s->id.len) {
            dgi_buf_add(out, DGI_S("# sent_id = "));
            cell(out, s->id);
            dgi_buf_add(out, DGI_S("\n"));
        } else {
            dgi_buf_printf(out, "# sent_id = %u\n", i + 1);
        }
        text_line(out, doc, s);
        for (uint32_t t = s->first, after; t < s->end; t = after) {
            dg_str form = surface(doc, t, s->end, &after);
            bool no_space = after < s->end && !(doc->toks[after - 1].flags & DGI_TOK_SPACE_AFTER);
            if (after > t + 1) {
                dgi_buf_printf(out, "%u-%u\t", t - s->first + 1, after - s->first);
                cell(out, form);
                dgi_buf_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", no_space ? "SpaceAfter=No" : "_");
            }
            for (uint32_t k = t; k < after; k++)
                word_line(out, doc, s, k, &in, after == t + 1 && no_space);
        }
        dgi_buf_add(out, DGI_S("\n"));
    }
    dgi_arena_free(scratch);
    return !out->failed;
}
