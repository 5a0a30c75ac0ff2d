/* SPDX-License-Identifier: Apache-2.0 */
/* serve/serve.h: the door of the server: a store over HTTP, until a signal ends it. Linked to the command, not to the library. */
#ifndef DGS_SERVE_H
#define DGS_SERVE_H

#include "dragoman.h"

struct dgs_options {
    const char *db;
    const char *address; /* numeric, or "localhost" */
    uint16_t port;       /* 0: any that is free */
    const char *token;   /* NULL: none, which only an address of this machine itself may do without */
    bool writable;
    uint32_t threads;
    const dg_model *model;
    /* Told when it listens. */
    void (*ready)(void *user, const char *url);
    void *user;
};
/* Serves until SIGTERM or SIGINT, then answers what was asked and returns. DG_E_ARG: an address that is none or needs a token. */
dg_status dgs_serve(const struct dgs_options *o, dg_error *err);
/* The description of the interface (OpenAPI 3.1), JSON. */
dg_status dgs_openapi(dg_text *out, dg_error *err);

#endif
