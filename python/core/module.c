/* SPDX-License-Identifier: Apache-2.0 */
/* python/core/module.c: the module dragoman._core, its errors and conversions, the model. */
#include "core.h"

PyTypeObject *py_model_type;
static PyObject *make_error; /* of dragoman.errors: (status, message, record, byte) -> exception */

PyObject *py_error(const dg_error *err)
{
    if (!make_error)
        return PyErr_Format(PyExc_RuntimeError, "%s", err->message);
    return PyObject_CallFunction(make_error, "isKK", (int)err->status, err->message, (unsigned long long)err->record,
                                 (unsigned long long)err->byte);
}

PyObject *py_fail(const dg_error *err)
{
    PyObject *e = PyErr_Occurred() ? NULL : py_error(err);
    if (e) {
        PyErr_SetObject((PyObject *)Py_TYPE(e), e);
        Py_DECREF(e);
    }
    return NULL;
}

PyObject *py_str(dg_str s)
{
    return PyUnicode_DecodeUTF8(s.len ? s.ptr : "", (Py_ssize_t)s.len, "replace");
}

PyObject *py_str_or_none(dg_str s)
{
    if (s.len)
        return py_str(s);
    Py_RETURN_NONE;
}

PyObject *py_text(dg_text *text)
{
    PyObject *s = py_str((dg_str){text->ptr, text->len});
    dg_text_free(text);
    return s;
}

PyObject *py_day(int32_t day)
{
    if (day == DG_NO_DAY)
        Py_RETURN_NONE;
    return PyLong_FromLong(day);
}

bool py_view(PyObject *o, dg_str *out, const char *what)
{
    Py_ssize_t n;
    *out = (dg_str){NULL, 0};
    if (!o || o == Py_None)
        return true;
    if (!PyUnicode_Check(o)) {
        PyErr_Format(PyExc_TypeError, "%s: a str is expected", what);
        return false;
    }
    out->ptr = PyUnicode_AsUTF8AndSize(o, &n);
    out->len = out->ptr ? (size_t)n : 0;
    return out->ptr != NULL;
}

bool py_day_of(PyObject *o, int32_t *out)
{
    *out = DG_NO_DAY;
    if (!o || o == Py_None)
        return true;
    long day = PyLong_AsLong(o);
    if (day == -1 && PyErr_Occurred())
        return false;
    *out = day < -800000 || day > 3000000 ? DG_NO_DAY : (int32_t)day;
    return true;
}

bool py_begin(bool *busy)
{
    if (*busy) {
        PyErr_SetString(PyExc_RuntimeError, "this object is being used by another thread");
        return false;
    }
    *busy = true;
    return true;
}

/* ---- questions ---- */
static bool number(PyObject *o, uint64_t *out)
{
    *out = PyLong_AsUnsignedLongLong(o);
    return !PyErr_Occurred();
}

static bool member(const char *key, PyObject *o, dg_query *q)
{
    static const char *const days[] = {"as_of", "known_on", "from", "to"}, *const texts[] = {"actor",  "other",
                                                                                             "kind",   "code",
                                                                                             "status", "place"};
    int32_t *const day[] = {&q->as_of, &q->known_on, &q->from, &q->to};
    dg_str *const text[] = {&q->actor, &q->other, &q->kind, &q->code, &q->status, &q->place};
    uint64_t n = 0;
    for (int i = 0; i < 4; i++)
        if (!strcmp(key, days[i]))
            return py_day_of(o, day[i]);
    for (int i = 0; i < 6; i++)
        if (!strcmp(key, texts[i]))
            return py_view(o, text[i], key);
    if (!strcmp(key, "open_only") || !strcmp(key, "fold") || !strcmp(key, "acts")) {
        int v = PyObject_IsTrue(o);
        *(key[0] == 'o' ? &q->open_only : key[0] == 'f' ? &q->fold : &q->acts) = v > 0;
        return v >= 0;
    }
    if (!strcmp(key, "min_confidence")) {
        q->min_confidence = PyFloat_AsDouble(o);
        return !PyErr_Occurred();
    }
    if (!strcmp(key, "limit"))
        return number(o, &q->limit);
    if (!strcmp(key, "offset"))
        return number(o, &q->offset);
    if (!strcmp(key, "lapse_days")) {
        bool ok = number(o, &n);
        q->lapse_days = (uint32_t)n;
        return ok;
    }
    PyErr_Format(PyExc_TypeError, "unknown filter '%s'", key);
    return false;
}

bool py_query(PyObject *dict, dg_query *q)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    *q = (dg_query)DG_QUERY_INIT;
    if (!dict || dict == Py_None)
        return true;
    if (!PyDict_Check(dict)) {
        PyErr_SetString(PyExc_TypeError, "a query is a dict");
        return false;
    }
    while (PyDict_Next(dict, &at, &key, &value)) {
        const char *name = PyUnicode_AsUTF8AndSize(key, NULL);
        if (!name || (value != Py_None && !member(name, value, q)))
            return false;
    }
    return true;
}

PyTypeObject *py_type(PyObject *module, PyType_Spec *spec)
{
    PyObject *t = PyType_FromSpec(spec);
    const char *name = strrchr(spec->name, '.') + 1;
    if (t && PyModule_AddObjectRef(module, name, t) < 0) {
        Py_DECREF(t);
        return NULL;
    }
    return (PyTypeObject *)t;
}

