/* SPDX-License-Identifier: Apache-2.0 */
/* base/error.c: see error.h. Messages are one line; control characters in what the caller passes are turned into '?'. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void fill(dg_error *err, dg_status status, uint64_t record, uint64_t byte, const char *fmt, va_list ap)
{
    err->status = status;
    err->record = record;
    err->byte = byte;
    vsnprintf(err->message, sizeof err->message, fmt, ap);
    for (char *p = err->message; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    /* a cut in the middle of a UTF-8 sequence is taken back */
    size_t n = 0;
    while (err->message[n])
        n++;
    if (n == sizeof err->message - 1) {
        while (n && ((unsigned char)err->message[n - 1] & 0xC0) == 0x80)
            n--;
        if (n && (unsigned char)err->message[n - 1] >= 0xC0)
            n--;
        err->message[n] = 0;
    }
}

dg_status dgi_fail(dg_error *err, dg_status status, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        fill(err, status, 0, 0, fmt, ap);
        va_end(ap);
    }
    return status;
}

dg_status dgi_fail_at(dg_error *err, dg_status status, uint64_t record, uint64_t byte, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        fill(err, status, record, byte, fmt, ap);
        va_end(ap);
    }
    return status;
}
