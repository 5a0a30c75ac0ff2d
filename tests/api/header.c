/* SPDX-License-Identifier: Apache-2.0 */
/* tests/api/header.c: the header alone compiles, as C and (copied to .cc by the build) as C++, every warning an error. */
#include "dragoman.h"

int main(void)
{
    const char *a = dg_version();
    const char *b = DG_VERSION;
    while (*a && *a == *b)
        a++, b++;
    return *a != *b; /* library and header are of one version */
}
