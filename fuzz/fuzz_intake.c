/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_intake.c: bytes as an input of any kind: packed, feeds, tables, JSON, archives. Every record's strings are there, records
 * are counted one by one, what is refused has a message, and it ends. The first byte chooses kind, limit and names. */
#include "io/reader.h"
#include "text_fuzz.h"

static uint64_t touch(dg_str s)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s.len; i++)
        sum += (unsigned char)s.ptr[i];
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t kinds[] = {0, 0, DGI_INPUT_EXPORT, DGI_INPUT_JSONL, DGI_INPUT_JSON, DGI_INPUT_FEED, DGI_INPUT_CSV, DGI_INPUT_WARC};
    enum { MOST = 20000 };
    if (!size)
        return 0;
    struct dgi_reader_options o = {.input = kinds[data[0] & 7],
                                   .max_document = data[0] & 8 ? 64 : 4096,
                                   .map = data[0] & 16 ? "text=b,date=d" : NULL};
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    enum dgi_next n;
    uint64_t record = 0, sum = 0;
    MUST(dgi_reader_open_bytes(&r, dgi_strn((const char *)data + 1, size - 1), NULL, &o, &err) == DG_OK);
    for (int i = 0; i < MOST && (n = dgi_reader_next(r, &raw, &err)) != DGI_NEXT_END; i++) {
        if (n != DGI_NEXT_RECORD) {
            MUST(err.message[0]);
            MUST(!err.record || err.record == record + 1);
            record = err.record ? err.record : record;
            if (n == DGI_NEXT_FAILED)
                break;
            continue;
        }
        MUST(raw.record == record + 1);
        record = raw.record;
        const dg_str strings[] = {raw.body,   raw.id,        raw.url,  raw.title,
                                  raw.author, raw.publisher, raw.lang, raw.published};
        for (size_t k = 0; k < sizeof strings / sizeof *strings; k++)
            sum += touch(strings[k]);
        if (data[0] & 32)
            fuzz_article(&raw);
    }
    dgi_reader_close(r);
    return sum == UINT64_MAX;
}
