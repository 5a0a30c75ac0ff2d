/* SPDX-License-Identifier: Apache-2.0 */
/* Pages to articles: each tests/data/pages/NAME.html gives NAME.want, "KIND text" a paragraph. Hostile pages: in time. */
#include "text_help.h"

#include <time.h>

#include "base/utf8.h"
#include "io/reader.h"
#include "text/page.h"

static const char *const pages[] = {"amp", "refs-and-posted",       "broken",      "consent",  "deck",      "no-metadata", "preformatted", "scripted",
                                    "tables-1998", "teasers", "wiki", "wire", "wordpress", "wrapped-blocks", "linked-headings", "self-anchors", "german", "class-only"};

static dg_str load(const char *name, const char *ext, char **owner)
{
    char path[512];
    size_t len;
    dg_error err = {0};
    snprintf(path, sizeof path, "%s/tests/data/pages/%s.%s", DG_SOURCE_DIR, name, ext);
    if (dgi_read_all(owner, &len, path, 0, &err) != DG_OK)
        fail_msg("%s: %s", path, err.message);
    return dgi_strn(*owner, len);
}

/* What a reader would want to see, as text: metadata, then the blocks. */
static dg_str render(dgi_arena *a, const struct dgi_doc *doc)
{
    char day[16] = "-";
    const struct dgi_meta *m = &doc->meta;
    if (m->published != DGI_NO_DAY)
        dgi_day_format(m->published, day);
    dg_str s = dgi_arena_printf(a, "title: %.*s\nauthor: %.*s\npublisher: %.*s\nurl: %.*s\nlang: %.*s\npublished: %s %.*s\n",
                                (int)m->title.len, m->title.ptr, (int)m->author.len, m->author.ptr, (int)m->publisher.len,
                                m->publisher.ptr, (int)m->url.len, m->url.ptr, (int)m->lang.len, m->lang.ptr, day,
                                (int)m->published_from.len, m->published_from.ptr);
    for (uint32_t i = 0; i < doc->n_blocks; i++) {
        dg_str t = dgi_slice(doc, doc->blocks[i].span);
        s = dgi_arena_printf(a, "%.*s%s %.*s\n", (int)s.len, s.ptr, help_kind(doc->blocks[i].kind), (int)t.len, t.ptr);
    }
    return s;
}

static void articles(void **state)
{
    (void)state;
    struct help_table h = help_open();
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char *html_owner, *want_owner;
        dg_str html = load(pages[i], "html", &html_owner);
        struct dgi_doc *doc = help_doc(h.layout, html, DGI_RAW_HTML, NULL, NULL);
        dg_str got = render(doc->arena, doc);
        if (getenv("DG_UPDATE")) { /* then read the diff like code */
            char path[512];
            snprintf(path, sizeof path, "%s/tests/data/pages/%s.want", DG_SOURCE_DIR, pages[i]);
            FILE *f = fopen(path, "w");
            assert_non_null(f);
            fwrite(got.ptr, 1, got.len, f);
            fclose(f);
        }
        dg_str want = load(pages[i], "want", &want_owner);
        if (!dgi_str_eq(got, want))
            fail_msg("%s:\n%.*s", pages[i], (int)got.len, got.ptr);
        /* paragraphs of a page are apart by a blank line */
        for (uint32_t b = 1; b < doc->n_blocks; b++)
            assert_true(doc->text.ptr[doc->blocks[b].span.start - 1] == '\n' ||
                        doc->blocks[b].kind == DGI_BLOCK_LIST);
        dgi_doc_free(doc);
        free(html_owner);
        free(want_owner);
    }
    help_close(&h);
}

static void no_article(void **state)
{
    (void)state;
    struct help_table h = help_open();
    char *owner;
    dg_status st;
    dg_str html = load("frontpage", "html", &owner);
    dgi_doc_free(help_doc(h.layout, html, DGI_RAW_HTML, &st, NULL));
    assert_int_equal(st, DG_E_FORMAT);
    free(owner);
    static const char *const empty[] = {"<html></html>", "<", "<p>", "&", "<script>x", "<!--", "</p></p>", " "};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        dgi_doc_free(help_doc(h.layout, dgi_str(empty[i]), DGI_RAW_HTML, &st, NULL));
        assert_true(st == DG_E_FORMAT || st == DG_OK);
    }
    help_close(&h);
}

/* head + n times unit + tail */
static dg_str repeat(const char *head, const char *unit, size_t n, const char *tail)
{
    size_t h = strlen(head), u = strlen(unit), t = strlen(tail), len = h + u * n + t;
    char *s = malloc(len + 1);
    assert_non_null(s);
    memcpy(s, head, h);
    for (size_t i = 0; i < n; i++)
        memcpy(s + h + i * u, unit, u);
    memcpy(s + h + n * u, tail, t);
    return dgi_strn(s, len);
}

