/* SPDX-License-Identifier: Apache-2.0 */
/* python/core/store.c: a store: documents in; situation, timeline, words, series, lists, SQL out, as JSON. */
#include "core.h"

PyTypeObject *py_store_type;

static PyObject *store_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    PyObject *model;
    const char *path;
    int write = 0, no_text = 0;
    dg_store_options o = DG_STORE_OPTIONS_INIT;
    dg_error err = {0};
    dg_status st;
    (void)kw;
    if (!PyArg_ParseTuple(args, "O!spIp", py_model_type, &model, &path, &write, &o.wait_ms, &no_text))
        return NULL;
    o.no_text = no_text;
    struct py_store *self = (struct py_store *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
    if (!self)
        return NULL;
    Py_INCREF(model);
    self->model = model;
    Py_BEGIN_ALLOW_THREADS st = dg_store_open_with(&self->store, path, write ? DG_STORE_WRITE : DG_STORE_READ,
                                                   ((struct py_model *)model)->model, &o, &err);
    Py_END_ALLOW_THREADS if (st == DG_OK) return (PyObject *)self;
    Py_DECREF((PyObject *)self);
    return py_fail(&err);
}

static void dealloc(PyObject *o)
{
    struct py_store *self = (struct py_store *)o;
    PyTypeObject *type = Py_TYPE(o);
    if (self->store)
        dg_store_close(self->store);
    Py_XDECREF(self->model);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(o);
    Py_DECREF(type);
}

/* The store for the call that follows; NULL: raised. */
static dg_store *begin(PyObject *o)
{
    struct py_store *self = (struct py_store *)o;
    if (!self->store) {
        PyErr_SetString(PyExc_ValueError, "the store is closed");
        return NULL;
    }
    return py_begin(&self->busy) ? self->store : NULL;
}

static PyObject *end(PyObject *o, dg_status st, const dg_error *err, PyObject *(*make)(dg_text *), dg_text *text)
{
    ((struct py_store *)o)->busy = false;
    if (st != DG_OK)
        return py_fail(err);
    if (make)
        return make(text);
    Py_RETURN_NONE;
}

static PyObject *store_close(PyObject *o, PyObject *none)
{
    struct py_store *self = (struct py_store *)o;
    (void)none;
    if (self->store && !begin(o))
        return NULL;
    if (self->store) {
        dg_store *s = self->store;
        self->store = NULL;
        Py_BEGIN_ALLOW_THREADS dg_store_close(s);
        Py_END_ALLOW_THREADS self->busy = false;
    }
    Py_RETURN_NONE;
}

static PyObject *store_ingest(PyObject *o, PyObject *args)
{
    PyObject *doc;
    dg_ingested what = DG_INGESTED_NEW;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "O!", py_doc_type, &doc) || !(s = begin(o)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_store_ingest(s, ((struct py_doc *)doc)->doc, &what, &err);
    Py_END_ALLOW_THREADS((struct py_store *)o)->busy = false;
    return st == DG_OK ? PyLong_FromLong(what) : py_fail(&err);
}

/* What was refused goes to a Python function; an exception of it ends the work. */
static bool refused(void *told, const dg_error *err)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *e = py_error(err);
    PyObject *none = e ? PyObject_CallFunctionObjArgs(told, e, NULL) : NULL;
    bool go_on = none != NULL;
    Py_XDECREF(none);
    Py_XDECREF(e);
    PyGILState_Release(gil);
    return go_on;
}

/* ingest_coded(path, told) -> (new, same, corrected, refused) */
static PyObject *store_ingest_coded(PyObject *o, PyObject *args)
{
    const char *path;
    PyObject *told;
    dg_coded_counts n = {0};
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "sO", &path, &told) || !(s = begin(o)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_store_ingest_coded_file(s, path, refused, told, &n, &err);
    Py_END_ALLOW_THREADS((struct py_store *)o)->busy = false;
    if (st != DG_OK)
        return py_fail(&err);
    return Py_BuildValue("(KKKK)", (unsigned long long)n.n_new, (unsigned long long)n.n_same,
                         (unsigned long long)n.n_corrected, (unsigned long long)n.n_refused);
}

static PyObject *store_sync(PyObject *o, PyObject *none)
{
    dg_error err = {0};
    dg_status st;
    dg_store *s = begin(o);
    (void)none;
    if (!s)
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_store_sync(s, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, NULL, NULL);
}

