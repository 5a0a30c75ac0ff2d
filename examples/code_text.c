/* SPDX-License-Identifier: Apache-2.0 */
/* examples/code_text.c: the shortest use of the library: code one sentence and print its events.
 *
 *   cc code_text.c $(pkg-config --cflags --libs dragoman) -o code_text && ./code_text "Chad expelled the envoy of Sudan." */
#include <dragoman.h>
#include <stdio.h>
#include <string.h>

static void print_name(const dg_actor *a, uint32_t i)
{
    dg_str id = dg_actor_id(a);
    printf("%s%.*s", i ? ", " : "", (int)id.len, id.ptr);
}

int main(int argc, char **argv)
{
    const char *text = argc > 1 ? argv[1] : "On Monday Chad expelled the Sudanese ambassador.";
    dg_model *model;
    dg_coder *coder;
    dg_doc *doc;
    dg_error err = {DG_OK, 0, 0, ""};
    dg_meta meta = DG_META_INIT;
    int status = 1;

    meta.published = dg_day_parse((dg_str){"2006-04-14", 10});
    if (dg_model_open(&model, NULL, &err) != DG_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    if (dg_coder_new(&coder, model, NULL, &err) != DG_OK ||
        dg_code(&doc, coder, (dg_str){text, strlen(text)}, &meta, &err) != DG_OK) {
        fprintf(stderr, "%s\n", err.message);
    } else {
        for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) {
            const dg_event *e = dg_doc_event(doc, i);
            dg_str plover = dg_event_plover(e), cameo = dg_event_cameo(e);
            char day[16];
            dg_day_format(dg_event_date_start(e), day);
            printf("%s %.*s %.*s ", day, (int)plover.len, plover.ptr, (int)cameo.len, cameo.ptr);
            for (uint32_t k = 0; k < dg_event_n_source(e); k++)
                print_name(dg_event_source(e, k), k);
            printf(" -> ");
            for (uint32_t k = 0; k < dg_event_n_target(e); k++)
                print_name(dg_event_target(e, k), k);
            printf("\n");
        }
        dg_doc_free(doc);
        status = 0;
    }
    dg_coder_free(coder);
    dg_model_close(model);
    return status;
}
