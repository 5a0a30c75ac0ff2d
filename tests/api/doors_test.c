/* SPDX-License-Identifier: Apache-2.0 */
/* tests/api/doors_test.c: the doors of the library: records from memory, options of another length, limits, cancelling, errors
 * that say where, models that need their files no more. */
#include <dragoman.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char page[] = "<html><head><title>Envoy expelled</title></head><body><article><p>On Monday Chad expelled the ambassador "
                           "of Sudan. The government in Khartoum condemned the decision.</p></article></body></html>";
static const char conllu[] = "# newdoc id = c1\n# sent_id = 1\n# text = Chad attacked Sudan.\n1\tChad\t_\t_\t_\t_\t_\t_\t_\t_\n"
                             "2\tattacked\t_\t_\t_\t_\t_\t_\t_\t_\n3\tSudan\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                             "4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
static dg_model *model;

static dg_str z(const char *s)
{
    return (dg_str){s, strlen(s)};
}

static dg_coder *coder_with(const dg_coder_options *o)
{
    dg_coder *c;
    dg_error err = {DG_OK, 0, 0, ""};
    if (dg_coder_new(&c, model, o, &err) != DG_OK)
        print_error("%s\n", err.message);
    assert_non_null(c);
    return c;
}

static char *json(const dg_doc *doc)
{
    dg_text t;
    assert_int_equal(dg_doc_write(&t, doc, DG_FORMAT_JSON_TEXT, NULL), DG_OK);
    return t.ptr;
}

static char *coded(dg_coder *c, const dg_record *r)
{
    dg_doc *doc;
    dg_error err = {DG_OK, 0, 0, ""};
    if (dg_code_record(&doc, c, r, &err) != DG_OK)
        print_error("%s\n", err.message);
    assert_non_null(doc);
    char *s = json(doc);
    dg_doc_free(doc);
    return s;
}

/* ---- libxml2 was started by each thread; the first pages of two threads raced. This test is the first to read a page ---- */
static void *first_page(void *arg)
{
    dg_record *r;
    (void)arg;
    dg_coder *c = coder_with(NULL);
    assert_int_equal(dg_record_new(&r, DG_INPUT_HTML, z(page), NULL, NULL), DG_OK);
    char *s = coded(c, r);
    dg_record_free(r);
    dg_coder_free(c);
    return s;
}

static void first_pages_in_several_threads(void **state)
{
    pthread_t t[4];
    void *s[4];
    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&t[i], NULL, first_page, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], &s[i]);
    for (int i = 0; i < 4; i++)
        assert_string_equal(s[i], s[0]);
    for (int i = 0; i < 4; i++)
        free(s[i]);
}

/* CoNLL-U was taken out of the record by the first call; the second failed with "no text in it". */
static void a_record_may_be_coded_again(void **state)
{
    const struct { dg_input kind; const char *bytes; } in[] = {
        {DG_INPUT_CONLLU, conllu}, {DG_INPUT_HTML, page}, {DG_INPUT_TEXT, "Chad attacked Sudan.\n"}, {DG_INPUT_JSONL, "{\"text\": \"Chad attacked Sudan.\"}"}};
    dg_coder *c = coder_with(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
        dg_record *r;
        assert_int_equal(dg_record_new(&r, in[i].kind, z(in[i].bytes), NULL, NULL), DG_OK);
        char *a = coded(c, r), *b = coded(c, r);
        assert_string_equal(a, b);
        assert_non_null(strstr(a, "country:TCD"));
        free(a);
        free(b);
        dg_record_free(r);
    }
    dg_coder_free(c);
}

