/* SPDX-License-Identifier: Apache-2.0 */
/* python/core/core.h: what the files of the extension share. It is thin: handles of dragoman.h as Python objects, and JSON, tuples
 * and Arrow out; what is pleasant to use is written in Python (python/dragoman/). Limited API of CPython 3.11: one wheel for all later ones.
 *
 * Threads: work that takes long runs without the GIL. A handle belongs to one thread at a time: `busy` refuses a second one. */
#ifndef PY_CORE_H
#define PY_CORE_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <dragoman.h>
#include <stdlib.h>
#include <string.h>

extern PyTypeObject *py_model_type, *py_coder_type, *py_doc_type, *py_record_type, *py_reader_type, *py_store_type,
    *py_export_type, *py_rows_type;

struct py_model {
    PyObject_HEAD dg_model *model;
};
struct py_doc {
    PyObject_HEAD dg_doc *doc;
    PyObject *model; /* what it views */
};
struct py_record {
    PyObject_HEAD dg_record *record;
};
struct py_store {
    PyObject_HEAD dg_store *store;
    PyObject *model;
    bool busy;
};
struct py_coder {
    PyObject_HEAD dg_coder *coder;
    PyObject *model;
    bool busy;
};

/* Raises what errors.py makes of it; NULL always. */
PyObject *py_fail(const dg_error *err);
/* The exception itself, for a list of results; NULL: raised. */
PyObject *py_error(const dg_error *err);
PyObject *py_text(dg_text *text); /* as str; takes it */
PyObject *py_str(dg_str s);       /* "" where it is absent */
PyObject *py_str_or_none(dg_str s);
PyObject *py_day(int32_t day); /* int or None */
/* False: raised. None is absent. The view lives as long as o. */
bool py_view(PyObject *o, dg_str *out, const char *what);
bool py_day_of(PyObject *o, int32_t *out); /* None, or days since 1970 */
/* A dict of what dg_query has; the views live as long as the dict. NULL or None: all. False: raised. */
bool py_query(PyObject *dict, dg_query *q);
bool py_begin(bool *busy);                          /* False: raised, another thread is using it */
PyObject *py_doc_new(dg_doc *doc, PyObject *model); /* takes doc also when it fails */
PyTypeObject *py_type(PyObject *module, PyType_Spec *spec);
bool py_types_model(PyObject *m);
bool py_types_coder(PyObject *m);
bool py_types_doc(PyObject *m);
bool py_types_store(PyObject *m);
bool py_types_rows(PyObject *m);

/* clang-format off */
#define METHOD(name, fn, doc) {name, (PyCFunction)fn, METH_VARARGS, doc}
#define METHOD0(name, fn, doc) {name, (PyCFunction)fn, METH_NOARGS, doc}
/* clang-format on */
#endif
