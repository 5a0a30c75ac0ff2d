/* SPDX-License-Identifier: Apache-2.0 */
/* python/core/rows.c: exports: rows as text to a Python function, or as Arrow columns.
 *
 * Rows holds the batches that dg_export_take() gave and hands them out as often as it is asked, through the PyCapsule protocol
 * (__arrow_c_stream__). Nothing is copied: what goes out are new structures over the same buffers, and a count of those that are
 * still held, which consumers lower from any thread, without the GIL. */
#include <stdatomic.h>

#include "core.h"

PyTypeObject *py_export_type, *py_rows_type;

/* ---- shared batches ---- */
struct owner {
    atomic_long held;
    struct ArrowArrayStream stream; /* used up; still says the schema */
    struct ArrowArray *batch;
    int64_t n, rows;
};

static void drop(struct owner *w)
{
    if (atomic_fetch_sub(&w->held, 1) != 1)
        return;
    for (int64_t i = 0; i < w->n; i++)
        w->batch[i].release(&w->batch[i]);
    w->stream.release(&w->stream);
    free(w->batch);
    free(w);
}

struct copy { /* of an array: its own list of children, a hold on the owner */
    struct owner *owner;
    struct ArrowArray **children, *child;
};

static void release_copy(struct ArrowArray *a)
{
    struct copy *c = a->private_data;
    for (int64_t i = 0; i < a->n_children; i++)
        if (a->children[i]->release)
            a->children[i]->release(a->children[i]);
    drop(c->owner);
    free(c->children);
    free(c->child);
    free(c);
    a->release = NULL;
}

static int share(struct ArrowArray *out, const struct ArrowArray *in, struct owner *w)
{
    struct copy *c = calloc(1, sizeof *c);
    size_t n = (size_t)in->n_children;
    *out = *in;
    out->release = NULL;
    if (c && n) {
        c->children = calloc(n, sizeof *c->children);
        c->child = calloc(n, sizeof *c->child);
    }
    if (!c || (n && (!c->children || !c->child))) {
        if (c) {
            free(c->children);
            free(c->child);
        }
        free(c);
        return -1;
    }
    c->owner = w;
    atomic_fetch_add(&w->held, 1);
    for (size_t i = 0; i < n; i++)
        c->children[i] = &c->child[i];
    out->children = c->children;
    out->private_data = c;
    out->release = release_copy;
    for (size_t i = 0; i < n; i++)
        if (share(out->children[i], in->children[i], w) < 0) {
            out->release(out);
            return -1;
        }
    return 0;
}

struct view {
    struct owner *owner;
    int64_t next;
};

static int view_schema(struct ArrowArrayStream *s, struct ArrowSchema *out)
{
    struct view *v = s->private_data;
    return v->owner->stream.get_schema(&v->owner->stream, out);
}

static int view_next(struct ArrowArrayStream *s, struct ArrowArray *out)
{
    struct view *v = s->private_data;
    *out = (struct ArrowArray){0};
    if (v->next == v->owner->n)
        return 0;
    return share(out, &v->owner->batch[v->next++], v->owner) < 0 ? 12 : 0; /* ENOMEM */
}

static const char *view_error(struct ArrowArrayStream *s)
{
    (void)s;
    return "no memory";
}

static void view_release(struct ArrowArrayStream *s)
{
    struct view *v = s->private_data;
    drop(v->owner);
    free(v);
    s->release = NULL;
}

/* ---- Rows ---- */
struct py_rows {
    PyObject_HEAD struct owner *owner;
};

static void gone(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(o);
    Py_DECREF(type);
}

static PyObject *rows_of(struct ArrowArrayStream *stream)
{
    struct owner *w = calloc(1, sizeof *w);
    struct ArrowArray a;
    int64_t cap = 0;
    bool ok = w != NULL;
    if (w) {
        w->stream = *stream;
        atomic_init(&w->held, 1);
    } else {
        stream->release(stream);
    }
    while (ok && !w->stream.get_next(&w->stream, &a) && a.release) {
        if (w->n == cap) {
            struct ArrowArray *more = realloc(w->batch, (size_t)(cap = cap ? cap * 2 : 8) * sizeof *more);
            if (!more) {
                a.release(&a);
                ok = false;
                break;
            }
            w->batch = more;
        }
        w->batch[w->n++] = a;
        w->rows += a.length;
    }
    struct py_rows *self =
        ok ? (struct py_rows *)((allocfunc)PyType_GetSlot(py_rows_type, Py_tp_alloc))(py_rows_type, 0) : NULL;
    if (self)
        self->owner = w;
    else if (w)
        drop(w);
    return self ? (PyObject *)self : PyErr_Occurred() ? NULL : PyErr_NoMemory();
}

