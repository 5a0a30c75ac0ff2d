/* SPDX-License-Identifier: Apache-2.0 */
/* stream/kafka.c: see kafka.h. */
#define DGL_KAFKA_LOADER
#include "stream/kafka.h"

#include <pthread.h>

#include "base/error.h"
#include "base/loaded.h"

#ifndef DGL_RDKAFKA_AT /* of another librdkafka than the system's, with a comma (CMake: DG_RDKAFKA_ROOT) */
#define DGL_RDKAFKA_AT
#endif

struct dgl_kafka_functions dgl_kafka;
static const char *missing;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    static const char *const files[] = {DGL_RDKAFKA_AT "librdkafka.so.1", "librdkafka.so", "librdkafka.1.dylib", NULL};
    static const char *const names[] = {
#define X(name) #name,
        DGL_KAFKA_FUNCTIONS(X)
#undef X
    };
    enum { N = sizeof names / sizeof *names };
    void *function[N];
    missing = dgi_load("librdkafka", files, names, function, N);
    size_t i = 0;
#define X(name) *(void **)&dgl_kafka.name = function[i++];
    if (!missing) {
        DGL_KAFKA_FUNCTIONS(X)
    }
#undef X
}

dg_status dgl_kafka_load(dg_error *err)
{
    pthread_once(&once, load);
    return !missing
               ? DG_OK
               : dgi_fail(
                     err, DG_E_ARG,
                     "a log of Kafka needs librdkafka 1.9 or later, of which %s is not there (apt-get install librdkafka1)",
                     missing);
}
