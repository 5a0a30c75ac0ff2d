/* SPDX-License-Identifier: Apache-2.0 */
/* stream/kafka.c: see kafka.h. */
#define DGL_KAFKA_LOADER
#include "stream/kafka.h"

#include "base/loaded.h"

#ifndef DGL_RDKAFKA_AT /* of another librdkafka than the system's, with a comma (CMake: DG_RDKAFKA_ROOT) */
#define DGL_RDKAFKA_AT
#endif

struct dgl_kafka_functions dgl_kafka;

dg_status dgl_kafka_load(dg_error *err)
{
    static const char *const files[] = {DGL_RDKAFKA_AT "librdkafka.so.1", "librdkafka.so", "librdkafka.1.dylib", NULL};
    static const char *const functions[] = {
#define X(name) #name,
        DGL_KAFKA_FUNCTIONS(X)
#undef X
    };
    static struct dgi_library lib = {.need = "a log of Kafka needs librdkafka 1.9 or later",
                                     .name = "librdkafka",
                                     .package = "librdkafka1",
                                     .files = files,
                                     .functions = functions,
                                     .into = (void **)&dgl_kafka,
                                     .n = sizeof functions / sizeof *functions};
    return dgi_library_load(&lib, err);
}
