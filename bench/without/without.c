/* SPDX-License-Identifier: Apache-2.0 */
/* bench/without/without.c: the command with one repair of the parser switched off.
 *
 *   without NAME ARGS...     as `dragoman ARGS...`; NAME as in src/clause/repair.h, `none` for all repairs on
 *   without --list           the names
 *
 * The command is the same sources; the linker puts our dg_coder_new() between it and the library (CMakeLists.txt). */
#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "clause/repair.h"

int cli_main(int argc, char **argv);
dg_status __real_dg_coder_new(dg_coder **out, const dg_model *model, const dg_coder_options *options, dg_error *err);
dg_status __wrap_dg_coder_new(dg_coder **out, const dg_model *model, const dg_coder_options *options, dg_error *err);

static uint64_t repairs_off;

dg_status __wrap_dg_coder_new(dg_coder **out, const dg_model *model, const dg_coder_options *options, dg_error *err)
{
    dg_status st = __real_dg_coder_new(out, model, options, err);
    if (st == DG_OK)
        (*out)->repairs_off = repairs_off;
    return st;
}

int main(int argc, char **argv)
{
    bool found = argc > 1 && !strcmp(argv[1], "none");
    for (int i = 0; i < DGI_N_REPAIR; i++) {
        if (argc == 2 && !strcmp(argv[1], "--list"))
            puts(dgi_repair_name[i]);
        if (argc > 1 && !strcmp(argv[1], dgi_repair_name[i])) {
            repairs_off = (uint64_t)1 << i;
            found = true;
        }
    }
    if (argc == 2 && !strcmp(argv[1], "--list"))
        return 0;
    if (!found) {
        fprintf(stderr, "without: no repair of that name; see without --list\n");
        return 2;
    }
    argv[1] = argv[0];
    return cli_main(argc - 1, argv + 1);
}
