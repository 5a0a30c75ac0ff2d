/* SPDX-License-Identifier: Apache-2.0 */
/* python/core/doc.c: a coded document: its text, what is known of it, its tokens; everything else as JSON. */
#include "core.h"

PyTypeObject *py_doc_type;

PyObject *py_doc_new(dg_doc *doc, PyObject *model)
{
    allocfunc alloc = (allocfunc)PyType_GetSlot(py_doc_type, Py_tp_alloc);
    struct py_doc *self = (struct py_doc *)alloc(py_doc_type, 0);
    if (!self) {
        dg_doc_free(doc);
        return NULL;
    }
    self->doc = doc;
    Py_INCREF(model);
    self->model = model;
    return (PyObject *)self;
}

static void dealloc(PyObject *o)
{
    struct py_doc *self = (struct py_doc *)o;
    PyTypeObject *type = Py_TYPE(o);
    dg_doc_free(self->doc);
    Py_XDECREF(self->model);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(o);
    Py_DECREF(type);
}

static const dg_doc *of(PyObject *o)
{
    return ((struct py_doc *)o)->doc;
}

static PyObject *text(PyObject *o, PyObject *none)
{
    (void)none;
    return py_str(dg_doc_text(of(o)));
}

static PyObject *head(PyObject *o, PyObject *none)
{
    const dg_doc *d = of(o);
    (void)none;
    return Py_BuildValue("(NNNNNNNNNOKK)", py_str(dg_doc_id(d)), py_str_or_none(dg_doc_url(d)),
                         py_str_or_none(dg_doc_title(d)), py_str_or_none(dg_doc_author(d)),
                         py_str_or_none(dg_doc_publisher(d)), py_str_or_none(dg_doc_lang(d)),
                         py_day(dg_doc_published(d)), py_str(dg_doc_published_from(d)), py_str(dg_doc_warning(d)),
                         dg_doc_foreign(d) ? Py_True : Py_False, (unsigned long long)dg_doc_record(d),
                         (unsigned long long)dg_doc_byte(d));
}

static PyObject *counts(PyObject *o, PyObject *none)
{
    const dg_doc *d = of(o);
    (void)none;
    return Py_BuildValue("(IIII)", dg_doc_n_tokens(d), dg_doc_n_sentences(d), dg_doc_n_statements(d),
                         dg_doc_n_events(d));
}

static PyObject *lists(PyObject *o, PyObject *args)
{
    unsigned which;
    dg_text t;
    dg_error err = {0};
    if (!PyArg_ParseTuple(args, "I", &which))
        return NULL;
    return dg_doc_write_only(&t, of(o), which, &err) == DG_OK ? py_text(&t) : py_fail(&err);
}

static PyObject *format(PyObject *o, PyObject *args)
{
    unsigned f;
    dg_text t;
    dg_error err = {0};
    if (!PyArg_ParseTuple(args, "I", &f))
        return NULL;
    return dg_doc_write(&t, of(o), (dg_format)f, &err) == DG_OK ? py_text(&t) : py_fail(&err);
}

static PyObject *situation(PyObject *o, PyObject *none)
{
    dg_text t;
    dg_error err = {0};
    (void)none;
    return dg_doc_situation(&t, of(o), &err) == DG_OK ? py_text(&t) : py_fail(&err);
}

static PyObject *explain(PyObject *o, PyObject *args)
{
    PyObject *event;
    dg_text t;
    dg_error err = {0};
    dg_status st;
    if (!PyArg_ParseTuple(args, "O", &event))
        return NULL;
    if (event == Py_None) {
        st = dg_explain_not(&t, of(o), &err);
    } else {
        unsigned long i = PyLong_AsUnsignedLong(event);
        if (PyErr_Occurred())
            return NULL;
        if (i >= dg_doc_n_events(of(o)))
            return PyErr_Format(PyExc_IndexError, "the document has %u events", dg_doc_n_events(of(o)));
        st = dg_explain(&t, of(o), (uint32_t)i, &err);
    }
    return st == DG_OK ? py_text(&t) : py_fail(&err);
}

/* One tuple a token: form, lemma, UPOS, XPOS, feats, deprel, head or None, sentence, start, end. */
static PyObject *tokens(PyObject *o, PyObject *none)
{
    const dg_doc *d = of(o);
    uint32_t n = dg_doc_n_tokens(d);
    PyObject *list = PyList_New((Py_ssize_t)n);
    (void)none;
    for (uint32_t i = 0; list && i < n; i++) {
        dg_span s = dg_token_span(d, i);
        uint32_t h = dg_token_head(d, i);
        PyObject *governor = Py_None;
        if (h != DG_NONE)
            governor = PyLong_FromUnsignedLong(h);
        else
            Py_INCREF(Py_None);
        PyObject *t =
            Py_BuildValue("(NNNNNNNIII)", py_str(dg_token_form(d, i)), py_str(dg_token_lemma(d, i)),
                          py_str(dg_token_upos(d, i)), py_str(dg_token_xpos(d, i)), py_str(dg_token_feats(d, i)),
                          py_str(dg_token_deprel(d, i)), governor, dg_token_sentence(d, i), s.start_cp, s.end_cp);
        if (!t) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SetItem(list, (Py_ssize_t)i, t);
    }
    return list;
}

static PyObject *sentences(PyObject *o, PyObject *none)
{
    const dg_doc *d = of(o);
    uint32_t n = dg_doc_n_sentences(d);
    PyObject *list = PyList_New((Py_ssize_t)n);
    (void)none;
    for (uint32_t i = 0; list && i < n; i++) {
        dg_span s = dg_doc_sentence(d, i);
        PyObject *t = Py_BuildValue("(II)", s.start_cp, s.end_cp);
        if (!t) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SetItem(list, (Py_ssize_t)i, t);
    }
    return list;
}

static PyMethodDef methods[] = {
    METHOD0("text", text, "The text that all offsets point into."),
    METHOD0("head", head,
            "(id, url, title, author, publisher, lang, day, published_from, warning, foreign, record, byte)."),
    METHOD0("counts", counts, "(tokens, sentences, statements, events)."),
    METHOD("lists", lists, "lists(which) -> JSON of these lists."),
    METHOD("format", format, "format(f) -> the record as JSON, CoNLL-U, TimeML or brat."),
    METHOD0("situation", situation, "The board of this document, JSON."),
    METHOD("explain", explain, "explain(i) -> why event i was coded; explain(None) -> why not more was."),
    METHOD0("tokens", tokens, "Tuples: form, lemma, upos, xpos, feats, deprel, head, sentence, start, end."),
    METHOD0("sentences", sentences, "Pairs of start and end."),
    {NULL, NULL, 0, NULL}};
static PyType_Slot slots[] = {
    {Py_tp_dealloc, dealloc}, {Py_tp_methods, methods}, {Py_tp_doc, "A coded document."}, {0, NULL}};
static PyType_Spec spec = {"dragoman._core.Doc", sizeof(struct py_doc), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};

bool py_types_doc(PyObject *m)
{
    return (py_doc_type = py_type(m, &spec)) != NULL;
}
