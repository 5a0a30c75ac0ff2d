/* SPDX-License-Identifier: Apache-2.0 */
/* base/loaded.h: a library of the system that is loaded when it is first needed.
 *
 * Loaded, not linked: what a server or a log needs brings TLS, Kerberos and the like with it, which no command that reads a file
 * should start with, and a machine without it can still run everything else. */
#ifndef DGI_LOADED_H
#define DGI_LOADED_H

#include <stddef.h>

/* Opens the first of `files` (NULL at the end) that is there and puts the functions called names[i] at function[i]. NULL: all of
 * them were found; else what was not, the name of the library or of a function. It stays loaded. */
const char *dgi_load(const char *library, const char *const *files, const char *const *names, void **function,
                     size_t n);

#endif
