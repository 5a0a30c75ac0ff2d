/* SPDX-License-Identifier: Apache-2.0 */
/* Records out of feeds, tables and JSON values: their fields, their bytes, and what is kept of broken ones. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "io/field_names.h"
#include "io/reader.h"

/* All that comes out of an input, a line a record: "kind|title|date|url|publisher|author|id|body" or "! record: message". */
static void all_of(char *out, size_t cap, dg_str bytes, struct dgi_reader_options *o)
{
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    enum dgi_next n;
    size_t at = 0;
    uint64_t last = 0;
    assert_int_equal(dgi_reader_open_bytes(&r, bytes, NULL, o, &err), DG_OK);
    while ((n = dgi_reader_next(r, &raw, &err)) != DGI_NEXT_END) {
#define V(s) (int)(s).len, (s).len ? (s).ptr : ""
        if (n == DGI_NEXT_RECORD) {
            at += (size_t)snprintf(out + at, cap - at, "%c|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n", raw.kind ? 'h' : 't',
                                   V(raw.title), V(raw.published), V(raw.url), V(raw.publisher), V(raw.author), V(raw.id),
                                   V(raw.body));
            assert_int_equal(raw.record, last + 1);
            assert_true(raw.byte < bytes.len);
            last = raw.record;
        } else {
            at += (size_t)snprintf(out + at, cap - at, "! %d: %s\n", (int)err.record, err.message);
            last = err.record ? err.record : last;
        }
        assert_true(at < cap);
        if (n == DGI_NEXT_FAILED)
            break;
    }
    dgi_reader_close(r);
}

static void check(const char *bytes, const char *map, const char *want)
{
    char got[8192] = "";
    struct dgi_reader_options o = {.map = map};
    all_of(got, sizeof got, dgi_str(bytes), &o);
    assert_string_equal(got, want);
}

static void rss(void **state)
{
    (void)state;
    check("<?xml version=\"1.0\"?>\n<!-- <item> --><!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
          "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Desk &amp; Co</title>\n"
          "<image><title>Logo</title></image>"
          "<item><title>Border &amp;#8216;shut&amp;#8217;</title><link> http://d.example/1 </link>"
          "<guid isPermaLink=\"false\">g1</guid><pubDate>Mon, 04 Jun 2018 08:00:00 GMT</pubDate>"
          "<dc:creator><![CDATA[Ann Poe]]></dc:creator><description>Kenya&nbsp;closed its border &amp; more.</description>"
          "<media:title>no</media:title></item>"
          "<item rdf:about='x'><title>T</title><description>short</description><dc:date>2018-06-05</dc:date>"
          "<content:encoded><![CDATA[<p>One &lt; <b>two</b></p><!-- ]]> --></content:encoded></item>"
          "<item><title>never closed</title>"
          "<item><title>Alone</title></item>"
          "<item><description>AT&T &b; & Chad < Niger &#0; &#x41;</description></item>"
          "<item><guid>http://d.example/6</guid></item></channel></rss>",
          NULL,
          "t|Border ‘shut’|Mon, 04 Jun 2018 08:00:00 GMT|http://d.example/1|Desk & Co|Ann Poe|g1|Kenya\xC2\xA0"
          "closed its border & more.\n"
          "h|T|2018-06-05||Desk & Co|||<p>One &lt; <b>two</b></p><!--  -->\n"
          "! 3: the item is not closed before the next one\n"
          "t|Alone|||Desk & Co|||Alone\n"
          "t||||Desk & Co|||AT&T &b; & Chad < Niger   A\n"
          "! 6: the item has neither text nor title\n");
}

static void atom(void **state)
{
    (void)state;
    check("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>Wire</a:title>"
          "<a:entry><a:title type=\"html\">One</a:title><a:link rel=\"self\" href=\"no\"/><a:link href=\"http://w/1\"/>"
          "<a:id>urn:1</a:id><a:updated>2020-02-03</a:updated><a:published>2020-02-02</a:published>"
          "<a:author><a:name>B C</a:name><a:email>x</a:email></a:author><a:summary>less</a:summary>"
          "<a:content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Chad &amp; Niger</p></div></a:content>"
          "</a:entry></a:feed>",
          NULL,
          "h|One|2020-02-02|http://w/1|Wire|B C|urn:1|<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Chad &amp; "
          "Niger</p></div>\n");
    check("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><item><title>Caf\xE9 \x93x\x94</title></item>", NULL,
          "t|Café “x”||||||Café “x”\n");
}

