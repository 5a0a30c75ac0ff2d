/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/words_fixture.h: the classes of function words, read from lexicon/ once for all tests of a program. */
#ifndef WORDS_FIXTURE_H
#define WORDS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "doc/doc.h"

#ifndef DG_LEXICON
#define DG_LEXICON "dragoman.lex"
#endif

static dgi_lexicon *lex;
static struct dgi_words *words;

static int open_words(void **state)
{
    dg_error err = {0};
    (void)state;
    if (dgi_lexicon_open(&lex, DG_LEXICON, "en", &err) != DG_OK || dgi_words_open(&words, lex, &err) != DG_OK) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    return 0;
}

static int close_words(void **state)
{
    (void)state;
    dgi_words_close(words);
    dgi_lexicon_close(lex);
    return 0;
}

#endif
