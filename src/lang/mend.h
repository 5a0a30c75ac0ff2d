/* SPDX-License-Identifier: Apache-2.0 */
/* lang/mend.h: the parts of dgi_lang_mend() */
#ifndef DGI_LANG_MEND_H
#define DGI_LANG_MEND_H

#include "doc/doc.h"

/* Articles, possessors and prepositions of one sentence that hang where none can; the tree stays a tree. How many were moved. */
uint32_t dgi_mend_words(struct dgi_tok *t, uint32_t first, uint32_t end);

#endif