static void json(void **state)
{
    (void)state;
    check(" [{\"title\":\"A\",\"body\":\"One.\",\"date\":\"2020-01-02\"},\n {\"content\":\"<p>Two.</p>\",\"source\":{\"id\":null,"
          "\"name\":\"Desk\"}}, 7, [1],\n{\"text\": \"broken \"quote\" here\"}, {\"text\":\"unclosed},\n{\"text\":\"Six.\"} ]",
          NULL,
          "t|A|2020-01-02|||||One.\nh||||Desk|||<p>Two.</p>\n"
          "! 3: bad JSON: a comma or a closing bracket should stand here\n"
          "! 4: bad JSON: a line ends inside a string\nt|||||||Six.\n");
    check("{\"status\":\"ok\",\"articles\":[{\"author\":\"X\",\"description\":\"D.\",\"url\":\"u\",\"content\":null},"
          "{\"title\":\"Only\"}]}",
          NULL, "t|||u||X||D.\nt|Only||||||Only\n");
    check("{\n \"version\": \"https://jsonfeed.org/version/1.1\",\n \"title\": \"Feed\", \"authors\": [{\"name\": \"N\"}],\n"
          " \"items\": [\n {\"id\":\"2\",\"content_text\":\"One.\",\"date_published\":\"2020-02-03\"}]}",
          NULL, "t||2020-02-03||Feed||2|One.\n");
    check("{\"response\":{\"docs\":[{\"abstract\":\"A.\",\"headline\":{\"main\":\"H\"},\"byline\":{\"original\":1}}]}}", NULL,
          "t|H||||||A.\n");
    check("{\n \"title\": \"T\",\n \"text\": \"One.\"\n}\n{\n \"text\": \"Two.\"\n}\n", NULL, "t|T||||||One.\nt|||||||Two.\n");
    check("[{\"text\":\"One.\"},{\"text\":\"tw", NULL, "t|||||||One.\n! 2: bad JSON: the record breaks off\n"
                                                      "! 3: bad JSON: it breaks off; 2 records before it\n");
    check("{\"text\":\"One.\",\"source\":[\"RUS\"],\"authors\":[\"A B\",{\"name\":\"C\"}]}\n", NULL, "t|||||A B, C||One.\n");
    check("{\"b\":\"One.\",\"text\":\"no\"}\n", "text=b", "t|||||||One.\n");
}

static void tables(void **state)
{
    (void)state;
    check("id;Publication date;Headline;Body;Source\n1;04.06.2018;\"Border \"\"shut\"\"\";\"One.\nTwo.\";Desk\n\n"
          "2;2018-06-05;Raid;Three.;Desk\r\n3;2018-06-06;\"open;Four.;Desk\n4;x;y;z;Desk;extra\n5;;Last;Five.\n6;;;;Desk\n",
          NULL,
          "t|Border \"shut\"|04.06.2018||Desk||1|One.\nTwo.\nt|Raid|2018-06-05||Desk||2|Three.\n"
          "! 3: a quotation mark is not closed; the line was left out\n"
          "! 4: the row has 6 fields, the first row 5\nt|Last|||||5|Five.\n! 6: the row has no text\n");
}

static void tables_more(void **state)
{
    (void)state;
    check("headline_text\tpublish_date\n\"Quoted\" he said\t2020-01-01\n\"Open\t2020-01-02\nShut\t2020-01-03\n", NULL,
          "t|\"Quoted\" he said|2020-01-01|||||\"Quoted\" he said\n"
          "t|\"Open|2020-01-02|||||\"Open\nt|Shut|2020-01-03|||||Shut\n");
    check("when,who,what\n2020-01-02,Desk,One.\n", "text=what,date=when,publisher=who", "t||2020-01-02||Desk|||One.\n");
    check("when,who,what\n2020-01-02,Desk,One.\n", NULL,
          "! 0: a table, and none of its columns is known for a text (when, who, what); say which: --map text=COLUMN\n");
    check("when,who,what\n2020-01-02,Desk,One.\n", "text=which", "! 0: a table without a column 'which' (--map)\n");
    check("title,text\nCaf\xE9,One.\n", NULL, "t|Café||||||One.\n");
}

