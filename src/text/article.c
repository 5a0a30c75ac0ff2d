/* SPDX-License-Identifier: Apache-2.0 */
/* text/article.c: see article.h. Plain text stays as it is, but for encoding, line ends and Unicode's composed form
 * (NFC; names are looked up as they are written in it): offsets point into it. Of a page only the article's paragraphs are
 * left, with a blank line between them. */
#include "text/article.h"

#include "base/utf8.h"
#include "text/address.h"
#include "text/blocks.h"
#include "text/page.h"
#include "text/published.h"

static bool c1_at(dg_str s, size_t i)
{
    return (unsigned char)s.ptr[i] == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0;
}

/* U+0080-U+009F, controls that terminals obey, as windows-1252 has them. A view of s where there are none. ptr NULL: no memory. */
static dg_str without_c1(dgi_arena *a, dg_str s)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < s.len; i++)
        n += c1_at(s, i);
    char *p = n ? dgi_arena_alloc(a, s.len + n * 2) : NULL;
    if (!p)
        return n ? (dg_str){NULL, 0} : s;
    for (size_t i = 0; i < s.len; i++) {
        if (!c1_at(s, i))
            p[at++] = s.ptr[i];
        else
            at += dgi_utf8_put(dgi_charset_1252((unsigned char)s.ptr[++i]), p + at);
    }
    return dgi_strn(p, at);
}

/* A field of the record: clean UTF-8 on one line, in the arena; for people to read: composed. */
static bool field(dgi_arena *a, dg_str *to, dg_str from)
{
    uint64_t bad;
    if (!dgi_str_trim(from).len)
        return true;
    dg_str s = dgi_utf8_clean(a, dgi_str_trim(from), &bad);
    if (!s.ptr)
        return false;
    char *p = (char *)(uintptr_t)s.ptr; /* ours: just copied */
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
            p[i] = ' ';
    *to = without_c1(a, s);
    return to->ptr != NULL;
}

static bool name_field(dgi_arena *a, dg_str *to, dg_str from)
{
    dg_str s = {NULL, 0};
    if (!field(a, &s, from))
        return false;
    if (s.len)
        *to = dgi_utf8_nfc(a, s);
    return to->ptr || !s.len;
}

static bool address_field(dgi_arena *a, dg_str *to, dg_str from)
{
    dg_str s = {NULL, 0};
    if (!field(a, &s, from))
        return false;
    if (s.len)
        *to = dgi_address(a, s);
    return to->ptr || !s.len;
}

static bool fields(struct dgi_doc *doc, const struct dgi_raw *raw)
{
    struct dgi_meta *m = &doc->meta;
    return field(doc->arena, &m->id, raw->id) && address_field(doc->arena, &m->url, raw->url) &&
           name_field(doc->arena, &m->title, raw->title) && name_field(doc->arena, &m->author, raw->author) &&
           name_field(doc->arena, &m->publisher, raw->publisher) && field(doc->arena, &m->lang, raw->lang);
}

/* "By Jane Doe and John Roe" near the top of a text that brings no metadata. */
static bool author_of_byline(struct dgi_doc *doc, const dgi_layout *l)
{
    for (uint32_t i = 0; i < doc->n_blocks && i < 6 && !doc->meta.author.len; i++) {
        dg_str s = dgi_slice(doc, doc->blocks[i].span);
        size_t by = dgi_layout_by(l, s);
        if (doc->blocks[i].kind != DGI_BLOCK_BYLINE || s.len < 6 || !by || s.ptr[by - 1] != ' ')
            continue;
        if (!name_field(doc->arena, &doc->meta.author, dgi_str_sub(s, by, s.len)))
            return false;
    }
    return true;
}