static void what_the_caller_knows_goes_first(void **state)
{
    dg_meta m = DG_META_INIT;
    dg_record *r;
    dg_doc *doc;
    dg_coder *c = coder_with(NULL);
    (void)state;
    m.id = z("mine");
    m.url = z("https://news.example/1");
    m.title = z("From outside");
    m.lang = z("en");
    m.published = dg_day_parse(z("2006-04-14"));
    const struct { dg_input kind; const char *bytes; } in[] = {
        {DG_INPUT_CONLLU, conllu}, {DG_INPUT_AUTO, page}, {DG_INPUT_JSONL, "{\"id\": \"x\", \"published\": \"2001-01-01\", \"text\": \"Chad attacked Sudan.\"}"}};
    for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
        assert_int_equal(dg_record_new(&r, in[i].kind, z(in[i].bytes), &m, NULL), DG_OK);
        assert_int_equal(dg_code_record(&doc, c, r, NULL), DG_OK);
        assert_int_equal(dg_doc_id(doc).len, 4);
        assert_memory_equal(dg_doc_id(doc).ptr, "mine", 4);
        assert_int_equal(dg_doc_published(doc), m.published);
        assert_int_equal(dg_doc_title(doc).len, 12);
        dg_doc_free(doc);
        dg_record_free(r);
    }
    /* a charset that HTTP declared: 0x96 is a dash in windows-1252 */
    m.charset = z("windows-1252");
    assert_int_equal(dg_record_new(&r, DG_INPUT_TEXT, z("Talks \x96 at last \x96 began in N'Djamena.\n"), &m, NULL), DG_OK);
    assert_int_equal(dg_code_record(&doc, c, r, NULL), DG_OK);
    assert_memory_equal(dg_doc_text(doc).ptr, "Talks \xE2\x80\x93 at", 12);
    dg_doc_free(doc);
    dg_record_free(r);
    dg_coder_free(c);
}

static void one_record_and_no_more(void **state)
{
    dg_record *r;
    dg_error err;
    (void)state;
    assert_int_equal(dg_record_new(&r, DG_INPUT_JSONL, z("{\"text\": \"a\"}\n{\"text\": \"b\"}\n"), NULL, &err), DG_E_FORMAT);
    assert_null(r);
    assert_int_equal(dg_record_new(&r, DG_INPUT_JSONL, z("{\"text\": \"a\"}\n\n"), NULL, &err), DG_OK);
    dg_record_free(r);
    assert_int_equal(dg_record_new(&r, DG_INPUT_JSONL, z("[1]"), NULL, &err), DG_E_FORMAT);
    assert_null(r);
    assert_int_equal(dg_record_new(&r, DG_INPUT_CONLLU, z(""), NULL, &err), DG_E_FORMAT);
    assert_int_equal(dg_record_new(&r, DG_INPUT_AUTO, (dg_str){NULL, 0}, NULL, &err), DG_E_FORMAT);
    assert_null(r);
}

/* ---- errors and warnings say where ---- */
static void errors_name_the_record_and_its_byte(void **state)
{
    static const char lines[] = "{\"text\": \"Chad attacked Sudan.\"}\n{\"text\": \"\"}\n{\"text\": \"Chad attacked Sudan.\", \"published\": \"noon\"}\n";
    dg_reader_options o = DG_READER_OPTIONS_INIT;
    dg_coder *c = coder_with(NULL);
    dg_reader *reader;
    dg_record *r;
    dg_doc *doc;
    dg_error err = {DG_OK, 0, 0, ""};
    (void)state;
    o.input = DG_INPUT_JSONL;
    assert_int_equal(dg_reader_open_bytes(&reader, z(lines), NULL, &o, NULL), DG_OK);
    assert_int_equal(dg_reader_next(&r, reader, &err), DG_OK);
    assert_int_equal(dg_code_record(&doc, c, r, &err), DG_OK);
    assert_int_equal(dg_doc_record(doc), 1);
    assert_int_equal(dg_doc_warning(doc).len, 0);
    dg_doc_free(doc);
    dg_record_free(r);
    assert_int_equal(dg_reader_next(&r, reader, &err), DG_OK);
    assert_int_equal(dg_code_record(&doc, c, r, &err), DG_E_FORMAT);
    assert_int_equal(err.record, 2);
    assert_int_equal(err.byte, (uint64_t)(strstr(lines, "{\"text\": \"\"}") - lines));
    dg_record_free(r);
    assert_int_equal(dg_reader_next(&r, reader, &err), DG_OK);
    assert_int_equal(dg_code_record(&doc, c, r, &err), DG_OK);
    assert_true(dg_doc_warning(doc).len > 0);
    assert_int_equal(dg_doc_record(doc), 3);
    assert_int_equal(dg_doc_byte(doc), (uint64_t)(strstr(lines, "\"}\n{\"text\": \"Chad attacked Sudan.\", ") + 3 - lines));
    dg_doc_free(doc);
    dg_record_free(r);
    assert_int_equal(dg_reader_next(&r, reader, &err), DG_OK);
    assert_null(r);
    dg_reader_close(reader);
    dg_coder_free(c);
}