/* Texts saved from news libraries: articles apart, with source and day; covers and rules are none. */
static void exports(void **state)
{
    (void)state;
    check("Page 1 of 2\nBorder shut\nThe Desk Times\nMarch 5, 2019 Tuesday\n\nCopyright 2019 The Desk Times Company\n\n"
          "Section: Section A; Pg. 4\nLength: 19 words\nByline: By ANN POE\nDateline: NAIROBI \n\nBody\n\nOne.\n\nTwo.\n\n"
          "Load-Date: March 6, 2019\n\nEnd of Document\nTalks begin\nSecond Paper (London)\n5 March 2019\n\nLength: 8 words\n"
          "\nBody\n\nThree.\n\nLoad-Date: March 6, 2019\n\nEnd of Document\n",
          NULL,
          "t|Border shut|March 5, 2019 Tuesday||The Desk Times|ANN POE||One.\n\nTwo.\n"
          "t|Talks begin|5 March 2019||Second Paper (London)|||Three.\n");
    check("\n   1 of 2 DOCUMENTS\n\n   The Desk Times\n\n  March 5, 2019 Tuesday \n  Late Edition - Final\n\nBorder shut\n\n"
          "BYLINE: By ANN POE\n\nLENGTH: 19 words\n\n One.\n\n Two.\n\nLOAD-DATE: March 5, 2019\n\n    Copyright 2019 The "
          "Desk\n\n   2 of 2 DOCUMENTS\n\n  Second Paper\n\n  March 6, 2019 Wednesday \n\nTalks\n\nLENGTH: 9 words\n\n Three.\n",
          NULL,
          "t|Border shut|March 5, 2019 Tuesday||The Desk Times|ANN POE||One.\n\n Two.\n"
          "t|Talks|March 6, 2019 Wednesday||Second Paper|||Three.\n");
    check("Border shut\n\nBy Ann Poe\n19 words\n5 March 2019\n08:00 GMT\nThe Desk News\nDSK\nEnglish\n(c) 2019 The Desk\n\nOne.\n\n"
          "Two.\n\nDocument DSK0000020190305ef3500abc\n\nTalks\n9 words\n6 March 2019\nSecond Desk\nSEC\nEnglish\nCopyright "
          "Second Desk, 2019\n\nThree.\n\nDocument SEC0000020190306ef3600abd\n",
          NULL,
          "t|Border shut|5 March 2019||The Desk News||DSK0000020190305ef3500abc|One.\n\nTwo.\n"
          "t|Talks|6 March 2019||Second Desk||SEC0000020190306ef3600abd|Three.\n");
    check("HD   Border shut\nBY   Ann Poe\nPD   5 March 2019\nSN   The Desk\nCY   (c) 2019\n\nLP \nOne.\n\nTD \nTwo.\n\nCO \nx : y\n"
          "AN\nDocument DSK0000020190305ef3500abc\n\nHD   Talks\nTD\nThree.\nAN\nDocument DSK0000020190306ef3600abd\n",
          NULL,
          "t|Border shut|5 March 2019||The Desk|Ann Poe|DSK0000020190305ef3500abc|One.\n\nTwo.\n"
          "t|Talks|||||DSK0000020190306ef3600abd|Three.\n");
    check("____________________________________\n\nDocument 1 of 2\n\nBorder shut\n\nAuthor: Poe, Ann\n\nAbstract: Less.\n\nFull text: One."
          "\n\nTwo.\n\nSubject: Borders;\n\nTitle: Border shut\n\nPublication title: The Desk; London (UK)\n\nPublication date: Mar "
          "5, 2019\n\nProQuest document ID: 1234567\n\n____________________________________\n\nTalks\n\nFull text: Three.\n\n"
          "____________________________________\nContact us\nDatabase copyright 2019\n",
          NULL,
          "t|Border shut|Mar 5, 2019||The Desk; London (UK)|Poe, Ann|1234567|One.\n\nTwo.\nt|Talks||||||Three.\n");
}

static void maps(void **state)
{
    (void)state;
    struct dgi_map m;
    dg_error err = {0};
    uint8_t f, rank;
    assert_int_equal(dgi_map_parse(&m, "text=body, date = pub", &err), DG_OK);
    assert_true(dgi_str_is(m.name[DGI_F_TEXT], "body") && dgi_str_is(m.name[DGI_F_DATE], "pub"));
    assert_true(dgi_field_of(&m, DGI_S("Pub"), &f, &rank) && f == DGI_F_DATE);
    assert_false(dgi_field_of(&m, DGI_S("date"), &f, &rank));
    assert_true(dgi_field_of(&m, DGI_S("Head_Line"), &f, &rank) && f == DGI_F_TITLE);
    assert_int_equal(dgi_map_parse(&m, "txt=body", &err), DG_E_ARG);
    assert_int_equal(dgi_map_parse(&m, "text", &err), DG_E_ARG);
    assert_int_equal(dgi_map_parse(&m, "text=", &err), DG_E_ARG);
    assert_int_equal(dgi_map_parse(&m, "", &err), DG_OK);
    assert_int_equal(dgi_map_parse(&m, NULL, &err), DG_OK);
}

