/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_text.c: bytes as plain text in an unknown encoding, to blocks and dates. */
#include "text_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgi_raw raw = {.kind = DGI_RAW_TEXT, .body = dgi_strn((const char *)data, size)};
    fuzz_article(&raw);
    return 0;
}
