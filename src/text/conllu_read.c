/* SPDX-License-Identifier: Apache-2.0 */
/* text/conllu_read.c: see conllu_read.h. The text of the document is put together from the tokens and SpaceAfter, one
 * space between sentences, an empty line between paragraphs, so that offsets are exact whatever "# text" says. Lines are
 * read in Unicode's composed form (NFC): names and lemmas are looked up as they are written in it. */
#include "text/conllu_read.h"

#include "base/utf8.h"
#include "io/raw.h"

enum { MOST_SENTENCES = 512, MOST_WORDS = 20000 };

struct line {
    dg_str col[10];
    uint32_t first, last; /* ids; last > first for a range */
};
struct chunk {
    struct dgi_doc *doc;
    char *text;
    uint32_t n_text, cap_text;
    uint32_t block;
    dg_error *warn;
    struct dgi_conllu *r;
};

void dgi_conllu_init(struct dgi_conllu *r, dg_str bytes)
{
    *r = (struct dgi_conllu){.all = bytes, .rest = bytes};
    if (dgi_str_starts(bytes, DGI_S("\xEF\xBB\xBF")))
        r->rest = dgi_str_sub(bytes, 3, bytes.len);
}

static bool put(struct chunk *c, dg_str s)
{
    while (c->n_text + s.len + 1 > c->cap_text) {
        uint32_t want = c->cap_text ? c->cap_text * 2 : 4096;
        char *p = want > c->cap_text ? dgi_arena_regrow(c->doc->arena, c->text, c->n_text, want, 1) : NULL;
        if (!p)
            return false;
        c->text = p;
        c->cap_text = want;
    }
    if (s.len)
        memcpy(c->text + c->n_text, s.ptr, s.len);
    c->n_text += (uint32_t)s.len;
    return true;
}

/* 1: a word or range; 0: an empty node ("8.1"), to be skipped; -1: not CoNLL-U */
static int parse_line(dg_str l, struct line *out)
{
    int64_t a, b;
    dg_str id, f;
    for (int i = 0; i < 10; i++)
        if (!dgi_str_next(&l, '\t', &out->col[i]))
            return -1;
    if (l.ptr || !out->col[1].len)
        return -1;
    id = out->col[0];
    if (memchr(id.ptr ? id.ptr : "", '.', id.len))
        return 0;
    if (!dgi_str_next(&id, '-', &f) || !dgi_str_int(f, &a) || a < 1 || a > MOST_WORDS)
        return -1;
    b = a;
    if (id.ptr && (!dgi_str_int(id, &b) || b <= a || b > MOST_WORDS))
        return -1;
    out->first = (uint32_t)a;
    out->last = (uint32_t)b;
    return 1;
}

static bool no_space(dg_str misc)
{
    return dgi_str_in(misc, '|', DGI_S("SpaceAfter=No"));
}

static dg_str own(struct chunk *c, dg_str s)
{
    return dgi_str_is(s, "_") ? (dg_str){"", 0} : dgi_arena_str(c->doc->arena, s);
}

/* Give the words of a range their slices where they spell it, else each the whole. */
static void place_words(struct chunk *c, uint32_t from, uint32_t start, dg_str form)
{
    struct dgi_doc *d = c->doc;
    size_t len = 0;
    for (uint32_t t = from; t < d->n_toks; t++)
        len += d->toks[t].form.len;
    bool spells = len == form.len;
    for (uint32_t t = from, at = 0; t < d->n_toks && spells; at += (uint32_t)d->toks[t].form.len, t++)
        spells = !memcmp(form.ptr + at, d->toks[t].form.ptr, d->toks[t].form.len);
    for (uint32_t t = from, at = start; t < d->n_toks; t++) {
        d->toks[t].start = spells ? at : start;
        d->toks[t].end = spells ? at + (uint32_t)d->toks[t].form.len : start + (uint32_t)form.len;
        at += (uint32_t)d->toks[t].form.len;
        d->toks[t].flags |= t == from ? DGI_TOK_MWT_FIRST : DGI_TOK_MWT_REST;
        if (t + 1 < d->n_toks)
            d->toks[t].flags &= (uint8_t)~DGI_TOK_SPACE_AFTER;
    }
}