/* ---- the model ---- */
static PyObject *model_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    const char *data = NULL;
    unsigned tier = 0, kernel = 0;
    PyObject *folders = NULL;
    int copy = 0;
    const char **lexicon = NULL;
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    dg_error err = {0};
    dg_status st;
    (void)kw;
    if (!PyArg_ParseTuple(args, "|zIIOp", &data, &tier, &kernel, &folders, &copy))
        return NULL;
    Py_ssize_t n = folders && folders != Py_None ? PySequence_Size(folders) : 0;
    if (n < 0)
        return NULL;
    PyObject *kept = n ? PySequence_Tuple(folders) : NULL;
    if (n && (!kept || !(lexicon = calloc((size_t)n + 1, sizeof *lexicon)))) {
        Py_XDECREF(kept);
        return kept ? PyErr_NoMemory() : NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        if (!(lexicon[i] = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(kept, i), NULL))) {
            free(lexicon);
            Py_DECREF(kept);
            return NULL;
        }
    o.data_dir = data;
    o.tier = tier;
    o.kernel = kernel;
    o.copy = copy;
    o.lexicon = lexicon;
    dg_model *m = NULL;
    Py_BEGIN_ALLOW_THREADS st = dg_model_open(&m, &o, &err);
    Py_END_ALLOW_THREADS free(lexicon);
    Py_XDECREF(kept);
    if (st != DG_OK)
        return py_fail(&err);
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    struct py_model *self = (struct py_model *)alloc(type, 0);
    if (self)
        self->model = m;
    else
        dg_model_close(m);
    return (PyObject *)self;
}

static void model_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    dg_model_close(((struct py_model *)o)->model);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(o);
    Py_DECREF(type);
}

static PyObject *model_about(PyObject *o, PyObject *none)
{
    const dg_model *m = ((struct py_model *)o)->model;
    dg_versions v = DG_VERSIONS_INIT;
    (void)none;
    dg_version_info(&v, m);
    dg_str lexicon = dg_model_lexicon(m), card = dg_model_card(m);
    return Py_BuildValue("{s:s,s:s,s:s,s:K,s:K,s:K,s:s#,s:s#}", "program", v.program, "tier", v.tier, "kernel",
                         dg_model_kernel(m), "models", (unsigned long long)v.models, "lexicon",
                         (unsigned long long)v.lexicon, "coder", (unsigned long long)v.coder, "tables", lexicon.ptr,
                         (Py_ssize_t)lexicon.len, "card", card.ptr, (Py_ssize_t)card.len);
}

static PyObject *model_lookup(PyObject *o, PyObject *args)
{
    const dg_model *m = ((struct py_model *)o)->model;
    const char *what, *phrase;
    Py_ssize_t n;
    PyObject *on = NULL;
    int32_t day;
    dg_text text;
    dg_error err = {0};
    if (!PyArg_ParseTuple(args, "ss#|O", &what, &phrase, &n, &on) || !py_day_of(on, &day))
        return NULL;
    dg_str s = {phrase, (size_t)n};
    dg_status st = what[0] == 'a'   ? dg_actor_lookup(&text, m, s, day, &err)
                   : what[0] == 'p' ? dg_place_lookup(&text, m, s, day, &err)
                                    : dg_date_lookup(&text, m, s, day, &err);
    return st == DG_OK ? py_text(&text) : py_fail(&err);
}

static PyMethodDef model_methods[] = {
    METHOD0("about", model_about, "Versions, kernel, lexicon and card, as a dict."),
    METHOD("lookup", model_lookup, "lookup('actor'|'place'|'date', phrase, day=None) -> JSON."),
    {NULL, NULL, 0, NULL}};
static PyType_Slot model_slots[] = {{Py_tp_new, model_new},
                                    {Py_tp_dealloc, model_dealloc},
                                    {Py_tp_methods, model_methods},
                                    {Py_tp_doc, "Trained models and lexicon, mapped; shared by all threads."},
                                    {0, NULL}};
static PyType_Spec model_spec = {"dragoman._core.Model", sizeof(struct py_model), 0, Py_TPFLAGS_DEFAULT, model_slots};

bool py_types_model(PyObject *m)
{
    return (py_model_type = py_type(m, &model_spec)) != NULL;
}

/* ---- the module ---- */
static PyObject *set_error(PyObject *self, PyObject *fn)
{
    (void)self;
    Py_XDECREF(make_error);
    Py_INCREF(fn);
    make_error = fn;
    Py_RETURN_NONE;
}

static PyObject *unclosed(PyObject *self, PyObject *args)
{
    const char *s;
    Py_ssize_t n;
    (void)self;
    return PyArg_ParseTuple(args, "s#", &s, &n) ? py_str(dg_unclosed((dg_str){s, (size_t)n})) : NULL;
}

static PyMethodDef methods[] = {{"set_error", set_error, METH_O, "Who makes exceptions of errors."},
                                METHOD("unclosed", unclosed, "The mark that closes the quotation which s opens."),
                                {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                        .m_name = "dragoman._core",
                                        .m_doc = "Handles of dragoman.h; use the package dragoman.",
                                        .m_size = -1,
                                        .m_methods = methods};

PyMODINIT_FUNC PyInit__core(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m && (!py_types_model(m) || !py_types_doc(m) || !py_types_coder(m) || !py_types_rows(m) || !py_types_store(m) ||
              PyModule_AddStringConstant(m, "version", dg_version()) < 0)) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
