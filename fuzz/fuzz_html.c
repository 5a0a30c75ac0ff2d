/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_html.c: bytes as a page in an unknown encoding, through libxml2 to blocks. */
#include "text_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgi_raw raw = {.kind = DGI_RAW_HTML, .body = dgi_strn((const char *)data, size)};
    fuzz_article(&raw);
    return 0;
}
