/* SPDX-License-Identifier: Apache-2.0 */
/* api/strangers.c: names and phrases that stood as an actor or a speaker and were not resolved.
 *
 * Reads   a coded document: tree, mentions, entities, events, statements
 * Writes  JSON Lines, one for each time that such a phrase stood there
 *
 * Not resolved is an entity that no row of the tables and no title or state gives, and the subject or object of an event
 * whose side is empty. Who is named without saying more ("the others", "he") is left out. */
#include <stdlib.h>

#include "api/api.h"
#include "base/utf8.h"

enum { CONTEXT = 90, MOST_WORDS = 12 };
enum place { AS_SOURCE, AS_TARGET, AS_SPEAKER };
static const char *const place_name[] = {"source", "target", "speaker"};

struct seen {
    uint32_t first, end, head;       /* tokens */
    const struct dgi_entity *entity; /* NULL: a phrase that is no mention at all */
    enum place as;
};
struct writer {
    const struct dgi_doc *doc;
    struct dgi_buf *out;
    struct dgi_cpmap map;
};

static bool is_unresolved(const struct dgi_entity *e)
{
    return !e->known && !e->country[0] && e->type != DGI_ENT_COUNTRY && e->type != DGI_ENT_PLACE;
}

static dg_str guess(const struct writer *w, const struct seen *s)
{
    if (!s->entity) {
        uint8_t name = w->doc->toks[s->head].name;
        return name == DGI_NAME_PER                      ? DGI_S("person")
               : name == DGI_NAME_ORG                    ? DGI_S("organisation")
               : name == DGI_NAME_LOC                    ? DGI_S("place")
               : w->doc->toks[s->head].upos == DGI_PROPN ? DGI_S("name")
                                                         : DGI_S("noun");
    }
    switch (s->entity->type) {
    case DGI_ENT_PERSON: return DGI_S("person");
    case DGI_ENT_ROLE: return DGI_S("role");
    case DGI_ENT_GROUP: return DGI_S("group");
    default: return DGI_S("organisation");
    }
}

/* The words as they stand, white space made single. */
static void phrase(const struct writer *w, const struct seen *s)
{
    const struct dgi_tok *t = w->doc->toks;
    struct dgi_buf b = {0};
    if (s->entity && s->entity->type != DGI_ENT_ROLE) /* a name as it was first written in full */
        dgi_buf_add(&b, s->entity->name);
    for (uint32_t i = b.len ? s->end : s->first; i < s->end; i++) {
        dgi_buf_add(&b, t[i].form);
        if (i + 1 < s->end && t[i].end < t[i + 1].start)
            dgi_buf_add(&b, DGI_S(" "));
    }
    struct dgi_json j;
    dgi_json_init(&j, w->out);
    dgi_json_str(&j, dgi_buf_str(&b));
    w->out->failed = w->out->failed || b.failed;
    dgi_buf_free(&b);
}

/* At a border of characters, at most CONTEXT bytes away and inside the sentence. */
static uint32_t near(const struct writer *w, uint32_t at, uint32_t limit, int way)
{
    uint32_t to =
        way < 0 ? (at > limit + CONTEXT ? at - CONTEXT : limit) : (at + CONTEXT < limit ? at + CONTEXT : limit);
    while (to != limit && to < w->doc->text.len && ((unsigned char)w->doc->text.ptr[to] & 0xc0) == 0x80)
        to++;
    return to;
}

static void write_one(struct writer *w, const struct seen *s)
{
    const struct dgi_tok *t = w->doc->toks;
    const struct dgi_sent *sent = &w->doc->sents[t[s->head].sent];
    uint32_t from = t[s->first].start, to = t[s->end - 1].end;
    uint32_t left = near(w, from, t[sent->first].start, -1), right = near(w, to, t[sent->end - 1].end, 1);
    struct dgi_json j;
    dgi_buf_add(w->out, DGI_S("{\"phrase\":"));
    phrase(w, s);
    dgi_buf_add(w->out, DGI_S(",\"kind\":"));
    dgi_json_init(&j, w->out);
    dgi_json_str(&j, guess(w, s));
    dgi_buf_add(w->out, DGI_S(",\"head\":"));
    dgi_json_init(&j, w->out);
    dgi_json_str(&j, t[s->head].lemma);
    dgi_buf_printf(w->out, ",\"as\":\"%s\",\"start\":%u,\"end\":%u,\"context\":", place_name[s->as],
                   dgi_cpmap_cp(&w->map, from), dgi_cpmap_cp(&w->map, to));
    dgi_json_init(&j, w->out);
    dgi_json_str(&j, dgi_str_sub(w->doc->text, left, right));
    dgi_buf_add(w->out, DGI_S("}\n"));
}

