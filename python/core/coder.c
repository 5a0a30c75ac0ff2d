/* SPDX-License-Identifier: Apache-2.0 */
/* python/core/coder.c: what codes: coders, records, readers of files. A batch is coded without the GIL, from first to last. */
#include "core.h"

PyTypeObject *py_coder_type, *py_record_type, *py_reader_type;

static void *object(PyTypeObject *type)
{
    return ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
}

static void gone(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(o);
    Py_DECREF(type);
}

/* ---- coders ---- */
static PyObject *coder_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *model, *published = NULL, *since = NULL;
    unsigned depth = DG_DEPTH_CODE, most = 0;
    int trace = 0, plain = 0;
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    dg_error err = {0};
    (void)kw;
    if (!PyArg_ParseTuple(args, "O!|IpIOpO", py_model_type, &model, &depth, &trace, &most, &published, &plain,
                          &since) ||
        !py_day_of(published, &o.published) || !py_day_of(since, &o.since))
        return NULL;
    o.depth = depth;
    o.trace = trace;
    o.max_bytes = most;
    o.plain = plain;
    struct py_coder *self = object(type);
    if (!self)
        return NULL;
    Py_INCREF(model);
    self->model = model;
    if (dg_coder_new(&self->coder, ((struct py_model *)model)->model, &o, &err) == DG_OK)
        return (PyObject *)self;
    Py_DECREF((PyObject *)self);
    return py_fail(&err);
}

static void coder_dealloc(PyObject *o)
{
    struct py_coder *self = (struct py_coder *)o;
    dg_coder_free(self->coder);
    Py_XDECREF(self->model);
    gone(o);
}

struct job { /* a text or a record, and what became of it */
    dg_str text;
    dg_meta meta;
    const dg_record *record;
    dg_doc *doc;
    dg_status status;
    dg_error err;
};

/* (text, id, url, title, author, publisher, day, lang), a str, or a Record. */
static bool job_of(PyObject *o, struct job *j)
{
    *j = (struct job){.meta = DG_META_INIT};
    if (PyObject_TypeCheck(o, py_record_type)) {
        j->record = ((struct py_record *)o)->record;
        return true;
    }
    if (PyUnicode_Check(o))
        return py_view(o, &j->text, "text");
    if (!PyTuple_Check(o) || PyTuple_Size(o) != 8) {
        PyErr_SetString(PyExc_TypeError, "a str, a Record, or a tuple of a text and what is known of it");
        return false;
    }
    dg_str *const to[] = {&j->text,        &j->meta.id,        &j->meta.url, &j->meta.title,
                          &j->meta.author, &j->meta.publisher, NULL,         &j->meta.lang};
    for (Py_ssize_t i = 0; i < 8; i++)
        if (!(to[i] ? py_view(PyTuple_GetItem(o, i), to[i], i ? "meta" : "text")
                    : py_day_of(PyTuple_GetItem(o, i), &j->meta.published)))
            return false;
    return true;
}

static void work(dg_coder *coder, struct job *j, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n; i++)
        j[i].status = j[i].record ? dg_code_record(&j[i].doc, coder, j[i].record, &j[i].err)
                                  : dg_code(&j[i].doc, coder, j[i].text, &j[i].meta, &j[i].err);
}

/* A Doc, None (left out by `since`) or an exception for each. */
static PyObject *answers(struct job *j, Py_ssize_t n, PyObject *model)
{
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *x = Py_None;
        if (!list) {
            dg_doc_free(j[i].doc);
            continue;
        }
        if (j[i].status != DG_OK)
            x = py_error(&j[i].err);
        else if (j[i].doc)
            x = py_doc_new(j[i].doc, model);
        else
            Py_INCREF(x);
        if (x)
            PyList_SetItem(list, i, x);
        else
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *coder_batch(PyObject *o, PyObject *args)
{
    struct py_coder *self = (struct py_coder *)o;
    PyObject *items, *kept, *out = NULL;
    if (!PyArg_ParseTuple(args, "O", &items) || !(kept = PySequence_Tuple(items)))
        return NULL;
    Py_ssize_t n = PyTuple_Size(kept);
    struct job *j = calloc((size_t)n + 1, sizeof *j);
    bool ok = j != NULL;
    if (!ok)
        PyErr_NoMemory();
    for (Py_ssize_t i = 0; ok && i < n; i++)
        ok = job_of(PyTuple_GetItem(kept, i), &j[i]);
    if (ok && py_begin(&self->busy)) {
        Py_BEGIN_ALLOW_THREADS work(self->coder, j, n);
        Py_END_ALLOW_THREADS self->busy = false;
        out = answers(j, n, self->model);
    }
    free(j);
    Py_DECREF(kept);
    return out;
}

static PyMethodDef coder_methods[] = {
    METHOD("batch", coder_batch, "batch(texts or records) -> a Doc, None or an exception for each; without the GIL."),
    {NULL, NULL, 0, NULL}};
static PyType_Slot coder_slots[] = {{Py_tp_new, coder_new},
                                    {Py_tp_dealloc, coder_dealloc},
                                    {Py_tp_methods, coder_methods},
                                    {Py_tp_doc, "Coder(model, depth, trace, max_bytes, day, plain, since)."},
                                    {0, NULL}};
static PyType_Spec coder_spec = {"dragoman._core.Coder", sizeof(struct py_coder), 0, Py_TPFLAGS_DEFAULT, coder_slots};

/* ---- records ---- */
static PyObject *record_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    unsigned input;
    const char *bytes;
    Py_ssize_t n;
    PyObject *meta = NULL;
    struct job j = {.meta = DG_META_INIT};
    dg_error err = {0};
    (void)kw;
    if (!PyArg_ParseTuple(args, "Is#|O", &input, &bytes, &n, &meta) || (meta && meta != Py_None && !job_of(meta, &j)))
        return NULL;
    struct py_record *self = object(type);
    if (!self)
        return NULL;
    if (dg_record_new(&self->record, (dg_input)input, (dg_str){bytes, (size_t)n}, &j.meta, &err) == DG_OK)
        return (PyObject *)self;
    Py_DECREF((PyObject *)self);
    return py_fail(&err);
}

