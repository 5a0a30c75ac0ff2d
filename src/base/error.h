/* SPDX-License-Identifier: Apache-2.0 */
/* base/error.h: writing dg_error. Whoever finds the fault writes the message; callers pass it on. */
#ifndef DGI_ERROR_H
#define DGI_ERROR_H

#include "dragoman.h"

/* Fill *err (may be NULL) and return `status`: `return dgi_fail(err, DG_E_NOMEM, "no memory for %zu frames", n);` */
dg_status dgi_fail(dg_error *err, dg_status status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The same with the place in the input. record: 1-based, 0 = not about a record. byte: 0-based. */
dg_status dgi_fail_at(dg_error *err, dg_status status, uint64_t record, uint64_t byte, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

#endif
