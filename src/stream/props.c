/* SPDX-License-Identifier: Apache-2.0 */
/* stream/props.c: addresses of logs, and librdkafka's properties from the command line, the environment and a file.
 *
 * Whoever can list processes reads a command line, so that what is secret is refused there and never repeated in a message. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "stream/stream_int.h"

extern char **environ;
static const char scheme[] = "kafka://", from_env[] = "DRAGOMAN_KAFKA_";
enum { MOST_LINE = 1 << 20 }; /* a chain of certificates in one line is some kilobytes */

bool dgl_is_log(const char *uri)
{
    return uri && !strncmp(uri, scheme, sizeof scheme - 1);
}

bool dgl_prop_secret(const char *key)
{
    static const char *const words[] = {"password", "secret", "username", "key.pem", "oauthbearer.config"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(key, words[i]))
            return true;
    return false;
}

/* What the guarantees rest on is not for the asking. NULL: it may be set. */
static const char *not_settable(const char *key, const char *value)
{
    static const char *const ours[] = {"enable.auto.commit", "enable.auto.offset.store", "enable.partition.eof",
                                       "enable.idempotence"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (!strcmp(key, ours[i]))
            return "is set by dragoman, whose guarantees rest on it";
    if (!strcmp(key, "bootstrap.servers") || !strcmp(key, "metadata.broker.list"))
        return "is the address of --in and --out";
    if (!strcmp(key, "group.id"))
        return "is set by --group";
    if (!strcmp(key, "partition.assignment.strategy") && strstr(value, "cooperative"))
        return "may be range or roundrobin: with cooperative-sticky this librdkafka can hang and lose its place";
    return NULL;
}

static dg_status add(struct dgl_props *p, dg_str key, dg_str value, const char *where, dg_error *err)
{
    enum dgl_side side = DGL_BOTH;
    if (dgi_str_starts(key, DGI_S("in.")) || dgi_str_starts(key, DGI_S("out."))) {
        side = key.ptr[0] == 'i' ? DGL_IN : DGL_OUT;
        key = dgi_str_sub(key, side == DGL_IN ? 3 : 4, key.len);
    }
    if (p->n == p->cap) {
        uint32_t cap = p->cap ? p->cap * 2 : 16;
        struct dgl_prop *more = realloc(p->list, cap * sizeof *more);
        if (!more)
            return dgi_fail(err, DG_E_NOMEM, "no memory for properties");
        p->list = more;
        p->cap = cap;
    }
    struct dgl_prop *q = &p->list[p->n];
    *q = (struct dgl_prop){strndup(key.ptr, key.len), strndup(value.len ? value.ptr : "", value.len), side};
    p->n++;
    if (!q->key || !q->value)
        return dgi_fail(err, DG_E_NOMEM, "no memory for properties");
    const char *why = not_settable(q->key, q->value);
    return why ? dgi_fail(err, DG_E_ARG, "%s: '%s' %s", where, q->key, why) : DG_OK;
}

/* "key = value" with white space around both. */
static dg_status pair(struct dgl_props *p, dg_str line, const char *where, dg_error *err)
{
    size_t eq = dgi_str_find(line, DGI_S("="));
    dg_str key = dgi_str_trim(dgi_str_sub(line, 0, eq == SIZE_MAX ? line.len : eq));
    if (eq == SIZE_MAX || !key.len) /* the line itself may be a secret: not repeated */
        return dgi_fail(err, DG_E_ARG, "%s: this is no KEY=VALUE", where);
    return add(p, key, dgi_str_trim(dgi_str_sub(line, eq + 1, line.len)), where, err);
}

static dg_status given(struct dgl_props *p, const struct dgl_options *o, dg_error *err)
{
    dg_status st = DG_OK;
    for (uint32_t i = 0; st == DG_OK && i < o->n_properties; i++) {
        st = pair(p, dgi_str(o->property[i]), "option '--kafka'", err);
        if (st == DG_OK && dgl_prop_secret(p->list[p->n - 1].key))
            st = dgi_fail(
                err, DG_E_ARG,
                "option '--kafka': '%s' is for the file of --kafka-file or the environment, which 'ps' does not show",
                p->list[p->n - 1].key);
    }
    return st;
}

/* DRAGOMAN_KAFKA_SASL_PASSWORD=x is sasl.password=x. */
static dg_status environment(struct dgl_props *p, dg_error *err)
{
    dg_status st = DG_OK;
    for (char **e = environ; st == DG_OK && *e; e++) {
        char key[128];
        size_t n = strcspn(*e, "="), at = sizeof from_env - 1;
        if (strncmp(*e, from_env, at) || n - at >= sizeof key || n == at)
            continue;
        for (size_t i = at; i < n; i++)
            key[i - at] = (*e)[i] == '_' ? '.' : (char)tolower((unsigned char)(*e)[i]);
        st = add(p, dgi_strn(key, n - at), dgi_str(*e + n + ((*e)[n] == '=')), "environment", err);
    }
    return st;
}

static dg_status file(struct dgl_props *p, const char *path, dg_error *err)
{
    FILE *f = fopen(path, "r");
    char *line = NULL, where[300];
    size_t cap = 0;
    ssize_t n;
    dg_status st = DG_OK;
    if (!f)
        return dgi_fail(err, DG_E_ARG, "%s: %s", path, strerror(errno));
    for (unsigned no = 1; st == DG_OK && (n = getline(&line, &cap, f)) >= 0; no++) {
        dg_str s = dgi_str_trim(dgi_strn(line, (size_t)n));
        snprintf(where, sizeof where, "%.240s:%u", path, no);
        if (n > MOST_LINE)
            st = dgi_fail(err, DG_E_ARG, "%s: longer than %d bytes", where, MOST_LINE);
        else if (s.len && s.ptr[0] != '#' && s.ptr[0] != '!')
            st = pair(p, s, where, err);
    }
    if (st == DG_OK && ferror(f))
        st = dgi_fail(err, DG_E_ARG, "%s: %s", path, strerror(errno));
    free(line);
    fclose(f);
    return st;
}

dg_status dgl_props_read(struct dgl_props *p, const struct dgl_options *o, dg_error *err)
{
    dg_status st = given(p, o, err);
    if (st == DG_OK)
        st = environment(p, err);
    if (st == DG_OK && o->property_file)
        st = file(p, o->property_file, err);
    return st;
}

void dgl_props_free(struct dgl_props *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        free(p->list[i].key);
        free(p->list[i].value);
    }
    free(p->list);
    *p = (struct dgl_props){0};
}

dg_status dgl_uri(const char *uri, char **brokers, char **topics, dg_error *err)
{
    const char *host = uri + sizeof scheme - 1, *slash = strchr(host, '/');
    *brokers = *topics = NULL;
    if (memchr(host, '@', slash ? (size_t)(slash - host) : strlen(host))) /* told without what stands before it */
        return dgi_fail(
            err, DG_E_ARG,
            "an address of Kafka has no user and no password in it: they are properties, in the file of --kafka-file");
    if (!slash || slash == host || !slash[1] || strchr(slash + 1, '/'))
        return dgi_fail(err, DG_E_ARG, "'%.100s' is no address of a topic (kafka://HOST:PORT/TOPIC)", uri);
    if (strlen(slash + 1) > 16384 ||
        strspn(slash + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-,") != strlen(slash + 1))
        return dgi_fail(err, DG_E_ARG, "'%.100s': a topic has letters, digits, '.', '_' and '-'", slash + 1);
    *brokers = strndup(host, (size_t)(slash - host));
    *topics = strdup(slash + 1);
    if (*brokers && *topics)
        return DG_OK;
    free(*brokers);
    free(*topics);
    *brokers = *topics = NULL;
    return dgi_fail(err, DG_E_NOMEM, "no memory for an address");
}