static void rows_dealloc(PyObject *o)
{
    if (((struct py_rows *)o)->owner)
        drop(((struct py_rows *)o)->owner);
    gone(o);
}

static void capsule_gone(PyObject *capsule)
{
    struct ArrowArrayStream *s = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (s && s->release)
        s->release(s);
    free(s);
}

static PyObject *rows_stream(PyObject *o, PyObject *args, PyObject *kw)
{
    static char *names[] = {"requested_schema", NULL};
    struct owner *w = ((struct py_rows *)o)->owner;
    PyObject *wanted = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kw, "|O", names,
                                     &wanted)) /* another schema cannot be had: as the protocol allows */
        return NULL;
    struct ArrowArrayStream *s = calloc(1, sizeof *s);
    struct view *v = calloc(1, sizeof *v);
    if (!s || !v) {
        free(s);
        free(v);
        return PyErr_NoMemory();
    }
    *v = (struct view){w, 0};
    atomic_fetch_add(&w->held, 1);
    *s = (struct ArrowArrayStream){view_schema, view_next, view_error, view_release, v};
    PyObject *c = PyCapsule_New(s, "arrow_array_stream", capsule_gone);
    if (!c) {
        s->release(s);
        free(s);
    }
    return c;
}

static PyObject *rows_schema(PyObject *o, PyObject *none);
static Py_ssize_t rows_len(PyObject *o)
{
    return (Py_ssize_t)((struct py_rows *)o)->owner->rows;
}

static void schema_gone(PyObject *capsule)
{
    struct ArrowSchema *s = PyCapsule_GetPointer(capsule, "arrow_schema");
    if (s && s->release)
        s->release(s);
    free(s);
}

static PyObject *rows_schema(PyObject *o, PyObject *none)
{
    struct owner *w = ((struct py_rows *)o)->owner;
    struct ArrowSchema *s = calloc(1, sizeof *s);
    (void)none;
    if (!s || w->stream.get_schema(&w->stream, s)) {
        free(s);
        return PyErr_NoMemory();
    }
    PyObject *c = PyCapsule_New(s, "arrow_schema", schema_gone);
    if (!c) {
        s->release(s);
        free(s);
    }
    return c;
}

static PyObject *rows_columns(PyObject *o, PyObject *none)
{
    struct owner *w = ((struct py_rows *)o)->owner;
    struct ArrowSchema s;
    (void)none;
    if (w->stream.get_schema(&w->stream, &s))
        return PyErr_NoMemory();
    PyObject *list = PyList_New((Py_ssize_t)s.n_children);
    for (int64_t i = 0; list && i < s.n_children; i++) {
        PyObject *pair = Py_BuildValue("(ss)", s.children[i]->name, s.children[i]->format);
        if (pair)
            PyList_SetItem(list, (Py_ssize_t)i, pair);
        else
            Py_CLEAR(list);
    }
    s.release(&s);
    return list;
}

static PyMethodDef rows_methods[] = {{"__arrow_c_stream__", (PyCFunction)(void (*)(void))rows_stream,
                                      METH_VARARGS | METH_KEYWORDS, "Arrow's PyCapsule protocol."},
                                     METHOD0("__arrow_c_schema__", rows_schema, "Arrow's PyCapsule protocol."),
                                     METHOD0("columns", rows_columns, "Pairs of name and Arrow format."),
                                     {NULL, NULL, 0, NULL}};
static PyType_Slot rows_slots[] = {{Py_tp_dealloc, rows_dealloc},
                                   {Py_tp_methods, rows_methods},
                                   {Py_sq_length, rows_len},
                                   {Py_tp_doc, "Rows as Arrow columns."},
                                   {0, NULL}};
static PyType_Spec rows_spec = {"dragoman._core.Rows", sizeof(struct py_rows), 0,
                                Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, rows_slots};

/* ---- Export ---- */
struct py_export {
    PyObject_HEAD dg_export *x;
    PyObject *model, *sink;
    bool busy;
};

/* Called with or without the GIL. */
static bool write_to(void *user, const char *ptr, size_t len)
{
    struct py_export *self = user;
    if (!len)
        return true;
    PyGILState_STATE g = PyGILState_Ensure();
    PyObject *r = PyObject_CallFunction(self->sink, "y#", ptr, (Py_ssize_t)len);
    bool ok = r != NULL;
    Py_XDECREF(r);
    PyGILState_Release(g); /* what was raised stays with this thread */
    return ok;
}