static dg_status from_page(struct dgi_doc *doc, dg_str html, const struct dgi_article_ctx *ctx, struct dgi_dates *dates,
                           dg_error *err)
{
    struct dgi_page page;
    dgi_arena *a = dgi_arena_new(0); /* tree text and candidates: not to be kept with the document */
    dg_status st = a ? dgi_page_read(&page, a, html, ctx->layout, err) : dgi_fail(err, DG_E_NOMEM, "no memory");
    if (st != DG_OK) {
        dgi_arena_free(a);
        return st;
    }
    size_t len = 0;
    for (uint32_t i = 0; i < page.n_pars; i++) {
        dg_str *t = &page.pars[i].text; /* in `a`: &#155; and &#x301; came past the decoder */
        *t = without_c1(a, *t);
        if (t->ptr)
            *t = dgi_utf8_nfc(a, *t);
        if (!t->ptr) {
            dgi_arena_free(a);
            return dgi_fail(err, DG_E_NOMEM, "no memory for the article");
        }
        len += t->len + 2;
    }
    char *text = dgi_arena_alloc(doc->arena, len + 1);
    struct dgi_piece *p = dgi_arena_array(doc->arena, page.n_pars + 1u, sizeof *p);
    bool ok = text && p && len < UINT32_MAX;
    size_t n = 0;
    for (uint32_t i = 0; ok && i < page.n_pars; i++) {
        if (i)
            memcpy(text + n, "\n\n", 2), n += 2;
        dg_str s = page.pars[i].text;
        p[i] = (struct dgi_piece){{(uint32_t)n, (uint32_t)(n + s.len)}, page.pars[i].preset};
        memcpy(text + n, s.ptr, s.len);
        n += s.len;
    }
    if (ok && n)
        text[n++] = '\n';
    doc->text = dgi_strn(text, n);
    struct dgi_meta *m = &doc->meta;
    ok = ok && (m->url.len || address_field(doc->arena, &m->url, page.url)) &&
         (m->title.len || name_field(doc->arena, &m->title, page.title)) &&
         (m->author.len || name_field(doc->arena, &m->author, page.author)) &&
         (m->publisher.len || name_field(doc->arena, &m->publisher, page.publisher)) &&
         (m->lang.len || field(doc->arena, &m->lang, page.lang));
    if (dates->meta == DGI_NO_DAY)
        dates->meta = page.published;
    dates->line = page.date_line;
    dates->line_updated = page.updated;
    st = ok ? dgi_blocks_pieces(doc, ctx->layout, p, page.n_pars, dates, err)
            : dgi_fail(err, DG_E_NOMEM, "no memory for the article");
    dgi_arena_free(a);
    return st;
}

dg_status dgi_article(struct dgi_doc *doc, const struct dgi_raw *raw, const struct dgi_article_ctx *ctx,
                      struct dgi_article_info *info, dg_error *err)
{
    struct dgi_article_info here;
    struct dgi_dates dates;
    dg_str text;
    dg_status st;
    if (!info)
        info = &here;
    if (raw->id.len > DGI_MAX_ID)
        return dgi_fail(err, DG_E_LIMIT, "the id has %zu bytes, more than %d", raw->id.len, DGI_MAX_ID);
    bool html = raw->kind == DGI_RAW_HTML;
    /* the bytes as decoded need not stay with the document when a page is made of them */
    dgi_arena *scratch = html ? dgi_arena_new(0) : NULL;
    if (html && !scratch)
        return dgi_fail(err, DG_E_NOMEM, "no memory");
    dgi_dates_init(&dates);
    dates.option = ctx->published;
    if (!fields(doc, raw))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the record");
    else
        st = dgi_charset_decode(&text, &info->charset, html ? scratch : doc->arena, raw->body, raw->charset, html,
                                raw->decoded, err);
    int32_t day;
    info->bad_date = false;
    if (st == DG_OK && dgi_str_trim(raw->published).len) {
        if (dgi_date_value(ctx->layout, raw->published, &day))
            dates.meta = day;
        else
            info->bad_date = true;
    }
    if (st == DG_OK && html) {
        st = from_page(doc, text, ctx, &dates, err);
    } else if (st == DG_OK) {
        doc->text = dgi_utf8_nfc(doc->arena, text);
        st = !doc->text.ptr ? dgi_fail(err, DG_E_NOMEM, "no memory for the text")
                            : dgi_blocks_text(doc, ctx->layout, &dates, err);
    }
    dgi_arena_free(scratch);
    if (st != DG_OK)
        return st;
    if (doc->meta.url.len && dgi_date_in_url(ctx->layout, doc->meta.url, &day))
        dates.url = day;
    dgi_dates_decide(&dates, &doc->meta);
    if (!author_of_byline(doc, ctx->layout))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the author");
    for (uint32_t i = 0; i < doc->n_blocks && !doc->meta.title.len; i++)
        if (doc->blocks[i].kind == DGI_BLOCK_HEADLINE) {
            if (!name_field(doc->arena, &doc->meta.title, dgi_slice(doc, doc->blocks[i].span)))
                return dgi_fail(err, DG_E_NOMEM, "no memory for the title");
        }
    if (ctx->plain && (st = dgi_blocks_plain(doc, err)) != DG_OK)
        return st;
    if (!doc->n_blocks)
        return dgi_fail(err, DG_E_FORMAT, html ? "no article text in the page" : "no text in it");
    return DG_OK;
}
