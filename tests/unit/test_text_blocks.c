/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text to blocks: every case is a text and its blocks as "KIND first words", one a line. */
#include "text_help.h"

#include "base/utf8.h"
#include "doc/doc.h"

static const struct {
    const char *name, *text, *want, *published;
} cases[] = {
    {"hard-wrapped, related line of two lines, broken address at the end",
     "The two ministers agreed on Monday to reopen the border, ending a quarrel that had kept\n"
     "thousands of lorries waiting since the spring.\n"
     "\n"
     "\"We have talked enough,\" the foreign minister said after the meeting in the customs house.\n"
     "\"Now we must work.\n"
     "\n"
     "Related article: How the Border Was Closed in a Single Night by Two Angry Governments,\n"
     "Again\n"
     "\n"
     "\"There is no other way.\"\n"
     "\n"
     "'A long wait'\n"
     "\n"
     "Traders welcomed the agreement but asked who would pay for the months in which nothing had\n"
     "moved.\n"
     " But the governor said nobody would.\n"
     "\n"
     "Original url:\n"
     "https://www.hillpost.example/2011/05/02/ministers-agree-to-reopen-the-border-after-long-qu\n"
     "arrel-a112\n",
     "BODY The two ministers agreed\nBODY \"We have talked enough\nRELATED Related article:\nBODY \"There is no\n"
     "SUB 'A long wait'\nBODY Traders welcomed\nBODY But the governor\nOTHER Original url:\nURL https://www.hillpost",
     "2011-05-02"},
    {"one paragraph a line",
     "Army fires on protesters\nBy Jane Doe\nPublished On 3 Jun 2019\n"
     "Demonstrators outside the ministry [File: John Roe/Reuters]\n"
     "Soldiers opened fire on protesters in the capital on Monday, killing at least three, doctors said.\n"
     "Keep reading\nlist of 2 items\nWho are the generals?\nWhat is the council?\nend of list\n"
     "The council said it regretted the deaths and promised an investigation into them.\n",
     "HEAD Army fires\nBY By Jane\nDATE Published\nCAPTION Demonstrators\nBODY Soldiers\nRELATED Keep\nOTHER list of\n"
     "RELATED Who\nRELATED What\nOTHER end\nBODY The council",
     "2019-06-03"},
    {"wire copy of the nineties: indented paragraphs",
     "   GENEVA (AP) _ The two sides in the island's civil war agreed\n"
     "Tuesday to exchange prisoners, mediators said.\n"
     "   ``We are glad,'' said the chief mediator. ``It took us\n"
     "nine weeks.''\n"
     "   The rebels had threatened to leave.\n",
     "BODY GENEVA\nBODY ``We are\nBODY The rebels", NULL},
    {"capitals throughout",
     "MINISTERS MEET IN CAIRO\n\nCAIRO, EGYPT (REUTER) - THE MINISTERS OF FOUR COUNTRIES MET ON MONDAY TO\n"
     "DISCUSS THE EMBARGO.\n\nCOPYRIGHT 1994 REUTERS. ALL RIGHTS RESERVED.\n",
     "HEAD MINISTERS\nBODY CAIRO\nOTHER COPYRIGHT", NULL},
    {"e-mail",
     "From: desk@wire.example\nTo: subscribers\nSubject: Daily report\nDate: Wed, 12 Jan 2005 10:00:00 +0000\n\n"
     "DAKAR, 12 January 2005 (IRIN) - The army arrested forty people in the north on Monday.\n\n[ENDS]\n",
     "OTHER From\nOTHER To\nOTHER Subject\nOTHER Date\nBODY DAKAR\nOTHER [ENDS]", "2005-01-12"},
    {"a label alone heads a list",
     "Minister quits over leak\n\nRelated articles\n\nWho is the minister?\n\nWhat the leak said\n\n"
     "The minister resigned on Monday after a leak of cabinet papers.\n\nNext steps\n\nA vote is due.\n",
     "HEAD Minister\nRELATED Related\nRELATED Who\nRELATED What\nBODY The minister\nSUB Next\nBODY A vote", NULL},
    {"list",
     "The demands of the quartet:\n\n- Close the base\n- Pay compensation\n2. Stop the broadcasts\n\nNobody agreed.\n",
     "BODY The demands\nLIST Close\nLIST Pay\nLIST Stop\nBODY Nobody", NULL},
    {"captions with labels (BBC)",
     "Rebels seize town\n\nBBC News, Nairobi\n\nImage caption,\nResidents fled on foot\n\nRebels say they took Moba.\n",
     "HEAD Rebels\nBY BBC\nCAPTION Image\nBODY Rebels", NULL},
    {"one line without a stop", "Russia threatened to cut gas supplies to Ukraine", "BODY Russia", NULL},
    {"two lines without a stop", "Russia threatened to cut gas\nUkraine rejected the demand\n", "HEAD Russia\nBODY Ukraine", NULL},
    {"speech is no heading",
     "\"Go,\" he said.\n\n\"They must leave\n\n\"or we will make them.\"\n\nHe left.\n",
     "BODY \"Go\nBODY \"They\nBODY \"or\nBODY He", NULL},
    {"section above the headline, furniture below it",
     "World\n\nTwo sides hold talks in mountain village\n\nJane Doe\n\n12 January 2022\n\nShare\n\nGetty Images\n\n"
     "KABUL, Afghanistan\n\nThe two sides met on Monday.\n\nPage 2 of 3\n\nXY/John Roe\n\nThey will meet again.\n\n"
     "jane@wire.example\n",
     "OTHER World\nHEAD Two sides\nBY Jane\nDATE 12\nOTHER Share\nCAPTION Getty\nDATE KABUL\nBODY The two\nOTHER Page\n"
     "CAPTION XY\nBODY They\nOTHER jane", "2022-01-12"},
    {"a headline may begin with a quotation",
     "\"We will not leave,\" says minister\n\nThe minister refused to resign on Monday.\n", "HEAD \"We\nBODY The", NULL},
    {"CRLF", "Talks fail\r\n\r\nThe talks failed.\r\n", "HEAD Talks\nBODY The talks", NULL},
    {"pull quote and legend",
     "The vote was close.\n\n\xE2\x80\x94" "Ann Roe, historian\n\n\xE2\x96\x88\xE2\x96\x88 Government: 12\n\n* * *\n\nIt was repeated.\n",
     "BODY The vote\nOTHER \xE2\x80\x94" "Ann\nOTHER \xE2\x96\x88\nOTHER *\nBODY It", NULL},
    {"desk lines",
     "The talks failed.\n\n(Reporting by Ann Roe in Lima; Editing by John Roe)\n\nReuters\n\nFollow us on Twitter\n",
     "BODY The\nBY (Reporting\nBY Reuters\nOTHER Follow", NULL},
    {"date in the address of the record's tail only counts at head or tail",
     "The talks failed.\n\nhttp://x.example/2001/02/03/a\n\nA.\n\nB.\n\nC.\n\nD.\n\nE.\n\nF.\n\nG.\n\nH.\n\nhttp://x.example/b\n",
     NULL, "2001-02-03"},
    {"white space only at the ends", "\n\n  \t\n Talks failed on Monday. \n\n\n", "BODY Talks", NULL},
};