static PyObject *export_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *model, *query = NULL, *sink = NULL;
    int lists = 0, one_a_day = 0, fold = 0, raw = 0, no_header = 0;
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    dg_query q;
    dg_error err = {0};
    (void)kw;
    if (!PyArg_ParseTuple(args, "O!OIIIpppppO", py_model_type, &model, &query, &o.format, &o.table, &o.scheme, &lists,
                          &one_a_day, &fold, &raw, &no_header, &sink) ||
        !py_query(query, &q))
        return NULL;
    o.lists = lists;
    o.one_a_day = one_a_day;
    o.fold = fold;
    o.raw = raw;
    o.no_header = no_header;
    struct py_export *self = (struct py_export *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
    if (!self)
        return NULL;
    Py_INCREF(model);
    Py_INCREF(sink);
    self->model = model;
    self->sink = sink;
    if (dg_export_new(&self->x, ((struct py_model *)model)->model, &q, &o, sink == Py_None ? NULL : write_to, self,
                      &err) == DG_OK)
        return (PyObject *)self;
    Py_DECREF((PyObject *)self);
    return py_fail(&err);
}

static void export_dealloc(PyObject *o)
{
    struct py_export *self = (struct py_export *)o;
    dg_export_free(self->x);
    Py_XDECREF(self->model);
    Py_XDECREF(self->sink);
    gone(o);
}

static PyObject *done(struct py_export *self, dg_status st, const dg_error *err)
{
    self->busy = false;
    if (st != DG_OK)
        return py_fail(err);
    return PyErr_Occurred() ? NULL : PyLong_FromUnsignedLongLong(dg_export_rows(self->x));
}

static PyObject *export_doc(PyObject *o, PyObject *args)
{
    struct py_export *self = (struct py_export *)o;
    PyObject *doc;
    dg_error err = {0};
    if (!PyArg_ParseTuple(args, "O!", py_doc_type, &doc) || !py_begin(&self->busy))
        return NULL;
    return done(self, dg_export_doc(self->x, ((struct py_doc *)doc)->doc, &err), &err);
}

static PyObject *export_store(PyObject *o, PyObject *args)
{
    struct py_export *self = (struct py_export *)o;
    PyObject *store;
    dg_error err = {0};
    dg_status st;
    if (!PyArg_ParseTuple(args, "O!", py_store_type, &store))
        return NULL;
    struct py_store *s = (struct py_store *)store;
    if (!s->store) {
        PyErr_SetString(PyExc_ValueError, "the store is closed");
        return NULL;
    }
    if (!py_begin(&self->busy))
        return NULL;
    if (!py_begin(&s->busy)) {
        self->busy = false;
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS st = dg_export_store(self->x, s->store, &err);
    Py_END_ALLOW_THREADS s->busy = false;
    return done(self, st, &err);
}

static PyObject *export_end(PyObject *o, PyObject *none)
{
    struct py_export *self = (struct py_export *)o;
    dg_error err = {0};
    (void)none;
    return py_begin(&self->busy) ? done(self, dg_export_end(self->x, &err), &err) : NULL;
}

static PyObject *export_take(PyObject *o, PyObject *none)
{
    struct py_export *self = (struct py_export *)o;
    struct ArrowArrayStream s;
    dg_error err = {0};
    (void)none;
    if (!py_begin(&self->busy))
        return NULL;
    dg_status st = dg_export_take(&s, self->x, &err);
    self->busy = false;
    return st == DG_OK ? rows_of(&s) : py_fail(&err);
}

static PyObject *export_codebook(PyObject *o, PyObject *none)
{
    dg_text t;
    dg_error err = {0};
    (void)none;
    return dg_export_codebook(&t, ((struct py_export *)o)->x, &err) == DG_OK ? py_text(&t) : py_fail(&err);
}

static PyMethodDef export_methods[] = {METHOD("doc", export_doc, "The rows of one Doc; how many there are by now."),
                                       METHOD("store", export_store, "The rows of a Store, likewise."),
                                       METHOD0("end", export_end, "The rest of the text."),
                                       METHOD0("take", export_take, "The rows so far as Rows."),
                                       METHOD0("codebook", export_codebook, "What stands in the columns, Markdown."),
                                       {NULL, NULL, 0, NULL}};
static PyType_Slot export_slots[] = {
    {Py_tp_new, export_new},
    {Py_tp_dealloc, export_dealloc},
    {Py_tp_methods, export_methods},
    {Py_tp_doc, "Export(model, query, format, table, scheme, lists, one_a_day, fold, raw, no_header, write)."},
    {0, NULL}};
static PyType_Spec export_spec = {"dragoman._core.Export", sizeof(struct py_export), 0, Py_TPFLAGS_DEFAULT,
                                  export_slots};

bool py_types_rows(PyObject *m)
{
    return (py_rows_type = py_type(m, &rows_spec)) && (py_export_type = py_type(m, &export_spec));
}
