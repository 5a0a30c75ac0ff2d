/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_code.c: the whole chain, any bytes as an article, to the record as JSON; spans must lie inside the text. */
#include <stdio.h>
#include <stdlib.h>

#include "dragoman.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dg_coder *coder(void)
{
    static dg_coder *c; /* one process, one thread: opened once */
    dg_model *m;
    dg_error err;
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    if (c)
        return c;
    o.data_dir = DG_LEXICON;
    if (dg_model_open(&m, &o, &err) != DG_OK || dg_coder_new(&c, m, NULL, &err) != DG_OK) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    return c;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dg_doc *doc;
    dg_text json;
    dg_error err;
    if (size > 20000 || dg_code(&doc, coder(), (dg_str){(const char *)data, size}, NULL, &err) != DG_OK)
        return 0;
    uint32_t chars = 0;
    dg_str text = dg_doc_text(doc);
    for (size_t i = 0; i < text.len; i++)
        chars += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) {
        const dg_event *e = dg_doc_event(doc, i);
        dg_span trigger = dg_event_trigger(e);
        if (trigger.start_cp >= trigger.end_cp || trigger.end_cp > chars || dg_event_sentence(e) >= dg_doc_n_sentences(doc))
            abort();
    }
    for (uint32_t i = 0; i < dg_doc_n_statements(doc); i++) {
        const dg_statement *s = dg_doc_statement(doc, i);
        for (uint32_t k = 0; k < dg_statement_n_content(s); k++) {
            dg_span said = dg_statement_content(s, k);
            if (said.start_cp >= said.end_cp || said.end_cp > chars)
                abort();
        }
    }
    if (dg_doc_write(&json, doc, DG_FORMAT_JSON_TEXT, &err) != DG_OK)
        abort();
    dg_text_free(&json);
    if (dg_doc_situation(&json, doc, &err) != DG_OK)
        abort();
    dg_text_free(&json);
    dg_doc_free(doc);
    return 0;
}