static void table(void **state)
{
    (void)state;
    struct help_table h = help_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dgi_doc *doc = help_doc(h.layout, dgi_str(cases[i].text), DGI_RAW_TEXT, NULL, NULL);
        dg_str want = dgi_str(cases[i].want), w;
        uint32_t last = 0;
        for (uint32_t b = 0; b < doc->n_blocks; b++) {
            const struct dgi_block *k = &doc->blocks[b];
            dg_str s = dgi_slice(doc, k->span);
            assert_true(k->span.start >= last && k->span.end > k->span.start && k->span.end <= doc->text.len);
            assert_true(k->dateline.start == k->span.start && k->dateline.end <= k->span.end);
            last = k->span.end;
            if (!cases[i].want)
                continue;
            char kind[16];
            if (!dgi_str_next(&want, '\n', &w))
                fail_msg("%s: more blocks than wanted: %s '%.*s'", cases[i].name, help_kind(k->kind), (int)s.len, s.ptr);
            size_t sp = dgi_str_find(w, DGI_S(" "));
            snprintf(kind, sizeof kind, "%.*s", (int)sp, w.ptr);
            if (strcmp(kind, help_kind(k->kind)) || !dgi_str_starts(s, dgi_str_sub(w, sp + 1, w.len)))
                fail_msg("%s: %s '%.*s', not '%.*s'", cases[i].name, help_kind(k->kind), (int)s.len, s.ptr, (int)w.len, w.ptr);
        }
        if (cases[i].want && dgi_str_next(&want, '\n', &w))
            fail_msg("%s: no block '%.*s'", cases[i].name, (int)w.len, w.ptr);
        char day[16] = "";
        if (doc->meta.published != DGI_NO_DAY)
            dgi_day_format(doc->meta.published, day);
        if (strcmp(day, cases[i].published ? cases[i].published : ""))
            fail_msg("%s: published '%s'", cases[i].name, day);
        dgi_doc_free(doc);
    }
    help_close(&h);
}

