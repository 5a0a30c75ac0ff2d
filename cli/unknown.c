/* SPDX-License-Identifier: Apache-2.0 */
/* cli/unknown.c: who acted or spoke and is in no table, counted over all documents (--unknown FILE).
 *
 * What each document has comes from dg_doc_unknown(), made by the threads that code and counted in the order of the input, so
 * that threads change nothing. When MOST phrases are held, those that stood once only so far are forgotten. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { MOST = 200000, EXAMPLES = 2, KINDS = 8 };

struct kind {
    char name[16];
    uint32_t n;
};
struct phrase {
    char *phrase, *head, *example[EXAMPLES], *where[EXAMPLES];
    uint32_t count, docs, as[3];
    uint64_t last_doc;
    struct kind kind[KINDS];
};
struct unknown {
    const char *path;
    struct lh_table *by; /* folded phrase -> struct phrase */
    uint64_t doc;
    bool failed;
};
static const char *const as_names[3] = {"source", "target", "speaker"};

static void phrase_free(struct lh_entry *e)
{
    struct phrase *p = (struct phrase *)lh_entry_v(e);
    free(lh_entry_k(e));
    free(p->phrase);
    free(p->head);
    for (int i = 0; i < EXAMPLES; i++) {
        free(p->example[i]);
        free(p->where[i]);
    }
    free(p);
}

bool unknown_open(struct unknown **out, const char *path)
{
    *out = NULL;
    if (!cli_can_save(path))
        return false;
    struct unknown *u = calloc(1, sizeof *u);
    if (u && !(u->by = lh_kchar_table_new(1024, phrase_free))) {
        free(u);
        u = NULL;
    }
    if (!u) {
        cli_say("no memory to count who is unknown");
        return false;
    }
    u->path = path;
    *out = u;
    return true;
}

/* Letters as small ones, so that a headline and a sentence count the same; ASCII alone is enough for that. */
static char *folded(const char *s)
{
    char *key = strdup(s);
    for (char *p = key; p && *p; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;
    return key;
}

static const char *text_of(struct json_object *o, const char *key)
{
    struct json_object *v = NULL;
    return json_object_object_get_ex(o, key, &v) ? json_object_get_string(v) : "";
}

static int32_t number_of(struct json_object *o, const char *key)
{
    struct json_object *v = NULL;
    return json_object_object_get_ex(o, key, &v) ? json_object_get_int(v) : 0;
}

static void forget_single(struct unknown *u)
{
    struct lh_entry *e = u->by->head, *next;
    for (; e; e = next) {
        next = e->next;
        if (((const struct phrase *)lh_entry_v(e))->count < 2)
            lh_table_delete_entry(u->by, e);
    }
}

static struct phrase *find(struct unknown *u, struct json_object *o)
{
    char *key = folded(text_of(o, "phrase"));
    struct lh_entry *e = key ? lh_table_lookup_entry(u->by, key) : NULL;
    if (e || !key) {
        free(key);
        return e ? (struct phrase *)lh_entry_v(e) : NULL;
    }
    if (lh_table_length(u->by) >= MOST)
        forget_single(u);
    struct phrase *p = calloc(1, sizeof *p);
    bool ok = p && (p->phrase = strdup(text_of(o, "phrase"))) && (p->head = strdup(text_of(o, "head"))) &&
              !lh_table_insert(u->by, key, p);
    if (ok)
        return p;
    free(key);
    if (p) {
        free(p->phrase);
        free(p->head);
    }
    free(p);
    return NULL;
}

static bool add(struct unknown *u, struct json_object *o, dg_str doc)
{
    struct phrase *p = find(u, o);
    if (!p)
        return false;
    p->count++;
    if (p->last_doc != u->doc)
        p->docs++;
    for (int i = 0; i < 3; i++)
        p->as[i] += !strcmp(text_of(o, "as"), as_names[i]);
    for (int i = 0; i < KINDS; i++)
        if (!p->kind[i].n || !strcmp(p->kind[i].name, text_of(o, "kind"))) {
            snprintf(p->kind[i].name, sizeof p->kind[i].name, "%s", text_of(o, "kind"));
            p->kind[i].n++;
            break;
        }
    for (int i = 0; i < EXAMPLES && p->last_doc != u->doc; i++)
        if (!p->example[i]) { /* one from a document */
            char where[512];
            snprintf(where, sizeof where, "%.*s:%d-%d", (int)(doc.len > 480 ? 480 : doc.len), doc.ptr,
                     number_of(o, "start"), number_of(o, "end"));
            p->example[i] = strdup(text_of(o, "context"));
            p->where[i] = strdup(where);
            if (!p->example[i] || !p->where[i])
                return false;
            break;
        }
    p->last_doc = u->doc;
    return true;
}

bool unknown_add(struct unknown *u, dg_str doc, const dg_text *lines)
{
    u->doc++;
    for (char *p = lines->ptr, *end; p && *p && !u->failed; p = end + 1) {
        if (!(end = strchr(p, '\n')))
            break;
        *end = 0;
        struct json_object *o = json_tokener_parse(p);
        u->failed = !o || !add(u, o, doc);
        json_object_put(o);
    }
    if (u->failed)
        cli_say("no memory to count who is unknown");
    return !u->failed;
}

static int by_count(const void *a, const void *b)
{
    const struct phrase *x = *(const struct phrase *const *)a, *y = *(const struct phrase *const *)b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->phrase, y->phrase);
}

