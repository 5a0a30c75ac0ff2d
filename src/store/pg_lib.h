/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_lib.h: libpq, loaded when the first store of PostgreSQL is opened.
 *
 * Loaded, not linked: libpq brings Kerberos, LDAP and TLS with it, which no command that keeps its news in a file should start with, and
 * a machine without it can still run everything else. */
#ifndef DGI_PG_LIB_H
#define DGI_PG_LIB_H

#include <libpq-fe.h>

#include "base/error.h"

#define DGI_PQ_FUNCTIONS(X)                                                                                            \
    X(PQconnectdbParams)                                                                                               \
    X(PQconninfoParse)                                                                                                 \
    X(PQconninfoFree)                                                                                                  \
    X(PQfreemem)                                                                                                       \
    X(PQfinish)                                                                                                        \
    X(PQreset)                                                                                                         \
    X(PQstatus)                                                                                                        \
    X(PQerrorMessage)                                                                                                  \
    X(PQserverVersion)                                                                                                 \
    X(PQparameterStatus)                                                                                               \
    X(PQsetNoticeReceiver)                                                                                             \
    X(PQexec)                                                                                                          \
    X(PQenterPipelineMode)                                                                                             \
    X(PQexitPipelineMode)                                                                                              \
    X(PQpipelineSync)                                                                                                  \
    X(PQsendFlushRequest)                                                                                              \
    X(PQflush)                                                                                                         \
    X(PQsendPrepare)                                                                                                   \
    X(PQsendQueryPrepared)                                                                                             \
    X(PQsendQueryParams)                                                                                               \
    X(PQgetResult)                                                                                                     \
    X(PQresultStatus)                                                                                                  \
    X(PQresultErrorField)                                                                                              \
    X(PQclear)                                                                                                         \
    X(PQputCopyData)                                                                                                   \
    X(PQputCopyEnd)                                                                                                    \
    X(PQntuples)                                                                                                       \
    X(PQnfields)                                                                                                       \
    X(PQfname)                                                                                                         \
    X(PQftype)                                                                                                         \
    X(PQgetvalue)                                                                                                      \
    X(PQgetisnull)                                                                                                     \
    X(PQgetlength)

struct dgi_pq {
#define X(name) __typeof__(&name) name;
    DGI_PQ_FUNCTIONS(X)
#undef X
};
/* The functions; NULL: libpq is not installed, *err says so. Any thread. */
const struct dgi_pq *dgi_pq_load(dg_error *err);

#endif
