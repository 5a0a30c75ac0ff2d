/* SPDX-License-Identifier: Apache-2.0 */
/* stream/log_none.c: instead of log_in.c and log_out.c where the build found no librdkafka. */
#include "stream/stream_int.h"

static dg_status none(dg_error *err)
{
    return dgi_fail(
        err, DG_E_ARG,
        "this dragoman was built without librdkafka, which kafka:// needs: install librdkafka-dev and build it again");
}

dg_status dgl_log_source(struct dgl_source **out, struct dgl_pipe *p, const char *uri, dg_error *err)
{
    (void)p;
    (void)uri;
    *out = NULL;
    return none(err);
}

dg_status dgl_log_sink(struct dgl_sink **out, struct dgl_pipe *p, const char *uri, dg_error *err)
{
    (void)p;
    (void)uri;
    *out = NULL;
    return none(err);
}