/* ---- what is read can be chosen: names of columns, a first day; and it can be stopped ---- */
static bool stop_at_once(void *user, uint64_t done, uint64_t of)
{
    (void)of;
    ++*(int *)user;
    return done > UINT64_MAX - 1;
}

static void what_is_read_can_be_chosen(void **state)
{
    static const char table[] =
        "when,what\n2020-01-02,Chad attacked Sudan.\n2021-01-02,Egypt met Kenya.\n,Mali left.\n";
    dg_reader_options o = DG_READER_OPTIONS_INIT;
    dg_coder_options co = DG_CODER_OPTIONS_INIT;
    dg_coder *c;
    dg_reader *reader;
    dg_record *r;
    dg_doc *doc;
    dg_error err = {DG_OK, 0, 0, ""};
    int asked = 0, given = 0;
    (void)state;
    o.map = "text=what,dte=when";
    assert_int_equal(dg_reader_open_bytes(&reader, z(table), NULL, &o, &err), DG_E_ARG);
    assert_null(reader);
    o.map = "text=what,date=when";
    co.since = dg_day_parse(z("2021-01-01"));
    assert_int_equal(dg_coder_new(&c, model, &co, &err), DG_OK);
    assert_int_equal(dg_reader_open_bytes(&reader, z(table), NULL, &o, &err), DG_OK);
    while (dg_reader_next(&r, reader, &err) == DG_OK && r) {
        assert_int_equal(dg_code_record(&doc, c, r, &err), DG_OK); /* an old one, one without a day: no document */
        given += doc != NULL;
        dg_doc_free(doc);
        dg_record_free(r);
    }
    assert_int_equal(given, 1);
    dg_reader_close(reader);
    dg_coder_free(c);
    o.progress = stop_at_once;
    o.progress_user = &asked;
    assert_int_equal(dg_reader_open(&reader, "/dev/zero", &o, &err), DG_OK);
    assert_int_equal(dg_reader_next(&r, reader, &err), DG_E_CANCELLED);
    assert_int_equal(asked, 1);
    dg_reader_close(reader);
}

/* ---- options of another length ---- */
static void a_shorter_struct_gets_the_defaults(void **state)
{
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    dg_doc *doc;
    (void)state;
    o.size = offsetof(dg_coder_options, max_bytes); /* as a program of long ago would say */
    o.max_bytes = 1;
    o.plain = true;
    memset(&o.progress, 0x55, sizeof o.progress);
    dg_coder *c = coder_with(&o);
    assert_int_equal(dg_code(&doc, c, z("Chad attacked Sudan."), NULL, NULL), DG_OK);
    dg_doc_free(doc);
    dg_coder_free(c);
    struct { dg_meta m; char more[64]; } later; /* and one of times to come */
    later.m = (dg_meta)DG_META_INIT;
    later.m.size = sizeof later;
    later.m.id = z("later");
    memset(later.more, 0x55, sizeof later.more);
    c = coder_with(NULL);
    assert_int_equal(dg_code(&doc, c, z("Chad attacked Sudan."), &later.m, NULL), DG_OK);
    assert_int_equal(dg_doc_id(doc).len, 5);
    dg_doc_free(doc);
    dg_coder_free(c);
    dg_versions v = DG_VERSIONS_INIT;
    v.size = offsetof(dg_versions, models);
    v.models = 17;
    dg_version_info(&v, model);
    assert_string_equal(v.program, DG_VERSION);
    assert_int_equal(v.models, 17); /* not ours to write */
}

static void versions_and_limits(void **state)
{
    dg_versions v = DG_VERSIONS_INIT, none = DG_VERSIONS_INIT;
    dg_limits l = DG_LIMITS_INIT;
    (void)state;
    dg_version_info(&none, NULL);
    dg_version_info(&v, model);
    assert_string_equal(v.program, dg_version());
    assert_string_equal(v.record, "dragoman/1");
    assert_true(v.models && v.lexicon && v.coder && v.models != v.lexicon);
    assert_true(!none.models && !none.lexicon && !none.coder);
    dg_limit_info(&l);
    assert_int_equal(l.document_bytes, 8 << 20);
    assert_true(l.tree_words >= 100 && l.sentence_words >= l.tree_words && l.id_bytes);
    /* and they are the ones that hold */
    dg_coder *c = coder_with(NULL);
    dg_doc *doc;
    dg_error err;
    char *big = malloc(l.document_bytes + 1);
    assert_non_null(big);
    memset(big, 'a', l.document_bytes + 1);
    assert_int_equal(dg_code(&doc, c, (dg_str){big, l.document_bytes + 1}, NULL, &err), DG_E_LIMIT);
    free(big);
    dg_coder_free(c);
}