/* Long and hostile ones: bounded, and what is good behind them is read. */
static void limits(void **state)
{
    (void)state;
    enum { N = 400000 };
    static const struct {
        const char *before, *fill, *after, *want;
    } t[] = {
        {"<rss><channel><item><title>", "x", "</title></item><item><title>good</title></item>", "t|good"},
        {"<rss><channel><item ", "a='b' ", "><title>long</title></item><item><title>good</title></item>", "t|good"},
        {"<rss><channel><item><title>good</title></item>", "<!--", "", "t|good"},
        {"<rss><channel><item><title>good</title></item>", "<item>", "", "t|good"},
        {"<rss><channel><item><title>good</title></item>", "<item><![CDATA[", "", "t|good"},
        {"[{\"text\":\"good\"},{\"text\":\"", "x", "\"},{\"text\":\"good too\"}]", "t|||||||good too"},
        {"[{\"text\":\"good\"},{\"text\":", "[{", "", "t|||||||good"},
        {"[{\"text\":\"good\"},{\"text\":\"", "\"},{\"", "", "t|||||||good"},
        {"[", "[", "{\"text\":\"good\"}]", ""},
        {"title,text\nA,good\nB,\"", "x", "\nC,good too\n", "t|C||||||good too"},
        {"title,text\nA,good\n", "\"\n", "C,good too\n", "t|A||||||good"},
    };
    static char out[64 << 20];
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        size_t n = strlen(t[i].fill), at = strlen(t[i].before), k = strlen(t[i].after);
        char *s = malloc(at + n * N + k + 1);
        memcpy(s, t[i].before, at);
        for (int j = 0; j < N; j++, at += n)
            memcpy(s + at, t[i].fill, n);
        memcpy(s + at, t[i].after, k);
        struct dgi_reader_options o = {.max_document = 100000};
        out[0] = 0;
        all_of(out, sizeof out, dgi_strn(s, at + k), &o);
        if (!strstr(out, t[i].want))
            fail_msg("case %zu: got '%.300s'", i, out);
        free(s);
    }
}

/* A byte of one record changed, in a thousand ways: the others are there. */
static void corrupted(void **state)
{
    (void)state;
    static const struct {
        const char *before, *one, *after;
        size_t tail; /* bytes of a record that part it from the next */
    } t[] = {
        {"<rss><channel><title>D</title>\n", "<item><title>T%d</title><description>body%d &amp; more</description></item>\n", "</channel></rss>", 1},
        {"<feed><title>D</title>\n", "<entry><link href=\"u%d\"/><content>body%d &lt;b&gt;</content></entry>\n", "</feed>", 1},
        {"[", "{\"title\":\"T%d\",\"text\":\"body%d \\\"q\\\"\"},\n", "]", 2},
        {"title,text,url\n", "T%d,\"body%d, \"\"and more\"\"\",u\n", "", 1},
        {"{\"articles\":[", "{\"title\":\"T%d\",\"body\":\"body%d\"},", "]}", 1},
        {"", "{\"title\":\"T%d\",\"text\":\"body%d\"}\n", "", 1},
    };
    enum { RECORDS = 9, TIMES = 1000 };
    uint64_t seed = 14;
    for (size_t k = 0; k < sizeof t / sizeof *t; k++)
        for (int time = 0; time < TIMES; time++) {
            char s[4096], got[16384] = "", want[32];
            size_t start[RECORDS + 1], n = (size_t)sprintf(s, "%s", t[k].before);
            for (int i = 0; i < RECORDS; i++) {
                start[i] = n;
                n += (size_t)snprintf(s + n, sizeof s - n, t[k].one, i, i);
            }
            start[RECORDS] = n;
            n += (size_t)sprintf(s + n, "%s", t[k].after);
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint32_t hit = 1 + (uint32_t)(seed >> 33) % (RECORDS - 1); /* by the first one the kind is known */
            size_t len = start[hit + 1] - start[hit] - t[k].tail;
            size_t at = start[hit] + (size_t)(seed >> 40) % len;
            s[at] = (char)(seed >> 24);
            struct dgi_reader_options o = {0};
            all_of(got, sizeof got, dgi_strn(s, n), &o);
            for (int i = 0; i < RECORDS; i++) {
                sprintf(want, "body%d", i);
                if (i != (int)hit && !strstr(got, want))
                    fail_msg("format %zu, time %d: byte %zu of record %u is now %d; record %d: got '%s' of '%s'", k, time,
                             at - start[hit], hit, s[at], i, got, s);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rss),         cmocka_unit_test(atom), cmocka_unit_test(json),  cmocka_unit_test(tables),
        cmocka_unit_test(tables_more), cmocka_unit_test(exports), cmocka_unit_test(maps), cmocka_unit_test(limits),
        cmocka_unit_test(corrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
