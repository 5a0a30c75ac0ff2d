/* SPDX-License-Identifier: Apache-2.0 */
/* io/to_utf8.c: bytes of a table or a feed in whatever encoding to UTF-8, before they are taken apart. Pages and texts are
 * decoded later and with more care (text/charset.c). */
#include <iconv.h>

#include "base/utf8.h"
#include "io/formats.h"

static dg_str convert(dgi_arena *a, dg_str s, const char *from)
{
    iconv_t cd = iconv_open("UTF-8", from);
    if (cd == (iconv_t)-1)
        return s;
    size_t cap = s.len * 3 + 16, left = cap, n_in = s.len;
    char *out = dgi_arena_alloc(a, cap), *to = out, *in = (char *)(uintptr_t)s.ptr;
    while (out && n_in) {
        if (iconv(cd, &in, &n_in, &to, &left) != (size_t)-1)
            continue;
        if (left < 3 || !n_in)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3); /* no character of that encoding */
        to += 3;
        left -= 3;
        in++;
        n_in--;
    }
    iconv_close(cd);
    return dgi_strn(out, out ? (size_t)(to - out) : 0);
}

dg_str dgi_to_utf8(dgi_arena *a, dg_str s, dg_str charset)
{
    char name[40];
    if (!s.len)
        return DGI_S("");
    if (charset.len && charset.len < sizeof name) {
        bool latin = dgi_str_ieq(charset, DGI_S("iso-8859-1")); /* as all browsers read it */
        memcpy(name, charset.ptr, charset.len);
        name[charset.len] = 0;
        return convert(a, s, latin ? "WINDOWS-1252" : name);
    }
    return dgi_utf8_invalid(s) == SIZE_MAX ? s : convert(a, s, "WINDOWS-1252");
}
