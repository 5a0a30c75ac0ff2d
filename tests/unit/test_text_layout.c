/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon/en/layout.tsv: each row matches its example and leaves the other; labels, classes, names of <meta>. */
#include "text_help.h"

static dg_str cell(const struct dgi_tsv *t, uint32_t row, uint32_t col)
{
    return t->cell[(size_t)row * t->n_cols + col];
}

static bool row_matches(const struct help_table *h, uint32_t row, dg_str s)
{
    dg_str kind = cell(&h->tsv, row, 1);
    uint32_t rank;
    uint8_t words = dgi_layout_kind(kind);
    bool date = false;
    int month;
    if (words == DGI_WORD_MONTH)
        return dgi_layout_month(h->layout, s, &month);
    if (words >= DGI_WORD_BY && words <= DGI_WORD_PLACE)
        return dgi_layout_has(h->layout, words, s, words == DGI_WORD_BY || words == DGI_WORD_DATE || words == DGI_WORD_PAGE);
    if (dgi_str_is(kind, "classdate")) {
        dgi_layout_class(h->layout, s, &date);
        return date;
    }
    if (dgi_str_is(kind, "outlet"))
        return dgi_layout_outlet(h->layout, s);
    if (dgi_str_is(kind, "hidden") || dgi_str_is(kind, "class") || dgi_str_is(kind, "classshort") ||
        dgi_str_is(kind, "content") || dgi_str_is(kind, "deck")) {
        static const char *const names[] = {"hidden", "class", "classshort", "content", "deck"};
        static const uint8_t kinds[] = {DGI_CLASS_HIDDEN, DGI_CLASS_DROP, DGI_CLASS_SHORT, DGI_CLASS_CONTENT, DGI_CLASS_DECK};
        uint8_t got = dgi_layout_class(h->layout, s, &date);
        for (int i = 0; i < 5; i++)
            if (dgi_str_is(kind, names[i]))
                return got == kinds[i];
    }
    if (dgi_str_starts(kind, DGI_S("meta")))
        return dgi_layout_meta(h->layout, s, &rank) != DGI_LINE_NONE &&
               dgi_layout_meta(h->layout, s, &rank) == dgi_layout_meta(h->layout, cell(&h->tsv, row, 4), &rank);
    return dgi_layout_line(h->layout, s).row == row;
}

static void examples(void **state)
{
    (void)state;
    struct help_table h = help_open();
    assert_int_equal(h.tsv.n_cols, 6);
    assert_true(h.tsv.n_rows > 50);
    for (uint32_t r = 0; r < h.tsv.n_rows; r++) {
        dg_str yes = cell(&h.tsv, r, 4), no = cell(&h.tsv, r, 5), id = cell(&h.tsv, r, 0);
        if (!yes.len || !no.len)
            fail_msg("%.*s has no example", (int)id.len, id.ptr);
        if (!row_matches(&h, r, yes))
            fail_msg("%.*s does not match its example '%.*s'", (int)id.len, id.ptr, (int)yes.len, yes.ptr);
        if (row_matches(&h, r, no))
            fail_msg("%.*s matches '%.*s'", (int)id.len, id.ptr, (int)no.len, no.ptr);
        if (r && dgi_str_cmp(cell(&h.tsv, r - 1, 0), id) >= 0)
            fail_msg("%.*s is out of order or not unique", (int)id.len, id.ptr);
    }
    help_close(&h);
}