static void record_dealloc(PyObject *o)
{
    dg_record_free(((struct py_record *)o)->record);
    gone(o);
}

static PyObject *record_where(PyObject *o, PyObject *none)
{
    const dg_record *r = ((struct py_record *)o)->record;
    (void)none;
    return Py_BuildValue("(KK)", (unsigned long long)dg_record_number(r), (unsigned long long)dg_record_bytes(r));
}

static PyMethodDef record_methods[] = {METHOD0("where", record_where, "(number, bytes)."), {NULL, NULL, 0, NULL}};
static PyType_Slot record_slots[] = {{Py_tp_new, record_new},
                                     {Py_tp_dealloc, record_dealloc},
                                     {Py_tp_methods, record_methods},
                                     {Py_tp_doc, "The bytes of one news item, not yet analysed."},
                                     {0, NULL}};
static PyType_Spec record_spec = {"dragoman._core.Record", sizeof(struct py_record), 0, Py_TPFLAGS_DEFAULT,
                                  record_slots};

/* ---- readers ---- */
struct py_reader {
    PyObject_HEAD dg_reader *reader;
    PyObject *bytes, *map; /* what it views */
    bool busy;
};

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    const char *path, *map = NULL;
    PyObject *bytes = NULL, *map_text = NULL;
    unsigned long long most = 0;
    dg_reader_options o = DG_READER_OPTIONS_INIT;
    dg_error err = {0};
    dg_status st;
    (void)kw;
    if (!PyArg_ParseTuple(args, "z|OIKO", &path, &bytes, &o.input, &most, &map_text))
        return NULL;
    if (map_text && map_text != Py_None && !(map = PyUnicode_AsUTF8AndSize(map_text, NULL)))
        return NULL;
    char *view = NULL;
    Py_ssize_t n = 0;
    if (bytes && bytes != Py_None && PyBytes_AsStringAndSize(bytes, &view, &n) < 0)
        return NULL;
    o.max_bytes = most;
    o.map = map;
    struct py_reader *self = object(type);
    if (!self)
        return NULL;
    if (view) {
        Py_INCREF(bytes);
        self->bytes = bytes;
    }
    if (map) {
        Py_INCREF(map_text);
        self->map = map_text;
    }
    Py_BEGIN_ALLOW_THREADS st = view ? dg_reader_open_bytes(&self->reader, (dg_str){view, (size_t)n}, path, &o, &err)
                                     : dg_reader_open(&self->reader, path ? path : "-", &o, &err);
    Py_END_ALLOW_THREADS if (st == DG_OK) return (PyObject *)self;
    Py_DECREF((PyObject *)self);
    return py_fail(&err);
}

static void reader_dealloc(PyObject *o)
{
    struct py_reader *self = (struct py_reader *)o;
    dg_reader_close(self->reader);
    Py_XDECREF(self->bytes);
    Py_XDECREF(self->map);
    gone(o);
}

/* Raises for a record that cannot be had; the next call goes on behind it. */
static PyObject *reader_next(PyObject *o)
{
    struct py_reader *self = (struct py_reader *)o;
    dg_record *record = NULL;
    dg_error err = {0};
    dg_status st;
    if (!py_begin(&self->busy))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_reader_next(&record, self->reader, &err);
    Py_END_ALLOW_THREADS self->busy = false;
    if (st != DG_OK)
        return py_fail(&err);
    if (!record)
        return NULL; /* the end */
    struct py_record *r = object(py_record_type);
    if (r)
        r->record = record;
    else
        dg_record_free(record);
    return (PyObject *)r;
}

static PyObject *reader_iter(PyObject *o)
{
    Py_INCREF(o);
    return o;
}

static PyType_Slot reader_slots[] = {{Py_tp_new, reader_new},
                                     {Py_tp_dealloc, reader_dealloc},
                                     {Py_tp_iter, reader_iter},
                                     {Py_tp_iternext, reader_next},
                                     {Py_tp_doc, "Reader(path or name, bytes, input, max_bytes, map)."},
                                     {0, NULL}};
static PyType_Spec reader_spec = {"dragoman._core.Reader", sizeof(struct py_reader), 0, Py_TPFLAGS_DEFAULT,
                                  reader_slots};

bool py_types_coder(PyObject *m)
{
    return (py_record_type = py_type(m, &record_spec)) && (py_reader_type = py_type(m, &reader_spec)) &&
           (py_coder_type = py_type(m, &coder_spec));
}
