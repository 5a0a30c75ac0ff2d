/* SPDX-License-Identifier: Apache-2.0 */
/* stream/streams.h: the door of the stream: news of a message log or file, coded, to a message log, a file or a store, until a signal or
 * the end. Linked to the command, not to the library. docs/integrations.md has what it guarantees. */
#ifndef DGL_STREAMS_H
#define DGL_STREAMS_H

#include "dragoman.h"

struct dgl_counts {
    uint64_t messages, documents, events, dead, written; /* written: acknowledged by whoever keeps them */
    uint64_t kept[3];                                    /* of a store: by dg_ingested */
    uint64_t unacknowledged;                             /* at the end: they will be read again */
};
struct dgl_options {
    /* FILE, "-", or kafka://HOST:PORT[,HOST:PORT...]/TOPIC (in: TOPIC,TOPIC... too). dead NULL: what cannot be read is told. */
    const char *in, *out, *dead;
    dg_store *store;              /* instead of out; synced before the return, left open */
    const char *group, *instance; /* NULL: "dragoman", no static member */
    /* KEY=VALUE for librdkafka, as the user gave them: no secrets. file: more of them, a line each. Of both and of the environment
     * (DRAGOMAN_KAFKA_SASL_PASSWORD is sasl.password) the first that names a key goes before: given, environment, file. */
    const char *const *property;
    uint32_t n_properties;
    const char *property_file;
    const char *metrics; /* PORT, ADDRESS:PORT, FILE; NULL: none */
    const dg_model *model;
    const dg_coder_options *coder;
    const dg_reader_options *reader; /* its progress is not looked at */
    bool write_coded;                /* records of DG_FORMAT_CODED to `out` */
    bool read_coded;             /* messages of a log are such records and go into the store, coded by nobody here */
    uint32_t lists;              /* else: of the record: DG_LIST_ALL without or with DG_LIST_TEXT, or some of it */
    uint32_t threads;            /* that code: 1 to 64 */
    uint64_t ahead;              /* bytes of messages that are read and not yet handed on; 0: 4 MiB or more */
    uint64_t limit;              /* messages; 0: no limit */
    bool to_end;                 /* of a log: end where it ends now, else never */
    uint32_t drain_s;            /* how long the end waits for acknowledgements */
    bool (*stopped)(void *user); /* asked some times a second: end now? */
    void (*say)(void *user, const char *line); /* what a person should know; any moment, the thread of dgl_stream() */
    void (*tick)(void *user, const struct dgl_counts *c); /* now and then; NULL: nobody */
    void *user;
};
/* DG_E_ARG: an address, a property, a group that cannot be; DG_E_IO: what was written is not acknowledged, a file cannot be read or
 * written; DG_E_STORE: the store cannot be written. Whatever it returns, *counts says how far it came. Where it reads a log, what it
 * did not finish is read again by the next run. */
dg_status dgl_stream(const struct dgl_options *o, struct dgl_counts *counts, dg_error *err);
bool dgl_is_log(const char *uri); /* "kafka://..." */

#endif
