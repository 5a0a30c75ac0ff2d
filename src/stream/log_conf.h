/* SPDX-License-Identifier: Apache-2.0 */
/* stream/log_conf.h: what both ends at a log share. */
#ifndef DGL_LOG_CONF_H
#define DGL_LOG_CONF_H

#include "stream/kafka.h"

#include "stream/stream_int.h"

/* A configuration of one side with dragoman's defaults and the user's properties. Its callbacks' opaque is the pipe. */
dg_status dgl_log_conf(rd_kafka_conf_t **out, struct dgl_pipe *p, enum dgl_side side, const char *brokers,
                       dg_error *err);
/* A handle, which owns the configuration; what it has to tell comes through its own polling. */
dg_status dgl_log_new(rd_kafka_t **out, struct dgl_pipe *p, enum dgl_side side, rd_kafka_conf_t *conf, dg_error *err);
/* To a person, the same thing once in a while. */
void dgl_log_tell(struct dgl_pipe *p, const char *what);

#endif
