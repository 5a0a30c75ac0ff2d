/* SPDX-License-Identifier: Apache-2.0 */
/* clause/attach.h: what attach.c mends in the tree before clauses are read. */
#ifndef DGI_CLAUSE_ATTACH_H
#define DGI_CLAUSE_ATTACH_H

#include "clause/clause.h"

/* attach.c: the only object of a verb is the direct one. */
void dgi_name_objects(struct dgi_doc *doc);

/* attach.c: "warned in a speech that": true when a word was hung elsewhere. */
bool dgi_lift_told(struct dgi_doc *doc);

#endif
