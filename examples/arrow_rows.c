/* SPDX-License-Identifier: Apache-2.0 */
/* examples/arrow_rows.c: events as Arrow columns, seen by a consumer that knows nothing of Dragoman.
 *
 *   cc arrow_rows.c $(pkg-config --cflags --libs dragoman) -o arrow_rows && ./arrow_rows */
#include <dragoman.h>
#include <stdio.h>
#include <string.h>

static const char *const news[] = {"Peru demanded that Chile withdraw its patrol boats.",
                                   "Chile rejected the demand and recalled its ambassador from Lima."};

static const struct ArrowArray *column(const struct ArrowSchema *schema, const struct ArrowArray *batch,
                                       const char *name)
{
    int64_t i = 0;
    while (strcmp(schema->children[i]->name, name))
        i++;
    return batch->children[i];
}

/* Row `r` of a column of text. */
static void print(const struct ArrowArray *text, int64_t r)
{
    const int32_t *at = text->buffers[1];
    const char *bytes = text->buffers[2];
    printf("%.*s  ", (int)(at[r + 1] - at[r]), bytes + at[r]);
}

/* The consumer: the stream is its own, and what it came from may be gone. */
static int64_t show(struct ArrowArrayStream *rows)
{
    struct ArrowSchema schema;
    struct ArrowArray batch;
    int64_t n = 0;
    if (rows->get_schema(rows, &schema))
        return 0;
    while (!rows->get_next(rows, &batch) && batch.release) {
        for (int64_t r = 0; r < batch.length; r++, n++) {
            print(column(&schema, &batch, "source"), r);
            print(column(&schema, &batch, "cameo_name"), r);
            print(column(&schema, &batch, "target"), r);
            putchar('\n');
        }
        batch.release(&batch);
    }
    schema.release(&schema);
    rows->release(rows);
    return n;
}

static dg_status collect(dg_export *rows, dg_coder *coder, dg_error *err)
{
    dg_status st = DG_OK;
    dg_doc *doc;
    for (size_t i = 0; st == DG_OK && i < sizeof news / sizeof *news; i++) {
        if ((st = dg_code(&doc, coder, (dg_str){news[i], strlen(news[i])}, NULL, err)) != DG_OK)
            return st;
        st = dg_export_doc(rows, doc, err);
        dg_doc_free(doc);
    }
    return st;
}

int main(void)
{
    dg_model *model = NULL;
    dg_coder *coder = NULL;
    dg_export *rows = NULL;
    dg_export_options options = DG_EXPORT_OPTIONS_INIT;
    struct ArrowArrayStream stream;
    dg_error err;
    options.format = DG_EXPORT_COLUMNS;
    dg_status st = dg_model_open(&model, NULL, &err);
    if (st == DG_OK)
        st = dg_coder_new(&coder, model, NULL, &err);
    if (st == DG_OK)
        st = dg_export_new(&rows, model, NULL, &options, NULL, NULL, &err);
    if (st == DG_OK)
        st = collect(rows, coder, &err);
    if (st == DG_OK)
        st = dg_export_take(&stream, rows, &err);
    dg_export_free(rows);
    dg_coder_free(coder);
    dg_model_close(model);
    if (st != DG_OK) {
        fprintf(stderr, "arrow_rows: %s\n", err.message);
        return 1;
    }
    return show(&stream) >= 3 ? 0 : 1;
}