/* A name as it is called in the document, a role by its noun and what goes before it without article. */
static void of_mention(struct writer *w, uint32_t tok, enum place as)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_mention *m = &d->mentions[d->toks[tok].mention];
    struct seen s = {m->first, m->end, m->head, &d->entities[m->entity], as};
    if (m->kind == DGI_MENTION_PRONOUN || m->head >= m->end || m->head < m->first || !is_unresolved(s.entity))
        return;
    while (s.first < m->head && (d->toks[s.first].upos == DGI_DET || d->toks[s.first].upos == DGI_NUM ||
                                 d->toks[s.first].upos == DGI_PRON || d->toks[s.first].upos == DGI_PUNCT))
        s.first++;
    if (s.end - s.first <= MOST_WORDS)
        write_one(w, &s);
}

/* A noun that is nobody's mention: with its compounds and adjectives before it. */
static void of_noun(struct writer *w, uint32_t tok, enum place as)
{
    const struct dgi_doc *d = w->doc;
    struct seen s = {tok, tok + 1, tok, NULL, as};
    if (tok == DGI_NONE || (d->toks[tok].upos != DGI_NOUN && d->toks[tok].upos != DGI_PROPN))
        return;
    if (d->toks[tok].mention != DGI_NONE) {
        of_mention(w, tok, as);
        return;
    }
    while (s.first > d->sents[d->toks[tok].sent].first && s.end - s.first < MOST_WORDS &&
           d->toks[s.first - 1].head == tok &&
           (d->toks[s.first - 1].rel == DGI_REL_COMPOUND || d->toks[s.first - 1].rel == DGI_REL_AMOD))
        s.first--;
    while (s.end < d->n_toks && d->toks[s.end].head == tok && d->toks[s.end].rel == DGI_REL_FLAT &&
           s.end - s.first < MOST_WORDS)
        s.end++;
    write_one(w, &s);
}

static void side(struct writer *w, const struct dgi_coded *e, const struct dgi_ref *ref, uint32_t n, enum place as)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_tok *t = d->toks;
    uint32_t v = e->trigger_tok;
    for (uint32_t i = 0; i < n; i++)
        if (ref[i].head != DGI_NONE && ref[i].head < d->n_toks && t[ref[i].head].mention != DGI_NONE)
            of_mention(w, ref[i].head, as);
    if (n || v >= d->n_toks || t[v].upos != DGI_VERB)
        return;
    bool passive = dgi_child(d, v, DGI_REL_NSUBJ_PASS, DGI_NONE) != DGI_NONE;
    of_noun(w,
            as == AS_SOURCE ? dgi_child(d, v, passive ? DGI_REL_OBL_AGENT : DGI_REL_NSUBJ, DGI_NONE)
                            : dgi_child(d, v, passive ? DGI_REL_NSUBJ_PASS : DGI_REL_OBJ, DGI_NONE),
            as);
}

static void speaker(struct writer *w, const struct dgi_statement *s)
{
    const struct dgi_doc *d = w->doc;
    if (s->speaker != DGI_NONE && s->speaker_span.end > s->speaker_span.start) {
        uint32_t t = dgi_tok_from(d, s->speaker_span.start);
        for (; t < d->n_toks && d->toks[t].start < s->speaker_span.end; t++)
            if (d->toks[t].mention != DGI_NONE && d->mentions[d->toks[t].mention].entity == s->speaker) {
                of_mention(w, t, AS_SPEAKER);
                return;
            }
    } else if (s->speaker == DGI_NONE && s->cue_tok < d->n_toks) {
        of_noun(w, dgi_child(d, s->cue_tok, DGI_REL_NSUBJ, DGI_NONE), AS_SPEAKER);
    }
}

static bool write_all(struct dgi_buf *out, const struct dgi_doc *doc)
{
    struct writer w = {.doc = doc, .out = out};
    if (!doc->n_toks || (!doc->n_events && !doc->n_statements))
        return true;
    dgi_arena *scratch = dgi_arena_new(0);
    bool ok = scratch && dgi_cpmap_init(&w.map, scratch, doc->text);
    for (uint32_t i = 0; ok && i < doc->n_events; i++) {
        side(&w, &doc->events[i], doc->events[i].source, doc->events[i].n_source, AS_SOURCE);
        side(&w, &doc->events[i], doc->events[i].target, doc->events[i].n_target, AS_TARGET);
    }
    for (uint32_t i = 0; ok && i < doc->n_statements; i++)
        speaker(&w, &doc->statements[i]);
    dgi_arena_free(scratch);
    return ok && !out->failed;
}

dg_status dg_doc_unknown(dg_text *out, const dg_doc *doc, dg_error *err)
{
    struct dgi_buf buf = {0};
    *out = (dg_text){NULL, 0};
    if (!write_all(&buf, doc->d))
        buf.failed = true;
    return dgi_text_give(out, &buf, err);
}