static const char *likeliest(const struct phrase *p)
{
    int best = 0;
    for (int i = 1; i < KINDS; i++)
        if (p->kind[i].n > p->kind[best].n)
            best = i;
    return p->kind[best].name;
}

/* A cell: no tabs, no line ends. */
static void cell(FILE *out, const char *s, char after)
{
    for (; s && *s; s++)
        fputc((unsigned char)*s < ' ' ? ' ' : *s, out);
    fputc(after, out);
}

static void as_tsv(FILE *out, const struct phrase *p)
{
    fprintf(out, "%u\t%u\t", p->count, p->docs);
    cell(out, p->phrase, '\t');
    cell(out, likeliest(p), '\t');
    cell(out, p->head, '\t');
    fprintf(out, "%u\t%u\t%u\t", p->as[0], p->as[1], p->as[2]);
    for (int i = 0; i < EXAMPLES; i++) {
        cell(out, p->where[i], '\t');
        cell(out, p->example[i], i + 1 < EXAMPLES ? '\t' : '\n');
    }
}

static bool as_json(FILE *out, const struct phrase *p)
{
    struct json_object *o = json_object_new_object(), *list = json_object_new_array();
    if (!o || !list) {
        json_object_put(o);
        json_object_put(list);
        return false;
    }
    json_object_object_add(o, "count", json_object_new_int64(p->count));
    json_object_object_add(o, "documents", json_object_new_int64(p->docs));
    json_object_object_add(o, "phrase", json_object_new_string(p->phrase));
    json_object_object_add(o, "kind", json_object_new_string(likeliest(p)));
    json_object_object_add(o, "head", json_object_new_string(p->head));
    for (int i = 0; i < 3; i++)
        json_object_object_add(o, as_names[i], json_object_new_int64(p->as[i]));
    for (int i = 0; i < EXAMPLES && p->example[i]; i++) {
        struct json_object *x = json_object_new_object();
        json_object_object_add(x, "at", json_object_new_string(p->where[i]));
        json_object_object_add(x, "context", json_object_new_string(p->example[i]));
        json_object_array_add(list, x);
    }
    json_object_object_add(o, "examples", list);
    fputs(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE), out);
    fputc('\n', out);
    json_object_put(o);
    return true;
}

/* All phrases, the most frequent first, as text. */
static bool write_all(const struct unknown *u, dg_text *out)
{
    size_t n = (size_t)lh_table_length(u->by), len = strlen(u->path), k = 0;
    bool json = len > 6 && !strcmp(u->path + len - 6, ".jsonl"), ok = true;
    const struct phrase **all = calloc(n + 1, sizeof *all);
    FILE *f = all ? open_memstream(&out->ptr, &out->len) : NULL;
    for (struct lh_entry *e = u->by->head; f && e; e = e->next)
        all[k++] = (const struct phrase *)lh_entry_v(e);
    if (f) {
        qsort(all, k, sizeof *all, by_count);
        if (!json)
            fputs("count\tdocuments\tphrase\tkind\thead\tsource\ttarget\tspeaker\tat\tcontext\tat2\tcontext2\n", f);
        for (size_t i = 0; i < k && ok; i++)
            if (json)
                ok = as_json(f, all[i]);
            else
                as_tsv(f, all[i]);
        ok = fclose(f) == 0 && ok;
    }
    free(all);
    return f && ok;
}

void unknown_drop(struct unknown *u)
{
    if (!u)
        return;
    lh_table_free(u->by);
    free(u);
}

bool unknown_close(struct unknown *u)
{
    dg_text text = {NULL, 0};
    if (!u)
        return true;
    bool ok = !u->failed && write_all(u, &text);
    if (!ok)
        cli_say("%s: no memory to write it", u->path);
    ok = ok && cli_save(u->path, &text);
    free(text.ptr);
    unknown_drop(u);
    return ok;
}
