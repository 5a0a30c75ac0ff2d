/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_jsonl.c: bytes as an input of any kind, with a small limit, so that long lines are met too. */
#include "io/reader.h"
#include "io/unpack.h"
#include "text_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct dgi_reader_options o = {.input = data[0] & 1 ? DGI_INPUT_JSONL : DGI_INPUT_AUTO,
                                   .max_document = data[0] & 2 ? 64 : 4096};
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    MUST(dgi_reader_open_bytes(&r, dgi_strn((const char *)data + 1, size - 1), NULL, &o, &err) == DG_OK);
    enum dgi_next n;
    uint64_t record = 0;
    bool packed = dgi_packing_of(dgi_strn((const char *)data + 1, size - 1)) != NULL; /* offsets are of what is in it */
    while ((n = dgi_reader_next(r, &raw, &err)) != DGI_NEXT_END) {
        if (n == DGI_NEXT_RECORD) {
            MUST(raw.record == record + 1 && (packed || raw.byte < size));
            record = raw.record;
            fuzz_article(&raw);
            continue;
        }
        MUST(err.message[0] && (packed || err.byte <= size));
        if (err.record) {
            MUST(err.record == record + 1);
            record = err.record;
        }
        if (n == DGI_NEXT_FAILED)
            break;
    }
    dgi_reader_close(r);
    return 0;
}
