/* SPDX-License-Identifier: Apache-2.0 */
/* tests/corpus/quotes/: texts and the statements that must be found in them, from raw text through splitter, parser and
 * quote stage, without the registry of actors: speakers are compared by their words. Prints every case that fails.
 *
 * A line: [may] kind "speaker" cue "content". kind, speaker and cue: a|b; cue * anything, - none; speaker - none.
 * content: as in the text with white space folded; "first ... last" for its ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "clause/clause.h"
#include "lang/lang.h"
#include "quote/quote.h"
#include "text/blocks.h"
#include "text/segment.h"

static struct dgi_segmenter *seg;
static struct dgi_lang_model *model;
static struct dgi_lang_worker *worker;
static dgi_lexicon *lex;
static struct dgi_quote_ctx *ctx;
static struct dgi_words *words;
static dgi_layout *layout;

static int begin(void **state)
{
    (void)state;
    dg_error e;
    if (dgi_lexicon_open(&lex, DG_LEXICON, "en", &e) != DG_OK || dgi_segmenter_open(&seg, DG_MODELS "/segment.dgm", lex, &e) != DG_OK ||
        dgi_lang_model_open(&model, DG_MODELS "/parser.dgm", NULL, &e) != DG_OK || dgi_words_open(&words, lex, &e) != DG_OK ||
        dgi_quote_open(&ctx, lex, &e) != DG_OK || dgi_layout_new(&layout, lex, &e) != DG_OK || !(worker = dgi_lang_worker_new(model))) {
        fprintf(stderr, "%s\n", e.message);
        return -1;
    }
    return 0;
}

static int finish(void **state)
{
    (void)state;
    dgi_layout_free(layout);
    dgi_quote_close(ctx);
    dgi_words_close(words);
    dgi_lexicon_close(lex);
    dgi_lang_worker_free(worker);
    dgi_lang_model_close(model);
    dgi_segmenter_close(seg);
    return 0;
}

static struct dgi_doc *read_text(const char *text)
{
    struct dgi_doc *d = dgi_doc_new(0);
    assert_non_null(d);
    d->text = dgi_arena_str(d->arena, dgi_str(text));
    struct dgi_dates dates = {0};
    assert_int_equal(dgi_blocks_text(d, layout, &dates, NULL), DG_OK);
    assert_int_equal(dgi_segment(seg, d, NULL), DG_OK);
    assert_int_equal(dgi_lang_analyse(worker, d, NULL), DG_OK);
    dgi_tree_index(d);
    dgi_doc_words(d, words);
    assert_int_equal(dgi_clauses_read(d, NULL), DG_OK);
    assert_int_equal(dgi_quote(ctx, d, NULL), DG_OK);
    return d;
}

static void fold(dg_str s, char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n + 1 < size; i++) {
        char c = s.ptr[i] == '\n' ? ' ' : s.ptr[i];
        if (c != ' ' || (n && out[n - 1] != ' '))
            out[n++] = c;
    }
    out[n] = 0;
}

static bool content_ok(const struct dgi_doc *d, const struct dgi_statement *s, const char *want)
{
    char got[4000], first[500];
    fold(dgi_slice(d, (dgi_span){s->content[0].start, s->content[s->n_content - 1].end}), got, sizeof got);
    const char *dots = strstr(want, " ... ");
    if (!dots)
        return !strcmp(got, want);
    snprintf(first, sizeof first, "%.*s", (int)(dots - want), want);
    size_t n = strlen(got), m = strlen(dots + 5);
    return !strncmp(got, first, strlen(first)) && n >= m && !strcmp(got + n - m, dots + 5);
}

static bool one_of(const char *list, dg_str got)
{
    return dgi_str_in(dgi_str(list), '|', got);
}

static const char *const kind_name[] = {"direct", "indirect", "mixed"};

struct want {
    char kind[40], speaker[100], cue[40], content[400];
    bool may;
};

static bool parse(const char *line, struct want *w)
{
    w->may = !strncmp(line, "may ", 4);
    if (w->may)
        line += 4;
    return sscanf(line, " %39s \"%99[^\"]\" %39s \"%399[^\"]\"", w->kind, w->speaker, w->cue, w->content) == 4;
}

static uint32_t run_case(const char *file, const char *title, const char *text, const struct want *want, uint32_t n_want)
{
    struct dgi_doc *d = read_text(text);
    uint32_t faults = 0, w = 0;
    for (uint32_t i = 0; i <= d->n_statements; i++) {
        const struct dgi_statement *s = i < d->n_statements ? &d->statements[i] : NULL;
        if (s && w < n_want) {
            dg_str words = dgi_slice(d, s->speaker_span), cue = dgi_slice(d, s->cue);
            bool who = !strcmp(want[w].speaker, "*") || (!strcmp(want[w].speaker, "-") ? words.len == 0 : false);
            dg_str rest = dgi_str(want[w].speaker), one;
            while (!who && dgi_str_next(&rest, '|', &one))
                who = dgi_str_find(words, one) != SIZE_MAX;
            bool by = !strcmp(want[w].cue, "*") || (!strcmp(want[w].cue, "-") ? cue.len == 0 : one_of(want[w].cue, cue)) ||
                      (cue.len > strlen(want[w].cue) && !strncmp(cue.ptr, want[w].cue, strlen(want[w].cue)));
            while (want[w].may && !content_ok(d, s, want[w].content) && w + 1 < n_want)
                w++;
            if (who && by && one_of(want[w].kind, dgi_str(kind_name[s->kind])) && content_ok(d, s, want[w].content)) {
                w++;
                continue;
            }
        }
        while (!s && w < n_want && want[w].may)
            w++;
        if (!s && w == n_want)
            break;
        if (!faults)
            fprintf(stderr, "%s: %s\n", file, title);
        if (s)
            fprintf(stderr, "  got   %s \"%.*s\" %.*s \"%.*s\"\n", kind_name[s->kind], (int)(s->speaker_span.end - s->speaker_span.start),
                    d->text.ptr + s->speaker_span.start, (int)(s->cue.end - s->cue.start), d->text.ptr + s->cue.start,
                    (int)(s->content[s->n_content - 1].end - s->content[0].start), d->text.ptr + s->content[0].start);
        for (; !s && w < n_want; w++)
            if (!want[w].may)
                fprintf(stderr, "  want  %s \"%s\" %s \"%s\"\n", want[w].kind, want[w].speaker, want[w].cue, want[w].content);
        faults++;
    }
    dgi_doc_free(d);
    return faults;
}

static void run_file(const char *name, uint32_t allowed)
{
    char path[500], line[4000], title[300] = "";
    static char text[40000];
    static struct want want[64];
    snprintf(path, sizeof path, "%s/tests/corpus/quotes/%s", DG_SOURCE_DIR, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    uint32_t cases = 0, failed = 0, n = 0;
    bool in_text = false;
    size_t len = 0;
    for (bool more = true; more;) {
        more = fgets(line, sizeof line, f) != NULL;
        if (!more || !strncmp(line, "=== ", 4)) {
            if (title[0]) {
                cases++;
                failed += run_case(name, title, text, want, n) > 0;
            }
            snprintf(title, sizeof title, "%.*s", (int)strcspn(line + 4, "\n"), line + 4);
            len = n = 0;
            text[0] = 0;
            in_text = true;
        } else if (!strncmp(line, "--- statements", 14)) {
            in_text = false;
        } else if (in_text && title[0]) {
            len += (size_t)snprintf(text + len, sizeof text - len, "%s", line);
            assert_true(len < sizeof text);
        } else if (!in_text && line[0] != '\n' && line[0] != '#' && n < 64) {
            if (!parse(line, &want[n])) {
                fprintf(stderr, "%s: cannot read: %s", name, line);
                failed++;
            } else {
                n++;
            }
        }
    }
    fclose(f);
    fprintf(stderr, "%s: %u of %u cases right\n", name, cases - failed, cases);
    assert_true(cases > 10);
    assert_true(failed <= allowed);
}

/* The second number: cases that may fail with the parser as shipped. It may only go down. */
static void direct(void **state)
{
    (void)state;
    run_file("direct.txt", 1);
}