static PyObject *store_withdraw(PyObject *o, PyObject *args)
{
    const char *id;
    Py_ssize_t n;
    PyObject *on = NULL;
    int32_t day;
    dg_error err = {0};
    dg_store *s;
    if (!PyArg_ParseTuple(args, "s#|O", &id, &n, &on) || !py_day_of(on, &day) || !(s = begin(o)))
        return NULL;
    return end(o, dg_store_withdraw(s, (dg_str){id, (size_t)n}, day, &err), &err, NULL, NULL);
}

/* ask('situation'|'timeline', query) -> JSON */
static PyObject *store_ask(PyObject *o, PyObject *args)
{
    const char *what;
    PyObject *query = NULL;
    dg_query q;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "s|O", &what, &query) || !py_query(query, &q) || !(s = begin(o)))
        return NULL;
    bool line = what[0] == 't';
    Py_BEGIN_ALLOW_THREADS st = line ? dg_timeline(&t, s, &q, &err) : dg_situation(&t, s, &q, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_what_if(PyObject *o, PyObject *args)
{
    PyObject *doc, *query = NULL;
    dg_query q;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "O!|O", py_doc_type, &doc, &query) || !py_query(query, &q) || !(s = begin(o)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_what_if(&t, s, &q, ((struct py_doc *)doc)->doc, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_brief(PyObject *o, PyObject *args)
{
    unsigned format;
    PyObject *query = NULL;
    dg_query q;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "I|O", &format, &query) || !py_query(query, &q) || !(s = begin(o)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_brief(&t, s, &q, (dg_brief_format)format, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_search(PyObject *o, PyObject *args)
{
    const char *words;
    Py_ssize_t n;
    PyObject *from = NULL, *to = NULL, *actor = NULL;
    dg_search_options x = DG_SEARCH_OPTIONS_INIT;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "s#IOOOI", &words, &n, &x.kinds, &from, &to, &actor, &x.limit) ||
        !py_day_of(from, &x.from) || !py_day_of(to, &x.to) || !py_view(actor, &x.actor, "actor") || !(s = begin(o)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_search(&t, s, (dg_str){words, (size_t)n}, &x, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_series(PyObject *o, PyObject *args)
{
    PyObject *query = NULL;
    int panel = 0;
    dg_series_options x = DG_SERIES_OPTIONS_INIT;
    dg_query q;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "IIpO", &x.period, &x.by, &panel, &query) || !py_query(query, &q) || !(s = begin(o)))
        return NULL;
    x.panel = panel;
    Py_BEGIN_ALLOW_THREADS st = dg_series(&t, s, &q, &x, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_list(PyObject *o, PyObject *args)
{
    unsigned of;
    const char *after;
    Py_ssize_t n;
    PyObject *query = NULL;
    dg_list_options x = DG_LIST_OPTIONS_INIT;
    dg_query q;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "IIs#O", &of, &x.limit, &after, &n, &query) || !py_query(query, &q) || !(s = begin(o)))
        return NULL;
    x.after = (dg_str){after, (size_t)n};
    Py_BEGIN_ALLOW_THREADS st = dg_list(&t, s, (dg_list_of)of, &q, &x, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_sql(PyObject *o, PyObject *args)
{
    const char *sql;
    Py_ssize_t n;
    unsigned long long limit = 0;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "s#|K", &sql, &n, &limit) || !(s = begin(o)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_sql(&t, s, (dg_str){sql, (size_t)n}, limit, &err);
    Py_END_ALLOW_THREADS return end(o, st, &err, py_text, &t);
}

static PyObject *store_document(PyObject *o, PyObject *args)
{
    const char *id;
    Py_ssize_t n;
    unsigned format = DG_FORMAT_JSON_TEXT;
    dg_text t;
    dg_error err = {0};
    dg_store *s;
    if (!PyArg_ParseTuple(args, "s#|I", &id, &n, &format) || !(s = begin(o)))
        return NULL;
    return end(o, dg_store_document(&t, s, (dg_str){id, (size_t)n}, (dg_format)format, &err), &err, py_text, &t);
}

static PyObject *store_item(PyObject *o, PyObject *args)
{
    const char *id;
    Py_ssize_t n;
    dg_text t;
    dg_error err = {0};
    dg_store *s;
    if (!PyArg_ParseTuple(args, "s#", &id, &n) || !(s = begin(o)))
        return NULL;
    return end(o, dg_item_explain(&t, s, (dg_str){id, (size_t)n}, &err), &err, py_text, &t);
}

static PyObject *store_explain(PyObject *o, PyObject *args)
{
    PyObject *coder, *event = NULL, *document = NULL;
    dg_str id, doc;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "O!OO", py_coder_type, &coder, &event, &document) || !py_view(event, &id, "event") ||
        !py_view(document, &doc, "document"))
        return NULL;
    struct py_coder *c = (struct py_coder *)coder;
    if (!py_begin(&c->busy))
        return NULL;
    if (!(s = begin(o))) {
        c->busy = false;
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS st = dg_store_explain(&t, s, c->coder, id, doc, &err);
    Py_END_ALLOW_THREADS c->busy = false;
    return end(o, st, &err, py_text, &t);
}

static PyObject *store_recode(PyObject *o, PyObject *args)
{
    PyObject *coder;
    uint64_t n = 0;
    dg_error err = {0};
    dg_status st;
    dg_store *s;
    if (!PyArg_ParseTuple(args, "O!", py_coder_type, &coder))
        return NULL;
    struct py_coder *c = (struct py_coder *)coder;
    if (!py_begin(&c->busy))
        return NULL;
    if (!(s = begin(o))) {
        c->busy = false;
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS st = dg_store_recode(s, c->coder, NULL, NULL, &n, &err);
    Py_END_ALLOW_THREADS c->busy = ((struct py_store *)o)->busy = false;
    return st == DG_OK ? PyLong_FromUnsignedLongLong(n) : py_fail(&err);
}

static bool line_to(void *user, const char *line)
{
    PyObject *s = PyUnicode_FromString(line);
    bool ok = s && PyList_Append(user, s) == 0;
    Py_XDECREF(s);
    return ok;
}

static PyObject *store_doctor(PyObject *o, PyObject *args)
{
    int repair = 0;
    uint64_t wrong = 0;
    dg_error err = {0};
    dg_store *s;
    if (!PyArg_ParseTuple(args, "|p", &repair) || !(s = begin(o)))
        return NULL;
    PyObject *lines = PyList_New(0);
    dg_status st = lines ? dg_store_doctor(s, repair, line_to, lines, &wrong, &err) : DG_OK;
    ((struct py_store *)o)->busy = false;
    if (!lines || st != DG_OK || PyErr_Occurred()) {
        Py_XDECREF(lines);
        return lines && st != DG_OK ? py_fail(&err) : NULL;
    }
    return Py_BuildValue("(NK)", lines, (unsigned long long)wrong);
}

static PyMethodDef methods[] = {
    METHOD0("close", store_close, "Close it; again is fine."),
    METHOD("ingest", store_ingest, "Keep a Doc: 0 new, 1 the same, 2 a correction."),
    METHOD("ingest_coded", store_ingest_coded, "ingest_coded(path, told) -> (new, same, corrected, refused)."),
    METHOD0("sync", store_sync, "Bring the board up to date."),
    METHOD("withdraw", store_withdraw, "withdraw(url or id, day=None)."),
    METHOD("ask", store_ask, "ask('situation'|'timeline', query) -> JSON."),
    METHOD("what_if", store_what_if, "what_if(doc, query) -> JSON."),
    METHOD("brief", store_brief, "brief(format, query) -> Markdown (0) or HTML (1)."),
    METHOD("search", store_search, "search(words, kinds, from, to, actor, limit) -> JSON."),
    METHOD("series", store_series, "series(period, by, panel, query) -> JSON."),
    METHOD("list", store_list, "list(of, limit, after, query) -> JSON."),
    METHOD("sql", store_sql, "sql(query, limit) -> JSON."),
    METHOD("document", store_document, "document(url or id, format) -> JSON."),
    METHOD("item", store_item, "The history of an item, text."),
    METHOD("explain", store_explain, "explain(coder, event, document) -> text."),
    METHOD("recode", store_recode, "Code kept texts again that another model or lexicon coded; how many."),
    METHOD("doctor", store_doctor, "(lines, how many are wrong)."),
    {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {{Py_tp_new, store_new},
                              {Py_tp_dealloc, dealloc},
                              {Py_tp_methods, methods},
                              {Py_tp_doc, "Store(model, path, write, wait_ms, no_text)."},
                              {0, NULL}};
static PyType_Spec spec = {"dragoman._core.Store", sizeof(struct py_store), 0, Py_TPFLAGS_DEFAULT, slots};

bool py_types_store(PyObject *m)
{
    return (py_store_type = py_type(m, &spec)) != NULL;
}
