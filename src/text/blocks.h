/* SPDX-License-Identifier: Apache-2.0 */
/* text/blocks.h: the article's text to blocks: what is running text, and what stands around it. */
#ifndef DGI_BLOCKS_H
#define DGI_BLOCKS_H

#include "doc/doc.h"
#include "text/layout.h"
#include "text/published.h"

/* Plain text: paragraphs, hard-wrapped or one a line, out of doc->text; fills doc->blocks and what *dates can learn.
 * Fails with DG_E_NOMEM only. */
dg_status dgi_blocks_text(struct dgi_doc *doc, const dgi_layout *l, struct dgi_dates *dates, dg_error *err);

/* Makes doc->blocks anew: what empty lines part is a paragraph, and all of them are running text. Fails with DG_E_NOMEM only. */
dg_status dgi_blocks_plain(struct dgi_doc *doc, dg_error *err);

/* A stretch of doc->text whose kind is known from mark-up (HEADLINE, SUBHEAD, LIST) or not (BODY: look). */
struct dgi_piece {
    dgi_span span;
    uint8_t preset; /* enum dgi_block_kind */
};
dg_status dgi_blocks_pieces(struct dgi_doc *doc, const dgi_layout *l, const struct dgi_piece *pieces, uint32_t n,
                            struct dgi_dates *dates, dg_error *err);

/* Is this paragraph no running text, seen by itself? BODY if it is. near_top: bylines by their shape count too. */
uint8_t dgi_blocks_kind(const dgi_layout *l, dg_str text, bool near_top);
/* Bytes of the dateline that `text` starts with ("KABUL, Jan 3 (AP) - "), 0: none. first: of the first body paragraph.
 * *day: its date when it has a year, else DGI_NO_DAY. */
size_t dgi_dateline(const dgi_layout *l, dg_str text, bool first, int32_t *day);

/* A line that is nothing but a place: "KABUL, Afghanistan". */
bool dgi_dateline_alone(const dgi_layout *l, dg_str line);

#endif
