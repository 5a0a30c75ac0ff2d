/* SPDX-License-Identifier: Apache-2.0 */
/* serve/mhd.h: libmicrohttpd, loaded when something listens: the server, the figures of a stream (base/loaded.h). Its functions keep their names. */
#ifndef DGS_MHD_H
#define DGS_MHD_H

#include <microhttpd.h>

#include "dragoman.h"

#define DGS_MHD_FUNCTIONS(X)                                                                                           \
    X(MHD_add_response_header)                                                                                         \
    X(MHD_create_response_from_buffer)                                                                                 \
    X(MHD_create_response_from_callback)                                                                               \
    X(MHD_destroy_response)                                                                                            \
    X(MHD_get_daemon_info)                                                                                             \
    X(MHD_lookup_connection_value)                                                                                     \
    X(MHD_queue_response)                                                                                              \
    X(MHD_quiesce_daemon)                                                                                              \
    X(MHD_resume_connection)                                                                                           \
    X(MHD_start_daemon)                                                                                                \
    X(MHD_stop_daemon)                                                                                                 \
    X(MHD_suspend_connection)

struct dgs_mhd_functions {
#define X(name) __typeof__(&name) name;
    DGS_MHD_FUNCTIONS(X)
#undef X
};
extern struct dgs_mhd_functions dgs_mhd;
/* Before any of them is called. DG_E_ARG: the library is not installed. Any thread. */
dg_status dgs_mhd_load(dg_error *err);

#ifndef DGS_MHD_LOADER
#define MHD_add_response_header dgs_mhd.MHD_add_response_header
#define MHD_create_response_from_buffer dgs_mhd.MHD_create_response_from_buffer
#define MHD_create_response_from_callback dgs_mhd.MHD_create_response_from_callback
#define MHD_destroy_response dgs_mhd.MHD_destroy_response
#define MHD_get_daemon_info dgs_mhd.MHD_get_daemon_info
#define MHD_lookup_connection_value dgs_mhd.MHD_lookup_connection_value
#define MHD_queue_response dgs_mhd.MHD_queue_response
#define MHD_quiesce_daemon dgs_mhd.MHD_quiesce_daemon
#define MHD_resume_connection dgs_mhd.MHD_resume_connection
#define MHD_start_daemon dgs_mhd.MHD_start_daemon
#define MHD_stop_daemon dgs_mhd.MHD_stop_daemon
#define MHD_suspend_connection dgs_mhd.MHD_suspend_connection
#endif

#endif