static dg_status add_word(struct chunk *c, const struct line *l, uint32_t sent, dg_error *err)
{
    struct dgi_doc *d = c->doc;
    struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
    int64_t head = 0;
    if (!t || !(t->form = dgi_arena_str(d->arena, l->col[1])).ptr)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the tokens of a CoNLL-U sentence");
    t->sent = sent;
    t->lemma = own(c, l->col[2]);
    t->upos = dgi_str_is(l->col[3], "_") ? DGI_UPOS_NONE : dgi_upos_parse(l->col[3]);
    t->xpos = own(c, l->col[4]);
    t->feats = own(c, l->col[5]);
    if (!dgi_str_int(l->col[6], &head) || head < 0 || head > MOST_WORDS)
        head = 0;
    t->head = head ? d->sents[sent].first + (uint32_t)head - 1 : DGI_NONE;
    t->rel = dgi_rel_parse(l->col[7]);
    t->mention = DGI_NONE;
    return DG_OK;
}

/* Words of one sentence from `body`; on a fault takes everything of the sentence back. */
static dg_status read_sentence(struct chunk *c, dg_str body, dg_str sent_id, bool newpar, dg_error *err)
{
    struct dgi_doc *d = c->doc;
    uint32_t n_toks = d->n_toks, n_text = c->n_text, range_end = 0, range_tok = 0, range_start = 0, expect = 1;
    dg_str line, range_form = {0};
    bool range_tight = false;
    dg_status st = DG_OK;
    c->r->sentence++;
    if (d->n_sents && !put(c, newpar ? DGI_S("\n\n") : DGI_S(" ")))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the text of a CoNLL-U document");
    if (newpar || !d->n_blocks) {
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        if (!b)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the blocks of a CoNLL-U document");
        b->span.start = c->n_text;
    }
    struct dgi_sent *s = DGI_PUSH(d->arena, d->sents, d->n_sents, d->cap_sents);
    if (!s)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the sentences of a CoNLL-U document");
    s->first = d->n_toks;
    s->span.start = c->n_text;
    s->block = d->n_blocks - 1;
    s->starts_par = newpar || d->n_sents == 1;
    s->id = dgi_arena_str(d->arena, sent_id);
    while (dgi_str_next(&body, '\n', &line)) {
        struct line l;
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (!line.len || line.ptr[0] == '#')
            continue;
        dg_str composed = dgi_utf8_invalid(line) == SIZE_MAX ? dgi_utf8_nfc(d->arena, line) : (dg_str){NULL, 0};
        int what = composed.ptr ? parse_line(composed, &l) : -1;
        if (what == 0)
            continue;
        bool range = what > 0 && l.last > l.first;
        if (what < 0 || l.first != expect || (range && range_end)) {
            if (c->warn->status == DG_OK)
                dgi_fail_at(c->warn, DG_E_FORMAT, c->r->sentence, (uint64_t)(line.ptr - c->r->all.ptr),
                            "this line is not CoNLL-U (ten columns, ids in order); the sentence was left out");
            d->n_toks = n_toks;
            c->n_text = n_text;
            d->n_sents--;
            return DG_OK;
        }
        if (range) {
            range_end = l.last;
            range_tok = d->n_toks;
            range_start = c->n_text;
            range_form = dgi_arena_str(d->arena, l.col[1]);
            range_tight = no_space(l.col[9]);
            if (!range_form.ptr || !put(c, range_form))
                return dgi_fail(err, DG_E_NOMEM, "no memory for the text of a CoNLL-U document");
            if (!range_tight && !put(c, DGI_S(" ")))
                return dgi_fail(err, DG_E_NOMEM, "no memory for the text of a CoNLL-U document");
            continue;
        }
        uint32_t start = c->n_text;
        if ((st = add_word(c, &l, d->n_sents - 1, err)) != DG_OK)
            return st;
        struct dgi_tok *t = &d->toks[d->n_toks - 1];
        bool tight = range_end ? range_tight : no_space(l.col[9]);
        t->flags = tight ? 0 : DGI_TOK_SPACE_AFTER;
        expect++;
        if (!range_end) {
            t->start = start;
            t->end = start + (uint32_t)t->form.len;
            if (!put(c, t->form) || (!tight && !put(c, DGI_S(" "))))
                return dgi_fail(err, DG_E_NOMEM, "no memory for the text of a CoNLL-U document");
        } else if (l.first == range_end) {
            place_words(c, range_tok, range_start, range_form);
            range_end = 0;
        }
    }
    if (range_end) /* the range promised more words than came */
        place_words(c, range_tok, range_start, range_form);
    s->end = d->n_toks;
    if (s->end > s->first && (d->toks[s->end - 1].flags & DGI_TOK_SPACE_AFTER) && c->n_text > d->toks[s->end - 1].end)
        c->n_text = d->toks[s->end - 1].end; /* the space after the last word belongs to no sentence */
    s->span.end = c->n_text;
    d->blocks[d->n_blocks - 1].span.end = c->n_text;
    if (s->end == s->first) {
        d->n_sents--;
        c->n_text = n_text;
    }
    return DG_OK;
}

