/* SPDX-License-Identifier: Apache-2.0 */
/* cli/parquet.h: rows to a Parquet file through DuckDB's library, which is found when the program runs (cli/parquet.c). */
#ifndef CLI_PARQUET_H
#define CLI_PARQUET_H

#include "cli.h"

struct parquet;
/* DuckDB's library, from DRAGOMAN_DUCKDB or where the loader looks. NULL: there is none, and how to get it was told. */
struct parquet *parquet_new(void);
/* The rows of x, an export with DG_EXPORT_COLUMNS whose `write` is parquet_full() with this handle. False: told. */
bool parquet_begin(struct parquet *p, dg_export *x);
bool parquet_full(void *user, const char *ptr, size_t len);
/* The rest of the rows, then the file to stdout. False: told. Call it once, after parquet_begin(). */
bool parquet_end(struct parquet *p);
void parquet_free(struct parquet *p);

#endif
