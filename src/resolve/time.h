/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time.h: time expressions of a document to calendar days (docs/stages/time.md). */
#ifndef DGI_TIME_H
#define DGI_TIME_H

#include "base/table.h"
#include "doc/doc.h"

struct dgi_time_ctx;

/* Reads the tables 'times' and 'numbers' of `lex`, which must outlive the context. One context belongs to one thread at a
 * time (it holds a scratch arena). */
dg_status dgi_time_open(struct dgi_time_ctx **out, const dgi_lexicon *lex, const struct dgi_words *words,
                        dg_error *err);
void dgi_time_close(struct dgi_time_ctx *ctx);

/* Fills doc->times in order of position; spans do not overlap.
 * kind 0  range is when it was. A range that is not known (no publication date, nothing to count from) has start
 *         DGI_NO_DAY.
 * kind 1  since, after, from: range is the named period; the matter begins with it and its end is open.
 * kind 2  until, by, before, within: range is the named period, for "within" today to the last day; range.end is the
 *         deadline.
 * kind 3  durations, ages, frequencies: no range.
 * kind 4  a weekday, month, day of the month, season or weekend without more: range is the last one up to the day of
 *         publication, that day included, `future` the first one from that day on. "in two weeks" has only `future`. */
dg_status dgi_times(struct dgi_time_ctx *ctx, struct dgi_doc *doc, dg_error *err);

/* `dragoman date`: the first time expression of `phrase` as published on day `anchor` (or DGI_NO_DAY). *found false: there is
 * none. The span counts bytes of `phrase`. */
dg_status dgi_time_phrase(struct dgi_time_ctx *ctx, dg_str phrase, int32_t anchor, struct dgi_time *out, bool *found,
                          dg_error *err);

#endif
