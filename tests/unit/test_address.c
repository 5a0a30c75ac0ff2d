/* SPDX-License-Identifier: Apache-2.0 */
/* One address for one article. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/address.h"

static void addresses(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } t[] = {
        {"HTTP://News.Example:80/A/b?utm_source=x&id=7&fbclid=1#top", "http://news.example/A/b?id=7"},
        {"https://news.example:443", "https://news.example"},
        {"https://news.example:8443/?UTM_x&&b=2&a=1", "https://news.example:8443/?b=2&a=1"},
        {"https://news.example/a?utm_medium=rss", "https://news.example/a"},
        {"https://news.example/a%20b/?id=utm_source", "https://news.example/a%20b/?id=utm_source"},
        {"https://Me@News.example/a#b?c", "https://Me@News.example/a"},
        {"http://", "http://"},
        {"urn:X:1#a", "urn:X:1#a"},
        {"ftp://A/b#c", "ftp://A/b#c"},
        {"", ""},
    };
    dgi_arena *a = dgi_arena_new(0);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dg_str got = dgi_address(a, dgi_str(t[i].in));
        if (!dgi_str_is(got, t[i].want))
            fail_msg("'%s': got '%.*s'", t[i].in, (int)got.len, got.ptr);
    }
    dgi_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
