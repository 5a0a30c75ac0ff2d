/* SPDX-License-Identifier: Apache-2.0 */
/* examples/from_memory.c: records that never were files: a page as it came over HTTP, and a batch of JSON Lines.
 *
 *   cc from_memory.c $(pkg-config --cflags --libs dragoman) -o from_memory && ./from_memory */
#include <dragoman.h>
#include <stdio.h>
#include <string.h>

static dg_str text(const char *s)
{
    return (dg_str){s, strlen(s)};
}

/* A server would look here whether the client is still there. */
static bool go_on(void *user, uint64_t done, uint64_t of)
{
    (void)done;
    (void)of;
    ++*(unsigned *)user;
    return true;
}

static void print(const dg_doc *doc)
{
    dg_str id = dg_doc_id(doc);
    printf("%.*s: %u events\n", (int)id.len, id.ptr, dg_doc_n_events(doc));
    for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) {
        const dg_event *e = dg_doc_event(doc, i);
        dg_str cameo = dg_event_cameo(e), trigger = dg_event_trigger_text(e);
        printf("  %.*s %.*s\n", (int)cameo.len, cameo.ptr, (int)trigger.len, trigger.ptr);
    }
}

/* What HTTP said of the page goes before what the page says of itself. */
static dg_status code_page(dg_coder *coder, dg_error *err)
{
    dg_meta meta = DG_META_INIT;
    dg_record *record;
    dg_doc *doc;
    meta.url = text("https://news.example/2006/04/envoy");
    meta.charset = text("iso-8859-1");
    meta.published = dg_day_parse(text("2006-04-14"));
    dg_status st = dg_record_new(&record, DG_INPUT_HTML,
                                 text("<html><body><article><p>N'Djamena \226 On Monday Chad expelled the ambassador of Sudan. The "
                                      "government in Khartoum condemned the decision.</p></article></body></html>"),
                                 &meta, err);
    if (st == DG_OK && (st = dg_code_record(&doc, coder, record, err)) == DG_OK) {
        print(doc);
        dg_doc_free(doc);
    }
    dg_record_free(record);
    return st;
}

static dg_status code_batch(dg_coder *coder, dg_str lines, dg_error *err)
{
    dg_reader_options options = DG_READER_OPTIONS_INIT;
    dg_reader *reader;
    dg_record *record;
    dg_doc *doc;
    options.input = DG_INPUT_JSONL;
    dg_status st = dg_reader_open_bytes(&reader, lines, NULL, &options, err);
    while (st == DG_OK && (st = dg_reader_next(&record, reader, err)) == DG_OK && record) {
        if ((st = dg_code_record(&doc, coder, record, err)) == DG_OK) {
            print(doc);
            dg_doc_free(doc);
        }
        dg_record_free(record);
    }
    dg_reader_close(reader);
    return st;
}

int main(void)
{
    static const char lines[] = "{\"id\": \"a\", \"published\": \"2006-04-15\", \"text\": \"Sudan recalled its envoy on Friday.\"}\n"
                                "{\"id\": \"b\", \"published\": \"2006-04-16\", \"text\": \"Libya offered to mediate.\"}\n";
    unsigned stages = 0;
    dg_coder_options options = DG_CODER_OPTIONS_INIT;
    dg_error err = {DG_OK, 0, 0, ""};
    dg_model *model;
    dg_coder *coder = NULL;
    if (dg_model_open(&model, NULL, &err) != DG_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    options.progress = go_on;
    options.progress_user = &stages;
    dg_status st = dg_coder_new(&coder, model, &options, &err);
    if (st == DG_OK && (st = code_page(coder, &err)) == DG_OK)
        st = code_batch(coder, text(lines), &err);
    if (st != DG_OK)
        fprintf(stderr, "record %llu, byte %llu: %s\n", (unsigned long long)err.record, (unsigned long long)err.byte, err.message);
    dg_coder_free(coder);
    dg_model_close(model);
    return st == DG_OK && stages > 0 ? 0 : 1;
}