/* The next run of lines up to an empty one; false when nothing is left. */
static bool next_body(dg_str *rest, dg_str *body)
{
    while (rest->len && (rest->ptr[0] == '\n' || rest->ptr[0] == '\r'))
        *rest = dgi_str_sub(*rest, 1, rest->len);
    if (!rest->len)
        return false;
    size_t at = 0;
    while (at < rest->len) {
        const char *nl = memchr(rest->ptr + at, '\n', rest->len - at);
        size_t next = nl ? (size_t)(nl - rest->ptr) + 1 : rest->len;
        size_t len = next - at;
        if (nl &&
            (len == 1 || (len == 2 && rest->ptr[at] == '\r'))) /* an empty line, not a last letter without newline */
            break;
        at = next;
    }
    *body = dgi_str_sub(*rest, 0, at);
    *rest = dgi_str_sub(*rest, at, rest->len);
    return true;
}

/* "# key = value" or "# key" among the comment lines of body. */
static bool comment(dg_str body, dg_str key, dg_str *value)
{
    dg_str line;
    while (dgi_str_next(&body, '\n', &line) && line.len && line.ptr[0] == '#') {
        dg_str l = dgi_str_trim(dgi_str_sub(line, 1, line.len));
        if (!dgi_str_starts(l, key))
            continue;
        dg_str rest = dgi_str_trim(dgi_str_sub(l, key.len, l.len));
        if (rest.len && rest.ptr[0] != '=' && l.ptr[key.len] != ' ')
            continue;
        *value = rest.len && rest.ptr[0] == '=' ? dgi_str_trim(dgi_str_sub(rest, 1, rest.len)) : rest;
        return true;
    }
    return false;
}

dg_status dgi_conllu_next(struct dgi_conllu *r, struct dgi_doc *doc, bool *end, dg_error *warn, dg_error *err)
{
    struct chunk c = {.doc = doc, .warn = warn, .r = r};
    dg_str body, value, sent_id;
    uint32_t n = 0;
    warn->status = DG_OK;
    for (;;) {
        dg_str before = r->rest;
        if (!next_body(&r->rest, &body))
            break;
        bool newdoc = comment(body, DGI_S("newdoc"), &value);
        if (n && (newdoc || n >= MOST_SENTENCES)) {
            r->rest = before;
            r->more_of_doc = !newdoc;
            break;
        }
        if (newdoc) {
            if (dgi_str_starts(value, DGI_S("id"))) {
                value = dgi_str_trim(dgi_str_sub(value, 2, value.len));
                if (value.len && value.ptr[0] == '=')
                    value = dgi_str_trim(dgi_str_sub(value, 1, value.len));
            }
            if (value.len > DGI_MAX_ID)
                dgi_fail_at(warn, DG_E_LIMIT, r->sentence + 1, (uint64_t)(value.ptr - r->all.ptr),
                            "the document's id has %zu bytes, more than %d; it was left out", value.len, DGI_MAX_ID);
            else if (dgi_utf8_invalid(value) == SIZE_MAX)
                doc->meta.id = dgi_arena_str(doc->arena, value);
        }
        sent_id = (dg_str){"", 0};
        comment(body, DGI_S("sent_id"), &sent_id);
        if (dgi_utf8_invalid(sent_id) != SIZE_MAX)
            sent_id = (dg_str){"", 0};
        dg_status st = read_sentence(&c, body, sent_id, newdoc || comment(body, DGI_S("newpar"), &value), err);
        if (st != DG_OK)
            return st;
        n++;
    }
    *end = n == 0;
    doc->text = (dg_str){c.text ? c.text : "", c.n_text};
    return DG_OK;
}