static void labels(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *line;
        uint8_t kind;
        bool only;
    } t[] = {
        {"Related:", DGI_LINE_RELATED, true}, {"RELATED ARTICLES", DGI_LINE_RELATED, true},
        {"Read more » Who leads the rebels?", DGI_LINE_RELATED, false}, {"READ MORE Who leads the rebels?", DGI_LINE_RELATED, false},
        {"READ MORE WHO LEADS THE REBELS", DGI_LINE_NONE, false}, {"[Read more: Who leads the rebels?]", DGI_LINE_RELATED, false},
        {"More - much more - is at stake, they said.", DGI_LINE_NONE, false}, {"Related talks failed.", DGI_LINE_NONE, false},
        {"Watch — the speech in full", DGI_LINE_RELATED, false}, {"Photo-ops were banned.", DGI_LINE_NONE, false},
        {"Image source, Some Agency", DGI_LINE_CAPTION, false}, {"Image caption,", DGI_LINE_CAPTION, true},
        {"A boat. Ann Roe/Getty Images", DGI_LINE_CAPTION, false}, {"The two shake hands. REUTERS/Ann Roe", DGI_LINE_CAPTION, false},
        {"A Reuters/Ipsos poll showed on Monday that voters were split over the question of the border.", DGI_LINE_NONE, false},
        {"© 2019 Wire", DGI_LINE_OTHER, false}, {"(C) COPYRIGHT 1994 WIRE", DGI_LINE_OTHER, false},
        {"All rights reserved.", DGI_LINE_OTHER, false}, {"-30-", DGI_LINE_OTHER, false}, {"ENDS", DGI_LINE_OTHER, false},
        {"[ENDS]", DGI_LINE_OTHER, false}, {"\"Follow us,\" she told the men.", DGI_LINE_NONE, false},
        {"They follow us.", DGI_LINE_NONE, false}, {"Share", DGI_LINE_OTHER, false}, {"Shares fell.", DGI_LINE_NONE, false},
        {"3 min read", DGI_LINE_OTHER, false}, {"The shelling began 20 minutes ago, he said.", DGI_LINE_NONE, false},
        {"Posted: May 3", DGI_LINE_DATE, false}, {"Updated 9:35", DGI_LINE_UPDATED, false}, {"From: a@b.example", DGI_LINE_HEADER, false},
        {"", DGI_LINE_NONE, false}, {":", DGI_LINE_NONE, false}, {"((((((", DGI_LINE_NONE, false},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_layout_hit hit = dgi_layout_line(h.layout, dgi_str(t[i].line));
        if (hit.kind != t[i].kind || hit.label_only != t[i].only)
            fail_msg("'%s': kind %d, only %d", t[i].line, hit.kind, hit.label_only);
    }
    help_close(&h);
}

static void classes(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *attr;
        uint8_t kind;
    } t[] = {
        {"related-links", DGI_CLASS_DROP}, {"articleBody", DGI_CLASS_CONTENT}, {"article__body", DGI_CLASS_CONTENT},
        {"relation", DGI_LINE_NONE}, {"has-sidebar", DGI_LINE_NONE}, {"main sidebarLeft", DGI_CLASS_DROP},
        {"sr-only", DGI_CLASS_HIDDEN}, {"story", DGI_CLASS_CONTENT}, {"history", DGI_LINE_NONE}, {"", DGI_LINE_NONE},
        {"   ", DGI_LINE_NONE}, {"c-1 x_y", DGI_LINE_NONE}, {"adopt", DGI_LINE_NONE}, {"ad", DGI_CLASS_DROP},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        bool date = false;
        uint8_t got = dgi_layout_class(h.layout, dgi_str(t[i].attr), &date);
        if (got != t[i].kind || date)
            fail_msg("'%s': %d", t[i].attr, got);
    }
    uint32_t a, b;
    assert_int_equal(dgi_layout_meta(h.layout, DGI_S("article:published_time"), &a), DGI_META_DATE);
    assert_int_equal(dgi_layout_meta(h.layout, DGI_S("DC.Date.Issued"), &b), DGI_META_DATE);
    assert_true(a < b);
    assert_int_equal(dgi_layout_meta(h.layout, DGI_S("article:modified_time"), &a), DGI_META_UPDATED);
    assert_int_equal(dgi_layout_meta(h.layout, DGI_S("viewport"), &a), DGI_LINE_NONE);
    help_close(&h);
}

/* A layout out of nothing knows nothing, and the compiled table knows what the file does. */
static void sources(void **state)
{
    (void)state;
    dgi_layout *l;
    dg_error err;
    assert_int_equal(dgi_layout_new(&l, NULL, &err), DG_OK);
    assert_int_equal(dgi_layout_line(l, DGI_S("Related: x")).kind, DGI_LINE_NONE);
    dgi_layout_free(l);
    dgi_layout_free(NULL);
    dgi_lexicon *lex;
    if (dgi_lexicon_open(&lex, DG_LEXICON, "en", &err) != DG_OK)
        skip();
    assert_int_equal(dgi_layout_new(&l, lex, &err), DG_OK);
    dgi_lexicon_close(lex);
    assert_int_equal(dgi_layout_line(l, DGI_S("Related: x")).kind, DGI_LINE_RELATED);
    assert_true(dgi_layout_outlet(l, DGI_S("Reuters")));
    dgi_layout_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(examples), cmocka_unit_test(labels), cmocka_unit_test(classes),
                                       cmocka_unit_test(sources)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
