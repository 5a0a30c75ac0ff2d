/* SPDX-License-Identifier: Apache-2.0 */
/* Any CoNLL-U (trees that no parser would make) through the quote stage; mentions on every third proper noun. */
#include <stdlib.h>

#include "clause/clause.h"
#include "quote/attribution.h"
#include "quote/quote.h"
#include "text/conllu_read.h"

static void attributions(const struct dgi_quote_ctx *ctx, const struct dgi_doc *d)
{
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_attribution *list;
    uint32_t n;
    if (a && dgi_attributions(ctx, d, a, &list, &n, NULL) == DG_OK)
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t k = 0; k < list[i].s.n_content; k++)
                if (list[i].s.content[k].start > list[i].s.content[k].end || list[i].s.content[k].end > d->text.len ||
                    list[i].s.cue.end > d->text.len || list[i].s.speaker_span.end > d->text.len)
                    abort();
    dgi_arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dgi_lexicon *lex;
    static struct dgi_quote_ctx *ctx;
    static struct dgi_words *words;
    if (!ctx && (dgi_lexicon_open(&lex, DG_LEXICON, "en", NULL) != DG_OK ||
                 dgi_words_open(&words, lex, NULL) != DG_OK || dgi_quote_open(&ctx, lex, NULL) != DG_OK))
        abort();
    struct dgi_conllu r;
    dgi_conllu_init(&r, (dg_str){(const char *)data, size});
    for (bool end = false; !end;) {
        struct dgi_doc *d = dgi_doc_new(64u << 20);
        dg_error warn = {0};
        const char *at = r.rest.ptr;
        if (!d || dgi_conllu_next(&r, d, &end, &warn, NULL) != DG_OK) {
            dgi_doc_free(d);
            break;
        }
        bool whole = true; /* a document whose words lie in its text: else it is the reader's fault */
        for (uint32_t t = 0; t < d->n_toks; t++)
            whole &= d->toks[t].start <= d->toks[t].end && d->toks[t].end <= d->text.len;
        if (!whole) {
            dgi_doc_free(d);
            break;
        }
        dgi_tree_index(d);
        dgi_doc_words(d, words);
        if (dgi_clauses_read(d, NULL) != DG_OK)
            abort();
        for (uint32_t t = 0; t < d->n_toks; t++) {
            d->toks[t].mention = DGI_NONE;
            if (d->toks[t].upos != DGI_PROPN || t % 3)
                continue;
            struct dgi_mention *m = DGI_PUSH(d->arena, d->mentions, d->n_mentions, d->cap_mentions);
            struct dgi_entity *e = DGI_PUSH(d->arena, d->entities, d->n_entities, d->cap_entities);
            if (!m || !e)
                break;
            *m = (struct dgi_mention){.span = {d->toks[t].start, d->toks[t].end},
                                      .first = t,
                                      .end = t + 1,
                                      .head = t,
                                      .entity = d->n_entities - 1};
            d->toks[t].mention = d->n_mentions - 1;
        }
        if (dgi_quote(ctx, d, NULL) == DG_OK) {
            attributions(ctx, d);
            for (uint32_t i = 0; i < d->n_statements; i++) {
                const struct dgi_statement *s = &d->statements[i];
                if (!s->n_content || (s->speaker != DGI_NONE && s->speaker >= d->n_entities) ||
                    (s->outer != DGI_NONE && s->outer >= i))
                    abort();
                for (uint32_t k = 0; k < s->n_content; k++)
                    if (s->content[k].start > s->content[k].end || s->content[k].end > d->text.len)
                        abort();
            }
        }
        dgi_doc_free(d);
        if (r.rest.ptr == at)
            break; /* the reader's own fuzz target is to find this */
    }
    return 0;
}
