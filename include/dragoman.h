/* SPDX-License-Identifier: Apache-2.0 */
/* dragoman.h: the whole public interface (being written; see below for what is there). */
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DG_API __attribute__((visibility("default")))
#else
#define DG_API
#endif

/* What a call came to. A number never changes its meaning. */
typedef enum dg_status {
    DG_OK = 0,
    DG_E_IO = 1,      /* a file could not be opened, read or written */
    DG_E_FORMAT = 2,  /* the input is not what it says it is */
    DG_E_MODEL = 3,   /* model or lexicon file missing, damaged or of another version */
    DG_E_NOMEM = 4,   /* out of memory */
    DG_E_LIMIT = 5,   /* larger than a limit allows */
    DG_E_STORE = 6,   /* the store cannot be used */
    DG_E_ARG = 7,     /* an argument makes no sense (a date that is none, an unknown name) */
    DG_E_LEXICON = 8  /* a lexicon table has a bad row */
} dg_status;

/* Where and what. message is one line of UTF-8 without newline or full stop. */
typedef struct dg_error {
    dg_status status;
    uint64_t record; /* 1-based record of the input; 0: not about a record */
    uint64_t byte;   /* 0-based offset in the input */
    char message[240];
} dg_error;

/* A piece of UTF-8 that somebody else owns. Not NUL-terminated. */
typedef struct dg_str {
    const char *ptr;
    size_t len;
} dg_str;

#ifdef __cplusplus
}
#endif
#endif
