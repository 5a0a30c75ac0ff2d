/* SPDX-License-Identifier: Apache-2.0 */
/* base/json.h: writes JSON into a growing buffer. Commas and nesting are kept by the writer; strings must be UTF-8. */
#ifndef DGI_JSON_H
#define DGI_JSON_H

#include "base/str.h"

struct dgi_buf { /* heap buffer; zero-initialised is valid and empty */
    char *ptr;
    size_t len, cap;
    bool failed; /* memory ran out, or the sink said stop: later writes do nothing */
    /* Who takes the text when there is a piece of it, so that it need not stand in memory whole; NULL: nobody. */
    bool (*sink)(void *user, const char *ptr, size_t len);
    void *user;
};
bool dgi_buf_flush(struct dgi_buf *b); /* what is left, to the sink. False: failed */
void dgi_buf_free(struct dgi_buf *b);
void dgi_buf_add(struct dgi_buf *b, dg_str s);
void dgi_buf_printf(struct dgi_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static inline dg_str dgi_buf_str(const struct dgi_buf *b)
{
    return (dg_str){b->ptr, b->len};
}

struct dgi_json {
    struct dgi_buf *out;
    uint64_t comma; /* bit per depth: a value was written at this depth */
    uint32_t depth; /* at most 63 */
    bool after_key;
};
void dgi_json_init(struct dgi_json *j, struct dgi_buf *out);
void dgi_json_open(struct dgi_json *j, char bracket);  /* '{' or '[' */
void dgi_json_close(struct dgi_json *j, char bracket); /* '}' or ']' */
void dgi_json_key(struct dgi_json *j, const char *key);
void dgi_json_str(struct dgi_json *j, dg_str s);         /* ill-formed bytes become U+FFFD */
void dgi_json_str_or_null(struct dgi_json *j, dg_str s); /* empty -> null */
void dgi_json_int(struct dgi_json *j, int64_t v);
void dgi_json_num(struct dgi_json *j, double v); /* shortest form that reads back; NaN and infinities -> null */
void dgi_json_bool(struct dgi_json *j, bool v);
void dgi_json_null(struct dgi_json *j);
void dgi_json_day(struct dgi_json *j, int32_t day); /* "YYYY-MM-DD" or null */
/* key + value in one go */
static inline void dgi_json_kstr(struct dgi_json *j, const char *k, dg_str v)
{
    dgi_json_key(j, k), dgi_json_str(j, v);
}
static inline void dgi_json_kstrn(struct dgi_json *j, const char *k, dg_str v)
{
    dgi_json_key(j, k), dgi_json_str_or_null(j, v);
}
static inline void dgi_json_kint(struct dgi_json *j, const char *k, int64_t v)
{
    dgi_json_key(j, k), dgi_json_int(j, v);
}
static inline void dgi_json_kbool(struct dgi_json *j, const char *k, bool v)
{
    dgi_json_key(j, k), dgi_json_bool(j, v);
}

#endif