/* ---- cancelling ---- */
struct stop { uint64_t at, seen, of; };
static bool until(void *user, uint64_t done, uint64_t of)
{
    struct stop *s = user;
    assert_true(done >= s->seen && done < of);
    s->seen = done;
    s->of = of;
    return done < s->at;
}

static void long_work_can_be_stopped(void **state)
{
    struct stop s = {.at = 1000};
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    dg_doc *doc;
    dg_error err;
    (void)state;
    o.progress = until;
    o.progress_user = &s;
    dg_coder *c = coder_with(&o);
    assert_int_equal(dg_code(&doc, c, z("Chad attacked Sudan."), NULL, &err), DG_OK);
    dg_doc_free(doc);
    assert_int_equal(s.seen + 1, s.of);
    for (uint64_t at = 0; at < s.of; at++) {
        s.at = at;
        s.seen = 0;
        assert_int_equal(dg_code(&doc, c, z("Chad attacked Sudan."), NULL, &err), DG_E_CANCELLED);
        assert_null(doc);
        assert_int_equal(s.seen, at);
    }
    s = (struct stop){.at = 1000};
    assert_int_equal(dg_code(&doc, c, z("Chad attacked Sudan."), NULL, &err), DG_OK); /* and it works again */
    assert_int_equal(dg_doc_n_events(doc), 1);
    dg_doc_free(doc);
    dg_coder_free(c);
}

