/* SPDX-License-Identifier: Apache-2.0 */
/* text/address.c: see address.h.
 *
 * An address is the id of a document that has no other, so the same article by two addresses was two documents. Only what is sure
 * goes: parameters of campaigns and click counters, by name. The order of parameters, percent signs and a slash at the end stay: some
 * servers tell pages apart by them. libcurl's parser was looked at: it changes neither the host's case nor parameters. */
#include "text/address.h"

/* Names, and beginnings of names that end in '*'. */
static const char *const tracking_keys[] = {"utm_*",
                                            "fbclid",
                                            "gclid",
                                            "dclid",
                                            "msclkid",
                                            "mc_cid",
                                            "mc_eid",
                                            "igshid",
                                            "yclid",
                                            "twclid",
                                            "_ga",
                                            "_gl",
                                            "ocid",
                                            "cmpid",
                                            "wt_mc",
                                            "wt.mc_id",
                                            "xtor",
                                            "at_*",
                                            "smid",
                                            "smtyp",
                                            "guccounter",
                                            "guce_*",
                                            "__twitter_impression",
                                            "spm"};

static bool tracks(dg_str parameter)
{
    const char *eq = parameter.len ? memchr(parameter.ptr, '=', parameter.len) : NULL;
    dg_str name = dgi_strn(parameter.ptr, eq ? (size_t)(eq - parameter.ptr) : parameter.len);
    for (size_t i = 0; i < sizeof tracking_keys / sizeof *tracking_keys; i++) {
        dg_str t = dgi_str(tracking_keys[i]);
        bool start = t.ptr[t.len - 1] == '*';
        dg_str of = dgi_str_sub(t, 0, t.len - start);
        if (dgi_str_ieq(start ? dgi_str_sub(name, 0, of.len) : name, of))
            return true;
    }
    return false;
}

static void lower(char *to, dg_str s)
{
    for (size_t i = 0; i < s.len; i++)
        to[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] + 32 : s.ptr[i]);
}

/* Up to any of the signs. */
static dg_str up_to(dg_str s, const char *signs)
{
    size_t i = 0;
    while (i < s.len && !(s.ptr[i] && strchr(signs, s.ptr[i])))
        i++;
    return dgi_str_sub(s, 0, i);
}

dg_str dgi_address(dgi_arena *a, dg_str url)
{
    bool tls = dgi_str_ieq(dgi_str_sub(url, 0, 8), DGI_S("https://"));
    size_t scheme = tls ? 8 : 7, n;
    if (!tls && !dgi_str_ieq(dgi_str_sub(url, 0, 7), DGI_S("http://")))
        return url;
    char *out = dgi_arena_alloc(a, url.len + 1);
    if (!out)
        return (dg_str){NULL, 0};
    dg_str rest = dgi_str_sub(url, scheme, url.len), host = up_to(rest, "/?#");
    rest = dgi_str_sub(rest, host.len, rest.len);
    dg_str port = tls ? DGI_S(":443") : DGI_S(":80");
    if (dgi_str_ends(host, port))
        host.len -= port.len;
    lower(out, dgi_strn(url.ptr, scheme));
    if (memchr(host.ptr, '@', host.len))
        memcpy(out + scheme, host.ptr, host.len); /* a user's name is not to be changed */
    else
        lower(out + scheme, host);
    n = scheme + host.len;
    dg_str path = up_to(rest, "?#"), query = dgi_str_sub(rest, path.len, rest.len), parameter;
    memcpy(out + n, path.ptr, path.len);
    n += path.len;
    query = query.len && query.ptr[0] == '?' ? up_to(dgi_str_sub(query, 1, query.len), "#") : (dg_str){NULL, 0};
    bool first = true;
    while (query.ptr && dgi_str_next(&query, '&', &parameter)) {
        if (!parameter.len || tracks(parameter))
            continue;
        out[n++] = (char)(first ? '?' : '&');
        first = false;
        memcpy(out + n, parameter.ptr, parameter.len);
        n += parameter.len;
    }
    return dgi_strn(out, n);
}