/* What a text says of itself. */
static void metadata(void **state)
{
    (void)state;
    struct help_table h = help_open();
    struct dgi_doc *doc = help_doc(h.layout, dgi_str(cases[0].text), DGI_RAW_TEXT, NULL, NULL);
    assert_true(dgi_str_is(doc->meta.url, "https://www.hillpost.example/2011/05/02/ministers-agree-to-reopen-the-border-"
                                          "after-long-quarrel-a112"));
    assert_true(dgi_str_is(doc->meta.published_from, "url"));
    assert_int_equal(doc->meta.title.len, 0);
    dgi_doc_free(doc);
    doc = help_doc(h.layout, dgi_str(cases[1].text), DGI_RAW_TEXT, NULL, NULL);
    assert_true(dgi_str_is(doc->meta.author, "Jane Doe"));
    assert_true(dgi_str_is(doc->meta.title, "Army fires on protesters"));
    dgi_doc_free(doc);
    /* the record's own words come first; an odd date is told */
    doc = dgi_doc_new(0);
    struct dgi_raw raw = {.body = dgi_str(cases[0].text), .url = DGI_S("http://x.example/\nb"), .title = DGI_S(" T "),
                          .published = DGI_S("the day before")};
    struct dgi_article_ctx ctx = {.layout = h.layout, .published = DGI_NO_DAY};
    struct dgi_article_info info;
    assert_int_equal(dgi_article(doc, &raw, &ctx, &info, NULL), DG_OK);
    assert_true(dgi_str_is(doc->meta.url, "http://x.example/ b"));
    assert_true(dgi_str_is(doc->meta.title, "T"));
    assert_true(info.bad_date);
    assert_string_equal(info.charset.name, "UTF-8");
    dgi_doc_free(doc);
    help_close(&h);
}

/* Plain text is left as it is. */
static void unchanged(void **state)
{
    (void)state;
    struct help_table h = help_open();
    dg_str s = DGI_S("  Two  spaces,\ta tab\nand caf\xC3\xA9.\n\n\n- x\n");
    struct dgi_doc *doc = help_doc(h.layout, s, DGI_RAW_TEXT, NULL, NULL);
    assert_true(dgi_str_eq(doc->text, s));
    dgi_doc_free(doc);
    help_close(&h);
}

/* Odd texts: no crash, blocks in order, quick. */
static void hostile(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const char *const units[] = {"\n", " \n", "a\n", "a ", "(", "http://", "By ", "\xE2\x80\x94", "-- ", "\"", "Related:\n",
                                        "\xFF", "\xC3", "1.\n", "A (B) -\n", "2022-", "Jan ", ":", "\t", "From: a\n"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t n = 200000 / strlen(units[u]), len = 0;
        char *s = malloc(n * strlen(units[u]));
        for (size_t i = 0; i < n; i++, len += strlen(units[u]))
            memcpy(s + len, units[u], strlen(units[u]));
        dg_status st;
        struct dgi_doc *doc = help_doc(h.layout, dgi_strn(s, len), DGI_RAW_TEXT, &st, NULL);
        assert_true(st == DG_OK || st == DG_E_FORMAT);
        assert_true(dgi_utf8_invalid(doc->text) == SIZE_MAX);
        uint32_t last = 0;
        for (uint32_t b = 0; b < doc->n_blocks; b++) {
            assert_true(doc->blocks[b].span.start >= last);
            last = doc->blocks[b].span.end;
        }
        assert_true(last <= doc->text.len);
        dgi_doc_free(doc);
        free(s);
    }
    help_close(&h);
}

static void no_memory(void **state)
{
    (void)state;
    struct help_table h = help_open();
    bool worked = false;
    for (uint64_t n = 1; n < 200 && !worked; n++) {
        struct dgi_doc *doc = dgi_doc_new(0);
        struct dgi_raw raw = {.kind = DGI_RAW_TEXT, .body = dgi_str(cases[0].text), .id = DGI_S("x"), .url = DGI_S("y")};
        struct dgi_article_ctx ctx = {.layout = h.layout, .published = DGI_NO_DAY};
        dg_error err = {0};
        dgi_arena_fail_at(doc->arena, n);
        dg_status st = dgi_article(doc, &raw, &ctx, NULL, &err);
        worked = st == DG_OK;
        assert_true(worked || (st == DG_E_NOMEM && err.message[0]));
        dgi_doc_free(doc);
    }
    assert_true(worked);
    help_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table), cmocka_unit_test(metadata), cmocka_unit_test(unchanged),
                                       cmocka_unit_test(hostile), cmocka_unit_test(no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
