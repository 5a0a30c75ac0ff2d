/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the resolving stages share: the real lexicon, its function words, and the stage's context.
 *
 * RESOLVE_FIXTURE(context, open, close) defines `ctx` and the group's open_lexicon() and close_lexicon(). */
#ifndef RESOLVE_FIXTURE_H
#define RESOLVE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "doc/doc.h"

static dgi_lexicon *lex;
static struct dgi_words *en_words;

#define RESOLVE_FIXTURE(context, open, close)                                                                          \
    static context *ctx;                                                                                               \
    static int open_lexicon(void **state)                                                                              \
    {                                                                                                                  \
        dg_error err;                                                                                                  \
        (void)state;                                                                                                   \
        if (dgi_lexicon_open(&lex, DG_LEXICON, "en", &err) == DG_OK && dgi_words_open(&en_words, lex, &err) == DG_OK &&   \
            (open) == DG_OK)                                                                                           \
            return 0;                                                                                                  \
        fprintf(stderr, "%s\n", err.message);                                                                          \
        return -1;                                                                                                     \
    }                                                                                                                  \
    static int close_lexicon(void **state)                                                                             \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        close(ctx);                                                                                                    \
        dgi_words_close(en_words);                                                                                        \
        dgi_lexicon_close(lex);                                                                                        \
        return 0;                                                                                                      \
    }

#endif
