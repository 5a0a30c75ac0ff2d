/* SPDX-License-Identifier: Apache-2.0 */
/* stream/kafka.h: librdkafka, loaded when a stream has a log for an end (base/loaded.h). Its functions keep their names. */
#ifndef DGL_KAFKA_H
#define DGL_KAFKA_H

#include <librdkafka/rdkafka.h>

#include "dragoman.h"

#define DGL_KAFKA_FUNCTIONS(X)                                                                                         \
    X(rd_kafka_assign)                                                                                                 \
    X(rd_kafka_assignment)                                                                                             \
    X(rd_kafka_clusterid)                                                                                              \
    X(rd_kafka_commit)                                                                                                 \
    X(rd_kafka_conf_destroy)                                                                                           \
    X(rd_kafka_conf_new)                                                                                               \
    X(rd_kafka_conf_set)                                                                                               \
    X(rd_kafka_conf_set_dr_msg_cb)                                                                                     \
    X(rd_kafka_conf_set_error_cb)                                                                                      \
    X(rd_kafka_conf_set_log_cb)                                                                                        \
    X(rd_kafka_conf_set_offset_commit_cb)                                                                              \
    X(rd_kafka_conf_set_opaque)                                                                                        \
    X(rd_kafka_conf_set_rebalance_cb)                                                                                  \
    X(rd_kafka_consumer_close)                                                                                         \
    X(rd_kafka_consumer_poll)                                                                                          \
    X(rd_kafka_destroy)                                                                                                \
    X(rd_kafka_err2str)                                                                                                \
    X(rd_kafka_error_code)                                                                                             \
    X(rd_kafka_error_destroy)                                                                                          \
    X(rd_kafka_error_string)                                                                                           \
    X(rd_kafka_fatal_error)                                                                                            \
    X(rd_kafka_flush)                                                                                                  \
    X(rd_kafka_get_watermark_offsets)                                                                                  \
    X(rd_kafka_header_add)                                                                                             \
    X(rd_kafka_headers_destroy)                                                                                        \
    X(rd_kafka_headers_new)                                                                                            \
    X(rd_kafka_mem_free)                                                                                               \
    X(rd_kafka_message_destroy)                                                                                        \
    X(rd_kafka_message_errstr)                                                                                         \
    X(rd_kafka_new)                                                                                                    \
    X(rd_kafka_opaque)                                                                                                 \
    X(rd_kafka_pause_partitions)                                                                                       \
    X(rd_kafka_poll)                                                                                                   \
    X(rd_kafka_poll_set_consumer)                                                                                      \
    X(rd_kafka_produceva)                                                                                              \
    X(rd_kafka_purge)                                                                                                  \
    X(rd_kafka_resume_partitions)                                                                                      \
    X(rd_kafka_set_log_queue)                                                                                          \
    X(rd_kafka_subscribe)                                                                                              \
    X(rd_kafka_topic_name)                                                                                             \
    X(rd_kafka_topic_partition_list_add)                                                                               \
    X(rd_kafka_topic_partition_list_destroy)                                                                           \
    X(rd_kafka_topic_partition_list_new)                                                                               \
    X(rd_kafka_version_str)

struct dgl_kafka_functions {
#define X(name) __typeof__(&name) name;
    DGL_KAFKA_FUNCTIONS(X)
#undef X
};
extern struct dgl_kafka_functions dgl_kafka;
/* Before any of them is called. DG_E_ARG: the library is not installed. Any thread. */
dg_status dgl_kafka_load(dg_error *err);

#ifndef DGL_KAFKA_LOADER
#define rd_kafka_assign dgl_kafka.rd_kafka_assign
#define rd_kafka_assignment dgl_kafka.rd_kafka_assignment
#define rd_kafka_clusterid dgl_kafka.rd_kafka_clusterid
#define rd_kafka_commit dgl_kafka.rd_kafka_commit
#define rd_kafka_conf_destroy dgl_kafka.rd_kafka_conf_destroy
#define rd_kafka_conf_new dgl_kafka.rd_kafka_conf_new
#define rd_kafka_conf_set dgl_kafka.rd_kafka_conf_set
#define rd_kafka_conf_set_dr_msg_cb dgl_kafka.rd_kafka_conf_set_dr_msg_cb
#define rd_kafka_conf_set_error_cb dgl_kafka.rd_kafka_conf_set_error_cb
#define rd_kafka_conf_set_log_cb dgl_kafka.rd_kafka_conf_set_log_cb
#define rd_kafka_conf_set_offset_commit_cb dgl_kafka.rd_kafka_conf_set_offset_commit_cb
#define rd_kafka_conf_set_opaque dgl_kafka.rd_kafka_conf_set_opaque
#define rd_kafka_conf_set_rebalance_cb dgl_kafka.rd_kafka_conf_set_rebalance_cb
#define rd_kafka_consumer_close dgl_kafka.rd_kafka_consumer_close
#define rd_kafka_consumer_poll dgl_kafka.rd_kafka_consumer_poll
#define rd_kafka_destroy dgl_kafka.rd_kafka_destroy
#define rd_kafka_err2str dgl_kafka.rd_kafka_err2str
#define rd_kafka_error_code dgl_kafka.rd_kafka_error_code
#define rd_kafka_error_destroy dgl_kafka.rd_kafka_error_destroy
#define rd_kafka_error_string dgl_kafka.rd_kafka_error_string
#define rd_kafka_fatal_error dgl_kafka.rd_kafka_fatal_error
#define rd_kafka_flush dgl_kafka.rd_kafka_flush
#define rd_kafka_get_watermark_offsets dgl_kafka.rd_kafka_get_watermark_offsets
#define rd_kafka_header_add dgl_kafka.rd_kafka_header_add
#define rd_kafka_headers_destroy dgl_kafka.rd_kafka_headers_destroy
#define rd_kafka_headers_new dgl_kafka.rd_kafka_headers_new
#define rd_kafka_mem_free dgl_kafka.rd_kafka_mem_free
#define rd_kafka_message_destroy dgl_kafka.rd_kafka_message_destroy
#define rd_kafka_message_errstr dgl_kafka.rd_kafka_message_errstr
#define rd_kafka_new dgl_kafka.rd_kafka_new
#define rd_kafka_opaque dgl_kafka.rd_kafka_opaque
#define rd_kafka_pause_partitions dgl_kafka.rd_kafka_pause_partitions
#define rd_kafka_poll dgl_kafka.rd_kafka_poll
#define rd_kafka_poll_set_consumer dgl_kafka.rd_kafka_poll_set_consumer
#define rd_kafka_produceva dgl_kafka.rd_kafka_produceva
#define rd_kafka_purge dgl_kafka.rd_kafka_purge
#define rd_kafka_resume_partitions dgl_kafka.rd_kafka_resume_partitions
#define rd_kafka_set_log_queue dgl_kafka.rd_kafka_set_log_queue
#define rd_kafka_subscribe dgl_kafka.rd_kafka_subscribe
#define rd_kafka_topic_name dgl_kafka.rd_kafka_topic_name
#define rd_kafka_topic_partition_list_add dgl_kafka.rd_kafka_topic_partition_list_add
#define rd_kafka_topic_partition_list_destroy dgl_kafka.rd_kafka_topic_partition_list_destroy
#define rd_kafka_topic_partition_list_new dgl_kafka.rd_kafka_topic_partition_list_new
#define rd_kafka_version_str dgl_kafka.rd_kafka_version_str
#endif

#endif