static void indirect(void **state)
{
    (void)state;
    run_file("indirect.txt", 1);
}

static void news(void **state)
{
    (void)state;
    run_file("news.txt", 2);
}

static void transcripts(void **state)
{
    (void)state;
    run_file("turns.txt", 0);
}

/* A clean error at each allocation, and the same statements once there is memory. */
static void memory(void **state)
{
    (void)state;
    bool done = false;
    for (uint64_t n = 1; n < 200 && !done; n++) {
        struct dgi_doc *d = read_text("\"We go,\" said Oduya. Kip said it was late and called it \"a bad day for Kenya\".");
        uint32_t want = d->n_statements;
        assert_int_equal(want, 3);
        d->statements = NULL;
        d->n_statements = d->cap_statements = 0;
        dgi_arena_fail_at(d->arena, n);
        dg_error err;
        dg_status st = dgi_quote(ctx, d, &err);
        assert_true(st == DG_OK || st == DG_E_NOMEM);
        done = st == DG_OK;
        if (done)
            assert_int_equal(d->n_statements, want);
        dgi_doc_free(d);
    }
    assert_true(done);
}

/* Marks and cues without end: every span stays in the text, and it does not take long. */
static void hostile(void **state)
{
    (void)state;
    static const char *const unit[] = {"\"", "\"a\" ", "said ", "'x' ", "\"A b c d e.\" ", "he said, ", "“ ", "according to ", "X said that "};
    for (size_t u = 0; u < sizeof unit / sizeof *unit; u++) {
        static char text[20001];
        size_t len = strlen(unit[u]), n = 0;
        while (n + len < sizeof text - 1)
            memcpy(text + n, unit[u], len), n += len;
        text[n] = 0;
        struct dgi_doc *d = read_text(text);
        for (uint32_t i = 0; i < d->n_statements; i++)
            for (uint32_t k = 0; k < d->statements[i].n_content; k++)
                assert_true(d->statements[i].content[k].start < d->statements[i].content[k].end &&
                            d->statements[i].content[k].end <= d->text.len);
        dgi_doc_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(direct), cmocka_unit_test(indirect), cmocka_unit_test(news), cmocka_unit_test(transcripts),
                                       cmocka_unit_test(memory), cmocka_unit_test(hostile)};
    return cmocka_run_group_tests(tests, begin, finish);
}