static void hostile(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const char P[] = "<p>The minister resigned on Monday after weeks of protest, officials said.</p>";
    static const struct {
        const char *head, *unit, *tail;
        size_t n;
        bool limit; /* may be refused as too large; else the paragraph must be found */
    } t[] = {
        {"<html><body>", "<div>", P, 10000, false},
        {"<html><body>", "<div>", P, 100000, false},
        {"<html><body>", "<b><i>", P, 50000, false},
        {"<b>", "<span>", "</b></b></i></u>", 100000, true},
        {"<ul>", "<li><ul>", P, 50000, false},
        {"<html><body><p ", "a=b ", P, 50000, true},
        {"<html><body><p ", "a='b' c ", P, 50000, true},
        {"<html><body>", "<p a=\"b>", P, 50000, true},
        {"<html><body>", "<!-- ", P, 100000, true},
        {"<html><body>", "<script>", P, 100000, true},
        {"<html><body>", "</div>", P, 200000, false},
        {"<html><body>", "<p>", P, 150000, false},
        {"<html><body>", "<table><tr><td>", P, 30000, true},
        {"<html><body>", "&amp;", P, 500000, true},
        {"<html><body>", "&#x10FFFF;", P, 200000, true},
        {"<html><body>", "<a href=x>y</a> ", P, 60000, true},
        {"<html><body>", "<br>", P, 200000, false},
        {"<html><body class='", "related ", P, 50000, true},
        {"<html><body>", "<x", P, 500000, true},
        {"<html><body>", "<p>a</p>", "", 300000, true},
        {"<html><body><h1>", "word ", "</h1>" "<p>The minister resigned on Monday after weeks of protest.</p>", 400000, true},
        {"<html><script type='application/ld+json'>", "[", "</script>", 500000, true},
        {"<html><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"", "x", "\"}</script>", 500000, true},
        {"<html><head><title>", "T", "</title>", 1000000, true},
        {"<html><head><title>x", "\xC3\xA9", "</title><p>The minister resigned on Monday.", 400, false}, /* cut in a code point */
        {"<html><meta property=og:title content='x", "\xC3\xA9", "'><p>The minister resigned on Monday.", 1500, false},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dg_str html = repeat(t[i].head, t[i].unit, t[i].n, t[i].tail);
        struct timespec a, b;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        dg_status st;
        struct dgi_doc *doc = help_doc(h.layout, html, DGI_RAW_HTML, &st, NULL);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        double s = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
        if (getenv("DG_TIMES"))
            printf("%2zu %-32.32s %6.2f s  status %d, %u blocks\n", i, t[i].unit, s, st, doc->n_blocks);
        if (s > 20) /* a sanitizer build on a busy machine is some 10 times slower than the ordinary one */
            fail_msg("case %zu took %.1f s", i, s);
        assert_true(st == DG_OK || st == DG_E_FORMAT || (t[i].limit && st == DG_E_LIMIT));
        assert_true(dgi_utf8_invalid(doc->text) == SIZE_MAX);
        if (!t[i].limit && dgi_str_find(doc->text, DGI_S("The minister resigned on Monday")) == SIZE_MAX)
            fail_msg("case %zu lost its paragraph", i);
        dgi_doc_free(doc);
        free((void *)(uintptr_t)html.ptr);
    }
    dg_str big = repeat("<p>", "x ", DGI_PAGE_MAX / 2, "");
    dg_status st;
    dgi_doc_free(help_doc(h.layout, big, DGI_RAW_HTML, &st, NULL));
    assert_int_equal(st, DG_E_LIMIT);
    free((void *)(uintptr_t)big.ptr);
    help_close(&h);
}

/* The pass before libxml2. */
static void cleaning(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out, *ld;
    } t[] = {
        {"<p onclick='x' class=\"a\">b</p>", "<p class=\"a\">b</p>", ""},
        {"a<!-- x --><!DOCTYPE y><?z ?>b", "ab", ""},
        {"<script>if (a < b) {}</script><style>p {}</style>c", "c", ""},
        {"<script type=\"application/ld+json\">{}</script>d", "d", "{}"},
        {"3 < 4 <5", "3 &lt; 4 &lt;5", ""},
        {"</div><div>e</div></div>", "<div>e</div>", ""},
        {"<title>a <b> c</title>", "<title>a &lt;b> c</title>", ""},
        {"<a href='\"'>f</a>", "<a href=\"&quot;\">f</a>", ""},
        {"<P CLASS=x>g", "<P CLASS=\"x\">g", ""},
        {"<p class='never closed>h", "<p>h", ""},
        {"<script>never closed", "never closed", ""},
        {"<p/>i", "<p>i", ""},
        {"<", "&lt;", ""}, {"<p", "<p>", ""}, {"</", "&lt;/", ""}, {"<p class", "<p class=\"\">", ""}, {"<p =", "<p>", ""},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dgi_arena *a = dgi_arena_new(0);
        dg_str out, ld;
        struct dgi_page_stamps stamps;
        dg_error err = {0};
        assert_int_equal(dgi_page_clean(&out, &ld, &stamps, a, dgi_str(t[i].in), &err), DG_OK);
        if (!dgi_str_is(out, t[i].out) || strncmp(ld.ptr ? ld.ptr : "", t[i].ld, strlen(t[i].ld)))
            fail_msg("case %zu: '%.*s'", i, (int)out.len, out.ptr);
        dgi_arena_free(a);
    }
}

static void no_memory(void **state)
{
    (void)state;
    struct help_table h = help_open();
    char *owner;
    dg_str html = load("wrapped-blocks", "html", &owner);
    bool worked = false;
    for (uint64_t n = 1; n < 400 && !worked; n++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_page page;
        dg_error err = {0};
        dgi_arena_fail_at(a, n);
        dg_status st = dgi_page_read(&page, a, html, h.layout, &err);
        /* a failed copy of a metadata value is only a missing value */
        worked = st == DG_OK && page.title.len && page.author.len && page.n_pars > 6;
        assert_true(st == DG_OK || st == DG_E_NOMEM);
        dgi_arena_free(a);
    }
    assert_true(worked);
    free(owner);
    help_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(articles), cmocka_unit_test(no_article), cmocka_unit_test(hostile),
                                       cmocka_unit_test(cleaning), cmocka_unit_test(no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
