/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/text_help.h: the layout table, read from lexicon/, and documents made of strings. */
#ifndef TEXT_HELP_H
#define TEXT_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/day.h"
#include "base/table.h"
#include "doc/doc.h"
#include "text/article.h"

static inline void help_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)user;
    fail_msg("%s:%u:%u: %s", file, line, field, message);
}

struct help_table {
    dgi_arena *arena;
    struct dgi_tsv tsv;
    dgi_layout *layout;
};
static inline struct help_table help_open(void)
{
    struct help_table h = {.arena = dgi_arena_new(0)};
    dgi_lexicon *lex;
    dg_error err;
    uint32_t n = 0;
    assert_int_equal(dgi_tsv_read(&h.tsv, h.arena, DG_SOURCE_DIR "/lexicon/en/layout.tsv", help_fault, NULL, &n, &err), DG_OK);
    assert_int_equal(dgi_lexicon_open(&lex, DG_LEXICON, "en", &err), DG_OK);
    assert_int_equal(dgi_layout_new(&h.layout, lex, &err), DG_OK);
    dgi_lexicon_close(lex);
    return h;
}
static inline void help_close(struct help_table *h)
{
    dgi_layout_free(h->layout);
    dgi_arena_free(h->arena);
}

/* A document of these bytes; *st (may be NULL) the status. */
static inline struct dgi_doc *help_doc(const dgi_layout *l, dg_str body, uint8_t kind, dg_status *st,
                                       struct dgi_article_info *info)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    struct dgi_raw raw = {.record = 1, .kind = kind, .body = body};
    struct dgi_article_ctx ctx = {.layout = l, .published = DGI_NO_DAY};
    dg_error err = {0};
    dg_status s = dgi_article(doc, &raw, &ctx, info, &err);
    if (st)
        *st = s;
    else
        assert_int_equal(s, DG_OK);
    return doc;
}

static inline const char *help_kind(uint8_t kind)
{
    static const char *const names[] = {"BODY", "HEAD", "SUB", "LIST", "DATE", "BY", "CAPTION", "RELATED", "URL", "OTHER"};
    return names[kind];
}
#endif
