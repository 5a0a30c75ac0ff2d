/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_charset.c: the first line is the declared encoding, the rest the bytes to decode. */
#include "text/charset.h"
#include "text_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dg_str rest = dgi_strn((const char *)data, size), label = {NULL, 0};
    if (!size || !dgi_str_next(&rest, '\n', &label))
        return 0;
    for (int html = 0; html < 2; html++) {
        dgi_arena *a = dgi_arena_new(256 << 20);
        struct dgi_charset_info info;
        dg_error err = {0};
        dg_str out;
        MUST(a);
        if (dgi_charset_decode(&out, &info, a, rest, label, html, false, &err) == DG_OK)
            MUST(dgi_utf8_invalid(out) == SIZE_MAX && !memchr(out.ptr, 0, out.len) && !memchr(out.ptr, '\r', out.len));
        else
            MUST(err.message[0]);
        dgi_arena_free(a);
    }
    return 0;
}