/* ---- a model that was copied needs its files no more ---- */
static void copy_file(const char *from_dir, const char *to_dir, const char *name)
{
    char path[4096], buf[65536];
    size_t n;
    snprintf(path, sizeof path, "%s/%s", from_dir, name);
    FILE *in = fopen(path, "rb");
    snprintf(path, sizeof path, "%s/%s", to_dir, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((n = fread(buf, 1, sizeof buf, in)) > 0)
        assert_int_equal(fwrite(buf, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void a_copied_model_outlives_its_files(void **state)
{
    static const char *const names[] = {"world.lex", "en.lex", "segment.dgm", "parser.dgm"};
    char dir[] = "/tmp/dragoman-doors-XXXXXX", path[4096];
    const char *data = getenv("DRAGOMAN_DATA");
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    dg_model *m, *mapped = model;
    dg_error err = {DG_OK, 0, 0, ""};
    dg_doc *doc;
    (void)state;
    assert_non_null(data);
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        copy_file(data, dir, names[i]);
    o.data_dir = dir;
    o.copy = true;
    if (dg_model_open(&m, &o, &err) != DG_OK)
        print_error("%s\n", err.message);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        assert_int_equal(truncate(path, 0), 0); /* kills a process that maps it */
        remove(path);
    }
    rmdir(dir);
    assert_non_null(m);
    char *s[2];
    for (int i = 0; i < 2; i++) {
        model = i ? m : mapped;
        dg_coder *c = coder_with(NULL);
        assert_int_equal(dg_code(&doc, c, z("On Friday Chad expelled the ambassador of Sudan."), NULL, NULL), DG_OK);
        s[i] = json(doc);
        dg_doc_free(doc);
        dg_coder_free(c);
    }
    assert_string_equal(s[0], s[1]);
    free(s[0]);
    free(s[1]);
    model = mapped;
    dg_model_close(m);
}

/* ---- the store: pages of answers, and a sync that stops ---- */
static size_t count(const char *s, const char *what)
{
    size_t n = 0;
    for (; (s = strstr(s, what)) != NULL; s++)
        n++;
    return n;
}

typedef dg_status question(dg_text *out, dg_store *store, const dg_query *query, dg_error *err);

/* All that is answered, a page of `limit` at a time, is what is answered at once. */
static void pages_are_the_whole(dg_store *store, question *ask, const char *list, const char *each)
{
    dg_query q = DG_QUERY_INIT;
    dg_text whole, page;
    dg_error err = {DG_OK, 0, 0, ""};
    assert_int_equal(ask(&whole, store, &q, &err), DG_OK);
    const char *at = strstr(whole.ptr, list);
    assert_non_null(at);
    at += strlen(list);
    size_t n = count(whole.ptr, each);
    assert_true(n > 4);
    q.limit = 3;
    for (q.offset = 0; q.offset < n + 3; q.offset += 3) {
        assert_int_equal(ask(&page, store, &q, &err), DG_OK);
        const char *from = strstr(page.ptr, list);
        assert_non_null(from);
        from += strlen(list);
        size_t len = strlen(from) - 2; /* "]}" */
        assert_int_equal(count(page.ptr, each), q.offset >= n ? 0 : n - q.offset < 3 ? n - q.offset : 3);
        if (len)
            at += *at == ',';
        assert_memory_equal(at, from, len);
        at += len;
        dg_text_free(&page);
    }
    assert_string_equal(at, "]}");
    dg_text_free(&whole);
}

static bool never(void *user, uint64_t done, uint64_t of)
{
    ++*(unsigned *)user;
    return done >= of;
}

/* Pages of one follow each other by their cursors; a kept document, why one of its events was coded; SQL twice on one handle. */
static void lists_and_kept_documents(dg_store *s)
{
    dg_list_options o = DG_LIST_OPTIONS_INIT;
    dg_coder_options trace = DG_CODER_OPTIONS_INIT;
    dg_error err = {DG_OK, 0, 0, ""};
    dg_text page;
    char cursor[80] = "", event[64] = "";
    size_t n = 0;
    o.limit = 1;
    for (bool more = true; more; n++) {
        o.after = z(cursor);
        assert_int_equal(dg_list(&page, s, DG_ROWS_EVENTS, NULL, &o, &err), DG_OK);
        assert_int_equal(sscanf(strstr(page.ptr, "{\"id\":\""), "{\"id\":\"%63[^\"]", event), 1);
        more = sscanf(strstr(page.ptr, "\"next\":"), "\"next\":\"%79[^\"]", cursor) == 1;
        dg_text_free(&page);
    }
    assert_true(n > 6);
    o.after = z("e1.2");
    assert_int_equal(dg_list(&page, s, DG_ROWS_EVENTS, NULL, &o, &err), DG_E_ARG);
    o.after = z(cursor); /* of events, not of items */
    assert_int_equal(dg_list(&page, s, DG_ROWS_ITEMS, NULL, &o, &err), DG_E_ARG);
    assert_int_equal(dg_store_document(&page, s, z("d1"), DG_FORMAT_JSON_TEXT, &err), DG_OK);
    assert_non_null(strstr(page.ptr, "Libya offered to mediate"));
    dg_text_free(&page);
    assert_int_equal(dg_store_document(&page, s, z("d9"), DG_FORMAT_JSON, &err), DG_E_ARG);
    trace.trace = true;
    dg_coder *c = coder_with(&trace);
    assert_int_equal(dg_store_explain(&page, s, c, z(event), z(""), &err), DG_OK);
    assert_non_null(strstr(page.ptr, "frame"));
    dg_text_free(&page);
    assert_int_equal(dg_store_explain(&page, s, c, z("e0"), z("d1"), &err), DG_E_ARG);
    dg_coder_free(c);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(dg_sql(&page, s, z("SELECT count(*) FROM event"), 0, &err), DG_OK);
        dg_text_free(&page);
    }
    uint64_t a, b;
    assert_int_equal(dg_store_version(s, &a, &err), DG_OK);
    assert_int_equal(dg_store_version(s, &b, &err), DG_OK);
    assert_true(a == b); /* nobody else has written */
}

static void answers_by_pages_and_a_sync_that_stops(void **state)
{
    static const char *const texts[] = {
        "Chad demanded that Sudan withdraw its troops by Friday. Sudan rejected the demand. Chad threatened to close the border.",
        "Libya offered to mediate. Sudan attacked Chad. Chad expelled the ambassador of Sudan. Egypt and Libya signed an agreement.",
        "Chad and Sudan agreed to a ceasefire. Libya imposed sanctions on Chad. Egypt condemned the attack of Sudan on Chad."};
    char dir[] = "/tmp/dragoman-doors-XXXXXX", path[256], other[300];
    dg_error err = {DG_OK, 0, 0, ""};
    dg_coder *c = coder_with(NULL);
    dg_store *s;
    dg_doc *doc;
    unsigned asked = 0;
    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/a.db", dir);
    assert_int_equal(dg_store_open(&s, path, DG_STORE_WRITE, model, &err), DG_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dg_meta m = DG_META_INIT;
        char id[8];
        snprintf(id, sizeof id, "d%zu", i);
        m.id = z(id);
        m.published = 13000 + (int32_t)i;
        assert_int_equal(dg_code(&doc, c, z(texts[i]), &m, &err), DG_OK);
        assert_int_equal(dg_store_ingest(s, doc, NULL, &err), DG_OK);
        dg_doc_free(doc);
    }
    dg_store_progress(s, never, &asked);
    assert_int_equal(dg_store_sync(s, &err), DG_E_CANCELLED);
    assert_int_equal(asked, 1);
    dg_store_progress(s, NULL, NULL);
    assert_int_equal(dg_store_sync(s, &err), DG_OK);
    pages_are_the_whole(s, dg_timeline, "\"events\":[", "\"about\":");
    pages_are_the_whole(s, dg_situation, "\"items\":[", "\"opened\":");
    dg_query q = DG_QUERY_INIT;
    dg_board *all, *some;
    assert_int_equal(dg_board_open(&all, s, &q, &err), DG_OK);
    q.offset = 1;
    q.limit = 2;
    assert_int_equal(dg_board_open(&some, s, &q, &err), DG_OK);
    assert_int_equal(dg_board_n_items(some), 2);
    assert_memory_equal(dg_item_id(dg_board_item(some, 0)).ptr, dg_item_id(dg_board_item(all, 1)).ptr, dg_item_id(dg_board_item(all, 1)).len);
    dg_board_free(some);
    dg_board_free(all);
    lists_and_kept_documents(s);
    dg_store_close(s);
    dg_coder_free(c);
    const char *const rest[] = {"", "-wal", "-shm", "-lock"};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        snprintf(other, sizeof other, "%s%s", path, rest[i]);
        remove(other);
    }
    rmdir(dir);
}

/* ---- writing by pieces ---- */
struct pieces { char *text; size_t len, n, most; };
static bool collect(void *user, const char *ptr, size_t len)
{
    struct pieces *p = user;
    if (p->n++ == p->most)
        return false;
    p->text = realloc(p->text, p->len + len + 1);
    memcpy(p->text + p->len, ptr, len);
    p->len += len;
    p->text[p->len] = 0;
    return true;
}

static void a_record_is_written_by_pieces(void **state)
{
    struct pieces p = {.most = SIZE_MAX};
    dg_coder *c = coder_with(NULL);
    dg_error err;
    dg_doc *doc;
    (void)state;
    size_t n = 200;
    char *text = malloc(n * 64), *whole;
    text[0] = 0;
    for (size_t i = 0; i < n; i++)
        strcat(text, "Chad expelled the ambassador of Sudan. ");
    assert_int_equal(dg_code(&doc, c, z(text), NULL, NULL), DG_OK);
    whole = json(doc);
    assert_int_equal(dg_doc_write_to(collect, &p, doc, DG_FORMAT_JSON_TEXT, &err), DG_OK);
    assert_string_equal(p.text, whole);
    assert_true(p.n > 1);
    p.len = p.n = 0;
    p.most = 1;
    assert_int_equal(dg_doc_write_to(collect, &p, doc, DG_FORMAT_JSON_TEXT, &err), DG_E_CANCELLED);
    assert_true(p.len < strlen(whole));
    free(p.text);
    free(whole);
    free(text);
    dg_doc_free(doc);
    dg_coder_free(c);
}

static int open_model(void **state)
{
    dg_error err = {DG_OK, 0, 0, ""};
    (void)state;
    if (dg_model_open(&model, NULL, &err) == DG_OK)
        return 0;
    print_error("%s\n", err.message);
    return 1;
}

static int close_model(void **state)
{
    (void)state;
    dg_model_close(model);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_pages_in_several_threads), cmocka_unit_test(a_record_may_be_coded_again),
        cmocka_unit_test(what_the_caller_knows_goes_first), cmocka_unit_test(one_record_and_no_more),
        cmocka_unit_test(errors_name_the_record_and_its_byte), cmocka_unit_test(a_shorter_struct_gets_the_defaults),
        cmocka_unit_test(versions_and_limits), cmocka_unit_test(what_is_read_can_be_chosen),
        cmocka_unit_test(long_work_can_be_stopped),
        cmocka_unit_test(answers_by_pages_and_a_sync_that_stops),
        cmocka_unit_test(a_record_is_written_by_pieces), cmocka_unit_test(a_copied_model_outlives_its_files)};
    return cmocka_run_group_tests(tests, open_model, close_model);
}
